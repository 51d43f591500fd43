"""Pages of a cleaned PDF as pictures and as words, one page at a time."""

from __future__ import annotations

import ctypes
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name
from PIL import Image, ImageChops, ImageFilter, ImageOps

from boardpack.foreign.pdf_clean import Clean, Doing, RefusedError, Trim

_MOST_WORDS = 160  # letters of a page's text that describe its picture
_SMALL = 240  # pixels of the longer side: enough to see whether a page can be drawn, and where
_MOST_OFF, _LEFT_ON = 0.12, 0.012  # shares of a page: what is cut off a side at most, what stays blank
_DARK = 40  # what counts as ink
_MOST_MISSING, _MOST_LETTERS = 0.3, 0.01  # shares of ink and of letters that may lack where a file was repaired
_DOTS, _MOST_PIXELS = 130, 40_000_000  # an inch; of a page
_SMALLEST, _LARGEST = 9.0, 14_400.0  # points: what a page may measure (ISO 32000-1, annex C)
_GREY = 6  # how far the colours of a grey pixel may lie apart


@dataclass(frozen=True, slots=True)
class Read:
    """What is seen of a page: its first words, and how much of it is blank left, above, right and below, as shares.

    There are no words of a file with hidden layers, since theirs would come along.
    """

    words: str
    blank: Trim | None


def read(clean: Clean, doing: Doing) -> Iterator[Read]:
    """Each page, drawn small, which also shows that it can be drawn."""
    with _opened(clean) as document:
        for number in range(1, len(clean.sizes) + 1):
            doing("drawing it", number)
            page = document[number - 1]
            blank = _blank(_drawn_small(page))
            yield Read(_first_words(page) if clean.vector else "", blank)
            page.close()


def compare(clean: Clean, path: Path, doing: Doing) -> None:
    """Hold a file that was repaired against what a reader makes of it without repair.

    Raises:
        RefusedError: if a page has lost what the reader shows.
    """
    try:
        original = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return  # there is nothing to hold it against
    with _opened(clean) as document:
        for number in range(1, len(clean.sizes) + 1):
            doing("comparing it", number)
            if len(original) != len(document) or _lacks(document[number - 1], original[number - 1]):
                message = f"is damaged: not all of it can be copied as a reader shows it (page {number})"
                raise RefusedError("damaged-file", message)
    original.close()


def _lacks(copy: Any, page: Any) -> bool:
    """Whether letters of a page, or much of what is drawn on it, are missing in its copy."""
    wanted_letters, letters = (Counter("".join(_text(each).split())) for each in (page, copy))
    if (wanted_letters - letters).total() > _MOST_LETTERS * wanted_letters.total():
        return True
    copied = _drawn_small(copy)
    found, wanted = (
        ImageOps.invert(picture.convert("L")).point(lambda ink: 255 * (ink > _DARK))
        for picture in (copied, _drawn_small(page).resize(copied.size))
    )
    near = found.filter(ImageFilter.MaxFilter(5))
    ink = wanted.histogram()[255]
    return ImageChops.subtract(wanted, near).histogram()[255] > _MOST_MISSING * ink


def _text(page: Any) -> str:
    text = page.get_textpage()
    found = str(text.get_text_range())
    text.close()
    return found


def _drawn_small(page: Any) -> Image.Image:
    bitmap = page.render(scale=_SMALL / max(page.get_size()), may_draw_forms=False, draw_annots=False)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture


def _blank(picture: Image.Image) -> Trim | None:
    """How much is white around what is drawn; ``None`` where nothing is."""
    box = ImageChops.invert(picture).point(lambda ink: 255 * (ink > _GREY)).getbbox()
    if box is None:
        return None
    left, above, right, below = box
    width, height = picture.size
    return left / width, above / height, 1 - right / width, 1 - below / height


def trims(clean: Clean, seen: Sequence[Read]) -> list[Trim]:
    """How much of each page's blank edge can be cut off, so that what stands on it prints larger.

    Pages of one size are cut alike and left as much as right, so that their texts stay where they are to each other.
    """
    alike: dict[tuple[int, int], list[Trim]] = {}
    for (width, height), page in zip(clean.sizes, seen, strict=True):
        alike.setdefault((round(width), round(height)), []).extend([page.blank] if page.blank and clean.vector else [])
    found: list[Trim] = []
    for width, height in clean.sizes:
        blanks = alike[round(width), round(height)]
        found.append((_cut(blanks, 0, 2), _cut(blanks, 1), _cut(blanks, 0, 2), _cut(blanks, 3)))
    return found


