"""What to call a value of a file by the path to it, in words for its author."""

from __future__ import annotations

from collections.abc import Sequence

_NOUNS = {"rows": "row", "columns": "column", "foot": "row under the total", "items": "sub-item"}
"""What to call one of a list that stands inside something with a name of its own."""


def noun_of(path: Sequence[str | int]) -> str:
    """What to call one of this list; empty where the list's own name says it all."""
    return _NOUNS.get(str(path[-2]), "") if len(path) > 2 else ""


def name_of(path: Sequence[str | int]) -> str:
    """What to call what stands at a path: `title`, the second of `agenda`, the seventh row of `allocations`."""
    if not path:
        return "the file"
    *above, last = path
    if isinstance(last, str):
        return f"`{last}`"
    ordinal = _ordinal(last + 1)
    if not above or isinstance(above[-1], int):
        return f"the {ordinal} cell of {name_of(above)}"
    if noun := noun_of(path):
        # One level up is enough to find the place by; a line of an agenda may lie many levels deep.
        inner = isinstance(above[-2], int) and len(above) > 3
        return f"the {ordinal} {noun}" if inner else f"the {ordinal} {noun} of {name_of(above[:-1])}"
    return f"the {ordinal} of `{above[-1]}`"


def _ordinal(number: int) -> str:
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    if number <= len(words):
        return words[number - 1]
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
