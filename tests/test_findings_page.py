"""findings.html: whole and plain HTML that shows what was typed, and nothing that was not."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from packs import Call
from reading import BOARD, MEETING, checked, write

from boardpack import report
from boardpack.diagnostics import Finding, Place, Severity, Source
from boardpack.findings_page import findings_page
from boardpack.number import number

HOSTILE = "<script>alert(1)</script> & \"more\" 'words'"
PAPER = "title: Funding\nauthor: A Dawlish\npurpose: information\n"
VOID = {"meta", "link", "br", "img", "hr"}
BLOCKS = {"p", "pre", "ol", "ul", "section", "h1", "h2", "header", "main", "nav"}


class Page(HTMLParser):
    """A page as a strict reader sees it: every element closed where it was opened, no paragraph with a block in it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.words: dict[str, list[str]] = {}
        self.declaration = ""
        self.feed(data.decode())
        self.close()
        assert self.open == []

    def handle_decl(self, decl: str) -> None:
        self.declaration = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag in BLOCKS and {"p", "pre", "h1", "h2"} & set(self.open))
        self.tags[tag] += 1
        assert len({name for name, _ in attrs}) == len(attrs)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)
            self.words.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.words[tag][-1] += data

    def values(self, name: str) -> list[str]:
        return [value for _, key, value in self.attributes if key == name]


def page_of(papers: Path) -> bytes:
    _, assembled, found = checked(papers)
    return findings_page(number(assembled.meetings[0]), found)


def house(folder: Path) -> Path:
    """A meeting with two papers and findings in each, in the agenda, in the board and in a table's file."""
    table = "tables:\n  costs: {from: data/costs.csv, columns: [{key: what, label: What, type: person}]}\n"
    paper = (
        f"title: '{HOSTILE.replace(chr(39), 2 * chr(39))}'\n"
        "author: [{name: Ann Dawlish, role: '<b>Head</b>'}, B Smith]\npurpose: information\n"
        "contact: {name: Ann Dawlish, telephone: 01632 960123, email: 'a\"><i>@example.org'}\n"
        f"sections:\n  - text: '[](table:costs)'\n{table}"
    )
    board = BOARD + (
        "rules: {meeting-date: warning, vague-link: hint}\nforward_plan: {themes: [Money]}\n"
        "people: [{id: am, name: Ann Marlowe}]\n"
    )
    meeting = "date: 2010-03-12\nagenda:\n  - paper: second\n  - {paper: funding, purpose: information}\n"
    second = PAPER.replace("Funding", "Second *paper*") + "summary: Look [here](https://example.org/a?b&c=<d>).\n"
    data = {"data/costs.csv": "what\nAnn Marlow\n", "second.yaml": second}
    return write(folder, board=board, meeting=meeting, paper=paper, **data)


@pytest.fixture
def found(tmp_path: Path) -> Page:
    return Page(page_of(house(tmp_path)))


def test_it_is_whole_and_plain_html(found: Page):
    assert found.declaration == "DOCTYPE html"
    assert ("html", "lang", "en-GB") in found.attributes
    assert (found.tags["h1"], found.tags["title"], found.tags["main"]) == (1, 1, 1)
    assert not {"script", "link", "img", "iframe", "i", "b"} & set(found.tags)
    assert {name for _, name, _ in found.attributes} <= {
        *("lang", "charset", "name", "content", "id", "href", "aria-label", "aria-labelledby"),
    }
    ids = found.values("id")
    assert len(set(ids)) == len(ids) == found.tags["h2"]
    inner = [target for target in found.values("href") if target.startswith("#")]
    assert inner == [f"#{id}" for id in ids]
    assert found.values("aria-labelledby") == ids


def test_papers_stand_in_the_order_of_the_agenda_behind_agenda_and_board(found: Page):
    assert found.words["h2"] == ["Agenda and board", "Item 1: Second paper", f"Item 2: {HOSTILE}"]
    assert found.words["title"] == ["Findings: Example Partnership, Friday 12 March 2010"]


def test_it_says_how_much_there_is(found: Page):
    assert re.search(r"found \d warnings and 1 hint\.", found.words["header"][0])
    told = [int(number) for number in re.findall(r"(\d+) (?:warning|hint)s?", found.words["nav"][0])]
    assert sum(told) == found.tags["li"] - found.tags["h2"]


def test_each_paper_names_its_authors_and_whom_to_ask(found: Page):
    *_, last = found.words["section"]
    assert "Authors: Ann Dawlish, <b>Head</b>; B Smith" in last
    assert 'Contact: Ann Dawlish, 01632 960123, a"><i>@example.org' in last
    (mail,) = [target for target in found.values("href") if target.startswith("mailto:")]
    assert mail == "mailto:a%22%3E%3Ci%3E@example.org"


