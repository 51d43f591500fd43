"""Workbooks and CSV files as appendices: every sheet as Excel shows it, and nothing that it hides."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import ooxml
import openpyxl
import pytest
from openpyxl.comments import Comment
from packs import Call
from PIL import Image
from reading import PAPER, checked, write
from test_xlsx import HEAD
from wordfile import WordFile
from workbooks import sheet, workbook

from boardpack.diagnostics import Finding
from boardpack.load.number_formats import figure, moment
from boardpack.model.sheet import PrintedSheet

APPENDIX = PAPER + "appendices:\n  - {{id: x, title: Costs, file: appendices/{}}}\n"


def loaded(folder: Path, data: bytes, name: str = "x.xlsx") -> tuple[tuple[PrintedSheet, ...], list[Finding]]:
    papers = write(folder, paper=APPENDIX.format(name), **{f"appendices/{name}": data})
    _, assembled, found = checked(papers)
    return assembled.meetings[0].papers["funding"].appendices[0].sheets, found


def texts(sheets: tuple[PrintedSheet, ...]) -> list[list[str]]:
    (only,) = sheets
    return [[cell.text for cell in row] for row in only.rows]


def book(fill: Any) -> bytes:
    """A workbook as openpyxl writes it, after ``fill`` has had its first sheet and itself."""
    made = openpyxl.Workbook()
    fill(made.active, made)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def rows(*lines: list[Any]) -> Any:
    return lambda first, _: [first.append(line) for line in lines]


def test_a_sheet_prints_as_excel_shows_it(tmp_path):
    def fill(first: Any, _: Any) -> None:
        first.append(["What", "When", "Cost", "Share", "*raw*"])
        first.append(["Sites", date(2010, 3, 11), 1234.5, 0.125, "_a_ <b> & [x](y)"])
        first["B2"].number_format = "dd/mm/yyyy"
        first["C2"].number_format = '"£"#,##0.00'
        first["D2"].number_format = "0.0%"

    sheets, found = loaded(tmp_path, book(fill))
    assert found == []
    assert texts(sheets) == [
        ["What", "When", "Cost", "Share", "*raw*"],
        ["Sites", "11 March 2010", "£1,234.50", "12.5%", "_a_ <b> & [x](y)"],
    ]
    assert [cell.figure for cell in sheets[0].rows[1]] == [False, False, True, True, False]


@pytest.mark.parametrize(
    ("value", "format", "expected"),
    [
        (1234567.891, "General", "1234567.891"),
        (0.1 + 0.2, "General", "0.3"),
        (-5, "General", "−5"),
        (1234.5, "#,##0", "1,235"),
        (1234.5, "0.00", "1234.50"),
        (-1234.5, "#,##0;(#,##0)", "(1,235)"),
        (-1234.5, "#,##0;[Red]-#,##0", "−1,235"),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "-"),
        (0, "0", "0"),
        (0, "General", "0"),
        (0, '#,##0;-#,##0;"nil"', "nil"),
        (-1234.5, "#,##0.00", "−1,234.50"),
        (-0.001, "0.00", "0.00"),
        (0.1234, "0.0%", "12.3%"),
        (1500000, '£#,##0.0,,"m"', "£1.5m"),
        (12.5, "[$€-407] #,##0.00", "€ 12.50"),
        (12.5, "_-£* #,##0.00_-", "£12.50"),
        (1.5, "0.0##", "1.5"),
        (2, "0.##", "2"),
        (1.5, "# ?/?", "1.5"),
        (12345, "0.0E+00", "12345"),
        (12, '0" of 20"', "12 of 20"),
    ],
)
def test_a_figure_follows_the_format_of_its_cell(value, format, expected):
    assert figure(value, format) == expected


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("dd/mm/yyyy", "11 March 2010"),
        ("mmm-yy", "March 2010"),
        ("yyyy", "2010"),
        ("d mmm", "11 March"),
        ("dd/mm/yyyy hh:mm", "11 March 2010, 9:30"),
    ],
)
def test_a_date_says_no_more_than_its_format(format, expected):
    assert moment(datetime(2010, 3, 11, 9, 30), format) == expected  # noqa: DTZ001 (as openpyxl gives it)


def test_a_title_above_the_table_is_a_line_and_empty_rows_and_columns_are_left_out(tmp_path):
    lines = [
        [None],
        ["Budget 2010"],
        [None, None],
        ["What", None, "Cost"],
        ["Sites", None, 5],
        [None],
        ["Total", None, 5],
    ]
    sheets, _ = loaded(tmp_path, book(rows(*lines)))
    assert sheets[0].above == ("Budget 2010",)
    assert texts(sheets) == [["What", "Cost"], ["Sites", "5"], ["Total", "5"]]


def test_each_sheet_prints_under_its_name(tmp_path):
    def fill(first: Any, made: Any) -> None:
        first.title = "North"
        first.append(["a"])
        made.create_sheet("Empty")
        made.create_sheet("South").append(["b"])

    sheets, found = loaded(tmp_path, book(fill))
    assert [each.name for each in sheets] == ["North", "South"]
    assert found == []


def test_merged_cells_say_what_they_say_in_every_row_and_in_the_header_in_every_column(tmp_path):
    def fill(first: Any, _: Any) -> None:
        for line in (["Area", "2010", None], ["South", 1, 2], [None, 3, 4], ["A note", None, None]):
            first.append(line)
        for merged in ("B1:C1", "A2:A3", "A4:C4"):
            first.merge_cells(merged)

    sheets, _ = loaded(tmp_path, book(fill))
    assert texts(sheets) == [["Area", "2010", "2010"], ["South", "1", "2"], ["South", "3", "4"], ["A note", "", ""]]


def test_a_cell_merged_over_empty_rows_makes_no_rows(tmp_path):
    def fill(first: Any, _: Any) -> None:
        for line in (["a", "b"], ["label", 1]):
            first.append(line)
        first.merge_cells("A2:A900")

    sheets, _ = loaded(tmp_path, book(fill))
    assert texts(sheets) == [["a", "b"], ["label", "1"]]


def hide_sheet(first: Any, made: Any) -> None:
    first.append(["a", "b"])
    made.create_sheet("Names").append(["CANARY"])
    made["Names"].sheet_state = "hidden"


def hide_well(first: Any, made: Any) -> None:
    hide_sheet(first, made)
    made["Names"].sheet_state = "veryHidden"


def hide_row(first: Any, _: Any) -> None:
    for line in (["a", "b"], ["CANARY", "c"]):
        first.append(line)
    first.row_dimensions[2].hidden = True


def hide_column(first: Any, _: Any) -> None:
    first.append(["a", "CANARY"])
    first.column_dimensions["B"].hidden = True


def hide_by_format(first: Any, _: Any) -> None:
    first.append(["a", 77777])
    first["B1"].number_format = ";;;"


def hide_by_colour(first: Any, _: Any) -> None:
    first.append(["a", "CANARY", "kept"])
    first["B1"].font = openpyxl.styles.Font(color="FFFFFF")
    first["C1"].font = openpyxl.styles.Font(color="FFFFFF")
    first["C1"].fill = openpyxl.styles.PatternFill("solid", fgColor="17505F")


def formula(first: Any, _: Any) -> None:
    first.append(["a", "=1+1"])


@pytest.mark.parametrize(
    ("fill", "code", "message"),
    [
        (hide_sheet, "hidden-cells", "`x.xlsx` hides the sheet `Names`"),
        (hide_well, "hidden-cells", "`x.xlsx` hides the sheet `Names`"),
        (hide_row, "hidden-cells", "sheet `Sheet`: row 2 is hidden"),
        (hide_column, "hidden-cells", "sheet `Sheet`: column B is hidden"),
        (hide_by_format, "hidden-cells", "sheet `Sheet`: cell B1 is hidden by the number format"),
        (hide_by_colour, "hidden-cells", "sheet `Sheet`: cell B1 is hidden in white on white"),
        (
            rows(["a_x0001_"]),
            "illegal-character",
            "sheet `Sheet`: the text holds the character U+0001, which a Word document cannot hold",
        ),
        (formula, "no-value", "sheet `Sheet`: cell B1: a formula without its result"),
        (rows(), "empty-file", "`x.xlsx` has no sheet with cells"),
        (
            rows(*([n] for n in range(2001))),
            "file-limits",
            "sheet `Sheet`: it has 2,001 rows and 1 column; 2,000 and 30 are the most that print",
        ),
        (
            rows([*range(31)]),
            "file-limits",
            "sheet `Sheet`: it has 1 row and 31 columns; 2,000 and 30 are the most that print",
        ),
    ],
)
def test_what_must_not_print_is_an_error_and_nothing_prints(tmp_path, fill, code, message):
    sheets, found = loaded(tmp_path, book(fill))
    assert [(each.code, each.message) for each in found] == [(code, message)]
    assert found[0].help
    assert sheets == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "damaged-file"),
        (b"words", "wrong-kind"),
        (b"%PDF-1.7", "wrong-kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "wrong-kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted-file"),
        (workbook({"A": sheet(["a"])}, parts={"xl/vbaProject.bin": b"x"}), "wrong-kind"),
        (workbook({"A": sheet(["a"])}, parts={"xl/x.xml": HEAD + "<!DOCTYPE x><x/>"}), "unsafe-file"),
        (workbook({"A": sheet(["a"])})[:400], "wrong-kind"),
    ],
)
def test_another_or_a_broken_file_is_refused(tmp_path, data, code):
    sheets, found = loaded(tmp_path, data)
    assert [each.code for each in found] == [code]
    assert sheets == ()


def test_what_no_table_shows_is_told(tmp_path):
    def fill(first: Any, made: Any) -> None:
        for line in (["a", "b"], ["x", 1], ["y", 2]):
            first.append(line)
        first["A1"].comment = Comment("CANARY", "somebody")
        chart = openpyxl.chart.BarChart()
        chart.add_data(openpyxl.chart.Reference(first, min_col=2, min_row=1, max_row=3))
        first.add_chart(chart, "D1")
        target = io.BytesIO()
        Image.new("RGB", (4, 4)).save(target, "PNG")
        target.seek(0)
        first.add_image(openpyxl.drawing.image.Image(target), "D9")

    sheets, found = loaded(tmp_path, book(fill))
    (only,) = found
    assert only.code == "cleaned-file"
    assert only.message.startswith("`x.xlsx` prints without ")
    assert all(words in only.message for words in ("its comments", "its charts", "its pictures"))
    assert "CANARY" not in repr(sheets)
    assert len(sheets[0].rows) == 3


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_file_is_a_table(tmp_path, sign):
    data = sign.join(("What", "Cost")) + "\r\n" + sign.join(("=Sites", '"1,200"')) + "\r\n\r\n"
    sheets, found = loaded(tmp_path, data.encode("utf-8-sig"), "x.csv")
    assert found == []
    assert texts(sheets) == [["What", "Cost"], ["=Sites", "1,200"]]
    assert [cell.figure for cell in sheets[0].rows[1]] == [False, True]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"a,b\n1\n", "row-length"),
        (b'a,b\n"1,2\n', "csv-syntax"),
        (b"a,b\n\xff\xfe,2\n", "not-utf8"),
        (b"a,b\n1,\x07\n", "illegal-character"),
        (b"a\n" * 2001, "file-limits"),
        (b",".join([b"a"] * 31), "file-limits"),
    ],
)
def test_a_csv_file_that_is_none_is_refused(tmp_path, data, code):
    sheets, found = loaded(tmp_path, data, "x.csv")
    assert [each.code for each in found] == [code]
    assert sheets == ()


def test_a_pack_with_workbooks_is_a_valid_word_file_and_wide_sheets_lie_across(tmp_path, boardpack: Call):
    def fill(first: Any, made: Any) -> None:
        first.append(["Partnership", "Cost"])
        first.append(["Basildon", 1])
        wide = made.create_sheet("Wide")
        for _ in range(3):
            wide.append([f"Expenditure{n}" for n in range(14)])

    paper = PAPER + "appendices:\n  - {id: x, title: X, file: a/x.xlsx}\n  - {id: y, title: Y, file: a/y.csv}\n"
    papers = write(tmp_path / "papers", paper=paper, **{"a/x.xlsx": book(fill), "a/y.csv": "a,b\n1,2\n"})
    done = boardpack("pack", "partnership/2010-03-11", "--papers", papers, "--output", tmp_path / "out", "--no-pdf")
    assert done.code == 0, done.err
    files = sorted((tmp_path / "out").rglob("*.docx"))
    assert ooxml.errors(files) == []
    pack = WordFile((tmp_path / "out/partnership/2010-03-11/pack.docx").read_bytes())
    assert len(pack.find("//w:pgSz[@w:orient='landscape']")) == 1
    assert "Basildon" in pack.text()
