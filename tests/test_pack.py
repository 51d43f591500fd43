"""Finished packs, opened again as their readers open them: every number right, no word lost, every file sound."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import ooxml
import pikepdf
import pytest
from finished import (
    Page,
    agenda_table,
    expected_column,
    first_pages,
    flowed,
    named_pages,
    pages,
    paper_pages,
    squeezed,
)
from packs import MAKERS, Pack, content, run, surroundings
from random_meeting import Passage, lost_words, read_words
from wordfile import WordFile, faults

pytestmark = pytest.mark.office
RANDOM = ("random", "hostile")
PICTOGRAMS = re.compile("[\U0001f000-\U0001faff\u200d]")


@pytest.fixture
def found(each_pack: Pack) -> list[Page]:
    return pages(each_pack.pdf)


@pytest.fixture
def labels(each_pack: Pack) -> list[str]:
    return [row[0] for row in agenda_table((each_pack.folder / "agenda.docx").read_bytes())]


# --- The command -----------------------------------------------------------------------------------------------


def test_the_pack_is_built_and_said_to_be(each_pack: Pack, found: list[Page]):
    assert each_pack.said.code == 0, each_pack.said.err
    told = f"{each_pack.folder / 'pack.docx'}: {len(found)} pages, every page reference compared\n"
    assert each_pack.said.out == told
    assert "Traceback" not in each_pack.said.err


def test_the_output_holds_what_it_should_and_nothing_else(each_pack: Pack):
    files = content(each_pack.folder)
    reports = {name for name in files if name.startswith("reports/")}
    told = {"findings.html"} if json.loads(files["manifest.json"])["findings"] else set()
    assert set(files) - reports == {"agenda.docx", "pack.docx", "pack.pdf", "manifest.json"} | told
    assert all(re.fullmatch(r"reports/[0-9A-Za-z-]+\.docx", name) for name in reports)
    assert [path.name for path in each_pack.folder.parent.iterdir()] == [each_pack.folder.name]


# --- Page references -------------------------------------------------------------------------------------------


def test_the_paper_column_is_right_in_each_word_file(each_pack: Pack, found: list[Page], labels: list[str]):
    expected = expected_column(each_pack, labels, found)
    assert any(re.search(r"\d", cell) for cell in expected)
    for name in ("agenda.docx", "pack.docx"):
        assert [row[-1] for row in agenda_table((each_pack.folder / name).read_bytes())] == expected


def test_the_paper_column_is_right_in_the_pdf(each_pack: Pack, found: list[Page], labels: list[str]):
    agenda = flowed(" ".join(page.text for page in found if not page.item))
    at = 0
    for cell in filter(None, expected_column(each_pack, labels, found)):
        at = agenda.find(flowed(cell), at)
        assert at >= 0, cell
    printed = [int(number) for cell in re.findall(r"[Pp]ages? [\d to]+", agenda) for number in re.findall(r"\d+", cell)]
    assert set(printed) >= {number for pair in paper_pages(found).values() for number in pair}


def test_every_paper_begins_with_its_cover_on_its_first_page_and_nowhere_else(found: list[Page]):
    for item, (first, _) in paper_pages(found).items():
        covers = [
            number
            for number, page in enumerate(found, 1)
            if page.item == item and re.search(rf"^Agenda items? {re.escape(item)}\b", page.text, re.MULTILINE)
        ]
        assert covers == [first]


def test_every_item_that_a_paper_names_is_on_the_page_that_it_prints(
    each_pack: Pack, found: list[Page], labels: list[str]
):
    right = first_pages(each_pack, labels, found)
    # A sign from another font comes back from the PDF beside the place where it stands, so between other words.
    named = named_pages(PICTOGRAMS.sub("", "\n".join(page.body for page in found)), labels)
    assert named
    assert [(label, page) for label, page in named if right[label] != page] == []
    in_pack = Counter(named_pages(_with_notes(each_pack.word()), labels))
    # A reference that the end of a page divides, with a note or a header row between its halves, is not found.
    assert Counter(named) <= in_pack
    assert in_pack.total() - len(named) <= 1
    in_reports = " ".join(_with_notes(WordFile(path.read_bytes())) for path in each_pack.word_files()[2:])
    assert Counter(named_pages(in_reports, labels)) == in_pack


def test_each_page_prints_its_own_number(found: list[Page]):
    assert [flowed(page.text).endswith(f"Page {number}") for number, page in enumerate(found, 1)] == [True] * len(found)


def test_a_contents_list_names_the_page_of_each_heading(build: Callable[[str], Pack]):
    pack = build("own")
    found = pages(pack.pdf)
    entries = [entry.split("\t") for entry in pack.word().styled("ContentsEntry")]
    *sections, appendix = entries
    assert [entry[:2] for entry in sections] == [["1", "State"], ["2", "Works"], ["3", "Financial implications"]]
    (walls,) = [(first, last) for item, (first, last) in paper_pages(found).items() if item == "2.1"]

    def there(title: str) -> int:
        line = re.compile(rf"^{title}\s*$", re.MULTILINE)
        return max(page for page in range(walls[0], walls[1] + 1) if line.search(found[page - 1].text))

    starts = [there(rf"{number}\s+{heading}") for number, heading, _ in sections]
    assert [int(shown.split(" to ")[0]) for _, _, shown in sections] == starts
    assert [int(shown.split(" to ")[-1]) for _, _, shown in sections] == [starts[1], starts[2], starts[2]]
    assert appendix == ["Appendix A: Steps", f"{there('Appendix A: Steps')}"]


def test_every_reference_of_the_pack_shows_what_its_bookmark_holds(each_pack: Pack):
    word = each_pack.word()
    headings = word.numbered("Heading2")
    checked = Counter(field.instruction.split()[0] for field in word.fields())
    for field in word.fields():
        kind, name, *switches = field.instruction.split()
        if kind == "REF" and "\\r" in switches:
            assert f"{field.shown} {word.bookmark(name)}".strip() in headings
        elif kind == "REF":
            assert word.bookmark(name) == field.shown
    assert checked["PAGEREF"] > 5


def _with_notes(word: WordFile) -> str:
    return "\n".join([word.text(), *word.footnotes().values()])


@pytest.mark.parametrize("name", MAKERS)
def test_laid_out_anew_the_pack_has_the_same_pages_and_prints_the_same_numbers(
    name: str, build: Callable[[str], Pack], tmp_path: Path
):
    pack = build(name)
    anew = pages(converted(pack.folder / "pack.docx", tmp_path))
    found = pages(pack.pdf)
    assert [page.item for page in anew] == [page.item for page in found]
    for other, page in zip(anew, found, strict=True):
        if "Appendix" in other.text and len(other.text) < len(page.text):  # Word has a picture of a page of a PDF
            assert set(flowed(other.text).split()) <= set(flowed(page.text).split())
        else:
            assert _in_place(other.text) == _in_place(page.text)


def _in_place(text: str) -> str:
    """A page's text without what is read from a PDF now here, now there.

    That is signs beyond the first 65,536, and blanks, which within the last word of a section may come of nothing.
    """
    return squeezed(re.sub(r"[\U00010000-\U0010ffff]", "", text))


def converted(document: Path, folder: Path) -> Path:
    """A Word file as anybody's LibreOffice turns it into a PDF."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, document],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / f"{document.stem}.pdf"


