"""What is out stays as it is: numbers and pages after `publish`, supplements, the record of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from packs import Call, Run, content
from reading import ROOT
from test_editions import BOARD as LAW
from test_editions import manifest, paper, printed
from wordfile import WordFile, rows

from boardpack import load, render, web
from boardpack.load.published import read_published, written
from boardpack.model.labels import labelled
from boardpack.model.published import Issue, Published, PublishedPart
from boardpack.number import number
from boardpack.word.lines import lines

BOARD = f"{LAW}late_labels: letters\n"
AGENDA = "date: 2027-01-14\nagenda:\n  - Welcome\n  - {paper: first}\n  - {paper: last}\n  - Any other business\n"
LATE = "late: {urgency: It cannot wait., reason: It came late., agreed_by: P Warrener, agreed_on: 2027-01-08}\n"


class House:
    """A papers folder with one meeting, and the command line on it."""

    def __init__(self, folder: Path, boardpack: Call) -> None:
        self.meeting = folder / "papers" / "example" / "2027-01-14"
        self.output = folder / "output" / "example"
        self._boardpack = boardpack
        self.meeting.mkdir(parents=True)
        (self.meeting.parent / "board.yaml").write_text(BOARD, encoding="utf-8")
        self.write(meeting=AGENDA, first=paper("First", long=True), last=paper("Last"))

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.meeting / f"{name}.yaml").write_text(text, encoding="utf-8")

    def run(self, verb: str, *more: str) -> Run:
        folders = ("--papers", self.meeting.parents[1], "--output", self.output.parent)
        named = () if more and more[0].startswith("example/") else ("example/2027-01-14",)
        return self._boardpack(verb, *named, *folders, *more)

    def add_late_item(self) -> None:
        """A late paper, behind an item that stands between two that are out."""
        lines = AGENDA.replace("  - {paper: last}\n", "  - {paper: grants}\n  - {paper: last}\n")
        self.write(meeting=lines, grants=paper("Grants", LATE))


@pytest.fixture
def house(tmp_path: Path, boardpack: Call) -> House:
    return House(tmp_path, boardpack)


@pytest.mark.office
def test_a_published_pack_is_built_again_as_it_was(house: House):
    assert house.run("publish", "--on", "2027-01-05").code == 0
    before = content(house.output / "2027-01-14")
    assert house.run("pack").code == 0
    after = content(house.output / "2027-01-14")
    assert {name for name in before if before[name] != after[name]} <= {"manifest.json"}


@pytest.mark.office
def test_what_has_changed_is_not_built_over_what_is_out(house: House):
    house.run("publish", "--on", "2027-01-05")
    before = content(house.output)
    house.write(last=paper("Last").replace("One paragraph", "Another paragraph"))
    done = house.run("pack")
    assert (done.code, "3 Last differs from what is out" in done.err) == (1, True)
    assert content(house.output) == before


@pytest.mark.office
def test_a_supplement_goes_on_from_what_is_out(house: House):
    house.run("publish", "--on", "2027-01-05")
    out, last = manifest(house.output / "2027-01-14"), len(printed(house.output / "2027-01-14" / "pack.pdf"))
    house.add_late_item()
    house.write(last=paper("Last").replace("One paragraph", "Another paragraph"))
    assert house.run("pack", "--supplement").code == 0
    folder = house.output / "2027-01-14-supplement-1"
    pages = manifest(folder)
    assert pages["2"] == out["2"]
    assert (pages["2A"], pages["3"]) == ((last + 2, last + 2), (last + 3, last + 3))
    assert [label for label, _ in printed(folder / "supplement.pdf")] == [str(last + at) for at in (1, 2, 3)]
    front = printed(folder / "supplement.pdf")[0][1]
    assert f"Replaces page {out['3'][0]}" in front
    assert "It cannot wait." in front
    agenda = WordFile((folder / "agenda.docx").read_bytes()).text()
    assert f"Yes, pages {out['2'][0]} to {out['2'][1]}" in agenda
    assert f"Supplement, page {last + 2}" in agenda
    assert sorted(path.name for path in (folder / "reports").iterdir()) == ["2A-grants.docx", "3-last.docx"]


@pytest.mark.office
def test_the_public_front_sheet_has_all_pages_of_a_withheld_paper(house: House):
    """Of which the public supplement holds one."""
    house.run("publish", "--on", "2027-01-05")
    secret = paper("Grants", f"{LATE}exempt: {{paragraphs: [3], public_interest: x}}\n", long=True)
    house.write(meeting=AGENDA + "  - {paper: grants}\n", grants=secret)
    assert house.run("pack", "--supplement").code == 0
    folder = house.output / "2027-01-14-supplement-1"
    first, last = manifest(folder)["5"]
    assert last > first, "a paper of one page proves nothing about ranges"
    for name in ("supplement.docx", "public/supplement.docx"):
        (row,) = rows(WordFile((folder / name).read_bytes()).table("What has changed"))[1:]
        assert [cell.strip() for cell in row][2:] == [f"{first} to {last}", "New"]
    assert [label for label, _ in printed(folder / "public" / "supplement.pdf")] == [str(first - 1), str(first)]


@pytest.mark.office
def test_a_second_supplement_goes_on_from_the_first(house: House):
    house.run("publish", "--on", "2027-01-05")
    house.add_late_item()
    assert house.run("publish", "--on", "2027-01-08").code == 0
    first = manifest(house.output / "2027-01-14-supplement-1")["2A"]
    house.write(last=paper("Last").replace("One paragraph", "Another paragraph"))
    assert house.run("publish", "--on", "2027-01-11").code == 0
    pages = manifest(house.output / "2027-01-14-supplement-2")
    assert pages["2A"] == first
    assert pages["3"][0] == first[1] + 2, "a front sheet stands between"
    assert "has come or changed" in house.run("publish", "--on", "2027-01-12").err
    agenda = WordFile((house.output / "2027-01-14-supplement-2" / "agenda.docx").read_bytes()).text()
    assert f"Supplement, page {first[0]}" in agenda


@pytest.mark.office
def test_a_paper_that_comes_in_time_need_not_say_why(house: House):
    """The last day for a meeting on Thursday 14 January 2027 is Wednesday 6 January."""
    house.run("publish", "--on", "2027-01-04")
    house.write(meeting=AGENDA + "  - {paper: grants}\n", grants=paper("Grants"))
    late = house.run("publish", "--on", "2027-01-07", "--strict")
    assert (late.code, "late-unexplained" in late.err) == (1, True)
    assert house.run("publish", "--on", "2027-01-06", "--strict").code == 0


@pytest.mark.office
def test_another_place_issues_the_agenda_and_no_paper(house: House):
    house.run("publish", "--on", "2027-01-05")
    house.write(meeting=AGENDA + "venue: The other room\n")
    done = house.run("pack")
    assert (done.code, "its agenda differs from what is out" in done.err) == (1, True)
    assert house.run("pack", "--supplement").code == 0
    (front,) = printed(house.output / "2027-01-14-supplement-1" / "supplement.pdf")
    assert "No paper is new or replaced" in " ".join(front[1].split())


@pytest.mark.office
def test_a_failed_build_publishes_nothing(house: House):
    house.write(last=paper("Last").replace("title: Last\n", ""))
    assert house.run("publish").code == 1
    assert not (house.meeting / "published.yaml").exists()


def text_of(folder: Path) -> str:
    """All that the files of a folder say, each PDF as text and each Word file without its marks."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".pdf":
            found += [text for _, text in printed(path)]
        else:
            found.append(WordFile(path.read_bytes()).text() if path.suffix == ".docx" else path.read_text("utf-8"))
    return "\n".join((*found, *(path.name for path in folder.rglob("*"))))


