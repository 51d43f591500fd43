"""A file of any kind as texts and bytes, opened by what it holds and not by what it is called."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from boardpack.leaks.documents import pdf
from boardpack.leaks.markup import html_page, without_tags, xml
from boardpack.leaks.pictures import JPEG, PNG, jpeg, png, strings, wide_strings
from boardpack.leaks.pieces import DamagedError, Piece, Raw, Text, UnknownError, UnsearchableError, inside, joined
from boardpack.leaks.unpacking import EndlessError, Reading
from boardpack.leaks.words import both_ways

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (b"wOF2", b"wOFF", b"\0\1\0\0", b"OTTO", b"GIF8", b"RIFF", b"\0\0\1\0", b"BM", b"II*\0", b"MM\0*")
"""Fonts and pictures that hold no text to be taken out in any other way than as bytes."""
_MUST_BE = {
    ".docx": "zip",
    ".xlsx": "zip",
    ".pptx": "zip",
    ".zip": "zip",
    ".pdf": "pdf",
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".json": "json",
    ".xml": "xml",
    ".rels": "xml",
    ".svg": "xml",
}
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FOLDED = re.compile(r"\r?\n[ \t]")
_ESCAPED = re.compile(r"\\([nN,;\\])")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_DEEPEST = 8
_SMALL = 100_000
_NOT_WRITTEN = re.compile(
    r"docProps/|customXml/|printerSettings/|_rels/|\[Content_Types\]|theme/|styles\.xml|settings\.xml|numbering\.xml"
)


def opened(name: str, data: bytes) -> Iterator[Piece]:
    """Every text and every stretch of bytes of a file.

    Raises:
        UnsearchableError: if the file is damaged, encrypted, of no kind that can be searched, or too large unpacked.
    """
    yield from _opened(name, data, Reading(whole=True))


def text_of(name: str, data: bytes) -> Iterator[str]:
    """What a file says to its readers, such as an appendix in PDF, Word, Excel or CSV: without names and settings.

    It is somebody else's file: of what is in it and cannot be read, such as a drawing, whatever looks like text is
    taken; beyond the bytes that are unpacked of one file the rest is left.

    Raises:
        UnsearchableError: if the file itself is damaged or encrypted.
    """
    for piece in _opened(name, data, Reading(whole=False)):
        if isinstance(piece, Text) and piece.prose and not _NOT_WRITTEN.search(piece.where):
            yield from both_ways(piece.text) if piece.laid else (piece.text,)


def _opened(name: str, data: bytes, reading: Reading, depth: int = 0) -> Iterator[Piece]:
    kind = _kind(data)
    try:
        if depth > _DEEPEST:
            raise DamagedError("it holds files within files without end")
        if reading.whole or not depth:
            _agrees(name, kind)
        for piece in _READERS[kind](data, reading):
            if isinstance(piece, tuple):
                place, content = piece
                pieces = _opened(f"{name}, {place}", content, reading, depth + 1) if content else ()
                yield from inside(place, pieces)
            else:
                yield piece
    except DamagedError as error:
        if reading.whole or not (depth or isinstance(error, UnknownError | EndlessError)):
            raise UnsearchableError.of(name, str(error)) from error
        if not isinstance(error, EndlessError):
            yield Text("", _readable(kind, data), prose=True)


def _agrees(name: str, kind: str) -> None:
    wanted = _MUST_BE.get(PurePosixPath(name.casefold()).suffix, kind)
    if wanted != kind and not (wanted == "xml" and kind == "html"):
        raise DamagedError(f"it is not what its name says: {wanted.upper()}")


def _readable(kind: str, data: bytes) -> str:
    """What looks like text in bytes that no reader here understands; in many of them single bytes do so by chance."""
    if kind == "xml":
        return without_tags(data.decode("utf-8", "replace"))
    return strings(data) if kind == "text" and len(data) <= _SMALL else joined(wide_strings(data))


def _kind(data: bytes) -> str:
    for mark, kind in ((_ZIP, "zip"), (PNG, "png"), (JPEG, "jpeg"), (_OLE, "ole"), (_OTHERS, "bytes")):
        if data.startswith(mark):
            return kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(start):
        return "html"
    if start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<")):
        return "xml"
    if start.startswith((b"{", b"[")) and _parsed(data) is not None:
        return "json"
    return "calendar" if start.upper().startswith(b"BEGIN:VCALENDAR") else "text"


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _zip(data: bytes, reading: Reading) -> Iterator[Piece | tuple[str, bytes]]:
    """The parts of an archive by their names, its comments, and what stands in it between them.

    The small ones come first: films and pictures must not use up the bytes that may be unpacked before the texts.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise DamagedError(f"its ZIP archive is damaged: {error}") from error
    with archive:
        yield Text("comment of the archive", strings(archive.comment))
        for entry in sorted(archive.infolist(), key=lambda each: each.file_size):
            yield Text("name in the archive", f"{entry.filename}\0{entry.orig_filename}", laid=True)
            yield Text(f"{entry.filename}, comment in the archive", strings(entry.comment))
            yield Text(f"{entry.filename}, extra field", strings(entry.extra))
            try:
                with archive.open(entry) as packed:
                    content = reading.read(packed)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError) as error:
                raise DamagedError(f"{entry.filename} in it does not unpack: {error}") from error
            yield entry.filename, content
    yield Raw("", data)


