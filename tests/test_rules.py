"""Rules on whole meetings. Each has its failing example in tests/cases/bad; here is where each of them ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reading import BOARD, PAPER, SCHEMAS, findings, told, write

from boardpack import rules
from boardpack.diagnostics import CODES
from boardpack.rules import houses

COLUMNS = """
sections: [{text: "[](table:t)"}]
tables:
  t:
    caption: Costs
    columns:
      - {key: what, label: What}
"""


def agenda(*lines: str, facts: str = "") -> str:
    return f"date: 2010-03-11\n{facts}agenda:\n" + "".join(f"  - {line}\n" for line in lines)


def codes(folder: Path) -> list[str]:
    return [each.code for each in findings(folder)]


def paper_codes(folder: Path, text: str) -> list[str]:
    return codes(write(folder, paper=PAPER + text))


class TestTable:
    def test_every_rule_has_a_registered_code_and_a_reason(self):
        for rule in (*rules.BOARD_RULES, *rules.RULES):
            assert rule.code in CODES
            assert rule.reason[0].islower() or rule.reason.startswith("WCAG")
            assert not rule.reason.endswith(".")

    def test_board_may_soften_or_silence_what_is_its_own_affair(self, tmp_path: Path):
        paper = PAPER.replace("information", "debate")
        (found,) = findings(write(tmp_path / "a", board=BOARD + "rules: {unknown-purpose: hint}\n", paper=paper))
        assert (found.code, found.severity) == ("unknown-purpose", "hint")
        board = BOARD + "rules: {unknown-purpose: {severity: off, reason: They vary.}}\n"
        assert codes(write(tmp_path / "b", board=board, paper=paper)) == []

    def test_board_cannot_silence_what_stops_a_pack(self, tmp_path: Path):
        board = BOARD + "rules: {unknown-reference: off}\n"
        text = PAPER + 'summary: "[](table:x)"\n'
        assert codes(write(tmp_path, board=board, paper=text)) == ["unknown-reference", "wrong-value"]


class TestTotals:
    @pytest.mark.parametrize(
        ("cells", "total", "differs"),
        [
            (("0.1", "0.2"), "0.3", False),
            (("0.1", "0.2"), "0.30", False),
            (("1,000", "£2"), "1002", False),
            (("(5)", "5"), "0", False),
            (("n/a", "5"), "5", False),
            (("1", "2"), "4", True),
        ],
    )
    def test_stated_total_is_compared_exactly(self, tmp_path: Path, cells, total: str, differs: bool):
        text = COLUMNS + f"      - {{key: now, label: Now, type: money, total: {total}}}\n    rows:\n"
        text += "".join(f'      - [A, "{cell}"]\n' for cell in cells)
        assert paper_codes(tmp_path, text) == ["total-differs"] * differs

    @pytest.mark.parametrize(
        ("total", "found"),
        [
            ('"£1,236,586"', []),
            ('"1,236,586.00"', []),
            ("£1236586", []),
            ('"£1,236,587"', ["total-differs"]),
            ('"(1,236,586)"', ["total-differs"]),
            ("-£1236586", ["total-differs"]),
            ('"12,36"', ["wrong-value"]),
            ("about 5", ["wrong-value"]),
            ("Sum", ["wrong-value"]),
        ],
    )
    def test_stated_total_is_read_as_cells_are(self, tmp_path: Path, total: str, found: list[str]):
        text = COLUMNS + f"      - {{key: now, label: Now, type: money, total: {total}}}\n    rows: [[A, 1236586]]\n"
        assert paper_codes(tmp_path, text) == found

    @pytest.mark.parametrize(
        "columns",
        [
            "",
            "    columns: [a, b]\n",
            "    columns: [{kye: a, label: A}]\n",
            "    columns: [{key: a, label: A, type: x}]\n",
        ],
    )
    def test_broken_columns_are_not_held_against_the_rows(self, tmp_path: Path, columns: str):
        text = COLUMNS.partition("    columns:")[0] + columns + "    rows: [[1, 2], {b: 3}, [x]]\n    foot: [[1, 2]]\n"
        assert not {"row-length", "unknown-column", "wrong-cell"} & {*paper_codes(tmp_path, text)}

    def test_message_is_the_contracts(self, tmp_path: Path):
        text = (
            COLUMNS
            + "      - {key: abg, label: Area Based Grant, type: money, total: 1236586}\n    rows: [[A, 1236587]]\n"
        )
        (found,) = findings(write(tmp_path, paper=PAPER + text))
        assert found.message == "column `Area Based Grant` adds up to 1,236,587, not 1,236,586"
        assert found.help.startswith("correct the total or a row, or write `total: sum` to have it computed; ")
        assert found.help.endswith("the stated total is 1 less")
        assert found.place
        span = found.place.span()
        assert span.text[span.column - 1 : span.end_column - 1] == "1236586"

    def test_cell_that_is_no_figure_is_said_once(self, tmp_path: Path):
        text = COLUMNS + "      - {key: now, label: Now, type: money, total: 3}\n    rows: [[A, 1], [B, 2x]]\n"
        assert paper_codes(tmp_path, text) == ["wrong-cell"]

    @pytest.mark.parametrize(
        ("change", "differs"), [("-33.3", False), ("-33", False), ("-33.33", False), ("-34", True), ("33", True)]
    )
    def test_typed_change_may_be_rounded(self, tmp_path: Path, change: str, differs: bool):
        text = COLUMNS + "      - {key: was, label: Was, type: number}\n      - {key: now, label: Now, type: number}\n"
        text += "      - {key: change, label: Change, type: percent, change: [was, now]}\n"
        assert paper_codes(tmp_path, f"{text}    rows: [[A, 3, 2, {change}]]\n") == ["change-differs"] * differs


class TestReferences:
    @pytest.mark.parametrize(
        "text",
        [
            "See `[](table:x)`.",
            "See ``` [](table:x) ``` there.",
            "[](item:funding)",
            r"\[](table:x)",
            "![](table:x)",
        ],
    )
    def test_no_fault(self, tmp_path: Path, text: str):
        assert {*paper_codes(tmp_path, f"summary: '{text}'\n")} <= {"missing-alt", "unsafe-link"}

    def test_each_of_two_like_ones_has_its_place(self, tmp_path: Path):
        found = findings(write(tmp_path, paper=PAPER + "summary: |\n  [](table:x), [](table:x)\n  [](table:x)\n"))
        assert told(found) == [f"funding.yaml:{at} unknown-reference" for at in ("5:12", "5:25", "6:12")]

    def test_references_in_cells_captions_and_recommendations_are_seen(self, tmp_path: Path):
        text = COLUMNS.replace("Costs", "'[](table:a)'") + "    rows: [['[](item:b)']]\n"
        text += "recommendations: ['Note [](section:c)']\n"
        assert paper_codes(tmp_path, text) == ["unknown-reference"] * 3

    def test_item_with_its_own_id_can_be_named_by_its_paper_too(self, tmp_path: Path):
        folder = write(
            tmp_path,
            meeting=agenda("{id: money, paper: funding}"),
            paper=PAPER + 'summary: "[](item:money) [](item:funding)"\n',
        )
        assert codes(folder) == []

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("[](table:t)", []),
            ("Before.\n\n      [](table:t)\n\n      After.", []),
            ("See [](table:t).", ["not-placed"]),
            ("Before.\n      [](table:t)", ["not-placed"]),
        ],
    )
    def test_table_is_placed_alone_in_its_paragraph(self, tmp_path: Path, text: str, found: list[str]):
        columns = COLUMNS.replace('sections: [{text: "[](table:t)"}]', f"sections:\n  - text: |\n      {text}")
        assert paper_codes(tmp_path, columns + "    rows: [[A]]\n") == found


class TestAgenda:
    def test_one_paper_behind_several_lines_needs_no_ids(self, tmp_path: Path):
        meeting = agenda("{title: A, paper: funding}", "{title: B, paper: funding}")
        assert codes(write(tmp_path, meeting=meeting)) == []

    def test_own_id_that_is_another_lines_paper_is_a_fault(self, tmp_path: Path):
        meeting = agenda("paper: funding", "{title: B, id: funding}")
        assert codes(write(tmp_path, meeting=meeting)) == ["duplicate-id"]

    def test_date_and_a_word_is_a_folders_name(self, tmp_path: Path):
        folder = write(tmp_path)
        (folder / "partnership" / "2010-03-11").rename(folder / "partnership" / "2010-03-11-special")
        assert codes(folder) == []

    def test_own_numbering_of_an_item_adds_levels(self, tmp_path: Path):
        line = "title: A\n    numbering: [a, a.i]\n    items:\n      - {title: B, items: [C, D]}"
        meeting = agenda("paper: funding", line)
        assert codes(write(tmp_path / "a", meeting=meeting, board=BOARD + "numbering: ['1']\n")) == []
        deeper = meeting.replace("[C, D]", "[{title: C, items: [E]}]")
        found = codes(write(tmp_path / "b", meeting=deeper, board=BOARD + "numbering: ['1']\n"))
        assert found == ["too-many-levels"]

    def test_ends_before_it_starts(self, tmp_path: Path):
        meeting = agenda("{paper: funding, duration: 5}", facts="starts: 12:00\nends: 9:30\n")
        assert codes(write(tmp_path, meeting=meeting)) == ["ends-first"]

    @pytest.mark.parametrize(
        ("paper", "help"),
        [
            ("Verbal", "did you mean `verbal`?"),
            ("Verbal update", "did you mean `verbal`?"),
            ("To follow", "did you mean `to follow`?"),
            ("Funding", "did you mean `funding`?"),
            ("funding.yaml", "did you mean `funding`?"),
            (
                "C",
                "name a paper by its file without `.yaml`, or write `verbal`, `to follow`, `tabled` or `{text: C}`",
            ),
        ],
    )
    def test_word_that_is_no_paper_is_told_once(self, tmp_path: Path, paper: str, help: str):
        (found,) = findings(write(tmp_path, meeting=agenda("paper: funding", f"paper: {paper}")))
        assert (found.code, found.help) == ("unknown-paper", help)

    def test_misspelt_paper_is_not_unused_as_well(self, tmp_path: Path):
        assert codes(write(tmp_path, meeting=agenda("paper: fundign"))) == ["unknown-paper"]

    def test_paper_that_is_not_named_as_papers_are(self, tmp_path: Path):
        folder = write(tmp_path, meeting=agenda("paper: funding", "paper: Plan"), **{"Plan.yaml": PAPER})
        (found,) = findings(folder)
        assert found.message == "a paper's file may not be called `Plan.yaml`"

    @pytest.mark.parametrize("line", ['{title: ""}', '{paper: ""}', "{title: }", "{paper: }"])
    def test_empty_line_is_told_once(self, tmp_path: Path, line: str):
        assert codes(write(tmp_path, meeting=agenda("paper: funding", line))) == ["missing-title"]

    def test_impossible_duration_is_not_reckoned_with(self, tmp_path: Path):
        meeting = agenda("{paper: funding, duration: -5, items: [{title: A, duration: 10}]}")
        assert codes(write(tmp_path, meeting=meeting)) == ["wrong-value"]

    @pytest.mark.parametrize("said", ["2010-07-01", "{date: July}", "{venue: Room 2}"])
    def test_next_meeting_that_is_said_wrongly_is_not_missing(self, tmp_path: Path, said: str):
        meeting = agenda("paper: funding", "{title: Next, next: true}", facts=f"next: {said}\n")
        assert "no-next-meeting" not in codes(write(tmp_path, meeting=meeting))

    def test_purpose_beside_a_paper_is_told_once(self, tmp_path: Path):
        meeting = agenda("{paper: funding, purpose: debate}", "{title: A, paper: verbal, purpose: discussion}")
        assert codes(write(tmp_path, meeting=meeting)) == ["unused-purpose"]

    def test_broken_paper_makes_no_others_seem_unknown_or_unused(self, tmp_path: Path):
        folder = write(tmp_path, paper="title: [", **{"plan.yaml": PAPER})
        assert codes(folder) == ["yaml-syntax"]

    def test_long_chain_of_appendices_is_walked_once(self, tmp_path: Path):
        more = {f"p{n}.yaml": PAPER + f"appendices: [{{title: A, paper: p{n + 1}}}]\n" for n in range(30)}
        text = PAPER + "appendices: [{title: A, paper: p0}]\n"
        assert codes(write(tmp_path, paper=text, **more, **{"p30.yaml": PAPER})) == []


class TestHouse:
    def test_appendix_in_yaml_answers_to_its_paper_only(self, tmp_path: Path):
        text = PAPER + "summary: A\nappendices: [{title: A, paper: plan}]\n"
        folder = write(tmp_path, board=BOARD + "require: [summary]\n", paper=text, **{"plan.yaml": PAPER})
        assert codes(folder) == []

    def test_misspelt_demand_of_the_board_accuses_no_paper(self, tmp_path: Path):
        assert told(findings(write(tmp_path, board=BOARD + "require: [glossary]\n"))) == ["board.yaml:2:11 wrong-value"]

    def test_keys_are_those_of_the_schema(self):
        schema = json.loads((SCHEMAS / "paper.schema.json").read_text(encoding="utf-8"))
        assert set(schema["properties"]) == houses.KEYS

    @pytest.mark.parametrize(
        ("wording", "message"),
        [
            ("page: See pack", "`page` does not say where the page number stands"),
            ("pages: 'to {last}'", "`pages` does not say where the page number stands"),
            ("page: '{first} {frist}'", "`page` holds braces that stand for nothing"),
            ("page: ''", "`page` is empty"),
        ],
    )
    def test_wording_without_a_page(self, tmp_path: Path, wording: str, message: str):
        (found,) = findings(write(tmp_path, board=f"{BOARD}paper_column: {{{wording}}}\n"))
        assert (found.code, found.message) == ("wrong-value", message)

    def test_empty_answers_are_none(self, tmp_path: Path):
        board = BOARD + "require: [recommendations]\n"
        assert codes(write(tmp_path, board=board, paper=PAPER + "recommendations: []\n")) == ["missing-answer"]

    def test_cover_line_that_is_not_required_may_be_left_out(self, tmp_path: Path):
        board = BOARD + "cover_fields: [{key: wards, label: Wards}]\n"
        assert codes(write(tmp_path, board=board)) == []


class TestPeople:
    BOARD = BOARD + "people: [{id: pw, name: P Warrener, rank: Cllr}, {name: Robert Tansley}]\n"

    @pytest.mark.parametrize("name", ["pw", "P Warrener", "Cllr P Warrener", "A Dawlish", "Robert Smith"])
    def test_no_fault(self, tmp_path: Path, name: str):
        assert codes(write(tmp_path, board=self.BOARD, paper=PAPER + f"presenter: {name}\n")) == []

    def test_person_column(self, tmp_path: Path):
        text = (
            COLUMNS
            + '      - {key: who, label: Who, type: person}\n    rows: [[A, pw], [B, ""], [C, px], [D, A Body]]\n'
        )
        (found,) = findings(write(tmp_path, board=self.BOARD, paper=PAPER + text))
        assert (found.code, found.message) == ("unknown-person", "nobody in the register has the id `px`")


class TestLinks:
    @pytest.mark.parametrize(
        ("text", "code", "help"),
        [
            ("[x](item:c)", "unsafe-link", "leave the square brackets empty: `[](item:c)`"),
            ("[x](Item:c)", "unsafe-link", "leave the square brackets empty: `[](item:c)`"),
            ("[](ITEM:c)", "unknown-kind", "did you mean `item`?"),
            ("[](appendix:c)", "unknown-reference", "the paper has no appendices"),
        ],
    )
    def test_reference_that_is_nearly_one(self, tmp_path: Path, text: str, code: str, help: str):
        (found,) = findings(write(tmp_path, paper=PAPER + f"summary: '{text}'\n"))
        assert (found.code, found.help) == (code, help)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("[a](https://example.org/x_(y))", []),
            ("[a](mailto:a@example.org) [b](tel:01632960123)", []),
            ("<https://example.org>", []),
            ("[a][1]\n\n  [1]: https://example.org", []),
            ("Text[^1].\n\n  [^1]: A note: with a colon.", []),
            ("`[a](file:x)`", []),
            ("[a](JavaScript:x)", ["unsafe-link"]),
            ("[a](file:///etc/passwd)", ["unsafe-link"]),
            ("[a](//example.org)", ["unsafe-link"]),
            ("[a][1]\n\n  [1]: data:text/html,x", ["unsafe-link"]),
            ("[a](<vbscript:x y>)", ["unsafe-link"]),
            ("[a](x) [a](x)", ["unsafe-link", "unsafe-link"]),
        ],
    )
    def test_link(self, tmp_path: Path, text: str, found: list[str]):
        assert paper_codes(tmp_path, f"summary: |\n  {text}\n") == found


class TestOneMistakeOneFinding:
    def test_table_whose_place_misspells_it_is_not_said_twice(self, tmp_path: Path):
        text = COLUMNS.replace("[](table:t)", "[](table:costx)").replace("  t:", "  costs:") + "    rows: [[A]]\n"
        assert paper_codes(tmp_path, text) == ["unknown-reference"]

    def test_minutes_and_references_do_not_repeat_that_the_agenda_misspells_a_paper(self, tmp_path: Path):
        minutes = "items: [{item: funding}]"
        paper = PAPER + 'summary: "See [](item:funding)."\n'
        folder = write(tmp_path, meeting=agenda("paper: fundign"), paper=paper, **{"minutes.yaml": minutes})
        assert codes(folder) == ["unknown-paper"]
