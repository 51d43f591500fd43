"""What must be right in charts: that there is something to draw, and that readers can make it out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from boardpack.diagnostics import Finding, finding
from boardpack.model.chart import Chart
from boardpack.model.meeting import Meeting
from boardpack.model.table import Column, Row, Table

MOST_ROWS, MOST_BARS, MOST_SERIES = 45, 90, 6
"""What a page has room for: labels below one another, bars in all; and as many patterns as there are."""


def unknown_table(meeting: Meeting) -> Iterator[Finding]:
    """A chart of a table that the paper does not have."""
    for paper in meeting.papers.values():
        for chart in paper.charts.values():
            named = chart.table.value
            if named and named not in paper.tables:
                help = _near(named, paper.tables, "the paper's tables are", "add the table that holds the figures")
                message = f"there is no table `{named}` in this paper"
                yield finding("unknown-reference", chart.table.at, message, help)


def unknown_column(meeting: Meeting) -> Iterator[Finding]:
    """A chart of a column that its table does not have."""
    for chart, table in _charts(meeting):
        keys = [column.key for column in table.columns]
        for named in (chart.x, *chart.y):
            if named.value and named.value not in keys:
                message = f"the table `{table.id}` has no column `{named.value}`"
                yield finding("unknown-column", named.at, message, _near(named.value, keys, "its columns are", ""))


def _near(named: str, known: Collection[str], listed: str, none: str) -> str:
    near = get_close_matches(named, known, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"{listed} {', '.join(f'`{each}`' for each in known)}" if known else none


def wrong_chart(meeting: Meeting) -> Iterator[Finding]:
    """A drawn column that holds no figures, or figures of another kind than the first."""
    for chart, table in _charts(meeting):
        drawn = _drawn(chart, table)
        for named in chart.y:
            column = drawn.get(named.value)
            if column is None:
                continue
            first = next((each for each in drawn.values() if each.numeric), column)
            if not column.numeric:
                message = f"the column `{column.key}` is of the type `{column.type}`, which cannot be drawn"
                help = "give it the type `integer`, `number`, `money` or `percent`, or draw another column"
                yield finding("wrong-chart", named.at, message, help)
            elif _measure(column) != _measure(first):
                message = f"`{first.key}` is {_measure(first)} and `{column.key}` is {_measure(column)}"
                help = "one axis cannot measure both: draw them in two charts"
                yield finding("wrong-chart", named.at, message, help)


def _measure(column: Column) -> str:
    return {"money": "an amount of money", "percent": "a percentage"}.get(column.type, "a number")


def empty_chart(meeting: Meeting) -> Iterator[Finding]:
    """A chart of a table without rows, or of a column without a figure."""
    for chart, table in _charts(meeting):
        rows = [row for row in table.rows if isinstance(row, Row)]
        if not rows:
            message = f"the table `{table.id}` has no rows to draw"
            yield finding("empty-chart", chart.table.at, message, "give the table its rows, or take the chart out")
            continue
        drawn = _drawn(chart, table)
        for named in chart.y:
            if (column := drawn.get(named.value)) and column.numeric and _is_empty(table, column, rows):
                message = f"the column `{column.key}` holds no figure to draw"
                yield finding("empty-chart", named.at, message, "fill the column in, or take it out of the chart")


def _is_empty(table: Table, column: Column, rows: list[Row]) -> bool:
    """Whether no row has a figure in a column; cells that look like figures and are none have their own findings."""
    numeric = {each.key for each in table.columns if each.numeric}
    if column.change and not numeric.issuperset(column.change):
        return False
    for row in rows:
        cell = row.cells[table.index(column.key)]
        if cell is None and table.row_change(column, row) is not None:
            return False
        if cell is not None and any(character.isdigit() for character in cell.text.value):
            return False
    return True


def crowded_chart(meeting: Meeting) -> Iterator[Finding]:
    """A chart with more bars or lines than anybody can make out on a page."""
    for chart, table in _charts(meeting):
        rows, series = sum(isinstance(row, Row) for row in table.rows), len(chart.y)
        bars = rows * series if chart.kind == "bar" else rows
        if series > MOST_SERIES:
            message = f"the chart `{chart.id}` draws {series} columns, more than readers can tell apart"
            yield finding("crowded-chart", chart.at, message, f"draw at most {MOST_SERIES}, or make several charts")
        elif chart.kind != "line" and (rows > MOST_ROWS or bars > MOST_BARS):
            message = f"the chart `{chart.id}` has {bars} bars at {rows} labels, more than a page has room for"
            yield finding("crowded-chart", chart.at, message, "draw fewer rows or columns, or make several charts")


def missing_title(meeting: Meeting) -> Iterator[Finding]:
    """A chart without a title."""
    for paper in meeting.papers.values():
        for chart in paper.charts.values():
            if chart.title is None:
                help = "write `title:` with what it shows, in a few words"
                yield finding("missing-caption", chart.at, f"the chart `{chart.id}` has no title", help)


def missing_alt(meeting: Meeting) -> Iterator[Finding]:
    """A chart whose content nobody has put into words."""
    for paper in meeting.papers.values():
        for chart in paper.charts.values():
            if not chart.alt:
                message = f"the chart `{chart.id}` has no alternative text, so that its bare figures stand in for it"
                help = "write `alt:` with what the chart says, in words"
                yield finding("missing-alt", chart.at, message, help)


def _charts(meeting: Meeting) -> Iterator[tuple[Chart, Table]]:
    """Every chart whose table is there and could be read, with that table."""
    for paper in meeting.papers.values():
        for chart in paper.charts.values():
            table = paper.tables.get(chart.table.value)
            if table is not None and table.columns:
                yield chart, table


def _drawn(chart: Chart, table: Table) -> dict[str, Column]:
    """The columns that a chart draws, in its order."""
    columns = {column.key: column for column in table.columns}
    return {key.value: columns[key.value] for key in chart.y if key.value in columns}
