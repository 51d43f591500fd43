"""Lines, with a mark on each figure and a gap where there is none."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from boardpack.charts.sheet import AXIS, FIGURE, INK, LINE, TEXT, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PLOT = 195.0
"""The height of the plot."""


def draw(sheet: Sheet) -> None:
    """Draw a line for each series."""
    chart, top = sheet.chart, sheet.heads()
    count, gutter = len(chart.labels), sheet.gutter(sheet.scale(0, 0))
    slot = (chart.width - gutter) / count
    labels = _under(sheet, slot)
    last = max(index for index in range(count) if labels[index] or not index)
    right = max(0.0, _width(sheet, labels[last]) / 2 - (count - last - 0.5) * slot)
    left = _width(sheet, labels[0]) / 2 - slot / 2
    bottom = (1 + max(label.count("\n") for label in labels)) * TEXT * LINE + 6
    sheet.height = min(chart.height, top + _PLOT + bottom)
    words = len(chart.series) == 1 and max(sheet.measure(each, FIGURE) for each in chart.series[0].words) <= slot - 4
    room = FIGURE * 1.9 / (sheet.height - top - bottom) if words else 0.0
    scale = sheet.scale(room, room)
    axes = sheet.axes(max(sheet.gutter(scale), left), bottom, right, top, lying=False)
    axes.set_xlim(-0.5, count - 0.5)
    axes.set_ylim(scale.low, scale.high)
    axes.set_yticks(scale.ticks, labels=scale.words)
    shown = [index for index in range(count) if labels[index]]
    axes.set_xticks(shown, labels=[labels[index] for index in shown], linespacing=LINE)
    if scale.low <= 0 <= scale.high:
        axes.axhline(0, color=AXIS, linewidth=0.9, zorder=1.5)
    for index, series in enumerate(chart.series):
        values = [math.nan if value is None else float(value) for value in series.values]
        axes.plot(range(count), values, clip_on=False, zorder=3, **sheet.stroke(index, min(6.0, max(2.5, slot / 3))))
    if words:
        _print_words(sheet, axes, scale.low + 0.9 * room * (scale.high - scale.low))


def _width(sheet: Sheet, label: str) -> float:
    return max(sheet.measure(line, TEXT) for line in label.split("\n"))


def _under(sheet: Sheet, slot: float) -> list[str]:
    """The labels under the axis: each, or every second, third and so on, so that those shown fit in three lines."""
    labels, found = sheet.chart.labels, list[list[str] | None]()
    for every in range(1, len(labels) + 1):
        room = slot * every * 0.94
        found = [sheet.unbroken(label, room, 3) for label in labels[::every]]
        if None not in found:
            break
    else:
        found = [sheet.wrapped(labels[0], sheet.chart.width / 2)]
    return ["" if index % every else "\n".join(found[index // every] or ()) for index in range(len(labels))]


def _print_words(sheet: Sheet, axes: Axes, lowest: float) -> None:
    """The figure above each point of a line, or below it in a valley that lies above ``lowest``.

    A ring of white keeps it apart from the line.
    """
    from matplotlib.patheffects import withStroke

    (series,) = sheet.chart.series
    for index, (value, words) in enumerate(zip(series.values, series.words, strict=True)):
        if value is not None:
            beside = [each for each in series.values[max(index - 1, 0) : index + 2] if each is not None]
            below = float(value) >= lowest and sum(beside) > value * len(beside)
            axes.annotate(
                words,
                (index, float(value)),
                xytext=(0, -6 if below else 6),
                textcoords="offset points",
                ha="center",
                va="top" if below else "bottom",
                fontsize=FIGURE,
                color=INK,
                path_effects=[withStroke(linewidth=2.5, foreground="white")],
                zorder=4,
            )
