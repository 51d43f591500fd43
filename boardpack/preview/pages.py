"""The true pages of one paper: laid out by itself, with the page numbers that it has in the pack.

One LibreOffice is kept warm, so that a save waits for the layout alone. Everything that the preview knows of Word files
and of layout stands here.
"""

from __future__ import annotations

import io
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import pypdfium2

from boardpack import layout, render
from boardpack.layout import Laid
from boardpack.layout.parts import Part, Setting
from boardpack.layout.press import Workshop
from boardpack.model.numbered import NumberedMeeting
from boardpack.office import Office, program
from boardpack.pdf.joining import join
from boardpack.pipeline.issue import pins as published_pins
from boardpack.places import Options, template_folders
from boardpack.preview.reading import Reading
from boardpack.render import paper
from boardpack.word.fields import ELSEWHERE
from boardpack.word.fragment import Ids
from boardpack.word.package import Document, Properties, zipped

_DRAWING = threading.Lock()
"""PDFium works for one thread at a time."""
_SHARPEST = 6.0
"""Pixels a point at most: an A4 page of 18 million pixels."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Where the whole pack has its parts: first and last page of each by its key, in order, and the number of pages.

    ``whole`` says whether every paper of the agenda could be laid out with the others.
    """

    serial: int
    ranges: Mapping[str, tuple[int, int]]
    count: int
    whole: bool = True

    def starts(self, numbered: NumberedMeeting, lengths: Mapping[str, int]) -> dict[str, int]:
        """The first and last page of every part by the bookmarks that it has now.

        ``lengths`` are the numbers of pages of the papers that were laid out since: what comes behind them moves.
        """
        found: dict[str, int] = {}
        moved = 0
        for key, part in numbered.parts.items():
            if key in self.ranges:
                first, last = self.ranges[key]
                length = lengths.get(key, last - first + 1)
                found[part.start], found[part.end] = first + moved, first + moved + length - 1
                moved += length - (last - first + 1)
        return found

    def total(self, lengths: Mapping[str, int]) -> int:
        """How many pages the pack has, given the lengths of the papers that were laid out since."""
        known = {key: last - first + 1 for key, (first, last) in self.ranges.items()}
        return self.count + sum(lengths[key] - length for key, length in known.items() if key in lengths)


class Found(NamedTuple):
    """A place on the pages of a paper: the page, counted from 1, then top and height as shares of its height."""

    page: int
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of one paper as laid out: the PDF, and what its Word file is written from.

    ``first`` is the number on its first page, 0 where its place in the pack is not known yet. ``sizes`` are width and
    height of each page in points. ``settled`` is what would be laid out again if nothing had changed.
    """

    serial: int
    first: int
    sizes: Sequence[tuple[float, float]]
    pdf: bytes
    document: Document
    numbers: Mapping[str, int]
    settled: bytes

    @property
    def count(self) -> int:
        """How many pages the paper has."""
        return len(self.sizes)

    def word(self) -> bytes:
        """The paper's Word file, as a build writes it."""
        return self.document.write(self.numbers)

    def picture(self, number: int, scale: float) -> bytes:
        """One page, counted from 1, as a PNG of ``scale`` pixels a point."""
        with _DRAWING:
            document = pypdfium2.PdfDocument(self.pdf)
            try:
                image = document[number - 1].render(scale=min(scale, _SHARPEST)).to_pil()
            finally:
                document.close()
        data = io.BytesIO()
        image.save(data, "png", compress_level=1)
        return data.getvalue()

    def find(self, words: str) -> Found | None:
        """Where words stand first, of which the first few have to be on one line."""
        with _DRAWING:
            document = pypdfium2.PdfDocument(self.pdf)
            try:
                for number, page in enumerate(document, 1):
                    text = page.get_textpage()
                    at = text.search(words).get_next()
                    if at:
                        boxes = [text.get_charbox(index) for index in range(at[0], sum(at))]
                        height = page.get_height()
                        top, bottom = max(box[3] for box in boxes), min(box[1] for box in boxes)
                        return Found(number, 1 - top / height, (top - bottom) / height)
            finally:
                document.close()
        return None


