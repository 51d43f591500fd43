"""The styles of a Word file -> how a run or a paragraph looks in the end (ECMA-376 part 1, 17.7).

A look is a mapping of few names: what of a page this program takes over. Everything else is the house's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from boardpack.foreign.word.names import W, on, twips, value

Look = Mapping[str, Any]

_TOGGLES: Final = {"b": "bold", "i": "italic", "caps": "caps", "smallCaps": "small", "strike": "strike"}
"""Properties that a character style turns back where a paragraph style has turned them on (17.7.3)."""
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_BORDERS = frozenset(("single", "double", "dotted", "dashed", "thick", "dotDash", "dotDotDash", "triple"))
_ALIGNED = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "both": "both"}
SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True)
class Style:
    """A style with what it is based on: its name in lower case, the names of those below it, its looks."""

    id: str
    names: tuple[str, ...]
    run: Look
    paragraph: Look
    element: Any
    base: Style | None


NONE = Style("", (), {}, {}, None, None)


class Styles:
    """The styles of one file by id, each resolved once."""

    def __init__(self, root: Any) -> None:
        self._elements: dict[str, Any] = {}
        self._found: dict[str, Style] = {}
        defaults = None if root is None else root.find(f"{W}docDefaults")
        self.run: Look = {} if defaults is None else run_look(defaults.find(f"{W}rPrDefault/{W}rPr"))
        self.paragraph: Look = {} if defaults is None else paragraph_look(defaults.find(f"{W}pPrDefault/{W}pPr"))
        normal, self.table = "", ""
        for each in () if root is None else root.iterfind(f"{W}style"):
            id, type = each.get(f"{W}styleId", ""), each.get(f"{W}type")
            self._elements[id] = each
            if each.get(f"{W}default") in {"1", "true", "on"}:
                normal = id if type == "paragraph" else normal
                self.table = id if type == "table" else self.table
        self.normal = self.style(normal)

    def style(self, id: str | None) -> Style:
        """The style with this id; one without a look where there is none."""
        return self._style(id or "", frozenset())

    def of_paragraph(self, id: str | None) -> Style:
        """The style of a paragraph, which has the default one where it names none that there is."""
        return self.style(id) if id in self._elements else self.normal

    def _style(self, id: str, below: frozenset[str]) -> Style:
        element = self._elements.get(id)
        if element is None or id in below or len(below) > 50:  # a style may not be based on itself
            return NONE
        if id not in self._found:
            base = self._style(value(element, "basedOn") or "", below | {id})
            name = (value(element, "name") or id).strip().lower()
            self._found[id] = Style(
                id,
                (name, *base.names),
                {**base.run, **run_look(element.find(f"{W}rPr"))},
                over(base.paragraph, paragraph_look(element.find(f"{W}pPr"))),
                element,
                base if base.id else None,
            )
        return self._found[id]

    def run_in(self, paragraph: Style, below: Look) -> Look:
        """How the runs of a paragraph look that say nothing themselves; ``below`` is what its table gives them."""
        return {**self.run, **below, **paragraph.run}

    def run_over(self, look: Look, character: str | None, direct: Look) -> Look:
        """How a run looks with its character style and what it says itself."""
        if character is None and not direct:
            return look
        styled = self.style(character).run
        over = {**look, **styled}
        for name in _TOGGLES.values():
            if styled.get(name) and look.get(name):
                over[name] = False
        return {**over, **direct}


def over(look: Look, more: Look) -> Look:
    """The look of a paragraph with more said of it; of indents and tab stops each is said by itself."""
    joined = {**look, **more}
    for name in ("indent", "tabs"):
        if name in look and name in more:
            joined[name] = {**look[name], **more[name]}
    return joined


def run_look(properties: Any) -> dict[str, Any]:
    """What a ``w:rPr`` says of the looks of a run (17.3.2.28)."""
    look: dict[str, Any] = {}
    for child in () if properties is None else properties:
        name = child.tag.removeprefix(W)
        if name in _TOGGLES:
            look[_TOGGLES[name]] = on(child)
        elif name in _RUN:
            key, read = _RUN[name]
            look[key] = read(child)
    return look


def _said(element: Any) -> str:
    return element.get(f"{W}val") or ""


def _underline(element: Any) -> str:
    said = _said(element)
    return "" if said in {"", "none"} else "double" if "ouble" in said else "single"


def _colour(element: Any) -> str:
    said = _said(element)
    return said.upper() if _COLOUR.fullmatch(said) else ""


def _highlight(element: Any) -> str:
    said = _said(element)
    return said if said.isalpha() and said != "none" else ""


def _raised(element: Any) -> str:
    said = _said(element)
    return said if said in {"superscript", "subscript"} else ""


def _size(element: Any) -> int:
    return _half_points(_said(element))


def _font(element: Any) -> str:
    return element.get(f"{W}ascii") or element.get(f"{W}hAnsi") or ""


def _half_points(said: str | None) -> int:
    return twips(said) if said and said[-1:].isdigit() else twips(said) // 10


def shade(element: Any) -> str:
    """The colour behind something, RRGGBB; empty for none (``w:shd``, 17.3.5). Patterns show their first colour."""
    fill = element.get(f"{W}fill", "")
    if element.get(f"{W}val") == "solid":
        fill = element.get(f"{W}color", "")
    return fill.upper() if _COLOUR.fullmatch(fill) else ""


def paragraph_look(properties: Any) -> dict[str, Any]:
    """What a ``w:pPr`` says of the looks of a paragraph (17.3.1.26)."""
    look: dict[str, Any] = {}
    for child in () if properties is None else properties:
        name = child.tag.removeprefix(W)
        if name in _SWITCHES:
            look[name] = on(child)
        elif name in _PARAGRAPH:
            look |= _PARAGRAPH[name](child)
    return look


_SWITCHES: Final = frozenset(("keepNext", "keepLines", "pageBreakBefore", "bidi", "contextualSpacing"))


def _spacing(element: Any) -> dict[str, Any]:
    found = {}
    for side in ("before", "after"):
        if element.get(f"{W}{side}Autospacing") in {"1", "true", "on"}:
            found[side] = 100
        elif element.get(f"{W}{side}"):
            found[side] = min(max(twips(element.get(f"{W}{side}")), 0), 1440)
    return found


def _indent(element: Any) -> dict[str, int]:
    found = {}
    for name, others in {"left": ("left", "start"), "right": ("right", "end")}.items():
        for other in others:
            if said := element.get(W + other):
                found[name] = twips(said)
    if said := element.get(f"{W}hanging"):
        found["first"] = -twips(said)
    elif said := element.get(f"{W}firstLine"):
        found["first"] = twips(said)
    return found


def _tab(element: Any) -> tuple[int, tuple[str, str]]:
    kind, leader = element.get(f"{W}val", "left"), element.get(f"{W}leader", "none")
    kind = {"start": "left", "end": "right"}.get(kind, kind)
    kind = kind if kind in {"left", "right", "center", "decimal", "clear"} else "left"
    return twips(element.get(f"{W}pos")), (kind, leader if leader in {"dot", "hyphen", "underscore"} else "none")


def borders(element: Any, sides: tuple[str, ...] = SIDES) -> dict[str, str]:
    """The borders of a paragraph, a table or a cell, by side: what stands in the element of a border (17.3.4)."""
    found = {}
    for side in sides:
        child = element.find(W + side)
        if child is None and side in {"left", "right"}:
            child = element.find(W + {"left": "start", "right": "end"}[side])
        if child is not None:
            found[side] = _border(child)
    return found


def _border(element: Any) -> str:
    kind = element.get(f"{W}val", "single")
    if kind in {"nil", "none"}:
        return 'w:val="nil"'
    kind = kind if kind in _BORDERS else "single"
    size = min(max(twips(element.get(f"{W}sz"), 4), 2), 96)
    space = min(max(twips(element.get(f"{W}space")), 0), 31)
    colour = element.get(f"{W}color", "")
    colour = colour.upper() if _COLOUR.fullmatch(colour) else "auto"
    return f'w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="{colour}"'


_RUN: Final[Mapping[str, tuple[str, Callable[[Any], Any]]]] = {
    "vanish": ("vanish", on),
    "dstrike": ("dstrike", on),
    "rtl": ("rtl", on),
    "u": ("underline", _underline),
    "color": ("colour", _colour),
    "highlight": ("highlight", _highlight),
    "shd": ("shade", shade),
    "sz": ("size", _size),
    "vertAlign": ("raised", _raised),
    "rFonts": ("font", _font),
}
"""By the element of a run's properties what it is called here, and what reads it."""

_PARAGRAPH: Final[Mapping[str, Callable[[Any], dict[str, Any]]]] = {
    "jc": lambda each: {"aligned": _ALIGNED.get(_said(each), "left")},
    "ind": lambda each: {"indent": _indent(each)},
    "spacing": _spacing,
    "shd": lambda each: {"shade": shade(each)},
    "pBdr": lambda each: {"borders": borders(each, ("top", "left", "bottom", "right"))},
    "tabs": lambda each: {"tabs": dict(_tab(tab) for tab in each.iterfind(f"{W}tab"))},
    "numPr": lambda each: {"list": (value(each, "numId"), value(each, "ilvl"))},
}
