"""What a fragment prints, as lines of words: one for each paragraph, and one, which begins with a bar, for each row.

Two builds that print the same have the same lines, whatever their pages are: page numbers are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from lxml import etree

from boardpack.word.fields import without_pages
from boardpack.word.fragment import Fragment

_PREFIX = re.compile(r"<(/?)([a-zA-Z0-9]+):")
_ATTRIBUTE = re.compile(r'\s[a-zA-Z0-9]+:[a-zA-Z]+="[^"]*"')
CELL = " | "
"""What stands between two cells of a row."""


def lines(fragment: Fragment) -> list[str]:
    """The lines of a fragment, its footnotes at the end; no empty ones."""
    xml = without_pages("".join((*fragment.xml, *(note for _, note in fragment.notes))))
    plain = _PREFIX.sub(r"<\1\2-", _ATTRIBUTE.sub("", xml))
    root = etree.fromstring(f"<body>{plain}</body>".encode())
    return [line for line in (" ".join(each.split()) for each in _lines(root)) if line.strip(" |")]


def _lines(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == "w-p":
            yield _words(child)
        elif child.tag == "w-tr":
            yield CELL.lstrip() + CELL.join(" ".join(_lines(cell)) for cell in child if cell.tag == "w-tc")
        else:
            yield from _lines(child)


def _words(paragraph: etree._Element) -> str:
    """The words of a paragraph, those of text boxes in it too; a tab or a break is a blank."""
    signs = {"w-tab": " ", "w-br": " ", "w-noBreakHyphen": "-"}
    return "".join(each.text or "" if each.tag == "w-t" else signs.get(str(each.tag), "") for each in paragraph.iter())


def digest(fragment: Fragment, printed: list[str], more: Iterable[bytes] = ()) -> str:
    """The hash of what a fragment prints: these lines, its pictures, and files that stand for ``more`` of them."""
    pictures = (sha256(each.data).hexdigest() for each in fragment.attachments.values() if not each.external)
    files = (sha256(each).hexdigest() for each in more)
    return sha256("\n".join((*printed, *sorted(pictures), *files)).encode()).hexdigest()
