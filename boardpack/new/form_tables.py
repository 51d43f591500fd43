"""Tables and figures of a draft as lines of YAML."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.new.draft import Column, Figure, Table
from boardpack.new.scalars import WIDTH, block, figure, scalar

_FIGURES = frozenset(("integer", "number", "money", "percent", "date"))


def figure_lines(each: Figure) -> Iterator[str]:
    """A picture under ``figures:``."""
    yield f"  {each.id}:"
    yield f"    file: {each.file}"
    yield f"    caption: {scalar(each.caption)}"
    missing = "    alt:                          # what it says, in words, for those who do not see it"
    yield f"    alt: {scalar(each.alt)}" if each.alt else missing


def table_lines(table: Table) -> Iterator[str]:
    """A table under ``tables:``."""
    yield f"  {table.id}:"
    missing = "    caption:                      # what it shows; the number is worked out"
    yield f"    caption: {scalar(table.caption)}" if table.caption else missing
    if not table.header:
        yield "    header: false"
    yield "    columns:"
    yield from (f"      - {_column(column)}" for column in table.columns)
    yield "    rows:" if table.rows else "    rows: []"
    for row in table.rows:
        if isinstance(row, str):
            yield f"      - {{group: {scalar(row, flow=True)}}}"
        else:
            yield from _row(row, [column.type for column in table.columns if not column.change])
    if table.total_label:
        yield f"    total_label: {scalar(table.total_label)}"
    if table.foot:
        yield "    foot:"
        for cells in table.foot:
            yield from _row(cells, ["text"] * len(cells))
    for key, words in (("note", table.note), ("source", table.source)):
        if "\n" in words:
            yield from (f"    {key}: |", *block(words, 6))
        elif words:
            yield f"    {key}: {scalar(words)}"


def _column(column: Column) -> str:
    parts = [f"key: {scalar(column.key)}", f"label: {scalar(column.label, flow=True)}"]
    if column.type != "text":
        parts.append(f"type: {column.type}")
    if column.total:
        parts.append(f"total: {figure(column.total)}")
    if column.change:
        parts.append(f"change: [{', '.join(map(scalar, column.change))}]")
    return f"{{{', '.join(parts)}}}"


def _row(cells: tuple[str, ...], types: list[str]) -> Iterator[str]:
    """A row on one line where it fits; else a cell a line, those of several lines below a |."""
    written = [_cell(cell, type) for cell, type in zip(cells, types, strict=True)]
    line = f"      - [{', '.join(written)}]"
    if len(line) <= WIDTH and not any("\n" in cell for cell in cells):
        yield line
        return
    mark = "      - - "
    for cell, type in zip(cells, types, strict=True):
        if "\n" in cell:
            yield f"{mark}|"
            yield from block(cell, 10)
        else:
            yield mark + (figure(cell) if type in _FIGURES else scalar(cell))
        mark = "        - "


def _cell(cell: str, type: str) -> str:
    if type in _FIGURES:
        return figure(cell)
    return scalar(cell, flow=True)
