"""Word documents that print as pictures of their pages: in the pack, in its public edition, and against what is out."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from packs import Call, content
from printing import printed
from test_editions import paper
from test_publishing import AGENDA, House
from worddocs import charted

APPENDIX = "appendices: [{id: figures, title: Figures, file: figures.docx}]\n"
GONE = '<w:del w:id="1" w:author="P Warrener"><w:r><w:delText>CANARY</w:delText></w:r></w:del>'


@pytest.fixture
def house(tmp_path: Path, boardpack: Call) -> House:
    """A meeting in which a paper has a chart of Word as its appendix."""
    house = House(tmp_path, boardpack)
    house.write(last=paper("Last", APPENDIX))
    (house.meeting / "figures.docx").write_bytes(charted(3, 5, 4))
    return house


def pages(path: Path) -> list[str]:
    """The words of each page of a PDF."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def shows_bars(path: Path) -> bool:
    """Whether the bars of the chart are on the last page."""
    with pypdfium2.PdfDocument(path) as pdf:
        drawn = pdf[len(pdf) - 1].render().to_pil().convert("RGB")
    return any(colour == (0xC8, 0x19, 0x19) and count > 1000 for count, colour in drawn.getcolors(1 << 24))


@pytest.mark.office
def test_a_chart_of_word_is_in_the_pack_and_has_not_changed_when_it_is_out(house: House):
    done = house.run("publish", "--on", "2027-01-05")
    assert done.code == 0, done.err
    assert "prints as pictures of its pages, since it holds a chart" in done.err
    found = pages(house.output / "2027-01-14" / "pack.pdf")
    assert "Appendix A: Figures" in found[-1]
    assert "Figures of the year" in found[-1]
    assert shows_bars(house.output / "2027-01-14" / "pack.pdf")
    assert not any("prints in the pack as pictures" in page for page in found)
    before = content(house.output / "2027-01-14")
    assert house.run("pack").code == 0
    after = content(house.output / "2027-01-14")
    assert {name for name in before if before[name] != after[name]} <= {"manifest.json"}
    assert "has come or changed" in house.run("pack", "--supplement").err
    assert house.run("changes").out.count("Last") == 0

    (house.meeting / "figures.docx").write_bytes(charted(3, 5, 4, more=GONE))
    assert "has come or changed" in house.run("pack", "--supplement").err, "nobody sees what was deleted"
    (house.meeting / "figures.docx").write_bytes(charted(3, 5, 9))
    assert "Last" in house.run("changes").out
    done = house.run("pack", "--supplement")
    assert done.code == 0, done.err


@pytest.mark.office
def test_the_public_edition_has_the_pages_too(house: House):
    lines = AGENDA.replace("  - {paper: last}\n", "  - {paper: last}\n  - {paper: lease, title: The lease}\n")
    house.write(meeting=lines, lease=paper("Lease", "exempt: {paragraphs: [3], public_interest: It would harm.}\n"))
    done = house.run("pack")
    assert done.code == 0, done.err
    members, public = (pages(house.output / "2027-01-14" / name) for name in ("pack.pdf", "public/pack.pdf"))
    at = next(number for number, page in enumerate(members) if "Figures of the year" in page)
    assert "Figures of the year" in public[at]


def test_a_sentence_stands_for_the_pages_where_nothing_is_laid_out(tmp_path: Path):
    body = "appendices: [{title: Figures, file: a.docx}]\n"
    made = printed(tmp_path, paper=f"title: Funding\nauthor: A\npurpose: decision\n{body}", **{"a.docx": charted(3, 5)})
    assert "This document prints in the pack as pictures of its pages." in made.pack.text()


def test_a_build_without_an_office_says_what_is_missing(house: House):
    done = house.run("pack", "--no-pdf")
    assert done.code == 3
    assert "only LibreOffice can draw its pages" in done.err
