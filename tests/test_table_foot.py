"""What closes a table and its groups: subtotals, rows under the total, the key of the ratings."""

from __future__ import annotations

from pathlib import Path

import pytest
from printing import agenda, paper, printed
from reading import PAPER, findings, told, write
from test_render_tables import BOARD, MINUS, SPACE, cells, drawn, kept, report
from wordfile import WordFile, faults, find, rows, shown, value

from boardpack.diagnostics import Severity

INJURY = """
caption: Assaults
columns:
  - {key: offence, label: Offence}
  - {key: was, label: 2008, type: integer, total: sum}
  - {key: now, label: 2009, type: integer, total: sum}
  - {key: cost, label: Cost, type: money, total: sum}
rows:
  - [ABH, 8238, 8022, 10.50]
  - [Aggravated, 85, 64, 20]
foot:
"""


@pytest.mark.parametrize(
    ("cell", "prints"),
    [
        ("{change: [was, now]}", f"{MINUS}2.85%"),
        ("{change: [now, was]}", "+2.93%"),
        ("{change: [was, was]}", "0.00%"),
        ("{change: [was, now], type: percent}", f"{MINUS}2.85%"),
        ("{change: [was, now], type: integer}", f"{MINUS}237"),
        ("{change: [was, cost], type: money}", f"{MINUS}8,292.50"),
        ("{change: [was, cost], type: number}", f"{MINUS}8,292.50"),
        ("−2.85%", "−2.85%"),
        ('""', ""),
    ],
)
def test_a_cell_under_the_total_is_typed_or_worked_out_from_the_totals(cell: str, prints: str, tmp_path: Path):
    found = cells(tmp_path, f"{INJURY}  - [Change, '', {cell}, '']\n")
    assert found[-2:] == [["Total", "8,323", "8,086", "£30.50"], ["Change", "", prints, ""]]


def test_a_change_from_nothing_prints_nothing(tmp_path: Path):
    table = INJURY.replace("8238, ", "0, ").replace("85, ", "0, ")
    assert cells(tmp_path, f"{table}  - [Change, '', {{change: [was, now]}}, '']\n")[-1] == ["Change", "", "", ""]


def test_the_closing_line_stands_above_the_total_and_not_above_the_rows_under_it(tmp_path: Path):
    table = drawn(report(tmp_path, f"{INJURY}  - [Change, '', {{change: [was, now]}}, '']\n"))
    ruled = [find(row, "string(w:tc/w:tcPr/w:tcBorders/w:top/@w:sz)")[0] for row in find(table, "w:tr")]
    assert ruled == ["", "", "", "12", ""]
    assert find(table, "string(w:tblPr/w:tblLook/@w:lastRow)") == ["0"]


def test_a_total_that_ends_its_table_has_the_line_of_the_style(tmp_path: Path):
    table = drawn(report(tmp_path, INJURY.removesuffix("foot:\n")))
    assert find(table, ".//w:tcBorders") == []
    assert find(table, "string(w:tblPr/w:tblLook/@w:lastRow)") == ["1"]


def test_a_change_stands_to_the_right_under_figures_and_to_the_left_under_words(tmp_path: Path):
    change = "{change: [was, now]}"
    word = report(tmp_path, f"{INJURY}  - [{change}, '', {change}, '']\n")
    last = find(drawn(word), "w:tr")[-1]
    styles = [value(cell, "w:p/w:pPr/w:pStyle") for cell in find(last, "w:tc")]
    assert styles == ["TableTotal", "TableTotalFigure", "TableTotalFigure", "TableTotalFigure"]
    assert faults(word) == []


def test_a_change_needs_no_total_row(tmp_path: Path):
    table = INJURY.replace(", total: sum", "")
    assert cells(tmp_path, f"{table}  - [Change, '', {{change: [was, now]}}, '']\n")[-1][2] == f"{MINUS}2.85%"


def test_the_group_column_is_empty_under_the_total(tmp_path: Path):
    table = f"{INJURY}  - [Change, '', {{change: [was, now]}}, '']\ngroup_label: Area\n"
    assert cells(tmp_path, table)[-1] == ["", "Change", "", f"{MINUS}2.85%", ""]


