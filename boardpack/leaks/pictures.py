"""What a picture says beside what it shows: the text chunks of PNG, the segments of JPEG, what follows their end."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from boardpack.leaks.markup import xml
from boardpack.leaks.pieces import DamagedError, Piece, Raw, Text, joined
from boardpack.leaks.unpacking import Reading

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_START_OF_SCAN, _COMMENT, _END = 0xDA, 0xFE, b"\xff\xd9"
_PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>|<rdf:RDF.*?</rdf:RDF>", re.DOTALL)
_NARROW = re.compile(rb"[\x20-\x7e\xa0-\xff]{4,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){4,}")
_WIDE_BIG = re.compile(rb"(?:\x00[\x20-\x7e\xa0-\xff]){4,}")


def strings(data: bytes) -> str:
    """Whatever can be read in bytes of an unknown make: in one byte a letter (UTF-8, else Latin), and in two."""
    return joined([*(_decoded(found) for found in _NARROW.findall(data)), *wide_strings(data)])


def wide_strings(data: bytes) -> list[str]:
    """Whatever can be read in bytes of an unknown make in two bytes a letter, which come together by no chance."""
    wide = [found.decode("utf-16-le", "replace") for found in _WIDE.findall(data)]
    big = [found.decode("utf-16-be", "replace") for found in _WIDE_BIG.findall(data)]
    return [*wide, *big]


def _decoded(found: bytes) -> str:
    try:
        return found.decode()
    except UnicodeDecodeError:
        return found.decode("latin-1")


def png(data: bytes, reading: Reading) -> Iterator[Piece]:
    """The chunks of a PNG that hold no picture (its standard, 11.3.3)."""
    at, end = len(PNG), False
    while at + 8 <= len(data) and not end:
        length = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at, end = at + 12 + length, kind == b"IEND"
        if kind in _TEXTS:
            yield from _TEXTS[kind](body, reading)
        elif kind == b"eXIf":
            yield Text("image metadata", strings(body))
        elif kind not in {b"IDAT", b"IHDR", b"PLTE", b"IEND"}:
            yield Raw("image metadata", body)
    if not end:
        raise DamagedError("the picture breaks off")
    if at < len(data):
        yield Text("after the end of the picture", strings(data[at:]))


def _plain(body: bytes, _reading: Reading) -> Iterator[Piece]:
    keyword, _, text = body.partition(b"\0")
    yield from _said(keyword, text)


def _packed(body: bytes, reading: Reading) -> Iterator[Piece]:
    keyword, _, rest = body.partition(b"\0")
    yield from _said(keyword, _inflated(rest[1:], reading))


def _international(body: bytes, reading: Reading) -> Iterator[Piece]:
    keyword, _, rest = body.partition(b"\0")
    packed, rest = rest[:1] == b"\1", rest[2:]
    language, _, rest = rest.partition(b"\0")
    translated, _, text = rest.partition(b"\0")
    yield Text("image metadata", joined([_decoded(language), _decoded(translated)]))
    yield from _said(keyword, _inflated(text, reading) if packed else text)


_TEXTS = {b"tEXt": _plain, b"zTXt": _packed, b"iTXt": _international}


def _inflated(data: bytes, reading: Reading) -> bytes:
    try:
        return reading.inflated(data)
    except zlib.error as error:
        raise DamagedError("the picture holds a damaged text") from error


def _said(keyword: bytes, text: bytes) -> Iterator[Piece]:
    yield Text("image metadata", joined([_decoded(keyword), _decoded(text)]))
    yield from _packets(text)


def _packets(data: bytes) -> Iterator[Piece]:
    for packet in _PACKET.findall(data):
        for piece in xml(packet):
            if isinstance(piece, Text):
                yield Text("image metadata", piece.text)


def jpeg(data: bytes) -> Iterator[Piece]:
    """The segments of a JPEG that hold no picture: comments and application data such as EXIF and XMP (T.81, B.1.1)."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise DamagedError("the picture breaks off")
        marker = data[at + 1]
        if marker == 0xFF or marker in _WITHOUT_LENGTH:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == _START_OF_SCAN:
            break
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + length]
        if marker == _COMMENT or 0xE0 <= marker <= 0xEF:
            yield Text("image metadata", _decoded(body) if marker == _COMMENT else strings(body))
            yield from _packets(body)
        at += 2 + length
    end = data.rfind(_END)
    if end < 0:
        raise DamagedError("the picture breaks off")
    if end + 2 < len(data):
        yield Text("after the end of the picture", strings(data[end + 2 :]))
