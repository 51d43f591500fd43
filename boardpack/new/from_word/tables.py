"""A table of a report -> a table of a paper: its head, its groups, its rows; merged cells are written apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from boardpack.model.board import Board
from boardpack.model.table import NUMERIC
from boardpack.new import draft
from boardpack.new.draft import Column
from boardpack.new.from_word import columns, prose
from boardpack.new.from_word.columns import Kind
from boardpack.new.from_word.lines import Line, cell_lines
from boardpack.new.ids import Ids
from boardpack.reader import Cell, Piece, Row, Table

_MOST_COLUMNS = 30


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table with a cell for every column in each row; ``groups`` are rows of one cell across, by their place."""

    header: tuple[tuple[Cell | None, ...], ...]
    rows: tuple[tuple[Cell | None, ...] | Cell, ...]
    width: int


def table(source: Table, caption: str, board: Board, id: Callable[[], str]) -> draft.Table | None:
    """The table as data; ``None`` for one that is no grid of rows and columns."""
    grid = _grid(source)
    if grid is None:
        return None
    labels = _labels(grid)
    words = [[_plain(cell) for cell in row] for row in grid.rows if not isinstance(row, Cell)]
    total = (
        words[-1] if len(words) > 1 and not isinstance(grid.rows[-1], Cell) and columns.is_total(words[-1]) else None
    )
    body = words[:-1] if total else words
    plain = columns.kinds(labels, body, board)
    found = (columns.with_total(plain, total, body, board) if total else plain) or [
        replace(kind, change=None) for kind in plain
    ]
    has_total = any(kind.total for kind in found)
    keys = Ids("_")
    names = [keys.new(label, "column") for label in labels]
    return draft.Table(
        id=id(),
        caption=caption,
        columns=tuple(_column(at, names, labels, found) for at in range(grid.width)),
        rows=tuple(_rows(grid.rows[:-1] if total else grid.rows, body, found, board)),
        foot=(tuple(map(prose.words, total)),) if total and not has_total else (),
        header=bool(grid.header),
        total_label=total[0] if total and has_total and total[0] != "Total" else "",
    )


def _column(at: int, names: Sequence[str], labels: Sequence[str], found: Sequence[Kind]) -> Column:
    kind = found[at]
    compared = (names[kind.change[0]], names[kind.change[1]]) if kind.change else None
    return Column(names[at], _label(labels[at], kind.type), kind.type, kind.total, compared)


def _rows(
    rows: Sequence[tuple[Cell | None, ...] | Cell], body: Sequence[Sequence[str]], found: Sequence[Kind], board: Board
) -> Iterator[tuple[str, ...] | str]:
    plain = iter(body)
    for row in rows:
        if isinstance(row, Cell):
            yield prose.words(row.text)
        else:
            yield _typed([_text(cell) for cell in row], next(plain), found, board)


def _grid(source: Table) -> _Grid | None:
    width = max(sum(cell.span for cell in row.cells) for row in source.rows)
    if not 2 <= width <= _MOST_COLUMNS or len(source.rows) < 2:
        return None
    if any(isinstance(block, Table) for row in source.rows for cell in row.cells for block in cell.blocks):
        return None
    spread = [_spread(row, width) for row in source.rows]
    header = _header_rows(source.rows, spread)
    head = tuple(tuple(row) for row in spread[:header])
    rows = tuple(
        _group(row, cells) or tuple(cells) for row, cells in zip(source.rows[header:], spread[header:], strict=True)
    )
    return _Grid(head, rows, width) if any(not isinstance(row, Cell) for row in rows) else None


def _spread(row: Row, width: int) -> list[Cell | None]:
    """A cell for every column: nothing where one goes on from its left or from above."""
    cells: list[Cell | None] = []
    for cell in row.cells:
        cells += [cell, *[None] * (cell.span - 1)]
    return (cells + [None] * width)[:width]


def _group(row: Row, cells: list[Cell | None]) -> Cell | None:
    """The cell of a row that goes across the whole table."""
    return row.cells[0] if len(row.cells) == 1 and row.cells[0].text and len(cells) > 1 else None


def _header_rows(rows: Sequence[Row], spread: list[list[Cell | None]]) -> int:
    """How many rows are the head: those that Word repeats; else the first where it looks like one."""
    repeated = next((at for at, row in enumerate(rows) if not row.header), len(rows))
    if 0 < repeated < len(rows):
        return min(repeated, 3)
    first = [_plain(cell) for cell in spread[0]]
    if len(rows[0].cells) == 1 or any(map(columns.is_figure, first[1:])):
        return 0
    two = any(cell.span > 1 for cell in rows[0].cells) and len(rows) > 2
    two = two and not any(columns.is_figure(_plain(cell)) for cell in spread[1])
    return 2 if two else int(_is_bold(rows[0]) or any(first[1:]))


def _is_bold(row: Row) -> bool:
    found = [each for cell in row.cells for each in cell_lines(cell.blocks) if isinstance(each, Line)]
    return bool(found) and all(each.is_bold for each in found)


def _labels(grid: _Grid) -> list[str]:
    """What each column is called: the words of its head from the top, those across several columns in each."""
    if not grid.header:
        return [f"Column {number}" for number in range(1, grid.width + 1)]
    labels = []
    for at in range(grid.width):
        parts: list[str] = []
        for row in grid.header:
            cell = row[at]
            left = at
            while cell is None and left > 0 and row is not grid.header[-1]:
                left -= 1
                cell = row[left]
            if cell and cell.text and cell.text not in parts:
                parts.append(cell.text)
        labels.append(" ".join(" ".join(parts).split()))
    return labels


def _plain(cell: Cell | None) -> str:
    return " ".join(cell.text.split()) if cell else ""


def _text(cell: Cell | None) -> str:
    """A cell as Markdown: one line, or several where it holds a list or paragraphs."""
    found = [each for each in cell_lines(cell.blocks) if isinstance(each, Line)] if cell else []
    if len(found) == 1 and not found[0].marker:
        return prose.inline(_numbered(found[0]))
    return prose.blocks_of(found, {})


def _numbered(line: Line) -> tuple[Piece, ...]:
    """In a cell a typed number stays: it may be all that the cell is about."""
    return (Piece("text", f"{line.number} "), *line.pieces) if line.number else line.pieces


def _label(label: str, type: str) -> str:
    """A column's label without the currency, which the type money prints."""
    if type == "money":
        label = re.sub(r"\s*\(?[£$€]\)?\s*$", "", label) or label
    return prose.words(label)


def _typed(row: Sequence[str], plain: Sequence[str], found: Sequence[Kind], board: Board) -> tuple[str, ...]:
    """A row as papers type it: figures plain, days as dates, ratings as words, what is worked out left out."""
    cells = []
    for cell, words, kind in zip(row, plain, found, strict=True):
        if kind.type in NUMERIC and kind.change is None:
            cells.append(columns.figure(words, kind.type, board))
        elif kind.change is None:
            cells.append(columns.day(words) if kind.type == "date" else words if kind.type == "rag" else cell)
    return tuple(cells)
