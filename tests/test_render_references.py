"""References: the right words on first opening, and live wherever what they name stands in the same file."""

from __future__ import annotations

from pathlib import Path

import pytest
from printing import Printed, agenda, paper, printed
from random_meeting import png
from wordfile import Field, faults

BOARD = 'name: Example Partnership\nnumbering: ["1", "1a"]\n'
LINES = """
- {title: Talk, id: talk, paper: verbal}
- title: Business
  items:
    - paper: funding
    - {title: Money again, id: again, paper: funding}
    - paper: other
    - {title: Spoken, id: spoken}
"""
BODY = """
summary: "First: [](section:event), [](table:allocations)."
recommendations: ["Note [](table:allocations).", "Read [](item:other)."]
sections:
  - {heading: Background, text: TEXT}
  - {heading: Event, id: event, text: "[](table:spare)"}
  - {heading: Last, id: last, text: "[](table:allocations)\\n\\n[](figure:map)"}
tables:
  allocations: {caption: Allocations, columns: [{key: a, label: A}], rows: [["In [](section:last)"]]}
  spare: {caption: Spare, columns: [{key: a, label: A}], rows: [[x]]}
figures:
  map: {file: map.png, caption: "The map of [](item:talk)", alt: A map}
appendices:
  - {id: plan, title: Plan, file: to follow}
  - {id: list, title: List, file: to follow}
"""


def made(folder: Path, text: str, **options) -> Printed:
    return printed(
        folder,
        board=BOARD,
        meeting=agenda(LINES),
        paper=paper(BODY.replace("TEXT", text)),
        **{"other.yaml": paper("sections: [{text: 'See [](item:funding).'}]\n", title="Other"), "map.png": png(9, 9)},
        **options,
    )


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("section:event", "section 2"),
        ("section:last", "section 3"),
        ("table:allocations", "table 2"),
        ("table:spare", "table 1"),
        ("figure:map", "figure 1"),
        ("appendix:list", "appendix B"),
        ("item:other", "item 2c, page 20"),
        ("item:funding", "item 2a, page 10"),
        ("item:again", "item 2b, page 10"),
        ("item:talk", "item 1"),
        ("item:spoken", "item 2d"),
    ],
)
def test_a_reference_prints_the_number_of_what_it_names(reference: str, words: str, tmp_path: Path):
    result = made(tmp_path, f'"Do see []({reference}) here. []({reference}) again. And []({reference})."')
    capital = words[0].upper() + words[1:]
    line = f"Do see {words} here. {capital} again. And {words}."
    assert line in result.pack.lines()
    assert line in result.reports["reports/2a-funding.docx"].lines()


def test_references_in_the_pack_are_live_fields_with_the_right_words_in_them(tmp_path: Path):
    text = '"See [](section:event), [](table:spare), [](figure:map), [](appendix:plan), [](item:other)."'
    fields = made(tmp_path, text).pack.fields()
    at = fields.index(Field("REF p1s2 \\r \\h", "2"), 7)
    assert fields[at : at + 6] == [
        Field("REF p1s2 \\r \\h", "2"),
        Field("REF p1t1 \\h", "1"),
        Field("REF p1f1 \\h", "1"),
        Field("REF p1a1 \\h", "A"),
        Field("REF i5 \\h", "2c"),
        Field("PAGEREF p2 \\h", "20"),
    ]


def test_every_field_shows_what_its_bookmark_holds(tmp_path: Path):
    result = made(tmp_path, '"See [](section:event), [](table:spare), [](appendix:plan), [](item:other)."')
    for word in result.files():
        for field in word.fields():
            kind, name, *switches = field.instruction.split()
            if kind == "REF" and "\\r" not in switches:
                assert word.bookmark(name) == field.shown
            if kind == "PAGEREF":
                assert str(result.pages[name]) == field.shown


def test_in_a_report_by_itself_what_stands_elsewhere_is_named_in_words(tmp_path: Path):
    word = made(tmp_path, '"See [](item:other) and [](section:event)."').reports["reports/2a-funding.docx"]
    assert "See item 2c, page 20 and section 2." in word.lines()
    instructions = {field.instruction for field in word.fields()}
    assert "REF p1s2 \\r \\h" in instructions
    assert not any("i5" in each or "p2" in each for each in instructions)


def test_references_work_in_summary_recommendations_cells_and_captions(tmp_path: Path):
    lines = made(tmp_path, "Words.").pack.lines()
    for line in (
        "First: section 2, table 2.",
        "Note table 2.",
        "Read item 2c, page 20.",
        "In section 3",
        "Figure 1: The map of item 1",
    ):
        assert line in lines


def test_a_second_reference_alone_in_its_paragraph_prints_the_number(tmp_path: Path):
    word = made(tmp_path, '"[](table:spare)\\n\\nThen.\\n\\n[](table:spare)"').pack
    lines = word.lines()
    assert lines.count("Table 1: Spare") == 1
    assert lines[lines.index("Then.") + 1].lower() == "table 1"


def test_an_escaped_reference_and_one_in_code_print_as_typed(tmp_path: Path):
    word = made(tmp_path, r"""'See \[](table:spare) and `[](table:spare)`.'""").pack
    assert "See [](table:spare) and [](table:spare)." in word.lines()


def test_everything_about_references_is_sound(tmp_path: Path):
    result = made(tmp_path, '"See [](section:event)[^n].\\n\\n[^n]: And [](item:other)."')
    assert [faults(word) for word in result.files()] == [[]] * 4
    assert list(result.pack.footnotes().values()) == ["And item 2c, page 20."]


def test_without_pages_a_reference_shows_that_its_page_is_open(tmp_path: Path):
    result = made(tmp_path, '"See [](item:other)."', pages={})
    assert "See item 2c, page ?." in result.pack.lines()


def test_a_section_without_a_number_is_named_by_its_heading(tmp_path: Path):
    result = printed(
        tmp_path,
        board=BOARD + "number_sections: false\n",
        meeting=agenda(LINES.replace("    - paper: other\n", "")),
        paper=paper("sections: [{heading: The *event*, id: event}, {text: 'See [](section:event).'}]\n"),
    )
    assert "See section “The event”." in result.pack.lines()
    assert ("REF p1s1 \\h", "The event") in [(field.instruction, field.shown) for field in result.pack.fields()]
