"""Names of the formats' elements, and how a property that is on or off is read (ECMA-376 part 1, 17.17.4)."""

from __future__ import annotations

from typing import Any, Final

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLACED: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
SHAPE: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
COMPATIBLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VML: Final = "{urn:schemas-microsoft-com:vml}"
OBJECT: Final = "{urn:schemas-microsoft-com:office:office}"
W: Final = f"{{{MAIN}}}"
R: Final = f"{{{OFFICE}}}"


def value(element: Any, name: str) -> str | None:
    """``w:val`` of the child of this name."""
    child = None if element is None else element.find(W + name)
    return None if child is None else child.get(f"{W}val")


def on(element: Any) -> bool:
    """Whether an element of its own says yes: it does where it says nothing."""
    return element.get(f"{W}val") not in {"0", "false", "off", "none"}


def twips(text: str | None, default: int = 0) -> int:
    """A measure in twentieths of a point, also one with a unit behind it (22.9.2.15 ST_UniversalMeasure)."""
    if not text:
        return default
    units = {"mm": 56.7, "cm": 567.0, "in": 1440.0, "pt": 20.0, "pc": 240.0, "pi": 240.0}
    try:
        scale = units.get(text[-2:])
        found = float(text[:-2]) * scale if scale else float(text)
        return round(min(max(found, -100_000.0), 100_000.0))
    except (ValueError, OverflowError):
        return default
