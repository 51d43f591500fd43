"""What README and docs say is so: codes, commands, keys, links, examples and reports.

``make snapshots`` rewrites the table of findings.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from reading import CASES, ROOT, SCHEMAS, checked

from boardpack import cli, due, pipeline, report
from boardpack.diagnostics import CODES, Code

README = ROOT / "README.md"
GUIDES = sorted((ROOT / "docs").glob("*.md"))
PAGES = [README, *GUIDES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "templates" / "README.md"]
FINDINGS = ROOT / "docs" / "findings.md"
SAMPLE = "safer-essex/2010-03-11"
REWRITE = bool(os.environ.get("REWRITE_SNAPSHOTS"))

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!\\)\[[^\]]+\]\((?P<target>[^)\s]+)\)")
_REPORT = re.compile(r"^\S+:\d+:\d+: (?:error|warning|hint)\[", re.MULTILINE)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def fences(page: Path) -> Iterator[tuple[str, str]]:
    """Each block of code of a page: what stands behind its opening marks, and its lines."""
    for match in _FENCE.finditer(read(page)):
        yield match["info"].strip(), match["body"]


def prose(page: Path) -> str:
    """A page without its blocks of code and without code in its lines."""
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", _FENCE.sub("", read(page)))


def named(page: Path) -> Path:
    return page.relative_to(ROOT)


def table_row(code: str, meaning: Code) -> str:
    decides = "must ask for it" if meaning.asked else "yes" if meaning.adjustable else ""
    return f"| `{code}` | {meaning.severity} | {meaning.meaning} | {decides} |"


def test_every_code_has_its_line_in_the_list_of_findings():
    lines = [table_row(code, CODES[code]) for code in sorted(CODES)]
    before, _, rest = read(FINDINGS).partition("<!-- codes -->\n")
    table, _, after = rest.partition("<!-- end of codes -->")
    head = "| code | severity | what it means | a board may decide |\n|---|---|---|---|\n"
    expected = head + "".join(f"{line}\n" for line in lines)
    if REWRITE:
        FINDINGS.write_text(f"{before}<!-- codes -->\n{expected}<!-- end of codes -->{after}", encoding="utf-8")
        table = expected
    assert table == expected, "`make snapshots` writes the table of docs/findings.md anew"


def commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def test_every_command_and_option_is_in_the_guides():
    guides = "\n".join(read(page) for page in GUIDES)
    parser = cli.arguments.parser()
    parsers = dict(commands(parser))
    wanted = {f"boardpack {name}" for name in parsers}
    for each in (parser, *parsers.values()):
        wanted |= {option for action in each._actions for option in action.option_strings if option.startswith("--")}
    assert {"boardpack check", "--papers", "--help"} <= wanted
    assert {each for each in wanted if not re.search(rf"{re.escape(each)}\b", guides)} == set()


def keys_of(schema: object) -> Iterator[str]:
    """Every key that a schema names, at any depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for below in schema.values():
            yield from keys_of(below)
    elif isinstance(schema, list):
        for below in schema:
            yield from keys_of(below)


@pytest.mark.parametrize(
    ("kind", "guide"),
    [("board", "secretariat"), ("meeting", "secretariat"), ("minutes", "secretariat"), ("paper", "author")],
)
def test_every_key_is_in_its_guide(kind: str, guide: str):
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    text = read(ROOT / "docs" / f"{guide}.md")
    assert {key for key in keys_of(schema) if not re.search(rf"\b{key}\b", text)} == set()


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", read(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(named(page)))
def test_every_relative_link_leads_somewhere(page: Path):
    dead = []
    for match in _LINK.finditer(prose(page)):
        target, _, anchor = match["target"].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = (page.parent / target).resolve() if target else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            dead.append(match["target"])
    assert dead == []


def test_every_guide_can_be_reached_from_the_readme():
    assert [named(page).as_posix() for page in GUIDES if f"]({named(page).as_posix()})" not in read(README)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(named(page)))
