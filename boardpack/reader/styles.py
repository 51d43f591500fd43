"""styles.xml and numbering.xml: which paragraphs are headings, which are bold, and what stands before them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from boardpack.reader.names import W, flag, value
from boardpack.reader.values import Marker

_FORMATS = {
    "decimal": "1",
    "decimalZero": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
_PLACE = re.compile(r"%([1-9])")
_HEADING = re.compile(r"heading ?([1-9])$")
_DEEPEST = 16
"""How many styles may be based on one another before this is taken for a circle."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it has from those it is based on; ``heading`` 0 for none, ``size`` in points, 0 if not said."""

    name: str = ""
    heading: int = 0
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    size: float = 0
    list: tuple[str, int] | None = None


@dataclass
class Styles:
    """The styles of a document by id; the usual one of paragraphs under the empty id."""

    root: etree._Element | None
    _found: dict[str, Style] = field(default_factory=dict)

    def __post_init__(self) -> None:
        styles = [] if self.root is None else self.root.findall(f"{W}style")
        self._elements = {style.get(f"{W}styleId", ""): style for style in styles}
        usual = (s for s in styles if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in ("1", "true"))
        normal = next(usual, None)
        self._normal = "" if normal is None else normal.get(f"{W}styleId", "")
        defaults = None if self.root is None else self.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._plain = Style(size=_size(defaults), bold=bool(flag(defaults, "b")))

    def paragraph(self, id: str) -> Style:
        """The style of a paragraph that names this id, or none."""
        return self.get(id or self._normal)

    def get(self, id: str, depth: int = 0) -> Style:
        """A style by its id; a plain one where there is none."""
        if id not in self._found:
            element = self._elements.get(id)
            self._found[id] = self._plain if element is None or depth > _DEEPEST else self._read(element, depth)
        return self._found[id]

    def _read(self, element: etree._Element, depth: int) -> Style:
        base_id = value(element, f"{W}basedOn")
        base = self.get(base_id, depth + 1) if base_id else self._plain
        name = value(element, f"{W}name").lower()
        run, paragraph = element.find(f"{W}rPr"), element.find(f"{W}pPr")
        match, outline = _HEADING.match(name), value(paragraph, f"{W}outlineLvl")
        level = int(match[1]) if match else int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else None
        bold, italic, hidden = flag(run, "b"), flag(run, "i"), flag(run, "vanish")
        return Style(
            name=name,
            heading=base.heading if level is None else level,
            bold=base.bold if bold is None else bold,
            italic=base.italic if italic is None else italic,
            hidden=base.hidden if hidden is None else hidden,
            size=_size(run) or base.size,
            list=numbered(paragraph) or base.list,
        )


def _size(run: etree._Element | None) -> float:
    half_points = value(run, f"{W}sz")
    return int(half_points) / 2 if half_points.isdecimal() else 0


def numbered(properties: etree._Element | None) -> tuple[str, int] | None:
    """The list and the level that a ``w:numPr`` (17.3.1.19) names; list 0 takes a number away."""
    numbering = None if properties is None else properties.find(f"{W}numPr")
    if numbering is None:
        return None
    level = value(numbering, f"{W}ilvl")
    return value(numbering, f"{W}numId") or "", int(level) if level.isdecimal() else 0


class Numbering:
    """Counts the lists of a document as Word does, paragraph by paragraph."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = [] if root is None else list(root)
        self._abstract = {e.get(f"{W}abstractNumId", ""): e for e in elements if e.tag == f"{W}abstractNum"}
        self._lists = {e.get(f"{W}numId", ""): e for e in elements if e.tag == f"{W}num"}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def count(self, name: str, level: int) -> Marker | None:
        """The marker of the next paragraph of a list at a level; none where the list is not there or has no sign."""
        number = self._lists.get(name)
        level = min(max(level, 0), 8)
        found = None if number is None else self._level(number, level)
        if number is None or found is None:
            return None
        format, template = value(found, f"{W}numFmt") or "decimal", value(found, f"{W}lvlText")
        if format == "none" or (not template and format != "bullet"):
            return None
        shared = value(number, f"{W}abstractNumId")
        counts = self._counts.setdefault(shared, {})
        if (override := self._override(number, level)) is not None and (name, level) not in self._started:
            counts[level] = override - 1
        self._started.add((name, level))
        start = value(found, f"{W}start")
        counts[level] = counts.get(level, (int(start) if start.isdecimal() else 1) - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return Marker(_sample(format, template), counts[level], level, shared)

    def _level(self, number: etree._Element, level: int) -> etree._Element | None:
        own = number.find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}lvl")
        if own is not None:
            return own
        shared = self._abstract.get(value(number, f"{W}abstractNumId"))
        return None if shared is None else shared.find(f"{W}lvl[@{W}ilvl='{level}']")

    def _override(self, number: etree._Element, level: int) -> int | None:
        found = value(number, f"{W}lvlOverride[@{W}ilvl='{level}']/{W}startOverride")
        return int(found) if found.isdecimal() else None


def _sample(format: str, template: str) -> str:
    """How a level's labels look: ``(a)``, ``1.``, ``1.1`` for several numbers, ``bullet``."""
    if format == "bullet" or format not in _FORMATS:
        return "bullet" if not _PLACE.search(template) else "1."
    places = _PLACE.findall(template)
    if len(places) > 1:
        return ".".join("1" * len(places))
    before, _, after = template.partition(f"%{places[0]}") if places else ("", "", "")
    if not places:
        return "bullet"
    closing = ")" if after.strip().startswith(")") else "."
    opening = "(" if before.strip().endswith("(") and closing == ")" else ""
    return f"{opening}{_FORMATS[format]}{closing}"
