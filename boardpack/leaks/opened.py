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
from boardpack.leaks.markup import html_page, xml
from boardpack.leaks.pictures import JPEG, PNG, jpeg, png, strings
from boardpack.leaks.pieces import DamagedError, Piece, Raw, Text, UnsearchableError, inside, joined
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
    r"docProps/|customXml/|_rels/|\[Content_Types\]|theme/|styles\.xml|settings\.xml|numbering\.xml"
)


def opened(name: str, data: bytes, depth: int = 0) -> Iterator[Piece]:
    """Every text and every stretch of bytes of a file.

    Raises:
        UnsearchableError: if the file is damaged, encrypted or of no kind that can be searched.
    """
    if depth > _DEEPEST:
        raise UnsearchableError(name, "it holds files within files without end")
    kind = _kind(data)
    wanted = _MUST_BE.get(PurePosixPath(name.casefold()).suffix, kind)
    try:
        if wanted != kind and not (wanted == "xml" and kind == "html"):
            raise DamagedError(f"it is not what its name says: {wanted.upper()}")
        for piece in _READERS[kind](data):
            if isinstance(piece, tuple):
                place, content = piece
                yield from inside(place, opened(f"{name}, {place}", content, depth + 1)) if content else ()
            else:
                yield piece
    except DamagedError as error:
        raise UnsearchableError(name, str(error)) from error


def text_of(name: str, data: bytes) -> Iterator[str]:
    """What a file says to its readers, such as an appendix in PDF, Word, Excel or CSV: without names and settings.

    Raises:
        UnsearchableError: as :func:`opened`.
    """
    for piece in opened(name, data):
        if isinstance(piece, Text) and piece.prose and not _NOT_WRITTEN.search(piece.where):
            yield from both_ways(piece.text) if piece.laid else (piece.text,)


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


def _zip(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """The parts of an archive by their names, its comments, and what stands in it between them."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise DamagedError(f"its ZIP archive is damaged: {error}") from error
    with archive:
        yield Text("comment of the archive", strings(archive.comment))
        for entry in archive.infolist():
            yield Text("name in the archive", f"{entry.filename}\0{entry.orig_filename}", laid=True)
            yield Text(f"{entry.filename}, comment in the archive", strings(entry.comment))
            yield Text(f"{entry.filename}, extra field", strings(entry.extra))
            try:
                yield entry.filename, archive.read(entry)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError) as error:
                raise DamagedError(f"{entry.filename} in it does not unpack: {error}") from error
    yield Raw("", data)


def _pdf(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    yield from pdf(data)
    yield Raw("", data)


def _xml(data: bytes) -> Iterator[Piece]:
    yield from _small_xml(data) if len(data) <= _SMALL else xml(data)
    yield Raw("", data)


@lru_cache(maxsize=64)
def _small_xml(data: bytes) -> tuple[Piece, ...]:
    """The pieces of a part such as the styles, which is the same in every Word file of a pack."""
    return tuple(xml(data))


def _html(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    pieces, embedded = html_page(_decoded(data))
    yield from pieces
    yield from (("address that holds a file", each) for each in embedded)


def _json(data: bytes) -> Iterator[Piece]:
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


def _calendar(data: bytes) -> Iterator[Piece]:
    """A calendar with its folded lines whole and its escapes undone (RFC 5545, 3.1 and 3.3.11)."""
    whole = _FOLDED.sub("", _decoded(data))
    plain = _ESCAPED.sub(lambda match: match[1] if match[1] in ",;\\" else " ", whole)
    yield Text("", joined(plain.splitlines()), prose=True)
    yield Raw("", data)


def _text(data: bytes) -> Iterator[Piece]:
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
        raise DamagedError("it is of no kind that is known here")
    return text


def _old_office(data: bytes) -> Iterator[Piece]:
    """A file of the time before the Office files were ZIP archives, such as an embedded object."""
    if _ENCRYPTED in data:
        raise DamagedError("it is encrypted")
    yield Text("", strings(data), prose=True)
    yield Raw("", data)


def _picture(read: Callable[[bytes], Iterator[Piece]], data: bytes) -> Iterator[Piece]:
    yield from read(data)
    yield Raw("", data)


_READERS: dict[str, Callable[[bytes], Iterator[Piece | tuple[str, bytes]]]] = {
    "zip": _zip,
    "pdf": _pdf,
    "png": lambda data: _picture(png, data),
    "jpeg": lambda data: _picture(jpeg, data),
    "ole": _old_office,
    "bytes": lambda data: iter([Raw("", data)]),
    "html": _html,
    "xml": _xml,
    "json": _json,
    "calendar": _calendar,
    "text": _text,
}
