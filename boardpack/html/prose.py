"""Markdown becomes HTML: blocks, or one line.

What a text needs of the page around it (pictures, notes, references, tables) it asks of a
:class:`boardpack.html.sink.Sink`. Nothing that an author typed is lost and nothing of it is markup: what is not
Markdown, HTML above all, prints as it was typed, and a link whose address is not one of the web, of mail or of a
telephone prints with its address behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from boardpack.html import tables
from boardpack.html.markup import element as tag
from boardpack.html.markup import escape
from boardpack.html.sink import Sink
from boardpack.html.tables import Cell, Row
from boardpack.markdown import dialect, spans, walk
from boardpack.markdown.spans import Span

Number = Callable[[], str]
"""What labels the next paragraph that is numbered."""
_DEEPEST_HEADING = 6
_LINE = "line"
"""The attribute of an element of the tree that holds the line of the file on which it begins."""
_FAR = 400
"""Lines that are searched for the next block, so that one which is spelt otherwise in its file costs little."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: under a heading of the level ``below``, from ``line`` of its file on (0 where unknown).

    ``number`` gives the label of the next top-level paragraph where paragraphs are numbered.
    """

    below: int = 2
    line: int = 0
    number: Number | None = None


def blocks(markdown: str, sink: Sink, place: Place | None = None) -> str:
    """Markdown as paragraphs, lists and tables."""
    place = place or Place()
    root = dialect.tree(markdown)
    if place.line:
        _number_lines(root, markdown.split("\n"), place.line)
    return _Writer(sink, walk.printed_notes(root), place).blocks(root, top=True)


def inline(markdown: str, sink: Sink) -> str:
    """One line of Markdown: what would begin a block is text."""
    return _Writer(sink, {}, Place()).spans(spans.parse(walk.normal(markdown)))


def _number_lines(root: Element, lines: Sequence[str], first: int) -> None:
    """Note on each block the line on which its words begin; blocks come in the order of their lines."""
    at = 0
    for element in root.iter():
        typed = (element.text or "").strip("\n").split("\n", 1)[0].strip(" ")
        if not typed:
            continue
        for place in range(at, min(at + _FAR, len(lines))):
            if typed in lines[place] and (element.tag == "td" or lines[place].rstrip(" #").endswith(typed)):
                element.set(_LINE, str(first + place))
                at = place + (element.tag != "td")
                break


class _Writer:
    """Walks the tree; each method writes one kind of block or span."""

    def __init__(self, sink: Sink, notes: dict[str, Element], place: Place) -> None:
        self.sink = sink
        self.notes = notes
        self.place = place
        self.level = place.below
        self.in_note = False

    def blocks(self, parent: Element, *, top: bool = False) -> str:
        """The blocks under this element; at the ``top`` of a text headings are headings and paragraphs numbered."""
        return "".join(_BLOCKS[child.tag](self, child, top) for child in parent)

    def paragraph(self, element: Element, top: bool) -> str:
        """``p``: numbered where paragraphs are."""
        text, attributes = walk.split_attributes(element.text or "")
        number = self.place.number if top and not walk.is_unnumbered(attributes) else None
        return self._text(spans.parse(text), "p", element, number)

    def heading(self, element: Element, top: bool) -> str:
        """``h1`` to ``h6``: a sub-heading, at most one level below the last; in lists and notes a bold line."""
        text, _ = walk.split_attributes(element.text or "")
        found = spans.parse(text)
        if not top:
            return self._text([span._replace(bold=True) for span in found], "p", element)
        asked = self.place.below + max(int(element.tag[1]) - 2, 1)
        level = min(asked, self.level + 1, _DEEPEST_HEADING)
        written = self._text(found, f"h{level}", element)
        if f"<h{level}" in written:
            self.level = level
        return written

    def rule(self, element: Element, top: bool) -> str:  # noqa: ARG002
        """``hr``."""
        return tag("hr")

    def code(self, element: Element, top: bool) -> str:  # noqa: ARG002
        """``pre``: lines of code."""
        # The line break behind the start tag is none of the text (WHATWG HTML, 13.1.2.5).
        code = tag("code", "\n" * (element.text or "").startswith("\n") + escape(element.text or ""))
        return tag("pre", code, data_line=element.get(_LINE))

    def quotation(self, element: Element, top: bool) -> str:  # noqa: ARG002
        """``blockquote``."""
        return tag("blockquote", self.blocks(element))

    def note(self, element: Element, top: bool) -> str:
        """``note``: nothing where it stands, unless no text refers to it."""
        return "" if self.notes.get(element.get("id", "")) is element else self.blocks(element, top=top)

    def table(self, element: Element, top: bool) -> str:  # noqa: ARG002
        """``table``; a head without any text is none, unless it is all there is."""
        rows = [
            [Cell(self.spans(spans.parse(cell.text or "")), right=cell.get("align") == "right") for cell in row]
            for row in element
        ]
        header = any(cell.html for cell in rows[0]) or len(rows) == 1
        kinds = ["header" if header else "none", *["body"] * (len(rows) - 1)]
        drawn = [Row(row, kind) for row, kind in zip(rows, kinds, strict=True) if kind != "none"]
        first = next((cell.get(_LINE) for cell in element.iter("td") if cell.get(_LINE)), None)
        return tables.table(drawn, line=int(first) if first else 0)

    def list(self, element: Element, top: bool) -> str:  # noqa: ARG002
        """``ul`` or ``ol``, which counts as its author did: ``type`` and a class for what encloses the number."""
        items = "".join(tag("li", self._item(item), data_line=_first_line(item)) for item in element)
        if element.tag == "ul":
            return tag("ul", items)
        style, start = element.get("style", "1."), int(element.get("start", "1"))
        enclosed = "round" if style.startswith("(") else "half" if style.endswith(")") else None
        counter = style.strip("(.)")
        return tag(
            "ol",
            items,
            type=counter if counter != "1" else None,
            class_=f"{enclosed} {_COUNTERS[counter]}" if enclosed else None,
            start=start if start != 1 else None,
        )

    def _item(self, item: Element) -> str:
        """An item; where it is a line with at most lists below it, that line is no paragraph of its own."""
        children = list(item)
        close = bool(children) and children[0].tag == "p" and all(child.tag in {"ul", "ol"} for child in children[1:])
        if not close:
            return self.blocks(item)
        text, _ = walk.split_attributes(children[0].text or "")
        found = spans.parse(text)
        if any(span.kind == "image" for span in found) or (len(found) == 1 and found[0].kind == "reference"):
            return self.blocks(item)
        below = "".join(_BLOCKS[child.tag](self, child, False) for child in children[1:])
        return _directed(text, self.spans(found)) + below

    def _text(self, found: Sequence[Span], name: str, element: Element, number: Number | None = None) -> str:
        """A paragraph; pictures in it stand between its parts, what they cut off goes on without a number."""
        if len(found) == 1 and found[0].kind == "reference" and not self.in_note:
            placed = self.sink.placed(found[0].target, found[0].title)
            if placed is not None:
                return placed
        parts = []
        for is_image, group in groupby(found, lambda span: span.kind == "image"):
            if is_image:
                parts += [self.sink.image(span.target, span.text, span.title) for span in group]
            elif written := self.spans(walk.trimmed(list(group))):
                label = tag("span", escape(number()), class_="number") + " " if number else ""
                direction = "rtl" if walk.is_right_to_left("".join(span.text for span in found)) else None
                classed = "numbered" if number else None
                parts.append(tag(name, label + written, class_=classed, dir=direction, data_line=element.get(_LINE)))
                number = None
        return "".join(parts)

    def spans(self, found: Sequence[Span]) -> str:
        """Spans; the address of a link that leads nowhere prints behind its text."""
        parts: list[str] = []
        link, url = None, ""
        for at, span in enumerate(found):
            if span.kind == "link":
                link, url = span, walk.address(span.target)
                parts.append(_link_start(span, url, found[at + 1]))
            elif span.kind == "end" and link:
                parts.append("</a>" if url else escape(walk.printed_address(link, found[at - 1])))
                link = None
            elif span.kind == "reference":
                printed = self.sink.reference(span.target, span.title, opens=walk.opens(found, at))
                parts.append(_formed(span, printed) if not link else _formed(span, _unlinked(printed)))
            elif span.kind == "note":
                parts.append(self._note_mark(span))
            else:
                parts.append(_SPANS[span.kind](span))
        return "".join(parts)

    def _note_mark(self, span: Span) -> str:
        """The mark of a note; without its note, and within another note, how it was typed."""
        note = self.notes.get(span.target)
        if note is None or self.in_note:
            return _formed(span, escape(span.text))
        self.in_note = True
        content = self.blocks(note)
        self.in_note = False
        return self.sink.footnote(content)


_BLOCKS: dict[str, Callable[[_Writer, Element, bool], str]] = {
    "p": _Writer.paragraph,
    **{f"h{level}": _Writer.heading for level in range(1, 7)},
    "hr": _Writer.rule,
    "pre": _Writer.code,
    "blockquote": _Writer.quotation,
    "table": _Writer.table,
    "ul": _Writer.list,
    "ol": _Writer.list,
    "note": _Writer.note,
}
_COUNTERS = {"1": "decimal", "a": "lower-letter", "A": "upper-letter", "i": "lower-roman", "I": "upper-roman"}


def _formed(span: Span, written: str) -> str:
    """Emphasis as the span has it."""
    if span.italic:
        written = tag("em", written)
    return tag("strong", written) if span.bold else written


def _link_start(span: Span, url: str, following: Span) -> str:
    if not url:
        return ""
    start = tag("a", href=url, title=span.title or None).removesuffix("</a>")
    return start + (escape(span.target) if following.kind == "end" else "")


_SPANS: dict[str, Callable[[Span], str]] = {
    "text": lambda span: _formed(span, escape(span.text)),
    "code": lambda span: _formed(span, tag("code", escape(span.text))),
    "break": lambda span: tag("br"),  # noqa: ARG005
    "image": lambda span: _formed(span, escape(span.raw)),
}


def _unlinked(written: str) -> str:
    """What a reference prints without its link, for no link may stand in another."""
    return written[written.index(">") + 1 :].removesuffix("</a>") if written.startswith("<a ") else written


def _directed(text: str, written: str) -> str:
    return tag("span", written, dir="rtl") if walk.is_right_to_left(text) else written


def _first_line(item: Element) -> str | None:
    return next((found for each in item.iter() if (found := each.get(_LINE))), None)
