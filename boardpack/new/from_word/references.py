"""Tables, figures and appendices that a report names by number -> references, which print the number that is right."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMED = re.compile(
    r"(?<![\w\[\\])(?P<kind>[Tt]able|[Ff]igure|[Aa]ppendix)\s(?P<number>[0-9]{1,2}|[A-Z])"
    r"(?![\w\]]|[.][0-9]|(?:,| and| to| &)\s[0-9])"
)
_ALONE = re.compile(r"[^\w]*(?:table|figure|appendix)\s\w+[^\w]*", re.IGNORECASE)


def referred(text: str, known: Mapping[str, str]) -> str:
    """A text with references for the captions that are known by their words, such as `table 1`.

    A reference alone in its paragraph would place the thing there, and stays words.
    """
    return "\n\n".join(_paragraph(each, known) for each in text.split("\n\n"))


def _paragraph(text: str, known: Mapping[str, str]) -> str:
    if _ALONE.fullmatch(text):
        return text

    def reference(match: re.Match[str]) -> str:
        kind = match["kind"].lower()
        id = known.get(f"{kind} {match['number'].lower()}", "")
        return f"[]({kind}:{id})" if id else match.group()

    return _NAMED.sub(reference, text)
