"""`due`: which meetings, which days, what is late, and the three ways of showing it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from packs import Call
from reading import BOARD, PAPER, write

from boardpack import ics

STATUTE = BOARD + "notice: {statute: england-principal}\ndrafts_due: 7 working days\n"
NAME = "partnership/2010-03-11"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return write(tmp_path / "papers", board=STATUTE)


def told(boardpack: Call, papers: Path, *arguments: str) -> dict:
    done = boardpack("due", *arguments, "--format", "json", "--papers", papers)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def days(meeting: dict) -> dict[str, str]:
    return {each["kind"]: each["date"] for each in meeting["deadlines"]}


def more(papers: Path, folder: str, text: str = "agenda: [Welcome]\n") -> None:
    path = papers / "partnership" / folder / "meeting.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text if text.startswith("date") else f"date: {folder[:10]}\n{text}", encoding="utf-8")


# --- The days and their working --------------------------------------------------------------------------------


def test_a_meeting_has_its_deadlines_with_their_working(boardpack: Call, papers: Path):
    done = boardpack("due", "--on", "2010-02-12", "--papers", papers)
    assert (done.code, done.err) == (0, "")
    assert (
        done.out
        == """\
Deadlines as of Friday 12 February 2010

Example Partnership, Thursday 11 March 2010 (partnership/2010-03-11)

  Drafts due     Monday 22 February 2010 at the latest, in 10 days
                 7 working days before publication on Wednesday 3 March 2010: 22, 23, 24, 25, 26
                 February, 1 and 2 March 2010
  Publication    Wednesday 3 March 2010 at the latest, in 19 days
                 5 clear days before Thursday 11 March 2010: 4, 5, 8, 9 and 10 March 2010
                 (Saturdays, Sundays and bank holidays do not count)
                 Local Government Act 1972, sections 100A(6)(a) and 100B(3) and (4)(a), as amended
                 by SI 2002/715
  Meeting        Thursday 11 March 2010, in 27 days
