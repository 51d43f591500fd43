"""What a cover says beside the usual lines: who has cleared the paper, and why a late one is taken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress

from boardpack.model import dates
from boardpack.model.clearance import Clearance, holding
from boardpack.model.paper import Late, Paper
from boardpack.render import words
from boardpack.render.prose import Writer
from boardpack.word.markup import run
from boardpack.word.prose import plain
from boardpack.word.tables import paragraph


def cover_lines(paper: Paper) -> Iterator[tuple[str, str]]:
    """The cover lines after the usual ones: the house's own, then who has cleared the paper as it is."""
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
