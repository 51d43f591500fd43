"""Rules on parts and files named in words: what is there raises nothing, what is not raises exactly its finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import BOARD, PAPER, findings, write

from boardpack.diagnostics import Finding
from boardpack.model.labels import count
from boardpack.rules.mentions import tokens

LAWS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
OWN = {"loose-reference", "typed-reference", "loose-file", "appendix-not-cited"}
ASKED = BOARD + "rules: {typed-reference: warning, appendix-not-cited: hint}\n"
AGENDA = """date: 2010-03-11
agenda:
  - title: Welcome
  - title: Business
    items:
      - {paper: funding, items: [First, Second]}
      - {id: chair, title: Election of the chair, paper: verbal}
"""
PARTS = """
tables:
  costs: {caption: Costs, columns: [{key: a, label: Area}, {key: b, label: Cost, type: money}], rows: [[A, 1]]}
appendices:
  - {id: plan, title: Activity plan, file: to follow}
  - {id: map, title: Map, file: to follow}
"""


def found_in(folder: Path, said: str, more: str = "", board: str = BOARD, **files: str | bytes) -> list[Finding]:
    """The findings on mentions in a paper with one section of text."""
    lines = "".join(f"      {line}\n" for line in said.split("\n"))
    paper = f"{PAPER}sections:\n  - heading: Grant\n    text: |\n{lines}{more}"
    every = findings(write(folder, board=board, paper=paper, meeting=AGENDA, **files))
    assert not [each for each in every if each.severity == "error"]
    return [each for each in every if each.code in OWN]


def said_of(found: list[Finding]) -> list[str]:
    return [each.place.source.text[each.place.start : each.place.end] for each in found if each.place]


class TestItems:
    @pytest.mark.parametrize(
        ("numbering", "said"),
        [
            ('["1", "1a", "1a.i"]', "agenda item 2, item 2a, agenda items 2b and 1, item 2 (a) ii, Item 2A.II"),
            ('["1", "1.1", "1.1 a"]', "agenda item 2, item 2.1, item 2.1 a, item 2.1b, agenda item 2 1 (b)"),
            ('["1.", "(a)", "(i)"]', "agenda item 2, item 2(a), item 2 (a)(ii), agenda item 2.b"),
            ('["A1", "A1.1", "A1.1.1"]', "agenda item A2 and item A2.1"),
        ],
    )
    def test_labels_of_the_agenda_are_there_however_they_are_typed(self, tmp_path: Path, numbering: str, said: str):
        assert found_in(tmp_path / "a", f"See {said}.", board=f"{BOARD}numbering: {numbering}\n") == []
        found = found_in(tmp_path / "b", f"See {said}.", board=f"{ASKED}numbering: {numbering}\n")
        assert {each.code for each in found} == {"typed-reference"}
        assert len(found) == said.count("tem")

    @pytest.mark.parametrize(
        ("said", "marked"),
        [
            ("see agenda item 9", "agenda item 9"),
            ("see agenda item 9 in March", "agenda item 9"),
            ("N/A (see item 2.9b)", "item 2.9b"),
            ("the target lead report 2.9c says", "report 2.9c"),
            ("agenda item 9(a) is", "agenda item 9(a)"),
        ],
    )
    def test_what_the_agenda_lacks(self, tmp_path: Path, said: str, marked: str):
        found = found_in(tmp_path, said, board=BOARD + 'numbering: ["1", "1.1", "1.1 a"]\n')
        assert [each.code for each in found] == ["loose-reference"]
        assert said_of(found) == [marked]

    @pytest.mark.parametrize(
        "said",
        [
            "item 9 was taken first",
            "agenda item 9 of the meeting in May",
            "item 3.1 of the Home Office strategy",
            "Strategy Action Plan items 2.9 and 3.9",
            "item 2.9% lower",
            "a report 2.9 pages long",
            "the items 10,000 people named",
            "[agenda item 9](https://example.org/agenda)",
            "`agenda item 9`",
        ],
    )
    def test_words_of_others(self, tmp_path: Path, said: str):
        assert found_in(tmp_path, said) == []

    def test_cells_and_recommendations_are_read(self, tmp_path: Path):
        more = "recommendations: [Note agenda item 8.]\n"
        more += "tables: {t: {caption: T, columns: [{key: a, label: A}], rows: [[see item 9b]]}}\n"
        assert said_of(found_in(tmp_path, "[](table:t)", more)) == ["agenda item 8", "item 9b"]

    def test_help_names_the_item_whose_words_stand_before(self, tmp_path: Path):
        (found,) = found_in(tmp_path, "The election of the chair is under agenda item 9.")
        assert found.help == "did you mean `[](item:chair)`?"
        (found,) = found_in(tmp_path, "The election is under agenda item 2b.", board=ASKED)
        assert found.help.startswith("write `[](item:")

    @LAWS
    @given(st.integers(1, 40))
    def test_a_number_is_there_or_it_is_not(self, tmp_path: Path, number: int):
        assert len(found_in(tmp_path, f"See agenda item {number}.")) == (number > 2)

    @given(st.integers(1, 30), st.integers(1, 26), st.sampled_from(["", " ", ".", " (", "("]))
    def test_labels_are_read_through_their_signs(self, first: int, second: int, sign: str):
        letter = count("a", second)
        assert tokens(f"{first}{sign}{letter.upper()}{')' if '(' in sign else ''}") == (str(first), letter)


class TestParts:
    @pytest.mark.parametrize(
        "said",
        [
            "See Appendix A and appendix b.",
            "See **Appendix B** (Annex A) and Appendices A and B.",
            "See Table 1, and the figures in table 1.",
            "Section 1.1 and paragraph 1.2 are here.\n\nSo is this.",
            "**Table 2: Staff**\n\nSee table 2.",
            "### 4.2 Staff\n\nSee section 4.2.",
            "| a | b |\n|---|---|\n| 1 | 2 |\n\nSee table 2.",
        ],
    )
    def test_what_is_there(self, tmp_path: Path, said: str):
        assert found_in(tmp_path, f"[](table:costs)\n\n{said}", PARTS) == []

    @pytest.mark.parametrize(
        ("said", "marked"),
        [
            ("See Appendix C.", "Appendix C"),
            ("It is attached at appendix 1 and is long.", "appendix 1"),
            ("See appendix iii)", "appendix iii"),
            ("See Appendices A and D.", "Appendices A"),
            ("See table 2 for it.", "table 2"),
            ("Figure 1 shows it.", "Figure 1"),
            ("as in chart 3", "chart 3"),
            ("set out in section 2.2 above", "section 2.2"),
            ("see paragraph 3.1.", "paragraph 3.1"),
            ("see section 1.40", "section 1.40"),
            ("Appendix C to this report", "Appendix C"),
        ],
    )
    def test_what_is_not(self, tmp_path: Path, said: str, marked: str):
        found = found_in(tmp_path, f"[](table:costs)\n\n{said}", PARTS)
        assert [each.code for each in found] == ["loose-reference"]
        assert said_of(found) == [marked]

    @pytest.mark.parametrize(
        "said",
        [
            "section 17 of the Crime and Disorder Act 1998",
            "Under the Local Government Act, section 5.2 applies.",
            "Part 1 of Schedule 12A",
            "Appendix D to the Agreement of 2008",
            "Table 9 in the annual report",
            "the Crime Survey (table 9)",
            "the Code of Practice (table 9)",
            "the Council's table 9",
            "at the table 9 members sat",
            "a figure 2% higher, figure 2.5 and the figure 9",
            "Figure 12 per cent",
            "an appendix a page long; the appendix I wrote",
            "> See Appendix Z.",
            "See the law.[^1]\n\n[^1]: Section 9.9, Appendix Z.",
            "a table, 12 chairs and 9.5 sections",
        ],
    )
    def test_words_of_others(self, tmp_path: Path, said: str):
        assert found_in(tmp_path, f"[](table:costs)\n\n{said}", PARTS) == []

    def test_paper_that_is_an_appendix_has_those_of_its_paper(self, tmp_path: Path):
        more = "appendices: [{id: plan, title: Plan, paper: plan}, {id: map, title: Map, file: to follow}]\n"
        plan = PAPER + "summary: See Appendix B and Appendix C.\n"
        found = found_in(tmp_path, "Text.", more, **{"plan.yaml": plan})
        assert said_of(found) == ["Appendix C"]

    def test_help_names_the_part_whose_words_stand_before(self, tmp_path: Path):
        (found,) = found_in(tmp_path, "[](table:costs)\n\nThe activity plan is at appendix 1.", PARTS)
        assert found.help == "did you mean `[](appendix:plan)`?"

    def test_each_of_two_like_ones_has_its_place(self, tmp_path: Path):
        found = found_in(tmp_path, "See Appendix C.\n\nSee Appendix C.")
        assert len({each.place.start for each in found if each.place}) == 2

    @LAWS
    @given(st.integers(0, 5), st.integers(1, 8))
    def test_appendices_up_to_the_last(self, tmp_path: Path, there: int, cited: int):
        lines = [f"  - {{id: a{each}, title: Plan, file: to follow}}\n" for each in range(there)]
        more = "appendices:\n" + "".join(lines) if lines else ""
        assert len(found_in(tmp_path, f"See Appendix {count('A', cited)}.", more)) == (cited > there)


class TestAppendices:
    @pytest.mark.parametrize(
        ("said", "uncited"),
        [
            ("Nothing.", 2),
            ("See [](appendix:plan).", 1),
            ("See Appendix A.", 1),
            ("See appendix **b** and [](appendix:plan)", 0),
            ("The appendices say more.", 0),
        ],
    )
    def test_cited_by_reference_or_in_words(self, tmp_path: Path, said: str, uncited: int):
        found = found_in(tmp_path, f"[](table:costs)\n\n{said}", PARTS, BOARD + "rules: {appendix-not-cited: hint}\n")
        assert [each.code for each in found] == ["appendix-not-cited"] * uncited


class TestFiles:
    @pytest.mark.parametrize(
        ("said", "marked"),
        [
            (r"J:\County Hall\Crime and Disorder Reducti… is lost", "J:\\County Hall\\Crime and Disorder Reducti…"),
            (r"It is in S:\Plans\plan 2010.docx, as agreed.", "S:\\Plans\\plan 2010.docx"),
            ("The plan is attached (Plan2010.docx).", "Plan2010.docx"),
            ("Please see attached: figures.xlsx", "figures.xlsx"),
            ("The picture map.png is enclosed.", "map.png"),
        ],
    )
    def test_files_that_are_not_there(self, tmp_path: Path, said: str, marked: str):
        found = found_in(tmp_path, said)
        assert [each.code for each in found] == ["loose-file"]
        assert said_of(found) == [marked]

    @pytest.mark.parametrize(
        "said",
        [
            "The plan is attached.",
            r"An example is C:\temp\new in code.",
            "See https://example.org/attached/plan.pdf for it.",
            "See [the attached plan](https://example.org/plan.pdf).",
            "Send a .docx file. It is attached to the e-mail of a.b@example.org.",
            "The file plan2010.docx was lost in March.",
        ],
    )
    def test_no_files(self, tmp_path: Path, said: str):
        assert found_in(tmp_path, said) == []

    def test_file_of_a_table_is_there(self, tmp_path: Path):
        more = "tables:\n  t: {caption: T, from: data/costs.csv, columns: [{key: a, label: A}]}\n"
        found = found_in(tmp_path, "[](table:t)\n\nSee the attached costs.csv.", more, **{"data/costs.csv": "a\n1\n"})
        assert found == []