def test_each_finding_says_where_it_is_how_much_it_matters_and_what_to_do(found: Page):
    board, second, funding = found.words["section"]
    assert "meeting.yaml, line 1. Warning [meeting-date]: " in board
    assert "What to do: " in board
    assert "second.yaml, line 4. Hint [vague-link]: here does not say where the link leads" in second
    assert "data/costs.csv, line 2. Warning [name-differs]: Ann Marlow is not in the register" in funding


def test_what_stands_between_backticks_is_code(found: Page):
    assert "`" not in "".join(found.words["section"])
    assert "here" in found.words["code"]


def test_the_place_is_marked_in_its_line(found: Page):
    assert "summary: Look [here](https://example.org/a?b&c=<d>)." in found.words["pre"]
    assert "here" in found.words["mark"]
    assert "Ann Marlow" in found.words["mark"]


@pytest.mark.parametrize(
    ("line", "marked", "shown"),
    [
        ("    a: x", "x", "a: <mark>x</mark>"),
        ("a: <x> & y", "<x>", "a: <mark>&lt;x&gt;</mark> &amp; y"),
        (f"a: {'b' * 900} x {'c' * 900}", "x", f"…{'b' * 399} <mark>x</mark> {'c' * 399}…"),
        ("a: \x1b[31mx\u202e y", "x", "a: \ufffd[31m<mark>x</mark>\ufffd y"),
        ("a: é\u00a0\tx", "x", "a: é\u00a0\t<mark>x</mark>"),
    ],
)
def test_a_line_is_shown_as_it_was_typed(tmp_path: Path, line: str, marked: str, shown: str):
    _, assembled, _ = checked(write(tmp_path, paper=PAPER))
    meeting = assembled.meetings[0]
    source = Source(meeting.papers["funding"].path, f"\n{line}  \nz: 1\n")
    start = source.text.index(marked)
    finding = Finding("overrun", Severity.WARNING, Place(source, start, start + len(marked)), "m")
    page = findings_page(number(meeting), [finding]).decode()
    (pre,) = re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert pre == shown


def test_a_finding_without_a_place_stands_with_the_agenda(tmp_path: Path):
    _, assembled, _ = checked(write(tmp_path, paper=PAPER))
    finding = Finding("unknown-templates", Severity.WARNING, None, "there is no `x`", "look")
    page = Page(findings_page(number(assembled.meetings[0]), [finding]))
    assert page.words["h2"] == ["Agenda and board"]
    assert "Warning [unknown-templates]: there is no x" in page.words["li"][-1]
    assert "pre" not in page.tags


def test_findings_that_nobody_can_excuse_need_no_word_on_it(tmp_path: Path):
    _, assembled, _ = checked(write(tmp_path, paper=PAPER))
    numbered = number(assembled.meetings[0])
    told = [
        b"# allow" in findings_page(numbered, [Finding(code, Severity.WARNING, None, "m")])
        for code in ("overrun", "csv-syntax")
    ]
    assert told == [True, False]


def test_without_findings_there_is_no_page(tmp_path: Path):
    assert page_of(write(tmp_path, paper=PAPER)) == b""


def test_the_same_papers_give_the_same_bytes_wherever_they_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one = page_of(house(tmp_path / "one"))
    monkeypatch.chdir(house(tmp_path / "two") / "partnership" / "2010-03-11")
    assert page_of(tmp_path / "two") == one
    assert os.fsencode(tmp_path) not in one


def test_the_pack_brings_the_page_and_its_manifest_names_it(boardpack: Call, tmp_path: Path):
    papers, output = house(tmp_path / "papers"), tmp_path / "output"
    build = ("pack", "--no-pdf", "--papers", papers, "--output", output, "partnership/2010-03-11")
    assert boardpack(*build).code == 0
    folder = output / "partnership" / "2010-03-11"
    Page((folder / "findings.html").read_bytes())
    assert "findings.html" in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    write(papers, meeting=MEETING, paper=PAPER)
    (papers / "partnership" / "2010-03-11" / "second.yaml").unlink()
    assert boardpack(*build).code == 0
    assert not (folder / "findings.html").exists()


def test_order_of_the_report_is_that_of_the_page(tmp_path: Path):
    papers = house(tmp_path)
    _, assembled, found = checked(papers)
    meeting = assembled.meetings[0]
    assert findings_page(number(meeting), report.in_order(found[::-1], meeting.board.folder)) == page_of(papers)
