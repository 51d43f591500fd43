"""Tables of a Word file: their grid, spans, borders and colours, fitted to the width that there is (17.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from boardpack.foreign.word.body import blocks, closed
from boardpack.foreign.word.context import Context, content, escape
from boardpack.foreign.word.names import W, on, twips, value
from boardpack.foreign.word.styles import SIDES, Look, borders, run_look, shade

_PADDING: Final = 108
_MOST_COLUMNS: Final = 63
"""More Word does not open."""
_LINE: Final = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
_LOOKS: Final = {
    "firstRow": 0x0020, "lastRow": 0x0040, "firstColumn": 0x0080, "lastColumn": 0x0100,
    "noHBand": 0x0200, "noVBand": 0x0400,
}  # fmt: skip
_PARTS: Final = ("band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstCol", "lastCol", "lastRow", "firstRow")
"""Parts of a table that its style may set apart; a later one goes over an earlier (17.7.6)."""
_DIRECTIONS: Final = frozenset(("btLr", "tbRl"))


@dataclass(frozen=True)
class _Part:
    """What a style says of a part of a table: its runs, the colour behind, its borders."""

    run: Look
    shade: str | None
    borders: Mapping[str, str]


@dataclass(frozen=True)
class _Cell:
    """A cell in its place: the column that it begins in and how many it takes."""

    element: Any
    column: int
    span: int


@dataclass(frozen=True)
class _Row:
    element: Any
    cells: tuple[_Cell, ...]
    before: int
    after: int


@dataclass(frozen=True)
class _Design:
    """A table's style: what it says of the whole, of its parts, which of these show."""

    whole: _Part
    parts: Mapping[str, _Part]
    shown: Mapping[str, bool]
    rows: int
    columns: int

    def at(self, row: int, cell: _Cell) -> Iterator[_Part]:
        """What goes for a cell, the later over the earlier."""
        yield self.whole
        if not self.parts:
            return
        first_row, first_column = self.shown["firstRow"], self.shown["firstColumn"]
        in_part = {
            "band1Vert": not self.shown["noVBand"] and (cell.column - first_column) % 2 == 0,
            "band2Vert": not self.shown["noVBand"] and (cell.column - first_column) % 2 == 1,
            "band1Horz": not self.shown["noHBand"] and (row - first_row) % 2 == 0,
            "band2Horz": not self.shown["noHBand"] and (row - first_row) % 2 == 1,
            "firstCol": first_column and cell.column == 0,
            "lastCol": self.shown["lastColumn"] and cell.column + cell.span >= self.columns,
            "lastRow": self.shown["lastRow"] and row == self.rows - 1,
            "firstRow": first_row and row == 0,
        }
        yield from (self.parts[name] for name in _PARTS if in_part[name] and name in self.parts)


def table(context: Context, element: Any) -> str:
    """A table; empty where no row of it prints."""
    rows = list(_rows(context, element))
    if not rows:
        return ""
    properties = element.find(f"{W}tblPr")
    widths = _widths(element, properties, rows, context)
    design = _design(context, properties, len(rows), len(widths))
    own = {} if properties is None else _own_borders(properties)
    edges = {**design.whole.borders, **own}
    drawn, heads = [], True
    for index, row in enumerate(rows):
        heads = heads and _says(row.element.find(f"{W}trPr"), "tblHeader") and index < len(rows) - 1
        drawn.append(_row(context, row, index, widths, design, heads=heads))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    said = _properties(properties, widths, edges, context.width)
    return f"<w:tbl>{said}<w:tblGrid>{grid}</w:tblGrid>{''.join(drawn)}</w:tbl>"


def boxed(xml: str, width: int, fill: str, *, line: bool) -> str:
    """Blocks in a box: a table of one cell."""
    border = _LINE if line else 'w:val="nil"'
    edges = dict.fromkeys(("top", "left", "bottom", "right"), border)
    colour = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tbl>{_properties(None, [width], edges, width)}<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{colour}</w:tcPr>{xml}</w:tc></w:tr></w:tbl>'
    )


def _says(properties: Any, name: str) -> bool:
    child = None if properties is None else properties.find(W + name)
    return child is not None and on(child)


def _rows(context: Context, element: Any) -> Iterator[_Row]:
    for row in content(element):
        if row.tag != f"{W}tr":
            context.seen.lost[f"`{row.tag.rpartition('}')[2]}`"] += 1
            continue
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        if _says(properties, "hidden"):
            context.seen.left_out["a hidden row of a table"] += 1
            continue
        before, after = (_count(value(properties, name), 0) for name in ("gridBefore", "gridAfter"))
        cells, column = [], before
        for cell in content(row):
            if cell.tag == f"{W}tc":
                span = max(1, _count(value(cell.find(f"{W}tcPr"), "gridSpan"), 1))
                cells.append(_Cell(cell, column, span))
                column += span
        if cells:
            yield _Row(row, tuple(cells), before, after)


