"""The Word templates of a house: what the secretariat may change, and how a slip is told."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from own_house import DEFAULT, altered_template, write_templates
from packs import Call, Run
from reading import BOARD, PAPER, write
from wordfile import WordFile, faults

DOCUMENT = "word/document.xml"
NAME = "partnership/2010-03-11"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return write(tmp_path / "papers", board=f"{BOARD}organisation: Example Council\ntemplates: own\n")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A house of the board's own, empty still, beside the default house."""
    shutil.copytree(DEFAULT, tmp_path / "templates" / "default")
    (tmp_path / "templates" / "own").mkdir()
    return tmp_path / "templates" / "own"


def built(boardpack: Call, papers: Path, own: Path) -> tuple[Run, Path]:
    output = papers.parent / "output"
    done = boardpack("pack", "--no-pdf", "--papers", papers, "--output", output, "--templates", own.parent)
    return done, output / NAME


def pack(boardpack: Call, papers: Path, own: Path) -> WordFile:
    done, folder = built(boardpack, papers, own)
    assert done.code == 0, done.err
    return WordFile((folder / "pack.docx").read_bytes())


@pytest.mark.parametrize(
    ("file", "part", "old", "new", "named"),
    [
        ("cover.docx", DOCUMENT, "{{ title }}", "{{ titel }}", "titel"),
        ("cover.docx", DOCUMENT, "{{ field.label }}", "{{ feild.label }}", "feild"),
        ("agenda.docx", DOCUMENT, "{{ venue }}", "{{ place }}", "place"),
        ("house.docx", "word/header1.xml", "{{ board }}", "{{ baord }}", "baord"),
    ],
)
def test_a_tag_that_nothing_answers_stops_the_build_and_is_named(
    file: str, part: str, old: str, new: str, named: str, boardpack: Call, papers: Path, own: Path
):
    board = papers / "partnership" / "board.yaml"
    more = "venue: Room 2\n"
    meeting = papers / NAME / "meeting.yaml"
    meeting.write_text(more + meeting.read_text(encoding="utf-8"), encoding="utf-8")
    board.write_text(board.read_text(encoding="utf-8") + "cover_fields: [{key: a, label: A}]\n", encoding="utf-8")
    (papers / NAME / "funding.yaml").write_text(f"{PAPER}cover: {{a: x}}\n", encoding="utf-8")
    altered_template(own, file, part, lambda xml: xml.replace(old, new))
    done, folder = built(boardpack, papers, own)
    assert (done.code, done.out) == (1, "")
    assert f"{file}:" in done.err
    assert "error[unknown-tag]" in done.err
    assert named in done.err
    assert "Traceback" not in done.err
    assert not folder.exists()


def test_a_tag_may_not_look_inside_the_program(boardpack: Call, papers: Path, own: Path):
    altered_template(own, "cover.docx", DOCUMENT, lambda xml: xml.replace("{{ title }}", "{{ title.__class__ }}"))
    done, folder = built(boardpack, papers, own)
    assert (done.code, done.out) == (2, "")
    assert str(own / "cover.docx") in done.err
    assert "__class__" in done.err
    assert not folder.exists()


@pytest.mark.parametrize(
    "broken", ["{{ title", "{{ title } }", "{% if title %}", "{% nonsense %}", "{{ title | upper( }}"]
)
def test_a_tag_that_cannot_be_read_is_told_with_its_file(broken: str, boardpack: Call, papers: Path, own: Path):
    altered_template(own, "cover.docx", DOCUMENT, lambda xml: xml.replace("{{ title }}", broken))
    done, _ = built(boardpack, papers, own)
    assert done.code == 1
    assert "own/cover.docx:1:1: error[broken-template]" in done.err
    assert "Traceback" not in done.err


def test_a_tag_that_word_has_divided_is_read_all_the_same(boardpack: Call, papers: Path, own: Path):
    divided = '{{ ti</w:t></w:r><w:r><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t>tle }}'
    altered_template(own, "cover.docx", DOCUMENT, lambda xml: xml.replace("{{ title }}", divided))
    assert "Funding" in pack(boardpack, papers, own).lines()


def test_words_typed_into_a_template_print_and_the_rest_comes_from_the_default_house(
    boardpack: Call, papers: Path, own: Path
):
    altered_template(
        own, "cover.docx", DOCUMENT, lambda xml: xml.replace("{{ item_label }}", "Paper for {{ item_label }}")
    )
    word = pack(boardpack, papers, own)
    assert "Paper for Agenda item 1" in word.lines()
    assert "Agenda" in word.lines()
    assert faults(word) == []


def test_a_house_that_has_no_folder_is_the_default_one(boardpack: Call, papers: Path, own: Path):
    own.rmdir()
    assert "Agenda item 1" in pack(boardpack, papers, own).lines()


def test_a_templates_folder_without_the_default_house_falls_back_to_the_programs_own(
    boardpack: Call, papers: Path, own: Path
):
    shutil.rmtree(own.parent / "default")
    altered_template(own, "cover.docx", DOCUMENT, lambda xml: xml.replace("{{ item_label }}", "Ours: {{ item_label }}"))
    assert "Ours: Agenda item 1" in pack(boardpack, papers, own).lines()


def test_styles_and_page_come_from_the_house(boardpack: Call, papers: Path, own: Path):
    altered_template(own, "house.docx", "word/styles.xml", lambda xml: xml.replace("17505F", "702020"))
    altered_template(own, "cover.docx", DOCUMENT, lambda xml: xml.replace("17505F", "123456") + " ")
    word = pack(boardpack, papers, own)
    assert b"702020" in word.parts["word/styles.xml"]
    assert b"17505F" not in word.parts["word/styles.xml"]


