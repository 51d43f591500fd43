"""Minutes in print: placed in the next pack and by themselves, with the log of what is still open."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import ooxml
import pytest
from printing import ROOT, Printed, paper, rendered, templates
from random_meeting import png
from reading import checked, findings, told, write
from wordfile import WordFile, faults, find, rows, shown

from boardpack import number, render
from boardpack.model.numbered import NumberedMeeting

BOARD = 'name: Example Partnership\norganisation: Example Council\nnumbering: ["1", "1a", "1a.i"]\n'
FIRST = """
date: 2010-01-28
starts: 9:30
ends: 12:00
venue: Room 2
next: {date: 2010-03-11, starts: 9:30, venue: Room 3}
agenda:
  - {title: Welcome, id: welcome}
  - title: Business
    items:
      - {title: Funding, paper: grants}
      - {title: Streets, id: streets, paper: verbal}
  - {title: Any other business, id: other, items: [Members' items]}
  - {title: Date of next meeting, next: true}
"""
GRANTS = paper(
    """
recommendations: ["Note [](table:allocations) and [](section:event).", Agree the event.]
sections: [{heading: Event, id: event, text: "[](table:allocations)\\n\\n[](figure:map)"}]
tables: {allocations: {caption: Allocations, columns: [{key: a, label: A}], rows: [[x]]}}
figures: {map: {file: map.png, caption: Map, alt: A map}}
appendices: [{id: plan, title: Plan, file: to follow}]
""",
    title="Grants",
)
MINUTES = """
status: draft
present:
  - {name: Ada Fenn, role: Chair, organisation: Northtown Council}
  - {name: Bo Hill, organisation: Southtown Police}
  - {name: Cy Marsh, organisation: Northtown Council}
in_attendance: [{name: Di Weir, role: Clerk}]
apologies: [{name: Ed Ford, organisation: Southtown Police}]
items:
  - {item: welcome, discussion: Ada Fenn welcomed members.}
  - item: grants
    discussion: |
      Members asked about [](table:allocations), [](appendix:plan) and [](item:streets).

      - first point
      - second point[^1]

      | Place | Outcome in a few more words than a narrow column holds |
      |---|---|
      | Northtown | agreed |

      ![A bridge](bridge.png "The bridge")

      [^1]: Said at the end.
    actions:
      - {id: a1, action: "Book the hall for [](section:event)", owner: [Ada Fenn, the county council], due: 2010-03-01}
      - {id: a2, action: Write to members, owner: Bo Hill, due: next, status: in progress}
      - {id: a3, action: Count the votes, owner: Cy Marsh, status: closed}
  - item: streets
    discussion: Noted.
    resolved: [Light the streets.]
    actions:
      - {action: Report back, owner: Bo Hill, forward_plan: {theme: Streets, meeting: 2010-07-01, title: Lighting}}
  - {title: Parking, under: other, discussion: "", resolved: []}
  - {title: Hedges, under: other, discussion: Discussed.}
  - {title: Late thanks, discussion: Members thanked the clerk.}
"""
SECOND = """
date: 2010-03-11
agenda:
  - Welcome
  - {title: Minutes of the last meeting, minutes_of: 2010-01-28}
  - paper: funding
"""
FUNDING = paper('summary: "As [](item:2010-01-28/grants) and [](table:2010-01-28/grants/allocations) say."\n')
FUNDING = FUNDING.replace("decision", "information")


PAGES = {"p1": 10, "p1z": 11, "p2": 20, "p2z": 21, "p3": 30, "p3z": 31}


def papers(folder: Path, *, minutes: str = MINUTES, **contents: str) -> Path:
    earlier: dict[str, Any] = {
        "../2010-01-28/meeting.yaml": FIRST,
        "../2010-01-28/grants.yaml": GRANTS,
        "../2010-01-28/minutes.yaml": minutes,
        "../2010-01-28/map.png": png(9, 9),
        "../2010-01-28/bridge.png": png(4000, 1000),
    }
    return write(folder, **{"board": BOARD, "meeting": SECOND, "paper": FUNDING, **earlier, **contents})


def numbered(folder: Path, of: str, /, **contents: str) -> NumberedMeeting:
    _, assembled, found = checked(papers(folder, **contents), [f"partnership/{of}"], alone=False)
    assert [each for each in found if each.severity == "error"] == []
    (made,) = assembled.meetings
    return number.number(made)


def placed(folder: Path, **contents: str) -> Printed:
    """The pack of the meeting that confirms the minutes."""
    return rendered(numbered(folder, "2010-03-11", **contents), pages=PAGES)


def alone(folder: Path, **contents: str) -> WordFile:
    """The minutes of the meeting by themselves."""
    made = render.render(numbered(folder, "2010-01-28", **contents), templates()).minutes
    assert made is not None
    return WordFile(made.write({"p1": 1, "p1z": 2}))


def record(word: WordFile) -> list[list[str]]:
    return rows(word.table("Record of the meeting"))


def said(word: WordFile) -> str:
    return " ".join(word.text().split())


def test_minutes_print_in_the_pack_with_their_pages_in_the_agenda(tmp_path: Path):
    made = placed(tmp_path)
    assert ["2", "Minutes of the last meeting", "Yes, pages 10 to 11"] in rows(made.agenda.table("Agenda"))
    assert "reports/2-minutes-2010-01-28.docx" in made.reports
    lines = made.pack.lines()
    assert lines[lines.index("Agenda item 2") + 1] == "Draft minutes of Thursday 28 January 2010"
    assert "2010, 9:30 to 12:00" in said(made.pack)


@pytest.mark.parametrize(
    ("status", "title", "stated", "header"),
    [
        ("draft", "Draft minutes", "Draft, not yet confirmed as a correct record", "Draft minutes"),
        ("confirmed", "Minutes", "Confirmed as a correct record", "Confirmed minutes"),
    ],
)
def test_every_page_says_whether_the_minutes_are_confirmed(
    status: str, title: str, stated: str, header: str, tmp_path: Path
):
    minutes = MINUTES.replace("draft", status, 1).replace(
        "    actions:\n      - {id: a1", "    resolved: []\n    actions:\n      - {id: a1"
    )
    pack, own = placed(tmp_path, minutes=minutes).pack, alone(tmp_path, minutes=minutes)
    for word in (pack, own):
        assert f"{title} of Thursday 28 January 2010" in word.lines()
        assert stated in said(word)
    assert any(each.endswith(f"Item 2 · {header} of 28 January 2010") for each in pack.running("header"))
    assert [each.rpartition(" · ")[2] for each in own.running("header")] == [header]


def test_entries_under_a_line_are_numbered_after_its_sub_items_and_the_rest_has_no_number(tmp_path: Path):
    headings = [row for row in record(alone(tmp_path)) if row[0] or row[1] == "Late thanks"]
    assert [row[:2] for row in headings[1:]] == [
        *(["1", "Welcome"], ["2", "Business"], ["2a", "Funding"], ["2b", "Streets"]),
        *(["3", "Any other business"], ["3b", "Parking"], ["3c", "Hedges"], ["", "Late thanks"]),
        ["4", "Date of next meeting"],
    ]


def test_recommendations_are_told_from_resolutions(tmp_path: Path):
    shown_rows = [row[1] for row in record(alone(tmp_path))]
    assert "Draft resolution: Note table 1 of the report and section 1 of the report." in shown_rows
    assert "Draft resolution: Agree the event." in shown_rows
    assert [row for row in shown_rows if row.startswith("Resolved")] == ["Resolved: Light the streets."]


def test_actions_name_who_by_when_and_what_goes_into_the_forward_plan(tmp_path: Path):
    actions = [row[1:] for row in record(alone(tmp_path)) if row[1].startswith("Action")]
    assert [[" ".join(cell.split()) for cell in row] for row in actions] == [
        ["Action: Book the hall for section 1 of the report", "Ada Fenn and the county council by 1 March 2010"],
        ["Action: Write to members", "Bo Hill by 11 March 2010 In progress"],
        ["Action: Count the votes", "Cy Marsh Closed"],
        ["Action: Report back Forward plan for 1 July 2010, Streets: Lighting", "Bo Hill"],
    ]


def test_references_print_as_words_because_what_they_name_is_elsewhere(tmp_path: Path):
    made = placed(tmp_path)
    assert "Members asked about table 1 of the report, appendix A of the report and item 2b." in made.pack.lines()
    own = alone(tmp_path)
    assert [field for field in own.fields() if field.kind != "PAGE"] == []
    assert "As item 2a of 28 January 2010 and table 1 of item 2a of 28 January 2010 say." in made.pack.lines()


def test_a_reference_alone_in_its_paragraph_places_nothing_in_minutes(tmp_path: Path):
    own = alone(tmp_path, minutes='items: [{item: grants, discussion: "[](table:allocations)"}]')
    assert record(own)[3][1] == "table 1 of the report"
    assert len(own.tables()) == 2


def test_attendance_puts_people_of_an_organisation_together(tmp_path: Path):
    attended = rows(alone(tmp_path).table("Attendance"))
    assert [[" ".join(cell.split()) for cell in row] for row in attended] == [
        *(["Organisation", "Name"], ["Present", ""]),
        *(["Northtown Council", "Ada Fenn, Chair Cy Marsh"], ["Southtown Police", "Bo Hill"]),
        *(["In attendance", ""], ["", "Di Weir, Clerk"]),
        *(["Apologies", ""], ["Southtown Police", "Ed Ford"]),
    ]


def test_without_names_there_is_no_list_of_them(tmp_path: Path):
    own = alone(tmp_path, minutes="items: [{item: welcome}]")
    assert "Attendance" not in own.lines()
    assert record(own)[1] == ["1", "Welcome", ""]


def test_the_log_has_what_is_open_with_its_day_and_says_what_is_late(tmp_path: Path):
    made, day = placed(tmp_path), "28 January 2010"
    assert rows(made.pack.table("Action log"))[1:] == [
        [
            day,
            "2a",
            "Book the hall for section 1 of the report",
            "Ada Fenn and the county council",
            "1 March 2010, overdue",
            "Open",
        ],
        [day, "2a", "Write to members", "Bo Hill", "11 March 2010", "In progress"],
        [day, "2b", "Report back", "Bo Hill", "Not set", "Open"],
    ]
    assert "Action log" not in alone(tmp_path).lines()


def test_what_is_due_next_says_so_while_no_day_is_known(tmp_path: Path):
    last = "items: [{item: funding, actions: [{action: Write, owner: Bo Hill, due: next, status: in progress}]}]"
    made = render.render(numbered(tmp_path, "2010-03-11", **{"minutes.yaml": last}), templates()).minutes
    assert made is not None
    (row,) = [row for row in record(WordFile(made.write(PAGES))) if "Write" in row[1]]
    assert row[2].split("\n") == ["Bo Hill", "by the next meeting", "In progress"]


def test_an_action_that_later_minutes_say_again_stands_in_their_words_and_with_their_numbers(tmp_path: Path):
    february = {
        "../2010-02-25/meeting.yaml": "date: 2010-02-25\nagenda: [A, {title: B, id: b}]\n",
        "../2010-02-25/minutes.yaml": """
items:
  - item: b
    actions:
      - {id: a1, of: 2010-01-28, action: "Find another hall, see [](item:b)", owner: Ada Fenn}
      - {id: a2, of: 2010-01-28, action: Write, owner: Bo Hill, status: closed}
""",
    }
    pack = placed(tmp_path, meeting=SECOND.replace("2010-01-28", "2010-02-25"), **february).pack
    assert [row[:3] for row in rows(pack.table("Action log"))[1:]] == [
        ["28 January 2010", "2a", "Find another hall, see item 2"],
        ["28 January 2010", "2b", "Report back"],
    ]


def test_the_log_stands_once_behind_the_last_minutes_of_a_pack(tmp_path: Path):
    earlier = {
        "../2010-01-07-special/meeting.yaml": "date: 2010-01-07\nagenda: [{title: Welcome, id: welcome}]\n",
        "../2010-01-07-special/minutes.yaml": "items: [{item: welcome, actions: [{action: Sweep, owner: Ada Fenn}]}]\n",
    }
    second = SECOND.replace("  - paper", "  - {title: Special, minutes_of: 2010-01-07-special}\n  - paper")
    pack = placed(tmp_path, meeting=second, **earlier).pack
    assert pack.lines().count("Action log") == 1
    assert rows(pack.table("Action log"))[1][:3] == ["7 January 2010", "1", "Sweep"]


def test_pictures_and_tables_fit_the_column_of_the_discussion(tmp_path: Path):
    own = alone(tmp_path)
    (table,) = [each for each in own.tables() if find(each, "ancestor::w:tc")]
    column = int(find(table, "ancestor::w:tc/w:tcPr/w:tcW/@w:w")[0])
    assert sum(int(width) for width in find(table, "w:tblGrid/w:gridCol/@w:w")) < column
    (extent,) = own.find("//wp:extent/@cx")
    assert int(extent) // 635 < column
    assert list(own.footnotes().values()) == ["Said at the end."]


def test_only_what_was_said_may_be_divided_between_pages(tmp_path: Path):
    table = alone(tmp_path).table("Record of the meeting")
    header, *others = find(table, "w:tr")
    assert find(header, "w:trPr/w:tblHeader")
    divided = [shown(row) for row in others if not find(row, "w:trPr/w:cantSplit")]
    assert len(divided) == 5
    assert all(not find(row, "w:tc[1]//w:t") for row in others if not find(row, "w:trPr/w:cantSplit"))


def test_every_word_of_the_minutes_prints(tmp_path: Path):
    own = alone(tmp_path)
    printed = set(re.findall(r"\w+", " ".join([own.text(), *own.footnotes().values()])))
    texts = re.sub(r"\[\]\([^)]*\)|\(bridge.png|\b[a-z_]+:|\b(?:a1|a2|a3|welcome|grants|streets|other)\b", " ", MINUTES)
    texts = re.sub(
        r"\d{4}-\d\d-\d\d|\bA bridge\b|\b(?:next|open|closed|draft|in progress|resolved)\b|\[\^1\]", " ", texts
    )
    assert set(re.findall(r"\w+", texts)) - printed == set()


def test_minutes_are_valid_word_files(tmp_path: Path):
    next_pack = render.render(numbered(tmp_path, "2010-03-11"), templates())
    own = render.render(numbered(tmp_path, "2010-01-28"), templates()).minutes
    for each, document in enumerate(filter(None, (*next_pack.files().values(), own))):
        data = document.write(PAGES)
        assert faults(WordFile(data)) == []
        (tmp_path / f"{each}.docx").write_bytes(data)
    assert ooxml.errors(sorted(tmp_path.glob("*.docx"))) == []


def test_the_template_is_the_same_file_whenever_it_is_written():
    import zipfile

    with zipfile.ZipFile(ROOT / "templates" / "default" / "minutes.docx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_minutes_in_the_guide_are_without_errors(tmp_path: Path):
    guide = (ROOT / "docs" / "secretariat.md").read_text(encoding="utf-8")
    (shown_minutes,) = re.findall(r"```yaml\n(status: draft.*?)```", guide, re.DOTALL)
    people = "people: [{id: rm, name: Ruth Marlowe}, {id: oh, name: Owen Hartley}]\n"
    lines = "\n  - paper: opening-hours\n  - Declarations of interest\n  - {title: Other, id: any-other-business}\n"
    more = {
        "../2010-01-28/meeting.yaml": f"date: 2010-01-28\nagenda:{lines}",
        "../2010-01-28/opening-hours.yaml": GRANTS.replace("allocations", "visits"),
    }
    folder = papers(
        tmp_path, board=BOARD + people, minutes=shown_minutes, meeting="date: 2010-03-11\nagenda: [A]\n", **more
    )
    assert [each for each in findings(folder, ["partnership/2010-01-28"]) if each.severity != "warning"] == []


def test_links_and_pictures_in_minutes_are_judged_as_in_papers(tmp_path: Path):
    minutes = "items:\n  - {item: welcome, discussion: '![](bridge.png) and [ours](file:///x)'}\n"
    found = [each for each in findings(papers(tmp_path, minutes=minutes)) if each.code != "not-minuted"]
    assert told(found) == ["minutes.yaml:2:34 missing-alt", "minutes.yaml:2:61 unsafe-link"]


def test_names_in_minutes_are_held_against_the_register(tmp_path: Path):
    board = f"{BOARD}people: [{{id: af, name: Adrienne Fenwick}}]\n"
    action = "{action: Go, owner: ag, due: next}"
    minutes = f"present: [{{name: Adriene Fenwick}}]\nitems:\n  - {{item: welcome, actions: [{action}]}}\n"
    found = findings(papers(tmp_path, board=board, minutes=minutes))
    assert [each.code for each in found if each.code != "not-minuted"] == ["name-differs", "unknown-person"]


def test_minutes_alone_are_checked_with_the_papers_that_they_are_about(tmp_path: Path):
    folder = papers(tmp_path)
    assert findings(folder, ["partnership/2010-01-28/minutes.yaml"]) == []
