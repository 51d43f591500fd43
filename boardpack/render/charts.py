"""A paper's charts: the figures of a table as a picture with its caption, and in words for those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boardpack import charts, fonts
from boardpack.charts.of_paper import Look, drawing, in_words
from boardpack.model.chart import Chart
from boardpack.model.numbered import Placed
from boardpack.word.captions import caption
from boardpack.word.tables import paragraph
from boardpack.word.theme import accents, body_font

if TYPE_CHECKING:
    from boardpack.render.prose import Writer

_TWIPS = 20  # to a point


def block(at: Placed[Chart], writer: Writer) -> str:
    """A chart as wide as the text and its caption below it, on one page."""
    if writer.paper is None:
        return ""
    source, parts = writer.paper.tables[at.part.table.value], writer.house.parts
    page = writer.house.page.turned() if writer.paper.paper.landscape else writer.house.page
    font = fonts.file(body_font(parts))
    look = Look(page.text_width / _TWIPS, page.text_height * 0.7 / _TWIPS, accents(parts), font)
    drawn = drawing(at.part, source.part, writer.numbered.meeting.board, look)
    picture = charts.draw(drawn)
    width, height = round(picture.width * _TWIPS), round(picture.height * _TWIPS)
    below = caption("Chart", at.anchor, at.number, writer.inline(at.part.title), writer.fragment)
    alt = in_words(at.part, source.part, source.number, drawn)
    return paragraph("Figure", writer.fragment.picture(picture.data, "png", width, height, alt), keep=True) + below
