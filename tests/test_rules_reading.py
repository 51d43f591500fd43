"""Hints on how papers read: what each takes for a fault, what it leaves alone, and the words that it marks."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from reading import BOARD, MEETING, findings, write

from boardpack.diagnostics import CODES, Finding, Place, Source
from boardpack.model.text import Text
from boardpack.rules.prose import blocks

PAPER = "title: Funding\nauthor: A Dawlish\npurpose: information\n"
ASKED = ("abbreviation", "all-capitals", "blank-heading", "long-paper", "long-sentence", "skipped-level", "vague-link")


def found(folder: Path, code: str, text: str, *, reading: str = "{}", **more: str) -> list[Finding]:
    board = f"{BOARD}reading: {reading}\nrules: {{{code}: hint}}\n"
    papers = write(folder, board=board, paper=PAPER + text, **more)
    return [each for each in findings(papers) if each.code == code]


def summary(*lines: str) -> str:
    return "summary: |\n" + "".join(f"  {line}\n" for line in lines)


def marked(found: list[Finding]) -> list[str]:
    spans = [each.place.span() for each in found if each.place]
    return [span.text[span.column - 1 : span.end_column - 1] for span in spans]


def sentences(typed: str) -> list[str]:
    text = Text(typed, Place(Source(Path("a.yaml"), typed), 0, len(typed)))
    return [block.typed[start:end] for block in blocks(text) for start, end in block.sentences()]


def long(words: int) -> str:
    return " ".join(["Words", *["word"] * (words - 1)]) + "."


class TestAsked:
    @pytest.mark.parametrize("code", ASKED)
    def test_a_board_that_does_not_ask_is_told_nothing(self, tmp_path: Path, code: str):
        text = summary(f"SEE THE LAA PLAN [here](https://a.org). {long(3000)}", "", "##### ", "", "##### Words")
        assert CODES[code].asked
        assert code not in {each.code for each in findings(write(tmp_path, paper=PAPER + text))}

    def test_a_line_can_be_excused(self, tmp_path: Path):
        text = summary(long(30)).replace("|", "|  # allow long-sentence: words of the Act", 1)
        assert found(tmp_path, "long-sentence", text) == []


class TestSentences:
    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("One here. Two there! Three? 4 more.", ["One here.", "Two there!", "Three?", "4 more."]),
            ("See e.g. Basildon, i.e. the town, cf. Harlow.", ["See e.g. Basildon, i.e. the town, cf. Harlow."]),
            ("Cllr. A. Dawlish and Dr. Marlowe came.", ["Cllr. A. Dawlish and Dr. Marlowe came."]),
            ("It grew by 2.5 percent, see No. 4, p. 6.", ["It grew by 2.5 percent, see No. 4, p. 6."]),
            ("The answer is no. Members agreed.", ["The answer is no.", "Members agreed."]),
            ("Wardens, lighting, etc. Members agreed.", ["Wardens, lighting, etc.", "Members agreed."]),
            ("It said … and went on.", ["It said … and went on."]),
            ('"It is done." So they said.', ['"It is done."', "So they said."]),
            ("**Done.** *Now* this.", ["**Done.**", "*Now* this."]),
            ("See [](table:a). [](table:b) is next.", ["See [](table:a).", "[](table:b) is next."]),
            ("A note.[^a] And more.\n\n[^a]: In full. Yes.", ["A note.", "And more.", "In full.", "Yes."]),
            ("At https://a.org/b. Next.", ["At https://a.org/b.", "Next."]),
            ("Town Hall  \nHigh Street\\\nHarlow", ["Town Hall", "High Street\\", "Harlow"]),
            ("- one\n- two\n  - three", ["one", "two", "three"]),
            ("    code. Is none.\n\nText", ["Text"]),
            ("```\nCode. None.\n```", []),
            ("One.\n\n---\n\nTwo.", ["One.", "Two."]),
            ("", []),
        ],
    )
    def test_where_a_sentence_ends(self, typed: str, expected: list[str]):
        assert sentences(typed) == expected

    @pytest.mark.parametrize(("words", "count"), [(25, 0), (26, 1)])
    def test_up_to_25_words_are_short(self, tmp_path: Path, words: int, count: int):
        assert len(found(tmp_path, "long-sentence", summary(long(words)))) == count

    def test_code_and_addresses_are_no_words(self, tmp_path: Path):
        text = summary(f"Say `{long(30)[:-1]}` to [us](https://a.org/{'a-' * 40}).")
        assert found(tmp_path, "long-sentence", text) == []

    def test_minutes_are_read_too(self, tmp_path: Path):
        minutes = f"status: draft\nitems:\n  - item: funding\n    discussion: {long(26)}\n    resolved: []\n"
        (each,) = found(tmp_path, "long-sentence", "", **{"minutes.yaml": minutes})
        assert each.place
        assert each.place.span().line == 4


class TestPlaces:
    @pytest.mark.parametrize(
        "text",
        [
            summary("It is so. It is SO.", "", "> - It is so. IT", ">   IS NOT so."),
            "summary: >\n  It is so. It is IT\n  IS NOT so.\n",
            "summary: It is so. It\n  is IT IS NOT\n  so.\n",
            'summary: "It is so. IT IS\n  NOT so."\n',
            "summary: |-  # IT IS NOT text\n  It is so: `IT IS NOT` and IT IS NOT.\n",
        ],
    )
    def test_the_words_are_marked_where_they_stand(self, tmp_path: Path, text: str):
        (each,) = found(tmp_path, "all-capitals", text)
        assert each.place
        at = each.place
        assert " ".join(at.source.text[at.start : at.end].replace(">", "").split()) == "IT IS NOT"
        assert at.start == at.source.text.rindex("IT", 0, at.source.text.rindex("NOT"))

    def test_a_text_that_is_spelt_otherwise_is_marked_as_a_whole(self, tmp_path: Path):
        (each,) = found(tmp_path, "all-capitals", "summary: 'Don''t: IT IS NOT so.'\n")
        assert marked([each]) == ["'Don''t: IT IS NOT so.'"]

    def test_blocks_of_the_same_words_each_have_their_place(self):
        typed = "- The same.\n- The same.\n\n      The same.\n\nThe same."
        text = Text(typed, Place(Source(Path("a.yaml"), typed), 0, len(typed)))
        assert [block.at.start for block in blocks(text)] == [2, 14, 42]


class TestAbbreviations:
    @pytest.mark.parametrize(
        "text",
        [
            "The Local Area Agreement (LAA) ends. The LAA was long.",
            "The LAA (Local Area Agreement) ends. So do LAAs, and the LAA's targets.",
            "The LAA is the Local Area Agreement. In it NI stands for National Indicator.",
            "A MARAC, or multi-agency risk assessment conference, met. The MARAC parted.",
            "The NHS, the UK and MPs pay VAT on PDFs.",
            "See Part II, section IV.",
            "The code is `LAA`, at https://a.org/LAA, ask clerk@LAA.org or [us](https://a.org?LAA).",
            "COVID-19, R&D, #LAA and CM1 1LX.",
            "The PCT pays.",
            "SO LONG AGO it was.",
        ],
    )
    def test_what_readers_know_or_are_told_is_right(self, tmp_path: Path, text: str):
        assert found(tmp_path, "abbreviation", summary(text), reading="{abbreviations: [PCT]}") == []

    def test_each_has_one_finding_at_its_first_use(self, tmp_path: Path):
        text = summary("The LAA and the ABG.", "The Area Based Grant (ABG) and the LAA, the ABG.")
        told = found(tmp_path, "abbreviation", text)
        assert marked(told) == ["LAA", "ABG"]
        assert [each.message for each in told] == [
            "`LAA` is not spelt out in this paper",
            "`ABG` is used before it is spelt out",
        ]

    def test_a_heading_may_use_what_the_text_spells_out_later(self, tmp_path: Path):
        text = "sections:\n  - heading: LAA targets\n    text: The Local Area Agreement (LAA) ends.\n"
        assert found(tmp_path / "a", "abbreviation", text) == []
        told = found(tmp_path / "b", "abbreviation", text.replace("(LAA) ", ""))
        assert marked(told) == ["LAA"]

    def test_brackets_with_other_letters_spell_nothing_out(self, tmp_path: Path):
        assert marked(found(tmp_path, "abbreviation", summary("The grant (LAA) ends."))) == ["LAA"]


class TestCapitals:
    @pytest.mark.parametrize("title", ["LAA", "LAA PCT", "Funding for CDRPs", "2010/11", "NHS UK GDPR"])
    def test_abbreviations_make_no_heading_in_capitals(self, tmp_path: Path, title: str):
        assert found(tmp_path, "all-capitals", f"sections: [{{heading: {title}, text: a}}]\n") == []

    def test_a_line_of_the_agenda_is_a_title(self, tmp_path: Path):
        meeting = MEETING + "  - ANY OTHER BUSINESS\n"
        board = BOARD + "rules: {all-capitals: hint}\n"
        (each,) = (each for each in findings(write(tmp_path, board=board, meeting=meeting)) if each.code[:3] == "all")
        assert (each.message, marked([each])) == ("the title is in capitals", ["ANY OTHER BUSINESS"])

    @pytest.mark.parametrize(
        ("text", "count"),
        [("会议 讨论 通过 été öde äußert", 0), ("It IS NOT so.", 0), ("IT IS A LAW.", 1), ("IT IS. NOT SO.", 0)],
    )
    def test_three_words_in_a_row_are_too_many(self, tmp_path: Path, text: str, count: int):
        assert len(found(tmp_path, "all-capitals", summary(text))) == count


class TestHeadings:
    @pytest.mark.parametrize(
        ("levels", "wrong"),
        [((3, 4, 5), 0), ((3, 5), 1), ((4,), 1), ((3, 4, 3, 5), 1), ((3, 4, 4, 5, 3), 0), ((1, 2, 3), 0), ((5, 6), 1)],
    )
    def test_no_level_is_left_out(self, tmp_path: Path, levels: tuple[int, ...], wrong: int):
        lines = [line for level in levels for line in ("#" * level + " Words", "", "Text.", "")]
        assert len(found(tmp_path, "skipped-level", summary(*lines))) == wrong

    @pytest.mark.parametrize("heading", ["", '""', "{heading: }", '"[^a]"', '"…"'])
    def test_a_heading_has_words(self, tmp_path: Path, heading: str):
        text = f"sections:\n  - heading: {heading}\n    text: a\n"
        if heading.startswith("{"):
            text = "sections: [{heading: , text: a}]\n"
        (each,) = found(tmp_path, "blank-heading", text)
        assert each.place
        assert each.message == "the heading has no words"

    def test_no_heading_is_no_blank_heading(self, tmp_path: Path):
        assert found(tmp_path, "blank-heading", "sections: [{text: a}]\n") == []


class TestLinks:
    @pytest.mark.parametrize(
        "words", ["here", "Click here", "**Read more**", "this page.", "https://a.org/b", "www.a.org"]
    )
    def test_words_that_do_not_say_where_a_link_leads(self, tmp_path: Path, words: str):
        assert marked(found(tmp_path, "vague-link", summary(f"See [{words}](https://a.org/b)."))) == [words]

    @pytest.mark.parametrize(
        "text",
        ["[the survey](https://a.org)", "<clerk@example.org>", "[](item:funding)", "`[here](https://a.org)`", "here"],
    )
    def test_words_that_do(self, tmp_path: Path, text: str):
        assert found(tmp_path, "vague-link", summary(text)) == []


class TestLength:
    def test_the_guide_is_the_boards_own(self, tmp_path: Path):
        text = summary(*[long(20)] * 3)
        assert found(tmp_path / "a", "long-paper", text) == []
        (each,) = found(tmp_path / "b", "long-paper", text, reading="{words: 60}")
        assert each.message == "the paper has 61 words, 1 more than the board's guide of 60"
        assert found(tmp_path / "c", "long-paper", text, reading="{words: 61}") == []

    def test_an_appendix_may_be_long(self, tmp_path: Path):
        text = "appendices: [{title: All, paper: all}]\n"
        more = {"all.yaml": PAPER + summary(long(300))}
        assert found(tmp_path, "long-paper", text, reading="{words: 60}", **more) == []


@pytest.mark.parametrize("typed", ["The same. ", "[", "`", ".", "w.", "a@", "(", "IT IS ", "https://", "{:", "!["])
def test_reading_takes_no_longer_than_the_length_asks(typed: str):
    typed *= 10_000
    text = Text(typed, Place(Source(Path("a.yaml"), typed), 0, len(typed)))
    start = process_time()
    assert [list(block.sentences()) for block in blocks(text)]
    assert process_time() - start < 5
