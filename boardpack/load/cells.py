"""What was typed in a cell -> its value by the column's type."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from boardpack.model.board import Board

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_FIGURE = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_DIGITS = 20
_EMPTY = frozenset(("", "-", "–", "—", "n/a", "nil", "not applicable"))
_WORDED_DATE = re.compile(r"([0-9]{1,2}) ([A-Za-z]{3,9})\.? ([0-9]{4})")
_SLASHED_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def is_blank(typed: str) -> bool:
    """Whether a cell says that there is no figure, date, rating or person: empty, a dash, `N/A`."""
    return typed.strip().casefold() in _EMPTY


def read_number(typed: str, type: str, currency: str) -> Decimal | None:
    """The figure in a cell of a numeric column; ``None`` where it is none.

    Separators of thousands, the currency, a percent sign, a true minus and the brackets of accountants are
    understood.
    """
    text = typed.strip().replace("\u2212", "-").replace("\u00a0", "")
    negative = text.startswith("(") and text.endswith(")")
    text = text[1:-1] if negative else text
    if text[:1] in ("-", "+"):
        negative, text = negative or text[0] == "-", text[1:].lstrip()
    if type == "money" and currency:
        text = text.removeprefix(currency).lstrip()
        if text.startswith("-"):
            negative, text = True, text[1:]
    if type == "percent":
        text = text.removesuffix("%").rstrip()
    if not text or not _FIGURE.fullmatch(text):
        return None
    number = Decimal(text.replace(",", ""))
    if (
        number.adjusted() > _DIGITS or len(number.as_tuple().digits) > _DIGITS
    ):  # no figure of a paper, and past reckoning
        return None
    if type == "integer" and number != number.to_integral_value():
        return None
    return -number if negative else number


def read_date(typed: str) -> date | None:
    """The date in a cell: 2010-03-11, 11 March 2010 or 11/03/2010, the day first; else ``None``."""
    text = " ".join(typed.split())
    try:
        if match := _WORDED_DATE.fullmatch(text):
            months = [month for month in _MONTHS if month.startswith(match[2].casefold())]
            return date(int(match[3]), _MONTHS.index(months[0]) + 1, int(match[1])) if months else None
        if match := _SLASHED_DATE.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def belongs(typed: str, type: str, board: Board) -> bool:
    """Whether a cell that is not blank is of a column's type."""
    if type == "rag":
        return board.rating(typed) is not None
    if type == "date":
        return read_date(typed) is not None
    if type in ("text", "person"):
        return True
    return read_number(typed, type, board.currency) is not None
