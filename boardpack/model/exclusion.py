"""The resolution to exclude the public (Local Government Act 1972, section 100A): its words, and where it is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from boardpack.model.numbered import Line, NumberedMeeting
from boardpack.model.sentences import listed

CONFIDENTIAL = "confidential"
HEADING = "Exclusion of the press and public"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What a meeting is asked to resolve for exempt items, these with their paragraphs, and what it must do for others.

    Either sentence is empty where there are no such items.
    """

    asked: str
    exempt: tuple[tuple[str, str], ...]
    must: str


def exclusion(numbered: NumberedMeeting) -> Exclusion | None:
    """The resolution of a meeting; nothing where nothing is withheld."""
    entries = list(_withheld(numbered))
    if not entries:
        return None
    board = numbered.meeting.board
    exempt = tuple(
        (item, listed(re.findall(r"\d+", why.partition(":")[2])) or "Not stated")
        for item, why in entries
        if why != CONFIDENTIAL
    )
    asked = (
        f"{board.name} is asked to resolve that, under section 100A(4) of the Local Government Act 1972, the press and "
        "public be excluded from the meeting during the items below, because they involve the likely disclosure of "
        f"exempt information as defined in Part {'4' if board.statute == 'wales' else '1'} of Schedule 12A to the Act, "
        "and because in all the circumstances of the case the public interest in maintaining the exemption outweighs "
        "the public interest in disclosing the information."
    )
    confidential = [item[:1].lower() + item[1:] for item, why in entries if why == CONFIDENTIAL]
    must = (
        f"The press and public must be excluded during {listed(confidential)}, "
        "where confidential information would be disclosed (Local Government Act 1972, section 100A(2))."
    )
    return Exclusion(asked if exempt else "", exempt, must if confidential else "")


def _withheld(numbered: NumberedMeeting) -> Iterator[tuple[str, str]]:
    """What is to be taken in private and why: whole items, and appendices where these are discussed."""
    for at in numbered.papers.values():
        if at.paper.withheld:
            named = at.named.removeprefix("Agenda ") or at.label
            yield named[:1].upper() + named[1:], at.paper.withheld
            continue
        for entry in at.appendices:
            if entry.part.withheld:
                yield f"Item {at.label}, Appendix {entry.number} (if it is discussed)", entry.part.withheld


def turns_private(numbered: NumberedMeeting, line: Line) -> bool:
    """Whether the agenda turns private with this line: the first withheld one, else one with a withheld appendix."""
    behind = [(each, numbered.papers[each.part]) for each in numbered.lines if each.part in numbered.papers]
    wholly = (each for each, at in behind if at.paper.withheld)
    partly = (each for each, at in behind if any(entry.part.withheld for entry in at.appendices))
    return line is next(wholly, next(partly, None))
