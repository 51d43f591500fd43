"""The text of papers and minutes as a reader meets it: headings, paragraphs and sentences, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from boardpack.diagnostics import Place
from boardpack.model.minutes import Minutes
from boardpack.model.paper import Paper
from boardpack.model.text import Text, without_code
from boardpack.rules.patterns import later

TITLE, SECTION, BELOW = 1, 2, 3
"""Levels of headings: a title, the heading of a section, the first level inside a text."""
_DEEPEST = 5
"""Smaller headings print like these."""

# The signs that keep these from starting in the middle of a run keep their time from growing with its square.
_SHOWN_AS_WORD = later(
    r"(?<!!)\[\]\([^()\s]*\)|<[a-z]+:[^<>\s]*>|https?://\S*[\w/]|www\.\S*\w|(?<![\w.+-])[\w.+-]++@[\w.-]*\w"
)
_NOT_SHOWN = later(
    r"!\[[^\[\]]*\]\([^()\n]*\)"  # a picture
    r"|\[\^[^\[\]\s]+\]"  # the mark of a note
    r"|\]\([^()\n]*\)"  # the address of a link
    r"|\{:[^{}\n]*\}"  # an attribute list
)
_TOKEN = later(r"\S+")
_STOP = later(r"(?<![.!?…])[.!?…]++[\"'”’)\]*_]*+(?=\s)")
_HEADING = later(r"h[1-6]")
_HARD_BREAK = later(r"(?:  |\\)(?=\n)")
_OPENING = " \n\"'“‘([*_"
_NEVER_LAST = frozenset(("approx", "cf", "e.g", "eg", "excl", "i.e", "ie", "incl", "viz", "vs"))
_BEFORE_NAMES = frozenset(("cllr", "dr", "hon", "insp", "mr", "mrs", "ms", "prof", "rev", "revd", "sgt", "st", "supt"))
_BEFORE_FIGURES = frozenset(
    (
        *("app", "art", "c", "ch", "fig", "figs", "no", "nos", "p", "para", "paras", "pp", "ref", "s", "sch", "sec"),
        *("ss", "tel", "vol"),
    )
)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a cell of a text.

    ``typed`` is its Markdown; ``shown`` is as long, with blanks for code, addresses and whatever else does not print as
    words, and a word for each reference. ``level`` is that of a heading, 0 for all else. ``at`` is where it stands, the
    place of the whole text where the source spells it otherwise; ``steps`` are the offsets of its words, in ``typed``
    and in the source.
    """

    level: int
    typed: str
    shown: str
    at: Place
    steps: tuple[tuple[int, int], ...]

    @property
    def words(self) -> list[str]:
        """What prints as words."""
        return words(self.shown)

    def place(self, start: int, end: int) -> Place:
        """Where this stretch of ``typed`` stands in the source."""
        if not self.steps:
            return self.at
        return Place(self.at.source, self._offset(start), self._offset(end - 1) + 1)

    def _offset(self, at: int) -> int:
        typed, found = self.steps[max(bisect_right(self.steps, (at, len(self.at.source.text))) - 1, 0)]
        return found + at - typed

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each sentence starts and ends; a forced end of a line ends one too."""
        stops = [match.end() for match in _STOP.finditer(self.shown) if self._ends(match)]
        breaks = [match.end() for match in _HARD_BREAK.finditer(self.typed)]
        for start, end in pairwise([0, *sorted({*stops, *breaks}), len(self.shown)]):
            if stretch := self.shown[start:end].strip():
                first = self.shown.index(stretch[0], start)
                yield first, first + len(stretch)

    def _ends(self, stop: re.Match[str]) -> bool:
        """Whether a stop ends its sentence; that of an abbreviation, an initial or a decimal does not."""
        following = self.shown[stop.end() :].lstrip(_OPENING)[:1]
        if not (following.isupper() or following.isdigit()):
            return False
        before = self.shown[: stop.start()].rpartition(" ")[2].rpartition("\n")[2].lstrip(_OPENING)
        name = before.lower()
        if stop.group()[0] != "." or not name:
            return True
        if name in _NEVER_LAST or (name in _BEFORE_FIGURES and following.isdigit()):
            return False
        return not ((name in _BEFORE_NAMES or (len(before) == 1 and before.isupper())) and following.isupper())


def words(shown: str) -> list[str]:
    """The words of a text: whatever stands between blanks and has a letter or a digit."""
    return [token for token in _TOKEN.findall(shown) if any(map(str.isalnum, token))]


def of_paper(paper: Paper) -> Iterator[Block]:
    """The blocks of a paper's text: neither tables, whose cells hold names and figures, nor what its board words."""
    yield line(paper.title, TITLE)
    if paper.summary:
        yield from blocks(paper.summary)
    yield from (line(each) for each in paper.recommendations)
    for section in paper.sections:
        if section.heading:
            yield line(section.heading, SECTION)
        if section.text:
            yield from blocks(section.text)
    for answer in paper.standing:
        if not answer.is_none:
            yield from blocks(answer.text)
    for table in paper.tables.values():
        yield from (line(each) for each in (table.caption, table.source) if each)
        yield from blocks(table.note) if table.note else ()
    yield from (line(figure.caption) for figure in paper.figures.values() if figure.caption)
    yield from (line(chart.title) for chart in paper.charts.values() if chart.title)
    yield from (line(appendix.title, SECTION) for appendix in paper.appendices)


