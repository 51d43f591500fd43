"""Findings and agenda lines as the templates show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpack import report
from boardpack.diagnostics import CODES, Finding, Severity
from boardpack.markdown.walk import plain
from boardpack.model.labels import bare, labelled
from boardpack.model.meeting import Item, PaperState
from boardpack.preview.pages import Pack
from boardpack.preview.reading import Reading

_AROUND = 160
"""Characters of a line that are shown on either side of the marked ones: a paragraph in one line is common in YAML."""
_CODE = re.compile(r"`([^`]+)`")
_STATES = {
    PaperState.VERBAL: "verbal update",
    PaperState.TO_FOLLOW: "report to follow",
    PaperState.TABLED: "to be tabled",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding: its line cut into the text before, in and after the mark; ``copied`` is what the button copies.

    ``message`` and ``help`` are stretches of words in turn with stretches that were between backticks.
    """

    id: str
    severity: str
    code: str
    file: str
    line: int
    marked: tuple[str, str, str]
    message: Sequence[str]
    help: Sequence[str]
    copied: str
    excusable: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the agenda: ``paper`` is the id of the paper behind it that can be opened, ``state`` what is there."""

    label: str
    depth: int
    title: str
    paper: str
    presenter: str
    state: str
    tone: str
    counts: Sequence[tuple[str, int]]


def shown(findings: Iterable[Finding], folder: Path) -> list[Shown]:
    """Findings in order; files are named as seen from ``folder``, the meeting's."""
    return [_shown(number, each, folder) for number, each in enumerate(findings)]


def _shown(number: int, each: Finding, folder: Path) -> Shown:
    span = each.place.span() if each.place else None
    file = ""
    if span:
        file = span.path.relative_to(folder).as_posix() if span.path.is_relative_to(folder) else span.path.name
    marked = _cut(span.text, span.column - 1, span.end_column - 1) if span and span.text.strip() else ("", "", "")
    return Shown(
        f"{number}-{each.code}",
        each.severity.value,
        each.code,
        file,
        span.line if span else 0,
        marked,
        _CODE.split(each.message),
        _CODE.split(each.help),
        report.render([each]).strip("\n"),
        CODES[each.code].adjustable,
    )


def _cut(text: str, start: int, end: int) -> tuple[str, str, str]:
    before, marked, after = text[:start], text[start:end], text[end:].rstrip()
    before = before.lstrip() if len(before) <= _AROUND else f"…{before[-_AROUND:]}"
    marked = marked if len(marked) <= 2 * _AROUND else f"{marked[: 2 * _AROUND]}…"
    return before, marked, after if len(after) <= _AROUND else f"{after[:_AROUND]}…"


def counts(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """How many there are of each severity, without those of which there are none."""
    found = list(findings)
    told = [(severity.value, sum(each.severity is severity for each in found)) for severity in Severity]
    return [(name, count) for name, count in told if count]


def in_words(counted: Sequence[tuple[str, int]]) -> str:
    """Counts as a sentence: "1 error, 2 warnings"."""
    return ", ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for name, count in counted) or "No findings"


def rows(reading: Reading, pack: Pack | None) -> list[Row]:
    """The agenda with the state of each line."""
    meeting = reading.meeting
    if meeting is None:
        return []
    return [_row(item, bare(label), depth, reading, pack) for item, label, depth, *_ in labelled(meeting)]


def loose(reading: Reading) -> list[str]:
    """The papers that no line of the agenda names."""
    named = {item.paper for item in reading.meeting.items()} if reading.meeting else set()
    return [id for id in reading.ids() if id not in named]


def _row(item: Item, label: str, depth: int, reading: Reading, pack: Pack | None) -> Row:
    id = item.paper if item.state is PaperState.PAPER else ""
    paper = reading.paper(id) if id else None
    titled = item.title or (paper.title if paper else None)
    presenter = item.presenter or (paper.presenter if paper else None)
    state, tone = _state(item, id, reading, pack)
    return Row(
        label,
        depth,
        plain(titled.value) if titled else id,
        id if id in reading.ids() else "",
        presenter.ranked if presenter else "",
        state,
        tone,
        counts(reading.own(id)) if id else (),
    )


def _state(item: Item, id: str, reading: Reading, pack: Pack | None) -> tuple[str, str]:
    if item.state is PaperState.TEXT:
        return item.paper, ""
    if not id:
        return _STATES.get(item.state, ""), "warn" if item.state is PaperState.TO_FOLLOW else ""
    if id not in reading.ids():
        return "there is no such paper", "bad"
    if reading.in_the_way(id):
        return "cannot be read as it stands", "bad"
    return (pages(pack.ranges[id]), "") if pack and id in pack.ranges else ("", "")


def pages(span: tuple[int, int]) -> str:
    """A range of pages in words: "page 5", "pages 5 to 6"."""
    first, last = span
    return f"page {first}" if first == last else f"pages {first} to {last}"
