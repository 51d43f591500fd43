"""Excel workbooks and CSV files that print as appendices -> their sheets as tables.

A sheet prints as Excel shows it: results and no formulas, figures and dates in the formats of their cells. What Excel
does not show is never printed by the way and never left out in silence: hidden sheets, rows and columns stop the pack,
since whoever made the file has forgotten them.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boardpack.diagnostics import CellPlace, Finding, Place, finding
from boardpack.foreign.kinds import Kind, check
from boardpack.load.source import illegal_character, illegal_characters, illegal_in, read_source
from boardpack.model.sentences import listed
from boardpack.model.sheet import PrintedSheet, SheetCell

if TYPE_CHECKING:
    from boardpack.load.workbook import RefusedError

MOST_ROWS, MOST_COLUMNS = 2_000, 30
_NAMED = 5
_FIGURE = re.compile(r"[(+\-\u2212]?[£$€]?\d[\d,]*(?:\.\d+)?%?\)?")
_CODES: Mapping[str, str] = {"is damaged": "damaged-file", "is protected": "encrypted-file", "holds": "unsafe-file"}
"""By what is said of a workbook the code of an attached file; any other is of a wrong kind."""
_SHRINK = "make a workbook or a PDF of what the meeting needs to see, and name that"
_DELIMITERS = ",;\t"


def read_sheets(path: Path, at: Place, found: list[Finding]) -> tuple[PrintedSheet, ...]:
    """The sheets that print of a workbook or a CSV file; with a finding none where something must not print."""
    return _csv(path, at, found) if path.suffix.lower() == ".csv" else _workbook(path, at, found)


def _workbook(path: Path, at: Place, found: list[Finding]) -> tuple[PrintedSheet, ...]:
    from boardpack.load import xlsx_cells
    from boardpack.load.workbook import RefusedError, open_workbook

    if fault := check(path, Kind.EXCEL):
        found.append(finding(fault.code, at, f"`{path.name}` {fault.message}", fault.help))
        return ()
    try:
        book = open_workbook(path)
        read = [(sheet, xlsx_cells.read_cells(book, sheet)) for sheet in book.sheets if sheet.part and not sheet.hidden]
    except RefusedError as refused:
        found.append(finding(_code(refused), at, f"`{path.name}` {refused.message}", refused.help))
        return ()
    faults = list(_hidden_sheets(path, [sheet.name for sheet in book.sheets if sheet.hidden], at))
    filled = [(sheet.name, cells) for sheet, cells in read if cells.cells]
    for name, cells in filled:
        faults += _sheet_faults(name, cells, at)
    if not filled and not faults:
        help = "name another file, or leave the appendix out"
        faults.append(finding("empty-file", at, f"`{path.name}` has no sheet with cells", help))
    found.extend(faults)
    found.extend(_left_out(path, book.reader.archive, at))
    if faults:
        return ()
    return tuple(_printed(name if len(filled) > 1 else "", cells) for name, cells in filled)


def _code(refused: RefusedError) -> str:
    if refused.code == "too-large":
        return "file-limits"
    if refused.code == "unreadable":
        return refused.code
    return next((code for words, code in _CODES.items() if refused.message.startswith(words)), "wrong-kind")


def _hidden_sheets(path: Path, names: Sequence[str], at: Place) -> Iterator[Finding]:
    if names:
        what = _some([f"`{name}`" for name in names])
        message = f"`{path.name}` hides the sheet{'s' * (len(names) > 1)} {what}"
        help = "delete what nobody should see, or show it in Excel; a workbook with only what is to print is safest"
        yield finding("hidden-cells", at, message, help)


def _some(names: Sequence[str]) -> str:
    more = [f"{len(names) - _NAMED:,} more"] if len(names) > _NAMED else []
    return listed([*names[:_NAMED], *more])


def _sheet_faults(name: str, cells: Any, at: Place) -> Iterator[Finding]:
    """What is wrong with the cells of a sheet."""
    from openpyxl.utils.cell import get_column_letter

    from boardpack.load.number_formats import is_blank
    from boardpack.load.xlsx_cells import UNSAVED, is_hidden, valueless, words

    def say(code: str, message: str, help: str) -> Finding:
        return finding(code, CellPlace(at.source, at.start, at.end, f"sheet `{name}`"), message, help)

    columns = sorted({column for row in cells.cells.values() for column in row})
    high, wide = max(cells.cells) - min(cells.cells) + 1, columns[-1] - columns[0] + 1
    if high > MOST_ROWS or wide > MOST_COLUMNS:
        yield say("file-limits", f"it has {_size(high, wide)}", _SHRINK)
        return
    show = "delete what nobody should see, or show it in Excel"
    if rows := [str(row) for row in sorted(cells.cells) if row in cells.hidden_rows]:
        yield say("hidden-cells", f"{_are('row', rows)} hidden", show)
    if hidden := [get_column_letter(column) for column in columns if is_hidden(cells, column)]:
        yield say("hidden-cells", f"{_are('column', hidden)} hidden", show)
    hides: Mapping[str, Callable[[Any], bool]] = {
        "by the number format": lambda cell: is_blank(cell.format),
        "in white on white": lambda cell: bool(cell.faint),
    }
    for how, hidden_by in hides.items():
        if named := [_name(row, column) for row, column, cell in _each(cells) if hidden_by(cell)]:
            yield say("hidden-cells", f"{_are('cell', named)} hidden {how}", show)
    for fault, places in valueless(cells.cells, columns).items():
        where = f"cell{'s' * (len(places) > 1)} {_some(places)}"
        if fault == UNSAVED:
            yield say("no-value", f"{where}: a formula without its result", "open the workbook in Excel and save it")
        else:
            yield say("no-value", f"{where}: the error {fault}", "mend the formula in Excel and save the workbook")
    illegal = (illegal_in(words(cell)) for _, _, cell in _each(cells))
    if sign := next(filter(None, illegal), ""):
        yield illegal_character(sign, CellPlace(at.source, at.start, at.end, f"sheet `{name}`"))


def _each(cells: Any) -> Iterator[tuple[int, int, Any]]:
    """Every cell with its row and column, in their order."""
    for row, values in sorted(cells.cells.items()):
        yield from ((row, column, cell) for column, cell in sorted(values.items()))


def _name(row: int, column: int) -> str:
    from openpyxl.utils.cell import get_column_letter

    return f"{get_column_letter(column)}{row}"


def _size(rows: int, columns: int) -> str:
    many = [f"{count:,} {noun}{'s' * (count != 1)}" for count, noun in ((rows, "row"), (columns, "column"))]
    return f"{listed(many)}; {MOST_ROWS:,} and {MOST_COLUMNS} are the most that print"


def _are(noun: str, names: Sequence[str]) -> str:
    return f"{noun}s {_some(names)} are" if len(names) > 1 else f"{noun} {names[0]} is"


_LEFT_OUT: Sequence[tuple[str, str]] = (
    (r"xl/(?:comments\d*|threadedComments/[^/]+)\.xml|xl/comments/[^/]+\.xml", "its comments"),
    (r"xl/charts/chart[^/]*\.xml", "its charts"),
    (r"xl/media/[^/]+", "its pictures"),
    (r"xl/externalLinks/[^/]+\.xml", "the links to other workbooks, from which some of its figures may come"),
    (r"xl/embeddings/[^/]+", "what is embedded in it"),
    (r"xl/(?:ctrlProps|activeX)/[^/]+", "its buttons"),
    (r"xl/pivotCache/[^/]+\.xml", "the figures behind its pivot tables"),
    (r"xl/chartsheets/[^/]+\.xml", "its chart sheets"),
)
"""Parts of a workbook of which nothing prints, by their names."""


def _left_out(path: Path, archive: Any, at: Place) -> Iterator[Finding]:
    """What a reader of the workbook would see and no table shows."""
    names = archive.namelist()
    found = Counter(words for pattern, words in _LEFT_OUT for name in names if re.fullmatch(pattern, name))
    shapes = any(
        re.fullmatch(r"xl/drawings/drawing\d*\.xml", name) and b"<xdr:sp>" in archive.read(name) for name in names
    )
    if said := [*found, *(["its drawn shapes"] if shapes else [])]:
        help = "see that nothing is missed; a PDF made in Excel prints all that its pages show"
        yield finding("cleaned-file", at, f"`{path.name}` prints without {listed(said)}", help)


def _printed(name: str, cells: Any) -> PrintedSheet:
    """A sheet from its first to its last filled cell; single cells above the table are lines above it."""
    columns = [column for row in cells.cells.values() for column in row]
    first, last = min(columns), max(columns)
    values = {row: {n: _cell(cell) for n, cell in each.items()} for row, each in cells.cells.items()}
    above: list[str] = []
    rows = sorted(row for row, each in values.items() if any(cell.text for cell in each.values()))
    while len(rows) > 1 and last > first and len(_filled(values[rows[0]])) == 1:
        above.append(_filled(values[rows[0]])[0].text)
        del rows[0]
    if rows:
        _fill(values, cells.merged.values(), rows[0], (first, last))
        rows = sorted(row for row in values if row >= rows[0] and _filled(values[row]))
    kept = [column for column in range(first, last + 1) if any(values[row].get(column) for row in rows)]
    empty = SheetCell("")
    return PrintedSheet(
        name, tuple(above), tuple(tuple(values[row].get(column, empty) for column in kept) for row in rows)
    )


def _filled(row: Mapping[int, SheetCell]) -> list[SheetCell]:
    return [cell for cell in row.values() if cell.text]


def _fill(values: dict[int, dict[int, SheetCell]], merged: Any, header: int, columns: tuple[int, int]) -> None:
    """Give every row that a merged cell runs down its words, and in the header every column.

    Elsewhere a cell merged across keeps its words in the first column: a note below a table would be said in each.
    """
    room = MOST_ROWS * MOST_COLUMNS  # cells that are merged do not overlap, so that more than all is a trick
    for left, top, right, bottom in merged:
        cell = values.get(top, {}).get(left)
        room -= min(bottom - top, MOST_ROWS) + 1
        if cell is None or room < 0:
            continue
        across = right if top == header and (left, right) != columns else left
        for row in [row for row in range(top, min(bottom, max(values)) + 1) if row in values]:
            for column in range(left, min(across, columns[1]) + 1):
                values[row][column] = cell


def _cell(cell: Any) -> SheetCell:
    """A cell as Excel shows it."""
    from boardpack.load import number_formats, xlsx_cells

    value = cell.value
    if isinstance(value, bool) or not isinstance(value, (int, float, date)):
        return SheetCell(xlsx_cells.words(cell).replace("  \n", "\n"))
    if isinstance(value, date):
        return SheetCell(number_formats.moment(value, cell.format))
    return SheetCell(number_formats.figure(value, cell.format), figure=True)


def _csv(path: Path, at: Place, found: list[Finding]) -> tuple[PrintedSheet, ...]:
    source = read_source(path)
    if isinstance(source, Finding):
        found.append(source)
        return ()
    if illegal := illegal_characters(source):
        found.extend(illegal)
        return ()
    try:
        sign = max(_DELIMITERS, key=source.text.partition("\n")[0].count)
        lines = csv.reader(source.text.splitlines(keepends=True), delimiter=sign, strict=True)
        rows = [[cell.strip() for cell in row] for row in lines if any(cell.strip() for cell in row)]
    except csv.Error:
        help = 'put quotation marks around the whole cell, and write a quotation mark inside it twice: ""'
        found.append(finding("csv-syntax", at, f"the quotation marks of `{path.name}` do not pair up", help))
        return ()
    if not rows:
        found.append(finding("empty-file", at, f"`{path.name}` holds nothing", "name another file"))
        return ()
    if fault := _csv_fault(path, rows, at):
        found.append(fault)
        return ()
    used = [n for n in range(len(rows[0])) if any(row[n] for row in rows)]
    figures = {n: all(not row[n] or _FIGURE.fullmatch(row[n]) for row in rows[1:]) for n in used}
    cells = tuple(tuple(SheetCell(row[n], figures[n] and bool(index)) for n in used) for index, row in enumerate(rows))
    return (PrintedSheet("", (), cells),)


def _csv_fault(path: Path, rows: Sequence[Sequence[str]], at: Place) -> Finding | None:
    if len(rows) > MOST_ROWS or len(rows[0]) > MOST_COLUMNS:
        return finding("file-limits", at, f"`{path.name}` has {_size(len(rows), len(rows[0]))}", _SHRINK)
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            message = f"row {number} of `{path.name}` has {len(row)} cells, the header row {len(rows[0])}"
            help = "give each column a cell; a cell with a comma in it wants quotation marks"
            return finding("row-length", at, message, help)
    return None
