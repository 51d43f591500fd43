"""What a paper says behind its cover: contents, sections, standing sections, background papers, contact."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.model.numbered import NumberedPaper, Placed
from boardpack.model.paper import BackgroundPaper, Contact, Paper, Section
from boardpack.render.anchors import end_of, ended, first_of
from boardpack.render.prose import Writer
from boardpack.word import contents, fields
from boardpack.word.markup import run
from boardpack.word.numbering import paper_kind
from boardpack.word.prose import plain
from boardpack.word.tables import paragraph


def sections_of(writer: Writer, at: NumberedPaper) -> Iterator[str]:
    """The contents list, the sections and the standing sections, and whatever no text has placed."""
    paper = at.paper
    number = _numbering(writer, paper)
    if paper.contents:
        yield _contents(at, writer)
    for section in at.sections:
        blocks = _section(writer, section, number, paper)
        yield ended(writer, blocks, section.anchor) if paper.contents and section.part.heading else blocks
    for answer in at.standing:
        heading = writer.fragment.bookmark(answer.anchor, writer.inline(answer.part.heading))
        text = writer.blocks(answer.part.text, numbered=_paragraphs(number, paper, headed=True))
        blocks = _heading(heading, number, paper) + text
        yield ended(writer, blocks, answer.anchor) if paper.contents else blocks
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
    numbering = counted(number, 0) if paper.number_sections else ""
    return f'<w:p><w:pPr><w:pStyle w:val="Heading2"/>{numbering}</w:pPr>{runs}</w:p>'


def _paragraphs(number: int, paper: Paper, *, headed: bool) -> str:
    """Properties of numbered paragraphs: 1.1 needs a numbered heading to count under, a sample such as i) does not."""
    numbered = paper.number_paragraphs
    after_section = numbered is True or (isinstance(numbered, str) and numbered.startswith("1"))
    if not numbered or (after_section and not (headed and paper.number_sections)):
        return ""
    return f'<w:pStyle w:val="NumberedParagraph"/>{counted(number, 1)}'


def _contents(at: NumberedPaper, writer: Writer) -> str:
    """The paper's sections and printed appendices with their pages.

    Rows of page references, because LibreOffice does not fill a TOC.
    """
    line = contents.Line(writer.house.parts["word/styles.xml"], writer.page.text_width)
    rows = [_entry(line, number, plain(text.value), anchor) for number, anchor, text in at.headings()]
    for entry in at.printed:
        title = f"Appendix {entry.number}: {plain(entry.part.title.value)}"
        rows.append(_entry(line, "", title, first_of(entry)))
    return paragraph("ContentsHeading", run("Contents")) + "".join(rows) if rows else ""


def _entry(line: contents.Line, number: str, title: str, anchor: str) -> str:
    """A row of the contents list: number, title, the pages from a bookmark to the one that marks its end."""
    return line.draw(number, title, fields.page_range(anchor, end_of(anchor), "{first}", "{first} to {last}"))


def behind(writer: Writer, at: NumberedPaper) -> Iterator[str]:
    """What stands behind the sections, each under a heading without a number."""
    paper = at.paper
    if paper.background_papers is not None:
        yield paragraph("CoverHeading", run("Background papers"), keep=True)
        yield from (_background(writer, entry) for entry in paper.background_papers)
        if not paper.background_papers:
            yield paragraph("BodyText", run("None"))
    if paper.contact:
        yield _contact(writer, paper.contact)


def _background(writer: Writer, entry: BackgroundPaper) -> str:
    runs = writer.inline(entry.title) + (run(f", {entry.where}") if entry.where else "")
    if entry.link:
        runs += run(" (") + link(writer, entry.link, entry.link) + run(")")
    bullet = counted(writer.fragment.new_list("bullet"), 0)
    return f'<w:p><w:pPr><w:pStyle w:val="ListBullet"/>{bullet}</w:pPr>{runs}</w:p>'


def _contact(writer: Writer, contact: Contact) -> str:
    """Whom to ask, in one line, which seldom needs a page of its own."""
    named = ", ".join(filter(None, (contact.name, contact.role, contact.telephone)))
    mail = link(writer, f"mailto:{contact.email}", contact.email) if contact.email else ""
    return paragraph("BodyText", run("Contact: ", bold=True) + run(named) + (run(", ") + mail if mail else ""))


def link(writer: Writer, target: str, text: str) -> str:
    """A link to an address outside."""
    return f'<w:hyperlink r:id="{writer.link(target)}">{run(text, style="Hyperlink")}</w:hyperlink>'


def counted(number: int, level: int) -> str:
    """The ``w:numPr`` of a paragraph that counts in a list at a level."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
