"""What differs from what is out: the laws of the comparison, the command, the text and the Word note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import ooxml
import packs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from issued import issue_again
from reading import ROOT, SCHEMAS, write
from wordfile import WordFile, faults

from boardpack import changes, pipeline
from boardpack.changes import agenda, lines, order, tables
from boardpack.changes.agenda import Agenda, AgendaLine
from boardpack.changes.differences import ParagraphChange, entries_of
from boardpack.changes.shown import shortened
from boardpack.changes.tables import CellChange, TableChange
from boardpack.changes.words import Kind, Piece, pieces
from boardpack.load import published as record
from boardpack.pipeline import differences
from boardpack.pipeline.leaking import LeakError

NAME = "partnership/2010-03-11"
OPTIONS = {"templates": (ROOT / "templates",), "schemas": SCHEMAS}

phrases = st.lists(st.sampled_from(["the", "members", "decide", "a", "29,100", "|", "(b)", "é", "£5"]), max_size=15)
texts = st.text(alphabet="ab .,|1£%-", max_size=25) | phrases.map(" ".join)
printed = st.lists(
    st.sampled_from(["a b c", "a b d", "x", "y z w q", "y z w r", "| a | 1", "| b | 2", "| a | 3", "b | 2"]),
    max_size=12,
)
rows = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("123")), max_size=10)


class TestLaws:
    @given(texts, texts)
    def test_pieces_make_the_old_and_the_new_line(self, old: str, new: str):
        found = pieces(old, new)

        assert "".join(piece.text for piece in found if piece.kind is not Kind.INSERTED) == old
        assert "".join(piece.text for piece in found if piece.kind is not Kind.DELETED) == new

    @given(texts)
    def test_equal_lines_have_no_changes(self, line: str):
        assert {piece.kind for piece in pieces(line, line)} <= {Kind.SAME}

    @given(texts, texts)
    def test_what_comes_one_way_goes_the_other(self, old: str, new: str):
        assert texts_of(pieces(old, new), Kind.INSERTED) == texts_of(pieces(new, old), Kind.DELETED)
        assert texts_of(pieces(old, new), Kind.SAME) == texts_of(pieces(new, old), Kind.SAME)

    @given(printed, printed)
    def test_blocks_make_the_old_and_the_new_lines(self, old: list[str], new: list[str]):
        found = list(lines.side_by_side(old, new))

        assert [line for one, _ in found if one for line in one.lines] == old
        assert [line for _, other in found if other for line in other.lines] == new

    @given(printed, printed)
    def test_as_many_paragraphs_differ_one_way_as_the_other(self, old: list[str], new: list[str]):
        there, back = list(entries_of(old, new)), list(entries_of(new, old))
        turned = {"new": "deleted", "deleted": "new"}
        kinds = sorted(turned.get(each.kind, each.kind) for each in back if isinstance(each, ParagraphChange))

        assert sorted(each.kind for each in there if isinstance(each, ParagraphChange)) == kinds
        assert len(there) == len(back)

    @given(printed)
    def test_equal_papers_have_no_changes(self, same: list[str]):
        assert list(entries_of(same, list(same))) == []

    @given(rows, rows)
    def test_rows_make_the_old_and_the_new_table(self, old: list[tables.Cells], new: list[tables.Cells]):
        found = list(tables.side_by_side(old, new, [(0, 0), (1, 1)]))

        assert [one for one, _ in found if one is not None] == old
        assert [other for _, other in found if other is not None] == new

    @given(st.lists(st.integers(0, 20), max_size=12))
    def test_a_run_of_rising_numbers_rises_and_none_is_longer(self, numbers: list[int]):
        run = [numbers[at] for at in order.rising(numbers)]
        longest: list[int] = []
        for at, number_ in enumerate(numbers):
            longest.append(1 + max((longest[i] for i in range(at) if numbers[i] < number_), default=0))

        assert run == sorted(set(run))
        assert len(run) == max(longest, default=0)


def texts_of(found: Sequence[Piece], kind: Kind) -> list[str]:
    return [piece.text for piece in found if piece.kind is kind]


class TestWords:
    def test_words_change_whole_and_figures_too(self):
        found = pieces("Capital is £29,100 for each co-ordinator.", "Capital is £30,000 for each co-author.")

        assert texts_of(found, Kind.DELETED) == ["£29,100 ", "co-ordinator"]
        assert texts_of(found, Kind.INSERTED) == ["£30,000 ", "co-author"]

    def test_a_short_word_between_two_changes_is_part_of_them(self):
        found = pieces("Ask Smith of Leeds to go.", "Ask Brown of York to go.")

        assert texts_of(found, Kind.DELETED) == ["Smith of Leeds "]

    def test_long_unchanged_stretches_are_left_out(self):
        words = " ".join(f"w{n}" for n in range(40))
        found = "".join(piece.text for piece in shortened(pieces(f"{words} old {words}", f"{words} new {words}")))

        assert found == "… w32 w33 w34 w35 w36 w37 w38 w39 old new w0 w1 w2 w3 w4 w5 w6 w7 …"


TABLE = [
    "Table 1: Money",
    "| Name | Grant | Capital",
    "| Basildon | 10 | 29",
    "| Harlow | 20 | 30",
    "| Total | 30 | 59",
]


def changed(old: Sequence[str], new: Sequence[str]) -> TableChange:
    (found,) = entries_of(old, new)
    assert isinstance(found, TableChange)
    return found


class TestTables:
    def test_a_cell_is_named_by_its_row_and_its_column(self):
        found = changed(TABLE, [line.replace("29", "35") for line in TABLE])

        assert found == TableChange("Table 1: Money", (CellChange("Basildon", "Capital", "29", "35"),))

    def test_rows_come_and_go(self):
        found = changed(TABLE, [*TABLE[:3], "| Maldon | 20 | 31", "| Rochford | 1 | 2", TABLE[4]])

        assert (found.deleted_rows, found.new_rows) == (("Harlow | 20 | 30",), ("Maldon | 20 | 31", "Rochford | 1 | 2"))
        assert found.cells == ()

    def test_a_row_that_is_renamed_is_the_same_row(self):
        found = changed(TABLE, [line.replace("Harlow", "Harlow New Town") for line in TABLE])

        assert found.cells == (CellChange("Harlow New Town", "Name", "Harlow", "Harlow New Town"),)

    def test_a_row_that_moved_is_no_new_row(self):
        found = changed(TABLE, [*TABLE[:2], TABLE[3], TABLE[2], TABLE[4]])

        assert len(found.moved_rows) == 1
        assert (found.new_rows, found.deleted_rows, found.cells) == ((), (), ())

    def test_a_new_column_is_told_once(self):
        new = [TABLE[0], "| Name | Grant | Change | Capital", *(line.replace(" | ", " | 1% | ", 2) for line in ())]
        new += ["| Basildon | 10 | 1% | 29", "| Harlow | 20 | 2% | 31", "| Total | 30 | 1% | 60"]
        found = changed(TABLE, new)

        assert found.new_columns == ("Change",)
        assert [(cell.row, cell.column) for cell in found.cells] == [("Harlow", "Capital"), ("Total", "Capital")]

    def test_a_column_that_goes_and_a_header_that_changes(self):
        gone = changed(TABLE, [TABLE[0], *(line.rpartition(" | ")[0] for line in TABLE[1:])])
        renamed = changed(TABLE, [line.replace("Grant", "Revenue") for line in TABLE])

        assert (gone.deleted_columns, gone.cells) == (("Capital",), ())
        assert renamed.cells == (CellChange("Name", "Revenue", "Grant", "Revenue"),)

    def test_rows_of_one_name_are_told_apart_by_their_order(self):
        old = [*TABLE[:2], "| x | 1 | 1", "| x | 2 | 2", "| x | 3 | 3"]
        found = changed(old, [*old[:3], "| x | 2 | 9", old[4]])

        assert found.cells == (CellChange("x", "Capital", "2", "9"),)

    def test_empty_cells_keep_their_place(self):
        assert tables.cells("| a | | c |") == ("a", "", "c", "")
        assert tables.cells("a | b") == ("a", "b")


def line(key: str, label: str, title: str = "", **more: str) -> AgendaLine:
    plain = AgendaLine(key, label, title or key.capitalize(), title or key.capitalize(), "", "", "", "")
    return replace(plain, **more)


def compared(old: Sequence[AgendaLine], new: Sequence[AgendaLine]) -> list[tuple[str, str, str]]:
    facts = dict.fromkeys(("title", "date", "time", "venue"), "")
    found = agenda.compare(Agenda(facts, tuple(old)), Agenda(facts, tuple(new)))
    return [(each.kind, each.label, each.after) for each in found]


class TestAgenda:
    OLD = (line("welcome", "1"), line("money", "2", paper="Report to follow"), line("people", "3"), line("other", "4"))

    def test_lines_come_go_and_change(self):
        welcome, money, people, other = self.OLD
        new = [welcome, replace(money, paper="Paper"), line("fresh", "2A"), replace(other, title="Any other business")]

        found = compared(self.OLD, new)

        assert found == [("changed", "2", ""), ("new", "2A", "2"), ("changed", "4", ""), ("withdrawn", "3", "")]
        assert people.label == "3"

    def test_a_line_that_moved_is_named_once(self):
        welcome, money, people, other = self.OLD

        assert compared(self.OLD, [welcome, people, other, money]) == [("moved", "2", "4")]

    def test_a_line_that_is_known_by_its_title_is_the_same(self):
        welcome, money, people, other = self.OLD
        new = [welcome, replace(money, key="funding", label="2A"), people, other]

        assert compared(self.OLD, new) == [("changed", "2A", "")]

    def test_many_other_times_are_one_change(self):
        old = [replace(each, time=f"9:{at}0 to 9:{at}5") for at, each in enumerate(self.OLD)]
        new = [replace(each, time=f"9:{at}5 to 9:{at}9") for at, each in enumerate(self.OLD)]

        assert compared(old, new) == [("times", "", "")]
        assert compared(old, [*old[:3], new[3]]) == [("changed", "4", "")]

    def test_the_public_reads_the_public_title_of_a_withheld_line(self):
        withheld = line(
            "lease", "5", "Lease of 4 High Street", public="Property", withheld="confidential", detail="Cllr A"
        )
        facts = dict.fromkeys(("title", "date", "time", "venue"), "")
        now = Agenda(facts, (withheld,))
        before = Agenda(facts, (replace(withheld, withheld="", public=withheld.title),))

        for each in (now, before):  # before it was withheld, its words were open, and are no longer told
            (seen,) = agenda.as_public(each, now).lines
            assert (seen.title, seen.detail, seen.key) == ("Property", "", "lease")


MEETING = """date: 2010-03-11
venue: Room 1
agenda:
  - paper: funding
  - paper: lease
  - paper: plan
  - {title: Standards, id: standards, paper: to follow}
