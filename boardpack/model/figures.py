"""Figures and times in words, as they print wherever they print."""

from __future__ import annotations

from datetime import time
from decimal import ROUND_HALF_UP, Context, Decimal

from boardpack.model.table import Column, Table

MINUS = "\N{MINUS SIGN}"


def clock(moment: time) -> str:
    """9:30."""
    return f"{moment.hour}:{moment.minute:02}"


def sentence(text: str) -> str:
    """The same words with a capital letter at the front."""
    return text[:1].upper() + text[1:]


def figure(number: Decimal, places: int) -> str:
    """A number with thousands separators, this many decimal places and a true minus sign."""
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, Context(prec=60))
    return f"{abs(rounded):,f}" if rounded >= 0 else f"{MINUS}{abs(rounded):,f}"


def change(number: Decimal, places: int) -> str:
    """A change: with its sign, unless there is none."""
    text = figure(number, places)
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def percent_places(number: Decimal) -> int:
    """How many decimal places a computed percentage prints with: three figures that count, at most two places."""
    size = abs(number)
    return 2 if size < 10 else 1 if size < 100 else 0


def typed_places(number: Decimal) -> int:
    """How many decimal places a figure was typed with."""
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def column_places(table: Table, column: Column) -> int:
    """How many decimal places a column's total prints with: as many as were typed; pounds and pence have two."""
    keys = column.change or (column.key,)
    places = max((typed_places(number) for key in keys for number in table.numbers(table.index(key))), default=0)
    return max(places, 2) if column.type == "money" and places > 0 else places


def changed(type: str, number: Decimal, places: int) -> str:
    """A computed change, by the type of its column."""
    if type == "percent":
        return f"{change(number, percent_places(number))}%"
    return change(number, places)


def in_column(column: Column, number: Decimal, places: int, currency: str = "") -> str:
    """A figure as it prints in a column; ``currency`` before it, where it prints one, as totals of money do."""
    if column.change is not None:
        return changed(column.type, number, places)
    if currency[-1:].isalpha():
        currency += "\N{NO-BREAK SPACE}"
    text = figure(number, places)
    minus = MINUS if text.startswith(MINUS) else ""
    return f"{minus}{currency}{text.removeprefix(minus)}{'%' if column.type == 'percent' else ''}"
