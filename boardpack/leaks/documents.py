"""PDF files: the text of every page, and every text that is in no page."""

from __future__ import annotations

import io
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from boardpack.leaks.pieces import DamagedError, Piece, Raw, Text, joined
from boardpack.leaks.unpacking import Reading
from boardpack.leaks.vocabulary import STRUCTURE
from boardpack.leaks.words import BREAK

if TYPE_CHECKING:
    from pikepdf import Pdf

_STRING = re.compile(rb"(?:/([^\s()<>\[\]{}/%]+)\s*)?(?:\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>(?!>))", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_LANGUAGE = re.compile("\x1b[^\x1b]*\x1b")
_NOT_TEXTS = frozenset(b"ID CreationDate ModDate Registry Ordering Panose FontFamily CharSet".split())
_PROGRAM = {b"Creator": re.compile(r"Writer"), b"Producer": re.compile(r"LibreOffice [\d.]+(?: \(.*\))?")}
_PLACES = {
    b"Alt": "alternative text",
    b"ActualText": "replacement text",
    b"E": "expansion of an abbreviation",
    b"Contents": "annotation",
    b"T": "name of a field or an author",
    b"TU": "form field",
    b"V": "form field",
    b"F": "name of a file",
    b"UF": "name of a file",
    b"P": "page label",
    b"URI": "web address",
    b"JS": "script",
    b"D": "destination",
    b"Dest": "destination",
    b"Names": "name tree",
    b"Limits": "name tree",
}
_PROSE = frozenset({"alternative text", "replacement text", "annotation", "outline", "expansion of an abbreviation"})
_STRUCTURE = re.compile(rb"/S\s*/([^\s()<>\[\]{}/%]+)")
# The styles that LibreOffice makes structure elements of by names of its own.
_LIBREOFFICE = re.compile(
    r"Text[_ ]?[Bb]ody|Table[_ ](?:Contents|Heading)|Contents[_ ]\d+|Heading[_ ]?\d*|Frame[_ ][Cc]ontents"
    r"|(?:Footnote|Endnote)(?:[_ ](?:Anchor|Symbol|Characters))?|Header|Footer|Internet[_ ][Ll]ink|List[_ ]\w+"
    r"|Index[_ ]\w+|Quotations|Preformatted[_ ]Text|Horizontal[_ ]Line"
)
_SHOWN = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(?:Td|TD|T\*|Tm|ET)\b", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n")
_FILES = frozenset({"/EmbeddedFile", "/Metadata"})
_START = re.compile(rb"startxref\s")


def pdf(data: bytes, reading: Reading) -> Iterator[Piece | tuple[str, bytes]]:
    """The pieces of a PDF, and the name and content of each file attached to it or of each picture in it.

    Raises:
        DamagedError: if it does not open.
    """
    import pikepdf

    yield from _pages(data)
    try:
        document = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise DamagedError("it is encrypted") from error
    except pikepdf.PdfError as error:
        raise DamagedError(f"its PDF is damaged: {error}") from error
    with document:
        yield from _objects(document)
        yield from _names(document)
        for number, each in enumerate(document.objects, 1):
            if isinstance(each, pikepdf.Stream):
                yield from _stream(each, number, reading)
        once = 2 if document.is_linearized else 1
    if reading.whole and len(_START.findall(data)) > once:
        yield from _earlier(data, reading)


def _pages(data: bytes) -> Iterator[Piece]:
    """The text of each page, what lies outside its edges or on hidden layers included."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise DamagedError(f"its PDF does not open: {error}") from error
    try:
        for number, page in enumerate(document, 1):
            yield Text(f"page {number}", str(page.get_textpage().get_text_range()), laid=True, prose=True)
    finally:
        document.close()


def _objects(document: Pdf) -> Iterator[Piece]:
    """Every string outside the pages' content: properties, outlines, structure, annotations, names (7.3.4)."""
    import pikepdf

    written = []
    about: Any = document.trailer.get("/Info")
    about_at = about.objgen if isinstance(about, pikepdf.Object) else None
    every: Iterable[Any] = document.objects
    for each in every:
        if not isinstance(each, pikepdf.Object):  # a number by itself
            continue
        plain = each.stream_dict if isinstance(each, pikepdf.Stream) else each
        if each.objgen == about_at:
            yield from _strings(plain.unparse(resolved=True), "property ")
        else:
            written.append(plain.unparse(resolved=True))
    yield from _strings(b"\n".join(written))


def _strings(written: bytes, of: str = "") -> Iterator[Piece]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, literal, hexadecimal in _STRING.findall(written):
        if key in _NOT_TEXTS:
            continue
        text = _text(_from_hex(hexadecimal) if hexadecimal else _unescaped(literal))
        if not (key in _PROGRAM and _PROGRAM[key].fullmatch(text)):
            name = key.decode("latin-1")
            where = of + name if of else _PLACES.get(key, "outline" if key == b"Title" else f"entry {name}".rstrip())
            found[where].add(text)
    for where, texts in found.items():
        yield Text(where, joined(sorted(texts)), prose=where in _PROSE)


def _from_hex(digits: bytes) -> bytes:
    compact = b"".join(digits.split())
    return bytes.fromhex((compact + b"0" * (len(compact) % 2)).decode())


