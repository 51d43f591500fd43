"""The cells of an Excel sheet: their values, what is hidden or merged, and what a value is in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet._reader import COL_TAG, FORMULA_TAG, MERGE_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from boardpack.load.workbook import RefusedError, Sheet, Workbook, guarded, is_percent

MOST_ROWS = 20_000
MOST_COLUMNS = 500
UNSAVED = "unsaved"
"""The type of a cell with a formula whose result was not saved."""

_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f])_")
"""How a control character stands in a string (18.18.99 ST_Xstring)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a value: as openpyxl reads it, the type that the file gives it, and its number format.

    A ``faint`` one is written in white on white.
    """

    value: Any
    type: str
    format: str
    faint: bool = False


Area = tuple[int, int, int, int]
"""Left, top, right and bottom of a stretch of cells."""


@dataclass(slots=True)
class Cells:
    """The cells of a sheet by row and column, both counted from 1, and what is hidden or merged."""

    cells: dict[int, dict[int, Cell]]
    hidden_rows: set[int]
    hidden_columns: list[range]
    merged: dict[str, Area]


class _Parser(WorkSheetParser):
    """Openpyxl's reader of cells, which also tells a formula without its result from an empty cell."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """The cell of a ``c`` element (18.3.1.4)."""
        cell: dict[str, Any] = super().parse_cell(element)
        # A formula that gives an empty text is saved with a type and an empty value.
        empty = element.get("t") == "str" and element.find(VALUE_TAG) is not None
        if cell["value"] is None and not empty and element.find(FORMULA_TAG) is not None:
            cell["data_type"] = UNSAVED
        return cell


def read_cells(book: Workbook, sheet: Sheet) -> Cells:
    """What a sheet holds, read in one go; raises :class:`RefusedError` where that is too much or cannot be read."""
    dates = {index for index, format in enumerate(book.formats) if is_date_format(format)}
    spans = {index for index, format in enumerate(book.formats) if is_timedelta_format(format)}
    rows = Cells({}, set(), [], {})
    with guarded(), book.reader.archive.open(sheet.part) as part:
        epoch = book.reader.wb.epoch
        parser = _Parser(part, book.reader.shared_strings, True, epoch, dates, spans)
        for _, element in iterparse(part):
            if element.tag == ROW_TAG:
                _row(parser, element, book, rows)
            elif element.tag == COL_TAG and _hides(element.attrib, "width"):
                rows.hidden_columns.append(range(int(element.attrib["min"]), int(element.attrib["max"]) + 1))
            elif element.tag == MERGE_TAG:
                rows.merged = {each.attrib["ref"]: _area(each.attrib["ref"]) for each in element}
            else:
                continue
            element.clear()
            if len(rows.cells) > MOST_ROWS + 1:
                message = f"has more than {MOST_ROWS:,} rows in the sheet `{sheet.name}`"
                raise RefusedError("too-large", message, "keep the rows that the meeting needs")
    return rows


def _row(parser: _Parser, element: Any, book: Workbook, rows: Cells) -> None:
    number, parsed = parser.parse_row(element)
    cells = {}
    for cell in parsed:
        if cell["value"] is not None or cell["data_type"] == UNSAVED:
            style: Any = cell["style_id"]
            format = book.formats[style] if 0 <= style < len(book.formats) else "General"
            faint = style in book.faint
            cells[int(str(cell["column"]))] = Cell(cell["value"], str(cell["data_type"]), format, faint)
    if cells:
        if max(cells) > MOST_COLUMNS:
            raise RefusedError("too-large", f"has more than {MOST_COLUMNS} columns", "keep those that the table needs")
        rows.cells[number] = cells
    if _hides(element.attrib, "ht"):
        rows.hidden_rows.add(number)


def _hides(attributes: Mapping[str, str], size: str) -> bool:
    """Whether a row or a column is hidden, or drawn so small that nobody sees it (18.3.1.13, 18.3.1.73)."""
    return attributes.get("hidden") in ("1", "true") or float(attributes.get(size) or 1) == 0


def is_hidden(rows: Cells, column: int) -> bool:
    """Whether a column is hidden, counted from 1."""
    return any(column in hidden for hidden in rows.hidden_columns)


def _area(ref: str) -> Area:
    """The cells that a reference such as ``B2:C3`` names (18.18.62 ST_Ref)."""
    left, top, right, bottom = range_boundaries(ref)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(ref)
    return left, top, right, bottom


def valueless(kept: Mapping[int, Mapping[int, Cell]], order: Sequence[int]) -> dict[str, list[str]]:
    """The cells without a value to print, by the error that stands there."""
    faults: dict[str, list[str]] = {}
    for row in sorted(kept):
        for column in order:
            cell = kept[row].get(column)
            if cell and cell.type in {"e", UNSAVED}:
                fault = str(cell.value) if cell.type == "e" else UNSAVED
                faults.setdefault(fault, []).append(f"{get_column_letter(column)}{row}")
    return faults


def words(cell: Cell | None) -> str:
    """What a cell's value is in words, as an author would have typed it in the paper."""
    value = cell.value if cell else None
    if cell is None or value is None:
        return "?" if cell else ""  # a formula without its result holds something; it has its finding
    if isinstance(value, str):
        text = _CONTROL.sub(lambda match: chr(int(match[1], 16)), value).replace("\r\n", "\n").replace("\r", "\n")
        # Two blanks keep the lines of a cell apart, as Excel shows them.
        return "  \n".join(line.rstrip() for line in text.strip().split("\n"))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (int, float)):
        return _figure(value, cell.format)
    return _moment(value)


def _figure(value: float, format: str) -> str:
    """A figure without the noise that binary fractions leave behind the fifteenth digit, in per cent if it shows so."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    percent = is_percent(format)
    number = number * 100 if percent else number
    if number.is_finite() and abs(number) < 10**15:
        number = number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
        return f"{number + 0:f}{'%' * percent}"
    return f"{number}{'%' * percent}"


def _moment(value: date | time | timedelta) -> str:
    """A date as 2010-03-11, with its time where it has one; a time as 9:30; hours beyond a day as 37:30."""
    if isinstance(value, datetime):
        clock = f" {value:%H:%M}" if value.time() != time() else ""
        return f"{value.date().isoformat()}{clock}"
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return value.isoformat()
