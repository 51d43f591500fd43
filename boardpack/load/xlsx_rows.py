"""An Excel sheet -> the rows that a table takes from it, in the order of the table's columns.

The first row that holds anything names the columns; a row below it is taken where one of the table's cells holds
anything. What a reader of the sheet does not see, or sees otherwise, is refused and never printed by the way: hidden
rows and columns, merged cells, errors, formulas whose results were not saved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl.utils.cell import get_column_letter

from boardpack.diagnostics import CellPlace, Finding, Place, finding
from boardpack.load.header import Header, taken
from boardpack.load.source import illegal_character, illegal_in
from boardpack.load.workbook import RefusedError, Sheet, Workbook, open_workbook
from boardpack.load.xlsx_cells import UNSAVED, Area, Cell, Cells, is_hidden, read_cells, valueless, words
from boardpack.model.sentences import listed
from boardpack.model.table import Column
from boardpack.model.text import Text

_NAMED = 5
"""How many cells, rows or columns a finding names; it counts the others."""


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
        rows = read_cells(book, sheet) if sheet else None
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


def _texts(rows: Cells, name: str, at: Place, columns: Sequence[Column], found: list[Finding]) -> Iterator[list[Text]]:
    label = f"sheet `{name}`"
    if not rows.cells:
        help = "write the names of the columns in its first row and the rows below"
        found.append(finding("empty-file", at, f"the {label} holds nothing", help))
        return
    first = min(rows.cells)
    header = rows.cells[first]
    names = [words(header.get(column)) for column in range(1, max(header) + 1)]
    order = [index + 1 for index in taken(Header(names, at, f"the {label}", "its first row"), columns, found)]
    if not order:
        return
    kept = {row: cells for row, cells in rows.cells.items() if row > first and any(words(cells.get(n)) for n in order)}
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


def _text(cell: Cell | None, at: CellPlace, found: list[Finding]) -> Text:
    value = words(cell)
    if illegal := illegal_in(value):
        found.append(illegal_character(illegal, at))
    return Text(value, at)


def _left_out(rows: Cells, label: str, at: Place, order: Sequence[int]) -> Iterator[Finding]:
    """Hidden columns that hold something and that the table does not take."""
    filled = {column for cells in rows.cells.values() for column in cells}
    hidden = sorted(column for column in filled if column not in order and is_hidden(rows, column))
    if hidden:
        names = [get_column_letter(column) for column in hidden]
        message = f"the {label} has {_counted('hidden column', names)}, which the table does not take"
        help = "nothing of it prints; delete what nobody should find, since whoever gets the workbook can show it"
        yield finding("hidden-content", at, message, help)


def _faults(
    rows: Cells, kept: Mapping[int, Mapping[int, Cell]], order: Sequence[int], first: int
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the cells that the table takes: code, what a finding says behind the sheet's name, remedy."""
    see = "the pack would print what a reader of the sheet does not see"
    if hidden := [str(row) for row in sorted(kept) if row in rows.hidden_rows]:
        yield "hidden-cells", f"{_named('row', hidden)} hidden", f"show the rows in Excel, or delete them: {see}"
    if hidden := [get_column_letter(column) for column in sorted(set(order)) if is_hidden(rows, column)]:
        yield "hidden-cells", f"{_named('column', hidden)} hidden", f"show the columns in Excel: {see}"
    last = max(kept, default=first)
    if merged := [ref for ref, area in rows.merged.items() if _touches(area, first, last, order)]:
        yield "merged-cells", f"cells {_listed(merged)} are merged", "unmerge them in Excel and fill each of the cells"
    for fault, cells in valueless(kept, order).items():
        named = f"cell{'s' * (len(cells) > 1)} {_listed(cells)}"
        if fault == UNSAVED:
            yield "no-value", f"{named}: a formula without its result", "open the workbook in Excel and save it"
        else:
            yield "no-value", f"{named}: the error {fault}", "mend the formula in Excel and save the workbook"


def _named(noun: str, names: Sequence[str]) -> str:
    return f"{noun}s {_listed(names)} are" if len(names) > 1 else f"{noun} {names[0]} is"


def _touches(area: Area, first: int, last: int, order: Sequence[int]) -> bool:
    """Whether merged cells lie in these rows and columns."""
    left, top, right, bottom = area
    return top <= last and bottom >= first and any(left <= column <= right for column in order)
