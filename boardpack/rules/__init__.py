"""What must be right beyond the shape of the files: a meeting as it was built -> findings.

A rule is a small function with its line in a table here: the code of its findings, whose severity and meaning
stand in ``diagnostics.CODES``, and the reason for the rule. Rules read values only; what takes a look at the
disk is the loader's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Generic, NamedTuple, TypeVar

from boardpack.diagnostics import CODES, Finding, Severity
from boardpack.model.board import Board
from boardpack.model.meeting import Meeting
from boardpack.rules import agenda, boards, houses, links, people, references, tables

Subject = TypeVar("Subject", Board, Meeting)


class Rule(NamedTuple, Generic[Subject]):
    """A rule: the code of its findings, the function that finds them, and why there is such a rule."""

    code: str
    check: Callable[[Subject], Iterator[Finding]]
    reason: str


BOARD_RULES: tuple[Rule[Board], ...] = (
    Rule("wrong-label", boards.wrong_label, "agenda numbers are counted on from the board's sample labels"),
    Rule("duplicate-id", boards.duplicate_id, "papers name people, cover lines and standing sections by these"),
)

RULES: tuple[Rule[Meeting], ...] = (
    Rule("meeting-date", agenda.meeting_date, "the folder is the meeting's id in commands, links and minutes"),
    Rule(
        "unknown-paper",
        agenda.unknown_paper,
        "the paper column promises a paper that would not be in the pack",
    ),
    Rule("unused-paper", agenda.unused_paper, "a paper that no line names is missed only at the meeting"),
    Rule("appendix-loop", agenda.appendix_loop, "a paper cannot be printed inside itself"),
    Rule("missing-title", agenda.missing_title, "members must be able to tell what an item is"),
    Rule(
        "duplicate-id",
        agenda.duplicate_id,
        "references and minutes name the lines of the agenda by their ids",
    ),
    Rule("too-many-levels", agenda.too_many_levels, "an item without a number cannot be referred to"),
    Rule("wrong-label", agenda.wrong_label, "agenda numbers are counted on from sample labels"),
    Rule("no-next-meeting", agenda.no_next_meeting, "the line would print without a date"),
    Rule("ends-first", agenda.ends_first, "no items fit into a meeting that ends before it starts"),
    Rule("overrun", agenda.overrun, "the agenda prints the time of each item"),
    Rule("unknown-kind", references.unknown_kind, "the reference would print as nothing"),
    Rule("unknown-reference", references.unknown_reference, "the reference would print without a number"),
    Rule("duplicate-id", references.duplicate_id, "a reference could mean either"),
    Rule(
        "not-placed",
        references.not_placed,
        "what no text places prints at the end, where nobody looks for it",
    ),
    Rule("total-differs", tables.total_differs, "members decide on these figures, and minutes repeat them"),
    Rule("change-differs", tables.change_differs, "members decide on these figures, and minutes repeat them"),
    Rule("missing-caption", tables.missing_caption, "readers find a table by its caption (WCAG 2.2, 1.3.1)"),
    Rule("missing-alt", links.missing_alt, "people who do not see a picture need its content (WCAG 2.2, 1.1.1)"),
    Rule("unsafe-link", links.unsafe_link, "a link in a pack must work for every reader and run nothing"),
    Rule("missing-answer", houses.missing_answer, "the board asks it of every paper"),
    Rule("unknown-purpose", houses.unknown_purpose, "the agenda groups items by the board's own purposes"),
    Rule("unused-purpose", houses.unused_purpose, "the agenda prints the paper's own purpose"),
    Rule("unknown-person", people.unknown_person, "an id would print as if it were a name"),
    Rule("name-differs", people.name_differs, "the register is where names are spelt right"),
)


def check_board(board: Board) -> list[Finding]:
    """The findings of every rule in a board's own file."""
    return [finding for rule in BOARD_RULES for finding in rule.check(board)]


def check(meeting: Meeting) -> list[Finding]:
    """The findings of every rule in a meeting and its papers, with the severities that its board wants."""
    found = (finding for rule in RULES for finding in rule.check(meeting))
    return list(_settled(found, meeting.board))


def _settled(found: Iterable[Finding], board: Board) -> Iterator[Finding]:
    for finding in found:
        wanted = board.rules.get(finding.code) if CODES[finding.code].adjustable else None
        if wanted is None:
            yield finding
        elif wanted != "off":
            yield replace(finding, severity=Severity(wanted))