# --- Words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RANDOM)
def test_no_word_is_lost_or_out_of_order_in_the_word_file(name: str, build: Callable[[str], Pack]):
    pack = build(name)
    text = _with_notes(pack.word())
    passages = read_words(pack.papers)
    assert sum(len(passage.words) for passage in passages) > 1_000
    assert [
        lost for passage in passages if (lost := (passage.paper, passage.place, lost_words(passage, text)))[2]
    ] == []


def test_no_word_is_printed_twice(build: Callable[[str], Pack]):
    pack = build("random")
    printed = Counter(re.findall(r"[A-Za-z]+", _with_notes(pack.word())))
    passages = [passage for passage in read_words(pack.papers) if passage.place in {"sections", "footnotes", "summary"}]
    plain = [word for passage in passages for word in passage.words if re.fullmatch("[a-z]{4,}", word)]
    assert len(plain) > 500
    assert [word for word in plain if printed[word] != 1] == []


def test_no_word_is_lost_or_out_of_order_in_the_pdf(build: Callable[[str], Pack]):
    pack = build("random")
    text = squeezed("".join(page.text for page in pages(pack.pdf)))
    for passage in read_words(pack.papers):
        words = tuple(squeezed(word) for word in passage.words)
        assert lost_words(Passage(passage.paper, passage.place, words), text) == [], passage.place


