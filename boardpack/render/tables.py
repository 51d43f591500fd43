"""A paper's tables: typed figures become what prints, computed ones are computed here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

from boardpack.model.board import Board
from boardpack.model.numbered import Placed
from boardpack.model.table import Cell, Column, Group, Row, Table
from boardpack.model.text import Text
from boardpack.render import words
from boardpack.word import tables as word
from boardpack.word.captions import caption
from boardpack.word.markup import escape, run
from boardpack.word.prose import plain
from boardpack.word.sections import LANDSCAPE, PORTRAIT

if TYPE_CHECKING:
    from boardpack.render.prose import Writer

_AFTER = word.paragraph("TableEnd", "")
_STYLES = {True: "TableFigure", False: "TableText"}
_TOTAL_STYLES = {True: "TableTotalFigure", False: "TableTotal"}


def block(at: Placed[Table], writer: Writer) -> str:
    """A table with its caption above and its note and source below; landscape between its marks."""
    table = at.part
    page = writer.house.page
    lies_wide = writer.paper is not None and writer.paper.paper.landscape
    turned = table.landscape and not lies_wide
    width = page.turned().text_width if turned or lies_wide else page.text_width
    figures = [False] * bool(table.group_label) + [column.numeric for column in table.columns]
    rows, widths = word.fit(list(_rows(table, writer)), width, figures=figures)
    drawn = word.table(
        rows,
        widths,
        title=plain(table.caption.value) if table.caption else f"Table {at.number}",
        first_column=not table.columns[0].numeric,
    )
    above = caption("Table", at.anchor, at.number, writer.inline(table.caption), writer.fragment)
    notes = _note("Note", table.note, writer) + _note("Source", table.source, writer)
    whole = above + drawn + (notes or _AFTER)
    return f"{LANDSCAPE}{whole}{PORTRAIT}" if turned else whole


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
    board = writer.numbered.meeting.board
    group = Text("", table.at)
    if table.header:
        yield word.Row(list(_header(table, board, writer)), "header")
    places = [_places(table, column) for column in table.columns]
    last = len(table.rows) - 1
    for index, (row, following) in enumerate(zip_longest(table.rows, table.rows[1:])):
        if isinstance(row, Group):
            group = row.label
            if not table.group_label or not isinstance(following, Row):
                yield _group(row, table, writer)
            continue
        keep = index == last and (table.has_totals or bool(table.foot))
        cells = [_body(table, row, n, places[n], writer, keep=keep) for n in range(len(table.columns))]
        if table.group_label:
            cells.insert(0, _text(group, writer, "TableText"))
        yield word.Row(cells)
    yield from _totals(table, places, writer)


def _header(table: Table, board: Board, writer: Writer) -> Iterator[word.Cell]:
    if table.group_label:
        yield word.Cell(word.paragraph("TableHeading", writer.inline(Text(table.group_label, table.at))))
    for column in table.columns:
        label = column.label.value
        if column.type == "money" and board.currency and board.currency not in label:
            label += f"\N{NO-BREAK SPACE}({board.currency})"
        runs = writer.inline(Text(label, column.label.at))
        yield word.Cell(word.paragraph("TableHeading", runs, keep=True, right=column.numeric))


def _group(group: Group, table: Table, writer: Writer) -> word.Row:
    label = word.Cell(word.paragraph("TableGroup", writer.inline(group.label), keep=True))
    empty = word.Cell(word.paragraph("TableGroup", "", keep=True))
    others = len(table.columns) - 1 + bool(table.group_label)
    return word.Row([label, *(empty for _ in range(others))], "group")


def _body(table: Table, row: Row, index: int, places: int, writer: Writer, *, keep: bool) -> word.Cell:
    column, cell = table.columns[index], row.cells[index]
    if cell is None:
        return _number(column, table.row_change(column, row), places, writer, keep=keep)
    if cell.number is not None:
        # Money lines up on its pence; other figures keep the places that they were typed with.
        typed = places if column.type == "money" else typed_places(cell.number)
        return _number(column, cell.number, typed, writer, keep=keep)
    if column.type == "rag":
        return _rating(cell, writer)
    return _text(_words(column, cell, writer), writer, _STYLES[column.numeric], keep=keep)


def _words(column: Column, cell: Cell, writer: Writer) -> Text:
    """What a cell without a figure prints: a date in full, the name behind an id, else what was typed."""
    if cell.date is not None:
        return Text(words.short_date(cell.date), cell.text.at)
    person = writer.numbered.meeting.board.person(cell.text.value) if column.type == "person" else None
    return Text(person.name, cell.text.at) if person else cell.text


def _rating(cell: Cell, writer: Writer) -> word.Cell:
    rating = writer.numbered.meeting.board.rating(cell.text.value)
    if rating is None:
        return _text(cell.text, writer, "TableText")
    colour = rating.colour.lstrip("#").upper()
    ink = f'<w:color w:val="{_ink(colour)}"/>'
    runs = f'<w:r><w:rPr><w:b/>{ink}</w:rPr><w:t xml:space="preserve">{escape(rating.label)}</w:t></w:r>'
    return word.Cell(word.paragraph("TableText", runs), fill=colour)


def _ink(fill: str) -> str:
    """Black or white, whichever stands out more (WCAG 2.2, relative luminance)."""
    parts = [int(fill[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "000000" if (luminance + 0.05) ** 2 > 0.05 * 1.05 else "FFFFFF"


def _totals(table: Table, places: Sequence[int], writer: Writer) -> Iterator[word.Row]:
    if table.has_totals:
        cells = [
            _number(column, table.total(column), places[index], writer, total=True)
            for index, column in enumerate(table.columns)
        ]
        label = writer.inline(Text(table.total_label, table.at))
        named = word.Cell(word.paragraph("TableTotal", label, keep=bool(table.foot)))
        free = next((index for index, column in enumerate(table.columns) if table.total(column) is None), None)
        if table.group_label:
            cells.insert(0, named)
        elif free is not None:
            cells[free] = named
        else:  # every column has a total: the label stands before the first
            cells[0] = word.Cell(cells[0].xml.replace("</w:pPr>", f"</w:pPr>{label}{run(' ')}", 1))
        yield word.Row(cells, "total")
    for foot in table.foot:
        texts = [Text("", table.at)] * bool(table.group_label) + list(foot)
        styles = [False] * bool(table.group_label) + [column.numeric for column in table.columns]
        yield word.Row(
            [_text(t, writer, _TOTAL_STYLES[numeric]) for t, numeric in zip(texts, styles, strict=True)],
            "total",
        )


def _number(
    column: Column,
    number: Decimal | None,
    places: int,
    writer: Writer,
    *,
    keep: bool = False,
    total: bool = False,
) -> word.Cell:
    style = (_TOTAL_STYLES if total else _STYLES)[column.numeric]
    text = "" if number is None else _figure(column, number, places, writer, total=total)
    return word.Cell(word.paragraph(style, run(text), keep=keep))


def _figure(column: Column, number: Decimal, places: int, writer: Writer, *, total: bool) -> str:
    currency = writer.numbered.meeting.board.currency if column.type == "money" and total else ""
    if currency[-1:].isalpha():
        currency += "\N{NO-BREAK SPACE}"
    sign = "%" if column.type == "percent" else ""
    if column.change is not None:
        if column.type == "percent":
            places = words.percent_places(number)
        return words.change(number, places) + sign
    text = words.figure(number, places)
    minus = words.MINUS if text.startswith(words.MINUS) else ""
    return f"{minus}{currency}{text.removeprefix(minus)}{sign}"


def _places(table: Table, column: Column) -> int:
    """How many decimal places a column's total prints with: as many as were typed; pounds and pence have two."""
    keys = column.change or (column.key,)
    places = max((typed_places(number) for key in keys for number in table.numbers(table.index(key))), default=0)
    return max(places, 2) if column.type == "money" and places > 0 else places


def typed_places(number: Decimal) -> int:
    """How many decimal places a figure was typed with."""
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _text(text: Text, writer: Writer, style: str, *, keep: bool = False) -> word.Cell:
    if "\n" in text.value.strip():
        return word.Cell(word.spaced(writer.blocks(text, style=style), style))
    return word.Cell(word.paragraph(style, writer.inline(text), keep=keep))


def _note(label: str, text: Text | None, writer: Writer) -> str:
    if text is None:
        return ""
    return word.paragraph("TableNote", run(f"{label}: ") + writer.inline(text))
