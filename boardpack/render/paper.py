"""A paper as a section of the document: cover block with summary and recommendations, body, closing, appendices."""

from __future__ import annotations

from boardpack.model import dates
from boardpack.model.numbered import NumberedMeeting, NumberedPaper
from boardpack.model.paper import Paper
from boardpack.model.sentences import listed
from boardpack.render import withheld, words
from boardpack.render.appendices import appendices
from boardpack.render.body import behind, counted, sections_of
from boardpack.render.cover import cover_lines, lateness
from boardpack.render.prose import Writer
from boardpack.word import fields, sections, template
from boardpack.word.fragment import Fragment, Ids
from boardpack.word.numbering import RECOMMENDATIONS
from boardpack.word.prose import plain
from boardpack.word.tables import paragraph
from boardpack.word.template import House, Shell


def title(at: NumberedPaper) -> str:
    """The paper's title in plain words."""
    return plain(at.paper.title.value)


def fragment(numbered: NumberedMeeting, id: str, house: House, cover: Shell, ids: Ids) -> Fragment:
    """One paper as a section of the document that begins on a new page."""
    at = numbered.papers[id]
    part = Fragment(ids)
    writer = Writer(numbered, at, part, house)
    blocks = withheld.paper_page(writer, at) if numbered.leaves_out(at) else _whole(writer, at, cover)
    blocks = sections.mark_start(blocks, part.bookmark(at.start))
    blocks = sections.mark_end(blocks, lambda runs: part.bookmark(at.end, runs))
    label = f"Item {at.label}" if at.label else ""
    for stretch in sections.stretches(blocks, at.start, withheld.marking(at.paper.withheld)):
        page = house.page.turned() if stretch.turned != at.paper.landscape else house.page
        references = running(part, house, numbered, " · ".join(filter(None, (label, stretch.marking))))
        start = fields.section_start(stretch.start) if stretch.start else ""
        part.xml.append(sections.close(stretch.blocks, sections.section(references, page, start)))
    return part


def _whole(writer: Writer, at: NumberedPaper, cover: Shell) -> str:
    closing = writer.blocks(writer.numbered.meeting.board.closing)
    front = _cover(writer, at, cover)  # before the rest: what its summary places is placed there
    body = (*sections_of(writer, at), *behind(writer, at), closing, *appendices(writer, at))
    return front + "".join(body)


def running(part: Fragment, house: House, numbered: NumberedMeeting, item: str) -> str:
    """The header and footer of a section, as its properties name them."""
    meeting = numbered.meeting
    values: dict[str, object] = {
        "organisation": meeting.board.organisation,
        "board": meeting.board.name,
        "date": dates.long_date(meeting.date),
        "item": item,
    }
    return part.run_in("header", house.header, values) + part.run_in("footer", house.footer, values)


def _cover(writer: Writer, at: NumberedPaper, cover: Shell) -> str:
    meeting, paper = writer.numbered.meeting, at.paper
    values: dict[str, object] = {
        "item": at.label,
        "item_label": " · ".join(filter(None, (at.named, withheld.marking(paper.withheld)))),
        "title": title(at),
        "organisation": meeting.board.organisation,
        "board": meeting.board.name,
        "meeting_title": meeting.title,
        "date": dates.long_date(meeting.date),
        "time": words.clock(meeting.starts) if meeting.starts else "",
        "venue": meeting.venue,
        "purpose": words.sentence(listed(paper.purposes)),
        "author": "; ".join(person.full for person in paper.authors),
        "presenter": _presenter(paper),
        "theme": paper.theme,
        "pages": "",
        "fields": [{"label": label, "value": value} for label, value in cover_lines(writer.numbered, paper)],
        "summary": template.ready(writer.blocks(paper.summary) + lateness(writer, paper)),
        "recommendations": template.ready(_recommendations(writer, at)),
    }
    # A cover without these tags must not lose the words: they follow it.
    behind = "".join(str(values[tag]) for tag in ("summary", "recommendations") if not template.prints(cover, tag))
    return writer.fragment.shell(cover, values) + behind


def _presenter(paper: Paper) -> str:
    """Who presents the paper, unless its one author does."""
    alone = len(paper.authors) == 1 and paper.presenter is not None and paper.presenter.name == paper.authors[0].name
    return paper.presenter.full if paper.presenter and not alone else ""


def _recommendations(writer: Writer, at: NumberedPaper) -> str:
    if not at.paper.recommendations:
        return ""
    lead = writer.inline(writer.numbered.meeting.board.recommendations_lead)
    number = writer.fragment.new_list(RECOMMENDATIONS)
    items = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Recommendation"/>{counted(number, 0)}</w:pPr>{writer.inline(text)}</w:p>'
        for text in at.paper.recommendations
    )
    return (paragraph("RecommendationLead", lead, keep=True) if lead else "") + items
