"""Workbooks and CSV files as appendices: each sheet as a table in the house's style, turned where it is wide."""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.model.numbered import Placed
from boardpack.model.paper import Appendix
from boardpack.model.sheet import PrintedSheet, SheetCell
from boardpack.render.prose import Writer
from boardpack.word import sections, tables
from boardpack.word.markup import BREAK, run
from boardpack.word.tables import Cell, Row, paragraph

_AFTER = paragraph("TableEnd", "")


def pages(writer: Writer, entry: Placed[Appendix], title: str) -> str:
    """The title and the sheets of a file, one below the other."""
    xml = ""
    for sheet in entry.part.sheets:
        blocks, turned = _sheet(writer, sheet)
        blocks = title + blocks
        title = ""
        xml += f"{sections.LANDSCAPE}{blocks}{sections.PORTRAIT}" if turned else blocks
    return xml or title


def _sheet(writer: Writer, sheet: PrintedSheet) -> tuple[str, bool]:
    """A sheet, and whether it lies across: it does where its longest words do not fit upright."""
    above = paragraph("Heading2", run(sheet.name)) if sheet.name else ""
    above += "".join(paragraph("BodyText", _lines(line), keep=True) for line in sheet.above)
    if not sheet.rows:
        return above, False
    width = len(sheet.rows[0])
    columns = [[row[n] for row in sheet.rows[1:]] for n in range(width)]
    figures = [any(c.figure for c in column) and all(c.figure or not c.text for c in column) for column in columns]
    rows = [_row(row, index == 0, figures) for index, row in enumerate(sheet.rows)]
    page, turned = writer.page, False
    drawn, widths = tables.fit(rows, page.text_width, figures=figures)
    if drawn is not rows and page.width < page.height:
        page, turned = page.turned(), True
        drawn, widths = tables.fit(rows, page.text_width, figures=figures)
    return above + tables.table(drawn, widths, title=sheet.name) + _AFTER, turned


def _row(row: Sequence[SheetCell], header: bool, figures: Sequence[bool]) -> Row:
    if header:
        cells = [
            Cell(paragraph("TableHeading", _lines(cell.text), keep=True, right=right))
            for cell, right in zip(row, figures, strict=True)
        ]
        return Row(cells, "header")
    return Row([Cell(paragraph("TableFigure" if cell.figure else "TableText", _lines(cell.text))) for cell in row])


def _lines(text: str) -> str:
    return BREAK.join(run(line) for line in text.split("\n"))