def checked(folder: Path, table: str, board: str = BOARD) -> list[str]:
    lines = "".join(f"    {line}\n" for line in table.strip("\n").split("\n"))
    text = f'{PAPER}sections: [{{text: "[](table:t)"}}]\ntables:\n  t:\n{lines}'
    return told(findings(write(folder, board=board, paper=text)))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("{change: [was, then]}", "unknown-column"),
        ("{change: [offence, now]}", "unknown-column"),
        ("{change: [was]}", "wrong-value"),
        ("{change: [was, now], type: text}", "wrong-value"),
        ("{type: integer}", "missing-key"),
        ("{changed: [was, now], change: [was, now]}", "unknown-key"),
    ],
)
def test_a_change_between_what_is_not_there_is_an_error(cell: str, code: str, tmp_path: Path):
    (found,) = checked(tmp_path, f"{INJURY}  - [Change, '', {cell}, '']\n")
    assert found.rpartition(" ")[2] == code
    assert found.startswith("funding.yaml:17:")


# --- Subtotals -----------------------------------------------------------------------------------------------

GROUPED = """
caption: Allocations
subtotals: true
columns:
  - {key: csp, label: Partnership}
  - {key: was, label: Was, type: money, total: sum}
  - {key: now, label: Now, type: money, total: sum}
  - {key: share, label: Share, type: percent}
  - {key: change, label: Change, type: percent, change: [was, now]}
rows:
  - [Essex, 1, 2, '']
  - {group: South}
  - [Basildon, 100, 150, '']
  - [Thurrock, 100, 100, '']
  - {group: East}
  - {group: North}
  - [Braintree, 50.50, 0, '']
"""


def test_each_group_is_closed_by_its_own_sums_and_the_total_stays(tmp_path: Path):
    assert cells(tmp_path, GROUPED)[1:] == [
        ["Essex", "1.00", "2", "", "+100%"],
        ["South", "", "", "", ""],
        ["Basildon", "100.00", "150", "", "+50.0%"],
        ["Thurrock", "100.00", "100", "", "0.00%"],
        ["Subtotal", "£200.00", "£250", "", "+25.0%"],
        ["East", "", "", "", ""],
        ["North", "", "", "", ""],
        ["Braintree", "50.50", "0", "", f"{MINUS}100%"],
        ["Subtotal", "£50.50", "£0", "", f"{MINUS}100%"],
        ["Total", "£251.50", "£252", "", "+0.20%"],
    ]


def test_the_subtotal_of_a_group_column_names_its_group(tmp_path: Path):
    found = cells(tmp_path, f"{GROUPED}group_label: Area\nsubtotal_label: Together\n")
    assert [row[:3] for row in found[1:]] == [
        ["", "Essex", "1.00"],
        ["South", "Basildon", "100.00"],
        ["South", "Thurrock", "100.00"],
        ["South", "Together", "£200.00"],
        ["East", "", ""],
        ["North", "Braintree", "50.50"],
        ["North", "Together", "£50.50"],
        ["Total", "", "£251.50"],
    ]


@pytest.mark.parametrize(
    ("more", "first"), [("", f"Subtotal {'£7'}"), ("group_label: Area\n", "Subtotal")], ids=["rows", "a column"]
)
def test_a_label_finds_its_place_where_every_column_adds_up(more: str, first: str, tmp_path: Path):
    table = f"""
caption: C
columns: [{{key: a, label: A, type: money, total: sum}}]
rows: [{{group: South}}, [3], [4]]
subtotals: true
{more}"""
    assert cells(tmp_path, table)[-2][0] == first


def test_the_last_row_of_a_group_stays_with_its_subtotal(tmp_path: Path):
    rows_ = "".join(f"  - {{group: G{n}}}\n" + "  - [x, 1, 1, '']\n" * 12 for n in range(4))
    found = drawn(report(tmp_path, GROUPED.partition("rows:")[0] + f"rows:\n{rows_}"))
    stays = kept(found)
    closing = [n for n, row in enumerate(find(found, "w:tr")) if shown(row).startswith("Subtotal")]
    assert len(closing) == 4
    assert all(stays[n - 1] for n in closing)
    assert not any(stays[n] for n in closing[:-1])


def test_subtotals_are_drawn_like_the_total(tmp_path: Path):
    word = report(tmp_path, GROUPED)
    subtotal = find(drawn(word), "w:tr")[5]
    assert [value(cell, "w:p/w:pPr/w:pStyle") for cell in find(subtotal, "w:tc")] == [
        "TableTotal",
        *["TableTotalFigure"] * 4,
    ]
    assert faults(word) == []


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (GROUPED, []),
        (GROUPED.replace("{group:", "{csp:"), ["funding.yaml:8:16 wrong-value"]),
        (GROUPED.replace(", total: sum", ""), ["funding.yaml:8:16 wrong-value"]),
        (GROUPED.replace("subtotals: true", "subtotals: sum"), ["funding.yaml:8:16 wrong-type"]),
    ],
    ids=["sound", "no groups", "no totals", "a word"],
)
def test_subtotals_want_groups_and_totals(table: str, codes: list[str], tmp_path: Path):
    assert checked(tmp_path, table) == codes


