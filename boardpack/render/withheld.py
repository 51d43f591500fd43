"""What is said of content that is not for publication: markings, placeholder pages, the resolution to exclude.

Local Government Act 1972: section 100A(2) and (4) exclude the public, 100B(5) marks what is withheld.
"""

from __future__ import annotations

from boardpack.model.exclusion import HEADING, Exclusion
from boardpack.model.exclusion import exclusion as stated
from boardpack.model.exemption import grounds
from boardpack.model.numbered import NumberedMeeting, NumberedPaper, Part, Placed
from boardpack.model.paper import Appendix
from boardpack.render.anchors import end_of, first_of
from boardpack.render.prose import Writer
from boardpack.word.markup import run
from boardpack.word.prose import plain
from boardpack.word.tables import Cell, Row, paragraph, table


def marking(withheld: str) -> str:
    """What every page of withheld content says, and nothing for what is open: "Not for publication (confidential)"."""
    return f"Not for publication ({withheld})" if withheld else ""


def is_placeholder(numbered: NumberedMeeting, entry: Placed[Appendix]) -> bool:
    """Whether a withheld appendix stands in this edition as the page that says so."""
    edition = numbered.edition
    return edition.public and bool(entry.part.withheld) and first_of(entry) in edition.pages


def ends_withheld(numbered: NumberedMeeting, at: Part) -> bool:
    """Whether the last pages of a part are left out of this edition."""
    if numbered.leaves_out(at) or not isinstance(at, NumberedPaper):
        return numbered.leaves_out(at)
    shown = [entry for entry in at.appendices if entry in at.printed or is_placeholder(numbered, entry)]
    return bool(shown) and is_placeholder(numbered, shown[-1])


def appendix_page(writer: Writer, entry: Placed[Appendix]) -> str:
    """What stands on the placeholder page of an appendix, below its title."""
    first = first_of(entry)
    return _placeholder(writer, entry.part.withheld, first, end_of(first))


def paper_page(writer: Writer, at: NumberedPaper) -> str:
    """The placeholder page of a paper."""
    label = paragraph("CoverItem", run(at.named)) if at.named else ""
    heading = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{writer.inline(at.paper.title)}</w:p>'
    return label + heading + _placeholder(writer, at.paper.withheld, at.start, at.end)


def _placeholder(writer: Writer, withheld: str, first: str, last: str) -> str:
    pages = writer.numbered.edition.pages
    one = pages[first] == pages[last]
    named = f"Page {pages[first]} is" if one else f"Pages {pages[first]} to {pages[last]} are"
    because = grounds(withheld, writer.numbered.meeting.board.statute)
    why = f"{'It holds' if one else 'They hold'} {because}." if because else ""
    said = paragraph("BodyText", run(f"{named} not for publication ({withheld}).", bold=True))
    return said + (paragraph("BodyText", run(why)) if why else "")


def exclusion(writer: Writer, width: int) -> str:
    """The resolution to exclude the public, with the items that it is for; empty where nothing is withheld."""
    told = stated(writer.numbered)
    if told is None:
        return ""
    blocks = paragraph("Heading2", run(HEADING), keep=True)
    if told.exempt:
        items = _in_private(told, width) + paragraph("TableEnd", "")
        blocks += paragraph("BodyText", run(told.asked), keep=True) + items
    return blocks + (paragraph("BodyText", run(told.must)) if told.must else "")


def _in_private(told: Exclusion, width: int) -> str:
    """The exempt items with their paragraphs and, in the members' edition, why the public interest is in that."""
    header = Row([Cell(paragraph("TableHeading", run(head))) for head in told.heads], "header")
    rows = [[each.item, each.paragraphs] for each in told.exempt]
    widths = [width * 3 // 5, width - width * 3 // 5]
    if told.weighed:
        for row, each in zip(rows, told.exempt, strict=True):
            row.append(plain(each.public_interest.value) if each.public_interest else "Not stated")
        widths = [width * 3 // 10, width // 5, width - width * 3 // 10 - width // 5]
    cells = (Row([Cell(paragraph("TableText", run(text))) for text in row]) for row in rows)
    return table([header, *cells], widths, title="Items to be taken in private")
