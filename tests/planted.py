"""Small files of every kind made part by part, so that they can hold what neither Word nor the program writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from html import escape

import pikepdf
from pikepdf import Dictionary, Name, String
from PIL import Image, PngImagePlugin
from workbooks import HEAD, package, sheet, workbook

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006"


def run(text: str, settings: str = "") -> str:
    return f'<w:r><w:rPr>{settings}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p><w:pPr><w:pStyle w:val='Normal'/></w:pPr>{''.join(runs)}</w:p>"


def field(code: str, shown: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return mark("begin") + instruction + mark("separate") + run(shown) + mark("end")


def part(root: str, inner: str) -> str:
    return f"{HEAD}<w:{root} {_NAMES}>{inner}</w:{root}>"


def docx(body: str = "", parts: Mapping[str, str | bytes] = {}) -> bytes:
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{_TYPES}"><Default Extension="xml"/></Types>',
        "word/document.xml": part("document", f"<w:body>{paragraph(run('Agenda'))}{body}<w:sectPr/></w:body>"),
        "word/styles.xml": part(
            "styles", '<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        ),
    }
    return package(contents | dict(parts))


def picture(descr: str = "", name: str = "", more: str = "") -> str:
    return paragraph(
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{escape(name)}" descr="{escape(descr)}" {more}/>'
        "</wp:inline></w:drawing></w:r>"
    )


def text_box(text: str) -> str:
    inside = f"<wps:txbx><w:txbxContent>{paragraph(run(text))}</w:txbxContent></wps:txbx>"
    return paragraph(
        run("Beside "), f"<w:r><mc:AlternateContent><mc:Choice>{inside}</mc:Choice></mc:AlternateContent></w:r>"
    )


def tracked(kind: str, author: str, inner: str) -> str:
    return paragraph(f'<w:{kind} w:id="1" w:author="{escape(author)}" w:date="2010-03-11T00:00:00Z">{inner}</w:{kind}>')


def deleted(text: str) -> str:
    return tracked("del", "Clerk", f"<w:r><w:delText>{escape(text)}</w:delText></w:r>")


def name_of(text: str) -> str:
    """The text as a name that Word takes for a bookmark."""
    return "_".join(text.split())


def comments(text: str, author: str = "Clerk") -> str:
    return part("comments", f'<w:comment w:id="1" w:author="{escape(author)}">{paragraph(run(text))}</w:comment>')


def core(element: str) -> Callable[[str], str]:
    return lambda text: (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<{element}>{escape(text)}</{element}></cp:coreProperties>"
    )


def properties(kind: str, inner: str) -> str:
    return f'{HEAD}<Properties xmlns="{_EXTENDED}/{kind}-properties">{inner}</Properties>'


def chart(text: str) -> str:
    return (
        f'{HEAD}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:cat><c:pt idx="0">'
        f"<c:v>{escape(text)}</c:v></c:pt></c:cat></c:chartSpace>"
    )


def png(texts: Mapping[str, str] = {}, *, packed: bool = False, international: bool = False) -> bytes:
    written = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        if international:
            written.add_itxt(key, text, zip=packed)
        else:
            written.add_text(key, text, zip=packed)
    data = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(data, "PNG", pnginfo=written)
    return data.getvalue()


def jpeg(*, description: str = "", wide: str = "", comment: str = "", xmp: str = "") -> bytes:
    exif = Image.Exif()
    if description:
        exif[0x010E] = description
    if wide:
        exif[0x9C9B] = wide.encode("utf-16-le")  # XPTitle
    data = io.BytesIO()
    more = {"xmp": packet(xmp).encode()} if xmp else {}
    Image.new("RGB", (4, 4), "white").save(data, "JPEG", exif=exif, comment=comment.encode() or None, **more)
    return data.getvalue()


def packet(text: str) -> str:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(text)}</dc:title>'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


def xlsx(cell: str = "Agenda", **more: object) -> bytes:
    return workbook({"Totals": sheet(["Agenda"], [cell])}, **more)  # type: ignore[arg-type]


def shared_strings(text: str) -> str:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    half = len(text) // 2
    return (
        f'{HEAD}<sst xmlns="{main}"><si><r><t>{escape(text[:half])}</t></r>'
        f"<r><rPr><b/></rPr><t>{escape(text[half:])}</t></r></si></sst>"
    )


def pdf(*lines: str | bytes, change: Callable[[pikepdf.Pdf], None] = lambda _: None, encoding: object = None) -> bytes:
    """A page with these lines in Helvetica, changed by ``change`` before it is written."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font.Encoding = encoding or Name.WinAnsiEncoding
    page = document.pages[0].obj
    page.Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(font)))
    shown = [String(line).unparse() if isinstance(line, str) else b"(" + line + b")" for line in lines or ("Agenda",)]
    text = b" ".join(each + b" Tj 0 -14 Td" for each in shown)
    page.Contents = document.make_stream(b"BT /F1 10 Tf 40 800 Td " + text + b" ET")
    change(document)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def archive(text: str, **place: bool) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        entry = zipfile.ZipInfo(f"{text}.txt" if place.get("name") else "agenda.txt")
        entry.comment = text.encode() if place.get("entry") else b""
        archive.writestr(entry, "Agenda")
        archive.comment = text.encode() if place.get("archive") else b""
    return data.getvalue()


def page(body: str) -> dict[str, bytes]:
    return {"index.html": f"<!doctype html><html><title>Agenda</title><body>{body}</body></html>".encode()}


def calendar(text: str) -> bytes:
    """A calendar with its lines folded in the midst of words."""
    line = f"DESCRIPTION:{text}"
    folded = "\r\n ".join(line[at : at + 20] for at in range(0, len(line), 20))
    return f"BEGIN:VCALENDAR\r\n{folded}\r\nEND:VCALENDAR\r\n".encode()


def ole(text: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + text.encode("utf-16-le") + bytes(64)
