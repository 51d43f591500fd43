"""A meeting -> its deadlines, what it waits for, and what is late on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from boardpack.clear_days import RULES, YEARS, bank_holiday, clear_days, drafts
from boardpack.diagnostics import Finding, Severity
from boardpack.due.chosen import folder_day
from boardpack.due.values import Deadline, Due, Uncounted, Waiting
from boardpack.due.waiting import waiting
from boardpack.due.words import distance, drafts_working, notice_working
from boardpack.model.board import Board
from boardpack.model.dates import long_date
from boardpack.model.meeting import Meeting, NextMeeting
from boardpack.model.notice import DraftsDue, Notice
from boardpack.model.published import Published
from boardpack.model.sentences import listed


def announced(board: Board, coming: NextMeeting, by: str) -> Due | Uncounted:
    """The deadlines of a meeting that has no folder yet; ``by`` is the meeting that says when it is."""
    if coming.date.year not in YEARS:
        return Uncounted(f"{board.id}/{coming.date}", _OUT_OF_RANGE)
    days = tuple(_deadlines(board, coming.date))
    note = f"announced by `next:` of {by}; there is no folder {board.id}/{coming.date} yet"
    notes = (note, *_notes(board, days))
    return Due(board.id, board.name, "", coming.date, coming.starts, coming.venue, days, notes=notes)


def built(meeting: Meeting, findings: Sequence[Finding], on: date) -> Due | Uncounted:
    """The deadlines of a meeting; of one that is over only the days, for nothing can be late any more."""
    board, name = meeting.board, f"{meeting.board.id}/{meeting.id}"
    if meeting.date.year not in YEARS:
        return Uncounted(name, _OUT_OF_RANGE)
    days = tuple(_deadlines(board, meeting.date))
    due = Due(board.id, board.name, name, meeting.date, meeting.starts, meeting.venue, days)
    notes = (*_doubts(meeting, findings), *_notes(board, days))
    if meeting.date < on:
        return replace(due, notes=notes)
    missing = tuple(waiting(meeting, findings, on))
    if out := meeting.published:
        return replace(due, waiting=missing, notes=(*_issued(out, days), *notes))
    if any(each.kind != "action" for each in missing):
        late = tuple(_late([each for each in days if _awaits(each, missing)], on))
        return replace(due, waiting=missing, late=late, notes=notes)
    return replace(due, waiting=missing, notes=(*_passed(days, on), *notes))


def _issued(out: Published, days: Sequence[Deadline]) -> Iterator[str]:
    """When the papers went out, and whether that was in time."""
    supplements = [f"supplement {at} on {long_date(each.on)}" for at, each in enumerate(out.issues[1:], 1)]
    yield f"published on {listed([long_date(out.on), *supplements])}"
    for each in days:
        if each.kind == "publication" and out.on > each.day:
            yield f"that was after {long_date(each.day)}, the last day for it{f': {each.late}' if each.late else ''}"


_OUT_OF_RANGE = f"bank holidays are known for {YEARS[0]} to {YEARS[-1]}; correct the date"


def _deadlines(board: Board, day: date) -> Iterator[Deadline]:
    """The deadlines in order of date."""
    yield from sorted(_before(board, day), key=lambda each: each.day)
    yield Deadline("meeting", "Meeting", day, day)


def _before(board: Board, day: date) -> Iterator[Deadline]:
    notice = board.notice
    for period in RULES.get(notice.statute, ()):
        count = clear_days(day, period.days, notice, calendar=period.calendar)
        working = notice_working(count, period, notice)
        yield Deadline(
            period.kind,
            period.what,
            count.latest,
            count.working_day,
            working,
            count.days,
            count.left_out,
            period.source,
            period.late,
        )
        if period.kind == "publication" and board.drafts_due:
            yield _before_publication("drafts", "Drafts due", count.working_day, board.drafts_due, notice)
        if period.kind == "publication" and board.clearance_due:
            yield _before_publication("clearance", "Clearance due", count.working_day, board.clearance_due, notice)


def _before_publication(kind: str, label: str, publication: date, due: DraftsDue, notice: Notice) -> Deadline:
    count = drafts(publication, due, notice)
    working = drafts_working(count, due)
    return Deadline(kind, label, count.latest, count.working_day, working, count.days, count.left_out)


def _awaits(deadline: Deadline, missing: Sequence[Waiting]) -> bool:
    """Whether anything is missing that this day was for: drafts are in where only clearances are to come."""
    return deadline.kind != "drafts" or any(each.kind not in {"action", "clearance"} for each in missing)


def _late(days: Sequence[Deadline], on: date) -> Iterator[str]:
    """The days that have passed while something is still to come."""
    for each in days:
        if each.day < on:
            verb = "were" if each.kind == "drafts" else "was"
            then = f": {each.late}" if each.late else ""
            yield f"{each.label.lower().removesuffix(' due')} {verb} due by {_ago(each, on)}{then}"


def _passed(days: Sequence[Deadline], on: date) -> Iterator[str]:
    """The days of notice that have passed without anything to show that it was not given."""
    for each in days:
        if each.day < on and each.late:
            yield f"{each.label.lower()} was due by {_ago(each, on)}; make sure that it was in time: {each.late}"


def _ago(deadline: Deadline, on: date) -> str:
    return f"{long_date(deadline.day)}, {distance(deadline.day, on)}"


def _doubts(meeting: Meeting, findings: Sequence[Finding]) -> Iterator[str]:
    """Why the count may be wrong: faults in what it goes by."""
    if folder_day(meeting.folder) not in {None, meeting.date}:
        yield f"the folder is called {meeting.id}, and meeting.yaml says {meeting.date}, which was counted from"
    faults = [each for each in findings if each.severity is Severity.ERROR and each.place]
    if any(each.place and each.place.source.path == meeting.board.at.source.path for each in faults):
        yield "board.yaml has an error; the days may be others when it is corrected"


def _notes(board: Board, days: Sequence[Deadline]) -> Iterator[str]:
    """What a reader should know of the rule itself."""
    statute = board.notice.statute
    if statute not in RULES:
        if statute == "none":
            yield "no statute sets the notice of this board: its agenda goes out by its own terms of reference"
        else:
            yield "no day was counted, since board.yaml does not say by which rule: write `notice: {statute: …}`"
        for key, due in (("drafts_due", board.drafts_due), ("clearance_due", board.clearance_due)):
            if due:
                yield f"`{key}` counts back from publication, for which there is no day"
    counted = {day for each in days if each.kind == "publication" for day in each.counted}
    doubtful = [f"{long_date(day)} ({name})" for day in sorted(counted) if (name := _eve(day, board.notice.holidays))]
    if doubtful:
        yield f"councils differ on {listed(doubtful)}; where yours does not count it, add it to `extra_days`"


def _eve(day: date, nation: str) -> str:
    """What a day before a holiday is called that some councils leave out, though it is no bank holiday."""
    if (day.month, day.day) == (12, 24):
        return "Christmas Eve"
    return "Maundy Thursday" if bank_holiday(day + timedelta(days=1), nation) == "Good Friday" else ""
