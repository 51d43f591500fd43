"""A paper's tables as Word shows them: typed figures, totals and changes as computed, ratings, groups, the drawing."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from printing import agenda, paper, printed
from wordfile import W, WordFile, faults, find, rows, shown, value

from boardpack.word.metrics import text_width as measured

BOARD = """
name: Example Partnership
people:
  - {id: pw, name: P Warrener, rank: Cllr, role: Chair}
rules:
  missing-caption: {severity: off, reason: One of these has none.}
"""
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def report(folder: Path, table: str, *, board: str = BOARD, **more: str | bytes) -> WordFile:
    """The report of a paper with this one table; each line of it stands under ``allocations:``."""
    lines = "".join(f"    {line}\n" for line in table.strip("\n").split("\n"))
    body = f"tables:\n  allocations:\n{lines}sections:\n  - text: '[](table:allocations)'\n"
    return printed(folder, board=board, meeting=agenda("- paper: funding"), paper=paper(body), **more).report


def drawn(word: WordFile) -> Any:
    (table,) = word.tables("HouseTable")
    return table


def cells(folder: Path, table: str, **options: Any) -> list[list[str]]:
    return rows(drawn(report(folder, table, **options)))


def column(kind: str, *typed: str, more: str = "", extra: str = "") -> str:
    """A table of labels and one column of this type; what is typed stands in quotation marks."""
    body = "".join(f"  - [x, '{each}']\n" for each in typed)
    columns = f"columns: [{{key: l, label: L}}, {{key: v, label: V, type: {kind}{more}}}]"
    return f"caption: C\n{columns}\nrows:\n{body}{extra}"


ALLOCATIONS = """
caption: Allocations by partnership
columns:
  - {key: csp, label: Partnership}
  - {key: abg, label: Area Based Grant, type: money, total: sum}
  - {key: capital, label: Capital, type: money, total: 60000}
  - {key: was, label: Capital 2009/10, type: money, total: sum}
  - {key: change, label: Change, type: percent, change: [was, capital]}
rows:
  - {group: South}
  - [Basildon, 156320, 29100, 58200]
  - {group: North}
  - {csp: Braintree, abg: 97281, capital: 30900, was: 30000}
