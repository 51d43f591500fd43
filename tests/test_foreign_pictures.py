"""Pictures without what cameras and programs note in them."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageChops, ImageStat, JpegImagePlugin
from PIL.PngImagePlugin import PngInfo

from boardpack.foreign.pictures import shown


def picture(mode: str = "RGB", size: tuple[int, int] = (120, 80)) -> Image.Image:
    noise = Image.frombytes("L", size, random.Random(3).randbytes(size[0] * size[1])).resize(size)
    image = Image.new("L", size, 255)
    image.paste(noise.crop((0, 0, 40, 40)), (0, 0))
    return image.convert(mode)


def exif(orientation: int) -> Image.Exif:
    notes = Image.Exif()
    notes[0x0112], notes[0x010E], notes[0x8298] = orientation, "canary of the camera", "canary owner"
    notes.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    return notes


def same(one: bytes, other: Image.Image) -> bool:
    with Image.open(io.BytesIO(one)) as image:
        return (
            image.size == other.size and not ImageChops.difference(image.convert("RGB"), other.convert("RGB")).getbbox()
        )


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}, {"optimize": True}])
def test_jpeg_keeps_every_pixel_and_no_note(mode, options):
    file = io.BytesIO()
    picture(mode).save(file, "JPEG", exif=exif(1), comment=b"canary", dpi=(200, 200), xmp=b"<canary/>", **options)
    data = file.getvalue() + b"canary behind the end"
    clean = shown(data)
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(clean)) as after:
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
        assert after.info["dpi"] == (200, 200)
        assert isinstance(after, JpegImagePlugin.JpegImageFile)
    assert b"canary" not in clean
    assert b"Exif" not in clean


def test_png_keeps_every_pixel_and_no_note():
    notes = PngInfo()
    notes.add_text("Author", "canary")
    notes.add_itxt("Comment", "canary", zip=False)
    file = io.BytesIO()
    original = picture()
    original.save(file, "PNG", pnginfo=notes, exif=exif(1), dpi=(150, 150))
    clean = shown(file.getvalue() + b"canary")
    assert same(clean, original)
    assert b"canary" not in clean
    assert Image.open(io.BytesIO(clean)).info["dpi"] == pytest.approx((150, 150), abs=0.1)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pictures_stand_upright(orientation, kind):
    upright = picture()
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    lying = upright.transpose(undo[orientation]) if orientation in undo else upright
    file = io.BytesIO()
    lying.save(file, kind, exif=exif(orientation))
    clean = shown(file.getvalue())
    assert b"canary" not in clean
    with Image.open(io.BytesIO(clean)) as after:
        assert after.size == upright.size
        apart = ImageStat.Stat(ImageChops.difference(after.convert("L"), upright.convert("L"))).mean[0]
    assert apart < 6