def test_every_make_command_is_one(page: Path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    code = " ".join(
        [*re.findall(r"`(make [a-z]+)", read(page)), *re.findall(r"^(?: {4}|\$ )(make .*)$", read(page), re.MULTILINE)]
    )
    assert set(re.findall(r"make ([a-z]+)", code)) <= targets


def pieces(yaml_text: str) -> Iterator[tuple[str, str]]:
    """A piece of a file cut at its top keys: each key with the lines that belong to it."""
    for match in re.finditer(r"^([a-z_]+):(.*\n(?:(?: .*|#.*)?\n)*)", yaml_text, re.MULTILINE):
        yield match[1], match[2]


def example_house(folder: Path) -> Path:
    """The house whose files the guides show piece by piece: what stands below one key is put together."""
    contents: dict[str, dict[str, str]] = defaultdict(dict)
    meeting = folder / "example-board" / "2027-01-14"
    for info, body in (each for page in GUIDES for each in fences(page)):
        kind, _, name = info.partition(" ")
        if kind == "yaml" and name:
            for key, lines in pieces(body):
                contents[name][key] = contents[name].get(key, "") + lines
        elif name:
            (meeting / name).parent.mkdir(parents=True, exist_ok=True)
            (meeting / name).write_text(body, encoding="utf-8")
    for name, keys in contents.items():
        path = meeting.parent / name if name == "board.yaml" else meeting / name
        path.write_text("".join(f"{key}:{lines}" for key, lines in keys.items()), encoding="utf-8")
    for name in re.findall(r"file: ([a-z]+/[a-z.]+)", read(ROOT / "docs" / "author.md")):
        (meeting / name).parent.mkdir(parents=True, exist_ok=True)
        other = "appendices/christmas-cracker.pdf" if name.endswith(".pdf") else "figures/capital.png"
        shutil.copy(ROOT / "papers" / SAMPLE / other, meeting / name)
    return folder


def test_the_examples_of_the_guides_are_a_house_without_errors(tmp_path: Path):
    library, assembled, found = checked(example_house(tmp_path))
    assert len(library.trees) == 3
    assert assembled.meetings[0].papers["opening-hours"].tables.keys() == {"visits", "costs", "actions"}
    assert [each.message for each in found] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(named(page)))
def test_every_yaml_example_can_be_read(page: Path):
    for info, body in fences(page):
        if info.startswith("yaml"):
            yaml.safe_load(body)


def test_every_report_in_the_guides_is_one_that_is_printed():
    printed = "\n".join((case / "expected.txt").read_text(encoding="utf-8") for case in (CASES / "bad").iterdir())
    shown = [body for page in GUIDES for info, body in fences(page) if info == "text" and _REPORT.search(body)]
    assert shown
    assert [body for body in shown if body not in printed] == []


def test_the_report_in_the_readme_is_the_one_that_is_printed(tmp_path: Path):
    (shown,) = (body for info, body in fences(README) if info == "text")
    papers = tmp_path / "papers"
    shutil.copytree(ROOT / "papers", papers)
    path = papers / SAMPLE / "funding.yaml"
    right = "{key: abg, label: Area Based Grant 2010/11, type: money, total: sum}"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, right.replace("sum", "1236586")), encoding="utf-8")
    options = pipeline.Options(papers, tmp_path / "output", (ROOT / "templates",), ROOT / "schemas")
    checked = pipeline.check(options, [SAMPLE])
    printed = report.render(checked.findings, files=checked.files, folder=tmp_path)
    assert printed == shown


def test_the_paper_in_the_readme_is_the_one_of_the_sample():
    (shown,) = (body for info, body in fences(README) if info == "yaml")
    sample = (ROOT / "papers" / SAMPLE / "funding.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in shown.splitlines() if line not in sample] == []


def test_the_deadlines_in_the_guide_are_those_that_are_counted(tmp_path: Path):
    (shown,) = (body for page in GUIDES for info, body in fences(page) if body.startswith("Deadlines as of"))
    options = pipeline.Options(example_house(tmp_path), tmp_path / "output", (ROOT / "templates",), SCHEMAS)
    deadlines = due.deadlines(options, ["example-board/2027-01-14"], date(2026, 12, 30))
    assert due.FORMATS["text"](deadlines) == shown
