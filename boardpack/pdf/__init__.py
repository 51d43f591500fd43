"""PDF files: where their destinations are, what their links print, and the same bytes in every build."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boardpack.diagnostics import BoardpackError, ExitCode

if TYPE_CHECKING:
    from pikepdf import Pdf
    from pypdfium2 import PdfTextPage

_DRAWS = re.compile(rb"(/[^\s/<>\[\]()]+)\s+Do\b")


class DamagedPdfError(BoardpackError):
    """A PDF that does not open, or has no pages."""


class LostPageError(BoardpackError):
    """A page of an appendix that stands on another page than the line above it."""

    exit_code = ExitCode.FINDINGS


@dataclass(frozen=True, slots=True)
class PrintedLink:
    """A link inside the document: the page that it stands on, where it leads, the words that it covers.

    LibreOffice links to a point and not to a name, so ``names`` are all named destinations at that point. ``said`` is
    what the link says of itself (``/Contents``), which LibreOffice fills with the words that it set there.
    """

    page: int
    leads_to: int
    names: frozenset[str]
    text: str
    said: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What a PDF prints where pages are named: its links (12.5.6.5), and the text at the foot of each page."""

    links: list[PrintedLink]
    feet: list[str]


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """An open PDF: its number of pages and the page of each named destination, counted from 1.

    ``beside`` are files that hold some of its streams until it is saved.
    """

    pdf: Pdf
    pages: int
    destinations: Mapping[str, int]
    beside: tuple[Pdf, ...] = ()

    def __enter__(self) -> OpenPdf:
        return self

    def __exit__(self, *_: object) -> None:
        self.pdf.close()


def prepare() -> None:
    """Import the libraries ahead of their use: that takes a while, and while LibreOffice works there is time."""
    import pikepdf  # noqa: F401
    import pypdfium2  # noqa: F401


def read(path: Path) -> OpenPdf:
    """Open a PDF and read the page of each named destination (PDF 32000-1, 12.3.2.3, the catalog's ``/Dests``).

    Raises:
        DamagedPdfError: if it does not open.
    """
    import pikepdf

    try:
        pdf = pikepdf.open(path)
    except pikepdf.PdfError as error:
        raise DamagedPdfError(f"{path.name}: LibreOffice has written a PDF that does not open ({error})") from error
    index = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    named: Any = pdf.Root.get("/Dests", {})
    found = {str(name).removeprefix("/"): index[target[0].objgen] for name, target in named.items()}
    return OpenPdf(pdf, len(index), found)


def finish(
    source: OpenPdf, target: Path, *, language: str, title: str, created: date, starts: Mapping[int, int] | None = None
) -> None:
    """Write a PDF again with page labels, language and title, and without anything that differs between two builds.

    ``starts`` are the sheets, counted from 1, at which the numbering starts anew, with their numbers (12.4.2).
    """
    from pikepdf import Array, Dictionary, Name, String

    moment, pdf = f"D:{created:%Y%m%d}000000Z", source.pdf
    labels = Array()
    for sheet, number in sorted({1: 1, **(starts or {})}.items()):
        labels.append(sheet - 1)
        labels.append(Dictionary(S=Name.D, St=number))
    pdf.Root.PageLabels = Dictionary(Nums=labels)
    pdf.Root.Lang = String(language)
    info = pdf.docinfo
    for key in ("/CreationDate", "/ModDate"):
        info[key] = String(moment)
    info["/Title"] = String(title)
    for key in ("/ID", "/DocChecksum"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"], metadata["dc:language"] = title, [language]
        metadata["xmp:CreateDate"] = f"{created.isoformat()}T00:00:00Z"
    pdf.save(target, deterministic_id=True)


def put_vectors(target: OpenPdf, vectors: Mapping[str, tuple[bytes, int]], stand_in: tuple[int, int]) -> None:
    """Put pages of other PDFs in the place of the pictures that stand in for them, each where its bookmark is.

    The pictures are known by their size in pixels. Each page comes as the form ``/P`` of a page, counted from 1, of the
    PDF with these bytes, and fills the unit square as a picture does, so that whatever draws the picture draws it.
    """
    import pikepdf

    opened: dict[int, Pdf] = {}
    for bookmark, (data, number) in vectors.items():
        source = opened.setdefault(id(data), opened.get(id(data)) or pikepdf.open(io.BytesIO(data)))
        page: Any = target.pdf.pages[target.destinations[bookmark] - 1].obj
        # LibreOffice's pages share one dictionary of resources.
        resources: Any = pikepdf.Dictionary(page.Resources)
        pictures: Any = pikepdf.Dictionary(resources.XObject)
        drawn = set(_DRAWS.findall(_content(page)))
        stands = {name for name, picture in pictures.items() if _pixels(picture) == stand_in}
        names = sorted(name for name in stands if name.encode() in drawn)
        if not names:
            raise LostPageError(
                f"a page of an appendix does not fit on page {target.destinations[bookmark]}, where it belongs; "
                "shorten the appendix's title, or make the header of the house style lower"
            )
        form = target.pdf.copy_foreign(source.pages[number - 1].obj.Resources.XObject.P)
        for name in names:
            pictures[name] = form
        resources.XObject, page.Resources = pictures, resources


def _content(page: Any) -> bytes:
    """What draws a page (7.8.2)."""
    import pikepdf

    streams = page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _pixels(picture: Any) -> tuple[int, int]:
    return int(picture.get("/Width", 0)), int(picture.get("/Height", 0))


def printed(path: Path, foot: float, first: int, last: int) -> Printed:
    """Open a PDF as a reader does and take down what its pages from ``first`` to ``last`` print where pages are named.

    ``foot`` is the height in points of the strip at the bottom of each page where its number stands.
    """
    import pikepdf
    import pypdfium2

    links: list[PrintedLink] = []
    feet: list[str] = []
    document = pypdfium2.PdfDocument(path)
    with pikepdf.open(path) as pdf:
        index = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        names: dict[tuple[object, ...], set[str]] = {}
        for name, place in pdf.Root.get("/Dests", {}).items():
            names.setdefault(_point(place), set()).add(str(name).removeprefix("/"))
        for number in range(first, last + 1):
            sheet = document[number - 1]
            text = sheet.get_textpage()
            feet.append(text.get_text_bounded(0, 0, sheet.get_width(), foot).strip())
            for annotation in pdf.pages[number - 1].get("/Annots", []):
                target: Any = annotation.get("/Dest")
                if isinstance(target, pikepdf.Array):
                    words = _under(text, [float(value) for value in annotation["/Rect"]])
                    found = frozenset(names.get(_point(target), ()))
                    said = str(annotation.get("/Contents", ""))
                    links.append(PrintedLink(number, index[target[0].objgen], found, words, said))
    document.close()
    return Printed(links, feet)


def _point(target: Any) -> tuple[object, ...]:
    """What tells one explicit destination from another: its page and the place on it."""
    return (target[0].objgen, *(str(value) for value in list(target)[1:]))


def _under(text: PdfTextPage, rectangle: list[float]) -> str:
    """The words in a rectangle; a little less on either side, since any glyph that touches it would count."""
    left, bottom, right, top = rectangle
    return " ".join(str(text.get_text_bounded(left + 0.4, bottom + 1, right - 0.4, top - 1)).split())
