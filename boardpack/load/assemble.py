"""Trees -> boards and meetings, as far as their files can be read.

A file with findings of the schema is built all the same, from what it does hold: so one run shows all
findings, and a typing error in one paper hides none in another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from boardpack.diagnostics import Finding
from boardpack.load.boards import build_board
from boardpack.load.clearance import with_contents
from boardpack.load.context import Needs
from boardpack.load.fields import Fields
from boardpack.load.forward_plan import is_dated, with_plans
from boardpack.load.meetings import build_meeting
from boardpack.load.minutes import build_minutes
from boardpack.load.papers import build_paper
from boardpack.load.published import NAME as PUBLISHED
from boardpack.load.published import read_published
from boardpack.load.read import BoardTrees, Library, MeetingTrees, without_collecting
from boardpack.load.withheld import inherited
from boardpack.model.board import Board
from boardpack.model.meeting import Meeting
from boardpack.model.paper import Paper


@dataclass(frozen=True, slots=True)
class Assembled:
    """The boards and the meetings that could be built, and what was found while building them.

    ``relied_on`` are meetings that were not asked for, whose minutes print or whose papers are referred to; ``read``
    are all that were read, those included of which only the forward plan or the action log takes something.
    """

    boards: tuple[Board, ...]
    meetings: tuple[Meeting, ...]
    relied_on: tuple[Meeting, ...]
    read: tuple[Meeting, ...]
    findings: list[Finding]


def assemble(library: Library) -> Assembled:
    """Build every meeting whose board.yaml and meeting.yaml could be read."""
    found: list[Finding] = []
    boards: list[Board] = []
    meetings: list[Meeting] = []
    relied_on: list[Meeting] = []
    read: list[Meeting] = []
    with without_collecting():
        for trees in library.boards:
            if trees.board is None:
                continue
            board = build_board(trees.board, found)
            boards.append(board)
            asked = {each.folder.name: each.needs for each in trees.meetings}
            built = list(_beside(_meetings(trees, board, found), asked))
            read += built
            for meeting in built:
                if meeting.id in asked:
                    whole = replace(meeting, files=tuple(dict.fromkeys(_files(meeting, asked[meeting.id], built))))
                    meetings.append(with_plans(whole, built, trees.folders))
                elif meeting.id in trees.relied_on:
                    relied_on.append(meeting)
    return Assembled(tuple(boards), tuple(meetings), tuple(relied_on), tuple(read), found)


def _meetings(trees: BoardTrees, board: Board, found: list[Finding]) -> list[Meeting]:
    """The board's meetings from the first to the last, each with the earlier ones that were read."""
    built: list[Meeting] = []
    dated = sorted(name for name in trees.folders if is_dated(name))
    for below in sorted((*trees.meetings, *trees.others), key=_begins):
        after = next((date.fromisoformat(each[:10]) for each in dated if each[:10] > below.folder.name[:10]), None)
        meeting = _meeting(below, board, {each.id: each for each in built}, after, found)
        if meeting is not None:
            built.append(meeting)
    return built


def _begins(trees: MeetingTrees) -> tuple[str, int, str]:
    """What puts meetings in order: the day, of those of one day the hour, then the folder's name."""
    fields = Fields(trees.meeting.source, trees.meeting.root) if trees.meeting else None
    hours, _, minutes = fields.string("starts").partition(":") if fields else ("", "", "")
    clock = int(hours) * 60 + int(minutes) if hours.isdecimal() and minutes.isdecimal() else 0
    return trees.folder.name[:10], clock, trees.folder.name


def _meeting(
    trees: MeetingTrees, board: Board, earlier: Mapping[str, Meeting], after: date | None, found: list[Finding]
) -> Meeting | None:
    if trees.meeting is None:
        return None
    sources = {tree.source.path.stem: tree for tree in trees.papers}
    built: dict[str, Paper] = {id: build_paper(tree, board, found) for id, tree in sources.items()}
    papers = with_contents(inherited(built), sources)
    meeting = build_meeting(trees.meeting, board, papers, trees.unread, found)
    if meeting is None:
        return None
    following = meeting.next.date if meeting.next else after
    minutes = build_minutes(trees.minutes, board, following, found) if trees.minutes else None
    published = read_published(trees.folder, found)
    out = (trees.folder / PUBLISHED,) if published else ()
    files = (*meeting.files, *(minutes.files if minutes else ()), *out)
    return replace(meeting, minutes=minutes, earlier=earlier, files=files, published=published)


def _beside(built: list[Meeting], asked: Mapping[str, Needs]) -> Iterator[Meeting]:
    """The meetings with what those that were asked for have to know of the others."""
    for each in built:
        needs = asked.get(each.id)
        others = (other for other in built if needs and other.id != each.id and _prints(needs, other))
        yield replace(each, beside_withheld=any(other.withholds for other in others))


def _prints(needs: Needs, other: Meeting) -> bool:
    """Whether a meeting with these needs prints something of another one."""
    named = other.id in needs.minutes | needs.papers or needs.plans(other.id)
    return named or (other.minutes is not None and needs.logs(other.id))


def _files(meeting: Meeting, needs: Needs, built: list[Meeting]) -> Iterator[Path]:
    """The meeting's own files and those of the other meetings that it is made of, whatever else was read."""
    yield from meeting.files
    for other in built:
        logged = other.minutes is not None and bool(needs.minutes) and needs.logs(other.id)
        if other.id in needs.minutes | needs.papers or needs.plans(other.id) or logged:
            yield from other.files
        elif other.minutes and needs.logs(other.id):
            yield from (other.at.source.path, *other.minutes.files)
