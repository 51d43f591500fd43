"""A meeting with everything worked out that does not depend on the layout: labels, time slots, targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Generic, TypeVar

from boardpack.model.meeting import Item, Meeting
from boardpack.model.paper import Appendix, Figure, Paper, Section, Standing
from boardpack.model.table import Table
from boardpack.model.text import Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TimeSlot:
    """When an item is taken: from ``starts`` up to ``ends``."""

    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the agenda with its label ("5.2 a").

    ``anchor`` is the bookmark on its label in the agenda. ``range_of`` names the paper whose page range
    prints in this line's cell; a later line of a run that shares a paper has none.
    """

    item: Item
    label: str
    depth: int
    anchor: str
    slot: TimeSlot | None
    purposes: tuple[str, ...]
    paper: str
    range_of: str


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A part of a paper with the number that it prints ("2", "A") and the bookmark that stands at it."""

    part: T
    number: str
    anchor: str


@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """A paper in its place in the pack.

    ``label`` is the first line's ("5.2 a"), ``labels`` all of them, ``named`` how its cover names it ("Agenda
    items 5.2 a, b and c"), ``stem`` its file name without suffix. ``start`` and ``end`` are the bookmarks of
    its first and last page.
    """

    paper: Paper
    lines: tuple[Line, ...]
    named: str
    stem: str
    start: str
    end: str
    sections: tuple[Placed[Section], ...]
    standing: tuple[Placed[Standing], ...]
    tables: Mapping[str, Placed[Table]]
    figures: Mapping[str, Placed[Figure]]
    appendices: tuple[Placed[Appendix], ...]
    annexes: Mapping[str, NumberedPaper]

    def headings(self) -> Iterator[tuple[str, str, Text]]:
        """Number, bookmark and text of each numbered heading, in order."""
        for at in self.sections:
            if at.part.heading is not None:
                yield at.number, at.anchor, at.part.heading
        for answer in self.standing:
            yield answer.number, answer.anchor, answer.part.heading

    @property
    def label(self) -> str:
        """The label of the first line that the paper stands behind."""
        return self.lines[0].label


@dataclass(frozen=True, slots=True)
class NumberedMeeting:
    """The meeting with its agenda lines and its papers in the order of the pack."""

    meeting: Meeting
    lines: tuple[Line, ...]
    papers: Mapping[str, NumberedPaper]

    def line(self, id: str) -> Line | None:
        """The first agenda line of an item with this id, or with a paper of this id."""
        for line in self.lines:
            if id in (line.item.id, line.paper):
                return line
        return None
