"""What the house style says of colours and fonts, for what is drawn outside Word (ECMA-376 part 1, 20.1.6.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ACCENT = re.compile(r'<a:accent[1-6]>\s*<a:(?:srgbClr val|sysClr[^>]*? lastClr)="([0-9A-Fa-f]{6})"')
_MINOR = re.compile(r'<a:minorFont>\s*<a:latin typeface="([^"]+)"')
_FONTS = re.compile(r"<w:rFonts\b[^>]*>")


def accents(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """The accent colours of a house's theme (``a:accent1`` to ``a:accent6``), RRGGBB; none without a theme."""
    return tuple(colour.upper() for colour in _ACCENT.findall(_theme(parts)))


def body_font(parts: Mapping[str, bytes]) -> str:
    """The font of a house's body text: what Body Text says, else Normal, else the defaults; empty where none does."""
    styles = parts["word/styles.xml"].decode()
    for start in ('w:styleId="BodyText"', 'w:styleId="Normal"', "<w:rPrDefault>"):
        _, _, after = styles.partition(start)
        fonts = _FONTS.search(re.split(r"</w:style>|</w:rPrDefault>", after, maxsplit=1)[0])
        if fonts and (named := re.search(r'w:ascii="([^"]+)"', fonts[0])):
            return named[1]
        if fonts and "w:asciiTheme=" in fonts[0] and (minor := _MINOR.search(_theme(parts))):
            return minor[1]
    return ""


def _theme(parts: Mapping[str, bytes]) -> str:
    return next((data.decode() for name, data in parts.items() if name.startswith("word/theme/theme")), "")
