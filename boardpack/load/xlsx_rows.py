"""An Excel sheet -> the rows that a table takes from it, in the order of the table's columns.

The first row that holds anything names the columns; a row below it is taken where one of the table's cells holds
anything. What a reader of the sheet does not see, or sees otherwise, is refused and never printed by the way: hidden
rows and columns, merged cells, errors, formulas whose results were not saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet._reader import COL_TAG, FORMULA_TAG, MERGE_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from boardpack.diagnostics import CellPlace, Finding, Place, finding
from boardpack.load.header import Header, taken
from boardpack.load.source import illegal_character, illegal_in
from boardpack.load.workbook import RefusedError, Sheet, Workbook, guarded, is_percent, open_workbook
from boardpack.model.sentences import listed
from boardpack.model.table import Column
from boardpack.model.text import Text

MOST_ROWS = 20_000
MOST_COLUMNS = 500
_UNSAVED = "unsaved"
_NAMED = 5
"""How many cells, rows or columns a finding names; it counts the others."""

_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f])_")
"""How a control character stands in a string (18.18.99 ST_Xstring)."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with a value: as openpyxl reads it, the type that the file gives it, and its number format."""

    value: Any
    type: str
    format: str


_Area = tuple[int, int, int, int]
"""Left, top, right and bottom of a stretch of cells."""


@dataclass(slots=True)
class _Rows:
    """The cells of a sheet by row and column, both counted from 1, and what is hidden or merged."""

    cells: dict[int, dict[int, _Cell]]
    hidden_rows: set[int]
    hidden_columns: list[range]
    merged: dict[str, _Area]


def read_xlsx(
    path: Path, wanted: Text | None, at: Place, columns: Sequence[Column], found: list[Finding]
) -> list[list[Text]]:
    """The cells of each row for all columns, or for all but the computed ones if the sheet lacks those.

    ``wanted`` is the name of the sheet, the first one that is not hidden without it. Findings stand ``at`` the place
    that names the file.
    """
    try:
        book = open_workbook(path)
        sheet = _sheet(book, wanted, at, found)
        rows = _rows(book, sheet) if sheet else None
    except RefusedError as refused:
        found.append(finding(refused.code, at, f"`{path.name}` {refused.message}", refused.help))
        return []
    return list(_texts(rows, sheet.name, at, columns, found)) if rows and sheet else []


def hidden_sheets(path: Path, at: Place) -> Iterator[Finding]:
    """A finding where a workbook, which is sound otherwise, has hidden sheets."""
    try:
        hidden = [sheet.name for sheet in open_workbook(path).sheets if sheet.hidden]
    except RefusedError:
        return  # reading the table's sheet has the finding
    if hidden:
        message = f"`{path.name}` has {_counted('hidden sheet', hidden)}"
        help = "nothing of it prints; delete what nobody should find, since whoever gets the workbook can show it"
        yield finding("hidden-content", at, message, help)


def _counted(noun: str, names: Sequence[str]) -> str:
    """The noun with these names: "the hidden sheets `A`, `B` and 3 more"."""
    return f"the {noun}{'s' * (len(names) > 1)} {_listed([f'`{name}`' for name in names])}"


def _listed(names: Sequence[str]) -> str:
    shown = [*names[:_NAMED], *([f"{len(names) - _NAMED:,} more"] if len(names) > _NAMED else [])]
    return listed(shown)