class WarmOffice:
    """A LibreOffice that is started when it is first wanted, and stays."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._office: Office | None = None

    def warm_up(self) -> Office:
        """The office, started now if it has not been."""
        with self._lock:
            if self._office is None:
                self._office = self._stack.enter_context(Office(program()))
            return self._office

    def convert(self, document: Path) -> Path:
        """The PDF of a Word file.

        Raises:
            LayoutError: if LibreOffice makes none, though it has tried on a fresh profile too.
        """
        return self.warm_up().convert(document)

    def close(self) -> None:
        """End the office."""
        with self._lock:
            self._stack.close()
            self._office = None


def lay(
    reading: Reading, id: str, options: Options, office: WarmOffice, starts: Mapping[str, int], before: Sheets | None
) -> Sheets:
    """Lay out one paper that :meth:`Reading.shown` shows.

    ``starts`` are the pages of the pack's parts by bookmark, as far as they are known. ``before`` is how the paper was
    laid out last: whether a range of pages is one page or several seldom changes, and where it has not, one pass is
    enough; where the Word file has not changed at all, none.

    Raises:
        LayoutError: if LibreOffice makes no PDF.
    """
    numbered = reading.shown(id)
    if numbered is None:
        raise ValueError(f"{id} cannot be laid out as it stands")
    document = _report(numbered, id, render.templates(template_folders(numbered.meeting.board, options)))
    start = numbered.parts[id].start
    pins = {start: starts[start]} if start in starts else {}
    numbers: Mapping[str, int] = {**(before.numbers if before else {}), **starts}
    same = before is not None and before.document.vectors() == document.vectors()
    with tempfile.TemporaryDirectory(prefix="boardpack-preview-") as folder:
        part = Part(document)
        setting = part.setting(numbers, pins)
        if before and same and before.settled == zipped(part.made_of(setting)):
            return replace(before, serial=reading.serial)
        laid, setting = _settled(part, setting, numbers, pins, office, Path(folder))
        data = layout.finished(laid, document, Path(folder) / "finished.pdf")
        laid.source.pdf.close()
    settled = zipped(part.made_of(setting))
    return Sheets(reading.serial, pins.get(start, 0), _sizes(data), data, document, laid.pages, settled)


def _settled(
    part: Part,
    setting: Setting,
    numbers: Mapping[str, int],
    pins: Mapping[str, int],
    office: WarmOffice,
    folder: Path,
) -> tuple[Laid, Setting]:
    """The paper as laid out, and its last setting."""
    first = pins.get(part.start, 1)
    for _ in range(layout.PASSES):
        sheets = part.lay_out(setting, office, folder / "paper.docx")
        numbers = {**numbers, **{name: sheet + first - 1 for name, sheet in sheets.destinations.items()}}
        found = part.setting(numbers, pins)
        if found == setting:
            break
        setting = found
    joined = join([sheets.open(folder / "laid.pdf")], ELSEWHERE)
    return Laid(joined, numbers, sheets.count, 1, {1: first}), setting


def lay_pack(reading: Reading, options: Options) -> Pack:
    """Lay out the whole pack, to learn where each of its parts stands.

    Raises:
        LayoutError: if LibreOffice makes no PDF.
    """
    numbered = reading.numbered
    if numbered is None:
        raise ValueError("the pack cannot be laid out as it stands")
    house = render.templates(template_folders(numbered.meeting.board, options))
    rendered = render.render(numbered, house)
    with Office(program()) as office, tempfile.TemporaryDirectory(prefix="boardpack-preview-") as folder:
        try:
            laid = layout.settle(rendered.pack, Workshop(office, Path(folder)), published_pins(numbered))
        except layout.OverlapError:  # published, and longer now: a supplement will have numbers of its own
            laid = layout.settle(rendered.pack, Workshop(office, Path(folder)))
        laid.source.pdf.close()
    ranges = {key: (laid.pages[part.start], laid.pages[part.end]) for key, part in numbered.parts.items()}
    whole = reading.meeting is not None and not any(reading.in_the_way(id) for id in reading.ids())
    return Pack(reading.serial, ranges, laid.number(laid.count), whole)


def _report(numbered: NumberedMeeting, id: str, house: render.Templates) -> Document:
    """The paper as a document of its own, as :func:`render.render` makes it."""
    meeting, at = numbered.meeting, numbered.papers[id]
    fragment = paper.fragment(numbered, id, house.house, house.cover, Ids())
    board, title = meeting.board, f"{at.label} {paper.title(at)}".strip()
    about = Properties(title, board.organisation or board.name, board.language, meeting.date)
    return Document(house.house, (fragment,), about)


def _sizes(data: bytes) -> list[tuple[float, float]]:
    with _DRAWING:
        document = pypdfium2.PdfDocument(data)
        try:
            return [document.get_page_size(number) for number in range(len(document))]
        finally:
            document.close()
