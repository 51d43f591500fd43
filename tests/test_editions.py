"""The public edition as a reader finds it: the members' numbers, and nothing of what is withheld."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from packs import Call, content
from withheld_papers import Secret, write_secret
from wordfile import WordFile

pytestmark = pytest.mark.office

BOARD = "name: Example Board\nnotice: {statute: england-principal}\n"
LONG = "\n".join(f"      Paragraph {number} of a paper that goes on for pages.\n" for number in range(60))


def paper(title: str, more: str = "", *, long: bool = False) -> str:
    body = LONG if long else "      One paragraph.\n"
    return f"title: {title}\nauthor: A Dawlish\npurpose: information\n{more}sections:\n  - text: |\n{body}"


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A meeting with a withheld paper of two pages between open ones, and a withheld appendix of an open paper."""
    folder = tmp_path_factory.mktemp("editions") / "papers" / "example" / "2027-01-14"
    folder.mkdir(parents=True)
    (folder.parent / "board.yaml").write_text(BOARD, encoding="utf-8")
    exempt = "exempt: {paragraphs: [1, 3], public_interest: Zumbador would lose by it.}\npublic_title: Premises\n"
    entries = (
        "appendices:\n"
        "  - {id: bids, title: Quillfeather bids, paper: bids, confidential: {ground: An order.}}\n"
        "  - {id: map, title: Map of the wards, paper: map}\n"
    )
    files = {
        "meeting": (
            "date: 2027-01-14\nagenda:\n  - {title: Welcome}\n  - {paper: first}\n  - {paper: depot}\n"
            "  - {paper: last}\n  - {paper: end}\n"
        ),
        "first": paper("First", "summary: See [](item:depot) and [](item:last).\n"),
        "depot": paper("Sale of Quillfeather", exempt, long=True),
        "last": paper("Last", entries),
        "bids": paper("Bids of Zumbador", long=True),
        "map": paper("The map"),
        "end": paper("The end"),
    }
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def built(meeting: Path, boardpack: Call, tmp_path: Path) -> Path:
    done = boardpack("pack", "example/2027-01-14", "--papers", meeting.parents[1], "--output", tmp_path)
    assert (done.code, done.out.count("every page reference compared")) == (0, 1), done.err
    return tmp_path / "example" / "2027-01-14"


def manifest(folder: Path) -> dict[str, tuple[int, int]]:
    """The pages of each line of the agenda, by its number."""
    items = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["items"]
    return {item["number"]: (item["first_page"], item["last_page"]) for item in items if "first_page" in item}


def printed(pdf: Path) -> list[tuple[str, str]]:
    """Of each page of a PDF its label and its text."""
    document = pypdfium2.PdfDocument(pdf)
    return [(document.get_page_label(at), page.get_textpage().get_text_bounded()) for at, page in enumerate(document)]


def test_the_public_edition_as_a_reader_finds_it(built: Path):
    public = built / "public"
    assert manifest(public) == manifest(built)
    agenda = WordFile((public / "agenda.docx").read_bytes()).text()
    first, last = manifest(built)["3"]
    assert last > first, "a paper of one page proves nothing about ranges"
    assert f"Not for publication, pages {first} to {last} (exempt: paragraphs 1 and 3)" in agenda
    assert "Premises" in agenda
    pages = printed(public / "pack.pdf")
    shown = dict(pages)
    assert f"Pages {first} to {last} are not for publication" in " ".join(shown[str(first)].split())
    assert "financial or business affairs" in " ".join(shown[str(first)].split())
    assert not {str(number) for number in range(first + 1, last + 1)} & shown.keys()
    for label, text in pages:
        assert f"Page {label}" in text


def test_papers_behind_a_withheld_one_keep_their_pages(built: Path):
    pages = printed(built / "public" / "pack.pdf")
    for number, title in (("2", "First"), ("4", "Last"), ("5", "The end")):
        (label,) = [label for label, text in pages if f"Agenda item {number}" in text and title in text]
        assert int(label) == manifest(built)[number][0]