def _sheet(book: Workbook, wanted: Text | None, at: Place, found: list[Finding]) -> Sheet | None:
    """The sheet of this name, in whatever case; the first visible one where none is named."""
    from difflib import get_close_matches

    sheets = {sheet.name: sheet for sheet in book.sheets if sheet.part}
    visible = [sheet for sheet in sheets.values() if not sheet.hidden]
    if wanted is None:
        if not sheets:
            found.append(finding("empty-file", at, "the workbook has no sheet with cells", "name another workbook"))
        elif not visible:
            found.append(finding("hidden-cells", at, "every sheet of the workbook is hidden", "show it in Excel"))
        return visible[0] if visible else None
    name = wanted.value.strip()
    folded = {each.casefold(): sheet for each, sheet in sheets.items()}
    sheet = sheets.get(name) or folded.get(name.casefold())
    if sheet is None:
        near = get_close_matches(name, sheets, n=1)
        known = _listed([f"`{each.name}`" for each in visible])
        help = f"did you mean `{near[0]}`?" if near else f"the workbook has {known}"
        found.append(finding("unknown-sheet", wanted.at, f"the workbook has no sheet `{name}`", help))
    elif sheet.hidden:
        help = "show it in Excel: the pack would print what a reader of the workbook does not see"
        found.append(finding("hidden-cells", wanted.at, f"the sheet `{sheet.name}` is hidden", help))
        return None
    return sheet


