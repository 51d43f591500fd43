"""Rendered -> Laid: the pages of everything, settled, and every printed number compared with the page that it names.

LibreOffice works out every page reference itself, so one pass gives a PDF that is right and the page of each bookmark.
Only the wording "page 5" or "pages 5 to 6" has to be known before. It is guessed from the length of the text; where a
guess was wrong the document is laid out once more with what was found, :data:`PASSES` times at most.

Where numbers are given from elsewhere, such as those of the members' pack in its public edition, they are *pins*: the
number that a section starts with, by the bookmark at its start. Between them pages count on as usual.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from boardpack import pdf
from boardpack.diagnostics import BoardpackError, ExitCode
from boardpack.office import Office
from boardpack.pdf import OpenPdf, PrintedLink
from boardpack.word import fields, height
from boardpack.word.package import Document
from boardpack.word.pictures import STAND_IN
from boardpack.word.template import Page

PASSES = 4
"""How often a pack is laid out at most."""


class UnsettledError(BoardpackError):
    """The numbers still moved after the last pass, which a word more or less in the papers mends."""

    exit_code = ExitCode.FINDINGS


class WrongPageError(BoardpackError):
    """A printed page number is not the page that it names: the build must not go out."""


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
    pack: Document,
    office: Office,
    folder: Path,
    pins: Mapping[str, int] | None = None,
    out: Mapping[str, int] | None = None,
) -> Laid:
    """Lay the pack out until the wording of every page range fits the pages found.

    ``out`` are the pages of what is not in the document, since it was issued before.

    Raises:
        UnsettledError: if it does not after :data:`PASSES` passes.
        OverlapError: if the pages before a pin reach its number.
    """
    threading.Thread(target=pdf.prepare).start()
    wanted = set(pack.bookmarks())
    pins = {name: number for name, number in (pins or {}).items() if name in wanted}
    ranges = pack.ranges()
    out = out or {}
    pages: Mapping[str, int] = {**out, **_guess(pack, ranges)}
    for attempt in range(1, PASSES + 1):
        document = folder / f"pack-{attempt}.docx"
        document.write_bytes(pack.write(pages, pins=pins, stand_ins=True))
        laid = office.convert(document)
        found = pdf.read(laid)
        missing = sorted(wanted - set(found.destinations))
        if missing:
            raise WrongPageError(
                f"LibreOffice has lost the places {', '.join(missing[:5])} of the pack; build it again"
            )
        starts = _starts(found.destinations, pins)
        numbers = {**out, **{name: _number(sheet, starts) for name, sheet in found.destinations.items()}}
        if _single(ranges, pages) == _single(ranges, numbers):
            return Laid(found, numbers, found.pages, attempt, starts)
        pages = numbers
    raise UnsettledError(
        f"the page numbers did not settle in {PASSES} passes: a paper or a section gains or loses a page each time the "
        "line that names its pages changes; add or take away a line of its text"
    )


def _starts(sheets: Mapping[str, int], pins: Mapping[str, int]) -> dict[int, int]:
    """The sheets of the pinned bookmarks with their numbers, in order.

    Raises:
        OverlapError: where one of these numbers has been printed before.
    """
    starts: dict[int, int] = {}
    for name, number in sorted(pins.items(), key=lambda pin: sheets[pin[0]]):
        before = _number(sheets[name] - 1, starts)
        if sheets[name] > 1 and before >= number:
            raise OverlapError(
                f"what begins on page {number} of the members' or the published pack would come after page {before} "
                "here, and a page number that is out must not move; shorten what stands before it, or publish anew"
            )
        if before + 1 != number:  # else pages count on to it by themselves
            starts[sheets[name]] = number
    return starts


def _guess(pack: Document, ranges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Pages for a first pass, right in one thing only: whether a range has one page or more."""
    pages: dict[str, int] = {}
    page = 1
    for fragment in pack.fragments:
        inside = [pair for pair in ranges if fragment.bookmarks.issuperset(pair)]
        guessed = height.pages(fragment, pack.house, inside)
        pages |= {name: page + number for name, number in guessed.items()}
        page += max(guessed.values(), default=0) + 1
    return pages