"""
HEADER = ["Partnership", f"Area Based Grant{SPACE}(£)", f"Capital{SPACE}(£)", f"Capital 2009/10{SPACE}(£)", "Change"]


def test_figures_totals_and_changes_print_as_computed(tmp_path: Path):
    assert cells(tmp_path, ALLOCATIONS) == [
        HEADER,
        ["South", "", "", "", ""],
        ["Basildon", "156,320", "29,100", "58,200", f"{MINUS}50.0%"],
        ["North", "", "", "", ""],
        ["Braintree", "97,281", "30,900", "30,000", "+3.00%"],
        ["Total", "£253,601", "£60,000", "£88,200", f"{MINUS}32.0%"],
    ]


def test_a_group_label_gives_the_groups_a_column_in_place_of_rows(tmp_path: Path):
    found = cells(tmp_path, ALLOCATIONS + "group_label: Area\ntotal_label: All areas\n")
    assert [row[:3] for row in found] == [
        ["Area", "Partnership", f"Area Based Grant{SPACE}(£)"],
        ["South", "Basildon", "156,320"],
        ["North", "Braintree", "97,281"],
        ["All areas", "", "£253,601"],
    ]


def test_a_total_label_and_rows_under_the_total_print_as_typed(tmp_path: Path):
    extra = "total_label: Totals\nfoot:\n  - ['Target **all**', '12 to 20']\n  - [Last, '']\n"
    found = cells(tmp_path, column("integer", "5", "7", more=", total: sum", extra=extra))
    assert found[-3:] == [["Totals", "12"], ["Target all", "12 to 20"], ["Last", ""]]


def test_without_totals_there_is_no_total_row(tmp_path: Path):
    assert cells(tmp_path, column("integer", "1"))[1:] == [["x", "1"]]


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("integer", ["1236587", "-4", "", "-", "N/A"], ["1,236,587", f"{MINUS}4", "", "-", "N/A"]),
        ("number", ["1.5", "1000", "-0.25"], ["1.5", "1,000", f"{MINUS}0.25"]),
        ("money", ["1000", "£2,000", "(300)"], ["1,000", "2,000", f"{MINUS}300"]),
        ("money", ["1.5", "1000", "0"], ["1.50", "1,000.00", "0.00"]),
        ("percent", ["12.5", "7", "-3%"], ["12.5%", "7%", f"{MINUS}3%"]),
        ("date", ["2010-03-11", "1 July 2010", "01/02/2010"], ["11 March 2010", "1 July 2010", "1 February 2010"]),
        ("person", ["pw", "Cllr P Warrener", "A Dawlish", ""], ["P Warrener", "P Warrener", "A Dawlish", ""]),
        ("rag", ["R", "amber", "GREEN", "N/A", ""], ["Red", "Amber", "Green", "N/A", ""]),
        ("text", ["6.10", "no", "2010-03-11", "1,000"], ["6.10", "no", "2010-03-11", "1,000"]),
    ],
)
def test_each_type_prints_in_its_own_way(kind: str, typed: list[str], expected: list[str], tmp_path: Path):
    assert [row[1] for row in cells(tmp_path, column(kind, *typed))[1:]] == expected


@pytest.mark.parametrize(
    ("kind", "typed", "total"),
    [
        ("money", ["1000", "-3000"], f"{MINUS}£2,000"),
        ("money", ["0.10", "0.20"], "£0.30"),
        ("number", ["0.1", "0.2"], "0.3"),
        ("integer", ["999", "1"], "1,000"),
        ("percent", ["60", "40"], "100%"),
        ("integer", ["", ""], "0"),
    ],
)
def test_a_total_adds_up_exactly(kind: str, typed: list[str], total: str, tmp_path: Path):
    assert cells(tmp_path, column(kind, *typed, more=", total: sum"))[-1] == ["Total", total]


@pytest.mark.parametrize(
    ("kind", "was", "now", "change"),
    [
        ("percent", "200", "150", f"{MINUS}25.0%"),
        ("percent", "3", "4", "+33.3%"),
        ("percent", "100", "103", "+3.00%"),
        ("percent", "1", "12", "+1,100%"),
        ("percent", "5", "5", "0.00%"),
        ("percent", "0", "5", ""),
        ("percent", "", "5", ""),
        ("percent", "-10", "-5", "+50.0%"),
        ("integer", "5", "2", f"{MINUS}3"),
        ("integer", "2", "5", "+3"),
        ("money", "2.50", "5", "+2.50"),
    ],
)
def test_a_change_is_computed_between_its_two_columns(kind: str, was: str, now: str, change: str, tmp_path: Path):
    table = f"""
caption: C
columns:
  - {{key: was, label: Was, type: number}}
  - {{key: now, label: Now, type: number}}
  - {{key: change, label: Change, type: {kind}, change: [was, now]}}
rows:
  - ['{was}', '{now}']
