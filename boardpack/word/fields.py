"""Fields whose results are known late, and the marks that stand for them until then.

While a document is rendered nobody knows its pages. What depends on them is written as a mark between two NUL
characters, which no text of an author can hold (XML 1.0 has no NUL). :func:`fill` replaces every mark once the pages
are known: by a complete complex field (ECMA-376 part 1, 17.16.18: begin, instruction, separate, result, end) where
its bookmark is in the same file, by plain text where it is not. Fields are never dirty and settings never say
updateFields, since both make Word ask the reader.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from boardpack.word.markup import escape

_NOTES = "word/footnotes.xml"
_MARK = re.compile("\0([^\0]*)\0")
_SEPARATOR = "\1"
UNKNOWN = "?"
"""What stands for a page that nobody has found yet."""
ELSEWHERE = "https://elsewhere.invalid/"
"""Where a link leads, with a bookmark's name behind it, that is in another part of what is laid out part by part."""
WITHOUT_PAGE = ".title"
"""What an address elsewhere ends with where the link's words are not the page or the text of the bookmark."""
FAR_STYLE = (
    '<w:style w:type="character" w:customStyle="1" w:styleId="PageReference"><w:name w:val="Page Reference"/></w:style>'
)
"""The style of such links: LibreOffice's PDF has no link whose words have no style of their own."""
_FAR = "rIdElsewhere_"

_FIELD = re.compile(
    r"<w:instrText[^>]*> (PAGEREF|REF) (\w+)[^<]*</w:instrText></w:r>"
    r'<w:r><w:fldChar w:fldCharType="separate"/></w:r>(.*?)<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    re.DOTALL,
)
_SHOWN = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a written file: ``PAGEREF`` or ``REF``, the bookmark it names, the result that it shows."""

    kind: str
    bookmark: str
    result: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a written Word file shows: its fields, and all words of its body in order."""

    fields: list[ShownField]
    text: str


def page_reference(bookmark: str) -> str:
    """Runs that print the page of a bookmark (PAGEREF, 17.16.5.45)."""
    return f"\0page{_SEPARATOR}{bookmark}\0"


def reference(bookmark: str, text: str, switches: str = "") -> str:
    """Runs that print what a bookmark holds (REF, 17.16.5.51); ``text`` is what that is."""
    return f"\0text{_SEPARATOR}{bookmark}{_SEPARATOR}{text}{_SEPARATOR}{switches}\0"


def link(bookmark: str, runs: str) -> str:
    """Runs that lead to a bookmark and print no page."""
    return f"\0link{_SEPARATOR}{bookmark}{_SEPARATOR}{runs}\0"


def page_range(first: str, last: str, one: str, many: str) -> str:
    """Runs that name the pages from one bookmark to another.

    ``one`` and ``many`` are the house's wordings with ``{first}`` and ``{last}`` in them.
    """
    return _SEPARATOR.join((f"\0range{_SEPARATOR}{first}", last, one, f"{many}\0"))


def ranges(xml: str) -> Iterator[tuple[str, str]]:
    """First and last bookmark of each range of pages that is still a mark in some XML."""
    return ((arguments[0], arguments[1]) for kind, arguments in _marks(xml) if kind == "range")


def paged(xml: str) -> Iterator[str]:
    """The bookmarks whose pages marks in some XML print."""
    for kind, arguments in _marks(xml):
        if kind in {"page", "range"}:
            yield from arguments[: 2 if kind == "range" else 1]


def starts(xml: str) -> Iterator[str]:
    """The bookmark at the start of each section in some XML that has one, in order."""
    return (arguments[0] for kind, arguments in _marks(xml) if kind == "start")


def _marks(xml: str) -> Iterator[tuple[str, list[str]]]:
    for match in _MARK.finditer(xml):
        kind, *arguments = match[1].split(_SEPARATOR)
        yield kind, arguments


def section_start(bookmark: str) -> str:
    """The ``w:pgNumType`` of a section that begins at a bookmark: once known, the number it starts with."""
    return f"\0start{_SEPARATOR}{bookmark}\0"


