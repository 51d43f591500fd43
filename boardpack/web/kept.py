"""The present site -> a board as it shows it, for a time in which the board's papers cannot be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from boardpack.model.dates import long_date
from boardpack.web.page import DATA, STYLE
from boardpack.web.shown import Kept, Sitting


def kept(board: str, files: Mapping[str, bytes]) -> Kept | None:
    """A board of a site by its id, everything of it as it lies; ``None`` where the site does not have it."""
    own = {path: data for path, data in files.items() if path.startswith(f"{board}/")}
    if f"{board}/{DATA}" not in own:
        return None
    about = json.loads(own[f"{board}/{DATA}"])
    meetings = (json.loads(own[f"{board}/{each['id']}/{DATA}"]) for each in about["meetings"])
    sittings = tuple(_sitting(meeting) for meeting in meetings)
    lines = files.get(STYLE, b"").decode().splitlines()
    styles = tuple(line for line in lines if f'[data-board="{board}"]' in line or line.startswith(".rag-"))
    return Kept(board, about["name"], about["organisation"], sittings, own, styles)


def _sitting(meeting: Mapping[str, Any]) -> Sitting:
    day, said = date.fromisoformat(meeting["date"]), meeting["minutes"]
    word = {"confirmed": "Minutes", "draft": "Draft minutes"}.get(said["status"] if said else "", "")
    return Sitting(
        board=meeting["board"]["id"],
        called=meeting["board"]["name"],
        id=meeting["id"],
        title=meeting["title"],
        day=day,
        starts=_time(meeting["starts"]),
        ends=_time(meeting["ends"]),
        venue=meeting["venue"],
        following=date.fromisoformat(meeting["next"]) if meeting["next"] else None,
        on=date.fromisoformat(meeting["published"]),
        papers=tuple(paper["title"] for paper in meeting["papers"]),
        minutes=f"{word} of {long_date(day)}" if word else "",
    )


def _time(clock: str | None) -> time | None:
    hours, _, minutes = (clock or "").partition(":")
    return time(int(hours), int(minutes)) if minutes else None
