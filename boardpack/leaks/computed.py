"""Figures that no paper holds and its tables print: sums and changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from boardpack.model.table import Group, Row, Table


def computed(tables: Iterable[Table]) -> Iterator[str]:
    """Every sum and every change that these tables can print, without separators.

    Those of public tables may appear, even where a withheld paper quotes them; those of withheld ones must not.
    """
    for table in tables:
        for column in table.columns:
            for rows in (table.rows, *_groups(table)):
                yield from _written(table.total(column, rows))
            yield from (
                each for row in table.rows if isinstance(row, Row) for each in _written(table.row_change(column, row))
            )


def _groups(table: Table) -> Iterator[list[Row | Group]]:
    """The rows of each group."""
    rows: list[Row | Group] = []
    for row in table.rows:
        if isinstance(row, Group):
            yield rows
            rows = []
        rows.append(row)
    yield rows


def _written(number: Decimal | None) -> Iterator[str]:
    if number is not None:
        yield f"{abs(number):.0f}"
        yield f"{abs(number):.2f}"