class _Parser(WorkSheetParser):
    """Openpyxl's reader of cells, which also tells a formula without its result from an empty cell."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """The cell of a ``c`` element (18.3.1.4)."""
        cell: dict[str, Any] = super().parse_cell(element)
        # A formula that gives an empty text is saved with a type and an empty value.
        empty = element.get("t") == "str" and element.find(VALUE_TAG) is not None
        if cell["value"] is None and not empty and element.find(FORMULA_TAG) is not None:
            cell["data_type"] = _UNSAVED
        return cell


def _rows(book: Workbook, sheet: Sheet) -> _Rows:
    """What a sheet holds, read in one go; raises :class:`RefusedError` where that is too much or cannot be read."""
    dates = {index for index, format in enumerate(book.formats) if is_date_format(format)}
    spans = {index for index, format in enumerate(book.formats) if is_timedelta_format(format)}
    rows = _Rows({}, set(), [], {})
    with guarded(), book.reader.archive.open(sheet.part) as part:
        epoch = book.reader.wb.epoch
        parser = _Parser(part, book.reader.shared_strings, True, epoch, dates, spans)
        for _, element in iterparse(part):
            if element.tag == ROW_TAG:
                _row(parser, element, book.formats, rows)
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


def _row(parser: _Parser, element: Any, formats: Sequence[str], rows: _Rows) -> None:
    number, parsed = parser.parse_row(element)
    cells = {}
    for cell in parsed:
        if cell["value"] is not None or cell["data_type"] == _UNSAVED:
            style: Any = cell["style_id"]
            format = formats[style] if 0 <= style < len(formats) else "General"
            cells[int(str(cell["column"]))] = _Cell(cell["value"], str(cell["data_type"]), format)
    if cells:
        if max(cells) > MOST_COLUMNS:
            raise RefusedError("too-large", f"has more than {MOST_COLUMNS} columns", "keep those that the table needs")
        rows.cells[number] = cells
    if _hides(element.attrib, "ht"):
        rows.hidden_rows.add(number)


def _hides(attributes: Mapping[str, str], size: str) -> bool:
    """Whether a row or a column is hidden, or drawn so small that nobody sees it (18.3.1.13, 18.3.1.73)."""
    return attributes.get("hidden") in ("1", "true") or float(attributes.get(size) or 1) == 0


def _texts(rows: _Rows, name: str, at: Place, columns: Sequence[Column], found: list[Finding]) -> Iterator[list[Text]]:
    label = f"sheet `{name}`"
    if not rows.cells:
        help = "write the names of the columns in its first row and the rows below"
        found.append(finding("empty-file", at, f"the {label} holds nothing", help))
        return
    first = min(rows.cells)
    header = rows.cells[first]
    names = [_words(header.get(column)) for column in range(1, max(header) + 1)]
    order = [index + 1 for index in taken(Header(names, at, f"the {label}", "its first row"), columns, found)]
    if not order:
        return
    kept = {row: cells for row, cells in rows.cells.items() if row > first and any(_words(cells.get(n)) for n in order)}
    found.extend(_left_out(rows, label, at, order))
    if faults := list(_faults(rows, kept, order, first)):
        found.extend(finding(code, at, f"{label}, {message}", help) for code, message, help in faults)
        return
    letters = [get_column_letter(column) for column in order]
    for row in sorted(kept):
        yield [
            _text(kept[row].get(column), CellPlace(at.source, at.start, at.end, f"{label}, cell {letter}{row}"), found)
            for column, letter in zip(order, letters, strict=True)
        ]


def _text(cell: _Cell | None, at: CellPlace, found: list[Finding]) -> Text:
    words = _words(cell)
    if illegal := illegal_in(words):
        found.append(illegal_character(illegal, at))
    return Text(words, at)


def _left_out(rows: _Rows, label: str, at: Place, order: Sequence[int]) -> Iterator[Finding]:
    """Hidden columns that hold something and that the table does not take."""
    filled = {column for cells in rows.cells.values() for column in cells}
    hidden = sorted(column for column in filled if column not in order and _is_hidden(rows, column))
    if hidden:
        names = [get_column_letter(column) for column in hidden]
        message = f"the {label} has {_counted('hidden column', names)}, which the table does not take"
        help = "nothing of it prints; delete what nobody should find, since whoever gets the workbook can show it"
        yield finding("hidden-content", at, message, help)


def _is_hidden(rows: _Rows, column: int) -> bool:
    return any(column in hidden for hidden in rows.hidden_columns)


def _faults(
    rows: _Rows, kept: Mapping[int, Mapping[int, _Cell]], order: Sequence[int], first: int
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the cells that the table takes: code, what a finding says behind the sheet's name, remedy."""
    see = "the pack would print what a reader of the sheet does not see"
    if hidden := [str(row) for row in sorted(kept) if row in rows.hidden_rows]:
        yield "hidden-cells", f"{_named('row', hidden)} hidden", f"show the rows in Excel, or delete them: {see}"
    if hidden := [get_column_letter(column) for column in sorted(set(order)) if _is_hidden(rows, column)]:
        yield "hidden-cells", f"{_named('column', hidden)} hidden", f"show the columns in Excel: {see}"
    last = max(kept, default=first)
    if merged := [ref for ref, area in rows.merged.items() if _touches(area, first, last, order)]:
        yield "merged-cells", f"cells {_listed(merged)} are merged", "unmerge them in Excel and fill each of the cells"
    for fault, cells in _valueless(kept, order).items():
        named = f"cell{'s' * (len(cells) > 1)} {_listed(cells)}"
        if fault == _UNSAVED:
            yield "no-value", f"{named}: a formula without its result", "open the workbook in Excel and save it"
        else:
            yield "no-value", f"{named}: the error {fault}", "mend the formula in Excel and save the workbook"


def _named(noun: str, names: Sequence[str]) -> str:
    return f"{noun}s {_listed(names)} are" if len(names) > 1 else f"{noun} {names[0]} is"


def _valueless(kept: Mapping[int, Mapping[int, _Cell]], order: Sequence[int]) -> dict[str, list[str]]:
    """The cells without a value to print, by the error that stands there."""
    faults: dict[str, list[str]] = {}
    for row in sorted(kept):
        for column in order:
            cell = kept[row].get(column)
            if cell and cell.type in {"e", _UNSAVED}:
                fault = str(cell.value) if cell.type == "e" else _UNSAVED
                faults.setdefault(fault, []).append(f"{get_column_letter(column)}{row}")
    return faults


def _area(ref: str) -> _Area:
    """The cells that a reference such as ``B2:C3`` names (18.18.62 ST_Ref)."""
    left, top, right, bottom = range_boundaries(ref)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(ref)
    return left, top, right, bottom


def _touches(area: _Area, first: int, last: int, order: Sequence[int]) -> bool:
    """Whether merged cells lie in these rows and columns."""
    left, top, right, bottom = area
    return top <= last and bottom >= first and any(left <= column <= right for column in order)


def _words(cell: _Cell | None) -> str:
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
