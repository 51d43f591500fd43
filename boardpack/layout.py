"""Rendered -> Laid: the pages of everything, settled, and every printed number compared with the page that it names.

LibreOffice works out every page reference itself, so one pass gives a PDF that is right and the page of each bookmark.
Only the wording "page 5" or "pages 5 to 6" has to be known before. It is guessed from the length of the text; where a
guess was wrong the document is laid out once more with what was found, :data:`PASSES` times at most.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from boardpack import pdf
from boardpack.diagnostics import BoardpackError, ExitCode
from boardpack.office import Office
from boardpack.pdf import OpenPdf, PrintedLink
from boardpack.word import fields, height
from boardpack.word.package import Document
from boardpack.word.template import Page

PACK = "pack.docx"
PASSES = 4
"""How often a pack is laid out at most."""


class UnsettledError(BoardpackError):
    """The numbers still moved after the last pass, which a word more or less in the papers mends."""

    exit_code = ExitCode.FINDINGS


class WrongPageError(BoardpackError):
    """A printed page number is not the page that it names: the build must not go out."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The pack as laid out: the PDF, the page of every bookmark, the number of pages and of passes."""

    source: OpenPdf
    pages: Mapping[str, int]
    count: int
    passes: int


def settle(pack: Document, office: Office, folder: Path) -> Laid:
    """Lay the pack out until the wording of every page range fits the pages found.

    Raises:
        UnsettledError: if it does not after :data:`PASSES` passes.
    """
    threading.Thread(target=pdf.prepare).start()
    wanted = set(pack.bookmarks())
    ranges = pack.ranges()
    pages: Mapping[str, int] = _guess(pack, ranges)
    for attempt in range(1, PASSES + 1):
        document = folder / f"pack-{attempt}.docx"
        document.write_bytes(pack.write(pages, pin=False))
        laid = office.convert(document)
        found = pdf.read(laid)
        missing = sorted(wanted - set(found.destinations))
        if missing:
            raise WrongPageError(
                f"LibreOffice has lost the places {', '.join(missing[:5])} of the pack; build it again"
            )
        if _single(ranges, pages) == _single(ranges, found.destinations):
            return Laid(found, found.destinations, found.pages, attempt)
        pages = found.destinations
    raise UnsettledError(
        f"the page numbers did not settle in {PASSES} passes: a paper or a section gains or loses a page each time the "
        "line that names its pages changes; add or take away a line of its text"
    )


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
    pdf.finish(laid.source, target, language=about.language, title=about.title, created=about.date)
    return target.read_bytes()


def _single(ranges: Iterable[tuple[str, str]], pages: Mapping[str, int]) -> list[bool]:
    """For each range whether it lies on one page."""
    return [pages.get(first) == pages.get(last) for first, last in ranges]


def verify_word(files: Mapping[str, bytes], laid: Laid, *, whole: str) -> None:
    """Open the finished Word files again and compare every printed number with the page that it names.

    In the file named ``whole``, the one laid out, each is a live field. The agenda and the reports print some as plain
    text, so what they show must stand in the pack word for word.

    Raises:
        WrongPageError: naming the file and what it prints.
    """
    laid_out = fields.read_back(files[whole])
    for name, data in files.items():
        shown = laid_out if name == whole else fields.read_back(data)
        for field in shown.fields:
            page = laid.pages.get(field.bookmark)
            if field.kind == "PAGEREF" and field.result != str(page):
                raise WrongPageError(f"{name}: a reference to page {page} prints {field.result}; nothing was put out")
        if shown.text not in laid_out.text:
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
    if (found.destinations, found.pages) != (laid.pages, laid.count):
        raise WrongPageError(f"{path.name}: the finished PDF differs from the one laid out; nothing was put out")
    wanted = Counter((field.bookmark, field.result) for field in fields.read_back(pack).fields)
    printed = [half.result() for half in halves]
    _verify_links(path.name, [link for half in printed for link in half.links], wanted)
    for number, text in enumerate((text for half in printed for text in half.feet), 1):
        numbers = re.findall(r"\d+", text)
        if numbers and str(number) not in numbers:
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
