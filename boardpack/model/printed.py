"""A table as it prints: typed figures in words, computed ones computed, rows of totals and groups in their places.

Whatever writes a table walks these rows, so that its figures are the same in Word and on the page of a site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Literal

from boardpack.diagnostics import Place
from boardpack.model import dates, figures
from boardpack.model.board import Board, Rating
from boardpack.model.table import Cell, Column, FootChange, Group, Row, Table
from boardpack.model.text import Text

Kind = Literal["header", "body", "group", "total"]


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """What a cell prints: ``text`` is Markdown, of several lines where it holds a line break, then plain ``words``.

    ``right`` says that it stands against the right edge, ``rating`` is the colour behind it and the word on that.
    """

    text: Text | None = None
    words: str = ""
    right: bool = False
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row: ``header``, ``body``, ``group`` or ``total``; a group says something in its first cell alone."""

    cells: tuple[PrintedCell, ...]
    kind: Kind
    at: Place


def rows(table: Table, board: Board) -> Iterator[PrintedRow]:
    """The rows of a table from the top."""
    return _Printer(table, board).rows()


def names_rows(table: Table) -> bool:
    """Whether the first column says what each row is about."""
    return bool(table.group_label) or not table.columns[0].numeric


class _Printer:
    """Walks one table."""

    def __init__(self, table: Table, board: Board) -> None:
        self.table = table
        self.board = board
        self.places = [figures.column_places(table, column) for column in table.columns]

    def rows(self) -> Iterator[PrintedRow]:
        table = self.table
        if table.header:
            yield PrintedRow(tuple(self._header()), "header", table.at)
        group, first = Text("", table.at), None
        for index, (row, following) in enumerate(zip_longest(table.rows, table.rows[1:])):
            if isinstance(row, Group):
                group, first = row.label, index + 1
                if not table.group_label or not isinstance(following, Row):
                    yield self._group(row)
                continue
            body = [self._body(row, n) for n in range(len(table.columns))]
            yield PrintedRow((*self._in_group(group), *body), "body", row.at)
            if table.subtotals and first is not None and not isinstance(following, Row):
                yield self._sums(group, table.rows[first : index + 1])
        if table.has_totals:
            yield self._sums()
        yield from self._foot()

    def _in_group(self, group: Text) -> Sequence[PrintedCell]:
        """The column that names the group of each row, where there is one."""
        return [PrintedCell(group)] if self.table.group_label else []

    def _header(self) -> Iterator[PrintedCell]:
        if self.table.group_label:
            yield PrintedCell(Text(self.table.group_label, self.table.at))
        currency = self.board.currency
        for column in self.table.columns:
            label = column.label.value
            if column.type == "money" and currency and currency not in label:
                label += f"\N{NO-BREAK SPACE}({currency})"
            yield PrintedCell(Text(label, column.label.at), right=column.numeric)

    def _group(self, group: Group) -> PrintedRow:
        others = len(self.table.columns) - 1 + bool(self.table.group_label)
        return PrintedRow((PrintedCell(group.label), *(PrintedCell() for _ in range(others))), "group", group.label.at)

    def _body(self, row: Row, index: int) -> PrintedCell:
        column, cell = self.table.columns[index], row.cells[index]
        if cell is None:
            return self._figure(index, self.table.row_change(column, row))
        if cell.number is not None:
            # Money lines up on its pence; other figures keep the places that they were typed with.
            places = self.places[index] if column.type == "money" else figures.typed_places(cell.number)
            return PrintedCell(words=figures.in_column(column, cell.number, places), right=column.numeric)
        if column.type == "rag" and (rating := self.board.rating(cell.text.value)):
            return PrintedCell(words=rating.label, rating=rating)
        return PrintedCell(self._words(column, cell), right=column.numeric)

    def _words(self, column: Column, cell: Cell) -> Text:
        """What a cell without a figure prints: a date in full, the name behind an id, else what was typed."""
        if cell.date is not None:
            return Text(dates.short_date(cell.date), cell.text.at)
        person = self.board.person(cell.text.value) if column.type == "person" else None
        return Text(person.name, cell.text.at) if person else cell.text

    def _figure(self, index: int, number: Decimal | None, *, total: bool = False) -> PrintedCell:
        column = self.table.columns[index]
        if number is None:
            return PrintedCell(right=column.numeric)
        currency = self.board.currency if total and column.type == "money" else ""
        words = figures.in_column(column, number, self.places[index], currency)
        return PrintedCell(words=words, right=column.numeric)

    def _sums(self, group: Text | None = None, within: Sequence[Row | Group] | None = None) -> PrintedRow:
        """The row that closes a group with the sums of its rows; without a group the total of all."""
        table = self.table
        cells = [
            self._figure(index, table.total(column, within), total=True) for index, column in enumerate(table.columns)
        ]
        named = PrintedCell(Text(table.subtotal_label if group else table.total_label, table.at))
        free = next(
            (n for n, column in enumerate(table.columns) if column.total is None and column.change is None), None
        )
        if table.group_label and (group is None or free is None):
            cells.insert(0, named)
        elif free is not None:
            cells[free] = named
            if group and table.group_label:
                cells.insert(0, PrintedCell(group))
        else:  # every column has a total: the label stands before the first
            cells[0] = PrintedCell(named.text, cells[0].words, right=cells[0].right)
        return PrintedRow(tuple(cells), "total", table.at)

    def _foot(self) -> Iterator[PrintedRow]:
        """The rows under the total, as typed but for the changes between two totals."""
        table = self.table
        for foot in table.foot:
            cells = [PrintedCell()] * bool(table.group_label)
            for column, cell in zip(table.columns, foot, strict=True):
                if isinstance(cell, FootChange):
                    cells.append(PrintedCell(words=self._foot_change(cell), right=column.numeric))
                else:
                    cells.append(PrintedCell(cell, right=column.numeric))
            yield PrintedRow(tuple(cells), "total", table.at)

    def _foot_change(self, cell: FootChange) -> str:
        change = self.table.total_change(cell.type, cell.columns)
        most = max(self.places[self.table.index(key)] for key in cell.columns)
        return "" if change is None else figures.changed(cell.type, change, most)
