"""The names of WordprocessingML and its kin (ECMA-376 part 1), and asking elements for them."""

from __future__ import annotations

from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V: Final = "{urn:schemas-microsoft-com:vml}"

_OFF = frozenset(("0", "false", "off", "none"))


def value(element: etree._Element | None, path: str) -> str:
    """The ``w:val`` of the element at this path below one; empty where there is none."""
    found = None if element is None else element.find(path)
    return "" if found is None else found.get(f"{W}val", "")


def flag(element: etree._Element | None, name: str) -> bool | None:
    """Whether a property that is on or off (17.17.4) is on; nothing where it is not said."""
    found = None if element is None else element.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in _OFF


def words(element: etree._Element) -> str:
    """The words in an element of any kind, a blank between paragraphs."""
    parts: list[str] = []
    for each in element.iter(f"{W}t", f"{A}t", f"{M}t", f"{W}p", f"{A}p", f"{W}tab", f"{W}br", f"{W}cr"):
        own = each.tag in (f"{W}t", f"{A}t", f"{M}t")
        parts.append((each.text or "") if own else " ")
    return " ".join("".join(parts).split())
