"""The body of a report in its parts: a heading each with what stands below it, and the appendices behind the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from boardpack.new.from_word import labels
from boardpack.new.from_word.lines import Element, Line, shown
from boardpack.reader import Piece

_NUMBERED_APPENDIX = re.compile(r"(?:appendix|annexe?)\s+(?:[0-9]{1,2}|[A-Z])\b(?!\))", re.IGNORECASE)


def appended(body: Sequence[Element]) -> tuple[list[Element], list[tuple[Line, list[Element]]]]:
    """The body, and the appendices that stand behind it in the same file, each under its heading."""
    found: list[tuple[Line, list[Element]]] = []
    kept: list[Element] = []
    level = 0
    for element in body:
        begins = isinstance(element, Line) and element.heading and bool(_NUMBERED_APPENDIX.match(element.text))
        if isinstance(element, Line) and begins and (not found or element.heading <= level):
            level = element.heading
            found.append((element, []))
        elif found:
            found[-1][1].append(element)
        else:
            kept.append(element)
    return kept, found


def without_end(line: Line, words: str) -> Line:
    """A line without the words that end it."""
    text = shown(line.pieces).rstrip().removesuffix(words)
    return replace(line, pieces=(Piece("text", text),))


def levelled(body: Sequence[Element]) -> list[Element]:
    """The body with the headings that every paper knows no higher than those of the report's own matter.

    `RECOMMENDATIONS` in capitals is no level above headings that are only bold.
    """
    headings = [each for each in body if isinstance(each, Line) and each.heading]
    own = [each.heading for each in headings if not labels.heading_kind(each.text)]
    if len(own) == len(headings) or not own:
        return list(body)
    top = min(own)
    return [
        replace(each, heading=max(each.heading, top)) if isinstance(each, Line) and each.heading else each
        for each in body
    ]


def as_heading(label: str) -> Line:
    """A label of the cover as the heading of a part."""
    return Line((Piece("text", label.rstrip(": ")),), heading=1)


def parts(elements: Sequence[Element]) -> Iterator[tuple[Line | None, list[Element]]]:
    """The elements under each heading of the highest level, those before the first under none."""
    levels = [each.heading for each in elements if isinstance(each, Line) and each.heading]
    top = min(levels, default=0)
    heading: Line | None = None
    inside: list[Element] = []
    for element in elements:
        begins = isinstance(element, Line) and element.heading
        if isinstance(element, Line) and begins and (element.heading == top or _starts(element, top, heading)):
            if heading or inside:
                yield heading, inside
            heading, inside = element, []
        else:
            inside.append(element)
    if heading or inside:
        yield heading, inside


def _starts(heading: Line, top: int, above: Line | None) -> bool:
    """Whether a heading begins a part although others are higher: known to every paper, and one level down or first."""
    return bool(labels.heading_kind(heading.text)) and (above is None or heading.heading == top + 1)