# --- The key of the ratings ----------------------------------------------------------------------------------

RATED = f"""{BOARD}rag:
  R: {{label: Red, meaning: "Work has stopped, or *will not* end in time."}}
  A: {{label: Amber, colour: FFC000, meaning: Work is on the whole on time}}
  G: {{label: Green, meaning: Is all well?}}
  B: Blue
"""
RED, AMBER, GREEN = (f"{SPACE}{word}{SPACE}:" for word in ("Red", "Amber", "Green"))
KEY = f"Key: {RED} Work has stopped, or will not end in time. {AMBER} Work is on the whole on time."


def table(id: str, *ratings: str, more: str = "") -> str:
    body = ", ".join(f"[x, {rating}]" for rating in ratings)
    columns = "[{key: l, label: L}, {key: v, label: V, type: rag}]"
    return f"  {id}: {{caption: C, columns: {columns}, rows: [{body}]{more}}}\n"


def rated(folder: Path, text: str, tables: str, *, board: str = RATED, **more: str) -> WordFile:
    body = f'sections: [{{text: "{text}"}}]\ntables:\n{tables}'
    return printed(folder, board=board, meeting=agenda("- paper: funding"), paper=paper(body), **more).report


def test_a_key_says_what_the_ratings_in_use_mean(tmp_path: Path):
    word = rated(tmp_path, "[](table:a)", table("a", "amber", "R", "B", "N/A", "''", more=", note: So far., source: S"))
    assert word.styled("TableNote") == [KEY, "Note: So far.", "Source: S"]
    assert faults(word) == []


def test_a_rating_in_the_key_has_its_colour_behind_it(tmp_path: Path):
    word = rated(tmp_path, "[](table:a)", table("a", "A"))
    (chip,) = word.find("//w:p[w:pPr/w:pStyle/@w:val='TableNote']//w:r[w:rPr/w:shd]")
    assert find(chip, "string(w:rPr/w:shd/@w:fill)")[0] == "FFC000"
    assert find(chip, "string(w:rPr/w:color/@w:val)")[0] == "000000"


def test_a_key_stands_once_above_the_first_table_with_ratings_in_the_order_of_print(tmp_path: Path):
    plain = "  p: {caption: C, columns: [{key: l, label: L}], rows: [[x]]}\n"
    tables = plain + table("a", "A") + table("b", "R")
    word = rated(tmp_path, "[](table:p)\\n\\n[](table:b)\\n\\n[](table:a)", tables)
    (key,) = word.find("//w:p[w:pPr/w:pStyle/@w:val='TableNote']")
    assert shown(key) == KEY
    caption = key.getnext()
    assert shown(caption) == "Table 2: C"
    assert all(find(each, "w:pPr/w:keepNext") for each in (key, caption))
    assert rows(caption.getnext()) == [["L", "V"], ["x", "Red"]]


@pytest.mark.parametrize(
    ("board", "ratings"), [(RATED, ("B", "N/A")), (RATED, ()), (BOARD, ("R", "A"))], ids=["no meaning", "none", "plain"]
)
def test_without_meanings_there_is_no_key(board: str, ratings: tuple[str, ...], tmp_path: Path):
    assert rated(tmp_path, "[](table:a)", table("a", *ratings), board=board).styled("TableNote") == []


def test_a_paper_in_an_appendix_has_a_key_of_its_own(tmp_path: Path):
    plan = paper('sections: [{text: "[](table:c)"}]\ntables:\n' + table("c", "G"), title="Plan")
    body = table("a", "A") + "appendices: [{id: plan, title: Plan, paper: plan}]\n"
    word = rated(tmp_path, "[](table:a)", body, **{"plan.yaml": plan})
    assert word.styled("TableNote") == [
        f"Key: {AMBER} Work is on the whole on time.",
        f"Key: {GREEN} Is all well?",
    ]


def test_a_rating_without_a_meaning_is_no_finding(tmp_path: Path):
    folder = write(
        tmp_path, board=RATED, paper=f'{PAPER}sections: [{{text: "[](table:a)"}}]\ntables:\n{table("a", "B")}'
    )
    assert [each for each in findings(folder) if each.severity is Severity.ERROR] == []
