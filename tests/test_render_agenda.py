"""The agenda as Word shows it: what stands in each cell, and where each title leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from printing import Printed, agenda, paper, printed
from wordfile import Field, WordFile, faults, find, rows, shown, value

ONE_PAGE = {"p1": 33, "p1z": 33}
SEVERAL = {"p1": 23, "p1z": 24}
BOARD = """
name: Example Partnership
organisation: Example Council
numbering: ["1", "1a", "1a.i"]
people:
  - {id: pw, name: P Warrener, rank: Cllr, role: Chair}
"""


def made(folder: Path, lines: str, *, board: str = BOARD, more: str = "", pages: dict[str, int] | None = None):
    other = {"other.yaml": paper(title="Other")} if "other" in lines else {}
    return printed(folder, board=board, meeting=agenda(lines, more), pages=pages, **other)


def table(word: WordFile) -> list[list[str]]:
    return rows(word.table("Agenda"))


def cells(word: WordFile) -> list[str]:
    """The paper column, below its heading."""
    return [row[-1] for row in table(word)[1:]]


def both(each: Printed) -> tuple[WordFile, WordFile]:
    return each.pack, each.agenda


@pytest.mark.parametrize(
    ("paper_key", "pages", "cell"),
    [
        ("funding", ONE_PAGE, "Yes, page 33"),
        ("funding", SEVERAL, "Yes, pages 23 to 24"),
        ("verbal", {}, "Verbal update"),
        ("to follow", {}, "Report to follow"),
        ("tabled", {}, "To be tabled"),
        ("{text: Reports attached}", {}, "Reports attached"),
    ],
)
def test_the_paper_column_says_where_the_paper_is(paper_key: str, pages: dict[str, int], cell: str, tmp_path: Path):
    result = made(tmp_path, f"- {{title: Item, paper: {paper_key}}}", pages=pages)
    assert [cells(word) for word in both(result)] == [[cell], [cell]]


def test_an_item_without_a_paper_has_an_empty_cell(tmp_path: Path):
    assert cells(made(tmp_path, "- Welcome\n- paper: funding").agenda)[0] == ""


def test_a_board_words_the_paper_column_in_its_own_way(tmp_path: Path):
    board = """
name: Example Partnership
paper_column:
  page: "p. {first} & no more"
  pages: "{first}\u2013{last} <inclusive>"
  verbal: Spoken
  to_follow: Later
  tabled: On the day
"""
    lines = "- paper: funding\n- paper: other\n" + "".join(
        f"- {{title: A, paper: {state}}}\n" for state in ("verbal", "to follow", "tabled")
    )
    result = made(tmp_path, lines, board=board, pages={"p1": 3, "p1z": 3, "p2": 4, "p2z": 12})
    expected = ["p. 3 & no more", "4\u201312 <inclusive>", "Spoken", "Later", "On the day"]
    assert [cells(word) for word in both(result)] == [expected, expected]


def test_page_numbers_are_live_fields_in_the_pack_and_words_in_the_agenda_alone(tmp_path: Path):
    result = made(tmp_path, "- paper: funding", pages=SEVERAL)
    assert [each for each in result.pack.fields() if each.instruction.startswith("PAGEREF")] == [
        Field("PAGEREF p1 \\h", "23"),
        Field("PAGEREF p1z \\h", "24"),
    ]
    assert result.agenda.fields() == []


def test_one_paper_behind_a_run_of_lines_prints_its_range_once(tmp_path: Path):
    lines = """
- title: Targets
  items:
    - {title: Assaults, paper: funding}
    - {title: Burglary, paper: funding}
    - {title: Fraud, paper: verbal}
    - {title: Arson, paper: funding}
