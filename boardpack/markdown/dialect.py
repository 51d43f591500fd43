"""The Markdown of board papers: a text becomes Python-Markdown's element tree of blocks.

Python-Markdown flattens lists that are nested by two spaces, takes a list right under its sentence for text,
holds no code in an item, hides HTML and drops the cells that a row has too many of; so lists, quotations,
notes, code and tables are read here, each handing its content back to the parser. Headings, rules and
paragraphs are Python-Markdown's own. The text of a block stays as it was typed: :mod:`boardpack.markdown.spans`
reads it.

The tree holds ``p``, ``h1`` to ``h6``, ``hr``, ``pre``, ``table`` (of ``tr`` of ``td`` with ``align``),
``blockquote``, ``ul`` and ``ol`` (with ``style`` and ``start``, as
:class:`boardpack.markdown.list_markers.Marker` has them) and ``note`` (with ``id``).
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence, Set
from functools import cached_property
from itertools import zip_longest
from typing import Self
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown, blockprocessors
from markdown.blockparser import BlockParser
from markdown.util import Registry

from boardpack.markdown import list_markers, spans
from boardpack.markdown.list_markers import BULLET, Counts, Marker, Run

DEEPEST = 16
"""Lists and quotations within one another; what goes deeper is text, whatever signs stand before it."""
_NOTE_DEPTH = DEEPEST - 3
"""Notes count as this deep, so that they hold no other: a note within a note is text, for Word has none."""

_FENCE = re.compile(r"( {0,3})(`{3,}|~{3,}) *(?:[A-Za-z][A-Za-z+#.-]*|\{:? *(?:[.#][A-Za-z][\w-]* *)+\})? *")
_FENCE_END = re.compile(r" {0,3}(`{3,}|~{3,}) *")
_QUOTE_SIGN = re.compile(r" {0,3}> ?")
_NOTE = re.compile(r" {0,3}\[\^([^\]\[\s]+)\]: *")
_HEADING = re.compile(r" {0,3}#{1,6} +[^\n]*[^# \n]")
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:_ *){3,}|(?:\* *){3,})")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,}) *")
_TABLE_RULE = re.compile(r" *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")
_CELL_SIGNS = re.compile(r"\\.|`+|\|")
_ATTRIBUTES = re.compile(rf" *{spans.ATTRIBUTES} *")
# Whatever has none of these is a paragraph; Python-Markdown need not be asked.
_MAYBE_MORE = re.compile(r"\||^ {0,3}[-=_*#]", re.MULTILINE)
_MAYBE_START = re.compile(r" *(?:[>#|`~*+_-]|\[\^|\(?[0-9A-Za-z]{1,7}[.)] )|.*\|")


def tree(markdown: str) -> Element:
    """The blocks of this text, as children of one element."""
    if not hasattr(_instances, "dialect"):
        _instances.dialect = Dialect()
    dialect: Dialect = _instances.dialect
    dialect.reset()
    root = Element("div")
    text = markdown.replace("\r\n", "\n").replace("\r", "\n").expandtabs(dialect.tab_length)
    dialect.parser.parseChunk(root, text)
    return root


class Dialect(Markdown):
    """Python-Markdown as far as blocks go: it makes a tree, never HTML."""

    def build_parser(self) -> Self:
        """Register what the tree is built by (Python-Markdown calls this once)."""
        self.preprocessors = Registry()
        self.inlinePatterns = Registry()
        self.treeprocessors = Registry()
        self.postprocessors = Registry()
        self.parser = _Parser(self)
        for name, processor, priority in (
            ("table", _Table, 75),
            ("hashheader", _HashHeading, 70),
            ("setextheader", _UnderlinedHeading, 60),
            ("hr", blockprocessors.HRProcessor, 50),
            ("paragraph", blockprocessors.ParagraphProcessor, 10),
        ):
            self.parser.blockprocessors.register(processor(self.parser), name, priority)
        return self


_instances = threading.local()


class _HashHeading(blockprocessors.HashHeaderProcessor):
    """Headings by ``#``, which a space must follow: "#1 priority" is text."""

    RE = re.compile(r"(?:^|\n) {0,3}(?P<level>#{1,6}) +(?P<header>[^\n]*?[^# \n][^\n]*?)(?: +#+)? *(?:\n|$)")


