"""A paper's charts: the figures of a table as a picture with its caption, and in words for those who do not see it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from boardpack import charts, fonts
from boardpack.model import dates
from boardpack.model.board import Board
from boardpack.model.chart import Chart
from boardpack.model.numbered import Placed
from boardpack.model.sentences import listed
from boardpack.model.table import Column, Row, Table
from boardpack.render import words
from boardpack.render.tables import typed_places
from boardpack.word.captions import caption
from boardpack.word.prose import plain
from boardpack.word.tables import paragraph
from boardpack.word.theme import accents, body_font

if TYPE_CHECKING:
    from boardpack.render.prose import Writer

_TWIPS = 20  # to a point
_NAMES = {"bar": "Bar chart", "stacked": "Stacked bar chart", "line": "Line chart"}
_FEW = 12
"""How many figures are read out one by one; of more only the smallest and the largest."""


def block(at: Placed[Chart], writer: Writer) -> str:
    """A chart as wide as the text and its caption below it, on one page."""
    if writer.paper is None:
        return ""
    chart, source = at.part, writer.paper.tables[at.part.table.value]
    page = writer.house.page.turned() if writer.paper.paper.landscape else writer.house.page
    drawn = _drawn(chart, source.part, writer, (page.text_width / _TWIPS, page.text_height * 0.7 / _TWIPS))
    alt = chart.alt or _in_words(drawn, _name(source.part, chart.x.value), source.number)
    picture = charts.draw(drawn)
    width, height = round(picture.width * _TWIPS), round(picture.height * _TWIPS)
    below = caption("Chart", at.anchor, at.number, writer.inline(chart.title), writer.fragment)
    return paragraph("Figure", writer.fragment.picture(picture.data, "png", width, height, alt), keep=True) + below


def _drawn(chart: Chart, table: Table, writer: Writer, size: tuple[float, float]) -> charts.Chart:
    """What is to be drawn: every row of the table but groups and totals."""
    board, parts = writer.numbered.meeting.board, writer.house.parts
    rows = [row for row in table.rows if isinstance(row, Row)]
    columns = [table.columns[table.index(key.value)] for key in chart.y]
    named = table.index(chart.x.value)
    return charts.Chart(
        kind=charts.Kind(chart.kind),
        labels=tuple(_label(table, row, named, board) for row in rows),
        series=tuple(_series(table, rows, column, board) for column in columns),
        figure=_axis(columns[0], board),
        width=size[0],
        height=size[1],
        colours=accents(parts),
        font=fonts.file(body_font(parts)),
        whole=all(column.type == "integer" for column in columns),
    )


def _name(table: Table, key: str) -> str:
    return plain(table.columns[table.index(key)].label.value)


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


def _series(table: Table, rows: list[Row], column: Column, board: Board) -> charts.Series:
    """One column's figures, computed ones too, each with the words that the table prints for it."""
    values = [_value(table, row, column) for row in rows]
    printed = tuple(
        "" if value is None else _amount(column, value, _places(table, column, value), board) for value in values
    )
    return charts.Series(plain(column.label.value), tuple(values), printed)


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
        return words.percent_places(number)
    if column.change is None and column.type != "money":
        return typed_places(number)
    keys = column.change or (column.key,)
    places = max((typed_places(each) for key in keys for each in table.numbers(table.index(key))), default=0)
    return max(places, 2) if column.type == "money" and places else places


def _amount(column: Column, number: Decimal, places: int, board: Board) -> str:
    """A figure with its currency or percent sign; a change with its sign."""
    text = (words.figure if column.change is None else words.change)(number, places)
    sign = text[0] if text[0] in {words.MINUS, "+"} else ""
    currency = board.currency if column.type == "money" else ""
    currency += "\N{NO-BREAK SPACE}" if currency[-1:].isalpha() else ""
    return f"{sign}{currency}{text.removeprefix(sign)}{'%' if column.type == 'percent' else ''}"


def _in_words(chart: charts.Chart, across: str, table: str) -> str:
    """What a chart shows, in a few sentences made from its figures."""
    names = listed([series.name for series in chart.series])
    many = sum(value is not None for series in chart.series for value in series.values) > _FEW
    told = " ".join(_told(chart, series, many=many) for series in chart.series)
    return f"{_NAMES[chart.kind]} of {names} by {across}. {told} The figures are in table {table}."


def _told(chart: charts.Chart, series: charts.Series, *, many: bool) -> str:
    found = [
        (value, f"{label} {printed}".strip())
        for label, value, printed in zip(chart.labels, series.values, series.words, strict=True)
        if value is not None
    ]
    if not many:
        return f"{series.name}: {', '.join(text for _, text in found)}."
    lowest, highest = min(found, key=lambda pair: pair[0]), max(found, key=lambda pair: pair[0])
    return f"{series.name}: lowest {lowest[1]}, highest {highest[1]}."
