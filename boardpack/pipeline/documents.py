"""One edition of one meeting -> its files: render, settle, verify."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack.office import Office, program

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from boardpack.layout import Laid
    from boardpack.layout.press import Another
    from boardpack.model.numbered import NumberedMeeting
    from boardpack.render import Rendered, Templates
    from boardpack.store import Store
    from boardpack.word.package import Document
    from boardpack.word.template import Page

Say = Callable[[str], None]
_LONG = 80
"""Pages from which on reading a PDF takes longer than starting processes for it."""


@dataclass(frozen=True, slots=True)
class Order:
    """How an edition is to be made: what messages call it, the folder to work in, and the page numbers given.

    ``pins`` are those that sections start with, ``out`` those of what was issued before. ``kept`` holds what earlier
    builds have laid out.
    """

    name: str
    work: Path
    say: Say
    pins: Mapping[str, int] = field(default_factory=dict)
    out: Mapping[str, int] = field(default_factory=dict)
    kept: Store | None = None


@dataclass(frozen=True, slots=True)
class Documents:
    """The finished files of an edition, and how they were laid out; not at all where no PDF was asked for."""

    files: dict[str, bytes]
    laid: Laid | None
    rendered: Rendered


def documents(numbered: NumberedMeeting, house: Templates, laying: Office | None, order: Order) -> Documents:
    """Agenda, reports, pack and minutes, each opened again and compared."""
    from boardpack import render

    rendered = render.render(_pictured(numbered, laying, order.work), house)
    count = len(rendered.pack.fragments) - 1
    order.say(f"{order.name}: writing the agenda and {count} paper{'s' if count != 1 else ''}")
    laid = _laid_out(rendered.pack, laying, order)
    files = _finished(rendered, laid, house.house.page, order.work / f"{rendered.name}.pdf")
    if rendered.minutes:
        order.say(f"{order.name}: writing the minutes")
        files |= _minutes(rendered.minutes, house.house.page, laying, order)
    return Documents(files, laid, rendered)


def _pictured(numbered: NumberedMeeting, laying: Office | None, work: Path) -> NumberedMeeting:
    """The same, each Word file that prints as pictures of its pages with the PDF of them, made in ``work``."""
    from boardpack.load.page_pictures import with_pages
    from boardpack.number import number

    meeting = with_pages(numbered.meeting, laying.convert if laying else None, work)
    if meeting is numbered.meeting:
        return numbered
    return replace(number(meeting), edition=numbered.edition, supplement=numbered.supplement)


def _laid_out(pack: Document, laying: Office | None, order: Order) -> Laid | None:
    if laying is None:
        return None
    from boardpack import layout

    order.say(f"{order.name}: laying out")
    shop = layout.Workshop(laying, order.work, order.kept, _another())
    laid = layout.settle(pack, shop, order.pins, order.out)
    order.say(f"{order.name}: comparing every printed page number with its page")
    return laid


def _minutes(document: Document, page: Page, laying: Office | None, order: Order) -> dict[str, bytes]:
    """The meeting's own minutes, which are a document of their own with its own page numbers."""
    from concurrent.futures import ThreadPoolExecutor

    from boardpack import layout

    if laying is None:
        return {"minutes.docx": document.write({})}
    work = order.work / "minutes"
    work.mkdir()
    with ThreadPoolExecutor(1) as beside:
        laid = layout.settle(document, layout.Workshop(laying, work, order.kept))
        data = layout.finished(laid, document, work / "minutes.pdf")
        written = document.write(laid.pages)
        layout.verify_word({"minutes.docx": written}, laid, whole="minutes.docx")
        layout.verify_pdf(work / "minutes.pdf", written, laid, page, beside)
    return {"minutes.docx": written, "minutes.pdf": data}


def _finished(rendered: Rendered, laid: Laid | None, page: Page, path: Path) -> dict[str, bytes]:
    """The files of a pack with its pages filled in, each opened again; the PDF is read while the others are written."""
    documents, whole = rendered.files(), rendered.whole
    if laid is None:
        return _written(documents, {})
    from concurrent.futures import ThreadPoolExecutor

    from boardpack import layout
    from boardpack.render import AGENDA

    data = layout.finished(laid, rendered.pack, path)
    pack = documents.pop(whole).write(laid.pages)
    beside_it = () if rendered.name == "pack" else (AGENDA,)  # a supplement does not print the agenda again
    with _beside(laid.count) as readers, ThreadPoolExecutor(1) as beside:
        compared = beside.submit(layout.verify_pdf, path, pack, laid, page, readers)
        files = {whole: pack, **_written(documents, laid.pages)}
        layout.verify_word(files, laid, whole=whole, beside=beside_it)
        compared.result()
    return {**files, path.name: data}


def _another() -> Another | None:
    """What starts a second LibreOffice beside this process; one of several workers has no processor for it."""
    from multiprocessing import parent_process

    alone = parent_process() is None and (os.cpu_count() or 1) > 1
    return (lambda: Office(program())) if alone else None


def _beside(pages: int) -> Executor:
    """What reads a PDF while this process writes: for a long one processes, where they start at once, else a thread.

    One of several workers has none to spare, and a cluster's may not start any.
    """
    from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
    from multiprocessing import get_all_start_methods, get_context, parent_process

    if pages >= _LONG and parent_process() is None and "fork" in get_all_start_methods():
        readers = ProcessPoolExecutor(2, get_context("fork"))
        readers.submit(int).result()  # both processes start here, before there are threads that could hold a lock
        return readers
    return ThreadPoolExecutor(1)


def _written(documents: Mapping[str, Document], pages: Mapping[str, int]) -> dict[str, bytes]:
    """The Word files with these pages filled in; half of the work is compression, which threads share."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(documents, pool.map(lambda document: document.write(pages), documents.values()), strict=True))
