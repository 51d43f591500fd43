"""The head of a report: its cover table or cover lines, its title, and the lines above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from boardpack.model.board import Board
from boardpack.new.from_word import labels
from boardpack.new.from_word.lines import Element, Line, cell_lines, pictures, shown, without_start
from boardpack.reader import Cell, Piece, Row, Table

_LABELLED = re.compile(r"[ \t]*(?P<label>[^:\t\n]{2,60}?)[ \t]*(?::[ \t]*|\t[ \t]*)(?=\S)")
_AS_FAR_AS = 25
"""A cover is over after so many lines and tables."""
_LONG = 130
_MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Answer:
    """A label of the cover, and what stands behind it or under it."""

    label: str
    elements: tuple[Element, ...]

    @property
    def text(self) -> str:
        """The words of its lines, one after the other."""
        return " ".join(each.text for each in self.elements if isinstance(each, Line))


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head: the title's line, the answers, other lines; ``body`` is all that follows."""

    title: Line | None
    answers: tuple[Answer, ...]
    others: tuple[Line, ...]
    body: tuple[Element, ...]


def head(elements: Sequence[Element], board: Board) -> Head:
    """Part a report into its head and its body."""
    end = _end(elements, board)
    answers: list[Answer] = []
    others: list[Line] = []
    for element in elements[:end]:
        if not isinstance(element, Line):
            answers += _answers(element)
        elif answer := _answer(element, board):
            answers.append(answer)
        else:
            others.append(element)
    answers = list(_continued(answers))
    body = list(elements[end:])
    titled = any(labels.cover_kind(each.label) == "title" and each.text for each in answers)
    styled = next((each for each in body[:_AS_FAR_AS] if isinstance(each, Line) and each.is_title), None)
    title = None if titled else (_title(others, body, board) or styled)
    others = [line for line in others if line is not title]
    body = [each for each in body if each is not title]
    return Head(title, tuple(answers), tuple(others), tuple(body))


def _end(elements: Sequence[Element], board: Board) -> int:
    """Where the body begins: behind the last cover table, else at the first heading or paragraph of a body."""
    covers = [
        at for at, each in enumerate(elements[:_AS_FAR_AS]) if not isinstance(each, Line) and _is_cover(each, board)
    ]
    at = 0
    if covers and not any(_is_body(each) for each in elements[: covers[-1]]):
        at = covers[-1] + 1
    while at < len(elements) and at < _AS_FAR_AS:
        line = elements[at]
        if not isinstance(line, Line) or line.marker or pictures(line) or _is_body(line):
            break
        following = elements[at + 1] if at + 1 < len(elements) else None
        if labels.heading_kind(line.text) or not (
            line.is_title or _answer(line, board) or _heads(line, following, board, bare=not covers)
        ):
            break
        at += 1
    return at


def _is_body(element: Element) -> bool:
    return isinstance(element, Line) and (len(element.text) > _LONG or bool(labels.heading_kind(element.text)))


def _heads(line: Line, following: Element | None, board: Board, *, bare: bool) -> bool:
    """Whether a line without a label belongs to the head: a masthead, a subtitle, a title with no words below it."""
    if _is_above(line, board):
        return True
    if not bare or following is None or line.number:
        return False
    if not isinstance(following, Line):
        return _is_cover(following, board)
    nothing_below = bool(line.heading) and bool(following.heading) and line.heading <= following.heading
    goes_on = _is_above(following, board) or _answer(following, board) is not None
    return nothing_below or (goes_on and len(line.text) < _LONG)


def _is_above(line: Line, board: Board) -> bool:
    """Whether a line says whose paper this is, or what for."""
    is_purpose = line.text.lower().startswith("for ") and bool(labels.purposes(line.text, board))
    known = line.style in ("subtitle", "cover band detail") or labels.is_masthead(line.text, board)
    return known or (is_purpose and len(line.text) < 60)


def _is_cover(table: Table, board: Board) -> bool:
    """Whether half of a table's rows, or more, are known labels with their answers."""
    if len(table.rows) > _MOST_ROWS:
        return False
    found = list(_answers(table))
    known = [each for each in found if _is_known(each.label, board)]
    ended = [each for each in found if each.label.rstrip().endswith(":")]
    return (
        bool(found)
        and len(table.rows[0].cells) <= 4
        and (len(known) * 2 >= len(found) or len(ended) * 3 >= len(found) * 2)
    )


