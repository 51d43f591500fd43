"""A paper's tables: typed figures become what prints, computed ones are computed here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

from boardpack.model import dates
from boardpack.model.board import Board
from boardpack.model.numbered import Placed
from boardpack.model.table import Cell, Column, FootChange, Group, Row, Table
from boardpack.model.text import Text
from boardpack.render import ratings, words
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
    board = writer.numbered.meeting.board
    group = Text("", table.at)
    if table.header:
        yield word.Row(list(_header(table, board, writer)), "header")
    places = [_places(table, column) for column in table.columns]
    last, first = len(table.rows) - 1, None
    for index, (row, following) in enumerate(zip_longest(table.rows, table.rows[1:])):
        if isinstance(row, Group):
            group, first = row.label, index + 1
            if not table.group_label or not isinstance(following, Row):
                yield _group(row, table, writer)
            continue
        closes = table.subtotals and first is not None and not isinstance(following, Row)
        keep = closes or (index == last and (table.has_totals or bool(table.foot)))
        cells = [_body(table, row, n, places[n], writer, keep=keep) for n in range(len(table.columns))]
        if table.group_label:
            cells.insert(0, _text(group, writer, "TableText"))
        yield word.Row(cells)
        if closes:
            yield _sums(table, places, writer, group=group, rows=table.rows[first : index + 1])
    if table.has_totals:
        yield _sums(table, places, writer)
    yield from _foot(table, places, writer)


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
        return Text(dates.short_date(cell.date), cell.text.at)
    person = writer.numbered.meeting.board.person(cell.text.value) if column.type == "person" else None
    return Text(person.name, cell.text.at) if person else cell.text


def _rating(cell: Cell, writer: Writer) -> word.Cell:
    rating = writer.numbered.meeting.board.rating(cell.text.value)
    if rating is None:
        return _text(cell.text, writer, "TableText")
    return word.Cell(word.paragraph("TableText", ratings.label(rating)), fill=ratings.fill(rating))


def _sums(
    table: Table,
    places: Sequence[int],
    writer: Writer,
    *,
    group: Text | None = None,
    rows: Sequence[Row | Group] | None = None,
) -> word.Row:
    """The row that closes a group with the sums of its rows; without a group the total of all."""
    keep = bool(table.foot) and group is None
    cells = [
        _number(column, table.total(column, rows), places[index], writer, keep=keep, total=True)
        for index, column in enumerate(table.columns)
    ]
    label = writer.inline(Text(table.subtotal_label if group else table.total_label, table.at))
    named = word.Cell(word.paragraph("TableTotal", label, keep=keep))
    free = next((n for n, column in enumerate(table.columns) if column.total is None and column.change is None), None)
    if table.group_label and (group is None or free is None):
        cells.insert(0, named)
    elif free is not None:
        cells[free] = named
        if group and table.group_label:
            cells.insert(0, _text(group, writer, "TableTotal"))
    else:  # every column has a total: the label stands before the first
        cells[0] = word.Cell(cells[0].xml.replace("</w:pPr>", f"</w:pPr>{label}{run(' ')}", 1))
    return word.Row(cells, "total")


def _foot(table: Table, places: Sequence[int], writer: Writer) -> Iterator[word.Row]:
    """The rows under the total, as typed but for the changes between two totals."""
    for foot in table.foot:
        cells = [word.Cell(word.paragraph("TableTotal", ""))] * bool(table.group_label)
        for column, cell in zip(table.columns, foot, strict=True):
            style = _TOTAL_STYLES[column.numeric]
            if isinstance(cell, FootChange):
                change = table.total_change(cell.type, cell.columns)
                most = max(places[table.index(key)] for key in cell.columns)
                runs = "" if change is None else run(_change(cell.type, change, most))
                cells.append(word.Cell(word.paragraph(style, runs)))
            else:
                cells.append(_text(cell, writer, style))
        yield word.Row(cells, "total")


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
    if column.change is not None:
        return _change(column.type, number, places)
    currency = writer.numbered.meeting.board.currency if column.type == "money" and total else ""
    if currency[-1:].isalpha():
        currency += "\N{NO-BREAK SPACE}"
    sign = "%" if column.type == "percent" else ""
    text = words.figure(number, places)
    minus = words.MINUS if text.startswith(words.MINUS) else ""
    return f"{minus}{currency}{text.removeprefix(minus)}{sign}"


def _change(type: str, number: Decimal, places: int) -> str:
    """A computed change, by the type of its column."""
    if type == "percent":
        return f"{words.change(number, words.percent_places(number))}%"
    return words.change(number, places)


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
    # What YAML's | gives ends with a line break, and only from there comes more than one line.
    if "\n" in text.value:
        blocks = word.spaced(writer.blocks(text, style=style), style)
        return word.Cell(word.bound(blocks) if keep else blocks)
    return word.Cell(word.paragraph(style, writer.inline(text), keep=keep))


def _note(label: str, text: Text | None, writer: Writer, *, keep: bool = False) -> str:
    if text is None:
        return ""
    return word.paragraph("TableNote", run(f"{label}: ") + writer.inline(text), keep=keep)
