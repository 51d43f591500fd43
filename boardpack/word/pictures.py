"""Pictures in the document: PNG and JPEG, their size on the page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TWIPS_PER_INCH = 1440
_TYPES = {"PNG": "png", "JPEG": "jpeg"}
STAND_IN = (17, 13)
"""The size in pixels of the picture that a document is laid out with where a page of a PDF will stand."""
SUFFIXES = frozenset((".png", ".jpg", ".jpeg"))
"""What the names of picture files end in."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file: its bytes, the suffix of its type, its natural size in twentieths of a point."""

    data: bytes
    suffix: str
    width: int
    height: int

    def fit(self, width: int, height: int) -> tuple[int, int]:
        """Its size when it may not be wider or higher than this."""
        scale = min(1.0, width / self.width, height / self.height)
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))


def read(path: Path) -> Picture:
    """Read a picture that a check has accepted."""
    return of(path.read_bytes())


def of(data: bytes) -> Picture:
    """A picture from the bytes of its file; one without a resolution has 96 dots an inch."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=list(_TYPES)) as image:
        dots = [float(value) or 96.0 for value in image.info.get("dpi", (96, 96))]
        width, height = (
            round(pixels * _TWIPS_PER_INCH / (dot if 30 <= dot <= 2400 else 96))
            for pixels, dot in zip(image.size, dots, strict=True)
        )
        return Picture(data, _TYPES[str(image.format)], width, height)


@cache
def stand_in() -> bytes:
    """A grey picture of :data:`STAND_IN` pixels."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("L", STAND_IN, 200).save(buffer, "PNG")
    return buffer.getvalue()
