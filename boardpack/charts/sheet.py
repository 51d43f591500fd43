"""The sheet that a chart is drawn on: measuring, the legend, the axes, and how each series looks."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from boardpack.charts import DPI, Chart, Drawing, Kind, palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TEXT, FIGURE, SMALL = 9.5, 9.0, 6.5
"""Type in points: labels and legend, values at bars, the smallest that crowded labels are set in."""
LINE = 1.22  # from one line of type to the next
INK, AXIS, _GRID = "#222222", "#555555", "#DADADA"
_ABOVE = 5.0  # left free at the top
_HATCHES = ("", "////", "....", "xxxx", "||||", "oo")
_DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)), (0, (3, 1)), (0, (9, 3)))
_MARKERS = ("o", "s", "^", "D", "v", "P")


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of figures: where it starts and ends, its ticks, and their words."""

    low: float
    high: float
    ticks: list[float]
    words: list[str]


class Sheet:
    """A chart in the making. All lengths are points, measured in the chart's own font."""

    def __init__(self, chart: Chart, families: list[str]) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.chart = chart
        self.families = families
        self.colours = [f"#{colour}" for colour in palette(chart.colours)]
        self.figure = Figure(figsize=(chart.width / 72, chart.height / 72), dpi=DPI, facecolor="white")
        self.canvas: Any = FigureCanvasAgg(self.figure)
        self.height = chart.height
        self.widths: dict[tuple[str, float], float] = {}

    # --- Measuring

    def measure(self, text: str, size: float) -> float:
        """How wide a line of text is."""
        from matplotlib.font_manager import FontProperties

        if (text, size) not in self.widths:
            properties = FontProperties(family=self.families, size=size)
            width, _, _ = self.canvas.get_renderer().get_text_width_height_descent(text, properties, False)
            self.widths[text, size] = float(width) * 72 / DPI
        return self.widths[text, size]

    def wrapped(self, text: str, room: float, size: float = TEXT) -> list[str]:
        """A text as lines no wider than there is room; a word that is wider by itself is divided."""
        space = self.measure("n n", size) - self.measure("nn", size)
        lines: list[str] = []
        filled = room
        for piece in (piece for word in text.split() for piece in self._pieces(word, room, size)):
            width = self.measure(piece, size)
            if filled + space + width <= room:
                lines[-1] += f" {piece}"
                filled += space + width
            else:
                lines.append(piece)
                filled = width
        return lines or [""]

    def _pieces(self, word: str, room: float, size: float) -> Iterator[str]:
        """A word, divided where it is wider than there is room."""
        while self.measure(word, size) > room and len(word) > 1:
            cut = next((n for n in range(len(word) - 1, 1, -1) if self.measure(word[:n], size) <= room), 1)
            yield word[:cut]
            word = word[cut:]
        yield word

    def unbroken(self, text: str, room: float, lines: int) -> list[str] | None:
        """The text in at most so many lines without a divided word; ``None`` where that does not go."""
        if any(self.measure(word, TEXT) > room for word in text.split()):
            return None
        found = self.wrapped(text, room)
        return found if len(found) <= lines else None

    # --- The whole

    def finished(self) -> Drawing:
        """The picture, when everything is on it."""
        from PIL import Image

        self.canvas.draw()
        size = self.canvas.get_width_height()
        image = Image.frombytes("RGBA", size, bytes(self.canvas.buffer_rgba())).convert("RGB")
        # A chart has few colours: named once and not for each dot, they make a file of a quarter of the size.
        image = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        # Naming them takes a mean of the lightest, and a ground that is not quite white shows on paper.
        image.putpalette([255 if channel >= 250 else channel for channel in image.getpalette() or ()])
        data = io.BytesIO()
        image.save(data, "PNG", dpi=(DPI, DPI))
        return Drawing(data.getvalue(), size[0] * 72 / DPI, size[1] * 72 / DPI)

    def gutter(self, scale: Scale) -> float:
        """The room that the figures of the axis take at its left."""
        return max(self.measure(words, TEXT) for words in scale.words) + 9

    def heads(self) -> float:
        """Print what is drawn above the plot, a legend for several series; returns the room that it takes."""
        from matplotlib.transforms import ScaledTranslation

        names = [series.name for series in self.chart.series]
        room = self.chart.width - 40
        shown = ["\n".join(self.wrapped(name, room)) for name in names]
        if len(names) == 1:
            if not names[0].strip():
                return _ABOVE
            top = self.figure.transFigure + ScaledTranslation(0, -_ABOVE / 72, self.figure.dpi_scale_trans)
            style: dict[str, Any] = {"fontsize": TEXT, "color": INK, "linespacing": LINE, "transform": top}
            self.figure.text(0, 1, shown[0], ha="left", va="top", **style)
            return _ABOVE + (1 + shown[0].count("\n")) * TEXT * LINE + 7
        widest = max(self.measure(line, TEXT) for name in shown for line in name.split("\n"))
        columns = max(1, min(len(names), int((self.chart.width + 20) // (widest + 50))))
        # A legend is filled column by column; taken in this order it reads from the left to the right.
        across = [index for column in range(columns) for index in range(column, len(names), columns)]
        legend = self.figure.legend(
            handles=[self.sample(index) for index in across],
            labels=[shown[index] for index in across],
            ncols=columns,
            loc="upper left",
            bbox_to_anchor=(-_ABOVE / self.chart.width, 1),
            borderpad=0,
            borderaxespad=_ABOVE / TEXT,
            frameon=False,
            fontsize=TEXT,
            labelcolor=INK,
            handlelength=2.6,
            handleheight=0.9,
            columnspacing=2,
        )
        return float(legend.get_window_extent(self.canvas.get_renderer()).height) * 72 / DPI + _ABOVE + 10

    def sample(self, index: int) -> Any:
        """What stands before a series' name in the legend."""
        from matplotlib.lines import Line2D
        from matplotlib.patches import Patch

        if self.chart.kind is Kind.LINE:
            return Line2D([], [], **self.stroke(index, 6))
        return Patch(**self.fill(index))

    def fill(self, index: int, thick: float = TEXT) -> dict[str, Any]:
        """How the bars of a series look at this thickness: a colour, and in it a pattern in white."""
        return {
            "facecolor": self.colours[index % len(self.colours)],
            "edgecolor": "white",
            "linewidth": min(0.6, thick / 12),
            "hatch": _HATCHES[index % len(_HATCHES)],
        }

    def stroke(self, index: int, marker: float) -> dict[str, Any]:
        """How the line of a series looks: a colour, dashes, and marks on its points."""
        return {
            "color": self.colours[index % len(self.colours)],
            "linestyle": _DASHES[index % len(_DASHES)],
            "linewidth": 1.8,
            "marker": _MARKERS[index % len(_MARKERS)],
            "markersize": marker,
            "markeredgecolor": "white",
            "markeredgewidth": min(0.7, marker / 6),
        }

    # --- Axes

    def extent(self) -> tuple[float, float]:
        """The least and the greatest figure that the axis has to show; for bars nought is one of them."""
        values = [float(value) for series in self.chart.series for value in series.values if value is not None]
        if self.chart.kind is Kind.STACKED:
            values = [total for index in range(len(self.chart.labels)) for total in self.stacked(index)]
        low, high = min(values, default=0.0), max(values, default=0.0)
        near_nought = low <= high / 2 and high >= low / 2
        if self.chart.kind is not Kind.LINE or near_nought or low == high:
            low, high = min(low, 0.0), max(high, 0.0)
        return (low, high) if low < high else (0.0, 1.0)

    def stacked(self, index: int) -> tuple[float, float]:
        """How far the pile of one label reaches below and above nought."""
        values = [float(value) for series in self.chart.series if (value := series.values[index]) is not None]
        return sum(value for value in values if value < 0), sum(value for value in values if value > 0)

    def scale(self, below: float, above: float) -> Scale:
        """The axis of figures, with these shares of its length left free for words at the ends of the bars."""
        from matplotlib.ticker import MaxNLocator

        low, high = self.extent()
        locator = MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10], integer=self.chart.whole)
        ticks = [float(tick) for tick in locator.tick_values(low, high)]
        step = ticks[1] - ticks[0]
        places = next((n for n in range(15) if math.isclose(round(step, n), step, rel_tol=1e-6)), 15)
        span = (high - low) / (1 - below - above)
        start, end = min(ticks[0], low - below * span), max(ticks[-1], high + above * span)
        if low == 0:
            start = 0.0
        if high == 0:
            end = 0.0
        ticks = [tick for tick in ticks if start <= tick <= end]
        words = [self.chart.figure(Decimal(repr(round(tick, places))), places) for tick in ticks]
        return Scale(start, end, ticks, words)

    def axes(self, left: float, bottom: float, right: float, top: float, *, lying: bool) -> Axes:
        """A plot with these margins, a light grid across the axis of figures, and no box around it."""
        width, height = self.chart.width, self.height
        self.figure.set_size_inches(width / 72, height / 72)
        axes = self.figure.add_axes(
            (left / width, bottom / height, (width - left - right) / width, (height - bottom - top) / height)
        )
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.set_axisbelow(True)
        axes.tick_params(length=0, pad=5, labelsize=TEXT, labelcolor=INK)
        axes.grid(True, axis="x" if lying else "y", color=_GRID, linewidth=0.7)
        return axes
