"""Two lines -> the words that they share and those that they do not.

Law: what is the same and what was deleted make the old line, what is the same and what was inserted make the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"((?:[£$€]?\w+(?:[.,:/@'’&-]\w+)*%?|\S)?)(\s*)")
"""A word or figure with the signs inside it (29,100, co-ordinator, a@example.org) or one other sign, and the blanks
behind it.
"""
_LONG = 3000
"""Tokens from which on frequent words are no longer where a match may begin: comparing takes the square of them."""
_ISLAND = 4
"""How many characters a lone word may have that is not left standing between two changes."""


class Kind(StrEnum):
    """Whether words stand in both lines or in one of them."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together, with the blanks between them."""

    kind: Kind
    text: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two lines in order; where both changed, what was deleted stands before what was inserted."""
    if old <= new:
        return tuple(_apart(_joined(_compared(old, new))))
    return tuple(_apart((same, was, now) for same, now, was in _joined(_compared(new, old))))


def _compared(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """What is the same, or else what was deleted and inserted, stretch after stretch.

    What the library finds depends on which of the two comes first: :func:`pieces` always gives them in one order.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    many = len(before) + len(after) > _LONG
    words, others = [word for word, _ in before], [word for word, _ in after]
    for tag, first, last, start, end in SequenceMatcher(None, words, others, autojunk=many).get_opcodes():
        if tag == "equal":
            yield from _alike(before[first:last], after[start:end])
        else:
            yield "", _text(before[first:last]), _text(after[start:end])


def _alike(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Words that are the same, of which the blanks behind may differ."""
    same = ""
    for (word, blank), (_, other) in zip(before, after, strict=True):
        same += word + (blank if blank == other else "")
        if blank != other:
            yield same, "", ""
            yield "", blank, other
            same = ""
    yield same, "", ""


def _text(tokens: Iterable[tuple[str, str]]) -> str:
    return "".join(word + blank for word, blank in tokens)


def _joined(found: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Neighbouring changes as one, where nothing but a blank or a short word stands between them."""
    same, was, now = "", "", ""
    for shared, deleted, inserted in found:
        if shared:
            same += shared
        elif not (deleted or inserted):
            continue
        elif (was or now) and _is_island(same):
            was, now, same = was + same + deleted, now + same + inserted, ""
        else:
            yield "", was, now
            yield same, "", ""
            same, was, now = "", deleted, inserted
    yield "", was, now
    yield same, "", ""


def _is_island(same: str) -> bool:
    return len(same.strip()) <= _ISLAND and len(same.split()) <= 1


def _apart(found: Iterable[tuple[str, str, str]]) -> Iterator[Piece]:
    for shared, deleted, inserted in found:
        for kind, text in ((Kind.SAME, shared), (Kind.DELETED, deleted), (Kind.INSERTED, inserted)):
            if text:
                yield Piece(kind, text)
