"""Whether figures in prose agree with the paper's tables, and money in recommendations with anything at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, combinations, pairwise

from boardpack.diagnostics import Finding, finding
from boardpack.model.meeting import Meeting
from boardpack.model.paper import Paper
from boardpack.model.table import Group, Row, Table, change
from boardpack.model.text import Text
from boardpack.rules.patterns import later
from boardpack.rules.quantities import Amount, amounts, row_label, slipped, unit_of

_THOUSANDS = later(r"\b000|'000|’000|thousand|\dk\b|£k\b", re.IGNORECASE)
_MILLIONS = later(r"million|£m\b", re.IGNORECASE)
_TABLE = later(r"\[\]\(table:([^()\s]+)\)")
_DIGIT = later(r"\d")
_WORD = later(r"[a-z]{3,}")
_PARAGRAPH = later(r"\n[ \t]*\n")
_SENTENCE = later(r"(?<=[.!?])\s+(?=[A-Z])")
_ABOUT = later(
    r"(?:about|around|nearly|almost|approximately|roughly|some|circa|over|under|than|least|most|up to|by|~|c\.)\s*$",
    re.IGNORECASE,
)
_FROM_TO = later(
    r"\bfrom ([£€$]?\d[\d,.]*\d)(?: \w+){0,6} to ([£€$]?\d[\d,.]*\d)"  # two figures, and what they count
)
_CHANGED = later(
    r"\b(?:by|(?:fall|rise|drop|increase|decrease|reduction|growth|change) of)(?: just| only)?"
    r" (\d+(?:\.\d+)?) ?(?:%|per ?cent)"
)
_LEAST = 10
"""From which amount on money is a sum to be accounted for, and not a fee in passing."""
_BY_CHANCE = 100_000
"""Below which figures are so many in a table that another may lie a slip away from one of them by mere chance."""
_SUMS = ("total", "all", "altogether", "together", "overall", "sum", "whole", "combined")
_FEW = 40
"""Up to how many amounts of a paper are tried as the parts of another."""


def money_nowhere(meeting: Meeting) -> Iterator[Finding]:
    """An amount of money in a recommendation that stands nowhere else in the paper and is not made up of others."""
    currency = meeting.board.currency
    for paper in meeting.papers.values():
        texts = [text for text in paper.recommendations if not _of_appendix(text, paper)]
        asked = [(text, each) for text in texts for each in _money(text, currency)]
        if not asked:
            continue
        there = list(_elsewhere(meeting, paper))
        for text, amount in asked:
            others = [*there, *(each for other, each in asked if (other, each) != (text, amount))]
            if any(_same(amount, each) for each in others) or _made_up(amount.value, others):
                continue
            near = {each.typed for each in others if slipped(amount.value, each.value)}
            help = "correct it, or say in the paper where it comes from"
            if len(near) == 1:
                help = f"did you mean {near.pop()}? otherwise {help}"
            message = f"the amount {amount.typed} stands nowhere else in the paper"
            yield finding("money-nowhere", text.at.find(amount.typed), message, help)


def _of_appendix(text: Text, paper: Paper) -> bool:
    """Whether a recommendation speaks of an appendix, in whose file its figures may stand."""
    return "appendix" in text.value.lower() and bool(paper.appendices)


def _money(text: Text, currency: str) -> Iterator[Amount]:
    if (currency or "£") in text.value:
        yield from (each for each in amounts(text.value, currency) if each.money and each.value >= _LEAST)


def _elsewhere(meeting: Meeting, paper: Paper) -> Iterator[Amount]:
    """Every figure of a paper and of the appendices that are papers, but for those of its recommendations."""
    asked = {id(text) for text in paper.recommendations}
    for each in (paper, *_appendices(meeting, paper)):
        for text in each.texts():
            if id(text) not in asked and _DIGIT.search(text.value):
                yield from amounts(text.value, meeting.board.currency)
        for table in each.tables.values():
            yield from (_computed(value * scale) for scale in _scales(table) for value in _reckoned(table))


def _appendices(meeting: Meeting, paper: Paper) -> Iterator[Paper]:
    for appendix in paper.appendices:
        if appendix.paper in meeting.papers:
            yield meeting.papers[appendix.paper]


def _computed(value: Decimal) -> Amount:
    return Amount(value, unit_of(value), False, False, f"{value:,f}", 0, 0)


def _scales(table: Table) -> Iterator[int]:
    """By what a table's figures are to be multiplied, where its words say that they are thousands or millions."""
    yield 1
    said = [text.value for text in (table.caption, table.note, *(each.label for each in table.columns)) if text]
    if any(map(_THOUSANDS.search, said)):
        yield 1_000
    if any(map(_MILLIONS.search, said)):
        yield 1_000_000