@dataclass(frozen=True, slots=True)
class Filling:
    """What marks are replaced by.

    ``bookmarks`` are those that stand in the file, ``starts`` the page numbers that sections begin with, by the
    bookmark at their start. ``single`` are the ranges that lie on one page, where the pages do not say so. Where the
    file is laid out as a part of something, ``linked`` makes a link of what names a bookmark that is not in it.
    """

    pages: Mapping[str, int]
    bookmarks: Collection[str]
    starts: Mapping[str, int]
    single: Collection[tuple[str, str]] = ()
    linked: bool = False

    def is_single(self, first: str, last: str) -> bool:
        """Whether a range lies on one page."""
        return (first, last) in self.single or (first in self.pages and self.pages[first] == self.pages.get(last))

    def runs(self, bookmark: str, instruction: str, text: str) -> str:
        """A field where its bookmark is in the file, else what it would show."""
        if bookmark in self.bookmarks:
            return complex_field(instruction, text)
        return _far_link(bookmark, _run(text)) if self.linked and text else _run(text)


def fill(xml: str, filling: Filling) -> str:
    """Replace every mark."""

    def replaced(match: re.Match[str]) -> str:
        kind, *arguments = match[1].split(_SEPARATOR)
        if kind == "start":
            number = filling.starts.get(arguments[0])
            return f'<w:pgNumType w:start="{number}"/>' if number else ""
        return _RUNS[kind](arguments, filling)

    return _MARK.sub(replaced, xml)


def _far_link(target: str, runs: str) -> str:
    style = '<w:rStyle w:val="PageReference"/>'
    styled = runs.replace("<w:r><w:rPr>", f"<w:r><w:rPr>{style}")
    styled = re.sub("<w:r>(?!<w:rPr>)", f"<w:r><w:rPr>{style}</w:rPr>", styled)
    return f'<w:hyperlink r:id="{_FAR}{target}">{styled}</w:hyperlink>'


def far_links(xml: str) -> dict[str, str]:
    """The addresses of links to bookmarks elsewhere in filled XML, by relationship id."""
    return {_FAR + name: ELSEWHERE + name for name in re.findall(rf'r:id="{_FAR}([\w.]+)"', xml)}


def without_pages(xml: str) -> str:
    """The XML with the words of every reference and with nothing where pages will stand."""

    def replaced(match: re.Match[str]) -> str:
        kind, *arguments = match[1].split(_SEPARATOR)
        return _run(arguments[1]) if kind == "text" else arguments[1] if kind == "link" else ""

    return _MARK.sub(replaced, xml)


def complex_field(instruction: str, result: str) -> str:
    """A complete field: its instruction and the result that shows until somebody presses F9."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{_run(result)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def sequence(name: str, number: str) -> str:
    """The number in a caption (SEQ, 17.16.5.56)."""
    return complex_field(f"SEQ {name} \\* ARABIC", number)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _page(arguments: list[str], filling: Filling) -> str:
    (bookmark,) = arguments
    return filling.runs(bookmark, f"PAGEREF {bookmark} \\h", str(filling.pages.get(bookmark, UNKNOWN)))


def _reference(arguments: list[str], filling: Filling) -> str:
    bookmark, text, switches = arguments
    return filling.runs(bookmark, f"REF {bookmark} {switches}\\h", text)


def _range(arguments: list[str], filling: Filling) -> str:
    first, last, one, many = arguments
    wording = one if filling.is_single(first, last) else many
    bookmark = {"{first}": first, "{last}": last}
    return "".join(
        _page([bookmark[part]], filling) if part in bookmark else _run(part)
        for part in re.split(r"(\{first\}|\{last\})", wording)
    )


def _link(arguments: list[str], filling: Filling) -> str:
    bookmark, runs = arguments
    if filling.linked and bookmark not in filling.bookmarks:
        return _far_link(bookmark + WITHOUT_PAGE, runs)
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{runs}</w:hyperlink>'


_RUNS: dict[str, Callable[[list[str], Filling], str]] = {
    "page": _page, "text": _reference, "range": _range, "link": _link,
}  # fmt: skip


def read_back(docx: bytes) -> Shown:
    """Open a written Word file again and take down what it shows."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        body = package.read("word/document.xml").decode()
        notes = package.read(_NOTES).decode() if _NOTES in package.namelist() else ""
    found = [ShownField(match[1], match[2], _text_of(match[3])) for match in _FIELD.finditer(body + notes)]
    return Shown(found, _text_of(body))


def _text_of(xml: str) -> str:
    return unescape("".join(_SHOWN.findall(xml)))
