"""Appendices that are PDF files: what is refused, what is left out, and what each page looks like in the pack."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import packs
import pikepdf
import pypdfium2
import pytest
from lxml import etree
from pdfs import HOSTILE, Sheet, annotate, appearance, encrypted, looping_pages, nested_forms, pdf_of, saved, write_pdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops, ImageStat
from reading import ROOT, write

from boardpack.foreign import pdf, pdf_clean, pdf_draw
from boardpack.word.pictures import STAND_IN


def clean(data: bytes, path: Path) -> pdf_clean.Clean:
    path.write_bytes(data)
    return pdf_clean.clean(path, lambda step, page=0: None)


def codes(path: Path) -> list[str]:
    return [fault.code for fault in pdf.look(path).faults]


def test_plain_file_has_no_faults(tmp_path):
    path = write_pdf(tmp_path / "plain.pdf", Sheet("One"), Sheet("Two", media=(0, 0, 842, 595)))
    seen = pdf.look(path)
    assert seen.faults == ()
    assert [(sheet.width, sheet.height, sheet.words, sheet.vector) for sheet in seen.sheets] == [
        (595, 842, "One", True),
        (842, 595, "Two", True),
    ]


BARE = Sheet("Words", (10, 20, 605, 862), framed=False)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_blank_edges_are_cut_off_alike_and_nothing_else(rotate, tmp_path):
    path = tmp_path / "edges.pdf"
    document = pdf_of([replace(BARE, rotate=rotate), replace(BARE, rotate=rotate, words="More")])
    drawn = b"1 g 10 20 595 842 re f 0 g 80 90 400 600 re f"
    for page in document.pages:
        page.obj.Contents = document.make_stream(drawn)
    path.write_bytes(saved(document))
    sheets = pdf.look(path).sheets
    sizes = [(round(sheet.width * 0.36), round(sheet.height * 0.36)) for sheet in sheets]
    black = [
        ImageChops.invert(Image.open(io.BytesIO(picture)).convert("L")).point(lambda ink: 255 * (ink > 200)).getbbox()
        for picture in pdf.draw(path, sizes).pictures
    ]
    for sheet, size, box in zip(sheets, sizes, black, strict=True):
        assert all(0.03 < edge <= 0.12 for edge in sheet.trim)
        assert sheet.trim[0] == sheet.trim[2]
        wide, high = (600, 400) if rotate % 180 else (400, 600)
        assert (box[2] - box[0], box[3] - box[1]) == (
            pytest.approx(wide * 0.36, abs=2),
            pytest.approx(high * 0.36, abs=2),
        )
        assert min(box[0], box[1], size[0] - box[2], size[1] - box[3]) >= 1


def test_a_page_that_is_coloured_to_its_edges_stays_whole(tmp_path):
    (sheet,) = pdf.look(write_pdf(tmp_path / "framed.pdf", Sheet())).sheets
    assert (sheet.trim, sheet.width, sheet.height) == ((0, 0, 0, 0), 595, 842)


def test_words_are_found_in_the_copy_as_in_the_file(tmp_path):
    path = ROOT / "papers" / "safer-essex" / "2010-03-11" / "appendices" / "christmas-cracker.pdf"
    sizes = [(10, 10)] * 3
    original, copied = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument(pdf.draw(path, sizes).vectors)
    for number in range(3):
        texts = [document[number].get_textpage().get_text_range() for document in (original, copied)]
        assert texts[0].split() == texts[1].split()
    original.close()
    copied.close()


def random_sheet(chance: random.Random) -> Sheet:
    left, bottom = chance.choice((0, -200, 37.5)), chance.choice((0, 100, -50.25))
    width, height = chance.uniform(100, 1500), chance.uniform(100, 1500)
    media = (left, bottom, left + width, bottom + height)
    crop = None
    if chance.random() < 0.5:
        crop = (left + width * 0.1, bottom + height * 0.15, left + width * 0.95, bottom + height * 0.9)
    return Sheet("Words", media, crop, chance.choice((0, 90, 180, 270, 450, -90)), chance.choice((1, 1, 2)))


def test_pages_look_as_they_do_in_a_reader(tmp_path):
    chance = random.Random(7)
    sheets = [random_sheet(chance) for _ in range(24)]
    data = saved(pdf_of(sheets), min_version="1.6")
    cleaned = clean(data, tmp_path / "boxes.pdf")
    assert cleaned.sizes == [pytest.approx(sheet.size, rel=1e-4) for sheet in sheets]
    original, copied = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument(cleaned.vectors)
    for number in range(len(sheets)):
        pictures = []
        for document in (original, copied):
            page = document[number]
            picture = page.render(scale=200 / max(page.get_size())).to_pil().convert("L")
            pictures.append(picture.resize((100, 100)))
        apart = ImageStat.Stat(ImageChops.difference(*pictures)).mean[0]
        assert apart < 2, (number, sheets[number], apart)
    original.close()
    copied.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_parts_stay_behind(name, tmp_path):
    document = pdf_of([Sheet("Kept words")])
    HOSTILE[name](document)
    cleaned = clean(saved(document), tmp_path / "hostile.pdf")
    with pikepdf.open(io.BytesIO(cleaned.vectors)) as copied:
        plain = saved(copied, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
        assert set(copied.Root.keys()) == {"/Type", "/Pages"}
    assert b"canary" not in plain
    assert "canary".encode("utf-16-be") not in plain
    assert b"Kept words" in plain
    told = [code for code, _, _ in cleaned.faults()]
    assert told == ([] if name in {"properties", "links"} else ["cleaned-file"])


def test_comments_are_named_with_their_pages(tmp_path):
    document = pdf_of([Sheet(), Sheet(), Sheet()])
    for page in (0, 2):
        annotate(document, "Text", page, Contents=String("see me"))
    cleaned = clean(saved(document), tmp_path / "comments.pdf")
    assert [message for _, message, _ in cleaned.faults()] == ["goes into the pack without comments (pages 1, 3)"]


def test_fields_and_stamps_print_as_they_look(tmp_path):
    document = pdf_of([Sheet("Form")])
    annotate(document, "Stamp", AP=appearance(document, "Approved"))
    field = annotate(document, "Widget", FT=Name.Tx, T=String("name"), V=String("Filled"), F=4)
    field.AP = appearance(document, "Filled")
    document.Root.AcroForm = Dictionary(Fields=Array([field]))
    path = tmp_path / "form.pdf"
    path.write_bytes(saved(document))
    (sheet,) = pdf.look(path).sheets
    assert {"Form", "Approved", "Filled"} <= set(sheet.words.split())


def test_words_that_are_only_marked_for_redaction_are_refused(tmp_path):
    document = pdf_of([Sheet()])
    annotate(document, "Redact")
    path = tmp_path / "redact.pdf"
    path.write_bytes(saved(document))
    assert codes(path) == ["unsafe-file"]


def layered(visible: bool) -> bytes:
    document = pdf_of([Sheet("Seen")])
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft")))
    off = Array([] if visible else [layer])
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=off, Order=Array([layer])))
    page = document.pages[0].obj
    page.Resources.Properties = Dictionary(L0=layer)
    old = page.Contents.read_bytes()
    page.Contents = document.make_stream(old + b" /OC /L0 BDC BT /F1 40 Tf 100 300 Td (Covert) Tj ET EMC")
    return saved(document)


def test_hidden_layers_print_as_pictures_without_them(tmp_path):
    cleaned = clean(layered(visible=False), tmp_path / "hidden.pdf")
    shown = clean(layered(visible=True), tmp_path / "shown.pdf")
    assert (cleaned.vector, shown.vector) == (False, True)
    assert [message for _, message, _ in cleaned.faults()] == ["goes into the pack without hidden layers"]
    assert [page.words for page in pdf_draw.read(cleaned, lambda step, page=0: None)] == [""]
    ink = []
    for each, name in ((cleaned, "a"), (shown, "b")):
        folder = tmp_path / name
        folder.mkdir()
        (picture,) = pdf_draw.pictures(each, [(400, 560)], folder, lambda step, page=0: None)
        with Image.open(folder / picture) as image:
            ink.append(ImageStat.Stat(image.convert("L")).mean[0])
    assert ink[0] > ink[1] + 0.3


def test_files_that_are_no_pdf_are_refused(tmp_path):
    contents = {
        "empty.pdf": (b"", "damaged-file"),
        "page.pdf": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "wrong-kind"),
        "text.pdf": (b"Just words", "wrong-kind"),
        "picture.pdf": (b"\x89PNG\r\n\x1a\n", "wrong-kind"),
        "zip.pdf": (b"PK\x03\x04" + bytes(100), "wrong-kind"),
        "header.pdf": (b"%PDF-1.7\n", "damaged-file"),
        "noise.pdf": (b"%PDF-1.7\n" + random.Random(1).randbytes(4000) + b"\n%%EOF", "damaged-file"),
        "locked.pdf": (encrypted("secret"), "encrypted-file"),
        "loop.pdf": (looping_pages(), None),
        "none.pdf": (saved(pikepdf.new()), "damaged-file"),
        "deep.pdf": (nested_forms(100, 1), "file-limits"),
    }
    for name, (data, code) in contents.items():
        path = tmp_path / name
        path.write_bytes(data)
        found = codes(path)
        assert found == ([code] if code else found), name


def test_a_file_that_only_its_owner_may_change_is_accepted(tmp_path):
    path = tmp_path / "owner.pdf"
    path.write_bytes(encrypted(""))
    seen = pdf.look(path)
    assert (seen.faults, len(seen.sheets)) == ((), 1)


def test_cut_off_files_are_refused(tmp_path):
    whole = saved(pdf_of([Sheet(f"Page {n}") for n in range(20)]))
    for tenth in range(1, 10):
        path = tmp_path / f"cut{tenth}.pdf"
        path.write_bytes(whole[: len(whole) * tenth // 10])
        assert codes(path) == ["damaged-file"], tenth


def test_a_file_with_a_broken_table_is_repaired(tmp_path):
    path = tmp_path / "shifted.pdf"
    path.write_bytes(re.sub(rb"startxref\n\d+", b"startxref\n7", saved(pdf_of([Sheet("One"), Sheet("Two")]))))
    seen = pdf.look(path)
    assert [fault.code for fault in seen.faults] == ["cleaned-file"]
    assert [sheet.words for sheet in seen.sheets] == ["One", "Two"]


def test_a_repair_that_loses_what_a_reader_shows_is_refused(tmp_path):
    path = write_pdf(tmp_path / "whole.pdf", Sheet("One"), Sheet("Two"))
    whole = pdf_of([Sheet("One"), Sheet("Two")])
    pdf_draw.compare(clean(saved(whole), tmp_path / "same.pdf"), path, lambda step, page=0: None)
    whole.pages[1].obj.Contents = whole.make_stream(b"")
    with pytest.raises(pdf_clean.RefusedError) as refused:
        pdf_draw.compare(clean(saved(whole), tmp_path / "less.pdf"), path, lambda step, page=0: None)
    assert "(page 2)" in refused.value.fault[1]


def test_pages_that_never_end_are_refused_in_time(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 3)
    path = tmp_path / "endless.pdf"
    path.write_bytes(nested_forms(12, 30))
    began = time.monotonic()
    (fault,) = pdf.look(path).faults
    assert fault.code == "damaged-file"
    assert "page 1 takes too long" in fault.message
    assert time.monotonic() - began < 20


def test_a_file_of_many_pages_must_end_too(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS_IN_ALL", 3)
    path = tmp_path / "endless.pdf"
    path.write_bytes(nested_forms(12, 30))
    began = time.monotonic()
    (fault,) = pdf.look(path).faults
    assert fault.code == "damaged-file"
    assert time.monotonic() - began < 20


def test_a_file_that_took_too_long_is_tried_anew(tmp_path, monkeypatch):
    path = write_pdf(tmp_path / "late.pdf", Sheet("Late words"))
    with monkeypatch.context() as busy:
        busy.setattr(pdf, "SECONDS_IN_ALL", 0)
        assert codes(path) == ["damaged-file"]
        with pytest.raises(pdf.UndrawnError, match="takes too long"):
            pdf.draw(path, [(300, 424)])
        with pytest.raises(pdf.UndrawnError, match="takes too long"):
            pdf.clean(path)
    assert codes(path) == []
    assert len(pdf.draw(path, [(300, 424)]).pictures) == 1


def test_the_process_that_reads_a_file_knows_nothing_that_it_does_not_need(tmp_path, monkeypatch):
    for name in ("SECRET_TOKEN", "HTTPS_PROXY", "SSH_AUTH_SOCK", "PYTHONSTARTUP"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("HOME", "canary")
    given = []
    started = pdf.subprocess.Popen
    monkeypatch.setattr(pdf.subprocess, "Popen", lambda *args, **named: given.append(named) or started(*args, **named))
    assert codes(write_pdf(tmp_path / "any.pdf", Sheet("Any words"))) == []
    (environment,) = (each["env"] for each in given)
    assert "canary" not in environment.values()
    allowed = {"PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONPATH", "HOME", "LC_ALL"}
    assert environment.keys() <= allowed
    assert not Path(environment["HOME"]).exists()


def test_an_installed_package_needs_no_import_path(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf.sysconfig, "get_path", lambda name: str(tmp_path))
    monkeypatch.setattr(pdf.boardpack, "__file__", str(tmp_path / "boardpack" / "__init__.py"))
    assert pdf._import_path() == {}


@pytest.mark.parametrize(
    ("media", "code"),
    [
        ((0, 0, 2384, 3370), "large-page"),
        ((0, 0, 500_000, 700_000), "large-page"),
        ((0, 0, 1e12, 1e12), "damaged-file"),
        ((0, 0, 3, 3), "damaged-file"),
    ],
)
def test_pages_of_odd_sizes(media, code, tmp_path):
    assert codes(write_pdf(tmp_path / "odd.pdf", Sheet(media=media))) == [code]


def test_drawing_twice_gives_the_same_bytes(tmp_path):
    path = write_pdf(tmp_path / "twice.pdf", Sheet("One"), Sheet("Two", rotate=90))
    sizes = [(300, 424), (424, 300)]
    assert pdf.draw(path, sizes) == pdf.draw(path, sizes)


A4, TURNED, LETTER, SLIDE = (0, 0, 595, 842), (0, 0, 842, 595), (0, 0, 612, 792), (0, 0, 960, 540)
MIXED = (
    Sheet("mixed one", TURNED),
    Sheet("mixed two", A4),
    Sheet("mixed three", A4, rotate=90),
    Sheet("mixed four", SLIDE),
    Sheet("mixed five", (0, 0, 200, 300)),
    Sheet("mixed six", (0, 0, 1191, 1684)),
    Sheet("mixed seven", (0, 0, 100, 3000)),
    Sheet("mixed eight", LETTER, crop=(50, 60, 500, 700), rotate=270),
)
PLAIN = tuple(Sheet(f"plain {number}", A4) for number in range(1, 4))
LONG = "A title that runs over several lines because it says all that there is to be said of what the appendix holds"
PAPER = """title: {title}
author: A Dawlish
purpose: information
contents: true
landscape: {landscape}
sections:
  - heading: Start
    text: Words of the paper.
