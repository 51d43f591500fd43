"""Every printed page number held against the page that it names, in the finished files, opened again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack import pdf
from boardpack.diagnostics import BoardpackError
from boardpack.pdf import PrintedLink
from boardpack.word import fields
from boardpack.word.template import Page

if TYPE_CHECKING:
    from boardpack.layout import Laid


class WrongPageError(BoardpackError):
    """A printed page number is not the page that it names: the build must not go out."""


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
    numbers = {name: laid.number(sheet) for name, sheet in found.destinations.items()}
    if found.pages != laid.count or any(laid.pages.get(name) != number for name, number in numbers.items()):
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
