"""Minutes that are a file and not in these papers: a part of the pack with pages of its own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from packs import Call, content
from pdfs import Sheet, pdf_of, saved
from printing import numbered, printed
from reading import findings, told, write
from test_editions import paper
from test_publishing import House
from worddocs import charted, document, paragraph, run

from boardpack.web.shown import Shown, Site
from boardpack.web.site import site

AGENDA = """date: 2027-01-14
agenda:
  - Welcome
  - {title: Minutes of the last meeting, minutes_of: {date: 2026-11-12, file: FILE}}
  - {paper: first}
"""
HERE = AGENDA.replace("2027-01-14", "2010-03-11").replace("2026-11-12", "2010-01-28").replace("first", "funding")
PDF = saved(pdf_of([Sheet("Present were five"), Sheet("It was agreed", media=(0, 0, 842, 595))]))
WORD = document(paragraph(run("Present were five")) + paragraph(run("It was agreed")))
TITLE = "Minutes of Thursday 12 November 2026"


@pytest.fixture
def house(tmp_path: Path, boardpack: Call) -> House:
    house = House(tmp_path, boardpack)
    (house.meeting / "last.yaml").unlink()
    return house


def put(house: House, name: str, data: bytes) -> None:
    house.write(meeting=AGENDA.replace("FILE", name))
    (house.meeting / name).write_bytes(data)


def pages(path: Path) -> list[str]:
    """The words of each page of a PDF."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


@pytest.mark.office
@pytest.mark.parametrize(("name", "data", "count"), [
    ("minutes.pdf", PDF, 2), ("minutes.docx", WORD, 1), ("chart.docx", charted(3, 5, 4), 1),
])  # fmt: skip
def test_a_file_has_its_pages_in_the_pack(house: House, name: str, data: bytes, count: int):
    put(house, name, data)
    done = house.run("pack")
    assert done.code == 0, done.err
    folder = house.output / "2027-01-14"
    found = pages(folder / "pack.pdf")
    assert ("Yes, page 2" if count == 1 else "Yes, pages 2 to 3") in found[0]
    assert TITLE in found[1]
    assert "Agenda item 2" in found[1]
    assert ("Figures of the year" if name.startswith("chart") else "Present were five") in found[1]
    assert "It was agreed" in found[count] or name.startswith("chart")
    assert "Appendix" not in "".join(found)
    assert (folder / "reports" / "2-minutes-2026-11-12.docx").is_file()
    line = json.loads((folder / "manifest.json").read_bytes())["items"][1]
    assert (line["minutes_of"], line["first_page"], line["last_page"]) == ("2026-11-12", 2, 1 + count)


@pytest.mark.office
@pytest.mark.parametrize(("name", "data"), [("minutes.pdf", PDF), ("chart.docx", charted(3, 5, 4))])
def test_a_file_that_is_out_is_compared_and_served(house: House, name: str, data: bytes):
    put(house, name, data)
    house.write(second=paper("Lease", "exempt: {paragraphs: [3], public_interest: It would harm.}\n"))
    house.write(meeting=AGENDA.replace("FILE", name) + "  - {paper: second, title: The lease}\n")
    done = house.run("publish", "--on", "2027-01-05")
    assert done.code == 0, done.err
    assert TITLE in "".join(pages(house.output / "2027-01-14" / "public" / "pack.pdf"))
    served = content(house.output.parent / "web")
    assert f"example/2027-01-14/files/{name}" in served or any(path.endswith(f"/{name}") for path in served)
    assert "has come or changed" in house.run("pack", "--supplement").err
    (house.meeting / name).write_bytes(charted(1) if name.endswith("docx") else saved(pdf_of([Sheet("Others")])))
    assert "minutes of 12 November 2026" in house.run("changes").out


def test_a_file_is_checked_as_an_appendix_is(tmp_path: Path):
    def found(name: str, **files: bytes) -> list[str]:
        meeting = HERE.replace("FILE", name)
        return told(findings(write(tmp_path / name.replace(".", "-"), meeting=meeting, **files)))

    assert found("minutes.pdf", **{"minutes.pdf": PDF}) == []
    assert [each.rpartition(" ")[2] for each in found("gone.pdf")] == ["missing-file"]
    assert [each.rpartition(" ")[2] for each in found("cut.pdf", **{"cut.pdf": PDF[:200]})] == ["damaged-file"]
    assert [each.rpartition(" ")[2] for each in found("m.txt", **{"m.txt": b"words"})] == ["wrong-kind"]
    assert [each.rpartition(" ")[2] for each in found("../m.pdf")] == ["outside-folder"]


def test_two_files_of_one_day_are_two_parts(tmp_path: Path):
    line = "  - {title: Minutes of the last meeting, minutes_of: {date: 2010-01-28, file: FILE}}\n"
    lines = HERE.replace(line, line.replace("FILE", "m.pdf") + line.replace("FILE", "n.pdf"))
    parts = numbered(tmp_path, meeting=lines, **{"m.pdf": PDF, "n.pdf": PDF}).parts
    assert list(parts) == ["2010-01-28/m.pdf", "2010-01-28/n.pdf", "funding"]
    assert len({part.stem for part in parts.values()}) == 3


def test_the_site_leads_to_the_clean_file(tmp_path: Path):
    pdf = pdf_of([Sheet("Kept words")])
    pdf.docinfo["/Author"] = "canary"
    meeting = numbered(tmp_path, meeting=HERE.replace("FILE", "m.pdf"), **{"m.pdf": saved(pdf)})
    written = site(Site([Shown(meeting, date(2027, 1, 5))]))
    html = written["partnership/2010-03-11/2-minutes-2010-01-28.html"].decode()
    assert "<h1>Minutes of Thursday 28 January 2010</h1>" in html
    assert not any(b"canary" in data for data in written.values())


def test_the_report_is_a_document_of_its_own(tmp_path: Path):
    files = {"m.docx": WORD}
    made = printed(tmp_path, meeting=HERE.replace("FILE", "m.docx"), **files)
    text = made.reports["reports/2-minutes-2010-01-28.docx"].text()
    assert "Minutes of Thursday 28 January 2010" in text
    assert "It was agreed" in text
