"""Tables as HTML: header cells with their scope, groups as bodies of their own, a frame that scrolls where it must.

The frame can be reached by the keyboard, so that whoever has no mouse can scroll it (WCAG 2.2, 2.1.1), and has a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from boardpack.html.markup import element


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its content as HTML, whether it stands against the right edge, and a class for its colour."""

    html: str
    right: bool = False
    shade: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, one for each column; the kind is ``header``, ``body``, ``group`` or ``total``.

    A ``group`` is a row across the table that names the rows below it; only its first cell says something. ``line`` is
    where it stands in its file.
    """

    cells: Sequence[Cell]
    kind: str = "body"
    line: int = 0


def table(
    rows: Sequence[Row],
    *,
    caption: str = "",
    name: str = "Table",
    id: str = "",
    line: int = 0,
    named_rows: bool = False,
) -> str:
    """A table in its frame.

    ``caption`` is HTML; without one the frame is called ``name``. With ``named_rows`` the first cell of each row is
    what the row is about.
    """
    head = [row for row in rows if row.kind == "header"]
    parts = [element("caption", caption, id=f"{id}c" if id else None)] if caption else []
    if head:
        parts.append(element("thead", "".join(_header(row) for row in head)))
    for kind, stretch in _bodies([row for row in rows if row.kind != "header"]):
        parts.append(element(kind, "".join(_row(row, named_rows) for row in stretch)))
    named = {"aria_labelledby": f"{id}c"} if caption and id else {"aria_label": name}
    drawn = element("table", "".join(parts), id=id or None, data_line=line or None)
    return element("div", drawn, class_="frame", role="group", tabindex=0, **named)


def _bodies(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The rows in bodies, a new one where a group begins; the totals that close the table are its foot."""
    closing = len(rows)
    while closing and rows[closing - 1].kind == "total":
        closing -= 1
    # A table whose rows are all totals has no body without them.
    closing = closing or len(rows)
    groups = 0

    def body(row: Row) -> int:
        nonlocal groups
        groups += row.kind == "group"
        return groups

    for _, stretch in groupby(rows[:closing], body):
        yield "tbody", list(stretch)
    if closing < len(rows):
        yield "tfoot", list(rows[closing:])


def _header(row: Row) -> str:
    cells = (
        element("th", cell.html, scope="col", class_=_class(cell)) if cell.html else element("td", class_=_class(cell))
        for cell in row.cells
    )
    return element("tr", "".join(cells), data_line=row.line or None)


def _row(row: Row, named: bool) -> str:
    if row.kind == "group":
        label = element("th", row.cells[0].html, scope="rowgroup", colspan=len(row.cells) if row.cells[1:] else None)
        return element("tr", label, class_="group", data_line=row.line or None)
    cells = "".join(_cell(cell, heads=named and not index) for index, cell in enumerate(row.cells))
    return element("tr", cells, class_="total" if row.kind == "total" else None, data_line=row.line or None)


def _cell(cell: Cell, *, heads: bool) -> str:
    if heads and cell.html:
        return element("th", cell.html, scope="row", class_=_class(cell))
    return element("td", cell.html, class_=_class(cell))


def _class(cell: Cell) -> str | None:
    return " ".join(filter(None, ("figure" * cell.right, cell.shade))) or None
