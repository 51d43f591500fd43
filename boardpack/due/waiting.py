"""What a meeting still waits for: errors, papers that are not there, minutes, actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from boardpack.diagnostics import Finding, Severity
from boardpack.due.values import Waiting
from boardpack.due.words import distance
from boardpack.model.board import Board
from boardpack.model.clearance import Standing, lacking, standings
from boardpack.model.dates import short_date
from boardpack.model.labels import bare, labelled
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.paper import Paper
from boardpack.model.sentences import listed


def waiting(meeting: Meeting, findings: Sequence[Finding], on: date) -> Iterator[Waiting]:
    """Everything, in the order of the agenda; ``findings`` are those that concern this meeting's pack."""
    errors = [each for each in findings if each.severity is Severity.ERROR]
    if errors:
        own = all(each.place and each.place.source.path.is_relative_to(meeting.folder) for each in errors)
        name = f"{meeting.board.id}/{meeting.id}" if own else meeting.board.id
        some = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        yield Waiting("errors", f"{some}: see `boardpack check {name}`")
    seen: set[str] = set()
    for item, label, *_ in labelled(meeting):
        yield from _behind(item, f"{bare(label)} {_title(item, meeting)}".strip(), meeting, seen)
    if not errors:  # the log counts on papers and minutes that are sound
        yield from _actions(meeting, on)


def _title(item: Item, meeting: Meeting) -> str:
    paper = meeting.papers.get(item.paper)
    title = item.title or (paper.title if paper else None)
    return " ".join(title.value.split()) if title else ""


def _behind(item: Item, called: str, meeting: Meeting, seen: set[str]) -> Iterator[Waiting]:
    """What the paper cell of one line promises and the folder does not hold."""
    if item.state is PaperState.TO_FOLLOW:
        yield Waiting("paper", f"{called}: report to follow")
    held = meeting.earlier.get(item.paper)
    if item.state is PaperState.MINUTES and not item.file and not (held and held.minutes):
        yield Waiting("minutes", f"{called}: the minutes of {item.paper} are not there")
    if item.state is PaperState.PAPER and item.paper not in seen:
        seen.add(item.paper)
        paper = meeting.papers.get(item.paper)
        if paper is None and item.paper not in meeting.unread:
            yield Waiting("paper", f"{called}: there is no paper `{item.paper}`".lstrip(": "))
        for appendix in paper.appendices if paper else ():
            if appendix.to_follow:
                yield Waiting("appendix", f"{called}: appendix `{appendix.title.value.strip()}` to follow")
        if paper is not None:
            yield from _clearances(called, paper, meeting.board)


def _clearances(called: str, paper: Paper, board: Board) -> Iterator[Waiting]:
    """The clearances that the board demands and nobody has given, and those of a text that has changed."""
    for service in lacking(board.clearances, paper.clearance):
        yield Waiting("clearance", f"{called}: not cleared by {service}")
    for clearance, state in standings(paper.clearance, paper.content):
        if state is Standing.LAPSED:
            yield Waiting("clearance", f"{called}: changed since it was cleared by {clearance.by}")


def _actions(meeting: Meeting, on: date) -> Iterator[Waiting]:
    """The open actions of earlier meetings that were to be done before this one, where its agenda has their log."""
    from boardpack import number

    for logged in number.open_actions(meeting):
        if logged.due is not None and logged.due <= meeting.date:
            owners = listed([person.ranked for person in logged.action.owners])
            when = f"due {short_date(logged.due)}, {distance(logged.due, on)}"
            words = " ".join(logged.action.action.value.split())
            yield Waiting(
                "action", f"action of {logged.of.meeting.id}: {words} ({', '.join(filter(None, (owners, when)))})"
            )
