"""What is withdrawn after the papers are out stands on the front sheet of the next supplement, once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from issued import issue_again
from packs import Call, Run
from reading import ROOT
from test_editions import paper, printed
from wordfile import WordFile, rows

from boardpack import pipeline
from boardpack.load import published as record

NAME = "example/2010-03-11"
BOARD = "name: Example Board\nnotice: {statute: england-principal}\n"
AGENDA = """- Welcome
- {paper: budget}
- {title: Premises, id: premises, paper: lease}
- title: Reports
  items:
    - {title: Parking, paper: verbal}
    - {paper: grants}
    - {title: Lists, paper: lists, items: [The first list, The second list]}
- Any other business
"""
WITHHELD = "exempt: {paragraphs: [3], public_interest: It would harm.}\npublic_title: A property\n"


class House:
    """A meeting whose papers are out on pages 2 to 5, of nine, and what its next supplement says."""

    def __init__(self, folder: Path, boardpack: Call) -> None:
        self.papers, self.output = folder / "papers", folder / "output"
        self._boardpack = boardpack
        (self.papers / NAME).mkdir(parents=True)
        (self.papers / "example" / "board.yaml").write_text(BOARD, encoding="utf-8")
        for title in ("Budget", "Lease", "Grants", "Lists"):
            self.write(title.lower(), paper(title))
        self.agenda(AGENDA)

    def write(self, name: str, text: str) -> None:
        (self.papers / NAME / f"{name}.yaml").write_text(text, encoding="utf-8")

    def agenda(self, text: str) -> None:
        self.write("meeting", "date: 2010-03-11\nagenda:\n" + "".join(f"  {line}\n" for line in text.splitlines()))

    def without(self, *lines: str) -> None:
        """Take these lines off the agenda."""
        text = AGENDA
        for line in lines:
            assert line in text
            text = text.replace(f"{line}\n", "")
        self.agenda(text)

    def publish(self) -> None:
        """Put out what there is now, without laying it out."""
        options = pipeline.Options(self.papers, self.output, (ROOT / "templates",), ROOT / "schemas")
        issue_again(options, NAME)

    def run(self, *more: str) -> Run:
        return self._boardpack("pack", NAME, "--papers", self.papers, "--output", self.output, *more)

    def front(self, number: int = 1, edition: str = "") -> WordFile:
        folder = self.output / f"{NAME}-supplement-{number}" / edition
        return WordFile((folder / "supplement.docx").read_bytes())

    def changed(self) -> list[list[str]]:
        """The rows of the front sheet's table."""
        done = self.run("--supplement", "--no-pdf")
        assert done.code == 0, done.err
        return [[cell.strip() for cell in row] for row in rows(self.front().table("What has changed"))[1:]]


@pytest.fixture
def house(tmp_path: Path, boardpack: Call) -> House:
    house = House(tmp_path, boardpack)
    house.publish()
    return house


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        (["- {paper: budget}"], [["2", "Budget", "2", "Withdrawn"]]),
        (["- Any other business"], [["5", "Any other business", "", "Withdrawn"]]),
        (["    - {title: Parking, paper: verbal}"], [["4.1", "Parking", "", "Withdrawn"]]),
        (
            ["- Welcome", "- {title: Premises, id: premises, paper: lease}", "    - {paper: grants}"],
            [
                ["1", "Welcome", "", "Withdrawn"],
                ["3", "Premises", "3", "Withdrawn"],
                ["4.2", "Grants", "4", "Withdrawn"],
            ],
        ),
        (
            ["    - {title: Lists, paper: lists, items: [The first list, The second list]}"],
            [["4.3", "Lists", "5", "Withdrawn"]],
        ),
    ],
)
def test_a_line_that_is_withdrawn_is_named_with_its_pages(house: House, gone: list[str], told: list[list[str]]):
    house.without(*gone)
    assert house.changed() == told


def test_a_label_that_others_bear_too_is_named_with_the_one_above_it(house: House):
    board = house.papers / "example" / "board.yaml"
    board.write_text(f'{BOARD}numbering: ["1.", "(a)", "(i)"]\n', encoding="utf-8")
    (house.papers / NAME / record.NAME).unlink()
    house.agenda(AGENDA.replace("- Welcome", "- {title: Welcome, items: [Apologies]}"))
    house.publish()
    house.agenda(
        AGENDA.replace("- Welcome", "- {title: Welcome, items: [Apologies]}").replace("    - {paper: grants}\n", "")
    )
    assert house.changed() == [["4(b)", "Grants", "4", "Withdrawn"]]
    house.agenda(AGENDA.replace("    - {title: Parking, paper: verbal}\n", ""))
    assert house.changed() == [["1(a)", "Apologies", "", "Withdrawn"], ["4(a)", "Parking", "", "Withdrawn"]]


def test_of_what_stands_below_a_withdrawn_line_its_papers_are_named(house: House):
    house.agenda(AGENDA[: AGENDA.index("- title: Reports")] + "- Any other business\n")
    assert house.changed() == [
        ["4", "Reports", "", "Withdrawn"],
        ["4.2", "Grants", "4", "Withdrawn"],
        ["4.3", "Lists", "5", "Withdrawn"],
    ]


def test_withdrawn_items_stand_in_the_order_of_the_agenda_between_the_others(house: House):
    house.without("- {paper: budget}", "    - {title: Parking, paper: verbal}")
    house.write("lease", paper("Lease").replace("One paragraph", "Another paragraph"))
    house.write("new", paper("New"))
    text = (house.papers / NAME / "meeting.yaml").read_text("utf-8")
    house.write("meeting", text.replace("  - Welcome\n", "  - Welcome\n  - {paper: new}\n"))
    assert [(row[0], row[3]) for row in house.changed()] == [
        ("2", "Withdrawn"),
        ("6", "New"),
        ("3", "Replaces page 3"),
        ("4.1", "Withdrawn"),
    ]
    said = " ".join(house.front().lines())
    assert "Put the replaced papers and those that are withdrawn aside. All pages that are out keep their" in said


