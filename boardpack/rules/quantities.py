"""Figures as people type them: in cells of any type, in prose, with the words that scale them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from boardpack.model.table import Cell, Column, Row, Table
from boardpack.rules.patterns import later

_NOTHING = frozenset(("", "-", "–", "—", "nil"))
_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ROUNDED = later(r"\bround", re.IGNORECASE)


class Amount(NamedTuple):
    """A figure in a text: its value, the ``unit`` that its last digit counts, whether it is money or a percentage."""

    value: Decimal
    unit: Decimal
    money: bool
    percent: bool
    typed: str
    start: int
    end: int


def amounts(text: str, currency: str) -> Iterator[Amount]:
    """Every figure in a text, in order; what is part of a word, a date with strokes or a longer number is none."""
    for match in _pattern(currency).finditer(text):
        scale = _SCALES.get((match["scale"] or "").lower(), 0)
        number = Decimal(match["number"].replace(",", "")).scaleb(scale)
        unit = _unit(match["number"], scale)
        money = match["currency"] is not None
        yield Amount(number, unit, money, match["percent"] is not None, match[0].strip(), match.start(), match.end())


@lru_cache
def _pattern(currency: str) -> re.Pattern[str]:
    sign = re.escape(currency or "£")
    return re.compile(
        rf"(?<![\w.,/])(?:(?P<currency>{sign})\s?)?(?P<number>{_NUMBER})(?:\s?(?P<percent>%|per ?cent\b))?"
        r"(?:\s?(?P<scale>thousand|million|billion|(?(currency)(?:k|m|bn)|(?!)))\b)?(?![\w/]|[.,]\d)",
        re.IGNORECASE,
    )


def _unit(typed: str, scale: int) -> Decimal:
    _, point, places = typed.partition(".")
    return Decimal(1).scaleb(scale - (len(places) if point else 0))


def unit_of(figure: Decimal) -> Decimal:
    """What the last digit of a figure counts: 0.1 for 12.5, 1 for 1200."""
    exponent = figure.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


def off_by(stated: Decimal, right: Decimal) -> str:
    """How far a stated figure is from the right one: "1 less", "20 more"."""
    return f"{abs(stated - right):,f} {'less' if stated < right else 'more'}"


def slipped(one: Decimal, other: Decimal) -> bool:
    """Whether two figures differ as by a slip of the hand: one digit, or two neighbouring digits changed over."""
    first, second = f"{one:f}", f"{other:f}"
    if len(first) != len(second):
        return False
    apart = [at for at, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(apart) == 1:
        return True
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and first[apart[0]] == second[apart[1]]
        and first[apart[1]] == second[apart[0]]
    )


class Figures(NamedTuple):
    """A column's figures, one for each row of the table; ``whole`` where every cell that says something is one."""

    values: list[Decimal | None]
    whole: bool


def column_figures(table: Table, index: int, currency: str) -> Figures | None:
    """The figures of a typed column, or of a text column in which all cells are plain figures; ``None`` for others."""
    column = table.columns[index]
    if column.numeric:
        cells = [row.cells[index] if isinstance(row, Row) else None for row in table.rows]
        return Figures([cell.number if cell else None for cell in cells], all(map(_is_clear, cells)))
    if column.type != "text":
        return None
    values: list[Decimal | None] = []
    for row in table.rows:
        cell = row.cells[index] if isinstance(row, Row) else None
        typed = cell.text.value.strip() if cell else ""
        value = None if typed in _NOTHING else _plain(typed, currency)
        if value is None and typed not in _NOTHING:
            return None
        values.append(value)
    return Figures(values, True) if any(value is not None for value in values) else None


def _is_clear(cell: Cell | None) -> bool:
    return cell is None or cell.number is not None or cell.text.value.strip().lower() in _NOTHING


def _plain(typed: str, currency: str) -> Decimal | None:
    """The figure that a whole cell of words is: `1,236`, `£1,236.50`."""
    if not typed[-1:].isdigit():
        return None
    found = re.fullmatch(rf"(?:{re.escape(currency or '£')}\s?)?({_NUMBER})", typed)
    return Decimal(found[1].replace(",", "")) if found else None


def row_label(table: Table, row: Row) -> str:
    """The words that a row begins with, without the signs of Markdown around them."""
    for column, cell in zip(table.columns, row.cells, strict=True):
        if not column.numeric:
            return cell.text.value.strip(" *_:\n") if cell else ""
    return ""


def leeway(table: Table, column: Column, count: int, unit: Decimal) -> Decimal:
    """How far a sum of so many figures may be off, in a table that says that its figures are rounded."""
    said = (table.note, table.source, table.caption, column.label)
    return unit * count / 2 if any(text and _ROUNDED.search(text.value) for text in said) else Decimal(0)
