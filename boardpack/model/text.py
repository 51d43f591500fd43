"""Text that somebody typed, with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from boardpack.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody typed: plain words, inline Markdown or Markdown, as the field that holds it says."""

    value: str
    at: Place


@dataclass(frozen=True, slots=True)
class Reference:
    """A link with an empty text, ``[](table:allocations)``: prints the number of what it names."""

    kind: str
    target: str
    at: Place


_TICKS = re.compile(r"(?P<fence>^(?:`{3,}|~{3,}))|`+", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_REFERENCE = re.compile(r"(?<![!\\])\[\]\(([a-z-]+)(?::([^()\s]*))?\)")


def _without_code(value: str) -> str:
    """The text with blanks for code, so that offsets stay: from each mark to the next one like it."""
    if "`" not in value and "~~~" not in value:
        return value
    marks = list(_TICKS.finditer(value))
    # Looked up from the end, so that marks without a partner do not each cost a walk through the text.
    latest: dict[tuple[str, bool], int] = {}
    partners: dict[int, int] = {}
    for index in range(len(marks) - 1, -1, -1):
        kind = (marks[index].group(), marks[index]["fence"] is not None)
        if kind in latest:
            partners[index] = latest[kind]
        latest[kind] = index
    shown, at, index = [], 0, 0
    while index < len(marks):
        if (partner := partners.get(index)) is None:
            index += 1
            continue
        start, end = marks[index].start(), marks[partner].end()
        shown += [value[at:start], " " * (end - start)]
        at, index = end, partner + 1
    return "".join([*shown, value[at:]])


def references(text: Text) -> Iterator[Reference]:
    """Every reference in a Markdown text, in order, each with its own place; none inside code."""
    if "[](" not in text.value:
        return
    locate = _locator(text.at)
    for match in _REFERENCE.finditer(_without_code(text.value)):
        yield Reference(match[1], match[2] or "", locate(match.group()))


def _locator(at: Place) -> Callable[[str], Place]:
    """A function that finds one occurrence of a snippet after the other; the whole place where there is none."""
    last: dict[str, int] = {}

    def locate(snippet: str) -> Place:
        start = at.source.text.find(snippet, last.get(snippet, at.start - 1) + 1, at.end)
        if start < 0:
            return at
        last[snippet] = start
        return Place(at.source, start, start + len(snippet))

    return locate


def placed(text: Text) -> Iterator[tuple[str, str]]:
    """Kind and target of each reference alone in its paragraph: a table, chart or figure prints there."""
    if "[](" not in text.value:
        return
    for paragraph in _BLANK_LINE.split(_without_code(text.value)):
        if match := _REFERENCE.fullmatch(paragraph.strip()):
            yield match[1], match[2] or ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture in a Markdown text: where it leads, and the words that stand for it."""

    words: str
    target: str
    picture: bool
    at: Place


_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*(?:<([^<>\n]*)>|([^()\s]+))[^()\n]*\)")
_DEFINITION = re.compile(r"^ {0,3}\[([^\]^][^\]]*)\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]*://[^<>\s]*)>")


def may_link(value: str) -> bool:
    """Whether a text can hold a link or a picture: false for most cells of most tables, and quickly known."""
    return "](" in value or "]:" in value or "://" in value


def links(text: Text) -> Iterator[Link]:
    """Every link and picture in a Markdown text but the references, in no certain order; none in code."""
    if not may_link(text.value):
        return
    locate = _locator(text.at)
    visible = _without_code(text.value)
    # Searching from the bracket on, and only for what there are signs of, keeps a check of a thousand papers short.
    for match in _LINK.finditer(visible) if "](" in visible else ():
        before = visible[max(match.start() - 2, 0) : match.start()]
        picture = before.endswith("!")
        if before.removesuffix("!").endswith("\\"):
            continue
        target = match[2] if match[2] is not None else match[3]
        if picture or match[1] or not _REFERENCE.match(match.group()):
            yield Link(match[1], target, picture, locate("!" * picture + match.group()))
    for match in _DEFINITION.finditer(visible) if "]:" in visible else ():
        yield Link(match[1], match[2], False, locate(match.group().strip()))
    for match in _AUTOLINK.finditer(visible) if "://" in visible else ():
        yield Link(match[1], match[1], False, locate(match.group()))
