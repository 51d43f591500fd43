"""The staged copy that the public edition is built from: nothing withheld has ever stood in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import planted
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packs import content
from withheld_papers import loaded, write_secret

from boardpack import staging
from boardpack.load.published import written
from boardpack.model.labels import labelled
from boardpack.model.meeting import Meeting
from boardpack.model.published import Issue, Published
from boardpack.number import number
from boardpack.staging import Staged

BOARD = "name: Example Board\nnotice: {statute: england-principal}\n"
OPEN = "title: Open\nauthor: A Dawlish\npurpose: information\n"
CLOSED = OPEN.replace("Open", "Quillfeather") + "exempt: {paragraphs: [3], public_interest: Zumbador}\n"


def staged(papers: Path, name: str, target: Path) -> Staged:
    library, assembled = loaded(papers, name)
    trees = {tree.source.path: tree for tree in library.every}
    return staging.stage(assembled.boards[0], assembled.read, trees, target)


def write(tmp_path: Path, **files: str) -> Path:
    papers = tmp_path / "papers"
    board = papers / "example"
    (board / "2027-01-14").mkdir(parents=True)
    (board / "board.yaml").write_text(BOARD, encoding="utf-8")
    for name, text in files.items():
        (board / "2027-01-14" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return papers


def copy(tmp_path: Path, **files: str) -> dict[str, str]:
    """The files of the staged meeting, as text."""
    papers = write(tmp_path, **files)
    done = staged(papers, "example/2027-01-14", tmp_path / "staged")
    return {name: data.decode() for name, data in content(done.papers / "example" / "2027-01-14").items()}


@pytest.mark.parametrize("seed", range(40))
def test_no_word_and_no_id_of_a_withheld_paper_is_in_the_copy(seed: int, tmp_path: Path):
    secret = write_secret(tmp_path / "papers", 6, seed)
    done = staged(secret.papers, secret.name, tmp_path / "staged")
    files = content(done.papers)
    text = "\n".join((*files, *(data.decode("utf-8", "replace") for data in files.values())))
    words = set(text.replace("/", " ").replace("-", " ").split())
    assert secret.words, "a test that looks for nothing finds nothing"
    assert not secret.words & words
    assert not [id for id in secret.ids if id in text]


@pytest.mark.parametrize("seed", range(40, 50))
def test_the_copy_keeps_every_number(seed: int, tmp_path: Path):
    secret = write_secret(tmp_path / "papers", 6, seed)
    done = staged(secret.papers, secret.name, tmp_path / "staged")
    _, before = loaded(secret.papers, secret.name)
    _, after = loaded(done.papers, secret.name)
    original, public = number(before.meetings[0]), number(after.meetings[0])
    assert [(line.name, line.slot) for line in public.lines] == [(line.name, line.slot) for line in original.lines]
    assert [part.start for part in public.parts.values()] == [part.start for part in original.parts.values()]
    kept = [paper for paper in original.papers.values() if not paper.paper.withheld]
    assert {paper.paper.id for paper in public.papers.values() if not paper.paper.withheld} == {
        paper.paper.id for paper in kept
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\ufffe\uffff")))
def test_values_come_through_as_they_were(value: str, tmp_path: Path):
    from boardpack.staging import nodes

    path = tmp_path / "value.yaml"
    nodes.write(nodes.mapping({"title": nodes.text(value)}), path)
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == {"title": value}


def test_plain_values_stay_plain(tmp_path: Path):
    files = copy(
        tmp_path,
        meeting="date: 2027-01-14\nstarts: 9:30\nagenda:\n  - paper: open\n  - paper: closed\n",
        open=OPEN + "cover: {a: 6.10, b: no, c: 007}\ncontents: true\n",
        closed=CLOSED,
    )
    assert "starts: 9:30" in files["meeting.yaml"]
    assert "a: 6.10, b: no, c: 007" in files["open.yaml"]
    assert "contents: true" in files["open.yaml"]


def test_comments_stay_behind(tmp_path: Path):
    files = copy(tmp_path, meeting="date: 2027-01-14\nagenda: [{paper: open}]\n", open=f"# Zumbador\n{OPEN}")
    assert "Zumbador" not in files["open.yaml"]


@pytest.mark.parametrize(
    "said", ["exempt: {paragraphs: [3], public_interest: Zumbador}", "confidential: {ground: Zumbador}"]
)
@pytest.mark.parametrize("form", ["{}", "appendices: [{{title: Bids, file: to follow, {}}}]"])
def test_why_something_is_withheld_is_withheld_itself(said: str, form: str, tmp_path: Path):
    agenda = "date: 2027-01-14\nagenda: [{paper: closed}]\n"
    papers = write(tmp_path, meeting=agenda, closed=OPEN + form.format(said) + "\n")
    done = staged(papers, "example/2027-01-14", tmp_path / "staged")
    assert "Zumbador" in done.words
    assert "Zumbador" not in done.public
    files = content(done.papers)
    assert [name for name, data in files.items() if b"Zumbador" in data or b"ground" in data] == []


def test_a_withheld_paper_leaves_its_class_and_its_public_title(tmp_path: Path):
    agenda = "date: 2027-01-14\nagenda:\n  - {title: Sale of the depot, paper: closed, presenter: B Oake}\n"
    files = copy(tmp_path, meeting=agenda, closed=CLOSED + "public_title: Premises\n")
    assert set(files) == {"meeting.yaml", "withheld-1.yaml"}
    assert yaml.safe_load(files["withheld-1.yaml"]) == {"title": "Premises", "exempt": {"paragraphs": ["3"]}}
    (line,) = yaml.safe_load(files["meeting.yaml"])["agenda"]
    assert line == {"title": "Premises", "paper": "withheld-1"}


def test_the_agenda_lines_own_title_stands_for_a_public_title(tmp_path: Path):
    agenda = "date: 2027-01-14\nagenda:\n  - {title: The depot, paper: closed}\n"
    files = copy(tmp_path, meeting=agenda, closed=CLOSED)
    assert yaml.safe_load(files["withheld-1.yaml"])["title"] == "The depot"


def test_without_any_public_words_it_is_an_exempt_item(tmp_path: Path):
    files = copy(tmp_path, meeting="date: 2027-01-14\nagenda: [{paper: closed}]\n", closed=CLOSED)
    assert yaml.safe_load(files["withheld-1.yaml"])["title"] == "Exempt item"


def test_references_to_a_withheld_item_are_renamed(tmp_path: Path):
    agenda = "date: 2027-01-14\nagenda: [{paper: open}, {paper: closed, id: depot}, {paper: other}]\n"
    text = "summary: See [](item:closed), [](item:depot), [](item:2027-01-14/closed) and [](item:other).\n"
    files = copy(tmp_path, meeting=agenda, open=OPEN + text, closed=CLOSED, other=OPEN)
    renamed = "[](item:withheld-1), [](item:withheld-1-line-1), [](item:2027-01-14/withheld-1) and [](item:other)."
    assert renamed in files["open.yaml"]


def test_a_withheld_appendix_leaves_its_letter(tmp_path: Path):
    entries = (
        "appendices:\n"
        "  - {id: first, title: First, file: to follow}\n"
        "  - {id: bids, title: Quillfeather, paper: closed, public_title: Bids}\n"
        "summary: See [](appendix:bids) and [](appendix:first).\n"
    )
    agenda = "date: 2027-01-14\nagenda: [{paper: open}]\n"
    files = copy(tmp_path, meeting=agenda, open=OPEN + entries, closed=CLOSED)
    read = yaml.safe_load(files["open.yaml"])
    assert [entry["title"] for entry in read["appendices"]] == ["First", "Bids"]
    assert read["appendices"][1]["exempt"] == {"paragraphs": ["3"]}
    assert "[](appendix:withheld-appendix-2) and [](appendix:first)" in read["summary"]
    assert "Quillfeather" not in "".join(files.values())
    assert "bids" not in "".join(files.values())


def test_minutes_of_a_withheld_item_are_left_out(tmp_path: Path):
    said = (
        "status: draft\nitems:\n"
        "  - {item: closed, discussion: Zumbador, resolved: [Quillfeather], actions: [{id: a, action: Quillfeather}]}\n"
        "  - {title: Zumbador, under: closed, discussion: Quillfeather}\n"
        "  - {item: open, discussion: Said aloud.}\n"
    )
    agenda = "date: 2027-01-14\nagenda: [{paper: open}, {paper: closed}]\n"
    files = copy(tmp_path, meeting=agenda, open=OPEN, closed=CLOSED, minutes=said)
    withheld, opened = yaml.safe_load(files["minutes.yaml"])["items"]
    assert withheld == {
        "item": "withheld-1",
        "discussion": "The minute of this item is not for publication (exempt: paragraph 3).",
    }
    assert opened == {"item": "open", "discussion": "Said aloud."}


def test_a_public_summary_stands_for_the_minute(tmp_path: Path):
    said = "status: draft\nitems:\n  - {item: closed, discussion: Zumbador, public_summary: It was sold.}\n"
    agenda = "date: 2027-01-14\nagenda: [{paper: closed}]\n"
    files = copy(tmp_path, meeting=agenda, closed=CLOSED, minutes=said)
    assert yaml.safe_load(files["minutes.yaml"])["items"] == [{"item": "withheld-1", "discussion": "It was sold."}]


def test_files_of_withheld_papers_are_not_copied(tmp_path: Path):
    papers = write(
        tmp_path,
        meeting="date: 2027-01-14\nagenda: [{paper: open}, {paper: closed}]\n",
        open=OPEN + "tables: {t: {columns: [{key: a, label: A}], from: data/open.csv}}\n",
        closed=CLOSED + "tables: {t: {columns: [{key: a, label: A}], from: data/secret.csv}}\n",
    )
    data = papers / "example" / "2027-01-14" / "data"
    data.mkdir()
    for name in ("open", "secret", "stray"):
        (data / f"{name}.csv").write_text("A\n1\n", encoding="utf-8")
    done = staged(papers, "example/2027-01-14", tmp_path / "staged")
    assert [path.name for path in done.papers.rglob("*.csv")] == ["open.csv"]
    assert {path.name for path in done.files} == {"closed.yaml", "secret.csv"}
    assert {"closed", "secret", "secret.csv"} <= set(done.names)


def test_a_neutral_name_that_is_taken_is_not_used(tmp_path: Path):
    agenda = "date: 2027-01-14\nagenda: [{paper: withheld-1}, {paper: closed}]\n"
    files = copy(tmp_path, **{"meeting": agenda, "withheld-1": OPEN, "closed": CLOSED})
    assert set(files) == {"meeting.yaml", "withheld-1.yaml", "withheld-2.yaml"}
    assert "Open" in files["withheld-1.yaml"]


def of_meeting(papers: Path, folder: Path) -> dict[str, dict[str, str]]:
    """The files of each staged meeting, as text."""
    done = staged(papers, "example", folder / "staged")
    board = done.papers / "example"
    return {at.name: {name: data.decode() for name, data in content(at).items()} for at in board.glob("*/")}


PARTS = (
    "date: 2027-01-14\nagenda:\n  - paper: open\n  - paper: closed\n    title: Depot\n    id: depot\n    items:\n"
    "      - Quillfeather price\n"
    "      - {title: Quillfeather lease, id: lease, presenter: B Zumbador, items: [Quillfeather rent]}\n"
    "      - {title: Visit, paper: verbal}\n      - {paper: beside}\n"
)


def test_parts_of_a_withheld_item_have_its_public_title_at_every_depth(tmp_path: Path):
    files = copy(tmp_path, meeting=PARTS, open=OPEN, beside=OPEN, closed=CLOSED + "public_title: Premises\n")
    line = yaml.safe_load(files["meeting.yaml"])["agenda"][1]
    price, lease, visit, beside = line["items"]
    assert [each["title"] for each in (line, price, lease, *lease["items"], visit)] == [*["Premises"] * 4, "Visit"]
    assert beside == {"paper": "beside"}
    assert not {"Quillfeather", "Zumbador", "depot", "lease"} & set(files["meeting.yaml"].replace(":", " ").split())


def test_references_to_a_part_of_a_withheld_item_lead_to_it(tmp_path: Path):
    text = "summary: See [](item:lease) and [](item:2027-01-14/lease).\n"
    for titled in ("", "public_title: Premises\n"):
        files = copy(tmp_path / titled[:6], meeting=PARTS, open=OPEN + text, beside=OPEN, closed=CLOSED + titled)
        lease = yaml.safe_load(files["meeting.yaml"])["agenda"][1]["items"][1]["id"]
        assert f"[](item:{lease}) and [](item:2027-01-14/{lease})" in files["open.yaml"]


@pytest.mark.parametrize(
    "about",
    [
        "item: depot",
        "item: closed",
        "item: lease",
        "title: depot.",
        "title: Quillfeather",
        "title: Quillfeather price",
        "title: Quillfeather rent",
        "{under: depot, title: X}",
        "{under: lease, title: X}",
    ],
)
def test_minutes_of_any_part_of_a_withheld_item_are_left_out(about: str, tmp_path: Path):
    about = about.strip("{}")
    said = f"status: draft\nitems:\n  - {{{about}, discussion: Zumbador, resolved: [Zumbador]}}\n"
    files = copy(tmp_path, meeting=PARTS, open=OPEN, beside=OPEN, closed=CLOSED, minutes=said)
    assert "Zumbador" not in files["minutes.yaml"]


def test_minutes_of_a_line_with_a_paper_of_its_own_below_a_withheld_one_stay(tmp_path: Path):
    said = "status: draft\nitems:\n  - {item: beside, discussion: Said}\n  - {title: Visit, discussion: Aloud}\n"
    files = copy(tmp_path, meeting=PARTS, open=OPEN, beside=OPEN, closed=CLOSED, minutes=said)
    assert yaml.safe_load(files["minutes.yaml"]) == yaml.safe_load(said)


def test_pictures_of_withheld_minutes_are_not_copied(tmp_path: Path):
    said = 'status: draft\nitems:\n  - {item: closed, discussion: "![A plan](figures/plan.png)"}\n'
    agenda = "date: 2027-01-14\nagenda: [{paper: closed}]\n"
    papers = write(tmp_path, meeting=agenda, closed=CLOSED, minutes=said)
    figures = papers / "example" / "2027-01-14" / "figures"
    figures.mkdir()
    (figures / "plan.png").write_bytes(planted.png())
    done = staged(papers, "example/2027-01-14", tmp_path / "staged")
    assert not list(done.papers.rglob("*.png"))
    assert "plan.png" in done.names


LATER = "date: 2027-04-08\nagenda: [{title: Log, id: log}]\n"
ACTIONS = (
    "status: draft\nitems:\n"
    "  - {item: closed, actions: [{id: a1, action: Quillfeather to be sold.}]}\n"
    "  - {item: open, actions: [{id: a2, action: Open the doors.}]}\n"
)


@pytest.mark.parametrize(
    ("again", "stays"),
    [
        ("{of: 2027-01-14, id: a1, action: Zumbador rang}", False),
        ("{id: a1, action: quillfeather to be sold}", False),
        ("{id: a1, action: Something else}", True),
        ("{of: 2027-01-14, id: a2, action: The doors are open}", True),
    ],
)
def test_an_action_of_a_withheld_item_stays_withheld_in_later_minutes(again: str, stays: bool, tmp_path: Path):
    agenda = "date: 2027-01-14\nagenda: [{paper: open}, {paper: closed}]\n"
    papers = write(tmp_path, meeting=agenda, open=OPEN, closed=CLOSED, minutes=ACTIONS)
    later = papers / "example" / "2027-04-08"
    later.mkdir()
    (later / "meeting.yaml").write_text(LATER, encoding="utf-8")
    (later / "minutes.yaml").write_text(
        f"status: draft\nitems:\n  - {{item: log, discussion: Read., actions: [{again}]}}\n", encoding="utf-8"
    )
    (entry,) = yaml.safe_load(of_meeting(papers, tmp_path)["2027-04-08"]["minutes.yaml"])["items"]
    assert len(entry["actions"]) == stays
    assert entry["discussion"] == "Read."


def test_a_line_whose_paper_comes_keeps_its_number_in_public(tmp_path: Path):
    agenda = "date: 2027-01-14\nagenda: [Welcome, {title: Site, paper: closed}, {title: Fees, paper: open}, Close]\n"
    papers = write(tmp_path, meeting=agenda, open=OPEN, closed=CLOSED + "public_title: Premises\n")
    out = Published((Issue(date(2027, 1, 5), 9),), {"Welcome": "1", "Site": "2", "Fees": "3", "Close": "4"})
    (papers / "example" / "2027-01-14" / "published.yaml").write_text(written(out, {}), encoding="utf-8")
    done = staged(papers, "example/2027-01-14", tmp_path / "staged")
    originals = {each.id: each for each in loaded(papers, "example/2027-01-14")[1].meetings}
    (copied,) = loaded(done.papers, "example/2027-01-14")[1].meetings
    assert [label for _, label, *_ in labelled(staging.with_published([copied], originals)[0])] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("broken", ["", "  : ["])
def test_lines_of_the_forward_plan_from_withheld_minutes_stay_withheld(broken: str, tmp_path: Path):
    """The minutes are needed for the plan alone, and what is withheld in them stands in a paper that is not."""
    said = (
        "status: draft\nitems:\n  - {item: closed, actions: [{id: a, action: Do it., "
        "forward_plan: {theme: Funding, meeting: 2027-04-08, title: Quillfeather}}]}\n"
    )
    agenda = "date: 2027-01-14\nagenda: [{paper: closed}]\n"
    papers = write(tmp_path, meeting=agenda, closed=CLOSED + broken, minutes=said)
    later = papers / "example" / "2027-04-08"
    later.mkdir()
    (later / "meeting.yaml").write_text("date: 2027-04-08\nagenda: [{paper: plan}]\n", encoding="utf-8")
    (later / "plan.yaml").write_text(OPEN + "summary: |\n  [](forward-plan)\n", encoding="utf-8")
    _, assembled = loaded(papers, "example/2027-04-08")
    (meeting,) = assembled.meetings
    assert meeting.withholds is not bool(broken)
    done = staged(papers, "example/2027-04-08", tmp_path / "staged")
    text = "".join(data.decode() for data in content(done.papers).values())
    assert "Quillfeather" not in text


def test_a_meeting_withholds_what_it_prints_of_others(tmp_path: Path):
    papers = write(tmp_path, meeting="date: 2027-01-14\nagenda: [{paper: closed}]\n", closed=CLOSED, minutes=ACTIONS)
    for day, line in (("2027-04-08", "{title: Minutes, minutes_of: 2027-01-14}"), ("2027-07-08", "Welcome")):
        later = papers / "example" / day
        later.mkdir()
        (later / "meeting.yaml").write_text(f"date: {day}\nagenda: [{line}]\n", encoding="utf-8")
    found = {each.id: each.withholds for each in loaded(papers, "example")[1].meetings}
    assert found == {"2027-01-14": True, "2027-04-08": True, "2027-07-08": False}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_references_in_data_files_are_renamed(kind: str, tmp_path: Path):
    agenda = "date: 2027-01-14\nagenda: [{paper: open}, {paper: closed}]\n"
    name = f"data/t.{kind}"
    table = f"tables: {{t: {{columns: [{{key: a, label: Agenda}}], from: {name}}}}}\n"
    papers = write(tmp_path, meeting=agenda, open=OPEN + table, closed=CLOSED)
    file = papers / "example" / "2027-01-14" / name
    file.parent.mkdir()
    text = "Agenda\n£ [](item:closed) and [](item:open)\n"
    file.write_bytes(planted.xlsx(text.splitlines()[1]) if kind == "xlsx" else text.encode())
    done = staged(papers, "example/2027-01-14", tmp_path / "staged")
    (table_of,) = loaded(done.papers, "example/2027-01-14")[1].meetings[0].papers["open"].tables.values()
    (row,) = table_of.rows
    assert row.cells[0].text.value == "£ [](item:withheld-1) and [](item:open)"


def test_a_long_row_of_meetings_is_told_once_each(tmp_path: Path):
    """Each has all before it within it: going into each of them would take twice as long with every meeting."""
    papers = write(tmp_path, meeting="date: 2027-01-14\nagenda: [{paper: open}]\n", open=OPEN)
    (meeting,) = loaded(papers, "example/2027-01-14")[1].meetings
    row: list[Meeting] = []
    for at in range(40):
        row.append(replace(meeting, id=f"meeting-{at}", earlier={each.id: each for each in row}))
    done = staging.with_published(row, {})
    assert [each.id for each in done] == [each.id for each in row]
    assert list(done[-1].earlier) == [each.id for each in row[:-1]]
