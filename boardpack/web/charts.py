"""A paper's charts: the picture, the words for those who do not see it, and its caption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from boardpack import charts
from boardpack.charts.of_paper import Look, in_words
from boardpack.charts.of_paper import drawing as drawn_from
from boardpack.html.markup import element
from boardpack.model.chart import Chart
from boardpack.model.numbered import NumberedMeeting, NumberedPaper, Placed
from boardpack.model.text import Text

if TYPE_CHECKING:
    from boardpack.web.writer import Writer


def block(at: Placed[Chart], paper: NumberedPaper, writer: Writer) -> str:
    """A chart; its figures stand in the table that it is drawn from."""
    table = paper.tables[at.part.table.value]
    drawn = drawn_from(at.part, table.part, writer.numbered.meeting.board, Look())
    picture = element("img", src=writer.links.chart(at.anchor), alt=in_words(at.part, table.part, table.number, drawn))
    below = element("figcaption", writer.caption("Chart", at, at.part.title))
    return element("figure", picture + below, id=at.anchor, data_line=writer.line(Text("", at.part.at)))


def picture(numbered: NumberedMeeting, anchor: str, look: Look | None = None) -> bytes:
    """The chart with this anchor as a PNG; drawing takes some tenths of a second.

    Raises:
        KeyError: no chart of the pack has this anchor.
    """
    for paper in _all(numbered):
        for at in paper.charts.values():
            if at.anchor == anchor:
                table = paper.tables[at.part.table.value].part
                return charts.draw(drawn_from(at.part, table, numbered.meeting.board, look or Look())).data
    raise KeyError(anchor)


def _all(numbered: NumberedMeeting) -> Iterator[NumberedPaper]:
    """Every paper of the pack, those that are appendices too."""
    waiting = list(numbered.papers.values())
    while waiting:
        paper = waiting.pop()
        yield paper
        waiting += paper.annexes.values()
