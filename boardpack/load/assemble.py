"""Trees -> boards and meetings, as far as their files can be read.

A file with findings of the schema is built all the same, from what it does hold: so one run shows all
findings, and a typing error in one paper hides none in another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boardpack.diagnostics import Finding
from boardpack.load.boards import build_board
from boardpack.load.meetings import build_meeting
from boardpack.load.papers import build_paper
from boardpack.load.read import BoardTrees, Library, MeetingTrees, without_collecting
from boardpack.model.board import Board
from boardpack.model.meeting import Meeting
from boardpack.model.paper import Paper


@dataclass(frozen=True, slots=True)
class Assembled:
    """The boards and the meetings that could be built, and what was found while building them."""

    boards: tuple[Board, ...]
    meetings: tuple[Meeting, ...]
    findings: list[Finding]


def assemble(library: Library) -> Assembled:
    """Build every meeting whose board.yaml and meeting.yaml could be read."""
    found: list[Finding] = []
    with without_collecting():
        shelves = [(build_board(trees.board, found), trees) for trees in library.boards if trees.board]
        meetings = tuple(meeting for board, trees in shelves for meeting in _meetings(trees, board, found))
    return Assembled(tuple(board for board, _ in shelves), meetings, found)


def _meetings(trees: BoardTrees, board: Board, found: list[Finding]) -> Iterator[Meeting]:
    yield from (meeting for below in trees.meetings if (meeting := _meeting(below, board, found)))


def _meeting(trees: MeetingTrees, board: Board, found: list[Finding]) -> Meeting | None:
    if trees.meeting is None:
        return None
    papers: dict[str, Paper] = {tree.source.path.stem: build_paper(tree, board, found) for tree in trees.papers}
    return build_meeting(trees.meeting, board, papers, trees.unread, found)
