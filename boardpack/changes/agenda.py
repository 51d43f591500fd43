"""The agenda as it was printed: written down when it goes out, read again, and compared with the one there is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace

from boardpack.changes.order import rising
from boardpack.model.board import Board
from boardpack.model.dates import long_date
from boardpack.model.labels import line_keys
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.numbered import Line, NumberedMeeting, NumberedPaper
from boardpack.model.paper import Paper
from boardpack.model.sentences import listed
from boardpack.word.prose import plain

KEY = "meeting/agenda"
"""Where the record of what was printed holds the agenda; no paper has a name with a stroke in it."""
PAPER = "Paper"
"""What stands in a record for the pages in the paper column."""
_SEPARATOR = "\t"
_FACTS = ("title", "date", "time", "venue")
_FEW = 3
"""Up to how many lines that are taken at another time are named one by one."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line as it prints, without pages. ``key`` is what it is known by.

    ``public`` is what the public agenda calls it. ``withheld`` is the class of a paper that the public may not have,
    where the line is that paper's or below it.
    ``detail`` are purpose and presenter, or the next meeting. ``paper`` is what the paper column says. Nobody reads the
    rest, which tells lines apart: how other text names it, the key of the part behind it, that of the line above it.
    """

    key: str
    label: str
    title: str
    public: str
    withheld: str
    detail: str
    time: str
    paper: str
    name: str = field(default="", compare=False)
    part: str = field(default="", compare=False)
    above: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is said of the meeting, under "date" and the like, and the lines in order."""

    facts: Mapping[str, str]
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True, slots=True)
class AgendaChange:
    """A line that differs: ``kind`` is "new", "withdrawn", "moved" or "changed".

    ``said`` are its facts that changed: what, as it was, as it is. ``after`` names the line that a new or moved one
    stands behind, empty at the top.
    """

    kind: str
    label: str
    title: str
    said: tuple[tuple[str, str, str], ...] = ()
    after: str = ""


def recorded(numbered: NumberedMeeting) -> list[str]:
    """The agenda as lines of a record."""
    meeting = numbered.meeting
    times = " to ".join(f"{each.hour}:{each.minute:02}" for each in (meeting.starts, meeting.ends) if each)
    facts = (meeting.title, long_date(meeting.date), times, meeting.venue)
    keys = {id(item): key for item, key in line_keys(meeting)}
    closed = dict(_closed(meeting.agenda, meeting.papers))
    above = {id(below): keys[id(item)] for item in meeting.items() for below in item.items}
    lines = []
    for each in numbered.lines:
        at = id(each.item)
        lines.append(astuple(_line(numbered, each, (keys[at], above.get(at, "")), closed.get(at))))
    return [_SEPARATOR.join(" ".join(cell.split()) for cell in cells) for cells in (facts, *lines)]


def read(record: Sequence[str]) -> Agenda:
    """The agenda that a record holds."""
    facts, *lines = (line.split(_SEPARATOR) for line in record)
    return Agenda(dict(zip(_FACTS, facts, strict=True)), tuple(AgendaLine(*cells) for cells in lines))


def as_public(agenda: Agenda, now: Agenda) -> Agenda:
    """The agenda as the public may read it; what was open once and is withheld ``now`` has its public name of now."""
    closed = {line.key: line for line in now.lines if line.withheld}

    def seen(line: AgendaLine) -> AgendaLine:
        known = line if line.withheld else closed.get(line.key)
        return replace(line, title=known.public, detail="") if known else line

    return Agenda(agenda.facts, tuple(seen(line) for line in agenda.lines))


def _closed(
    items: Iterable[Item], papers: Mapping[str, Paper], above: Paper | None = None
) -> Iterator[tuple[int, Paper]]:
    """The lines of withheld papers by identity, and those below them that only name a part of what they say.

    These are the lines to which the public edition (:mod:`boardpack.staging`) gives other names.
    """
    for item in items:
        paper = above if item.state is PaperState.NONE else None
        if item.state is PaperState.PAPER:
            paper = papers.get(item.paper)
        paper = paper if paper and paper.withheld else None
        if paper:
            yield id(item), paper
        yield from _closed(item.items, papers, paper)


def _line(numbered: NumberedMeeting, line: Line, keys: tuple[str, str], closed: Paper | None) -> AgendaLine:
    """A line as it prints; ``keys`` are its own and that of the line above, ``closed`` the paper that withholds it."""
    at = numbered.papers.get(line.part)
    own = plain(line.item.title.value) if line.item.title else ""
    title = own or (plain(at.paper.title.value) if at else "Date of next meeting" if line.item.next else "")
    public = _public_title(line.item, title, closed) if closed else title
    slot = line.slot
    ends = (slot.starts, slot.ends) if slot else ()
    time = " to ".join(f"{each.hour}:{each.minute:02}" for each in ends)
    return AgendaLine(
        keys[0],
        line.label,
        title,
        public,
        closed.withheld if closed else "",
        _detail(numbered, line, at),
        time,
        _paper(line, numbered.meeting.board),
        line.name,
        line.part,
        keys[1],
    )