def _pdf(data: bytes, reading: Reading) -> Iterator[Piece | tuple[str, bytes]]:
    yield from pdf(data, reading)
    yield Raw("", data)


def _xml(data: bytes, _: Reading) -> Iterator[Piece]:
    yield from _small_xml(data) if len(data) <= _SMALL else xml(data)
    yield Raw("", data)


@lru_cache(maxsize=64)
def _small_xml(data: bytes) -> tuple[Piece, ...]:
    """The pieces of a part such as the styles, which is the same in every Word file of a pack."""
    return tuple(xml(data))


def _html(data: bytes, _: Reading) -> Iterator[Piece | tuple[str, bytes]]:
    pieces, embedded = html_page(_decoded(data))
    yield from pieces
    yield from (("address that holds a file", each) for each in embedded)


def _json(data: bytes, _: Reading) -> Iterator[Piece]:
    keys: set[str] = set()
    values: list[str] = []
    waiting = [_parsed(data)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            keys.update(each)
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        else:
            values.append(str(each))
    yield Text("key", joined(sorted(keys)))
    yield Text("", joined(values), prose=True)
    yield Raw("", data)


def _calendar(data: bytes, _: Reading) -> Iterator[Piece]:
    """A calendar with its folded lines whole and its escapes undone (RFC 5545, 3.1 and 3.3.11)."""
    whole = _FOLDED.sub("", _decoded(data))
    plain = _ESCAPED.sub(lambda match: match[1] if match[1] in ",;\\" else " ", whole)
    yield Text("", joined(plain.splitlines()), prose=True)
    yield Raw("", data)


def _text(data: bytes, _: Reading) -> Iterator[Piece]:
    yield Text("", _decoded(data), prose=True)
    yield Raw("", data)


def _decoded(data: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if _CONTROL.search(text):
        raise UnknownError("it is of no kind that is known here")
    return text


def _old_office(data: bytes, _: Reading) -> Iterator[Piece]:
    """A file of the time before the Office files were ZIP archives, such as an embedded object."""
    if _ENCRYPTED in data:
        raise DamagedError("it is encrypted")
    yield Text("", strings(data), prose=True)
    yield Raw("", data)


def _png(data: bytes, reading: Reading) -> Iterator[Piece]:
    yield from png(data, reading)
    yield Raw("", data)


def _jpeg(data: bytes, _: Reading) -> Iterator[Piece]:
    yield from jpeg(data)
    yield Raw("", data)


_READERS: dict[str, Callable[[bytes, Reading], Iterator[Piece | tuple[str, bytes]]]] = {
    "zip": _zip,
    "pdf": _pdf,
    "png": _png,
    "jpeg": _jpeg,
    "ole": _old_office,
    "bytes": lambda data, _: iter([Raw("", data)]),
    "html": _html,
    "xml": _xml,
    "json": _json,
    "calendar": _calendar,
    "text": _text,
}
