"""A meeting with everything worked out that does not depend on the layout: labels, time slots, targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Generic, TypeVar

from boardpack.model.board import Person
from boardpack.model.chart import Chart
from boardpack.model.dates import long_date
from boardpack.model.edition import MEMBERS, Edition
from boardpack.model.meeting import Item, Meeting
from boardpack.model.minutes import Action, Entry, Minutes
from boardpack.model.paper import PRINTED, Appendix, Figure, Paper, Section, Standing
from boardpack.model.published import Supplement
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

    ``anchor`` is the bookmark on its label in the agenda. ``part`` names the paper or the minutes behind it, by the key
    in :attr:`NumberedMeeting.parts`. ``range_of`` names the part whose page range prints in this line's cell; a later
    line of a run that shares a paper has none. ``cited`` are the bookmarks and words by which other text names the
    line: those of the lines above where its own label does not repeat them, "4" and "(a)", without a closing stop.
    """

    item: Item
    label: str
    depth: int
    anchor: str
    slot: TimeSlot | None
    purposes: tuple[str, ...]
    part: str
    range_of: str
    cited: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """How other text names the line: "6d", "4(a)"."""
        return "".join(words for _, words in self.cited)


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A part of a paper with the number that it prints ("2", "A") and the bookmark that stands at it."""

    part: T
    number: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Part:
    """What has pages of its own in the pack: a paper, or the minutes of an earlier meeting, written here or a file.

    ``lines`` are the agenda lines that it stands behind, ``named`` is how its cover names them ("Agenda items 5.2 a, b
    and c"), ``stem`` its file name without suffix. ``start`` and ``end`` are the bookmarks of its first and last page.
    """

    lines: tuple[Line, ...]
    named: str
    stem: str
    start: str
    end: str

    @property
    def label(self) -> str:
        """What names the first line that it stands behind ("5.2 a"); empty where there is none."""
        return self.lines[0].name if self.lines else ""


@dataclass(frozen=True, slots=True)
class NumberedPaper(Part):
    """A paper in its place in the pack."""

    paper: Paper
    sections: tuple[Placed[Section], ...]
    standing: tuple[Placed[Standing], ...]
    tables: Mapping[str, Placed[Table]]
    figures: Mapping[str, Placed[Figure]]
    charts: Mapping[str, Placed[Chart]]
    appendices: tuple[Placed[Appendix], ...]
    annexes: Mapping[str, NumberedPaper]

    @property
    def printed(self) -> tuple[Placed[Appendix], ...]:
        """The appendices that are printed, each on pages of its own: papers, and files of a kind that prints."""
        return tuple(at for at in self.appendices if at.anchor in self.annexes or at.part.suffix in PRINTED)

    @property
    def pictured(self) -> bool:
        """Whether an appendix, or one of an appendix, prints as pictures of its pages."""
        own = any(at.part.pages for at in self.appendices)
        return own or any(annex.pictured for annex in self.annexes.values())

    def without_pages(self) -> NumberedPaper:
        """The same where nothing draws such pages: a sentence stands for them."""
        appendices = tuple(replace(at, part=replace(at.part, pages=None)) for at in self.appendices)
        annexes = {anchor: annex.without_pages() for anchor, annex in self.annexes.items()}
        return replace(self, appendices=appendices, annexes=annexes)

    def headings(self) -> Iterator[tuple[str, str, Text]]:
        """Number, bookmark and text of each numbered heading, in order."""
        for at in self.sections:
            if at.part.heading is not None:
                yield at.number, at.anchor, at.part.heading
        for answer in self.standing:
            yield answer.number, answer.anchor, answer.part.heading


@dataclass(frozen=True, slots=True)
class MinutedItem:
    """An entry of the minutes with its label, or a line of the agenda that only heads the entries below it.

    ``resolved`` are the resolutions; with ``drafted`` they are the recommendations of ``paper``, which the minutes
    have not yet put into words of their own.
    """

    label: str
    name: str
    title: Text | None
    presenter: Person | None
    depth: int
    entry: Entry | None
    resolved: tuple[Text, ...]
    drafted: bool
    paper: NumberedPaper | None


@dataclass(frozen=True, slots=True)
class LoggedAction:
    """An open action in the log: the meeting and the entry that it came of, the day on which it is due.

    ``said_in`` are the meeting and the entry of the latest minutes that name it, in whose words it stands.
    """

    of: NumberedMeeting
    item: MinutedItem
    said_in: tuple[NumberedMeeting, MinutedItem]
    action: Action
    due: date | None


@dataclass(frozen=True, slots=True)
class NumberedMinutes(Part):
    """Minutes with the labels of the agenda that they are about, and the actions of all meetings still open."""

    of: NumberedMeeting
    minutes: Minutes
    items: tuple[MinutedItem, ...]
    log: tuple[LoggedAction, ...]


@dataclass(frozen=True, slots=True)
class NumberedFile(Part):
    """Minutes that are a file and not in these papers; ``day`` is that of their meeting."""

    day: date
    entry: Placed[Appendix]

    @property
    def title(self) -> str:
        """Minutes of Thursday 28 January 2010."""
        return f"Minutes of {long_date(self.day)}"

    @property
    def pictured(self) -> bool:
        """Whether it prints as pictures of its pages."""
        return self.entry.part.pages is not None

    def without_pages(self) -> NumberedFile:
        """As :meth:`NumberedPaper.without_pages`."""
        return replace(self, entry=replace(self.entry, part=replace(self.entry.part, pages=None)))


AnyPart = NumberedPaper | NumberedMinutes | NumberedFile


@dataclass(frozen=True, slots=True)
class NumberedMeeting:
    """The meeting with its agenda lines and the parts of its pack in order.

    ``papers`` are those parts that are papers, by id; minutes have the key ``2010-01-28/minutes``, those
    that are a file ``2010-01-28/minutes.pdf``. ``earlier`` are the
    earlier meetings that the papers refer to, by id, as they were numbered in their own packs. ``minutes`` are the
    meeting's own, written after it. ``edition`` says who is to read it,
    ``supplement`` what of it is issued where the pack is out already.
    """

    meeting: Meeting
    lines: tuple[Line, ...]
    parts: Mapping[str, AnyPart]
    papers: Mapping[str, NumberedPaper]
    earlier: Mapping[str, NumberedMeeting] = field(default_factory=dict)
    minutes: NumberedMinutes | None = None
    edition: Edition = MEMBERS
    supplement: Supplement | None = None

    def leaves_out(self, part: Part) -> bool:
        """Whether a paper stands in this edition only as the page that says why it does not."""
        return self.edition.public and isinstance(part, NumberedPaper) and bool(part.paper.withheld)

    def line(self, id: str) -> Line | None:
        """The first agenda line of an item with this id, or with a paper of this id."""
        for line in self.lines:
            if id in (line.item.id, line.part):
                return line
        return None
