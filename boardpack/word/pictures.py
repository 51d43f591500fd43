"""Pictures in the document: PNG and JPEG, their size on the page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_TWIPS_PER_INCH = 1440
_TYPES = {"PNG": "png", "JPEG": "jpeg"}
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
    """Read a picture that a check has accepted; one without a resolution has 96 dots an inch."""
    from PIL import Image

    with Image.open(path, formats=list(_TYPES)) as image:
        dots = [float(value) or 96.0 for value in image.info.get("dpi", (96, 96))]
        width, height = (
            round(pixels * _TWIPS_PER_INCH / (dot if 30 <= dot <= 2400 else 96))
            for pixels, dot in zip(image.size, dots, strict=True)
        )
        return Picture(path.read_bytes(), _TYPES[str(image.format)], width, height)