@pytest.mark.office
def test_the_web_edition_shows_what_is_out_and_nothing_else(house: House):
    """A withheld paper is withdrawn, a late one is being written, and words of an open one are withheld by now."""
    site = house.output.parent / "web"
    exempt = "exempt: {paragraphs: [3], public_interest: Zumbador would lose by it.}\npublic_title: Premises\n"
    secret = paper("Sale of Zumbador", exempt)
    house.write(meeting=AGENDA.replace("{paper: first}", "{paper: sale}"), sale=secret, last=paper("Quillfeather"))
    assert house.run("publish", "--on", "2027-01-05").code == 0
    shown = text_of(site)
    assert ("Zumbador" in shown, "lose by it" in shown) == (False, False)
    (house.meeting / "sale.yaml").unlink()
    house.write(meeting=AGENDA.replace("{paper: first}", "{paper: grants}"), grants=paper("Grants", LATE))
    other = house.meeting.with_name("2027-04-08")
    other.mkdir()
    (other / "meeting.yaml").write_text("date: 2027-04-08\nagenda: [Welcome]\n", encoding="utf-8")
    assert house.run("publish", "example/2027-04-08", "--on", "2027-01-07").code == 0
    shown = text_of(site)
    assert [word in shown for word in ("Zumbador", "Grants", "Quillfeather")] == [False, False, True]
    house.write(last=paper("Last"), grants=secret.replace("Zumbador", "Quillfeather") + LATE)
    assert house.run("publish", "--on", "2027-01-08").code == 0
    page = (site / "example" / "2027-01-14" / "index.html").read_text("utf-8")
    assert "Supplement, page" in page
    assert "Quillfeather" not in page
    assert (site / "example" / "2027-01-14" / "pack.pdf").exists()
    house.write(last=paper("Last", "confidential: {ground: It was out by mistake.}\n"))
    assert house.run("publish", "--on", "2027-01-09").code == 0
    assert not (site / "example" / "2027-01-14" / "pack.pdf").exists()


