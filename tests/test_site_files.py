"""The files that the site serves hold what their pages show: nothing of what their authors left in them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from pdfs import HOSTILE, Sheet, pdf_of, saved
from pikepdf import Array, Dictionary, Name
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from printing import numbered
from worddocs import MAIN, NAMES, document, paragraph, picture, relationship, run
from workbooks import sheet, workbook

from boardpack.web.shown import Shown, Site
from boardpack.web.site import site

PAPER = """title: Funding
author: A Dawlish
purpose: information
appendices:
  - {id: a, title: Plan, file: APPENDIX}
"""


def served(folder: Path, name: str, data: bytes, paper: str = PAPER) -> dict[str, bytes]:
    """The files of the site of a meeting whose one paper has this file as its appendix."""
    assert b"canary" in everything(data)
    meeting = numbered(folder, paper=paper.replace("APPENDIX", name), **{name: data})
    written = site(Site([Shown(meeting, date(2010, 3, 1))]))
    assert site(Site([Shown(meeting, date(2010, 3, 1))])) == written
    return written


def everything(data: bytes) -> bytes:
    """All bytes of a file, unpacked."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
            level = pikepdf.StreamDecodeLevel.generalized
            raw = b"".join(
                each.read_raw_bytes() if each.get("/Filter") == Name.DCTDecode else each.read_bytes(level)
                for each in streams
            )
            return data + raw + b"".join(each.unparse(resolved=True) for each in pdf.objects)
    return data


def the_file(written: dict[str, bytes], name: str) -> bytes:
    """The one file of this name; the canary is in none."""
    (found,) = (data for path, data in written.items() if path.endswith(f"/{name}"))
    assert not any(b"canary" in everything(data).lower() for data in written.values())
    return found


