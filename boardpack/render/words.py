"""Times and figures in words, as they print."""

from __future__ import annotations

from boardpack.model.figures import MINUS, change, clock, figure, percent_places, sentence
from boardpack.model.numbered import TimeSlot

__all__ = ["MINUS", "change", "clock", "figure", "percent_places", "sentence", "slot"]


def slot(when: TimeSlot) -> str:
    """9:30 to 9:40."""
    return f"{clock(when.starts)} to {clock(when.ends)}"
