"""A paper: cover block, summary, recommendations, sections, standing sections, background papers, contact, closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from boardpack.model.numbered import NumberedMeeting, NumberedPaper, Placed
from boardpack.model.paper import Appendix, BackgroundPaper, Contact, Paper, Section
from boardpack.render import words
from boardpack.render.prose import Writer
from boardpack.word import fields, sections, template
from boardpack.word.fragment import Fragment, Ids
from boardpack.word.markup import run
from boardpack.word.numbering import RECOMMENDATIONS, paper_kind
from boardpack.word.pictures import SUFFIXES as PICTURES
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
    blocks = _cover(writer, at, cover) + "".join((*_body(writer, at), *_after(writer, at, closing)))
    blocks = _begin(blocks, part.bookmark(at.start))
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
        "date": words.long_date(meeting.date),
        "item": item,
    }
    return part.run_in("header", house.header, values) + part.run_in("footer", house.footer, values)


def _begin(blocks: str, bookmark: str) -> str:
    """Put a bookmark at the start of the first paragraph."""
    at = blocks.index("<w:p>") if "<w:p>" in blocks else len(blocks)
    other = blocks.find("<w:p ")
    start = min(at, other) if other >= 0 else at
    opening = blocks.index(">", start) + 1
    if blocks.startswith("<w:pPr>", opening):
        opening = blocks.index("</w:pPr>", opening) + len("</w:pPr>")
    return blocks[:opening] + bookmark + blocks[opening:]


def _cover(writer: Writer, at: NumberedPaper, cover: Shell) -> str:
    meeting, paper = writer.numbered.meeting, at.paper
    values: dict[str, object] = {
        "item": at.label,
        "item_label": " · ".join(filter(None, (at.named, marking(paper)))),
        "title": title(at),
        "organisation": meeting.board.organisation,
        "board": meeting.board.name,
        "meeting_title": meeting.title,
        "date": words.long_date(meeting.date),
        "time": words.clock(meeting.starts) if meeting.starts else "",
        "venue": meeting.venue,
        "purpose": words.sentence(words.listed(paper.purposes)),
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
        f'<w:p><w:pPr><w:pStyle w:val="Recommendation"/>{_counted(number, 0)}</w:pPr>{writer.inline(text)}</w:p>'
        for text in at.paper.recommendations
    )
    return (paragraph("RecommendationLead", lead, keep=True) if lead else "") + items


def _counted(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _body(writer: Writer, at: NumberedPaper) -> Iterator[str]:
    paper = at.paper
    number = _numbering(writer, paper)
    if paper.contents:
        yield _contents(at)
    for section in at.sections:
        yield _section(writer, section, number, paper)
    for answer in at.standing:
        heading = writer.fragment.bookmark(answer.anchor, writer.inline(answer.part.heading))
        yield _heading(heading, number)
        yield writer.blocks(answer.part.text, numbered=_paragraphs(number, paper.number_paragraphs, headed=True))
    yield writer.unplaced()


def _numbering(writer: Writer, paper: Paper) -> int:
    """A list for sections and their paragraphs."""
    return writer.fragment.new_list(paper_kind(paper.number_paragraphs), levels=(0, 1))


def _section(writer: Writer, at: Placed[Section], number: int, paper: Paper) -> str:
    section = at.part
    if section.heading is None:
        # Before the first heading paragraphs count in a list of their own: where a list begins with its second level,
        # LibreOffice does not restart the first.
        paragraphs = _paragraphs(_numbering(writer, paper), paper.number_paragraphs, headed=False)
        return writer.blocks(section.text, numbered=paragraphs)
    heading = _heading(writer.fragment.bookmark(at.anchor, writer.inline(section.heading)), number)
    return heading + writer.blocks(section.text, numbered=_paragraphs(number, paper.number_paragraphs, headed=True))


def _heading(runs: str, number: int) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Heading2"/>{_counted(number, 0)}</w:pPr>{runs}</w:p>'


def _paragraphs(number: int, numbered: bool | str, *, headed: bool) -> str:
    """Properties of numbered paragraphs: 1.1 needs a heading to count under, a sample such as i) does not."""
    after_section = numbered is True or (isinstance(numbered, str) and numbered.startswith("1"))
    if not numbered or (after_section and not headed):
        return ""
    return f'<w:pStyle w:val="NumberedParagraph"/>{_counted(number, 1)}'


def _contents(at: NumberedPaper) -> str:
    """The paper's sections with their pages; rows of page references, because LibreOffice does not fill a TOC."""
    tab = "<w:r><w:tab/></w:r>"
    rows = "".join(
        paragraph("ContentsEntry", f"{run(number)}{tab}{run(plain(text.value))}{tab}{fields.page_reference(anchor)}")
        for number, anchor, text in at.headings()
    )
    return paragraph("ContentsHeading", run("Contents")) + rows


