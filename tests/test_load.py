"""Files to trees, trees to values: what is read, what is refused, what is found where."""

from __future__ import annotations

import io
import os
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reading import BOARD, MEETING, PAPER, ROOT, as_text, checked, findings, told, write

from boardpack import load
from boardpack.diagnostics import Source, UsageError
from boardpack.load.cells import read_date, read_number
from boardpack.load.published import written
from boardpack.load.tree import parse
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.paper import Paper
from boardpack.model.published import Issue, Published
from boardpack.model.table import Cell, Group, Row

TABLE = """
sections: [{text: "[](table:t)"}]
tables:
  t:
    caption: Costs
    columns:
      - {key: what, label: What}
      - {key: was, label: Last year, type: money, total: sum}
      - {key: now, label: This year, type: money, total: sum}
      - {key: change, label: Change, type: percent, change: [was, now]}
"""


def tree_of(text: str, kind: str = "paper"):
    return parse(Source(Path("paper.yaml"), text), kind)


def meeting_of(folder: Path) -> Meeting:
    _, assembled, found = checked(folder, alone=False)
    assert not found
    return assembled.meetings[0]


def paper_of(folder: Path, text: str, **more: str | bytes) -> Paper:
    return meeting_of(write(folder, paper=PAPER + text, **more)).papers["funding"]


class TestScalars:
    @pytest.mark.parametrize(
        ("typed", "value"),
        [
            ("9:30", "9:30"),
            ("14:00", "14:00"),
            ("no", "no"),
            ("Yes", "Yes"),
            ("on", "on"),
            ("6.10", 6.1),
            ("007", "007"),
            ("010", "010"),
            ("1_000", "1_000"),
            ("0x1F", "0x1F"),
            ("2010-03-11", "2010-03-11"),
            ("12", 12),
            ("-3", -3),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("true", True),
            ("~", None),
            ('"12"', "12"),
            (".inf", ".inf"),
            ("9" * 40, "9" * 40),
            ("1e999", "1e999"),
        ],
    )
    def test_plain_scalar_is_what_yaml_1_2_says(self, typed: str, value: object):
        tree, found = tree_of(f"key: {typed}\n")
        assert not found
        assert tree
        assert tree.data == {"key": value}
        assert type(tree.data["key"]) is type(value)

    def test_number_keeps_its_nought_as_text(self, tmp_path: Path):
        folder = write(tmp_path, paper=PAPER.replace("Funding", "6.10"))
        assert meeting_of(folder).papers["funding"].title.value == "6.10"

    def test_key_is_text_whatever_it_looks_like(self):
        tree, _ = tree_of("2010: a\ntrue: b\n")
        assert tree
        assert list(tree.data) == ["2010", "true"]


