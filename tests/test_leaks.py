"""Public files are searched for withheld content: every channel that can hold a leak, and no alarm without one."""

from __future__ import annotations

import importlib
import io
import pickle
import pkgutil
import re
import shutil
import textwrap
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import leak_channels
import packs
import pikepdf
import planted
import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from leak_channels import CHANNELS
from pikepdf import Array, Dictionary, Name, String
from planted import docx, paragraph, pdf, png, run, xlsx
from reading import PAPER, ROOT, checked, write
from workbooks import package

import boardpack as program
from boardpack.diagnostics import BoardpackError, ExitCode
from boardpack.leaks import Leak, Secrets, UnsearchableError, computed, program_words, search, secrets, text_of
from boardpack.leaks.unpacking import EndlessError, Reading

SAMPLE = ROOT / "papers" / "safer-essex" / "2010-03-11"
CANARY = "Orpington Quillfeather accepts severance"
PLAIN = "The agenda is set"
WITHHELD = ("reoffending", "strategic-assessments")


def scalars(value: Any) -> Iterator[str]:
    """Every scalar of a YAML file, as it is typed."""
    if isinstance(value, dict):
        yield from (text for each in value.values() for text in scalars(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in scalars(each))
    else:
        yield str(value)


def said_in(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [text, *(scalars(yaml.load(text, yaml.BaseLoader)) if path.suffix == ".yaml" else re.split(r"[,\n]", text))]


@cache
def real() -> Secrets:
    """Two papers of the sample withheld, and the planted sentence with them."""
    hidden = [text for id in WITHHELD for text in said_in(SAMPLE / f"{id}.yaml")[1:]]
    shown = [text for path in SAMPLE.glob("*.yaml") if path.stem not in WITHHELD for text in said_in(path)]
    return secrets([*hidden, CANARY], [*shown, PLAIN, *program_words()])


READ = sorted(set(CHANNELS) - {"what a build leaves: cache"})
"""The channels that can be read; in other bytes only names and long secrets are sought."""


def found(
    files: dict[str, bytes], withheld: Sequence[str], public: Sequence[str] = (), names: Sequence[str] = ()
) -> list[str]:
    return [leak.words for leak in search(files, secrets(withheld, public, names))]


def test_there_are_24_channels():
    assert leak_channels.COUNT == 24


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_leaks_by_a_channel_is_found_and_its_public_twin_is_no_leak(channel: str):
    make = CHANNELS[channel]
    assert search(make(CANARY), real())
    assert search(make(PLAIN), real()) == []


@pytest.mark.parametrize("channel", READ)
def test_four_plain_words_in_a_row_are_found_by_each_channel(channel: str):
    sought = secrets(["close our smallest depot"], ["our smallest depot is open until we close", "agenda"])
    assert search(CHANNELS[channel]("Close our smallest depot"), sought)
    assert search(CHANNELS[channel]("Our smallest depot is open"), sought) == []


@pytest.mark.parametrize("channel", READ)
def test_a_reference_is_found_by_each_channel(channel: str):
    assert search(CHANNELS[channel]("PQ17x"), secrets(["see PQ17X"], ["see"]))


@pytest.mark.parametrize(
    "spelt",
    [
        "QUILLFEATHER",
        "quill\u00adfeather",
        "quill\u200bfeather",
        "\N{FULLWIDTH LATIN SMALL LETTER Q}uillfeather",
        "Quillfeather\N{RIGHT SINGLE QUOTATION MARK}s",
        "Smith-Quillfeather",
        "'Quillfeather'",
        "_Quillfeather_",
    ],
)
def test_a_word_is_found_however_it_is_spelt(spelt: str):
    assert found({"a.txt": f"by {spelt}.".encode()}, ["Quillfeather"], ["by", "Smith"]) == ["quillfeather"]


def test_ligatures_and_accents_are_one_spelling():
    assert found({"a.txt": "the of\N{LATIN SMALL LIGATURE FI}cer".encode()}, ["the officer"]) == ["officer"]
    decomposed = unicodedata.normalize("NFD", "Zoë Sørbø café")
    assert found({"a.docx": docx(paragraph(run(decomposed)))}, ["café"]) == ["café"]
    assert found({"a.txt": "café".encode()}, [unicodedata.normalize("NFD", "café")]) == ["café"]


def test_words_and_their_runs_are_found_across_word_runs():
    letters = [run(sign, "<w:b/>" if at % 2 else "<w:i/>") for at, sign in enumerate(CANARY)]
    body = paragraph(*(f"{each}<w:proofErr w:type='spellStart'/>" for each in letters))
    assert CANARY.lower() in found({"a.docx": docx(body)}, [CANARY])


def test_a_word_is_found_around_a_field_and_what_is_deleted():
    deleted = '<w:del w:id="1" w:author="A"><w:r><w:delText>x</w:delText></w:r></w:del>'
    code = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    body = paragraph(run("Quill"), code, deleted, run("feather"))
    assert found({"a.docx": docx(body)}, ["Quillfeather"]) == ["quillfeather"]


def test_words_of_two_paragraphs_and_cells_are_no_run():
    cells = "".join(f"<w:tc>{paragraph(run(word))}</w:tc>" for word in ["close", "our", "smallest", "depot"])
    body = paragraph(run("close our")) + paragraph(run("smallest depot")) + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    assert found({"a.docx": docx(body)}, ["close our smallest depot"], ["depot, our smallest, will close"]) == []


def test_a_word_divided_at_the_end_of_a_line_is_found_in_a_pdf():
    assert found({"a.pdf": pdf("see Quill-", "feather")}, ["Quillfeather"]) == ["quillfeather"]


def test_half_a_public_word_at_the_end_of_a_line_is_no_leak():
    page = {"a.pdf": pdf("an under-", "standing")}
    assert found(page, ["standing"], ["an understanding"]) == []
    assert found({"a.pdf": pdf("a long-", "standing")}, ["standing"], ["an understanding", "long"]) == ["standing"]


def test_a_page_of_a_pdf_gives_up_ligatures_and_words_with_gaps():
    encoding = Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=Array([1, Name.fi]))
    assert found({"a.pdf": pdf(b"of\\001cer", encoding=encoding)}, ["officer"]) == ["officer"]
    spaced = {"a.pdf": pdf("we close the smal lest dep ot soon")}
    assert found(spaced, ["close the smallest depot"], ["depot the smallest close we soon"]) == [
        "close the smallest depot"
    ]
    prefix = {"a.pdf": pdf("we close the smallest depots soon")}
    assert found(prefix, ["close the smallest depot"], ["we close the smallest depots soon", "depot"]) == []


@pytest.mark.parametrize(
    "written",
    [b"(Quillfeather)", b"<5175696C6C66656174686572>", b"(Quill\\\nfea\\164her)", b"<FEFF%s>", b"(\\376\\377%s)"],
)
def test_strings_of_a_pdf_are_found_in_every_spelling(written: bytes):
    wide = "Quillfeather".encode("utf-16-be")
    spelt = wide.hex().encode() if written.startswith(b"<") else b"".join(b"\\%03o" % sign for sign in wide)
    data = pdf(change=lambda document: document.docinfo.update({"/Subject": String("AAAA")}))
    whole = written % spelt if b"%s" in written else written
    assert found({"a.pdf": data.replace(b"(AAAA)", whole)}, ["Quillfeather"])


@pytest.mark.parametrize(
    "shown",
    [
        "£156,320",
        "156320",
        "156 320 pounds".replace(" ", "\u00a0"),
        "156\u202f320",
        "156,320.00",
        "156.320",
        "GBP156,320",
        "(156,320)",
        "−156,320",
    ],
)
def test_a_figure_is_found_in_every_spelling(shown: str):
    leaks = search({"a.txt": f"a {shown}".encode()}, secrets(["156320"], ["a GBP pounds"]))
    assert leaks == [Leak("a.txt", "content", "156320")] or shown.startswith("GBP")
    assert search({"a.docx": docx(paragraph(run(shown)))}, secrets(["£156,320"], [shown])) == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("01632 960175", "(01632) 960 175"),
        ("01632 960175", "01632960175"),
        ("CM1 1LX", "cm11lx"),
        ("howard@example.org", "mailto:Howard@Example.org"),
        ("https://example.org/cost/plan", "http://www.example.org/cost/plan/"),
        ("20123456", "20123456"),
        ("PQ17x", "pq17X"),
        ("1234 5678 9012 3456", "1234-5678-9012-3456"),
    ],
)
def test_numbers_and_addresses_are_found_by_themselves(typed: str, printed: str):
    assert search({"a.txt": f"see {printed} there".encode()}, secrets([f"at {typed}, by"], []))


