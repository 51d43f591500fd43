"""A calendar file (iCalendar, RFC 5545): events that last a whole day, and meetings with their hours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

_OCTETS = 75
"""The longest line without its end (RFC 5545, section 3.1)."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something on one day; ``uid`` stays the same however often it is written, and ``stamp`` is its DTSTAMP.

    With ``starts`` it takes these hours of the United Kingdom and the time of those who come; without, the whole day,
    which then stays free for other things. ``url`` is a page about it.
    """

    uid: str
    day: date
    stamp: date
    summary: str
    description: str = ""
    location: str = ""
    starts: time | None = None
    ends: time | None = None
    url: str = ""


_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""
"""The hours of the United Kingdom since 1996 (RFC 5545, 3.6.5): summer time ends and begins as in all of Europe."""


def calendar(events: Iterable[Event]) -> str:
    """The file as text with CRLF at the end of each line, to be written as UTF-8; the same events, the same bytes."""
    return "".join(f"{folded}\r\n" for line in _lines(events) for folded in _folded(line))


def _lines(events: Iterable[Event]) -> Iterator[str]:
    listed = list(events)
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//boardpack//boardpack//EN", "CALSCALE:GREGORIAN")
    if any(event.starts for event in listed):
        yield from _ZONE.splitlines()
    for event in listed:
        yield "BEGIN:VEVENT"
        yield f"UID:{_text(event.uid)}"
        yield f"DTSTAMP:{event.stamp:%Y%m%d}T000000Z"
        yield from _hours(event)
        yield f"SUMMARY:{_text(event.summary)}"
        if event.description:
            yield f"DESCRIPTION:{_text(event.description)}"
        if event.location:
            yield f"LOCATION:{_text(event.location)}"
        if event.url:
            yield f"URL:{event.url}"
        if not event.starts:
            yield "TRANSP:TRANSPARENT"  # a deadline keeps nobody's day occupied
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _hours(event: Event) -> Iterator[str]:
    if event.starts is None:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
        return
    for name, moment in (("DTSTART", event.starts), ("DTEND", event.ends)):
        if moment:
            yield f"{name};TZID=Europe/London:{event.day:%Y%m%d}T{moment:%H%M%S}"


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
