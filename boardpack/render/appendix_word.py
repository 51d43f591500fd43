"""Word documents as appendices: what was read of a file, joined to the document that it is printed in."""

from __future__ import annotations

from dataclasses import astuple, dataclass, field, replace
from typing import TYPE_CHECKING

from boardpack.model.numbered import Placed
from boardpack.model.paper import Appendix
from boardpack.render import appendix_pdf
from boardpack.render.prose import Writer
from boardpack.word import sections
from boardpack.word.markup import run
from boardpack.word.numbering import Level
from boardpack.word.tables import paragraph

if TYPE_CHECKING:
    from boardpack.foreign import word

_STAND_IN = "This document prints in the pack as pictures of its pages."


@dataclass(frozen=True)
class _Sink:
    """Gives what is read a place in the fragment of the paper; each list of the file becomes one list there."""

    writer: Writer
    lists: dict[str, int] = field(default_factory=dict)

    def link(self, url: str) -> str:
        """The relationship id of an address."""
        return self.writer.link(url)

    def count(self, counting: word.Counting) -> int:
        """The ``w:numId`` of a list."""
        if counting.key not in self.lists:
            levels = tuple(Level(*astuple(level)) for level in counting.levels)
            self.lists[counting.key] = self.writer.fragment.own_list(levels)
        return self.lists[counting.key]

    def footnote(self, content: str) -> str:
        """The run of the mark of a note."""
        return self.writer.footnote(content)

    def picture(self, picture: word.Picture, width: int, height: int, alt: str) -> str:
        """A run with a picture."""
        return self.writer.fragment.picture(picture.shown, picture.suffix, width, height, alt)


def pages(writer: Writer, entry: Placed[Appendix], title: str) -> str:
    """The title and the content of a Word document, on pages that lie as its own do, or as pictures of its pages."""
    from boardpack.foreign import word  # what few packs need would take a twentieth of the time of all

    if entry.part.file is None:
        return title
    if entry.part.pages is not None:
        pictured = replace(entry, part=replace(entry.part, file=entry.part.pages))
        return appendix_pdf.pages(writer, pictured, title)
    if word.is_pictured(entry.part.file):  # nothing is laid out here, and what differs is told by the file
        return title + paragraph("BodyText", run(_STAND_IN))
    page = writer.house.page
    upright, turned = (page, page.turned()) if page.height > page.width else (page.turned(), page)
    sheet = word.Sheet(upright.text_width, upright.text_height, turned.text_width, turned.text_height)
    stretches = word.read(entry.part.file, _Sink(writer), sheet) or [word.Stretch(landscape=False, xml="")]
    landscape = writer.paper is not None and writer.paper.paper.landscape
    xml = ""
    for stretch in stretches:
        blocks = title + stretch.xml
        title = ""
        turn = stretch.landscape != landscape
        xml += f"{sections.LANDSCAPE}{blocks}{sections.PORTRAIT}" if turn else blocks
    return xml
