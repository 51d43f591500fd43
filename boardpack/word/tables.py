"""Tables as WordprocessingML (ECMA-376 part 1, 17.4): real header rows, no merged cells, widths from the content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from boardpack.word.markup import escape
from boardpack.word.metrics import longest_word, text_width

TEXT_SIZE = 10.5
"""Points of table text in the house style that comes with the program; widths are shared out by it."""
_PADDING = 216
_FIRST, _LONGEST = 400, 20
"""What a cell's margins take: as much as Word gives by itself, and a little more than the house style does."""
_TAGS = re.compile(r"<[^>]+>")
_FIELD = re.compile(r"\x00(?:(?:text|link)\x01[^\x01]*\x01([^\x01\x00]*)[^\x00]*|[^\x00]*)\x00")
_PARAGRAPH_END = re.compile(r"</w:p>|<w:br/>")
_STYLED = re.compile(r'(<w:pStyle w:val="\w+"/>)(?!<w:keepNext)')
_AFTER_SPACING = ("<w:ind ", "<w:jc ", "<w:outlineLvl ")
"""What stands behind ``w:spacing`` in a ``w:pPr`` that this program writes."""
_CLOSING_RULE = re.compile(
    rb'<w:style [^>]*w:styleId="HouseTable">(?:(?!</w:style>).)*?w:type="lastRow">(?:(?!</w:tblStylePr>).)*?'
    rb"<w:tcBorders>(<w:top [^>]*/>)",
    re.DOTALL,
)
_INDENT = re.compile(r'<w:ind w:left="(\d+)"')
_SHORT = 12
"""How many lines of text a table may have that is kept whole on one page."""
_TOGETHER = 5
"""How many lines of a longer table stay together at its beginning and at its end."""
SMALLEST = 7.0
"""The smallest type, in points, that a table may be set in so that no word or figure in it is broken."""

