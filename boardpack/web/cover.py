"""The cover of a paper: what it is, whose, for which meeting; its purpose and what it recommends."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.html.markup import element, escape
from boardpack.markdown.walk import plain
from boardpack.model.clearance import Clearance, Standing, standings
from boardpack.model.dates import long_date, short_date
from boardpack.model.exemption import grounds, reason, reason_head
from boardpack.model.figures import clock, sentence
from boardpack.model.numbered import NumberedMeeting, NumberedPaper
from boardpack.model.paper import Late, Paper
from boardpack.model.sentences import listed
from boardpack.web.writer import Writer


def cover(writer: Writer, at: NumberedPaper) -> str:
    """The head of the article: the item, the title, and the facts as a list of names and values."""
    paper = at.paper
    label = " · ".join(filter(None, (at.named, marking(paper.withheld))))
    above = element("p", escape(label), class_="item") if label else ""
    heading = element("h1", writer.inline(paper.title), data_line=writer.line(paper.title))
    return element("header", above + heading + facts(_facts(writer.numbered, paper)))


def facts(named: Iterator[tuple[str, str]]) -> str:
    """Names and values as a list of definitions, without those that have no value."""
    said = ((escape(name), escape(value)) for name, value in named if value)
    rows = (element("div", element("dt", name) + element("dd", value)) for name, value in said)
    return element("dl", "".join(rows), class_="facts")


def marking(withheld: str) -> str:
    """What withheld content says at its head; nothing for what is open."""
    return f"Not for publication ({withheld})" if withheld else ""


def _facts(numbered: NumberedMeeting, paper: Paper) -> Iterator[tuple[str, str]]:
    yield "Purpose", sentence(listed(paper.purposes))
    yield "Author", "; ".join(person.full for person in paper.authors)
    yield "Presented by", _presenter(paper)
    yield "Theme", paper.theme
    yield "Withheld as", sentence(grounds(paper.withheld, numbered.meeting.board.statute))
    why = reason(paper, numbered.edition)
    yield reason_head(paper.withheld), plain(why.value) if why else ""
    yield from ((label, plain(answer.value)) for label, answer in paper.cover)
    held = (each for each, state in standings(paper.clearance, paper.content) if state is not Standing.LAPSED)
    yield "Cleared by", "; ".join(_cleared(each) for each in held)
    yield from place_and_time(numbered, ends=False)


def place_and_time(numbered: NumberedMeeting, *, ends: bool = True) -> Iterator[tuple[str, str]]:
    """Which meeting, when and where; with ``ends`` also until when."""
    meeting = numbered.meeting
    organised = ", ".join(filter(None, (meeting.board.name, meeting.board.organisation)))
    yield "Meeting", " · ".join(filter(None, (organised, meeting.title)))
    times = [clock(moment) for moment in (meeting.starts, meeting.ends if ends else None) if moment]
    yield "Date and time", ", ".join(filter(None, (long_date(meeting.date), " to ".join(times))))
    yield "Venue", meeting.venue


def _cleared(clearance: Clearance) -> str:
    """Finance (A Dawlish, 20 February 2010)."""
    details = ", ".join(filter(None, (clearance.name, short_date(clearance.on) if clearance.on else "")))
    return sentence(clearance.by) + (f" ({details})" if details else "")


def _presenter(paper: Paper) -> str:
    """Who presents the paper, unless its one author does."""
    alone = len(paper.authors) == 1 and paper.presenter is not None and paper.presenter.name == paper.authors[0].name
    return paper.presenter.full if paper.presenter and not alone else ""


def summary(writer: Writer, at: NumberedPaper) -> Iterator[str]:
    """What the cover goes on with: the purpose of the report, why it is late if it is, and what it recommends."""
    paper = at.paper
    if paper.summary:
        yield element("h2", "Purpose of report", id=f"{at.start}summary") + writer.blocks(paper.summary)
    if paper.late:
        yield from _lateness(writer, paper.late)
    if paper.recommendations:
        lead = writer.inline(writer.numbered.meeting.board.recommendations_lead)
        items = (element("li", writer.inline(text), data_line=writer.line(text)) for text in paper.recommendations)
        yield element("h2", "Recommendations", id=f"{at.start}recommendations")
        yield element("p", lead) if lead else ""
        yield element("ol", "".join(items), class_="recommendations")


def _lateness(writer: Writer, late: Late) -> Iterator[str]:
    for heading, text in (("Reason for urgency", late.urgency), ("Reason for lateness", late.reason)):
        if text:
            yield element("h2", heading) + element("p", writer.inline(text), data_line=writer.line(text))
    if late.agreed_by:
        day = f" on {short_date(late.agreed_on)}" if late.agreed_on else ""
        bound = writer.numbered.meeting.board.statute not in {"", "none"}
        act = " (Local Government Act 1972, section 100B(4)(b))" if bound else ""
        agreed = f"{late.agreed_by.full} agreed{day} that this item be taken as a matter of urgency{act}."
        yield element("p", escape(agreed))
