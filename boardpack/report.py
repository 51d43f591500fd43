"""Findings -> what people and programs read: text, JSON, annotations of a pull request.

Findings are put into file order, and one that was found by two ways is said once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from boardpack.diagnostics import Finding, Severity, Span

_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.HINT: "\x1b[1;36m"}
_BOLD, _BLUE, _RESET = "\x1b[1m", "\x1b[1;34m", "\x1b[0m"
_TAB = 4
_WIDEST = 200
"""Longer lines are cut to the part around the marked text: a paragraph in one line is common in YAML."""


class _Entry(NamedTuple):
    """A finding with its place worked out once, for sorting and for printing."""

    finding: Finding
    span: Span | None
    path: str


def in_order(findings: Iterable[Finding], folder: Path | None = None) -> list[Finding]:
    """Findings in the order of files and lines, each once; those without a place come first."""
    return [entry.finding for entry in _entries(findings, folder or Path.cwd())]


def _entries(findings: Iterable[Finding], folder: Path) -> list[_Entry]:
    entries: dict[tuple[str, int, int, str, str], _Entry] = {}
    for finding in findings:
        span = finding.place.span() if finding.place else None
        path = _relative(span.path, folder) if span else ""
        entry = _Entry(finding, span, path)
        entries.setdefault((*_position(entry), finding.code, finding.message), entry)
    return sorted(entries.values(), key=_position)


def _position(entry: _Entry) -> tuple[str, int, int]:
    return (entry.path, entry.span.line, entry.span.column) if entry.span else ("", 0, 0)


def _relative(path: Path, folder: Path) -> str:
    """The path from the current folder if it lies below it, with forward slashes."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def render(
    findings: Iterable[Finding],
    format: str = "text",
    files: int = 0,
    *,
    folder: Path | None = None,
    colour: bool = False,
) -> str:
    """The findings in one of FORMATS, with a line feed at the end; nothing where there is nothing to say.

    ``files`` is the number of files that were checked, for the summary of the text. ``folder`` is the one
    from which paths are shown, the current one by default.
    """
    entries = _entries(findings, folder or Path.cwd())
    if format != "text":
        return FORMATS[format](entries)
    summary = summarise((entry.finding for entry in entries), files) if entries or files else ""
    return _text(entries, colour) + summary


def _text(entries: Sequence[_Entry], colour: bool = False) -> str:
    return "".join(f"{_block(entry, colour)}\n" for entry in entries)


def summarise(findings: Iterable[Finding], files: int = 0) -> str:
    """One line: "2 errors, 1 warning in 9 files"."""
    listed = list(findings)
    counts = {severity: sum(each.severity is severity for each in listed) for severity in Severity}
    told = [_count(number, severity.value) for severity, number in counts.items() if number]
    where = f" in {_count(files, 'file')}" if files else ""
    return f"{', '.join(told) if told else 'no findings'}{where}\n"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _block(entry: _Entry, colour: bool) -> str:
    """One finding: the head, the line with its mark, the help."""
    finding, span = entry.finding, entry.span

    def paint(text: str, colour_of: str) -> str:
        return f"{colour_of}{text}{_RESET}" if colour else text

    where = f"{entry.path}:{span.line}:{span.column}: " if span else ""
    severity = paint(f"{finding.severity}[{finding.code}]", _COLOURS[finding.severity])
    lines = [f"{where}{severity}: {paint(finding.message, _BOLD)}"]
    margin = " " * (len(str(span.line)) + 1 if span else 3)
    if span and span.text and not span.text.isspace():
        shown, blank, mark = _marked(span)
        lines.append(f"{margin}{paint('|', _BLUE)}")
        lines.append(f"{paint(f'{span.line} |', _BLUE)} {shown}")
        lines.append(f"{margin}{paint('|', _BLUE)} {blank}{paint(mark, _COLOURS[finding.severity])}")
    if finding.help:
        lines.append(f"{margin}{paint('=', _BLUE)} help: {finding.help}")
    return "\n".join(lines) + "\n"


def _marked(span: Span) -> tuple[str, str, str]:
    """The line as it is shown, the blanks below it up to the mark, and the mark."""
    start, end = span.column - 1, span.end_column - 1
    if len(span.text) <= _WIDEST:
        before, marked, after = span.text[:start], span.text[start:end], span.text[end:]
    else:
        before = f"…{span.text[start - 60 : start]}" if start > 61 else span.text[:start]
        marked = f"{span.text[start : start + 100]}…" if end - start > 101 else span.text[start:end]
        after = f"{span.text[end : end + 38]}…" if len(span.text) - end > 39 else span.text[end:]
    before = _expanded(before, 0)
    marked = _expanded(marked, _width(before))
    after = _expanded(after, _width(before) + _width(marked))
    return (before + marked + after).rstrip(), " " * _width(before), "^" * max(_width(marked), 1)


def _expanded(text: str, column: int) -> str:
    """The text with tabs as spaces, and without signs that steer a terminal."""
    shown = ""
    for character in text:
        if character == "\t":
            shown += " " * (_TAB - (column + _width(shown)) % _TAB)
        else:
            shown += character if character.isprintable() or unicodedata.category(character) == "Zs" else "\ufffd"
    return shown


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _json(entries: Sequence[_Entry]) -> str:
    import json

    return json.dumps([_row(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def _row(entry: _Entry) -> dict[str, object]:
    finding, span = entry.finding, entry.span
    return {
        "path": entry.path or None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_column": span.end_column if span else None,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
    }


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def _github(entries: Sequence[_Entry]) -> str:
    """Workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    return "".join(f"{_annotation(entry)}\n" for entry in entries)


def _annotation(entry: _Entry) -> str:
    finding, span = entry.finding, entry.span
    properties = [("title", finding.code)]
    if span:
        where = [
            ("file", entry.path),
            ("line", span.line),
            ("col", span.column),
            ("endColumn", span.end_column),
        ]
        properties = [*((name, str(value)) for name, value in where), *properties]
    named = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties)
    message = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    return f"::{_COMMANDS[finding.severity]} {named}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


FORMATS: Mapping[str, Callable[[Sequence[_Entry]], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}
"""How findings can be shown, by the name that `--format` takes."""
