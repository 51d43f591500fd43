"""Agenda labels from the board's samples: ``["1", "1a", "1a.i"]`` gives 6, 6d, 6d.ii."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SAMPLE = re.compile(r"(?P<prefix>.*?)(?P<counter>1|a|A|i|I)(?P<suffix>[^0-9A-Za-z]*)", re.DOTALL)
_LAST = re.compile(r"(?P<parent>.*[0-9.)]\s*)(?P<own>[A-Za-z]+[^0-9A-Za-z]*)")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Counter:
    """How one level of labels counts: its own ``prefix``, the style of its ``counter``, its ``suffix``.

    ``inherits`` says whether the parent's label stands before it.
    """

    inherits: bool
    prefix: str
    counter: str
    suffix: str

    def label(self, number: int, parent: str) -> str:
        """The label of the ``number``-th item, counted from 1, below ``parent``."""
        return (parent if self.inherits else "") + self.prefix + count(self.counter, number) + self.suffix


def counter(sample: str, parent: str) -> Counter | None:
    """Read a sample label, given the sample of the level above; ``None`` where it is not one that counts."""
    inherits = bool(parent) and sample.startswith(parent)
    match = _SAMPLE.fullmatch(sample[len(parent) :] if inherits else sample)
    if match is None:
        return None
    return Counter(inherits, match["prefix"], match["counter"], match["suffix"])


def count(style: str, number: int) -> str:
    """A number from 1 up in the style of its sample: ``1``, ``a``, ``A``, ``i`` or ``I``."""
    if style == "1":
        return str(number)
    text = roman(number) if style in "iI" else letters(number)
    return text.upper() if style.isupper() else text


def letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    text = ""
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(ord("a") + digit) + text
    return text


def roman(number: int) -> str:
    """1 is i, 4 is iv."""
    text = ""
    for value, sign in _ROMAN:
        repeat, number = divmod(number, value)
        text += sign * repeat
    return text


def joined(labels: Sequence[str]) -> str:
    """Several labels as words, a parent that lettered labels share said once: "5.2 a, b and c"; "4b and 6d"."""
    split = [_LAST.fullmatch(label) for label in labels]
    parents = {match["parent"] if match else None for match in split}
    if None in parents or len(parents) > 1:
        return words(labels)
    return words([labels[0], *(match["own"] for match in split[1:] if match)])


def words(parts: Sequence[str]) -> str:
    """A list in a sentence: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
