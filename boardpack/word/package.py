"""The .docx file: a zip of parts (ECMA-376 part 2), the same bytes for the same content.

Entries have a fixed order, date and attributes; properties come from the meeting, never from the clock.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256

from boardpack.word import fields, numbering
from boardpack.word.fragment import RELATIONSHIPS, Fragment, Running, Vector
from boardpack.word.markup import escape
from boardpack.word.template import Attachment, House

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = (
    " ".join(
        f'xmlns:{prefix}="{uri}"'
        for prefix, uri in {
            "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "r": RELATIONSHIPS,
            "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
            "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
            "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
            "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
            "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
            "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
            "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
            "v": "urn:schemas-microsoft-com:vml",
            "o": "urn:schemas-microsoft-com:office:office",
        }.items()
    )
    + ' mc:Ignorable="w14 wp14"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KINDS = {
    "styles": "styles", "settings": "settings", "fontTable": "fontTable", "webSettings": "webSettings",
    "numbering": "numbering", "footnotes": "footnotes", "header": "header", "footer": "footer",
}  # fmt: skip
_PICTURES = (".png", ".jpg", ".jpeg")
_LINKED = re.compile(r' r:(?:id|embed)="([^"]+)"')
_AFTER_FOOTNOTES = re.compile(
    r"<w:(?:endnotePr|compat|docVars|rsids|attachedSchema|themeFontLang|clrSchemeMapping|shapeDefaults|decimalSymbol"
    r"|listSeparator)\b|<m:mathPr\b|</w:settings>"
)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote>"
)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself: its title, who issues it, its language, the date of the meeting."""

    title: str
    creator: str
    language: str
    date: date


@dataclass(frozen=True, slots=True)
class Document:
    """A Word file before its pages are known: fragments in order, in a house style."""

    house: House
    fragments: Sequence[Fragment]
    properties: Properties

    def bookmarks(self) -> set[str]:
        """Every bookmark that stands in the file."""
        return set().union(*(fragment.bookmarks for fragment in self.fragments))

    def starts(self) -> Sequence[str]:
        """The bookmarks at the start of its sections, in order."""
        return tuple(name for xml in self._marked() for name in fields.starts(xml))

    def ranges(self) -> Sequence[tuple[str, str]]:
        """First and last bookmark of every range of pages that the file prints, each once."""
        return tuple(dict.fromkeys(pair for xml in self._marked() for pair in fields.ranges(xml)))

    def paged(self) -> set[str]:
        """The bookmarks whose pages the file prints, in it or elsewhere."""
        return {name for xml in self._marked() for name in fields.paged(xml)}

    def _marked(self) -> Iterator[str]:
        for fragment in self.fragments:
            yield from fragment.xml
            yield from (content for _, content in fragment.notes)

    def vectors(self) -> Mapping[str, Vector]:
        """What takes the place of pictures in the PDF, by the bookmark on the page of each."""
        return {name: vector for fragment in self.fragments for name, vector in fragment.vectors.items()}

    def part(self, first: int, last: int) -> Document:
        """Some fragments in a row, counted from 0, as a document of their own, which no other fragment changes."""
        ranks: dict[str, dict[str, str]] = {}
        return replace(self, fragments=tuple(each.renumbered(ranks) for each in self.fragments[first : last + 1]))

    def notes(self) -> int:
        """How many footnotes it has."""
        return sum(len(fragment.notes) for fragment in self.fragments)

    def write(self, pages: Mapping[str, int]) -> bytes:
        """The bytes of the file, with these pages filled in; each section starts at its page."""
        filling = fields.Filling(pages, self.bookmarks(), pages)
        return zipped(_Parts(self, filling).all(self._body()))

    def to_lay_out(self, filling: fields.Filling, first_note: int = 1) -> Mapping[str, bytes]:
        """The parts of the file that is laid out, by name: with the stand-ins of pictures that have one.

        Footnotes count from ``first_note``.
        """
        body = self._body()
        if first_note > 1 and self.notes():
            counted = f'<w:footnotePr><w:numStart w:val="{first_note}"/></w:footnotePr>'
            body = body.replace('<w:type w:val="nextPage"/>', counted + '<w:type w:val="nextPage"/>')
        return _Parts(self, filling, stand_ins=True).all(body)

    def _body(self) -> str:
        xml = "".join("".join(fragment.xml) for fragment in self.fragments)
        return _last_section(xml)


