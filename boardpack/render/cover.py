"""What a cover says beside the usual lines: why the paper is withheld, who has cleared it, why a late one is taken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress

from boardpack.model import dates
from boardpack.model.clearance import Clearance, holding
from boardpack.model.exemption import grounds, reason, reason_head
from boardpack.model.numbered import NumberedMeeting
from boardpack.model.paper import Late, Paper
from boardpack.render import words
from boardpack.render.prose import Writer
from boardpack.word.markup import run
from boardpack.word.prose import plain
from boardpack.word.tables import paragraph


def cover_lines(numbered: NumberedMeeting, paper: Paper) -> Iterator[tuple[str, str]]:
    """The cover lines after the usual ones: why it is withheld, the house's own, who has cleared the paper as it is.

    Every copy of a withheld report states the description of the exempt information in terms of Schedule 12A (Local
    Government Act 1972, section 100B(5)).
    """
    if because := grounds(paper.withheld, numbered.meeting.board.statute):
        yield "Withheld as", words.sentence(because)
    if why := reason(paper, numbered.edition):
        yield reason_head(paper.withheld), plain(why.value)
    yield from ((label, plain(answer.value)) for label, answer in paper.cover)
    if held := list(compress(paper.clearance, holding(paper.clearance, paper.content))):
        yield "Cleared by", "; ".join(_cleared(each) for each in held)


def _cleared(clearance: Clearance) -> str:
    """Finance (A Dawlish, 20 February 2010)."""
    details = ", ".join(filter(None, (clearance.name, dates.short_date(clearance.on) if clearance.on else "")))
    return words.sentence(clearance.by) + (f" ({details})" if details else "")


def lateness(writer: Writer, paper: Paper) -> str:
    """Why a late paper is urgent and why it is late, in two paragraphs, then who agreed that it be taken."""
    if paper.late is None:
        return ""
    told = (("Reason for urgency", paper.late.urgency), ("Reason for lateness", paper.late.reason))
    blocks = "".join(
        paragraph("CoverHeading", run(heading), keep=True) + paragraph("BodyText", writer.inline(text))
        for heading, text in told
        if text
    )
    return blocks + (paragraph("BodyText", run(_agreed(writer, paper.late))) if paper.late.agreed_by else "")


def _agreed(writer: Writer, late: Late) -> str:
    who = late.agreed_by.full if late.agreed_by else ""
    who += "," if "," in who else ""
    day = f" on {dates.short_date(late.agreed_on)}" if late.agreed_on else ""
    bound = writer.numbered.meeting.board.statute not in {"", "none"}
    act = " (Local Government Act 1972, section 100B(4)(b))" if bound else ""
    return f"{who} agreed{day} that this item be taken as a matter of urgency{act}."
