"""The agenda as a table whose paper column leads to the papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from boardpack.html import tables
from boardpack.html.markup import element, escape
from boardpack.html.tables import Cell, Row
from boardpack.markdown.walk import plain
from boardpack.model.exclusion import HEADING, Exclusion, ExemptItem, exclusion, turns_private
from boardpack.model.figures import clock, sentence
from boardpack.model.meeting import PaperState
from boardpack.model.numbered import Line, NumberedMeeting, NumberedPaper
from boardpack.model.sentences import listed
from boardpack.web import minutes
from boardpack.web.links import Links
from boardpack.web.writer import Writer


def agenda(numbered: NumberedMeeting, *, href: Callable[[str], str], pages: Mapping[str, int]) -> str:
    """The lines of the agenda.

    ``href`` gives the address of a part by its key, empty where it has no page of its own; ``pages`` are the pages of
    the pack by bookmark, empty before it has been laid out.
    """
    writer = Writer(numbered, None, Links(Path.as_posix, href, pages=pages))
    lines = [line for line, below in pairwise((*numbered.lines, None)) if line and not _is_silent(line, below)]
    timed = any(line.slot for line in lines)
    turn = next((at for at, line in enumerate(lines) if turns_private(numbered, line)), len(lines))
    before = _table(writer, lines[:turn], timed=timed)
    after = _table(writer, lines[turn:], timed=timed, name="Agenda, continued" if before else "Agenda")
    return before + (_exclusion(numbered) if after else "") + after


def _table(writer: Writer, lines: Sequence[Line], *, timed: bool, name: str = "Agenda") -> str:
    """Some of the lines; two tables where the agenda turns private, with the resolution between them."""
    if not lines:
        return ""
    names = ("Item", "Subject", *(("Time",) if timed else ()), "Paper")
    head = element("tr", "".join(element("th", name, scope="col") for name in names))
    rows = "".join(_row(writer, line, timed=timed) for line in lines)
    drawn = element("table", element("thead", head) + element("tbody", rows), class_="agenda")
    return element("div", drawn, class_="frame", role="group", tabindex=0, aria_label=name)


def _exclusion(numbered: NumberedMeeting) -> str:
    """The resolution to exclude the public, with the items that it is for."""
    said = exclusion(numbered)
    if said is None:
        return ""
    parts = [element("h3", HEADING)]
    if said.asked:
        head = Row([Cell(name) for name in said.heads], "header")
        rows = [Row([Cell(escape(text)) for text in _exempt(each, said)]) for each in said.exempt]
        parts += [element("p", escape(said.asked)), tables.table([head, *rows], name="Items to be taken in private")]
    if said.must:
        parts.append(element("p", escape(said.must)))
    return element("section", "".join(parts), class_="exclusion")


def _exempt(item: ExemptItem, said: Exclusion) -> Iterator[str]:
    yield from (item.item, item.paragraphs)
    if said.weighed:
        yield plain(item.public_interest.value) if item.public_interest else "Not stated"


def _is_silent(line: Line, below: Line | None) -> bool:
    """Whether a line has nothing to print: it only groups lines whose own labels repeat its number."""
    item = line.item
    says = item.title or item.state or item.purposes or item.presenter or item.next or line.slot
    return not says and bool(item.items) and below is not None and line.anchor not in dict(below.cited)


def _row(writer: Writer, line: Line, *, timed: bool) -> str:
    slot = f"{clock(line.slot.starts)} to {clock(line.slot.ends)}" if line.slot else ""
    cells = (
        element("td", escape(line.label), class_="label"),
        element("td", _subject(writer, line)),
        *((element("td", escape(slot), class_="time"),) if timed else ()),
        element("td", _paper_cell(writer, line)),
    )
    return element("tr", "".join(cells), id=line.anchor, class_=f"depth{min(line.depth, 3)}")


def _subject(writer: Writer, line: Line) -> str:
    """Title, linked to the paper, then on lines of their own the purpose, who presents, the next meeting."""
    again = line.part and not line.range_of  # a later line of a run that one paper serves
    said = () if again else (sentence(listed(line.purposes)), _presenter(writer, line))
    following = minutes.next_meeting(writer.numbered.meeting.next) if line.item.next else ""
    details = [" · ".join(filter(None, said)), following]
    rest = "".join(element("p", escape(detail), class_="detail") for detail in details if detail)
    return element("p", _title(writer, line), class_="subject") + rest


def _title(writer: Writer, line: Line) -> str:
    paper = writer.numbered.papers.get(line.part)
    text = line.item.title or (paper.paper.title if paper else None)
    if text is None:
        return "Date of next meeting" if line.item.next else ""
    words = writer.inline(text)
    address = writer.links.part(line.part) if line.part else ""
    return element("a", words, href=address) if address and "<a " not in words else words


def _presenter(writer: Writer, line: Line) -> str:
    at = writer.numbered.papers.get(line.part)
    person = line.item.presenter or (at.paper.presenter if at else None)
    return person.ranked if person else ""


def _paper_cell(writer: Writer, line: Line) -> str:
    wording = writer.numbered.meeting.board.paper_column
    if line.range_of:
        words = paper_column(writer.numbered, line.range_of, writer.links.pages)
        address = writer.links.part(line.range_of)
        if not address:
            return escape(words)
        hidden = element("span", escape(f": {_name(writer.numbered, line.range_of)}"), class_="hidden")
        return element("a", escape(words) + hidden, href=address)
    plainly = {
        PaperState.VERBAL: wording.verbal,
        PaperState.TO_FOLLOW: wording.to_follow,
        PaperState.TABLED: wording.tabled,
        PaperState.TEXT: line.item.paper,
        PaperState.MINUTES: wording.to_follow,
    }
    return escape(plainly.get(line.item.state, ""))


def _name(numbered: NumberedMeeting, key: str) -> str:
    at = numbered.parts[key]
    return plain(at.paper.title.value) if isinstance(at, NumberedPaper) else minutes.title(at)


def paper_column(numbered: NumberedMeeting, key: str, pages: Mapping[str, int]) -> str:
    """What the agenda's paper column says of a part: its pages, or why the public may not have it."""
    at, wording = numbered.parts[key], numbered.meeting.board.paper_column
    withheld = at.paper.withheld if isinstance(at, NumberedPaper) else ""
    first, last = pages.get(at.start), numbered.edition.pages.get(at.end, pages.get(at.end))
    known = first is not None and last is not None
    if numbered.leaves_out(at):
        named = _ranged(wording.withheld_page, wording.withheld, first, last) if known else "Not for publication"
        return f"{named} ({withheld})"
    if not known:
        return "Report" if isinstance(at, NumberedPaper) else "Minutes"
    issued = numbered.supplement
    if issued and (issued.holds(at.start) or at.start in issued.earlier):
        return _ranged(wording.supplement_page, wording.supplement, first, last)
    return _ranged(wording.page, wording.pages, first, last)


def _ranged(one: str, many: str, first: int | None, last: int | None) -> str:
    wording = one if first == last else many
    return wording.replace("{first}", str(first)).replace("{last}", str(last))