RowKind = Literal["header", "body", "group", "total", "prose"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs, and a colour behind them (RRGGBB) that never carries the meaning alone."""

    xml: str
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, one for each column; one of ``prose`` may be divided between two pages, no other is.

    ``rule`` is a line above it (``w:top``, 17.4.75), for the first of several rows that close a table.
    """

    cells: Sequence[Cell]
    kind: RowKind = "body"
    rule: str = ""


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


def bound(blocks: str) -> str:
    """A cell's blocks, each kept on one page with the next."""
    return _STYLED.sub(r"\1<w:keepNext/>", blocks)


def flush(blocks: str) -> str:
    """A cell's blocks without room above the first paragraph and below the last, whatever their styles give."""
    last = blocks.rindex("<w:pPr>")
    return _unspaced(blocks[:last] + _unspaced(blocks[last:], "after"), "before")


def _unspaced(paragraphs: str, side: str) -> str:
    """No room at one side of the first of these paragraphs (``w:spacing``, 17.3.1.33)."""
    start, end = paragraphs.index("<w:pPr>"), paragraphs.index("</w:pPr>")
    properties = paragraphs[start:end]
    if "<w:spacing" in properties:
        properties = re.sub(rf' w:{side}="\d+"', "", properties).replace("<w:spacing", f'<w:spacing w:{side}="0"')
    else:
        at = min((found for tag in _AFTER_SPACING if (found := properties.find(tag)) >= 0), default=len(properties))
        properties = f'{properties[:at]}<w:spacing w:{side}="0"/>{properties[at:]}'
    return paragraphs[:start] + properties + paragraphs[end:]


def table(
    rows: Sequence[Row],
    widths: Sequence[int],
    *,
    style: str = "HouseTable",
    title: str = "",
    first_column: bool = False,
    noted: bool = False,
) -> str:
    """A table of these rows; ``title`` is its name for those who hear it read (``w:tblCaption``).

    Where it is ``noted``, its last row stays on one page with the paragraph below.
    """
    header = any(row.kind == "header" for row in rows)
    last = bool(rows) and rows[-1].kind == "total" and not any(row.rule for row in rows)
    look = _look(first_row=header, last_row=last, first_column=first_column)
    caption = f'<w:tblCaption w:val="{escape(title)}"/>' if title else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    kept = [*_kept(rows, widths)[:-1], noted]
    body = "".join(_row(row, widths, keep=keep) for row, keep in zip(rows, kept, strict=True))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def _look(*, first_row: bool, last_row: bool, first_column: bool) -> str:
    """Which conditional formats of the table style show (``w:tblLook``, 17.4.55).

    Word reads the attributes, LibreOffice the sum of their bits; columns are never banded.
    """
    value = 0x0020 * first_row + 0x0040 * last_row + 0x0080 * first_column + 0x0400
    return (
        f'<w:tblLook w:val="{value:04X}" w:firstRow="{first_row:d}" w:lastRow="{last_row:d}" '
        f'w:firstColumn="{first_column:d}" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
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
        kept.append(row.kind != "prose" and (whole <= _SHORT or near_an_end or row.kind in {"header", "group"}))
    return kept


def _lines(row: Row, widths: Sequence[int]) -> float:
    """About how many lines the row's longest cell takes."""
    return max(
        sum(1 + text_width(text, TEXT_SIZE) // max(width - _PADDING - indent, 200) for text, indent in _texts(cell.xml))
        for cell, width in zip(row.cells, widths, strict=True)
    )


def _row(row: Row, widths: Sequence[int], *, keep: bool) -> str:
    # A row that is longer than a page splits all the same, in Word and in LibreOffice.
    whole = "" if row.kind == "prose" else "<w:cantSplit/>"
    header = "<w:tblHeader/>" if row.kind == "header" else ""
    cells = "".join(_cell(cell, width, row.rule) for cell, width in zip(row.cells, widths, strict=True))
    if keep:
        cells = bound(cells)
    properties = f"<w:trPr>{whole}{header}</w:trPr>" if whole or header else ""
    return f"<w:tr>{properties}{cells}</w:tr>"


def _cell(cell: Cell, width: int, rule: str) -> str:
    borders = f"<w:tcBorders>{rule}</w:tcBorders>" if rule else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}{shade}</w:tcPr>{cell.xml}</w:tc>'


@cache
def closing_rule(styles: bytes) -> str:
    """The line above the last row of a table in the house style (its ``lastRow``, 17.7.6.6); empty if it has none."""
    found = _CLOSING_RULE.search(styles)
    return found[1].decode() if found else ""


def _texts(xml: str) -> list[tuple[str, int]]:
    """The text of each paragraph or line of a cell, and how far in it stands.

    A page number that is not known yet reads as 000.
    """
    found, indent = [], 0
    if "\0" in xml:
        xml = _FIELD.sub(lambda match: "000" if match[1] is None else match[1], xml)
    for part in _PARAGRAPH_END.split(xml):
        if "<w:pPr>" in part:
            match = _INDENT.search(part)
            indent = int(match[1]) if match else 0
        if part:
            found.append((_TAGS.sub("", part), indent))
    return found


def fit(rows: Sequence[Row], total: int, *, figures: Sequence[bool] = ()) -> tuple[Sequence[Row], list[int]]:
    """Rows and widths of their columns, in twentieths of a point, for a table ``total`` wide.

    Every column gets its longest word; columns of ``figures`` get all of their text on one line; what is left goes to
    the others by how much text they would have to break. Where even the longest words do not fit, the type gets
    smaller, since a figure broken in two is read as two. Only a table that has figures in all columns but the first may
    be narrower, and only by so much that it cannot be taken for a slip.
    """
    asked = [_demand(rows, index, bool(figures) and figures[index]) for index in range(len(rows[0].cells))]
    least = sum(demand.least for demand in asked)
    if least > total:
        padding = _PADDING * len(asked)
        scale = (total - padding) / (least - padding)
        widths = [(demand.least - _PADDING) * scale + _PADDING for demand in asked]
        size = max(SMALLEST, int(TEXT_SIZE * scale * 2) / 2)
        return [_smaller(row, size) for row in rows], _exact(widths, total)
    spare = total - sum(demand.most for demand in asked)
    if spare < 0:
        return rows, _exact(_poured(asked, total), total)
    if len(figures) < 2 or not all(figures[1:]):
        shares = [demand.most / 2 if figures and figures[n] else demand.most for n, demand in enumerate(asked)]
        return rows, _exact(_widened(asked, shares, spare), total)
    roomy = round((total - spare) * _ROOMY)
    width = roomy if roomy < total * _NARROW else total
    return rows, _exact(_widened(asked, [1.0] * len(asked), width - total + spare), width)


def _smaller(row: Row, size: float) -> Row:
    """The same row in smaller type (``w:sz``, 17.3.2.38, in half points)."""
    mark = f'<w:sz w:val="{round(size * 2)}"/>'

    def resized(cell: Cell) -> Cell:
        xml = _PROPERTIES_END.sub(lambda match: mark + match[0], cell.xml)
        return Cell(_BARE_RUN.sub(f"<w:r><w:rPr>{mark}</w:rPr>", xml), cell.fill)

    return Row([resized(cell) for cell in row.cells], row.kind, row.rule)


_PROPERTIES_END = re.compile(r"(?:<w:rtl/>)?</w:rPr>")
_BOLD = re.compile(r'<w:b/>|w:val="(?:Strong|Emphasis)"')
_BARE_RUN = re.compile(r"<w:r>(?!<w:rPr>)")
_ROOMY = 1.4
"""How much wider than its content a table of figures is drawn; a wider one is hard to follow along a row."""
_LITTLE = 567
"""How much a column may ask for before others, so that its cells take one line: 1 cm."""
_NARROW = 2 / 3
"""Of the width of the text how much a table may take that does not take all of it."""


@dataclass(frozen=True, slots=True)
class _Demand:
    """What a column asks for: its longest word, all its text on one line, a weight for the text that has to break.

    ``lines`` is what puts each of its cells on one line, those of the header left aside.
    """

    least: float
    lines: float
    most: float
    weight: float


def _measured(rows: Sequence[Row], index: int, figure: bool) -> Iterable[Row]:
    """The rows whose content decides on a column's width: of a long table the first ones and, of figures, the longest.

    A figure must never be divided; to measure every cell of thousands of rows would take longer than to write them.
    """
    if len(rows) <= _FIRST:
        return rows
    rest = rows[_FIRST:]
    totals = [row for row in rest if row.kind == "total"]
    longest = sorted(rest, key=lambda row: len(row.cells[index].xml), reverse=True)[:_LONGEST] if figure else []
    return (*rows[:_FIRST], *totals, *longest)


def _demand(rows: Sequence[Row], index: int, figure: bool) -> _Demand:
    least = lines = most = 0.0
    held: list[float] = []
    for row in _measured(rows, index, figure):
        if row.kind == "group":
            # A group's label stands in the first column alone, since cells are not merged: at most two lines of it.
            label = max(
                (text_width(text, TEXT_SIZE, bold=True) for text, _ in _texts(row.cells[index].xml)), default=0.0
            )
            least = max(least, label * 0.6 + _PADDING)
            continue
        bold = row.kind != "body" or bool(_BOLD.search(row.cells[index].xml))
        texts = _texts(row.cells[index].xml)
        widths = [text_width(text, TEXT_SIZE, bold=bold) + indent for text, indent in texts]
        whole = max(widths, default=0.0)
        unbroken = figure and row.kind != "header"
        longest = (longest_word(text, TEXT_SIZE, bold=bold) + indent for text, indent in texts)
        word = whole if unbroken else max(longest, default=0.0)
        least, most = max(least, word + _PADDING), max(most, whole + _PADDING)
        if row.kind != "header":
            held.append(sum(widths))
            lines = max(lines, whole + _PADDING)
    broken = sum(max(0.0, width + _PADDING - least) for width in held)
    return _Demand(least, max(lines, least), most, max(broken, 1.0) ** 0.75)


def _widened(asked: Sequence[_Demand], shares: Sequence[float], spare: float) -> list[float]:
    """The columns with all their text on one line, and of what is left each its share."""
    return [demand.most + spare * share / sum(shares) for demand, share in zip(asked, shares, strict=True)]


def _poured(asked: Sequence[_Demand], total: int) -> list[float]:
    """Share out what the longest words leave: first where little keeps cells on one line, then by weight.

    No column gets more than puts it on one line.
    """
    widths = [demand.least for demand in asked]
    for index in sorted(range(len(asked)), key=lambda index: asked[index].lines - asked[index].least):
        little = asked[index].lines - asked[index].least
        if little <= min(_LITTLE, (total - sum(widths)) / 2):
            widths[index] += little
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
