"""An appendix that is a PDF: each of its pages on a page of the pack, with the house's header, footer and page number.

Word shows a picture of the page; in the PDF the page itself takes the picture's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boardpack.model.numbered import Placed
from boardpack.model.paper import Appendix
from boardpack.render.prose import Writer
from boardpack.word import pictures, sections
from boardpack.word.fragment import Vector
from boardpack.word.markup import run
from boardpack.word.prose import plain
from boardpack.word.template import Page

if TYPE_CHECKING:
    from boardpack.foreign.pdf import Sheet

_DOTS = 130  # an inch: small print of a page that is set a little smaller can still be read
_EDGE = 567  # twips: what stays free beside a page, a centimetre
_SPARE = 300  # twips: what keeps a page whole where a program sets the line above it a little higher
_CLOSE = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_SMALL = '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page of the appendix stands: the page of the pack, what is set above it, its size in twips."""

    page: Page
    above: str
    width: int
    height: int

    @property
    def pixels(self) -> tuple[int, int]:
        """The size of its picture."""
        return max(1, round(self.width * _DOTS / 1440)), max(1, round(self.height * _DOTS / 1440))


def pages(writer: Writer, entry: Placed[Appendix], title: str) -> str:
    """The pages of a PDF, the first one under the title."""
    from boardpack.foreign import pdf  # few packs hold one

    if entry.part.file is None:
        return title
    sheets = pdf.look(entry.part.file).sheets
    places = [_place(writer, entry, title, number, sheets) for number in range(1, len(sheets) + 1)]
    drawn = pdf.draw(entry.part.file, [place.pixels for place in places])
    blocks: list[str] = []
    for number, (sheet, place) in enumerate(zip(sheets, places, strict=True), 1):
        bookmark = f"{entry.anchor}p{number}"
        vector = Vector(drawn.vectors, number) if sheet.vector else None
        if vector:
            writer.fragment.vectors[bookmark] = vector
        picture = writer.fragment.picture(
            drawn.pictures[number - 1],
            "png" if drawn.pictures[number - 1].startswith(b"\x89PNG") else "jpg",
            place.width,
            place.height,
            _described(entry, number, sheets),
            stand_in=pictures.stand_in() if vector else b"",
        )
        block = sections.mark_start(place.above, writer.fragment.bookmark(bookmark)) + _paragraph(picture, place)
        turned = (place.page.width > place.page.height) != (writer.page.width > writer.page.height)
        blocks.append(f"{sections.LANDSCAPE}{block}{sections.PORTRAIT}" if turned else block)
    return "".join(blocks)


def _place(writer: Writer, entry: Placed[Appendix], title: str, number: int, sheets: Sequence[Sheet]) -> _Place:
    """A page that lies as the appendix's does, and the largest size that fits on it below its title or line."""
    from boardpack.word import height

    sheet, page = sheets[number - 1], writer.house.page
    if (sheet.width > sheet.height) != (page.width > page.height):
        page = page.turned()
    above = title if number == 1 else _line(entry, number, len(sheets))
    room = page.text_height - height.of(above, page.text_width, writer.house) - _SPARE
    scale = min(1.0, (page.width - 2 * _EDGE) / (sheet.width * 20), room / (sheet.height * 20))
    return _Place(page, above, max(1, int(sheet.width * 20 * scale)), max(1, int(sheet.height * 20 * scale)))


def _line(entry: Placed[Appendix], number: int, count: int) -> str:
    """What stands above every page but the first."""
    title = plain(entry.part.title.value)
    words = f"{f'Appendix {entry.number}: {title}' if entry.number else title}, page {number} of {count}"
    properties = '<w:pStyle w:val="TableNote"/><w:keepNext/><w:pageBreakBefore/><w:spacing w:before="0" w:after="140"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(words)}</w:p>"


def _paragraph(picture: str, place: _Place) -> str:
    """The picture in the middle of the page, which may stand out into the margins."""
    margins = place.page.margins
    left, right = (_EDGE - margins[side] for side in ("left", "right"))
    indent = f'<w:ind w:left="{left}" w:right="{right}" w:firstLine="0"/><w:jc w:val="center"/>'
    small = picture.replace("<w:r>", f"<w:r>{_SMALL}", 1)
    return f"<w:p><w:pPr>{_CLOSE}{indent}{_SMALL}</w:pPr>{small}</w:p>"


def _described(entry: Placed[Appendix], number: int, sheets: Sequence[Sheet]) -> str:
    words = sheets[number - 1].words
    title = plain(entry.part.title.value)
    what = f"Page {number} of {len(sheets)} of {f'Appendix {entry.number}, {title}' if entry.number else title}"
    return f"{what}: {words}" if words else what
