"""PDF files: where their destinations are, what their links print, and the same bytes in every build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boardpack.diagnostics import BoardpackError

if TYPE_CHECKING:
    from pikepdf import Pdf
    from pypdfium2 import PdfTextPage


class DamagedPdfError(BoardpackError):
    """A PDF that does not open, or has no pages."""


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
    """An open PDF: its number of pages and the page of each named destination, counted from 1."""

    pdf: Pdf
    pages: int
    destinations: Mapping[str, int]


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


def finish(source: OpenPdf, target: Path, *, language: str, title: str, created: date) -> None:
    """Write a PDF again with page labels, language and title, and without anything that differs between two builds."""
    from pikepdf import Array, Dictionary, Name, String

    moment, pdf = f"D:{created:%Y%m%d}000000Z", source.pdf
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
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
