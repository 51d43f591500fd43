"""Which ratings a table holds, and how the key to them closes its sentences."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.model.table import Row, Table


def rag_columns(table: Table) -> list[int]:
    """The positions of its columns of ratings."""
    return [index for index, column in enumerate(table.columns) if column.type == "rag"]


def ratings_typed(table: Table) -> Iterator[str]:
    """What stands in the columns of ratings."""
    columns = rag_columns(table)
    for row in table.rows:
        if isinstance(row, Row):
            yield from (cell.text.value for index in columns if (cell := row.cells[index]))


def ended(words: str) -> str:
    """The same words with a full stop, unless they end in a sign of their own."""
    return words if words.endswith((".", "?", "!")) else f"{words}."