"""
    )


@pytest.mark.parametrize(
    ("notice", "working"),
    [
        ("{statute: wales, saturday: counted}", "9 and 10 March 2010 (Sundays and bank holidays do not count)"),
        ("{statute: parish, holidays: none}", "8, 9 and 10 March 2010 (Saturdays and Sundays do not count)"),
        (
            "{statute: parish, extra_days: [2010-03-09]}",
            "left out: Tuesday 9 March 2010 (named in board.yaml)",
        ),
        ("{statute: england-executive-private}", "every day from 11 February 2010 to 10 March 2010"),
    ],
)
def test_the_working_says_what_did_not_count(notice: str, working: str, boardpack: Call, tmp_path: Path):
    papers = write(tmp_path / "papers", board=f"{BOARD}notice: {notice}\n")
    meeting = told(boardpack, papers, NAME)["meetings"][0]
    assert any(working in (each["working"] or "") for each in meeting["deadlines"])


def test_holidays_in_between_are_named_with_their_reasons(boardpack: Call, papers: Path):
    more(papers, "2019-04-25")
    meeting = told(boardpack, papers, "partnership/2019-04-25")["meetings"][0]
    publication = next(each for each in meeting["deadlines"] if each["kind"] == "publication")
    assert publication["date"] == "2019-04-15"
    assert publication["counted"] == ["2019-04-16", "2019-04-17", "2019-04-18", "2019-04-23", "2019-04-24"]
    assert publication["left_out"][0] == {"date": "2019-04-19", "reason": "Good Friday"}
    assert publication["working"].endswith(
        "left out: Friday 19 April 2019 (Good Friday) and Monday 22 April 2019 (Easter Monday)"
    )
    assert [note for note in meeting["notes"] if "Maundy Thursday" in note and "`extra_days`" in note]


def test_a_last_day_on_which_nobody_works_has_the_working_day_beside_it(boardpack: Call, tmp_path: Path):
    board = (
        f"{BOARD}notice: {{statute: parish, extra_days: [{', '.join(f'2021-04-{day:02}' for day in range(9, 18))}]}}\n"
    )
    papers = write(tmp_path / "papers", board=board)
    more(papers, "2021-04-12")
    done = boardpack("due", "partnership/2021-04-12", "--papers", papers)
    assert "ago; the last working day is Thursday 1 April 2021" in " ".join(done.out.split())


def test_a_private_executive_meeting_gives_notice_twice(boardpack: Call, tmp_path: Path):
    papers = write(
        tmp_path / "papers", board=f"{BOARD}notice: {{statute: england-executive-private}}\ndrafts_due: 30 days\n"
    )
    meeting = told(boardpack, papers, "--on", "2010-01-01")["meetings"][0]
    assert days(meeting) == {
        "drafts": "2010-02-01",
        "notice": "2010-02-10",
        "publication": "2010-03-03",
        "meeting": "2010-03-11",
    }
    assert [each["date"] for each in meeting["deadlines"]] == sorted(days(meeting).values())


@pytest.mark.parametrize(
    ("board", "note"),
    [
        ("notice: {statute: none}\n", "terms of reference"),
        ("", "`notice: {statute: …}`"),
        ("notice: {statute: none}\ndrafts_due: 5 days\n", "`drafts_due` counts back from publication"),
        ("notice: {statute: englnd}\n", "board.yaml has an error"),
    ],
)
def test_without_a_rule_no_day_is_counted_and_the_reader_is_told(
    board: str, note: str, boardpack: Call, tmp_path: Path
):
    papers = write(tmp_path / "papers", board=BOARD + board)
    meeting = told(boardpack, papers, "--on", "2010-03-01")["meetings"][0]
    assert days(meeting) == {"meeting": "2010-03-11"}
    assert any(note in each for each in meeting["notes"])


# --- Which meetings --------------------------------------------------------------------------------------------


def test_meetings_from_the_day_on_come_in_the_order_of_their_next_deadline(boardpack: Call, papers: Path):
    for folder in ("2010-01-28", "2010-03-25", "2010-03-11-special"):
        more(papers, folder)
    names = [each["meeting"] for each in told(boardpack, papers, "--on", "2010-03-11")["meetings"]]
    assert names == [NAME, f"{NAME}-special", "partnership/2010-03-25"]
    assert [each["meeting"] for each in told(boardpack, papers, "partnership/2010-01-28")["meetings"]] == [
        "partnership/2010-01-28"
    ]


@pytest.mark.parametrize(("within", "shown"), [("9", 0), ("10", 1), ("99999999999999999999", 1)])
def test_within_leaves_out_what_is_further_away(within: str, shown: int, boardpack: Call, papers: Path):
    assert len(told(boardpack, papers, "--on", "2010-02-12", "--within", within)["meetings"]) == shown


def test_nothing_to_come_is_said(boardpack: Call, papers: Path):
    done = boardpack("due", "--on", "2010-03-12", "--papers", papers)
    assert (done.code, done.out) == (
        0,
        "nothing falls due from Friday 12 March 2010 on, in the days and the meetings asked for\n",
    )


def test_the_meeting_announced_last_is_counted_before_it_has_a_folder(boardpack: Call, papers: Path):
    more(papers, "2010-03-11", "next: {date: 2010-07-01, starts: 9:30, venue: Room 2}\nagenda: [Welcome]\n")
    for on in ("2010-03-01", "2010-04-01"):
        meeting = told(boardpack, papers, "--on", on)["meetings"][-1]
        assert (meeting["meeting"], meeting["date"], meeting["starts"]) == (None, "2010-07-01", "09:30")
        assert days(meeting)["publication"] == "2010-06-23"
    more(papers, "2010-07-01")
    assert [each["meeting"] for each in told(boardpack, papers, "--on", "2010-04-01")["meetings"]] == [
        "partnership/2010-07-01"
    ]


@pytest.mark.parametrize("text", ["agenda: [Welcome\n", "date: soon\nagenda: [Welcome]\n"])
def test_a_meeting_that_cannot_be_read_is_not_passed_over(text: str, boardpack: Call, papers: Path):
    more(papers, "2010-04-22", text)
    deadlines = told(boardpack, papers, "--on", "2010-03-01")
    assert [each["name"] for each in deadlines["not_counted"]] == ["partnership/2010-04-22"]
    assert "partnership/2010-04-22: not counted" in boardpack("due", "--on", "2010-03-01", "--papers", papers).out


@pytest.mark.parametrize("folder", ["6027-01-14", "0010-03-11", "9999-12-31"])
def test_a_year_without_known_bank_holidays_is_not_counted(folder: str, boardpack: Call, papers: Path):
    more(papers, folder)
    (each,) = told(boardpack, papers, f"partnership/{folder}")["not_counted"]
    assert "1900 to 2100" in each["why"]


def test_a_folder_that_says_another_day_is_a_note(boardpack: Call, papers: Path):
    more(papers, "2010-03-12", "date: 2010-03-18\nagenda: [Welcome]\n")
    meeting = told(boardpack, papers, "partnership/2010-03-12", "--on", "2010-03-01")["meetings"][0]
    assert meeting["date"] == "2010-03-18"
    assert "the folder is called 2010-03-12" in meeting["notes"][0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--on", "tomorrow"], "`tomorrow` is not a date"),
        (["--on", "2010-02-30"], "2010-02-30"),
        (["--within", "-1"], "-1"),
        (["--within", "soon"], "`soon` is not a number of days"),
        (["partnrship"], "partnrship"),
    ],
)
def test_wrong_use_ends_with_2(arguments: list[str], said: str, boardpack: Call, papers: Path):
    done = boardpack("due", *arguments, "--papers", papers)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


# --- What is late ----------------------------------------------------------------------------------------------

LINES = (
    "agenda: [{title: Fees, paper: to follow}, {title: Rents, paper: rents}, {title: Last, minutes_of: 2010-01-28}]\n"
)


def test_what_is_not_there_is_still_to_come(boardpack: Call, papers: Path):
    more(papers, "2010-01-28")
    appended = PAPER + "appendices: [{id: plan, title: Plan, file: to follow}]\n"
    (papers / NAME / "funding.yaml").write_text(appended, encoding="utf-8")
    more(papers, "2010-03-11", LINES.replace("agenda: [", "agenda: [{paper: funding}, "))
    meeting = told(boardpack, papers, "--on", "2010-02-01")["meetings"][0]
    assert [(each["kind"], each["text"]) for each in meeting["waiting"]] == [
        ("errors", f"1 error: see `boardpack check {NAME}`"),
        ("appendix", "1 Funding: appendix `Plan` to follow"),
        ("paper", "2 Fees: report to follow"),
        ("paper", "3 Rents: there is no paper `rents`"),
        ("minutes", "4 Last: the minutes of 2010-01-28 are not there"),
    ]
    assert meeting["late"] == []


@pytest.mark.parametrize(
    ("on", "late"),
    [
        ("2010-02-22", []),
        ("2010-02-23", ["drafts"]),
        ("2010-03-03", ["drafts"]),
        ("2010-03-04", ["drafts", "publication"]),
        ("2010-03-11", ["drafts", "publication"]),
    ],
)
def test_a_day_is_late_from_the_next_one_on(on: str, late: list[str], boardpack: Call, papers: Path):
    more(papers, "2010-03-11", "agenda: [{title: Fees, paper: to follow}]\n")
    meeting = told(boardpack, papers, "--on", on)["meetings"][0]
    assert [each.split()[0] for each in meeting["late"]] == late
    assert [each["kind"] for each in meeting["deadlines"] if each["passed"]] == late
    assert all("section 100B(4)(b)" in each for each in meeting["late"][1:])


def test_a_pack_without_gaps_is_not_called_late(boardpack: Call, papers: Path):
    meeting = told(boardpack, papers, "--on", "2010-03-08")["meetings"][0]
    assert (meeting["waiting"], meeting["late"]) == ([], [])
    (note,) = meeting["notes"]
    assert note.startswith("publication was due by Wednesday 3 March 2010, 5 days ago; make sure")


def test_nothing_of_a_meeting_that_is_over_is_late(boardpack: Call, papers: Path):
    more(papers, "2010-03-11", LINES)
    meeting = told(boardpack, papers, NAME, "--on", "2010-03-12")["meetings"][0]
    assert (meeting["waiting"], meeting["late"]) == ([], [])


def test_open_actions_of_the_log_are_named_until_they_are_closed(boardpack: Call, papers: Path):
    more(papers, "2010-01-28", "agenda: [{title: Welcome, id: welcome}]\n")
    minutes = papers / "partnership" / "2010-01-28" / "minutes.yaml"
    text = (
        "status: draft\npresent: [A Dawlish]\nitems:\n  - item: welcome\n    discussion: Welcome.\n    actions:\n"
        "      - {action: Write to members, owner: A Dawlish, due: 2010-02-26, status: open}\n"
        "      - {action: Book the hall, owner: A Dawlish, due: 2010-06-01, status: open}\n"
    )
    minutes.write_text(text, encoding="utf-8")
    more(papers, "2010-03-11", "agenda: [{title: Last, minutes_of: 2010-01-28}, {paper: funding}]\n")
    waiting = told(boardpack, papers, "--on", "2010-03-01")["meetings"][0]["waiting"]
    assert [each["text"] for each in waiting] == [
        "action of 2010-01-28: Write to members (A Dawlish, due 26 February 2010, 3 days ago)"
    ]
    minutes.write_text(text.replace("status: open", "status: closed"), encoding="utf-8")
    assert told(boardpack, papers, "--on", "2010-03-01")["meetings"][0]["waiting"] == []


def test_errors_count_for_the_meeting_that_has_them(boardpack: Call, papers: Path):
    more(papers, "2010-04-22", "agenda: [{paper: nothing}]\n")
    (papers / NAME / "funding.yaml").write_text(PAPER + "tilte: x\nsumary: y\n", encoding="utf-8")
    first, second = told(boardpack, papers, "--on", "2010-02-01")["meetings"]
    assert [each["text"][:8] for each in first["waiting"]] == ["2 errors"]
    assert second["waiting"][0]["text"].startswith("1 error:")


def test_errors_of_the_board_are_shown_by_a_check_of_the_board(boardpack: Call, papers: Path):
    (papers / "partnership" / "board.yaml").write_text(STATUTE + "nme: x\n", encoding="utf-8")
    (waiting,) = told(boardpack, papers, "--on", "2010-02-01")["meetings"][0]["waiting"]
    assert waiting["text"] == "1 error: see `boardpack check partnership`"


# --- The calendar file -----------------------------------------------------------------------------------------


def test_the_calendar_has_an_event_for_each_deadline(boardpack: Call, papers: Path):
    more(papers, "2010-03-11", "starts: 9:30\nvenue: Room 2, County Hall\nagenda: [Welcome]\n")
    calls = [boardpack("due", "--on", on, "--format", "ics", "--papers", papers) for on in ("2010-02-01", "2010-03-11")]
    assert calls[0] == calls[1]
    lines = calls[0].out.replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert [line for line in lines if line.startswith(("UID", "DTSTART", "DTSTAMP", "LOCATION"))] == [
        "UID:drafts.2010-03-11.partnership@boardpack",
        "DTSTAMP:20100311T000000Z",
        "DTSTART;VALUE=DATE:20100222",
        "UID:publication.2010-03-11.partnership@boardpack",
        "DTSTAMP:20100311T000000Z",
        "DTSTART;VALUE=DATE:20100303",
        "UID:meeting.2010-03-11.partnership@boardpack",
        "DTSTAMP:20100311T000000Z",
        "DTSTART;VALUE=DATE:20100311",
        "LOCATION:Room 2\\, County Hall",
    ]


def test_a_deadline_stands_on_its_last_working_day_in_the_calendar(boardpack: Call, papers: Path):
    more(papers, "2026-03-16")
    done = boardpack("due", "partnership/2026-03-16", "--format", "ics", "--papers", papers)
    assert (
        "publication.2026-03-16.partnership@boardpack\r\nDTSTAMP:20260316T000000Z\r\nDTSTART;VALUE=DATE:20260306"
        in done.out
    )
    assert "Sunday 8 March 2026 at the latest\\; the last working day" in done.out.replace("\r\n ", "")


def test_no_meeting_writes_no_calendar(boardpack: Call, papers: Path):
    done = boardpack("due", "--on", "2010-03-12", "--format", "ics", "--papers", papers)
    assert (done.code, done.out) == (0, "")
    assert "no calendar was written" in done.err


def test_lines_of_a_calendar_are_folded_between_characters_at_75_octets():
    summary = "Pwyllgor Craffu’r Cyngor: ŵyl y Gŵyliau, " * 6
    text = ics.calendar([ics.Event("a@b", date(2026, 3, 6), date(2026, 3, 16), summary + "\x07;\\", "one\ntwo")])
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not re.search(r"[^\r]\n", text)
    unfolded = text.replace("\r\n ", "")
    escaped = summary.replace(",", "\\,")
    assert f"SUMMARY:{escaped}\\;\\\\\r\n" in unfolded
    assert "DESCRIPTION:one\\ntwo\r\n" in unfolded


def test_the_command_line_writes_a_calendar_as_utf_8(papers: Path, root: Path):
    import subprocess

    from packs import command

    (papers / "partnership" / "board.yaml").write_text(STATUTE.replace("Example", "Gŵyl"), encoding="utf-8")
    arguments = ("due", "--on", "2010-03-01", "--format", "ics", "--papers", papers)
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(command(*arguments), capture_output=True, check=True, env=environment)
    assert "Gŵyl" in done.stdout.decode("utf-8")
    assert done.stdout.count(b"\r\n") == done.stdout.count(b"\n")


def test_counting_waits_for_nothing_that_a_check_does_not_load(papers: Path):
    """``check`` starts without the package of bank holidays, which takes a tenth of a second."""
    import subprocess
    import sys

    from reading import ROOT, SCHEMAS

    script = (
        "import sys\nfrom boardpack.cli import main\n"
        f"main(['check', '--papers', {str(papers)!r}, '--schemas', {str(SCHEMAS)!r}])\nprint('holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "False"
