"""What the latest issue had and there is no longer: lines of the agenda, and papers that no line names.

What an earlier supplement has told of is not told again, since the agenda of the latest issue stands for what is out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boardpack.changes.agenda import PAPER, Agenda, AgendaLine
from boardpack.model.labels import bare, out_keys
from boardpack.model.numbered import NumberedMeeting
from boardpack.model.published import Published, PublishedPart, Withdrawn
from boardpack.word.prose import plain

_OPEN = ("", "in part")
"""What a record says of parts that the public has, wholly or in part."""


def withdrawn(numbered: NumberedMeeting, then: Agenda, published: Published) -> Iterator[Withdrawn]:
    """In the order of the agenda; ``then`` is the agenda that is out.

    A line below one that is gone is told with that, unless it has a paper of its own.
    """
    latest = _latest(published)
    known = out_keys(numbered.meeting, {line.key for line in then.lines})
    places = {known[id(line.item)]: place for place, line in enumerate(numbered.lines) if id(line.item) in known}
    gone: set[str] = set()
    parts = set(numbered.parts)
    after = -1
    for line in then.lines:
        after = places.get(line.key, after)
        part = latest.get(_behind(line, latest))
        part = None if part is None or part.key in parts else part
        parts |= {part.key} if part else set()
        if line.key in places:
            if part:
                yield _paper(part, after)
            continue
        if part or (line.title and line.above not in gone):
            yield _line(line, part, after)
        if line.title or line.above in gone:
            gone.add(line.key)


def standing(then: Agenda, published: Published) -> frozenset[str] | None:
    """The keys of the parts that the latest issue had; nothing where its record does not say that of each line."""
    latest = _latest(published)
    behind = [_behind(line, latest) for line in then.lines if line.paper == PAPER]
    return frozenset(behind) if all(behind) else None


def _latest(published: Published) -> dict[str, PublishedPart]:
    return {part.key: part for part in published.parts}


def _behind(line: AgendaLine, latest: Mapping[str, PublishedPart]) -> str:
    """The key of the part behind a line, which older records do not hold: there its number tells."""
    if line.part or line.paper != PAPER:
        return line.part
    return next((key for key, part in latest.items() if key == line.key or part.number == bare(line.label)), "")


def _line(line: AgendaLine, part: PublishedPart | None, after: int) -> Withdrawn:
    label = line.name or bare(line.label)
    first, last = (part.first, part.last) if part else (0, 0)
    return Withdrawn(label, line.title, line.public, first, last, after, whole=True)


def _paper(part: PublishedPart, after: int) -> Withdrawn:
    title = plain(part.title)
    title = title[:1].upper() + title[1:]
    public = title if part.withheld in _OPEN else f"{part.withheld.partition(':')[0].capitalize()} item"
    return Withdrawn(part.number, title, public, part.first, part.last, after, whole=False)
