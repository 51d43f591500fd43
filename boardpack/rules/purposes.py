"""What a paper asks of the meeting must be what its purpose says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from boardpack.diagnostics import Finding, finding
from boardpack.model.board import Board
from boardpack.model.meeting import Meeting, PaperState
from boardpack.model.paper import Paper
from boardpack.rules.patterns import later
from boardpack.rules.verbs import decides, notes_only

_FOR_DECISION = later(r"(?:for )?(?:deci[ds]|approv|agree|resol|adopt|ratif)", re.IGNORECASE)
_NOT_FOR_DECISION = later(
    r"(?:(?:for|to) )?(?:information|inform|discussion|discuss|noting|note|scrutiny|scrutinise)", re.IGNORECASE
)


def no_decision(meeting: Meeting) -> Iterator[Finding]:
    """A paper for decision that recommends nothing; where the board asks for recommendations, that says it."""
    for paper in _on_the_agenda(meeting):
        purpose = _deciding(paper, meeting.board)
        if not purpose or "recommendations" in meeting.board.require:
            continue
        # A key that holds something else than a list, or that is misspelt, has a finding of its own.
        if not paper.recommendations and not get_close_matches("recommendations", paper.answered, n=1, cutoff=0.8):
            help = "write under `recommendations:` what the meeting is to decide, or correct the purpose"
            message = f"the paper is for {purpose} and recommends nothing"
            yield finding("no-decision", paper.purposes_at or paper.at, message, help)


def vague_recommendation(meeting: Meeting) -> Iterator[Finding]:
    """A paper for decision whose recommendations ask to note, to consider or to discuss only."""
    for paper in _on_the_agenda(meeting):
        purpose = _deciding(paper, meeting.board)
        asked = [each.value for each in paper.recommendations] if purpose else []
        if asked and all(notes_only(each, meeting.board.name) for each in asked):
            message = f"the paper is for {purpose}, and its recommendations put nothing to decide"
            help = "begin one with what is to be decided (agree, approve, appoint, …), or correct the purpose"
            yield finding("vague-recommendation", paper.recommendations[0].at, message, help)


def decision_asked(meeting: Meeting) -> Iterator[Finding]:
    """A paper that is not for decision and recommends one."""
    for paper in _on_the_agenda(meeting):
        if not paper.purposes or not all(_NOT_FOR_DECISION.fullmatch(purpose) for purpose in paper.purposes):
            continue
        for recommendation in paper.recommendations:
            if verb := decides(recommendation.value, meeting.board.name):
                stated = " and ".join(purpose.removeprefix("for ") for purpose in paper.purposes)
                message = f"the paper is for {stated} only, and asks the meeting to decide: `{verb}`"
                help = "add the purpose of a decision to `purpose:`, or ask the meeting to note or discuss it"
                yield finding("decision-asked", recommendation.at.find(verb), message, help)


def _deciding(paper: Paper, board: Board) -> str:
    """The first of a paper's purposes that puts something for decision; empty where none does."""
    known = (purpose for purpose in paper.purposes if purpose in board.purposes)
    stated = next((purpose for purpose in known if _FOR_DECISION.match(purpose)), "")
    return stated.lower().removeprefix("for ")


def _on_the_agenda(meeting: Meeting) -> Iterator[Paper]:
    """Every paper but those that print only as the appendix of another."""
    appended = {appendix.paper for paper in meeting.papers.values() for appendix in paper.appendices}
    named = {item.paper for item in meeting.items() if item.state is PaperState.PAPER}
    return (paper for id, paper in meeting.papers.items() if id in named or id not in appended)