@pytest.mark.office
def test_two_who_publish_at_once_do_not_record_over_each_other(house: House, monkeypatch: pytest.MonkeyPatch):
    from boardpack.pipeline import meeting

    record, kept = house.meeting / "published.yaml", meeting.put

    def put(*arguments: Any) -> None:
        kept(*arguments)
        record.write_text(written(RECORD, {}), encoding="utf-8")

    monkeypatch.setattr(meeting, "put", put)
    done = house.run("publish", "--on", "2027-01-05")
    assert (done.code, "was published by somebody else" in done.err) == (1, True)
    assert read_published(house.meeting, []) == RECORD


def test_a_supplement_needs_something_that_is_out(house: House):
    done = house.run("pack", "--supplement", "--no-pdf")
    assert (done.code, "has not been published" in done.err) == (2, True)


# --- The record --------------------------------------------------------------------------------------------------


RECORD = Published(
    (Issue(date(2027, 1, 5), 9), Issue(date(2027, 1, 8), 12)),
    {"first": "2", "Any other business": "4", "5.10": "5.10"},
    (
        PublishedPart("first", "2", "no", 3, 5, "ab"),
        PublishedPart("2010-01-28/minutes", "3", "Minutes: a “draft”", 6, 9, "cd"),
        PublishedPart("first", "2", "First", 11, 12, "ef", 1),
    ),
)


def test_the_record_reads_as_it_was_written(tmp_path: Path):
    lines = {"first": ["no", "5.10", "a: b", "# c", "---", "  indented"]}
    (tmp_path / "published.yaml").write_text(written(RECORD, lines), encoding="utf-8")
    found: list[object] = []
    assert read_published(tmp_path, found) == RECORD
    assert load.published.words(tmp_path) == lines
    assert not found


def test_the_later_of_two_issues_stands():
    part = RECORD.part("first")
    assert part is not None
    assert (part.first, part.supplement, RECORD.last_page) == (11, 1, 12)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_ends_do_not_matter(ending: str, tmp_path: Path):
    (tmp_path / "published.yaml").write_bytes(written(RECORD, {}).replace("\n", ending).encode())
    assert read_published(tmp_path, []) == RECORD


