"""What the text and the Word note have in common: whose changes these are, how a paper is named, how much is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from boardpack.changes.differences import IN_PART, PartChange
from boardpack.changes.words import Kind, Piece
from boardpack.model.dates import short_date

_CONTEXT = 8
"""How many words show before and after a change."""
_MANY = 2 * _CONTEXT + 4
"""How many unchanged words stand together before those in the middle are left out."""
_GAP = " … "


@dataclass(frozen=True, slots=True)
class About:
    """Whose papers were compared: board and meeting, the days of the pack and of each supplement, for whom.

    ``next_page`` is the page with which the next supplement begins.
    """

    organisation: str
    board: str
    language: str
    day: date
    venue: str
    issues: tuple[date, ...]
    next_page: int
    public: bool

    @property
    def issued(self) -> str:
        """Published on 3 March 2010, with the supplement of 8 March 2010."""
        first, *others = (short_date(day) for day in self.issues)
        if not others:
            return f"published on {first}"
        if len(others) == 1:
            return f"published on {first}, with the supplement of {others[0]}"
        return f"published on {first}, with {len(others)} supplements, the last of {others[-1]}"


def sentence(text: str) -> str:
    """The same words with a capital letter at the front."""
    return text[:1].upper() + text[1:]


def named(change: PartChange) -> str:
    """How a paper is called: its number and its title, or only its number where that is all the reader may have."""
    if change.hidden and not change.title:
        return f"Item {change.label}" if change.label else "A paper"
    return " ".join(filter(None, (change.label, change.title)))


def marking(change: PartChange) -> str:
    """What a paper says that the public may not have, or only in part; for the public without the class."""
    if not change.withheld:
        return ""
    if change.withheld == IN_PART:
        return "not for publication in part"
    return "not for publication" if change.hidden else f"not for publication ({change.withheld})"


def left_out(change: PartChange) -> str:
    """How many changes of a paper are not shown because they name what the reader may not have."""
    count = change.left_out
    return f"{count} more change{' names' if count == 1 else 's name'} what is not for publication"


def shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with long stretches of unchanged words cut to what stands next to a change."""
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        yield Piece(piece.kind, _cut(piece.text, at == 0, at == last)) if piece.kind is Kind.SAME and last else piece


def _cut(text: str, first: bool, last: bool) -> str:
    words = text.split()
    if len(words) <= (_CONTEXT + 2 if first or last else _MANY):
        return text
    lead = text[: len(text) - len(text.lstrip())]
    trail = text[len(text.rstrip()) :]
    head = "" if first else lead + " ".join(words[:_CONTEXT])
    tail = "" if last else " ".join(words[-_CONTEXT:]) + trail
    return head + (_GAP.lstrip() if first else _GAP.rstrip() if last else _GAP) + tail