def _reckoned(table: Table) -> Iterator[Decimal]:
    """The figures of a table: its cells, what columns, groups and rows of money add up to, differences."""
    for index, column in enumerate(table.columns):
        if column.numeric:
            yield from table.numbers(index)
            yield from (table.added_up(index, rows) for rows in (table.rows, *_groups(table)))
            if isinstance(column.total, Decimal):
                yield column.total
            if column.change and (total := table.total(column)) is not None:
                yield total
    money = [index for index, column in enumerate(table.columns) if column.type == "money"]
    for row in table.rows:
        if isinstance(row, Row):
            yield sum((cell.number for at in money if (cell := row.cells[at]) and cell.number), Decimal(0))
            changes = (table.row_change(column, row) for column in table.columns if column.change)
            yield from (each for each in changes if each is not None)


def _groups(table: Table) -> Iterator[Sequence[Row | Group]]:
    starts = [at for at, row in enumerate(table.rows) if isinstance(row, Group)]
    yield from (table.rows[start + 1 : end] for start, end in pairwise([*starts, len(table.rows)]))


def _same(amount: Amount, other: Amount) -> bool:
    """Whether two figures are the same, or would be once the one is rounded like the other."""
    return abs(amount.value - abs(other.value)) * 2 <= max(_rounding(amount), other.unit if other.unit > 1 else 0)


def _rounding(amount: Amount) -> Decimal:
    """What a figure may be rounded to: its noughts at the end, of which those right behind its first digit count."""
    unit, digits = amount.unit, str(int(amount.value / amount.unit))
    while len(digits) > 2 and digits.endswith("0"):
        unit, digits = unit * 10, digits[:-1]
    return unit if unit > 1 else Decimal(0)


def _made_up(value: Decimal, others: Sequence[Amount]) -> bool:
    """Whether an amount is the sum or the difference of two others, or a number of times one."""
    money = list(dict.fromkeys(abs(each.value) for each in others if each.money))[:_FEW]
    if any(value in (one + other, abs(one - other)) for one, other in combinations(money, 2)):
        return True
    counts = {each.value for each in others if not each.money and 2 <= each.value <= 100}
    return sum(money) == value or any(each and value / each in counts for each in money)


def figure_differs(meeting: Meeting) -> Iterator[Finding]:
    """A figure in prose that is one slip of the hand away from a figure of the table that the paragraph cites."""
    currency = meeting.board.currency
    for paper in meeting.papers.values():
        if not paper.tables:
            continue
        for text in paper.linked:
            if "[](table:" not in text.value or not _DIGIT.search(text.value):
                continue
            for paragraph in _PARAGRAPH.split(text.value):
                cited = [paper.tables[id] for id in _TABLE.findall(paragraph) if id in paper.tables]
                if cited:
                    yield from _slips(text, paragraph, cited, paper, currency)
                    yield from _changes(text, paragraph, cited, currency)


def _slips(text: Text, paragraph: str, cited: Sequence[Table], paper: Paper, currency: str) -> Iterator[Finding]:
    stated = [each for each in amounts(paragraph, currency) if _is_exact(each, paragraph)]
    if not stated:
        return
    known = {abs(each) for table in cited for each in _figures(table, currency)}
    right = known.intersection(each.value for each in stated)
    for amount in stated:
        near = [] if amount.value in known else [each for each in known if slipped(amount.value, each)]
        if len(near) != 1 or near[0] in right or abs(near[0] - amount.value) * 2 <= _rounding(amount):
            continue
        if amount.value < _BY_CHANCE and not _spoken_of(near[0], cited, _sentence(paragraph, amount)):
            continue
        if _stands_twice(amount.value, paper, currency) or any(_derived(amount.value, table) for table in cited):
            continue
        message = f"{amount.typed} is not in the table, {near[0]:,f} is"
        help = "correct the figure here or in the table"
        yield finding("figure-differs", text.at.find(amount.typed), message, help)


def _sentence(paragraph: str, amount: Amount) -> str:
    """The sentence of a paragraph in which a figure stands, in small letters."""
    stops = [0, *(match.end() for match in _SENTENCE.finditer(paragraph)), len(paragraph)]
    return next(paragraph[a:b] for a, b in pairwise(stops) if amount.start < b).lower()