class _UnderlinedHeading(blockprocessors.SetextHeaderProcessor):
    """Headings underlined by at least three signs: a dash alone is text."""

    RE = re.compile(rf"[^\n]*\n{_UNDERLINE.pattern}(?:\n|$)")


class _Table(blockprocessors.BlockProcessor):
    """Tables with pipes; what a row has too many of goes into its last cell."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether the block has a head, and a rule of as many cells under it."""
        head, _, rest = block.partition("\n")
        rule = rest.partition("\n")[0]
        if "|" not in head or not _TABLE_RULE.fullmatch(rule):
            return False
        return len(_cells(head)) == len(_cells(rule))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Put the table under the parent."""
        head, rule, *rows = blocks.pop(0).split("\n")
        aligns = [_ALIGNS[cell[:1] == ":", cell[-1:] == ":"] for cell in _cells(rule)]
        table = SubElement(parent, "table")
        for line in (head, *rows):
            cells = _cells(line)
            cells[len(aligns) - 1 :] = [" | ".join(cells[len(aligns) - 1 :])]
            row = SubElement(table, "tr")
            for align, cell in zip_longest(aligns, cells, fillvalue=""):
                SubElement(row, "td", align=align).text = cell


_ALIGNS = {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "center"}


def _cells(row: str) -> list[str]:
    """The cells of a row: between pipes that stand neither in code nor behind a backslash."""
    signs = list(_CELL_SIGNS.finditer(row))
    ticks = Counter(sign.group() for sign in signs)
    cells, start, code = [], 0, ""
    for sign in signs:
        found = sign.group()
        ticks[found] -= 1
        if found == "|" and not code:
            cells.append(row[start : sign.start()].strip(" "))
            start = sign.end()
        elif found == code:
            code = ""
        elif found[0] == "`" and not code and ticks[found]:
            code = found
    cells.append(row[start:].strip(" "))
    if len(cells) > 1 and not cells[-1]:
        cells.pop()
    if len(cells) > 1 and not cells[0]:
        cells.pop(0)
    return cells


class _Lines:
    """The lines of one chunk, and what begins in them.

    ``nested`` are those that are indented into the item whose lines these are; the others run on in it.
    """

    def __init__(self, lines: Sequence[str], counts: Counts, nested: Set[int]) -> None:
        self.lines = lines
        self.count = len(lines)
        self.counts = counts
        self.nested = nested

    def is_blank(self, at: int) -> bool:
        """Whether there is nothing on this line."""
        return not self.lines[at].strip(" ")

    def interrupts(self, at: int) -> bool:
        """Whether this line begins a block of its own although text stands right before it."""
        line = self.lines[at]
        if not _MAYBE_START.match(line):
            return False
        begun = _QUOTE_SIGN.match(line) or _NOTE.match(line) or _HEADING.match(line) or _RULE.fullmatch(line)
        if begun or self.fence_end(at) or self.is_table(at):
            return True
        return bool(list_markers.interrupts(self.lines, at, self.counts, nested=at in self.nested))

    def list_marker(self, at: int) -> Marker | None:
        """The marker of the list that begins at this line, before which no text stands."""
        return list_markers.begins(self.lines, at, self.counts, nested=at in self.nested)

    def is_table(self, at: int) -> bool:
        """Whether this line and the next look like the head of a table."""
        if at + 1 == self.count or "|" not in self.lines[at]:
            return False
        return bool(_TABLE_RULE.fullmatch(self.lines[at + 1]))

    def fence_end(self, at: int) -> int:
        """The line that ends the fenced code that this line begins; 0 if it begins none."""
        match = _FENCE.fullmatch(self.lines[at])
        if match is None:
            return 0
        places, sizes, longest = self._fences[match[2][0]]
        index, size = bisect_right(places, at), len(match[2])
        if index == len(places) or longest[index] < size:
            return 0
        while sizes[index] < size:
            index += 1
        return places[index]

    @cached_property
    def _fences(self) -> dict[str, tuple[list[int], list[int], list[int]]]:
        """For each sign the lines that may end a fence, how long each is, and the longest from there on.

        The last is why a thousand fences that nothing ends do not cost a thousand searches to the end.
        """
        found: dict[str, tuple[list[int], list[int], list[int]]] = {"`": ([], [], []), "~": ([], [], [])}
        for at, line in enumerate(self.lines):
            if match := _FENCE_END.fullmatch(line):
                places, sizes, _ = found[match[1][0]]
                places.append(at)
                sizes.append(len(match[1]))
        for _, sizes, longest in found.values():
            longest.extend(sizes)
            for index in range(len(sizes) - 2, -1, -1):
                longest[index] = max(longest[index], longest[index + 1])
        return found


class _Parser(BlockParser):
    """Finds what holds other blocks, and hands the rest to Python-Markdown's block processors."""

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802
        """Put the blocks of this text under the parent."""
        self._blocks(parent, _Lines(text.split("\n"), Counts(), set()), 0)

    def _blocks(self, parent: Element, chunk: _Lines, depth: int) -> None:
        at = 0
        while at < chunk.count:
            if chunk.is_blank(at):
                at += 1
            else:
                at = self._container(parent, chunk, at, depth) or self._leaf(parent, chunk, at)

    def _container(self, parent: Element, chunk: _Lines, at: int, depth: int) -> int:
        """Read the block that holds others, or code, that begins at this line; 0 if there is none."""
        line = chunk.lines[at]
        if not _MAYBE_START.match(line):
            return 0
        if end := chunk.fence_end(at):
            code = (_dedent(inside, _indent(line)) for inside in chunk.lines[at + 1 : end])
            SubElement(parent, "pre").text = "\n".join(code)
            return end + 1
        return self._nesting(parent, chunk, at, depth) if depth < DEEPEST else 0

    def _nesting(self, parent: Element, chunk: _Lines, at: int, depth: int) -> int:
        if _QUOTE_SIGN.match(chunk.lines[at]):
            return self._quote(parent, chunk, at, depth)
        if depth < _NOTE_DEPTH and (match := _NOTE.match(chunk.lines[at])):
            return self._note(parent, chunk, at, match)
        if marker := chunk.list_marker(at):
            return self._lists(parent, chunk, at, marker, depth)
        return 0

    def _lists(self, parent: Element, chunk: _Lines, at: int, marker: Marker, depth: int) -> int:
        """A list, and the lists of other kinds right behind it."""
        run, end = Run(marker, chunk.counts, depth), at
        container = _list_element(parent, marker)
        while True:
            end = _item_end(chunk, at, marker, run)
            self._blocks(SubElement(container, "li"), _item(chunk, at, end, marker), depth + 1)
            at = end
            while at < chunk.count and chunk.is_blank(at):
                at += 1
            following = at < chunk.count and run.follows(chunk.lines, at, after_blank=at > end)
            if not following:
                return end
            if not run.continues(following):
                container = _list_element(parent, following)
            marker = following
            run.add(marker)

    def _quote(self, parent: Element, chunk: _Lines, at: int, depth: int) -> int:
        lines: list[str] = []
        while at < chunk.count and not chunk.is_blank(at):
            match = _QUOTE_SIGN.match(chunk.lines[at])
            if match is None and (not lines[-1].strip(" ") or chunk.interrupts(at)):
                break
            lines.append(chunk.lines[at][match.end() if match else 0 :])
            at += 1
        self._blocks(SubElement(parent, "blockquote"), _Lines(lines, Counts(), set()), depth + 1)
        return at

    def _note(self, parent: Element, chunk: _Lines, at: int, match: re.Match[str]) -> int:
        lines, blank, end = [chunk.lines[at][match.end() :]], False, at + 1
        for place in range(at + 1, chunk.count):
            line = chunk.lines[place]
            if chunk.is_blank(place):
                blank = True
            elif _indent(line) < 2 and (blank or chunk.interrupts(place)):
                break
            else:
                lines += [""] * (place - end)
                lines.append(_dedent(line, 4))
                end, blank = place + 1, False
        self._blocks(SubElement(parent, "note", id=match[1]), _Lines(lines, Counts(), set()), _NOTE_DEPTH)
        return end

    def _leaf(self, parent: Element, chunk: _Lines, at: int) -> int:
        """A block that holds no other."""
        lines = chunk.lines
        if lines[at].startswith("    "):
            return _indented_code(parent, chunk, at)
        if chunk.is_table(at):
            return self._table(parent, chunk, at)
        end = at + 1
        alone = _RULE.fullmatch(lines[at]) or _HEADING.match(lines[at])
        if not alone and end < chunk.count and _UNDERLINE.fullmatch(lines[end]):
            end += 1
        elif not alone:
            while end < chunk.count and not chunk.is_blank(end) and not chunk.interrupts(end):
                end += 1
        block = "\n".join(lines[at:end])
        if _MAYBE_MORE.search(block):
            self.parseBlocks(parent, [block])
        else:
            SubElement(parent, "p").text = block.strip(" ")
        return end

    def _table(self, parent: Element, chunk: _Lines, at: int) -> int:
        end = at + 2
        while end < chunk.count and "|" in chunk.lines[end]:
            end += 1
        self.parseBlocks(parent, ["\n".join(chunk.lines[at:end])])
        if end < chunk.count and parent[-1].tag == "table" and _ATTRIBUTES.fullmatch(chunk.lines[end]):
            end += 1
        return end


