"""Two states of a table -> its cells that changed, its rows and columns that came or went.

A row is known by its first cell, a column by its header.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from boardpack.changes.order import Matched, either_way, matched

_CELL_END = re.compile(r"(?:\A|\s)\|(?=\s|\Z)")
_CAPTION = re.compile(r"Table \w+: ")

Cells = tuple[str, ...]
Columns = Sequence[Matched[int]]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that printed ``was`` and prints ``now``; ``column`` is empty where no header names it."""

    row: str
    column: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class TableChange:
    """What changed in a table; its ``name`` is its caption or empty. Rows are told by all of their cells."""

    name: str
    cells: tuple[CellChange, ...] = ()
    new_rows: tuple[str, ...] = ()
    deleted_rows: tuple[str, ...] = ()
    new_columns: tuple[str, ...] = ()
    deleted_columns: tuple[str, ...] = ()
    moved_rows: tuple[str, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """All words that it names."""
        told = (text for each in self.cells for text in (each.row, each.column, each.was, each.now))
        rows = (*self.new_rows, *self.deleted_rows, *self.moved_rows)
        return (self.name, *told, *rows, *self.new_columns, *self.deleted_columns)


def cells(line: str) -> Cells:
    """The cells of a row that :mod:`boardpack.word.lines` gave as one line."""
    found = [cell.strip() for cell in _CELL_END.split(line)]
    return tuple(found[1:] if line.startswith("|") else found)


def side_by_side(old: Sequence[Cells], new: Sequence[Cells], columns: Columns) -> Iterator[Matched[Cells]]:
    """The rows of both: equal ones beside each other, then those of one first cell, then those that are nearly equal.

    Law: the old ones in order are the old rows, the new ones in order the new rows.
    """
    shared = [(other, one) for one, other in columns] if (turned := list(old) > list(new)) else columns

    def pairs(one: Sequence[Cells], other: Sequence[Cells]) -> Iterator[Matched[Cells]]:
        return _pairs(one, other, shared)

    yield from either_way(old, new, pairs, turned=turned)


def _pairs(old: Sequence[Cells], new: Sequence[Cells], columns: Columns) -> Iterator[Matched[Cells]]:
    gap: tuple[list[Cells], list[Cells]] = [], []
    for one, other in matched(old, new, [lambda row: row, lambda row: row[0]]):
        if one is not None and other is not None:
            yield from _paired(*gap, columns)
            yield one, other
            gap = [], []
        elif one is not None:
            gap[0].append(one)
        elif other is not None:
            gap[1].append(other)
    yield from _paired(*gap, columns)


def _paired(old: list[Cells], new: list[Cells], columns: Columns) -> Iterator[Matched[Cells]]:
    """Rows without a like first cell: as many old as new ones, and half of their cells equal, are the same renamed."""
    if len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            kept = [_at(one, first) == _at(other, second) != "" for first, second in columns]
            if 2 * sum(kept) >= len(kept):
                yield one, other
            else:
                yield one, None
                yield None, other
        return
    yield from ((row, None) for row in old)
    yield from ((None, row) for row in new)


def compare(old: Sequence[str], new: Sequence[str], above: str) -> TableChange:
    """What differs between two states of a table; ``above`` is the paragraph above it, which may be its caption."""
    before, after = [cells(line) for line in old], [cells(line) for line in new]
    captioned = bool(_CAPTION.match(above))
    named = captioned or max(len(before[0]), len(after[0])) > 2  # of two columns, the first names what is in the second
    columns = _columns(before[0], after[0])
    rows = [(before[0], after[0]), *side_by_side(before[1:], after[1:], columns)]
    came = [" | ".join(other) for one, other in rows if one is None and other is not None]
    went = [" | ".join(one) for one, other in rows if other is None and one is not None]
    both = Counter(came) & Counter(went)
    heads = after[0] if named else ()
    return TableChange(
        above if captioned else "",
        tuple(_cell_changes(rows, columns, heads)),
        tuple((Counter(came) - both).elements()),
        tuple((Counter(went) - both).elements()),
        tuple(after[0][other] for one, other in columns if one is None and other is not None),
        tuple(before[0][one] for one, other in columns if other is None and one is not None),
        tuple(both.elements()),
    )


def _columns(old: Cells, new: Cells) -> Columns:
    """Which columns are which: by their headers; as many in between as there were are the same with a new header."""
    found: list[Matched[int]] = []
    names = matched(list(enumerate(old)), list(enumerate(new)), [_header])
    anchors = [(one[0], other[0]) for one, other in names if one is not None and other is not None]
    for (first, second), (last, end) in pairwise(((-1, -1), *anchors, (len(old), len(new)))):
        between, theirs = range(first + 1, last), range(second + 1, end)
        if len(between) == len(theirs):
            found += zip(between, theirs, strict=True)
        else:
            found += [(one, None) for one in between]
            found += [(None, other) for other in theirs]
        found += [(last, end)] if last < len(old) else []
    return found


def _header(column: tuple[int, str]) -> str:
    return column[1]


def _cell_changes(rows: Sequence[Matched[Cells]], columns: Columns, heads: Cells) -> Iterator[CellChange]:
    for one, other in rows:
        if one is None or other is None or one == other:
            continue
        for first, second in columns:
            if first is None or second is None or _at(one, first) == _at(other, second):
                continue
            yield CellChange(other[0] or one[0], _at(heads, second), _at(one, first), _at(other, second))


def _at(row: Cells, column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""