def _after(writer: Writer, at: NumberedPaper, closing: str = "") -> Iterator[str]:
    """What stands behind the sections, each under a heading without a number, and the appendices."""
    paper = at.paper
    if paper.background_papers is not None:
        yield paragraph("CoverHeading", run("Background papers"), keep=True)
        yield from (_background(writer, entry) for entry in paper.background_papers)
        if not paper.background_papers:
            yield paragraph("BodyText", run("None"))
    if paper.contact:
        yield _contact(writer, paper.contact)
    yield closing
    if paper.appendices:
        yield paragraph("CoverHeading", run("Appendices"), keep=True)
        yield from (_appendix(writer, entry) for entry in at.appendices)
    for entry in at.appendices:
        if annex := at.annexes.get(entry.anchor):
            turned = annex.paper.landscape != paper.landscape
            yield _annex(replace(writer, paper=annex, placed_parts=set()), entry, annex, turned=turned)
        elif entry.part.file and entry.part.file.suffix.lower() in PICTURES:
            yield _annex_title(writer, entry) + writer.picture(entry.part.file, plain(entry.part.title.value))


def _annex(writer: Writer, at: Placed[Appendix], annex: NumberedPaper, *, turned: bool) -> str:
    """An appendix that is a paper itself, on pages of its own: its summary and its sections, with their own numbers."""
    blocks = (
        _annex_title(writer, at)
        + writer.blocks(annex.paper.summary)
        + "".join((*_body(writer, annex), *_after(writer, annex)))
    )
    return f"{sections.LANDSCAPE}{blocks}{sections.PORTRAIT}" if turned else blocks


def _annex_title(writer: Writer, at: Placed[Appendix]) -> str:
    heading = run(f"Appendix {at.number}: ") + writer.inline(at.part.title)
    return f'<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:pageBreakBefore/></w:pPr>{heading}</w:p>'


def _background(writer: Writer, entry: BackgroundPaper) -> str:
    runs = writer.inline(entry.title) + (run(f", {entry.where}") if entry.where else "")
    if entry.link:
        runs += run(" (") + link(writer, entry.link, entry.link) + run(")")
    bullet = _counted(writer.fragment.new_list("bullet"), 0)
    return f'<w:p><w:pPr><w:pStyle w:val="ListBullet"/>{bullet}</w:pPr>{runs}</w:p>'


def _contact(writer: Writer, contact: Contact) -> str:
    """Whom to ask, in one line, which seldom needs a page of its own."""
    named = ", ".join(filter(None, (contact.name, contact.role, contact.telephone)))
    mail = link(writer, f"mailto:{contact.email}", contact.email) if contact.email else ""
    return paragraph("BodyText", run("Contact: ", bold=True) + run(named) + (run(", ") + mail if mail else ""))


def link(writer: Writer, target: str, text: str) -> str:
    """A link to an address outside."""
    return f'<w:hyperlink r:id="{writer.link(target)}">{run(text, style="Hyperlink")}</w:hyperlink>'


def _appendix(writer: Writer, at: Placed[Appendix]) -> str:
    number = writer.fragment.bookmark(at.anchor, run(at.number))
    state = run(" (to follow)") if at.part.to_follow else ""
    return paragraph("BodyText", run("Appendix ") + number + run(": ") + writer.inline(at.part.title) + state)
