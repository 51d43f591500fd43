"""A paper's tables as Word draws them; what their cells say is worked out in :mod:`boardpack.model.printed`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from boardpack.model import printed
from boardpack.model.numbered import Placed
from boardpack.model.printed import PrintedCell
from boardpack.model.table import Table
from boardpack.model.text import Text
from boardpack.render import ratings
from boardpack.word import tables as word
from boardpack.word.captions import caption
from boardpack.word.markup import run
from boardpack.word.prose import plain
from boardpack.word.sections import LANDSCAPE, PORTRAIT

if TYPE_CHECKING:
    from boardpack.render.prose import Writer

_AFTER = word.paragraph("TableEnd", "")
_STYLES = {True: "TableFigure", False: "TableText"}
_TOTAL_STYLES = {True: "TableTotalFigure", False: "TableTotal"}


def block(at: Placed[Table], writer: Writer) -> str:
    """A table with its key and caption above and its note and source below; landscape between its marks."""
    table = at.part
    turned = table.landscape and not (writer.paper and writer.paper.paper.landscape)
    width = (writer.page.turned() if turned else writer.page).text_width
    # A rating is a short word, which makes a column as narrow as a figure does.
    short = [column.numeric or column.type == "rag" for column in table.columns]
    figures = [False] * bool(table.group_label) + short
    rows, widths = word.fit(_ruled(list(_rows(table, writer)), table, writer), width, figures=figures)
    drawn = word.table(
        rows,
        widths,
        title=plain(table.caption.value) if table.caption else f"Table {at.number}",
        first_column=not table.columns[0].numeric,
        noted=bool(table.note or table.source),
    )
    above = caption("Table", at.anchor, at.number, writer.inline(table.caption), writer.fragment)
    notes = _note("Note", table.note, writer, keep=bool(table.source)) + _note("Source", table.source, writer)
    whole = ratings.key(at, writer) + above + drawn + (notes or _AFTER)
    return f"{LANDSCAPE}{whole}{PORTRAIT}" if turned else whole


def _ruled(rows: list[word.Row], table: Table, writer: Writer) -> list[word.Row]:
    """The rows; where others follow the total, the line that closes a table stands above the total and not the last."""
    if table.foot:
        first = len(rows) - len(table.foot) - table.has_totals
        rule = word.closing_rule(writer.house.parts["word/styles.xml"])
        rows[first] = replace(rows[first], rule=rule)
    return rows


def from_markdown(rows: Sequence[Sequence[str]], aligns: Sequence[str], width: int, *, header: bool) -> str:
    """A table that an author drew in Markdown: its cells are runs already."""
    drawn = [
        word.Row(
            [
                word.Cell(
                    word.paragraph("TableHeading", runs, right=align == "right")
                    if header and not index
                    else word.paragraph(_STYLES[align == "right"], runs)
                )
                for runs, align in zip(row, aligns, strict=True)
            ],
            "header" if header and not index else "body",
        )
        for index, row in enumerate(rows)
    ]
    return word.table(*word.fit(drawn, width)) + _AFTER


def _rows(table: Table, writer: Writer) -> Iterator[word.Row]:
    rows = list(printed.rows(table, writer.numbered.meeting.board))
    total = len(rows) - len(table.foot) - 1 if table.has_totals and table.foot else -1
    for index, (row, following) in enumerate(zip_longest(rows, rows[1:])):
        closes = row.kind == "body" and following is not None and following.kind == "total"
        keep = closes or row.kind in {"header", "group"} or index == total
        yield word.Row([_cell(cell, row.kind, writer, keep=keep) for cell in row.cells], row.kind)


def _cell(cell: PrintedCell, kind: printed.Kind, writer: Writer, *, keep: bool) -> word.Cell:
    if kind == "header":
        return word.Cell(word.paragraph("TableHeading", writer.inline(cell.text), keep=keep, right=cell.right))
    style = {"group": "TableGroup", "total": _TOTAL_STYLES[cell.right]}.get(kind, _STYLES[cell.right])
    if cell.rating:
        runs, fill = ratings.label(cell.rating), ratings.fill(cell.rating)
        return word.Cell(word.paragraph(style, runs, keep=keep), fill=fill)
    if cell.text and not cell.words:
        return _text(cell.text, writer, style, keep=keep)
    label = writer.inline(cell.text) + run(" ") if cell.text else ""
    return word.Cell(word.paragraph(style, label + run(cell.words), keep=keep))


def _text(text: Text, writer: Writer, style: str, *, keep: bool = False) -> word.Cell:
    # What YAML's | gives ends with a line break, and only from there comes more than one line.
    if "\n" in text.value:
        blocks = word.spaced(writer.blocks(text, style=style), style)
        return word.Cell(word.bound(blocks) if keep else blocks)
    return word.Cell(word.paragraph(style, writer.inline(text), keep=keep))


def _note(label: str, text: Text | None, writer: Writer, *, keep: bool = False) -> str:
    if text is None:
        return ""
    return word.paragraph("TableNote", run(f"{label}: ") + writer.inline(text), keep=keep)
