"""What stands in a paragraph -> pieces: words with their form, links, notes, pictures; fields by their results.

ECMA-376 part 1: 17.3 (runs), 17.13.5 (tracked changes), 17.16 (fields), 20.4 (drawings).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from boardpack.reader.names import DGM, MC, WP, A, C, M, R, V, W, flag, value, words
from boardpack.reader.package import Package, Relation
from boardpack.reader.styles import Style, Styles
from boardpack.reader.values import Lost, Picture, Piece

_SYMBOLS = {
    "F0B7": "•", "F0A7": "▪", "F0D8": "➢", "F0FC": "✓", "F0FE": "☒", "F0A8": "☐", "F06F": "☐", "F0E0": "→",
    "F0B0": "°", "F0A3": "≤", "F0B3": "≥", "F0B1": "±", "F0B4": "×",
}  # fmt: skip
"""Signs of the fonts Symbol and Wingdings that reports use, by their place in the font."""
_PLAIN = ("PNG", "JPEG")
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
_LINKS = ("http://", "https://", "mailto:", "tel:")


@dataclass
class Losses:
    """What is met that no value can hold, each thing of a kind once."""

    found: dict[Lost, None] = field(default_factory=dict)

    def add(self, what: str, words: str = "") -> None:
        """Take note of something."""
        self.found[Lost(what, " ".join(words.split()))] = None


@dataclass
class _Field:
    """A field that is open: its instruction, and whether its result has begun."""

    instruction: str = ""
    shows: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """How a run looks, from its own properties, its style and the paragraph's."""

    bold: bool
    italic: bool
    hidden: bool
    link: str = ""


