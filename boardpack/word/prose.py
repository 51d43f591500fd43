"""Markdown becomes WordprocessingML: blocks, one line of runs, or the words alone.

What a text needs of the document around it (relationships, lists, notes, pictures, references, tables) it
asks of a :class:`Sink`. Nothing that an author typed is lost: what is not Markdown, HTML above all, prints as
it was typed. Entities are read as in CommonMark where HTML knows them (``&amp;`` prints &, ``&copy;`` prints
©).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from boardpack.markdown import spans, walk
from boardpack.markdown.spans import Span
from boardpack.word.markup import (
    BREAK,
    LIST_INDENT,
    escape,
    list_indent,
    paragraph,
    paragraph_properties,
    run,
)
from boardpack.word.numbering import NUMBERED_INDENT
from boardpack.word.sink import Sink

_HEADINGS = {"h4": "Heading4", "h5": "Heading5", "h6": "Heading5"}
_MARKS = ("*", "_", "`", "[", "\\", "<", "|", "{:", " \n", "\t", "\r")
_MARKED_START = re.compile(r"\n(?:[ \n]* |[-+#>=~:]|\(?[0-9A-Za-z]{1,7}[.)](?:[ \n]|$))")
_ENTITY = re.compile(r"&[#A-Za-z]")
_CELL_BULLET, _CELL_NUMBER = 170, 340
"""How far each level of a list goes in where it stands in a cell: 3 mm for bullets, 6 mm for numbers."""
_AFTER_LIST = '<w:spacing w:after="140"/>'
"""The room below a list, which the last of its items gives: as much as below a paragraph."""


def blocks(markdown: str, sink: Sink, *, numbered: str = "", style: str = "BodyText") -> str:
    """Markdown as paragraphs, lists and tables.

    ``numbered`` is the content of the ``w:pPr`` (style and ``w:numPr``) of those top-level paragraphs that
    are numbered; without it all have the style alone.
    """
    if _is_plain(markdown):
        return _plain_blocks(markdown, numbered or paragraph_properties(style))
    from boardpack.markdown import dialect

    root = dialect.tree(markdown)
    base = NUMBERED_INDENT if numbered else 0
    return _Writer(sink, walk.printed_notes(root)).blocks(root, _Place(style, numbered, base))


def inline(markdown: str, sink: Sink, *, bold: bool = False) -> str:
    """One line of Markdown as runs: what would begin a block is text."""
    return _Writer(sink, {}).runs(spans.parse(walk.normal(markdown)), bold=bold)


def plain(markdown: str) -> str:
    """The words of one line of Markdown alone, for properties, alternative texts and file names."""
    return walk.plain(markdown)


def _is_plain(markdown: str) -> bool:
    """Whether a text is sure to be paragraphs of words alone, which need not be parsed."""
    # To look for one string after another takes a tenth of the time of one expression for all of them.
    if any(mark in markdown for mark in _MARKS) or ("&" in markdown and _ENTITY.search(markdown)):
        return False
    return not _MARKED_START.search("\n" + markdown.strip("\n"))


def _plain_blocks(markdown: str, properties: str) -> str:
    texts = (text.strip("\n ").replace("\n", " ") for text in markdown.split("\n\n"))
    return "".join(paragraph(run(text), _turned(properties, text)) for text in texts if text)


def _turned(properties: str, text: str) -> str:
    """The properties of a paragraph whose indent is its style's, from right to left if its text is."""
    return f"{properties}<w:bidi/>" if walk.is_right_to_left(text) else properties


@dataclass(frozen=True, slots=True)
class _Place:
    """Where blocks stand: the style of a paragraph there, and how far the text around the lists goes in.

    ``level`` is that of the list whose item this is, -1 outside lists; ``inward`` how far the lists around it go in.
    """

    style: str
    numbered: str = ""
    base: int = 0
    level: int = -1
    inward: int = 0

    @property
    def is_top(self) -> bool:
        """Whether headings are headings here, and not only bold."""
        return self.level < 0 and self.style not in {"Quote", "FootnoteText"}

    @property
    def is_text(self) -> bool:
        """Whether this is running text, and not a list, a quotation, a note or a cell of a table."""
        return self.level < 0 and self.style == "BodyText"

    @property
    def is_cell(self) -> bool:
        """Whether this is a cell of a table, which may be narrow."""
        return self.style.startswith("Table")

    @property
    def left(self) -> int:
        """How far the text goes in."""
        return self.base + self.inward

    def properties(self, text: str = "", *, ruled: bool = False) -> str:
        """Those of a paragraph without a number."""
        own = self.level >= 0 or (self.style == "Quote" and self.base > LIST_INDENT)
        indent = _indent(self.left) if own else ""
        return paragraph_properties(self.style, ruled=ruled, bidi=walk.is_right_to_left(text), indent=indent)