def noted(kind: str, size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture in which a camera noted something."""
    exif, info = Image.Exif(), PngInfo()
    exif[0x010E] = "canary"
    info.add_text("Comment", "canary")
    target = io.BytesIO()
    more = {"pnginfo": info} if kind == "PNG" else {"exif": exif, "comment": b"canary"}
    Image.linear_gradient("L").resize(size).convert("RGB").save(target, kind, **more)
    return target.getvalue()


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
@pytest.mark.parametrize("figure", [True, False])
def test_a_picture_is_served_without_what_the_camera_noted(tmp_path: Path, name: str, *, figure: bool):
    data = noted("PNG" if name.endswith("png") else "JPEG")
    more = "figures: {f: {file: a.png, caption: A, alt: B}}\nsections: [{text: '![x](APPENDIX)'}]\n"
    paper = PAPER.split("appendices", maxsplit=1)[0] + more.replace("a.png", "APPENDIX") if figure else PAPER
    found = the_file(served(tmp_path, name, data, paper), name)
    with Image.open(io.BytesIO(data)) as one, Image.open(io.BytesIO(found)) as other:
        assert one.convert("RGB").tobytes() == other.convert("RGB").tobytes()


LEFT_BEHIND = {
    "comment": run("kept") + '<w:r><w:commentReference w:id="1"/></w:r>',
    "deleted words": '<w:del w:id="1" w:author="Canary"><w:r><w:delText>canary</w:delText></w:r></w:del>',
    "who inserted": f'<w:ins w:id="1" w:author="Canary">{run("kept")}</w:ins>',
    "who formatted": run("kept", '<w:b/><w:rPrChange w:id="1" w:author="Canary"><w:rPr/></w:rPrChange>'),
    "hidden words": run("canary", "<w:vanish/>"),
    "a deleted picture": f'<w:del w:id="1" w:author="Canary">{picture("rIdNoted")}</w:del>',
    "the name of a picture's file": picture("rIdPicture").replace('name="', 'name="canary '),
    "what the camera noted": picture("rIdNoted"),
    "the part of an old picture that is cut off": (
        '<w:r><w:pict><v:shape style="width:50pt;height:20pt"><v:imagedata r:id="rIdWide" cropright=".5"/></v:shape>'
        "</w:pict></w:r>"
    ),
    "the part of a picture that is cut off": picture("rIdWide", crop='<a:srcRect r="50000"/>'),
}
ROWS = (
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid><w:tr><w:tc><w:p>{kept}</w:p></w:tc></w:tr>"
    "<w:tr><w:trPr><w:{gone}/></w:trPr><w:tc><w:p>{canary}</w:p></w:tc></w:tr></w:tbl>"
)


def wide() -> bytes:
    """A picture whose right half is not for the page."""
    target = io.BytesIO()
    image = Image.new("RGB", (40, 20), "red")
    image.paste("blue", (20, 0, 40, 20))
    image.save(target, "PNG")
    return target.getvalue()


def word_file(body: str) -> bytes:
    return document(
        paragraph(run("kept")) + body,
        rels=relationship("rIdNoted", "image", "media/noted.jpeg")
        + relationship("rIdPicture", "image", "media/a.png")
        + relationship("rIdWide", "image", "media/wide.png")
        + relationship("rIdComments", "comments", "comments.xml")
        + relationship("rIdSettings", "settings", "settings.xml"),
        parts={
            "word/media/noted.jpeg": noted("JPEG"),
            "word/media/a.png": noted("PNG"),
            "word/media/wide.png": wide(),
            "word/comments.xml": f"<w:comments {NAMES}>canary</w:comments>",
            "word/settings.xml": f'<w:settings {NAMES}><w:docVars><w:docVar w:name="canary"/></w:docVars></w:settings>',
            "docProps/core.xml": "<x>canary</x>",
            "customXml/item1.xml": "<x>canary</x>",
        },
        types='<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>',
    )


@pytest.mark.parametrize("channel", LEFT_BEHIND)
def test_a_word_file_is_served_without_what_no_page_shows(tmp_path: Path, channel: str):
    found = the_file(served(tmp_path, "a.docx", word_file(paragraph(LEFT_BEHIND[channel]))), "a.docx")
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        words = "".join(etree.fromstring(archive.read("word/document.xml")).itertext(f"{{{MAIN}}}t"))
        pictures = [Image.open(io.BytesIO(archive.read(n))) for n in archive.namelist() if "/media/" in n]
    assert words.startswith("kept")
    assert len(pictures) == (
        "r:embed" in LEFT_BEHIND[channel].replace("v:imagedata", "r:embed") and "<w:del " not in LEFT_BEHIND[channel]
    )
    assert not any(each.convert("RGB").getchannel("B").getextrema() == (0, 255) for each in pictures)


@pytest.mark.parametrize("gone", ["del w:id='1' w:author='Canary'", "hidden"])
def test_a_row_that_does_not_show_is_not_served(tmp_path: Path, gone: str):
    rows = ROWS.format(kept=run("kept"), canary=run("canary"), gone=gone) + paragraph()
    assert b"kept" in everything(the_file(served(tmp_path, "a.docx", word_file(rows)), "a.docx"))


@pytest.mark.parametrize("channel", sorted(set(HOSTILE) - {"named script"}))
def test_a_pdf_is_served_without_what_no_page_shows(tmp_path: Path, channel: str):
    pdf = pdf_of([Sheet("Kept words"), Sheet("Second page")])
    HOSTILE[channel](pdf)
    found = the_file(served(tmp_path, "a.pdf", saved(pdf)), "a.pdf")
    with pypdfium2.PdfDocument(found) as read:
        assert len(read) == 2
        assert "Kept words" in read[0].get_textpage().get_text_range()


def test_a_photograph_of_a_pdf_is_served_without_what_the_camera_noted(tmp_path: Path):
    pdf = pdf_of([Sheet("Kept words")])
    page = pdf.pages[0].obj
    photograph = pdf.make_stream(
        noted("JPEG"),
        Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40, ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )  # fmt: skip
    page.Resources.XObject = Dictionary(I=photograph)
    page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    found = the_file(served(tmp_path, "a.pdf", saved(pdf)), "a.pdf")
    with pypdfium2.PdfDocument(found) as read:
        shown = read[0].render().to_pil().convert("L")
    assert shown.getextrema()[0] < 60


def test_a_pdf_whose_layers_hide_something_is_served_as_pictures(tmp_path: Path):
    pdf = pdf_of([Sheet("Kept words")])
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="canary"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    found = the_file(served(tmp_path, "a.pdf", saved(pdf)), "a.pdf")
    with pypdfium2.PdfDocument(found) as read:
        assert not read[0].get_textpage().get_text_range()
        assert read[0].render().to_pil().convert("L").getextrema()[0] < 60


def test_a_workbook_is_not_served_but_what_prints_of_it(tmp_path: Path):
    book = workbook({"Plan": sheet(["kept"], ["1"])}, parts={"docProps/core.xml": "<x>canary</x>"})
    written = served(tmp_path, "a.xlsx", book)
    assert not any(path.endswith(".xlsx") for path in written)
    assert any(b"kept" in data for data in written.values())
    assert not any(b"canary" in data for data in written.values())
