"""Pictures of a Word file as PNG or JPEG, with nothing but what their page shows."""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Final

from boardpack.foreign import pictures

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS: Final = 40_000_000
_SUFFIXES: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "png", b"BM": "png"}
"""What a picture becomes, by its first bytes; of one that moves its first picture."""
_FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP")
_ORIENTATION: Final = 0x0112
_PNG: Final = frozenset(("1", "L", "LA", "I;16", "P", "RGB", "RGBA"))
_OTHERS: Final = (
    (b"II*\0", "a TIFF picture"), (b"MM\0*", "a TIFF picture"),
    (b"\x01\0\0\0", "an EMF picture"), (b"\xd7\xcd\xc6\x9a", "a WMF picture"), (b"\x01\0\x09\0", "a WMF picture"),
)  # fmt: skip
_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)


class PictureError(Exception):
    """A picture cannot be shown; the text says what it is ("a WMF picture") or what is wrong with it."""

    def __init__(self, message: str, *, broken: bool = False) -> None:
        super().__init__(message)
        self.broken = broken


@dataclass(frozen=True)
class Picture:
    """A picture and what the page shows of it.

    ``crop`` are the parts cut off left, above, right and below, each of 1; ``turned`` is clockwise in degrees.
    """

    data: bytes
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    turned: float = 0.0
    mirrored: tuple[bool, bool] = (False, False)

    @property
    def suffix(self) -> str:
        """``png`` or ``jpeg``, by the content; raises :class:`PictureError` for anything else."""
        for magic, suffix in _SUFFIXES.items():
            if self.data.startswith(magic):
                return suffix
        raise PictureError(next((name for magic, name in _OTHERS if self.data.startswith(magic)), "a picture"))

    def check(self) -> None:
        """Raise :class:`PictureError` unless this is a picture that can be shown."""
        from PIL import Image

        self.suffix  # noqa: B018 (raises for another kind)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            try:
                with Image.open(BytesIO(self.data), formats=_FORMATS) as image:
                    if image.width * image.height > MOST_PIXELS:
                        raise PictureError(f"has more than {MOST_PIXELS // 1_000_000} million pixels", broken=True)
                    image.verify()
                with Image.open(BytesIO(self.data), formats=_FORMATS) as image:
                    image.draft("L", (1, 1))  # which a JPEG is read eight times as fast with
                    image.load()
            except (*_BROKEN, Image.DecompressionBombError):
                raise PictureError("is broken", broken=True) from None

    @cached_property
    def shown(self) -> bytes:
        """The bytes of what the page shows: the part cut off and what a camera noted are not in it."""
        from PIL import Image

        with Image.open(BytesIO(self.data), formats=_FORMATS) as image:
            # A picture that lies otherwise than its file says has been turned by the drawing around it.
            upright = image.getexif().get(_ORIENTATION, 1) == 1
            if (
                upright
                and image.format in {"PNG", "JPEG"}
                and not (any(self.crop) or self.turned or any(self.mirrored))
            ):
                return pictures.shown(self.data)
            image.load()  # which needs what the picture says of itself
            for key in image.info.keys() - {"transparency", "icc_profile"}:
                del image.info[key]
            changed = self._changed(image)
            target = BytesIO()
            if self.suffix == "png":
                changed = changed if changed.mode in _PNG else changed.convert("RGBA")
                changed.save(target, "PNG")
            elif changed is image and image.mode in {"L", "RGB"}:
                changed.save(target, "JPEG", quality="keep")
            else:
                changed.convert("RGB").save(target, "JPEG", quality=90)
            return target.getvalue()

    def _changed(self, image: Image) -> Image:
        from PIL.Image import Transpose

        left, top, right, bottom = self.crop
        if any(self.crop):
            wide, high = image.size
            box = (round(left * wide), round(top * high), round((1 - right) * wide), round((1 - bottom) * high))
            image = image.crop((box[0], box[1], max(box[2], box[0] + 1), max(box[3], box[1] + 1)))
        if self.mirrored[0]:
            image = image.transpose(Transpose.FLIP_LEFT_RIGHT)
        if self.mirrored[1]:
            image = image.transpose(Transpose.FLIP_TOP_BOTTOM)
        quarter = {1: Transpose.ROTATE_270, 2: Transpose.ROTATE_180, 3: Transpose.ROTATE_90}
        turns = round(self.turned / 90) % 4
        return image.transpose(quarter[turns]) if turns else image
