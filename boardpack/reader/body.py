"""A Word file -> :class:`Report`: the blocks of its body, its notes, and what else it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from boardpack.reader.inline import Inline, Losses
from boardpack.reader.names import MC, M, W, flag, value, words
from boardpack.reader.package import Package
from boardpack.reader.styles import Numbering, Styles, numbered
from boardpack.reader.values import Block, Cell, Paragraph, Report, Row, Table

_CONTENTS = ("toc ", "table of figures", "contents entry")
"""How the names of the styles begin that lists of contents are set in."""
_DEEPEST = 8
"""Tables within one another; what is deeper is named among what is lost."""


def read(path: Path) -> Report:
    """Read a Word report.

    Raises:
        UsageError: where the file is no Word document, is damaged, protected, or larger than any report.
    """
    package = Package(path)
    main = package.main()
    kinds = {each.kind: each.target for each in package.relations(main).values() if not each.external}
    losses = Losses()
    styles = Styles(_root(package, kinds.get("styles")))
    body = package.tree(main).find(f"{W}body")
    if body is None:
        raise package.broken()
    numbering = Numbering(_root(package, kinds.get("numbering")))
    blocks = tuple(_Body(Inline(package, main, styles, losses), numbering).blocks(body, 0))
    notes: dict[str, tuple[Paragraph, ...]] = {}
    for letter, kind in (("f", "footnote"), ("e", "endnote")):
        if part := kinds.get(f"{kind}s"):
            notes |= _notes(package, part, kind, letter, Inline(package, part, styles, losses))
    _beside(package, main, losses)
    return Report(blocks, notes, _title(package), tuple(losses.found))


def _root(package: Package, part: str | None) -> etree._Element | None:
    return package.tree(part) if part and package.has(part) else None


def _title(package: Package) -> str:
    """The title among the file's properties (part 2, 11)."""
    part = next((each.target for each in package.relations("").values() if each.kind == "core-properties"), "")
    root = _root(package, part)
    return "" if root is None else (root.findtext("{http://purl.org/dc/elements/1.1/}title") or "").strip()


def _notes(
    package: Package, part: str, kind: str, letter: str, inline: Inline
) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
    root = _root(package, part)
    for note in () if root is None else root.findall(f"{W}{kind}"):
        if not note.get(f"{W}type") or note.get(f"{W}type") == "normal":
            below = _Body(inline, None).blocks(note, 0)
            found = tuple(block for block in below if isinstance(block, Paragraph))
            yield f"{letter}{note.get(f'{W}id', '')}", found


def _beside(package: Package, main: str, losses: Losses) -> None:
    """What stands beside the text: headers and footers, comments."""
    said = {"header": "a header", "footer": "a footer", "comments": "a comment"}
    for relation in sorted(package.relations(main).values(), key=lambda each: each.target):
        if relation.kind in said and not relation.external and package.has(relation.target):
            root = package.tree(relation.target)
            each = root.findall(f"{W}comment") if relation.kind == "comments" else [root]
            for element in each:
                if text := words(element):
                    losses.add(said[relation.kind], text)


class _Body:
    """Walks the blocks of one part; ``numbering`` counts its lists, where it has any."""

    def __init__(self, inline: Inline, numbering: Numbering | None) -> None:
        self.inline = inline
        self.losses = inline.losses
        self.numbering = numbering

    def blocks(self, parent: etree._Element, depth: int) -> Iterator[Block]:
        """The paragraphs and tables below an element, in order."""
        for child in parent:
            if child.tag == f"{W}p":
                yield self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, depth)
            elif (inside := self._inside(child)) is not None:
                yield from self.blocks(inside, depth)

    def _inside(self, element: etree._Element) -> etree._Element | None:
        """What of an element that is neither paragraph nor table holds such; nothing where it is not to be read."""
        if element.tag == f"{W}sdt":
            return self._control(element)
        if element.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            return element
        if element.tag == f"{MC}AlternateContent":
            choice = element.find(f"{MC}Choice")
            return choice if choice is not None else element.find(f"{MC}Fallback")
        if element.tag == f"{W}altChunk":
            self.losses.add("another file that is put in here")
        if element.tag in (f"{M}oMath", f"{M}oMathPara"):
            self.losses.add("an equation", words(element))
        return None

    def _control(self, element: etree._Element) -> etree._Element | None:
        properties = element.find(f"{W}sdtPr")
        gallery = value(properties, f"{W}docPartObj/{W}docPartGallery")
        if gallery.lower() == "table of contents":
            self.losses.add("a list of contents, which `contents: true` prints", words(element))
            return None
        if flag(properties, "showingPlcHdr"):
            self.losses.add("a field of the form that nobody has filled in", words(element))
            return None
        return element.find(f"{W}sdtContent")

    def _paragraph(self, element: etree._Element) -> Paragraph:
        properties = element.find(f"{W}pPr")
        style = self.inline.styles.paragraph(value(properties, f"{W}pStyle"))
        outline = value(properties, f"{W}outlineLvl")
        pieces = self.inline.read(element, style)
        if style.name.startswith(_CONTENTS) and style.name != "toc heading":
            if text := "".join(piece.text for piece in pieces).strip():
                self.losses.add("a list of contents, which `contents: true` prints", text)
            pieces = ()
        own = numbered(properties)
        name, level = own or style.list or ("", 0)
        if own and not own[0] and style.list:
            name = style.list[0]
        shown = any(piece.kind != "text" or piece.text.strip() for piece in pieces)
        marker = self.numbering.count(name, level) if self.numbering and name not in ("", "0") and shown else None
        heading = int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else style.heading
        return Paragraph(pieces, style.name, heading, marker, self.inline.size, _indent(properties))

    def _table(self, element: etree._Element, depth: int) -> Iterator[Table]:
        if depth >= _DEEPEST:
            self.losses.add("a table within tables", words(element))
            return
        rows = tuple(row for each in _all(element, "tr") if (row := self._row(each, depth)))
        if rows:
            yield Table(rows)

    def _row(self, element: etree._Element, depth: int) -> Row | None:
        properties = element.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            self.losses.add("tracked changes, which were read as accepted")
            return None
        cells = tuple(self._cell(each, depth) for each in _all(element, "tc"))
        return Row(cells, bool(flag(properties, "tblHeader"))) if cells else None

    def _cell(self, element: etree._Element, depth: int) -> Cell:
        properties = element.find(f"{W}tcPr")
        span = value(properties, f"{W}gridSpan")
        merged = None if properties is None else properties.find(f"{W}vMerge")
        goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        columns = min(int(span), 60) if span.isdecimal() and int(span) else 1
        return Cell(tuple(self.blocks(element, depth + 1)), columns, goes_on)


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those in a content control or an insertion."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _all(child, name)


def _indent(properties: etree._Element | None) -> int:
    found = None if properties is None else properties.find(f"{W}ind")
    left = "" if found is None else found.get(f"{W}left") or found.get(f"{W}start") or ""
    return int(left) if left.lstrip("-").isdecimal() else 0