def test_a_withheld_appendix_leaves_a_page(built: Path):
    texts = {label: " ".join(text.split()) for label, text in printed(built / "public" / "pack.pdf")}
    left = [text for text in texts.values() if "Appendix A: Confidential appendix Pages" in text]
    assert ["are not for publication (confidential)" in text for text in left] == [True]
    members = {label: " ".join(text.split()) for label, text in printed(built / "pack.pdf")}
    (theirs,) = [label for label, text in members.items() if "Appendix B: Map of the wards One paragraph" in text]
    (ours,) = [label for label, text in texts.items() if "Appendix B: Map of the wards One paragraph" in text]
    assert ours == theirs


def test_the_members_copy_is_marked_on_each_page(built: Path):
    first, last = manifest(built)["3"]
    texts = dict(printed(built / "pack.pdf"))
    for number in range(first, last + 1):
        assert "Not for publication (exempt: paragraphs 1 and 3)" in texts[str(number)]
    assert "Not for publication" not in texts[str(manifest(built)["2"][0])]


def test_the_resolution_names_items_and_paragraphs(built: Path):
    for edition in (built, built / "public"):
        text = WordFile((edition / "agenda.docx").read_bytes()).text()
        assert "Exclusion of the press and public" in text
        assert text.index("under section 100A(4)") < text.index("Premises" if edition != built else "Sale of")
        assert "The press and public must be excluded during item 4, Appendix A" in text


def test_members_alone_read_why_the_public_is_to_be_excluded(built: Path):
    """Where they vote on it, on the paper's cover and in the list of appendices; Word and PDF say the same."""
    first = manifest(built)["3"][0]
    pages = {label: " ".join(text.split()) for label, text in printed(built / "pack.pdf")}
    assert "1 and 3 Zumbador would lose by it." in pages["1"]
    assert "Public interest Zumbador would lose by it." in pages[str(first)]
    assert [label for label, text in pages.items() if "Ground (Appendix A): An order." in text] != []
    for name in ("pack.docx", "agenda.docx", "reports/3-depot.docx"):
        assert "Zumbador would lose by it." in WordFile((built / name).read_bytes()).text(), name
    assert not [name for name, text in _unpacked(built / "public") if "lose by it" in text or "An order" in text]


def test_nothing_withheld_is_in_any_public_byte(built: Path):
    found = dict(_unpacked(built / "public"))
    assert len(found) > 20
    for name, text in found.items():
        for secret in ("Quillfeather", "Zumbador", "depot", "bids"):
            assert secret.casefold() not in text.casefold(), name


def _unpacked(folder: Path) -> Iterator[tuple[str, str]]:
    """Every public file, each part of a package and each stream of a PDF by itself, in every encoding as text."""
    for name, data in content(folder).items():
        yield name, name
        if name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                for part in package.namelist():
                    yield f"{name}/{part}", f"{part} {package.read(part).decode('utf-8', 'replace')}"
        elif name.endswith(".pdf"):
            yield name, "\n".join(text for _, text in printed(folder / name))
            with pikepdf.open(folder / name) as pdf:
                for at, thing in enumerate(pdf.objects):
                    raw = thing.read_bytes() if isinstance(thing, pikepdf.Stream) else thing.unparse()
                    yield f"{name}/{at}", raw.decode("latin-1") + raw.replace(b"\0", b"").decode("latin-1")
        else:
            yield name, data.decode("utf-8")


@pytest.mark.parametrize("seed", [3, 8])
def test_random_meetings_give_nothing_away(seed: int, boardpack: Call, tmp_path: Path):
    secret: Secret = write_secret(tmp_path / "papers", 6, seed, pages=(0.5, 3))
    done = boardpack("pack", secret.name, "--papers", secret.papers, "--output", tmp_path / "out")
    assert done.code == 0, done.err
    folder = tmp_path / "out" / secret.name
    assert manifest(folder / "public") == manifest(folder)
    for name, text in _unpacked(folder / "public"):
        assert not secret.words & set(re.findall(r"\w+", text)), name


