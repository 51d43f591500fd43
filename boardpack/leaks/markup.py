"""XML and HTML as texts: what the elements hold, attribute values, comments, names that are no format's."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, unquote_to_bytes

from boardpack.leaks.pieces import DamagedError, Piece, Raw, Text, UnknownError, joined
from boardpack.leaks.vocabulary import SPEAKING_ATTRIBUTES, WITHIN_LINES, WITHIN_PARAGRAPHS
from boardpack.leaks.words import BREAK

_OFFICE = re.compile(r"openxmlformats\.org|purl\.oclc\.org/ooxml|schemas\.microsoft\.com/office")
_FORMATS = re.compile(
    r"openxmlformats\.org|purl\.o(?:rg|clc\.org)|microsoft\.com|w3\.org|ns\.adobe\.com|www\.aiim\.org|xml\.org|iptc\.org"
)
_ANY_BRACKETS = re.compile(r"<[^<>]*>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ANY_TAG = re.compile(r"</?[\w.:-]+[^<>]*>")
_TAG = re.compile(r"<([\w.:-]+)([^<>]*)>")
_ATTRIBUTE = re.compile(r'([\w.:-]+)="([^"]*)"')
_SETTINGS = re.compile(r"<((?:[\w.-]+:)?(?:rPr|pPr))\b(?:[^<>]*/>|[^<>]*>.*?</\1>)", re.DOTALL)
_INSTRUCTION = re.compile(r"<((?:[\w.-]+:)?(?:instrText|delInstrText))\b[^<>]*>([^<>]*)</\1>")
_DELETED = re.compile(r"<((?:[\w.-]+:)?delText)\b[^<>]*>[^<>]*</\1>")
_FIELD_MARK = re.compile(r"<(?:[\w.-]+:)?fldChar\b[^<>]*>")
_OWN_NAME = re.compile(r"<xmp:CreatorTool>Writer</xmp:CreatorTool>|<pdf:Producer>LibreOffice [\d.]+</pdf:Producer>")
_HYPHEN = re.compile(r"<(?:[\w.-]+:)?noBreakHyphen\b[^<>]*>")
_TAG_WITHIN = re.compile(rf"</?(?:[\w.-]+:)?(?:{'|'.join(sorted(WITHIN_PARAGRAPHS))})(?=[\s/>])[^<>]*>")
# Numbers that set sizes and count signs, in elements of their own.
_MEASURED = re.compile(
    r"<((?:[\w.-]+:)?(?:posOffset|pctWidth|pctHeight|pctPosHOffset|pctPosVOffset|TotalTime|Pages|Words|Characters"
    r"|CharactersWithSpaces|Lines|Paragraphs))\b[^<>]*>[-\d\s]*</\1>"
)
_MEASURE = re.compile(r"[\s\d.,;:+%*/()-]*(?:px|pt|em|rem|cm|mm|in|vw|vh|ch|fr|deg|s|ms)?")
_DRAWN = frozenset({"d", "points", "transform", "viewBox", "path", "integrity", "nonce"})
_NAMED_TAGS = frozenset({"alias", "tag", "docVar", "property", "dataBinding"})
_PLACES = {
    ("bookmarkStart", "name"): "bookmark",
    ("docPr", "descr"): "alternative text",
    ("docPr", "title"): "alternative text",
    ("cNvPr", "descr"): "alternative text",
    ("definedName", "name"): "defined name",
    ("sheet", "name"): "sheet name",
    ("Relationship", "Target"): "relationship",
}
_WRITTEN = frozenset({"alternative text", "sheet name"})


def xml(data: bytes) -> Iterator[Piece]:
    """An XML document.

    Raises:
        DamagedError: if it is none.
        UnknownError: if it declares entities: a few of them can stand for any amount of text, or for another file.
    """
    from lxml import etree

    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise UnknownError("its XML declares entities of its own")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedError(f"its XML is damaged: {error}") from error
    around = (node for node in (*root.itersiblings(preceding=True), *root.itersiblings()))
    remarks = [str(node.text or "") for node in (*root.iter(etree.Comment, etree.PI), *around)]
    if remarks:
        yield Text("comment", joined(remarks))
        etree.strip_tags(root, etree.Comment, etree.PI)
    written = str(etree.tostring(root, encoding="unicode"))
    office = bool(_OFFICE.search(etree.QName(root).namespace or ""))
    yield from _office_text(written) if office else _other_text(written)
    if not office:
        names = {str(node.tag) for node in root.iter("*")}
        if own := [name.rpartition("}")[2] for name in sorted(names) if not _FORMATS.search(name)]:
            yield Text("element name", joined(own))
    yield from _attributes(written)


def without_tags(written: str) -> str:
    """The text of XML that is not parsed: whatever stands outside angle brackets."""
    return html.unescape(_ANY_BRACKETS.sub(BREAK, _DOCTYPE.sub(BREAK, written, count=1)))


def _office_text(written: str) -> Iterator[Piece]:
    """The texts of WordprocessingML, SpreadsheetML and DrawingML, joined over the runs of a paragraph or a cell."""
    written = _MEASURED.sub("", _SETTINGS.sub("", written))
    if "instrText" in written or "InstrText" in written:
        between = _FIELD_MARK.sub(BREAK, written)
        codes = [match[2] for match in _INSTRUCTION.finditer(between)]
        whole = "".join(
            match[2] if match[2] is not None else BREAK
            for match in re.finditer(rf"{BREAK}|{_INSTRUCTION.pattern}", between)
        )
        yield Text("field code", html.unescape(joined([*codes, ""]) + whole))
        written = _INSTRUCTION.sub("", written)
    if "delText" in written:
        yield Text("with what was deleted", _flowing(written), prose=True)
        written = _DELETED.sub("", written)
    yield Text("", _flowing(written), prose=True)


def _flowing(written: str) -> str:
    return html.unescape(_ANY_TAG.sub(BREAK, _TAG_WITHIN.sub("", _HYPHEN.sub("-", written))))


def _other_text(written: str) -> Iterator[Piece]:
    """The texts of XML of any kind: element by element, and all together, should one word be divided between two."""
    written = _OWN_NAME.sub("", written)
    yield Text("", html.unescape(_ANY_TAG.sub(BREAK, written)), prose=True)
    yield Text("", html.unescape(_ANY_TAG.sub("", written)))


def _attributes(written: str) -> Iterator[Piece]:
    """The values of the attributes, those of each name together; measures are left out where nobody types a figure."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, inner in set(_TAG.findall(written)):
        element = name.rpartition(":")[2]
        for key, value in _ATTRIBUTE.findall(inner):
            attribute = key.rpartition(":")[2]
            if _counts(element, attribute, value):
                where = _PLACES.get((element, attribute), f"attribute {key} of {name}")
                found[where].add(html.unescape(value))
    for where, values in found.items():
        yield Text(where, joined(sorted(values)), prose=where in _WRITTEN)
        if encoded := [unquote(value) for value in values if "%" in value]:
            yield Text(where, joined(sorted(encoded)))