class TestFiles:
    def test_byte_order_mark_and_crlf_are_read(self, tmp_path: Path):
        text = "\ufefftitle: Funding\r\nauthor: A Dawlish\r\npurpose: decisoin\r\nsummary: |\r\n  One\r\n  two\r\n"
        folder = write(tmp_path, paper=text)
        _, assembled, found = checked(folder)
        assert told(found) == ["funding.yaml:3:10 unknown-purpose"]
        summary = assembled.meetings[0].papers["funding"].summary
        assert summary
        assert summary.value == "One\ntwo\n"

    def test_lone_carriage_returns_end_lines(self, tmp_path: Path):
        assert findings(write(tmp_path, paper=PAPER.replace("\n", "\r"))) == []

    def test_utf16_is_named(self, tmp_path: Path):
        (found,) = findings(write(tmp_path, paper=PAPER.encode("utf-16")))
        assert found.code == "not-utf8"
        assert "UTF-16" in found.message

    def test_wrong_byte_is_shown_at_its_line_after_a_byte_order_mark_and_crlf(self, tmp_path: Path):
        content = b"\xef\xbb\xbftitle: A\r\nauthor: \xa3\xa3 B\r\npurpose: decision\r\n"
        (found,) = findings(write(tmp_path, paper=content))
        assert told([found]) == ["funding.yaml:2:9 not-utf8"]
        assert "`£`" in found.message

    def test_large_file_is_refused_unread(self, tmp_path: Path):
        (found,) = findings(write(tmp_path, paper=PAPER + "# " + "x" * 1_000_000))
        assert found.code == "too-large"

    def test_file_that_cannot_be_opened_is_a_finding(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        folder = write(tmp_path)
        opened = Path.open

        def refuse(path: Path, *arguments: object, **options: object):
            if path.name == "funding.yaml":
                raise PermissionError(13, "Permission denied")
            return opened(path, *arguments, **options)

        monkeypatch.setattr(Path, "open", refuse)
        (found,) = findings(folder)
        assert found.code == "unreadable"
        assert "permission denied" in found.message

    def test_symbolic_links_are_refused(self, tmp_path: Path):
        folder = write(tmp_path / "papers", paper=PAPER + "appendices: [{title: Plan, file: plan.pdf}]\n")
        here = folder / "partnership" / "2010-03-11"
        (tmp_path / "secret.yaml").write_text(PAPER)
        (here / "plan.pdf").symlink_to(tmp_path / "secret.yaml")
        (here / "secret.yaml").symlink_to(tmp_path / "secret.yaml")
        assert told(findings(folder)) == ["funding.yaml:4:34 linked-file", "secret.yaml:1:1 linked-file"]

    def test_link_of_a_folder_on_the_way_is_refused(self, tmp_path: Path):
        folder = write(tmp_path / "papers", paper=PAPER + "appendices: [{title: Plan, file: data/plan.pdf}]\n")
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "plan.pdf").write_bytes(b"%PDF")
        (folder / "partnership" / "2010-03-11" / "data").symlink_to(tmp_path / "data")
        assert told(findings(folder)) == ["funding.yaml:4:34 linked-file"]

    def test_one_bad_file_hides_no_other(self, tmp_path: Path):
        meeting = MEETING + "  - paper: plan\n"
        folder = write(tmp_path, paper="title: [", meeting=meeting, **{"plan.yaml": PAPER.replace("title", "titel")})
        assert told(findings(folder)) == ["funding.yaml:1:8 yaml-syntax", "plan.yaml:1:1 unknown-key"]


