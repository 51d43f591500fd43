"""A Word file read back by the standard alone, without any of the program's own code: parts, paragraphs, tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

DOCUMENT = "word/document.xml"
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "p": "http://schemas.openxmlformats.org/package/2006/relationships",
    "c": "http://schemas.openxmlformats.org/package/2006/content-types",
    "dc": "http://purl.org/dc/elements/1.1/",
}
W = f"{{{NAMES['w']}}}"
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
COUNTS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "lowerLetter": lambda n: chr(96 + n),
    "upperLetter": lambda n: chr(64 + n),
    "lowerRoman": lambda n: ROMAN[n - 1],
    "upperRoman": lambda n: ROMAN[n - 1].upper(),
    "none": lambda n: "",
}
"""How a number prints in a format of Word's lists; enough for tests."""


@dataclass(frozen=True)
class Field:
    """A complex field: its instruction, and the result that shows until it is updated."""

    instruction: str
    shown: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it counts: style, list and level (-1 where it has none), its text."""

    style: str
    list: str
    level: int
    text: str


@dataclass(frozen=True)
class Relationship:
    """What one part says that it needs of another, or of an address outside."""

    kind: str
    target: str
    external: bool


@cache
def _path(expression: str) -> Any:
    return etree.XPath(expression, namespaces=NAMES)


def find(element: Any, expression: str) -> list[Any]:
    """What an XPath expression finds below an element; the usual prefixes are known."""
    found = _path(expression)(element)
    return found if isinstance(found, list) else [found]


def shown(element: Any) -> str:
    """What a reader sees of an element: no field instructions, a line for each paragraph."""
    parts = []
    for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}p"):
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag == f"{W}tab":
            parts.append("\t" if node.getparent().tag == f"{W}r" else "")
        else:
            parts.append("\n")
    return "".join(parts).strip("\n")


def value(element: Any, path: str) -> str:
    """The ``w:val`` of what stands at this path below an element; empty where nothing does."""
    return next(iter(find(element, f"{path}/@w:val")), "")


class WordFile:
    """The parts of one package."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.names = package.namelist()
            self.dates = {entry.date_time for entry in package.infolist()}
            self.parts = {name: package.read(name) for name in self.names}
        self._trees: dict[str, Any] = {}

    def xml(self, part: str = DOCUMENT) -> Any:
        """The root of a part."""
        if part not in self._trees:
            self._trees[part] = etree.fromstring(self.parts[part])
        return self._trees[part]

    def find(self, expression: str, part: str = DOCUMENT) -> list[Any]:
        return find(self.xml(part), expression)

    def text(self, part: str = DOCUMENT) -> str:
        return shown(self.xml(part))

    @property
    def written_parts(self) -> list[str]:
        """The parts that hold words: the document, its notes, headers and footers."""
        return [name for name in self.names if re.fullmatch(r"word/(document|footnotes|(header|footer)\d*)\.xml", name)]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return [_paragraph(element) for element in self.find("//w:p")]

    def lines(self) -> list[str]:
        """The text of every paragraph that has one."""
        return [each.text for each in self.paragraphs if each.text]

    def styled(self, *styles: str) -> list[str]:
        """The texts of the paragraphs in one of these styles."""
        return [each.text for each in self.paragraphs if each.style in styles]

    def tables(self, style: str = "") -> list[Any]:
        return [table for table in self.find("//w:tbl") if not style or value(table, "w:tblPr/w:tblStyle") == style]

    def table(self, title: str) -> Any:
        """The one table with this title for those who do not see it."""
        (found,) = [table for table in self.find("//w:tbl") if value(table, "w:tblPr/w:tblCaption") == title]
        return found

    def fields(self, part: str = DOCUMENT) -> list[Field]:
        return [field for paragraph in self.find("//w:p", part) for field in _fields(paragraph)]

    def footnotes(self) -> dict[str, str]:
        """The text of every footnote by its id, without the two that only draw a line."""
        if "word/footnotes.xml" not in self.parts:
            return {}
        notes = self.find("//w:footnote[not(@w:type)]", "word/footnotes.xml")
        return {note.get(f"{W}id"): shown(note).strip() for note in notes}

    def bookmark(self, name: str) -> str:
        """The text inside a bookmark."""
        (start,) = self.find(f"//w:bookmarkStart[@w:name='{name}']")
        texts = []
        for element in start.itersiblings():
            if element.tag == f"{W}bookmarkEnd" and element.get(f"{W}id") == start.get(f"{W}id"):
                break
            texts.append("".join(node.text or "" for node in element.iter(f"{W}t")))
        return "".join(texts)

    def relationships(self, part: str = DOCUMENT) -> dict[str, Relationship]:
        """By id, what a part refers to."""
        path = PurePosixPath(part)
        name = f"{path.parent}/_rels/{path.name}.rels"
        if name not in self.parts:
            return {}
        return {
            each.get("Id"): Relationship(
                each.get("Type").rpartition("/")[2], each.get("Target"), each.get("TargetMode") == "External"
            )
            for each in self.find("//p:Relationship", name)
        }

    def numbering(self, number: str, level: int) -> tuple[str, str]:
        """How a list counts at a level: ``w:numFmt`` and ``w:lvlText``."""
        (num,) = self.find(f"//w:num[@w:numId='{number}']", "word/numbering.xml")
        definition = value(num, "w:abstractNumId")
        (found,) = self.find(
            f"//w:abstractNum[@w:abstractNumId='{definition}']/w:lvl[@w:ilvl='{level}']", "word/numbering.xml"
        )
        return value(found, "w:numFmt"), value(found, "w:lvlText")

    def numbered(self, *styles: str) -> list[str]:
        """Each paragraph of a list with the number that Word prints before it: "1.1 Text"."""
        counters: dict[str, list[int]] = {}
        found = []
        for each in self.paragraphs:
            if not each.list:
                continue
            counts = counters.setdefault(each.list, [self._start(each.list, level) - 1 for level in range(9)])
            counts[each.level] += 1
            counts[each.level + 1 :] = [self._start(each.list, level) - 1 for level in range(each.level + 1, 9)]
            if not styles or each.style in styles:
                found.append(f"{self._label(each, counts)} {each.text}".strip())
        return found

    def _start(self, number: str, level: int) -> int:
        (num,) = self.find(f"//w:num[@w:numId='{number}']", "word/numbering.xml")
        return int(value(num, f"w:lvlOverride[@w:ilvl='{level}']/w:startOverride") or 1)

    def _label(self, each: Paragraph, counts: list[int]) -> str:
        def count(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            return COUNTS[self.numbering(each.list, level)[0]](max(counts[level], 1))

        return re.sub(r"%([1-9])", count, self.numbering(each.list, each.level)[1])

    def running(self, kind: str) -> list[str]:
        """The text of the header or footer of each section, in order."""
        related = self.relationships()
        ids = [find(section, f"string(w:{kind}Reference/@r:id)")[0] for section in self.find("//w:sectPr")]
        return [shown(self.xml(f"word/{related[id].target}")) for id in ids]

    def pages(self) -> list[str]:
        """Of each section, in order, whether its pages are upright or lie."""
        sizes = [(int(size.get(f"{W}w")), int(size.get(f"{W}h"))) for size in self.find("//w:sectPr/w:pgSz")]
        return ["landscape" if width > height else "portrait" for width, height in sizes]


def rows(table: Any) -> list[list[str]]:
    """The text of each cell, row by row."""
    return [[shown(cell) for cell in find(row, "w:tc")] for row in find(table, "w:tr")]


def _paragraph(element: Any) -> Paragraph:
    level = value(element, "w:pPr/w:numPr/w:ilvl")
    return Paragraph(
        value(element, "w:pPr/w:pStyle"),
        value(element, "w:pPr/w:numPr/w:numId"),
        int(level) if level else -1,
        shown(element),
    )


def _fields(paragraph: Any) -> Iterator[Field]:
    """The complex fields of a paragraph; one that is not whole is an error."""
    instruction: list[str] | None = None
    result: list[str] | None = None
    for node in paragraph.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            assert instruction is None, "a field in a field"
            instruction, result = [], None
        elif kind == "separate":
            result = []
        elif kind == "end":
            assert instruction is not None, "a field without a beginning"
            assert result is not None, "a field without a result"
            yield Field("".join(instruction).strip(), "".join(result))
            instruction = result = None
        elif node.tag == f"{W}instrText":
            assert instruction is not None, "an instruction outside a field"
            instruction.append(node.text or "")
        elif result is not None:
            result.append(node.text or "")
    assert instruction is None, "a field without an end"


def faults(word: WordFile) -> list[str]:
    """What would make Word complain, ask or show the wrong thing, whatever the file says."""
    return [fault for check in _CHECKS for fault in check(word)]


def _asks(word: WordFile) -> Iterator[str]:
    for name in word.parts:
        if name.endswith(".xml"):
            yield from (f"{name}: w:updateFields" for _ in word.find("//w:updateFields", name))
            yield from (f"{name}: a dirty field" for _ in word.find("//*[@w:dirty]", name))
            yield from (f"{name}: w:attachedTemplate" for _ in word.find("//w:attachedTemplate", name))


def _merges(word: WordFile) -> Iterator[str]:
    for name in word.written_parts:
        yield from (f"{name}: merged cells" for _ in word.find("//w:gridSpan|//w:vMerge|//w:hMerge", name))
        for table in word.find("//w:tbl", name):
            widths = [int(each) for each in find(table, "w:tblGrid/w:gridCol/@w:w")]
            for row in find(table, "w:tr"):
                if [int(each) for each in find(row, "w:tc/w:tcPr/w:tcW/@w:w")] != widths:
                    yield f"{name}: a row that does not fit its grid: {shown(row)[:40]}"


def _spaces(word: WordFile) -> Iterator[str]:
    for name in word.written_parts:
        for text in word.find("//w:t", name):
            words = text.text or ""
            if words != words.strip() and text.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
                yield f"{name}: blanks that Word drops: {words[:40]!r}"


def _twice(word: WordFile) -> Iterator[str]:
    kinds = {
        "bookmark id": "//w:bookmarkStart/@w:id",
        "bookmark name": "//w:bookmarkStart/@w:name",
        "drawing id": "//wp:docPr/@id",
    }
    for what, expression in kinds.items():
        ids = [id for name in word.written_parts for id in word.find(expression, name)]
        yield from (f"{what} {id} {count} times" for id, count in Counter(ids).items() if count > 1)
    if "word/footnotes.xml" in word.parts:
        ids = word.find("//w:footnote/@w:id", "word/footnotes.xml")
        used = word.find("//w:footnoteReference/@w:id")
        yield from (f"footnote {id} {count} times" for id, count in Counter(ids).items() if count > 1)
        yield from (f"footnote mark {id} {count} times" for id, count in Counter(used).items() if count > 1)
        yield from (f"footnote {id} without its mark or its text" for id in set(used) ^ set(word.footnotes()))
    for name in word.names:
        if name.endswith(".rels"):
            ids = word.find("//p:Relationship/@Id", name)
            yield from (f"{name}: {id} {count} times" for id, count in Counter(ids).items() if count > 1)
    yield from (f"part {name} {count} times" for name, count in Counter(word.names).items() if count > 1)


def _bookmarks(word: WordFile) -> Iterator[str]:
    starts, ends = word.find("//w:bookmarkStart/@w:id"), word.find("//w:bookmarkEnd/@w:id")
    if sorted(starts) != sorted(ends):
        yield "bookmarks that do not begin or do not end"
    names = set(word.find("//w:bookmarkStart/@w:name"))
    yield from (
        f"bookmark {name}: not a name for Word" for name in names if not re.fullmatch(r"[A-Za-z]\w{0,39}", name)
    )
    for part in word.written_parts:
        for anchor in word.find("//w:hyperlink/@w:anchor", part):
            if anchor not in names:
                yield f"{part}: a link to {anchor}, which is not there"
        for field in word.fields(part):
            kind, *words = field.instruction.split()
            if kind in {"REF", "PAGEREF"} and words[0] not in names:
                yield f"{part}: a field to {words[0]}, which is not there"
            if not field.shown and kind != "PAGE":
                yield f"{part}: nothing shows for {field.instruction}"


def _related(word: WordFile) -> Iterator[str]:
    """Every id that is used leads to a part that is there, and every part is used."""
    reached = {"word/document.xml", "docProps/core.xml", "docProps/app.xml"}
    for part in word.written_parts:
        related = word.relationships(part)
        for used in word.find("//@r:id|//@r:embed|//@r:link|//@r:pict", part):
            if used not in related:
                yield f"{part}: {used} leads nowhere"
        for id, each in related.items():
            if each.external:
                continue
            target = f"word/{each.target}"
            reached.add(target)
            if target not in word.parts:
                yield f"{part}: {id} leads to {target}, which is not there"
    yield from (f"{name}: nothing refers to it" for name in _content(word) if name not in reached)


def _typed(word: WordFile) -> Iterator[str]:
    types = {each.get("PartName").lstrip("/") for each in word.find("//c:Override", "[Content_Types].xml")}
    suffixes = {each.get("Extension") for each in word.find("//c:Default", "[Content_Types].xml")} - {"xml"}
    yield from (f"{name}: a type for a part that is not there" for name in types - set(word.names))
    for name in _content(word):
        if name not in types and name.rpartition(".")[2] not in suffixes:
            yield f"{name}: no content type"


def _content(word: WordFile) -> list[str]:
    return [name for name in word.names if not name.endswith(".rels") and name != "[Content_Types].xml"]


def _lists(word: WordFile) -> Iterator[str]:
    used = {each.list for each in word.paragraphs if each.list}
    known = set(word.find("//w:num/@w:numId", "word/numbering.xml")) if "word/numbering.xml" in word.parts else set()
    yield from (f"list {number} is not defined" for number in sorted(used - known))
    for number, level in sorted({(each.list, each.level) for each in word.paragraphs if each.list in known}):
        restarts = word.find(
            f"//w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='{level}']/w:startOverride", "word/numbering.xml"
        )
        if not restarts and word.numbering(number, level)[0] not in {"bullet", "none"}:
            yield f"list {number} goes on from another at level {level}"


def _styles(word: WordFile) -> Iterator[str]:
    known = set(word.find("//w:style/@w:styleId", "word/styles.xml"))
    used = {
        name
        for part in word.written_parts
        for name in word.find("//w:pStyle/@w:val|//w:rStyle/@w:val|//w:tblStyle/@w:val", part)
    }
    yield from (f"style {name} is not defined" for name in sorted(used - known))


_CHECKS = (_asks, _merges, _spaces, _twice, _bookmarks, _related, _typed, _lists, _styles)
