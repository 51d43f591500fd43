"""A paper's tables as HTML, with the key of their ratings above and their note and source below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boardpack.html import tables as html
from boardpack.html.markup import element, escape
from boardpack.markdown.walk import plain
from boardpack.model import printed
from boardpack.model.board import Rating
from boardpack.model.numbered import Placed
from boardpack.model.printed import PrintedCell
from boardpack.model.rated import ended, rag_columns, ratings_typed
from boardpack.model.table import Table
from boardpack.model.text import Text

if TYPE_CHECKING:
    from boardpack.web.writer import Writer


def block(at: Placed[Table], writer: Writer) -> str:
    """A table with all that belongs to it."""
    table = at.part
    rows = [
        html.Row([_cell(cell, writer) for cell in row.cells], row.kind, writer.line(Text("", row.at)) or 0)
        for row in printed.rows(table, writer.numbered.meeting.board)
    ]
    drawn = html.table(
        rows,
        caption=writer.caption("Table", at, table.caption),
        name=plain(table.caption.value) if table.caption else f"Table {at.number}",
        id=at.anchor,
        line=writer.line(Text("", table.at)) or 0,
        named_rows=printed.names_rows(table),
    )
    notes = _note("Note", table.note, writer) + _note("Source", table.source, writer)
    return _key(at, writer) + drawn + notes


def _cell(cell: PrintedCell, writer: Writer) -> html.Cell:
    if cell.rating:
        return html.Cell(element("strong", escape(cell.words)), cell.right, shade(cell.rating))
    text = ""
    if cell.text:
        # What YAML's | gives ends with a line break, and only from there comes more than one line.
        text = writer.blocks(cell.text) if "\n" in cell.text.value else writer.inline(cell.text)
    return html.Cell(" ".join(filter(None, (text, escape(cell.words)))), cell.right)


def shade(rating: Rating) -> str:
    """The class that gives a rating its colour, which :func:`boardpack.web.style.stylesheet` explains."""
    return f"rag-{rating.colour.lstrip('#').lower()}"


def _note(label: str, text: Text | None, writer: Writer) -> str:
    return element("p", f"{label}: {writer.inline(text)}", class_="note", data_line=writer.line(text)) if text else ""


def _key(at: Placed[Table], writer: Writer) -> str:
    """What the ratings in the paper's tables mean, above the first table that has a column of them."""
    rated = [each for each in writer.paper.tables.values() if rag_columns(each.part)] if writer.paper else []
    if not rated or rated[0].anchor != at.anchor:
        return ""
    board = writer.numbered.meeting.board
    typed = {value for each in rated for value in ratings_typed(each.part)}
    used = {rating.letter for value in typed if (rating := board.rating(value))}
    entries = [
        f" {element('strong', escape(rating.label), class_=f'rag {shade(rating)}')}: "
        + writer.inline(Text(ended(rating.meaning), at.part.at))
        for rating in board.ratings
        if rating.meaning and rating.letter in used
    ]
    return element("p", f"Key:{''.join(entries)}", class_="note") if entries else ""
