"""Findings as text, JSON and annotations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boardpack import report
from boardpack.diagnostics import Finding, Place, Severity, Source, finding

FOLDER = Path("/here")


def fault(line: str, marked: str, *, before: str = "", path: str = "papers/a.yaml", help: str = "mend it") -> Finding:
    source = Source(FOLDER / path, f"{before}{line}\nlast: 1\n")
    start = len(before) + line.index(marked)
    return finding("wrong-value", Place(source, start, start + len(marked)), "`x` is wrong", help)


def shown(*findings: Finding, **options) -> str:
    return report.render(findings, folder=FOLDER, **options)


def test_text_has_the_form_of_the_contract():
    before = "a: 1\n" * 30
    line = "      - {key: abg, label: Area Based Grant, type: money, total: 1236586}"
    expected = """\
papers/a.yaml:31:65: error[wrong-value]: `x` is wrong
   |
31 |       - {key: abg, label: Area Based Grant, type: money, total: 1236586}
   |                                                                 ^^^^^^^
   = help: mend it

1 error
"""
    assert shown(fault(line, "1236586", before=before)) == expected


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("\tkey:\tvalue", "value"),
        ("标题: 值 value", "value"),
        ("e\u0301te\u0301: value", "value"),
        ("\U0001f600: value", "value"),
        ("a\u200bb: value", "value"),
    ],
)
def test_caret_stands_under_the_text(line: str, marked: str):
    rows = shown(fault(line, marked)).splitlines()
    assert rows[2].rstrip().endswith("value")
    assert rows[3].count("^") == len(marked)
    assert report._width(rows[2]) == report._width(rows[3])


def test_wide_characters_are_marked_at_their_width():
    rows = shown(fault("a: 值值", "值值")).splitlines()
    assert rows[3].endswith(" ^^^^")


def test_mark_ends_with_its_line_and_leaves_out_the_blanks():
    source = Source(FOLDER / "a.yaml", "key:  \n  more: 1\n")
    found = finding("wrong-value", Place(source, 0, len(source.text)), "m")
    assert "1 | key:\n  | ^^^^\n" in shown(found)


def test_long_line_is_cut_around_the_mark():
    rows = shown(fault("summary: " + "x" * 5_000 + " here " + "y" * 5_000, "here")).splitlines()
    assert len(rows[2]) < 220
    assert rows[2][rows[3].index("^") :].startswith("here")


def test_signs_that_steer_a_terminal_do_not_reach_it():
    assert "\x1b" not in shown(fault("a: \x1b[31mred", "red"))


def test_place_at_the_end_of_a_file_shows_no_line():
    source = Source(FOLDER / "a.yaml", "a: 1\n")
    found = finding("wrong-value", Place(source, 99, 120), "m", "h")
    assert shown(found).startswith("a.yaml:2:1: error[wrong-value]: m\n  = help: h\n")


def test_finding_without_a_place_comes_first():
    bare = finding("missing-file", None, "nothing there", "look")
    text = shown(fault("a: x", "x"), bare)
    assert text.startswith("error[missing-file]: nothing there\n   = help: look\n\npapers/a.yaml:1:4")


def test_findings_stand_in_file_order_each_once():
    one, two = fault("a: x", "x", path="a.yaml"), fault("a: x", "x", path="b.yaml")
    ten, nine = (fault("a: x", "x", before="a: 1\n" * n, path="a.yaml") for n in (9, 8))
    found = report.in_order([two, ten, nine, one, fault("a: x", "x", path="a.yaml")], FOLDER)
    assert found == [one, nine, ten, two]


def test_path_outside_the_folder_is_given_in_full():
    assert report.render([fault("a: x", "x")], folder=Path("/elsewhere")).startswith("/here/papers/a.yaml:1:4")


@pytest.mark.parametrize(
    ("severities", "files", "line"),
    [
        ((), 1, "no findings in 1 file\n"),
        (("error",), 9, "1 error in 9 files\n"),
        (("warning", "error", "error"), 1_000, "2 errors, 1 warning in 1,000 files\n"),
        (("hint",), 0, "1 hint\n"),
    ],
)
def test_summary(severities: tuple[str, ...], files: int, line: str):
    found = [Finding("unused-paper", Severity(severity), None, "m") for severity in severities]
    assert report.summarise(found, files) == line


def test_colour_only_when_asked():
    found = fault("a: x", "x")
    plain, coloured = shown(found), shown(found, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31merror[wrong-value]\x1b[0m" in coloured


def test_json_is_a_list_of_rows():
    assert json.loads(shown(fault("a: é", "é"), format="json", files=3)) == [
        {
            "path": "papers/a.yaml",
            "line": 1,
            "column": 4,
            "end_column": 5,
            "code": "wrong-value",
            "severity": "error",
            "message": "`x` is wrong",
            "help": "mend it",
        }
    ]
    assert json.loads(shown(format="json")) == []


def test_json_of_a_finding_without_a_place():
    (row,) = json.loads(shown(finding("missing-file", None, "m"), format="json"))
    assert (row["path"], row["line"], row["help"]) == (None, None, "")


def test_annotation_escapes_what_steers_the_runner():
    found = fault("a: x", "x", path="a,b:c%.yaml", help="100% sure\n::error::x")
    assert shown(found, format="github") == (
        "::error file=a%2Cb%3Ac%25.yaml,line=1,col=4,endColumn=5,title=wrong-value::"
        "`x` is wrong%0A100%25 sure%0A::error::x\n"
    )


def test_annotations_of_hints_are_notices():
    found = Finding("unused-paper", Severity.HINT, None, "m")
    assert shown(found, format="github") == "::notice title=unused-paper::m\n"
