"""About how many pages a fragment fills, before anything has laid it out.

A guess that saves a layout pass when it is right and costs one when it is wrong; no number is ever printed from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from boardpack.word.fragment import EMU_PER_TWIP, Fragment
from boardpack.word.metrics import text_width
from boardpack.word.template import House

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCK = re.compile(r"<w:tbl>.*?</w:tbl>|<w:p[ >].*?</w:p>|<w:p/>", re.DOTALL)
_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc>.*?</w:tc>", re.DOTALL)
_CELL_WIDTH = re.compile(r'<w:tcW w:w="(\d+)"')
_STYLE = re.compile(r'<w:pStyle w:val="(\w+)"')
_INDENT = re.compile(r'<w:ind [^>]*?w:left="(\d+)"')
_LEVEL = re.compile(r'<w:ilvl w:val="(\d)"')
_PICTURE = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"')
_TEXT = re.compile(r"<w:t[^>]*>([^<]*)</w:t>|(<w:br/>)|\0text\1[^\1]*\1([^\1]*)[^\0]*\0|\0page[^\0]*\0")
_LINE_FACTOR = 1.149  # Arial's ascent, descent and line gap


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a paragraph style takes: points of type, line spacing as a factor, space around and indent in twips."""

    size: float = 12.0
    line: float = 1.0
    exact: float = 0.0
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0


def pages(fragment: Fragment, house: House) -> float:
    """How many pages the fragment fills, as a fraction."""
    styles = _styles(house.parts["word/styles.xml"])
    xml = "".join(fragment.xml)
    notes = "".join(content for _, content in fragment.notes)
    height = _blocks(xml, house.page.text_width, styles) + _blocks(notes, house.page.text_width, styles)
    return height / house.page.text_height


def _blocks(xml: str, width: float, styles: Mapping[str, Metrics]) -> float:
    height, above = 0.0, 0.0
    for match in _BLOCK.finditer(xml):
        block = match[0]
        if block.startswith("<w:tbl>"):
            height += sum(_row(row, styles) for row in _ROW.findall(block))
            above = 0.0
            continue
        metrics = _metrics(block, styles)
        height += max(metrics.before, above) + _lines(block, width, metrics)
        above = metrics.after
    return height + above


def _row(row: str, styles: Mapping[str, Metrics]) -> float:
    tallest = 0.0
    for cell in _CELL.findall(row):
        match = _CELL_WIDTH.search(cell)
        width = float(match[1]) - 192 if match else 2000.0
        tallest = max(tallest, _blocks(cell.partition("</w:tcPr>")[2], width, styles))
    return tallest + 148 + 10


def _metrics(block: str, styles: Mapping[str, Metrics]) -> Metrics:
    match = _STYLE.search(block)
    metrics = styles.get(match[1] if match else "Normal", Metrics())
    if level := _LEVEL.search(block):
        metrics = replace(metrics, indent=max(metrics.indent, 454.0 * (int(level[1]) + 1)))
    if indent := _INDENT.search(block):
        metrics = replace(metrics, indent=float(indent[1]))
    return metrics


def _lines(block: str, width: float, metrics: Metrics) -> float:
    picture = _PICTURE.search(block)
    if picture:
        return int(picture[1]) / EMU_PER_TWIP
    text = "".join(m[1] or m[3] or ("\n" if m[2] else "00") for m in _TEXT.finditer(block))
    room = max(width - metrics.indent, 300.0)
    count = sum(_broken(line, room, metrics.size) for line in text.split("\n"))
    one = metrics.exact or metrics.size * 20 * _LINE_FACTOR * metrics.line
    return count * one


def _broken(text: str, room: float, size: float) -> int:
    """How many lines a text takes when words are set one after another."""
    if text_width(text, size) <= room:
        return 1
    space = text_width(" ", size)
    lines, filled = 1, 0.0
    for word in text.split(" "):
        width = text_width(word, size)
        if filled and filled + space + width > room:
            lines, filled = lines + 1, width
        else:
            filled += width + (space if filled else 0.0)
        while filled > room:
            lines, filled = lines + 1, filled - room
    return lines


def _styles(data: bytes) -> dict[str, Metrics]:
    """The metrics of every paragraph style, what it is based on included (``w:basedOn``, 17.7.4.3)."""
    from lxml import etree

    root = etree.fromstring(data)
    elements = {style.get(f"{_W}styleId"): style for style in root.iter(f"{_W}style")}
    base = _applied(Metrics(size=10.0), root.find(f"{_W}docDefaults"))
    found: dict[str, Metrics] = {}

    def metrics(id: str) -> Metrics:
        if id not in found:
            style = elements[id]
            parent = style.find(f"{_W}basedOn")
            inherited = metrics(parent.get(f"{_W}val")) if parent is not None else base
            found[id] = _applied(inherited, style)
        return found[id]

    return {id: metrics(id) for id in elements if id}


def _applied(metrics: Metrics, element: object) -> Metrics:
    if element is None:
        return metrics
    changes: dict[str, float] = {}
    for spacing in element.iter(f"{_W}spacing"):  # type: ignore[attr-defined]  # lxml without stubs
        for name in ("before", "after"):
            if value := spacing.get(f"{_W}{name}"):
                changes[name] = float(value)
        if value := spacing.get(f"{_W}line"):
            exact = spacing.get(f"{_W}lineRule") in ("exact", "atLeast")
            changes |= {"exact": float(value)} if exact else {"line": float(value) / 240, "exact": 0.0}
    for size in element.iter(f"{_W}sz"):  # type: ignore[attr-defined]  # likewise
        changes["size"] = float(size.get(f"{_W}val")) / 2
    for indent in element.iter(f"{_W}ind"):  # type: ignore[attr-defined]  # likewise
        changes["indent"] = float(indent.get(f"{_W}left") or 0)
    return replace(metrics, **changes)
