"""The resolution to exclude the public (Local Government Act 1972, section 100A): its words, and where it is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from boardpack.model.exemption import CONFIDENTIAL, reason
from boardpack.model.numbered import Line, NumberedMeeting
from boardpack.model.sentences import listed
from boardpack.model.text import Text

HEADING = "Exclusion of the press and public"


@dataclass(frozen=True, slots=True)
class ExemptItem:
    """What is to be taken in private, the paragraphs of Schedule 12A, and why the public interest is in that.

    The public edition has no words for the last.
    """

    item: str
    paragraphs: str
    public_interest: Text | None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What a meeting is asked to resolve for exempt items, these, and what it must do for others.

    Either sentence is empty where there are no such items.
    """

    asked: str
    exempt: tuple[ExemptItem, ...]
    must: str

    @property
    def heads(self) -> tuple[str, ...]:
        """What stands above the columns of the exempt items."""
        return ("Item", "Paragraph of Schedule 12A", *(("Public interest",) if self.weighed else ()))

    @property
    def weighed(self) -> bool:
        """Whether the exempt items have a column that says why: it is for members alone, whose papers say it."""
        return any(each.public_interest for each in self.exempt)


def exclusion(numbered: NumberedMeeting) -> Exclusion | None:
    """The resolution of a meeting; nothing where nothing is withheld."""
    entries = list(_withheld(numbered))
    if not entries:
        return None
    board = numbered.meeting.board
    exempt = tuple(
        ExemptItem(item, listed(re.findall(r"\d+", why.partition(":")[2])) or "Not stated", interest)
        for item, why, interest in entries
        if why != CONFIDENTIAL
    )
    asked = (
        f"{board.name} is asked to resolve that, under section 100A(4) of the Local Government Act 1972, the press and "
        "public be excluded from the meeting during the items below, because they involve the likely disclosure of "
        f"exempt information as defined in Part {'4' if board.statute == 'wales' else '1'} of Schedule 12A to the Act, "
        "and because in all the circumstances of the case the public interest in maintaining the exemption outweighs "
        "the public interest in disclosing the information."
    )
    confidential = [item[:1].lower() + item[1:] for item, why, _ in entries if why == CONFIDENTIAL]
    must = (
        f"The press and public must be excluded during {listed(confidential)}, "
        "where confidential information would be disclosed (Local Government Act 1972, section 100A(2))."
    )
    return Exclusion(asked if exempt else "", exempt, must if confidential else "")


def _withheld(numbered: NumberedMeeting) -> Iterator[tuple[str, str, Text | None]]:
    """What is to be taken in private, its class and why: whole items, and appendices where these are discussed."""
    for at in numbered.papers.values():
        if at.paper.withheld:
            named = at.named.removeprefix("Agenda ") or at.label
            yield named[:1].upper() + named[1:], at.paper.withheld, reason(at.paper, numbered.edition)
            continue
        for entry in at.appendices:
            if entry.part.withheld:
                item = f"Item {at.label}, Appendix {entry.number} (if it is discussed)"
                yield item, entry.part.withheld, reason(entry.part, numbered.edition, at.annexes.get(entry.anchor))


def turns_private(numbered: NumberedMeeting, line: Line) -> bool:
    """Whether the agenda turns private with this line: the first withheld one, else one with a withheld appendix."""
    behind = [(each, numbered.papers[each.part]) for each in numbered.lines if each.part in numbered.papers]
    wholly = (each for each, at in behind if at.paper.withheld)
    partly = (each for each, at in behind if any(entry.part.withheld for entry in at.appendices))
    return line is next(wholly, next(partly, None))