class TestRefusals:
    def test_twenty_thousand_brackets_answer_at_once(self):
        started = time.perf_counter()
        tree, found = tree_of("key: " + "[" * 20_000)
        assert time.perf_counter() - started < 0.5
        assert tree is None
        assert [each.code for each in found] == ["too-deep"]

    def test_nested_blocks_are_counted_too(self):
        _, found = tree_of("".join(f"{' ' * depth}a:\n" for depth in range(40)))
        assert [each.code for each in found] == ["too-deep"]

    def test_nine_levels_of_agenda_are_not_too_deep(self):
        text = "agenda:\n" + "".join(f"{'    ' * n}  - title: a\n{'    ' * n}    items:\n" for n in range(9))
        assert tree_of(f"{text}{'    ' * 9}  - last\n", "meeting")[1] == []

    def test_aliases_cannot_blow_up(self):
        lines = ["a: &a [x, x]"] + [
            f"{b}: &{b} [{', '.join(f'*{a}' for _ in range(9))}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ]
        started = time.perf_counter()
        tree, found = tree_of("\n".join(lines))
        assert time.perf_counter() - started < 0.5
        assert tree is None
        assert {each.code for each in found} == {"alias"}

    @pytest.mark.parametrize("text", ["R&D", "a & b", "'&a'", "|\n  - &a\n  *b*", "A *b* c"])
    def test_signs_inside_a_text_are_no_aliases(self, text: str):
        assert tree_of(f"key: {text}\n")[1] == []

    @pytest.mark.parametrize("escape", [r"\x07", r"\0", r"\ud800", r"\uffff", r"\x85"])
    def test_escapes_bring_in_no_characters_that_word_cannot_hold(self, escape: str):
        assert [each.code for each in tree_of(f'key: "a{escape}b"\n')[1]] == ["illegal-character"]

    def test_ordinary_escapes_are_read(self):
        tree, found = tree_of(r'key: "a\tb\u00e9\n\\"')
        assert not found
        assert tree
        assert tree.data == {"key": "a\tbé\n\\"}

    def test_duplicate_key_names_the_first_line(self):
        _, (found,) = tree_of("exempt: true\ntitle: A\nexempt: false\n")
        assert (found.code, found.message) == (
            "duplicate-key",
            "`exempt` stands here for the second time; the first is in line 1",
        )

    @given(st.text(alphabet="ab:- \n\t[]{}#&*!|>'\"%@`,?~\\é“1", max_size=60))
    def test_no_text_breaks_the_reader(self, text: str):
        tree, found = tree_of(text)
        assert (tree is None) <= bool(found)
        for each in found:
            assert each.place
            span = each.place.span()
            assert 1 <= span.column < span.end_column


class TestDiscovery:
    def test_office_leftovers_and_hidden_files_are_left_alone(self, tmp_path: Path):
        leftovers = {".hidden.yaml": ": :", "~$funding.yaml": b"\xff", ".~lock.funding.yaml#": b"", "notes.txt": ""}
        assert findings(write(tmp_path, **leftovers)) == []

    def test_minutes_and_what_was_published_are_no_papers(self, tmp_path: Path):
        out = written(Published((Issue(date(2010, 3, 3), 4),), {}), {})
        folder = write(tmp_path, **{"minutes.yaml": "items: [{item: funding}]\n", "published.yaml": out})
        assert list(meeting_of(folder).papers) == ["funding"]

    @pytest.mark.parametrize("name", ["partnership", "partnership/2010-03-11", "partnership/2010-03-11/funding"])
    def test_board_meeting_and_paper_can_be_named(self, tmp_path: Path, name: str):
        library = load.read(write(tmp_path), [name])
        assert [tree.kind for tree in library.trees][-1] == "paper"

    def test_path_from_the_current_folder_can_be_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        folder = write(tmp_path / "papers")
        monkeypatch.chdir(folder / "partnership")
        assert [tree.kind for tree in load.read(folder, ["2010-03-11/funding.yaml"]).trees] == ["paper"]

    def test_unknown_name_raises_with_near_ones(self, tmp_path: Path):
        with pytest.raises(UsageError, match="did you mean `partnership/2010-03-11`"):
            load.read(write(tmp_path), ["partnership/2010-03-12"])

    def test_path_outside_the_papers_is_refused(self, tmp_path: Path):
        (tmp_path / "other").mkdir()
        with pytest.raises(UsageError, match="--papers"):
            load.read(write(tmp_path / "papers"), [tmp_path / "other"])

    def test_missing_papers_folder_is_refused(self, tmp_path: Path):
        with pytest.raises(UsageError, match="--papers"):
            load.read(tmp_path / "nowhere")

    def test_only_what_was_asked_is_told(self, tmp_path: Path):
        meeting = MEETING.replace("date", "titel: x\ndate") + "  - paper: plan\n"
        folder = write(tmp_path, meeting=meeting, paper=PAPER + "x: 1\n", **{"plan.yaml": PAPER + "y: 1\n"})
        assert told(findings(folder, ["partnership/2010-03-11/plan"])) == ["plan.yaml:4:1 unknown-key"]
        assert len(findings(folder)) == 3

    def test_what_makes_a_paper_unreadable_is_told_with_it(self, tmp_path: Path):
        folder = write(tmp_path, board="name: [\n")
        assert told(findings(folder, ["partnership/2010-03-11/funding"])) == ["board.yaml:1:7 yaml-syntax"]

    def test_faults_in_the_data_of_a_paper_are_told_with_it(self, tmp_path: Path):
        folder = write(tmp_path, paper=PAPER + TABLE + "    from: t.csv\n", **{"t.csv": "what,was,now\na,b,1\n"})
        assert told(findings(folder, ["partnership/2010-03-11/funding"])) == ["t.csv:2:3 wrong-cell"]
        assert told(findings(folder, ["partnership/2010-03-11/t.csv"])) == ["t.csv:2:3 wrong-cell"]

    def test_paper_alone_leaves_its_siblings_unread_unless_it_may_be_an_appendix(self, tmp_path: Path):
        meeting = MEETING + "  - paper: plan\n"
        plan = PAPER + "appendices: [{title: Map, paper: map}]\n"
        folder = write(tmp_path, meeting=meeting, **{"plan.yaml": plan, "map.yaml": PAPER})
        _, assembled, found = checked(folder, ["partnership/2010-03-11/funding"])
        assert not found
        assert list(assembled.meetings[0].papers) == ["funding"]
        assert assembled.meetings[0].unread == {"plan", "map"}
        assert findings(folder, ["partnership/2010-03-11/map"]) == []

    def test_the_sample_papers_have_no_errors(self):
        assert [each for each in findings(ROOT / "papers") if each.severity == "error"] == []


class TestMeeting:
    def test_facts_of_the_meeting(self, tmp_path: Path):
        text = "date: 2010-03-11\nstarts: 9:30\nends: 12:00\nvenue: Room 2\ntitle: Special\n"
        text += "next: {date: 2010-07-01, starts: 14:00, venue: Room 3}\nagenda: [{paper: funding}]\n"
        meeting = meeting_of(write(tmp_path, meeting=text))
        assert (meeting.id, meeting.date, meeting.title, meeting.venue) == (
            "2010-03-11",
            date(2010, 3, 11),
            "Special",
            "Room 2",
        )
        assert f"{meeting.starts:%H:%M} {meeting.ends:%H:%M}" == "09:30 12:00"
        assert meeting.next
        assert f"{meeting.next.date} {meeting.next.starts:%H:%M} {meeting.next.venue}" == "2010-07-01 14:00 Room 3"

    def test_states_of_an_item(self, tmp_path: Path):
        lines = [
            "{paper: funding, items: [One line, {title: Two}]}",
            "{title: A, paper: verbal}",
            "{title: B, paper: to follow}",
            "{title: C, paper: tabled}",
            "{title: D, paper: {text: Reports attached}}",
            "{title: E, id: own, paper: funding, duration: 10}",
            "Any other business",
        ]
        text = "date: 2010-03-11\nagenda:\n" + "".join(f"  - {line}\n" for line in lines)
        meeting = meeting_of(write(tmp_path, meeting=text))
        assert [(item.state, item.paper, item.id) for item in meeting.agenda] == [
            (PaperState.PAPER, "funding", "funding"),
            (PaperState.VERBAL, "", ""),
            (PaperState.TO_FOLLOW, "", ""),
            (PaperState.TABLED, "", ""),
            (PaperState.TEXT, "Reports attached", ""),
            (PaperState.PAPER, "funding", "own"),
            (PaperState.NONE, "", ""),
        ]
        assert [words(item) for item in meeting.items()] == [
            *("", "One line", "Two", "A", "B", "C", "D", "E", "Any other business")
        ]
        assert meeting.agenda[5].duration == 10

    def test_files_name_all_that_the_meeting_is_made_of(self, tmp_path: Path):
        folder = write(tmp_path, paper=PAPER + TABLE + "    from: t.csv\n", **{"t.csv": "what,was,now\na,1,1\n"})
        assert [path.name for path in meeting_of(folder).files] == [
            *("board.yaml", "meeting.yaml", "funding.yaml", "t.csv")
        ]


def words(item: Item) -> str:
    return item.title.value if item.title else ""


class TestBoard:
    def test_defaults(self, tmp_path: Path):
        board = meeting_of(write(tmp_path)).board
        assert (board.id, board.name, board.language, board.currency) == (
            *("partnership", "Example Partnership", "en-GB", "£"),
        )
        assert [(rating.letter, rating.label) for rating in board.ratings] == [
            *(("R", "Red"), ("A", "Amber"), ("G", "Green"))
        ]
        assert board.paper_column.tabled == "To be tabled"

    def test_ratings_take_colours_by_code_or_name_or_label(self, tmp_path: Path):
        text = BOARD + "rag: {R: Red, B: {label: Done, colour: blue}, X: {label: Odd, colour: '#2f6fb7'}}\n"
        ratings = meeting_of(write(tmp_path, board=text)).board.ratings
        assert [(rating.label, rating.colour) for rating in ratings] == [
            *(("Red", "F4A6A0"), ("Done", "A9CBEF"), ("Odd", "2F6FB7"))
        ]

    def test_every_default_colour_carries_black_text(self):
        from boardpack.load.boards import _COLOURS

        for colour in _COLOURS.values():
            channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
            linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
            luminance = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
            assert (luminance + 0.05) / 0.05 >= 7


class TestPaper:
    def test_inherits_from_the_board(self, tmp_path: Path):
        board = BOARD + 'number_paragraphs: "i)"\npeople: [{id: pw, name: P Warrener, rank: Cllr, role: Chair}]\n'
        text = PAPER + "presenter: pw\n"
        paper = meeting_of(write(tmp_path, board=board, paper=text)).papers["funding"]
        assert paper.number_paragraphs == "i)"
        assert paper.presenter
        assert paper.presenter.full == "Cllr P Warrener, Chair"

    def test_its_own_numbering_goes_before_the_boards(self, tmp_path: Path):
        assert paper_of(tmp_path, "number_paragraphs: false\n").number_paragraphs is False

    def test_several_authors(self, tmp_path: Path):
        text = PAPER.replace("A Dawlish", "[A Dawlish, {name: B Ray, role: Head}]")
        authors = meeting_of(write(tmp_path, paper=text)).papers["funding"].authors
        assert [author.full for author in authors] == ["A Dawlish", "B Ray, Head"]

    def test_none_takes_the_boards_wording_and_its_own_place(self, tmp_path: Path):
        board = BOARD + "standing_sections: [{key: legal, label: Legal, none: There are none.}]\n"
        paper = meeting_of(write(tmp_path, board=board, paper=PAPER + "standing: {legal: none}\n")).papers["funding"]
        assert [(each.heading.value, each.text.value) for each in paper.standing] == [("Legal", "There are none.")]
        assert paper.standing[0].text.at.span().line == 4

    def test_background_papers_none_is_an_answer(self, tmp_path: Path):
        assert paper_of(tmp_path / "a", "background_papers: none\n").background_papers == ()
        assert paper_of(tmp_path / "b", "").background_papers is None

    def test_withheld_is_kept(self, tmp_path: Path):
        exempt = "exempt: {paragraphs: [3], public_interest: It would weaken the bid.}\n"
        assert paper_of(tmp_path / "a", exempt).withheld == "exempt: paragraph 3"
        assert paper_of(tmp_path / "b", "confidential: {ground: An order.}\n").withheld == "confidential"

    def test_chart_is_read_with_the_place_of_each_name(self, tmp_path: Path):
        written = "{table: t, kind: bar, x: what, y: [now], title: A *chart*, alt: A}"
        table = TABLE.replace("[](table:t)", "[](table:t)\\n\\n[](chart:trend)")
        text = f"{table}    rows: [[a, 1, 2]]\ncharts: {{trend: {written}}}\n"
        chart = paper_of(tmp_path, text).charts["trend"]
        assert (chart.id, chart.kind, chart.alt) == ("trend", "bar", "A")
        assert chart.title
        named = (chart.table, chart.x, *chart.y, chart.title)
        assert [each.value for each in named] == ["t", "what", "now", "A *chart*"]
        assert [each.at.source.text[each.at.start : each.at.end] for each in named] == [each.value for each in named]


def cells(row: Row | Group) -> list[object]:
    if isinstance(row, Group):
        return [row.label.value]
    return [cell and (cell.number if cell.number is not None else cell.text.value) for cell in row.cells]


class TestTables:
    ROWS = (
        ("[Basildon, 58200, 29100]", ["Basildon", Decimal(58200), Decimal(29100), None]),
        ("[Basildon, 58200, 29100, -50]", ["Basildon", Decimal(58200), Decimal(29100), Decimal(-50)]),
        ('[Basildon, "£58,200.50", "(29,100)"]', ["Basildon", Decimal("58200.50"), Decimal(-29100), None]),
        ('[Basildon, "", ~]', ["Basildon", "", "", None]),
        ("[Basildon, n/a, –]", ["Basildon", "n/a", "–", None]),
        ("{what: Basildon, now: 1}", ["Basildon", "", Decimal(1), None]),
        ("{group: South}", ["South"]),
    )

    @pytest.mark.parametrize(("typed", "read"), ROWS, ids=[typed for typed, _ in ROWS])
    def test_row(self, tmp_path: Path, typed: str, read: list[object]):
        (row,) = paper_of(tmp_path, TABLE + f"    rows:\n      - {typed}\n").tables["t"].rows
        assert cells(row) == read

    def test_csv_of_a_spreadsheet(self, tmp_path: Path):
        content = b'\xef\xbb\xbfThis year;WHAT;Last  year;Spare\r\n"1;5";Basildon;2\r\n'
        folder = write(tmp_path, paper=PAPER + TABLE + "    from: t.csv\n", **{"t.csv": content})
        assert told(findings(folder)) == ["t.csv:2:1 row-length"]
        content = content.replace(b'"1;5"', b"15").replace(b"2\r", b"2;x\r")
        folder = write(tmp_path, paper=PAPER + TABLE + "    from: t.csv\n", **{"t.csv": content})
        (row,) = meeting_of(folder).papers["funding"].tables["t"].rows
        assert cells(row) == ["Basildon", Decimal(2), Decimal(15), None]

    def test_csv_with_the_computed_column_is_read_and_checked(self, tmp_path: Path):
        content = "what,was,now,change\nBasildon,2,1,-50\nBraintree,2,1,-40\n"
        folder = write(tmp_path, paper=PAPER + TABLE + "    from: t.csv\n", **{"t.csv": content})
        assert told(findings(folder)) == ["t.csv:3:15 change-differs"]

    def test_csv_in_windows_letters_names_the_remedy(self, tmp_path: Path):
        content = "what,was,now\nCafé,1,2\n".encode("cp1252")
        folder = write(tmp_path, paper=PAPER + TABLE + "    from: t.csv\n", **{"t.csv": content})
        (found,) = findings(folder)
        assert (found.code, found.help) == ("not-utf8", "save the spreadsheet again as `CSV UTF-8`")

    def test_cell_of_several_lines_in_csv_keeps_later_lines_right(self, tmp_path: Path):
        content = 'what,was,now\n"two\nlines",1,2\nplain,x,2\n'
        folder = write(tmp_path, paper=PAPER + TABLE + "    from: t.csv\n", **{"t.csv": content})
        assert told(findings(folder)) == ["t.csv:4:7 wrong-cell"]

    def test_shared_place_of_a_csv_row_is_narrowed_for_a_finding_only(self, tmp_path: Path):
        folder = write(tmp_path, paper=PAPER + TABLE + "    from: t.csv\n", **{"t.csv": "what,was,now\na,1,2\n"})
        (row,) = meeting_of(folder).papers["funding"].tables["t"].rows
        assert isinstance(row, Row)
        assert all(cell is None or (isinstance(cell, Cell) and cell.text.at is row.at) for cell in row.cells)


@pytest.mark.parametrize(
    ("typed", "type", "value"),
    [
        ("156320", "integer", "156320"),
        ("1,236,586", "money", "1236586"),
        ("12,36", "money", None),
        ("£1,000", "money", "1000"),
        ("-£5", "money", "-5"),
        ("£1,000", "number", None),
        ("12.5%", "percent", "12.5"),
        ("−3", "integer", "-3"),
        ("(3)", "integer", "-3"),
        ("3.5", "integer", None),
        ("3.0", "integer", "3.0"),
        ("6.10", "number", "6.10"),
        ("1e3", "number", "1e3"),
        ("about 5", "number", None),
        ("nan", "number", None),
        ("٣", "integer", None),
    ],
)
def test_number(typed: str, type: str, value: str | None):
    assert read_number(typed, type, "£") == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2010-03-11", date(2010, 3, 11)),
        ("11 March 2010", date(2010, 3, 11)),
        ("1 Mar 2010", date(2010, 3, 1)),
        ("11/03/2010", date(2010, 3, 11)),
        ("31 June 2010", None),
        ("20100311", None),
        ("March 2010", None),
    ],
)
def test_date(typed: str, value: date | None):
    assert read_date(typed) == value


