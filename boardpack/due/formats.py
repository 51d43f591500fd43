"""Deadlines -> what people, programs and calendars read."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from boardpack import ics
from boardpack.due.values import Deadline, Deadlines, Due
from boardpack.due.words import distance
from boardpack.model.dates import long_date

_WIDTH = 100
_LABEL = 15


def _text(deadlines: Deadlines) -> str:
    """A block for each meeting, with the days in order and the working below each."""
    on = deadlines.on
    blocks = ["\n".join(_block(due, on)) for due in deadlines.meetings]
    blocks += [f"{each.name}: not counted\n\n{_row('', each.why)}" for each in deadlines.uncounted]
    if not blocks:
        return f"nothing falls due from {long_date(on)} on, in the days and the meetings asked for\n"
    return "\n\n".join((f"Deadlines as of {long_date(on)}", *blocks)) + "\n"


def _block(due: Due, on: date) -> Iterator[str]:
    at = f", {due.starts.hour}:{due.starts:%M}" if due.starts else ""
    yield f"{due.title}, {long_date(due.date)}{at}{f' ({due.name})' if due.name else ''}"
    yield ""
    for deadline in due.deadlines:
        yield _row(deadline.label, _when(deadline, f", {distance(deadline.day, on)}"))
        yield from (_row("", words) for words in (deadline.working, deadline.source) if words)
    yield from _rows("Still to come", (each.text for each in due.waiting))
    yield from _rows("LATE", due.late)
    yield from _rows("Note", due.notes)


def _when(deadline: Deadline, how_far: str = "") -> str:
    """The day of a deadline, with the last working day before it where it is none itself."""
    if deadline.kind == "meeting":
        return long_date(deadline.day) + how_far
    words = f"{long_date(deadline.day)} at the latest{how_far}"
    if deadline.working_day != deadline.day:
        words += f"; the last working day is {long_date(deadline.working_day)}"
    return words


def _rows(label: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield _row("" if number else label, line)


def _row(label: str, words: str) -> str:
    first, rest = f"  {label:<{_LABEL}}", " " * (_LABEL + 2)
    return textwrap.fill(
        words, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _json(deadlines: Deadlines) -> str:
    import json

    told = {
        "on": deadlines.on.isoformat(),
        "meetings": [_meeting(due, deadlines.on) for due in deadlines.meetings],
        "not_counted": [each._asdict() for each in deadlines.uncounted],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _meeting(due: Due, on: date) -> dict[str, object]:
    return {
        "board": due.board,
        "title": due.title,
        "meeting": due.name or None,
        "date": due.date.isoformat(),
        "starts": due.starts.isoformat("minutes") if due.starts else None,
        "venue": due.venue or None,
        "deadlines": [_deadline(each, on) for each in due.deadlines],
        "waiting": [each._asdict() for each in due.waiting],
        "late": list(due.late),
        "notes": list(due.notes),
    }


def _deadline(deadline: Deadline, on: date) -> dict[str, object]:
    return {
        "kind": deadline.kind,
        "label": deadline.label,
        "date": deadline.day.isoformat(),
        "working_day": deadline.working_day.isoformat() if deadline.kind != "meeting" else None,
        "passed": deadline.day < on,
        "counted": [day.isoformat() for day in deadline.counted],
        "left_out": [{"date": day.isoformat(), "reason": reason} for day, reason in deadline.left_out],
        "working": deadline.working or None,
        "source": deadline.source or None,
    }


def _ics(deadlines: Deadlines) -> str:
    """The calendar file; nothing where there is no meeting, since a calendar without an event is none."""
    events = [event for due in deadlines.meetings for event in _events(due)]
    return ics.calendar(events) if events else ""


def _events(due: Due) -> Iterator[ics.Event]:
    """A deadline stands on its last working day, so that nobody learns of it on a Sunday."""
    called = due.name.partition("/")[2] or due.date.isoformat()
    for deadline in due.deadlines:
        meeting = deadline.kind == "meeting"
        words = [] if meeting else [f"{deadline.label}: {_when(deadline)}.", deadline.working, deadline.source]
        if meeting and due.starts:
            words = [f"Starts {due.starts.hour}:{due.starts:%M}"]
        yield ics.Event(
            uid=f"{deadline.kind}.{called}.{due.board}@boardpack",
            day=deadline.working_day,
            stamp=due.date,
            summary=due.title if meeting else f"{deadline.label}: {due.title}, {long_date(due.date)}",
            description="\n".join(filter(None, words)),
            location=due.venue if meeting else "",
        )


FORMATS: Mapping[str, Callable[[Deadlines], str]] = {"text": _text, "json": _json, "ics": _ics}
"""How deadlines can be shown, by the name that `--format` takes."""
