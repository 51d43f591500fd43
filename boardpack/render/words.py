"""Times and figures in words, as they print."""

from __future__ import annotations

from datetime import time
from decimal import ROUND_HALF_UP, Context, Decimal

from boardpack.model.numbered import TimeSlot

MINUS = "\N{MINUS SIGN}"


def clock(moment: time) -> str:
    """9:30."""
    return f"{moment.hour}:{moment.minute:02}"


def slot(when: TimeSlot) -> str:
    """9:30 to 9:40."""
    return f"{clock(when.starts)} to {clock(when.ends)}"


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
