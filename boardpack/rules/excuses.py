"""A line that is excused in place: ``# allow CODE: reason`` behind it or above it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from boardpack.diagnostics import Finding, Source
from boardpack.rules.patterns import later

_ALLOW = later(r"(?:^|\s)#\s*allow\s+([a-z0-9]+(?:-[a-z0-9]+)*)\s*:[ \t]*(\S.*)")
_OPENS_TEXT = later(r"(?:^|[:\-])\s+[|>][-+]?\d?\s*(?:#.*)?$")


class Excuse(NamedTuple):
    """What one comment excuses: findings of a code whose place begins in these lines, counted from 1."""

    code: str
    first: int
    last: int
    reason: str


def is_excused(finding: Finding) -> bool:
    """Whether the papers say, with a reason, that this finding is known and meant.

    A comment behind a key excuses that line and what is indented under the key; one on a line of its own excuses the
    next line with all under it, of a list the whole entry. Without a reason it excuses nothing.
    """
    place = finding.place
    if place is None or "allow" not in place.source.text:
        return False
    line = place.span().line
    return any(each.code == finding.code and each.first <= line <= each.last for each in excuses(place.source))


@lru_cache(maxsize=64)
def excuses(source: Source) -> tuple[Excuse, ...]:
    """Every excuse in a file; what stands in a block of text is no comment."""
    return tuple(_excuses(source.text.splitlines()))


def _excuses(lines: list[str]) -> Iterator[Excuse]:
    text_until = 0
    for number, line in enumerate(lines, 1):
        if number <= text_until:
            continue
        if match := _ALLOW.search(line):
            alone = not line[: match.start()].strip()
            first = _next(lines, number) if alone else number
            last = _last(lines, first, _indent(lines[first - 1]) if alone else _key_column(line))
            yield Excuse(match[1], first, last, match[2].strip())
        if _OPENS_TEXT.search(line):
            text_until = _last(lines, number, _key_column(line))


def _next(lines: list[str], number: int) -> int:
    """The next line that is neither blank nor a comment."""
    while number < len(lines) and (not lines[number].strip() or lines[number].lstrip().startswith("#")):
        number += 1
    return min(number + 1, len(lines))


def _last(lines: list[str], first: int, column: int) -> int:
    """The last of the lines below the first that begin further right than this column."""
    last = first
    for number, line in enumerate(lines[first:], first + 1):
        if line.strip():
            if _indent(line) <= column:
                break
            last = number
    return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _key_column(line: str) -> int:
    """Where the key of a line begins, behind the dashes of a list."""
    return len(line) - len(line.lstrip(" -"))
