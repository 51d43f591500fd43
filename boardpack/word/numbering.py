"""The numbering part (ECMA-376 part 1, 17.9): one ``w:abstractNum`` for each way of counting, one ``w:num`` a list.

Every list that counts has a ``w:num`` of its own, which restarts by ``w:startOverride`` at each level that it uses:
Word goes on counting where two lists share one. Bullets share one, since each costs LibreOffice time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from boardpack.word.markup import escape, list_indent

NUMBERED_INDENT = 709
"""How far the text of numbered headings and paragraphs stands from the margin, in twentieths of a point (1.25 cm)."""

RECOMMENDATIONS = "recommendations"
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BULLETS = "•–•–•–•–•"
_SAMPLE = re.compile(r"(.*?)(1|a|A|i|I)([^0-9A-Za-z]*)", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Level:
    """A level of a list that counts as somebody else laid down (``w:lvl``, 17.9.6).

    ``first`` is how far the number stands from its text, ``after`` what follows it (``w:suff``), ``restart`` the level
    behind which it begins anew (-1: the one above), ``legal`` writes all numbers as figures.
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
class List:
    """A list in the document: its ``w:numId``, the way it counts, the number it starts with, the levels it uses.

    ``kind`` is ``bullet``, a marker such as ``(a)``, ``recommendations``, or ``paper`` with the way its paragraphs
    are numbered after a colon: ``paper:1.1``, ``paper:i)``, ``paper:`` for none. A list of the kind ``own`` has nine
    levels of its own, each with its own start.
    """

    id: int
    kind: str
    start: int = 1
    levels: tuple[int, ...] = (0,)
    own: tuple[Level, ...] = ()


BULLETS = List(1, "bullet", levels=())
"""The one list of all bullets."""


def paper_kind(paragraphs: bool | str) -> str:
    """The kind of a paper's own numbering: sections, and its paragraphs as the house numbers them."""
    sample = paragraphs if isinstance(paragraphs, str) else "1.1" if paragraphs else ""
    return f"paper:{sample}"


def part(lists: Iterable[List], namespaces: str) -> str:
    """numbering.xml for these lists."""
    lists = sorted(set(lists), key=lambda item: item.id)
    kinds = sorted({(item.kind, item.own) for item in lists})
    definitions = "".join(_definition(number, kind, own) for number, (kind, own) in enumerate(kinds))
    nums = "".join(_num(item, kinds.index((item.kind, item.own))) for item in lists)
    return f"<w:numbering {namespaces}>{definitions}{nums}</w:numbering>"


def _num(item: List, definition: int) -> str:
    starts = [level.start for level in item.own] or [item.start] * 9
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for level, start in enumerate(starts)
    )
    return f'<w:num w:numId="{item.id}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


@lru_cache(maxsize=64)  # every report of a pack has the same few
def _definition(number: int, kind: str, own: tuple[Level, ...]) -> str:
    name, _, sample = kind.partition(":")
    if own:
        levels = "".join(_own_level(n, level) for n, level in enumerate(own))
    elif name == "paper":
        levels = _paper_levels(sample)
    elif kind == "bullet":
        levels = "".join(_level(n, "bullet", sign, *_list_indents(n)) for n, sign in enumerate(_BULLETS))
    elif kind == RECOMMENDATIONS:
        levels = "".join(_level(n, "decimal", f"%{n + 1}.", 709 * (n + 1), 709) for n in range(9))
    else:
        levels = "".join(_marker_level(n, kind) for n in range(9))
    # w:nsid ties definitions together across documents; derived from the kind, it is the same in every build.
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{0x42500000 + number:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )


def _own_level(number: int, level: Level) -> str:
    indent = f'w:hanging="{-level.first}"' if level.first < 0 else f'w:firstLine="{level.first}"'
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{level.start}"/><w:numFmt w:val="{level.format}"/>'
        + (f'<w:lvlRestart w:val="{level.restart}"/>' if level.restart >= 0 else "")
        + ("<w:isLgl/>" if level.legal else "")
        + (f'<w:suff w:val="{level.after}"/>' if level.after != "tab" else "")
        + f'<w:lvlText w:val="{escape(level.text)}"/><w:lvlJc w:val="left"/>'
        + f'<w:pPr><w:ind w:left="{level.left}" {indent}/></w:pPr>'
        + ("<w:rPr><w:b/></w:rPr>" if level.bold else "")
        + "</w:lvl>"
    )


def _paper_levels(sample: str) -> str:
    second = _paragraph_level(sample)
    lower = "".join(_marker_level(n, "a)" if n % 2 == 0 else "i)") for n in range(2, 9))
    return _level(0, "decimal", "%1", NUMBERED_INDENT, NUMBERED_INDENT) + second + lower


def _paragraph_level(sample: str) -> str:
    if sample.startswith("1") and (match := _SAMPLE.fullmatch(sample[1:])):
        text = f"%1{match[1]}%2{match[3]}"
    elif match := _SAMPLE.fullmatch(sample):
        text = f"{match[1]}%2{match[3]}"
    else:
        return _level(1, "none", "", NUMBERED_INDENT, NUMBERED_INDENT)
    return _level(1, _FORMATS[match[2]], text, NUMBERED_INDENT, NUMBERED_INDENT)


def _marker_level(level: int, marker: str) -> str:
    match = _SAMPLE.fullmatch(marker)
    if match is None:
        raise ValueError(f"not a list marker: {marker!r}")
    return _level(level, _FORMATS[match[2]], f"{match[1]}%{level + 1}{match[3]}", *_list_indents(level))


def _list_indents(level: int) -> tuple[int, int]:
    return list_indent(level), 425


def _level(level: int, format: str, text: str, left: int, hanging: int) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>'
        f'<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
        f"</w:lvl>"
    )
