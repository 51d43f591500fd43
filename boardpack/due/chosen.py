"""Which meetings `due` reads: those to come, and of a board that has none the last, which may announce the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from boardpack.load.find import BoardFiles, Wanted, find_boards, find_wanted


class Chosen(NamedTuple):
    """A meeting's folder; ``named`` where the command names it, and it is shown whenever it was or will be."""

    folder: Path
    named: bool
    day: date | None


class Board(NamedTuple):
    """A board: the meetings to read, and the days of all its meetings by the names of their folders.

    ``named`` says that single meetings were named, and no others are wanted.
    """

    meetings: tuple[Chosen, ...]
    days: frozenset[date]
    named: bool


def chosen(papers: Path, named: Sequence[str], on: date) -> list[Board]:
    """The boards of which anything was named, or all of them.

    Raises:
        UsageError: where there is no such board or meeting.
    """
    wanted = find_wanted(papers, named)
    return [_board(board, wanted, on) for board in find_boards(papers, wanted)]


def _board(board: BoardFiles, wanted: Wanted, on: date) -> Board:
    days = frozenset(
        day for meeting in (*board.meetings, *board.others) if (day := folder_day(meeting.folder)) is not None
    )
    every = [_chosen(meeting.folder, wanted) for meeting in board.meetings]
    if any(each.named for each in every):
        return Board(tuple(each for each in every if each.named), days, named=True)
    return Board(tuple(_coming(every, on)), days, named=False)


def _chosen(folder: Path, wanted: Wanted) -> Chosen:
    named = any(path.is_relative_to(folder) for path in (*wanted.folders, *wanted.files))
    return Chosen(folder, named, folder_day(folder))


def _coming(every: Sequence[Chosen], on: date) -> Iterator[Chosen]:
    """Those from this day on and those whose folders say no day; the last of all where there is none."""
    coming = [each for each in every if each.day is None or each.day >= on]
    past = [each for each in every if each.day is not None and each.day < on]
    if past and not any(each.day for each in coming):
        yield max(past, key=lambda each: each.folder.name)
    yield from coming


def folder_day(folder: Path) -> date | None:
    """The day that a meeting's folder is named after."""
    try:
        return date.fromisoformat(folder.name[:10])
    except ValueError:
        return None
