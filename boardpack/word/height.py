"""On which page the parts of a fragment fall, before anything has laid it out.

A guess that saves a layout pass when it is right and costs one when it is wrong; no number is ever printed from it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from boardpack.word.fragment import EMU_PER_TWIP, Fragment
from boardpack.word.metrics import text_width
from boardpack.word.numbering import NUMBERED_INDENT
from boardpack.word.template import House, Page

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCK = re.compile(r"<w:tbl>.*?</w:tbl>|<w:p[ >].*?</w:p>|<w:p/>", re.DOTALL)
_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc>.*?</w:tc>", re.DOTALL)
_CELL_WIDTH = re.compile(r'<w:tcW w:w="(\d+)"')
_TABLE_STYLE = re.compile(r'<w:tblStyle w:val="(\w+)"')
_STYLE = re.compile(r'<w:pStyle w:val="(\w+)"')
_BOOKMARK = re.compile(r'<w:bookmarkStart [^>]*w:name="(\w+)"')
_NOTE = re.compile(r'<w:footnoteReference w:id="(\d+)"')
_INDENT = re.compile(r'<w:ind [^>]*?w:left="(\d+)"')
_PICTURE = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"')
_RUN = re.compile(
    r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?(?:<w:t[^>]*>([^<]*)</w:t>|(<w:br/>)|<w:tab/>)</w:r>"
    r"|\x00text\x01[^\x01]*\x01([^\x01]*)[^\x00]*\x00|(\x00page[^\x00]*\x00)"
)
_CODE_WIDTH = 132.0  # a letter of Courier at 11 points
_BOLD = ("<w:b/>", '"Strong"', '"Emphasis"')
_FACES = {"Arial": (1.0, 1.149), "Calibri": (0.91, 1.221), "Cambria": (0.91, 1.172), "Times New Roman": (0.91, 1.149)}
"""Of each face how wide it sets, measured by Arial, and its ascent, descent and line gap together."""
_DIVIDED = 600.0  # two lines of text: what a paragraph must leave on a page to be divided


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a style takes.

    Of a paragraph: points of type, line spacing as a factor or exact, space around and indent in twips. Of a table:
    the padding of its cells above and below together and at both sides, its outer borders and the one between rows.
    ``keep`` says that a paragraph stays with the next; ``face`` is one of :data:`_FACES`.
    """

    size: float = 12.0
    line: float = 1.0
    exact: float = 0.0
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    bold: bool = False
    face: tuple[float, float] = _FACES["Arial"]
    keep: bool = False
    padding: float = 0.0
    sides: float = 216.0
    outer: float = 0.0
    line_between: float = 0.0


@dataclass
class _Sheets:
    """Pages being filled: how far the present one is, what waits because it stays with the next block."""

    ends: Collection[str]
    room: float = 0.0
    page: int = 0
    filled: float = 0.0
    waiting: list[tuple[str, float]] = field(default_factory=list)
    found: dict[str, int] = field(default_factory=dict)

    def add(self, xml: str, height: float, *, whole: bool, keep: bool) -> None:
        """The next block; one that is not ``whole`` may be divided at the end of a page."""
        if "<w:pageBreakBefore/>" in xml:
            self.turn()
        self.waiting.append((xml, height))
        if keep:
            return
        least = sum(each for _, each in self.waiting[:-1]) + (height if whole else min(height, _DIVIDED))
        if self.filled and self.filled + least > self.room:
            self.page, self.filled = self.page + 1, 0.0
        self._put()

    def turn(self) -> None:
        """Begin a new page, unless nothing stands on this one."""
        self._put()
        if self.filled:
            self.page, self.filled = self.page + 1, 0.0

    def _put(self) -> None:
        for block, height in self.waiting:
            names = _BOOKMARK.findall(block)
            self.found |= {name: self.page for name in names if name not in self.ends}
            self.filled += height
            while self.filled > self.room:
                self.page, self.filled = self.page + 1, self.filled - self.room
            self.found |= {name: self.page for name in names if name in self.ends}
        self.waiting.clear()


