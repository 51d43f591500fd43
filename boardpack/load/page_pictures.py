"""Word documents that print as pictures of their pages: the PDF of these, made before a build renders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from boardpack.diagnostics import MissingError
from boardpack.model.meeting import Item, Meeting
from boardpack.model.paper import Appendix
from boardpack.office import LayoutError

_AS_PDF = "save it as PDF from Word and name the PDF"
Convert = Callable[[Path], Path]
"""Lays a Word file out and returns its PDF (:meth:`boardpack.office.Office.convert`)."""


def with_pages(meeting: Meeting, convert: Convert | None, folder: Path) -> Meeting:
    """The meeting, each appendix that prints as pictures of its pages with the PDF of them; itself where none does.

    Raises:
        MissingError: where there is such an appendix and nothing that draws it.
        LayoutError: where LibreOffice draws no pages of one that can be used.
    """
    agenda = tuple(_item(each, convert, folder) for each in meeting.agenda)
    drawn = {
        id: replace(paper, appendices=tuple(_with_pages(each, convert, folder) for each in paper.appendices))
        for id, paper in meeting.papers.items()
        if any(_is_pictured(each) for each in paper.appendices)
    }
    if not drawn and all(one is other for one, other in zip(agenda, meeting.agenda, strict=True)):
        return meeting
    return replace(meeting, agenda=agenda, papers={**meeting.papers, **drawn})


def _item(item: Item, convert: Convert | None, folder: Path) -> Item:
    """A line whose minutes are a file with the PDF of its pages; itself where nothing of it is drawn."""
    items = tuple(_item(each, convert, folder) for each in item.items)
    file = _with_pages(item.file, convert, folder) if item.file else None
    same = file is item.file and all(one is other for one, other in zip(items, item.items, strict=True))
    return item if same else replace(item, items=items, file=file)


def _is_pictured(appendix: Appendix) -> bool:
    from boardpack.foreign import word

    return appendix.file is not None and appendix.suffix == ".docx" and word.is_pictured(appendix.file)


def _with_pages(appendix: Appendix, convert: Convert | None, folder: Path) -> Appendix:
    from boardpack.foreign import pdf, word

    if appendix.file is None or not _is_pictured(appendix):
        return appendix
    if convert is None:
        message = f"{appendix.file}: only LibreOffice can draw its pages; build without --no-pdf, or {_AS_PDF}"
        raise MissingError(message)
    pages = word.as_pdf(appendix.file, convert, Path(mkdtemp(dir=folder)))
    if not pdf.look(pages).sheets:
        raise LayoutError(f"{appendix.file}: LibreOffice draws no pages of it that can be read; {_AS_PDF}")
    return replace(appendix, pages=pages)