def _counts(element: str, attribute: str, value: str) -> bool:
    if attribute in _DRAWN:
        return False
    return attribute.casefold() in SPEAKING_ATTRIBUTES or element in _NAMED_TAGS or not _MEASURE.fullmatch(value)


_DATA_ADDRESS = re.compile(r"data:([\w.+/-]*)((?:;[\w=.+-]+)*),(.*)", re.DOTALL)


class _Page(HTMLParser):
    """Takes down what a page holds while it is read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.remarks: list[str] = []
        self.attributes: defaultdict[str, set[str]] = defaultdict(set)
        self.embedded: list[bytes] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in WITHIN_LINES:
            self.text.append(BREAK)
        for key, value in attrs:
            if value and value.startswith("data:") and (match := _DATA_ADDRESS.match(value)):
                self.embedded.append(_content(match[2], match[3]))
            elif value and _counts(tag, key, value):
                self.attributes[key].add(value)
            if key.startswith("data-"):
                self.attributes["name of an attribute"].add(key)

    def handle_endtag(self, tag: str) -> None:
        if tag not in WITHIN_LINES:
            self.text.append(BREAK)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.remarks.append(data)

    def handle_decl(self, decl: str) -> None:
        self.remarks.append(decl)

    def handle_pi(self, data: str) -> None:
        self.remarks.append(data)

    def unknown_decl(self, data: str) -> None:
        self.remarks.append(data)


def _content(parameters: str, data: str) -> bytes:
    """The bytes of a ``data:`` address (RFC 2397)."""
    plain = unquote_to_bytes(data)
    if not parameters.endswith(";base64"):
        return plain
    try:
        return base64.b64decode(plain)
    except binascii.Error as error:
        raise DamagedError("an address that begins with data: holds no base64") from error


def html_page(text: str) -> tuple[list[Piece], list[bytes]]:
    """The texts of an HTML page, and the files that stand in its addresses."""
    page = _Page()
    page.feed(text)
    page.close()
    pieces: list[Piece] = [Text("", "".join(page.text), prose=True)]
    if page.remarks:
        pieces.append(Text("comment", joined(page.remarks)))
    for key, values in page.attributes.items():
        pieces.append(Text(f"attribute {key}", joined(sorted(values)), prose=key in {"alt", "title", "aria-label"}))
        if encoded := [unquote(value) for value in values if "%" in value]:
            pieces.append(Text(f"attribute {key}", joined(sorted(encoded))))
    pieces.append(Raw("", text.encode("utf-8", "surrogatepass")))
    return pieces, page.embedded
