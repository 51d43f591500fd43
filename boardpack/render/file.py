"""Minutes that are a file and not in these papers, as a section of the document: title, then what the file holds."""

from __future__ import annotations

from boardpack.model.dates import short_date
from boardpack.model.numbered import NumberedFile, NumberedMeeting
from boardpack.render import appendix_pdf, appendix_word
from boardpack.render.paper import running
from boardpack.render.prose import Writer
from boardpack.word import fields, sections
from boardpack.word.fragment import Fragment, Ids
from boardpack.word.markup import run
from boardpack.word.tables import paragraph
from boardpack.word.template import House

_PAGES = {".docx": appendix_word.pages, ".pdf": appendix_pdf.pages}


def fragment(numbered: NumberedMeeting, at: NumberedFile, house: House, ids: Ids) -> Fragment:
    """The file with the header, the footer and the page numbers of the pack."""
    part = Fragment(ids)
    writer = Writer(numbered, None, part, house)
    above = paragraph("CoverItem", run(at.named), keep=True) if at.named else ""
    title = above + f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run(at.title)}</w:p>'
    blocks = _PAGES[at.entry.part.suffix](writer, at.entry, title)
    blocks = sections.mark_start(blocks, part.bookmark(at.start))
    blocks = sections.mark_end(blocks, lambda runs: part.bookmark(at.end, runs))
    said = " · ".join(filter(None, (f"Item {at.label}" if at.label else "", f"Minutes of {short_date(at.day)}")))
    references = running(part, house, numbered, said)
    for stretch in sections.stretches(blocks, at.start, ""):
        page = house.page.turned() if stretch.turned else house.page
        start = fields.section_start(stretch.start) if stretch.start else ""
        part.xml.append(sections.close(stretch.blocks, sections.section(references, page, start)))
    return part
