"""What an author worries about: how long the paper is, when it is due, who has cleared it, who presents it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from boardpack.due.values import Deadline, Due
from boardpack.due.words import distance
from boardpack.model.board import Board
from boardpack.model.clearance import Standing, lacking, standings
from boardpack.model.dates import short_date
from boardpack.model.paper import Paper
from boardpack.model.sentences import listed
from boardpack.rules.prose import of_paper

WORDS_A_MINUTE = 200
"""How fast a member reads a report with care: the slow end of the 175 to 300 that studies of adults find."""
_SOON = 3
"""Days before a deadline from which on it is marked."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the head: what it is about, what holds, and more on it.

    ``tone`` is ``good``, ``warn``, ``bad`` or empty. ``share`` is how much of an allowance is used, where there is one.
    """

    label: str
    value: str
    note: str = ""
    tone: str = ""
    share: float | None = None


def facts(paper: Paper, board: Board, due: Due | None, today: date) -> list[Fact]:
    """Everything that is worth a line, in the order in which it is asked about."""
    found = [*_length(paper, board), *_deadline(due, today), *_clearances(paper, board), *_people(paper)]
    return [*found, *([Fact("Class", "Not for publication", paper.withheld, "warn")] if paper.withheld else [])]


def _length(paper: Paper, board: Board) -> Iterator[Fact]:
    count, guide = sum(len(block.words) for block in of_paper(paper)), board.reading.words
    over = count - guide
    note = f"{over:,} over the guide of {guide:,}" if over > 0 else f"guide {guide:,}"
    yield Fact("Length", f"{count:,} word{'' if count == 1 else 's'}", note, "warn" if over > 0 else "", count / guide)
    minutes = max(1, round(count / WORDS_A_MINUTE))
    yield Fact("Reading time", f"about {minutes} minute{'' if minutes == 1 else 's'}")


def _deadline(due: Due | None, today: date) -> Iterator[Fact]:
    """The next deadline; the day of a meeting that is over."""
    for each in due.deadlines if due else ():
        if each.day >= today:
            yield Fact(each.label, short_date(each.day), distance(each.day, today), _urgency(each, today))
            return
    if due:
        yield Fact("Meeting", short_date(due.date), "over")


def _urgency(each: Deadline, today: date) -> str:
    return "warn" if each.kind != "meeting" and (each.day - today).days <= _SOON else ""


def _clearances(paper: Paper, board: Board) -> Iterator[Fact]:
    lapsed: list[str] = []
    given: list[str] = []
    for each, standing in standings(paper.clearance, paper.content):
        (lapsed if standing is Standing.LAPSED else given).append(each.by)
    missing = lacking(board.clearances, paper.clearance)
    if missing or lapsed:
        kinds = ((missing, "missing"), (lapsed, "lapsed"))
        told = [f"{listed(services)} {what}" for services, what in kinds if services]
        yield Fact("Clearance", "; ".join(told), f"given: {listed(given)}" if given else "", "bad")
    elif given:
        yield Fact("Clearance", f"{listed(given)} given", "", "good")


def _people(paper: Paper) -> Iterator[Fact]:
    if paper.presenter:
        yield Fact("Presented by", paper.presenter.ranked, paper.presenter.role)
    else:
        yield Fact("Presented by", "nobody named", "the author, unless `presenter:` says who")
