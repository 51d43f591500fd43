"""A table as data: typed columns, rows and groups, and the arithmetic between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from boardpack.diagnostics import Place
from boardpack.model.text import Text

NUMERIC = frozenset({"integer", "number", "money", "percent"})
"""The column types whose cells are figures: they align right and can be added up."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``total`` is None, ``"sum"`` or the stated figure; ``change`` names two columns.

    A change column is computed, so rows do not type it: percent change for the type ``percent``, else the
    difference.
    """

    key: str
    label: Text
    type: str
    at: Place
    total: Decimal | str | None = None
    change: tuple[str, str] | None = None
    total_at: Place | None = None

    @property
    def numeric(self) -> bool:
        """Whether its cells are figures."""
        return self.type in NUMERIC


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as typed, and its value where the column's type gives it one."""

    text: Text
    number: Decimal | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: one cell for each column in order, ``None`` in a computed column that nobody typed."""

    cells: tuple[Cell | None, ...]
    at: Place


@dataclass(frozen=True, slots=True)
class Group:
    """A row across the table that opens a group."""

    label: Text


@dataclass(frozen=True, slots=True)
class FootChange:
    """A computed cell under the total: the change from one column's total to another's, by ``type`` as in a column."""

    columns: tuple[str, str]
    type: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a paper; ``foot`` rows stand under the total, as they were typed but for the changes.

    With ``subtotals`` each group is closed by a row of its own sums.
    """

    id: str
    at: Place
    caption: Text | None
    columns: tuple[Column, ...]
    rows: tuple[Row | Group, ...]
    foot: tuple[tuple[Text | FootChange, ...], ...] = ()
    landscape: bool = False
    header: bool = True
    note: Text | None = None
    source: Text | None = None
    group_label: str = ""
    total_label: str = "Total"
    subtotals: bool = False
    subtotal_label: str = "Subtotal"

    @property
    def has_totals(self) -> bool:
        """Whether any column has a total."""
        return any(column.total is not None for column in self.columns)

    def index(self, key: str) -> int:
        """Where the column with this key stands; ``ValueError`` if there is none."""
        return [column.key for column in self.columns].index(key)

    def numbers(self, index: int, rows: Sequence[Row | Group] | None = None) -> Iterator[Decimal]:
        """The figures of a column, from the top, of some of the rows or all; empty cells are left out."""
        for row in self.rows if rows is None else rows:
            if isinstance(row, Row):
                cell = row.cells[index]
                if cell is not None and cell.number is not None:
                    yield cell.number

    def added_up(self, index: int, rows: Sequence[Row | Group] | None = None) -> Decimal:
        """What the figures of a column add up to, in some of the rows or in all."""
        return sum(self.numbers(index, rows), Decimal(0))

    def row_change(self, column: Column, row: Row) -> Decimal | None:
        """The computed figure of a change column in one row."""
        if column.change is None:
            return None
        was, now = (row.cells[self.index(key)] for key in column.change)
        return change(column.type, was.number if was else None, now.number if now else None)

    def total(self, column: Column, rows: Sequence[Row | Group] | None = None) -> Decimal | None:
        """The figure in the total row, or in the one that closes a group of ``rows``.

        It is the column's sum, or the change between two columns' sums.
        """
        if column.change is not None:
            return self.total_change(column.type, column.change, rows) if self.has_totals else None
        return None if column.total is None else self.added_up(self.index(column.key), rows)

    def total_change(
        self, type: str, columns: tuple[str, str], rows: Sequence[Row | Group] | None = None
    ) -> Decimal | None:
        """The change from what one column adds up to to what another does."""
        was, now = (self.added_up(self.index(key), rows) for key in columns)
        return change(type, was, now)


def change(type: str, was: Decimal | None, now: Decimal | None) -> Decimal | None:
    """The change from ``was`` to ``now``, by the type of its column; ``None`` where it has no meaning."""
    if was is None or now is None:
        return None
    if type != "percent":
        return now - was
    return (now - was) * 100 / abs(was) if was else None
