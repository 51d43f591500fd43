"""The lines, tables and pictures of a report -> Markdown, with the tables and figures that it places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from boardpack.model.board import Board
from boardpack.new.draft import Figure, Loss, Table
from boardpack.new.from_word import prose, tables
from boardpack.new.from_word.labels import plain
from boardpack.new.from_word.lines import Element, Line, cell_lines, pictures, shown, without_start
from boardpack.new.ids import Ids
from boardpack.reader import Picture, Piece, Report
from boardpack.reader import Table as Source

_CAPTION = re.compile(
    r"\s*(?P<label>(?P<kind>table|figure|fig|chart|graph|map|diagram|image|picture|photo)\.?\s*"
    r"(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[A-Z](?=[:.\s–-])|(?=:)))\s*[:.–—-]?\s*",
    re.IGNORECASE,
)
_BELOW = re.compile(r"\s*(?P<key>note|source)s?\s*:\s*", re.IGNORECASE)
_LONGEST_CAPTION = 200


@dataclass
class Taken:
    """Words of the report that the paper does not repeat, since boardpack prints them by itself."""

    numbers: list[str]
    labels: list[str]


class Writer:
    """Writes the texts of one paper. What it has placed so far stands in ``tables`` and ``figures``.

    ``about`` is what the next texts are about; tables without a caption are named after it. ``captions`` has the ids of
    tables and figures by what the report calls them, `table 1`.
    """

    def __init__(self, report: Report, board: Board, id: str) -> None:
        self.board = board
        self.id = id
        self.tables: list[Table] = []
        self.figures: list[Figure] = []
        self.losses: list[Loss] = []
        self.about = ""
        self.captions: dict[str, str] = {}
        self.taken = Taken([], [])
        self._label = ""
        self._notes = report.notes
        self._numbers: dict[str, str] = {}
        self._table_ids, self._figure_ids = Ids(), Ids()
        self._pictures: dict[str, str] = {}

    def line(self, line: Line, *, marked: bool = True) -> str:
        """A line of Markdown; the notes in it are told of, for it has no place for them."""
        self._lose_notes(line.pieces, "")
        self.count(line)
        self.taken.numbers += [line.typed] if line.typed else []
        self._lose_pictures(line)
        return prose.inline(line.pieces, marked=marked)

    def count(self, line: Line) -> None:
        """Take note of a number that was typed before a line."""
        if line.number:
            self.taken.numbers.append(line.number)

    def text(self, elements: Sequence[Element], level: int = 1) -> str:
        """A text of several lines; headings in it are sub-headings below this level."""
        captions, used = _captions(elements)
        parts: list[str] = []
        run: list[Line] = []
        for at, element in enumerate(elements):
            if at in used:
                continue
            caption = captions.get(at)
            if isinstance(element, Line) and element.marker and not pictures(element):
                run.append(element)
                continue
            parts += self._list(run)
            run = []
            if isinstance(element, Line):
                parts += self._paragraph(element, level, caption)
            else:
                parts += self._table(element, caption, _below(elements, at + 1, used))
        parts += self._list(run)
        text = "\n\n".join(part for part in parts if part)
        return self._noted(text, elements)

    def _list(self, run: list[Line]) -> list[str]:
        for line in run:
            self.count(line)
        return [prose.items(run, self._marks(run))] if run else []

    def _paragraph(self, line: Line, level: int, caption: Line | None) -> list[str]:
        self.count(line)
        placed = [self._figure(picture, caption) for picture in pictures(line)]
        if line.heading:
            return [prose.heading(line, min(max(line.heading - level, 1) + 2, 5)), *placed]
        return [prose.paragraph(line.pieces, self._marks([line])), *placed]

    def _figure(self, picture: Picture, caption: Line | None) -> str:
        words = self._caption(caption) if caption else ""
        id = self._figure_ids.new(words or picture.alt[:40], "figure")
        suffix = "png" if picture.data.startswith(b"\x89PNG") else "jpg"
        file = f"figures/{self.id}-{id}.{suffix}"
        self.figures.append(Figure(id, file, words, picture.alt, picture.data))
        self._know(id, bool(words))
        return f"[](figure:{id})" if words else f"![{prose.escaped(picture.alt)}]({file})"

    def _caption(self, line: Line) -> str:
        self.count(line)
        self._label = ""
        if match := _CAPTION.match(shown(line.pieces)):
            self._label = " ".join(match["label"].lower().split())
            self.taken.labels.append(match["label"])
            line = replace(line, pieces=without_start(line.pieces, match.end()))
        self._lose_notes(line.pieces, "")
        return prose.inline(line.pieces, marked=False)

    def _table(self, source: Source, caption: Line | None, below: list[Line]) -> list[str]:
        words = self._caption(caption) if caption else ""
        found = tables.table(source, words, self.board, lambda: self._table_ids.new(words or self.about, "table"))
        if found is None:
            return [words, *self._opened(source), *map(self._plainly, below)]
        inside = [line for row in source.rows for cell in row.cells for line in cell_lines(cell.blocks)]
        placed = []
        for line in inside:
            if isinstance(line, Line):
                self._lose_notes(line.pieces, "")
                placed += [self._figure(picture, None) for picture in pictures(line)]
        for line in below:
            found = self._with_note(found, line)
        self.tables.append(found)
        self._know(found.id, bool(words))
        return [f"[](table:{found.id})", *placed]

    def _know(self, id: str, captioned: bool) -> None:
        """Remember by which words the report refers to this; two of the same number are not told apart."""
        if captioned and self._label:
            self.captions[self._label] = "" if self._label in self.captions else id
        self._label = ""

    def _plainly(self, line: Line) -> str:
        return prose.paragraph(line.pieces, self._marks([line]))

    def _with_note(self, table: Table, line: Line) -> Table:
        if self._is_key(line.text):
            self.taken.labels.append(line.text)
            return table
        match = _BELOW.match(shown(line.pieces))
        key = match["key"].lower() if match else "note"
        if match:
            self.taken.labels.append(match["key"])
        self._lose_notes(line.pieces, "")
        words = prose.inline(without_start(line.pieces, match.end()) if match else line.pieces)
        if key == "source" and not table.source:
            return replace(table, source=words)
        return replace(table, note=f"{table.note}\n\n{words}".strip("\n"))

    def _is_key(self, words: str) -> bool:
        """Whether a line explains the ratings in the board's own words, which print by themselves."""
        meant = [plain(rating.meaning) for rating in self.board.ratings if rating.meaning]
        return words.startswith("Key:") and any(each in plain(words) for each in meant)

    def _opened(self, source: Source) -> list[str]:
        """A table that is no grid: what stands in its cells, one after the other."""
        return [self.text(cell_lines(cell.blocks)) for row in source.rows for cell in row.cells]

    def _marks(self, lines: Sequence[Line]) -> dict[str, str]:
        """The ids of the notes in these lines, by which the paper knows them."""
        for line in lines:
            for piece in line.pieces:
                if piece.kind == "note" and self._notes.get(piece.text):
                    self._numbers.setdefault(piece.text, str(len(self._numbers) + 1))
        return self._numbers

    def _noted(self, text: str, elements: Sequence[Element]) -> str:
        """The text with the notes that it refers to at its end."""
        notes: list[str] = []
        for element in elements:
            for piece in element.pieces if isinstance(element, Line) else ():
                number = self._numbers.get(piece.text, "") if piece.kind == "note" else ""
                mark = f"[^{number}]"
                if number and mark in text and f"{mark}: " not in "\n".join(notes):
                    notes.append(f"{mark}: {prose.note(self._note_pieces(piece.text))}")
            if isinstance(element, Line):
                self._lose_notes(element.pieces, text)
        return "\n\n".join([*([text] if text else []), *notes])

    def _note_pieces(self, id: str) -> list[Piece]:
        found: list[Piece] = []
        for paragraph in self._notes.get(id, ()):
            found += [*paragraph.pieces, Piece("text", " ")]
        return found

    def _lose_notes(self, pieces: Sequence[Piece], text: str) -> None:
        for piece in pieces:
            if piece.kind == "note" and f"[^{self._numbers.get(piece.text, '?')}]" not in text:
                words = "".join(each.text for each in self._note_pieces(piece.text))
                self.losses.append(Loss("a note to a place that can have none", words))

    def _lose_pictures(self, line: Line) -> None:
        for picture in pictures(line):
            self.losses.append(Loss("a picture in a heading or a recommendation", picture.alt))


