"""The pages of a pack: settled in a few passes, and never put out where a printed number is wrong.

The parts are those that the honest build has kept; the PDF that they are joined to is altered as a fault would.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from finished import agenda_table, expected_column, pages, paper_pages
from packs import Pack, content, surroundings
from printing import DEFAULT, agenda, numbered, paper
from reading import ROOT, SCHEMAS

from boardpack import layout, office, pipeline, render
from boardpack.diagnostics import BoardpackError
from boardpack.layout.parts import Part, Sheets
from boardpack.layout.press import Press
from boardpack.places import KEPT
from boardpack.word import height
from boardpack.word.fragment import Fragment
from boardpack.word.package import Document

OLD = {"pack.docx": b"the earlier pack"}


@pytest.fixture
def pack(build: Callable[[str], Pack], root: Path, monkeypatch: pytest.MonkeyPatch) -> Pack:
    for name, value in surroundings(root).items():
        monkeypatch.setenv(name, value)
    return build("random")


def built(pack: Pack, output: Path, *, keeping: bool = True) -> pipeline.Built:
    """Build it within this process, of parts that are kept if wanted; there is an earlier pack in the way."""
    target = output / pack.name
    target.mkdir(parents=True)
    (target / "pack.docx").write_bytes(OLD["pack.docx"])
    kept = pack.folder.parents[1] / KEPT
    if keeping:
        shutil.copytree(kept, output / KEPT)
    options = pipeline.Options(pack.papers, output, (ROOT / "templates",), SCHEMAS)
    outcome = pipeline.pack(options, [pack.name], today=date(2010, 1, 1), wanted=pipeline.Wanted(), strict=False)
    (only,) = outcome.built
    return only


@dataclass
class Printer:
    """Plays LibreOffice: hands out this PDF for whatever it is given."""

    pdf: Path
    soffice: Path = field(default_factory=office.program)

    def __call__(self, program: Path) -> Printer:
        return self

    def __enter__(self) -> Printer:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def convert(self, document: Path) -> Path:
        return self.pdf


def joined_to(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the parts of a pack become this PDF."""
    monkeypatch.setattr(layout, "_joined", lambda press, laid: layout.pdf.read(path))


@contextmanager
def altered(pack: Pack, path: Path) -> Iterator[pikepdf.Pdf]:
    """The pack's PDF, to be changed and then saved as this file."""
    with pikepdf.open(pack.pdf) as pdf:
        yield pdf
        pdf.save(path)


def guessing(*, one_page: bool) -> Callable[..., tuple[dict[str, int], int]]:
    """A guess that every part is on one page, or that every one is on several."""

    def pages_of(fragment: Fragment, house: object, ends: Collection[str]) -> tuple[dict[str, int], int]:
        return {name: 0 if one_page or name not in ends else 1 for name in fragment.bookmarks}, 1 if one_page else 2

    return pages_of


