"""A paper's chart and its table become what is drawn, and words for those who do not see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from boardpack.charts import Chart, Kind, Series
from boardpack.markdown.walk import plain
from boardpack.model import chart as model
from boardpack.model import dates, figures
from boardpack.model.board import Board
from boardpack.model.sentences import listed
from boardpack.model.table import Column, Row, Table

_NAMES = {"bar": "Bar chart", "stacked": "Stacked bar chart", "line": "Line chart"}
_FEW = 12
"""How many figures are read out one by one; of more only the smallest and the largest."""


@dataclass(frozen=True, slots=True)
class Look:
    """The room for a picture in points, the house's colours (RRGGBB) and the file of its font."""

    width: float = 468
    height: float = 500
    colours: tuple[str, ...] = ()
    font: Path | None = None


def drawing(chart: model.Chart, table: Table, board: Board, look: Look) -> Chart:
    """What is to be drawn: every row of the table but groups and totals."""
    rows = [row for row in table.rows if isinstance(row, Row)]
    columns = [table.columns[table.index(key.value)] for key in chart.y]
    named = table.index(chart.x.value)
    return Chart(
        kind=Kind(chart.kind),
        labels=tuple(_label(table, row, named, board) for row in rows),
        series=tuple(_series(table, rows, column, board) for column in columns),
        figure=_axis(columns[0], board),
        width=look.width,
        height=look.height,
        colours=look.colours,
        font=look.font,
        whole=all(column.type == "integer" for column in columns),
    )


def in_words(chart: model.Chart, table: Table, number: str, drawn: Chart) -> str:
    """What a chart shows: its author's words, else a few sentences made from the figures of table ``number``."""
    if chart.alt:
        return chart.alt
    across = plain(table.columns[table.index(chart.x.value)].label.value)
    names = listed([series.name for series in drawn.series])
    many = sum(value is not None for series in drawn.series for value in series.values) > _FEW
    told = " ".join(_told(drawn, series, many=many) for series in drawn.series)
    return f"{_NAMES[drawn.kind]} of {names} by {across}. {told} The figures are in table {number}."


def _label(table: Table, row: Row, index: int, board: Board) -> str:
    """What names a row: short dates, people by their names, else the words of the cell."""
    column, cell = table.columns[index], row.cells[index]
    if cell is None:
        number = table.row_change(column, row)
        return "" if number is None else _amount(column, number, _places(table, column, number), board)
    if cell.date is not None:
        day, month, year = dates.short_date(cell.date).split()
        return f"{day} {month[:3]} {year}"
    person = board.person(cell.text.value) if column.type == "person" else None
    rating = board.rating(cell.text.value) if column.type == "rag" else None
    if person or rating:
        return person.name if person else rating.label if rating else ""
    return " ".join(plain(cell.text.value).split())


def _series(table: Table, rows: list[Row], column: Column, board: Board) -> Series:
    """One column's figures, computed ones too, each with the words that the table prints for it."""
    values = [_value(table, row, column) for row in rows]
    printed = tuple(
        "" if value is None else _amount(column, value, _places(table, column, value), board) for value in values
    )
    return Series(plain(column.label.value), tuple(values), printed)


def _value(table: Table, row: Row, column: Column) -> Decimal | None:
    cell = row.cells[table.index(column.key)]
    return table.row_change(column, row) if cell is None else cell.number


def _axis(column: Column, board: Board) -> Callable[[Decimal, int], str]:
    """How figures print along the axis: pounds whole or with their pence."""

    def figure(number: Decimal, places: int) -> str:
        return _amount(column, number, max(places, 2) if column.type == "money" and places else places, board)

    return figure


def _places(table: Table, column: Column, number: Decimal) -> int:
    """How many decimal places a figure of a column prints with, as in the table."""
    if column.change is not None and column.type == "percent":
        return figures.percent_places(number)
    if column.change is None and column.type != "money":
        return figures.typed_places(number)
    return figures.column_places(table, column)


def _amount(column: Column, number: Decimal, places: int, board: Board) -> str:
    """A figure with its currency or percent sign; a change with its sign."""
    text = (figures.figure if column.change is None else figures.change)(number, places)
    sign = text[0] if text[0] in {figures.MINUS, "+"} else ""
    currency = board.currency if column.type == "money" else ""
    currency += "\N{NO-BREAK SPACE}" if currency[-1:].isalpha() else ""
    return f"{sign}{currency}{text.removeprefix(sign)}{'%' if column.type == 'percent' else ''}"


def _told(chart: Chart, series: Series, *, many: bool) -> str:
    found = [
        (value, f"{label} {printed}".strip())
        for label, value, printed in zip(chart.labels, series.values, series.words, strict=True)
        if value is not None
    ]
    if not many:
        return f"{series.name}: {', '.join(text for _, text in found)}."
    lowest, highest = min(found, key=lambda pair: pair[0]), max(found, key=lambda pair: pair[0])
    return f"{series.name}: lowest {lowest[1]}, highest {highest[1]}."