@pytest.mark.parametrize("instead", ["to follow", "verbal"])
def test_a_paper_is_withdrawn_where_its_line_stays(house: House, instead: str):
    house.agenda(AGENDA.replace("paper: lease", f"paper: {instead}"))
    assert house.changed() == [["3", "Lease", "3", "Paper withdrawn"]]


def test_a_line_that_is_called_by_another_name_or_has_another_paper_is_not_withdrawn(house: House):
    house.write("sale", paper("Sale"))
    house.agenda(AGENDA.replace("paper: lease", "paper: sale").replace("Any other business", "Any other busines"))
    assert [(row[0], row[1], row[3]) for row in house.changed()] == [
        ("3", "Sale", "New"),
        ("3", "Lease", "Paper withdrawn"),
    ]


def test_a_withdrawal_alone_is_a_supplement_of_one_page(house: House):
    """Members must hear of it; nothing else would tell them."""
    house.without("- {paper: budget}")
    done = house.run("--no-pdf")
    assert (done.code, "its agenda differs from what is out" in done.err) == (1, True)
    house.changed()
    lines = house.front().lines()
    guide = next(line for line in lines if line.startswith("The agenda has changed"))
    assert guide.endswith("No paper is new or replaced. Put the papers that are withdrawn aside.")
    folder = house.output / f"{NAME}-supplement-1"
    assert sorted(path.name for path in folder.glob("*.docx")) == ["agenda.docx", "supplement.docx"]
    assert not (folder / "reports").exists()


def test_older_records_do_not_say_which_paper_stood_behind_a_line(house: House):
    path = house.papers / NAME / record.NAME
    words = record.words(path.parent)
    words["meeting/agenda"] = ["\t".join(line.split("\t")[:8]) for line in words["meeting/agenda"]]
    out = record.read_published(path.parent, [])
    assert out
    path.write_text(record.written(out, words), encoding="utf-8")
    assert "has come or changed" in house.run("--supplement", "--no-pdf").err
    house.without("- {paper: budget}", "    - {paper: grants}")
    assert house.changed() == [["2", "Budget", "2", "Withdrawn"], ["4.2", "Grants", "4", "Withdrawn"]]


@pytest.mark.office
class TestPublished:
    """Issued for good, with pages."""

    @pytest.fixture
    def publish(self, house: House, boardpack: Call) -> Callable[[str], Run]:
        (house.papers / NAME / record.NAME).unlink()

        def publish(day: str) -> Run:
            return boardpack("publish", NAME, "--papers", house.papers, "--output", house.output, "--on", day)

        assert publish("2010-03-01").code == 0
        return publish

    def test_each_withdrawal_is_told_once(self, house: House, publish: Callable[[str], Run], boardpack: Call):
        house.without("- {paper: budget}")
        assert publish("2010-03-02").code == 0
        house.without("- {paper: budget}", "    - {paper: grants}")
        assert publish("2010-03-03").code == 0
        told = rows(house.front(2).table("What has changed"))[1:]
        assert [row[0].strip() for row in told] == ["4.2"]
        assert "has come or changed" in publish("2010-03-03").err
        assert "withdrawn" not in boardpack("changes", NAME, "--papers", house.papers).out

    def test_what_comes_back_keeps_its_number_and_its_pages(self, house: House, publish: Callable[[str], Run]):
        house.without("- {paper: budget}")
        assert publish("2010-03-02").code == 0
        house.agenda(AGENDA)
        assert publish("2010-03-03").code == 0
        (told,) = rows(house.front(2).table("What has changed"))[1:]
        assert [cell.strip() for cell in told] == ["2", "Budget", "2", "On the agenda again"]
        assert "Yes, page 2" in WordFile((house.output / f"{NAME}-supplement-2" / "agenda.docx").read_bytes()).text()

    @pytest.mark.parametrize("kept", [False, True])
    def test_the_public_reads_the_public_name_of_what_was_withheld(
        self, house: House, publish: Callable[[str], Run], kept: bool
    ):
        """Whether the files of the papers are still there or not."""
        house.write("grants", paper("Zumbador grants", WITHHELD))
        house.write("lease", paper("Quillfeather lease", WITHHELD.replace("public_title: A property\n", "")))
        assert publish("2010-03-02").code == 0
        house.agenda(AGENDA.replace("    - {paper: grants}\n", "").replace("paper: lease", "paper: verbal"))
        for name in () if kept else ("grants", "lease"):
            (house.papers / NAME / f"{name}.yaml").unlink()
        done = house.run("--supplement")
        assert done.code == 0, done.err
        members, public = (rows(house.front(2, each).table("What has changed"))[1:] for each in ("", "public"))
        assert [[cell.strip() for cell in row][1::2] for row in members] == [
            ["Quillfeather lease", "Paper withdrawn"],
            ["Zumbador grants", "Withdrawn"],
        ]
        assert [[cell.strip() for cell in row][1::2] for row in public] == [
            ["Exempt item", "Paper withdrawn"],
            ["A property", "Withdrawn"],
        ]
        folder = house.output / f"{NAME}-supplement-2" / "public"
        said = "".join(text for _, text in printed(folder / "supplement.pdf")) + house.front(2, "public").text()
        assert not [name for name in ("Zumbador", "Quillfeather", "harm") if name in said]
