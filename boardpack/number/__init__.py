"""Meeting -> NumberedMeeting: every label, time slot, part number and bookmark name. Pure.

Bookmark names hold letters and digits only, because LibreOffice spells anything else differently in a PDF: ``i12`` is
an agenda line, ``p7`` and ``p7z`` the first and the last page of a paper, ``p7s2`` its second section, then ``t`` for
tables, ``f`` for figures, ``c`` for charts, ``g`` for standing sections, ``a`` for appendices; ``p7a1p`` stands before
the parts of an appendix that is a paper itself. A ``z`` behind one marks the end of what a contents list names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from boardpack.model.labels import labelled
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.minutes import Minutes
from boardpack.model.numbered import (
    AnyPart,
    Line,
    LoggedAction,
    NumberedFile,
    NumberedMeeting,
    NumberedMinutes,
    NumberedPaper,
    Placed,
    TimeSlot,
)
from boardpack.model.paper import Appendix
from boardpack.model.paper import Paper as Paper
from boardpack.model.text import elsewhere, references
from boardpack.number import minutes
from boardpack.number.papers import file_stem, names, number_paper


def number(meeting: Meeting) -> NumberedMeeting:
    """Work out all numbers of a meeting that rules have found to be sound."""
    minuted = {folder: number_minutes(each) for folder, each in _minuted(meeting).items()}
    if minuted:  # behind the last of them stands what is open of all
        last = list(minuted)[-1]
        minuted[last] = replace(minuted[last], log=tuple(open_actions(meeting)))
    own = number_minutes(meeting) if meeting.minutes else None
    return replace(_numbered(meeting, minuted), earlier=_earlier(meeting), minutes=own)


def number_minutes(meeting: Meeting) -> NumberedMinutes:
    """The minutes of a meeting by themselves."""
    if meeting.minutes is None:
        raise ValueError(f"{meeting.id} has no minutes")
    of = _taken(meeting, meeting.minutes)
    items = tuple(minutes.minuted(of, meeting.minutes))
    return NumberedMinutes((), "", f"minutes-{meeting.id}", "p1", "p1z", of, meeting.minutes, items, ())


def _taken(meeting: Meeting, said: Minutes) -> NumberedMeeting:
    """A meeting as it went: with the entries that its minutes put under lines of the agenda."""
    return replace(_numbered(minutes.taken(meeting, said), {}), earlier=_earlier(meeting))


def open_actions(meeting: Meeting) -> Iterator[LoggedAction]:
    """The actions of all earlier meetings that are still open, the oldest first."""
    return minutes.log((_taken(each, each.minutes), each.minutes) for each in meeting.earlier.values() if each.minutes)


def _minuted(meeting: Meeting) -> dict[str, Meeting]:
    """The earlier meetings whose minutes the agenda places, by the folder."""
    named = (item.paper for item in meeting.items() if item.state is PaperState.MINUTES and not item.file)
    return {folder: each for folder in named if (each := meeting.earlier.get(folder)) and each.minutes}


def _earlier(meeting: Meeting) -> dict[str, NumberedMeeting]:
    """The earlier meetings that this meeting's papers and minutes refer to, as they were numbered."""
    named = [each for paper in meeting.papers.values() for each in paper.references()]
    named += [each for text in (meeting.minutes.texts() if meeting.minutes else ()) for each in references(text)]
    wanted = {target[0] for each in named if (target := elsewhere(each.target))}
    return {id: _numbered(each, {}) for id, each in meeting.earlier.items() if id in wanted}


def _numbered(meeting: Meeting, minuted: Mapping[str, NumberedMinutes]) -> NumberedMeeting:
    lines = tuple(_lines(meeting, minuted))
    parts: dict[str, AnyPart] = {}
    for position, key in enumerate(dict.fromkeys(line.part for line in lines if line.part), 1):
        behind = tuple(line for line in lines if line.part == key)
        start = f"p{position}"
        if key in meeting.papers:
            parts[key] = number_paper(meeting, meeting.papers[key], start, behind)
        elif file := behind[0].item.file:
            parts[key] = _file(behind, file, start)
        else:
            at = minuted[key.partition("/")[0]]
            named, stem = names(behind), file_stem(behind, at.stem)
            parts[key] = replace(at, lines=behind, named=named, stem=stem, start=start, end=f"{start}z")
    papers = {key: part for key, part in parts.items() if isinstance(part, NumberedPaper)}
    return NumberedMeeting(meeting, lines, parts, papers)


def _file(behind: tuple[Line, ...], file: Appendix, start: str) -> NumberedFile:
    """Minutes that are a file, which prints as an appendix does but has no number as one."""
    day = behind[0].item.paper
    stem = file_stem(behind, f"minutes-{day}")
    entry = Placed(file, "", f"{start}a1")
    return NumberedFile(behind, names(behind), stem, start, f"{start}z", date.fromisoformat(day), entry)


def _lines(meeting: Meeting, minuted: Mapping[str, NumberedMinutes]) -> Iterator[Line]:
    slots = _slots(meeting)
    above: list[tuple[tuple[str, str], ...]] = []
    for ordinal, (item, label, depth, before, whole) in enumerate(labelled(meeting), 1):
        own = ((f"i{ordinal}", label.rstrip(". ")),)
        cited = own if whole or not depth else above[depth - 1] + own
        above[depth:] = [cited]
        part = _part(item, meeting, minuted)
        shared = part and before is not None and _part(before, meeting, minuted) == part
        purposes = meeting.papers[part].purposes if part in meeting.papers else item.purposes
        slot, range_of = slots.get(id(item)), "" if shared else part
        yield Line(item, label, depth, f"i{ordinal}", slot, purposes, part, range_of, cited)


def _part(item: Item, meeting: Meeting, minuted: Mapping[str, NumberedMinutes]) -> str:
    """The key of the part behind a line; none for a paper or minutes that were not read or not written yet."""
    if item.file:
        return f"{item.paper}/{item.file.file.relative_to(meeting.folder).as_posix()}" if item.file.file else ""
    if item.state is PaperState.MINUTES:
        return f"{item.paper}/minutes" if item.paper in minuted else ""
    return item.paper if item.state is PaperState.PAPER and item.paper in meeting.papers else ""


def _slots(meeting: Meeting) -> Mapping[int, TimeSlot]:
    """Time slots by the identity of the item: from ``starts``, one duration after another."""
    slots: dict[int, TimeSlot] = {}
    if meeting.starts is not None:
        _run(meeting.agenda, datetime.combine(date.min, meeting.starts), slots)
    return slots


def _run(items: tuple[Item, ...], clock: datetime, slots: dict[int, TimeSlot]) -> datetime:
    for item in items:
        below = _run(item.items, clock, slots)
        if item.duration is None:
            clock = below
            continue
        ends = clock + timedelta(minutes=item.duration)
        slots[id(item)] = TimeSlot(clock.time(), ends.time())
        clock = ends
    return clock
