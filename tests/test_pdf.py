"""PDF files: where their places are, and the same bytes whoever wrote them when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from boardpack import pdf

TOLD = {"language": "cy-GB", "title": "Pecyn & <cyfarfod> „A“", "created": date(2010, 3, 11)}


def written(path: Path, pages: int, places: dict[str, int] | None = None, *, made: str = "D:20260101120000Z") -> Path:
    """A PDF of empty pages with named places on some of them (counted from 1)."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.Root.Dests = document.make_indirect(
            Dictionary(
                {
                    f"/{name}": Array([document.pages[page - 1].obj, Name.XYZ, 0, 700, 0])
                    for name, page in (places or {}).items()
                }
            )
        )
        document.docinfo["/CreationDate"] = String(made)
        document.docinfo["/Producer"] = String("LibreOffice")
        document.trailer["/DocChecksum"] = Name(f"/{made[2:]}")
        document.save(path)
    return path


def test_named_places_are_read_with_their_pages(tmp_path: Path):
    found = pdf.read(written(tmp_path / "a.pdf", 5, {"p1": 2, "p1z": 4, "i3": 1}))
    assert (found.pages, dict(found.destinations)) == (5, {"p1": 2, "p1z": 4, "i3": 1})


def test_a_pdf_without_places_has_none(tmp_path: Path):
    found = pdf.read(written(tmp_path / "a.pdf", 3))
    assert (found.pages, dict(found.destinations)) == (3, {})


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"not a pdf"])
def test_a_damaged_pdf_is_an_error_that_names_it(data: bytes, tmp_path: Path):
    (tmp_path / "pack.pdf").write_bytes(data)
    with pytest.raises(pdf.DamagedPdfError, match=r"pack\.pdf"):
        pdf.read(tmp_path / "pack.pdf")


def test_a_finished_pdf_says_its_language_title_and_page_numbers(tmp_path: Path):
    pdf.finish(pdf.read(written(tmp_path / "a.pdf", 3)), tmp_path / "b.pdf", **TOLD)
    with pikepdf.open(tmp_path / "b.pdf") as document:
        assert str(document.Root.Lang) == "cy-GB"
        assert str(document.docinfo["/Title"]) == TOLD["title"]
        assert [page.label for page in document.pages] == ["1", "2", "3"]
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == TOLD["title"]


def test_a_finished_pdf_does_not_tell_when_it_was_made(tmp_path: Path):
    for name, made in (("a", "D:20260101120000Z"), ("b", "D:20270202130000+01'00'")):
        source = written(tmp_path / f"{name}-source.pdf", 2, {"p1": 1}, made=made)
        pdf.finish(pdf.read(source), tmp_path / f"{name}.pdf", **TOLD)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert b"20100311000000Z" in (tmp_path / "a.pdf").read_bytes()


def test_finishing_keeps_pages_and_places(tmp_path: Path):
    source = written(tmp_path / "a.pdf", 4, {"p1": 2})
    pdf.finish(pdf.read(source), tmp_path / "b.pdf", **TOLD)
    before, after = (pdf.read(path) for path in (source, tmp_path / "b.pdf"))
    assert (after.pages, after.destinations) == (before.pages, before.destinations)


def test_a_link_is_read_with_the_page_that_it_leads_to_and_the_names_there(tmp_path: Path):
    path = written(tmp_path / "a.pdf", 3, {"p1": 2, "p1s1": 2, "p2": 3})
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages[0].Annots = Array(
            [
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=[10, 10, 20, 20],
                    Dest=Array(list(document.Root.Dests["/p1"])),
                ),
                Dictionary(
                    Type=Name.Annot, Subtype=Name.Link, Rect=[30, 10, 40, 20], A=Dictionary(S=Name.URI, URI=String("x"))
                ),
            ]
        )
        document.save(path)
    (link,) = pdf.printed(path, 50, 1, 3).links
    assert (link.page, link.leads_to, link.names, link.text) == (1, 2, frozenset({"p1", "p1s1"}), "")
