"""Several PDF files become one that reads, links and is tagged as if it had been laid out at once."""

from __future__ import annotations

from pathlib import Path

import docx
import pikepdf
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from pikepdf import Name

from boardpack import pdf
from boardpack.office import Office, program
from boardpack.pdf import OpenPdf
from boardpack.pdf.joining import join

pytestmark = pytest.mark.office
PICTURE = Path(__file__).parent.parent / "docs" / "images" / "first-paper.png"
ELSEWHERE = "https://elsewhere.invalid/"


def bookmark(paragraph: Paragraph, name: str) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for each in (start, end):
        each.set(qn("w:id"), "1")
    start.set(qn("w:name"), name)
    paragraph._p.insert(0, start)
    paragraph._p.append(end)


def link(document: Document, words: str, address: str) -> None:
    paragraph = document.add_paragraph()
    hyperlink = OxmlElement("w:hyperlink")
    hyperlink.set(qn("r:id"), document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(words)
    run.style = document.styles.add_style("Linked", 2)
    hyperlink.append(run._r)
    paragraph._p.append(hyperlink)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three laid-out parts of 1, 2 and 1 pages, with a heading each and links from one to the other."""
    folder = tmp_path_factory.mktemp("parts")
    made = []
    with Office(program()) as office:
        for number, (pages, leads_to) in enumerate([(1, "two"), (2, "nowhere"), (1, "one")]):
            name = ("one", "two", "three")[number]
            document = docx.Document()
            bookmark(document.add_heading(f"Part {name}", 1), name)
            document.add_heading(f"Below {name}", 2)
            for _ in range(pages - 1):
                document.add_page_break()
            document.add_picture(str(PICTURE), width=914400)
            link(document, f"to {leads_to}", ELSEWHERE + leads_to + ".title" * (name == "three"))
            path = folder / f"{name}.docx"
            document.save(str(path))
            made.append(office.convert(path).rename(folder / f"{name}.pdf"))
    return made


@pytest.fixture
def joined(files: list[Path], tmp_path: Path) -> pikepdf.Pdf:
    """The three in one, written and opened again."""
    together = join([pdf.read(path) for path in files], ELSEWHERE)
    assert (together.pages, together.destinations) == (4, {"one": 1, "two": 2, "three": 4})
    together.pdf.save(tmp_path / "joined.pdf")
    return pikepdf.open(tmp_path / "joined.pdf")


def names(file: pikepdf.Pdf) -> dict[str, int]:
    pages = [page.obj.objgen for page in file.pages]
    return {name: pages.index(place[0].objgen) + 1 for name, place in file.Root.Dests.items()}


def test_names_lead_to_their_pages(joined: pikepdf.Pdf) -> None:
    assert names(joined) == {"/one": 1, "/two": 2, "/three": 4}


def test_links_between_files_lead_where_they_say_and_those_to_nothing_nowhere(joined: pikepdf.Pdf) -> None:
    pages = [page.obj.objgen for page in joined.pages]
    found = {
        str(each.Contents): pages.index(each.Dest[0].objgen) + 1 if "/Dest" in each else None
        for page in joined.pages
        for each in page.get("/Annots", [])
    }
    assert found == {"to two": 2, "to nowhere": None, "to one": 1}
    assert "elsewhere.invalid" not in (joined.filename and Path(joined.filename).read_bytes().decode("latin-1"))


def test_the_outline_has_every_heading_with_its_page(joined: pikepdf.Pdf) -> None:
    pages = [page.obj.objgen for page in joined.pages]
    with joined.open_outline() as outline:
        found = [
            (top.title, pages.index(top.destination[0].objgen) + 1, [below.title for below in top.children])
            for top in outline.root
        ]
    assert found == [
        ("Part one", 1, ["Below one"]),
        ("Part two", 2, ["Below two"]),
        ("Part three", 4, ["Below three"]),
    ]


def test_every_marked_sequence_finds_its_tag_through_the_parent_tree(joined: pikepdf.Pdf) -> None:
    nums = joined.Root.StructTreeRoot.ParentTree.Nums
    tree = {int(key): element for key, element in zip(*[iter(nums)] * 2, strict=True)}
    assert list(tree) == sorted(tree)
    for page in joined.pages:
        for element in tree.pop(int(page.StructParents)):
            assert element.Pg.objgen == page.obj.objgen
            assert ancestors(element)[-1] == Name.Document
        for annotation in page.get("/Annots", []):
            element = tree.pop(int(annotation.StructParent))
            assert any(
                kid.get("/Obj") is not None and kid.Obj.objgen == annotation.objgen
                for kid in element.K
                if isinstance(kid, pikepdf.Dictionary)
            )
    assert not tree


def ancestors(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The structure types above an element, up to the root."""
    found = []
    while element.P.get("/Type") != Name.StructTreeRoot:
        element = element.P
        found.append(element.S)
    return found


def test_the_same_picture_in_each_is_one(joined: pikepdf.Pdf) -> None:
    pictures = {each.objgen for page in joined.pages for each in page.Resources.get("/XObject", {}).values()}
    assert len(pictures) == 1


def test_the_same_files_give_the_same_bytes(files: list[Path], tmp_path: Path) -> None:
    made = []
    for number in range(2):
        together: OpenPdf = join([pdf.read(path) for path in files], ELSEWHERE)
        together.pdf.save(tmp_path / f"{number}.pdf", static_id=True)
        made.append((tmp_path / f"{number}.pdf").read_bytes())
    assert made[0] == made[1]