class _Writer:
    """Walks the tree; each method writes one kind of block or span."""

    def __init__(self, sink: Sink, notes: dict[str, Element]) -> None:
        self.sink = sink
        self.notes = notes
        self.in_note = False

    def blocks(self, parent: Element, place: _Place) -> str:
        """The blocks under this element."""
        return "".join(_BLOCKS[child.tag](self, child, place) for child in parent)

    def paragraph(self, element: Element, place: _Place) -> str:
        """``p``: numbered where paragraphs are; one that says it is not goes on in line with the text of those."""
        text, attributes = walk.split_attributes(element.text or "")
        first = rest = place.properties(text)
        if place.numbered and walk.is_unnumbered(attributes):
            aligned = _indent(place.left)
            first = rest = paragraph_properties(place.style, bidi=walk.is_right_to_left(text), indent=aligned)
        elif place.numbered:
            first = _turned(place.numbered, text)
        return self._text(spans.parse(text), first, rest)

    def heading(self, element: Element, place: _Place) -> str:
        """``h1`` to ``h6``: a sub-heading; within lists, quotations and notes a bold line."""
        text, _ = walk.split_attributes(element.text or "")
        first = rest = place.properties(text)
        if place.is_top:
            style = _HEADINGS.get(element.tag, "Heading3")
            first = paragraph_properties(style, bidi=walk.is_right_to_left(text))
        return self._text(spans.parse(text), first, rest, bold=not place.is_top)

    def rule(self, element: Element, place: _Place) -> str:  # noqa: ARG002
        """``hr``: an empty paragraph with a border."""
        return paragraph("", place.properties(ruled=True))

    def code(self, element: Element, place: _Place) -> str:
        """``pre``: lines of code."""
        lines = (element.text or "").split("\n")
        indent = _indent(place.left) if place.left else ""
        return paragraph(BREAK.join(map(run, lines)), paragraph_properties("CodeBlock", indent=indent))

    def quotation(self, element: Element, place: _Place) -> str:
        """``blockquote``."""
        return self.blocks(element, _Place("Quote", base=place.left + LIST_INDENT))

    def note(self, element: Element, place: _Place) -> str:
        """``note``: nothing where it stands, unless no text refers to it."""
        return "" if self.notes.get(element.get("id", "")) is element else self.blocks(element, place)

    def table(self, element: Element, place: _Place) -> str:  # noqa: ARG002
        """``table``; a head without any text is none, unless it is all there is."""
        aligns = [cell.get("align", "") for cell in element[0]]
        cells = [[self.runs(spans.parse(cell.text or "")) for cell in row] for row in element]
        header = any(cells[0]) or len(cells) == 1
        return self.sink.table(cells if header else cells[1:], aligns, header)

    def list(self, element: Element, place: _Place) -> str:
        """``ul`` or ``ol``: one list of the document."""
        style, start = element.get("style", ""), int(element.get("start", "1"))
        level = min(place.level + 1, 8)
        number = self.sink.list(style, start, level)
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        # The styles of lists have the size of the text, which is too large in a note or a cell.
        own = place.style if place.style.startswith(("Footnote", "Table")) else ""
        step = LIST_INDENT
        if place.is_cell:
            step = _CELL_BULLET if element.tag == "ul" else _CELL_NUMBER
        inward = place.inward + step if place.is_cell else list_indent(level)
        inner = _Place(own or "ListContinue", base=place.base, level=level, inward=inward)
        name = own or ("ListBullet" if element.tag == "ul" else "ListNumber")
        indent = _indent(inner.left, step) if place.base or place.is_cell else ""
        last = _AFTER_LIST + indent if place.is_text else indent
        return "".join(
            self._item(item, inner, name, numbering, last if item is element[-1] else indent) for item in element
        )

    def _item(self, item: Element, place: _Place, style: str, numbering: str, indent: str) -> str:
        """An item: its first paragraph bears the number, an empty one if it begins with anything else."""
        children = list(item)
        text, bold = "", False
        if children and children[0].tag in walk.TEXTS:
            head = children.pop(0)
            bold = head.tag != "p"
            text, _ = walk.split_attributes(head.text or "")
        bidi = walk.is_right_to_left(text)
        properties = paragraph_properties(style, numbering=numbering, bidi=bidi, indent=indent)
        first = self._text(spans.parse(text), properties, place.properties(text), bold=bold)
        if not first.startswith(paragraph("", properties).removesuffix("</w:p>")):
            first = paragraph("", properties) + first
        return first + "".join(_BLOCKS[child.tag](self, child, place) for child in children)

    def _text(self, found: Sequence[Span], first: str, rest: str, *, bold: bool = False) -> str:
        """A paragraph; pictures in it stand between its parts, what they cut off goes on without a number."""
        if len(found) == 1 and found[0].kind == "reference" and not self.in_note:
            placed = self.sink.placed(found[0].target, found[0].title)
            if placed is not None:
                return placed
        parts = []
        for is_image, group in groupby(found, lambda span: span.kind == "image"):
            if is_image:
                parts += [self.sink.image(span.target, span.text, span.title) for span in group]
            elif runs := self.runs(walk.trimmed(list(group)), bold=bold):
                parts.append(paragraph(runs, first))
                first = rest
        return "".join(parts)

    def runs(self, found: Sequence[Span], *, bold: bool = False) -> str:
        """Spans as runs; the address of a link that Word cannot follow prints behind its text."""
        parts, link, url = [], None, ""
        for at, span in enumerate(found):
            if span.kind == "link":
                link, url = span, walk.address(span.target)
                parts.append(self._link_start(span, url, found[at + 1]))
            elif span.kind == "end" and link:
                parts.append("</w:hyperlink>" if url else run(walk.printed_address(link, found[at - 1]), bold=bold))
                link = None
            elif span.kind == "reference":
                parts.append(self.sink.reference(span.target, span.title, opens=walk.opens(found, at)))
            else:
                style = "Hyperlink" if link and url else ""
                parts.append(_SPANS[span.kind](self, span, style, bold))
        return "".join(parts)

    def _link_start(self, span: Span, url: str, following: Span) -> str:
        if not url:
            return ""
        tip = f' w:tooltip="{escape(span.title)}"' if span.title else ""
        empty = run(span.target, style="Hyperlink") if following.kind == "end" else ""
        return f'<w:hyperlink r:id="{escape(self.sink.link(url))}"{tip}>{empty}'

    def span_text(self, span: Span, style: str, bold: bool) -> str:
        """Words."""
        return run(span.text, bold=bold or span.bold, italic=span.italic, style=style)

    def span_code(self, span: Span, style: str, bold: bool) -> str:  # noqa: ARG002
        """Code."""
        return run(span.text, bold=bold or span.bold, italic=span.italic, style="VerbatimChar")

    def span_break(self, span: Span, style: str, bold: bool) -> str:  # noqa: ARG002
        """The end of a line."""
        return BREAK

    def span_image(self, span: Span, style: str, bold: bool) -> str:
        """A picture where none can stand: how it was typed."""
        return self.span_text(span._replace(text=span.raw), style, bold)

    def span_note(self, span: Span, style: str, bold: bool) -> str:
        """The mark of a note; without its note, and within another note, how it was typed."""
        note = self.notes.get(span.target)
        if note is None or self.in_note:
            return self.span_text(span, style, bold)
        self.in_note = True
        place = _Place("FootnoteText")
        content = self.blocks(note, place)
        self.in_note = False
        if not content.startswith("<w:p><w:pPr>"):
            content = paragraph("", place.properties()) + content
        if not content.endswith("</w:p>"):
            content += paragraph("", place.properties())
        return self.sink.footnote(content)


_BLOCKS: dict[str, Callable[[_Writer, Element, _Place], str]] = {
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
_SPANS: dict[str, Callable[[_Writer, Span, str, bool], str]] = {
    "text": _Writer.span_text,
    "code": _Writer.span_code,
    "break": _Writer.span_break,
    "image": _Writer.span_image,
    "note": _Writer.span_note,
}


def _indent(left: int, hanging: int = 0) -> str:
    hang = f' w:hanging="{hanging}"' if hanging else ""
    return f'<w:ind w:left="{left}"{hang}/>'