"""
    assert cells(tmp_path, table)[1][2] == change


@pytest.mark.parametrize(
    ("label", "currency", "printed_label"),
    [
        ("Grant", "£", f"Grant{SPACE}(£)"),
        ("Grant (£)", "£", "Grant (£)"),
        ("Grant, £000", "£", "Grant, £000"),
        ("Grant", "€", f"Grant{SPACE}(€)"),
    ],
)
def test_money_names_its_currency_in_the_header(label: str, currency: str, printed_label: str, tmp_path: Path):
    board = f"{BOARD}currency: {currency}\n"
    table = f"caption: C\ncolumns: [{{key: a, label: '{label}', type: money, total: sum}}]\nrows: [[5]]\n"
    assert cells(tmp_path, table, board=board)[0] == [printed_label]


def test_a_table_without_a_header_row_has_none(tmp_path: Path):
    word = report(tmp_path, column("integer", "1", extra="header: false\n"))
    assert rows(drawn(word)) == [["x", "1"]]
    assert word.find("//w:tblHeader") == []


def test_only_the_first_row_is_a_header_and_repeats_on_each_page(tmp_path: Path):
    table = drawn(report(tmp_path, ALLOCATIONS))
    headers = [bool(find(row, "w:trPr/w:tblHeader")) for row in find(table, "w:tr")]
    assert headers == [True, False, False, False, False, False]
    assert all(find(row, "w:trPr/w:cantSplit") for row in find(table, "w:tr"))


def alignment(word: WordFile, name: str) -> str:
    """How a style sets its paragraphs, what it is based on included."""
    (style,) = word.find(f"//w:style[@w:styleId='{name}']", "word/styles.xml")
    base = value(style, "w:basedOn")
    return value(style, "w:pPr/w:jc") or (alignment(word, base) if base else "")


def test_figures_stand_to_the_right_and_words_to_the_left(tmp_path: Path):
    word = report(tmp_path, ALLOCATIONS)
    found = [[value(cell, "w:p/w:pPr/w:pStyle") for cell in find(row, "w:tc")] for row in find(drawn(word), "w:tr")]
    assert found[0] == ["TableHeading"] * 5
    assert found[1] == ["TableGroup"] * 5
    assert found[2] == ["TableText", *["TableFigure"] * 4]
    assert found[5] == ["TableTotal", *["TableTotalFigure"] * 4]
    assert [alignment(word, name) for name in ("TableText", "TableFigure", "TableTotalFigure")] == [
        "",
        "right",
        "right",
    ]
    header = [value(cell, "w:p/w:pPr/w:jc") for cell in find(find(drawn(word), "w:tr")[0], "w:tc")]
    assert header == ["", "right", "right", "right", "right"]


# --- Ratings -------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratings(word: WordFile) -> list[tuple[str, str, str]]:
    """Word, colour behind it, colour of its letters, of each cell in the second column."""
    found = [find(row, "w:tc")[1] for row in find(drawn(word), "w:tr")[1:]]
    return [
        (shown(cell), find(cell, "string(w:tcPr/w:shd/@w:fill)")[0], find(cell, "string(.//w:rPr/w:color/@w:val)")[0])
        for cell in found
    ]


def test_a_rating_prints_a_word_on_its_colour_with_enough_contrast(tmp_path: Path):
    found = ratings(report(tmp_path, column("rag", "R", "A", "G")))
    assert [word for word, _, _ in found] == ["Red", "Amber", "Green"]
    assert len({fill for _, fill, _ in found}) == 3
    for _, fill, ink in found:
        light, dark = sorted((luminance(fill), luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_no_rating_has_no_colour(tmp_path: Path):
    assert ratings(report(tmp_path, column("rag", "N/A", ""))) == [("N/A", "", ""), ("", "", "")]


def test_a_board_may_add_ratings_of_its_own(tmp_path: Path):
    board = BOARD + "rag:\n  B: {label: Blue, colour: '#1F4E9E', meaning: Done}\n  W: {label: White, colour: FFFFFF}\n"
    found = ratings(report(tmp_path, column("rag", "blue", "w"), board=board))
    assert found == [("Blue", "1F4E9E", "FFFFFF"), ("White", "FFFFFF", "000000")]


# --- Words in cells ------------------------------------------------------------------------------------------


def test_cells_hold_inline_markdown_and_blocks_on_several_lines(tmp_path: Path):
    table = """
caption: The *best* <b> & "rest"
columns: [{key: a, label: "A *b* & c"}, {key: b, label: B}]
rows:
  - ["one **two** <i> {{ x }} | 1. not a list", "See [](table:allocations)"]
  - a: |
      First.

      - point
    b: plain
