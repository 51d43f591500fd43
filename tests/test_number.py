"""Labels, time slots, placement, file names and cover names: all that is printed as a number and is no page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from printing import DATE, agenda, numbered, paper

from boardpack.model.numbered import NumberedMeeting

BOARD = 'name: Example Partnership\nnumbering: ["1", "1a", "1a.i"]\n'


def meeting(folder: Path, lines: str, *, board: str = BOARD, papers: str = "", more: str = "") -> NumberedMeeting:
    """A meeting with these agenda lines, and with a paper for each of these ids."""
    files = {f"{id}.yaml": paper(title=id.title()) for id in papers.split()}
    funding = files.pop("funding.yaml", paper())
    return numbered(folder, board=board, meeting=agenda(lines, more), paper=funding, **files)


def labels(made: NumberedMeeting) -> list[str]:
    return [line.label for line in made.lines]


def slots(made: NumberedMeeting) -> list[str]:
    return [f"{line.slot.starts:%H:%M}-{line.slot.ends:%H:%M}" if line.slot else "" for line in made.lines]


NESTED = """
- One
- title: Two
  items:
    - A
    - title: B
      items: [First, Second]
    - C
- title: Three
  items: [A]
"""


def test_each_level_counts_by_its_sample_and_starts_again_under_each_item(tmp_path: Path):
    assert labels(meeting(tmp_path, NESTED)) == ["1", "2", "2a", "2b", "2b.i", "2b.ii", "2c", "3", "3a"]


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        ('["1", "1.1", "1.1 a"]', ["1", "2", "2.1", "2.2", "2.2 a", "2.2 b", "2.3", "3", "3.1"]),
        ('["A1", "A1.1", "(i)"]', ["A1", "A2", "A2.1", "A2.2", "(i)", "(ii)", "A2.3", "A3", "A3.1"]),
        ('["I.", "a)", "1"]', ["I.", "II.", "a)", "b)", "1", "2", "c)", "III.", "a)"]),
    ],
)
def test_a_board_may_count_in_its_own_way(samples: str, expected: list[str], tmp_path: Path):
    made = meeting(tmp_path, NESTED, board=f"name: Example Partnership\nnumbering: {samples}\n")
    assert labels(made) == expected


@pytest.mark.parametrize("samples", ['["2.1", "2.1 a"]', '["1.1", "1.1 a"]'])
def test_an_items_own_numbering_counts_what_is_below_it_and_nothing_else(samples: str, tmp_path: Path):
    lines = NESTED.replace("- title: Two\n", f"- title: Two\n  numbering: {samples}\n")
    assert labels(meeting(tmp_path, lines)) == ["1", "2", "2.1", "2.2", "2.2 a", "2.2 b", "2.3", "3", "3a"]


def test_an_own_numbering_that_repeats_no_parent_stands_alone(tmp_path: Path):
    lines = NESTED.replace("- title: Two\n", '- title: Two\n  numbering: ["(a)", "(i)"]\n')
    assert labels(meeting(tmp_path, lines)) == ["1", "2", "(a)", "(b)", "(i)", "(ii)", "(c)", "3", "3a"]


def test_an_own_numbering_deeper_down_goes_on_from_its_item(tmp_path: Path):
    lines = NESTED.replace("- title: B\n", '- title: B\n      numbering: ["1a(1)"]\n')
    assert labels(meeting(tmp_path, lines))[3:6] == ["2b", "2b(1)", "2b(2)"]


def test_labels_go_on_beyond_the_alphabet(tmp_path: Path):
    lines = "- title: Many\n  items: [" + ", ".join(f"L{n}" for n in range(28)) + "]"
    assert labels(meeting(tmp_path, lines))[-3:] == ["1z", "1aa", "1ab"]


def test_time_slots_follow_one_another_from_the_start(tmp_path: Path):
    lines = "- {title: A, duration: 10}\n- B\n- {title: C, duration: 45}\n- {title: D, duration: 5}"
    assert slots(meeting(tmp_path, lines)) == ["09:30-09:40", "", "09:40-10:25", "10:25-10:30"]


def test_items_below_a_timed_item_share_its_time_and_the_next_begins_at_its_end(tmp_path: Path):
    lines = """
