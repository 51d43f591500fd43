"""Whether a fragment fits on one page, before anything has laid it out.

A guess that saves a layout pass when it is right and costs one when it is wrong; no number is ever printed from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import inf
from typing import Any

from boardpack.word.fragment import EMU_PER_TWIP, Fragment
from boardpack.word.metrics import text_width
from boardpack.word.numbering import NUMBERED_INDENT
from boardpack.word.template import House

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCK = re.compile(r"<w:tbl>.*?</w:tbl>|<w:p[ >].*?</w:p>|<w:p/>", re.DOTALL)
_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc>.*?</w:tc>", re.DOTALL)
_CELL_WIDTH = re.compile(r'<w:tcW w:w="(\d+)"')
_TABLE_STYLE = re.compile(r'<w:tblStyle w:val="(\w+)"')
_STYLE = re.compile(r'<w:pStyle w:val="(\w+)"')
_INDENT = re.compile(r'<w:ind [^>]*?w:left="(\d+)"')
_PICTURE = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"')
_RUN = re.compile(
    r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?(?:<w:t[^>]*>([^<]*)</w:t>|(<w:br/>)|<w:tab/>)</w:r>"
    r"|\x00text\x01[^\x01]*\x01([^\x01]*)[^\x00]*\x00|(\x00page[^\x00]*\x00)"
)
_CODE_WIDTH = 132.0  # a letter of Courier at 11 points
_BOLD = ("<w:b/>", '"Strong"', '"Emphasis"')
_LINE_FACTOR = 1.149  # Arial's ascent, descent and line gap


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a style takes.

    Of a paragraph: points of type, line spacing as a factor or exact, space around and indent in twips. Of a table:
    the padding of its cells above and below together and at both sides, its outer borders and the one between rows.
    """

    size: float = 12.0
    line: float = 1.0
    exact: float = 0.0
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    bold: bool = False
    padding: float = 0.0
    sides: float = 216.0
    outer: float = 0.0
    line_between: float = 0.0


def fits(fragment: Fragment, house: House) -> bool:
    """Whether the fragment seems to fit on one page."""
    styles = _styles(house.parts["word/styles.xml"])
    height, room = 0.0, float(house.page.text_height)
    for part in (*fragment.xml, *(content for _, content in fragment.notes)):
        height += _blocks(part, house.page.text_width, styles, room)
    return height <= room


def _blocks(xml: str, width: float, styles: Mapping[str, Metrics], enough: float = inf) -> float:
    """The height of some blocks, or more than ``enough`` as soon as it is."""
    height, above = 0.0, 0.0
    for match in _BLOCK.finditer(xml):
        block = match[0]
        if block.startswith("<w:tbl>"):
            height += above + _table(block, styles)
            above = 0.0
        else:
            metrics = _metrics(block, styles)
            height += max(metrics.before, above) + _lines(block, width, metrics)
            above = metrics.after
        if height > enough:
            break
    return height


def _table(table: str, styles: Mapping[str, Metrics]) -> float:
    match = _TABLE_STYLE.search(table)
    style = styles.get(match[1] if match else "", Metrics())
    return style.outer + sum(_row(row, style, styles) for row in _ROW.findall(table))


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
    return count * (metrics.exact or metrics.size * 20 * _LINE_FACTOR * metrics.line)


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
            widths = [text_width(word, metrics.size, bold=bold) for word in text.split(" ")]
        lines[-1][-1] += widths[0]
        lines[-1] += widths[1:]
    return lines


def _broken(words: list[float], room: float, metrics: Metrics) -> int:
    """How many lines words of these widths take when they are set one after another."""
    space = text_width(" ", metrics.size)
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
    for bold in element.iter(f"{_W}b"):
        changes["bold"] = bold.get(f"{_W}val") not in ("0", "false")
    for indent in element.iter(f"{_W}ind"):
        changes["indent"] = sum(float(indent.get(f"{_W}{side}") or 0) for side in ("left", "right"))
    changes |= _borders(element)
    return replace(metrics, **changes)


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