def _list_element(parent: Element, marker: Marker) -> Element:
    tag = "ul" if marker.style == BULLET else "ol"
    return SubElement(parent, tag, style=marker.style, start=str(marker.value))


def _item_end(chunk: _Lines, at: int, marker: Marker, run: Run) -> int:
    """The line behind an item: two spaces put a line into it, and text runs on until something begins."""
    blank, end = False, at + 1
    for place in range(at + 1, chunk.count):
        if chunk.is_blank(place):
            blank = True
            continue
        if _indent(chunk.lines[place]) < marker.indent + 2 and (
            blank or run.follows(chunk.lines, place, after_blank=False) or chunk.interrupts(place)
        ):
            break
        blank, end = False, place + 1
    return end


def _item(chunk: _Lines, at: int, end: int, marker: Marker) -> _Lines:
    """The lines of an item without their indent: that of its text, or less where all of it has less."""
    lines = chunk.lines[at + 1 : end]
    indents = {place: _indent(line) for place, line in enumerate(lines, 1) if line.strip(" ")}
    nested = {place: indent for place, indent in indents.items() if indent >= marker.indent + 2}
    width = min([marker.width, *nested.values()])
    return _Lines([marker.rest, *(_dedent(line, width) for line in lines)], chunk.counts, nested.keys())


def _indented_code(parent: Element, chunk: _Lines, at: int) -> int:
    end = place = at
    while place < chunk.count and (chunk.is_blank(place) or chunk.lines[place].startswith("    ")):
        place += 1
        if not chunk.is_blank(place - 1):
            end = place
    SubElement(parent, "pre").text = "\n".join(line[4:] for line in chunk.lines[at:end])
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _dedent(line: str, width: int) -> str:
    return line[min(width, _indent(line)) :]
