"""WordprocessingML as strings (ECMA-376 part 1, 17.3): escaping, runs and paragraphs.

Building element objects costs about ten times as much, and a pack holds hundreds of thousands of runs.
"""

from __future__ import annotations

import re

LIST_INDENT = 425
"""How much further each level of a list goes in (0.75 cm in twips); its marker hangs by as much."""

BREAK = "<w:r><w:br/></w:r>"
_RIGHT_TO_LEFT = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_STRETCH = re.compile(f"[{_RIGHT_TO_LEFT}](?:[{_RIGHT_TO_LEFT}\\W\\d_]*[{_RIGHT_TO_LEFT}])?")
_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'


def list_indent(level: int) -> int:
    """How far the text of a list's level (0 to 8) stands from the text around the list."""
    return LIST_INDENT * (level + 1)


def escape(text: str) -> str:
    """Text as it stands in XML, also inside the double quotes of an attribute."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&quot;")
    return text


def run(text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> str:
    """Text as one ``w:r``, or several where stretches of it run from right to left (``w:rtl``, 17.3.2.30).

    ``style`` is the id of a character style. An empty text is no run at all.
    """
    if not text:
        return ""
    if text.isascii() or not (stretches := list(_STRETCH.finditer(text))):
        return _run(text, _run_properties(bold, italic, style))
    left_to_right = _run_properties(bold, italic, style)
    right_to_left = _run_properties(bold, italic, style, rtl=True)
    runs, at = [], 0
    for stretch in stretches:
        if stretch.start() > at:
            runs.append(_run(text[at : stretch.start()], left_to_right))
        runs.append(_run(stretch.group(), right_to_left))
        at = stretch.end()
    if at < len(text):
        runs.append(_run(text[at:], left_to_right))
    return "".join(runs)


def _run(text: str, properties: str) -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _run_properties(bold: bool, italic: bool, style: str, *, rtl: bool = False) -> str:
    """Strong and emphasised words have the house's styles for them, unless the run has a style already."""
    if not (bold or italic or style or rtl):
        return ""
    if not style and italic:
        style, italic = "Emphasis", False
    elif not style and bold:
        style, bold = "Strong", False
    parts = [
        f'<w:rStyle w:val="{style}"/>' if style else "",
        ("<w:b/><w:bCs/>" if rtl else "<w:b/>") if bold else "",
        ("<w:i/><w:iCs/>" if rtl else "<w:i/>") if italic else "",
        "<w:rtl/>" if rtl else "",
    ]
    return f"<w:rPr>{''.join(parts)}</w:rPr>"


def paragraph(content: str, properties: str) -> str:
    """A ``w:p`` of these runs; ``properties`` is what :func:`paragraph_properties` returns, or part of it."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def paragraph_properties(
    style: str, *, numbering: str = "", ruled: bool = False, bidi: bool = False, indent: str = ""
) -> str:
    """The children of a ``w:pPr`` in the order of the schema (17.3.1.26)."""
    return f'<w:pStyle w:val="{style}"/>{numbering}{_RULE if ruled else ""}{"<w:bidi/>" if bidi else ""}{indent}'
