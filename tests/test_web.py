"""A part of a pack as an HTML article, with the words and numbers of its Word; the agenda as a table."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from printing import ROOT, agenda, numbered, paper, rendered
from random_meeting import png, write_meeting
from reading import checked
from test_html import html_words, soup

from boardpack import web
from boardpack.model.edition import Edition
from boardpack.model.numbered import NumberedMeeting, NumberedMinutes
from boardpack.number import number

PAPERS = ROOT / "papers"


@cache
def samples() -> dict[str, NumberedMeeting]:
    _, assembled, _ = checked(PAPERS)
    return {f"{meeting.board.id}/{meeting.id}": number(meeting) for meeting in assembled.meetings}


MEETINGS = sorted(path.parent.relative_to(PAPERS).as_posix() for path in PAPERS.glob("*/*/meeting.yaml"))


def article(meeting: NumberedMeeting, key: str, **more) -> str:
    return web.article(meeting, key, address=lambda path: path.name, **more)


def without(html: str, *classes: str) -> str:
    """The HTML without the elements of these classes."""
    body = soup(html)
    for parent in list(body.iter()):
        for child in list(parent):
            if set((child.get("class") or "").split()) & set(classes):
                parent.remove(child)
    return ElementTree.tostring(body, encoding="unicode", method="html").removeprefix("<body>").removesuffix("</body>")


# --- The words of the Word --------------------------------------------------------------------------------


def body_words(meeting: NumberedMeeting, key: str, word) -> tuple[list[str], list[str]]:
    """What follows the cover, on the page and in the Word, without contents lists and notes."""
    html = without(article(meeting, key, pages=word.pages), "notes", "contents", "kind")
    html = re.sub(r"<sup>.*?</sup>", "", html)
    report = word.reports[f"reports/{meeting.parts[key].stem}.docx"]
    lines = [each.text for each in report.paragraphs if each.style not in {"ContentsEntry", "ContentsHeading"}]
    heading = next((each for each in ("Purpose of report", "Recommendations") if each in lines), "")
    behind = html.partition(f">{heading}</h2>" if heading else "</header>")[2].removesuffix("</article>")
    if not heading:
        words = html_words(behind)
        return words, " ".join(lines).split()[-len(words) :]
    return html_words(behind), " ".join(lines[lines.index(heading) + 1 :]).replace("\u00a0:", ":").split()


@pytest.mark.parametrize("name", MEETINGS)
def test_papers_and_minutes_have_the_words_of_their_reports(name: str):
    meeting = samples()[name]
    word = rendered(meeting)
    for key, at in meeting.parts.items():
        if isinstance(at, NumberedMinutes):
            assert Counter(words_of_minutes(meeting, key)) == Counter(
                word.reports[f"reports/{at.stem}.docx"].text().replace("·", " ").split()
            )
            continue
        html, printed = body_words(meeting, key, word)
        if any(entry.part.suffix in {".pdf", ".docx"} for entry in at.appendices):
            printed = printed[: len(html)]  # these print behind the paper, and are links on the page
        assert html == printed
        report = word.reports[f"reports/{at.stem}.docx"]
        assert facts(meeting, key) <= Counter(report.text().split())
        assert notes(meeting, key) == list(report.footnotes().values())


def facts(meeting: NumberedMeeting, key: str) -> Counter[str]:
    """The words of the cover without the names of its lines, which are the template's."""
    cover = article(meeting, key).partition("</header>")[0].partition("<header>")[2]
    return Counter(html_words(re.sub(r"<dt>.*?</dt>", "", cover)))


def notes(meeting: NumberedMeeting, key: str) -> list[str]:
    """The footnotes of a paper without the way back."""
    start = meeting.parts[key].start
    items = (node for node in soup(article(meeting, key)).iter("li") if node.get("id", "").startswith(f"{start}n"))
    return [" ".join("".join(item.itertext()).split()).removesuffix(" ↩") for item in items]


def words_of_minutes(meeting: NumberedMeeting, key: str) -> list[str]:
    """The words of minutes with the numbers of their items, which are words in Word, and the head of its table."""
    html = article(meeting, key).replace('class="number"', "").replace("·", " ")
    return [*html_words(html), "Item", "Discussion", "Action", "by"]


def numbers_on_the_page(html: str) -> list[str]:
    """Each numbered heading and paragraph with its number."""
    found = []
    for node in soup(html).iter():
        first = next(iter(node), None)
        if first is not None and first.get("class") == "number" and node.tag in {"h2", "h3", "p"}:
            found.append(" ".join("".join(node.itertext()).split()))
    return found


SECTIONS = """
sections:
  - text: "Before.\\n\\nAlso before."
  - heading: One
    text: "A.\\n\\n- x\\n\\nB.\\n\\n{more}"
  - heading: Two
    text: "C.\\n\\nD {{: .unnumbered}}\\n\\n![alt](a.png)\\n\\n> E\\n\\nF."
standing: {{equality: "G.\\n\\nH."}}
"""


@pytest.mark.parametrize("sample", ["true", "false", '"i)"', '"1.1"', '"(a)"', '"1-a."', '"A"'])
@pytest.mark.parametrize("sections", ["true", "false"])
def test_sections_and_paragraphs_have_the_numbers_of_the_word(tmp_path: Path, sample: str, sections: str):
    board = (
        f"name: B\nnumber_paragraphs: {sample}\nnumber_sections: {sections}\n"
        "standing_sections: [{key: equality, label: Equality, none: None.}]\n"
    )
    body = SECTIONS.format(more="[](table:a)") + "tables: {a: {columns: [{key: a, label: A}], rows: [[x]]}}\n"
    meeting = numbered(
        tmp_path, board=board, meeting=agenda("- paper: funding"), paper=paper(body), **{"a.png": png(4, 4)}
    )
    word = rendered(meeting).report
    assert numbers_on_the_page(article(meeting, "funding")) == word.numbered("Heading2", "NumberedParagraph")


