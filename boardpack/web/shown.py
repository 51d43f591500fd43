"""What a site is made of: meetings as they were published, and the files that can be downloaded with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from boardpack.charts.of_paper import Look
from boardpack.model.board import Board
from boardpack.model.meeting import Meeting
from boardpack.model.numbered import AnyPart, LoggedAction, NumberedMeeting, NumberedPaper


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a meeting: ``pack.pdf``, ``reports/6d-funding.docx``.

    ``data`` are its bytes, None where the file lies there already; ``size`` is how many they are, ``pages`` how many
    pages it has, 0 where that is not known. ``part`` is the key of the part that it holds alone, empty for more.
    ``sheets`` of a PDF are, by the page numbers that it prints, the sheets that they stand on.
    """

    name: str
    title: str
    size: int
    pages: int = 0
    data: bytes | None = None
    part: str = ""
    sheets: Mapping[int, int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """PDF or Word, by the name."""
        return {"pdf": "PDF", "docx": "Word"}.get(self.suffix, self.suffix.upper())

    @property
    def suffix(self) -> str:
        """What the name ends in, in small letters."""
        return self.name.rpartition(".")[2].lower()

    @property
    def said(self) -> str:
        """PDF, 1.2 MB, 56 pages."""
        counted = f"{self.pages} page{'s' if self.pages != 1 else ''}" if self.pages else ""
        return ", ".join(filter(None, (self.kind, sized(self.size), counted)))


def sized(size: int) -> str:
    """A number of bytes as people say it: 34 KB, 1.2 MB."""
    if size >= 999_500:
        return f"{size / 1_000_000:.1f} MB".replace(".0 ", " ")
    return f"{max(1, round(size / 1000))} KB" if size else "0 KB"


@dataclass(frozen=True, slots=True)
class Former:
    """A part as the present site has it: its article, its title in words, the files that the article leads to.

    ``data`` is what data.json said of a paper.
    """

    article: str
    title: str
    files: Mapping[str, bytes]
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The public edition of one meeting.

    ``on`` is the day on which it was published. ``pages`` are the pages of the pack by bookmark. ``log`` are the
    actions of the board that were open after the meeting. ``unissued`` are the parts that say something else now than
    what is out, by key: until that is issued they have the page that they had, or none where it is not known.
    ``withdrawn`` are the labels and titles of lines that were published and that the agenda has no longer.
    """

    numbered: NumberedMeeting
    on: date
    pages: Mapping[str, int] = field(default_factory=dict)
    downloads: Sequence[Download] = ()
    log: Sequence[LoggedAction] = ()
    unissued: Mapping[str, Former | None] = field(default_factory=dict)
    withdrawn: Sequence[tuple[str, str]] = ()

    @property
    def meeting(self) -> Meeting:
        """The meeting itself."""
        return self.numbered.meeting

    @property
    def board(self) -> Board:
        """The board that meets."""
        return self.numbered.meeting.board

    def parts(self) -> Iterator[tuple[str, AnyPart]]:
        """The parts that have a page of their own, by key: not what the public may not have, or not as it is now."""
        for key, part in self.numbered.parts.items():
            if self.is_open(part) and self.unissued.get(key, True):
                yield key, part

    def is_open(self, part: AnyPart) -> bool:
        """Whether the public may have a part."""
        return not self.numbered.leaves_out(part) and not (isinstance(part, NumberedPaper) and part.paper.withheld)

    def in_pack(self, key: str) -> str:
        """Where a part stands in a file that can be downloaded (``pack.pdf#page=7``); empty if nowhere."""
        part = self.numbered.parts.get(key)
        if part is None or not self.is_open(part):
            return ""
        first = self.pages.get(part.start, 0)
        held = next((each for each in self.downloads if first in each.sheets and not each.part), None)
        return f"{held.name}#page={held.sheets[first]}" if held else ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """What the first page, calendars and news say of a meeting: ``board`` is its board's id, ``called`` its name.

    ``following`` is the day of the meeting after it, ``on`` that of its publication, ``minutes`` the title of its
    minutes, empty where there are none.
    """

    board: str
    called: str
    id: str
    title: str
    day: date
    starts: time | None
    ends: time | None
    venue: str
    following: date | None
    on: date
    papers: tuple[str, ...]
    minutes: str

    @property
    def folder(self) -> str:
        """The folder of its pages."""
        return f"{self.board}/{self.id}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A board whose papers cannot be read now: its files as they lie in the present site, and what is said of it.

    ``styles`` are the lines of the stylesheet that are its own.
    """

    id: str
    name: str
    organisation: str
    sittings: Sequence[Sitting]
    files: Mapping[str, bytes]
    styles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, and how it looks.

    ``looks`` are the colours and fonts of the houses by the board's id. ``address`` is where the site will lie
    (``https://example.org/papers``), for feeds and calendars, which name their pages in full; empty where that is not
    known. ``name`` stands at the head of every page. ``kept`` are boards that stay as they were.
    """

    meetings: Sequence[Shown]
    looks: Mapping[str, Look] = field(default_factory=dict)
    address: str = ""
    name: str = ""
    kept: Sequence[Kept] = ()

    @property
    def title(self) -> str:
        """The name; without one that of the organisation whose boards these are, if they are one's."""
        named = {each.board.organisation or each.board.name for each in self.meetings}
        named |= {each.organisation or each.name for each in self.kept}
        return self.name or (named.pop() if len(named) == 1 else "Board papers")

    @property
    def as_of(self) -> date:
        """The day of which the site tells: the last on which anything was published."""
        kept = (sitting.on for each in self.kept for sitting in each.sittings)
        return max((*(each.on for each in self.meetings), *kept))

    def boards(self) -> dict[str, list[Shown]]:
        """The meetings of each board by its id, boards by name, the latest meeting first."""
        ordered = sorted(self.meetings, key=lambda each: (each.meeting.date, each.meeting.id), reverse=True)
        boards: dict[str, list[Shown]] = {}
        for each in sorted(ordered, key=lambda each: (each.board.name.casefold(), each.board.id)):
            boards.setdefault(each.board.id, []).append(each)
        return boards

    def look(self, board: Board) -> Look:
        """How the house of this board looks."""
        return self.looks.get(board.id, Look())