def test_no_awkward_word_is_lost_in_the_pdf(build: Callable[[str], Pack]):
    """In a PDF text from right to left has its own order, and pictograms print in fonts that few machines have."""
    pack = build("hostile")
    text = squeezed("".join(page.text for page in pages(pack.pdf)))
    words = {squeezed(word) for passage in read_words(pack.papers) for word in passage.words}
    assert sorted(word for word in words if word not in text and not PICTOGRAMS.search(word)) == []


def test_what_looks_like_a_template_stays_text(build: Callable[[str], Pack]):
    word = build("own").word()
    assert word.text().count("{{ 7*7 }} {% raw %} & <w:p/>") == 2
    assert "and 49 &" not in word.text()


# --- The files -------------------------------------------------------------------------------------------------


def test_every_word_file_is_valid(build: Callable[[str], Pack]):
    """One call for all files, since each takes the validator a second; of many short reports the pack says it all."""
    files = [path for name in MAKERS for path in build(name).word_files()]
    assert ooxml.errors(path for path in files if "partnership" not in path.parts or path.name == "pack.docx") == []


def test_every_word_file_is_sound(each_pack: Pack):
    assert {path.name: faults(WordFile(path.read_bytes())) for path in each_pack.word_files()} == {
        path.name: [] for path in each_pack.word_files()
    }


def test_each_report_reads_as_in_the_pack(each_pack: Pack):
    whole = each_pack.word().text()
    for path in (each_pack.folder / "reports").iterdir():
        assert WordFile(path.read_bytes()).text() in whole


def test_a_houses_logo_comes_with_its_cover_and_its_header(build: Callable[[str], Pack]):
    pack = build("own")
    word = pack.word()
    papers = len(list((pack.folder / "reports").iterdir()))
    assert len(word.find("//w:p[contains(., 'Agenda item')]//wp:docPr")) == papers
    headers = [name for name in word.names if name.startswith("word/header")]
    assert headers
    assert all(word.find("//wp:docPr", name) for name in headers)
    assert len([name for name in word.names if name.startswith("word/media/")]) == 3  # two logos and a figure


def test_the_pdf_is_tagged_titled_and_in_the_boards_language(each_pack: Pack):
    with pikepdf.open(each_pack.pdf) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert len(root.StructTreeRoot.K) > 0
        assert str(root.Lang) == each_pack.board().get("language", "en-GB")
        title = str(pdf.docinfo["/Title"])
        assert title.startswith(f"{each_pack.board()['name']}: meeting pack, ")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == title
            assert set(metadata["dc:language"]) == {str(root.Lang)}