@pytest.mark.parametrize("seed", range(3))
def test_random_papers_have_the_words_of_their_reports(tmp_path: Path, seed: int):
    write_meeting(tmp_path / "papers", 4, seed, hostile=True, pages=(0.5, 3))
    _, assembled, _ = checked(tmp_path / "papers")
    (meeting,) = map(number, assembled.meetings)
    word = rendered(meeting)
    for key in meeting.parts:
        html, printed = body_words(meeting, key, word)
        assert html == printed


# --- An article -------------------------------------------------------------------------------------------


def test_every_block_names_its_line_of_the_file(tmp_path: Path):
    body = "summary: |\n  One.\n\n  Two.\nrecommendations:\n  - Do.\nsections:\n  - heading: H\n    text: Plain.\n"
    meeting = numbered(tmp_path, meeting=agenda("- paper: funding"), paper=paper(body))
    found = [
        ("".join(node.itertext()), int(node.get("data-line")))
        for node in soup(article(meeting, "funding")).iter()
        if node.get("data-line")
    ]
    assert found == [("Funding", 1), ("One.", 5), ("Two.", 7), ("Do.", 9), ("1 H", 11), ("1.1 Plain.", 12)]


def test_footnotes_lead_there_and_back(tmp_path: Path):
    body = 'sections: [{text: "A[^x] b[^y].\\n\\n[^x]: First.\\n\\n[^y]: - list"}]\n'
    html = article(numbered(tmp_path, meeting=agenda("- paper: funding"), paper=paper(body)), "funding")
    body = soup(html)
    links = {node.get("href"): node.get("id") for node in body.iter("a")}
    assert links["#p1n1"] == "p1m1"
    assert "#p1m1" in links
    notes = [node for node in body.iter("li") if (node.get("id") or "").startswith("p1n")]
    assert ["".join(node.itertext()) for node in notes] == ["First. ↩", "list↩"]


def test_a_reference_leads_to_what_it_names():
    meeting = samples()["safer-essex/2010-03-11"]
    html = article(meeting, "funding", href=lambda key: f"{key or 'agenda'}.html", pages={})
    assert re.search(r'<a href="#p\d+t1">[Tt]able 1</a>', html)
    assert re.search(r'<a href="#p\d+s2">section 2</a>', html)


def test_items_are_named_with_their_pages(tmp_path: Path):
    lines = "- paper: funding\n- {title: Other, id: other}"
    body = 'sections: [{text: "See [](item:funding) and [](item:other)."}]\n'
    meeting = numbered(tmp_path, meeting=agenda(lines), paper=paper(body))
    html = article(meeting, "funding", href=lambda key: f"{key or 'agenda'}.html", pages={"p1": 31})
    assert 'See <a href="funding.html">item 1, page 31</a> and <a href="agenda.html#i2">item 2</a>.' in html
    assert "See item 1 and item 2." in article(meeting, "funding")


# --- The agenda -------------------------------------------------------------------------------------------


def withheld(folder: Path, *, public: bool = True) -> NumberedMeeting:
    """A meeting with one open and one exempt paper, as the public may see it."""
    meeting = numbered(
        folder,
        board="name: Example Partnership\nnotice: {statute: england-principal}\n",
        meeting=agenda("- paper: funding\n- {title: Lease, paper: lease}"),
        paper=paper(),
        **{"lease.yaml": paper("exempt: {paragraphs: [3], public_interest: It would weaken the talks.}\n", title="X")},
    )
    return replace(meeting, edition=Edition(public=public, pages={"p2z": 46} if public else {}))


def test_members_read_why_the_public_is_to_be_excluded(tmp_path: Path):
    """In the preview as in Word: on the paper and in the resolution."""
    meeting = withheld(tmp_path, public=False)
    word = rendered(meeting)
    why = "It would weaken the talks."
    html = web.agenda(meeting, href=lambda key: "", pages={})
    resolution = re.search("<section.*</section>", html)
    assert resolution
    said = " ".join(html_words(resolution[0]))
    assert f"Item Paragraph of Schedule 12A Public interest Item 2 3 {why}" in said
    assert word.agenda.text().count(why) == 1
    assert why in article(meeting, "lease")
    assert facts(meeting, "lease") <= Counter(word.reports["reports/2-lease.docx"].text().split())


def test_the_paper_column_leads_to_the_papers(tmp_path: Path):
    meeting = withheld(tmp_path)
    html = web.agenda(meeting, href=lambda key: f"{key}.html" if key == "funding" else "", pages={"p1": 3, "p1z": 4})
    assert '<a href="funding.html">Yes, pages 3 to 4<span class="hidden">: Funding</span></a>' in html
    assert "Not for publication (exempt: paragraph 3)" in html
    assert "lease.html" not in html
    assert "section 100A(4)" in html
    known = web.agenda(meeting, href=lambda key: "", pages={"p1": 3, "p1z": 4, "p2": 41})
    assert "Not for publication, pages 41 to 46 (exempt: paragraph 3)" in known
    unknown = web.agenda(meeting, href=lambda key: f"{key}.html", pages={})
    assert ">Report<" in unknown
