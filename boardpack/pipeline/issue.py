"""What is out, held against what there is now: whether a supplement is due, and what will be recorded as out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from boardpack.diagnostics import BoardpackError, ExitCode
from boardpack.model.dates import long_date, short_date
from boardpack.model.labels import labelled, line_keys
from boardpack.model.meeting import Meeting
from boardpack.model.numbered import AnyPart, NumberedFile, NumberedMeeting, NumberedPaper, Part
from boardpack.model.published import FRONT_SHEET, Issue, Published, PublishedPart, Supplement
from boardpack.model.sentences import listed
from boardpack.model.text import plan_stretch

if TYPE_CHECKING:
    from boardpack.render import Rendered


class PublishedDiffersError(BoardpackError):
    """The pack that is out cannot be built again, because its papers are no longer those that were published."""

    exit_code = ExitCode.FINDINGS


@dataclass(frozen=True, slots=True)
class Printed:
    """What each part of a pack prints, by its key: its lines, and the hash of them and its pictures.

    With the lines are those of the agenda (:mod:`boardpack.changes.agenda`).
    """

    lines: Mapping[str, list[str]]
    digests: Mapping[str, str]

    @property
    def agenda(self) -> list[str]:
        """The lines of the agenda."""
        from boardpack.changes import agenda

        return self.lines[agenda.KEY]


def printed(numbered: NumberedMeeting, rendered: Rendered) -> Printed:
    """What the parts print, apart from the day and the place of the meeting, which every cover repeats."""
    from boardpack.changes import agenda
    from boardpack.word.lines import digest, lines

    meeting = numbered.meeting
    facts = "|".join(re.escape(fact) for fact in (meeting.venue, long_date(meeting.date)) if fact)
    is_fact = re.compile(rf"(?:\| )?\w{{1,20}} (?:\| )?(?:{facts})(?:, \d{{1,2}}:\d\d)?").fullmatch

    found = {key: [line for line in lines(part) if not is_fact(line)] for key, part in rendered.parts.items()}
    drawn = {key: tuple(_pictured(at)) for key, at in numbered.parts.items()}
    digests = {key: digest(part, found[key], drawn[key]) for key, part in rendered.parts.items()}
    return Printed({**found, agenda.KEY: agenda.recorded(numbered)}, digests)


def _pictured(at: Part) -> Iterator[bytes]:
    """What stands for the pictures of the pages of Word files: what these pages show."""
    from boardpack.foreign import word

    entries = at.appendices if isinstance(at, NumberedPaper) else (at.entry,) if isinstance(at, NumberedFile) else ()
    for entry in entries:
        if entry.part.file and entry.part.suffix == ".docx" and word.is_pictured(entry.part.file):
            yield word.clean(entry.part.file)
    for annex in at.annexes.values() if isinstance(at, NumberedPaper) else ():
        yield from _pictured(annex)


def supplement(
    numbered: NumberedMeeting, published: Published, now: Printed, agenda: Sequence[str]
) -> Supplement | None:
    """What is to be issued beside what is out; ``None`` where neither a paper nor the agenda has come or changed since.

    ``agenda`` are the lines of the agenda that is out.
    """
    from boardpack.changes import agenda as agendas
    from boardpack.changes.withdrawn import standing, withdrawn

    late: list[str] = []
    replaced: dict[str, PublishedPart] = {}
    out: dict[str, int] = {}
    earlier: set[str] = set()
    for key, at in numbered.parts.items():
        known = published.part(key)
        if known is None:
            late.append(at.start)
        elif known.digest != now.digests[key]:
            replaced[at.start] = known
        else:
            out |= {at.start: known.first, at.end: known.last}
            earlier |= {at.start} if known.supplement else set()
    then = agendas.read(agenda) if agenda else None
    if not late and not replaced and then == agendas.read(now.agenda):
        return None
    number = len(published.issues)
    issued = Supplement(number, published.last_page + 1, tuple(late), replaced, out, frozenset(earlier))
    if then is None:
        return issued
    had = standing(then, published)
    again = {at.start for key, at in numbered.parts.items() if had is not None and at.start in out and key not in had}
    return replace(issued, again=frozenset(again), withdrawn=tuple(withdrawn(numbered, then, published)))


def refuse_changed(numbered: NumberedMeeting, published: Published, issued: Supplement | None) -> None:
    """Refuse to build a pack that is out from papers that are others now.

    Raises:
        PublishedDiffersError: naming the papers, and what to do.
    """
    name = f"{numbered.meeting.board.id}/{numbered.meeting.id}"
    if issued:
        differing = [f"{at.label} {_title(at)}" for at in numbered.parts.values() if issued.holds(at.start)]
        differing = differing or ["its agenda"]
        raise PublishedDiffersError(
            f"{name} was published on {short_date(published.on)}, and {listed(differing)} "
            f"{'differ' if len(differing) > 1 else 'differs'} from what is out; "
            f"`boardpack pack {name} --supplement` issues what is new, `boardpack changes {name}` says what differs"
        )
    if len(published.issues) > 1:
        raise PublishedDiffersError(
            f"{name} is out with {len(published.issues) - 1} supplement(s), and nothing has changed since; to build "
            f"the pack again, take the papers of {short_date(published.on)} from version control"
        )


def pins(numbered: NumberedMeeting) -> dict[str, int]:
    """The numbers with which sections must start: those that are out, or the one that a supplement goes on with."""
    issued, published = numbered.supplement, numbered.meeting.published
    if issued:
        return {FRONT_SHEET: issued.first_page}
    known = {at.start: published.part(key) for key, at in numbered.parts.items()} if published else {}
    return {start: part.first for start, part in known.items() if part}


def compare(numbered: NumberedMeeting, pages: Mapping[str, int]) -> None:
    """Hold a pack that is built again against the pages that are out.

    Raises:
        PublishedDiffersError: where a part ends on another page than it did.
    """
    published = numbered.meeting.published
    if published is None or numbered.supplement or not pages:
        return
    for key, at in numbered.parts.items():
        known = published.part(key)
        if known and (pages[at.start], pages[at.end]) != (known.first, known.last):
            raise PublishedDiffersError(
                f"item {at.label} was published on pages {known.first} to {known.last} and now takes {pages[at.start]} "
                f"to {pages[at.end]}; the house style, the fonts or LibreOffice are others than they were"
            )


def _title(at: object) -> str:
    return at.paper.title.value if isinstance(at, NumberedPaper) else "minutes"


def withheld(at: AnyPart, meeting: Meeting) -> str:
    """The class of a part that the public may not have, "in part" where they may have some of it, else empty.

    Minutes tell of what was withheld at their meeting; the log of actions behind them, of all earlier ones; a forward
    plan, of what other meetings withhold.
    """
    if isinstance(at, NumberedPaper):
        plans = meeting.beside_withheld and any(plan_stretch(id) for id in at.tables)
        some = plans or any(entry.part.withheld for entry in at.appendices)
        return at.paper.withheld or ("in part" if some else "")
    if isinstance(at, NumberedFile):
        return ""
    earlier = (at.of.meeting, *meeting.earlier.values())
    return "in part" if any(each.withholds for each in earlier) else ""


def record(numbered: NumberedMeeting, pages: Mapping[str, int], last: int, now: Printed, on: date) -> Published:
    """What is out once this build is: ``pages`` by bookmark, ``last`` the last page number that it takes."""
    meeting, issued, before = numbered.meeting, numbered.supplement, numbered.meeting.published
    number = issued.number if issued else 0
    parts = tuple(
        PublishedPart(
            key, at.label, _title(at), pages[at.start], pages[at.end], now.digests[key], number, withheld(at, meeting)
        )
        for key, at in numbered.parts.items()
        if issued is None or issued.holds(at.start)
    )
    keys = {id(item): key for item, key in line_keys(meeting)}
    lines = {keys[id(item)]: label for item, label, *_ in labelled(meeting)}
    if before is None or issued is None:
        return Published((Issue(on, last),), lines, parts)
    return replace(
        before, issues=(*before.issues, Issue(on, last)), lines={**before.lines, **lines}, parts=(*before.parts, *parts)
    )
