"""Colours as RRGGBB, and how far apart eyes and the rules for accessibility see them."""

from __future__ import annotations

import math
from collections.abc import Sequence


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour, each 0 to 255."""
    return int(colour[0:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


def luminance(colour: str) -> float:
    """How bright a colour is, from 0 for black to 1 for white (WCAG 2.2, relative luminance)."""
    parts = [channel / 255 for channel in channels(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def on_white(colour: str) -> float:
    """The contrast of a colour with white, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    return 1.05 / (luminance(colour) + 0.05)


def darkened(colour: str, contrast: float) -> str:
    """The colour, or the nearest darker shade of it that has this contrast with white."""
    red, green, blue = channels(colour)
    for share in range(100, -1, -1):
        shade = f"{red * share // 100:02X}{green * share // 100:02X}{blue * share // 100:02X}"
        if on_white(shade) >= contrast:
            return shade
    return "000000"


_ALIKE = 45.0
"""How far apart two colours may lie, as points of red, green and blue, and still be taken for one another."""


def apart(colours: Sequence[str]) -> list[str]:
    """The same colours in their order, each once, and those that look like an earlier one at the end."""
    first: list[str] = []
    for colour in colours:
        if all(_distance(colour, other) >= _ALIKE for other in first):
            first.append(colour)
    return list(dict.fromkeys((*first, *colours)))


def _distance(one: str, other: str) -> float:
    return math.dist(channels(one), channels(other))
