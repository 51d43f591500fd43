"""A meeting: one dated sitting of a board, with its agenda (meeting.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from pathlib import Path

from boardpack.diagnostics import Place
from boardpack.model.board import Board, Person
from boardpack.model.minutes import Minutes
from boardpack.model.paper import Appendix, Paper
from boardpack.model.published import Published
from boardpack.model.text import Text


class PaperState(StrEnum):
    """What stands in an item's paper cell."""

    NONE = ""
    PAPER = "paper"
    VERBAL = "verbal"
    TO_FOLLOW = "to follow"
    TABLED = "tabled"
    TEXT = "text"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """When and where the board sits next."""

    date: date
    starts: time | None
    venue: str
    at: Place


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the agenda.

    ``paper`` is the paper's id where ``state`` is PAPER, the words where it is TEXT, and where it is MINUTES the folder
    of the meeting whose minutes are placed here, or with a ``file`` of minutes that are not in these papers their date.

    ``id`` is the line's own id, else its paper's id, else empty; ``own_id`` says whether it is the line's
    own.
    """

    id: str
    title: Text | None
    state: PaperState
    paper: str
    at: Place
    paper_at: Place | None = None
    purposes: tuple[str, ...] = ()
    presenter: Person | None = None
    duration: int | None = None
    numbering: tuple[str, ...] = ()
    next: bool = False
    own_id: bool = False
    purposes_at: Place | None = None
    duration_at: Place | None = None
    items: tuple[Item, ...] = ()
    file: Appendix | None = None

    def walk(self) -> Iterator[Item]:
        """This item and all below it, in the order of the agenda."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A sitting. ``id`` is its folder's name, ``papers`` holds every paper file of the folder by id.

    ``minutes`` are its own, ``published`` what is out of it, ``earlier`` the board's earlier meetings by id, as far as
    this one needs them. ``unread`` are the ids of paper files that are there but were not read: faulty, or not asked
    for. ``beside_withheld`` says that another meeting of which this one prints something withholds some of it.
    ``in_time`` says that what goes out now is not late; it is known only to who knows the day.
    """

    id: str
    folder: Path
    at: Place
    board: Board
    date: date
    agenda: tuple[Item, ...]
    papers: Mapping[str, Paper]
    title: str = ""
    starts: time | None = None
    ends: time | None = None
    venue: str = ""
    next: NextMeeting | None = None
    files: tuple[Path, ...] = ()
    minutes: Minutes | None = None
    published: Published | None = None
    earlier: Mapping[str, Meeting] = field(default_factory=dict)
    unread: frozenset[str] = field(default_factory=frozenset)
    beside_withheld: bool = False
    in_time: bool = False
    date_at: Place | None = None
    ends_at: Place | None = None

    @property
    def withholds(self) -> bool:
        """Whether anything that the meeting prints may be withheld from the public.

        A supplement names what was withheld and is withdrawn by now, so that what is out counts too.
        """
        was = any(part.withheld for part in self.published.parts) if self.published else False
        return (
            was
            or self.beside_withheld
            or any(
                paper.withheld or any(appendix.withheld for appendix in paper.appendices)
                for paper in self.papers.values()
            )
        )

    def items(self) -> Iterator[Item]:
        """Every item at every depth, in the order of the agenda."""
        for item in self.agenda:
            yield from item.walk()