def _count(said: str | None, default: int) -> int:
    return min(max(twips(said, default), 0), _MOST_COLUMNS)


def _widths(element: Any, properties: Any, rows: list[_Row], context: Context) -> list[int]:
    """The widths of the columns: as much of the page as they took of their own, and never more than there is."""
    room = context.width
    grid = element.find(f"{W}tblGrid")
    asked = [] if grid is None else [max(twips(each.get(f"{W}w")), 0) for each in grid.iterfind(f"{W}gridCol")]
    columns = max(row.cells[-1].column + row.cells[-1].span + row.after for row in rows)
    asked = (asked + [0] * columns)[:columns]
    for row in rows:
        for cell in row.cells:
            width = cell.element.find(f"{W}tcPr/{W}tcW")
            if cell.span == 1 and not asked[cell.column] and width is not None and width.get(f"{W}type") == "dxa":
                asked[cell.column] = max(twips(width.get(f"{W}w")), 0)
    known = [width for width in asked if width]
    typical = sum(known) // len(known) if known else max(room // columns, 1)
    asked = [width or typical for width in asked]
    whole = _whole(properties, round(sum(asked) * context.scale), room)
    widths = [max(width * whole // sum(asked), 1) for width in asked]
    widths[-1] += max(whole - sum(widths), 0)
    return widths


def _whole(properties: Any, asked: int, room: int) -> int:
    """The width of a table: what its columns take, or the part of the room that it asks for, in fiftieths of 1 %."""
    width = None if properties is None else properties.find(f"{W}tblW")
    said = "" if width is None else width.get(f"{W}w", "")
    if width is not None and (width.get(f"{W}type") == "pct" or said.endswith("%")):
        part = twips(said[:-1]) * 50 if said.endswith("%") else twips(said)
        return max(min(room * part // 5000, room), 200) if part > 0 else min(asked, room)
    return min(asked, room)


def _properties(properties: Any, widths: list[int], edges: Mapping[str, str], room: int) -> str:
    """``w:tblPr`` (17.4.59); a table that floats stands in the text."""
    aligned = {"center": "center", "right": "right", "end": "right"}.get(value(properties, "jc") or "", "")
    drawn = "".join(f"<w:{side} {edges[side]}/>" for side in SIDES if side in edges)
    margins = None if properties is None else properties.find(f"{W}tblCellMar")
    padding = {"left": _PADDING, "right": _PADDING}
    for side in ("top", "left", "bottom", "right"):
        child = None if margins is None else margins.find(W + side)
        if child is not None and child.get(f"{W}type", "dxa") == "dxa":
            padding[side] = min(max(twips(child.get(f"{W}w")), 0), 400)
    inner = "".join(
        f'<w:{s} w:w="{padding[s]}" w:type="dxa"/>' for s in ("top", "left", "bottom", "right") if s in padding
    )
    indent = _indent(properties, room - sum(widths))
    name, words = (escape((value(properties, each) or "")[:250]) for each in ("tblCaption", "tblDescription"))
    return (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        + (f'<w:jc w:val="{aligned}"/>' if aligned else "")
        + (f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent and not aligned else "")
        + (f"<w:tblBorders>{drawn}</w:tblBorders>" if drawn else "")
        + f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{inner}</w:tblCellMar>'
        + (f'<w:tblCaption w:val="{name}"/>' if name else "")
        + (f'<w:tblDescription w:val="{words}"/>' if words else "")
        + "</w:tblPr>"
    )


def _indent(properties: Any, spare: int) -> int:
    asked = None if properties is None else properties.find(f"{W}tblInd")
    return 0 if asked is None else min(max(twips(asked.get(f"{W}w")), 0), max(spare, 0))


def _own_borders(properties: Any) -> dict[str, str]:
    own = properties.find(f"{W}tblBorders")
    return {} if own is None else borders(own)


def _design(context: Context, properties: Any, rows: int, columns: int) -> _Design:
    style = context.styles.style(value(properties, "tblStyle") or context.styles.table)
    chain = []
    while style.element is not None:
        chain.append(style.element)
        if style.base is None:
            break
        style = style.base
    whole, parts = _Part({}, None, {}), dict[str, _Part]()
    for element in reversed(chain):
        whole = _over(whole, element)
        for each in element.iterfind(f"{W}tblStylePr"):
            name = each.get(f"{W}type", "")
            parts[name] = _over(parts.get(name, _Part({}, None, {})), each)
    look = None if properties is None else properties.find(f"{W}tblLook")
    shown = {name: _shown(look, name, bit) for name, bit in _LOOKS.items()}
    return _Design(whole, parts, shown, rows, columns)


def _over(part: _Part, element: Any) -> _Part:
    colour = element.find(f"{W}tcPr/{W}shd")
    colour = element.find(f"{W}tblPr/{W}shd") if colour is None else colour
    edges = dict(part.borders)
    for place in (f"{W}tblPr/{W}tblBorders", f"{W}tcPr/{W}tcBorders"):
        found = element.find(place)
        edges |= {} if found is None else borders(found)
    return _Part(
        {**part.run, **run_look(element.find(f"{W}rPr"))}, part.shade if colour is None else shade(colour), edges
    )


def _shown(look: Any, name: str, bit: int) -> bool:
    """Which parts of a table its style sets apart (``w:tblLook``, 17.4.55), said in words or as bits."""
    if look is None:
        return name in {"noHBand", "noVBand"}
    if (said := look.get(W + name)) is not None:
        return said in {"1", "true", "on"}
    try:
        return bool(int(look.get(f"{W}val", "0"), 16) & bit)
    except ValueError:
        return False


def _row(context: Context, row: _Row, index: int, widths: list[int], design: _Design, *, heads: bool) -> str:
    properties = row.element.find(f"{W}trPr")
    said = ""
    if row.before:
        said += f'<w:gridBefore w:val="{row.before}"/>'
    if row.after:
        said += f'<w:gridAfter w:val="{row.after}"/>'
    if row.before:
        said += f'<w:wBefore w:w="{sum(widths[: row.before])}" w:type="dxa"/>'
    if row.after:
        said += f'<w:wAfter w:w="{sum(widths[-row.after :])}" w:type="dxa"/>'
    said += "<w:cantSplit/>" if _says(properties, "cantSplit") else ""
    height = None if properties is None else properties.find(f"{W}trHeight")
    if height is not None and twips(height.get(f"{W}val")) > 0:
        least = min(twips(height.get(f"{W}val")), context.height // 2)
        said += f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>'
    said += "<w:tblHeader/>" if heads else ""
    cells = "".join(_cell(context, cell, index, widths, design) for cell in row.cells)
    return f"<w:tr>{f'<w:trPr>{said}</w:trPr>' if said else ''}{cells}</w:tr>"


def _cell(context: Context, cell: _Cell, row: int, widths: list[int], design: _Design) -> str:
    properties = cell.element.find(f"{W}tcPr")
    width = max(sum(widths[cell.column : cell.column + cell.span]), 1)
    run: dict[str, Any] = {}
    colour, edges = "", dict[str, str]()
    for part in design.at(row, cell):
        run |= part.run
        colour = colour if part.shade is None else part.shade
        if part is not design.whole:
            edges |= {side: border for side, border in part.borders.items() if not side.startswith("inside")}
    said, joined = "", ""
    if properties is not None:
        own = properties.find(f"{W}shd")
        colour = colour if own is None else shade(own)
        found = properties.find(f"{W}tcBorders")
        edges |= {} if found is None else {s: b for s, b in borders(found).items() if not s.startswith("inside")}
        said, joined = _cell_says(properties), _joined(properties)
    inner = context.but(
        width=max(width - 2 * _PADDING, 200),
        below={**context.below, **run},
        behind=colour or context.behind,
        text_style=context.text_style if context.in_note else "TableText",
    )
    xml = blocks(inner, content(cell.element))
    if joined == "<w:vMerge/>":  # what stands in the rest of merged cells does not show
        if "<w:t " in xml:
            context.seen.left_out["hidden text"] += 1
        xml = ""
    edge = "".join(f"<w:{side} {edges[side]}/>" for side in SIDES if side in edges)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else "")
        + joined
        + (f"<w:tcBorders>{edge}</w:tcBorders>" if edge else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else "")
        + f"{said}</w:tcPr>{closed(xml, inner.text_style)}</w:tc>"
    )


def _joined(properties: Any) -> str:
    """Whether a cell begins or goes on cells merged downwards (``w:vMerge``, 17.4.84)."""
    child = properties.find(f"{W}vMerge")
    if child is None:
        return ""
    return '<w:vMerge w:val="restart"/>' if child.get(f"{W}val") == "restart" else "<w:vMerge/>"


def _cell_says(properties: Any) -> str:
    direction, aligned = value(properties, "textDirection"), value(properties, "vAlign")
    said = f'<w:textDirection w:val="{direction}"/>' if direction in _DIRECTIONS else ""
    return said + (f'<w:vAlign w:val="{aligned}"/>' if aligned in {"center", "bottom"} else "")
