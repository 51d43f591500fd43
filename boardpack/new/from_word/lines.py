"""A report's blocks -> lines that say what they are: headings, items of lists, paragraphs, whatever made them look so.

Reports are numbered and bulleted by hand as often as by Word: ``3.1``, a tab and words; ``•`` and a tab; a line in bold
capitals for a heading. Here all of these become what Word would have called them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from boardpack.reader import Block, Paragraph, Picture, Piece, Report, Table

_BULLET = re.compile(r"[ \t]*(?:[•·▪●○◦‣■□➢❖✓§\uf0b7\uf0a7][ \t]*|[-–—*][ \t]+|o\t[ \t]*)(?=\S)")
_SEVERAL = re.compile(r"[ \t]*(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})[.):]?[ \t]+(?=\S)")
_SINGLE = re.compile(r"[ \t]*(?P<number>[0-9]{1,2})(?:\.0?|\)|:)?(?:\t[ \t]*|[ ]+)(?=\S)")
_LETTERED = re.compile(r"[ \t]*(?P<label>\(?(?P<body>[a-z]|[ivx]{1,5}|[0-9]{1,2})[).])(?:\t[ \t]*|[ ]+)(?=\S)")
_ENDS = re.compile(r"[.;,?!]$")
_INNER_LIST = re.compile(r"list (?:bullet|number|continue) ([2-5])")
_LONGEST_HEADING = 110
_TITLES = ("title", "document title", "report title")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and what it is.

    ``heading`` is its level, 0 for none; ``marker`` how its item is numbered (``bullet``, ``(a)``), with its ``value``
    and ``depth``. ``number`` is the label that its author typed, ``counted`` whether it had any number such as 1.1,
    ``typed`` the label of an item of a list, which prints again where the item stays in a list.
    """

    pieces: tuple[Piece, ...]
    style: str = ""
    heading: int = 0
    marker: str = ""
    value: int = 1
    depth: int = 0
    number: str = ""
    counted: bool = False
    typed: str = ""
    size: float = 0
    is_bold: bool = False

    @property
    def text(self) -> str:
        """Its words, single blanks between them."""
        return " ".join(shown(self.pieces).split())

    @property
    def is_title(self) -> bool:
        """Whether Word's own style says that this is the title."""
        return self.style in _TITLES


Element = Line | Table


def shown(pieces: Sequence[Piece]) -> str:
    """The words with a tab and a line's end as such; a note or a picture has none."""
    signs = {"tab": "\t", "break": "\n", "note": "", "picture": ""}
    return "".join(signs.get(piece.kind, piece.text) for piece in pieces)


def pictures(line: Line) -> tuple[Picture, ...]:
    """The pictures in a line."""
    return tuple(piece.picture for piece in line.pieces if piece.picture)


def without_start(pieces: Sequence[Piece], count: int) -> tuple[Piece, ...]:
    """The pieces without their first so many signs."""
    kept: list[Piece] = []
    for piece in pieces:
        length = len(piece.text) if piece.kind == "text" else int(piece.kind in ("tab", "break"))
        if count >= length > 0:
            count -= length
        elif length and count:
            kept.append(replace(piece, text=piece.text[count:]))
            count = 0
        else:
            kept.append(piece)
    return tuple(kept)


def lines(report: Report) -> list[Element]:
    """The lines and tables of a report, from the top, those that hold nothing left out."""
    return _judged(list(_flat(report.blocks)))


def cell_lines(blocks: Iterable[Block]) -> list[Element]:
    """The lines within a cell: as those of a report, but for headings, which a cell has none of."""
    return [replace(each, heading=0) if isinstance(each, Line) else each for each in _judged(list(_flat(blocks)))]


def _flat(blocks: Iterable[Block]) -> Iterator[Element]:
    """Blocks as lines; a table that is only a frame around its words is opened."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for part in _parted(block):
                if part.text.strip() or part.pictures:
                    yield _line(part)
        elif all(len(row.cells) == 1 for row in block.rows):
            for row in block.rows:
                yield from _flat(row.cells[0].blocks)
        elif any(cell.text or _pictured(cell.blocks) for row in block.rows for cell in row.cells):
            yield block


def _pictured(blocks: Iterable[Block]) -> bool:
    return any(isinstance(block, Paragraph) and bool(block.pictures) for block in blocks)


def _parted(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph whose lines are each an item of a list, as paragraphs of their own."""
    parts: list[list[Piece]] = [[]]
    for at, piece in enumerate(paragraph.pieces):
        if piece.kind == "break" and _begins_item(shown(paragraph.pieces[at + 1 :])):
            parts.append([])
        else:
            parts[-1].append(piece)
    if len(parts) == 1:
        yield paragraph
        return
    for part in parts:
        yield replace(paragraph, pieces=tuple(part), heading=0)


def _begins_item(text: str) -> bool:
    lettered = _LETTERED.match(text)
    return bool(_BULLET.match(text) or (lettered and "\t" in lettered.group()))


