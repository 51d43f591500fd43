"""matplotlib: figures as a picture that also reads in grey, without colour vision, and from the back of the room.

Plain values in, PNG out, and the same bytes for the same values. matplotlib is loaded when the first chart is drawn: a
pack without charts does not wait for it.
"""

from __future__ import annotations

import logging
import os
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from boardpack.model.colour import apart, darkened


class Kind(StrEnum):
    """Bars side by side, bars in piles, or lines."""

    BAR = "bar"
    STACKED = "stacked"
    LINE = "line"


CONTRAST = 3.0
"""The least contrast of anything drawn with the white behind it (WCAG 2.2, 1.4.11)."""
COLOURS = ("17505F", "8A4B08", "1E6B35", "A3241C", "6B4E8A", "5A6A72")
"""Colours for a house style whose theme has none."""
DPI = 220
"""Dots an inch of the pictures."""
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Series:
    """What one set of bars or one line shows: a figure for each label, ``None`` for a gap, and how each prints."""

    name: str
    values: tuple[Decimal | None, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart to be drawn, in points.

    ``labels`` name the points along the axis. ``figure`` says how a figure prints on the axis with so many decimal
    places, ``whole`` that only whole numbers may stand there. ``colours`` are RRGGBB; each is made dark enough. Without
    a ``font`` file the letters are matplotlib's own. ``width`` is the picture's, ``height`` the most that it may take.
    """

    kind: Kind
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    figure: Callable[[Decimal, int], str]
    width: float
    height: float
    colours: tuple[str, ...] = COLOURS
    font: Path | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture: a PNG and its size in points."""

    data: bytes
    width: float
    height: float


def draw(chart: Chart) -> Drawing:
    """The chart as a picture. May be called from several threads; one draws at a time."""
    with _LOCK, _matplotlib(chart.font) as families:
        from boardpack.charts import bars, lines
        from boardpack.charts.sheet import Sheet

        sheet = Sheet(chart, families)
        (lines if chart.kind is Kind.LINE else bars).draw(sheet)
        return sheet.finished()


def palette(colours: Sequence[str]) -> list[str]:
    """The colours that a chart uses: dark enough to be seen on white, those that look alike not side by side."""
    return apart([darkened(colour, CONTRAST) for colour in colours or COLOURS])


@contextmanager
def _matplotlib(font: Path | None) -> Iterator[list[str]]:
    """Settle matplotlib on its own defaults, whatever a matplotlibrc says, and keep it silent; yield font families.

    A sign that no font here holds is drawn as a box, about which it would warn.
    """
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _cache_folder():
                from matplotlib import font_manager, rc_context, rcParamsDefault
            families = [*_family(font, font_manager), "DejaVu Sans"]
            settings: dict[Any, Any] = {key: value for key, value in rcParamsDefault.items() if "backend" not in key}
            settings |= {
                "font.family": families,
                "text.parse_math": False,
                "text.hinting": "no_hinting",
                "axes.unicode_minus": True,
                "hatch.linewidth": 0.9,
            }
            with rc_context(settings):
                yield families
    finally:
        log.setLevel(level)


@contextmanager
def _cache_folder() -> Iterator[None]:
    """Have matplotlib keep its list of fonts with what this program keeps; where it cannot, it takes another folder."""
    named = "MPLCONFIGDIR"
    if named in os.environ:
        yield
        return
    os.environ[named] = str(user_cache_path("boardpack") / "matplotlib")
    try:
        yield
    finally:
        del os.environ[named]


def _family(font: Path | None, manager: Any) -> list[str]:
    """The name under which matplotlib knows exactly this font file; nothing for a file that it cannot read."""
    if font is None:
        return []
    name, known = f"boardpack {font}", manager.fontManager.ttflist
    if not any(entry.name == name for entry in known):
        try:
            entry = manager.ttfFontProperty(manager.get_font(str(font)))
        except (OSError, RuntimeError):
            return []
        known.append(replace(entry, name=name))
    return [name]