def pages(fragment: Fragment, house: House, ends: Collection[str]) -> tuple[dict[str, int], int]:
    """The page on which each bookmark seems to fall, the first being 0, and how many pages there seem to be.

    Of the bookmarks at ``ends`` it is the page on which their block ends, of the others that on which it begins.
    """
    sheets = _Sheets(ends)
    _fill(sheets, fragment, house)
    return sheets.found, max(1, sheets.page + (1 if sheets.filled else 0))


def of(blocks: str, width: float, house: House) -> float:
    """About how high some blocks are, in twentieths of a point, set this wide."""
    return _blocks(blocks, width, _styles(house.parts["word/styles.xml"]))


def _fill(sheets: _Sheets, fragment: Fragment, house: House) -> None:
    """Fill the sheets with the fragment; each of its sections begins on a new page."""
    styles = _styles(house.parts["word/styles.xml"])
    notes = {str(id): _blocks(content, house.page.text_width, styles) for id, content in fragment.notes}
    for part in fragment.xml:
        page = _page_of(part, house.page)
        sheets.turn()
        sheets.room = page.text_height
        for block, height, whole, keep in _pieces(part, page.text_width, styles):
            below = sum(notes[id] for id in _NOTE.findall(block))
            sheets.add(block, height + below, whole=whole, keep=keep)
    sheets.turn()


def _page_of(part: str, page: Page) -> Page:
    """The page that a section of the document lies on."""
    turned = 'w:orient="landscape"' in part
    return page.turned() if turned != (page.width > page.height) else page


def _pieces(xml: str, width: float, styles: Mapping[str, Metrics]) -> Iterator[tuple[str, float, bool, bool]]:
    """Paragraphs and rows: height, whether it stands whole on its page, whether it stays with the next."""
    above = 0.0
    for match in _BLOCK.finditer(xml):
        block = match[0]
        if block.startswith("<w:tbl>"):
            style = _table_style(block, styles)
            above += style.outer
            for row in _ROW.findall(block):
                yield row, above + _row(row, style, styles), "<w:cantSplit/>" in row, "<w:keepNext/>" in row
                above = 0.0
        else:
            metrics = _metrics(block, styles)
            height = max(metrics.before, above) + _lines(block, width, metrics)
            yield block, height, bool(_PICTURE.search(block)), metrics.keep or "<w:keepNext/>" in block
            above = metrics.after


def _blocks(xml: str, width: float, styles: Mapping[str, Metrics]) -> float:
    """The height of some blocks, one below the other."""
    return sum(height for _, height, _, _ in _pieces(xml, width, styles))


def _table_style(table: str, styles: Mapping[str, Metrics]) -> Metrics:
    match = _TABLE_STYLE.search(table)
    return styles.get(match[1] if match else "", Metrics())


def _row(row: str, style: Metrics, styles: Mapping[str, Metrics]) -> float:
    tallest = 0.0
    for cell in _CELL.findall(row):
        match = _CELL_WIDTH.search(cell)
        width = float(match[1]) - style.sides if match else 2000.0
        tallest = max(tallest, _blocks(cell.partition("</w:tcPr>")[2], width, styles))
    return tallest + style.padding + style.line_between


def _metrics(block: str, styles: Mapping[str, Metrics]) -> Metrics:
    match = _STYLE.search(block)
    metrics = styles.get(match[1] if match else "Normal", Metrics())
    if indent := _INDENT.search(block):
        metrics = replace(metrics, indent=float(indent[1]))
    elif "<w:numPr>" in block:
        metrics = replace(metrics, indent=max(metrics.indent, NUMBERED_INDENT))
    return metrics


def _lines(block: str, width: float, metrics: Metrics) -> float:
    picture = _PICTURE.search(block)
    if picture:
        return int(picture[1]) / EMU_PER_TWIP
    room = max(width - metrics.indent, 300.0)
    count = sum(_broken(words, room, metrics) for words in _words(block, metrics))
    return count * (metrics.exact or metrics.size * 20 * metrics.face[1] * metrics.line)


