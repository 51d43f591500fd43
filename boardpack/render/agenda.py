"""The agenda: its frame from the house's template, its lines as one table with a real header row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from boardpack.model import dates
from boardpack.model.exclusion import turns_private
from boardpack.model.meeting import NextMeeting, PaperState
from boardpack.model.numbered import Line, NumberedMeeting, NumberedPaper, Part
from boardpack.model.sentences import listed
from boardpack.render import withheld, words
from boardpack.render.paper import running
from boardpack.render.prose import Writer
from boardpack.word import fields, sections, template
from boardpack.word.fragment import Fragment, Ids
from boardpack.word.markup import run
from boardpack.word.tables import Cell, Row, paragraph, table
from boardpack.word.template import House, Shell


def fragment(numbered: NumberedMeeting, house: House, frame: Shell, ids: Ids, *, live: bool) -> Fragment:
    """The agenda as the first section.

    ``live`` in the pack, where its titles link to their papers and its labels are what references lead to.
    """
    part = Fragment(ids)
    writer = Writer(numbered, None, part, house)
    meeting = numbered.meeting
    values: dict[str, object] = {
        "organisation": meeting.board.organisation,
        "board": meeting.board.name,
        "meeting_title": meeting.title,
        "date": dates.long_date(meeting.date),
        "time": " to ".join(words.clock(moment) for moment in (meeting.starts, meeting.ends) if moment),
        "venue": meeting.venue,
        "agenda": template.ready(_lines(writer, live=live)),
    }
    blocks = part.shell(frame, values)
    references = running(part, house, numbered, "")
    part.xml.append(sections.close(blocks, sections.section(references, house.page)))
    return part


def _lines(writer: Writer, *, live: bool) -> str:
    """The lines as a table, in two parts where the agenda turns private: the resolution stands between them."""
    lines = [line for line, below in pairwise((*writer.numbered.lines, None)) if line and not _is_silent(line, below)]
    timed = any(line.slot for line in lines)
    turn = next((at for at, line in enumerate(lines) if turns_private(writer.numbered, line)), len(lines))
    before, after = (_table(writer, part, timed=timed, live=live) for part in (lines[:turn], lines[turn:]))
    return before + (withheld.exclusion(writer, writer.house.page.text_width) if after else "") + after


def _table(writer: Writer, lines: Sequence[Line], *, timed: bool, live: bool) -> str:
    if not lines:
        return ""
    heads = ("Item", "Subject", *(("Time",) if timed else ()), "Paper")
    header = Row([Cell(paragraph("TableHeading", run(head))) for head in heads], "header")
    rows = [header, *(_row(writer, line, timed=timed, live=live) for line in lines)]
    return table(rows, _widths(writer, timed=timed), style="AgendaTable", title="Agenda")


def _is_silent(line: Line, below: Line | None) -> bool:
    """Whether a line has nothing to print: it only groups lines whose own labels repeat its number."""
    item = line.item
    says = item.title or item.state or item.purposes or item.presenter or item.next or line.slot
    return not says and bool(item.items) and below is not None and line.anchor not in dict(below.cited)


def _widths(writer: Writer, *, timed: bool) -> list[int]:
    """The labels' column as wide as the widest label, the times' and the papers' fixed, the rest for the subjects."""
    from boardpack.word.metrics import text_width

    label = max((text_width(line.label, 12) for line in writer.numbered.lines), default=0.0)
    first = max(880, min(1800, round(label * 1.1) + 200))
    others = ([1630] if timed else []) + [2140]
    return [first, writer.house.page.text_width - first - sum(others), *others]


def _row(writer: Writer, line: Line, *, timed: bool, live: bool) -> Row:
    own = line.cited[-1][1]  # a stop behind it is no part of what refers to it
    label = run(own)
    if live:
        label = writer.fragment.bookmark(line.anchor, label)
    label += run(line.label.removeprefix(own))
    cells = [
        Cell(_paragraph("AgendaNumber", label, line)),
        Cell(_subject(writer, line, live=live)),
        *([Cell(_paragraph("AgendaCell", run(words.slot(line.slot) if line.slot else ""), line))] if timed else []),
        Cell(_paragraph("AgendaCell", _paper_cell(writer, line), line)),
    ]
    return Row(cells)


