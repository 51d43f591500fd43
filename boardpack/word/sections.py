"""Sections of the document: where one begins, how its pages lie, where its last properties go (17.6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from boardpack.word.template import Page

LANDSCAPE, PORTRAIT = "\2", "\3"
"""Marks before and after a stretch of blocks that wants pages of the other orientation; no XML text can hold them."""

_WORDS = re.compile(r'<w:r>((?:<w:rPr>.*?</w:rPr>)?<w:t xml:space="preserve">)([^<]* )([^< ]+)</w:t></w:r>')
_NOTE_MARK = re.compile(r'<w:r><w:rPr>(?:(?!</w:r>).)*<w:footnoteReference w:id="\d+"/></w:r>\Z')
_BEGINS = "\4"
_MARKS = re.compile(f"([{LANDSCAPE}{PORTRAIT}]|{_BEGINS}[^{_BEGINS}]*{_BEGINS})")
_REFERRED_TO = re.compile(r'<w:bookmarkStart [^>]*w:name="\w*[^\Wz]"')
_ENDED = re.compile(r"(?:<w:bookmarkEnd [^>]*/>)+\Z")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks that make a section: ``turned`` or not, from the bookmark ``start`` on, with a marking on each page.

    ``start`` is empty where the section merely goes on, on pages that lie the other way.
    """

    blocks: str
    turned: bool = False
    start: str = ""
    marking: str = ""


def begins(start: str, marking: str) -> str:
    """A mark before blocks that want a section of their own, with the bookmark at its start and its marking."""
    return f"{_BEGINS}{start}|{marking}{_BEGINS}"


def stretches(blocks: str, start: str, marking: str) -> list[Stretch]:
    """The blocks cut at their marks; neighbours that lie alike together.

    A stretch marked within another is turned back. The first has this ``start`` and this ``marking``, and so have those
    behind it until another begins.
    """
    joined: list[Stretch] = []
    depth, new = 0, True
    # To look for one sign after another takes a tenth of the time of one expression for all of them.
    marked = any(mark in blocks for mark in (LANDSCAPE, PORTRAIT, _BEGINS))
    for piece in _MARKS.split(blocks) if marked else (blocks,):
        if piece in {LANDSCAPE, PORTRAIT}:
            depth += 1 if piece == LANDSCAPE else -1
        elif piece.startswith(_BEGINS):
            start, _, marking = piece.strip(_BEGINS).partition("|")
            new = True
        elif piece:
            turned = depth % 2 == 1
            if joined and joined[-1].turned == turned and not new:
                joined[-1] = replace(joined[-1], blocks=joined[-1].blocks + piece)
            else:
                joined.append(Stretch(piece, turned, start if new else "", marking))
            new = False
    return joined


def section(references: str, page: Page, start: str = "") -> str:
    """The properties of a section that begins on a new page (``w:sectPr``, 17.6.17)."""
    return f'<w:sectPr>{references}<w:type w:val="nextPage"/>{page.xml()}{start}</w:sectPr>'


def close(blocks: str, properties: str) -> str:
    """End a section: its properties go into its last paragraph.

    A paragraph of their own could fall on a page of its own. There has to be one, one point high, after a table, and
    after a paragraph that other text refers to: LibreOffice loses what a bookmark holds in the last one of a section.
    Bookmarks whose names end in ``z`` are ends, of which only the page is ever asked.
    """
    start = max(blocks.rfind("<w:p>"), blocks.rfind("<w:p "))
    head, tail = blocks[:start], blocks[start:]
    if not blocks.endswith("</w:p>") or _REFERRED_TO.search(tail):
        return f'{blocks}<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{properties}</w:pPr></w:p>'
    opening = tail.index(">") + 1
    if tail.startswith("<w:pPr>", opening):
        at = tail.index("</w:pPr>")
        return f"{head}{tail[:at]}{properties}{tail[at:]}"
    return f"{head}{tail[:opening]}<w:pPr>{properties}</w:pPr>{tail[opening:].removeprefix('<w:pPr/>')}"


def mark_start(blocks: str, bookmark: str) -> str:
    """Put a bookmark at the start of the first paragraph."""
    at = blocks.index("<w:p>") if "<w:p>" in blocks else len(blocks)
    other = blocks.find("<w:p ")
    start = min(at, other) if other >= 0 else at
    opening = blocks.index(">", start) + 1
    if blocks.startswith("<w:pPr>", opening):
        opening = blocks.index("</w:pPr>", opening) + len("</w:pPr>")
    return blocks[:opening] + bookmark + blocks[opening:]


def mark_end(blocks: str, bookmarked: Callable[[str], str]) -> str:
    """Put a bookmark around the last word of some blocks, or around the field or link that ends them.

    A bookmark behind the last word would do in Word, but LibreOffice loses it in a document's last section where there
    is a link in the paragraph. A footnote's mark stays outside: the note links back to it. Where other blocks end with
    the same word, the bookmark goes inside theirs.
    """
    end = _last_words(blocks)
    while note := _NOTE_MARK.search(blocks, max(0, end - 200), end):
        end = note.start()
    head, start = blocks[:end], end
    if head.endswith("\0"):
        start = head.rindex("\0", 0, -1)
    elif head.endswith("</w:hyperlink>"):
        start = head.rindex("<w:hyperlink")
    elif head.endswith("</w:r>"):
        head, start = _last_word(head, head.rindex("<w:r>"))
    return head[:start] + bookmarked(head[start:]) + blocks[end:]


def _last_words(blocks: str) -> int:
    """Where the content of the last paragraph ends that has any: LibreOffice loses a bookmark in an empty one."""
    end = len(blocks)
    while (end := blocks.rfind("</w:p>", 0, end)) >= 0:
        ended = _ENDED.search(blocks, max(0, end - 200), end)
        last = ended.start() if ended else end
        if blocks.endswith(("</w:r>", "</w:hyperlink>", "\0"), 0, last):
            return last
    return blocks.rindex("</w:p>")


def _last_word(head: str, start: int) -> tuple[str, int]:
    """Divide the run that begins at ``start`` before its last word; the whole, and where its last run begins now."""
    match = _WORDS.fullmatch(head, start)
    if match is None:
        return head, start
    divided = f"<w:r>{match[1]}{match[2]}</w:t></w:r>"
    return f"{head[:start]}{divided}<w:r>{match[1]}{match[3]}</w:t></w:r>", start + len(divided)