class Inline:
    """Reads the paragraphs of one part. Fields may go on from one paragraph into the next."""

    def __init__(self, package: Package, part: str, styles: Styles, losses: Losses) -> None:
        self.package = package
        self.styles = styles
        self.losses = losses
        self.relations: Mapping[str, Relation] = package.relations(part)
        self.fields: list[_Field] = []
        self.contents: list[str] = []
        self.pieces: list[Piece] = []
        self.size = 0.0

    def read(self, paragraph: etree._Element, style: Style) -> tuple[Piece, ...]:
        """The pieces of a paragraph; ``size`` is then that of its largest words, as far as it is said."""
        self.pieces, self.size = [], style.size
        self.contents += [" "] if self.contents else []
        self._children(paragraph, _Form(style.bold, style.italic, style.hidden))
        return _joined(self.pieces)

    def _children(self, parent: etree._Element, form: _Form) -> None:
        for child in parent:
            if reader := _READERS.get(child.tag):
                reader(self, child, form)

    def read_same(self, element: etree._Element, form: _Form) -> None:
        """An element whose content is part of the paragraph."""
        self._children(element, form)

    def read_deleted(self, element: etree._Element, form: _Form) -> None:  # noqa: ARG002
        """A deletion or the place that words were moved from."""
        self.losses.add("tracked changes, which were read as accepted")

    def read_inserted(self, element: etree._Element, form: _Form) -> None:
        """An insertion or the place that words were moved to."""
        self.losses.add("tracked changes, which were read as accepted")
        self._children(element, form)

    def read_control(self, element: etree._Element, form: _Form) -> None:
        """A content control (17.5.2); one that nobody has filled in shows words of its own."""
        if flag(element.find(f"{W}sdtPr"), "showingPlcHdr"):
            self.losses.add("a field of the form that nobody has filled in", words(element))
            return
        content = element.find(f"{W}sdtContent")
        if content is not None:
            self._children(content, form)

    def read_link(self, element: etree._Element, form: _Form) -> None:
        """A hyperlink (17.16.22)."""
        relation = self.relations.get(element.get(f"{R}id", ""))
        target = relation.target if relation and relation.external else ""
        anchor = element.get(f"{W}anchor", "")
        target = f"{target}#{anchor}" if target and anchor else target
        self._children(element, replace(form, link=self._address(target)))

    def _address(self, target: str) -> str:
        """An address that papers may link to; of others the words alone are kept."""
        if target and not target.lower().startswith(_LINKS):
            self.losses.add("a link that leads to no web page", target)
            return ""
        return target

    def read_simple_field(self, element: etree._Element, form: _Form) -> None:
        """A field of one element."""
        match = _HYPERLINK.match(element.get(f"{W}instr", ""))
        self._children(element, replace(form, link=self._address(match[1])) if match else form)

    def read_equation(self, element: etree._Element, form: _Form) -> None:  # noqa: ARG002
        """An equation (22.1)."""
        self.losses.add("an equation", words(element))

    def read_run(self, element: etree._Element, form: _Form) -> None:
        """A run (17.3.2)."""
        properties = element.find(f"{W}rPr")
        style_id = value(properties, f"{W}rStyle")
        style = self.styles.get(style_id) if style_id else None
        own = {name: flag(properties, tag) for name, tag in (("bold", "b"), ("italic", "i"), ("hidden", "vanish"))}
        named = {"bold": style.bold, "italic": style.italic, "hidden": style.hidden} if style else {}
        form = _Form(
            bold=bool(form.bold or named.get("bold") if own["bold"] is None else own["bold"]),
            italic=bool(form.italic or named.get("italic") if own["italic"] is None else own["italic"]),
            hidden=bool(form.hidden or named.get("hidden") if own["hidden"] is None else own["hidden"]),
            link=form.link,
        )
        half_points = value(properties, f"{W}sz")
        if half_points.isdecimal():
            self.size = max(self.size, int(half_points) / 2)
        self._children(element, form)

    def _put(self, text: str, form: _Form, kind: str = "text") -> None:
        """Words, where they show: not those of an instruction, of a contents list, or hidden ones."""
        if any(not each.shows for each in self.fields):
            return
        if any(_CONTENTS.match(each.instruction) for each in self.fields):
            self.contents.append(text)
            return
        if form.hidden:
            if text.strip():
                self.losses.add("hidden words, which nobody sees in Word either")
            return
        match = next((m for each in self.fields if (m := _HYPERLINK.match(each.instruction))), None)
        link = self._address(match[1]) if match else form.link
        if kind == "text":
            self.pieces.append(Piece("text", text, form.bold, form.italic, link))
        else:
            self.pieces.append(Piece("tab" if kind == "tab" else "break", text))

    def read_text(self, element: etree._Element, form: _Form) -> None:
        """Words (17.3.3.31)."""
        text = re.sub(r"[\n\t\r]", " ", element.text or "")
        text = "".join(_SYMBOLS.get(f"{ord(c):04X}", c) for c in text) if re.search("[\uf000-\uf0ff]", text) else text
        self._put(text, form)

    def read_tab(self, element: etree._Element, form: _Form) -> None:  # noqa: ARG002
        """A tab."""
        self._put(" ", form, "tab")

    def read_break(self, element: etree._Element, form: _Form) -> None:  # noqa: ARG002
        """The end of a line or of a page."""
        self._put(" ", form, "break")

    def read_hyphen(self, element: etree._Element, form: _Form) -> None:  # noqa: ARG002
        """A hyphen at which no line ends."""
        self._put("\u2011", form)

    def read_symbol(self, element: etree._Element, form: _Form) -> None:
        """A sign by its place in a font (17.3.3.30)."""
        code = element.get(f"{W}char", "").upper()
        if code in _SYMBOLS:
            self._put(_SYMBOLS[code], form)
        else:
            self.losses.add("a sign of a font of signs", f"{element.get(f'{W}font', '')} {code}")

    def read_field_sign(self, element: etree._Element, form: _Form) -> None:  # noqa: ARG002
        """The beginning, the middle or the end of a field."""
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shows = True
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            if _CONTENTS.match(ended.instruction):
                self.losses.add("a list of contents, which `contents: true` prints", "".join(self.contents))
                self.contents.clear()

    def read_instruction(self, element: etree._Element, form: _Form) -> None:  # noqa: ARG002
        """What a field is to show."""
        if self.fields and not self.fields[-1].shows:
            self.fields[-1].instruction += element.text or ""

    def read_note(self, element: etree._Element, form: _Form) -> None:
        """The mark of a footnote or an endnote."""
        if not form.hidden:
            kind = "e" if element.tag == f"{W}endnoteReference" else "f"
            self.pieces.append(Piece("note", f"{kind}{element.get(f'{W}id', '')}"))

    def read_alternative(self, element: etree._Element, form: _Form) -> None:
        """Two ways of saying one thing (part 3, 9): the first that there is."""
        for name in ("Choice", "Fallback"):
            if (found := element.find(f"{MC}{name}")) is not None and len(found):
                self._children(found, form)
                return

    def read_drawing(self, element: etree._Element, form: _Form) -> None:
        """A drawing: a picture, or something that is none."""
        described = element.find(f".//{WP}docPr")
        alt = "" if described is None else described.get("descr", "")
        if text := words(element):
            self.losses.add("a text box", text)
        for name, what in ((f"{C}chart", "a chart"), (f"{DGM}relIds", "a diagram")):
            for each in element.iter(name):
                relation = self.relations.get(each.get(f"{R}id", "") or each.get(f"{R}dm", ""))
                self.losses.add(what, self._part_words(relation) or alt)
        for blip in element.iter(f"{A}blip"):
            self._picture(blip.get(f"{R}embed", "") or blip.get(f"{R}link", ""), alt, form)

    def _part_words(self, relation: Relation | None) -> str:
        if relation is None or relation.external or not self.package.has(relation.target):
            return ""
        return words(self.package.tree(relation.target))

    def read_old_drawing(self, element: etree._Element, form: _Form) -> None:
        """A drawing as Word 2007 and earlier wrote them (VML), or an object of another program."""
        if text := words(element):
            self.losses.add("a text box", text)
        if element.tag == f"{W}object":
            self.losses.add("an object of another program, such as a sheet of Excel")
            return
        for image in element.iter(f"{V}imagedata"):
            shape = image.getparent()
            alt = "" if shape is None else shape.get("alt", "")
            self._picture(image.get(f"{R}id", ""), alt, form)

    def _picture(self, id: str, alt: str, form: _Form) -> None:
        relation = self.relations.get(id)
        if form.hidden or any(not each.shows for each in self.fields):
            return
        if relation is None or relation.external or not self.package.has(relation.target):
            self.losses.add("a picture that is not in the file", relation.target if relation else "")
            return
        data = self.package.read(relation.target)
        if not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
            help = "a picture that is neither PNG nor JPEG; save it as PNG"
            self.losses.add(help, relation.target.rpartition("/")[2])
            return
        picture = Picture(relation.target, data, " ".join(alt.split()))
        self.pieces.append(Piece("picture", "", picture=picture))


