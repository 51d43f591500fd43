"""Meeting -> NumberedMeeting: every label, time slot, part number and bookmark name. Pure.

Bookmark names hold letters and digits only, because LibreOffice spells anything else differently in a PDF: ``i12`` is
an agenda line, ``p7`` and ``p7z`` the first and the last page of a paper, ``p7s2`` its second section, then ``t`` for
tables, ``f`` for figures, ``g`` for standing sections, ``a`` for appendices; ``p7a1p`` stands before the parts of an
appendix that is a paper itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.numbered import Line, NumberedMeeting, NumberedPaper, Placed, TimeSlot
from boardpack.model.paper import Paper
from boardpack.number import labels
from boardpack.word.placements import placements

Part = TypeVar("Part")


def number(meeting: Meeting) -> NumberedMeeting:
    """Work out all numbers of a meeting that rules have found to be sound."""
    lines = tuple(_lines(meeting))
    order = dict.fromkeys(line.paper for line in lines if line.paper)
    papers = {
        id: _paper(
            meeting.papers[id], f"p{position}", tuple(line for line in lines if line.paper == id), meeting.papers
        )
        for position, id in enumerate(order, 1)
    }
    return NumberedMeeting(meeting, lines, papers)


def number_alone(meeting: Meeting, paper: Paper) -> NumberedMeeting:
    """A meeting cut down to one paper, for a paper that no agenda line names yet."""
    item = Item(paper.id, paper.title, PaperState.PAPER, paper.id, paper.at)
    line = Line(item, "", 0, "i1", None, paper.purposes, paper.id, paper.id)
    return NumberedMeeting(meeting, (line,), {paper.id: _paper(paper, "p1", (line,), meeting.papers)})


def _lines(meeting: Meeting) -> Iterator[Line]:
    slots = _slots(meeting)
    labelled = _labelled(meeting.agenda, "", meeting.board.numbering, 0)
    for ordinal, (item, label, depth, before) in enumerate(labelled, 1):
        paper = item.paper if item.state is PaperState.PAPER else ""
        shared = paper and before is not None and before.state is PaperState.PAPER and before.paper == paper
        purposes = meeting.papers[paper].purposes if paper else item.purposes
        yield Line(item, label, depth, f"i{ordinal}", slots.get(id(item)), purposes, paper, "" if shared else paper)


def _labelled(
    items: tuple[Item, ...], parent: str, samples: tuple[str, ...], depth: int, parent_sample: str = ""
) -> Iterator[tuple[Item, str, int, Item | None]]:
    """Each item with its label, its depth and the sibling right before it."""
    counter = labels.counter(samples[0], parent_sample) if samples else None
    before: Item | None = None
    for position, item in enumerate(items, 1):
        label = counter.label(position, parent) if counter else ""
        yield item, label, depth, before
        below, sample = samples[1:], samples[0] if samples else ""
        if item.numbering:
            below = item.numbering
            sample = label if below[0].startswith(label) else sample
        yield from _labelled(item.items, label, below, depth + 1, sample)
        before = item if not item.items else None


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


def _paper(paper: Paper, start: str, lines: tuple[Line, ...], papers: Mapping[str, Paper]) -> NumberedPaper:
    names = [line.label for line in lines]
    stem = "-".join(filter(None, (re.sub(r"[^0-9A-Za-z]+", "-", names[0]).strip("-"), paper.id)))
    headed = 0
    sections = []
    for ordinal, section in enumerate(paper.sections, 1):
        headed += section.heading is not None
        sections.append(Placed(section, str(headed) if section.heading else "", f"{start}s{ordinal}"))
    standing = tuple(
        Placed(answer, str(headed + ordinal), f"{start}g{ordinal}") for ordinal, answer in enumerate(paper.standing, 1)
    )
    appendices = tuple(
        Placed(appendix, labels.count("A", ordinal), f"{start}a{ordinal}")
        for ordinal, appendix in enumerate(paper.appendices, 1)
    )
    return NumberedPaper(
        paper,
        lines,
        f"Agenda item{'s' if len(names) > 1 else ''} {labels.joined(names)}".rstrip() if names[0] else "",
        stem,
        start,
        f"{start}z",
        tuple(sections),
        standing,
        _placed("table", paper, paper.tables, f"{start}t"),
        _placed("figure", paper, paper.figures, f"{start}f"),
        appendices,
        {
            at.anchor: _paper(papers[at.part.paper], f"{at.anchor}p", lines, papers)
            for at in appendices
            if at.part.paper
        },
    )


def _placed(kind: str, paper: Paper, parts: Mapping[str, Part], anchor: str) -> Mapping[str, Placed[Part]]:
    """Parts in the order in which the texts place them, then those that no text places."""
    sections = (section.text for section in paper.sections)
    texts = (paper.summary, *sections, *(answer.text for answer in paper.standing))
    named = (place for text in texts if text and f"[]({kind}:" in text.value for place in placements(text.value))
    wanted = (id for what, id in named if what == kind)
    order = dict.fromkeys((*(id for id in wanted if id in parts), *parts))
    return {id: Placed(parts[id], str(n), f"{anchor}{n}") for n, id in enumerate(order, 1)}