def _last_section(body: str) -> str:
    """The last section's properties stand at the end of the body, not in its last paragraph (17.6.17)."""
    start, end = body.rindex("<w:sectPr>"), body.rindex("</w:sectPr>") + len("</w:sectPr>")
    return body[:start] + body[end:] + body[start:end]


class _Parts:
    """The parts of one package, collected with their content types and relationships."""

    def __init__(self, document: Document, filling: fields.Filling, *, stand_ins: bool = False) -> None:
        self._document = document
        self._filling = filling
        self._stand_ins = stand_ins
        self._parts: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._media: dict[str, str] = {}

    def _filled(self, xml: str) -> str:
        return fields.fill(xml, self._filling)

    def all(self, body: str) -> Mapping[str, bytes]:
        document, fragments = self._document, self._document.fragments
        related: dict[str, tuple[str, str, bool]] = {}
        for name, data in document.house.parts.items():
            self._house_part(name, data, related)
        lists = [item for fragment in fragments for item in fragment.lists]
        if lists:
            self._add("numbering", numbering.part(lists, _NAMESPACES), related)
        notes = [note for fragment in fragments for note in fragment.notes]
        if notes:
            content = self._filled(_footnotes(notes))
            self._add("footnotes", content, related)
            used = set(_LINKED.findall(content))
            attached = (entry for fragment in fragments for entry in fragment.attachments.items())
            self._relate("footnotes", {id: attachment for id, attachment in attached if id in used} | _far(content))
        for fragment in fragments:
            related |= {id: self._target(attachment) for id, attachment in fragment.attachments.items()}
        running = {item.id: item for fragment in fragments for item in fragment.running}
        for number, item in enumerate(running.values(), 1):
            related[item.id] = self._running(f"{item.kind}{number}", item)
        content = self._filled(body)
        related |= {id: self._target(attachment) for id, attachment in _far(content).items()}
        self._parts["word/document.xml"] = _xml(f"<w:document {_NAMESPACES}><w:body>{content}</w:body></w:document>")
        self._types["word/document.xml"] = f"{_WORD}.document.main+xml"
        self._parts["word/_rels/document.xml.rels"] = _relationships(related)
        self._properties()
        return {"[Content_Types].xml": _content_types(self._types), **dict(sorted(self._parts.items()))}

    def _add(self, name: str, xml: str, related: dict[str, tuple[str, str, bool]]) -> None:
        self._parts[f"word/{name}.xml"] = _xml(xml)
        self._types[f"word/{name}.xml"] = f"{_WORD}.{_KINDS[name]}+xml"
        related[f"rId{name.title()}"] = (f"{RELATIONSHIPS}/{name}", f"{name}.xml", False)

    def _running(self, part: str, item: Running) -> tuple[str, str, bool]:
        root = "hdr" if item.kind == "header" else "ftr"
        self._parts[f"word/{part}.xml"] = _xml(f"<w:{root} {_NAMESPACES}>{item.xml}</w:{root}>")
        self._types[f"word/{part}.xml"] = f"{_WORD}.{item.kind}+xml"
        self._relate(part, item.attachments)
        return f"{RELATIONSHIPS}/{item.kind}", f"{part}.xml", False

    def _house_part(self, path: str, data: bytes, related: dict[str, tuple[str, str, bool]]) -> None:
        name = path.removeprefix("word/").removesuffix(".xml")
        if path.startswith("word/theme/"):
            self._parts[path] = data
            self._types[path] = "application/vnd.openxmlformats-officedocument.theme+xml"
            related["rIdTheme"] = (f"{RELATIONSHIPS}/theme", path.removeprefix("word/"), False)
            return
        notes = any(fragment.notes for fragment in self._document.fragments)
        xml = _house_xml(name, data, self._document.properties.language, notes=notes, linked=self._filling.linked)
        self._add(name, xml, related)

    def _target(self, attachment: Attachment) -> tuple[str, str, bool]:
        if attachment.external:
            return attachment.type, attachment.target, True
        data, suffix = attachment.data, attachment.target.rsplit(".", 1)[-1].lower()
        if self._stand_ins and attachment.stand_in:
            data, suffix = attachment.stand_in, "png"
        name = self._media.setdefault(sha256(data).hexdigest(), f"image{len(self._media) + 1}.{suffix}")
        self._parts[f"word/media/{name}"] = data
        return attachment.type, f"media/{name}", False

    def _relate(self, part: str, attachments: Mapping[str, Attachment]) -> None:
        if attachments:
            related = {id: self._target(attachment) for id, attachment in attachments.items()}
            self._parts[f"word/_rels/{part}.xml.rels"] = _relationships(related)

    def _properties(self) -> None:
        properties = self._document.properties
        self._parts["docProps/core.xml"] = _core(properties)
        self._types["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
        self._parts["docProps/app.xml"] = _xml(
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            f"<Application>boardpack</Application><Company>{escape(properties.creator)}</Company></Properties>"
        )
        self._types["docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
        core = f"{_PACKAGE}/relationships/metadata/core-properties"
        self._parts["_rels/.rels"] = _relationships(
            {
                "rId1": (f"{RELATIONSHIPS}/officeDocument", "word/document.xml", False),
                "rId2": (core, "docProps/core.xml", False),
                "rId3": (f"{RELATIONSHIPS}/extended-properties", "docProps/app.xml", False),
            }
        )


def _far(xml: str) -> dict[str, Attachment]:
    """Links to what stands elsewhere, where a document is laid out as a part."""
    links = fields.far_links(xml)
    return {id: Attachment(f"{RELATIONSHIPS}/hyperlink", address, True, b"") for id, address in links.items()}


def _footnotes(notes: Sequence[tuple[int, str]]) -> str:
    content = "".join(f'<w:footnote w:id="{id}">{xml}</w:footnote>' for id, xml in notes)
    return f"<w:footnotes {_NAMESPACES}>{_SEPARATORS}{content}</w:footnotes>"


@lru_cache(64)
def _house_xml(name: str, data: bytes, language: str, *, notes: bool, linked: bool) -> str:
    """A part of the house's as it goes into a document; most documents of a build have the same."""
    xml = re.sub(r"^<\?xml[^>]*\?>\s*", "", data.decode("utf-8-sig"))
    if name == "settings":
        return _settings(xml, notes=notes)
    if name == "styles":
        xml = re.sub(r'(<w:lang w:val=")[^"]*"', rf'\g<1>{language}"', xml)
        return xml.replace("</w:styles>", f"{fields.FAR_STYLE}</w:styles>") if linked else xml
    return xml


def _settings(xml: str, *, notes: bool) -> str:
    """A house's settings, without what would make Word ask its reader, with what footnotes need."""
    xml = re.sub(
        r"<w:(?:updateFields|attachedTemplate|mailMerge|footnotePr|endnotePr)\b[^>]*?(?:/>|>.*?</w:\w+>)",
        "",
        xml,
    )
    if not notes:
        return xml
    at = _AFTER_FOOTNOTES.search(xml)
    if at is None:
        return xml
    declared = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    return xml[: at.start()] + declared + xml[at.start() :]


def _core(properties: Properties) -> bytes:
    moment = f"{properties.date.isoformat()}T00:00:00Z"
    return _xml(
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title><dc:creator>{escape(properties.creator)}</dc:creator>"
        f"<dc:language>{escape(properties.language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )


def _relationships(related: Mapping[str, tuple[str, str, bool]]) -> bytes:
    entries = ""
    for id, (type, target, external) in related.items():
        mode = ' TargetMode="External"' if external else ""
        entries += f'<Relationship Id="{id}" Type="{type}" Target="{escape(target)}"{mode}/>'
    return _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>')


def _content_types(types: Mapping[str, str]) -> bytes:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
        "gif": "image/gif", "emf": "image/x-emf", "svg": "image/svg+xml",
    }  # fmt: skip
    entries = "".join(f'<Default Extension="{name}" ContentType="{type}"/>' for name, type in defaults.items())
    entries += "".join(f'<Override PartName="/{name}" ContentType="{type}"/>' for name, type in sorted(types.items()))
    return _xml(f'<Types xmlns="{_PACKAGE}/content-types">{entries}</Types>')


def _xml(xml: str) -> bytes:
    return (_DECLARATION + xml).encode()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The bytes of a package with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.create_system = 0o600 << 16, 3
            # PNG and JPEG are compressed already, and hundreds of pages of an appendix take seconds.
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PICTURES) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=1)
    return buffer.getvalue()
