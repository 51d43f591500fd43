"""Finished packs read as their readers read them: by Word's tables and by what each PDF page prints.

Nothing here uses the program's own code, so that it cannot be wrong in the same way. Where a paper stands is read from
the head of each page, which names its item; what the agenda should print is worked out from the papers' own files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import docx
import pypdfium2
from packs import Pack, read_yaml

_HEAD = 62.0  # points from the top of the page within which its header stands
_FOOT = 52.0  # points from the bottom within which its footer stands
_STATES = {
    "verbal": ("verbal", "Verbal update"),
    "to follow": ("to_follow", "Report to follow"),
    "tabled": ("tabled", "To be tabled"),
}


@dataclass(frozen=True)
class Line:
    """A line of the agenda: the id of its paper, and what its paper column says in words."""

    paper: str
    words: str
    repeats: bool  # the line before it has the same paper, so that the range is there


@dataclass(frozen=True)
class Page:
    """A page of a PDF: the item that its head names, what it prints, and what of that is neither head nor foot."""

    item: str
    text: str
    body: str


def pages(pdf: Path) -> list[Page]:
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        width, height = page.get_size()
        head = text.get_text_bounded(0, height - _HEAD, width, height)
        item = re.search(r"\bItem (.+?)\s*$", head, re.MULTILINE)
        body = text.get_text_bounded(0, _FOOT, width, height - _HEAD)
        found.append(Page(item[1] if item else "", text.get_text_bounded(), body))
    document.close()
    return found


def agenda_table(data: bytes) -> list[list[str]]:
    """The agenda's rows below its header, read by python-docx."""
    (table, *_) = (table for table in docx.Document(BytesIO(data)).tables if table.cell(0, 0).text == "Item")
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def lines(meeting: Mapping[str, Any], column: Mapping[str, str]) -> list[Line]:
    """The lines of meeting.yaml in order."""
    return list(chain.from_iterable(_below(meeting["agenda"], column)))


def _below(items: Sequence[Any], column: Mapping[str, str]) -> Iterator[list[Line]]:
    before = ""
    for item in items:
        stated = item.get("paper") if isinstance(item, dict) else None
        paper, words = "", ""
        if isinstance(stated, dict):
            words = stated["text"]
        elif stated in _STATES:
            key, words = _STATES[stated]
            words = column.get(key, words)
        elif stated:
            paper = stated
        yield [Line(paper, words, bool(paper) and paper == before)]
        below = item.get("items", []) if isinstance(item, dict) else []
        yield from _below(below, column)
        before = "" if below else paper


def paper_pages(found: Sequence[Page]) -> dict[str, tuple[int, int]]:
    """First and last page of each item that a head names; an item's pages stand together."""
    ranges: dict[str, tuple[int, int]] = {}
    for number, page in enumerate(found, 1):
        if page.item:
            first, last = ranges.get(page.item, (number, number - 1))
            assert last == number - 1, f"the pages of item {page.item} are apart"
            ranges[page.item] = (first, number)
    return ranges


def expected_column(pack: Pack, labels: Sequence[str], found: Sequence[Page]) -> list[str]:
    """What the paper column should print, line by line; ``labels`` are those that the lines have."""
    column = pack.board().get("paper_column", {})
    ranges = paper_pages(found)
    label_of: dict[str, str] = {}
    cells = []
    for line, label in zip(lines(pack.agenda(), column), labels, strict=True):
        if not line.paper or line.repeats:
            cells.append(line.words)
            continue
        first, last = ranges[label_of.setdefault(line.paper, label)]
        one = column.get("page", "Yes, page {first}")
        several = column.get("pages", "Yes, pages {first} to {last}")
        cells.append((one if first == last else several).format(first=first, last=last))
    return cells


def first_pages(pack: Pack, labels: Sequence[str], found: Sequence[Page]) -> dict[str, int]:
    """The page on which the paper of each line begins, by the line's label."""
    ranges = paper_pages(found)
    label_of: dict[str, str] = {}
    there = zip(lines(pack.agenda(), {}), labels, strict=True)
    return {label: ranges[label_of.setdefault(line.paper, label)][0] for line, label in there if line.paper}


def named_pages(text: str, labels: Sequence[str]) -> list[tuple[str, int]]:
    """Every "item 6d, page 31" in a text: the label and the page."""
    known = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return [(match[1], int(match[2])) for match in re.finditer(rf"\b[Ii]tem ({known}), page (\d+)", flowed(text))]


def flowed(text: str) -> str:
    """A text with one blank wherever a line ends or anything else stands between two words."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """A text without any blanks, since a PDF knows none; compatibility forms such as the ligature fi spelt out."""
    return unicodedata.normalize("NFKC", "".join(text.split()))


def titles(pack: Pack) -> dict[str, str]:
    """The title of each paper by its id, as it stands in its file."""
    papers = {line.paper for line in lines(pack.agenda(), {}) if line.paper}
    return {id: str(read_yaml(pack.meeting / f"{id}.yaml")["title"]) for id in papers}
