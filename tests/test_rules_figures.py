"""Rules on figures: right tables raise nothing, one changed digit raises exactly the finding that it should."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import BOARD, PAPER, findings, write

from boardpack.diagnostics import Finding
from boardpack.rules.quantities import amounts, off_by, slipped

LAWS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HEAD = (
    'recommendations: [Agree it.]\nsections: [{text: "[](table:t)"}]\ntables:\n  t:\n    caption: Costs\n    columns:\n'
)
ROWS = st.lists(st.tuples(*[st.integers(100, 999_999)] * 3), min_size=5, max_size=9)


def text(columns: list[str], rows: list[list[object]], head: str = HEAD) -> str:
    lines = [f"      - {{key: c{number}, {column}}}\n" for number, column in enumerate(columns)]
    cells = [f"      - [{', '.join(map(str, row))}]\n" for row in rows]
    return head + "".join(lines) + "    rows:\n" + "".join(cells)


OWN = {"total-differs", "typed-total", "parts-differ", "percent-differs", "money-nowhere", "figure-differs"}


def found_in(folder: Path, paper: str, board: str = BOARD) -> list[Finding]:
    """The findings on figures; what else a paper lacks is for other tests."""
    every = findings(write(folder, board=board, paper=PAPER + paper))
    assert not [each for each in every if each.severity == "error" and each.code not in OWN]
    return [each for each in every if each.code in OWN]


def codes(folder: Path, paper: str) -> list[str]:
    return [each.code for each in found_in(folder, paper)]


def money(rows: list[tuple[int, ...]], *, wholes: bool, total: bool) -> list[list[object]]:
    """Rows with a name, with the whole of each and the total of all where they are wanted."""
    body = [[f"Area {at}", *row, *([sum(row)] if wholes else [])] for at, row in enumerate(rows)]
    sums = ["Total", *(sum(column) for column in zip(*(row[1:] for row in body), strict=True))]
    return [*body, sums] if total else body


MONEY = ["label: Area", *(f"label: {word}, type: money" for word in ("Staff", "Cars", "Rent"))]
WHOLE = "label: All costs, type: money"


def slip(value: object, at: int, by: int) -> int:
    """A figure with one of its digits changed."""
    digits = list(str(value))
    place = at % len(digits)
    digits[place] = str((int(digits[place]) + by) % 10)
    return int("".join(digits))


class TestLaws:
    @LAWS
    @given(rows=ROWS)
    def test_right_tables_raise_nothing(self, tmp_path: Path, rows):
        table = money(rows, wholes=True, total=True)
        assert codes(tmp_path, text([*MONEY, WHOLE], table)) == []
        stated = [f"{each}, total: {value}" for each, value in zip([*MONEY[1:], WHOLE], table[-1][1:], strict=True)]
        assert codes(tmp_path, text([MONEY[0], *stated], table[:-1])) == []

    @LAWS
    @given(rows=ROWS, column=st.integers(1, 3), at=st.integers(0, 5), by=st.integers(1, 9))
    def test_one_digit_of_a_total_raises_one_finding(self, tmp_path: Path, rows, column: int, at: int, by: int):
        table = money(rows, wholes=True, total=True)
        wrong = slip(table[-1][column], at, by)
        stated = [
            f"{each}, total: {wrong if number == column else value}"
            for number, (each, value) in enumerate(zip([*MONEY[1:], WHOLE], table[-1][1:], strict=True), 1)
        ]
        assert codes(tmp_path, text([MONEY[0], *stated], table[:-1])) == ["total-differs"]
        table[-1][column] = wrong
        assert codes(tmp_path, text([*MONEY, WHOLE], table)) == ["typed-total"]

    @LAWS
    @given(rows=ROWS, row=st.integers(0, 4), at=st.integers(0, 5), by=st.integers(1, 9))
    def test_one_digit_of_a_whole_raises_one_finding(self, tmp_path: Path, rows, row: int, at: int, by: int):
        table = money(rows, wholes=True, total=False)
        table[row][4] = slip(table[row][4], at, by)
        assert codes(tmp_path, text([*MONEY, WHOLE], table)) == ["parts-differ"]

    @LAWS
    @given(
        rows=st.lists(st.tuples(st.integers(100, 9_999), st.integers(100, 9_999)), min_size=5, max_size=9),
        row=st.integers(0, 4),
        share=st.booleans(),
    )
    def test_one_wrong_percentage_raises_one_finding(self, tmp_path: Path, rows, row: int, share: bool):
        reckon = (lambda a, b: a * 100 / b) if share else (lambda a, b: (b - a) * 100 / a)
        table = [[f"Area {at}", a, b, round(reckon(Decimal(a), Decimal(b)), 1)] for at, (a, b) in enumerate(rows)]
        columns = [
            "label: Area",
            "label: Was, type: integer",
            "label: Now, type: integer",
            "label: Part, type: percent",
        ]
        assert codes(tmp_path, text(columns, table)) == []
        if len({each[3] for each in table if each != table[row]} - {0}) > 3:
            table[row][3] += Decimal("1.1")
            assert codes(tmp_path, text(columns, table)) == ["percent-differs"]

    @LAWS
    @given(rows=ROWS, column=st.integers(1, 3), row=st.integers(0, 4))
    def test_prose_with_the_figures_of_its_table_raises_nothing(self, tmp_path: Path, rows, column: int, row: int):
        table = money(rows, wholes=False, total=False)
        columns = [f"{each}, total: sum" if "money" in each else each for each in MONEY]
        total = sum(each[column - 1] for each in rows)
        said = (
            f"In [](table:t) it is £{table[row][column]:,}, of £{total:,} in all, which is £{total / 1e6:.2f} million"
        )
        asked = (
            f"recommendations: ['Agree £{total:,}.', 'Agree £{table[row][column]:,} of £{total / 1e6:.2f} million.']\n"
        )
        head = f"{asked}sections:\n  - text: |\n      {said}.\n\n      [](table:t)\n" + HEAD[HEAD.index("tables:") :]
        assert codes(tmp_path, text(columns, table, head)) == []


class TestTypedTotal:
    @pytest.mark.parametrize("label", ["Total", "**Total**", "Totals:", "GRAND TOTAL", "Sub-total", "Subtotal"])
    def test_labels(self, tmp_path: Path, label: str):
        assert codes(tmp_path, text(MONEY[:2], [["A", 1], ["B", 2], [f'"{label}"', 4]])) == ["typed-total"]

    @pytest.mark.parametrize(
        ("column", "figures", "found"),
        [
            ("label: Rate, type: number", (61.8, 55.1, 58.4), []),
            ("label: Average age, type: integer", (30, 50, 42), []),
            ("label: Share, type: percent", (40, 50, 100), []),
            ("label: Staff, type: number", (61.8, 55.1, 116.8), ["typed-total"]),
            ("label: Staff, type: integer", (61, '"N/A"', 90), []),
            ("label: Staff", ('"1,000"', '"2,000"', '"3,100"'), ["typed-total"]),
            ("label: Staff", ("about 3", "2,000", "3,100"), []),
            ("label: Staff, type: integer, total: sum", (1, 2, 3), ["typed-total"]),
        ],
    )
    def test_what_adds_up(self, tmp_path: Path, column: str, figures, found: list[str]):
        rows = [["A", figures[0]], ["B", figures[1]], ["Total", figures[2]]]
        if "about 3" in figures:
            rows = [[each[0], f'"{each[1]}"'] for each in rows]
        assert codes(tmp_path, text(["label: Area", column], rows)) == found

    def test_message_shows_the_sum(self, tmp_path: Path):
        rows = [["A", 1236500], ["B", 87], ["Total", 1236586]]
        (found,) = found_in(tmp_path, text(MONEY[:2], rows))
        assert found.message == "column `Staff` adds up to 1,236,587; stated 1,236,586; 1 less"

    def test_rounded_figures_may_be_off_by_their_rounding(self, tmp_path: Path):
        rows = [["A", 10], ["B", 20], ["C", 30], ["Total", 61]]
        assert codes(tmp_path / "a", text(MONEY[:2], rows)) == ["typed-total"]
        head = HEAD.replace("Costs", "Costs, rounded to thousands")
        assert codes(tmp_path / "b", text(MONEY[:2], rows, head)) == []

    def test_groups_and_grand_totals(self, tmp_path: Path):
        rows = "      - {group: South}\n      - [A, 1]\n      - [B, 2]\n      - [Subtotal, 3]\n      - {group: North}\n"
        rows += "      - [C, 4]\n      - [Subtotal, 4]\n      - [Grand total, 7]\n"
        assert codes(tmp_path, text(MONEY[:2], []) + rows) == []


class TestPartsDiffer:
    def test_row_of_wholes(self, tmp_path: Path):
        columns = ["label: Area", *(f"label: Q{each}, type: integer" for each in range(5))]
        rows = [["A", 1, 2, 3, 4, 5], ["B", 2, 3, 4, 5, 6], ["All areas", 3, 5, 8, 9, 11]]
        assert codes(tmp_path, text(columns, rows)) == ["parts-differ"]

    def test_difference_between_two_columns(self, tmp_path: Path):
        columns = ["label: Area", *(f"label: {each}, type: money" for each in ("Budget", "Spent", "Variance"))]
        rows = [["A", 10, 12, 2], ["B", 20, 17, -3], ["C", 35, 40, 5], ["D", 50, 56, 7]]
        assert codes(tmp_path / "a", text(columns, rows)) == ["parts-differ"]
        rows[3][3] = 6
        assert codes(tmp_path / "b", text(columns, rows)) == []

    def test_wholes_that_are_not_sums_are_left_alone(self, tmp_path: Path):
        columns = [
            "label: Area",
            "label: All Essex, type: integer",
            "label: Park, type: integer",
            "label: Harlow, type: integer",
        ]
        rows = [["A", 8238, 140, 141], ["B", 85, 0, 2], ["C", 903, 13, 43], ["D", 326, 1, 14]]
        assert codes(tmp_path, text(columns, rows)) == []


class TestMoney:
    @pytest.mark.parametrize(
        ("summary", "asked", "found"),
        [
            ("It costs £1,236,587.", "Agree £1.24 million.", False),
            ("It costs £1.24m.", "Agree £1,236,587.", False),
            ("It costs £12k and £8k.", "Agree £20,000.", False),
            ("It costs £4,000 for each of 12 areas.", "Agree £48,000.", False),
            ("It costs 4000.", "Agree £4,000.", False),
            ("It costs £1,236,587.", "Agree £1.25 million.", True),
            ("It costs £12,000.", "Agree £13,000.", True),
            ("It costs nothing.", "Agree £13,000.", True),
            ("It costs nothing.", "Agree to meet at 13:00 in room 9.", False),
        ],
    )
    def test_amounts(self, tmp_path: Path, summary: str, asked: str, found: bool):
        paper = f'summary: "{summary}"\nrecommendations: ["{asked}"]\n'
        assert codes(tmp_path, paper) == ["money-nowhere"] * found

    def test_file_of_an_appendix_may_hold_the_amount(self, tmp_path: Path):
        paper = 'recommendations: ["Agree the £13,000 of [](appendix:a).", "Agree £5 a head."]\n'
        paper += "appendices: [{id: a, title: Costs, file: to follow}]\n"
        assert codes(tmp_path, paper) == []

    def test_other_currency(self, tmp_path: Path):
        paper = 'recommendations: ["Agree €5,000 and £6,000."]\n'
        (found,) = found_in(tmp_path, paper, BOARD + "currency: €\n")
        assert found.message == "the amount €5,000 stands nowhere else in the paper"


class TestFigureDiffers:
    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ("[](table:t) shows 12,462.", 0),
            ("[](table:t) shows 12,642.", 1),
            ("[](table:t) shows 12642.", 1),
            ("[](table:t) shows about 12,642.", 0),
            ("[](table:t) shows 12,500.", 0),
            ("[](table:t) shows 25,716 in all.", 0),
            ("[](table:t) shows 792 fewer.", 0),
            ("[](table:t) shows 12,642. There were 12,642 elsewhere.", 0),
            ("The survey counted 12,642.", 0),
            ("[](table:t) is of 2010.", 0),
            ("[](table:t) shows a fall of 6.0% from 13,254 to 12,462.", 0),
            ("[](table:t) shows a fall of 6.6% from 13,254 to 12,462.", 1),
            ("[](table:t) shows 4,717 offences fewer, or 6.6 percent.", 0),
        ],
    )
    def test_prose(self, tmp_path: Path, said: str, found: int):
        head = f"recommendations: [Agree it.]\nsections:\n  - text: |\n      {said}\n\n      [](table:t)\n"
        columns = ["label: Area", "label: Was, type: integer", "label: Now, type: integer"]
        paper = text(columns, [["A", 13254, 12462], ["B", 2019, 2116]], head + HEAD[HEAD.index("tables:") :])
        assert codes(tmp_path, paper) == ["figure-differs"] * found

    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ("[](table:t) has 2,126 for Harlow.", 1),
            ("[](table:t) has 2,116 for Harlow. Elsewhere in Harlow 2,126 were counted.", 0),
            ("[](table:t) is new. Elsewhere 2,126 were counted.", 0),
            ("[](table:t) has 14,587 in all.", 1),
            ("[](table:t) is new. Elsewhere 14,587 were counted.", 0),
        ],
    )
    def test_smaller_figure_is_held_against_what_its_sentence_speaks_of(self, tmp_path: Path, said: str, found: int):
        head = f"recommendations: [Agree it.]\nsections:\n  - text: |\n      {said}\n\n      [](table:t)\n"
        columns = ["label: Area", "label: Was, type: integer", "label: Now, type: integer"]
        rows = [["Witham", 13254, 12462], ["Harlow", 2019, 2116]]
        paper = text(columns, rows, head + HEAD[HEAD.index("tables:") :])
        assert codes(tmp_path, paper) == ["figure-differs"] * found

    def test_figure_that_a_wrong_cell_should_be_is_right(self, tmp_path: Path):
        head = HEAD.replace('"[](table:t)"', '"[](table:t) has £1,234 for Harlow.\\n\\n[](table:t)"')
        columns = ["label: Area", "label: Cost, type: money, total: 3234"]
        assert codes(tmp_path, text(columns, [["Witham", 2000], ["Harlow", 1284]], head)) == ["total-differs"]


class TestQuantities:
    @pytest.mark.parametrize(
        ("typed", "value", "money"),
        [
            ("£1,236,587", 1236587, True),
            ("£1.24 million", 1240000, True),
            ("£12k", 12000, True),
            ("£3bn", 3_000_000_000, True),
            ("12 m", 12, False),
            ("1.5 million", 1500000, False),
            ("12.5%", Decimal("12.5"), False),
        ],
    )
    def test_amounts(self, typed: str, value, money: bool):
        (found,) = amounts(f"It is {typed}.", "£")
        assert (found.value, found.money) == (value, money)

    @pytest.mark.parametrize("typed", ["12/03", "A12", "3.2.1", "2010/11"])
    def test_no_amounts(self, typed: str):
        assert list(amounts(f"It is {typed} here", "£")) == []

    @given(st.integers(100, 10**9), st.integers(0, 8), st.integers(1, 9))
    def test_a_slip_is_one(self, value: int, at: int, by: int):
        wrong = slip(value, at, by)
        assert slipped(Decimal(value), Decimal(wrong)) or len(str(wrong)) < len(str(value))
        assert off_by(Decimal(wrong), Decimal(value)).endswith("less" if wrong < value else "more")