- title: A
  duration: 40
  items: [{title: A1, duration: 10}, {title: A2, duration: 15}, A3]
- {title: B, duration: 5}
"""
    expected = ["09:30-10:10", "09:30-09:40", "09:40-09:55", "", "10:10-10:15"]
    assert slots(meeting(tmp_path, lines)) == expected


def test_an_item_without_a_duration_takes_as_long_as_what_is_below_it(tmp_path: Path):
    lines = """
- title: A
  items: [{title: A1, duration: 10}, {title: A2, duration: 15}]
- {title: B, duration: 5}
"""
    assert slots(meeting(tmp_path, lines)) == ["", "09:30-09:40", "09:40-09:55", "09:55-10:00"]


def test_without_a_start_there_are_no_slots(tmp_path: Path):
    made = numbered(tmp_path, meeting="date: 2010-03-11\nagenda:\n  - {paper: funding, duration: 10}\n")
    assert slots(made) == [""]


def test_a_meeting_may_last_past_midnight(tmp_path: Path):
    late = DATE.replace("9:30", "23:50") + "agenda:\n  - {paper: funding, duration: 20}\n"
    assert slots(numbered(tmp_path, meeting=late)) == ["23:50-00:10"]


def test_papers_print_in_the_order_in_which_the_agenda_first_names_them(tmp_path: Path):
    lines = "- paper: zebra\n- title: Group\n  items: [{paper: apple}, {paper: zebra}]\n- paper: funding"
    made = meeting(tmp_path, lines, papers="apple zebra funding")
    assert list(made.papers) == ["zebra", "apple", "funding"]
    assert [each.start for each in made.papers.values()] == ["p1", "p2", "p3"]


RUN = """
- title: Targets
  items:
    - {title: Assaults, id: assaults, paper: targets}
    - {title: Burglary, id: burglary, paper: targets}
    - {title: Arson, id: arson, paper: targets}
    - {title: Fraud, paper: verbal}
- paper: funding
"""


def test_one_paper_behind_a_run_of_lines_prints_its_range_at_the_first(tmp_path: Path):
    made = meeting(tmp_path, RUN, papers="targets")
    assert [line.range_of for line in made.lines] == ["", "targets", "", "", "", "funding"]
    assert [line.part for line in made.lines] == ["", "targets", "targets", "targets", "", "funding"]


def test_one_paper_behind_lines_that_are_apart_prints_its_range_at_each(tmp_path: Path):
    lines = "- {title: A, paper: targets}\n- paper: funding\n- {title: B, paper: targets}"
    made = meeting(tmp_path, lines, papers="targets")
    assert [line.range_of for line in made.lines] == ["targets", "funding", "targets"]


def test_lines_under_a_paper_have_cells_of_their_own(tmp_path: Path):
    lines = "- paper: funding\n  items: [First, {paper: targets}, {title: Word, paper: verbal}]"
    made = meeting(tmp_path, lines, papers="targets")
    assert [line.range_of for line in made.lines] == ["funding", "", "targets", ""]


def test_purposes_come_from_the_paper_alone(tmp_path: Path):
    lines = "- {paper: funding, purpose: information}\n- {title: Talk, paper: verbal, purpose: [discussion]}"
    assert [line.purposes for line in meeting(tmp_path, lines).lines] == [("decision",), ("discussion",)]


ITEM_WITH_LETTERS = """
- title: A
  numbering: ["1.1", "1.1 a"]
  items:
    - One
    - title: Two
      items: [{title: A, paper: funding}, {title: B, paper: funding}, {title: C, paper: funding}]