def test_name_that_differs_in_case_only_is_missing_where_case_counts(tmp_path: Path):
    text = PAPER + "appendices: [{title: Plan, file: Plan.pdf}]\n"
    (found,) = findings(write(tmp_path, paper=text, **{"plan.pdf": b"%PDF"}))
    assert (found.code, found.help) == (
        "missing-file",
        "put the file into the meeting's folder; the nearest name there is `plan.pdf`",
    )


def test_report_is_the_same_wherever_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = write(tmp_path / "papers", paper=PAPER + "x: 1\n")
    first = as_text(folder)
    monkeypatch.chdir(tmp_path)
    assert as_text(folder) == first
    assert os.fspath(tmp_path) not in first


class TestPictures:
    TEXT = PAPER + "summary: '![The area](figures/map.png) ![Again](figures/map.png)'\n"

    @staticmethod
    def picture(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
        content = io.BytesIO()
        Image.effect_noise(size, 80).convert(mode).save(content, kind)
        return content.getvalue()

    def told(self, folder: Path, content: bytes) -> set[tuple[str, str]]:
        found = findings(write(folder, paper=self.TEXT, **{"figures/map.png": content}))
        assert all(each.help for each in found)
        return {(each.code, each.message) for each in found}

    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    def test_whole_picture_is_accepted(self, tmp_path: Path, kind: str):
        assert self.told(tmp_path, self.picture(kind)) == set()

    def test_picture_with_more_behind_its_end_is_accepted(self, tmp_path: Path):
        assert self.told(tmp_path, self.picture("JPEG") + b"\0" * 500) == set()

    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    @pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.995])
    def test_picture_that_is_cut_off_is_refused(self, tmp_path: Path, kind: str, share: float):
        content = self.picture(kind)
        cut = content[: max(9, int(len(content) * share))]
        assert self.told(tmp_path, cut) == {("wrong-picture", "`map.png` is broken: not all of the picture is there")}

    @pytest.mark.parametrize("start", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
    @pytest.mark.parametrize("rest", [b"", b"garbage" * 40, b"\0\0\0\rIHDR" + b"\xff" * 40, b"\xff\xd9"])
    def test_signature_alone_is_no_picture(self, tmp_path: Path, start: bytes, rest: bytes):
        assert {code for code, _ in self.told(tmp_path, start + rest)} == {"wrong-picture"}

    def test_empty_file_is_no_picture(self, tmp_path: Path):
        assert self.told(tmp_path, b"") == {("wrong-picture", "`map.png` is not a PNG or JPEG file")}

    @pytest.mark.parametrize("size", [(8000, 5001), (10000, 9500), (20000, 10000)])
    def test_huge_picture_is_refused(self, tmp_path: Path, size: tuple[int, int]):
        content = io.BytesIO()
        Image.new("1", size).save(content, "PNG", compress_level=1)
        message = "`map.png` has more than 40 million pixels"
        assert self.told(tmp_path, content.getvalue()) == {("wrong-picture", message)}

    def test_each_file_is_opened_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        opened: list[Path] = []
        real = Image.open
        monkeypatch.setattr(Image, "open", lambda path, **more: opened.append(path) or real(path, **more))
        assert self.told(tmp_path, self.picture("PNG", (61, 40))) == set()
        assert len(opened) == 1


class TestFileNames:
    @pytest.mark.parametrize(
        ("file", "code"),
        [
            ("/etc/passwd", "outside-folder"),
            ("../plan.pdf", "outside-folder"),
            (r"C:\plan.pdf", "outside-folder"),
            (r"a\plan.pdf", "wrong-value"),
            ('""', "wrong-value"),
        ],
    )
    def test_name_that_may_not_be_is_told_once(self, tmp_path: Path, file: str, code: str):
        (found,) = findings(write(tmp_path, paper=PAPER + f"appendices:\n  - title: Plan\n    file: {file}\n"))
        assert found.code == code


def test_csv_row_of_one_cell_is_in_the_singular(tmp_path: Path):
    text = PAPER + TABLE + "    from: t.csv\n"
    (found,) = findings(write(tmp_path, paper=text, **{"t.csv": "what,was,now\na\n"}))
    assert found.message == "the row has 1 cell, the header row 3"


def test_csv_with_two_columns_of_one_name_is_ambiguous_where_the_table_takes_one(tmp_path: Path):
    text = PAPER + TABLE + "    from: t.csv\n"
    (found,) = findings(write(tmp_path / "a", paper=text, **{"t.csv": "what,was,now,Now\na,1,2,3\n"}))
    assert found.message == "the file has several columns called `now`, and nobody knows which is meant"
    assert findings(write(tmp_path / "b", paper=text, **{"t.csv": "what,was,now,x,x\na,1,2,3,4\n"})) == []
