"""Drawings in a run: pictures stay pictures, text boxes become boxes of text; of the rest is noted that it is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from typing import Any, Final

from boardpack.foreign.word.context import Context
from boardpack.foreign.word.names import COMPATIBLE, DRAWING, OBJECT, PICTURE, PLACED, SHAPE, VML, R, W, twips
from boardpack.foreign.word.package import RefusedError, part_of
from boardpack.foreign.word.pictures import Picture, PictureError

_EMU = 635
"""English Metric Units in a twentieth of a point (22.9.2.1)."""
_NAMES = {
    "chart": "a chart", "relIds": "a SmartArt graphic", "wgp": "a group of shapes", "wpc": "a drawing",
    "group": "a group of shapes", "contentPart": "ink",
}  # fmt: skip
_STYLE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+(?:pt|in|cm|mm)?)")
_FILE = re.compile(r"^(?:[A-Za-z]:|file:|https?:)|\\|^\S+\.(?:png|jpe?g|gif|bmp|[ew]mf|tiff?)$", re.IGNORECASE)
_HIDDEN = re.compile(r"visibility\s*:\s*hidden|display\s*:\s*none")
_RULE = (
    '<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/>'
    "</w:pBdr></w:pPr></w:p>"
)
_MAX_PICTURE = 0.9
"""Of the height of a page how much a picture may take, so that the heading above it stays with it."""

DRAWN: Final = frozenset(
    (
        *("a chart", "a SmartArt graphic", "a group of shapes", "a drawing", "a drawn shape", "an embedded object"),
        *("an EMF picture", "a WMF picture", "a TIFF picture"),
    )
)
"""What LibreOffice draws as Word does; its part for equations is not on every machine."""

Boxed = Callable[[Context, Any, int, str, bool], str]
"""Writes a box of text: its content (``w:txbxContent``), width, colour behind it, whether it has a line around it."""


def drawn(context: Context, element: Any, boxed: Boxed) -> str:
    """What a drawing, a picture or an object in a run prints as; boxes of text go to ``context.boxes``."""
    if element.tag == f"{COMPATIBLE}AlternateContent":
        return _either(context, element, boxed)
    if element.tag == f"{W}drawing":
        return "".join(_placed(context, each, boxed) for each in element)
    if element.tag == f"{W}object":
        return _object(context, element)
    return "".join(_vml(context, each, boxed) for each in element)


def _either(context: Context, element: Any, boxed: Boxed) -> str:
    """Of two ways to say the same the first that loses nothing."""
    first = None
    for choice in element:
        seen = copy(context.seen)
        seen.lost, before = context.seen.lost.copy(), context.seen.lost.total()
        seen.left_out, seen.changed = context.seen.left_out.copy(), context.seen.changed.copy()
        trial = context.but(seen=seen, boxes=[])
        xml = "".join(drawn(trial, each, boxed) for each in choice)
        result = (xml, trial)
        if seen.lost.total() == before:
            return _settled(context, result)
        first = first or result
    return _settled(context, first) if first else ""


def _settled(context: Context, result: tuple[str, Context]) -> str:
    xml, trial = result
    context.seen.lost, context.seen.left_out = trial.seen.lost, trial.seen.left_out
    context.seen.changed = trial.seen.changed
    context.boxes += trial.boxes
    return xml


def _placed(context: Context, element: Any, boxed: Boxed) -> str:
    """``wp:inline`` and ``wp:anchor`` (20.4.2.8, 20.4.2.3): a floating drawing stands where it is anchored."""
    properties, extent = element.find(f"{PLACED}docPr"), element.find(f"{PLACED}extent")
    data = element.find(f"{DRAWING}graphic/{DRAWING}graphicData")
    if data is None or extent is None:
        return _lost(context, element)
    if properties is not None and properties.get("hidden") in {"1", "true"}:
        context.seen.left_out["a hidden drawing"] += 1
        return ""
    width, height = (_units(extent.get(name)) for name in ("cx", "cy"))
    alt = "" if properties is None else _alternative(properties.get("descr") or properties.get("title") or "")
    xml = ""
    for child in data:
        if child.tag == f"{PICTURE}pic":
            xml += _picture(context, child, width, height, alt)
        elif child.tag == f"{SHAPE}wsp":
            xml += _shape(context, child, width, boxed)
        else:
            xml += _lost(context, child)
    return xml


def _alternative(words: str) -> str:
    """The words for those who do not see a picture; the path of a file, which older Words wrote there, is none."""
    return "" if _FILE.search(words) else words


def _units(said: str | None) -> int:
    return max(0, min(int(said) // _EMU, 50_000)) if said and said.isdecimal() and len(said) < 12 else 0


def _lost(context: Context, element: Any) -> str:
    name = str(element.tag).rpartition("}")[2]
    named = _NAMES.get(name, "a drawn shape")
    if name == "relIds" and not context.package.related(context.part, "diagramDrawing"):
        named += " without its picture"
    context.seen.lost[named] += 1
    return ""


def _picture(context: Context, element: Any, width: int, height: int, alt: str) -> str:
    blip = element.find(f"{PICTURE}blipFill/{DRAWING}blip")
    cut = element.find(f"{PICTURE}blipFill/{DRAWING}srcRect")
    frame = element.find(f"{PICTURE}spPr/{DRAWING}xfrm")
    part = part_of(context.package.relations(context.part), None if blip is None else blip.get(f"{R}embed"))
    turned = 0.0 if frame is None else _degrees(frame.get("rot"))
    mirrored = (False, False)
    if frame is not None:
        mirrored = (frame.get("flipH") in {"1", "true"}, frame.get("flipV") in {"1", "true"})
    picture = Picture(context.package.data(part) or b"", crop(cut), turned, mirrored)
    if round(turned / 90) % 2:
        width, height = height, width
    return _shown(context, picture, width, height, alt)


def _degrees(said: str | None) -> float:
    """An angle in degrees (20.1.10.3 ST_Angle: 60,000 to a degree)."""
    return int(said) / 60_000 if said and said.lstrip("-").isdecimal() and len(said) < 12 else 0.0


def crop(element: Any) -> tuple[float, float, float, float]:
    """What ``a:srcRect`` cuts off a picture left, above, right and below, each of 1 (20.1.8.55)."""
    if element is None:
        return (0.0, 0.0, 0.0, 0.0)
    left, top, right, bottom = (_share(element.get(side)) for side in ("l", "t", "r", "b"))
    return (left, top, right, bottom) if left + right < 1 and top + bottom < 1 else (0.0, 0.0, 0.0, 0.0)


def _share(said: str | None) -> float:
    """A part of 1, from thousandths of a per cent; a picture that is set into a wider frame is not cut."""
    return int(said) / 100_000 if said and said.isdecimal() and len(said) < 7 else 0.0


def _shown(context: Context, picture: Picture, width: int, height: int, alt: str) -> str:
    try:
        picture.check()
    except PictureError as error:
        if error.broken:
            raise RefusedError("damaged-file", f"holds a picture that {error}", "put the picture in anew") from None
        context.seen.lost[str(error)] += 1
        return ""
    if not width or not height:
        context.seen.lost["a picture without a size"] += 1
        return ""
    most = max(context.width, 200), max(round(context.height * _MAX_PICTURE), 200)
    scale = min(1.0, most[0] / width, most[1] / height)
    return context.sink.picture(picture, max(1, round(width * scale)), max(1, round(height * scale)), alt)


def _shape(context: Context, element: Any, width: int, boxed: Boxed) -> str:
    text = element.find(f"{SHAPE}txbx/{W}txbxContent")
    if text is None:
        return _lost(context, element)
    properties = element.find(f"{SHAPE}spPr")
    fill, line = "", True
    if properties is not None:
        colour = properties.find(f"{DRAWING}solidFill/{DRAWING}srgbClr")
        fill = "" if colour is None else colour.get("val", "")
        line = properties.find(f"{DRAWING}ln/{DRAWING}noFill") is None
    context.boxes.append(boxed(context, text, width, fill, line))
    return ""


def _vml(context: Context, element: Any, boxed: Boxed) -> str:
    """A drawing in the language of Word before 2010 (part 4, 19.1)."""
    tag = str(element.tag)
    if tag == f"{VML}shapetype":
        return ""
    if not tag.startswith(VML) or tag == f"{VML}group":
        return _lost(context, element)
    if _HIDDEN.search(element.get("style", "")):
        context.seen.left_out["a hidden drawing"] += 1
        return ""
    size = {name: twips(said) for name, said in _STYLE.findall(element.get("style", ""))}
    data = element.find(f"{VML}imagedata")
    if data is None:
        return _vml_shape(context, element, size.get("width", 0), boxed)
    part = part_of(context.package.relations(context.part), data.get(f"{R}id"))
    picture = Picture(context.package.data(part) or b"", vml_crop(data))
    return _shown(context, picture, size.get("width", 0), size.get("height", 0), _alternative(element.get("alt", "")))


def _vml_shape(context: Context, element: Any, width: int, boxed: Boxed) -> str:
    """A line across the page, or a box of text."""
    text = element.find(f"{VML}textbox/{W}txbxContent")
    if element.get(f"{OBJECT}hr") in {"t", "true"}:
        context.boxes.append(_RULE)
    elif text is None:
        return _lost(context, element)
    else:
        fill = element.get("fillcolor", "").partition(" ")[0].removeprefix("#")
        fill = "" if element.get("filled") in {"f", "false"} else fill
        context.boxes.append(boxed(context, text, width, fill, element.get("stroked") not in {"f", "false"}))
    return ""


def vml_crop(element: Any) -> tuple[float, float, float, float]:
    """What ``v:imagedata`` cuts off a picture left, above, right and below, each of 1 (part 4, 14.1.2.11)."""

    def part(name: str) -> float:
        said = element.get(name, "")
        try:
            found = int(said[:-1]) / 65_536 if said.endswith("f") else float(said or 0)
        except ValueError:
            return 0.0
        return min(max(found, 0.0), 0.99)

    left, top, right, bottom = (part(f"crop{side}") for side in ("left", "top", "right", "bottom"))
    return (left, top, right, bottom) if left + right < 1 and top + bottom < 1 else (0.0, 0.0, 0.0, 0.0)


def _object(context: Context, element: Any) -> str:
    """An embedded object: the picture that stands for it, where it is one that can be shown."""
    shape = next((each for each in element.iter() if each.find(f"{VML}imagedata") is not None), None)
    before = context.seen.lost.copy()
    xml = "" if shape is None else _vml(context, shape, lambda *_: "")
    if not xml:
        pictured = context.seen.lost != before
        context.seen.lost = before
        context.seen.lost[f"an embedded object{'' if pictured else ' without a picture'}"] += 1
        return ""
    context.seen.changed["only the picture of an embedded object prints"] += 1
    return xml
