"""The deadlines of coming meetings: what is due when, how that was counted, and what is late on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from boardpack import pipeline
from boardpack.clear_days import RULES, YEARS, Count, bank_holiday, clear_days, drafts
from boardpack.diagnostics import Finding, has_errors
from boardpack.due.chosen import Board as Chosen
from boardpack.due.chosen import chosen, folder_day
from boardpack.due.values import Deadline, Deadlines, Due, Uncounted, Waiting
from boardpack.due.waiting import waiting
from boardpack.due.words import distance, drafts_working, notice_working
from boardpack.model.board import Board
from boardpack.model.dates import long_date
from boardpack.model.meeting import Meeting
from boardpack.places import Options

__all__ = ["Deadline", "Deadlines", "Due", "Uncounted", "Waiting", "deadlines"]


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
    checked = pipeline.check(options, [str(folder) for folder in folders], alone=False)
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


def _of_board(board: Chosen, read: dict, findings: Sequence[Finding], on: date) -> Iterator[Due | Uncounted]:
    raise NotImplementedError
