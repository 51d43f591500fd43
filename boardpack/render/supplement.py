"""The front sheet of a supplement: what is new in it, what it replaces, and why it comes late."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.model import dates
from boardpack.model.numbered import NumberedFile, NumberedMeeting, NumberedMinutes, NumberedPaper, Part
from boardpack.model.published import FRONT_SHEET, Supplement
from boardpack.render.cover import lateness
from boardpack.render.minutes import title as minutes_title
from boardpack.render.paper import running
from boardpack.render.paper import title as paper_title
from boardpack.render.prose import Writer
from boardpack.word import fields, sections
from boardpack.word.fragment import Fragment, Ids
from boardpack.word.markup import run
from boardpack.word.tables import Cell, Row, paragraph, table
from boardpack.word.template import House


def fragment(numbered: NumberedMeeting, house: House, ids: Ids) -> Fragment:
    """The front sheet as the first section of a supplement, whose page numbers go on from what is out."""
    part = Fragment(ids)
    writer = Writer(numbered, None, part, house)
    blocks = sections.mark_start("".join(_blocks(writer)), part.bookmark(FRONT_SHEET))
    references = running(part, house, numbered, "")
    properties = sections.section(references, house.page, fields.section_start(FRONT_SHEET))
    part.xml.append(sections.close(blocks, properties))
    return part


def parts(numbered: NumberedMeeting) -> list[tuple[str, Part]]:
    """The parts that the supplement holds, in the order of the agenda, by their keys."""
    issued = numbered.supplement
    return [(key, at) for key, at in numbered.parts.items() if issued and issued.holds(at.start)]


def _blocks(writer: Writer) -> Iterator[str]:
    numbered = writer.numbered
    issued, meeting = numbered.supplement, numbered.meeting
    if issued is None:
        raise ValueError(f"{meeting.id} has no supplement")
    yield paragraph("Subtitle", run(meeting.board.organisation))
    yield paragraph("Title", run(meeting.board.name))
    yield paragraph("Heading1", run(f"Supplement {issued.number}"))
    held = ", ".join(filter(None, (dates.long_date(meeting.date), meeting.venue)))
    yield paragraph("BodyText", run(f"To the papers for the meeting of {held}."))
    yield paragraph("BodyText", run(_guide(issued)), keep=True)
    yield from _papers(writer, issued)


def _papers(writer: Writer, issued: Supplement) -> Iterator[str]:
    """The papers of the supplement with their pages, then the reasons of those that are late."""
    numbered = writer.numbered
    rows = [_row(issued, at) for _, at in parts(numbered)]
    if not rows:
        return
    heads = ("Item", "Paper", "Pages", "New or replaced")
    header = Row([Cell(paragraph("TableHeading", run(head))) for head in heads], "header")
    width = writer.house.page.text_width
    widths = [width // 8, width * 3 // 8, width * 2 // 8]
    yield table([header, *rows], [*widths, width - sum(widths)], title="Papers in this supplement")
    yield paragraph("TableEnd", "")
    for _, at in parts(numbered):
        if isinstance(at, NumberedPaper) and (reasons := lateness(writer, at.paper)):
            yield paragraph("CoverHeading", run(f"Item {at.label}: {_title(at)}"), keep=True)
            yield reasons


def _guide(issued: Supplement) -> str:
    if not issued.late and not issued.replaced:
        return "The agenda has changed and is issued again beside this sheet. No paper is new or replaced."
    some = "pages that are out keep their numbers; the pages of this supplement go on from them"
    if issued.replaced:
        return f"Put the replaced papers aside. All {some}."
    return f"All {some}."


def _row(issued: Supplement, at: Part) -> Row:
    pages = fields.page_range(at.start, at.end, "{first}", "{first} to {last}")
    old = issued.replaced.get(at.start)
    state = _replaces(old.first, old.last) if old else "New"
    return Row(
        [
            Cell(paragraph("TableText", run(at.label))),
            Cell(paragraph("TableText", run(_title(at)))),
            Cell(paragraph("TableText", pages)),
            Cell(paragraph("TableText", run(state))),
        ]
    )


def _replaces(first: int, last: int) -> str:
    return f"Replaces page {first}" if first == last else f"Replaces pages {first} to {last}"


def _title(at: Part) -> str:
    if isinstance(at, NumberedMinutes):
        return minutes_title(at)
    if isinstance(at, NumberedFile):
        return at.title
    return paper_title(at) if isinstance(at, NumberedPaper) else ""
