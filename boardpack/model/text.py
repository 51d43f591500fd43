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


FORWARD_PLAN = "forward-plan"
"""The one kind of reference that may stand without an id: the table of what comes to which meeting."""


_STRETCH = re.compile(rf"{FORWARD_PLAN}(?::(\d{{4}}-\d\d-\d\d)?(?:\.\.(\d{{4}}-\d\d-\d\d))?)?")


def plan_stretch(target: str) -> tuple[str, str] | None:
    """The first and the last day that a forward plan among a paper's tables shows, each empty where it is not said.

    ``forward-plan:2010-01-28..2011-03-10`` names both; nothing for what is no forward plan.
    """
    match = _STRETCH.fullmatch(target)
    return (match[1] or "", match[2] or "") if match else None


def named(kind: str, target: str) -> tuple[str, str]:
    """Kind and id of the part that a reference means: the forward plan is one of the paper's tables."""
    if kind == FORWARD_PLAN:
        return "table", f"{FORWARD_PLAN}:{target}" if target else FORWARD_PLAN
    return kind, target


def elsewhere(target: str) -> tuple[str, str] | None:
    """The meeting that a target such as ``2010-01-28/funding`` leads to, and what it names there."""
    meeting, slash, rest = target.partition("/")
    return (meeting, rest) if slash else None


_TICKS = re.compile(r"(?P<fence>^(?:`{3,}|~{3,}))|`+", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_REFERENCE = re.compile(r"(?<![!\\])\[\]\(([a-z-]+)(?::([^()\s]*))?\)")


def without_code(value: str) -> str:
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
    for match in _REFERENCE.finditer(without_code(text.value)):
        yield Reference(*named(match[1], match[2] or ""), locate(match.group()))


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
    for paragraph in _BLANK_LINE.split(without_code(text.value)):
        if match := _REFERENCE.fullmatch(paragraph.strip()):
            yield named(match[1], match[2] or "")


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
    visible = without_code(text.value)
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
