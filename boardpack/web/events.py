"""Meetings as events of schema.org, in a calendar and in a feed of news."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from boardpack import ics
from boardpack.html.markup import element, escape
from boardpack.model.dates import long_date
from boardpack.model.numbered import NumberedPaper
from boardpack.web import minutes, paper
from boardpack.web.page import CALENDAR, FEED, Page, meeting_page
from boardpack.web.shown import Shown, Site, Sitting

_ATOM = "http://www.w3.org/2005/Atom"


def address(site: Site, path: str) -> str:
    """The address of a file in full where the site's own is known, else as seen from its root."""
    return f"{site.address.rstrip('/')}/{Page(site, '').to(path)}" if site.address else Page(site, "").to(path)


def sittings(site: Site) -> dict[str, list[Sitting]]:
    """The meetings of each board by its id, those of boards that are kept included; boards by name."""
    found = {id: [_sitting(each) for each in meetings] for id, meetings in site.boards().items()}
    found |= {each.id: list(each.sittings) for each in site.kept}
    return dict(sorted(found.items(), key=lambda each: (each[1][0].called.casefold(), each[0])))


def _sitting(shown: Shown) -> Sitting:
    meeting, own = shown.meeting, shown.numbered.minutes
    return Sitting(
        board=shown.board.id,
        called=shown.board.name,
        id=meeting.id,
        title=meeting.title,
        day=meeting.date,
        starts=meeting.starts,
        ends=meeting.ends,
        venue=meeting.venue,
        following=meeting.next.date if meeting.next else None,
        on=shown.on,
        papers=tuple(paper.title(part) for _, part in shown.parts() if isinstance(part, NumberedPaper)),
        minutes=minutes.title(own) if own else "",
    )


# --- schema.org -------------------------------------------------------------------------------------------


def event(site: Site, shown: Shown) -> dict[str, Any]:
    """The meeting as an event (https://schema.org/Event)."""
    meeting, board = shown.meeting, shown.board
    starts, ends = (
        datetime.combine(meeting.date, moment).isoformat() if moment else ""
        for moment in (meeting.starts, meeting.ends)
    )
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": " · ".join(filter(None, (board.name, meeting.title))),
        "startDate": starts or meeting.date.isoformat(),
        "endDate": ends,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {"@type": "Place", "name": meeting.venue, "address": meeting.venue} if meeting.venue else None,
        "organizer": {"@type": "Organization", "name": board.organisation or board.name},
        "inLanguage": board.language,
        "url": address(site, meeting_page(shown)),
    }
    return {key: value for key, value in found.items() if value}


def embedded(page: Page, shown: Shown) -> str:
    """The event within a page: data, which no browser runs."""
    written = json.dumps(event(page.site, shown), ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{written}</script>'


# --- Calendar ---------------------------------------------------------------------------------------------


def calendars(site: Site) -> dict[str, bytes]:
    """calendar.ics of all meetings, and of each board's."""
    boards = sittings(site)
    found = {CALENDAR: [each for meetings in boards.values() for each in meetings]}
    found |= {f"{id}/{CALENDAR}": meetings for id, meetings in boards.items()}
    return {path: ics.calendar(_events(site, meetings)).encode() for path, meetings in found.items()}


def _events(site: Site, meetings: Iterable[Sitting]) -> list[ics.Event]:
    events = []
    for each in sorted(meetings, key=lambda each: (each.day, each.board, each.id)):
        where = address(site, f"{each.folder}/index.html") if site.address else ""
        event = ics.Event(
            uid=f"meeting.{each.id}.{each.board}@boardpack",
            day=each.day,
            stamp=each.on,
            summary=" · ".join(filter(None, (each.called, each.title))),
            description=f"Agenda and papers: {where}" if where else "",
            location=each.venue,
            starts=each.starts,
            ends=each.ends,
            url=where,
        )
        events.append(event)
    return events


# --- News -------------------------------------------------------------------------------------------------


def feeds(site: Site) -> dict[str, bytes]:
    """feed.xml (Atom, RFC 4287): a piece of news for each agenda that was published, and for its minutes."""
    boards = sittings(site)
    found = {FEED: _feed(site, FEED, site.title, [each for meetings in boards.values() for each in meetings])}
    for id, meetings in boards.items():
        path = f"{id}/{FEED}"
        found[path] = _feed(site, path, f"{meetings[0].called}: meetings and papers", meetings)
    return found


def _feed(site: Site, path: str, title: str, meetings: Sequence[Sitting]) -> bytes:
    ordered = sorted(meetings, key=lambda each: (each.on, each.day, each.board), reverse=True)
    page = Page(site, path)

    def link(target: str, rel: str) -> str:
        whole = address(site, target) if site.address else page.to(target)
        return f'<link rel="{rel}" href="{escape(whole)}"/>'

    home = path.removesuffix(FEED) + "index.html"
    parts = [
        element("title", escape(title)),
        element("id", _id(site, path)),
        element("updated", f"{max(each.on for each in meetings).isoformat()}T00:00:00Z"),
        link(path, "self") + link(home, "alternate"),
        element("author", element("name", escape(site.title))),
    ]
    for each in ordered:
        parts.append(_entry(site, each, "index.html", f"Agenda and papers: {_called(each)}", link))
        if each.minutes:
            parts.append(_entry(site, each, "minutes.html", f"{each.minutes}: {each.called}", link))
    written = element("feed", "".join(parts), xmlns=_ATOM)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()


def _called(sitting: Sitting) -> str:
    return f"{sitting.called}, {long_date(sitting.day)}"


def _entry(site: Site, sitting: Sitting, page: str, title: str, link: Any) -> str:
    path = f"{sitting.folder}/{page}"
    return element(
        "entry",
        element("title", escape(title))
        + element("id", _id(site, path))
        + element("updated", f"{sitting.on.isoformat()}T00:00:00Z")
        + link(path, "alternate")
        + element("summary", escape(_summed_up(sitting))),
    )


def _summed_up(sitting: Sitting) -> str:
    return "Papers: " + "; ".join(sitting.papers) + "." if sitting.papers else "No papers."


def _id(site: Site, path: str) -> str:
    """What a feed and its news are known by, the same however often they are written (RFC 4287, 4.2.6)."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'boardpack:{site.address}:{path}')}"