@pytest.mark.parametrize(
    "text",
    [
        "2010",
        "11 March 2010",
        "1,234",
        "12.5%",
        "2010-03-11",
        "20100311",
        "20100311T093000",
        "6d",
        "9:30",
        "21st",
        "10am",
    ],
)
def test_dates_and_small_figures_are_no_secret_by_themselves(text: str):
    assert found({"a.txt": text.encode()}, [text], ["March"]) == []


def test_measures_are_not_mistaken_for_withheld_figures():
    drawing = (
        '<w:r><w:drawing><wp:anchor distT="156320"><wp:posOffset>156320</wp:posOffset></wp:anchor></w:drawing></w:r>'
    )
    assert found({"a.docx": docx(paragraph(drawing))}, ["156320"]) == []
    assert found({"a.html": b'<!doctype html><svg width="156320px"><path d="M156320 1"/></svg>'}, ["156320"]) == []
    assert found({"a.docx": docx('<w:sdt><w:sdtPr><w:tag w:val="156320"/></w:sdtPr></w:sdt>')}, ["156320"]) == [
        "156320"
    ]


@pytest.mark.parametrize(
    ("withheld", "printed"),
    [
        ("It met on Thursday 11 March 2010 for long", "Thursday 11 March 2010"),
        ("as said on pages 23 to 24 of it", "Yes, pages 23 to 24"),
        ("the grants in Table 1 show", "grants in Table 1"),
        ("a report to Safer Essex at once", "Report to Safer Essex"),
    ],
)
def test_what_the_program_puts_together_is_no_leak(withheld: str, printed: str):
    shown = [
        "Report to ",
        "Safer Essex",
        "Thursday",
        "March",
        "Yes, pages {first} to {last}",
        "grants",
        "in ",
        "Table ",
    ]
    assert found({"a.docx": docx(paragraph(run(printed)))}, [withheld], shown) == []