note: A *note*.
source: The [Office](https://example.org).
"""
    word = report(tmp_path, table)
    assert rows(drawn(word)) == [
        ["A b & c", "B"],
        ["one two <i> {{ x }} | 1. not a list", "See table 1"],
        ["First.\npoint", "plain"],
    ]
    assert word.styled("TableNote") == ["Note: A note.", "Source: The Office."]
    assert word.styled("Caption") == ['Table 1: The best <b> & "rest"']
    assert value(drawn(word), "w:tblPr/w:tblCaption") == 'The best <b> & "rest"'
    assert faults(word) == []


def test_a_block_of_one_list_item_is_a_list_and_a_line_is_none(tmp_path: Path):
    table = "caption: C\ncolumns: [{key: a, label: A}]\nrows:\n  - - |\n      - point\n  - ['- typed']\n"
    word = report(tmp_path, table)
    assert rows(drawn(word)) == [["A"], ["point"], ["- typed"]]
    assert [bool(find(row, ".//w:numPr")) for row in find(drawn(word), "w:tr")] == [False, True, False]


def test_a_list_in_a_cell_goes_in_by_little(tmp_path: Path):
    items = "- point\n\n        More.\n        1. one\n"
    word = report(tmp_path, f"caption: C\ncolumns: [{{key: a, label: A}}]\nrows:\n  - - |\n      {items}")
    indents = [(each.get(f"{W}left"), each.get(f"{W}hanging")) for each in find(drawn(word), ".//w:ind")]
    assert indents == [("170", "170"), ("170", None), ("510", "340")]
    assert faults(word) == []


def test_a_caption_stands_above_its_table_and_stays_with_it(tmp_path: Path):
    word = report(tmp_path, ALLOCATIONS)
    (caption,) = word.find("//w:p[w:pPr/w:pStyle/@w:val='Caption']")
    assert caption.getnext() is drawn(word)
    assert find(caption, "w:pPr/w:keepNext")
    assert [each.instruction for each in word.fields()] == ["SEQ Tablep1t \\* ARABIC"]
    assert word.bookmark("p1t1") == "1"


def test_a_table_without_a_caption_still_has_its_number_and_a_title(tmp_path: Path):
    word = report(tmp_path, column("integer", "1").replace("caption: C\n", ""))
    assert word.styled("Caption") == ["Table 1"]
    assert value(drawn(word), "w:tblPr/w:tblCaption") == "Table 1"


def test_rows_come_from_a_file(tmp_path: Path):
    table = "caption: C\ncolumns: [{key: a, label: A}, {key: b, label: Big b, type: integer, total: sum}]\n"
    data = '\ufeffBig b,a\r\n1200,"x, ""y"" & <z>"\r\n5,\r\n'
    found = cells(tmp_path, table + "from: data/rows.csv\n", **{"data/rows.csv": data})
    assert found == [["A", "Big b"], ['x, "y" & <z>', "1,200"], ["", "5"], ["Total", "1,205"]]


def test_a_table_drawn_in_markdown_has_the_house_style_and_a_header_row(tmp_path: Path):
    body = 'sections:\n  - text: "| a | *b* |\\n|---|--:|\\n| & c | 1 |\\n"\n'
    word = printed(tmp_path, paper=paper(body)).report
    assert rows(drawn(word)) == [["a", "b"], ["& c", "1"]]
    assert [bool(find(row, "w:trPr/w:tblHeader")) for row in find(drawn(word), "w:tr")] == [True, False]
    assert [value(cell, "w:p/w:pPr/w:pStyle") for cell in find(drawn(word), "w:tr[2]/w:tc")] == [
        "TableText",
        "TableFigure",
    ]


def notes(word: WordFile) -> list[bool]:
    """Whether each note below the table stays with the next."""
    return [bool(find(each, "w:pPr/w:keepNext")) for each in word.find("//w:p[w:pPr/w:pStyle/@w:val='TableNote']")]


@pytest.mark.parametrize(
    ("below", "ends", "kept_notes"),
    [
        ("note: N\nsource: S\n", [True, True], [True, False]),
        ("source: S\n", [True, True], [False]),
        ("", [True, False], []),
    ],
)
def test_the_last_row_stays_with_the_note_below(below: str, ends: list[bool], kept_notes: list[bool], tmp_path: Path):
    word = report(tmp_path, column("integer", *["1"] * 80, extra=below))
    found = kept(drawn(word))
    assert found[-2:] == ends
    assert not any(found[6:-6])
    assert notes(word) == kept_notes


# --- Drawing -------------------------------------------------------------------------------------------------


def widths(table: Any) -> list[int]:
    return [int(each) for each in find(table, "w:tblGrid/w:gridCol/@w:w")]


def text_width(word: WordFile) -> int:
    (section,) = word.find("//w:sectPr")
    margins = (int(find(section, f"string(w:pgMar/@w:{side})")[0]) for side in ("left", "right"))
    return int(find(section, "string(w:pgSz/@w:w)")[0]) - sum(margins)


@pytest.mark.parametrize(
    "table",
    [
        ALLOCATIONS,
        column("text", "word " * 200),
        column("text", "x" * 300),
        "caption: C\ncolumns: ["
        + ", ".join(f"{{key: k{n}, label: Heading of column number {n}}}" for n in range(12))
        + "]\nrows: [["
        + ", ".join(["'some words in a cell'"] * 12)
        + "]]\n",
    ],
    ids=["figures", "much text", "a word too long", "many columns"],
)
def test_a_table_is_never_wider_than_the_text_and_its_rows_fit_its_grid(table: str, tmp_path: Path):
    word = report(tmp_path, table)
    found = widths(drawn(word))
    assert sum(found) <= text_width(word)
    assert sum(found) == int(find(drawn(word), "string(w:tblPr/w:tblW/@w:w)")[0])
    assert min(found) > 0
    assert faults(word) == []


def test_a_table_on_a_lying_page_is_as_wide_as_that_page(tmp_path: Path):
    wide = column("text", "word " * 200, extra="landscape: true\n")
    word = report(tmp_path, wide)
    assert sum(widths(drawn(word))) > 11_906 - 2 * 1_000


@pytest.mark.parametrize(
    ("table", "whole"),
    [
        (column("text", "some", "words"), True),
        (column("rag", "R"), False),
        (column("integer", "5", "7"), False),
        (
            column("integer", "5").replace("label: L", "label: A long label for a column of many words and yet more"),
            True,
        ),
    ],
    ids=["words", "a rating", "figures", "figures beside many words"],
)
def test_a_table_takes_all_of_the_width_unless_it_is_a_small_one_of_figures(table: str, whole: bool, tmp_path: Path):
    word = report(tmp_path, table)
    assert (sum(widths(drawn(word))) == text_width(word)) is whole
    assert whole or sum(widths(drawn(word))) < text_width(word) * 2 / 3


def test_columns_of_figures_share_what_is_left_evenly(tmp_path: Path):
    columns = "{key: a, label: A}, {key: b, label: B, type: integer}, {key: c, label: C, type: integer}"
    found = widths(drawn(report(tmp_path, f"caption: C\ncolumns: [{columns}]\nrows: [[x, 11, 22]]\n")))
    assert abs(found[1] - found[2]) <= 15


def test_a_column_is_wide_enough_for_a_bold_word_and_for_its_label_with_the_currency(tmp_path: Path):
    long = "word " * 300
    columns = (
        "{key: a, label: Saved, type: money}, {key: b, label: B}, {key: c, label: C, type: rag}, {key: d, label: D}"
    )
    found = widths(drawn(report(tmp_path, f"caption: C\ncolumns: [{columns}]\nrows: [[1, {long}, A, '{long}']]\n")))
    for label, width in (("Saved (£)", found[0]), ("Amber", found[2])):
        assert width >= measured(label, 10.5, bold=True) + 2 * 96, label


def test_a_column_that_needs_little_more_for_whole_lines_gets_it_first(tmp_path: Path):
    columns = "{key: a, label: A}, {key: b, label: B}, {key: c, label: C}"
    body = "".join(f"  - ['{name}', '{'word ' * 20}', '{'word ' * 20}']\n" for name in ("Basildon", "Epping Forest"))
    found = widths(drawn(report(tmp_path, f"caption: C\ncolumns: [{columns}]\nrows:\n{body}")))
    assert found[0] >= measured("Epping Forest", 10.5) + 2 * 96


def test_a_column_of_words_gets_more_room_than_one_of_figures(tmp_path: Path):
    table = "caption: C\ncolumns: [{key: a, label: A, type: integer}, {key: b, label: B}]\n"
    found = widths(drawn(report(tmp_path, f"{table}rows: [[5, '{'word ' * 100}']]\n")))
    assert found[1] > 5 * found[0]


def kept(table: Any) -> list[bool]:
    return [bool(find(row, "w:tc/w:p/w:pPr/w:keepNext")) for row in find(table, "w:tr")]


def test_a_short_table_stays_on_one_page(tmp_path: Path):
    assert kept(drawn(report(tmp_path, ALLOCATIONS))) == [True, True, True, True, True, False]


def test_a_long_table_breaks_but_leaves_neither_its_header_nor_its_total_alone(tmp_path: Path):
    found = kept(drawn(report(tmp_path, column("integer", *["1"] * 80, more=", total: sum"))))
    assert found[0]
    assert found[-3:] == [True, True, False]
    assert not any(found[6:-6])


def test_a_group_stays_with_its_first_row(tmp_path: Path):
    body = "".join(f"  - {{group: G{n}}}\n" + "  - [x, 1]\n" * 12 for n in range(5))
    columns = "columns: [{key: l, label: L}, {key: v, label: V, type: integer}]"
    found = drawn(report(tmp_path, f"caption: C\n{columns}\nrows:\n{body}"))
    for row, following in pairwise(find(found, "w:tr")):
        if re.match(r"G\d", shown(row)):
            assert kept_row(row), shown(following)


def kept_row(row: Any) -> bool:
    return all(find(each, "w:pPr/w:keepNext") for each in find(row, "w:tc/w:p"))


# --- Placement -----------------------------------------------------------------------------------------------

PLACES = {
    "in another order": 'sections: [{text: "[](table:b)\\n\\n[](table:a)"}]\n',
    "in standing text": "sections: [{text: 'See [](table:a).'}]\n",
    "within a paragraph": 'sections: [{text: "As in\\n[](table:b)\\nhere.\\n\\n[](table:a)"}]\n',
    "in a list": 'sections: [{text: "- [](table:b)\\n\\nWords.\\n\\n[](table:a)"}]\n',
    "in a quotation": 'sections: [{text: "> [](table:b)\\n\\nWords.\\n\\n[](table:a)"}]\n',
    "in the summary": 'summary: "[](table:b)"\nsections: [{text: "[](table:a)"}]\n',
    "in code": 'sections: [{text: "    [](table:b)\\n\\n[](table:a)"}]\n',
    "in a fence": 'sections: [{text: "```\\n[](table:b)\\n```\\n\\n[](table:a)"}]\n',
    "with words for attributes": 'sections: [{text: "[](table:b)\\n{: .unnumbered}\\n\\n[](table:a)"}]\n',
    "with blanks": 'sections: [{text: "  [](table:b)  \\n  \\n[](table:a)"}]\n',
    "twice": 'sections: [{text: "[](table:b)\\n\\n[](table:b)\\n\\n[](table:a)"}]\n',
    "in a cell": 'sections: [{text: "| h |\\n|---|\\n| [](table:b) |\\n\\n[](table:a)"}]\n',
    "in a recommendation": 'recommendations: ["[](table:b)"]\nsections: [{text: "[](table:a)"}]\n',
    "in a footnote": 'sections: [{text: "Words[^n].\\n\\n[^n]: [](table:b)\\n\\n[](table:a)"}]\n',
    "after a heading": 'sections: [{text: "### Head\\n[](table:b)\\n\\n[](table:a)"}]\n',
    "right under a list": 'sections: [{text: "- point\\n\\n    [](table:b)\\n\\n[](table:a)"}]\n',
}


@pytest.mark.parametrize("place", PLACES)
def test_tables_print_once_each_and_count_upwards_wherever_texts_name_them(place: str, tmp_path: Path):
    one = "  {0}: {{caption: Caption {0}, columns: [{{key: a, label: A}}], rows: [[x]]}}\n"
    body = "tables:\n" + one.format("a") + one.format("b") + PLACES[place]
    word = printed(tmp_path, paper=paper(body)).report
    assert [caption.partition(":")[0] for caption in word.styled("Caption")] == ["Table 1", "Table 2"]
    assert sorted(caption[-1] for caption in word.styled("Caption")) == ["a", "b"]
    assert faults(word) == []


def test_no_figure_of_a_long_table_is_divided(tmp_path: Path):
    rows = "".join(f"      - [Row {n}, {n}]\n" for n in range(900)) + "      - [Last, 123456789012]\n"
    columns = "[{key: a, label: A}, {key: b, label: B, type: money, total: sum}]"
    text = f"tables:\n  t:\n    caption: Long\n    columns: {columns}\n    rows:\n{rows}"
    text += "sections: [{text: '[](table:t)'}]\n"
    word = printed(tmp_path, paper=paper(text)).pack
    grid = "//w:tbl[.//w:tblCaption[@w:val='Long']]/w:tblGrid/w:gridCol/@w:w"
    assert int(word.find(grid)[1]) >= measured("£123,456,789,462", 10.5, bold=True)