def test_editions_are_chosen(meeting: Path, boardpack: Call, tmp_path: Path):
    arguments = ("example/2027-01-14", "--papers", meeting.parents[1])
    for edition, members, public in (("members", True, False), ("public", False, True)):
        out = tmp_path / edition
        done = boardpack("pack", *arguments, "--output", out, "--edition", edition)
        assert (done.code, f"2027-01-14/{'public/' * public}pack.docx" in done.out) == (0, True)
        assert (out / "example" / "2027-01-14" / "pack.pdf").exists() is members
        assert (out / "example" / "2027-01-14" / "public" / "pack.pdf").exists() is public


def test_a_public_edition_needs_a_layout(meeting: Path, boardpack: Call, tmp_path: Path):
    arguments = ("example/2027-01-14", "--papers", meeting.parents[1], "--output", tmp_path, "--no-pdf")
    assert boardpack("pack", *arguments).code == 0
    assert not (tmp_path / "example" / "2027-01-14" / "public").exists()
    done = boardpack("pack", *arguments, "--edition", "public")
    assert (done.code, "--no-pdf" in done.err) == (2, True)


def test_what_other_meetings_withhold_is_withheld(boardpack: Call, tmp_path: Path):
    """Nothing of this meeting is withheld but what it prints of others: minutes, the action log, the forward plan."""
    board = tmp_path / "papers" / "example"
    plan = "forward_plan: {theme: Funding, meeting: 2027-04-08, title: Zumbador}"
    said = "\n\n".join(f"      Quillfeather said {number} things about it." for number in range(90))
    files = {
        "board": BOARD,
        "2026-09-10/meeting": "date: 2026-09-10\nagenda: [{paper: depot}, {paper: first}]\n",
        "2026-09-10/depot": paper("Depot", "exempt: {paragraphs: [3], public_interest: x}\n"),
        "2026-09-10/first": paper("First"),
        "2026-09-10/minutes": (
            f"status: confirmed\nitems:\n  - item: depot\n    discussion: |\n{said}\n    resolved: [Agree.]\n"
            f"    actions: [{{id: a, action: Zumbador, owner: [Officers], status: open, {plan}}}]\n"
        ),
        "2027-01-14/meeting": (
            "date: 2027-01-14\nagenda:\n  - {title: Minutes, minutes_of: 2026-09-10}\n  - {paper: next}\n"
        ),
        "2027-01-14/next": paper("Next", "theme: Funding\nsummary: |\n  [](forward-plan)\n"),
        "2027-04-08/meeting": "date: 2027-04-08\nagenda: [{paper: later}]\n",
        "2027-04-08/later": paper("Zumbador", "theme: Funding\nconfidential: {ground: x}\n"),
    }
    for name, text in files.items():
        (board / name).parent.mkdir(parents=True, exist_ok=True)
        (board / f"{name}.yaml").write_text(text, encoding="utf-8")
    done = boardpack("pack", "example/2027-01-14", "--papers", board.parent, "--output", tmp_path / "out")
    assert done.code == 0, done.err
    folder = tmp_path / "out" / "example" / "2027-01-14"
    (first, last), (behind, _) = manifest(folder)["1"], manifest(folder)["2"]
    assert last > first, "minutes of one page leave no gap"
    assert [label for label, _ in printed(folder / "public" / "pack.pdf")] == ["1", str(first), str(behind)]
    for name, text in _unpacked(folder / "public"):
        assert not {"Quillfeather", "Zumbador", "depot"} & set(re.findall(r"\w+", text)), name
    assert "The minute of this item is not for publication" in " ".join(
        text for _, text in printed(folder / "public" / "pack.pdf")
    ).replace("\r\n", " ")


def test_a_leak_stops_the_build(meeting: Path, boardpack: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from boardpack import staging

    kept = staging.stage

    def leaking(*arguments: object) -> object:
        done = kept(*arguments)
        first = done.papers / "example" / "2027-01-14" / "first.yaml"
        first.write_text(first.read_text(encoding="utf-8").replace("First", "Quillfeather"), encoding="utf-8")
        return done

    monkeypatch.setattr(staging, "stage", leaking)
    done = boardpack("pack", "example/2027-01-14", "--papers", meeting.parents[1], "--output", tmp_path)
    assert done.code == 4
    assert "holds words of withheld content" in done.err
    assert "Quillfeather" not in done.err
    assert not list(tmp_path.rglob("*.docx"))