def test_margins_of_the_house_are_those_of_every_section(boardpack: Call, papers: Path, own: Path):
    altered_template(own, "house.docx", DOCUMENT, lambda xml: xml.replace('w:left="1', 'w:left="2'))
    word = pack(boardpack, papers, own)
    assert {int(left) >= 2000 for left in word.find("//w:pgMar/@w:left")} == {True}


def test_a_logo_in_cover_and_header_arrives_once_for_each_paper_with_ids_of_its_own(
    boardpack: Call, papers: Path, tmp_path: Path
):
    (papers / NAME / "other.yaml").write_text(PAPER.replace("Funding", "Other"), encoding="utf-8")
    (papers / NAME / "meeting.yaml").write_text(
        "date: 2010-03-11\nagenda:\n  - paper: funding\n  - paper: other\n", encoding="utf-8"
    )
    own = write_templates(tmp_path / "templates" / "own")
    word = pack(boardpack, papers, own)
    assert len(word.find("//wp:docPr")) == 2
    assert len([name for name in word.names if name.startswith("word/media/")]) == 2
    assert all(word.find("//wp:docPr", name) for name in word.names if name.startswith("word/header"))
    assert faults(word) == []
    for report in (papers.parent / "output" / NAME / "reports").iterdir():
        alone = WordFile(report.read_bytes())
        assert len(alone.find("//wp:docPr")) == 1
        assert faults(alone) == []


def test_a_file_that_is_no_word_file_is_told(boardpack: Call, papers: Path, own: Path):
    (own / "cover.docx").write_bytes(b"not a zip")
    done, _ = built(boardpack, papers, own)
    assert done.code == 1
    assert "own/cover.docx:1:1: error[broken-template]" in done.err
    assert "save it again from Word" in done.err


@pytest.mark.parametrize("file", ["cover.docx", "house.docx", "agenda.docx"])
def test_a_zip_that_is_no_word_file_is_told(file: str, boardpack: Call, papers: Path, own: Path):
    with zipfile.ZipFile(own / file, "w") as package:
        package.writestr("content.xml", "<office/>")
    done, _ = built(boardpack, papers, own)
    assert done.code == 1
    assert f"own/{file}:1:1: error[broken-template]" in done.err
    assert "Traceback" not in done.err


def test_a_lock_file_that_word_left_is_no_template(boardpack: Call, papers: Path, own: Path):
    (own / "~$cover.docx").write_bytes(b"somebody")
    pack(boardpack, papers, own)
    manifest = json.loads((papers.parent / "output" / NAME / "manifest.json").read_text(encoding="utf-8"))
    assert not [name for name in manifest["inputs"] if "~$" in name]


def test_the_manifest_names_the_templates_that_were_used(boardpack: Call, papers: Path, own: Path):
    altered_template(own, "cover.docx", DOCUMENT, lambda xml: xml.replace("{{ title }}", "{{ title }}!"))
    pack(boardpack, papers, own)
    manifest = json.loads((papers.parent / "output" / NAME / "manifest.json").read_text(encoding="utf-8"))
    named = {name for name in manifest["inputs"] if name.startswith("templates/")}
    assert {"templates/own/cover.docx", "templates/default/house.docx", "templates/default/agenda.docx"} <= named


# --- doctor ----------------------------------------------------------------------------------------------------


@pytest.mark.office
def test_doctor_says_what_is_there_and_ends_with_0(boardpack: Call, papers: Path):
    done = boardpack("doctor", "--papers", papers)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("ok      LibreOffice: LibreOffice ")
    for file in ("agenda.docx", "cover.docx", "house.docx"):
        assert any(line.startswith(f"ok      template default/{file}: ") for line in lines)
    assert any(line.startswith("ok      font Arial: laid out with ") for line in lines)


def test_doctor_works_where_there_are_no_papers_yet(boardpack: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    done = boardpack("doctor")
    assert done.err == ""
    assert "LibreOffice" in done.out


def test_doctor_tells_of_a_missing_libreoffice_with_its_remedy(
    boardpack: Call, papers: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("boardpack.office._PLACES", ())
    done = boardpack("doctor", "--papers", papers)
    assert done.code == 3
    assert done.out.startswith("MISSING LibreOffice: ")
    assert "apt install libreoffice-writer-nogui" in done.out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ title }}", "{{ titel }}", "titel"),
        ("{{ title }}", "{{ title", "tag"),
        ("{{p summary }}", "", "{{p summary }}"),
    ],
)
def test_doctor_tells_of_a_template_that_cannot_be_used(
    old: str, new: str, told: str, boardpack: Call, papers: Path, own: Path
):
    altered_template(own, "cover.docx", DOCUMENT, lambda xml: xml.replace(old, new))
    done = boardpack("doctor", "--papers", papers, "--templates", own.parent)
    assert done.code == 3
    (line,) = [line for line in done.out.splitlines() if "own/cover.docx" in line.split(":")[0]]
    assert line.startswith("MISSING template own/cover.docx: ")
    assert told in line


def test_doctor_tells_of_a_zip_that_is_no_word_file(boardpack: Call, papers: Path, own: Path):
    with zipfile.ZipFile(own / "cover.docx", "w") as package:
        package.writestr("content.xml", "<office/>")
    done = boardpack("doctor", "--papers", papers, "--templates", own.parent)
    assert done.code == 3
    assert "MISSING template own/cover.docx: " in done.out
