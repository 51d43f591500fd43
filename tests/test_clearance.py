"""Clearances hold for the text that was cleared; late papers say why, who agreed, and the minutes say it again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packs import Call
from printing import agenda, paper, printed
from reading import BOARD, MEETING, PAPER, checked, findings, write
from wordfile import rows

CSV = "Partnership,Grant\nBasildon,156320\nHarlow,98100\n"
FULL = f"""{PAPER}summary: |
  Confirms the grant for the year.

  [](table:grants)
recommendations: [Note the grants.]
tables:
  grants:
    caption: Grants
    columns: [{{key: a, label: Partnership}}, {{key: b, label: Grant, type: money, total: sum}}]
    from: data/grants.csv
appendices:
  - {{id: plan, title: Plan, paper: plan}}
  - {{id: letter, title: Letter, file: to follow}}
"""
PLAN = "title: Plan\nauthor: B Oake\npurpose: information\nsummary: Twelve steps.\n"
CLEARED = "clearance: [{by: finance, name: A Dawlish, on: 2010-02-20%s}]\n"
LATE = """late:
  urgency: The landlord's offer lapses on *20 March*.
  reason: The offer came on 5 March.
  agreed_by: pw
  agreed_on: 2010-03-06
"""
CHAIR = f"{BOARD}people: [{{id: pw, name: P Warrener, rank: Cllr, role: Chair}}]\n"


def house(folder: Path, text: str = FULL, *, board: str = BOARD, csv: str = CSV, plan: str = PLAN) -> Path:
    return write(folder, board=board, paper=text, **{"data/grants.csv": csv, "plan.yaml": plan})


def sealed(papers: Path) -> str:
    """The hash that check tells for the one clearance without one."""
    (told,) = (each.help for each in findings(papers) if each.code == "clearance-unsealed")
    match = re.search(r'of: "?([0-9a-f]{12})', told)
    assert match
    return match[1]


def codes(papers: Path) -> list[str]:
    return [each.code for each in findings(papers) if each.code.startswith(("clearance", "late"))]


@pytest.fixture
def hash_(tmp_path: Path) -> str:
    return sealed(house(tmp_path / "sealed", FULL + CLEARED % ""))


def with_hash(text: str, of: str) -> str:
    return text + CLEARED % f', of: "{of}"'


def test_what_check_tells_binds_the_clearance(tmp_path: Path, hash_: str):
    assert codes(house(tmp_path, with_hash(FULL, hash_))) == []
    assert codes(house(tmp_path, with_hash(FULL, hash_.upper()))) == []


@pytest.mark.parametrize(
    "same",
    [
        FULL + "# a remark\n",
        FULL.replace("title: Funding", 'title: "Funding"   # its title'),
        FULL.replace("recommendations: [Note the grants.]", "recommendations:\n  - Note the grants."),
        FULL.replace("author: A Dawlish\npurpose: information\n", "purpose: information\nauthor: A Dawlish\n"),
        FULL.replace("\n", "\r\n"),
        FULL + LATE,
        FULL + "\n\n",
    ],
    ids=["comment", "quotation marks", "block list", "order of keys", "CRLF", "late", "empty lines"],
)
def test_other_ways_to_write_the_same_keep_it(tmp_path: Path, hash_: str, same: str):
    assert codes(house(tmp_path, with_hash(same, hash_), board=CHAIR)) == []


@pytest.mark.parametrize(
    "changed",
    [
        FULL.replace("for the year", "for the years"),
        FULL.replace("purpose: information", "purpose: decision"),
        FULL.replace("caption: Grants", "caption: grants"),
        FULL.replace("total: sum", "total: 254420"),
        FULL + "exempt: {paragraphs: [3], public_interest: It is so.}\n",
        FULL.replace("recommendations: [Note the grants.]\n", ""),
        FULL.replace("Letter, file: to follow", "Letters, file: to follow"),
    ],
    ids=["word", "purpose", "case", "total", "class", "recommendation", "appendix"],
)
def test_a_change_of_the_paper_opens_it_again(tmp_path: Path, hash_: str, changed: str):
    assert changed != FULL
    assert codes(house(tmp_path, with_hash(changed, hash_))) == ["clearance-lapsed"]


def test_a_change_of_its_data_or_of_an_appendix_opens_it_again(tmp_path: Path, hash_: str):
    text = with_hash(FULL, hash_)
    assert codes(house(tmp_path / "data", text, csv=CSV.replace("98100", "98101"))) == ["clearance-lapsed"]
    assert codes(house(tmp_path / "plan", text, plan=PLAN.replace("Twelve", "Ten"))) == ["clearance-lapsed"]


def test_who_cleared_it_and_what_to_do_is_said(tmp_path: Path):
    (lapsed,) = findings(house(tmp_path, with_hash(FULL, "3f9ac01b22d4")))
    assert (
        lapsed.message
        == "finance (A Dawlish) cleared this paper on Saturday 20 February 2010, and it has changed since"
    )
    assert re.fullmatch(r"ask finance again, then write `of: [0-9a-f]{12}` and the day", lapsed.help)


def test_a_paper_checked_without_its_appendix_is_not_judged(tmp_path: Path):
    papers = house(tmp_path, with_hash(FULL, "3f9ac01b22d4"))
    found = checked(papers, ["partnership/2010-03-11/funding"])[2]
    assert [each.code for each in found if each.code.startswith("clearance")] == []
    found = checked(papers, ["partnership/2010-03-11/funding"], alone=False)[2]
    assert "clearance-lapsed" in [each.code for each in found]


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ("[{by: finance, of: '%s'}, {by: legal, of: '%s'}]", []),
        ("[{by: Finance, of: '%s'}]", ["legal"]),
        ("[]", ["finance", "legal"]),
    ],
)
def test_a_board_may_demand_clearances(tmp_path: Path, lists: str, expected: list[str]):
    board = f"{BOARD}clearances: [finance, legal]\n"
    of = sealed(house(tmp_path / "sealed", PAPER + CLEARED % ""))
    meeting = MEETING + "  - paper: plan\n"
    papers = write(tmp_path, board=board, meeting=meeting, paper=f"{PAPER}clearance: {lists.replace('%s', of)}\n")
    (tmp_path / "partnership/2010-03-11/plan.yaml").write_text(f"{PLAN}clearance: {lists}\n", encoding="utf-8")
    said = [each for each in findings(papers) if each.code == "clearance-missing"]
    own = [each.message.split()[0] for each in said if each.place and each.place.source.path.stem == "funding"]
    assert own == expected


def test_an_appendix_is_cleared_with_its_paper(tmp_path: Path):
    papers = house(tmp_path, board=f"{BOARD}clearances: [finance]\n")
    (missing,) = (each for each in findings(papers) if each.code == "clearance-missing")
    assert missing.place
    assert missing.place.source.path.stem == "funding"


def test_the_latest_clearance_of_a_service_counts(tmp_path: Path, hash_: str):
    both = f'clearance: [{{by: finance, of: "{"0" * 12}"}}, {{by: Finance, on: 2010-02-27, of: "{hash_}"}}]\n'
    assert codes(house(tmp_path, FULL + both)) == []


def test_a_strict_pack_refuses_what_has_lapsed(tmp_path: Path, boardpack: Call, hash_: str):
    papers = house(tmp_path / "papers", with_hash(FULL, hash_))
    arguments = ("partnership/2010-03-11", "--papers", papers, "--output", tmp_path / "output", "--no-pdf")
    assert boardpack("pack", *arguments, "--strict").code == 0
    house(tmp_path / "papers", with_hash(FULL.replace("the year", "a year"), hash_))
    assert boardpack("pack", *arguments).code == 0
    refused = boardpack("pack", *arguments, "--strict")
    assert refused.code == 1
    assert "error[clearance-lapsed]" in refused.err


def lines_of(folder: Path, body: str, board: str = BOARD) -> tuple[list[str], dict[str, str]]:
    word = printed(folder, board=board, meeting=agenda("- paper: funding"), paper=paper(body)).report
    (table,) = word.tables("CoverTable")
    return word.lines(), {label.strip(): answer.strip() for label, answer in rows(table)}


def test_clearances_that_hold_print_on_the_cover(tmp_path: Path):
    body = "summary: Grants.\nrecommendations: [Agree it.]\n"
    listed = (
        "clearance: [{by: finance, name: A Dawlish, on: 2010-02-20}, {by: legal, name: B Oake, of: 3f9ac01b22d4}]\n"
    )
    _, cover = lines_of(tmp_path, body + listed)
    assert cover["Cleared by"] == "Finance (A Dawlish, 20 February 2010)"
    assert "Cleared by" not in lines_of(tmp_path / "none", body)[1]


def test_a_late_paper_says_why_after_its_summary(tmp_path: Path):
    board = f"{CHAIR}notice: {{statute: england-principal}}\n"
    lines, _ = lines_of(tmp_path, f"summary: Grants.\nrecommendations: [Agree it.]\n{LATE}", board)
    at = lines.index("Grants.")
    assert lines[at + 1 : at + 6] == [
        "Reason for urgency",
        "The landlord's offer lapses on 20 March.",
        "Reason for lateness",
        "The offer came on 5 March.",
        (
            "Cllr P Warrener, Chair, agreed on 6 March 2010 that this item be taken as a matter of urgency "
            "(Local Government Act 1972, section 100B(4)(b))."
        ),
    ]


def test_a_board_that_no_statute_binds_names_none(tmp_path: Path):
    lines, _ = lines_of(tmp_path, f"recommendations: [Agree it.]\n{LATE}", f"{CHAIR}notice: {{statute: none}}\n")
    assert "Local Government Act" not in " ".join(lines)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The Chair took the item as a matter of urgency, since the offer lapses.", []),
        ("Because of the special circumstances that it gives, the report was considered.", []),
        ("Members noted the report.", ["late-not-minuted"]),
    ],
)
def test_minutes_must_state_the_special_circumstances(tmp_path: Path, said: str, expected: list[str]):
    minutes = f"items:\n  - item: funding\n    discussion: {said}\n"
    assert codes(write(tmp_path, board=CHAIR, paper=PAPER + LATE, **{"minutes.yaml": minutes})) == expected


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        ("late: {}\n", ["late-reason", "late-agreement"]),
        ("late: {urgency: A., reason: B.}\n", ["late-agreement"]),
        ("late: {urgency: A., reason: '', agreed_by: pw, agreed_on: 2010-03-06}\n", ["late-reason"]),
        ("late: {urgency: A., reason: B., agreed_by: pw, agreed_on: yesterday}\n", []),
    ],
)
def test_a_late_paper_gives_both_reasons_and_the_agreement(tmp_path: Path, late: str, expected: list[str]):
    assert codes(write(tmp_path, board=CHAIR, paper=PAPER + late)) == expected


def test_due_names_what_is_not_cleared(tmp_path: Path, boardpack: Call):
    board = (
        f"{BOARD}notice: {{statute: england-principal}}\ndrafts_due: 7 working days\n"
        "clearances: [finance, legal]\nclearance_due: 3 working days\n"
    )
    of = sealed(write(tmp_path / "sealed", paper=PAPER + CLEARED % ""))
    papers = write(tmp_path / "papers", board=board, paper=with_hash(PAPER, of))
    done = boardpack("due", "--on", "2010-03-01", "--papers", papers)
    assert "  Clearance due  Friday 26 February 2010 at the latest, 3 days ago\n" in done.out
    assert "1 Funding: not cleared by legal" in done.out
    assert "LATE           clearance was due by Friday 26 February 2010, 3 days ago\n" in done.out
    assert "drafts were due" not in done.out
    changed = write(tmp_path / "papers", board=board, paper=with_hash(PAPER + "summary: More.\n", of))
    assert (
        "1 Funding: changed since it was cleared by finance"
        in boardpack("due", "--papers", changed, "--on", "2010-03-01").out
    )


def test_papers_without_a_clearance_are_not_hashed(tmp_path: Path):
    _, assembled, _ = checked(house(tmp_path))
    assert {each.content for each in assembled.meetings[0].papers.values()} == {""}
