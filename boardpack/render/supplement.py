"""The front sheet of a supplement: what is new in it, what it replaces, what is withdrawn, why it comes late."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from boardpack.model import dates
from boardpack.model.numbered import NumberedFile, NumberedMeeting, NumberedMinutes, NumberedPaper, Part
from boardpack.model.published import FRONT_SHEET, Supplement
from boardpack.model.sentences import listed
from boardpack.render import withheld
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
    """What is new, replaced, withdrawn or taken again with its pages, then the reasons of papers that are late."""
    numbered = writer.numbered
    rows = [row for _, row in sorted(_rows(numbered, issued), key=itemgetter(0))]
    if not rows:
        return
    heads = ("Item", "Subject", "Pages", "What has changed")
    header = Row([Cell(paragraph("TableHeading", run(head))) for head in heads], "header")
    width = writer.house.page.text_width
    widths = [width // 8, width * 3 // 8, width * 2 // 8]
    yield table([header, *rows], [*widths, width - sum(widths)], title="What has changed")
    yield paragraph("TableEnd", "")
    for _, at in parts(numbered):
        if isinstance(at, NumberedPaper) and (reasons := lateness(writer, at.paper)):
            yield paragraph("CoverHeading", run(f"Item {at.label}: {_title(at)}"), keep=True)
            yield reasons


def _guide(issued: Supplement) -> str:
    """What the reader is to do with the papers at hand."""
    aside = ["the replaced papers"] if issued.replaced else []
    if any(each.first for each in issued.withdrawn):
        aside.append("those that are withdrawn" if aside else "the papers that are withdrawn")
    put = f"Put {listed(aside)} aside. " if aside else ""
    if issued.late or issued.replaced:
        return f"{put}All pages that are out keep their numbers; the pages of this supplement go on from them."
    return f"The agenda has changed and is issued again beside this sheet. No paper is new or replaced. {put}".strip()


def _rows(numbered: NumberedMeeting, issued: Supplement) -> Iterator[tuple[tuple[int, int], Row]]:
    """The rows, each with its place in the agenda: behind how many of its lines, and what was withdrawn there last."""
    places = {line.anchor: place for place, line in enumerate(numbered.lines)}
    for at in numbered.parts.values():
        if issued.holds(at.start) or at.start in issued.again:
            place = places[at.lines[0].anchor]
            yield (place, 0), _row(at.label, _title(at), _pages(numbered, at), _state(issued, at))
    for each in issued.withdrawn:
        first, last = each.first, each.last
        pages = run(str(first) if first == last else f"{first} to {last}") if first else ""
        title = each.public if numbered.edition.public else each.title
        yield (each.after, 1), _row(each.label, title, pages, "Withdrawn" if each.whole else "Paper withdrawn")


def _pages(numbered: NumberedMeeting, at: Part) -> str:
    """The pages of a part as runs. Where the last are left out of this edition, their number is no field but words."""
    if not withheld.ends_withheld(numbered, at):
        return fields.page_range(at.start, at.end, "{first}", "{first} to {last}")
    first, last = numbered.edition.pages[at.start], numbered.edition.pages[at.end]
    said = "{first}" if first == last else f"{{first}} to {last}"
    return fields.page_range(at.start, at.start, said, said)


def _row(label: str, title: str, pages: str, state: str) -> Row:
    """One row; ``pages`` are runs."""
    return Row([Cell(paragraph("TableText", runs)) for runs in (run(label), run(title), pages, run(state))])


def _state(issued: Supplement, at: Part) -> str:
    if at.start in issued.again:
        return "On the agenda again"
    old = issued.replaced.get(at.start)
    return _replaces(old.first, old.last) if old else "New"


def _replaces(first: int, last: int) -> str:
    return f"Replaces page {first}" if first == last else f"Replaces pages {first} to {last}"


def _title(at: Part) -> str:
    if isinstance(at, NumberedMinutes):
        return minutes_title(at)
    if isinstance(at, NumberedFile):
        return at.title
    return paper_title(at) if isinstance(at, NumberedPaper) else ""