# --- Settling --------------------------------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.parametrize("guess", [True, False], ids=["all on one page", "all on several"])
def test_where_the_lengths_are_guessed_wrong_the_numbers_still_come_out_right(
    guess: bool, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(height, "pages", guessing(one_page=guess))
    result = built(pack, tmp_path, keeping=False)
    assert 2 <= result.passes <= layout.PASSES
    found = pages(result.folder / "pack.pdf")
    assert {first == last for first, last in paper_pages(found).values()} == {True, False}
    for name in ("agenda.docx", "pack.docx"):
        rows = agenda_table((result.folder / name).read_bytes())
        assert [row[-1] for row in rows] == expected_column(pack, [row[0] for row in rows], found)


@pytest.mark.office
@pytest.mark.parametrize("keeping", [True, False])
def test_the_usual_pack_settles_at_once_and_is_the_same_bytes_whatever_was_kept(
    keeping: bool, pack: Pack, tmp_path: Path
):
    result = built(pack, tmp_path, keeping=keeping)
    assert result.passes == 1
    assert content(result.folder) == content(pack.folder)


@pytest.mark.office
def test_a_paper_that_gains_and_loses_a_page_for_ever_is_told_and_nothing_is_put_out(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    honest = Press.sheets
    asked: list[str] = []

    def flickering(self: Press, at: int, *more: object) -> tuple[Sheets, bool]:
        found, sure = honest(self, at, *more)
        if self.parts[at].start != "p1":
            return found, sure
        asked.append("p1")
        ends = {"p1": 1, "p1z": 1 + len(asked) % 2}
        return replace(found, destinations={**found.destinations, **ends}), sure

    monkeypatch.setattr(Press, "sheets", flickering)
    with pytest.raises(layout.UnsettledError, match=r"did not settle in 4 passes.*add or take away a line"):
        built(pack, tmp_path)
    assert len(asked) == layout.PASSES + 1
    assert content(tmp_path / pack.name) == OLD


@pytest.mark.office
def test_what_a_paper_prints_of_others_is_all_that_has_it_laid_out_again(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Another word in one paper, and only that paper goes to LibreOffice again."""
    papers = tmp_path / "papers"
    shutil.copytree(pack.papers, papers)
    path = next(each for each in sorted((papers / pack.name).glob("*.yaml")) if "author:" in each.read_text("utf-8"))
    path.write_text(re.sub(r"(?m)^author: .*", "author: A Namely", path.read_text("utf-8")), encoding="utf-8")
    honest, asked = Part.lay_out, set()
    monkeypatch.setattr(Part, "lay_out", lambda self, *more: (asked.add(self.start), honest(self, *more))[1])
    built(replace(pack, papers=papers), tmp_path / "output")
    assert len(asked) == 1
    assert asked < {f"p{number}" for number in range(1, 20)}


# --- Comparing the PDF -----------------------------------------------------------------------------------------


@pytest.mark.office
def test_the_same_pdf_passes(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Without an alteration the build succeeds, so that the failures below are due to theirs."""
    joined_to(pack.pdf, monkeypatch)
    assert content(built(pack, tmp_path).folder).keys() == content(pack.folder).keys()


def _move(pdf: pikepdf.Pdf, start: int, to: int) -> None:
    page = pdf.pages[start]
    del pdf.pages[start]
    pdf.pages.insert(to, page)


def _papers_swapped(pdf: pikepdf.Pdf, pack: Pack) -> None:
    """The first page of the second paper before the first paper."""
    first, second, *_ = paper_pages(pages(pack.pdf)).values()
    _move(pdf, second[0] - 1, first[0] - 1)


def _inner_pages_swapped(pdf: pikepdf.Pdf, pack: Pack) -> None:
    """Two pages within a paper, where no agenda line and no reference leads to."""
    long = max(paper_pages(pages(pack.pdf)).values(), key=lambda pair: pair[1] - pair[0])
    assert long[1] - long[0] >= 3
    _move(pdf, long[0], long[0] + 1)


def _page_before_all(pdf: pikepdf.Pdf, pack: Pack) -> None:
    pdf.add_blank_page()
    _move(pdf, len(pdf.pages) - 1, 0)


def _page_number_leads_elsewhere(pdf: pikepdf.Pdf, pack: Pack) -> None:
    """Each number in the agenda's paper column leads to the place of another."""
    links = [each for each in pdf.pages[0].Annots if "/Dest" in each]
    places = [each.Dest for each in links]
    for link, place in zip(links, [*places[1:], places[0]], strict=True):
        link.Dest = place


def _links_gone(pdf: pikepdf.Pdf, pack: Pack) -> None:
    del pdf.pages[0].Annots


def _place_lost(pdf: pikepdf.Pdf, pack: Pack) -> None:
    del pdf.Root.Dests["/p2"]


@pytest.mark.office
@pytest.mark.parametrize(
    "alteration",
    [
        _papers_swapped,
        _inner_pages_swapped,
        _page_before_all,
        _page_number_leads_elsewhere,
        _links_gone,
        _place_lost,
    ],
)
def test_a_pdf_whose_numbers_are_not_its_pages_is_not_put_out(
    alteration: Callable[[pikepdf.Pdf, Pack], None], pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with altered(pack, tmp_path / "wrong.pdf") as pdf:
        alteration(pdf, pack)
    joined_to(tmp_path / "wrong.pdf", monkeypatch)
    with pytest.raises(layout.WrongPageError):
        built(pack, tmp_path / "output")
    assert content(tmp_path / "output" / pack.name) == OLD


@pytest.mark.office
def test_a_number_that_libreoffice_prints_wrong_is_found(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The Word file that is laid out has a number of its own in the place of a field."""
    convert = office.Office.convert

    def wrong(self: office.Office, document: Path) -> Path:
        if b"Elsewhere_p1" in zipfile.ZipFile(document).read("word/document.xml"):
            document.write_bytes(rewritten(document.read_bytes(), _typed_number))
        return convert(self, document)

    monkeypatch.setattr(office.Office, "convert", wrong)
    with pytest.raises(layout.WrongPageError):
        built(pack, tmp_path, keeping=False)
    assert content(tmp_path / pack.name) == OLD


def _typed_number(xml: str) -> str:
    """The agenda's first page number as words, which nothing keeps right."""
    link = re.search(r'<w:hyperlink r:id="rIdElsewhere_p1">.*?</w:hyperlink>', xml)
    assert link
    return xml[: link.start()] + "<w:r><w:t>99</w:t></w:r>" + xml[link.end() :]


@pytest.mark.office
def test_a_pdf_that_does_not_open_is_not_put_out(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "wrong.pdf").write_bytes(b"%PDF-1.7\nand then nothing")
    monkeypatch.setattr(pipeline, "Office", Printer(tmp_path / "wrong.pdf"))
    with pytest.raises(BoardpackError, match="PDF that does not open"):
        built(pack, tmp_path / "output", keeping=False)
    assert content(tmp_path / "output" / pack.name) == OLD


# --- Comparing the Word files ----------------------------------------------------------------------------------


def rewritten(data: bytes, change: Callable[[str], str]) -> bytes:
    """A Word file with its document changed."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                changed = change(part.decode()).encode()
                assert changed != part
                part = changed
            new.writestr(name, part)
    return buffer.getvalue()


def _last_page_off_by_one(xml: str) -> str:
    """The last page number of the last range: one more."""
    *_, last = re.finditer(r"(?<=>)\d+(?=</w:t></w:r>(?:<w:r><w:fldChar [^>]*/></w:r>)?</w:p></w:tc></w:tr>)", xml)
    return xml[: last.start()] + str(int(last[0]) + 1) + xml[last.end() :]


@pytest.mark.office
@pytest.mark.parametrize("name", ["pack.docx", "agenda.docx"])
def test_a_word_file_with_a_wrong_number_is_not_put_out(
    name: str, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    files = render.Rendered.files

    def wrong(self: render.Rendered) -> dict[str, object]:
        made = files(self)
        return {**made, name: Tampered(made[name])}

    monkeypatch.setattr(render.Rendered, "files", wrong)
    with pytest.raises(layout.WrongPageError, match=r"\.(docx|pdf): "):
        built(pack, tmp_path)
    assert content(tmp_path / pack.name) == OLD


@dataclass
class Tampered:
    """A document that is written with a wrong number."""

    document: object

    def write(self, numbers: dict[str, int], **options: bool) -> bytes:
        return rewritten(self.document.write(numbers, **options), _last_page_off_by_one)


@pytest.mark.office
def test_a_report_with_a_wrong_number_is_not_put_out(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    files = render.Rendered.files

    def wrong(self: render.Rendered) -> dict[str, object]:
        return {name: Misled(made) if name.startswith("reports/") else made for name, made in files(self).items()}

    monkeypatch.setattr(render.Rendered, "files", wrong)
    with pytest.raises(layout.WrongPageError, match=r"reports/"):
        built(pack, tmp_path)


@dataclass
class Misled:
    """A document that is written with every page one too high."""

    document: object

    def write(self, numbers: dict[str, int], **options: bool) -> bytes:
        return self.document.write({name: page + 1 for name, page in numbers.items()}, **options)


# --- The guess -------------------------------------------------------------------------------------------------


def guessed(pack: Document) -> dict[str, tuple[int, int]]:
    """The guessed pages of every range of the pack, by its first bookmark."""
    inside = [(part, [pair for pair in pack.ranges() if part.bookmarks.issuperset(pair)]) for part in pack.fragments]
    found = [(height.pages(part, pack.house, {last for _, last in ranges})[0], ranges) for part, ranges in inside]
    return {first: (at[first], at[last]) for at, ranges in found for first, last in ranges}


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        ("", True),
        ("sections: [{heading: A, text: 'Short.'}]\n", True),
        (f"sections: [{{heading: A, text: '{'word ' * 150}'}}]\n", True),
        (f"sections: [{{heading: A, text: '{'word ' * 900}'}}]\n", False),
        ("sections:\n  - text: |\n" + "      Line.\n\n" * 60, False),
        ("tables:\n  a: {caption: C, columns: [{key: a, label: A}], rows: [" + "[x], " * 60 + "]}\n", False),
    ],
    ids=["title alone", "a line", "a few lines", "two pages", "many paragraphs", "a long table"],
)
def test_whether_a_paper_fits_on_one_page_is_guessed_from_what_it_holds(body: str, fits: bool, tmp_path: Path):
    meeting = numbered(tmp_path, meeting=agenda("- paper: funding"), paper=paper(body))
    rendered = render.render(meeting, render.templates((DEFAULT,)))
    assert [first == last for first, last in guessed(rendered.pack).values()] == [fits]


@pytest.mark.office
def test_the_guess_is_right_for_every_paper_of_the_sample(sample: Pack):
    from boardpack.number import number

    options = pipeline.Options(sample.papers, sample.folder, (ROOT / "templates",), SCHEMAS)
    (meeting,) = pipeline.check(options, [sample.name], alone=False).meetings
    folders = (ROOT / "templates" / meeting.board.templates, DEFAULT)
    rendered = render.render(number(meeting), render.templates(folders))
    found = [first == last for name, (first, last) in guessed(rendered.pack).items() if re.fullmatch(r"p\d+", name)]
    assert found == [first == last for first, last in paper_pages(pages(sample.pdf)).values()]
    counted = [height.pages(part, rendered.pack.house, ())[1] for part in rendered.pack.fragments[1:]]
    true = [last - first + 1 for first, last in paper_pages(pages(sample.pdf)).values()]
    assert sum(one != other for one, other in zip(counted, true, strict=True)) <= len(true) / 4


def test_where_each_section_of_a_long_paper_falls_is_guessed_too(tmp_path: Path):
    body = (
        "contents: true\nsections:\n"
        "  - {heading: Short, text: Few words.}\n"
        f"  - {{heading: Long, text: '{'word ' * 900}'}}\n"
        '  - {heading: Noted, text: "Words.[^n]\\n\\n[^n]: A note."}\n'
    )
    made = render.render(numbered(tmp_path, paper=paper(body)), render.templates((DEFAULT,))).pack
    found = {name: first == last for name, (first, last) in guessed(made).items()}
    assert found == {"p1": False, "p1s1": True, "p1s2": False, "p1s3": True}
