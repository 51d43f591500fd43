"""Tables as WordprocessingML (ECMA-376 part 1, 17.4): real header rows, no merged cells, widths from the content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from boardpack.word.markup import escape
from boardpack.word.metrics import longest_word, text_width

TEXT_SIZE = 10.5
"""Points of table text in the house style that comes with the program; widths are shared out by it."""
_PADDING = 240
_TAGS = re.compile(r"<[^>]+>|\0[^\0]*\0")
_PARAGRAPH_END = re.compile(r"</w:p>|<w:br/>")
_STYLED = re.compile(r'(<w:pStyle w:val="\w+"/>)(?!<w:keepNext)')
_SHORT = 12
"""How many lines of text a table may have that is kept whole on one page."""
_TOGETHER = 5
"""How many lines of a longer table stay together at its beginning and at its end."""
SMALLEST = 7.0
"""The smallest type, in points, that a table may be set in so that no word or figure in it is broken."""

RowKind = Literal["header", "body", "group", "total"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs, and a colour behind them (RRGGBB) that never carries the meaning alone."""

    xml: str
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, one for each column."""

    cells: Sequence[Cell]
    kind: RowKind = "body"


def paragraph(style: str, runs: str, *, keep: bool = False, right: bool = False) -> str:
    """A paragraph of a style; ``keep`` holds it on one page with the next, ``right`` sets it against the right edge."""
    kept = "<w:keepNext/>" if keep else ""
    set_right = '<w:jc w:val="right"/>' if right else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{set_right}</w:pPr>{runs}</w:p>'


def spaced(blocks: str, style: str) -> str:
    """A cell's blocks with a little room below each paragraph of this style but the last."""
    plain = re.compile(rf'(<w:pStyle w:val="{style}"/>(?:<w:bidi/>)?)(?=</w:pPr>)')
    last = max(blocks.rfind("<w:p>"), 0)
    return plain.sub(r'\1<w:spacing w:after="80"/>', blocks[:last]) + blocks[last:]