def _paragraph(style: str, runs: str, line: Line) -> str:
    """A cell's paragraph; a line that holds others stays with the first of them."""
    return paragraph(style, runs, keep=bool(line.item.items))


def _subject(writer: Writer, line: Line, *, live: bool) -> str:
    """Title, linked to the paper, then on lines of their own the purpose, who presents, the next meeting."""
    again = line.part and not line.range_of  # a later line of a run that one paper serves
    said = () if again else (words.sentence(listed(line.purposes)), _presenter(writer, line))
    details = [" · ".join(filter(None, said)), next_meeting(writer.numbered.meeting.next) if line.item.next else ""]
    first = paragraph(
        "AgendaSubitem" if line.depth else "AgendaItem",
        _title(writer, line, live=live),
        keep=any(details) or bool(line.item.items),
    )
    rest = (_paragraph("AgendaDetail", run(detail), line) for detail in details if detail)
    return first + "".join(rest)


def _title(writer: Writer, line: Line, *, live: bool) -> str:
    numbered = writer.numbered
    at = numbered.parts.get(line.part)
    paper = numbered.papers.get(line.part)
    text = line.item.title or (paper.paper.title if paper else None)
    if text is None:
        return run("Date of next meeting" if line.item.next else "")
    runs = writer.inline(text)
    if at is None or "<w:hyperlink" in runs:
        return runs
    if not live and numbered.leaves_out(at):
        return runs
    if not live:
        from boardpack.word.markup import escape

        return f'<w:hyperlink r:id="{escape(writer.link(f"reports/{at.stem}.docx"))}">{runs}</w:hyperlink>'
    return fields.link(at.start, runs)


def _presenter(writer: Writer, line: Line) -> str:
    at = writer.numbered.papers.get(line.part)
    person = line.item.presenter or (at.paper.presenter if at else None)
    return person.ranked if person else ""


def next_meeting(meeting: NextMeeting | None) -> str:
    """When and where the board meets next, in one line."""
    if meeting is None:
        return ""
    starts = words.clock(meeting.starts) if meeting.starts else ""
    return ", ".join(filter(None, (dates.long_date(meeting.date), starts, meeting.venue)))


def _paper_cell(writer: Writer, line: Line) -> str:
    wording = writer.numbered.meeting.board.paper_column
    if line.range_of:
        return _range(writer.numbered, writer.numbered.parts[line.range_of])
    plain = {
        PaperState.VERBAL: wording.verbal,
        PaperState.TO_FOLLOW: wording.to_follow,
        PaperState.TABLED: wording.tabled,
        PaperState.TEXT: line.item.paper,
        PaperState.MINUTES: wording.to_follow,
    }
    return run(plain.get(line.item.state, ""))


def _range(numbered: NumberedMeeting, at: Part) -> str:
    """The pages of a part. Where the last ones are left out of this edition, their number is no field but words."""
    wording, pages = numbered.meeting.board.paper_column, numbered.edition.pages
    one, many = wording.page, wording.pages
    issued = numbered.supplement
    if issued and (issued.holds(at.start) or at.start in issued.earlier):
        one, many = wording.supplement_page, wording.supplement
    if isinstance(at, NumberedPaper) and numbered.leaves_out(at):
        one, many = (f"{words} ({at.paper.withheld})" for words in (wording.withheld_page, wording.withheld))
    if not withheld.ends_withheld(numbered, at):
        return fields.page_range(at.start, at.end, one, many)
    said = one if pages[at.start] == pages[at.end] else many.replace("{last}", str(pages[at.end]))
    return fields.page_range(at.start, at.start, said, said)
