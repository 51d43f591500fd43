"""A calendar file (iCalendar, RFC 5545) of events that last a whole day."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_OCTETS = 75
"""The longest line without its end (RFC 5545, section 3.1)."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something on one day; ``uid`` stays the same however often it is written, and ``stamp`` is its DTSTAMP."""

    uid: str
    day: date
    stamp: date
    summary: str
    description: str = ""
    location: str = ""


def calendar(events: Iterable[Event]) -> str:
    """The file as text with CRLF at the end of each line, to be written as UTF-8; the same events, the same bytes."""
    return "".join(f"{folded}\r\n" for line in _lines(events) for folded in _folded(line))


def _lines(events: Iterable[Event]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//boardpack//deadlines//EN", "CALSCALE:GREGORIAN")
    for event in events:
        yield "BEGIN:VEVENT"
        yield f"UID:{_text(event.uid)}"
        yield f"DTSTAMP:{event.stamp:%Y%m%d}T000000Z"
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{_text(event.summary)}"
        if event.description:
            yield f"DESCRIPTION:{_text(event.description)}"
        if event.location:
            yield f"LOCATION:{_text(event.location)}"
        yield "TRANSP:TRANSPARENT"  # a deadline keeps nobody's day occupied
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _text(words: str) -> str:
    """A value of type TEXT (RFC 5545, section 3.3.11), without the control characters that it may not hold."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(sign for sign in escaped if unicodedata.category(sign) != "Cc")


def _folded(line: str) -> Iterator[str]:
    """A content line in pieces of at most 75 octets, cut between characters; each piece but the first starts blank."""
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > _OCTETS:
            yield piece
            piece = " "
        piece += sign
    yield piece
