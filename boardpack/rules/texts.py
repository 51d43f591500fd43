"""The texts that rules on substance read, and the place of a stretch of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from boardpack.diagnostics import CellPlace, Place
from boardpack.model.meeting import Meeting
from boardpack.model.paper import Paper
from boardpack.model.text import Text


def said(paper: Paper) -> Iterator[Text]:
    """What a paper says in sentences: no cells of tables, which have rules of their own."""
    yield paper.title
    if paper.summary:
        yield paper.summary
    yield from paper.recommendations
    for section in paper.sections:
        yield from (text for text in (section.heading, section.text) if text)
    yield from (standing.text for standing in paper.standing if not standing.is_none)


def every(meeting: Meeting, wanted: Callable[[str], bool]) -> Iterator[Text]:
    """Every text of a meeting's agenda, papers and minutes, the cells of tables among them.

    A paper without a sign of what is ``wanted`` in its file is left out, unless it takes cells from other files.
    """
    yield from (item.title for item in meeting.items() if item.title)
    for paper in meeting.papers.values():
        if wanted(paper.at.source.text) or any(file.suffix.lower() in (".csv", ".xlsx") for file in paper.files):
            yield from paper.texts()
    if meeting.minutes:
        yield from meeting.minutes.texts()


def place(text: Text, start: int, end: int) -> Place:
    """Where the stretch ``[start, end)`` of a text was typed; the whole text where its source spells it otherwise."""
    at = text.at
    words = text.value[start:end].split()
    if isinstance(at, CellPlace) or not words:
        return at
    # In a file the lines of a text are indented, so that any blanks may stand between two words.
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    before = sum(1 for _ in pattern.finditer(text.value, 0, start))
    for index, match in enumerate(pattern.finditer(at.source.text, at.start, at.end)):
        if index == before:
            return Place(at.source, match.start(), match.end())
    return at
