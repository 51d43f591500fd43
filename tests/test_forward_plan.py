"""The forward plan: the board's entries, its papers and its actions as a table of the paper that asks for it."""

from __future__ import annotations

from pathlib import Path

from reading import PAPER, checked, findings, told, write

from boardpack.model.paper import Paper
from boardpack.model.table import Row, Table

BOARD = """
name: Example Partnership
forward_plan:
  themes: [Governance, Funding, Streets]
  entries:
    - {theme: Funding, meeting: 2010-07-01, title: Grants, purpose: [decision, discussion]}
    - {theme: Funding, meeting: 2010-07-01, title: Fees}
    - {theme: Governance, meeting: 2010-01-28, title: Chair, purpose: decision}
    - {theme: Funding, meeting: 2010-03-11, title: " funding ", purpose: information}
"""
MEETING = "date: 2010-03-11\nnext: {date: 2010-05-06}\nagenda:\n  - paper: funding\n"
JULY = {
    "../2010-07-01/meeting.yaml": "date: 2010-07-01\nagenda: [{paper: streets}]\n",
    "../2010-07-01/streets.yaml": "title: Street lights\nauthor: A Dawlish\npurpose: information\ntheme: Streets\n",
}
JANUARY = {
    "../2010-01-28/meeting.yaml": "date: 2010-01-28\nagenda: [{title: Welcome, id: welcome}]\n",
    "../2010-01-28/minutes.yaml": """
items:
  - item: welcome
    actions:
      - {action: Bring back hedges, forward_plan: {theme: Streets, meeting: 2010-05-06}}
      - {action: Bring back bins, status: closed, forward_plan: {theme: Streets, meeting: 2010-05-06, title: Bins}}
      - {action: Write}
""",
}


def paper(
    folder: Path, reference: str = "[](forward-plan)", *, board: str = BOARD, keys: str = "", **more: str
) -> Paper:
    body = f'{PAPER}theme: Funding\nsections: [{{text: "{reference}"}}]\n{keys}'
    _, assembled, found = checked(
        write(folder, board=board, meeting=MEETING, paper=body, **more), ["partnership/2010-03-11"], alone=False
    )
    assert told(found) == []
    (meeting,) = assembled.meetings
    return meeting.papers["funding"]


def plan(folder: Path, reference: str = "[](forward-plan)", **more: str) -> Table:
    (table,) = paper(folder, reference, **more).tables.values()
    return table


def grid(table: Table) -> list[list[str]]:
    body = [[cell.text.value if cell else "" for cell in row.cells] for row in table.rows if isinstance(row, Row)]
    return [[column.label.value for column in table.columns], *body]


def test_entries_papers_and_actions_stand_under_their_meetings(tmp_path: Path):
    assert grid(plan(tmp_path, **JULY, **JANUARY)) == [
        ["Theme", "11 March 2010", "6 May 2010", "1 July 2010"],
        ["Funding", "Funding (information)", "", "Grants (decision and discussion)\n\nFees"],
        ["Streets", "", "Bring back hedges\n\nBins", "Street lights (information)"],
    ]


def test_a_plan_may_begin_earlier_and_end(tmp_path: Path):
    table = plan(tmp_path, "[](forward-plan:2010-01-28..2010-03-11)", **JULY)
    assert grid(table) == [
        ["Theme", "28 January 2010", "11 March 2010"],
        ["Governance", "Chair (decision)", ""],
        ["Funding", "", "Funding (information)"],
    ]
    assert table.caption is not None
    assert table.caption.value == "Forward plan, 28 January 2010 to 11 March 2010"


def test_a_plan_may_end_without_saying_where_it_begins(tmp_path: Path):
    assert grid(plan(tmp_path, "[](forward-plan:..2010-05-06)", **JULY, **JANUARY)) == [
        ["Theme", "11 March 2010", "6 May 2010"],
        ["Funding", "Funding (information)", ""],
        ["Streets", "", "Bring back hedges\n\nBins"],
    ]


def test_a_plan_of_many_meetings_lies_wide_and_leaves_purposes_out(tmp_path: Path):
    more = "".join(f"    - {{theme: Streets, meeting: 2010-{month}-01, title: Lights}}\n" for month in ("08", "09"))
    table = plan(tmp_path, board=BOARD + more)
    assert (len(table.columns), table.landscape) == (6, True)
    assert grid(table)[1][1] == "Funding"
    assert not plan(tmp_path).landscape


def test_a_board_without_themes_takes_those_that_are_used(tmp_path: Path):
    assert grid(plan(tmp_path, board="name: Example Partnership\n"))[1:] == [["Funding", "Funding (information)", ""]]


def test_a_stretch_without_business_shows_the_themes(tmp_path: Path):
    table = plan(
        tmp_path, "[](forward-plan:2011-01-01)", **{"../2011-02-03/meeting.yaml": "date: 2011-02-03\nagenda: [A]\n"}
    )
    assert grid(table)[1:] == [["Governance", ""], ["Funding", ""], ["Streets", ""]]


def test_a_meeting_in_a_folder_with_a_word_has_a_column_of_its_own(tmp_path: Path):
    special = {"../2010-04-01-special/meeting.yaml": "date: 2010-04-01\nagenda: [A]\n"}
    assert grid(plan(tmp_path, **special))[0][2] == "1 April 2010 special"


def test_a_table_of_the_same_name_that_a_paper_has_typed_is_its_own(tmp_path: Path):
    typed = "tables: {forward-plan: {caption: Ours, columns: [{key: a, label: A}], rows: [[b]]}}\n"
    (table,) = paper(tmp_path, keys=typed).tables.values()
    assert grid(table) == [["A"], ["b"]]


def test_a_stretch_that_is_none_is_told(tmp_path: Path):
    body = f'{PAPER}sections: [{{text: "[](forward-plan:2010..x)"}}]\n'
    assert told(findings(write(tmp_path, paper=body))) == ["funding.yaml:4:23 unknown-reference"]


def test_a_plan_that_is_only_named_is_told_to_be_placed(tmp_path: Path):
    body = f'{PAPER}sections: [{{text: "See [](forward-plan)."}}]\n'
    (found,) = findings(write(tmp_path, paper=body))
    assert (found.code, "`[](forward-plan)`" in found.help) == ("not-placed", True)
