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


def paragraph(style: str, runs: str, *, keep: bool = False) -> str:
    """A paragraph in a cell; ``keep`` holds it on one page with the next row."""
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>{runs}</w:p>'


def table(
    rows: Sequence[Row], widths: Sequence[int], *, style: str = "HouseTable", title: str = "", first_column: bool = False
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
    body = "".join(_row(row, widths) for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def _row(row: Row, widths: Sequence[int]) -> str:
    # A row that is longer than a page splits all the same, in Word and in LibreOffice.
    header = "<w:tblHeader/>" if row.kind == "header" else ""
    properties = f"<w:trPr><w:cantSplit/>{header}</w:trPr>"
    cells = "".join(_cell(cell, width) for cell, width in zip(row.cells, widths, strict=True))
    return f"<w:tr>{properties}{cells}</w:tr>"


def _cell(cell: Cell, width: int) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{cell.xml}</w:tc>'


def words(xml: str) -> list[str]:
    """The text of each paragraph or line of some block XML."""
    return [_TAGS.sub("", part) for part in _PARAGRAPH_END.split(xml) if part]


def share_out(rows: Sequence[Row], total: int, *, figures: Sequence[bool] = ()) -> list[int]:
    """Widths for the columns, in twentieths of a point, that add up to ``total``.

    Every column gets its longest word; columns of ``figures`` get all of their text on one line; what is left goes to
    the others by how much they hold. Where even the longest words do not fit, all shrink alike.
    """
    count = len(rows[0].cells)
    least, wish = [0.0] * count, [0.0] * count
    for row in rows[:400]:
        for index, cell in enumerate(row.cells):
            lines = words(cell.xml)
            bold = 1.1 if row.kind != "body" else 1.0
            one_line = max((text_width(line, TEXT_SIZE) for line in lines), default=0.0) * bold
            figure = bool(figures) and figures[index] and row.kind in ("body", "total")
            widest = one_line if figure else max((longest_word(line, TEXT_SIZE) for line in lines), default=0.0) * bold
            if row.kind != "group":
                least[index] = max(least[index], widest + _PADDING)
                wish[index] = max(wish[index], one_line + _PADDING + 0.15 * sum(len(line) for line in lines) * 20)
    if sum(least) >= total:
        return _exact([width * total / sum(least) for width in least], total)
    wish = [max(low, min(high, total * 0.75)) for low, high in zip(least, wish, strict=True)]
    if sum(wish) <= total:
        return _exact([width * total / sum(wish) for width in wish], total)
    spare, want = total - sum(least), sum(wish) - sum(least)
    return _exact([low + (high - low) * spare / want for low, high in zip(least, wish, strict=True)], total)


def _exact(widths: Sequence[float], total: int) -> list[int]:
    whole = [int(width) for width in widths]
    whole[-1] += total - sum(whole)
    return whole
