"""What a Word report holds, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it lies in the package: its part, its bytes, and the words for those who do not see it."""

    name: str
    data: bytes = field(repr=False)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph. ``text`` is a tab or a line's end for those; ``link`` is where it leads.

    A ``note`` has the note's id for its text.
    """

    kind: Literal["text", "tab", "break", "note", "picture"]
    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Marker:
    """The number or bullet that Word puts before a paragraph (ECMA-376 part 1, 17.9).

    ``style`` is ``bullet`` or a sample such as ``(a)``; ``1.1`` for a label of several numbers. ``value`` is its count,
    ``list`` the number of the list that it belongs to, ``level`` its depth there.
    """

    style: str
    value: int
    level: int
    list: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its style's name in small letters, its level as a heading (0 for none) and what stands in it."""

    pieces: tuple[Piece, ...]
    style: str = ""
    heading: int = 0
    marker: Marker | None = None
    size: float = 0
    indent: int = 0

    @property
    def text(self) -> str:
        """Its words, a blank for each tab and each end of a line."""
        return "".join(piece.text if piece.kind == "text" else " " * (piece.kind != "note") for piece in self.pieces)

    @property
    def is_bold(self) -> bool:
        """Whether all its words are bold."""
        words = [piece for piece in self.pieces if piece.kind == "text" and piece.text.strip()]
        return bool(words) and all(piece.bold for piece in words)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures that stand in it."""
        return tuple(piece.picture for piece in self.pieces if piece.picture)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what stands in it, over how many columns it goes, and whether it goes on from the cell above it."""

    blocks: tuple[Block, ...]
    span: int = 1
    goes_on: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(" ".join(paragraph.text.split()) for paragraph in paragraphs(self.blocks)).strip()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; ``header`` where Word repeats it on each page."""

    cells: tuple[Cell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row."""

    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Lost:
    """Something of the file that these values cannot hold: what it is, and its words."""

    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: what stands in it from the top, its notes by id, and what is lost. ``title`` is the file's property."""

    blocks: tuple[Block, ...]
    notes: Mapping[str, tuple[Paragraph, ...]]
    title: str
    lost: tuple[Lost, ...]


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph, those within tables too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)
