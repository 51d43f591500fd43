"""The skeleton of a meeting's minutes: who may have been there, and each line of its agenda."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from boardpack.diagnostics import UsageError
from boardpack.model.board import Person
from boardpack.model.dates import long_date
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.new.put import put_new, schema_line
from boardpack.new.scalars import quoted
from boardpack.places import Options


def minutes(options: Options, named: str) -> Path:
    """Write the skeleton of a meeting's minutes beside its agenda, the recommendations as draft resolutions.

    Raises:
        UsageError: where there is no such meeting, or where it has minutes already.
    """
    from boardpack import load

    meetings = load.assemble(load.read(options.papers, [named])).meetings
    if len(meetings) != 1:
        raise UsageError(f"`{named}` is not one meeting; name its folder, or board/meeting")
    path = meetings[0].folder / "minutes.yaml"
    lines = [schema_line("minutes", meetings[0].folder, options), *_minutes(meetings[0])]
    return put_new(path, "\n".join(lines).lstrip("\n") + "\n")


def _minutes(meeting: Meeting) -> Iterator[str]:
    yield f"# Minutes of {meeting.board.name}, {long_date(meeting.date)}."
    yield "# Fill in who was there and what was said; what you leave empty does not print."
    yield "status: draft                    # confirmed, when the next meeting has agreed them"
    yield ""
    yield "present:                         # members; take away the # before those who were there"
    for person in meeting.board.people:
        if person.id and _serves(person, meeting.date):
            yield f"  # - {person.id}{' ' * max(1, 27 - len(person.id))}# {person.full}"
    yield "  # - {name: …, organisation: …, role: …}"
    yield "in_attendance: []                # officers and guests"
    yield "apologies: []"
    yield ""
    yield "items:"
    written: set[str] = set()
    for item in meeting.items():
        yield from _entry(meeting, item, written)


def _serves(person: Person, day: date) -> bool:
    return (person.since is None or person.since <= day) and (person.until is None or day <= person.until)


def _entry(meeting: Meeting, item: Item, written: set[str]) -> Iterator[str]:
    """The entry of one line; what a paper recommends stands at the first of its lines."""
    paper = meeting.papers.get(item.paper) if item.state is PaperState.PAPER else None
    title = item.title or (paper.title if paper else None)
    if item.next or title is None or (item.items and paper is None):
        return
    words = " ".join(title.value.split())
    if item.id and item.id not in written:
        written.add(item.id)
        yield f"  - item: {item.id}{' ' * max(1, 25 - len(item.id))}# {words}"
    else:
        yield f"  - title: {quoted(words)}"
    yield "    discussion: |"
    yield ""
    if paper and paper.recommendations and f"{paper.id}/recommended" not in written:
        written.add(f"{paper.id}/recommended")
        yield "    # Recommended, and a draft until you take the # away and say what was resolved:"
        yield "    # resolved:"
        yield from (f"    #   - {quoted(' '.join(text.value.split()))}" for text in paper.recommendations)
    yield "    actions: []                  # {action: …, owner: [id], due: 2010-07-01 or next}"
    yield ""
