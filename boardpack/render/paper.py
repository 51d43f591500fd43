"""A paper: cover block, summary, recommendations, sections, standing sections, background papers, contact, closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from boardpack.model import dates
from boardpack.model.numbered import NumberedMeeting, NumberedPaper, Placed
from boardpack.model.paper import Appendix, BackgroundPaper, Contact, Paper, Section
from boardpack.model.sentences import listed
from boardpack.render import words
from boardpack.render.prose import Writer
from boardpack.word import contents, fields, sections, template
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
        yield _contents(at, writer)
    for section in at.sections:
        blocks = _section(writer, section, number, paper)
        yield _ended(writer, blocks, section.anchor) if paper.contents and section.part.heading else blocks
    for answer in at.standing:
        heading = writer.fragment.bookmark(answer.anchor, writer.inline(answer.part.heading))
        text = writer.blocks(answer.part.text, numbered=_paragraphs(number, paper, headed=True))
        blocks = _heading(heading, number, paper) + text
        yield _ended(writer, blocks, answer.anchor) if paper.contents else blocks
    yield writer.unplaced()


def _numbering(writer: Writer, paper: Paper) -> int:
    """A list for sections and their paragraphs."""
    return writer.fragment.new_list(paper_kind(paper.number_paragraphs), levels=(0, 1))


def _section(writer: Writer, at: Placed[Section], number: int, paper: Paper) -> str:
    section = at.part
    if section.heading is None:
        # Before the first heading paragraphs count in a list of their own: where a list begins with its second level,
        # LibreOffice does not restart the first.
        paragraphs = _paragraphs(_numbering(writer, paper), paper, headed=False)
        return writer.blocks(section.text, numbered=paragraphs)
    heading = _heading(writer.fragment.bookmark(at.anchor, writer.inline(section.heading)), number, paper)
    return heading + writer.blocks(section.text, numbered=_paragraphs(number, paper, headed=True))


def _heading(runs: str, number: int, paper: Paper) -> str:
    counted = _counted(number, 0) if paper.number_sections else ""
    return f'<w:p><w:pPr><w:pStyle w:val="Heading2"/>{counted}</w:pPr>{runs}</w:p>'


def _paragraphs(number: int, paper: Paper, *, headed: bool) -> str:
    """Properties of numbered paragraphs: 1.1 needs a numbered heading to count under, a sample such as i) does not."""
    numbered = paper.number_paragraphs
    after_section = numbered is True or (isinstance(numbered, str) and numbered.startswith("1"))
    if not numbered or (after_section and not (headed and paper.number_sections)):
        return ""
    return f'<w:pStyle w:val="NumberedParagraph"/>{_counted(number, 1)}'


def _contents(at: NumberedPaper, writer: Writer) -> str:
    """The paper's sections and printed appendices with their pages.

    Rows of page references, because LibreOffice does not fill a TOC.
    """
    line = contents.Line(writer.house.parts["word/styles.xml"], writer.page.text_width)
    rows = [_entry(line, number, plain(text.value), anchor) for number, anchor, text in at.headings()]
    for entry in _printed(at):
        title = f"Appendix {entry.number}: {plain(entry.part.title.value)}"
        rows.append(_entry(line, "", title, _first_of(entry)))
    return paragraph("ContentsHeading", run("Contents")) + "".join(rows) if rows else ""


def _entry(line: contents.Line, number: str, title: str, anchor: str) -> str:
    """A row of the contents list: number, title, the pages from a bookmark to the one that marks its end."""
    return line.draw(number, title, fields.page_range(anchor, _end_of(anchor), "{first}", "{first} to {last}"))


def _end_of(anchor: str) -> str:
    """The bookmark at the end of what another one opens."""
    return f"{anchor}z"


def _ended(writer: Writer, blocks: str, anchor: str) -> str:
    """The blocks with the bookmark at their end that a contents list asks for."""
    return sections.mark_end(blocks, lambda runs: writer.fragment.bookmark(_end_of(anchor), runs))


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
    for entry in _printed(at):
        blocks, first = _appended(writer, at, entry), _first_of(entry)
        if paper.contents:
            blocks = _ended(writer, sections.mark_start(blocks, writer.fragment.bookmark(first)), first)
        yield blocks


def _printed(at: NumberedPaper) -> Iterator[Placed[Appendix]]:
    """The appendices that are printed, each on pages of its own."""
    for entry in at.appendices:
        if entry.anchor in at.annexes or (entry.part.file and entry.part.file.suffix.lower() in PICTURES):
            yield entry


def _first_of(entry: Placed[Appendix]) -> str:
    """The bookmark on the first page of an appendix."""
    return f"{entry.anchor}p"


def _appended(writer: Writer, at: NumberedPaper, entry: Placed[Appendix]) -> str:
    """A printed appendix: a paper or a picture."""
    if annex := at.annexes.get(entry.anchor):
        turned = annex.paper.landscape != at.paper.landscape
        return _annex(replace(writer, paper=annex, placed_parts=set()), entry, annex, turned=turned)
    picture = writer.picture(entry.part.file, plain(entry.part.title.value)) if entry.part.file else ""
    return _annex_title(writer, entry) + picture


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
