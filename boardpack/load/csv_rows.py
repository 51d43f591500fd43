"""A CSV file -> the rows that a table takes from it, in the order of the table's columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpack.diagnostics import Finding, Place, Source, finding
from boardpack.load.header import Header, index_of, taken
from boardpack.load.source import illegal_characters, read_source
from boardpack.model.table import Column
from boardpack.model.text import Text

_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of the file, with the lines that it stands in."""

    cells: tuple[str, ...]
    at: Place


class _BrokenError(Exception):
    """A record cannot be split into cells; it starts in ``line``, counted from 0."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def read_csv(path: Path, columns: Sequence[Column], found: list[Finding]) -> Iterator[list[Text]]:
    """The cells of each row for all columns, or for all but the computed ones if the file lacks those.

    The header row names the columns by key or label; columns that the table does not have are left out.
    """
    source = read_source(path)
    if isinstance(source, Finding):
        found.append(source)
        return
    if illegal := illegal_characters(source):
        found.extend(illegal)
        return
    try:
        records = _records(source, columns)
    except _BrokenError as broken:
        found.append(_broken(source, broken.line))
        return
    if not records:
        help = "write the names of the columns in its first line and the rows below"
        found.append(finding("empty-file", Place(source, 0, 0), "the file holds nothing", help))
        return
    header, *rows = records
    order = taken(Header(header.cells, header.at), columns, found)
    for row in rows if order else ():
        if len(row.cells) != len(header.cells):
            count = f"{len(row.cells)} cell{'s' * (len(row.cells) != 1)}"
            message = f"the row has {count}, the header row {len(header.cells)}"
            help = "give each column a cell; a cell with a comma in it wants quotation marks"
            found.append(finding("row-length", row.at, message, help))
            continue
        yield [Text(row.cells[index].strip(), row.at) for index in order]


def _records(source: Source, columns: Sequence[Column]) -> list[_Record]:
    """Header and rows, split at the sign that finds the most of the table's columns in the header."""
    first = source.text.partition("\n")[0]
    try:
        split = {sign: next(csv.reader([first], delimiter=sign), []) for sign in _DELIMITERS}
    except csv.Error:
        raise _BrokenError(0) from None
    best = max(_DELIMITERS, key=lambda sign: sum(index_of(split[sign], column) is not None for column in columns))
    return list(_split(source, best))


def _split(source: Source, delimiter: str) -> Iterator[_Record]:
    starts = source.line_starts
    reader = csv.reader(source.text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    line = 0
    try:
        for cells in reader:
            end = starts[reader.line_num] if reader.line_num < len(starts) else len(source.text)
            if any(cell.strip() for cell in cells):
                yield _Record(tuple(cells), Place(source, starts[line], end))
            line = reader.line_num
    except csv.Error:
        # A quotation mark that is never closed swallows all lines to the end: the record's first line has it.
        raise _BrokenError(line) from None


def _broken(source: Source, line: int) -> Finding:
    start = source.line_starts[line]
    help = 'put quotation marks around the whole cell, and write a quotation mark inside it twice: ""'
    message = "the quotation marks of this row do not pair up"
    return finding("csv-syntax", Place(source, start, len(source.text)), message, help)