def _words(block: str, metrics: Metrics) -> list[list[float]]:
    """The widths of the words of each line that the author broke; a word may go on from one run into the next."""
    lines: list[list[float]] = [[0.0]]
    for match in _RUN.finditer(block):
        if match[3]:
            lines.append([0.0])
            continue
        text = "00" if match[5] else match[2] or match[4] or ""
        properties = match[1] or ""
        bold = metrics.bold or any(sign in properties for sign in _BOLD)
        if "VerbatimChar" in properties:
            widths = [_CODE_WIDTH * len(word) for word in text.split(" ")]
        else:
            widths = [text_width(word, metrics.size, bold=bold) * metrics.face[0] for word in text.split(" ")]
        lines[-1][-1] += widths[0]
        lines[-1] += widths[1:]
    return lines


def _broken(words: list[float], room: float, metrics: Metrics) -> int:
    """How many lines words of these widths take when they are set one after another."""
    space = text_width(" ", metrics.size) * metrics.face[0]
    lines, filled = 1, 0.0
    for width in words:
        if filled and filled + space + width > room:
            lines, filled = lines + 1, width
        else:
            filled += width + (space if filled else 0.0)
        while filled > room:
            lines, filled = lines + 1, filled - room
    return lines


@cache
def _styles(data: bytes) -> dict[str, Metrics]:
    """The metrics of every paragraph style, what it is based on included (``w:basedOn``, 17.7.4.3)."""
    from lxml import etree

    root = etree.fromstring(data)
    elements = {str(style.get(f"{_W}styleId")): style for style in root.iter(f"{_W}style")}
    base = _applied(Metrics(size=10.0), root.find(f"{_W}docDefaults"))
    found: dict[str, Metrics] = {}

    def metrics(id: str) -> Metrics:
        if id not in found:
            style = elements[id]
            parent = style.find(f"{_W}basedOn")
            inherited = metrics(str(parent.get(f"{_W}val"))) if parent is not None else base
            found[id] = _applied(inherited, style)
        return found[id]

    return {id: metrics(id) for id in elements}


def _applied(metrics: Metrics, element: Any) -> Metrics:
    if element is None:
        return metrics
    changes: dict[str, Any] = {}
    for spacing in element.iter(f"{_W}spacing"):
        for name in ("before", "after"):
            if value := spacing.get(f"{_W}{name}"):
                changes[name] = float(value)
        if value := spacing.get(f"{_W}line"):
            exact = spacing.get(f"{_W}lineRule") in ("exact", "atLeast")
            changes |= {"exact": float(value)} if exact else {"line": float(value) / 240, "exact": 0.0}
    for size in element.iter(f"{_W}sz"):
        changes["size"] = float(size.get(f"{_W}val")) / 2
    for fonts in element.iter(f"{_W}rFonts"):
        changes["face"] = _FACES.get(str(fonts.get(f"{_W}ascii")), metrics.face)
    changes |= _switches(element, bold="b", keep="keepNext")
    for indent in element.iter(f"{_W}ind"):
        changes["indent"] = sum(float(indent.get(f"{_W}{side}") or 0) for side in ("left", "right"))
    changes |= _borders(element)
    return replace(metrics, **changes)


def _switches(element: Any, **tags: str) -> dict[str, bool]:
    """What an element turns on or off (``w:val`` of 17.17.4, on where it is left out), by the names given."""
    found = {name: list(element.iter(f"{_W}{tag}")) for name, tag in tags.items()}
    return {name: said[-1].get(f"{_W}val") not in ("0", "false") for name, said in found.items() if said}


def _borders(style: Any) -> dict[str, float]:
    """Cell margins and borders of a table style (``w:tblCellMar``, ``w:tblBorders``)."""
    margins, borders = style.find(f"{_W}tblPr/{_W}tblCellMar"), style.find(f"{_W}tblPr/{_W}tblBorders")
    changes: dict[str, float] = {}
    if margins is not None:
        width = {side.tag.removeprefix(_W): float(side.get(f"{_W}w") or 0) for side in margins}
        changes |= {"padding": width.get("top", 0) + width.get("bottom", 0)}
        changes |= {"sides": width.get("left", 0) + width.get("right", 0)}
    if borders is not None:
        thick = {side.tag.removeprefix(_W): float(side.get(f"{_W}sz") or 0) * 20 / 8 for side in borders}
        between = thick.get("insideH", 0)
        changes |= {"outer": thick.get("top", 0) + thick.get("bottom", 0) - between, "line_between": between}
    return changes
