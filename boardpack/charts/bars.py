"""Bars side by side or in piles; upright while their labels fit under them, else lying."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boardpack.charts import Kind
from boardpack.charts.sheet import AXIS, FIGURE, INK, LINE, SMALL, TEXT, Scale, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PLOT = 190.0
"""The height of a plot with upright bars."""
_FILLED = 0.72
"""How much of the room of a label its bars take."""
_THICKEST = {Kind.BAR: 40.0, Kind.STACKED: 56.0}
"""Bars in a pile hold their own figures."""
_HALO = {"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none"}


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar: across the axis of figures it stands at ``centre`` (labels are 0, 1, …), along it from start to end."""

    series: int
    centre: float
    start: float
    end: float
    words: str


def draw(sheet: Sheet) -> None:
    """Draw bars or piles of bars."""
    labels = _under(sheet)
    if labels is not None:
        _upright(sheet, labels)
    else:
        _lying(sheet)


def _under(sheet: Sheet) -> list[str] | None:
    """The labels as they stand under upright bars, if each fits there in three lines."""
    slot = (sheet.chart.width - sheet.gutter(sheet.scale(0, 0))) / max(len(sheet.chart.labels), 1)
    found = [sheet.unbroken(label, slot * 0.92, 3) for label in sheet.chart.labels]
    return None if None in found else ["\n".join(lines or ()) for lines in found]


def _upright(sheet: Sheet, labels: list[str]) -> None:
    chart, top = sheet.chart, sheet.heads()
    bottom = (1 + max(label.count("\n") for label in labels)) * TEXT * LINE + 6
    sheet.height = min(chart.height, top + _PLOT + bottom)
    slot = (chart.width - sheet.gutter(sheet.scale(0, 0))) / len(labels)
    thick = _thickness(sheet, slot)
    lane = min(slot / _lanes(sheet), thick * 1.35)
    size = FIGURE if _widest(sheet, FIGURE) <= lane else 0.0
    scale = _scale(sheet, size * 1.5 / (sheet.height - top - bottom), size)
    axes = sheet.axes(sheet.gutter(scale), bottom, 0, top, lying=False)
    axes.set_xlim(-0.5, len(labels) - 0.5)
    axes.set_ylim(scale.low, scale.high)
    axes.set_yticks(scale.ticks, labels=scale.words)
    axes.set_xticks(range(len(labels)), labels=labels, linespacing=LINE)
    axes.axhline(0, color=AXIS, linewidth=0.9, zorder=3)
    bars = list(_bars(sheet, thick / slot))
    for index in range(len(chart.series)):
        own = [bar for bar in bars if bar.series == index]
        centres, lengths, starts = _columns(own)
        axes.bar(centres, lengths, thick / slot, starts, **sheet.fill(index, thick))
    long = (sheet.height - top - bottom) / (scale.high - scale.low)
    _print_words(sheet, axes, bars, _Room(size, long, thick, lying=False))


def _lying(sheet: Sheet) -> None:
    chart, top = sheet.chart, sheet.heads()
    bottom = TEXT * LINE + 6
    labels, size, slot = _beside(sheet, chart.height - top - bottom)
    sheet.height = top + slot * len(labels) + bottom
    left = max(sheet.measure(line, size) for label in labels for line in label.split("\n")) + 9
    thick = _thickness(sheet, slot)
    figure = min(FIGURE, thick - 0.5) if thick >= SMALL + 1 else 0.0
    first = sheet.scale(0, 0)
    right = sheet.measure(first.words[-1], TEXT) / 2 + 2
    plot = chart.width - left - right
    scale = _scale(sheet, min(0.3, (_widest(sheet, figure) + 10) / plot) if figure else 0.0, figure)
    axes = sheet.axes(left, bottom, right, top, lying=True)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_xlim(scale.low, scale.high)
    axes.set_xticks(*_apart(sheet, scale, plot))
    axes.set_yticks(range(len(labels)), labels=labels, linespacing=LINE, fontsize=size)
    axes.axvline(0, color=AXIS, linewidth=0.9, zorder=3)
    bars = list(_bars(sheet, thick / slot))
    for index in range(len(chart.series)):
        own = [bar for bar in bars if bar.series == index]
        centres, lengths, starts = _columns(own)
        axes.barh(centres, lengths, thick / slot, starts, **sheet.fill(index, thick))
    _print_words(sheet, axes, bars, _Room(figure, plot / (scale.high - scale.low), thick, lying=True))


def _columns(bars: list[_Bar]) -> tuple[list[float], list[float], list[float]]:
    """Centres, lengths and starts of some bars, as matplotlib takes them."""
    return [bar.centre for bar in bars], [bar.end - bar.start for bar in bars], [bar.start for bar in bars]