def _is_known(label: str, board: Board) -> bool:
    return bool(
        labels.cover_kind(label)
        or labels.heading_kind(label)
        or labels.cover_key(label, board)
        or labels.standing_key(label, board)
    )


def _answers(table: Table) -> Iterator[Answer]:
    """The rows of a cover table: a label and its answer, twice in a row of four, or both in a cell across the table."""
    for row in table.rows:
        cells = [cell for cell in row.cells if not cell.goes_on]
        if len(cells) in (2, 4):
            for label, answer in zip(cells[::2], cells[1::2], strict=True):
                yield from _pair(label, answer)
        elif len(cells) == 1:
            yield _whole(cells[0])
        elif cells:
            yield from _pair(cells[0], _joined(row))


def _joined(row: Row) -> Cell:
    return Cell(tuple(block for cell in row.cells[1:] for block in cell.blocks))


def _pair(label: Cell, answer: Cell) -> Iterator[Answer]:
    words, elements = label.text, tuple(cell_lines(answer.blocks))
    if words or elements:
        yield Answer(words, elements)


def _whole(cell: Cell) -> Answer:
    """A cell across the table: a line `Label: answer`, or a label with lines below it."""
    elements = cell_lines(cell.blocks)
    first = elements[0] if elements else None
    if not isinstance(first, Line):
        return Answer("", tuple(elements))
    match = _LABELLED.match(shown(first.pieces))
    if match and (labels.cover_kind(match["label"]) or labels.heading_kind(match["label"])):
        rest = replace(first, pieces=without_start(first.pieces, match.end()))
        return Answer(match["label"], (rest, *elements[1:]))
    return Answer(first.text, tuple(elements[1:]))


def _continued(answers: Sequence[Answer]) -> Iterator[Answer]:
    """The answers; one without a label goes on with the label before it."""
    last: Answer | None = None
    for each in answers:
        if last is not None and (not each.label or (not last.elements and not _known(each.label))):
            words = (Line((_piece(each.label),)),) if each.label else ()
            last = replace(last, elements=(*last.elements, *words, *each.elements))
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _known(label: str) -> bool:
    return bool(labels.cover_kind(label) or labels.heading_kind(label)) or label.rstrip().endswith(":")


def _piece(words: str) -> Piece:
    return Piece("text", words)


def _answer(line: Line, board: Board) -> Answer | None:
    """A line such as `Date: 3 July` or one with a tab behind its label."""
    if line.marker or line.number:
        return None
    text = shown(line.pieces)
    match = _LABELLED.match(text)
    if match is None and (label := _bold_start(line)) and _is_known(label, board):
        return Answer(label, (replace(line, pieces=without_start(line.pieces, len(label)), heading=0),))
    if match is None or not _is_known(match["label"], board) or len(match["label"].split()) > 6:
        return None
    rest = replace(line, pieces=without_start(line.pieces, match.end()), heading=0)
    return Answer(match["label"], (rest,))


def _bold_start(line: Line) -> str:
    """The bold words at the start of a line that goes on in another form; empty where there are none."""
    words = ""
    for piece in line.pieces:
        if piece.kind != "text" or (piece.text.strip() and not piece.bold):
            return words
        words += piece.text
    return ""


def _title(others: Sequence[Line], body: Sequence[Element], board: Board) -> Line | None:
    """The line that is the title: by Word's style, else the largest at the head, else a first heading above all."""
    above = [line for line in others if not labels.is_above(line.text, board) and line.style != "subtitle"]
    found = [line for line in above if not labels.is_masthead(line.text, board)] or above
    if styled := [line for line in found if line.is_title]:
        return styled[0]
    if found:
        return max(found, key=lambda line: (line.heading == 1, line.size, line.is_bold, bool(line.heading)))
    headings = [each for each in body if isinstance(each, Line) and each.heading]
    if (
        len(headings) > 1
        and body[0] is headings[0]
        and all(each.heading > headings[0].heading for each in headings[1:])
    ):
        return None if labels.heading_kind(headings[0].text) else headings[0]
    return None
