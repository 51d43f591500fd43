"""What a meeting takes from its board's other meetings: read where it is needed, and only then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from boardpack import load, pipeline
from boardpack.model.meeting import Meeting, PaperState
from boardpack.number import number

ROOT = Path(__file__).resolve().parent.parent

MINUTES = """
present: [{name: Ada Fenn, organisation: Parish}]
items:
  - {item: fence, discussion: The fence was discussed., actions: [{action: Mend the fence, owner: Ada Fenn, due: next}]}
  - {title: Parking, under: other, actions: [{action: Count the cars, owner: Ada Fenn, status: closed}]}
"""
FIRST = """
date: 2010-01-05
next: {date: 2010-02-02}
agenda:
  - {title: Welcome}
  - {title: The fence, id: fence, paper: fence}
  - {title: Any other business, id: other, items: [Hedges]}
"""
SECOND = "date: 2010-02-02\nagenda: [{minutes_of: 2010-01-05}, {paper: gate}]"
PAPER = "title: {title}\nauthor: Ada Fenn\npurpose: decision\nrecommendations: [Mend it.]\n"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    put(
        tmp_path,
        {
            "board.yaml": 'name: Parish\nnumbering: ["1", "1a"]\n',
            "2010-01-05/meeting.yaml": FIRST,
            "2010-01-05/minutes.yaml": MINUTES,
            "2010-01-05/fence.yaml": PAPER.format(title="The fence"),
            "2010-02-02/meeting.yaml": SECOND,
            "2010-02-02/gate.yaml": PAPER.format(title="The gate"),
            "2010-03-02/meeting.yaml": "date: 2010-03-02\nagenda: [{title: Welcome}]",
        },
    )
    return tmp_path


def put(papers: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = papers / "parish" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def meeting(papers: Path, name: str) -> Meeting:
    (found,) = load.assemble(load.read(papers, [f"parish/{name}"])).meetings
    return found


def checked(papers: Path, *named: str) -> list[str]:
    options = pipeline.Options(papers, papers / "output", (ROOT / "templates",), ROOT / "schemas")
    return [f"{each.code}: {each.message}" for each in pipeline.check(options, named).findings]


def names(found: Meeting) -> list[str]:
    return sorted(str(path.relative_to(found.board.folder)) for path in found.files)


def test_a_meeting_that_asks_for_nothing_reads_no_other(papers: Path):
    found = meeting(papers, "2010-03-02")

    assert found.earlier == {}
    assert names(found) == ["2010-03-02/meeting.yaml", "board.yaml"]


def test_minutes_are_a_part_of_the_pack_that_confirms_them(papers: Path):
    made = number(meeting(papers, "2010-02-02"))

    assert [(line.label, line.item.state, line.part) for line in made.lines] == [
        ("1", PaperState.MINUTES, "2010-01-05/minutes"),
        ("2", PaperState.PAPER, "gate"),
    ]
    minutes = made.parts["2010-01-05/minutes"]
    assert (minutes.label, minutes.stem, minutes.start, minutes.end) == ("1", "1-minutes-2010-01-05", "p1", "p1z")
    assert list(made.papers) == ["gate"]


def test_what_a_pack_is_made_of_does_not_depend_on_what_else_was_read(papers: Path):
    alone = meeting(papers, "2010-02-02")
    every = {each.id: each for each in load.assemble(load.read(papers)).meetings}

    assert names(alone) == [
        *("2010-01-05/fence.yaml", "2010-01-05/meeting.yaml", "2010-01-05/minutes.yaml"),
        *("2010-02-02/gate.yaml", "2010-02-02/meeting.yaml", "board.yaml"),
    ]
    assert names(every["2010-02-02"]) == names(alone)


def test_entries_under_a_line_are_numbered_after_its_sub_items(papers: Path):
    (minutes,) = (part for key, part in number(meeting(papers, "2010-02-02")).parts.items() if "/" in key)

    shown = [(item.label, item.title.value if item.title else "", item.entry is None) for item in minutes.items]
    assert shown == [("2", "The fence", False), ("3", "Any other business", True), ("3b", "Parking", False)]


def test_recommendations_stand_in_for_resolutions_until_the_minutes_say_them(papers: Path):
    def resolved(text: str) -> list[tuple[list[str], bool]]:
        put(papers, {"2010-01-05/minutes.yaml": text})
        (minutes,) = (part for key, part in number(meeting(papers, "2010-02-02")).parts.items() if "/" in key)
        return [([text.value for text in item.resolved], item.drafted) for item in minutes.items]

    assert resolved("items: [{item: fence}]") == [(["Mend it."], True)]
    assert resolved("items: [{item: fence, resolved: []}]") == [([], False)]
    assert resolved("items: [{item: fence, resolved: [Paint it.]}]") == [(["Paint it."], False)]
    assert resolved("status: confirmed\nitems: [{item: fence}]") == [([], False)]


def test_the_log_holds_the_open_actions_of_every_meeting_before(papers: Path):
    third = "date: 2010-03-02\nagenda: [{minutes_of: 2010-02-02}]"
    action = "items: [{item: gate, actions: [{action: Oil the gate, owner: Bo Hill, due: 2010-02-20}]}]"
    put(papers, {"2010-03-02/meeting.yaml": third, "2010-02-02/minutes.yaml": action})

    (minutes,) = number(meeting(papers, "2010-03-02")).parts.values()

    log = [(each.of.meeting.id, each.item.label, each.action.action.value, str(each.due)) for each in minutes.log]
    assert log == [
        ("2010-01-05", "2", "Mend the fence", "2010-02-02"),
        ("2010-02-02", "2", "Oil the gate", "2010-02-20"),
    ]


def test_a_fault_in_the_minutes_that_print_stops_the_pack(papers: Path):
    put(papers, {"2010-01-05/minutes.yaml": "items: [{item: fence, discusion: Nothing.}]"})

    (found,) = checked(papers, "parish/2010-02-02")
    assert found.startswith("unknown-key: ")


@pytest.mark.parametrize("file", ["2010-01-05/minutes.yaml", "2010-01-05/meeting.yaml", "2010-01-05/fence.yaml"])
def test_a_file_that_the_minutes_need_and_nobody_can_read_is_found(papers: Path, file: str):
    put(papers, {file: "title: [\n"})

    assert any(found.startswith("yaml-syntax: ") for found in checked(papers, "parish/2010-02-02"))


def test_a_warning_of_the_last_meeting_is_not_one_of_this_pack(papers: Path):
    put(papers, {"2010-01-05/spare.yaml": PAPER.format(title="Spare")})

    assert [found for found in checked(papers, "parish/2010-01-05") if found.startswith("unused-paper")]
    assert checked(papers, "parish/2010-02-02") == []


def test_a_draft_that_only_adds_to_the_forward_plan_holds_up_no_pack(papers: Path):
    plan = PAPER.format(title="Plan") + "sections: [{text: '[](forward-plan)'}]\n"
    put(papers, {"2010-02-02/gate.yaml": plan, "2010-03-02/draft.yaml": "title: [\n"})
    options = pipeline.Options(papers, papers / "output", (ROOT / "templates",), ROOT / "schemas")

    findings = pipeline.check(options, ["parish/2010-02-02"]).findings
    assert [(each.code, str(each.severity)) for each in findings] == [("yaml-syntax", "warning")]


@pytest.mark.parametrize("which", [["parish/2010-02-02"], []])
def test_new_minutes_pass_the_check(papers: Path, which: list[str], boardpack: Callable[..., object]):
    (papers / "parish/2010-01-05/minutes.yaml").unlink()
    from boardpack import new

    options = pipeline.Options(papers, papers / "output", (ROOT / "templates",), ROOT / "schemas")
    path = new.minutes(options, "parish/2010-01-05")

    assert path == papers / "parish/2010-01-05/minutes.yaml"
    assert '- "Mend it."' in path.read_text(encoding="utf-8")
    assert checked(papers, *which) == []


def test_a_plan_counts_among_the_tables_of_a_paper_that_is_only_referred_to(papers: Path):
    body = "sections: [{text: '[](forward-plan)\n\n\n      [](table:costs)'}]\n"
    body += "tables: {costs: {columns: [{key: a, label: A}], rows: [[x]]}}\n"
    gate = PAPER.format(title="The gate") + "sections: [{text: 'See [](table:2010-01-05/fence/costs).'}]\n"
    put(papers, {"2010-01-05/fence.yaml": PAPER.format(title="The fence") + body, "2010-02-02/gate.yaml": gate})

    assert number(meeting(papers, "2010-02-02")).earlier["2010-01-05"].papers["fence"].tables["costs"].number == "2"


def test_an_action_said_again_keeps_its_owner_and_closes(papers: Path):
    def log(again: str) -> list[tuple[str, str]]:
        third = "date: 2010-03-02\nagenda: [{minutes_of: 2010-02-02}]"
        put(
            papers,
            {
                "2010-03-02/meeting.yaml": third,
                "2010-02-02/minutes.yaml": f"items: [{{item: gate, actions: [{again}]}}]",
            },
        )
        (minutes,) = number(meeting(papers, "2010-03-02")).parts.values()
        return [(each.action.owners[0].name, str(each.action.state)) for each in minutes.log]

    put(papers, {"2010-01-05/minutes.yaml": MINUTES.replace("{action: Mend", "{id: a1, action: Mend")})
    said = "action: Mend the fence, of: 2010-01-05, id: a1"
    assert log(f"{{{said}, status: in progress}}") == [("Ada Fenn", "in progress")]
    assert log(f"{{{said}, status: closed}}") == []
    assert log("{action: Mend the fence., id: a1, status: closed, owner: Ada Fenn}") == []


def test_a_fault_in_minutes_that_only_feed_the_log_stops_the_pack(papers: Path):
    third = "date: 2010-03-02\nagenda: [{minutes_of: 2010-02-02}]"
    put(papers, {"2010-03-02/meeting.yaml": third, "2010-02-02/minutes.yaml": "items: [{item: gate}]"})
    put(papers, {"2010-01-05/minutes.yaml": MINUTES.replace("actions: [{action", "actions: [{acton")})

    assert any(found.startswith("unknown-key: ") for found in checked(papers, "parish/2010-03-02"))


def test_single_files_of_two_meetings_are_checked_as_each_alone(papers: Path):
    gate = PAPER.format(title="The gate") + "sections: [{text: 'See [](item:2010-01-05/fence).'}]\n"
    put(papers, {"2010-02-02/gate.yaml": gate, "2010-01-05/other.yaml": PAPER.format(title="Other")})

    both = checked(papers, "parish/2010-02-02/gate", "parish/2010-01-05/other")
    assert [found.partition(":")[0] for found in both] == ["unused-paper"]


def test_a_line_has_a_paper_or_minutes(papers: Path):
    put(papers, {"2010-02-02/meeting.yaml": "date: 2010-02-02\nagenda: [{minutes_of: 2010-01-05, paper: gate}]"})

    assert checked(papers, "parish/2010-02-02") == ["wrong-value: a line cannot have a paper and place minutes as well"]


def test_minutes_in_a_folder_without_an_agenda_are_found(papers: Path):
    put(papers, {"2010-04-06/minutes.yaml": "items: []"})

    assert any(found.startswith("missing-meeting: ") for found in checked(papers, "parish/2010-04-06"))


def test_of_two_meetings_on_one_day_the_one_that_starts_first_is_the_earlier(papers: Path):
    put(
        papers,
        {
            "2010-05-04-am/meeting.yaml": "date: 2010-05-04\nstarts: 9:30\nagenda: [Welcome]",
            "2010-05-04-am/minutes.yaml": "items: [{title: Welcome}]",
            "2010-05-04/meeting.yaml": "date: 2010-05-04\nstarts: 14:00\nagenda: [{minutes_of: 2010-05-04-am}]",
        },
    )
    assert list(number(meeting(papers, "2010-05-04")).parts) == ["2010-05-04-am/minutes"]
    assert [found for found in checked(papers, "parish/2010-05-04") if "later" in found] == []


def test_a_board_may_turn_off_what_is_found_outside_its_meetings(papers: Path):
    text = "name: Parish\nnumbering: ['1', '1a']\n"
    text += "forward_plan: {themes: [Money], entries: [{theme: Streets, meeting: 2010-03-02, title: Lamps}]}\n"
    put(papers, {"board.yaml": text})
    assert [found.partition(":")[0] for found in checked(papers, "parish/2010-03-02")] == ["unknown-theme"]
    put(papers, {"board.yaml": text + "rules: {unknown-theme: off}\n"})
    assert checked(papers, "parish/2010-03-02") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("due: next", "due: 2010-02-30"),
        ("due: next", "forward_plan: {theme: Roads, meeting: 2010-02-31}"),
    ],
)
def test_a_day_that_no_calendar_has_is_found(papers: Path, old: str, new: str):
    put(papers, {"2010-01-05/minutes.yaml": MINUTES.replace(old, new)})

    assert any(
        found.startswith("wrong-value: there is no day 2010-02-3") for found in checked(papers, "parish/2010-01-05")
    )


def test_minutes_as_new_writes_them_decide_nothing(papers: Path):
    (papers / "parish/2010-01-05/minutes.yaml").unlink()
    from boardpack import new

    options = pipeline.Options(papers, papers / "output", (ROOT / "templates",), ROOT / "schemas")
    path = new.minutes(options, "parish/2010-01-05")
    minutes = number(meeting(papers, "2010-01-05")).minutes
    assert minutes is not None
    assert [item.drafted for item in minutes.items if item.resolved] == [True]

    path.write_text(path.read_text(encoding="utf-8").replace("status: draft", "status: confirmed"), encoding="utf-8")
    assert [found.partition(":")[0] for found in checked(papers, "parish/2010-01-05")] == ["no-resolution"]
