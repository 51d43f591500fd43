"""Whether each paper has the clearances that it claims and its board demands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boardpack.diagnostics import Finding, finding
from boardpack.model.clearance import Clearance, Standing, lacking, standings
from boardpack.model.dates import long_date
from boardpack.model.meeting import Meeting
from boardpack.model.paper import Paper
from boardpack.rules.houses import answerable

_HASH = re.compile(r"[0-9a-f]{12}")


def clearance_missing(meeting: Meeting) -> Iterator[Finding]:
    """A service that the board demands and that has not cleared a paper at all."""
    for paper in answerable(meeting):
        for service in lacking(meeting.board.clearances, paper.clearance):
            message = f"{service} has not cleared this paper, which {meeting.board.name} asks of every paper"
            help = f"ask {service}, then add `{{by: {service}, name: …, on: …}}` under `clearance:`"
            yield finding("clearance-missing", paper.at, message, help)


def clearance_unsealed(meeting: Meeting) -> Iterator[Finding]:
    """A clearance that would outlive any change to the paper."""
    for paper, clearance in _that_are(Standing.UNSEALED, meeting):
        message = f"the clearance by {clearance.by} does not say for which text it holds"
        help = f"add `of: {_typed(paper.content)}` to bind it to this text, if this is what {clearance.by} has seen"
        yield finding("clearance-unsealed", clearance.at, message, help)


def clearance_lapsed(meeting: Meeting) -> Iterator[Finding]:
    """A clearance of a text that has been changed since."""
    for paper, clearance in _that_are(Standing.LAPSED, meeting):
        if not _HASH.fullmatch(clearance.of):
            continue  # the schema has its finding
        name = f" ({clearance.name})" if clearance.name else ""
        day = f" on {long_date(clearance.on)}" if clearance.on else ""
        message = f"{clearance.by}{name} cleared this paper{day}, and it has changed since"
        help = f"ask {clearance.by} again, then write `of: {_typed(paper.content)}` and the day"
        yield finding("clearance-lapsed", clearance.of_at or clearance.at, message, help)


def _typed(content: str) -> str:
    """A hash as it must be typed: in quotation marks where YAML would take it for a figure."""
    return f'"{content}"' if re.fullmatch(r"\d+(?:e\d+)?", content) else content


def _that_are(wanted: Standing, meeting: Meeting) -> Iterator[tuple[Paper, Clearance]]:
    for paper in meeting.papers.values():
        for clearance, standing in standings(paper.clearance, paper.content):
            if standing is wanted:
                yield paper, clearance
