"""What the columns of a report's table hold: types, totals, changes. What a type would print otherwise stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from boardpack.load.cells import is_blank, read_date, read_number
from boardpack.model.board import Board
from boardpack.model.table import NUMERIC, change
from boardpack.render.words import change as change_in_words
from boardpack.render.words import percent_places

_TOTAL = re.compile(r"(?:grand |overall |net |gross )?totals?\b.*|sum|all", re.IGNORECASE)
_NAMES = re.compile(
    r"(?:year|no|ref(?:erence)?|item|id|code|para(?:graph)?|page|phone|tel(?:ephone)?)\W*", re.IGNORECASE
)
_THOUSANDS = re.compile(r"[£$€]\s?(?:000|k|m|bn)\b|\bthousands?\b|\bmillions?\b", re.IGNORECASE)
_FIGURE = re.compile(r"[\s(+\u2212-]*[£$€]?\s?-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?\s?%?\)?")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a column holds: its type, its total (``sum``, a stated figure or empty), the columns that it compares."""

    type: str = "text"
    total: str = ""
    change: tuple[int, int] | None = None


def is_figure(words: str) -> bool:
    """Whether a cell holds an amount, a count or a percentage; a year is none."""
    return bool(_FIGURE.fullmatch(words)) and not _is_year(words)


def is_total(row: Sequence[str]) -> bool:
    """Whether a row says that it is the total of those above it."""
    return bool(_TOTAL.fullmatch(row[0]))


def kinds(labels: Sequence[str], body: Sequence[Sequence[str]], board: Board) -> list[Kind]:
    """What each column holds, by its label and its cells."""
    found = [Kind(_type(at, label, [row[at] for row in body], board)) for at, label in enumerate(labels)]
    figures = [at for at, kind in enumerate(found) if kind.type in ("money", "integer", "number")]
    for at, kind in enumerate(found):
        if kind.type == "percent":
            pairs = ((was, now) for was in figures for now in figures if was != now)
            pair = next((pair for pair in pairs if _is_change(at, pair, found, body, board)), None)
            found[at] = replace(kind, change=pair)
    return found


def with_total(found: Sequence[Kind], total: Sequence[str], body: Sequence[Sequence[str]], board: Board) -> list[Kind]:
    """The columns with their totals: ``sum``, or the figure that the report states; nothing for a row that is no total.

    A percentage under a column is seldom the sum of it; a row with such, or with words, is better kept as typed.
    """
    totals = [""] * len(found)
    for at, words in enumerate(total[1:], start=1):
        kind = found[at]
        if is_blank(words) or kind.change:
            continue
        stated = read_number(words, kind.type, board.currency) if kind.type in NUMERIC else None
        if stated is None:
            return []
        if _sum(at, found, body, board) == stated:
            totals[at] = "sum"
        elif kind.type == "percent":
            return []
        else:
            totals[at] = figure(words, kind.type, board)
    kept = [replace(kind, total=words) for kind, words in zip(found, totals, strict=True)]
    changes = all(_total_change(at, kept, total, body, board) for at, kind in enumerate(kept) if kind.change)
    return kept if any(totals) and changes else []


def figure(words: str, type: str, board: Board) -> str:
    """A figure as papers type it: without separators and without the currency."""
    number = read_number(words, type, board.currency)
    return words if number is None or is_blank(words) else f"{number:f}"


def day(words: str) -> str:
    """A date as papers type it."""
    found = read_date(words)
    return found.isoformat() if found else words


def _sum(at: int, found: Sequence[Kind], body: Sequence[Sequence[str]], board: Board) -> Decimal:
    figures = (read_number(row[at], found[at].type, board.currency) for row in body)
    return sum((each for each in figures if each is not None), Decimal(0))


def _is_change(
    at: int, pair: tuple[int, int], found: Sequence[Kind], body: Sequence[Sequence[str]], board: Board
) -> bool:
    """Whether a column of percentages prints what comes of comparing two others, row by row."""
    said = 0
    for row in body:
        was, now = (read_number(row[each], found[each].type, board.currency) for each in pair)
        reckoned = _printed(change("percent", was, now))
        if reckoned != _plain(row[at]):
            return False
        said += bool(reckoned)
    return said > 1


def _total_change(
    at: int, found: Sequence[Kind], total: Sequence[str], body: Sequence[Sequence[str]], board: Board
) -> bool:
    was, now = (_sum(each, found, body, board) for each in found[at].change or (0, 0))
    return _printed(change("percent", was, now)) == _plain(total[at])


def _printed(number: Decimal | None) -> str:
    return "" if number is None else _plain(f"{change_in_words(number, percent_places(number))}%")


def _plain(words: str) -> str:
    return "" if is_blank(words) else words.replace("\u2212", "-").replace("+", "").replace(" ", "")


def _is_year(words: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)[0-9]{2}", words))


def _type(at: int, label: str, cells: list[str], board: Board) -> str:
    """What a column holds, where every cell that is not blank is of that type."""
    said = [cell for cell in cells if not is_blank(cell)]
    if not said:
        return "text"
    if all(read_date(cell) for cell in said):
        return "date"
    if at and _are_ratings(label, said, board):
        return "rag"
    if at == 0 or _NAMES.fullmatch(label.strip()) or not all(_FIGURE.fullmatch(cell) for cell in said):
        return "text"
    return _figures(label, said, board)


def _are_ratings(label: str, cells: list[str], board: Board) -> bool:
    """Ratings by their words or letters; a letter alone may be anything, unless the column says what it is."""
    if not all(board.rating(cell) for cell in cells):
        return False
    return all(len(cell) > 1 for cell in cells) or bool(re.search(r"\brag\b|rating|status", label, re.IGNORECASE))


def _figures(label: str, cells: list[str], board: Board) -> str:
    if any(re.match(r"0[0-9]", cell) for cell in cells) or all(_is_year(cell) for cell in cells):
        return "text"
    money = any(board.currency and board.currency in cell for cell in cells)
    money = money or (bool(board.currency) and board.currency in label and not _THOUSANDS.search(label))
    percent = all(cell.endswith(("%", "%)")) for cell in cells)
    for type, fits in (("money", money), ("percent", percent), ("integer", True), ("number", True)):
        if (
            fits
            and not (type == "integer" and any("." in cell for cell in cells))
            and all(read_number(cell, type, board.currency) is not None for cell in cells)
        ):
            return type
    return "text"