def test_names_are_found_as_wholes_unless_they_are_public():
    file = {"reports/9-pay.pdf": pdf("a payment")}
    assert found(file, [], ["a payment"], ["pay"]) == ["pay"]
    assert found(file, [], ["a payment, the pay"], ["pay"]) == []
    text = {"a.txt": b"the home closure of care", "b.txt": b"care_home_closure"}
    leaks = search(text, secrets([], ["care of the home, its closure"], ["care-home-closure"]))
    assert {leak.file for leak in leaks} == {"b.txt"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("hexadecimal", [False, True])
def test_names_and_long_secrets_are_found_in_bytes(encoding: str, *, hexadecimal: bool):
    data = "Care-Home-Closure, misappropriation".encode(encoding)
    raw = {"font.woff2": b"wOF2\0\1" + (data.hex().encode() if hexadecimal else data) + b"\0\1"}
    assert found(raw, ["misappropriation"], ["care home its closure"], ["care-home-closure"]) == [
        "care-home-closure",
        "misappropriation",
    ]


def test_a_leak_says_where_it_stands():
    files = {"x/a.docx": docx(planted.picture(descr=CANARY)), "b.pdf": pdf("one")}
    leaks = search(files, secrets([CANARY], []))
    assert leaks == [Leak("x/a.docx", "word/document.xml, alternative text", CANARY.lower())]
    nested = {"a.pdf": pdf(change=lambda document: leak_channels.attached(document, CANARY))}
    assert {leak.where for leak in search(nested, secrets([CANARY], []))} == {"attached file, word/document.xml"}
    paged = search({"a.pdf": pdf(CANARY)}, secrets([CANARY], []))
    assert {leak.where for leak in paged} == {"page 1"}
    assert paged == sorted(set(paged))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("pack.docx", b"not a zip"),
        ("pack.docx", docx()[:-40]),
        ("pack.docx", package({"word/document.xml": "<w:broken"})),
        ("pack.docx", package({"a.xml": "<a/>"}, encrypt=True)),
        ("pack.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        ("pack.pdf", b"%PDF-1.7 nothing"),
        ("pack.pdf", b"text"),
        ("map.png", png()[:-6]),
        ("map.png", b"text"),
        ("map.jpg", planted.jpeg()[:-30]),
        ("manifest.json", b'{"a": '),
        ("unknown.bin", bytes(range(256))),
        ("pack.docx", docx(parts={"word/media/image1.emf": bytes(range(256))})),
        ("plan.svg", b'<!DOCTYPE svg [<!ENTITY a "Quill">]><svg>&a;feather</svg>'),
        ("plan.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'.encode("utf-16")),
    ],
)
def test_what_does_not_open_is_an_error_that_names_it(name: str, data: bytes):
    with pytest.raises(UnsearchableError, match=re.escape(name)) as raised:
        search({name: data}, secrets([CANARY], []))
    assert raised.value.exit_code is ExitCode.FAULT


def errors(kind: type[BoardpackError] = BoardpackError) -> Iterator[type[BoardpackError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from errors(each)


def test_every_error_comes_back_whole_from_another_process():
    for module in pkgutil.walk_packages(program.__path__, "boardpack."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    kinds = set(errors())
    assert UnsearchableError in kinds
    for kind in kinds:
        assert str(pickle.loads(pickle.dumps(kind("a.docx: is damaged")))) == "a.docx: is damaged", kind  # noqa: S301
    error = UnsearchableError.of("a.docx", "it is encrypted")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301


def test_parts_that_office_files_hold_besides_texts_do_not_stop_their_words():
    drawing = b"\1\0\0\0\x6c\0\0\0" + "Quillfeather".encode("utf-16-le") + b"\0\0\7"
    parts = {
        "xl/printerSettings/printerSettings1.bin": "LaserWriter".encode("utf-16-le") + b"\1\0\xdc\0",
        "xl/media/image1.emf": drawing,
        "xl/media/image2.emf": drawing.replace(b"Q\0", b"K\0") + bytes(200_000),
        "xl/media/image3.wmf": b"\xd7\xcd\xc6\x9a\0\0Ravensworth\0\4",
        "xl/media/image4.png": planted.jpeg(),
        "xl/media/image5.png": png()[:-6],
        "customXml/item1.xml": "<broken",
    }
    said = " ".join(text_of("a.xlsx", xlsx("Orpington", parts=parts)))
    assert all(word in said for word in ("Orpington", "Quillfeather", "Kuillfeather", "Ravensworth"))
    assert "LaserWriter" not in said
    assert "Orpington" in " ".join(text_of("a.csv", b"Orpington,1\x0f"))


def test_entities_of_a_drawing_are_not_followed():
    drawing = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]><svg>the &a; plan</svg>'
    assert "".join(text_of("a.svg", drawing.encode())).replace("\0", "") == "the &a; plan"
    plain = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg>the plan &amp; more</svg>'
    assert any("plan & more" in text for text in text_of("a.svg", plain))
    assert search({"a.svg": plain}, secrets([CANARY], [])) == []


def bomb(document: pikepdf.Pdf) -> None:
    content = document.make_stream(b"q Q " * 500_000, Type=Name.XObject, Subtype=Name.Form)
    document.pages[0].obj.Resources.XObject = Dictionary(X=content)


def test_no_more_is_unpacked_than_one_file_may_hold(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("boardpack.leaks.opened.Reading", partial(Reading, left=1_000_000))
    with zipfile.ZipFile(content := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b" " * 2_000_000)
        archive.writestr("b.txt", CANARY)
    files = {"a.zip": content.getvalue(), "a.pdf": pdf(CANARY, change=bomb)}
    for name, data in files.items():
        assert len(data) < 10_000
        assert CANARY in " ".join(text_of(name, data))
        with pytest.raises(UnsearchableError, match=re.escape(name)):
            search({name: data}, secrets(["Ravensworth"], []))


def test_what_is_unpacked_is_counted_over_all_of_a_file():
    packed = zlib.compress(bytes(100_000)) + b"more"
    reading = Reading(whole=True, left=150_000)
    assert reading.inflated(memoryview(packed)) == bytes(100_000)
    with pytest.raises(EndlessError, match="200 MB"):
        reading.inflated(packed)


def test_a_pdf_with_numbers_and_texts_as_objects_by_themselves_is_read():
    """As every chart that matplotlib writes has them."""
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.Root.Alone = Array([document.make_indirect(5), document.make_indirect(True)])
        document.Root.Said = document.make_indirect(String("Greenwharf"))
        document.save(data)
    assert found({"a.pdf": data.getvalue()}, ["Greenwharf"]) == ["greenwharf"]


def test_an_encrypted_pdf_is_an_error():
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(data, encryption=pikepdf.Encryption(user="a", owner="b"))
    with pytest.raises(UnsearchableError, match=r"a\.pdf"):
        search({"a.pdf": data.getvalue()}, secrets([CANARY], []))


def test_the_words_of_an_appendix_are_those_for_its_readers():
    word = docx(paragraph(run("Quillfeather")), {"docProps/core.xml": planted.core("dc:creator")("Clerk")})
    assert "Quillfeather" in " ".join(text_of("a.docx", word))
    assert "Clerk" not in " ".join(text_of("a.docx", word))
    assert "openxmlformats" not in " ".join(text_of("a.docx", word))
    assert "Orpington" in " ".join(text_of("a.xlsx", xlsx("Orpington")))
    assert list(text_of("a.csv", "Zoë,156320\n".encode("latin-1"))) == ["Zoë,156320\n"]
    assert {"Quillfeather", "Quill feather"} <= set(" ".join(text_of("a.pdf", pdf("Quill-", "feather"))).split(" ")) | {
        " ".join(each.split()) for each in text_of("a.pdf", pdf("Quill-", "feather"))
    }


def test_the_programs_own_words_are_those_that_it_prints():
    own = program_words()
    assert any("Verbal update" in each for each in own)
    assert "March" in " ".join(own)
    assert not any(each.startswith("The program's own words: what") for each in own)  # a docstring
    assert "Iterator[str]" not in own


ORDER = "the board will close a small depot in autumn because its costs rise and few people use it now"
WORDS = ORDER.split()


LOSSY = {"hidden sheet: sheet name"}  # cuts a name off after 31 letters


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(
    sentence=st.lists(st.sampled_from(WORDS), min_size=4, max_size=8),
    channel=st.sampled_from(sorted(set(READ) - LOSSY)),
)
def test_a_sentence_of_public_words_that_no_public_text_says_is_found_anywhere(sentence: list[str], channel: str):
    text = " ".join(sentence)
    public = [ORDER, "agenda"]
    assume(len(set(sentence)) > 1)  # one word again and again is one long word where a name is glued together
    assume("glued" not in channel or len(text.replace(" ", "")) >= 20)  # a shorter one comes about across other words
    assume(any(" ".join(sentence[at : at + 4]) not in ORDER for at in range(len(sentence) - 3)))
    sought = secrets([text], public)
    assume(sought.runs)  # not what the end of the public text and its start would say together
    assert search(CHANNELS[channel](text), sought)


LETTERS = st.text(st.sampled_from("abcdefghijklmnoprstuvwyäéßøčł"), min_size=4, max_size=9)


@QUICK
@given(
    words=st.lists(LETTERS, min_size=1, max_size=5),
    cuts=st.lists(st.integers(0, 40), max_size=6),
    form=st.sampled_from(["NFC", "NFD", "NFKD"]),
)
def test_words_that_nobody_published_are_found_however_word_divides_them(words: list[str], cuts: list[int], form: str):
    text = unicodedata.normalize(form, " ".join(words)).title()
    places = [0, *sorted({cut for cut in cuts if 0 < cut < len(text)}), len(text)]
    runs = [run(text[start:end]) for start, end in pairwise(places)]
    assert {leak.words for leak in search({"a.docx": docx(paragraph(*runs))}, secrets(words, ["Agenda"]))}


@QUICK
@given(data=st.data())
def test_public_texts_and_the_programs_words_give_no_alarm(data: st.DataObject):
    texts = data.draw(st.lists(st.sampled_from(_public_texts()), min_size=1, max_size=8))
    plain = [text for text in texts if text.isascii()]
    files = {"a.docx": docx("".join(paragraph(run(text)) for text in texts)), "a.pdf": pdf(*plain)}
    assert search(files, real()) == []


@cache
def _public_texts() -> list[str]:
    paths = sorted(path for path in SAMPLE.glob("*.yaml") if path.stem not in WITHHELD)
    shown = [*(text for path in paths for text in said_in(path)[1:]), *program_words()]
    return sorted(
        {re.sub(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", " ", text) for text in shown if text.strip()}
    )


def test_sums_and_changes_are_told_that_no_paper_holds(tmp_path: Path):
    table = """
      tables:
        t:
          columns:
            - {key: a, label: Area}
            - {key: b, label: Grant, type: money, total: sum}
            - {key: c, label: Rise, type: money, change: [d, b]}
            - {key: d, label: Before, type: money, total: sum}
          rows: [{group: South}, [Basildon, 100000, 10000], [Brentwood, 23000, 1], {group: North}, [Harlow, 4, 5]]
    """
    assembled = checked(write(tmp_path, paper=PAPER + textwrap.dedent(table)))[1]
    (meeting,) = assembled.meetings
    figures = set(computed(meeting.papers["funding"].tables.values()))
    assert {"123004", "123000", "90000", "22999", "10001", "112998"} <= figures


def staged(folder: Path, withheld: Sequence[str]) -> tuple[list[str], list[str]]:
    """A copy of the sample without these papers; the texts that are withheld, and those that remain."""
    here = folder / "safer-essex" / SAMPLE.name
    shutil.copytree(SAMPLE, here)
    shutil.copy(SAMPLE.parent / "board.yaml", here.parent)
    hidden: list[str] = []
    meeting = here / "meeting.yaml"
    agenda = meeting.read_text(encoding="utf-8")
    for id in withheld:
        hidden += said_in(here / f"{id}.yaml")[1:]
        (here / f"{id}.yaml").unlink()
        agenda, count = re.subn(rf"(?m)^ *- \{{.*paper: {id}\}}\n", "", agenda)
        assert count == 1
    meeting.write_text(agenda, encoding="utf-8")
    shown = [text for path in folder.rglob("*") if path.suffix in {".yaml", ".csv"} for text in said_in(path)]
    attached = [path for path in folder.rglob("*") if path.suffix in {".pdf", ".docx", ".xlsx", ".png", ".jpg"}]
    return hidden, [*shown, *(text for path in attached for text in text_of(path.name, path.read_bytes()))]


def house(*folders: str) -> Iterator[str]:
    """The XML of the templates and what they say."""
    for path in sorted(path for folder in folders for path in (ROOT / "templates" / folder).glob("*.docx")):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels")))
        yield from text_of(path.name, path.read_bytes())


def test_a_pack_without_two_of_its_papers_gives_no_alarm_and_the_whole_pack_does(boardpack: packs.Call, tmp_path: Path):
    withheld = ["chair", "enims"]
    hidden, shown = staged(tmp_path / "papers", withheld)
    sought = secrets(hidden, [*shown, *house("default", "safer-essex"), *program_words()], withheld)
    built = boardpack(
        "pack", "safer-essex/2010-03-11", "--no-pdf", "--papers", tmp_path / "papers", "--output", tmp_path / "out"
    )
    assert built.code == 0, built.out
    assert search(packs.content(tmp_path / "out"), sought) == []
    built = boardpack(
        "pack", "safer-essex/2010-03-11", "--no-pdf", "--papers", ROOT / "papers", "--output", tmp_path / "all"
    )
    assert built.code == 0, built.out
    leaks = search(packs.content(tmp_path / "all"), sought)
    assert {"agenda.docx", "pack.docx", "manifest.json"} <= {leak.file.rpartition("/")[2] for leak in leaks}
