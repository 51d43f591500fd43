"""What must be right in tables: the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.diagnostics import Finding, finding
from boardpack.model.meeting import Meeting
from boardpack.model.table import Column, Row, Table
from boardpack.model.text import plan_stretch
from boardpack.rules.quantities import off_by, unit_of


def total_differs(meeting: Meeting) -> Iterator[Finding]:
    """A stated total that is not what its column adds up to."""
    for table in _tables(meeting):
        for index, column in enumerate(table.columns):
            if not isinstance(column.total, Decimal) or column.change or not _readable(table, index):
                continue
            total = table.added_up(index)
            if total != column.total:
                message = f"column `{column.label.value}` adds up to {total:,f}, not {column.total:,f}"
                help = "correct the total or a row, or write `total: sum` to have it computed"
                help += f"; the stated total is {off_by(column.total, total)}"
                yield finding("total-differs", column.total_at or column.at, message, help)


def _tables(meeting: Meeting) -> Iterator[Table]:
    for paper in meeting.papers.values():
        yield from paper.tables.values()


def _readable(table: Table, index: int) -> bool:
    """Whether every cell that looks like a figure is one; the others have a finding of their own."""
    cells = (row.cells[index] for row in table.rows if isinstance(row, Row))
    return all(cell is None or cell.number is not None or not _has_digit(cell.text.value) for cell in cells)


def _has_digit(typed: str) -> bool:
    return any(character.isdigit() for character in typed)


def change_differs(meeting: Meeting) -> Iterator[Finding]:
    """A typed change, in a row or as a total, that is not the change between its two columns."""
    for table in _tables(meeting):
        keys = {column.key for column in table.columns if column.numeric}
        for index, column in enumerate(table.columns):
            if column.change and keys.issuperset(column.change):
                yield from _rows(table, index, column)
                yield from _total(table, column)


def _rows(table: Table, index: int, column: Column) -> Iterator[Finding]:
    for row in table.rows:
        cell = row.cells[index] if isinstance(row, Row) else None
        if cell is None or cell.number is None or not isinstance(row, Row):
            continue
        change = table.row_change(column, row)
        if change is not None and _differ(cell.number, change):
            right, label = _as(change, cell.number), column.label.value
            message = f"the change in column `{label}` is {right}, not {cell.number:,f}"
            help = "correct the figure, or leave the column's cells out to have them computed"
            yield finding("change-differs", cell.text.at.find(cell.text.value.strip()), message, help)


def _total(table: Table, column: Column) -> Iterator[Finding]:
    stated = column.total
    change = table.total(column)
    if isinstance(stated, Decimal) and change is not None and _differ(stated, change):
        right, label = _as(change, stated), column.label.value
        message = f"the change between the totals is {right} in column `{label}`, not {stated:,f}"
        help = "correct the figure, or leave it out to have it computed"
        yield finding("change-differs", column.total_at or column.at, message, help)


def _differ(stated: Decimal, computed: Decimal) -> bool:
    """Whether two figures differ by more than rounding to the places that were typed can explain."""
    return abs(stated - computed) > unit_of(stated) / 2


def _as(computed: Decimal, stated: Decimal) -> str:
    """A computed figure with as many places as the stated one has."""
    return f"{computed.quantize(unit_of(stated)):,f}"


def missing_caption(meeting: Meeting) -> Iterator[Finding]:
    """A table or figure without a caption."""
    for paper in meeting.papers.values():
        parts = [("table", table.id, table.caption, table.at) for table in paper.tables.values()]
        parts += [("figure", figure.id, figure.caption, figure.at) for figure in paper.figures.values()]
        for kind, id, caption, at in parts:
            if caption is None:
                help = "write `caption:` with what it shows, in a few words"
                yield finding("missing-caption", at, f"the {kind} `{id}` has no caption", help)


def repeated_label(meeting: Meeting) -> Iterator[Finding]:
    """A column without a heading, or with that of a column before it, in a table that prints its headings."""
    for table in _tables(meeting):
        if plan_stretch(table.id):
            continue  # nobody typed its headings
        seen: set[str] = set()
        for column in table.columns if table.header else ():
            label = " ".join(column.label.value.split()).casefold()
            help = "write a `label:` that says what stands in the column, or `header: false` if none is to print"
            if column.label.at == column.at:  # an empty one reads as if it were not there, and the key stands for it
                message = f"the column `{column.key}` has no heading of its own"
                yield finding("repeated-label", column.at, message, help)
            elif label in seen:
                message = f"two columns have the heading `{column.label.value}`"
                yield finding("repeated-label", column.label.at, message, help)
            seen.add(label)
