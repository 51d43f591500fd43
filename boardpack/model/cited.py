"""What references name: a part of a paper, or something in an earlier meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from boardpack.model.dates import short_date
from boardpack.model.numbered import NumberedMeeting, NumberedPaper, Placed


def part_of(paper: NumberedPaper | None, kind: str, target: str) -> Placed[Any] | None:
    """The part of a paper that a reference names."""
    if paper is None:
        return None
    parts: dict[str, Iterable[Placed[Any]]] = {
        "section": (at for at in paper.sections if at.part.id == target),
        "appendix": (at for at in paper.appendices if at.part.id == target),
        "table": (at for id, at in paper.tables.items() if id == target),
        "figure": (at for id, at in paper.figures.items() if id == target),
        "chart": (at for id, at in paper.charts.items() if id == target),
    }
    return next(iter(parts.get(kind, ())), None)


def cited_elsewhere(
    numbered: NumberedMeeting, label: str, kind: str, away: tuple[str, str], plain: Callable[[str], str]
) -> str:
    """What is named in an earlier meeting: item 6d of 28 January 2010, table 1 of item 6d of 28 January 2010.

    An item that was published has its page behind it. ``away`` are the meeting and what is named there; ``plain`` takes
    the Markdown off a heading.
    """
    meeting, target = away
    earlier = numbered.earlier.get(meeting)
    paper, _, part = target.partition("/")
    line = earlier.line(paper) if earlier else None
    found = part_of(earlier.papers.get(paper), kind, part) if earlier else None
    if earlier is None or line is None or (kind != "item" and found is None):
        return f"[{kind}:{meeting}/{target}]"
    number = found.number or f"“{plain(found.part.heading.value)}”" if found else ""
    words = f"{number} of item {line.name}" if found else line.name
    out = earlier.meeting.published.part(line.part) if earlier.meeting.published else None
    page = f", page {out.first}" if out and kind == "item" else ""
    return f"{label} {words} of {short_date(earlier.meeting.date)}{page}"
