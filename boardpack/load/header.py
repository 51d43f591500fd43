"""The header row of a data file -> which of its columns a table takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from boardpack.diagnostics import Finding, Place, finding
from boardpack.model.table import Column


class Header(NamedTuple):
    """A header row: its names in order, where it stands, and what findings call its file and itself."""

    names: Sequence[str]
    at: Place
    file: str = "the file"
    row: str = "its first line"


def index_of(names: Sequence[str], column: Column) -> int | None:
    """Where a column stands among the names of a header row, by its key or its label."""
    wanted = {_folded(column.key), _folded(column.label.value)}
    return next((index for index, name in enumerate(names) if _folded(name) in wanted), None)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def taken(header: Header, columns: Sequence[Column], found: list[Finding]) -> list[int]:
    """The places in the file of the columns to read; empty, with findings, where one is missing.

    They are all columns of the table in its order, or all but the computed ones if the file lacks any of those.
    """
    indexes = {column.key: index_of(header.names, column) for column in columns}
    missing = [column for column in columns if indexes[column.key] is None]
    lacking = [column for column in missing if column.change is None]
    found.extend(_missing(column, header) for column in lacking)
    found.extend(_repeated(header, at) for at in indexes.values() if at is not None and _stands_twice(header.names, at))
    wanted = [column for column in columns if not missing or column.change is None]
    return [] if lacking else [at for column in wanted if (at := indexes[column.key]) is not None]


def _stands_twice(names: Sequence[str], at: int) -> bool:
    return sum(_folded(name) == _folded(names[at]) for name in names) > 1


def _repeated(header: Header, at: int) -> Finding:
    message = f"{header.file} has several columns called `{header.names[at].strip()}`, and nobody knows which is meant"
    return finding("wrong-value", header.at, message, "give each column a name of its own")


def _missing(column: Column, header: Header) -> Finding:
    from difflib import get_close_matches

    label = column.label.value
    near = get_close_matches(label, header.names, n=1) or get_close_matches(column.key, header.names, n=1)
    message = f"{header.file} has no column `{column.key}` or `{label}`"
    help = f"{header.row} names the columns; name one of them `{column.key}`"
    if near:
        help += f", perhaps the one that is called `{near[0]}`"
    return finding("missing-column", header.at, message, help)
