"""A paper in its place: the numbers and bookmarks of its sections, tables, figures, charts and appendices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from boardpack.model import labels
from boardpack.model.meeting import Meeting
from boardpack.model.numbered import Line, NumberedPaper, Placed
from boardpack.model.paper import Paper
from boardpack.model.text import FORWARD_PLAN, named, plan_stretch
from boardpack.word.placements import placements

Part = TypeVar("Part")


def number_paper(
    meeting: Meeting, paper: Paper, start: str, lines: tuple[Line, ...], within: frozenset[str] = frozenset()
) -> NumberedPaper:
    """A paper with the numbers of all its parts, and the papers that are its appendices.

    ``start`` is the bookmark of its first page. ``within`` are the papers that it is an appendix of, which it cannot
    hold in turn.
    """
    within |= {paper.id}
    counter = labels.counter(meeting.board.number_appendices, "")
    headed = 0
    sections = []
    for ordinal, section in enumerate(paper.sections, 1):
        headed += section.heading is not None
        number = str(headed) if section.heading and paper.number_sections else ""
        sections.append(Placed(section, number, f"{start}s{ordinal}"))
    standing = tuple(
        Placed(answer, str(headed + ordinal) if paper.number_sections else "", f"{start}g{ordinal}")
        for ordinal, answer in enumerate(paper.standing, 1)
    )
    appendices = tuple(
        Placed(appendix, counter.label(ordinal, "") if counter else str(ordinal), f"{start}a{ordinal}")
        for ordinal, appendix in enumerate(paper.appendices, 1)
    )
    return NumberedPaper(
        lines,
        names(lines),
        file_stem(lines, paper.id),
        start,
        f"{start}z",
        paper,
        tuple(sections),
        standing,
        _placed("table", paper, paper.tables, f"{start}t"),
        _placed("figure", paper, paper.figures, f"{start}f"),
        _placed("chart", paper, paper.charts, f"{start}c"),
        appendices,
        {
            at.anchor: number_paper(meeting, meeting.papers[at.part.paper], f"{at.anchor}p", lines, within)
            for at in appendices
            if at.part.paper in meeting.papers and at.part.paper not in within
        },
    )


def names(lines: tuple[Line, ...]) -> str:
    """How a cover names the lines that a part stands behind."""
    own = [line.name for line in lines]
    return f"Agenda item{'s' if len(own) > 1 else ''} {labels.joined(own)}".rstrip() if own[0] else ""


def file_stem(lines: tuple[Line, ...], id: str) -> str:
    """The name of a part's own file, without suffix: the label of its first line in letters and digits, then its id."""
    return "-".join(filter(None, (re.sub(r"[^0-9A-Za-z]+", "-", lines[0].name).strip("-"), id)))


def _placed(kind: str, paper: Paper, parts: Mapping[str, Part], anchor: str) -> Mapping[str, Placed[Part]]:
    """Parts in the order in which the texts place them, then those that no text places."""
    sections = (section.text for section in paper.sections)
    texts = (paper.summary, *sections, *(answer.text for answer in paper.standing))
    shown = [text.value for text in texts if text and "[](" in text.value]
    if len(parts) < 2 and not any(FORWARD_PLAN in text for text in shown):
        shown = []  # what is alone of its kind is the first wherever it is placed, and the texts need not be parsed
    mentioned = (text for text in shown if f"[]({kind}:" in text or FORWARD_PLAN in text)
    placed = (named(*place) for text in mentioned for place in placements(text))
    wanted = (id for what, id in placed if what == kind)
    # A forward plan counts even where it is not worked out: in an earlier meeting that is only referred to.
    order = dict.fromkeys((*(id for id in wanted if id in parts or plan_stretch(id) is not None), *parts))
    return {id: Placed(parts[id], str(n), f"{anchor}{n}") for n, id in enumerate(order, 1) if id in parts}
