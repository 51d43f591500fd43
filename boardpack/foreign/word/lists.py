"""The numbering of a Word file -> lists with their levels, as plain values (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from boardpack.foreign.word import symbols
from boardpack.foreign.word.names import W, on, twips, value
from boardpack.foreign.word.styles import paragraph_look, run_look

_FORMATS: Final = frozenset(
    (
        *("decimal", "decimalZero", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "bullet", "none"),
        *("ordinal", "cardinalText", "ordinalText", "numberInDash", "hex", "chicago"),
    )
)
_MARK = re.compile(r"%[1-9]")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts (``w:numFmt``), from where, its text with %1 for the number of level 1.

    ``left`` and ``first`` are the indents of the text and of the number before it, ``after`` is what follows the
    number, ``restart`` the level behind which it begins anew (-1: as usual), ``legal`` writes all numbers as figures.
    """

    format: str
    text: str
    start: int
    left: int
    first: int
    after: str = "tab"
    restart: int = -1
    legal: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Counting:
    """A list of the file: lists with the same ``key`` go on counting where the other stopped."""

    key: str
    levels: tuple[Level, ...]


@dataclass
class Lists:
    """The lists of a file by the id that its paragraphs name (``w:numId``)."""

    root: Any
    _found: dict[str, Counting | None] = field(default_factory=dict)
    _styled: dict[str, dict[str, int]] = field(default_factory=dict)

    def counting(self, id: str | None) -> Counting | None:
        """The list with this id; ``None`` where there is none, which is how a paragraph leaves a list."""
        if self.root is None or not id or id == "0":
            return None
        if id not in self._found:
            num = self._named("num", "numId", id)
            self._found[id] = None if num is None else self._counting(num, id)
        return self._found[id]

    def level(self, id: str | None, style: str) -> int:
        """The level of a list that belongs to a paragraph style (``w:pStyle``, 17.9.23); 0 where none does."""
        self.counting(id)
        return self._styled.get(id or "", {}).get(style, 0)

    def _named(self, tag: str, attribute: str, id: str | None) -> Any:
        elements = self.root.iterfind(W + tag)
        return next((each for each in elements if each.get(W + attribute) == id), None)

    def _counting(self, num: Any, id: str) -> Counting | None:
        definition = value(num, "abstractNumId")
        abstract = self._named("abstractNum", "abstractNumId", definition)
        if abstract is not None and (link := value(abstract, "numStyleLink")):
            linked = (each for each in self.root.iterfind(f"{W}abstractNum") if value(each, "styleLink") == link)
            abstract = next(linked, abstract)
        if abstract is None:
            return None
        elements = {each.get(f"{W}ilvl"): each for each in abstract.iterfind(f"{W}lvl")}
        starts: dict[str | None, int] = {}
        for each in num.iterfind(f"{W}lvlOverride"):
            level = each.get(f"{W}ilvl")
            if (own := each.find(f"{W}lvl")) is not None:
                elements[level] = own
            if (said := value(each, "startOverride")) is not None:
                starts[level] = _count(said)
        self._styled[id] = {style: n for n in range(9) if (style := value(elements.get(str(n)), "pStyle")) is not None}
        levels = tuple(_level(elements.get(str(n)), n, starts.get(str(n))) for n in range(9))
        overridden = num.find(f"{W}lvlOverride") is not None
        return Counting(f"num {id}" if overridden else f"abstract {definition}", levels)


def _count(said: str | None) -> int:
    return min(max(twips(said, 1), 0), 30_000)


def _level(element: Any, number: int, start: int | None) -> Level:
    left = 425 * (number + 1)
    if element is None:
        return Level("none", "", start if start is not None else 1, left, -425)
    format = value(element, "numFmt") or "decimal"
    format = format if format in _FORMATS else "decimal"
    text = value(element, "lvlText") or ""
    look = run_look(element.find(f"{W}rPr"))
    if format == "bullet":
        text = _bullet(text, look.get("font", ""), picture=element.find(f"{W}lvlPicBulletId") is not None)
    indent = paragraph_look(element.find(f"{W}pPr")).get("indent", {})
    legal = element.find(f"{W}isLgl")
    return Level(
        format,
        text[:100],
        start if start is not None else _count(value(element, "start") or "1"),
        min(max(indent.get("left", left if "first" not in indent else 0), 0), 5000),
        min(max(indent.get("first", 0), -3000), 3000),
        {"space": "space", "nothing": "nothing"}.get(value(element, "suff") or "", "tab"),
        min(twips(value(element, "lvlRestart"), -1), number),
        legal is not None and on(legal),
        bool(look.get("bold")),
    )


def _bullet(text: str, font: str, *, picture: bool) -> str:
    """The sign of a bullet in letters that every font has."""
    if picture or not text:
        return "•" if picture else ""
    signs = [symbols.letter(font, sign) or "•" for sign in text]
    return "".join(signs)


def is_numbered(level: Level) -> bool:
    """Whether a level prints a number, and no mere sign."""
    return level.format not in {"bullet", "none"} and bool(_MARK.search(level.text))
