"""A table of a paper -> Table: its columns, and its rows from the paper, a CSV file or an Excel workbook."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from yaml.nodes import MappingNode, Node, SequenceNode

from boardpack.diagnostics import Finding, Place, finding, has_errors
from boardpack.load.cells import is_blank, read_date, read_number
from boardpack.load.csv_rows import read_csv
from boardpack.load.fields import Fields
from boardpack.load.files import find_file
from boardpack.model.board import Board
from boardpack.model.table import NUMERIC, Cell, Column, FootChange, Group, Row, Table
from boardpack.model.text import Text

_HOW = {
    "integer": 'type a whole number such as 1236; with commas it wants quotation marks in a list: "1,236"',
    "number": 'type a figure such as 1236.5; with commas it wants quotation marks in a list: "1,236.5"',
    "money": "type the amount as a figure such as 1236.50; the header names the currency",
    "percent": "type the percentage as a figure such as 12.5",
    "date": "type a date such as 2010-03-11",
}

_OTHERS = {
    ".xls": "is a workbook of Excel 97 to 2003",
    ".xlsm": "is a workbook that may hold macros",
    ".xlsb": "is a binary workbook",
    ".ods": "is an OpenDocument spreadsheet",
}
"""Spreadsheets that are not read, by their suffix."""

_WORDED = frozenset(("text", "date", "rag", "person"))
"""The column types that have no total."""


def build_table(id: str, at: Place, fields: Fields, board: Board, files: list[Path], found: list[Finding]) -> Table:
    """The table under an id, with a cell for each column in every row, however many were typed."""
    columns = tuple(_column(column, board, found) for column in fields.mappings("columns"))
    if not columns or len(columns) != len(fields.items("columns")) or not all(map(_is_whole, columns)):
        # Columns that are missing or broken have their findings; the rows could only be held against too few.
        return Table(id, at, fields.text("caption"), columns=(), rows=())
    _check_columns(columns, fields, found)
    if fields.says("from"):
        before = len(found)
        rows: tuple[Row | Group, ...] = tuple(_from_file(fields, columns, board, files, found))
        if not rows and has_errors(found[before:]):
            # The file has its findings; a stated total could only be held against nothing.
            return Table(id, at, fields.text("caption"), columns=(), rows=())
    else:
        _no_workbook(fields, found)
        rows = tuple(row for node in fields.items("rows") if (row := _row(fields, node, columns, board, found)))
    return Table(
        id=id,
        at=at,
        caption=fields.text("caption"),
        columns=columns,
        rows=rows,
        foot=tuple(_foot(fields, columns, found)),
        landscape=fields.flag("landscape"),
        header=fields.flag("header", True),
        note=fields.text("note"),
        source=fields.text("source"),
        group_label=fields.string("group_label"),
        total_label=fields.string("total_label", "Total"),
        subtotals=_subtotals(fields, columns, rows, found),
        subtotal_label=fields.string("subtotal_label", "Subtotal"),
    )


def _is_whole(column: Column) -> bool:
    """Whether a column has what reading its cells takes."""
    return bool(column.key) and (column.numeric or column.type in _WORDED)


def _column(fields: Fields, board: Board, found: list[Finding]) -> Column:
    key, type = fields.string("key"), fields.string("type", "text")
    change = fields.strings("change")
    total = _total(fields, key, type, board, found)
    return Column(
        key=key,
        label=fields.text("label") or Text(key, fields.at),
        type=type,
        at=fields.at,
        total=total,
        change=(change[0], change[1]) if len(change) == 2 else None,
        total_at=fields.place("total"),
    )


def _total(fields: Fields, key: str, type: str, board: Board, found: list[Finding]) -> Decimal | str | None:
    """A column's total: ``sum``, or the figure, read as a cell is read; other words the schema refuses."""
    typed = fields.string("total")
    if typed != "sum" and not any(character.isdigit() for character in typed):
        return None
    if type in _WORDED:
        message = f"the column `{key}` is of the type `{type}`, which has no total"
        help = "give it the type `integer`, `number`, `money` or `percent`"
        found.append(finding("wrong-value", fields.place("total"), message, help))
        return None
    if typed == "sum":
        return typed
    stated = read_number(typed, type, board.currency)
    if stated is None and type in NUMERIC:
        help = f"write `sum` to have it computed, or {_HOW[type]}"
        found.append(finding("wrong-value", fields.place("total"), f"`{typed}` is not a figure", help))
    return stated


