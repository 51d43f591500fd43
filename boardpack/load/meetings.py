"""meeting.yaml and the papers beside it -> Meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path

from yaml.nodes import MappingNode, Node

from boardpack.diagnostics import Finding, finding
from boardpack.load.appendices import find_document
from boardpack.load.boards import build_people
from boardpack.load.fields import Fields
from boardpack.model.board import Board
from boardpack.model.dates import short_date
from boardpack.model.meeting import Item, Meeting, NextMeeting, PaperState
from boardpack.model.paper import Appendix, Paper
from boardpack.model.text import Text
from boardpack.model.tree import Tree

_STATES = {state.value: state for state in (PaperState.VERBAL, PaperState.TO_FOLLOW, PaperState.TABLED)}


def build_meeting(
    tree: Tree, board: Board, papers: Mapping[str, Paper], unread: frozenset[str], found: list[Finding]
) -> Meeting | None:
    """The meeting that a tree describes; none without a date, which the schema has noticed."""
    fields = Fields(tree.source, tree.root)
    day = fields.day("date")
    if day is None:
        return None
    folder = tree.source.path.parent
    items = (build_item(fields, node, board, found) for node in fields.items("agenda"))
    agenda = tuple(item for item in items if item)
    return Meeting(
        id=folder.name,
        folder=folder,
        at=fields.at,
        board=board,
        date=day,
        agenda=agenda,
        papers=papers,
        title=fields.string("title"),
        starts=_time(fields, "starts", found),
        ends=_time(fields, "ends", found),
        venue=fields.string("venue"),
        next=_next(fields, day, found),
        files=_files(board, tree.source.path, papers, agenda),
        unread=unread,
        date_at=fields.place("date"),
        ends_at=fields.place("ends"),
    )


def _files(board: Board, path: Path, papers: Mapping[str, Paper], agenda: Sequence[Item]) -> tuple[Path, ...]:
    """Every file that the meeting is made of, so that a change in any of them can be noticed."""
    below = (file for paper in papers.values() for file in (paper.path, *paper.files))
    placed = (line.file.file for item in agenda for line in item.walk() if line.file and line.file.file)
    return tuple(dict.fromkeys((board.at.source.path, path, *below, *placed)))


def _next(fields: Fields, today: date, found: list[Finding]) -> NextMeeting | None:
    """The next meeting. One that is said wrongly has a finding and stops the pack, but it is not missing."""
    if not fields.says("next"):
        return None
    given = fields.mapping("next")
    if given is None:
        return NextMeeting(today, None, "", fields.key_place("next"))
    return NextMeeting(given.day("date") or today, _time(given, "starts", found), given.string("venue"), given.at)


def _time(fields: Fields, key: str, found: list[Finding]) -> time | None:
    """The time under a key; the schema has seen that it looks like one."""
    hours, colon, minutes = fields.string(key).partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal()):
        return None
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        message = f"`{hours}:{minutes}` is not a time of day"
        help = "write it as on a 24-hour clock: 9:30 or 14:00"
        found.append(finding("wrong-value", fields.place(key), message, help))
        return None


def build_item(fields: Fields, node: Node, board: Board, found: list[Finding]) -> Item | None:
    """A line of the agenda with all below it; none where the node is no line."""
    if not isinstance(node, MappingNode):
        title = fields.words(node)
        return Item("", title, PaperState.NONE, "", title.at) if title else None
    line = Fields(fields.source, node)
    state, paper, file = _paper(line, found)
    own_id = line.string("id")
    items = (build_item(line, below, board, found) for below in line.items("items"))
    return Item(
        id=own_id or (paper if state is PaperState.PAPER else ""),
        title=line.text("title") or _minutes_title(line),
        state=state,
        paper=paper,
        at=line.at,
        paper_at=line.place("minutes_of") if state is PaperState.MINUTES else line.place("paper"),
        purposes=line.strings("purpose"),
        presenter=next(iter(build_people(line, "presenter", board)), None),
        duration=_duration(line),
        numbering=line.strings("numbering"),
        next=line.flag("next"),
        own_id=bool(own_id),
        purposes_at=line.place("purpose"),
        duration_at=line.place("duration"),
        items=tuple(item for item in items if item),
        file=file,
    )


def _duration(line: Fields) -> int | None:
    """The minutes that a line takes; a figure below one has a finding, and nothing is reckoned with it."""
    minutes = line.integer("duration")
    return minutes if minutes is not None and minutes > 0 else None


def _paper(line: Fields, found: list[Finding]) -> tuple[PaperState, str, Appendix | None]:
    other = line.mapping("paper")
    if other is not None:
        return PaperState.TEXT, other.string("text"), None
    word = line.string("paper")
    if (word or line.says("paper")) and line.says("minutes_of"):
        message = "a line cannot have a paper and place minutes as well"
        found.append(
            finding("wrong-value", line.key_place("minutes_of"), message, "give the minutes a line of their own")
        )
    if word in _STATES:
        return _STATES[word], "", None
    if word:
        return PaperState.PAPER, word, None
    return _minutes_of(line, found)


def _minutes_title(line: Fields) -> Text | None:
    """What the agenda calls the minutes where the line has no words of its own."""
    other = line.mapping("minutes_of")
    try:
        day = date.fromisoformat((other.string("date") if other else line.string("minutes_of"))[:10])
    except ValueError:
        return None
    return Text(f"Minutes of {short_date(day)}", line.at)


def _minutes_of(line: Fields, found: list[Finding]) -> tuple[PaperState, str, Appendix | None]:
    """The minutes that a line places: those of a meeting in these papers, or a file."""
    folder, other, title = line.string("minutes_of"), line.mapping("minutes_of"), _minutes_title(line)
    if folder:
        return PaperState.MINUTES, folder, None
    named, at = (other.string("file"), other.place("file")) if other else ("", None)
    if other is None or title is None or at is None or not named:  # which the schema has noticed
        return PaperState.NONE, "", None
    path = find_document(line.source.path.parent, named, at, found)
    return PaperState.MINUTES, other.string("date")[:10], Appendix("", title, path, "", False, at)
