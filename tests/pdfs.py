"""PDF files for tests: ordinary ones of any shape, and hostile ones."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Permissions, String


@dataclass(frozen=True)
class Sheet:
    """A page to be made: its media box, crop box, rotation, unit, and the words on it."""

    words: str = "Page of the appendix"
    media: tuple[float, float, float, float] = (0, 0, 595, 842)
    crop: tuple[float, float, float, float] | None = None
    rotate: int = 0
    unit: float = 1
    framed: bool = True
    """Whether it has a line along its edges; what has none is trimmed where it is blank."""

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height in points as it is read."""
        box = self.crop or self.media
        width, height = (box[2] - box[0]) * self.unit, (box[3] - box[1]) * self.unit
        return (height, width) if self.rotate % 180 else (width, height)


def pdf_of(sheets: Sequence[Sheet]) -> Pdf:
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for sheet in sheets:
        page = pdf.add_blank_page(page_size=(100, 100))
        left, bottom, right, top = sheet.crop or sheet.media
        width, height = right - left, top - bottom
        size = max(2.0, min(width, height) / 25)
        page.obj.Contents = pdf.make_stream(
            f"1 g 0.5 G {left} {bottom} {width} {height} re {'B' if sheet.framed else 'f'} 0.8 0.1 0.1 rg "
            f"{left + width * 0.1} {bottom + height * 0.1} {width * 0.3} {height * 0.2} re f 0 0 0.7 rg "
            f"{left + width * 0.6} {bottom + height * 0.7} m {right} {bottom + height * 0.7} l {right} {top} l f 0 g "
            f"BT /F1 {size} Tf {left + width * 0.1} {bottom + height * 0.5} Td ({sheet.words}) Tj ET".encode()
        )
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.MediaBox = Array(list(sheet.media))
        if sheet.crop:
            page.obj.CropBox = Array(list(sheet.crop))
        if sheet.rotate:
            page.obj.Rotate = sheet.rotate
        if sheet.unit != 1:
            page.obj.UserUnit = sheet.unit
    return pdf


def saved(pdf: Pdf, **options: Any) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def write_pdf(path: Path, *sheets: Sheet) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(saved(pdf_of(sheets or (Sheet(),))))
    return path


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('canary')"))


def _opening(pdf: Pdf) -> None:
    pdf.Root.OpenAction = _script()


def _launching(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.Launch, F=String("canary.exe"))


def _named_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("canary"), _script()])))


def _embedding(pdf: Pdf) -> None:
    pdf.attachments["canary.txt"] = pikepdf.AttachedFileSpec(pdf, b"canary", filename="canary.txt")


def annotate(pdf: Pdf, kind: str, page: int = 0, **keys: Any) -> Dictionary:
    annotation = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([100, 100, 300, 200]), **keys)
    )
    pdf.pages[page].obj.Annots = Array([*pdf.pages[page].obj.get("/Annots", []), annotation])
    return annotation


def appearance(pdf: Pdf, words: str) -> Dictionary:
    """What an annotation or a field looks like."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    stream = pdf.make_stream(f"BT /F1 12 Tf 5 5 Td ({words}) Tj ET".encode())
    stream.Type, stream.Subtype = Name.XObject, Name.Form
    stream.BBox = Array([0, 0, 200, 100])
    stream.Resources = Dictionary(Font=Dictionary(F1=font))
    return Dictionary(N=stream)


def _commented(pdf: Pdf) -> None:
    annotate(pdf, "Text", Contents=String("canary"), T=String("canary"))
    annotate(pdf, "Highlight", Contents=String("canary"), AP=appearance(pdf, "canary"))


def _described(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = "canary"
    pdf.pages[0].obj.PieceInfo = Dictionary(Canary=Dictionary(Private=String("canary")))
    pdf.pages[0].obj.Metadata = pdf.make_stream(b"canary")
    pdf.pages[0].obj.Resources.Properties = Dictionary(M0=Dictionary(Canary=String("canary")))
    pdf.pages[0].obj.Resources.Font.F1.Canary = String("canary")
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "canary"
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("canary", 0))


def _linked(pdf: Pdf) -> None:
    annotate(pdf, "Link", A=Dictionary(S=Name.URI, URI=String("https://example.org/canary")))


HOSTILE: Mapping[str, Callable[[Pdf], None]] = {
    "script at opening": _opening,
    "program to start": _launching,
    "named script": _named_script,
    "embedded file": _embedding,
    "comments": _commented,
    "properties": _described,
    "links": _linked,
}
"""What must not come along from a PDF that prints all the same; each says ``canary``."""


def encrypted(password: str) -> bytes:
    allowed = Permissions(extract=False, modify_other=False)
    return saved(pdf_of([Sheet()]), encryption=Encryption(owner="owner", user=password, allow=allowed))


def looping_pages() -> bytes:
    """A page tree that holds itself."""
    pdf = pdf_of([Sheet(), Sheet()])
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    return saved(pdf)


def nested_forms(depth: int, wide: int) -> bytes:
    """Forms that each draw the next one, several times: exponentially long to draw."""
    pdf = pdf_of([Sheet()])
    inner = pdf.make_stream(b"0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 900]))
    for _ in range(depth):
        outer = pdf.make_stream(b"/X Do " * wide, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 900]))
        outer.Resources = Dictionary(XObject=Dictionary(X=inner))
        inner = outer
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=inner)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/X Do")
    return saved(pdf)