def of_minutes(minutes: Minutes) -> Iterator[Block]:
    """The blocks of a meeting's own minutes."""
    for entry in minutes.entries:
        if entry.title:
            yield line(entry.title, SECTION)
        if entry.discussion:
            yield from blocks(entry.discussion)
        yield from (line(each) for each in (*(entry.resolved or ()), *(action.action for action in entry.actions)))


@lru_cache(maxsize=4096)
def line(text: Text, level: int = 0) -> Block:
    """A title, a heading or another text of one line."""
    return _block(level, text.value, _content(text.at), text.at)


@lru_cache(maxsize=4096)
def blocks(text: Text) -> tuple[Block, ...]:
    """The blocks of a text of several lines, in order, code left out."""
    from boardpack.markdown import dialect  # only a board that asks for hints waits for this

    found, at = [], _content(text.at)
    for element in dialect.tree(text.value).iter():
        heading = _HEADING.fullmatch(element.tag)
        if element.tag not in ("pre", "p", "td") and not heading:
            continue
        level = min(max(int(element.tag[1]), BELOW), _DEEPEST) if heading else 0
        block = _block(level, element.text or "", at, text.at)
        if block.steps:  # the same words may come again: look for the next block behind this one
            at = Place(at.source, block.at.end, at.end)
        if element.tag != "pre":
            found.append(block)
    return tuple(found)


def _content(at: Place) -> Place:
    """The place of a text without the sign of YAML and the comment that open it."""
    if at.source.text[at.start : at.start + 1] not in ("|", ">"):
        return at
    end = at.source.text.find("\n", at.start, at.end)
    return Place(at.source, end + 1, at.end) if end >= 0 else at


def _block(level: int, typed: str, within: Place, whole: Place) -> Block:
    tokens = list(_TOKEN.finditer(typed))
    # YAML and Markdown change the blanks between words, and take away the signs of a quotation.
    pattern = r"[\s>]++".join(re.escape(token.group()) for token in tokens)
    source = within.source.text
    match = re.compile(pattern).search(source, within.start, within.end) if tokens else None
    if match is None:
        return Block(level, typed, _shown(typed), whole, ())
    steps, at = [], match.start()
    for token in tokens:
        at = source.index(token.group(), at)
        steps.append((token.start(), at))
        at += len(token.group())
    return Block(level, typed, _shown(typed), Place(within.source, match.start(), match.end()), tuple(steps))


def _shown(typed: str) -> str:
    shown = _SHOWN_AS_WORD.sub(lambda match: ("x" * len(match.group())).capitalize(), without_code(typed))
    return _NOT_SHOWN.sub(lambda match: " " * len(match.group()), shown)