def _line(paragraph: Paragraph) -> Line:
    """A paragraph with the marks that Word gave it, and those that are typed as plain as day."""
    line = Line(
        paragraph.pieces,
        paragraph.style,
        0 if paragraph.style in _TITLES else paragraph.heading,
        size=paragraph.size,
        is_bold=paragraph.is_bold,
    )
    text = shown(paragraph.pieces)
    marker = paragraph.marker
    if marker and "." in marker.style[:-1]:
        line = replace(line, counted=True)
    elif marker and not line.heading:
        inner = _INNER_LIST.fullmatch(paragraph.style)
        depth = int(inner[1]) - 1 if inner else marker.level
        line = replace(line, marker=marker.style, value=marker.value, depth=depth)
    if match := _SEVERAL.match(text):
        number = match["number"]
        return replace(line, pieces=without_start(line.pieces, match.end()), number=number, counted=True, marker="")
    if not marker and not line.heading and (match := _BULLET.match(text)):
        depth = 1 if paragraph.indent > 1000 else 0
        return replace(line, pieces=without_start(line.pieces, match.end()), marker="bullet", depth=depth)
    return line


def _judged(elements: list[Element]) -> list[Element]:
    """The elements once more, each with a look at those around it."""
    elements = list(_levelled(elements))
    styled = max((each.heading for each in elements if isinstance(each, Line)), default=0)
    found: list[Element] = []
    for at, each in enumerate(elements):
        following = elements[at + 1] if at + 1 < len(elements) else None
        found.append(_seen(each, following, styled, found) if isinstance(each, Line) else each)
    return found


def _levelled(elements: list[Element]) -> Iterator[Element]:
    """The depths of lists from 0 on: a list whose level in Word is 1 may be the only one there is."""
    shallowest = 0
    inside = False
    for each in elements:
        if isinstance(each, Line) and each.marker:
            shallowest = min(shallowest, each.depth) if inside else each.depth
            inside = True
            yield replace(each, depth=each.depth - shallowest)
        else:
            inside = False
            yield each


def _seen(line: Line, following: Element | None, styled: int, before: list[Element]) -> Line:
    text = shown(line.pieces)
    if line.heading:
        match = _SINGLE.match(text)
        return _without_number(line, match) if match else line
    if line.is_title or (line.marker == "bullet" and not line.is_bold):
        return line
    single = None if line.marker or line.number else _SINGLE.match(text)
    if _looks_like_heading(line, single, following, before):
        level = _level(line, styled, single)
        line = _without_number(line, single) if single else line
        return replace(line, heading=level, marker="")
    return _item(line, text, following, before)


def _without_number(line: Line, match: re.Match[str]) -> Line:
    return replace(line, pieces=without_start(line.pieces, match.end()), number=match["number"])


def _looks_like_heading(
    line: Line, single: re.Match[str] | None, following: Element | None, before: list[Element]
) -> bool:
    text = line.text
    if following is None or len(text) > _LONGEST_HEADING or _ENDS.search(text) or not re.search(r"[^\W\d_]", text):
        return False
    if line.style == "caption" or any(piece.kind == "picture" for piece in line.pieces):
        return False
    if line.marker and not (line.marker == "1." and line.depth == 0 and line.is_bold):
        return False
    capitals = text.isupper() and len(re.findall(r"[^\W\d_]", text)) > 3
    if line.is_bold or capitals:
        return not (before and _is_label(line))
    if single and isinstance(following, Line):
        return following.number.startswith(f"{single['number']}.") or (following.counted and not following.number)
    return False


def _is_label(line: Line) -> bool:
    """Whether a bold line is a label with its answer behind it, `Date: 3 July`, all in bold."""
    return bool(re.match(r"[^:\t]{2,40}:[ \t]*\S", shown(line.pieces)))


def _level(line: Line, styled: int, single: re.Match[str] | None) -> int:
    """How deep a heading is that no style says: below those that a style says, where there are any."""
    if styled:
        return styled + 1
    if line.number:
        return 1 + line.number.count(".")
    return 1 if single or line.marker or line.text.isupper() else 2


def _item(line: Line, text: str, following: Element | None, before: list[Element]) -> Line:
    """A typed ``(a)`` or ``1.`` as an item, where a list of such is begun or goes on."""
    match = _LETTERED.match(text)
    if match is None or line.marker or line.number:
        return line
    last = before[-1] if before and isinstance(before[-1], Line) else None
    nested = last.depth + 1 if last and last.marker else 0
    for style, value in readings(match["label"], match["body"]):
        earlier = _open(style, value, before)
        next_text = shown(following.pieces) if isinstance(following, Line) else ""
        begins = value == 1 and ("\t" in match.group() or _goes_on(style, next_text))
        if earlier is not None or begins:
            depth = earlier if earlier is not None else nested
            pieces = without_start(line.pieces, match.end())
            typed = match["label"]
            return replace(line, pieces=pieces, marker=style, value=value, depth=min(depth, 3), typed=typed)
    return line


def _open(style: str, value: int, before: list[Element]) -> int | None:
    """The depth of the list that this item goes on with: the nearest item of its kind that is not too far up."""
    for each in reversed(before[-12:]):
        if not isinstance(each, Line) or each.heading:
            return None
        if each.marker == style and each.value == value - 1:
            return each.depth
    return None


def _goes_on(style: str, text: str) -> bool:
    match = _LETTERED.match(text)
    return bool(match) and (style, 2) in readings(match["label"], match["body"]) if match else False


def readings(label: str, body: str) -> list[tuple[str, int]]:
    """The styles and counts that a typed label may have: ``i)`` is the first Roman number or the ninth letter."""
    opening, closing = "(" * label.startswith("("), label[-1]
    if body.isdigit():
        return [(f"{opening}1{closing}", int(body))]
    found = []
    roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11}
    if body in roman:
        found.append((f"{opening}i{closing}", roman[body]))
    if len(body) == 1:
        found.append((f"{opening}a{closing}", ord(body) - 96))
    return found
