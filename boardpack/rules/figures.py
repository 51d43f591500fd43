"""Whether the typed figures of a table agree with one another: totals, parts and wholes, percentages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import count, permutations, takewhile
from typing import NamedTuple

from boardpack.diagnostics import Finding, finding
from boardpack.model.meeting import Meeting
from boardpack.model.table import Group, Row, Table, change
from boardpack.rules.patterns import later
from boardpack.rules.quantities import Figures, column_figures, leeway, off_by, row_label, slipped, unit_of

_TOTAL = later(r"(?:(?:grand|overall|sub)[ -]?)?totals?", re.IGNORECASE)
_WHOLE = later(r"(?:total|all|overall|altogether)\b|.*\btotals?$", re.IGNORECASE | re.DOTALL)
_DIFFERENCE = later(r"(?:change|difference|variance|increase|decrease|reduction|balance|remain\w*)\b", re.IGNORECASE)
_NOT_ADDED = later(
    r"%|\b(?:rates?|average|mean|median|per|percent\w*|rank|years?|index|scores?|ages?|ratio|share|price)\b",
    re.IGNORECASE,
)
_LEAST = 3
"""How many rows must show how figures hang together before another row can be held against them."""
_MOST = Decimal("0.7")
"""The share of the rows that must show it."""

Line = list[Decimal | None]


def typed_total(meeting: Meeting) -> Iterator[Finding]:
    """A row that is typed as a total and is not what the rows above it add up to, or is added up once more."""
    for table in _tables(meeting):
        totals = [at for at, row in enumerate(table.rows) if isinstance(row, Row) and _is_total(row_label(table, row))]
        if not totals:
            continue
        for index, column in enumerate(table.columns):
            figures = (
                None if column.change or column.type == "percent" else column_figures(table, index, _sign(meeting))
            )
            if figures is not None:
                yield from _totals(table, index, figures, totals)


def _tables(meeting: Meeting) -> Iterator[Table]:
    for paper in meeting.papers.values():
        yield from paper.tables.values()


def _sign(meeting: Meeting) -> str:
    return meeting.board.currency


def _is_total(label: str) -> bool:
    return "otal" in label.lower() and _TOTAL.fullmatch(label) is not None


def _totals(table: Table, index: int, figures: Figures, totals: Sequence[int]) -> Iterator[Finding]:
    column = table.columns[index]
    for at in totals:
        stated, sums = figures.values[at], _sums(table, figures.values, totals, at)
        if stated is None or not sums:
            continue
        right = min(sums, key=lambda each: abs(each - stated))
        if abs(right - stated) > leeway(table, column, at, unit_of(stated)):
            if _adds_up(table, index, figures) or _near(stated, right):
                message = (
                    f"column `{column.label.value}` adds up to {right:,f}; stated {stated:,f}; {off_by(stated, right)}"
                )
                yield _at(table, at, index, "typed-total", message, _instead(table, at))
        elif column.total == "sum":
            message = f"the total of column `{column.label.value}` counts this row again"
            yield _at(table, at, index, "typed-total", message, _instead(table, at))


def _sums(table: Table, values: Line, totals: Sequence[int], at: int) -> list[Decimal]:
    """What a total may be the sum of: the rows since the last one or the last group, all rows, the totals above."""
    above = [each for each in range(at) if each not in totals and values[each] is not None]
    before = [each for each in totals if each < at]
    group = max((each for each in range(at) if isinstance(table.rows[each], Group)), default=-1)
    since = [each for each in above if each > max([group, *before])]
    choices = [since, [each for each in above if each > group], above, [*before, *since] if before else []]
    choices.append([each for each in before if each > group])
    return [_added(values, chosen) for chosen in choices if chosen]


def _added(values: Line, chosen: Sequence[int]) -> Decimal:
    return sum((values[each] or Decimal(0) for each in chosen), Decimal(0))


def _adds_up(table: Table, index: int, figures: Figures) -> bool:
    """Whether a column holds counts or money, which add up, and not rates or averages."""
    column = table.columns[index]
    if not figures.whole or column.type == "number" or _NOT_ADDED.search(column.label.value):
        return False
    return column.type == "money" or all(each is None or each == each.to_integral_value() for each in figures.values)


def _near(stated: Decimal, right: Decimal) -> bool:
    """Whether a figure is so near to a sum that it was meant to be one."""
    return slipped(stated, right) or abs(stated - right) * 100 <= abs(right)


def _instead(table: Table, at: int) -> str:
    row = table.rows[at]
    if isinstance(row, Row) and row_label(table, row).lower().startswith("sub"):
        return "leave the row out, and write `total: sum` at the column and `subtotals: true` to have it computed"
    return "leave the row out and write `total: sum` at the column to have it computed"


def _at(table: Table, at: int, index: int, code: str, message: str, help: str) -> Finding:
    """A finding at one cell."""
    row = table.rows[at]
    cell = row.cells[index] if isinstance(row, Row) else None
    place = cell.text.at.find(cell.text.value.strip()) if cell else table.at
    return finding(code, place, message, help)


class _Parts(NamedTuple):
    """What figures are held against: what each should be, and what to call that in a message."""

    values: Line
    said: str


def parts_differ(meeting: Meeting) -> Iterator[Finding]:
    """A figure in a column or a row of wholes that is not the sum of its parts, where nearly all the others are."""
    for table in _tables(meeting):
        wholes = [
            index
            for index, column in enumerate(table.columns)
            if not column.change
            and column.type in ("integer", "number", "money", "text")
            and (_WHOLE.match(column.label.value.strip()) or _DIFFERENCE.match(column.label.value.strip()))
        ]
        if wholes:
            yield from _columns(table, wholes, _sign(meeting))
        yield from _rows(table, _sign(meeting))


def _columns(table: Table, wholes: Sequence[int], currency: str) -> Iterator[Finding]:
    lines = [None if each.change else column_figures(table, at, currency) for at, each in enumerate(table.columns)]
    for index in wholes:
        if (stated := lines[index]) is None:
            continue
        ways = list(_ways(table, index, wholes, lines))
        held = {
            at for at, row in enumerate(table.rows) if isinstance(row, Row) and not _is_total(row_label(table, row))
        }
        values = [each if at in held else None for at, each in enumerate(stated.values)]
        for at, right, said in _against(values, ways):
            row = table.rows[at]
            value, label = values[at] or Decimal(0), row_label(table, row) if isinstance(row, Row) else ""
            if abs(value - right) <= leeway(table, table.columns[index], len(lines), unit_of(value)):
                continue
            message = f"in row `{label}` {said} {right:,f}; stated {value:,f}; {off_by(value, right)}"
            yield _at(table, at, index, "parts-differ", message, "correct the figure, or those that it is made of")


def _ways(table: Table, index: int, wholes: Sequence[int], lines: Sequence[Figures | None]) -> Iterator[_Parts]:
    """What the figures of a column may be made of: all columns of its type, those beside it, or two, as difference."""
    type, label = table.columns[index].type, table.columns[index].label.value.strip()
    fit = [at for at, each in enumerate(table.columns) if each.type == type and lines[at] is not None and at != index]
    if _DIFFERENCE.match(label):
        for one, other in ((a, b) for a in fit for b in fit if a != b):
            said = f"`{table.columns[other].label.value}` less `{table.columns[one].label.value}` is"
            yield _Parts(_combined((lines[other], lines[one]), lambda each: each[0] - each[1]), said)
        return
    parts = [at for at in fit if at not in wholes]
    runs = (parts, _run(index, -1, parts), _run(index, 1, parts))
    for chosen in dict.fromkeys(tuple(each) for each in runs if len(each) > 1):
        said = f"the parts of `{label}` add up to"
        yield _Parts(_combined([lines[at] for at in chosen], lambda each: sum(each, Decimal(0))), said)


def _run(index: int, step: int, parts: Sequence[int]) -> list[int]:
    """The columns that stand right beside one, on one side, as far as they may be its parts."""
    run = list(takewhile(lambda at: at in parts, count(index + step, step)))
    return sorted(run)


def _combined(lines: Sequence[Figures | None], reckon: Callable[[list[Decimal]], Decimal]) -> Line:
    """A figure for each row in which at least two of the columns have one that is not nought."""
    there = [line.values for line in lines if line is not None]
    rows = zip(*there, strict=True)
    return [
        reckon([each or Decimal(0) for each in row]) if sum(1 for each in row if each) > 1 else None for row in rows
    ]


def _against(stated: Line, ways: Sequence[_Parts]) -> Iterator[tuple[int, Decimal, str]]:
    """Where a line of figures leaves the way that fits nearly all of it, and what the figure should be."""
    best: list[tuple[int, Decimal, str]] = []
    most = 0
    for values, said in ways:
        pairs = [
            (at, a, b) for at, (a, b) in enumerate(zip(stated, values, strict=True)) if a is not None and b is not None
        ]
        same = sum(1 for _, a, b in pairs if a == b)
        if same >= _LEAST and same >= _MOST * len(pairs) and same > most:
            most, best = same, [(at, b, said) for at, a, b in pairs if a != b]
    yield from best


def _rows(table: Table, currency: str) -> Iterator[Finding]:
    """Rows such as `All districts`, whose figures are the sums of the rows above in nearly every column."""
    marked = [
        at
        for at, row in enumerate(table.rows)
        if isinstance(row, Row) and (label := row_label(table, row)) and _WHOLE.match(label) and not _is_total(label)
    ]
    for at in marked:
        start = max((each for each in range(at) if each in marked or isinstance(table.rows[each], Group)), default=-1)
        chosen = [each for each in range(start + 1, at) if not _is_total_row(table, each)]
        adding = [
            (index, figures)
            for index, column in enumerate(table.columns)
            if not column.change and column.type != "percent" and (figures := column_figures(table, index, currency))
        ]
        if len(chosen) < 2 or len(adding) < _LEAST:
            continue
        sums = [
            _added(line.values, chosen) if sum(1 for each in chosen if line.values[each]) > 1 else None
            for _, line in adding
        ]
        stated = [line.values[at] for _, line in adding]
        for place, right, _ in _against(stated, [_Parts(sums, "")]):
            value, index = stated[place] or Decimal(0), adding[place][0]
            message = f"the rows above add up to {right:,f} in column `{table.columns[index].label.value}`; "
            message += f"stated {value:,f}; {off_by(value, right)}"
            yield _at(table, at, index, "parts-differ", message, "correct the figure, or those that it is made of")


def _is_total_row(table: Table, at: int) -> bool:
    row = table.rows[at]
    return isinstance(row, Row) and _is_total(row_label(table, row))


def percent_differs(meeting: Meeting) -> Iterator[Finding]:
    """A typed percentage that is not the change or the share that the others in its column are."""
    for table in _tables(meeting):
        percent = [at for at, each in enumerate(table.columns) if each.type == "percent" and not each.change]
        if not percent or len(table.rows) <= _LEAST:
            continue
        bases = {
            at: _line(table, at)
            for at, each in enumerate(table.columns)
            if each.numeric and each.type != "percent" and not each.change
        }
        for index in percent:
            yield from _percentages(table, index, bases)


def _line(table: Table, index: int) -> Line:
    """The figures of a typed column, one for each row of the table."""
    cells = (row.cells[index] if isinstance(row, Row) else None for row in table.rows)
    return [cell.number if cell else None for cell in cells]


_KINDS: dict[str, Callable[[Decimal, Decimal], Decimal | None]] = {
    "the change from `{}` to `{}` is": lambda was, now: change("percent", was, now),
    "the fall from `{}` to `{}` is": lambda was, now: change("percent", was, was + was - now),
    "`{}` as a share of `{}` is": lambda part, whole: part * 100 / whole if whole else None,
}


def _percentages(table: Table, index: int, bases: dict[int, Line]) -> Iterator[Finding]:
    stated = _line(table, index)
    for at, right, said in _least_odd(stated, bases, [column.label.value for column in table.columns]):
        row, value = table.rows[at], stated[at] or Decimal(0)
        label = row_label(table, row) if isinstance(row, Row) else ""
        shown = f"{right.quantize(unit_of(value)):,f}"
        message = f"in row `{label}` {said} {shown} percent; stated {value:,f}"
        help = "correct the figure, or those that it is worked out from"
        if said.startswith("the change"):
            help += "; `change:` at the column has it computed"
        yield _at(table, at, index, "percent-differs", message, help)


def _least_odd(stated: Line, bases: dict[int, Line], labels: Sequence[str]) -> list[tuple[int, Decimal, str]]:
    """Where percentages leave the way that fits nearly all of them, what each should be, and the way in words."""
    best: list[tuple[int, Decimal, str]] = []
    most = 0
    for kind, reckon in _KINDS.items():
        for one, other in permutations(bases, 2):
            rows = [
                (at, value, right)
                for at, (value, a, b) in enumerate(zip(stated, bases[one], bases[other], strict=True))
                if value is not None and a is not None and b is not None and (right := reckon(a, b)) is not None
            ]
            fit = [value for _, value, right in rows if abs(value - right) * 2 <= unit_of(value)]
            if len({*fit} - {0}) >= _LEAST and len(fit) >= _MOST * len(rows) and len(fit) > most:
                most, said = len(fit), kind.format(labels[one], labels[other])
                best = [(at, right, said) for at, value, right in rows if abs(value - right) > unit_of(value)]
    return best