"""


@pytest.mark.parametrize(
    ("lines", "named", "stem"),
    [
        ("- paper: funding", "Agenda item 1", "1-funding"),
        ("- title: A\n  items: [One, {paper: funding}]", "Agenda item 1b", "1b-funding"),
        (
            ITEM_WITH_LETTERS,
            "Agenda items 1.2 a, b and c",
            "1-2-a-funding",
        ),
        ("- {title: A, paper: funding}\n- Word\n- {title: B, paper: funding}", "Agenda items 1 and 3", "1-funding"),
        ('- title: A\n  numbering: ["(a)"]\n  items: [{paper: funding}]', "Agenda item 1(a)", "1-a-funding"),
        (
            "- title: A\n  items: [One, {title: X, paper: funding}]\n- title: B\n  items: [{title: Y, paper: funding}]",
            "Agenda items 1b and 2a",
            "1b-funding",
        ),
    ],
)
def test_cover_name_and_file_name(lines: str, named: str, stem: str, tmp_path: Path):
    (only,) = meeting(tmp_path, lines).papers.values()
    assert (only.named, only.stem) == (named, stem)


SECTIONS = paper(
    """
standing: {financial: There are some., equality: none}
sections:
  - text: Before the first heading.
  - {heading: Background, text: Words.}
  - {heading: Event, id: event, text: Words.}
appendices:
  - {id: plan, title: Plan, file: to follow}
  - {id: map, title: Map, file: to follow}
"""
)
STANDING = (
    BOARD
    + """
standing_sections:
  - {key: equality, label: Equality, none: None.}
  - {key: financial, label: Financial implications, none: None.}
rules:
  missing-answer: {severity: off, reason: Some of these papers leave one out.}
"""
)


def test_sections_are_numbered_by_their_headings_and_standing_sections_go_on(tmp_path: Path):
    (only,) = numbered(tmp_path, board=STANDING, paper=SECTIONS).papers.values()
    assert [each.number for each in only.sections] == ["", "1", "2"]
    assert [(each.number, each.part.heading.value) for each in only.standing] == [
        ("3", "Equality"),
        ("4", "Financial implications"),
    ]
    assert [number for number, _, _ in only.headings()] == ["1", "2", "3", "4"]
    assert [(each.number, each.part.id) for each in only.appendices] == [("A", "plan"), ("B", "map")]


def tables(*names: str) -> str:
    one = "  {0}: {{caption: {0}, columns: [{{key: a, label: A}}], rows: [[x]]}}\n"
    return "tables:\n" + "".join(one.format(name) for name in names)


def test_tables_are_numbered_in_the_order_in_which_texts_place_them(tmp_path: Path):
    body = tables("first", "second", "third", "never") + (
        "standing: {financial: '[](table:first)'}\n"
        'sections:\n  - text: "See [](table:second).\\n\\n[](table:third)"\n  - text: "[](table:second)"\n'
    )
    (only,) = numbered(tmp_path, board=STANDING, paper=paper(body)).papers.values()
    assert {id: each.number for id, each in only.tables.items()} == {
        "third": "1",
        "second": "2",
        "first": "3",
        "never": "4",
    }


def test_two_papers_count_their_tables_each_from_one(tmp_path: Path):
    made = numbered(
        tmp_path,
        meeting=agenda("- paper: funding\n- paper: other"),
        paper=paper(tables("a")),
        **{"other.yaml": paper(tables("b"), title="Other")},
    )
    assert [each.number for part in made.papers.values() for each in part.tables.values()] == ["1", "1"]


def test_every_bookmark_has_a_name_of_its_own_in_letters_and_digits(tmp_path: Path):
    made = numbered(
        tmp_path,
        board=STANDING,
        meeting=agenda("- paper: funding\n- paper: other"),
        paper=SECTIONS + tables("a", "b"),
        **{"other.yaml": paper(tables("a"), title="Other")},
    )
    names = [line.anchor for line in made.lines]
    for each in made.papers.values():
        names += [each.start, each.end]
        for parts in (each.sections, each.standing, each.tables.values(), each.figures.values(), each.appendices):
            names += [part.anchor for part in parts]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9]{0,39}", name) for name in names)


def test_a_line_is_found_by_its_own_id_and_by_its_papers(tmp_path: Path):
    made = meeting(tmp_path, RUN, papers="targets")
    found = {id: made.line(id) for id in ("burglary", "targets", "nobody")}
    assert {id: line.label if line else None for id, line in found.items()} == {
        "burglary": "1b",
        "targets": "1a",
        "nobody": None,
    }