def _captions(elements: Sequence[Element]) -> tuple[dict[int, Line], set[int]]:
    """The caption of each table and picture: the line above it or below it that says so; and the lines so used."""
    found: dict[int, Line] = {}
    used: set[int] = set()
    for at, element in enumerate(elements):
        is_table = not isinstance(element, Line)
        if isinstance(element, Line) and (not pictures(element) or element.text):
            continue
        for near in (at - 1, at + 1) if is_table else (at + 1, at - 1):
            line = elements[near] if 0 <= near < len(elements) else None
            if near > at and is_table and near + 1 < len(elements) and not isinstance(elements[near + 1], Line):
                continue  # it stands above the next table
            if near not in used and isinstance(line, Line) and _is_caption(line, of_table=is_table):
                found[at] = line
                used.add(near)
                break
    return found, used


def _is_caption(line: Line, *, of_table: bool) -> bool:
    if pictures(line) or line.marker or not line.text or len(line.text) > _LONGEST_CAPTION:
        return False
    match = _CAPTION.match(shown(line.pieces))
    if match:
        return (match["kind"].lower() == "table") == of_table and match.end() < len(shown(line.pieces))
    return line.style == "caption"


def _below(elements: Sequence[Element], at: int, used: set[int]) -> list[Line]:
    """The notes and the source under a table; they are then no lines of the text."""
    found: list[Line] = []
    while at < len(elements):
        line = elements[at]
        if at in used and not found:
            at += 1
            continue
        is_note = isinstance(line, Line) and not line.heading and not line.marker and not pictures(line)
        if not isinstance(line, Line) or not is_note:
            break
        if not (line.style == "table note" or _BELOW.match(shown(line.pieces))):
            break
        found.append(line)
        used.add(at)
        at += 1
    return found