def finished(laid: Laid, pack: Document, target: Path) -> bytes:
    """The PDF as it goes out: page labels, title and language set, the same bytes in every build."""
    about = pack.properties
    pdf.put_vectors(laid.source, {name: (vector.pdf, vector.page) for name, vector in pack.vectors().items()}, STAND_IN)
    pdf.finish(laid.source, target, language=about.language, title=about.title, created=about.date, starts=laid.starts)
    return target.read_bytes()


def _single(ranges: Iterable[tuple[str, str]], pages: Mapping[str, int]) -> list[bool]:
    """For each range whether it lies on one page."""
    return [pages.get(first) == pages.get(last) for first, last in ranges]


def verify_word(files: Mapping[str, bytes], laid: Laid, *, whole: str, beside: Collection[str] = ()) -> None:
    """Open the finished Word files again and compare every printed number with the page that it names.

    In the file named ``whole``, the one laid out, each is a live field. The agenda and the reports print some as plain
    text, so what they show must stand in the pack word for word, unless they are named in ``beside``.

    Raises:
        WrongPageError: naming the file and what it prints.
    """
    laid_out = fields.read_back(files[whole])
    for name, data in files.items():
        shown = laid_out if name == whole else fields.read_back(data)
        for each in shown.fields:
            page = laid.pages.get(each.bookmark)
            if each.kind == "PAGEREF" and each.result != str(page):
                raise WrongPageError(f"{name}: a reference to page {page} prints {each.result}; nothing was put out")
        if name not in beside and shown.text not in laid_out.text:
            raise WrongPageError(f"{name}: it prints other words or numbers than {whole}; nothing was put out")


def verify_pdf(path: Path, pack: bytes, laid: Laid, page: Page, executor: Executor) -> None:
    """Open the finished PDF again and compare every number that it prints with the page or part that it names.

    Each field of the Word pack is a link in the PDF, with its result as the words under it. ``page`` is the house's
    page: page numbers stand in its bottom margin. The two halves of the PDF are read side by side by ``executor``.

    Raises:
        WrongPageError: naming the page and what it prints.
    """
    foot, middle = page.margins["bottom"] / 20, laid.count // 2
    halves = [
        executor.submit(pdf.printed, path, foot, first, last) for first, last in ((1, middle), (middle + 1, laid.count))
    ]
    found = pdf.read(path)
    if (found.destinations, found.pages) != (laid.source.destinations, laid.count):
        raise WrongPageError(f"{path.name}: the finished PDF differs from the one laid out; nothing was put out")
    wanted = Counter((field.bookmark, field.result) for field in fields.read_back(pack).fields)
    printed = [half.result() for half in halves]
    _verify_links(path.name, [link for half in printed for link in half.links], wanted)
    for sheet, text in enumerate((text for half in printed for text in half.feet), 1):
        shown, number = re.findall(r"\d+", text), laid.number(sheet)
        if shown and str(number) not in shown:
            raise WrongPageError(f"{path.name}: page {number} prints {text} at its foot; nothing was put out")


def _verify_links(name: str, links: Iterable[PrintedLink], wanted: Counter[tuple[str, str]]) -> None:
    """Every field, given by its bookmark and result, must print under a link of its own, and no other number."""
    results: dict[str, set[str]] = {}
    for bookmark, result in wanted:
        results.setdefault(bookmark, set()).add(result)
    right: Counter[tuple[str, str]] = Counter()
    for link in links:
        named = {(at, result) for at in link.names for result in results.get(at, ())}
        fitting = {(at, result) for at, result in named if _prints(_words_of(link), result)}
        if named and not fitting and re.search(r"\d", link.text):
            raise WrongPageError(
                f"{name}: page {link.page} prints {link.text} for page {link.leads_to}; nothing was put out"
            )
        right.update(fitting)
    for bookmark, result in sorted((wanted - right).keys()):
        raise WrongPageError(
            f"{name}: a reference that should print {result} ({bookmark}) does not; nothing was put out"
        )


def _prints(text: str, result: str) -> bool:
    """Whether the words under a link are a field's result.

    A sign that touches it, such as a bracket, may have come along; a result of several words may stand on two lines,
    under a link each.
    """
    words, wanted = (re.findall(r"\w+", each) for each in (text, result))
    count = len(words)
    return count > 0 and any(words == wanted[at : at + count] for at in range(len(wanted) - count + 1))


def _words_of(link: PrintedLink) -> str:
    """What stands under a link; in a line that runs from right to left LibreOffice draws the link beside its words."""
    return link.text if re.search(r"\d", link.text) else link.said
