"""Tables from Excel workbooks: what cells become, what is refused and how it is told, and what nobody may do to us."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from reading import PAPER, checked, findings, told, write
from test_load import cells
from workbooks import HEAD, MAIN, Value, package, sheet, styled, workbook

from boardpack.diagnostics import Finding, Severity
from boardpack.load import workbook as reading

TABLE = """
sections: [{text: "[](table:t)"}]
tables:
  t:
    caption: Costs
    columns:
      - {key: what, label: What}
      - {key: now, label: This year, type: number}
    from: data/t.xlsx
"""
HEADER = ["What", "This  YEAR", "Spare"]


def papers(folder: Path, book: bytes, table: str = TABLE, name: str = "data/t.xlsx") -> Path:
    return write(folder, paper=PAPER + table, **{name: book})


def found_in(folder: Path, book: bytes, table: str = TABLE) -> list[Finding]:
    return findings(papers(folder, book, table))


def rows(folder: Path, book: bytes, table: str = TABLE) -> list[list[object]]:
    _, assembled, _ = checked(papers(folder, book, table))
    return [cells(row) for row in assembled.meetings[0].papers["funding"].tables["t"].rows]


def costs(*body: list[Value], **options: Any) -> bytes:
    """A workbook with one sheet: the header and these rows."""
    return workbook({"Costs": sheet(HEADER, *body, **options)})


# --- What cells become ---------------------------------------------------------------------------------------


def test_rows_come_by_key_or_label_in_the_tables_order(tmp_path: Path):
    book = workbook({"Costs": sheet(["Spare", "this year", "WHAT"], ["x", 5, "Basildon"], [None, 6.5, "Braintree"])})
    assert rows(tmp_path, book) == [["Basildon", Decimal(5)], ["Braintree", Decimal("6.5")]]
    assert findings(tmp_path) == []


def test_empty_rows_and_rows_that_hold_nothing_for_the_table_are_left_out(tmp_path: Path):
    book = costs(["a", 1], [], [None, None, "a remark"], ["  ", None], ["b", 2])
    assert [row[0] for row in rows(tmp_path, book)] == ["a", "b"]


def test_the_table_may_begin_anywhere_on_the_sheet(tmp_path: Path):
    book = workbook({"Costs": sheet([], [], [None, "What", "This year"], [None, "a", 1])})
    assert rows(tmp_path, book) == [["a", Decimal(1)]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("words", "words"),
        ("  words  ", "words"),
        ("one\ntwo", "one  \ntwo"),
        ("one_x000D_\ntwo", "one  \ntwo"),
        ("'quoted", "'quoted"),
        (("str", "<f>1</f><v></v>"), ""),
        (("str", '<f>"x"</f><v>from a formula</v>'), "from a formula"),
        (("", "<f>[1]Other!A1</f><v>7</v>"), "7"),
        (True, "Yes"),
        (False, "No"),
        (5, "5"),
        (5.0, "5"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333333333"),
        (1236586.0, "1236586"),
        (1e14, "100000000000000"),
        (1e21, "1E+21"),
        (2.5e-7, "0.00000025"),
        (styled(0.15, "0%"), "15%"),
        (styled(0.0285, "0.0%"), "2.85%"),
        (styled(1, "0%"), "100%"),
        (styled(3, '0" of 5%"'), "3"),
        (styled(1234.5, "#,##0.00"), "1234.5"),
        (styled(40248, "yyyy-mm-dd"), "2010-03-11"),
        (styled(40248.395833333336, "d mmmm yyyy h:mm"), "2010-03-11 09:30"),
        (styled(0.395833333333333, "h:mm"), "9:30"),
        (styled(1.5625, "[h]:mm"), "37:30"),
        (("d", "<v>2010-03-11</v>"), "2010-03-11"),
    ],
)
def test_a_cell_becomes_what_an_author_would_have_typed(value: Value, text: str, tmp_path: Path):
    book = workbook({"Costs": sheet(["What", "This year"], [value, 1])})
    assert rows(tmp_path, book) == [[text, Decimal(1)]]
    assert findings(tmp_path) == []


@pytest.mark.parametrize(
    ("type", "value", "read"),
    [
        ("percent", styled(0.15, "0%"), Decimal(15)),
        ("percent", 15, Decimal(15)),
        ("money", 1236.5, Decimal("1236.5")),
        ("integer", 7.0, Decimal(7)),
        ("integer", "1,236", Decimal(1236)),
        ("number", "n/a", "n/a"),
    ],
)
def test_a_cell_has_the_value_of_its_column(type: str, value: Value, read: object, tmp_path: Path):
    table = TABLE.replace("type: number", f"type: {type}")
    assert rows(tmp_path, costs(["a", value]), table) == [["a", read]]
    assert findings(tmp_path) == []


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path):
    book = workbook({"Costs": sheet(HEADER, [styled(38786, "yyyy-mm-dd"), 1])}, more='<workbookPr date1904="1"/>')
    assert rows(tmp_path, book) == [["2010-03-11", Decimal(1)]]


def test_a_computed_column_is_worked_out_or_checked(tmp_path: Path):
    change = (
        "      - {key: was, label: Was, type: number}\n      - {key: c, label: C, type: percent, change: [was, now]}\n"
    )
    table = TABLE.replace("    from:", f"{change}    from:")
    assert rows(tmp_path, workbook({"S": sheet(["what", "now", "was"], ["a", 1, 2])}), table)[0][-1] is None
    (found,) = found_in(tmp_path, workbook({"S": sheet(["what", "now", "was", "c"], ["a", 1, 2, -40])}), table)
    assert (found.code, found.message.partition(":")[0]) == ("change-differs", "sheet `S`, cell D2")


# --- Sheets --------------------------------------------------------------------------------------------------

SHEETS = {"Hidden": sheet(HEADER, ["hidden", 1]), "Costs": sheet(HEADER, ["a", 1]), "2009": sheet(HEADER, ["b", 2])}


@pytest.mark.parametrize(("named", "first"), [("", "a"), ("sheet: 2009", "b"), ("sheet: COSTS", "a")])
def test_a_sheet_is_named_or_is_the_first_that_shows(named: str, first: str, tmp_path: Path):
    book = workbook(SHEETS, states={"Hidden": "veryHidden"})
    assert rows(tmp_path, book, f"{TABLE}    {named}\n")[0][0] == first
    (found,) = findings(tmp_path)
    assert (found.code, found.severity, found.message) == (
        "hidden-content",
        Severity.WARNING,
        "`t.xlsx` has the hidden sheet `Hidden`",
    )


@pytest.mark.parametrize(
    ("named", "code", "help"),
    [
        ("Cots", "unknown-sheet", "did you mean `Costs`?"),
        ("Spending", "unknown-sheet", "the workbook has `Costs` and `2009`"),
        ("Hidden", "hidden-cells", "show it in Excel: the pack would print what a reader of the workbook does not see"),
    ],
)
def test_a_sheet_that_is_not_there_or_hidden_is_told_at_its_name(named: str, code: str, help: str, tmp_path: Path):
    book = workbook(SHEETS, states={"Hidden": "hidden"})
    found = found_in(tmp_path, book, f"{TABLE}    sheet: {named}\n")
    assert told(found) == ["funding.yaml:12:11 hidden-content", f"funding.yaml:13:12 {code}"]
    assert found[1].help == help


def test_hidden_sheets_are_told_once_for_all_tables_of_a_workbook(tmp_path: Path):
    other = TABLE.partition("  t:\n")[2].join(("  u:\n", "    sheet: 2009\n"))
    found = found_in(tmp_path, workbook(SHEETS, states={"Hidden": "hidden"}), TABLE + other)
    assert [each.code for each in found] == ["hidden-content", "not-placed"]


@pytest.mark.parametrize(
    ("table", "line"),
    [
        (TABLE.replace("t.xlsx", "t.csv") + "    sheet: Costs\n", "funding.yaml:13:12 wrong-value"),
        (TABLE.replace("from: data/t.xlsx", "rows: [[a, 1]]\n    sheet: Costs"), "funding.yaml:13:12 wrong-value"),
        (TABLE + "    rows: [[a, 1]]\n", "funding.yaml:13:5 wrong-value"),
    ],
)
def test_a_sheet_wants_a_workbook_and_a_file_no_rows(table: str, line: str, tmp_path: Path):
    more = {"data/t.csv": "what,now\na,1\n"}
    folder = write(tmp_path, paper=PAPER + table, **{"data/t.xlsx": costs(["a", 1]), **more})
    assert told(findings(folder)) == [line]


# --- What is refused -----------------------------------------------------------------------------------------

FAULTS: dict[str, tuple[bytes, str, str]] = {
    "a hidden row": (
        costs(["a", 1], ["b", 2], attributes={3: 'hidden="1"'}),
        "hidden-cells",
        "sheet `Costs`, row 3 is hidden",
    ),
    "rows too low to see": (
        costs(["a", 1], ["b", 2], ["c", 3], attributes={3: 'ht="0" customHeight="1"', 4: 'hidden="true"'}),
        "hidden-cells",
        "sheet `Costs`, rows 3 and 4 are hidden",
    ),
    "many hidden rows": (
        costs(*(["a", n] for n in range(9)), attributes=dict.fromkeys(range(2, 11), 'hidden="1"')),
        "hidden-cells",
        "sheet `Costs`, rows 2, 3, 4, 5, 6 and 4 more are hidden",
    ),
    "a hidden column": (
        costs(["a", 1], before='<cols><col min="2" max="2" hidden="1"/></cols>'),
        "hidden-cells",
        "sheet `Costs`, column B is hidden",
    ),
    "columns too narrow to see": (
        costs(["a", 1], before='<cols><col min="1" max="2" width="0"/></cols>'),
        "hidden-cells",
        "sheet `Costs`, columns A and B are hidden",
    ),
    "merged cells": (
        costs(["a", 1], ["b"], after='<mergeCells><mergeCell ref="B2:C3"/></mergeCells>'),
        "merged-cells",
        "sheet `Costs`, cells B2:C3 are merged",
    ),
    "a merged header": (
        costs(["a", 1], after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'),
        "merged-cells",
        "sheet `Costs`, cells A1:B1 are merged",
    ),
    "a formula without its result": (
        costs(["a", ("", "<f>1+1</f>")], ["b", ("", "<f>1+2</f><v></v>")]),
        "no-value",
        "sheet `Costs`, cells B2 and B3: a formula without its result",
    ),
    "an error": (
        costs(["a", ("e", "<f>1/0</f><v>#DIV/0!</v>")]),
        "no-value",
        "sheet `Costs`, cell B2: the error #DIV/0!",
    ),
    "a character of no document": (
        costs(["a_x0007_b", 1]),
        "illegal-character",
        "sheet `Costs`, cell A2: the text holds the character U+0007, which a Word document cannot hold",
    ),
    "words for a figure": (
        costs(["a", "about 5"]),
        "wrong-cell",
        "sheet `Costs`, cell B2: `about 5` is not a figure, which the column `This year` holds",
    ),
    "a percentage for a number": (
        costs(["a", styled(0.15, "0%")]),
        "wrong-cell",
        "sheet `Costs`, cell B2: `15%` is not a figure, which the column `This year` holds",
    ),
    "a column that is called otherwise": (
        workbook({"Costs": sheet(["What", "This yeer"], ["a", 1])}),
        "missing-column",
        "the sheet `Costs` has no column `now` or `This year`",
    ),
    "an empty sheet": (workbook({"Costs": sheet()}), "empty-file", "the sheet `Costs` holds nothing"),
    "no sheet": (workbook({}), "empty-file", "the workbook has no sheet with cells"),
    "hidden sheets alone": (
        workbook({"Costs": sheet(HEADER)}, states={"Costs": "hidden"}),
        "hidden-cells",
        "every sheet of the workbook is hidden",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_reader_of_the_sheet_would_not_expect_is_an_error(fault: str, tmp_path: Path):
    book, code, message = FAULTS[fault]
    found = [each for each in found_in(tmp_path, book) if each.code != "hidden-content"]
    assert [(each.code, each.severity, each.message) for each in found] == [(code, Severity.ERROR, message)]
    assert told(found) == [f"funding.yaml:12:11 {code}"]
    assert found[0].help


@pytest.mark.parametrize(
    "book",
    [
        costs(["a", 1, ("e", "<v>#REF!</v>")]),
        costs(["a", 1, ("", "<f>1</f>")]),
        costs(["a", 1], ["b", 2, "x"], after='<mergeCells><mergeCell ref="C2:C3"/></mergeCells>'),
        costs(["a", 1], after='<mergeCells><mergeCell ref="A9:B9"/></mergeCells>'),
        costs(["a", 1], [], attributes={3: 'hidden="1"'}),
        costs(["a", 1], before='<cols><col min="4" max="16384" hidden="1"/></cols>'),
    ],
    ids=["error", "formula", "merged beside", "merged below", "hidden empty row", "hidden empty columns"],
)
def test_what_lies_outside_the_table_is_no_matter(book: bytes, tmp_path: Path):
    assert rows(tmp_path, book)[0] == ["a", Decimal(1)]
    assert findings(tmp_path) == []


def test_hidden_columns_that_the_table_does_not_take_are_a_warning(tmp_path: Path):
    book = costs(["a", 1, "secret"], before='<cols><col min="3" max="4" hidden="1"/></cols>')
    assert rows(tmp_path, book) == [["a", Decimal(1)]]
    (found,) = findings(tmp_path)
    assert (found.code, found.severity) == ("hidden-content", Severity.WARNING)
    assert found.message == "the sheet `Costs` has the hidden column `C`, which the table does not take"


def test_a_stated_total_is_not_held_against_rows_that_could_not_be_read(tmp_path: Path):
    table = TABLE.replace("type: number", "type: number, total: 5")
    assert [each.code for each in found_in(tmp_path, FAULTS["an error"][0], table)] == ["no-value"]


# --- Files that are no workbooks -----------------------------------------------------------------------------

GOOD = costs(["a", 1], ["b", 2.5], ["c", "1,000"])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BOMB = "<!DOCTYPE worksheet [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
BOMBED = sheet(HEADER, ["a", ("str", "<v>&b;</v>")]).replace("<worksheet", f"{BOMB}<worksheet")
NO_BOOKS = {
    "words": (b"What,This year\na,1\n", "wrong-workbook", "is not an Excel workbook"),
    "nothing": (b"", "wrong-workbook", "is not an Excel workbook"),
    "a web page": (b"<html><table></table></html>", "wrong-workbook", "is not an Excel workbook"),
    "an old workbook": (OLE, "wrong-workbook", "is a workbook of Excel 97 to 2003 (.xls)"),
    "a password": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "wrong-workbook",
        "is protected by a password",
    ),
    "parts with a password": (
        workbook({"Costs": sheet(HEADER)}, encrypt=True),
        "wrong-workbook",
        "is protected by a password",
    ),
    "a letter": (package({"word/document.xml": "<a/>"}), "wrong-workbook", "is not an Excel workbook"),
    "macros": (workbook({"Costs": sheet(HEADER)}, parts={"xl/vbaProject.bin": b"x"}), "wrong-workbook", "holds macros"),
    "a binary workbook": (
        package({"xl/workbook.bin": b"x"}),
        "wrong-workbook",
        "is a binary workbook (.xlsb)",
    ),
    "strict": (
        workbook(
            {"Costs": sheet(HEADER)},
            parts={"xl/workbook.xml": f'{HEAD}<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'},
        ),
        "wrong-workbook",
        "is a `Strict Open XML Spreadsheet`",
    ),
    "half": (GOOD[: len(GOOD) // 2], "wrong-workbook", "is damaged: not all of the workbook can be read"),
    "a sheet cut off": (
        workbook({"Costs": sheet(HEADER, ["a", 1])[:-40]}),
        "wrong-workbook",
        "is damaged: not all of the workbook can be read",
    ),
    "a document type in the sheet": (
        workbook({"Costs": BOMBED}),
        "wrong-workbook",
        "holds a document type, which no workbook needs",
    ),
    "a document type in UTF-16": (
        workbook({"Costs": ""}, parts={"xl/worksheets/sheet1.xml": BOMBED.replace("UTF-8", "UTF-16").encode("utf-16")}),
        "wrong-workbook",
        "holds a document type, which no workbook needs",
    ),
    "a document type that names a file": (
        workbook(
            {"Costs": sheet(HEADER)},
            parts={
                "xl/workbook.xml": f'{HEAD}<!DOCTYPE w SYSTEM "file:///etc/passwd"><workbook xmlns="{MAIN}"/>',
            },
        ),
        "wrong-workbook",
        "holds a document type, which no workbook needs",
    ),
    "a document type behind much room": (
        workbook({"Costs": f"{HEAD}<!--{'x' * 70_000}-->{BOMB}<worksheet/>"}),
        "wrong-workbook",
        "holds a document type, which no workbook needs",
    ),
    "too much to unpack": (
        workbook({"Costs": sheet(HEADER)}, parts={"xl/media/image1.png": b"\0" * 6_000_000}),
        "too-large",
        "unpacks to more than any table needs",
    ),
    "too many parts": (
        workbook({"Costs": sheet(HEADER)}, parts={f"xl/{n}.xml": "<a/>" for n in range(2_001)}),
        "too-large",
        "unpacks to more than any table needs",
    ),
    "too many columns": (
        workbook({"Costs": sheet().replace("<sheetData>", '<sheetData><row r="1"><c r="ZZ1"><v>1</v></c></row>')}),
        "too-large",
        "has more than 500 columns",
    ),
}


@pytest.mark.parametrize("kind", NO_BOOKS)
def test_a_file_that_is_no_workbook_is_refused_by_its_content(kind: str, tmp_path: Path):
    book, code, message = NO_BOOKS[kind]
    (found,) = found_in(tmp_path, book)
    assert (told([found]), found.message) == ([f"funding.yaml:12:11 {code}"], f"`t.xlsx` {message}")
    assert found.help


@pytest.mark.parametrize(
    ("suffix", "what"),
    [
        ("xls", "is a workbook of Excel 97 to 2003"),
        ("XLSM", "is a workbook that may hold macros"),
        ("xlsb", "is a binary workbook"),
        ("ods", "is an OpenDocument spreadsheet"),
        ("pdf", "is neither a CSV file nor an Excel workbook"),
    ],
)
def test_other_kinds_of_files_are_refused_by_their_names(suffix: str, what: str, tmp_path: Path):
    (found,) = findings(papers(tmp_path, GOOD, TABLE.replace("xlsx", suffix), f"data/t.{suffix}"))
    assert (found.code, found.message) == ("wrong-workbook", f"`data/t.{suffix}` {what}")


def test_a_large_file_is_refused_unread(tmp_path: Path):
    folder = papers(tmp_path, GOOD)
    with (folder / "partnership" / "2010-03-11" / "data" / "t.xlsx").open("r+b") as file:
        file.truncate(reading.MOST_BYTES + 1)
    (found,) = findings(folder)
    assert (found.code, found.message) == ("too-large", "`t.xlsx` is larger than 20 MB")


def test_a_file_that_is_not_there_is_missing(tmp_path: Path):
    folder = papers(tmp_path, GOOD, name="data/other.xlsx")
    assert told(findings(folder)) == ["funding.yaml:12:11 missing-file"]


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(path: Path) -> bytes:
        if path.suffix != ".xlsx":
            return read(path)
        raise PermissionError(13, "Permission denied")

    read = Path.read_bytes
    folder = papers(tmp_path, GOOD)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    (found,) = findings(folder)
    assert (found.code, found.message) == ("unreadable", "`t.xlsx` cannot be opened: permission denied")


def test_no_garbled_workbook_breaks_the_reader(tmp_path: Path):
    """Cut off, or with bytes changed: each is read or refused, and nothing is raised."""
    chance = random.Random(7)
    broken = [GOOD[: len(GOOD) * share // 40] for share in range(40)]
    for _ in range(120):
        changed = bytearray(GOOD)
        for _ in range(chance.randrange(1, 6)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        broken.append(bytes(changed))
    inner = sheet(HEADER, ["a", 1], ["b", styled(40248, "yyyy-mm-dd")])
    for _ in range(120):
        letters = list(inner)
        at = chance.randrange(len(HEAD), len(letters))
        letters[at] = chance.choice('<>&"= x0')
        broken.append(workbook({"Costs": "".join(letters)}))
    for number, book in enumerate(broken):
        for found in found_in(tmp_path / str(number), book):
            assert found.place


def test_links_to_other_files_are_not_followed(tmp_path: Path):
    """A workbook whose link leads nowhere reads like any other: only saved results count."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        'Target="file:///nowhere/other.xlsx" TargetMode="External"/></Relationships>'
    )
    link = f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="x" r:id="r1"/></externalLink>'
    book = workbook(
        {"Costs": sheet(HEADER, ["a", ("", "<f>[1]Other!A1</f><v>7</v>")])},
        parts={
            "xl/externalLinks/externalLink1.xml": link,
            "xl/externalLinks/_rels/externalLink1.xml.rels": relations,
        },
    )
    assert rows(tmp_path, book) == [["a", Decimal(7)]]


# --- Cost ----------------------------------------------------------------------------------------------------


def test_five_thousand_rows_are_read_at_once_and_too_many_are_refused(tmp_path: Path):
    before = time.perf_counter()
    assert len(rows(tmp_path / "a", costs(*([f"Ward {n}", n + 0.5] for n in range(5_000))))) == 5_000
    assert time.perf_counter() - before < 10
    (found,) = found_in(tmp_path / "b", costs(*(["a", 1] for _ in range(20_001))))
    assert (found.code, found.message) == ("too-large", "`t.xlsx` has more than 20,000 rows in the sheet `Costs`")


def test_openpyxl_is_loaded_only_for_a_workbook(tmp_path: Path):
    write(tmp_path / "without")
    papers(tmp_path / "with", GOOD)
    program = (
        "import sys; from boardpack import load; from pathlib import Path\n"
        "load.assemble(load.read(Path(sys.argv[1]), ())); print('openpyxl' in sys.modules)"
    )
    for folder, loaded in (("without", "False"), ("with", "True")):
        run = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / folder)], capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == loaded