def _spoken_of(value: Decimal, cited: Sequence[Table], sentence: str) -> bool:
    """Whether a sentence has a word of the row in which a figure stands; for a total, one of sums or of columns."""
    labels = [label.lower() for table in cited for label in _rows_with(value, table)]
    if not labels or any("total" in label for label in labels):
        labels = [*_SUMS, *(column.label.value.lower() for table in cited for column in table.columns)]
    said = set(_WORD.findall(sentence))
    return any(not (words := set(_WORD.findall(label))) or words & said for label in labels)


def _rows_with(value: Decimal, table: Table) -> Iterator[str]:
    for row in table.rows:
        numbers = (cell.number for cell in row.cells if cell and cell.number) if isinstance(row, Row) else ()
        if isinstance(row, Row) and any(abs(each) == value for each in numbers):
            yield row_label(table, row)


def _is_exact(amount: Amount, paragraph: str) -> bool:
    """Whether a figure has four digits or more, and is neither a year nor rounded nor a percentage."""
    if amount.percent or amount.value < 1000 or amount.unit > 1 or _ABOUT.search(paragraph[: amount.start][-16:]):
        return False
    return amount.money or "," in amount.typed or not 1900 <= amount.value < 2100


def _figures(table: Table, currency: str) -> Iterator[Decimal]:
    """Every figure that a table shows, or that its figures add up to."""
    yield from _reckoned(table)
    for row in table.rows:
        for cell in row.cells if isinstance(row, Row) else ():
            if cell and cell.number is None and _DIGIT.search(cell.text.value):
                yield from (each.value for each in amounts(cell.text.value, currency))
    said = [text for text in (table.caption, table.note, table.source) if text]
    for text in (*said, *(cell for foot in table.foot for cell in foot if isinstance(cell, Text))):
        yield from (each.value for each in amounts(text.value, currency))


def _stands_twice(value: Decimal, paper: Paper, currency: str) -> bool:
    """Whether a paper says a figure again, in other words or in another table."""
    tables = chain.from_iterable(_reckoned(table) for table in paper.tables.values())
    texts = (text.value for text in paper.texts() if _DIGIT.search(text.value))
    said = Counter(each.value for text in texts for each in amounts(text, currency))
    return said[value] > 1 or value in tables


def _derived(value: Decimal, table: Table) -> bool:
    """Whether a figure is the sum of or the difference between two figures of one column or one row."""
    lines: list[Iterable[Decimal]] = [
        (*table.numbers(index), table.added_up(index)) for index, each in enumerate(table.columns) if each.numeric
    ]
    lines.append(table.added_up(index) for index, each in enumerate(table.columns) if each.numeric)
    lines.append(each.total for each in table.columns if isinstance(each.total, Decimal))
    rows = (row.cells for row in table.rows if isinstance(row, Row))
    lines.extend((cell.number for cell in cells if cell and cell.number is not None) for cells in rows)
    return any(_pairs(value, {*line}) for line in lines) or _amiss(value, table)


def _amiss(value: Decimal, table: Table) -> bool:
    """Whether a figure is what a wrong one in the table should be, which has a finding there."""
    for index, column in enumerate(table.columns):
        if isinstance(column.total, Decimal) and not column.change:
            lacks = column.total - table.added_up(index)
            if lacks and value - lacks in {*table.numbers(index)}:
                return True
    for row in table.rows:
        numbers = (
            [cell.number for cell in row.cells if cell and cell.number is not None] if isinstance(row, Row) else []
        )
        if len(numbers) > 3 and any(sum(numbers) - each == value for each in numbers):  # the whole of its parts
            return True
    return False


def _pairs(value: Decimal, line: set[Decimal]) -> bool:
    return any(value + each in line or (value - each in line and value - each != each) for each in line)


def _changes(text: Text, paragraph: str, cited: Sequence[Table], currency: str) -> Iterator[Finding]:
    """`rose by 5% from 200 to 220`, where both figures stand in the table."""
    if "from " not in paragraph:
        return
    for sentence in _SENTENCE.split(paragraph):
        spans, shares = _FROM_TO.findall(" ".join(sentence.split())), _CHANGED.findall(" ".join(sentence.split()))
        if len(spans) != 1 or len(shares) != 1:
            continue
        was, now = (next((each.value for each in amounts(each, currency)), None) for each in spans[0])
        known = {each for table in cited for each in _figures(table, currency)}
        right = change("percent", was, now)
        stated = Decimal(shares[0])
        if right is None or not {was, now} <= known or abs(abs(right) - stated) <= unit_of(stated):
            continue
        shown = abs(right).quantize(unit_of(stated))
        message = f"the change from {was:,f} to {now:,f} is {shown:,f} percent; stated {stated}"
        yield finding("figure-differs", text.at.find(shares[0]), message, "correct the percentage or the figures")
