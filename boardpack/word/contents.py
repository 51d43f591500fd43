"""The lines of a contents list, whose page numbers stand at the right margin of the page that they are on."""

from __future__ import annotations

import re
from functools import cached_property

from boardpack.word.markup import BREAK, run
from boardpack.word.metrics import text_width

_STYLE = re.compile(rb'<w:style [^>]*w:styleId="ContentsEntry".*?</w:style>', re.DOTALL)
_RIGHT_TAB = re.compile(r'<w:tab (?=[^>]*w:val="(?:right|end)")[^>]*?w:pos="(\d+)"[^>]*>')
_LEFT_TAB = re.compile(r'<w:tab (?=[^>]*w:val="(?:left|start|num)")[^>]*?w:pos="(\d+)"')
_INDENT = re.compile(r'<w:ind [^>]*?w:left="(\d+)"')
_SIZE = re.compile(r'<w:sz w:val="(\d+)"')
_TAB = "<w:r><w:tab/></w:r>"
_NUMBERS = 1300
"""Room that the numbers of the pages have, in twentieths of a point: "114 to 116" in 12 points, and some dots."""


class Line:
    """How a line of a contents list is drawn where the text of the page is ``width`` twentieths of a point wide."""

    def __init__(self, styles: bytes, width: int) -> None:
        found = _STYLE.search(styles)
        self._style = found[0].decode() if found else ""
        self._width = width

    def draw(self, number: str, title: str, pages: str) -> str:
        """A line: number, title, and the runs that print its pages.

        A title that would run into the pages is broken here: a right indent would do that in Word, but LibreOffice then
        loses what stands behind the tab.
        """
        titled = BREAK.join(run(part) for part in self._broken(title, hangs=not number))
        opening = f"{run(number)}{_TAB}" if number else ""
        properties = self._numbered if number else self._plain
        return f"<w:p><w:pPr>{properties}</w:pPr>{opening}{titled}{_TAB}{pages}</w:p>"

    @cached_property
    def _plain(self) -> str:
        """Those of a line without a number, whose pages the stop of the titles would catch where it is short."""
        stops = "".join(f'<w:tab w:val="clear" w:pos="{stop}"/>' for stop in _LEFT_TAB.findall(self._style))
        tabs = self._numbered.partition("<w:tabs>")[2].removesuffix("</w:tabs>")
        moved = f"<w:tabs>{stops}{tabs}</w:tabs>" if stops or tabs else ""
        return f'<w:pStyle w:val="ContentsEntry"/>{moved}<w:ind w:left="0" w:firstLine="0"/>'

    @cached_property
    def _numbered(self) -> str:
        """The style; its right tab stop, with its leader, moves to the margin (``w:tab``, 17.3.1.37)."""
        stops = list(_RIGHT_TAB.finditer(self._style))
        if any(int(stop[1]) == self._width for stop in stops):
            return '<w:pStyle w:val="ContentsEntry"/>'
        cleared = "".join(f'<w:tab w:val="clear" w:pos="{stop[1]}"/>' for stop in stops)
        leader = re.search(r' w:leader="\w+"', stops[-1][0] if stops else "")
        moved = f'<w:tab w:val="right"{leader[0] if leader else ""} w:pos="{self._width}"/>'
        return f'<w:pStyle w:val="ContentsEntry"/><w:tabs>{cleared}{moved}</w:tabs>'

    def _broken(self, title: str, *, hangs: bool) -> list[str]:
        """The title in lines that leave room for the pages; the first has more where no number stands before it."""
        size = float(match[1]) / 2 if (match := _SIZE.search(self._style)) else 12.0
        indent = int(match[1]) if (match := _INDENT.search(self._style)) else 0
        lines, room = [""], self._width - _NUMBERS - (0 if hangs else indent)
        for word in title.split(" "):
            longer = f"{lines[-1]} {word}" if lines[-1] else word
            if lines[-1] and text_width(longer, size) > room:
                lines.append(word)
                room = self._width - _NUMBERS - indent
            else:
                lines[-1] = longer
        return lines
