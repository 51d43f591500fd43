"""Rendered -> Laid: the pages of everything, settled, and every printed number compared with the page that it names.

The agenda and every few papers are laid out by themselves, in order, so that papers that have not changed need not be
laid out again. LibreOffice works out the page references within a part; what a part prints of others, the number on its
first page and the wording "page 5" or "pages 5 to 6" have to be known before. They are guessed; the parts of which a
guess was wrong are laid out once more with what was found, :data:`PASSES` times at most.

Where numbers are given from elsewhere, such as those of the members' pack in its public edition, they are *pins*: the
number that a section starts with, by the bookmark at its start. Between them pages count on as usual.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boardpack import pdf
from boardpack.diagnostics import BoardpackError, ExitCode
from boardpack.layout.guess import guess
from boardpack.layout.parts import Part, Setting, Sheets
from boardpack.layout.press import Press, likely_setting
from boardpack.layout.press import Workshop as Workshop
from boardpack.layout.verify import WrongPageError as WrongPageError
from boardpack.layout.verify import verify_pdf as verify_pdf
from boardpack.layout.verify import verify_word as verify_word
from boardpack.pdf import OpenPdf
from boardpack.pdf.joining import join
from boardpack.word.fields import ELSEWHERE
from boardpack.word.package import Document
from boardpack.word.pictures import STAND_IN

PASSES = 4
"""How often a part is laid out at most."""


class UnsettledError(BoardpackError):
    """The numbers still moved after the last pass, which a word more or less in the papers mends."""

    exit_code = ExitCode.FINDINGS


class OverlapError(BoardpackError):
    """More pages come before a pinned one than its number leaves room for."""

    exit_code = ExitCode.FINDINGS


@dataclass(frozen=True, slots=True)
class Laid:
    """The pack as laid out: the PDF, the page number of every bookmark, the number of sheets and of passes.

    ``starts`` are the sheets, counted from 1, at which the numbering starts anew, each with its number.
    """

    source: OpenPdf
    pages: Mapping[str, int]
    count: int
    passes: int
    starts: Mapping[int, int] = field(default_factory=dict)

    def number(self, sheet: int) -> int:
        """The number printed on a sheet."""
        return _number(sheet, self.starts)


def _number(sheet: int, starts: Mapping[int, int]) -> int:
    last = max((start for start in starts if start <= sheet), default=None)
    return sheet if last is None else starts[last] + sheet - last


def settle(
    pack: Document, shop: Workshop, pins: Mapping[str, int] | None = None, out: Mapping[str, int] | None = None
) -> Laid:
    """Lay the pack out until every part prints the pages found.

    ``out`` are the pages of what is not in the document, since it was issued before.

    Raises:
        UnsettledError: if it does not after :data:`PASSES` passes.
        OverlapError: if the pages before a pin reach its number.
    """
    threading.Thread(target=pdf.prepare).start()
    likely = guess(pack, pins or {}, shop.kept)
    parts = tuple(Part.all_of(pack, likely.lengths))
    numbers = {**likely.pages, **(out or {})}
    before: list[Setting] = []
    with Press(parts, shop) as press:
        for attempt in range(PASSES + 1):
            run = _Pass(press, pins or {}, numbers)
            if run.settings == before and run.sure:
                joined = _joined(press, run.laid)
                return Laid(joined, numbers, joined.pages, attempt, run.starts)
            before = run.settings
    raise UnsettledError(
        f"the page numbers did not settle in {PASSES} passes: a paper or a section gains or loses a page each time the "
        "line that names its pages changes; add or take away a line of its text"
    )


def _joined(press: Press, laid: Sequence[Sheets]) -> OpenPdf:
    return join([press.file(sheets) for sheets in laid], ELSEWHERE)


class _Pass:
    """One pass over the parts in order; ``numbers`` learns the page of each bookmark on the way.

    ``sure`` says whether every part was laid out in the setting that it has.
    """

    def __init__(self, press: Press, pins: Mapping[str, int], numbers: dict[str, int]) -> None:
        self.settings: list[Setting] = []
        self.laid: list[Sheets] = []
        self.starts: dict[int, int] = {}
        self.sure = True
        self._press, self._pins, self._count = press, pins, 0
        for at, part in enumerate(press.parts):
            self._take(at, part, numbers)
            self._move(at + 1, numbers)
        press.end_pass()

    def _take(self, at: int, part: Part, numbers: dict[str, int]) -> None:
        own = {name: number for name, number in self._pins.items() if name in part.bookmarks}
        first = {part.start: _number(self._count + 1, self.starts)} if part.start else {}
        setting = part.setting(numbers, {**first, **own})
        sheets, sure = self._press.sheets(at, setting, lambda other: likely_setting(other, numbers, self._pins))
        found = {name: self._count + sheet for name, sheet in sheets.destinations.items()}
        for name, number in sorted(own.items(), key=lambda pin: found[pin[0]]):
            self._pin(found[name], number)
        numbers.update({name: _number(sheet, self.starts) for name, sheet in found.items()})
        self._count += sheets.count
        self.settings.append(setting)
        self.laid.append(sheets)
        self.sure = self.sure and sure

    def _move(self, at: int, numbers: dict[str, int]) -> None:
        """Move what stands behind, up to the next pin, by as many pages as those before turned out more or fewer."""
        parts = self._press.parts[at:]
        if not parts or parts[0].start not in numbers or parts[0].start in self._pins:
            return
        moved = _number(self._count + 1, self.starts) - numbers[parts[0].start]
        if moved:
            for part in itertools.takewhile(lambda each: each.start not in self._pins, parts):
                numbers.update({name: numbers[name] + moved for name in part.bookmarks if name in numbers})

    def _pin(self, sheet: int, number: int) -> None:
        """Let the numbering start anew at a sheet; refuse a number that has been printed before."""
        before = _number(sheet - 1, self.starts)
        if sheet > 1 and before >= number:
            raise OverlapError(
                f"what begins on page {number} of the members' or the published pack would come after page {before} "
                "here, and a page number that is out must not move; shorten what stands before it, or publish anew"
            )
        if before + 1 != number:  # else pages count on to it by themselves
            self.starts[sheet] = number


def finished(laid: Laid, pack: Document, target: Path) -> bytes:
    """The PDF as it goes out: page labels, title and language set, the same bytes in every build."""
    about = pack.properties
    pdf.put_vectors(laid.source, {name: (vector.pdf, vector.page) for name, vector in pack.vectors().items()}, STAND_IN)
    pdf.finish(laid.source, target, language=about.language, title=about.title, created=about.date, starts=laid.starts)
    return target.read_bytes()
