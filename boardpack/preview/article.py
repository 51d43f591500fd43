"""The text of a paper as HTML, and the files that its addresses stand for: they are served by number, never by path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from boardpack import web
from boardpack.charts.of_paper import Look, drawing
from boardpack.model.numbered import NumberedMeeting


@dataclass(frozen=True, slots=True)
class Article:
    """A paper's text; ``files`` are the pictures and appendices that it names, in the order of their numbers."""

    html: str
    files: Sequence[Path]


def article(numbered: NumberedMeeting, id: str, root: str, pages: Mapping[str, int]) -> Article:
    """The text of one paper. ``root`` is the address of the preview, ``pages`` those of the pack by bookmark."""
    files: list[Path] = []

    def address(path: Path) -> str:
        if path not in files:
            files.append(path)
        # A changed file has another address, so that the page fetches it again.
        changed = path.stat().st_mtime_ns if path.is_file() else 0
        return f"{root}paper/{id}/file/{files.index(path)}?v={changed}"

    def part(key: str) -> str:
        """Another part of the pack; minutes have no page in the preview."""
        if not key:
            return f"{root}meeting"
        return f"{root}paper/{key}" if key in numbered.papers else ""

    def picture(anchor: str) -> str:
        return f"{root}paper/{id}/chart/{anchor}.png?v={_drawn(numbered, id, anchor)}"

    html = web.article(numbered, id, address=address, href=part, picture=picture, pages=pages)
    return Article(html, files)


def _drawn(numbered: NumberedMeeting, id: str, anchor: str) -> str:
    """What tells one state of a chart from another, so that the page fetches it again when its figures change."""
    waiting = [numbered.papers[id]]
    while waiting:
        paper = waiting.pop()
        waiting += paper.annexes.values()
        for chart in paper.charts.values():
            if chart.anchor == anchor:
                table = paper.tables[chart.part.table.value].part
                values = repr(drawing(chart.part, table, numbered.meeting.board, Look()))
                return sha256(values.encode()).hexdigest()[:12]
    return ""