_Reader = Callable[[Inline, Any, _Form], None]
_READERS: Mapping[str, _Reader] = {
    f"{W}r": Inline.read_run,
    f"{W}t": Inline.read_text,
    f"{W}tab": Inline.read_tab,
    f"{W}ptab": Inline.read_tab,
    f"{W}br": Inline.read_break,
    f"{W}cr": Inline.read_break,
    f"{W}noBreakHyphen": Inline.read_hyphen,
    f"{W}sym": Inline.read_symbol,
    f"{W}hyperlink": Inline.read_link,
    f"{W}ins": Inline.read_inserted,
    f"{W}moveTo": Inline.read_inserted,
    f"{W}del": Inline.read_deleted,
    f"{W}moveFrom": Inline.read_deleted,
    f"{W}sdt": Inline.read_control,
    f"{W}fldSimple": Inline.read_simple_field,
    f"{W}fldChar": Inline.read_field_sign,
    f"{W}instrText": Inline.read_instruction,
    f"{W}footnoteReference": Inline.read_note,
    f"{W}endnoteReference": Inline.read_note,
    f"{W}drawing": Inline.read_drawing,
    f"{W}pict": Inline.read_old_drawing,
    f"{W}object": Inline.read_old_drawing,
    f"{M}oMath": Inline.read_equation,
    f"{M}oMathPara": Inline.read_equation,
    f"{MC}AlternateContent": Inline.read_alternative,
    **{f"{W}{name}": Inline.read_same for name in ("smartTag", "customXml", "dir", "bdo", "ruby", "rubyBase")},
}
"""How each element in a paragraph is read; what is not here prints nothing."""


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """The pieces, neighbouring words of one form as one: Word cuts a word wherever it was touched."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.kind == piece.kind == "text" and replace(last, text="") == replace(piece, text=""):
            joined[-1] = replace(last, text=last.text + piece.text)
        else:
            joined.append(piece)
    return tuple(joined)
