"""Word documents as appendices: what of them prints, what is told, what is refused."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import ooxml
import pypdfium2
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from packs import Call
from pdfs import write_pdf
from PIL import Image
from reading import PAPER, checked, findings, write
from worddocs import (
    A4,
    ACROSS,
    ENDNOTES,
    FOOTNOTES,
    HEAD,
    MAIN,
    NAMES,
    NUMBERING,
    PICTURE,
    SHEET,
    STYLES,
    Sink,
    document,
    drawing,
    faults,
    field_of,
    notes,
    numbering,
    paragraph,
    picture,
    png,
    read,
    relationship,
    relationships,
    run,
    saved,
    styles,
    table,
    zipped,
)
from wordfile import WordFile

from boardpack.diagnostics import MissingError
from boardpack.foreign import word
from boardpack.foreign.word import package, pages
from boardpack.load.page_pictures import with_pages

WORDS = re.compile(r'<w:t xml:space="preserve">([^<]*)</w:t>|<w:(tab|br)/>')
APPENDIX = PAPER + "appendices:\n  - {id: x, title: The plan, file: appendices/x.docx}\n"


def text(xml: str) -> str:
    """The words of some Word XML, a line for each paragraph."""
    lines = ["".join(each[0] or " " for each in WORDS.findall(part)) for part in xml.split("</w:p>")]
    return "\n".join(line for line in lines if line)


def messages(folder: Path, data: bytes) -> list[str]:
    return [f"{each.code}: {each.message}" for each in faults(folder, data)]


def looks(xml: str, words: str) -> str:
    """The properties of the run with these words."""
    found = re.search(rf"<w:r>(?:<w:rPr>((?:(?!</w:rPr>).)*)</w:rPr>)?<w:t [^>]*>{words}</w:t>", xml)
    assert found, xml
    return found[1] or ""


# Words in, words out

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=12)
STYLE = st.sampled_from([
    "Normal", "Heading 1", "Heading 4", "Title", "List Bullet", "List Number 2", "Quote", "Caption", "No Spacing",
])  # fmt: skip
BLOCK = st.one_of(
    st.tuples(st.just("paragraph"), STYLE, st.lists(LETTERS, max_size=4)),
    st.tuples(st.just("table"), st.sampled_from([(1, 1), (2, 3), (3, 2)]), st.lists(LETTERS, max_size=6)),
    st.tuples(st.just("section"), st.booleans(), st.just([])),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BLOCK, max_size=8))
def test_every_word_of_the_file_is_there_in_its_order(tmp_path, blocks):
    made, expected = docx.Document(), []
    for kind, form, words in blocks:
        if kind == "paragraph":
            block = made.add_paragraph(style=form)
            for n, each in enumerate(words):
                block.add_run(each).bold = n % 2 == 1
            expected.append("".join(words))
        elif kind == "table":
            grid = made.add_table(*form)
            cells = [cell for row in grid.rows for cell in row.cells]
            for cell, each in zip(cells, words, strict=False):
                cell.text = each
                expected.append(each)
        else:
            section = made.add_section()
            section.orientation = WD_ORIENT.LANDSCAPE if form else WD_ORIENT.PORTRAIT
            sides = sorted((section.page_width, section.page_height), reverse=form)
            section.page_width, section.page_height = sides
    target = io.BytesIO()
    made.save(target)
    found = read(tmp_path, target.getvalue())
    plain = "".join(etree.fromstring(f"<x {NAMES}>{found}</x>").itertext(f"{{{MAIN}}}t"))
    assert plain == "".join(expected)


def test_what_only_wraps_words_is_taken_off(tmp_path):
    wrapped = (
        "<w:bookmarkStart w:id='1' w:name='a'/><w:sdt><w:sdtPr/><w:sdtContent>"
        + run("one ")
        + "</w:sdtContent></w:sdt><w:bookmarkEnd w:id='1'/><w:smartTag><w:smartTagPr/>"
        + run("two ")
        + "</w:smartTag><w:proofErr w:type='spellStart'/><w:customXml>"
        + run("three")
        + "</w:customXml>"
    )
    blocks = f"<w:sdt><w:sdtContent>{paragraph(wrapped)}</w:sdtContent></w:sdt>{paragraph('four')}"
    assert text(read(tmp_path, document(blocks))) == "one two three\nfour"


def test_a_part_of_the_file_that_nobody_asks_for_does_not_come_along(tmp_path):
    unasked = '<w:p w:rsidR="00CANARY" w14:paraId="CANARY" xmlns:w14="urn:x"><w:pPr><w:divId w:val="77"/></w:pPr></w:p>'
    assert "CANARY" not in read(tmp_path, document(unasked + paragraph("words")))
    assert "77" not in read(tmp_path, document(unasked + paragraph("words")))


# Looks


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("<w:b/>", "<w:b/><w:bCs/>"),
        ('<w:b w:val="0"/>', ""),
        ("<w:i/>", "<w:i/><w:iCs/>"),
        ('<w:u w:val="single"/>', '<w:u w:val="single"/>'),
        ('<w:u w:val="wavyDouble"/>', '<w:u w:val="double"/>'),
        ("<w:strike/>", "<w:strike/>"),
        ('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="superscript"/>'),
        ('<w:color w:val="c00000"/>', '<w:color w:val="C00000"/>'),
        ('<w:color w:val="auto"/>', ""),
        ('<w:highlight w:val="yellow"/>', '<w:highlight w:val="yellow"/>'),
        ('<w:shd w:val="clear" w:fill="FFEEDD"/>', '<w:shd w:val="clear" w:color="auto" w:fill="FFEEDD"/>'),
        ("<w:caps/>", "<w:caps/>"),
        ('<w:sz w:val="36"/>', '<w:sz w:val="36"/><w:szCs w:val="36"/>'),
        ('<w:rFonts w:ascii="Comic Sans MS"/><w:lang w:val="fr"/><w:noProof/>', ""),
    ],
)
def test_what_an_author_made_of_a_word_stays(tmp_path, properties, expected):
    assert looks(read(tmp_path, document(paragraph(run("words", properties)))), "words") == expected


def test_the_files_own_text_takes_the_size_of_the_house(tmp_path):
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:rPr>{}</w:rPr></w:style>'
    )
    parts = styles(normal.format('<w:sz w:val="22"/><w:color w:val="333333"/>'))
    body = paragraph("as it is ", run("small", '<w:sz w:val="16"/>'), run("same", '<w:sz w:val="22"/>'))
    xml = read(tmp_path, document(body, rels=STYLES, parts=parts))
    assert looks(xml, "as it is ") == looks(xml, "same") == ""
    assert looks(xml, "small") == '<w:sz w:val="16"/><w:szCs w:val="16"/>'


CENTRED = '<w:ind w:left="400" w:right="0"/><w:jc w:val="center"/>'


def test_a_style_without_a_counterpart_keeps_its_look_and_one_with_it_takes_that_of_the_house(tmp_path):
    box = (
        '<w:style w:type="paragraph" w:styleId="Box"><w:name w:val="Our box"/><w:pPr><w:ind w:left="400"/>'
        '<w:jc w:val="center"/><w:shd w:val="clear" w:fill="DDEEFF"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    )
    heading = (
        '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:rPr>'
        '<w:color w:val="FF0000"/><w:sz w:val="40"/></w:rPr></w:style>'
    )
    below = (
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift2"/></w:style>'
    )
    body = "".join(
        paragraph(words, properties=f'<w:pStyle w:val="{style}"/>')
        for words, style in (("boxed", "Box"), ("head", "berschrift2"), ("own", "Own"), ("lost", "NoSuchStyle"))
    )
    xml = read(tmp_path, document(body, rels=STYLES, parts=styles(box, heading, below)))
    assert re.findall(r"<w:pPr>(.*?)</w:pPr>", xml) == [
        '<w:pStyle w:val="BodyText"/><w:shd w:val="clear" w:color="auto" w:fill="DDEEFF"/>' + CENTRED,
        '<w:pStyle w:val="Heading3"/>',
        '<w:pStyle w:val="Heading3"/>',
        '<w:pStyle w:val="BodyText"/>',
    ]
    assert looks(xml, "boxed") == "<w:b/><w:bCs/>"
    assert looks(xml, "head") == looks(xml, "own") == ""


def test_a_style_that_is_based_on_itself_ends(tmp_path):
    ring = [
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("A", "B"), ("B", "A"))
    ]
    body = paragraph("words", properties='<w:pStyle w:val="A"/>')
    assert text(read(tmp_path, document(body, rels=STYLES, parts=styles(*ring)))) == "words"


# Lists


def levels(*formats: tuple[str, str, int]) -> list[str]:
    return [
        f'<w:start w:val="{start}"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:pPr>'
        f'<w:ind w:left="{500 * (n + 1)}" w:hanging="500"/></w:pPr>'
        for n, (format, text, start) in enumerate(formats)
    ]


def listed(words: str, level: int = 0, id: int = 1) -> str:
    return paragraph(words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>')


def test_a_list_counts_as_in_the_file(tmp_path):
    parts = numbering(*levels(("decimal", "%1.", 3), ("lowerLetter", "(%2)", 1)))
    sink = Sink()
    xml = read(tmp_path, document(listed("three") + listed("a", 1), rels=NUMBERING, parts=parts), sink)
    (counting,) = sink.lists.values()
    assert [(each.format, each.text, each.start, each.left, each.first) for each in counting.levels[:2]] == [
        ("decimal", "%1.", 3, 500, -500),
        ("lowerLetter", "(%2)", 1, 1000, -500),
    ]
    assert re.findall(r'<w:ilvl w:val="(\d)"/><w:numId w:val="(\d)"/>', xml) == [("0", "1"), ("1", "1")]


def test_lists_of_one_definition_go_on_counting_unless_they_say_otherwise(tmp_path):
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
        "</w:lvlOverride></w:num>"
    )
    parts = numbering(*levels(("decimal", "%1.", 1)), nums=nums)
    sink = Sink()
    body = listed("a", id=1) + listed("b", id=2) + listed("c", id=3) + listed("none", id=9) + listed("left", id=0)
    xml = read(tmp_path, document(body, rels=NUMBERING, parts=parts), sink)
    assert re.findall(r'<w:numId w:val="(\d)"/>', xml) == ["1", "1", "2"]
    assert [each.levels[0].start for each in sink.lists.values()] == [1, 7]


@pytest.mark.parametrize(("font", "sign", "expected"), [
    ("Symbol", "\uf0b7", "•"), ("Wingdings", "\uf0a7", "▪"), ("Wingdings", "\uf0fc", "✓"), ("Courier New", "o", "o"),
    ("", "\uf0b7", "•"), ("Wingdings", "\uf001", "•"), ("Arial", "–", "–"),
])  # fmt: skip
def test_a_bullet_is_a_letter_that_every_font_has(tmp_path, font, sign, expected):
    level = f'<w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/><w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'
    sink = Sink()
    read(tmp_path, document(listed("words"), rels=NUMBERING, parts=numbering(level)), sink)
    assert next(iter(sink.lists.values())).levels[0].text == expected


def test_a_heading_keeps_the_number_that_its_style_gives_it(tmp_path):
    style = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    parts = {**styles(style), **numbering(*levels(("decimal", "%1", 1)))}
    body = paragraph("Aims", properties='<w:pStyle w:val="H"/>')
    xml = read(tmp_path, document(body, rels=STYLES + NUMBERING, parts=parts))
    assert '<w:pStyle w:val="Heading2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' in xml


# Tables


def test_merged_cells_borders_colours_and_widths_stay(tmp_path):
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:shd w:val="clear" w:fill="FFE699"/></w:tcPr>{}</w:tc>'
    tall = "<w:tc><w:tcPr><w:vMerge{}/></w:tcPr>{}</w:tc>"
    rows = (
        "<w:tr>" + wide.format(paragraph("across")) + tall.format(' w:val="restart"', paragraph("down")) + "</w:tr>"
        "<w:tr>" + "".join(f"<w:tc>{paragraph(each)}</w:tc>" for each in "ab") + tall.format("", "<w:p/>") + "</w:tr>"
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (6000, 6000, 6000))
    edges = '<w:tblBorders><w:top w:val="single" w:sz="8" w:color="112233"/></w:tblBorders>'
    xml = read(tmp_path, document(f"<w:tbl><w:tblPr>{edges}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"))
    assert re.findall(r'<w:gridCol w:w="(\d+)"/>', xml) == ["3000", "3000", "3000"]  # as wide as the page at most
    assert (
        '<w:tcW w:w="6000" w:type="dxa"/><w:gridSpan w:val="2"/><w:shd w:val="clear" w:color="auto" w:fill="FFE699"/>'
        in xml
    )
    assert xml.index('<w:vMerge w:val="restart"/>') < xml.index("<w:vMerge/>")
    assert '<w:top w:val="single" w:sz="8" w:space="0" w:color="112233"/>' in xml
    assert text(xml) == "across\ndown\na\nb"


def test_the_parts_of_a_table_that_its_style_sets_apart_keep_their_look(tmp_path):
    style = (
        '<w:style w:type="table" w:styleId="T"><w:name w:val="T"/><w:tblPr><w:tblBorders><w:insideH w:val="single" '
        'w:sz="4" w:color="445566"/></w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color '
        'w:val="FFFFFF"/></w:rPr><w:tcPr><w:shd w:val="clear" w:fill="17505F"/></w:tcPr></w:tblStylePr></w:style>'
    )
    body = table(["Head"], ["Body"], properties='<w:tblStyle w:val="T"/><w:tblLook w:val="0620"/>')
    xml = read(tmp_path, document(body, rels=STYLES, parts=styles(style)))
    assert looks(xml, "Head") == '<w:b/><w:bCs/><w:color w:val="FFFFFF"/>'
    assert looks(xml, "Body") == ""
    assert xml.count('w:fill="17505F"') == 1
    assert '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="445566"/>' in xml


def test_a_table_in_a_table_fits_its_cell(tmp_path):
    inner = table(["in", "ner"], widths=[4000, 4000]) + paragraph("")
    xml = read(tmp_path, document(table([inner, "b"], widths=[2000, 2000])))
    assert re.findall(r'<w:tblW w:w="(\d+)"', xml) == ["4000", "1784"]
    assert text(xml) == "in\nner\nb"


def test_a_cell_without_a_paragraph_gets_one(tmp_path):
    xml = read(
        tmp_path, document("<w:tbl><w:tr><w:tc/><w:tc><w:tbl><w:tr><w:tc/></w:tr></w:tbl></w:tc></w:tr></w:tbl>")
    )
    assert "</w:tcPr></w:tc>" not in xml
    assert "</w:tbl></w:tc>" not in xml


# Pictures


def test_a_picture_keeps_its_size_where_that_fits_and_its_words(tmp_path):
    sink = Sink()
    body = paragraph(picture()) + paragraph(picture(wide=635 * 18_000))
    read(tmp_path, document(body, rels=PICTURE, parts={"word/media/a.png": png()}), sink)
    assert [(width, height, alt) for _, width, height, alt in sink.pictures] == [
        (1000, 500, "A map"),
        (9000, 4500, "A map"),
    ]


def test_what_a_picture_does_not_show_is_not_in_the_pack(tmp_path):
    from PIL.PngImagePlugin import PngInfo

    noted = PngInfo()
    noted.add_text("Author", "CANARY")
    half = Image.new("RGB", (10, 10), "white")
    half.paste("red", (0, 0, 5, 10))
    target = io.BytesIO()
    half.save(target, "PNG", pnginfo=noted)
    sink = Sink()
    body = paragraph(picture(crop='<a:srcRect l="50000"/>'))
    read(tmp_path, document(body, rels=PICTURE, parts={"word/media/a.png": target.getvalue()}), sink)
    shown = sink.pictures[0][0].shown
    assert b"CANARY" not in shown
    with Image.open(io.BytesIO(shown)) as image:
        assert image.size == (5, 10)
        assert image.getcolors() == [(50, (255, 255, 255))]


def test_a_photograph_loses_what_the_camera_noted(tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "CANARY"
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "blue").save(target, "JPEG", exif=exif, comment=b"CANARY")
    sink = Sink()
    data = document(paragraph(picture()), rels=PICTURE, parts={"word/media/a.png": target.getvalue()})
    read(tmp_path, data, sink)
    assert sink.pictures[0][0].suffix == "jpeg"
    assert b"CANARY" in target.getvalue()
    assert b"CANARY" not in sink.pictures[0][0].shown


@pytest.mark.parametrize("alt", ["C:\\Users\\A Member\\logo.png", "\\\\server\\x", "logo-2010.JPG", "file:///x"])
def test_the_path_of_a_file_is_no_alternative_text(tmp_path, alt):
    sink = Sink()
    read(tmp_path, document(paragraph(picture(alt=alt)), rels=PICTURE, parts={"word/media/a.png": png()}), sink)
    assert sink.pictures[0][3] == ""


def test_a_turned_and_mirrored_picture_is_drawn_so(tmp_path):
    half = Image.new("RGB", (20, 10), "white")
    half.paste("red", (0, 0, 10, 10))
    target = io.BytesIO()
    half.save(target, "PNG")
    run = picture().replace("<pic:spPr/>", '<pic:spPr><a:xfrm rot="5400000" flipH="1"/></pic:spPr>')
    sink = Sink()
    read(tmp_path, document(paragraph(run), rels=PICTURE, parts={"word/media/a.png": target.getvalue()}), sink)
    shown, width, height, _ = sink.pictures[0]
    assert (width, height) == (500, 1000)
    with Image.open(io.BytesIO(shown.shown)) as image:
        assert image.size == (10, 20)
        assert image.getpixel((5, 2)) == (255, 255, 255)  # mirrored first, so that red is on the right, then turned
        assert image.getpixel((5, 18)) == (255, 0, 0)


def test_an_interlaced_picture_that_is_cut_is_read_whole(tmp_path):
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 1)
    pixel = zlib.compress(b"\0\xff\0\0")
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
    sink = Sink()
    body = paragraph(picture(crop='<a:srcRect l="1000"/>'))
    read(tmp_path, document(body, rels=PICTURE, parts={"word/media/a.png": data}), sink)
    with Image.open(io.BytesIO(sink.pictures[0][0].shown)) as image:
        assert image.convert("RGB").getpixel((0, 0)) == (255, 0, 0)


@pytest.mark.parametrize("kind", ["GIF", "BMP"])
def test_a_picture_of_an_old_kind_becomes_one_that_every_program_shows(tmp_path, kind):
    target = io.BytesIO()
    Image.new("P", (8, 4)).save(target, kind)
    sink = Sink()
    data = document(paragraph(picture()), rels=PICTURE, parts={"word/media/a.png": target.getvalue()})
    read(tmp_path, data, sink)
    shown = sink.pictures[0][0]
    assert (shown.suffix, shown.shown[:4]) == ("png", b"\x89PNG")


def test_a_box_of_text_stands_once_below_its_anchor(tmp_path):
    words = f"<w:txbxContent>{paragraph('in the box')}</w:txbxContent>"
    new = (
        drawing(f"<wps:wsp><wps:spPr/><wps:txbx>{words}</wps:txbx></wps:wsp>")
        .removeprefix("<w:r>")
        .removesuffix("</w:r>")
    )
    old = f'<w:pict><v:shape style="width:100pt"><v:textbox>{words}</v:textbox></v:shape></w:pict>'
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )
    for form in (both, f"<w:r>{old}</w:r>"):
        assert (
            text(read(tmp_path, document(paragraph("anchor", form) + paragraph("after"))))
            == "anchor\nin the box\nafter"
        )


# Fields, links, notes, signs

RUBY = f"<w:r><w:ruby><w:rt>{run('over')}</w:rt><w:rubyBase>{run('word')}</w:rubyBase></w:ruby></w:r>"
TICKED = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
    '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (field_of(" PAGE ", "7"), "7"),
        (field_of(" REF _Ref1 \\h ", "table 2"), "table 2"),
        ('<w:fldSimple w:instr=" DATE ">' + run("1 May") + "</w:fldSimple>", "1 May"),
        (field_of(" XE &quot;hidden&quot; ", ""), ""),
        (field_of(" SET x ", "hidden"), ""),
        (field_of(f" IF 1 = {field_of(' PAGE ', '3')} ", "shown"), "shown"),
        (field_of(" MACROBUTTON Go Click here ", ""), "Click here"),
        (run("a") + "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b c"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        (run("\uf061", '<w:rFonts w:ascii="Symbol"/>'), "α"),
        ("<w:r><w:t> trimmed </w:t></w:r>", "trimmed"),
        (RUBY, "word (over)"),
        (TICKED, "☒"),
    ],
)  # fmt: skip
def test_what_shows_of_it_is_text(tmp_path, inner, expected):
    assert text(read(tmp_path, document(paragraph(inner)))) == expected


@pytest.mark.parametrize("target", ["https://example.org/a?b=c", "mailto:clerk@example.org", "tel:01632960000"])
def test_a_link_to_a_page_a_person_or_a_telephone_stays(tmp_path, target):
    link = f'<w:hyperlink r:id="rId9">{run("here")}</w:hyperlink>'
    rels = relationship("rId9", "hyperlink", target.replace("&", "&amp;"), external=True)
    for inner in (link, field_of(f' HYPERLINK "{target}" ', "here")):
        sink = Sink()
        xml = read(tmp_path, document(paragraph(inner), rels=rels), sink)
        assert sink.links == [target]
        assert text(xml) == "here"
        assert xml.count("<w:hyperlink r:id=") == 1


@pytest.mark.parametrize(
    "target", ["file:///C:/plan.xlsx", "../plan.docx", "javascript:alert(1)", "\\\\server\\x", "http://a b"]
)
def test_a_link_to_anything_else_is_text(tmp_path, target):
    link = f'<w:hyperlink r:id="rId9">{run("here")}</w:hyperlink>'
    sink = Sink()
    data = document(paragraph(link), rels=relationship("rId9", "hyperlink", target, external=True))
    assert text(read(tmp_path, data, sink)) == "here"
    assert sink.links == []
    assert messages(tmp_path, data) == [
        "cleaned-file: prints without a link that leads to no web page or e-mail address"
    ]


def test_a_link_inside_the_file_is_text(tmp_path):
    link = f'<w:hyperlink w:anchor="_Toc1">{run("Aims")}</w:hyperlink>'
    assert read(tmp_path, document(paragraph(link))).count("hyperlink") == 0


def test_notes_of_both_kinds_are_footnotes(tmp_path):
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'
    parts = {
        **notes("footnote", paragraph("<w:r><w:footnoteRef/></w:r>", " the first")),
        **notes("endnote", table(["a table"])),
    }
    xml = read(tmp_path, document(paragraph("see", marks), rels=FOOTNOTES + ENDNOTES, parts=parts))
    first, second = re.findall(r"<note>(.*?)</note>", xml)
    assert re.fullmatch(
        r'<w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:t [^>]*>the first</w:t></w:r></w:p>', first
    )
    assert second.startswith("<w:p>")
    assert second.endswith("</w:p>")


# Sections


def test_sections_lie_as_in_the_file(tmp_path):
    across = paragraph("wide", properties=f"<w:sectPr>{ACROSS}</w:sectPr>")
    upright = paragraph("first", properties=f"<w:sectPr>{A4}</w:sectPr>")
    path = saved(tmp_path, document(upright + across + paragraph("last")))
    assert [(each.landscape, text(each.xml)) for each in word.read(path, Sink(), SHEET)] == [
        (False, "first"),
        (True, "wide"),
        (False, "last"),
    ]


def test_a_table_across_has_the_width_of_its_page(tmp_path):
    path = saved(tmp_path, document(table(["a"] * 8), section=ACROSS))
    assert '<w:tblW w:w="13000" w:type="dxa"/>' in word.read(path, Sink(), SHEET)[0].xml


def test_a_table_takes_as_much_of_the_page_as_it_took_of_its_own(tmp_path):
    margins = A4 + '<w:pgMar w:left="2953" w:right="2953"/>'  # 6,000 between them
    for widths, expected in (([3000, 3000], "9000"), ([1000, 1000], "3000"), ([6000, 6000], "9000")):
        xml = read(tmp_path, document(table(["a", "b"], widths=widths), section=margins))
        assert f'<w:tblW w:w="{expected}" w:type="dxa"/>' in xml


def test_a_section_on_a_new_page_begins_one(tmp_path):
    two = paragraph("one", properties=f"<w:sectPr>{A4}</w:sectPr>") + paragraph("two")
    assert "<w:pageBreakBefore/>" in read(tmp_path, document(two))
    assert "<w:pageBreakBefore/>" not in read(tmp_path, document(two, section='<w:type w:val="continuous"/>' + A4))


# What is left out, and told


INSERTED = f'<w:ins w:id="1" w:author="CANARY">{run("new ")}</w:ins>'
HIDDEN_ROW = table(["CANARY"]).replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>", 1)
FETCHED = "a field that takes in another file; what it last showed is text"
CHANGED = "does not print as it is"
WHITE = "text in the colour of the paper prints in black"
NUMBERS = "its contents list keeps the page numbers of the file"
TINY = "text too small to read prints in the size of the text around it"
DELETED = '<w:del w:id="2" w:author="CANARY"><w:r><w:delText>CANARY</w:delText></w:r></w:del>'


def test_of_tracked_changes_the_new_words_print_and_the_old_do_not(tmp_path):
    data = document(paragraph(INSERTED, DELETED, "end"))
    assert text(read(tmp_path, data)) == "new end"
    assert "CANARY" not in read(tmp_path, data)
    assert messages(tmp_path, data) == ["cleaned-file: has tracked changes: 1 insertion printed, 1 deletion left out"]


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next(tmp_path):
    gone = '<w:rPr><w:del w:id="3" w:author="a"/></w:rPr>'
    body = (
        paragraph("one ", properties=gone) + paragraph("two") + paragraph(DELETED, properties=gone) + paragraph("three")
    )
    assert text(read(tmp_path, document(body))) == "one two\nthree"
    assert text(read(tmp_path, document(paragraph("alone", properties=gone)))) == "alone"


def test_a_deleted_row_is_not_there(tmp_path):
    gone = f'<w:tr><w:trPr><w:del w:id="4" w:author="a"/></w:trPr><w:tc>{paragraph("CANARY")}</w:tc></w:tr>'
    kept = f"<w:tr><w:tc>{paragraph('kept')}</w:tc></w:tr>"
    assert text(read(tmp_path, document(f"<w:tbl>{gone}{kept}</w:tbl>"))) == "kept"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (paragraph("a", "<w:r><w:commentReference w:id='1'/></w:r>"), "prints without a comment"),
        (paragraph("a", run("CANARY", "<w:vanish/>")), "prints without hidden text"),
        (paragraph("a") + HIDDEN_ROW, "prints without a hidden row of a table"),
        (paragraph("a", picture(more='hidden="1"')), "prints without a hidden drawing"),
        (paragraph(field_of(" INCLUDETEXT &quot;C:\\x.docx&quot; ", "a")), f"prints without {FETCHED}"),
        (paragraph(field_of(" DDEAUTO cmd CANARY ", "a")), f"prints without {FETCHED}"),
        (paragraph(run("a", '<w:color w:val="FFFFFF"/>')), f"{CHANGED}: {WHITE}"),
        (paragraph(run("a", '<w:sz w:val="2"/>')), f"{CHANGED}: {TINY}"),
        (paragraph(field_of(' TOC \\o "1-3" ', "a")), f"{CHANGED}: {NUMBERS}"),
    ],
)  # fmt: skip
def test_what_is_left_out_or_changed_is_told(tmp_path, body, told):
    data = document(body)
    assert messages(tmp_path, data) == [f"cleaned-file: {told}"]
    assert "CANARY" not in read(tmp_path, data)
    assert "a" in text(read(tmp_path, data))
    assert not re.search(r'w:color w:val="FFFFFF"|<w:sz w:val="2"/>', read(tmp_path, data))


def test_white_words_on_a_dark_ground_stay_white(tmp_path):
    white = run("a", '<w:color w:val="FFFFFF"/>')
    for properties in ('<w:shd w:val="clear" w:fill="17505F"/>',):
        data = document(paragraph(white, properties=properties))
        assert looks(read(tmp_path, data), "a") == '<w:color w:val="FFFFFF"/>'
        assert messages(tmp_path, data) == []


def test_properties_headers_and_footers_of_the_file_stay_behind(tmp_path):
    parts = {
        "docProps/core.xml": "<x>CANARY</x>",
        "word/header1.xml": f"<w:hdr {NAMES}>{paragraph('CANARY')}</w:hdr>",
        "customXml/item1.xml": "<x>CANARY</x>",
    }
    rels = relationship("rId3", "header", "header1.xml")
    section = '<w:headerReference w:type="default" r:id="rId3"/>' + A4
    data = document(paragraph("a"), section=section, rels=rels, parts=parts)
    assert "CANARY" not in read(tmp_path, data)
    assert messages(tmp_path, data) == []


# What is refused


@pytest.mark.parametrize(
    ("inner", "named"),
    [
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "an equation"),
        ("<m:oMathPara/>", "an equation"),
        (field_of(" EQ \\f(1,2) ", ""), "an equation"),
        (drawing('<dgm:relIds r:dm="rId4"/>'), "a SmartArt graphic without its picture"),
        (
            '<w:r><w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object></w:r>',
            "an embedded object without a picture",
        ),
        ('<w:r><w:somethingNew w:x="1"/></w:r>', "`somethingNew`"),
        ("<w:somethingNew/>", "`somethingNew`"),
    ],
)
def test_what_cannot_be_kept_is_an_error_and_never_lost_in_silence(tmp_path, inner, named):
    (fault,) = faults(tmp_path, document(paragraph("words", inner)))
    assert (fault.code, fault.message) == ("not-kept", f"holds {named}, which cannot be printed here")
    assert "PDF" in fault.help


@pytest.mark.parametrize(
    ("inner", "named"),
    [
        (drawing('<c:chart r:id="rId4"/>'), "a chart"),
        (drawing("<wps:wsp><wps:spPr/></wps:wsp>"), "a drawn shape"),
        ('<w:r><w:pict><v:line from="0,0" to="1,1"/></w:pict></w:r>', "a drawn shape"),
    ],
)
def test_what_only_an_office_can_draw_prints_as_pictures_of_pages(tmp_path, inner, named):
    made = document(paragraph("words", inner))
    assert messages(tmp_path, made) == [f"page-pictures: prints as pictures of its pages, since it holds {named}"]
    with pytest.raises(word.RefusedError):
        word.read(saved(tmp_path, made), Sink(), SHEET)


@pytest.mark.parametrize(("data", "named"), [
    (b"\x01\0\0\0" + b"x" * 50, "an EMF picture"), (b"\xd7\xcd\xc6\x9a" + b"x" * 50, "a WMF picture"),
    (b"II*\0" + b"x" * 50, "a TIFF picture"),
])  # fmt: skip
def test_a_picture_of_another_kind_prints_as_pictures_of_pages(tmp_path, data, named):
    made = document(paragraph(picture()), rels=PICTURE, parts={"word/media/a.png": data})
    assert messages(tmp_path, made) == [f"page-pictures: prints as pictures of its pages, since it holds {named}"]


def test_a_picture_of_an_unknown_kind_cannot_be_kept(tmp_path):
    made = document(paragraph(picture()), rels=PICTURE, parts={"word/media/a.png": b""})
    assert messages(tmp_path, made) == ["not-kept: holds a picture, which cannot be printed here"]


def test_the_picture_that_stands_for_an_embedded_object_prints(tmp_path):
    inner = (
        '<w:r><w:object><v:shape style="width:50pt;height:20pt"><v:imagedata r:id="rIdPicture"/></v:shape>'
        "<o:OLEObject/></w:object></w:r>"
    )
    sink = Sink()
    data = document(paragraph(inner), rels=PICTURE, parts={"word/media/a.png": png()})
    read(tmp_path, data, sink)
    assert sink.pictures[0][1:3] == (1000, 400)
    assert messages(tmp_path, data) == [
        "cleaned-file: does not print as it is: only the picture of an embedded object prints"
    ]


def huge_png() -> bytes:
    """A picture of 900 million pixels by its header."""
    data = png()
    header = struct.pack(">II", 30_000, 30_000)
    chunk = b"IHDR" + header + data[24:29]
    return data[:8] + data[8:12] + chunk + struct.pack(">I", zlib.crc32(chunk)) + data[33:]


DOCTYPE = '<!DOCTYPE w [<!ENTITY a "CANARY">]>'
PLAIN = document(paragraph("words"))


def twice_named() -> bytes:
    target = io.BytesIO(PLAIN)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/DOCUMENT.xml", "<x/>")
    return target.getvalue()


def encrypted() -> bytes:
    """An archive whose entries say that they are encrypted."""
    data = bytearray(PLAIN)
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def lying() -> bytes:
    """An archive that states a small size for a large part."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(io.BytesIO(PLAIN)) as source:
            for name in source.namelist():
                archive.writestr(name, source.read(name))
        archive.writestr("word/media/bomb.png", b"\0" * 30_000_000)
    data = bytearray(target.getvalue())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRICT = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