def _cut(blanks: Sequence[Trim], *edges: int) -> float:
    least = min((blank[edge] for blank in blanks for edge in edges), default=0.0)
    return round(min(_MOST_OFF, max(0.0, least - _LEFT_ON)), 4)


def _first_words(page: Any) -> str:
    text = page.get_textpage()
    found = " ".join(text.get_text_range(0, 2 * _MOST_WORDS).replace("\ufffe", "").split())
    text.close()
    printable = "".join(letter for letter in found if letter.isprintable())
    if len(printable) <= _MOST_WORDS:
        return printable
    return printable[:_MOST_WORDS].rsplit(" ", 1)[0] + " …"


def pictures(clean: Clean, sizes: Sequence[tuple[int, int]], folder: Path, doing: Doing) -> list[str]:
    """Draw each page in this size in pixels; the names of the files in the folder."""
    names: list[str] = []
    with _opened(clean) as document:
        for number, size in enumerate(sizes, 1):
            doing("drawing it", number)
            page = document[number - 1]
            data, suffix = _encoded(_rendered(page, size))
            page.close()
            name = f"{number:04}.{suffix}"
            (folder / name).write_bytes(data)
            names.append(name)
    return names


def as_pictures(clean: Clean, doing: Doing) -> bytes:
    """A PDF of pictures of the pages, for a file of which nothing else may be shown: its layers hide something."""
    target = pikepdf.Pdf.new()
    with _opened(clean) as document:
        for number, (width, height) in enumerate(clean.sizes, 1):
            doing("drawing it", number)
            scale = min(_DOTS / 72, (_MOST_PIXELS / (width * height)) ** 0.5)
            page = document[number - 1]
            picture = _rendered(page, (max(1, round(width * scale)), max(1, round(height * scale))))
            page.close()
            _add(target, picture, *(max(_SMALLEST, min(side, _LARGEST)) for side in (width, height)))
    buffer = io.BytesIO()
    target.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def _add(target: pikepdf.Pdf, picture: Image.Image, width: float, height: float) -> None:
    """A page of a picture alone."""
    encoded = io.BytesIO()
    picture.save(encoded, "JPEG", quality=85)
    image = target.make_stream(
        encoded.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    sheet = target.add_blank_page(page_size=(width, height))
    sheet.obj.Resources = Dictionary(XObject=Dictionary(P=image))
    sheet.obj.Contents = target.make_stream(f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /P Do Q".encode())


@contextmanager
def _opened(clean: Clean) -> Iterator[Any]:
    try:
        document = pypdfium2.PdfDocument(clean.source)
        if len(document) != len(clean.sizes):
            raise RefusedError("damaged-file", "shows other pages in one PDF reader than in another")
        yield document
        document.close()
    except (pypdfium2.PdfiumError, ctypes.ArgumentError, MemoryError) as error:
        raise RefusedError("damaged-file", "has pages that cannot be drawn") from error


def _rendered(page: Any, size: tuple[int, int]) -> Image.Image:
    width, height = page.get_size()
    scale = max(size[0] / width, size[1] / height)
    bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture


def _encoded(picture: Image.Image) -> tuple[bytes, str]:
    """As PNG without loss, or as JPEG where that takes less than half: a photograph."""
    red, green, blue = picture.split()
    apart = [ImageChops.difference(one, red).point(lambda far: 255 * (far > _GREY)) for one in (green, blue)]
    drawn = picture if any(each.getbbox() for each in apart) else green
    if drawn.mode == "RGB" and picture.getcolors(256):
        drawn = picture.quantize(256, dither=Image.Dither.NONE)
    whole, photograph = io.BytesIO(), io.BytesIO()
    drawn.save(whole, "PNG")
    (picture if drawn.mode == "P" else drawn).save(photograph, "JPEG", quality=85)
    if photograph.tell() * 2 < whole.tell():
        return photograph.getvalue(), "jpg"
    return whole.getvalue(), "png"
