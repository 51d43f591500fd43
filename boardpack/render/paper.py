"""A paper as a section of the document: cover block with summary and recommendations, body, closing, appendices."""

from __future__ import annotations

from boardpack.model import dates
from boardpack.model.numbered import NumberedMeeting, NumberedPaper
from boardpack.model.paper import Paper
from boardpack.model.sentences import listed
from boardpack.render import words
from boardpack.render.appendices import appendices
from boardpack.render.body import behind, counted, sections_of
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
    closing = writer.blocks(numbered.meeting.board.closing)
    blocks = _cover(writer, at, cover) + "".join(
        (*sections_of(writer, at), *behind(writer, at), closing, *appendices(writer, at))
    )
    blocks = sections.mark_start(blocks, part.bookmark(at.start))
    blocks = sections.mark_end(blocks, lambda runs: part.bookmark(at.end, runs))
    label = f"Item {at.label}" if at.label else ""
    references = running(part, house, numbered, " · ".join(filter(None, (label, marking(at.paper)))))
    start = fields.section_start(at.start)
    for turned, stretch in sections.stretches(blocks):
        page = house.page.turned() if turned != at.paper.landscape else house.page
        part.xml.append(sections.close(stretch, sections.section(references, page, start)))
        start = ""
    return part


def marking(paper: Paper) -> str:
    """What every page of a withheld paper says (Local Government Act 1972, section 100B(5))."""
    return f"Not for publication ({paper.withheld})" if paper.withheld else ""


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
        "item_label": " · ".join(filter(None, (at.named, marking(paper)))),
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
        "fields": [{"label": label, "value": plain(answer.value)} for label, answer in paper.cover],
        "summary": template.ready(writer.blocks(paper.summary)),
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
