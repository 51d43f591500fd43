"""What is withheld from the public: the stricter class wins, and no slip of the pen makes a paper public."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reading import BOARD, PAPER, SCHEMAS, checked, findings, told, write

from boardpack import validate
from boardpack.diagnostics import Finding, Severity, Source
from boardpack.load.boards import build_board
from boardpack.load.papers import build_paper
from boardpack.load.tree import parse
from boardpack.load.withheld import stricter
from boardpack.model.board import Board
from boardpack.model.paper import Paper

LEASE = "title: Lease\nauthor: A Dawlish\npurpose: information\n"
REASON = "public_interest: It is so."
SLIPS = " #:-?'\"{}[],&*!|>%~\t\n3xé\N{NO-BREAK SPACE}\x85"
"""What a finger may hit: every sign that YAML knows, figures, letters, and what only looks like a letter."""

BEFORE = "title: Lease\nauthor: A Dawlish\npurpose: information\nsummary: |\n  The terms are settled.\n"
AFTER = "sections:\n  - heading: Terms\n    text: |\n      Ten years.\n"
WAYS = {
    "exempt in a line": (BEFORE + "@" + AFTER, f"exempt: {{paragraphs: [3], {REASON}}}\n", "paper"),
    "exempt below": (BEFORE + "@" + AFTER, f"exempt:\n  paragraphs: [1, 3]\n  {REASON}\n", "paper"),
    "exempt at the top": ("@" + BEFORE, f"exempt: {{paragraphs: [3], {REASON}}}\n", "paper"),
    "exempt at the end": (BEFORE + AFTER + "@", f"exempt: {{paragraphs: [3], {REASON}}}\n", "paper"),
    "confidential below": (BEFORE + "@" + AFTER, "confidential:\n  ground: An order.\n", "paper"),
    "an appendix in a line": (
        BEFORE + "appendices:\n  - {id: a, title: Prices, file: to follow, @}\n" + AFTER,
        f"exempt: {{paragraphs: [3], {REASON}}}",
        "appendix",
    ),
    "an appendix below": (
        BEFORE + "appendices:\n  - id: a\n    title: Prices\n    file: to follow\n@" + AFTER,
        f"    exempt:\n      paragraphs: [3]\n      {REASON}\n",
        "appendix",
    ),
    "an appendix that begins with it": (
        BEFORE + "appendices:\n@    id: a\n    title: Prices\n    file: to follow\n" + AFTER,
        f"  - exempt: {{paragraphs: [3], {REASON}}}\n",
        "appendix",
    ),
    "a confidential appendix": (
        BEFORE + "appendices:\n- id: a\n  title: Prices\n  file: to follow\n@" + AFTER,
        "  confidential: {ground: An order.}\n",
        "appendix",
    ),
}


def slips(text: str) -> Iterator[str]:
    """Every text that is one key stroke away: a sign less, more or another, a letter in the other case."""
    for at, own in enumerate(text):
        yield text[:at] + text[at + 1 :]
        yield text[:at] + own.swapcase() + text[at + 1 :]
        for sign in SLIPS:
            yield text[:at] + sign + text[at + 1 :]
            yield text[:at] + sign + text[at:]


def board(folder: Path) -> Board:
    tree, _ = parse(Source(folder / "board.yaml", BOARD), "board")
    assert tree
    return build_board(tree, [])


def is_public_without_an_error(text: str, part: str, of: Board) -> bool:
    """Whether a paper or its one appendix would be printed for the public, and no error stops that."""
    tree, found = parse(Source(of.folder / "2010-03-11" / "lease.yaml", text), "paper")
    if tree is None:
        return False
    built: list[Finding] = []
    paper = build_paper(tree, of, built)
    parts = [paper] if part == "paper" else [paper, *paper.appendices]
    if any(each.withheld for each in parts):
        return False
    faults = [*found, *built, *validate.check([tree], SCHEMAS)]
    return not any(each.severity is Severity.ERROR for each in faults)


@pytest.mark.parametrize(("around", "lines", "part"), WAYS.values(), ids=WAYS)
def test_no_slip_of_the_pen_makes_it_public(around: str, lines: str, part: str, tmp_path: Path):
    of = board(tmp_path)
    assert not is_public_without_an_error(around.replace("@", lines), part, of)
    assert is_public_without_an_error(around.replace("@", "").replace(", }", "}"), part, of) or "@    id" in around
    every = list(dict.fromkeys(slips(lines)))
    assert len(every) > 1000
    assert [each for each in every if is_public_without_an_error(around.replace("@", each), part, of)] == []


@pytest.mark.parametrize(
    "said",
    [
        "exempt:",
        "exempt: {}",
        "exempt: []",
        "exempt: false",
        "exempt: no",
        "exempt: none",
        'exempt: ""',
        "exempt: 3",
        "exempt: {paragraphs: []}",
        "exempt: {paragraphs: 3}",
        "exempt: {paragraphs: [three]}",
        "exempt: {paragraphs: [3], until: 2011-01-01}",
        "exempt: {paragraphs: [0]}",
        "exempt: {paragraphs: [19]}",
        "confidential:",
        "confidential: false",
        "confidential: {}",
        "confidential: {ground: }",
        'confidential: {ground: " "}',
        "confidential: An order of the court",
    ],
)
def test_a_class_that_is_not_understood_is_an_error_and_withheld(said: str, tmp_path: Path):
    _, assembled, found = checked(write(tmp_path, paper=f"{PAPER}{said}\n"))
    assert any(each.severity is Severity.ERROR for each in found)
    assert assembled.meetings[0].papers["funding"].withheld


@pytest.mark.parametrize("said", ["Exempt: {paragraphs: [3]}", "exemt: {paragraphs: [3]}", "restricted: yes"])
def test_a_class_that_there_is_not_is_an_error(said: str, tmp_path: Path):
    found = findings(write(tmp_path, paper=f"{PAPER}{said}\n"))
    assert [(each.code, each.severity) for each in found] == [("unknown-key", Severity.ERROR)]


def test_a_class_said_twice_is_an_error(tmp_path: Path):
    again = "exempt: {paragraphs: [3]}\nexempt: {paragraphs: [3]}\n"
    assert "duplicate-key" in [each.code for each in findings(write(tmp_path, paper=PAPER + again))]


@pytest.mark.parametrize(
    ("statute", "paragraph", "wrong"),
    [
        ("england-principal", 7, False),
        ("england-principal", 12, True),
        ("parish", 1, False),
        ("wales", 12, False),
        ("wales", 18, False),
        ("wales", 3, True),
        ("england-executive-private", 8, True),
        ("none", 13, False),
    ],
)
def test_the_paragraphs_are_those_of_the_nation(statute: str, paragraph: int, wrong: bool, tmp_path: Path):
    paper = f"{PAPER}exempt: {{paragraphs: [{paragraph}], {REASON}}}\n"
    papers = write(tmp_path, board=f"{BOARD}notice: {{statute: {statute}}}\n", paper=paper)
    _, assembled, found = checked(papers)
    assert ["wrong-paragraph"] * wrong == [each.code for each in found]
    assert assembled.meetings[0].papers["funding"].withheld == f"exempt: paragraph {paragraph}"


@pytest.mark.parametrize(
    ("classes", "strictest"),
    [
        ((), ""),
        (("", ""), ""),
        (("exempt", ""), "exempt"),
        (("exempt: paragraph 3", "exempt"), "exempt: paragraph 3"),
        (("exempt: paragraph 3", "exempt: paragraph 1"), "exempt: paragraphs 1 and 3"),
        (("exempt: paragraphs 12 and 13", "exempt: paragraph 2"), "exempt: paragraphs 2, 12 and 13"),
        (("exempt: paragraph 3", "confidential"), "confidential"),
    ],
)
def test_the_stricter_class_wins(classes: tuple[str, ...], strictest: str):
    assert stricter(*classes) == strictest
    assert stricter(*reversed(classes)) == strictest


def papers_of(folder: Path, agenda: str, **files: str) -> tuple[dict[str, Paper], list[str]]:
    named = {f"{id}.yaml": LEASE + text for id, text in files.items()}
    meeting = "date: 2010-03-11\nagenda:\n" + "".join(f"  - paper: {id}\n" for id in agenda.split())
    _, assembled, found = checked(write(folder, meeting=meeting, paper=PAPER, **named))
    return dict(assembled.meetings[0].papers), told([each for each in found if each.code == "class-differs"])


def appended(*ids: str, more: str = "") -> str:
    return "appendices:\n" + "".join(f"  - {{id: {id}, title: {id}, paper: {id}{more}}}\n" for id in ids)


def test_both_classes_are_confidential(tmp_path: Path):
    papers, _ = papers_of(tmp_path, "funding", lease="exempt: {paragraphs: [3]}\nconfidential: {ground: An order.}\n")
    assert papers["lease"].withheld == "confidential"


def test_an_appendix_inherits_from_its_paper_however_deep(tmp_path: Path):
    papers, found = papers_of(
        tmp_path,
        "funding lease",
        lease="exempt: {paragraphs: [3]}\n" + appended("plan"),
        plan=appended("map", more=", exempt: {paragraphs: [1]}"),
        map="",
    )
    assert papers["lease"].appendices[0].withheld == papers["plan"].withheld == "exempt: paragraph 3"
    assert papers["plan"].appendices[0].withheld == papers["map"].withheld == "exempt: paragraphs 1 and 3"
    assert papers["funding"].withheld == ""
    assert found == []


def test_an_appendix_is_as_strict_as_the_paper_that_it_prints(tmp_path: Path):
    papers, found = papers_of(
        tmp_path, "funding lease", lease=appended("plan"), plan="confidential: {ground: An order.}\n"
    )
    assert papers["lease"].withheld == ""
    assert papers["lease"].appendices[0].withheld == "confidential"
    assert papers["lease"].appendices[0].stated == ""
    assert found == []


def test_an_appendix_in_two_papers_is_withheld_in_both_and_that_is_an_error(tmp_path: Path):
    papers, found = papers_of(
        tmp_path,
        "funding lease",
        funding=appended("plan"),
        lease="exempt: {paragraphs: [3]}\n" + appended("plan"),
        plan="",
    )
    assert papers["plan"].withheld == papers["funding"].appendices[0].withheld == "exempt: paragraph 3"
    assert found == ["funding.yaml:5:29 class-differs"]


def test_a_paper_that_says_so_itself_may_stand_anywhere(tmp_path: Path):
    own = "exempt: {paragraphs: [3]}\n"
    papers, found = papers_of(
        tmp_path, "funding lease plan", funding=appended("plan"), lease=own + appended("plan"), plan=own
    )
    assert {papers[id].withheld for id in ("lease", "plan")} == {"exempt: paragraph 3"}
    assert papers["funding"].withheld == ""
    assert found == []


def test_papers_that_are_appendices_of_each_other_come_to_an_end(tmp_path: Path):
    papers, _ = papers_of(
        tmp_path, "funding", lease="exempt: {paragraphs: [3]}\n" + appended("plan"), plan=appended("lease")
    )
    assert {papers[id].withheld for id in ("lease", "plan")} == {"exempt: paragraph 3"}


def test_public_titles_are_read(tmp_path: Path):
    text = "exempt: {paragraphs: [3]}\npublic_title: Premises\n" + appended("plan", more=", public_title: Prices")
    papers, _ = papers_of(tmp_path, "funding", lease=text, plan="")
    lease = papers["lease"]
    assert [each.public_title.value for each in (lease, *lease.appendices) if each.public_title] == [
        "Premises",
        "Prices",
    ]


@pytest.mark.parametrize(
    ("line", "is_error"),
    [
        ("#exempt: {paragraphs: [3]}", True),
        ("  #exempt: {paragraphs: [3]}", True),
        ("#xempt: {paragraphs: [3]}", True),
        ("#confidental: {ground: An order.}", True),
        ("# exempt: {paragraphs: [3]}", True),
        ("## exempt : {paragraphs: [3]}", True),
        ("# exempt: {paragraphs: [3], public_interest: …}", False),
        ("summary: |\n  # exempt: it is not", False),
        ("# - {title: Plan, exempt: {paragraphs: [3]}}", False),
        ("#example: a remark", False),
        ("#note: exempt: no", False),
    ],
)
def test_a_class_behind_a_comment_sign_is_an_error(line: str, is_error: bool, tmp_path: Path):
    found = findings(write(tmp_path, paper=f"{PAPER}{line}\n"))
    assert [each.code for each in found] == ["class-in-comment"] * is_error
