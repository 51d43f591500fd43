"""What a board demands of every paper that comes to it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from boardpack.diagnostics import Finding, Place, finding
from boardpack.model.board import Board
from boardpack.model.meeting import Meeting, PaperState
from boardpack.model.paper import Paper
from boardpack.rules.boards import theme

KEYS = frozenset(
    (
        *("title", "author", "purpose", "presenter", "theme", "cover", "contact", "contents", "landscape"),
        *("number_sections", "number_paragraphs", "summary", "recommendations", "sections", "figures", "tables"),
        *("charts", "standing", "appendices", "background_papers", "exempt", "confidential", "public_title", "late"),
        "clearance",
    )
)
"""The keys that a paper can have: a word in `require` that is none of them has its finding in board.yaml."""


def missing_answer(meeting: Meeting) -> Iterator[Finding]:
    """A key, a cover line or a standing section that the board demands and a paper leaves out."""
    for paper in answerable(meeting):
        yield from _missing(paper, meeting.board)


def answerable(meeting: Meeting) -> Iterator[Paper]:
    """The papers that owe the board something: one that is only another's appendix answers to nobody but that one."""
    appended = {appendix.paper for paper in meeting.papers.values() for appendix in paper.appendices}
    named = {item.paper for item in meeting.items() if item.state is PaperState.PAPER}
    yield from (paper for id, paper in meeting.papers.items() if id in named or id not in appended)


def _missing(paper: Paper, board: Board) -> Iterator[Finding]:
    top = paper.at
    for key in board.require:
        # A key that is there in another spelling has a finding as an unknown one.
        if key in KEYS and key not in paper.answered and not get_close_matches(key, paper.answered, n=1, cutoff=0.8):
            message = f"`{key}` is missing, which {board.name} asks of every paper"
            yield finding("missing-answer", top, message, f"write `{key}:`")
    for field in board.cover_fields:
        if field.required and field.key and f"cover.{field.key}" not in paper.answered:
            message = f"the cover line `{field.label}` is missing, which {board.name} asks of every paper"
            yield finding("missing-answer", top, message, f"write `{field.key}:` under `cover:`")
    for section in board.standing_sections:
        if section.key and f"standing.{section.key}" not in paper.answered:
            message = f"`{section.heading.value}` is not answered, which {board.name} asks of every paper"
            help = f"write `{section.key}:` under `standing:`, with the answer or `none`"
            yield finding("missing-answer", top, message, help)


def unknown_purpose(meeting: Meeting) -> Iterator[Finding]:
    """A purpose of a paper or an item that is not one of the board's."""
    for item in meeting.items():
        if item.state is not PaperState.PAPER:
            yield from _purposes(item.purposes, item.purposes_at, meeting.board)
    for paper in meeting.papers.values():
        yield from _purposes(paper.purposes, paper.purposes_at, meeting.board)


def unknown_theme(meeting: Meeting) -> Iterator[Finding]:
    """A theme of a paper, or of what an action puts into the forward plan, that is not one of the board's."""
    for paper in meeting.papers.values():
        yield from theme(paper.theme, paper.theme_at, meeting.board)
    for _, action in meeting.minutes.actions() if meeting.minutes else ():
        if action.plan:
            yield from theme(action.plan.theme, action.plan.at, meeting.board)


def unused_purpose(meeting: Meeting) -> Iterator[Finding]:
    """A purpose on a line of the agenda whose paper states the purpose."""
    for item in meeting.items():
        if item.purposes and item.state is PaperState.PAPER:
            message = f"the purpose of this line is that of the paper `{item.paper}`, and this one does not print"
            help = "delete it here, and correct the paper's own `purpose` if it is another"
            yield finding("unused-purpose", item.purposes_at or item.at, message, help)


def _purposes(purposes: tuple[str, ...], at: Place | None, board: Board) -> Iterator[Finding]:
    for purpose in purposes:
        if purpose not in board.purposes:
            near = get_close_matches(purpose.lower(), board.purposes, n=1)
            known = ", ".join(f"`{each}`" for each in board.purposes)
            help = f"did you mean `{near[0]}`?" if near else f"the board's purposes are {known}"
            message = f"`{purpose}` is not a purpose of {board.name}"
            yield finding("unknown-purpose", at.find(purpose) if at else None, message, help)
