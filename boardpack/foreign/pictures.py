"""PNG and JPEG files without what a camera or a program noted in them: the place, the owner, an earlier version.

Nothing is compressed anew unless the picture has to be turned upright, which a note in it may ask for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"pHYs")
)
_ORIENTATION, _UPRIGHT = 0x0112, 1
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD8)))
_SCAN, _END = 0xDA, 0xD9


def shown(data: bytes) -> bytes:
    """The picture alone, upright; ``data`` is a whole PNG or JPEG file."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as image:
        if "exif" in image.info and image.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT:
            from PIL import ImageOps

            kept = {key: image.info[key] for key in ("dpi", "icc_profile") if key in image.info}
            options = {"quality": 95, "subsampling": 0} if image.format == "JPEG" else {}
            turned = io.BytesIO()
            ImageOps.exif_transpose(image).save(turned, image.format, **options, **kept)
            data = turned.getvalue()
    return bare(data)


def bare(data: bytes) -> bytes:
    """The picture alone, as it lies; ``data`` is a whole PNG or JPEG file."""
    return b"".join(_png(data) if data.startswith(_PNG) else _jpeg(data))


def _png(data: bytes) -> Iterator[bytes]:
    """The chunks that say how the picture looks (PNG 1.2, section 4)."""
    yield _PNG
    at = len(_PNG)
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind in _PNG_KEPT:
            yield data[at : at + 12 + size]
        if kind == b"IEND":
            return
        at += 12 + size


def _jpeg(data: bytes) -> Iterator[bytes]:
    """The segments that say how the picture looks (ISO 10918-1, B.1.1.4), up to its end.

    Of the application's own ones only the resolution, the colour profile and Adobe's kind of colours are kept.
    """
    yield data[:2]
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        marker = data[at + 1]
        if marker == 0xFF or marker in _STANDALONE or marker == 0:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == _END:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        if _is_kept(marker, data[at + 4 : end]):
            yield data[at:end]
        at = end
    yield bytes((0xFF, _END))


def _is_kept(marker: int, content: bytes) -> bool:
    if marker == 0xFE:  # a comment
        return False
    if 0xE0 <= marker <= 0xEF:
        kept = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
        return marker in kept and content.startswith(kept[marker])
    return True


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands behind compressed data, in which restarts and stuffed bytes do not count."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] not in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    return len(data)