"""
    result = made(tmp_path, lines, pages=SEVERAL)
    expected = ["", "Yes, pages 23 to 24", "", "Verbal update", "Yes, pages 23 to 24"]
    assert [cells(word) for word in both(result)] == [expected, expected]


def test_without_pages_a_question_mark_stands_and_no_digit_is_made_up(tmp_path: Path):
    result = made(tmp_path, "- paper: funding", pages={})
    for cell in cells(result.pack) + cells(result.agenda):
        assert "?" in cell
        assert not any(sign.isdigit() for sign in cell)


def test_a_line_prints_label_title_purpose_presenter_and_time(tmp_path: Path):
    lines = "- {title: Welcome, presenter: pw, duration: 10}\n- {paper: funding, presenter: A Person, duration: 5}"
    header, first, second = table(made(tmp_path, lines, pages=ONE_PAGE).pack)
    assert header == ["Item", "Subject", "Time", "Paper"]
    assert first == ["1", "Welcome\nCllr P Warrener", "9:30 to 9:40", ""]
    assert second == ["2", "Funding\nInformation · A Person", "9:40 to 9:45", "Yes, page 33"]


def test_without_time_slots_there_is_no_time_column(tmp_path: Path):
    assert table(made(tmp_path, "- paper: funding").agenda)[0] == ["Item", "Subject", "Paper"]


def test_the_agendas_own_title_takes_the_place_of_the_papers(tmp_path: Path):
    titles = [row[1] for row in table(made(tmp_path, "- {title: Money, paper: funding}\n- paper: other").agenda)]
    assert titles[1:] == ["Money\nInformation", "Other\nDecision"]


def test_later_lines_of_a_run_do_not_repeat_the_purpose(tmp_path: Path):
    lines = "- {title: One, paper: funding}\n- {title: Two, paper: funding}"
    assert [row[1] for row in table(made(tmp_path, lines).agenda)[1:]] == ["One\nInformation", "Two"]


def test_the_next_meeting_is_printed_where_the_agenda_asks_for_it(tmp_path: Path):
    following = "next: {date: 2010-07-01, starts: 14:05, venue: Room 2}\n"
    lines = "- paper: funding\n- next: true\n- {title: When we meet, next: true}"
    found = [row[1] for row in table(made(tmp_path, lines, more=following).agenda)]
    day = "Thursday 1 July 2010, 14:05, Room 2"
    assert found[2:] == [f"Date of next meeting\n{day}", f"When we meet\n{day}"]


@pytest.mark.parametrize(
    ("numbering", "rows"),
    [
        ("", [["1a", "Funding\nInformation"], ["1b", "Talk"]]),
        ("numbering: ['(a)'], ", [["1", ""], ["(a)", "Funding\nInformation"], ["(b)", "Talk"]]),
        ("duration: 5, ", [["1", ""], ["1a", "Funding\nInformation"], ["1b", "Talk"]]),
    ],
)
def test_a_group_without_title_has_a_row_where_its_number_or_time_would_be_lost(
    tmp_path: Path, numbering: str, rows: list[list[str]]
):
    lines = f"- {{{numbering}items: [{{paper: funding}}, Talk]}}"
    assert [row[:2] for row in table(made(tmp_path, lines).agenda)[1:]] == rows


def test_each_title_in_the_pack_leads_to_the_cover_of_its_paper(tmp_path: Path):
    result = made(tmp_path, "- {title: Money, paper: funding}\n- paper: other\n- Talk")
    links = result.pack.find("//w:tbl[.//w:tblCaption[@w:val='Agenda']]//w:hyperlink")
    assert [(shown(link), find(link, "string(@w:anchor)")[0]) for link in links] == [("Money", "p1"), ("Other", "p2")]
    for anchor, named in (("p1", "Agenda item 1"), ("p2", "Agenda item 2")):
        (start,) = result.pack.find(f"//w:bookmarkStart[@w:name='{anchor}']")
        assert shown(start.getparent()) == named


def test_each_title_in_the_agenda_alone_leads_to_the_file_of_its_report(tmp_path: Path):
    result = made(tmp_path, "- {title: Money, paper: funding}\n- Group\n- title: Group\n  items: [{paper: other}]")
    related = result.agenda.relationships()
    links = result.agenda.find("//w:hyperlink")
    targets = [related[find(link, "string(@r:id)")[0]] for link in links]
    assert [(each.target, each.external) for each in targets] == [
        ("reports/1-funding.docx", True),
        ("reports/3a-other.docx", True),
    ]
    assert {each.target for each in targets} == set(result.reports)


def test_a_title_with_a_link_of_its_own_is_not_wrapped_in_another(tmp_path: Path):
    lines = "- {title: 'See [the site](https://example.org/a)', paper: funding}"
    for word in both(made(tmp_path, lines)):
        assert len(word.find("//w:tbl//w:hyperlink")) == 1
        assert word.find("//w:hyperlink//w:hyperlink") == []


def test_titles_are_inline_markdown(tmp_path: Path):
    result = made(tmp_path, "- {title: 'A **bold** & <i>plain</i> *word*', paper: funding}")
    assert table(result.pack)[1][1].startswith("A bold & <i>plain</i> word")
    assert [
        shown(run) for run in result.pack.find("//w:tbl//w:r[w:rPr/w:rStyle/@w:val='Strong']") if shown(run) == "bold"
    ] == ["bold"]


def test_the_frame_says_who_meets_when_and_where(tmp_path: Path):
    more = "ends: 12:00\nvenue: Room 2 & Room 3\ntitle: Special meeting\n"
    lines = made(tmp_path, "- paper: funding", more=more).agenda.lines()
    text = "\n".join(lines)
    assert "Example Council" in lines
    assert "Example Partnership" in lines
    for words in ("Special meeting", "Thursday 11 March 2010", "9:30 to 12:00", "Room 2 & Room 3"):
        assert words in text


def test_the_heading_repeats_on_each_page_and_no_line_splits(tmp_path: Path):
    found = made(tmp_path, "- paper: funding\n- Talk").agenda.table("Agenda")
    heading = [bool(find(row, "w:trPr/w:tblHeader")) for row in find(found, "w:tr")]
    assert heading == [True, False, False]
    assert len(find(found, "w:tr/w:trPr/w:cantSplit")) == 3


def test_an_item_stays_with_the_first_line_below_it(tmp_path: Path):
    found = made(tmp_path, "- title: Group\n  items: [Talk, {paper: funding}]").agenda.table("Agenda")
    (group,) = [row for row in find(found, "w:tr") if shown(row).startswith("1\n")]
    assert all(find(each, "w:pPr/w:keepNext") for each in find(group, "w:tc/w:p"))


def test_labels_are_what_references_lead_to(tmp_path: Path):
    result = made(tmp_path, "- title: Group\n  items: [Talk, {paper: funding}]")
    assert [result.pack.bookmark(line.anchor) for line in result.numbered.lines] == ["1", "1a", "1b"]
    assert result.agenda.find("//w:bookmarkStart") == []


def test_levels_have_styles_of_their_own(tmp_path: Path):
    word = made(tmp_path, "- title: Group\n  items: [{title: Talk, items: [Deep]}, {paper: funding}]").agenda
    assert word.styled("AgendaItem") == ["Group"]
    assert word.styled("AgendaSubitem") == ["Talk", "Deep", "Funding"]


def test_a_long_label_fits_its_column(tmp_path: Path):
    lines = '- title: Group\n  numbering: ["Schedule 1a"]\n  items: [Talk, {paper: funding}]'
    found = made(tmp_path, lines).agenda.table("Agenda")
    widths = [int(each) for each in find(found, "w:tblGrid/w:gridCol/@w:w")]
    assert widths[0] > 1500
    assert sum(widths) == int(find(found, "string(w:tblPr/w:tblW/@w:w)")[0])


def test_an_agenda_of_awkward_words_is_sound(tmp_path: Path):
    lines = "- title: '{{ 7*7 }} {% raw %} & <w:p/> \u05e9\u05dc\u05d5\u05dd \U0001f642 \"q\"'\n  paper: funding"
    result = made(tmp_path, lines)
    assert table(result.pack)[1][1].startswith('{{ 7*7 }} {% raw %} & <w:p/> \u05e9\u05dc\u05d5\u05dd \U0001f642 "q"')
    assert [faults(word) for word in result.files()] == [[], [], []]


def test_the_table_is_drawn_as_the_house_says(tmp_path: Path):
    found = made(tmp_path, "- paper: funding").agenda.table("Agenda")
    assert value(found, "w:tblPr/w:tblStyle") == "AgendaTable"