ENTITY = f"{HEAD}{DOCTYPE}<w:document {NAMES}><w:body>{paragraph('&a;')}</w:body></w:document>"
WIDE = f'<?xml version="1.0" encoding="UTF-16"?>{DOCTYPE}<x/>'.encode("utf-16")
NESTED = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("x") + "<w:p/></w:tc></w:tr></w:tbl>" * 60
DEEP = "<w:sdt><w:sdtContent>" * 400 + paragraph("x") + "</w:sdtContent></w:sdt>" * 400
OPEN_FIELD = paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "lost") + paragraph("also lost")


def with_part(name: str, content: str | bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        parts: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    return zipped({**parts, name: content})


def related(kind: str, target: str, *, external: bool = True) -> bytes:
    return document(paragraph("a"), rels=relationship("r", kind, target, external=external))


def pictured(data: bytes) -> bytes:
    return document(paragraph(picture()), rels=PICTURE, parts={"word/media/a.png": data})


HEADER = relationships(relationship("r", "image", "http://x.example.org/", external=True))
HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "text": (lambda: b"not a document at all", "wrong-kind"),
    "empty": (lambda: b"", "damaged-file"),
    "cut off": (lambda: PLAIN[: len(PLAIN) // 2], "wrong-kind"),
    "broken": (lambda: PLAIN[:60] + bytes(20) + PLAIN[80:], "damaged-file"),
    "pdf": (lambda: b"%PDF-1.7\n", "wrong-kind"),
    "old Word": (lambda: OLE + bytes(512), "wrong-kind"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted-file"),
    "locked entries": (encrypted, "encrypted-file"),
    "malformed": (lambda: with_part("word/document.xml", "<w:document"), "damaged-file"),
    "another root": (lambda: with_part("word/document.xml", "<x/>"), "wrong-kind"),
    "strict": (lambda: with_part("word/document.xml", STRICT), "wrong-kind"),
    "document type": (lambda: with_part("word/document.xml", ENTITY), "unsafe-file"),
    "document type elsewhere": (lambda: with_part("word/theme/theme1.xml", HEAD + DOCTYPE + "<x/>"), "unsafe-file"),
    "document type in UTF-16": (lambda: with_part("word/other.xml", WIDE), "unsafe-file"),
    "macros by type": (lambda: document(paragraph("a"), main="document.macroEnabled.main"), "unsafe-file"),
    "macros by part": (lambda: with_part("word/vbaProject.bin", b"x"), "unsafe-file"),
    "ActiveX": (lambda: related("control", "activeX/activeX1.xml", external=False), "unsafe-file"),
    "another file inside": (lambda: related("aFChunk", "a.html", external=False), "unsafe-file"),
    "subdocument": (lambda: related("subDocument", "b.docx"), "unsafe-file"),
    "linked picture": (lambda: related("image", "http://127.0.0.1/a.png"), "unsafe-file"),
    "linked object": (lambda: related("oleObject", "file:///a.xlsx"), "unsafe-file"),
    "unknown link": (lambda: related("frame", "http://127.0.0.1/"), "unsafe-file"),
    "link of a header": (lambda: with_part("word/_rels/header1.xml.rels", HEADER), "unsafe-file"),
    "bomb": (lambda: with_part("word/media/a.bin", bytes(30_000_000)), "file-limits"),
    "lying bomb": (lying, "damaged-file"),
    "many parts": (lambda: zipped({"word/document.xml": "<x/>"} | {f"a{n}": "" for n in range(5001)}), "file-limits"),
    "climbing name": (lambda: with_part("../evil.xml", "<x/>"), "unsafe-file"),
    "absolute name": (lambda: with_part("/etc/evil.xml", "<x/>"), "unsafe-file"),
    "drive in a name": (lambda: with_part("C:\\evil.xml", "<x/>"), "unsafe-file"),
    "one name twice": (twice_named, "unsafe-file"),
    "tables in tables": (lambda: document(NESTED), "file-limits"),
    "deeper than parsers go": (lambda: document(DEEP), "file-limits"),
    "huge picture": (lambda: pictured(huge_png()), "damaged-file"),
    "broken picture": (lambda: pictured(png()[:40]), "damaged-file"),
    "field without an end": (lambda: document(OPEN_FIELD), "damaged-file"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_by_name(tmp_path, name):
    make, code = HOSTILE[name]
    found = faults(tmp_path, make())
    assert [each.code for each in found] == [code]
    assert found[0].help
    assert "CANARY" not in repr(found)


def test_numbers_that_are_none_do_no_harm(tmp_path):
    odd = (
        '<w:ind w:left="-99999999" w:firstLine="x"/><w:spacing w:before="1e99" w:after="nan"/><w:tabs>'
        '<w:tab w:val="left"/></w:tabs><w:jc w:val="thaiDistribute"/>'
        '<w:numPr><w:ilvl w:val="999"/><w:numId w:val="-1"/></w:numPr>'
    )
    cells = (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="pct"/></w:tblPr><w:tblGrid><w:gridCol/><w:gridCol w:w="-5"/>'
        '</w:tblGrid><w:tr><w:trPr><w:gridBefore w:val="9999"/></w:trPr><w:tc><w:tcPr>'
        '<w:gridSpan w:val="999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    )
    body = paragraph(run("a", '<w:sz w:val="99999"/><w:color w:val="zz"/>'), properties=odd) + cells
    assert text(read(tmp_path, document(body))) == "a"


def test_changed_bytes_never_end_in_a_traceback(tmp_path):
    whole = document(
        paragraph("words", INSERTED, picture()) + table(["a", "b"]), rels=PICTURE, parts={"word/media/a.png": png()}
    )
    for at in range(0, len(whole), max(len(whole) // 150, 1)):
        faults(tmp_path, whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        faults(tmp_path, whole[:at])


def test_a_table_of_forty_thousand_cells_is_read_in_seconds(tmp_path):
    rows = [[f"r{row}c{column}" for column in range(8)] for row in range(5000)]
    path = saved(tmp_path, document(table(*rows)))
    began = time.process_time()
    stretches = word.read(path, Sink(), SHEET)
    assert time.process_time() - began < 20
    assert stretches[0].xml.count("<w:tc>") == 40_000


def test_limits_hold_for_what_was_counted_and_not_for_what_is_stated():
    assert package.MOST_UNPACKED == 200 * 1024 * 1024
    assert package.MOST_BYTES == 50 * 1024 * 1024


def test_a_document_that_shows_nothing_is_told(tmp_path):
    hidden = paragraph(run("CANARY", "<w:vanish/>"))
    assert messages(tmp_path, document(paragraph())) == ["damaged-file: holds no words and no pictures"]
    assert messages(tmp_path, document(hidden)) == [
        "cleaned-file: prints without hidden text",
        "damaged-file: holds no words and no pictures",
    ]


def test_reading_never_loses_what_looking_has_refused(tmp_path):
    with pytest.raises(word.RefusedError, match="an equation"):
        word.read(saved(tmp_path, document(paragraph("<m:oMath/>"))), Sink(), SHEET)


# Pictures of pages

CHART = drawing('<c:chart r:id="rId4"/>')
CHARTED = document(
    paragraph(CHART, INSERTED, DELETED, run("CANARY", "<w:vanish/>"), run("CANARY", '<w:rStyle w:val="Gone"/>'))
    + paragraph(field_of(" INCLUDETEXT CANARY ", "kept"), "<w:r><w:commentReference w:id='1'/></w:r>"),
    section='<w:headerReference w:type="default" r:id="rId5"/>' + A4,
    rels=relationship("rId4", "chart", "charts/chart1.xml")
    + relationship("rId5", "header", "header1.xml")
    + STYLES
    + relationship("rId6", "comments", "comments.xml")
    + relationship("rId7", "hyperlink", "https://CANARY.example.org", external=True),
    parts={
        **styles(
            '<w:style w:type="character" w:styleId="Gone"><w:name w:val="g"/><w:rPr><w:vanish/></w:rPr></w:style>'
        ),
        "word/charts/chart1.xml": '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>',
        "word/charts/_rels/chart1.xml.rels": relationships(relationship("rId1", "package", "../embeddings/a.xlsx")),
        "word/embeddings/a.xlsx": "CANARY",
        "word/header1.xml": f"<w:hdr {NAMES}>CANARY</w:hdr>",
        "word/comments.xml": f"<w:comments {NAMES}>CANARY</w:comments>",
        "docProps/core.xml": "<x>CANARY</x>",
    },
    types='<Override PartName="/word/charts/chart1.xml" ContentType="application/x"/>',
)


def test_nothing_but_what_a_page_shows_is_drawn(tmp_path):
    copy = pages.copy(package.Package(saved(tmp_path, CHARTED)))
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert "word/charts/chart1.xml" in archive.namelist()
        words = "".join(etree.fromstring(archive.read("word/document.xml")).itertext(f"{{{MAIN}}}t"))
    assert b"CANARY" not in everything
    assert words == "new kept"
    assert pages.copy(package.Package(saved(tmp_path, CHARTED))) == copy


def copied(folder: Path, inner: str) -> tuple[bytes, str]:
    """The copy of a file with one paragraph: its XML, and the words that are left in it."""
    with zipfile.ZipFile(io.BytesIO(word.clean(saved(folder, document(paragraph(inner)))))) as archive:
        xml = archive.read("word/document.xml")
    return xml, "".join(etree.fromstring(xml).itertext(f"{{{MAIN}}}t"))


def in_pieces(*pieces: str) -> str:
    """A field whose instruction is written in these pieces, with the result "kept"."""
    inner = "</w:instrText></w:r><w:r><w:instrText>".join(pieces)
    return field_of(inner, "kept")


QUOTED = field_of(" QUOTE x ", "INCLUDETEXT")
REACHING: Mapping[str, str] = {
    "a picture": in_pieces(' INCLUDEPICTURE "http://CANARY.example.org/a.png" \\d '),
    "a picture in pieces": in_pieces(" INCLUD", 'EPICTURE "http://CANARY.example.org/a.png" \\d '),
    "a program in pieces": in_pieces(" DD", "EAUTO c:\\\\CANARY.exe ", '"/k"'),
    "a letter at a time": in_pieces(*"LINK", " Excel.Sheet CANARY.xlsx"),
    "no blank behind the name": in_pieces(' INCLUDETEXT"http://CANARY.example.org/a.docx"'),
    "the name from a field in it": field_of(f'</w:instrText></w:r>{QUOTED}<w:r><w:instrText> "CANARY"', "kept"),
    "no result": field_of(" INCLUDETEXT CANARY ", "") + run("kept"),
    "a simple field": '<w:fldSimple w:instr="INCLUDETEXT&quot;CANARY&quot;"><w:fldData>CANARY</w:fldData>'
    f"{run('kept')}</w:fldSimple>",
    "hidden": field_of(" INCLUDETEXT CANARY ", "kept").replace(
        "<w:r><w:instr", "<w:r><w:rPr><w:vanish/></w:rPr><w:instr"
    ),
}


@pytest.mark.parametrize("name", REACHING)
def test_no_field_of_a_copy_reaches_out_and_each_is_told(tmp_path, name):
    xml, words = copied(tmp_path, REACHING[name])
    assert words == "kept"
    assert not [each for each in (b"CANARY", b"instrText", b"fldChar", b"fldSimple", b"INCLUDE") if each in xml]
    assert messages(tmp_path, document(paragraph(REACHING[name]))) == [f"cleaned-file: prints without {FETCHED}"]


HIDDEN_BUTTON = field_of(" MACROBUTTON Go CANARY ", "").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (field_of(" PAGE ", "7"), "7"),
        (field_of(f" IF {field_of(' PAGE ', '3')} = 3 CANARY ", "shown"), "shown"),
        (field_of(' REF CANARY ', "table 2"), "table 2"),
        ('<w:fldSimple w:instr=" NUMPAGES CANARY ">' + run("12") + "</w:fldSimple>", "12"),
        (field_of(" SET CANARY ", "CANARY") + run("kept"), "kept"),
        ('<w:fldSimple w:instr="ASK x">' + run("CANARY") + "</w:fldSimple>" + run("kept"), "kept"),
        (field_of(" MACROBUTTON CANARY Click here ", ""), "Click here"),
        (HIDDEN_BUTTON + run("kept"), "kept"),
        (TICKED, "☒"),
        (field_of(f" PAGE</w:instrText></w:r>{DELETED}<w:r><w:instrText>", "kept"), "kept"),
    ],
)  # fmt: skip
def test_a_copy_shows_of_a_field_what_prints(tmp_path, inner, expected):
    xml, words = copied(tmp_path, inner)
    assert words == expected
    assert b"CANARY" not in xml
    assert text(read(tmp_path, document(paragraph(inner)))) == expected


def test_a_drawing_of_a_copy_leads_nowhere(tmp_path):
    to = 'href="http://CANARY/" src="http://CANARY/" o:href="http://CANARY/" o:althref="http://CANARY/"'
    shape = f"<w:r><w:pict><v:shape {to}><v:fill {to}/><v:imagedata {to}/></v:shape></w:pict></w:r>"
    xml, words = copied(tmp_path, shape + run("kept"))
    assert words == "kept"
    assert b"<v:fill/>" in xml
    assert b"CANARY" not in xml


@pytest.mark.parametrize(
    "element",
    [
        '<w:permStart w:id="1" w:ed="CANARY@example.org"/>{}<w:permEnd w:id="1"/>',
        '<w:moveToRangeStart w:id="1" w:author="CANARY" w:name="CANARY"/>{}<w:moveToRangeEnd w:id="1"/>',
        '<w:customXmlInsRangeStart w:id="1" w:author="CANARY"/>{}<w:customXmlInsRangeEnd w:id="1"/>',
    ],
)
def test_a_copy_names_nobody_who_may_or_did_change_it(tmp_path, element):
    xml, words = copied(tmp_path, element.format(run("kept")))
    assert words == "kept"
    assert b"CANARY" not in xml
    assert b"perm" not in xml


def test_a_document_that_is_drawn_prints_the_pages_of_its_pdf(tmp_path):
    papers = write(tmp_path / "papers", paper=APPENDIX, **{"appendices/x.docx": CHARTED})
    _, assembled, found = checked(papers)
    assert [each.code for each in found] == ["page-pictures", "cleaned-file", "cleaned-file"]
    (meeting,) = assembled.meetings
    drawn = with_pages(meeting, lambda path: write_pdf(path.with_suffix(".pdf")), tmp_path)
    (appendix,) = drawn.papers["funding"].appendices
    assert appendix.pages
    assert appendix.pages.name == "x.pdf"
    with pytest.raises(MissingError, match="only LibreOffice can draw"):
        with_pages(meeting, None, tmp_path)


def test_equations_are_never_drawn_since_not_every_libreoffice_can(tmp_path):
    assert faults(tmp_path, document(paragraph(CHART, "<m:oMath/>")))[0].code == "not-kept"


# In the pack


def rich() -> bytes:
    """A document with a little of everything that Word's own editor puts into one."""
    made = docx.Document()
    made.add_heading("Plan", 0)
    made.add_heading("Aims", 1)
    block = made.add_paragraph("Some ")
    block.add_run("bold").bold = True
    block.add_run(" small").font.size = Pt(8)
    for words, style in (("one", "List Bullet"), ("two", "List Bullet 2"), ("1", "List Number"), ("2", "List Number")):
        made.add_paragraph(words, style=style)
    grid = made.add_table(3, 3, "Light Grid Accent 1")
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "across"
    grid.cell(1, 2).merge(grid.cell(2, 2)).text = "down"
    grid.cell(2, 0).add_table(1, 2).cell(0, 1).text = "inner"
    made.add_picture(io.BytesIO(png(200, 100)))
    section = made.add_section()
    section.orientation, section.page_width, section.page_height = (
        WD_ORIENT.LANDSCAPE, section.page_height, section.page_width,
    )  # fmt: skip
    made.add_table(2, 9, "Table Grid").cell(0, 0).text = "wide"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def noted() -> bytes:
    """One with notes, links, a box and lists of its own."""
    box = drawing(
        f"<wps:wsp><wps:spPr/><wps:txbx><w:txbxContent>{paragraph('boxed')}</w:txbxContent></wps:txbx></wps:wsp>"
    )
    body = (
        paragraph("see", '<w:r><w:footnoteReference w:id="2"/></w:r>', box)
        + paragraph(f'<w:hyperlink r:id="rId9">{run("page")}</w:hyperlink>', "", "<w:r><w:br w:type='page'/></w:r>")
        + listed("three")
        + listed("a", 1)
        + table([table(["in"]) + paragraph("after"), paragraph(picture())])
    )
    link = relationship("rId9", "hyperlink", "https://example.org/x", external=True)
    return document(
        body,
        rels=FOOTNOTES + NUMBERING + PICTURE + link,
        parts={
            **notes("footnote", paragraph("<w:r><w:footnoteRef/></w:r>", " noted ", picture())),
            "word/_rels/footnotes.xml.rels": relationships(PICTURE),
            **numbering(*levels(("decimal", "%1.", 3), ("lowerLetter", "(%2)", 1))),
            "word/media/a.png": png(),
        },
    )


@pytest.mark.parametrize("make", [rich, noted])
def test_a_pack_with_a_word_document_is_a_valid_word_file(tmp_path, boardpack: Call, make):
    papers = write(tmp_path / "papers", paper=APPENDIX, **{"appendices/x.docx": make()})
    out = tmp_path / "out"
    done = boardpack("pack", "partnership/2010-03-11", "--papers", papers, "--output", out, "--no-pdf")
    assert done.code == 0, done.err
    assert ooxml.errors(sorted(out.rglob("*.docx"))) == []
    pack = WordFile((out / "partnership/2010-03-11/pack.docx").read_bytes())
    assert "Appendix A: The plan" in pack.text()


@pytest.mark.office
def test_lists_notes_and_boxes_print_in_the_pack(tmp_path, boardpack: Call):
    papers = write(tmp_path / "papers", paper=APPENDIX, **{"appendices/x.docx": noted()})
    done = boardpack("pack", "partnership/2010-03-11", "--papers", papers, "--output", tmp_path / "out")
    assert done.code == 0, done.err
    with pypdfium2.PdfDocument(tmp_path / "out/partnership/2010-03-11/pack.pdf") as pdf:
        printed = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    for words in ("boxed", "noted", "3. three", "(a) a", "after"):
        assert words in re.sub(r"[ \t]+", " ", printed), printed


def test_findings_name_the_file_where_the_paper_names_it(tmp_path):
    papers = write(tmp_path, paper=APPENDIX, **{"appendices/x.docx": document(paragraph("<m:oMath/>", INSERTED))})
    found = [each for each in findings(papers) if each.code in {"not-kept", "cleaned-file"}]
    assert [each.code for each in found] == ["not-kept", "cleaned-file"]
    assert found[0].message == "`x.docx` holds an equation, which cannot be printed here"
    assert found[0].place
    assert found[0].place.span().line == 5