def test_any_changed_byte_is_noticed(tmp_path: Path):
    text = written(RECORD, {"first": ["Words."]})
    start = text.index("seal: ")
    for at in range(start, len(text), 7):
        changed = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
        (tmp_path / "published.yaml").write_text(changed, encoding="utf-8")
        found: list[object] = []
        assert read_published(tmp_path, found) is None
        assert len(found) == 1


# --- Labels ------------------------------------------------------------------------------------------------------


def labels(house: House, agenda: str, out: dict[str, str]) -> Iterator[str]:
    house.write(meeting=f"date: 2027-01-14\nagenda:\n{agenda}")
    (house.meeting / "published.yaml").write_text(
        written(Published((Issue(date(2027, 1, 5), 9),), out), {}), encoding="utf-8"
    )
    (meeting,) = load.assemble(load.read(house.meeting.parents[1], ["example/2027-01-14"])).meetings
    yield from (label for _, label, *_ in labelled(meeting))


@pytest.mark.parametrize(
    ("agenda", "expected"),
    [
        ("  - One\n  - Two\n  - Three\n", ["1", "2", "3"]),
        ("  - One\n  - New\n  - Two\n  - Three\n", ["1", "1A", "2", "3"]),
        ("  - One\n  - New\n  - Newer\n  - Two\n", ["1", "1A", "1B", "2"]),
        ("  - One\n  - Two\n  - Three\n  - New\n", ["1", "2", "3", "4"]),
        ("  - One\n  - Three\n", ["1", "3"]),
        ("  - One\n  - Two\n  - New\n", ["1", "2", "4"]),
        ("  - Three\n  - One\n", ["3", "1"]),
        ("  - One\n  - {title: Two, items: [A, B]}\n  - Three\n", ["1", "2", "2.1", "2.2", "3"]),
    ],
)
def test_labels_that_are_out_never_move(house: House, agenda: str, expected: list[str]):
    assert list(labels(house, agenda, {"One": "1", "Two": "2", "Three": "3"})) == expected


def test_without_letters_a_late_line_goes_on_from_the_last(house: House):
    (house.meeting.parent / "board.yaml").write_text(LAW, encoding="utf-8")
    agenda = "  - One\n  - New\n  - Two\n  - Three\n"
    assert list(labels(house, agenda, {"One": "1", "Two": "2", "Three": "3"})) == ["1", "4", "2", "3"]


def test_a_report_to_follow_keeps_its_label_when_it_comes(house: House):
    agenda = "  - One\n  - {title: Two, paper: last}\n  - Three\n"
    assert list(labels(house, agenda, {"One": "1", "Two": "2", "Three": "3"})) == ["1", "2", "3"]


def test_a_mended_title_keeps_its_label(house: House):
    agenda = "  - Welcome and apologies\n  - Two\n"
    assert list(labels(house, agenda, {"Welcome and apologys": "1", "Two": "2"})) == ["1", "2"]


def test_a_reference_to_an_earlier_item_prints_its_published_page_in_word_and_on_the_web(house: House):
    parts = (PublishedPart("first", "2", "First", 7, 9, "ab"),)
    record = Published((Issue(date(2027, 1, 5), 9),), {"first": "2"}, parts)
    (house.meeting / "published.yaml").write_text(written(record, {}), encoding="utf-8")
    later = house.meeting.parent / "2027-02-11"
    later.mkdir()
    (later / "meeting.yaml").write_text("date: 2027-02-11\nagenda:\n  - {paper: next}\n", encoding="utf-8")
    (later / "next.yaml").write_text(paper("Next", "summary: See [](item:2027-01-14/first).\n"), encoding="utf-8")
    (meeting,) = load.assemble(load.read(house.meeting.parents[1], ["example/2027-02-11"])).meetings
    numbered = number(meeting)
    words = "See item 2 of 14 January 2027, page 7."
    rendered = render.render(numbered, render.templates((ROOT / "templates" / "default",)))
    assert words in lines(rendered.parts["next"])
    assert words in web.article(numbered, "next", address=str)
