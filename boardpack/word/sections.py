"""Sections of the document: where one begins, how its pages lie, where its last properties go (17.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boardpack.word.template import Page

LANDSCAPE, PORTRAIT = "\2", "\3"
"""Marks before and after a stretch of blocks that wants pages of the other orientation; no XML text can hold them."""

_STRETCH = re.compile(f"{LANDSCAPE}(.*?){PORTRAIT}", re.DOTALL)


def stretches(blocks: str) -> Iterator[tuple[bool, str]]:
    """The blocks cut at their marks, each stretch with whether it is turned; neighbours that lie alike together."""
    joined: list[tuple[bool, str]] = []
    for index, stretch in enumerate(_STRETCH.split(blocks)):
        if not stretch:
            continue
        turned = index % 2 == 1
        if joined and joined[-1][0] == turned:
            joined[-1] = (turned, joined[-1][1] + stretch)
        else:
            joined.append((turned, stretch))
    return iter(joined)


def section(references: str, page: Page, start: str = "") -> str:
    """The properties of a section that begins on a new page (``w:sectPr``, 17.6.17)."""
    return f'<w:sectPr>{references}<w:type w:val="nextPage"/>{page.xml()}{start}</w:sectPr>'


def close(blocks: str, properties: str) -> str:
    """End a section: its properties go into its last paragraph.

    A paragraph of their own could fall on a page of its own. Only after a table there has to be one, one point high.
    """
    if not blocks.endswith("</w:p>"):
        return f'{blocks}<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{properties}</w:pPr></w:p>'
    start = max(blocks.rfind("<w:p>"), blocks.rfind("<w:p "))
    head, tail = blocks[:start], blocks[start:]
    opening = tail.index(">") + 1
    if tail.startswith("<w:pPr>", opening):
        at = tail.index("</w:pPr>")
        return f"{head}{tail[:at]}{properties}{tail[at:]}"
    if tail.startswith("<w:pPr/>", opening):
        return f"{head}{tail[:opening]}<w:pPr>{properties}</w:pPr>{tail[opening + 8 :]}"
    return f"{head}{tail[:opening]}<w:pPr>{properties}</w:pPr>{tail[opening:]}"


def mark_end(blocks: str, bookmark: str) -> str:
    """Put a bookmark at the very end of the last paragraph of some blocks.

    A link that ends the paragraph comes after it: LibreOffice loses a bookmark behind the last link of a document.
    """
    at = blocks.rindex("</w:p>")
    if blocks.endswith("</w:hyperlink>", 0, at):
        at = blocks.rindex("<w:hyperlink", 0, at)
    return f"{blocks[:at]}{bookmark}{blocks[at:]}"