"""
PAPER = """title: Funding
author: A Dawlish
purpose: information
summary: |
  Members settle the grant for the year.

  [](table:money)
tables:
  money:
    caption: Money
    columns: [{key: a, label: Name}, {key: b, label: Capital, type: integer}, {key: c, label: Grant, type: integer}]
    rows: [[Basildon, 29100, 1], [Harlow, 20000, 2]]
"""
LEASE = "title: Lease of the old mill\nauthor: A Dawlish\npurpose: decision\npublic_title: A property\n"
LEASE += "exempt: {paragraphs: [3], public_interest: Bids.}\nsummary: The rent is low.\n"
PLAN = "title: Plan\nauthor: A Dawlish\npurpose: decision\nsummary: The plan is short.\n"


def publish(papers: Path) -> None:
    issue_again(pipeline.Options(papers, papers.parent / "output", **OPTIONS), NAME)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = write(tmp_path / "papers", meeting=MEETING, paper=PAPER, **{"lease.yaml": LEASE, "plan.yaml": PLAN})
    publish(folder)
    return folder


def edit(papers: Path, name: str, old: str, new: str) -> None:
    path = papers / NAME / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def edited(papers: Path) -> Path:
    edit(papers, "funding.yaml", "Members settle", "All members decide")
    edit(papers, "funding.yaml", "29100", "30000")
    edit(papers, "lease.yaml", "is low", "is high")
    edit(papers, "meeting.yaml", "paper: to follow", "paper: standards")
    edit(papers, "meeting.yaml", "Room 1", "Room 2")
    (papers / NAME / "standards.yaml").write_text(PLAN.replace("Plan", "Standards"), encoding="utf-8")
    return papers


class TestCommand:
    def test_nothing_differs(self, papers: Path, boardpack: packs.Call):
        run = boardpack("changes", NAME, "--papers", papers)

        assert run.code == 0
        assert run.out == (
            "Example Partnership, 11 March 2010: what differs from what was published on 3 March 2010\n\n"
            "Nothing differs.\n\nUnchanged: 3 papers\n"
        )

    def test_what_differs_is_told_paper_by_paper(self, edited: Path, boardpack: packs.Call):
        run = boardpack("changes", NAME, "--papers", edited)

        assert run.code == 0
        assert run.out.splitlines()[2:] == [
            "Meeting",
            "  venue     Room 1 -> Room 2",
            "",
            "Agenda",
            "  changed   4 Standards: details nothing -> Decision; paper Report to follow -> Paper",
            "",
            "1 Funding (page 2)",
            "  changed   [-Members settle-] {+All members decide+} the grant for the year.",
            "  table     Table 1: Money",
            "    row Basildon, column Capital: 29,100 -> 30,000",
            "",
            "2 Lease of the old mill (page 3), not for publication (exempt: paragraph 3)",
            "  changed   The rent is [-low-]{+high+}.",
            "",
            "4 Standards: new",
            "",
            "Unchanged: 1 paper",
        ]

    def test_the_public_edition_tells_only_that_what_is_withheld_changed(self, edited: Path, boardpack: packs.Call):
        edit(edited, "plan.yaml", "is short.", "is short.\n\n  It goes with the Lease of the Old Mill.")
        edit(edited, "plan.yaml", "summary: The", "summary: |\n  The")
        run = boardpack("changes", NAME, "--papers", edited, "--edition", "public")

        assert "\nItem 2 (not for publication): changed\n" in run.out
        assert "\n3 Plan (page 4)\n  1 more change names what is not for publication\n" in run.out
        assert not [word for word in ("mill", "Mill", "rent", "high", "paragraph") if word in run.out]

    def test_lines_below_a_withheld_paper_have_its_public_title(
        self, papers: Path, tmp_path: Path, boardpack: packs.Call
    ):
        below = "  - {paper: lease, items: [Bid of Quigley, {title: Bid of Plimsoll, id: plimsoll, items: [Xerxes]}]}\n"
        edit(papers, "meeting.yaml", "  - paper: lease\n", below)
        note = tmp_path / "note.docx"
        run = boardpack("changes", NAME, "--papers", papers, "--edition", "public", "--docx", note)

        assert run.out.count("A property") == 3
        told = run.out + " ".join(each.text for each in WordFile(note.read_bytes()).paragraphs)
        assert not [word for word in ("Quigley", "Plimsoll", "Xerxes", "Lease") if word in told]

        publish(papers)  # and when they are withdrawn from what is out
        edit(papers, "meeting.yaml", below, "  - paper: lease\n")
        run = boardpack("changes", NAME, "--papers", papers, "--edition", "public")

        assert run.out.count("A property") == 3
        assert not [word for word in ("Quigley", "Plimsoll", "Xerxes", "Lease") if word in run.out]

    def test_a_public_note_is_searched_before_it_is_told(self, edited: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(agenda, "as_public", lambda agenda, _: agenda)
        monkeypatch.setattr(agenda, "_public_title", lambda _, title, __: title)
        edit(edited, "lease.yaml", "title: Lease of the old mill", "title: Demise of Fullers mill")
        options = pipeline.Options(edited, edited.parent / "output", **OPTIONS)

        with pytest.raises(LeakError, match="holds words of withheld content"):
            differences.differences(options, NAME, public=True)

    def test_a_paper_that_was_withheld_when_it_went_out_stays_so(self, papers: Path, boardpack: packs.Call):
        edit(papers, "lease.yaml", "exempt: {paragraphs: [3], public_interest: Bids.}\n", "")
        edit(papers, "lease.yaml", "public_title: A property\n", "")
        run = boardpack("changes", NAME, "--papers", papers, "--edition", "public")

        assert "Item 2 (not for publication): changed" in run.out
        assert "low" not in run.out

    def test_a_paper_that_is_withheld_in_part_tells_no_words_to_the_public(self, papers: Path, boardpack: packs.Call):
        appendix = "appendices: [{title: Bids, file: to follow, exempt: {paragraphs: [3], public_interest: Bids.}}]\n"
        (papers / NAME / "plan.yaml").write_text(PLAN.replace("short", "long") + appendix, encoding="utf-8")
        run = boardpack("changes", NAME, "--papers", papers, "--edition", "public")

        assert "3 Plan (not for publication in part): changed" in run.out
        assert "Bids" not in run.out

    def test_a_withdrawn_paper_is_named_with_its_pages(self, papers: Path, boardpack: packs.Call):
        edit(papers, "meeting.yaml", "  - paper: plan\n", "")
        run = boardpack("changes", NAME, "--papers", papers)

        assert "  withdrawn 3 Plan\n" in run.out
        assert "3 Plan (page 4): withdrawn\n" in run.out

    def test_other_pictures_and_the_same_words(self, papers: Path, boardpack: packs.Call):
        text = (papers / NAME / record.NAME).read_text(encoding="utf-8")
        facts, _, words = text.partition("\n---\n")
        assert facts
        assert words
        then = changes.Part("1", "Funding", ["same"], "one", pages="page 2")
        found = changes.compare(papers_of(then), papers_of(replace(then, digest="two")))

        assert found.parts[0].entries == ()
        assert "pictures changed, and no words" in changes.text(ABOUT, found)

    def test_what_has_not_been_published_is_wrong_use(self, papers: Path, boardpack: packs.Call):
        (papers / NAME / record.NAME).unlink()
        run = boardpack("changes", NAME, "--papers", papers)

        assert run.code == 2
        assert f"`boardpack publish {NAME}` records what goes out" in run.err

    def test_a_paper_stands_for_its_meeting(self, edited: Path, boardpack: packs.Call):
        run = boardpack("changes", f"{NAME}/plan", "--papers", edited)

        assert run.out == boardpack("changes", NAME, "--papers", edited).out

    def test_a_board_is_no_meeting(self, papers: Path, boardpack: packs.Call):
        other = papers / "partnership" / "2010-07-01"
        other.mkdir()
        (other / "meeting.yaml").write_text("date: 2010-07-01\nagenda: [A line]\n", encoding="utf-8")
        run = boardpack("changes", "partnership", "--papers", papers)

        assert run.code == 2
        assert "name it by its folder, or as board/meeting" in run.err

    def test_papers_with_errors_are_not_compared(self, papers: Path, boardpack: packs.Call):
        edit(papers, "meeting.yaml", "paper: plan", "paper: plann")
        run = boardpack("changes", NAME, "--papers", papers)

        assert (run.code, run.out) == (1, "")
        assert "unknown-paper" in run.err


ABOUT = changes.About("", "Example Partnership", "en-GB", date(2010, 3, 11), "", (date(2010, 3, 3),), 10, False)


def papers_of(part: changes.Part) -> changes.Papers:
    facts = dict.fromkeys(("title", "date", "time", "venue"), "")
    return changes.Papers(Agenda(facts, ()), {"funding": part})


class TestNote:
    def test_it_lies_beside_the_packs_and_is_valid(self, edited: Path, tmp_path: Path, boardpack: packs.Call):
        run = boardpack("changes", NAME, "--papers", edited, "--output", tmp_path / "out", "--docx")
        path = tmp_path / "out" / "partnership" / "2010-03-11-changes.docx"

        assert f"written: {path}" in run.err
        assert ooxml.errors([path]) == []
        assert faults(WordFile(path.read_bytes())) == []

    def test_it_has_headings_and_says_all_without_colour_or_line(
        self, edited: Path, tmp_path: Path, boardpack: packs.Call
    ):
        path = tmp_path / "note.docx"
        boardpack("changes", NAME, "--papers", edited, "--docx", path)
        file = WordFile(path.read_bytes())
        headings = [each.text for each in file.paragraphs if each.style.startswith("Heading")]
        told = [each.text for each in file.paragraphs]

        assert headings == [
            "What has changed",
            "Meeting",
            "Agenda",
            "How to read the changes",
            "1 Funding",
            "Table 1: Money",
            "2 Lease of the old mill",
        ]
        assert "Not for publication (exempt: paragraph 3)" in told
        assert (
            told[told.index("Members settle the grant for the year.") + 1]
            == "All members decide the grant for the year."
        )

    @pytest.mark.parametrize("name", ["funding.yaml", "note.docx"])
    def test_it_is_a_word_file_and_no_paper(self, name: str, papers: Path, boardpack: packs.Call):
        run = boardpack("changes", NAME, "--papers", papers, "--docx", papers / NAME / name)

        assert run.code == 2
        assert not (papers / NAME / "note.docx").exists()
        assert (papers / NAME / "funding.yaml").read_text(encoding="utf-8") == PAPER