appendices:
"""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory) -> packs.Pack:
    """A pack with PDF files as appendices of a paper that lies upright, of one that does not, and of an appendix."""
    folder = tmp_path_factory.mktemp("pack")
    here = folder / "papers" / "partnership" / "2010-03-11"
    write_pdf(here / "files" / "mixed.pdf", *MIXED)
    write_pdf(here / "files" / "plain.pdf", *PLAIN)
    contents = {
        "../board.yaml": "name: Example Partnership\n",
        "meeting.yaml": "date: 2010-03-11\nagenda:\n  - paper: upright\n  - paper: lying\n",
        "upright.yaml": PAPER.format(title="Upright", landscape="false")
        + "  - {id: mixed, title: Mixed, file: files/mixed.pdf}\n"
        + f"  - {{id: plain, title: {LONG}, file: files/plain.pdf}}\n"
        + "  - {id: annex, title: Annex, paper: annex}\n",
        "annex.yaml": PAPER.format(title="Annex", landscape="true") + "  - {id: p, title: P, file: files/plain.pdf}\n",
        "lying.yaml": PAPER.format(title="Lying", landscape="true") + "  - {id: m, title: M, file: files/mixed.pdf}\n",
    }
    for name, content in contents.items():
        (here / name).write_text(content, encoding="utf-8")
    unbuilt = packs.Pack(folder / "papers", folder / "output" / "partnership" / "2010-03-11", packs.Run(-1, "", ""))
    built = packs.run(
        "pack", *unbuilt.arguments(), "--output", folder / "output", environment=packs.surroundings(folder)
    )
    assert built.code == 0, built.err
    return packs.Pack(unbuilt.papers, unbuilt.folder, built)


def printed(pack: packs.Pack) -> Iterator[tuple[int, Sheet, Any]]:
    """Every page of the pack that prints a page of an appendix: its number, that page, and the page of the PDF."""
    document = pypdfium2.PdfDocument(pack.pdf)
    for number, page in enumerate(document, 1):
        text = page.get_textpage().get_text_range()
        for sheet in (*MIXED, *PLAIN):
            if sheet.words in text:
                yield number, sheet, page
    document.close()


@pytest.mark.office
def test_every_page_of_an_appendix_is_one_of_the_pack(meeting):
    found = [sheet for _, sheet, _ in printed(meeting)]
    assert found == [*MIXED, *PLAIN, *PLAIN, *MIXED]
    numbers = [number for number, _, _ in printed(meeting)]
    assert numbers == [*range(3, 3 + 11), 15, 16, 17, *range(19, 19 + 8)]
    assert len(pypdfium2.PdfDocument(meeting.pdf)) == 26


@pytest.mark.office
def test_pages_lie_as_they_did_between_head_and_foot(meeting):
    for number, sheet, page in printed(meeting):
        width, height = page.get_size()
        assert (width > height) == (sheet.size[0] > sheet.size[1]), number
        (form,) = (each for each in page.get_objects(max_depth=1) if each.type == pypdfium2.raw.FPDF_PAGEOBJ_FORM)
        left, bottom, right, top = form.get_bounds()
        assert 20 <= left < right <= width - 20
        assert 60 <= bottom < top <= height - 65
        assert (left + right) / 2 == pytest.approx(width / 2, abs=1)
        scale = (right - left) / sheet.size[0]
        assert (top - bottom) / sheet.size[1] == pytest.approx(scale, rel=0.02)
        assert scale <= 1.01
        fills = max((right - left) / (width - 57), (top - bottom) / (height - 147), scale)
        assert fills > 0.8, (number, sheet.words)
        text = page.get_textpage()
        assert text.get_text_bounded(0, 0, width, 60).strip().endswith(f"Page {number}")
        assert "Example Partnership" in text.get_text_bounded(0, height - 62, width, height)
        text.close()


@pytest.mark.office
def test_word_pack_describes_each_page(meeting):
    document = etree.fromstring(zipfile.ZipFile(meeting.folder / "pack.docx").read("word/document.xml"))
    described = document.xpath("//*[local-name()='docPr']/@descr")
    assert described[0] == "Page 1 of 8 of Appendix A, Mixed: mixed one"
    assert len(described) == 22
    embedded = document.xpath("//@*[local-name()='embed']")
    assert len(embedded) == 22
    with zipfile.ZipFile(meeting.folder / "pack.docx") as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
        sizes = {Image.open(io.BytesIO(archive.read(name))).size for name in media}
    assert STAND_IN not in sizes


@pytest.mark.office
def test_a_page_that_does_not_fit_under_its_line_is_told(tmp_path, boardpack, monkeypatch):
    monkeypatch.setattr("boardpack.render.appendix_pdf._SPARE", -900)
    papers = write(
        tmp_path / "papers",
        paper=PAPER.format(title="Funding", landscape="false") + "  - {id: x, title: X, file: x.pdf}\n",
        **{"x.pdf": saved(pdf_of([Sheet()]))},
    )
    run = boardpack("pack", "partnership/2010-03-11", "--papers", papers, "--output", tmp_path / "out")
    assert run.code == 1
    assert "does not fit on page 3" in run.err
