"""Everything that is published as JSON, for other programs; docs/web.md describes the shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from boardpack.html.markup import words
from boardpack.markdown.walk import plain
from boardpack.model.figures import clock
from boardpack.model.meeting import PaperState
from boardpack.model.numbered import Line, NumberedMinutes, NumberedPaper
from boardpack.web import paper
from boardpack.web.events import address, event
from boardpack.web.links import Links
from boardpack.web.page import DATA, board_page, folder_of, meeting_page, part_page
from boardpack.web.shown import Shown, Site
from boardpack.web.writer import Writer

VERSION = 1
"""Of the shape, which grows when a key changes its meaning or goes."""


def data(site: Site) -> dict[str, bytes]:
    """data.json of the site, of each board and of each meeting."""
    found: dict[str, Any] = {}
    boards = []
    for id, meetings in site.boards().items():
        board = {"id": id, "name": meetings[0].board.name, "organisation": meetings[0].board.organisation}
        below = [{"id": each.meeting.id, "date": each.meeting.date.isoformat()} for each in meetings]
        for entry, each in zip(below, meetings, strict=True):
            entry["data"] = address(site, f"{folder_of(each)}/{DATA}")
            found[f"{folder_of(each)}/{DATA}"] = {"board": board, **_meeting(site, each)}
        found[f"{id}/{DATA}"] = {**board, "url": address(site, board_page(id)), "meetings": below}
        boards.append({**board, "data": address(site, f"{id}/{DATA}")})
    for kept in site.kept:
        board = {"id": kept.id, "name": kept.name, "organisation": kept.organisation}
        boards.append({**board, "data": address(site, f"{kept.id}/{DATA}")})
    boards.sort(key=lambda board: (board["name"].casefold(), board["id"]))
    found[DATA] = {"name": site.title, "published": site.as_of.isoformat(), "boards": boards}
    return {path: _json({"version": VERSION, **content}) for path, content in found.items()}


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _meeting(site: Site, shown: Shown) -> dict[str, Any]:
    numbered, meeting = shown.numbered, shown.meeting
    following = meeting.next
    return {
        "id": meeting.id,
        "title": meeting.title,
        "date": meeting.date.isoformat(),
        "starts": clock(meeting.starts) if meeting.starts else None,
        "ends": clock(meeting.ends) if meeting.ends else None,
        "venue": meeting.venue,
        "next": following.date.isoformat() if following else None,
        "edition": "public",
        "published": shown.on.isoformat(),
        "url": address(site, meeting_page(shown)),
        "event": event(site, shown),
        "agenda": [_line(site, shown, line) for line in numbered.lines],
        "withdrawn": [{"label": label, "title": title} for label, title in shown.withdrawn],
        "papers": [_paper(site, shown, key, part) for key, part in shown.parts() if isinstance(part, NumberedPaper)],
        "minutes": _minutes(site, shown, numbered.minutes) if numbered.minutes else None,
        "downloads": [
            {
                "title": each.title,
                "url": address(site, f"{folder_of(shown)}/{each.name}"),
                "type": each.kind,
                "bytes": each.size,
                "pages": each.pages or None,
                "sha256": sha256(each.data).hexdigest() if each.data is not None else None,
            }
            for each in shown.downloads
        ],
    }


def _line(site: Site, shown: Shown, line: Line) -> dict[str, Any]:
    numbered, pages = shown.numbered, shown.pages
    part = numbered.parts.get(line.part)
    title = line.item.title or (part.paper.title if isinstance(part, NumberedPaper) else None)
    found: dict[str, Any] = {
        "label": line.label,
        "title": plain(title.value) if title else "",
        "depth": line.depth,
        "starts": clock(line.slot.starts) if line.slot else None,
        "ends": clock(line.slot.ends) if line.slot else None,
        "purposes": list(line.purposes),
        "presenter": line.item.presenter.ranked if line.item.presenter else None,
        "paper": None,
    }
    if part:
        page = part_page(shown, line.part)
        withheld = part.paper.withheld if isinstance(part, NumberedPaper) else ""
        found["paper"] = {
            "state": "withheld" if withheld else "published",
            "withheld": withheld or None,
            "url": address(site, page) if page else None,
            "pages": [pages[part.start], pages[part.end]] if part.start in pages and part.end in pages else None,
        }
    elif line.item.state is not PaperState.NONE:
        found["paper"] = {"state": _STATES[line.item.state], "withheld": None, "url": None, "pages": None}
    return found


_STATES = {
    PaperState.PAPER: "to follow",
    PaperState.VERBAL: "verbal",
    PaperState.TO_FOLLOW: "to follow",
    PaperState.TABLED: "tabled",
    PaperState.TEXT: "other",
    PaperState.MINUTES: "to follow",
}


def _paper(site: Site, shown: Shown, key: str, at: NumberedPaper) -> Mapping[str, Any]:
    if (former := shown.unissued.get(key)) and former.data:
        return former.data
    written, writer = at.paper, Writer(shown.numbered, at, Links(Path.as_posix))
    return {
        "id": key,
        "items": [line.name for line in at.lines],
        "title": paper.title(at),
        "url": address(site, part_page(shown, key)),
        "authors": [_person(person.ranked, person.role, person.organisation) for person in written.authors],
        "presenter": written.presenter.full if written.presenter else None,
        "purposes": list(written.purposes),
        "theme": written.theme or None,
        "summary": words(writer.blocks(written.summary)) or None,
        "recommendations": [words(writer.inline(text)) for text in written.recommendations],
        "appendices": [{"number": each.number, "title": plain(each.part.title.value)} for each in at.appendices],
        "background_papers": [
            {"title": plain(each.title.value), "where": each.where or None, "link": each.link or None}
            for each in written.background_papers or ()
        ],
    }


def _person(name: str, role: str, organisation: str) -> dict[str, str | None]:
    return {"name": name, "role": role or None, "organisation": organisation or None}


def _minutes(site: Site, shown: Shown, at: NumberedMinutes) -> dict[str, Any]:
    said, writer = at.minutes, Writer(at.of, None, Links(Path.as_posix), apart=True)
    return {
        "status": "confirmed" if said.confirmed else "draft",
        "url": address(site, part_page(shown, "")),
        **{
            name: [_person(person.ranked, person.role, person.organisation) for person in people]
            for name, people in (
                ("present", said.present),
                ("in_attendance", said.in_attendance),
                ("apologies", said.apologies),
            )
        },
        "decisions": [
            {
                "item": item.name,
                "title": words(writer.inline(item.title)) or None,
                "resolved": [words(replace(writer, paper=item.paper).inline(text)) for text in item.resolved],
            }
            for item in at.items
            if item.resolved and not item.drafted
        ],
        "actions": [
            {
                "item": item.name,
                "action": words(replace(writer, paper=item.paper).inline(action.action)),
                "owners": [owner.ranked for owner in action.owners],
                "due": action.due.isoformat() if action.due else "next" if action.due_next else None,
                "status": action.state.value,
            }
            for item in at.items
            for action in (item.entry.actions if item.entry else ())
        ],
    }