def _check_columns(columns: tuple[Column, ...], fields: Fields, found: list[Finding]) -> None:
    """Keys that stand twice, and changes between columns that are not there or hold no figures."""
    seen: dict[str, Column] = {}
    for column in columns:
        if column.key in seen:
            message = f"two columns of the table have the key `{column.key}`"
            found.append(finding("duplicate-id", column.at.find(column.key), message, "give each its own key"))
        seen.setdefault(column.key, column)
    for column, given in zip(columns, fields.mappings("columns"), strict=False):
        for text in given.texts("change") if column.change else ():
            if _names_figures(text, seen, found) and not column.numeric:
                message = f"the column `{column.key}` states a change but is of the type `{column.type}`"
                help = "give it the type `percent`, `money` or `number`"
                found.append(finding("wrong-value", column.at, message, help))


def _names_figures(text: Text, columns: dict[str, Column], found: list[Finding]) -> bool:
    """Whether a change names a column of typed figures; a finding where it does not."""
    from difflib import get_close_matches

    other = columns.get(text.value.strip())
    if other is None:
        near = get_close_matches(text.value, list(columns), n=1)
        help = f"did you mean `{near[0]}`?" if near else "name two keys of this table, the earlier one first"
        message = f"the table has no column `{text.value}`"
        found.append(finding("unknown-column", text.at, message, help))
    elif not other.numeric or other.change:
        message = f"the column `{text.value}` holds no typed figures, so that nothing can be told of its change"
        help = "give it the type `integer`, `number`, `money` or `percent`"
        found.append(finding("unknown-column", text.at, message, help))
    else:
        return True
    return False


def _subtotals(
    fields: Fields, columns: tuple[Column, ...], rows: tuple[Row | Group, ...], found: list[Finding]
) -> bool:
    """Whether each group is closed by its own sums; a finding where there is no group or nothing to add up."""
    if not fields.flag("subtotals"):
        return False
    message = help = ""
    if not any(isinstance(row, Group) for row in rows):
        message = "the table has no groups to add up"
        help = "open each group by a row such as `{group: South}`, or leave `subtotals` out"
    elif all(column.total is None for column in columns):
        message = "no column of the table has a total, so that a group has nothing to add up"
        help = "write `total: sum` at the columns that add up, or leave `subtotals` out"
    if message:
        found.append(finding("wrong-value", fields.place("subtotals"), message, help))
    return not message


def _row(
    fields: Fields, node: Node, columns: tuple[Column, ...], board: Board, found: list[Finding]
) -> Row | Group | None:
    at = fields.place_of(node)
    if isinstance(node, MappingNode):
        given = Fields(fields.source, node)
        keys = {column.key for column in columns}
        if "group" in given.nodes and "group" not in keys:
            return Group(given.text("group") or Text("", at))
        return _keyed_row(given, columns, board, found)
    if not isinstance(node, SequenceNode):
        return None
    typed = [fields.cell(cell) for cell in node.value]
    return build_row(typed, columns, at, board, found)


def _keyed_row(given: Fields, columns: tuple[Column, ...], board: Board, found: list[Finding]) -> Row:
    """A row as cells by column key; a key that is left out is an empty cell."""
    from difflib import get_close_matches

    keys = [column.key for column in columns]
    for key in given.nodes:
        if key not in keys:
            near = get_close_matches(key, keys, n=1)
            help = f"did you mean `{near[0]}`?" if near else f"the columns are {', '.join(f'`{key}`' for key in keys)}"
            found.append(finding("unknown-column", given.key_place(key), f"the table has no column `{key}`", help))
    typed = {key: given.cell(node) for key, node in given.nodes.items()}
    typed |= {column.key: Text("", given.at) for column in columns if not column.change and column.key not in typed}
    cells = (build_cell(typed[column.key], column, board, found) if column.key in typed else None for column in columns)
    return Row(tuple(cells), given.at)


def build_row(typed: list[Text], columns: tuple[Column, ...], at: Place, board: Board, found: list[Finding]) -> Row:
    """A row from its cells in order; computed columns may be left out, all of them or none."""
    to_type = tuple(column for column in columns if column.change is None)
    if len(typed) != len(columns) and len(typed) != len(to_type):
        message = f"the row has {len(typed)} cell{'s' * (len(typed) != 1)}, the table {len(to_type)} columns"
        if len(to_type) != len(columns):
            message += " to type"
        help = 'give each column a cell, "" for an empty one; a cell with a comma in it wants quotation marks'
        found.append(finding("row-length", at, message, help))
        typed = (typed + [Text("", at)] * len(columns))[: len(to_type)]
    filled = columns if len(typed) == len(columns) else to_type
    cells = {column.key: build_cell(text, column, board, found) for column, text in zip(filled, typed, strict=True)}
    return Row(tuple(cells.get(column.key) for column in columns), at)