def _public_title(item: Item, title: str, closed: Paper) -> str:
    """What the public reads instead of a line's words: where no public title is stated, its own words are open."""
    if closed.public_title and (item.title or item.state is PaperState.PAPER):
        return plain(closed.public_title.value)
    if item.state is PaperState.PAPER and item.title is None:
        return f"{closed.withheld.partition(':')[0].capitalize()} item"
    return title


def _detail(numbered: NumberedMeeting, line: Line, at: NumberedPaper | None) -> str:
    person = line.item.presenter or (at.paper.presenter if at else None)
    following = _next(numbered.meeting) if line.item.next else ""
    said = (listed(line.purposes).capitalize(), person.ranked if person else "", following)
    return " · ".join(filter(None, said))


def _next(meeting: Meeting) -> str:
    held = meeting.next
    if held is None:
        return ""
    starts = f"{held.starts.hour}:{held.starts.minute:02}" if held.starts else ""
    return ", ".join(filter(None, (long_date(held.date), starts, held.venue)))


def _paper(line: Line, board: Board) -> str:
    """What the paper column says, :data:`PAPER` standing for its pages."""
    wording = board.paper_column
    if line.part:
        return PAPER
    return {
        PaperState.VERBAL: wording.verbal,
        PaperState.TO_FOLLOW: wording.to_follow,
        PaperState.TABLED: wording.tabled,
        PaperState.TEXT: line.item.paper,
        PaperState.MINUTES: wording.to_follow,
    }.get(line.item.state, "")


def facts_changed(then: Agenda, now: Agenda) -> tuple[tuple[str, str, str], ...]:
    """What is said of the meeting that changed: what, as it was, as it is."""
    return tuple((name, then.facts[name], now.facts[name]) for name in _FACTS if then.facts[name] != now.facts[name])


def compare(then: Agenda, now: Agenda) -> tuple[AgendaChange, ...]:
    """The lines that differ: those there are in their order, then those that are withdrawn."""
    old_of = dict(_same(then.lines, now.lines))
    order = {line.key: position for position, line in enumerate(then.lines)}
    kept = [line for line in now.lines if line.key in old_of]
    staying = {kept[at].key for at in rising(order[old_of[line.key].key] for line in kept)}
    timed = [line for line in kept if line.time != old_of[line.key].time]
    found, above = [], ""
    for line in now.lines:
        old = old_of.get(line.key)
        if old is None:
            found.append(AgendaChange("new", line.label, line.title, _told(line), above))
        else:
            said = _said(old, line, times=len(timed) <= _FEW)
            if line.key not in staying:
                found.append(AgendaChange("moved", line.label, line.title, said, above))
            elif said:
                found.append(AgendaChange("changed", line.label, line.title, said))
        above = line.label or line.title
    taken = {line.key for line in old_of.values()}
    gone = (AgendaChange("withdrawn", line.label, line.title) for line in then.lines if line.key not in taken)
    return (*found, *gone, *_times(timed, old_of))


def _same(old: Sequence[AgendaLine], new: Sequence[AgendaLine]) -> Iterator[tuple[str, AgendaLine]]:
    """The key of each new line that was there with what it was: of the same key, else of the same title."""
    known = {line.key: line for line in old}
    keys = {line.key for line in new}
    left = {line.title: line for line in old if line.key not in keys and line.title}
    for line in new:
        was = known.get(line.key) or left.pop(line.title, None)
        if was:
            yield line.key, was


def _told(line: AgendaLine) -> tuple[tuple[str, str, str], ...]:
    told = (("time", line.time), ("paper", line.paper))
    return tuple((name, "", value) for name, value in told if value)


def _said(old: AgendaLine, new: AgendaLine, *, times: bool) -> tuple[tuple[str, str, str], ...]:
    facts = [
        ("number", old.label, new.label),
        ("title", old.title, new.title),
        ("details", old.detail, new.detail),
        ("paper", old.paper, new.paper),
        *([("time", old.time, new.time)] if times else []),
    ]
    return tuple((name, was, now) for name, was, now in facts if was != now)


def _times(timed: Iterable[AgendaLine], old_of: Mapping[str, AgendaLine]) -> Iterator[AgendaChange]:
    """Many lines that are taken at another time, told in one."""
    lines = list(timed)
    if len(lines) > _FEW:
        title = f"{len(lines)} lines are taken at other times, from {lines[0].label} on"
        yield AgendaChange("times", "", title, (("time", old_of[lines[0].key].time, lines[0].time),))