def test_the_pdf_runs_nothing_and_numbers_its_pages_as_printed(each_pack: Pack):
    with pikepdf.open(each_pack.pdf) as pdf:
        root = pdf.Root
        assert "/JavaScript" not in root.get("/Names", {})
        assert "/AA" not in root
        assert not isinstance(root.get("/OpenAction"), pikepdf.Dictionary)  # a place to open at, and no action
        assert not [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/JS" in each]
        assert [page.label for page in pdf.pages] == [str(number) for number in range(1, len(pdf.pages) + 1)]


def test_the_outline_of_the_pdf_leads_to_each_paper(each_pack: Pack, found: list[Page]):
    with pikepdf.open(each_pack.pdf) as pdf, pdf.open_outline() as outline:
        index = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        top = [(flowed(str(entry.title)), index[_target(pdf, entry).objgen]) for entry in outline.root]
    firsts = [first for first, _ in paper_pages(found).values()]
    assert [page for title, page in top if page in firsts and not title.startswith("Appendix")] == firsts


def _target(pdf: pikepdf.Pdf, entry: pikepdf.OutlineItem) -> pikepdf.Object:
    destination = entry.destination if entry.destination is not None else entry.action.D
    if not isinstance(destination, pikepdf.Array):
        destination = pdf.Root.Dests[f"/{str(destination).lstrip('/')}"]
    return destination[0]


def test_links_in_the_pdf_lead_from_the_agenda_to_the_papers(each_pack: Pack, found: list[Page]):
    with pikepdf.open(each_pack.pdf) as pdf:
        index = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        agenda = [page for page, each in zip(pdf.pages, found, strict=True) if not each.item]
        places = [annotation.Dest for page in agenda for annotation in page.get("/Annots", []) if "/Dest" in annotation]
        led_to = {index[place[0].objgen] for place in places}
    assert led_to >= {first for first, _ in paper_pages(found).values()}


# --- The same again --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_two_builds_in_two_places_give_the_same_bytes(
    name: str, build: Callable[[str], Pack], root: Path, tmp_path: Path
):
    pack = build(name)
    papers = tmp_path / "another place" / "papers"
    shutil.copytree(pack.papers, papers)
    again = run("pack", pack.name, "--papers", papers, "--output", tmp_path / "o", environment=surroundings(root))
    assert again.code == 0, again.err
    first, second = content(pack.folder), content(tmp_path / "o" / pack.name)
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} == set()


# --- The manifest ----------------------------------------------------------------------------------------------


def test_the_manifest_tells_the_truth(each_pack: Pack, found: list[Page], labels: list[str]):
    manifest = json.loads((each_pack.folder / "manifest.json").read_text(encoding="utf-8"))
    files = content(each_pack.folder)
    del files["manifest.json"]
    assert manifest["outputs"] == {name: sha256(data).hexdigest() for name, data in sorted(files.items())}
    assert [item["number"] for item in manifest["items"]] == labels
    ranges = paper_pages(found)
    reports = [item for item in manifest["items"] if "report" in item]
    ranges = paper_pages(found)
    first_label = {item["paper"]: item["number"] for item in reversed(reports)}
    for item in reports:
        assert (item["first_page"], item["last_page"]) == ranges[first_label[item["paper"]]]
        assert item["report"] in files
    assert (manifest["board"], manifest["meeting"]) == (each_pack.folder.parent.name, each_pack.folder.name)
    assert manifest["edition"] == "members"


def test_the_manifest_names_every_input_with_its_hash(each_pack: Pack):
    manifest = json.loads((each_pack.folder / "manifest.json").read_text(encoding="utf-8"))
    papers = {name.removeprefix("papers/"): value for name, value in manifest["inputs"].items() if "papers/" in name}
    for name, value in papers.items():
        assert sha256((each_pack.papers / name).read_bytes()).hexdigest() == value
    written = {path.relative_to(each_pack.papers).as_posix() for path in each_pack.meeting.rglob("*.*")}
    assert written <= set(papers)
    templates = {name.rpartition("/")[2] for name in manifest["inputs"] if name.startswith("templates/")}
    assert templates == {"house.docx", "cover.docx", "agenda.docx"}


def test_the_manifest_says_nothing_of_the_machine_or_the_day(each_pack: Pack):
    text = (each_pack.folder / "manifest.json").read_text(encoding="utf-8")
    assert str(each_pack.papers.parent) not in text
    assert str(Path.home()) not in text or str(Path.home()) == "/"
