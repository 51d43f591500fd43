"""Word documents made part by part, so that they can hold what Word writes and what nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from boardpack.foreign import Fault, word

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": MAIN,
        "r": OFFICE,
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    }.items()
)
A4 = '<w:pgSz w:w="11906" w:h="16838"/>'
ACROSS = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs, each XML or words."""
    made = (each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(made)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field_of(instruction: str, result: str) -> str:
    """A complex field, or one that has no result where that is empty."""
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(*rows: Sequence[str], properties: str = "", widths: Sequence[int] = ()) -> str:
    """A table of cells, each XML that begins with its blocks, or words."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths or [2000] * len(rows[0]))
    body = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{each if each.startswith('<') else paragraph(each)}</w:tc>" for each in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def relationship(id: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def relationships(inner: str) -> str:
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def png(width: int = 8, height: int = 4, colour: str = "red", **more: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, "PNG", **more)
    return target.getvalue()


def picture(id: str = "rIdPicture", *, more: str = "", crop: str = "", alt: str = "A map", wide: int = 635_000) -> str:
    """A run with a picture."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{wide // 2}"/><wp:docPr id="1" name="p" descr="{alt}"'
        f' {more}/><a:graphic><a:graphicData uri="u"><pic:pic><pic:blipFill><a:blip r:embed="{id}"/>{crop}'
        "</pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def drawing(inner: str) -> str:
    """A run with a drawing of another kind."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="635000" cy="635000"/><wp:docPr id="1" name="p"/><a:graphic>'
        f'<a:graphicData uri="u">{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def document(
    body: str,
    *,
    section: str = A4,
    rels: str = "",
    parts: Mapping[str, str | bytes] = {},
    types: str = "",
    main: str = "document.main",
) -> bytes:
    """A Word file with this body; ``parts`` and ``rels`` are what it needs beside."""
    everything: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{KIND}.{main}+xml"/>{types}</Types>'
        ),
        "_rels/.rels": relationships(relationship("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": (
            f"{HEAD}<w:document {NAMES}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": relationships(rels),
        **parts,
    }
    return zipped(everything)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def styles(*definitions: str) -> dict[str, str]:
    """The part of styles, for ``parts``; it wants :data:`STYLES` among the relationships."""
    return {"word/styles.xml": f"{HEAD}<w:styles {NAMES}>{''.join(definitions)}</w:styles>"}


def notes(kind: str, *contents: str) -> dict[str, str]:
    """The part of footnotes or endnotes, whose ids count from 2."""
    made = "".join(f'<w:{kind} w:id="{id}">{each}</w:{kind}>' for id, each in enumerate(contents, 2))
    return {f"word/{kind}s.xml": f"{HEAD}<w:{kind}s {NAMES}>{made}</w:{kind}s>"}


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> dict[str, str]:
    made = "".join(f'<w:lvl w:ilvl="{n}">{each}</w:lvl>' for n, each in enumerate(levels))
    definition = f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>'
    return {"word/numbering.xml": f"{HEAD}<w:numbering {NAMES}>{definition}{nums}</w:numbering>"}


def charted(*figures: float, more: str = "") -> bytes:
    """A Word file with a chart of these figures, and more in its first paragraph; Word and LibreOffice draw it."""
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    points = "".join(f'<c:pt idx="{n}"><c:v>{each}</c:v></c:pt>' for n, each in enumerate(figures))
    series = (
        '<c:ser><c:idx val="0"/><c:order val="0"/><c:spPr><a:solidFill><a:srgbClr val="C81919"/></a:solidFill></c:spPr>'
        '<c:invertIfNegative val="0"/><c:val><c:numRef><c:f>Sheet1!$A$1</c:f><c:numCache>'
        f'<c:ptCount val="{len(figures)}"/>{points}</c:numCache></c:numRef></c:val></c:ser>'
    )
    axes = "".join(
        f'<c:{kind}Ax><c:axId val="{own}"/><c:scaling/><c:delete val="0"/><c:axPos val="{side}"/>'
        f'<c:crossAx val="{other}"/></c:{kind}Ax>'
        for kind, own, side, other in (("cat", 1, "b", 2), ("val", 2, "l", 1))
    )
    plot = f'<c:barChart><c:barDir val="col"/>{series}<c:axId val="1"/><c:axId val="2"/></c:barChart>{axes}'
    frame = drawing(f'<c:chart xmlns:c="{chart}" r:id="rIdChart"/>').replace('uri="u"', f'uri="{chart}"')
    return document(
        paragraph(run("Figures of the year") + more) + paragraph(frame.replace("635000", "4000000")),
        rels=relationship("rIdChart", "chart", "charts/chart1.xml"),
        parts={
            "word/charts/chart1.xml": f"{HEAD}<c:chartSpace {NAMES}><c:chart><c:plotArea><c:layout/>{plot}</c:plotArea>"
            "</c:chart></c:chartSpace>",
        },
        types='<Override PartName="/word/charts/chart1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>',
    )


STYLES = relationship("rIdStyles", "styles", "styles.xml")
NUMBERING = relationship("rIdNumbering", "numbering", "numbering.xml")
FOOTNOTES = relationship("rIdFootnotes", "footnotes", "footnotes.xml")
ENDNOTES = relationship("rIdEndnotes", "endnotes", "endnotes.xml")
PICTURE = relationship("rIdPicture", "image", "media/a.png")


@dataclass
class Sink:
    """Keeps what a Word file asks of the document that it is read into."""

    links: list[str] = field(default_factory=list)
    lists: dict[str, word.Counting] = field(default_factory=dict)
    pictures: list[tuple[word.Picture, int, int, str]] = field(default_factory=list)

    def link(self, url: str) -> str:
        self.links.append(url)
        return f"rId{len(self.links)}"

    def count(self, counting: word.Counting) -> int:
        self.lists.setdefault(counting.key, counting)
        return list(self.lists).index(counting.key) + 1

    def footnote(self, content: str) -> str:
        return f"<note>{content}</note>"

    def picture(self, picture: word.Picture, width: int, height: int, alt: str) -> str:
        self.pictures.append((picture, width, height, alt))
        return f'<picture n="{len(self.pictures)}"/>'


SHEET = word.Sheet(9000, 13000, 13000, 9000)


def saved(folder: Path, data: bytes, name: str = "a.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def faults(folder: Path, data: bytes) -> Sequence[Fault]:
    return word.look(saved(folder, data))


def read(folder: Path, data: bytes, sink: Sink | None = None) -> str:
    """The blocks of a file against which nothing is said but warnings, and perhaps that it is empty."""
    path = saved(folder, data)
    assert [each for each in word.look(path) if each.code != "cleaned-file" and "no words" not in each.message] == []
    return "".join(each.xml for each in word.read(path, sink or Sink(), SHEET))