def table(
    rows: Sequence[Row],
    widths: Sequence[int],
    *,
    style: str = "HouseTable",
    title: str = "",
    first_column: bool = False,
) -> str:
    """A table of these rows; ``title`` is its name for those who hear it read (``w:tblCaption``)."""
    header = any(row.kind == "header" for row in rows)
    last = any(row.kind == "total" for row in rows)
    look = (
        f'<w:tblLook w:val="0000" w:firstRow="{header:d}" w:lastRow="{last and rows[-1].kind == "total":d}" '
        f'w:firstColumn="{first_column:d}" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    )
    caption = f'<w:tblCaption w:val="{escape(title)}"/>' if title else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(_row(row, widths, keep=keep) for row, keep in zip(rows, _kept(rows, widths), strict=True))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def _kept(rows: Sequence[Row], widths: Sequence[int]) -> list[bool]:
    """Which rows stay on one page with the next: of a short table all, of a long one a few lines at its ends.

    Word and LibreOffice keep a row with the next where its paragraphs are kept with the next.
    """
    lines = [_lines(row, widths) for row in rows]
    whole, above, kept = sum(lines), 0.0, []
    for row, height in zip(rows, lines, strict=True):
        above += height
        near_an_end = above <= _TOGETHER or whole - above <= _TOGETHER
        kept.append(whole <= _SHORT or near_an_end or row.kind in {"header", "group"})
    return [*kept[:-1], False]


def _lines(row: Row, widths: Sequence[int]) -> float:
    """About how many lines the row's longest cell takes."""
    return max(
        sum(1 + text_width(line, TEXT_SIZE) // max(width - _PADDING, 200) for line in words(cell.xml))
        for cell, width in zip(row.cells, widths, strict=True)
    )


def _row(row: Row, widths: Sequence[int], *, keep: bool) -> str:
    # A row that is longer than a page splits all the same, in Word and in LibreOffice.
    header = "<w:tblHeader/>" if row.kind == "header" else ""
    cells = "".join(_cell(cell, width) for cell, width in zip(row.cells, widths, strict=True))
    if keep:
        cells = _STYLED.sub(r"\1<w:keepNext/>", cells)
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>"


def _cell(cell: Cell, width: int) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{cell.xml}</w:tc>'


def words(xml: str) -> list[str]:
    """The text of each paragraph or line of some block XML."""
    return [_TAGS.sub("", part) for part in _PARAGRAPH_END.split(xml) if part]


def fit(rows: Sequence[Row], total: int, *, figures: Sequence[bool] = ()) -> tuple[Sequence[Row], list[int]]:
    """Rows and widths of their columns, in twentieths of a point, for a table at most ``total`` wide.

    Every column gets its longest word; columns of ``figures`` get all of their text on one line; what is left goes to
    the others by how much text they would have to break. Where even the longest words do not fit, the type gets
    smaller, since a figure broken in two is read as two.
    """
    asked = [_demand(rows, index, bool(figures) and figures[index]) for index in range(len(rows[0].cells))]
    least = sum(demand.least for demand in asked)
    if least > total:
        padding = _PADDING * len(asked)
        scale = (total - padding) / (least - padding)
        widths = [(demand.least - _PADDING) * scale + _PADDING for demand in asked]
        size = max(SMALLEST, int(TEXT_SIZE * scale * 2) / 2)
        return [_smaller(row, size) for row in rows], _exact(widths, total)
    most = sum(demand.most for demand in asked)
    if most <= total:
        width = min(total, round(most * _ROOMY))
        return rows, _exact([demand.most * width / most for demand in asked], width)
    return rows, _exact(_poured(asked, total), total)


def _smaller(row: Row, size: float) -> Row:
    """The same row in smaller type (``w:sz``, 17.3.2.38, in half points)."""
    mark = f'<w:sz w:val="{round(size * 2)}"/>'

    def resized(cell: Cell) -> Cell:
        xml = _PROPERTIES_END.sub(lambda match: mark + match[0], cell.xml)
        return Cell(_BARE_RUN.sub(f"<w:r><w:rPr>{mark}</w:rPr>", xml), cell.fill)

    return Row([resized(cell) for cell in row.cells], row.kind)


_PROPERTIES_END = re.compile(r"(?:<w:rtl/>)?</w:rPr>")
_BARE_RUN = re.compile(r"<w:r>(?!<w:rPr>)")
_ROOMY = 1.4
"""How much wider than its content a table may be drawn; a wider one is hard to follow along a row."""


@dataclass(frozen=True, slots=True)
class _Demand:
    """What a column asks for: its longest word, all its text on one line, a weight for the text that has to break."""

    least: float
    most: float
    weight: float


def _demand(rows: Sequence[Row], index: int, figure: bool) -> _Demand:
    least = most = 0.0
    held: list[float] = []
    for row in rows[:400]:
        if row.kind == "group":
            # A group's label stands in the first column alone, since cells are not merged: at most two lines of it.
            label = max((text_width(line, TEXT_SIZE, bold=True) for line in words(row.cells[index].xml)), default=0.0)
            least = max(least, label * 0.6 + _PADDING)
            continue
        bold = row.kind != "body"
        lines = words(row.cells[index].xml)
        widths = [text_width(line, TEXT_SIZE, bold=bold) for line in lines]
        whole = max(widths, default=0.0)
        unbroken = figure and row.kind != "header"
        word = whole if unbroken else max((longest_word(line, TEXT_SIZE, bold=bold) for line in lines), default=0.0)
        least, most = max(least, word + _PADDING), max(most, whole + _PADDING)
        if row.kind != "header":
            held.append(sum(widths))
    broken = sum(max(0.0, width + _PADDING - least) for width in held)
    return _Demand(least, most, max(broken, 1.0) ** 0.75)


def _poured(asked: Sequence[_Demand], total: int) -> list[float]:
    """Share out what the longest words leave, by weight, and no more to any column than puts it on one line."""
    widths = [demand.least for demand in asked]
    thirsty = list(range(len(asked)))
    while thirsty and (spare := total - sum(widths)) > 1:
        weight = sum(asked[index].weight for index in thirsty)
        for index in thirsty:
            room = asked[index].most - widths[index]
            widths[index] += min(room, spare * asked[index].weight / weight)
        thirsty = [index for index in thirsty if asked[index].most - widths[index] > 1]
    return widths


def _exact(widths: Sequence[float], total: int) -> list[int]:
    whole = [int(width) for width in widths]
    whole[-1] += total - sum(whole)
    return whole