def build_cell(text: Text, column: Column, board: Board, found: list[Finding]) -> Cell:
    """A cell with its value, and a finding where it is not of its column's type."""
    if column.type == "text" or is_blank(text.value):
        return Cell(text)
    if column.numeric:
        number = read_number(text.value, column.type, board.currency)
        if number is not None:
            return Cell(text, number)
    elif column.type == "date":
        day = read_date(text.value)
        if day is not None:
            return Cell(text, date=day)
    elif column.type == "person" or board.rating(text.value):
        return Cell(text)
    found.append(_wrong_cell(text, column, board))
    return Cell(text)


def _wrong_cell(text: Text, column: Column, board: Board) -> Finding:
    wanted = {"rag": "a rating of the board", "date": "a date", "integer": "a whole number"}.get(
        column.type, "a figure"
    )
    typed = text.value.strip().partition("\n")[0]
    message = f"`{typed}` is not {wanted}, which the column `{column.label.value}` holds"
    ratings = ", ".join(f"`{rating.letter}` {rating.label}" for rating in board.ratings)
    help = _HOW.get(column.type, f"the ratings are {ratings} and `N/A`")
    if column.type == "rag" and len(typed) == 1 and typed.isalpha() and not typed.isascii():
        message += f"; it is the sign {unicodedata.name(typed, 'of another script').lower()}"
        help = f"type the letter anew; {help}"
    return finding("wrong-cell", text.at.find(typed), message, help)


def _foot(fields: Fields, columns: tuple[Column, ...], found: list[Finding]) -> Iterator[tuple[Text | FootChange, ...]]:
    """The rows under the total; each has a cell for every column, typed or a change between two totals."""
    by_key = {column.key: column for column in reversed(columns)}
    for node in fields.items("foot"):
        if not isinstance(node, SequenceNode):
            continue
        at = fields.place_of(node)
        cells = [_foot_cell(fields, cell, by_key, found) for cell in node.value]
        if len(cells) != len(columns):
            message = f"the row has {len(cells)} cell{'s' * (len(cells) != 1)}, the table {len(columns)} columns"
            help = 'give each column a cell, "" for an empty one'
            found.append(finding("row-length", at, message, help))
            cells = (cells + [Text("", at)] * len(columns))[: len(columns)]
        yield tuple(cells)


def _foot_cell(fields: Fields, node: Node, columns: dict[str, Column], found: list[Finding]) -> Text | FootChange:
    if not isinstance(node, MappingNode):
        return fields.cell(node)
    given = Fields(fields.source, node)
    named, type = given.texts("change"), given.string("type", "percent")
    sound = [_names_figures(text, columns, found) for text in named]
    if len(named) != 2 or not all(sound) or type not in NUMERIC:
        return fields.cell(node)
    was, now = (text.value.strip() for text in named)
    return FootChange((was, now), type)


def _from_file(
    fields: Fields, columns: tuple[Column, ...], board: Board, files: list[Path], found: list[Finding]
) -> Iterator[Row]:
    named, at = fields.string("from"), fields.place("from")
    if not named or at is None:
        return
    if fields.items("rows"):
        message = f"the table has rows here and in `{named}`, and only those of the file would print"
        found.append(finding("wrong-value", fields.key_place("rows"), message, "keep the one and delete the other"))
    path = find_file(fields.source.path.parent, named, at, found)
    if path is None:
        return
    first = path not in files
    files.append(path)
    for typed in _read(path, fields, columns, found, first=first):
        yield build_row(typed, columns, typed[0].at, board, found)


def _no_workbook(fields: Fields, found: list[Finding]) -> None:
    """A finding where a table names a sheet but no workbook."""
    if (sheet := fields.text("sheet")) is not None:
        help = "name the workbook with `from`, or leave `sheet` out"
        found.append(finding("wrong-value", sheet.at, "`sheet` names a sheet, and the table names no workbook", help))


def _read(
    path: Path, fields: Fields, columns: tuple[Column, ...], found: list[Finding], *, first: bool
) -> Iterable[list[Text]]:
    """The rows in a file of a kind that tables are read from; ``first`` where no other table has read it before."""
    named, at, sheet = fields.string("from"), fields.place("from") or fields.at, fields.text("sheet")
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        from boardpack.load.xlsx_rows import hidden_sheets, read_xlsx  # and with it openpyxl, which few papers need

        found.extend(hidden_sheets(path, at) if first else ())
        return read_xlsx(path, sheet, at, columns, found)
    if suffix == ".csv":
        if sheet is not None:
            help = "leave `sheet` out, or name an Excel workbook (.xlsx)"
            found.append(finding("wrong-value", sheet.at, f"`{named}` is a CSV file, which has no sheets", help))
        return read_csv(path, columns, found)
    what = _OTHERS.get(suffix, "is neither a CSV file nor an Excel workbook")
    help = "save the spreadsheet as `Excel Workbook (.xlsx)` or as `CSV UTF-8`, and name that file"
    found.append(finding("wrong-workbook", at, f"`{named}` {what}", help))
    return ()
