"""The ways in which something can leak: each plants a text in one place of a file.

They are 24 channels, most of them with several places; every maker takes the text and gives files by their names.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from html import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from planted import (
    archive,
    calendar,
    chart,
    comments,
    core,
    deleted,
    docx,
    field,
    jpeg,
    name_of,
    ole,
    packet,
    page,
    paragraph,
    part,
    pdf,
    picture,
    png,
    properties,
    run,
    shared_strings,
    text_box,
    tracked,
    xlsx,
)
from workbooks import package, sheet, workbook

Files = dict[str, bytes]


def _word(body: Callable[[str], str]) -> Callable[[str], Files]:
    return lambda text: {"pack.docx": docx(body(text))}


def _part(name: str, content: Callable[[str], str]) -> Callable[[str], Files]:
    return lambda text: {"pack.docx": docx(parts={name: content(text)})}


def _notes(root: str, one: str) -> Callable[[str], Files]:
    return _part(f"word/{root}.xml", lambda text: part(root, f'<w:{one} w:id="2">{paragraph(run(text))}</w:{one}>'))


def _in_pdf(change: Callable[[pikepdf.Pdf, str], None]) -> Callable[[str], Files]:
    return lambda text: {"pack.pdf": pdf(change=lambda document: change(document, text))}


def _outline(document: pikepdf.Pdf, text: str) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(text, 0))


def _destination(document: pikepdf.Pdf, text: str) -> None:
    place = Array([document.pages[0].obj, Name.Fit])
    document.Root.Dests = Dictionary({f"/{name_of(text)}": place})


def _destination_in_tree(document: pikepdf.Pdf, text: str) -> None:
    place = Array([document.pages[0].obj, Name.Fit])
    document.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(text), place])))


def _info(document: pikepdf.Pdf, text: str) -> None:
    document.docinfo["/Subject"] = String(text)


def _xmp(document: pikepdf.Pdf, text: str) -> None:
    document.Root.Metadata = document.make_stream(packet(text).encode(), Type=Name.Metadata, Subtype=Name.XML)


def attached(document: pikepdf.Pdf, text: str) -> None:
    document.attachments["notes.docx"] = docx(paragraph(run(text)))


def _attached_by_name(document: pikepdf.Pdf, text: str) -> None:
    document.attachments[f"{text}.txt"] = b"Agenda"


def _structure(**entries: str) -> Callable[[pikepdf.Pdf, str], None]:
    def change(document: pikepdf.Pdf, text: str) -> None:
        element = Dictionary({f"/{key}": String(text) for key in entries} | {"/Type": Name.StructElem, "/S": Name.P})
        document.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=document.make_indirect(element))

    return change


def _role(document: pikepdf.Pdf, text: str) -> None:
    document.Root.StructTreeRoot = Dictionary(RoleMap=Dictionary({f"/{name_of(text)}": Name.P}))


def _annotation(document: pikepdf.Pdf, text: str) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String(text))
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def _appearance(document: pikepdf.Pdf, text: str) -> None:
    form = document.make_stream(b"BT /F1 9 Tf " + String(text).unparse() + b" Tj ET", Subtype=Name.Form)
    document.pages[0].obj.Annots = Array(
        [Dictionary(Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=form))]
    )


def _label(document: pikepdf.Pdf, text: str) -> None:
    document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(text))]))


def _marked(document: pikepdf.Pdf, text: str) -> None:
    page = document.pages[0].obj
    hidden = b"/Span << /ActualText " + String(text).unparse() + b" >> BDC EMC"
    page.Contents = Array([page.Contents, document.make_stream(hidden)])


def _outside(document: pikepdf.Pdf, text: str) -> None:
    page = document.pages[0].obj
    page.CropBox = Array([0, 0, 100, 100])
    far = b"BT /F1 10 Tf 900 900 Td " + String(text).unparse() + b" Tj ET"
    page.Contents = Array([page.Contents, document.make_stream(far)])


def _rewritten(text: str) -> Files:
    """A PDF whose earlier state stays in the file: only what a reader is led to is the later one."""
    early, late = pdf(text), pdf("Agenda")
    return {"pack.pdf": early + late}


def _photograph(document: pikepdf.Pdf, text: str) -> None:
    image = document.make_stream(
        jpeg(comment=text), Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode, Width=4, Height=4
    )
    document.pages[0].obj.Resources.XObject = Dictionary(Im1=image)


def _embedded(data: bytes, name: str = "word/embeddings/book.xlsx") -> Files:
    return {"pack.docx": docx(parts={name: data})}


def _sheets(text: str, state: str) -> bytes:
    return workbook({"Totals": sheet(["Agenda"]), "More": sheet([text])}, states={"More": state})


_CHANNELS: dict[str, Sequence[tuple[str, Callable[[str], Files]]]] = {
    "body": [
        ("paragraph", _word(lambda text: paragraph(run(text)))),
        ("PDF page", lambda text: {"pack.pdf": pdf(text)}),
        ("HTML", lambda text: page(f"<p>{escape(text)}</p>")),
    ],
    "table cell": [
        ("Word", _word(lambda text: f"<w:tbl><w:tr><w:tc>{paragraph(run(text))}</w:tc></w:tr></w:tbl>")),
        ("Excel", lambda text: {"figures.xlsx": xlsx(text)}),
        ("shared", lambda text: {"figures.xlsx": xlsx(parts={"xl/sharedStrings.xml": shared_strings(text)})}),
        ("CSV", lambda text: {"figures.csv": f"Agenda\n{text}\n".encode()}),
    ],
    "footnote and endnote": [("footnote", _notes("footnotes", "footnote")), ("endnote", _notes("endnotes", "endnote"))],
    "header and footer": [
        ("header", _part("word/header1.xml", lambda text: part("hdr", paragraph(run(text))))),
        ("footer", _part("word/footer1.xml", lambda text: part("ftr", paragraph(run(text))))),
    ],
    "text box": [("box", _word(text_box))],
    "field result": [("cached", _word(lambda text: paragraph(field("REF a1", text))))],
    "field code": [
        ("complex", _word(lambda text: paragraph(field(f'QUOTE "{text}"', "1")))),
        ("simple", _word(lambda text: paragraph(f'<w:fldSimple w:instr="{escape(text)}">{run("1")}</w:fldSimple>'))),
    ],
    "contents entry": [
        (
            "entry",
            _word(
                lambda text: paragraph(
                    f'<w:hyperlink w:anchor="a1">{run(text)}<w:r><w:tab/></w:r>{run("4")}</w:hyperlink>'
                )
            ),
        )
    ],
    "bookmark name": [
        ("bookmark", _word(lambda text: paragraph(f'<w:bookmarkStart w:id="1" w:name="{name_of(text)}"/>')))
    ],
    "cross-reference": [
        ("text", _word(lambda text: paragraph(run("See "), field("REF a1 \\h", text)))),
        (
            "anchor",
            _word(lambda text: paragraph(f'<w:hyperlink w:anchor="{name_of(text)}">{run("here")}</w:hyperlink>')),
        ),
        (
            "tooltip",
            _word(lambda text: paragraph(f'<w:hyperlink w:tooltip="{escape(text)}">{run("here")}</w:hyperlink>')),
        ),
    ],
    "comment": [
        ("text", _part("word/comments.xml", comments)),
        ("author", _part("word/comments.xml", lambda text: comments("Agenda", text))),
        (
            "people",
            _part("word/people.xml", lambda text: part("people", f'<w:person w:author="{escape(text)}"/>')),
        ),
        ("XML", _word(lambda text: f"<!-- {escape(text)} -->")),
    ],
    "tracked change": [
        ("inserted", _word(lambda text: tracked("ins", "Clerk", run(text)))),
        ("deleted", _word(deleted)),
        ("author", _word(lambda text: tracked("ins", text, run("Agenda")))),
    ],
    "hidden text": [
        ("vanish", _word(lambda text: paragraph(run(text, "<w:vanish/>")))),
        ("white", _word(lambda text: paragraph(run(text, '<w:color w:val="FFFFFF"/>')))),
        ("one point", _word(lambda text: paragraph(run(text, '<w:sz w:val="2"/>')))),
        ("outside the page", _in_pdf(_outside)),
    ],
    "alternative text": [
        ("description", _word(lambda text: picture(descr=text))),
        ("title", _word(lambda text: picture(more=f'title="{escape(text)}"'))),
        ("name", _word(lambda text: picture(name=text))),
        ("PDF", _in_pdf(_structure(Alt=""))),
        ("HTML", lambda text: page(f'<img src="a.png" alt="{escape(text)}">')),
    ],
    "style name": [
        (
            "name",
            _part(
                "word/styles.xml", lambda text: part("styles", f'<w:style><w:name w:val="{escape(text)}"/></w:style>')
            ),
        )
    ],
    "document properties": [
        ("title", _part("docProps/core.xml", core("dc:title"))),
        ("author", _part("docProps/core.xml", core("dc:creator"))),
        ("keywords", _part("docProps/core.xml", core("cp:keywords"))),
        (
            "company",
            _part(
                "docProps/app.xml",
                lambda text: properties("extended", f"<Company>{escape(text)}</Company>"),
            ),
        ),
        (
            "custom",
            _part(
                "docProps/custom.xml",
                lambda text: properties("custom", f'<property name="{escape(text)}"/>'),
            ),
        ),
    ],
    "custom XML": [
        ("text", _part("customXml/item1.xml", lambda text: f"<store><kept>{escape(text)}</kept></store>")),
        ("attribute", _part("customXml/item1.xml", lambda text: f'<store kept="{escape(text)}"/>')),
        ("element", _part("customXml/item1.xml", lambda text: f"<store><{name_of(text)}/></store>")),
        (
            "divided",
            _part("customXml/item1.xml", lambda text: f"<store>{''.join(f'<x>{sign}</x>' for sign in text)}</store>"),
        ),
    ],
    "embedded object": [
        ("workbook", lambda text: _embedded(xlsx(text))),
        ("chart", _part("word/charts/chart1.xml", chart)),
        (
            "document in a workbook",
            lambda text: _embedded(xlsx(parts={"xl/embeddings/a.docx": docx(paragraph(run(text)))})),
        ),
        ("old object", lambda text: _embedded(ole(text), "word/embeddings/oleObject1.bin")),
    ],
    "image": [
        ("tEXt", lambda text: {"web/map.png": png({"Comment": text})}),
        ("zTXt", lambda text: {"web/map.png": png({"Comment": text}, packed=True)}),
        ("iTXt", lambda text: {"web/map.png": png({"Comment": text}, packed=True, international=True)}),
        ("XMP", lambda text: {"web/map.png": png({"XML:com.adobe.xmp": packet(text)}, international=True)}),
        ("after its end", lambda text: {"web/map.png": png() + text.encode()}),
        ("EXIF", lambda text: {"web/map.jpg": jpeg(description=text)}),
        ("EXIF in UTF-16", lambda text: {"web/map.jpg": jpeg(wide=text)}),
        ("JPEG comment", lambda text: {"web/map.jpg": jpeg(comment=text)}),
        ("JPEG XMP", lambda text: {"web/map.jpg": jpeg(xmp=text)}),
        ("in Word", lambda text: _embedded(png({"Title": text}), "word/media/image1.png")),
        ("in a PDF", _in_pdf(_photograph)),
    ],
    "hidden sheet": [
        ("hidden", lambda text: {"figures.xlsx": _sheets(text, "hidden")}),
        ("very hidden", lambda text: {"figures.xlsx": _sheets(text, "veryHidden")}),
        (
            "row",
            lambda text: {"figures.xlsx": workbook({"A": sheet(["Agenda"], [text], attributes={2: 'hidden="1"'})})},
        ),
        ("sheet name", lambda text: {"figures.xlsx": workbook({text[:31]: sheet(["Agenda"])})}),
        (
            "defined name",
            lambda text: {
                "figures.xlsx": xlsx(
                    more=f'<definedNames><definedName name="{name_of(text)}">A!$A$1</definedName></definedNames>'
                )
            },
        ),
        (
            "formula",
            lambda text: {"figures.xlsx": workbook({"A": sheet([("str", f'<f>"{escape(text)}"</f><v>1</v>')])})},
        ),
    ],
    "inside a PDF": [
        ("outline", _in_pdf(_outline)),
        ("destination", _in_pdf(_destination)),
        ("destination in a tree", _in_pdf(_destination_in_tree)),
        ("property", _in_pdf(_info)),
        ("XMP", _in_pdf(_xmp)),
        ("attachment", _in_pdf(attached)),
        ("attachment's name", _in_pdf(_attached_by_name)),
        ("replacement text", _in_pdf(_structure(ActualText=""))),
        ("expansion", _in_pdf(_structure(E=""))),
        ("structure type", _in_pdf(_role)),
        ("annotation", _in_pdf(_annotation)),
        ("annotation's looks", _in_pdf(_appearance)),
        ("page label", _in_pdf(_label)),
        ("marked content", _in_pdf(_marked)),
        ("earlier state", _rewritten),
    ],
    "file name": [
        ("file", lambda text: {f"reports/9-{text.replace(' ', '-').lower()}.pdf": pdf()}),
        ("glued", lambda text: {f"reports/{text.replace(' ', '')}.pdf": pdf()}),
        ("folder", lambda text: {f"{text}/agenda.txt": b"Agenda"}),
        ("entry", lambda text: {"all.zip": archive(text, name=True)}),
        ("entry's comment", lambda text: {"all.zip": archive(text, entry=True)}),
        ("archive's comment", lambda text: {"all.zip": archive(text, archive=True)}),
    ],
    "numbering gap": [
        ("manifest", lambda text: _json({"items": [{"paper": name_of(text), "first_page": 41, "last_page": 46}]})),
        ("key", lambda text: _json({"pages": {name_of(text): [41, 46]}})),
        ("escaped", lambda text: _json({"pages": "".join(f"\\u{ord(sign):04x}" for sign in text)}, raw=True)),
    ],
    "what a build leaves": [
        ("log", lambda text: {"build.log": f"writing {text}\n".encode()}),
        ("cache", lambda text: {"cache.bin": b"wOF2" + bytes(9) + text.encode("utf-16-le")}),
        ("calendar", lambda text: {"meeting.ics": calendar(text)}),
        (
            "thumbnail",
            lambda text: page(f'<img src="data:image/png;base64,{base64.b64encode(png({"T": text})).decode()}">'),
        ),
        ("HTML comment", lambda text: page(f"<!-- {escape(text)} -->")),
        ("script", lambda text: page(f"<script>let a = '{text}';</script>")),
        ("attribute", lambda text: page(f'<p data-from="{escape(text)}">Agenda</p>')),
        ("address", lambda text: page(f'<a href="/{text.replace(" ", "%20")}">Agenda</a>')),
        ("divided", lambda text: page(f"<p>{''.join(f'<b>{sign}</b>' for sign in text)}</p>")),
        (
            "drawing",
            lambda text: {
                "chart.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{escape(text)}</desc></svg>'.encode()
            },
        ),
        ("git object", lambda text: {"old.zip": package({"old.docx": docx(paragraph(run(text)))})}),
    ],
}
CHANNELS = {f"{channel}: {place}": make for channel, places in _CHANNELS.items() for place, make in places}
COUNT = len(_CHANNELS)


def _json(value: object, *, raw: bool = False) -> Files:
    written = json.dumps(value)
    return {"manifest.json": (written.replace("\\\\u", "\\u") if raw else written).encode()}