def _beside(sheet: Sheet, room: float) -> tuple[list[str], float, float]:
    """The labels as they stand beside lying bars, the size of their type, and the room for each.

    They take a third of the width; more of it, then smaller type, where the picture would get too high otherwise.
    """
    labels, wanted = sheet.chart.labels, _lanes(sheet) * (FIGURE + 4) / _FILLED
    for share, size in ((0.34, TEXT), (0.46, TEXT), (0.46, 8.5), (0.55, 7.5), (0.55, SMALL)):
        found = [sheet.wrapped(label, sheet.chart.width * share, size) for label in labels]
        least = max(len(lines) for lines in found) * size * LINE + 1
        if least * len(labels) <= room:
            slot = min(max(wanted, least + 4), room / len(labels))
            return ["\n".join(lines) for lines in found], size, slot
    slot = room / len(labels)
    every = math.ceil(SMALL * LINE / slot)
    cut = [_cut(lines) if index % every == 0 else "" for index, lines in enumerate(found)]
    return cut, SMALL, slot


def _cut(lines: list[str]) -> str:
    return lines[0] if len(lines) == 1 else f"{lines[0]} …"


def _apart(sheet: Sheet, scale: Scale, plot: float) -> tuple[list[float], list[str]]:
    """The ticks of an axis across the page, only as many as stand apart, nought among them."""
    step = (scale.ticks[1] - scale.ticks[0]) / (scale.high - scale.low) * plot if len(scale.ticks) > 1 else plot
    every = max(1, math.ceil((max(sheet.measure(words, TEXT) for words in scale.words) + 10) / step))
    nought = min(range(len(scale.ticks)), key=lambda index: abs(scale.ticks[index]))
    kept = [index for index in range(len(scale.ticks)) if (index - nought) % every == 0]
    return [scale.ticks[index] for index in kept], [scale.words[index] for index in kept]


def _lanes(sheet: Sheet) -> int:
    """How many bars stand side by side at each label."""
    return 1 if sheet.chart.kind is Kind.STACKED else len(sheet.chart.series)


def _thickness(sheet: Sheet, slot: float) -> float:
    return min(slot * _FILLED / _lanes(sheet), _THICKEST[sheet.chart.kind])


def _widest(sheet: Sheet, size: float) -> float:
    """The width of the longest of the words that stand at the bars."""
    return max((sheet.measure(words, size) for series in sheet.chart.series for words in series.words), default=0.0)


def _scale(sheet: Sheet, share: float, size: float) -> Scale:
    """The axis, with room beyond the bars for the words at their ends; in piles words stand inside."""
    if not size or sheet.chart.kind is Kind.STACKED:
        return sheet.scale(0, 0)
    values = [value for series in sheet.chart.series for value in series.values if value is not None]
    return sheet.scale(share * any(value < 0 for value in values), share * any(value >= 0 for value in values))


def _bars(sheet: Sheet, thick: float) -> Iterator[_Bar]:
    """Every bar of the chart; ``thick`` is a part of the room that a label has."""
    chart, lanes = sheet.chart, _lanes(sheet)
    ends = [[0.0, 0.0] for _ in chart.labels]
    for number, series in enumerate(chart.series):
        beside = (number - (lanes - 1) / 2) * thick if lanes > 1 else 0.0
        for index, (value, words) in enumerate(zip(series.values, series.words, strict=True)):
            if value is None:
                continue
            start = ends[index][value < 0] if chart.kind is Kind.STACKED else 0.0
            ends[index][value < 0] = start + float(value)
            yield _Bar(number, index + beside, start, start + float(value), words)


@dataclass(frozen=True, slots=True)
class _Room:
    """What there is for the words at the bars: the size of type, points for each unit, points across a bar."""

    size: float
    long: float
    thick: float
    lying: bool


def _print_words(sheet: Sheet, axes: Axes, bars: list[_Bar], room: _Room) -> None:
    """The figures at the ends of the bars, or inside the bars of a pile where they fit; none in type of no size."""
    for bar in bars if room.size else ():
        if sheet.chart.kind is not Kind.STACKED:
            _at_end(axes, bar, room.size, lying=room.lying)
            continue
        across, along = (room.size * LINE, sheet.measure(bar.words, room.size))[:: 1 if room.lying else -1]
        if abs(bar.end - bar.start) * room.long >= along + 3 and room.thick >= across + 4:
            middle = (bar.start + bar.end) / 2
            at = (middle, bar.centre) if room.lying else (bar.centre, middle)
            style: dict[str, Any] = {"fontsize": room.size, "color": INK, "bbox": _HALO, "zorder": 4}
            axes.annotate(bar.words, at, ha="center", va="center", **style)


def _at_end(axes: Axes, bar: _Bar, size: float, *, lying: bool) -> None:
    from matplotlib.patheffects import withStroke

    side = -1 if bar.end < 0 else 1
    at = (bar.end, bar.centre) if lying else (bar.centre, bar.end)
    axes.annotate(
        bar.words,
        at,
        xytext=(3 * side, 0) if lying else (0, 2.5 * side),
        textcoords="offset points",
        ha=("left" if side > 0 else "right") if lying else "center",
        va="center_baseline" if lying else ("bottom" if side > 0 else "top"),
        fontsize=size,
        color=INK,
        path_effects=[withStroke(linewidth=2, foreground="white")],
        zorder=4,
    )
