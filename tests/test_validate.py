"""The schemas' findings: at the smallest place, in words without JSON Schema in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import BOARD, MEETING, PAPER, SCHEMAS, findings, write

from boardpack import validate
from boardpack.diagnostics import MissingError, Source
from boardpack.load.tree import parse

JARGON = ("additionalProperties", "oneOf", "anyOf", "pattern", "schema", "property", "instance", "enum", "null")

ROWS = "columns: [{key: a, label: A}], rows: [[1]"


def told(text: str, kind: str) -> list[str]:
    tree, found = parse(Source(Path("file.yaml"), text), kind)
    assert tree
    assert not found
    lines = []
    for each in validate.check([tree], SCHEMAS):
        assert each.place
        span = each.place.span()
        assert not any(word in each.message for word in JARGON)
        assert each.message[0].islower() or each.message[0] == "`"
        assert not each.message.endswith(".")
        assert each.help
        lines.append(f"{span.text[span.column - 1 : span.end_column - 1]} | {each.message}")
    return lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("titel: x\n", "titel | `titel` is not a key of a paper"),
        ("contact: {mail: x}\n", "mail | `mail` is not a key of `contact`"),
        ("sections: [{headin: x}]\n", "headin | `headin` is not a key of an item of `sections`"),
        ("figures: {map: {caption: A}}\n", "map | `file` is missing in `map`"),
        ("appendices: [{file: a.pdf}]\n", "{file: a.pdf} | `title` is missing in the first of `appendices`"),
        ("exempt:\n", "exempt | `exempt` is empty; it must be keys with values"),
        ("contact: {mail: }\n", "mail | `mail` is not a key of `contact`"),
        ("figures: {map: {file: }}\n", "file | `file` is empty in `map`"),
        ("recommendations: [A, null]\n", "null | the second of `recommendations` is empty; it must be text"),
        (
            f"tables: {{t: {{{ROWS}, [2], 3]}}}}\n",
            "3 | the third row of `t` must be a list or keys with values, not `3`",
        ),
        (
            f"tables: {{t: {{{ROWS}, [true]]}}}}\n",
            "true | the first cell of the second row of `t` must be text or empty, not `true`",
        ),
        ("tables: {t: {columns: [{key: a}], rows: []}}\n", "{key: a} | `label` is missing in the first column of `t`"),
        ("tables: {t: {columns: [{key: a, lable: A}], rows: []}}\n", "lable | `lable` is not a key of a column of `t`"),
        ("summary: [a]\n", "[a] | `summary` must be text, not a list"),
        ("summary: {first}\n", "{first} | `summary` must be text, not keys with values"),
        ("contents: yes\n", "yes | `contents` must be `true` or `false`, not `yes`"),
        ("recommendations: Note it\n", "Note it | `recommendations` must be a list, not `Note it`"),
        ("presenter: true\n", "true | `presenter` must be text, not `true`"),
        ("late: {agreed_on: 2010-02-30}\n", "2010-02-30 | `2010-02-30` is not a date such as 2010-03-11"),
        ("contact: {email: ad}\n", "ad | `ad` is not a value that `email` may have"),
        ("exempt: {paragraphs: [1, 1]}\n", "1 | `1` stands twice in `paragraphs`"),
        ("exempt: {paragraphs: [0]}\n", "0 | the first of `paragraphs` must be between 1 and 18, not 0"),
        ("exempt: {paragraphs: []}\n", "paragraphs | `paragraphs` is empty"),
        ("background_papers: nil\n", "nil | `nil` is not a value that `background_papers` may have"),
        ("figures: {Map: {file: a.png}}\n", "Map | `Map` may hold small letters, digits and hyphens only"),
    ],
)
def test_paper(text: str, line: str):
    assert told(PAPER + text, "paper") == [line]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  - {title: A, duration: 2.50}\n", "2.50 | `duration` must be a whole number of minutes, not `2.50`"),
        ("  - {title: A, duration: 0}\n", "0 | `duration` must be at least 1, not 0"),
        ("  - [A]\n", "[A] | the second of `agenda` must be keys with values or text, not a list"),
        (
            "  - {title: A, items: [B, [C]]}\n",
            "[C] | the second sub-item of the second of `agenda` must be keys with values or text, not a list",
        ),
        ("  - {title: A, next: no}\n", "no | `next` must be `true` or `false`, not `no`"),
        ("  - {title: A, paper: {txt: B}}\n", "txt | `txt` is not a key of `paper`"),
    ],
)
def test_meeting(text: str, line: str):
    assert told(MEETING + text, "meeting") == [line]


def test_time_with_a_point_is_shown_as_typed():
    text = MEETING.replace("agenda", "starts: 9.30\nagenda")
    assert told(text, "meeting") == ["9.30 | `starts` must be a time of day such as 9:30 or 14:00, not `9.30`"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("notice: {statute: scotland}\n", "scotland | `scotland` is not a value that `statute` may have"),
        ("require: [sumary]\n", "sumary | `sumary` is not a value that the first of `require` may have"),
        ("people: [{name: A, id: A B}]\n", "A B | `A B` may hold small letters, digits and hyphens only"),
        ("rag: {R: {label: Red, color: x}}\n", "color | `color` is not a key of `R`"),
    ],
)
def test_board(text: str, line: str):
    assert told(BOARD + text, "board") == [line]


def test_empty_keys_say_nothing(tmp_path: Path):
    board = BOARD + "".join(f"{key}:\n" for key in ("numbering", "templates", "people", "require", "notice"))
    board += "rules:\n  total-differs:\nrag:\n  B:\npaper_column: {page: }\n"
    line = "{paper: funding, minutes_of: , duration: , items: , presenter: , numbering: , next: }"
    meeting = f"date: 2010-03-11\nstarts:\nends:\nnext:\nagenda:\n  - {line}\n"
    keys = ("sections", "tables", "figures", "charts", "appendices", "contact", "summary", "recommendations", "late")
    paper = PAPER + "".join(f"{key}:\n" for key in keys) + "cover: {wards: }\nbackground_papers: ~\nclearance: null\n"
    assert [each.code for each in findings(write(tmp_path, board=board, meeting=meeting, paper=paper))] == [
        "unknown-key"
    ]


def test_empty_key_that_is_required_is_missing_at_its_line():
    assert told("title:\nauthor: {name: }\npurpose: decision\n", "paper") == [
        "title | `title` is empty",
        "name | `name` is empty in `author`",
    ]


def test_empty_source_of_rows_leaves_the_rows_missing():
    text = PAPER + "tables: {t: {columns: [{key: a, label: A}], from: }}\n"
    assert told(text, "paper") == ["t | `rows` is missing in `t`"]


def test_several_missing_keys_are_a_finding_each():
    assert told("title: A\n", "paper") == ["title: A | `author` is missing", "title: A | `purpose` is missing"]


def test_misspelt_required_key_is_said_once():
    assert told(PAPER.replace("author", "auther"), "paper") == ["auther | `auther` is not a key of a paper"]


def test_unknown_key_proposes_the_nearest(tmp_path: Path):
    (found,) = findings(write(tmp_path, paper=PAPER + "recomendations: [A]\n"))
    assert found.help == "did you mean `recommendations`?"


def test_figures_are_text_where_text_is_wanted():
    assert told(PAPER.replace("Funding", "2010") + "summary: 6.10\n", "paper") == []


def test_minutes_are_checked(tmp_path: Path):
    (found,) = findings(write(tmp_path, **{"minutes.yaml": "status: final\nitems: [{item: funding}]\n"}))
    assert found.message == "`final` is not a value that `status` may have"


def test_missing_schemas_are_no_fault_of_the_papers(tmp_path: Path):
    tree, _ = parse(Source(Path("a.yaml"), PAPER), "paper")
    assert tree
    with pytest.raises(MissingError, match="--schemas"):
        validate.check([tree], tmp_path)
    (tmp_path / "paper.schema.json").write_text("{")
    with pytest.raises(MissingError, match="broken"):
        validate.check([tree], tmp_path)
