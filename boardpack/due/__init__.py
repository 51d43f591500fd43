"""The deadlines of coming meetings: what is due when, how that was counted, and what is late on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from boardpack import pipeline
from boardpack.diagnostics import Finding
from boardpack.due.build import announced, built
from boardpack.due.chosen import Board, chosen
from boardpack.due.formats import FORMATS
from boardpack.due.values import Deadlines, Due, Uncounted
from boardpack.load.find import BOARD
from boardpack.model.meeting import Meeting
from boardpack.places import Options

__all__ = ["FORMATS", "deadlines"]


def deadlines(options: Options, named: Sequence[str], on: date, within: int | None = None) -> Deadlines:
    """The deadlines of the meetings from a day on, or of those that were named.

    ``within`` leaves out the meetings of which nothing falls due in so many days.

    Raises:
        UsageError: where something named is not there.
    """
    boards = chosen(options.papers, named, on)
    folders = [each.folder for board in boards for each in board.meetings]
    if not folders:
        return Deadlines(on, ())
    notices = dict.fromkeys(path for folder in folders if (path := folder.parent / BOARD).is_file())
    checked = pipeline.check(options, [str(path) for path in (*folders, *notices)], alone=False, on=on)
    read = {meeting.folder: meeting for meeting in checked.meetings}
    found: list[Due | Uncounted] = []
    for board in boards:
        found += _of_board(board, read, checked.findings, on)
    meetings = [each for each in found if isinstance(each, Due)]
    if within is not None:
        meetings = [each for each in meetings if (each.deadlines[0].day - on).days <= within]
    meetings.sort(key=lambda due: (_next(due, on), due.date, due.board, due.name))
    return Deadlines(on, tuple(meetings), tuple(each for each in found if isinstance(each, Uncounted)))


def _next(due: Due, on: date) -> date:
    return min((each.day for each in due.deadlines if each.day >= on), default=due.date)


def _of_board(
    board: Board, read: Mapping[Path, Meeting], findings: Sequence[Finding], on: date
) -> Iterator[Due | Uncounted]:
    meetings = []
    for each in board.meetings:
        meeting = read.get(each.folder)
        to_come = each.named or (each.day is not None and each.day >= on)
        if meeting is not None:
            meetings.append(meeting)
            if to_come or meeting.date >= on:
                others = [other.folder for other in board.meetings if other is not each]
                yield built(meeting, _concerning(findings, meeting, others), on)
        elif to_come:
            name = f"{each.folder.parent.name}/{each.folder.name}"
            yield Uncounted(name, f"its date or its board could not be read; `boardpack check {name}` says why")
    last = max(meetings, key=lambda meeting: meeting.date, default=None)
    if last and last.next and last.next.date >= on and last.next.date not in board.days and not board.named:
        yield announced(last.board, last.next, last.id)


def _concerning(findings: Sequence[Finding], meeting: Meeting, others: Sequence[Path]) -> list[Finding]:
    """The findings of a meeting's pack: its own, those in board.yaml, and those of meetings that it relies on."""
    return [
        each
        for each in findings
        if each.place is None
        or (
            each.place.source.path.is_relative_to(meeting.board.folder)
            and not any(each.place.source.path.is_relative_to(folder) for folder in others)
        )
    ]
