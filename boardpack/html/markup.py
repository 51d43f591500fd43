"""HTML as strings: escaping, and elements with their attributes.

Nothing that somebody typed becomes markup: text and attributes pass through :func:`escape`, addresses of links through
:func:`boardpack.markdown.walk.address` as well.
"""

from __future__ import annotations

import re
from html import unescape

_NOT_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""What HTML forbids (WHATWG HTML, 13.2.3.5); papers hold none but by an entity such as ``&#128;``."""
_TAG = re.compile(r"<[^>]*>")
_WITHIN = re.compile(r"</?(?:a|em|strong|code|span|sup)\b")
"""Elements that may begin and end within a word."""
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
"""Elements without content, which have no end tag."""


def escape(text: str) -> str:
    """Text as it stands in HTML, also inside the double quotes of an attribute."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&quot;")
    return text if text.isascii() and text.isprintable() else _NOT_HTML.sub("\ufffd", text)


def attributes(named: dict[str, str | int | bool | None]) -> str:
    """Attributes as they stand in a tag: without those that are None or False, true ones without a value."""
    parts = []
    for name, value in named.items():
        if value is None or value is False:
            continue
        spelt = name.rstrip("_").replace("_", "-")
        parts.append(f" {spelt}" if value is True else f' {spelt}="{escape(str(value))}"')
    return "".join(parts)


def element(name: str, content: str = "", /, **named: str | int | bool | None) -> str:
    """An element; ``content`` is HTML already.

    Names of attributes may end in an underscore, where Python has the word for itself (``class_``), and hold one for a
    hyphen (``aria_label``).
    """
    opening = f"<{name}{attributes(named)}>"
    return opening if name in VOID else f"{opening}{content}</{name}>"


def words(html: str) -> str:
    """What a reader sees of some HTML, in one line."""
    return " ".join(unescape(_TAG.sub(lambda tag: "" if _WITHIN.match(tag[0]) else " ", html)).split())