def _unescaped(literal: bytes) -> bytes:
    if b"\\" not in literal:
        return literal

    def meant(match: re.Match[bytes]) -> bytes:
        sign = match[1]
        return bytes([int(sign, 8) & 255]) if sign[:1].isdigit() and sign < b"8" else _ESCAPED.get(sign, sign)

    return _ESCAPE.sub(meant, literal)


def _text(string: bytes) -> str:
    """A text string (7.9.2.2): UTF-16, UTF-8 or PDFDocEncoding, without marks of language."""
    import pikepdf  # noqa: F401 (it brings the codec)

    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8")):
        if string.startswith(mark):
            return _LANGUAGE.sub("", string[len(mark) :].decode(encoding, "replace"))
    return string.decode("pdfdoc", "replace")


def _names(document: Pdf) -> Iterator[Piece]:
    """Names that somebody may have given: destinations, structure elements, layers' properties."""
    import pikepdf

    named: Any = document.Root.get("/Dests")
    if isinstance(named, pikepdf.Dictionary):
        yield Text("destination", joined(key.removeprefix("/") for key in named.keys()))  # noqa: SIM118 (pikepdf's)
    kinds: set[str] = set()
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary):
            kinds.update(found.decode("latin-1") for found in _STRUCTURE.findall(each.unparse(resolved=True)))
    tree: Any = document.Root.get("/StructTreeRoot")
    if isinstance(tree, pikepdf.Dictionary):
        for key in ("/RoleMap", "/ClassMap"):
            mapped: Any = tree.get(key)
            if isinstance(mapped, pikepdf.Dictionary):
                kinds.update(name.removeprefix("/") for name in mapped.keys())  # noqa: SIM118 (pikepdf's)
    spelt = {re.sub("#([0-9A-Fa-f]{2})", lambda match: chr(int(match[1], 16)), kind) for kind in kinds}
    own = sorted(kind for kind in spelt - STRUCTURE if not _LIBREOFFICE.fullmatch(kind))
    if own:
        yield Text("structure element", joined(own))


def _stream(stream: Any, number: int, reading: Reading) -> Iterator[Piece | tuple[str, bytes]]:
    """What a stream holds, by its kind; beside the pages, only attached files and properties are for readers."""
    import pikepdf

    kind, subtype = str(stream.get("/Type", "")), str(stream.get("/Subtype", ""))
    if subtype == "/Image":
        # Any other picture is nothing but its dots.
        if reading.whole and stream.get("/Filter") == pikepdf.Name.DCTDecode:
            yield "image", stream.read_raw_bytes()
        return
    if not reading.whole and kind not in _FILES:
        return
    try:
        data = _unpacked(stream, reading)
    except pikepdf.PdfError as error:
        if not reading.whole:
            return
        raise DamagedError(f"object {number} does not unpack: {error}") from error
    if kind == "/EmbeddedFile":
        yield ("attached file", data)
    elif kind == "/Metadata":
        yield ("XMP", data)
    else:
        yield Raw(f"object {number}", data)
        if b"BDC" in data or b"ActualText" in data:
            yield from _marked(data, number)
        if subtype == "/Form" and b"(" in data:
            yield Text(f"object {number}", _shown(data))


def _unpacked(stream: Any, reading: Reading) -> bytes:
    """The content of a stream; qpdf knows limits for the whole process only, so they are put back at once."""
    from pikepdf import settings

    most = max(reading.left, 0) + 1
    before = settings.set_qpdf_limits(flate_max_memory=most, run_length_max_memory=most)
    try:
        data: bytes = stream.read_bytes()
    finally:
        settings.set_qpdf_limits(
            flate_max_memory=int(before["flate_max_memory"]), run_length_max_memory=int(before["run_length_max_memory"])
        )
    reading.spend(len(data))
    return data


def _marked(data: bytes, number: int) -> Iterator[Piece]:
    """The strings in the properties of marked content (14.6), which no page shows."""
    lists = b"\n".join(re.findall(rb"<<((?:[^<>]|<[^<>]*>)*)>>\s*(?:BDC|DP)\b", data))
    for piece in _strings(lists):
        if isinstance(piece, Text):
            yield Text(f"{piece.where} in object {number}", piece.text)


def _shown(data: bytes) -> str:
    """The strings that a form shows, for what stands in no page; in fonts of one byte a sign they are its text."""
    parts = (
        _unescaped(found[1:-1]).decode("latin-1") if found.startswith(b"(") else BREAK for found in _SHOWN.findall(data)
    )
    return "".join(parts)


def _earlier(data: bytes, reading: Reading) -> Iterator[Piece]:
    """Earlier states of the file, which remain in it where changes are written behind it (7.5.6)."""
    yield Text("earlier revision", joined(piece.text for piece in _strings(data) if isinstance(piece, Text)))
    rest = memoryview(data)
    for match in _STREAM.finditer(data):
        try:
            content = reading.inflated(rest[match.end() :])
        except zlib.error:
            continue  # of another filter; what is in use of these has been read above
        yield Raw("earlier revision", content)
        yield Text("earlier revision", joined(piece.text for piece in _strings(content) if isinstance(piece, Text)))
