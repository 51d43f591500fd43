"""From a Word report to a paper: every word is there or is named as lost, and what is there is what it looks like."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
import yaml
from docx.shared import Pt
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from packs import Call
from random_meeting import png
from reading import ROOT, SCHEMAS, findings, write
from word_reports import REPORTS, link, table, write_report
from wordfile import WordFile

from boardpack import new
from boardpack.diagnostics import UsageError
from boardpack.markdown import dialect, spans
from boardpack.places import Options

BOARD = """
name: Services Committee
organisation: Example Borough Council
purposes: [information, discussion, decision]
require: [summary, recommendations]
cover_fields:
  - {key: wards, label: Wards affected, required: true}
standing_sections:
  - {key: financial, label: Financial implications, none: There are no financial implications.}
  - {key: legal, label: Legal implications, none: There are no legal implications.}
"""
NAME = "partnership/2010-03-11"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def house(folder: Path) -> Options:
    papers = write(folder / "papers", board=BOARD)
    return Options(papers, folder / "output", (ROOT / "templates",), SCHEMAS)


def begun(folder: Path, report: Path, id: str = "trial") -> new.Written:
    return new.paper(house(folder), f"{NAME}/{id}", report=report)


def paper(folder: Path, name: str) -> dict:
    return yaml.safe_load(begun(folder, write_report(name, folder)).path.read_text(encoding="utf-8"))


def words(text: str) -> Counter[str]:
    """Words as they are counted: a figure is the same with separators and without."""
    return Counter(re.findall(r"[^\W_]+", re.sub(r"(?<=\d),(?=\d{3})", "", text)))


def words_of_word(path: Path) -> Counter[str]:
    """The words that the body of a Word file shows, found without any of the program's own code."""
    from lxml import etree

    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    parts = []
    for each in root.iter(f"{W}t", f"{M}t", f"{W}p", f"{W}tab", f"{W}br", f"{W}noBreakHyphen", f"{W}tc", f"{M}oMath"):
        run = each.getparent() if each.tag == f"{W}t" else None
        hidden = run is not None and run.find(f"{W}rPr/{W}vanish") is not None
        parts.append((each.text or "") if each.tag in (f"{W}t", f"{M}t") and not hidden else " ")
    return words("".join(parts))


def scalars(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for below in value.values():
            yield from scalars(below)
    elif isinstance(value, list):
        for below in value:
            yield from scalars(below)
    elif value is not None:
        yield str(value)


def printed(markdown: str) -> str:
    """What a text prints, read as blocks and as a line: a line may look like a list and be none."""
    blocks = " \n".join(
        spans.words(spans.parse(each.text or "")) for each in dialect.tree(markdown).iter() if each.text
    )
    line = spans.words(spans.parse(markdown))
    return max(blocks, line, key=lambda text: sum(words(text).values()))


def words_of_paper(written: new.Written) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in (written.path, *(path for path in written.others if path.suffix == ".yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        for scalar in scalars(data):
            found += words(printed(scalar))
    return found


def lost(written: new.Written) -> set[str]:
    return set(words(" ".join(f"{each.words}" for each in written.losses)))


def missing(report: Path, written: new.Written) -> Counter[str]:
    """Words of the report that are neither in the paper, as often as they stand there, nor named as lost."""
    said = lost(written)
    left = words_of_word(report) - words_of_paper(written)
    return Counter({word: count for word, count in left.items() if word not in said})


# --- Reports as they come -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REPORTS)
def test_every_word_is_in_the_paper_or_named_as_lost(name: str, tmp_path: Path):
    report = write_report(name, tmp_path)
    written = begun(tmp_path, report)
    totals = "Total 83600 83300 224750 00 50 2000 5 2040 0 1 97 4 12 25 292 430"  # worked out, or stated
    otherwise = "March"  # in a date, which papers type in figures
    known = set(words(f"{totals} {otherwise}"))
    assert {word for word in missing(report, written) if word not in known} == set()


@pytest.mark.parametrize("name", REPORTS)
def test_a_paper_from_word_lacks_only_what_the_report_lacks(name: str, tmp_path: Path):
    begun(tmp_path, write_report(name, tmp_path))
    codes = {each.code for each in findings(tmp_path / "papers", [f"{NAME}/trial"])}
    truly_missing = {"missing-key", "missing-answer", "missing-alt", "missing-caption", "unused-paper"}
    judgements = {
        "total-differs",
        "loose-reference",
        "decision-asked",
        "no-decision",
        "figure-differs",
        "vague-recommendation",
    }
    assert codes <= truly_missing | judgements


@pytest.mark.parametrize("name", REPORTS)
def test_a_paper_from_word_is_built_when_its_blanks_are_filled(name: str, tmp_path: Path, boardpack: Call):
    written = begun(tmp_path, write_report(name, tmp_path), "funding-2")
    answers = {
        "title": "T",
        "author": "A Dawlish",
        "purpose": "[discussion, decision]",
        "recommendations": "[Agree it.]",
    }
    for path in (written.path, *(path for path in written.others if path.suffix == ".yaml")):
        text = path.read_text(encoding="utf-8")
        for key in ("title", "author", "purpose", "summary", "recommendations", "  wards", "  financial", "  legal"):
            text = re.sub(rf"^{key}: +#.*$", f"{key}: {answers.get(key, 'none')}", text, flags=re.MULTILINE)
        path.write_text(re.sub(r"total: (?:83300|2203)", "total: sum", text), encoding="utf-8")
    (written.path.parent / "meeting.yaml").write_text(
        "date: 2010-03-11\nagenda: [{paper: funding-2}]\n", encoding="utf-8"
    )
    (written.path.parent / "funding.yaml").unlink()
    done = boardpack("pack", NAME, "--papers", tmp_path / "papers", "--output", tmp_path / "output", "--no-pdf")
    assert done.code == 0, done.err
    report = WordFile((tmp_path / "output" / NAME / "reports" / "1-funding-2.docx").read_bytes())
    assert words(" ".join(each.text for each in report.paragraphs))


def test_a_styled_report_fills_the_keys_of_a_paper(tmp_path: Path):
    data = paper(tmp_path, "styled_council")
    assert data["title"] == "Library opening hours"
    assert {"name": "Owen Hartley", "role": "Library Manager"} in data["author"]
    assert data["cover"] == {"wards": "All"}
    assert data["contact"] == {"telephone": "01632 960123", "email": "owen.hartley@example.org"}
    assert data["summary"].startswith("To ask the Committee")
    assert data["recommendations"] == [
        "Notes the visits in [](table:visits-branches).",
        "Agrees the hours in section 4.",
    ]
    assert [each["heading"] for each in data["sections"]] == ["Background", "Proposed hours"]
    assert "- more people come on Saturday\n    - families" in data["sections"][0]["text"]
    assert data["standing"] == {"financial": "none", "legal": None}
    assert [each["title"] for each in data["appendices"]] == ["Survey results", "Equality impact assessment"]
    assert data["background_papers"] == [{"title": "Survey of library users 2026"}]


def test_columns_get_their_types_and_totals(tmp_path: Path):
    (made,) = paper(tmp_path, "styled_council")["tables"].values()
    types = [(each["label"], each.get("type"), each.get("total")) for each in made["columns"]]
    assert types == [
        ("Branch", None, None),
        ("2025", "integer", "sum"),
        ("2026", "integer", 83300),
        ("Cost", "money", "sum"),
        ("Status", "rag", None),
    ]
    assert made["caption"] == "Visits to the branches"
    assert made["rows"][0] == ["Northgate", 41000, 43500, 126500.0, "Green"]


def test_a_total_that_is_wrong_in_word_is_found(tmp_path: Path):
    begun(tmp_path, write_report("styled_council", tmp_path))
    told = [each.message for each in findings(tmp_path / "papers", [f"{NAME}/trial"]) if each.code == "total-differs"]
    assert told == ["column `2026` adds up to 83,200, not 83,300"]


def test_a_change_that_word_worked_out_is_worked_out_again(tmp_path: Path):
    made = paper(tmp_path, "layout_tables")["tables"]["tonnage"]
    assert made["columns"][3]["change"] == ["tonnes_2025", "tonnes_2026"]
    assert made["rows"] == [{"group": "North"}, ["Hill", 1200.5, 1250.0], ["Vale", 800.0, 790.0]]


def test_typed_numbers_bullets_and_capitals_are_what_they_look_like(tmp_path: Path):
    data = paper(tmp_path, "typed_numbers")
    assert data["title"] == "PARKING CHARGES 2027/28"
    assert data["author"] == "Head of Community Services"
    assert data["cover"] == {"wards": "Town Centre and Riverside"}
    assert len(data["recommendations"]) == 2
    assert [each["heading"] for each in data["sections"]] == ["BACKGROUND", "PROPOSALS"]
    assert "- costs have risen by 14%\n- use has fallen by 3%;" in data["sections"][0]["text"]
    assert "(b) parish councils; and" in data["sections"][0]["text"]
    assert "1 hour would cost £1.20" in data["sections"][1]["text"]
    assert data["standing"]["financial"] == "Income would rise by £42,000 a year."
    assert data["background_papers"] == "none"
    assert data["contact"]["name"] == "Jill Marsh"


def test_a_cover_table_may_hold_summary_and_recommendations(tmp_path: Path):
    data = paper(tmp_path, "health_board")
    assert data["title"] == "Winter resilience plan"
    assert data["presenter"] == "Dr Colin Ash, Medical Director"
    assert data["purpose"] == ["information", "decision"]
    assert data["recommendations"] == ["Note the risks.", "Approve the plan."]
    assert "It was tested in November." in data["summary"]
    assert [each["heading"] for each in data["sections"]] == ["Introduction", "Risks", "Next steps"]


def test_what_a_paper_cannot_hold_is_named(tmp_path: Path):
    report = write_report("everything_else", tmp_path)
    written = begun(tmp_path, report)
    told = written.told()
    for what in ("contents", "tracked changes", "hidden words", "equation: x=y", "text box: boxed words"):
        assert what in told
    for what in ("comment: comment words", "footer: Footer words", "header: Official: header words"):
        assert what in told
    text = written.path.read_text(encoding="utf-8")
    assert "boxed words" in text
    assert "deleted" not in text
    assert "hidden\n" not in text


def test_pictures_lie_beside_the_paper(tmp_path: Path):
    written = begun(tmp_path, write_report("styled_council", tmp_path))
    (picture,) = written.others
    assert picture.relative_to(written.path.parent).as_posix() == "figures/trial-visits-month.png"
    assert picture.read_bytes() == png(60, 40)


def test_notes_links_and_emphasis_go_along(tmp_path: Path):
    document = docx.Document()
    document.add_heading("Notes", 0)
    paragraph = document.add_paragraph("A ")
    paragraph.add_run("strong ").bold = True
    paragraph.add_run("and ").italic = True
    link(paragraph, "page", "https://example.org/a b")
    document.save(str(tmp_path / "r.docx"))
    data = yaml.safe_load(begun(tmp_path, tmp_path / "r.docx").path.read_text(encoding="utf-8"))
    assert data["sections"][0]["text"].strip() == "A **strong** *and* [page](https://example.org/a%20b)"


# --- Reports that boardpack built ------------------------------------------------------------------------------

_MEETINGS = [
    "safer-essex/2010-03-11",
    "rochford-review-committee/2012-09-25",
    "colchester-crime-and-disorder/2015-09-15",
]


@pytest.mark.parametrize("name", _MEETINGS)
def test_a_report_that_was_built_comes_back_with_the_same_words(name: str, tmp_path: Path, boardpack: Call):
    board, _, meeting = name.partition("/")
    papers = tmp_path / "papers"
    shutil.copytree(ROOT / "papers" / board, papers / board)
    folder = papers / board / meeting
    assert boardpack("pack", name, "--papers", papers, "--output", tmp_path / "first", "--no-pdf").code == 0
    reports = sorted((tmp_path / "first" / name / "reports").glob("*.docx"))
    options = Options(papers, tmp_path / "output", (ROOT / "templates",), SCHEMAS)
    ids = [path.stem for path in folder.glob("*.yaml") if path.stem not in ("meeting", "minutes")]
    for id in ids:
        (folder / f"{id}.yaml").unlink()
    for report in reports:
        id = next(id for id in ids if report.stem.endswith(f"-{id}"))
        written = new.paper(options, f"{name}/{id}", report=report)
        assert {each.code for each in findings(papers, [f"{name}/{id}"])} <= {"missing-caption", "typed-reference"}
        assert written.path == folder / f"{id}.yaml"
    assert boardpack("pack", name, "--papers", papers, "--output", tmp_path / "second", "--no-pdf").code == 0
    for report in reports:
        first, second = (
            WordFile((tmp_path / each / name / "reports" / report.name).read_bytes()) for each in ("first", "second")
        )
        assert words(text_of(first)) == words(text_of(second)), report.name


def text_of(word: WordFile) -> str:
    """What a report prints, without lists of contents and the numbers of tables: those without a caption count too."""
    lines = (each.text for each in word.paragraphs if "? to ?" not in each.text and each.text != "Contents")
    return "\n".join(re.sub(r"[Tt]able [0-9]+", "", line) for line in lines)


# --- Any document ----------------------------------------------------------------------------------------------

_WORD = st.text(
    st.one_of(
        st.sampled_from("abcdefgABC0123456789-*_`[](){}<>&#|:;!?.,'\"\\/~^=+@%$£€•–—…é中א\u00a0\u2028\t"),
        st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")),
    ),
    min_size=1,
    max_size=9,
)
_TEXT = st.lists(_WORD, min_size=1, max_size=8).map(" ".join)
_RUNS = st.lists(st.tuples(_TEXT, st.booleans(), st.booleans()), min_size=1, max_size=3)
_STYLES = st.sampled_from(
    [
        "Normal",
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Title",
        "List Bullet",
        "List Bullet 2",
        "List Number",
        "Quote",
        "Caption",
    ]
)
_BLOCK = st.one_of(
    st.tuples(st.just("paragraph"), _STYLES, _RUNS),
    st.tuples(
        st.just("typed"),
        st.sampled_from(["1.\t", "1.1\t", "(a)\t", "•\t", "- ", "a) ", "i. ", "TITLE:\t", "Table 1: "]),
        _TEXT,
    ),
    st.tuples(
        st.just("table"),
        st.lists(st.lists(_TEXT | st.just(""), min_size=3, max_size=3), min_size=1, max_size=4),
        st.none(),
    ),
    st.tuples(
        st.just("heading"),
        st.sampled_from(["Recommendations", "Background papers", "Purpose of report", "Appendices"]),
        st.none(),
    ),
)


def random_report(blocks: list[tuple], path: Path) -> None:
    document = docx.Document()
    for kind, what, inside in blocks:
        if kind == "paragraph":
            paragraph = document.add_paragraph(style=what)
            for text, is_bold, is_italic in inside:
                run = paragraph.add_run(text)
                run.bold, run.italic = is_bold or None, is_italic or None
        elif kind == "typed":
            document.add_paragraph(what + inside)
        elif kind == "heading":
            document.add_heading(what, 1)
        else:
            table(document, what)
    document.save(str(path))


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make a report smaller takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(_BLOCK, min_size=1, max_size=8))
def test_no_word_of_any_report_is_lost_without_a_word(blocks: list[tuple]):
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.docx"
        random_report(blocks, report)
        written = begun(Path(folder), report)
        assert missing(report, written) == Counter()
        codes = {each.code for each in findings(Path(folder) / "papers", [f"{NAME}/trial"])}
        assert not codes & {"yaml-syntax", "unknown-key", "wrong-type", "wrong-cell", "row-length", "illegal-character"}


# --- Files that are refused ------------------------------------------------------------------------------------


def altered(report: Path, change: dict[str, bytes | None]) -> Path:
    made = report.with_name("altered.docx")
    with zipfile.ZipFile(report) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as fresh:
        for entry in old.namelist():
            if entry not in change:
                fresh.writestr(entry, old.read(entry))
        for name, data in change.items():
            if data is not None:
                fresh.writestr(name, data)
    return made


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is a document of Word 97 to 2003"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"%PDF-1.7", "is a PDF"),
        (b"{\\rtf1", "is Rich Text"),
        (b"Dear all", "is damaged, or is no Word document"),
        (b"", "is damaged, or is no Word document"),
    ],
)
def test_what_is_no_word_document_is_refused(content: bytes, told: str, tmp_path: Path):
    (tmp_path / "r.docx").write_bytes(content)
    with pytest.raises(UsageError, match=told):
        begun(tmp_path, tmp_path / "r.docx")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"word/vbaProject.bin": b"x"}, "holds macros"),
        ({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "document type"),
        ({"word/document.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, "document type"),
        ({"word/document.xml": b"<a"}, "is damaged"),
        ({"word/document.xml": None}, "is damaged"),
        ({"word/media/x.bin": b"\0" * 60_000_000}, "unpacks to far more"),
        ({"word/media/x.bin": b"\0" * 1_000_000}, "unpacks to far more"),
        ({f"word/media/{n}.bin": b"" for n in range(1_001)}, "unpacks to far more"),
    ],
)
def test_a_file_that_might_do_harm_is_refused(change: dict[str, bytes | None], told: str, tmp_path: Path):
    report = altered(write_report("parish", tmp_path), change)
    with pytest.raises(UsageError, match=told):
        begun(tmp_path, report)
    assert not (tmp_path / "papers" / NAME / "trial.yaml").exists()


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path):
    report = write_report("parish", tmp_path)
    data = bytearray(report.read_bytes())
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    report.write_bytes(bytes(data))
    with pytest.raises(UsageError, match="is damaged"):
        begun(tmp_path, report)


def test_a_file_cut_short_is_refused_wherever_it_is_cut(tmp_path: Path):
    whole = write_report("parish", tmp_path).read_bytes()
    for size in range(0, len(whole), len(whole) // 20):
        (tmp_path / "cut.docx").write_bytes(whole[:size])
        with pytest.raises(UsageError):
            begun(tmp_path / str(size), tmp_path / "cut.docx")


def test_a_report_that_is_not_there_is_a_sentence(tmp_path: Path):
    with pytest.raises(UsageError, match="cannot be opened: no such file"):
        begun(tmp_path, tmp_path / "none.docx")


def test_large_letters_make_a_title(tmp_path: Path):
    document = docx.Document()
    for words, size in (("Example Town Council", 12), ("Play areas", 20), ("Date: 3 May 2027", 11)):
        run = document.add_paragraph().add_run(words)
        run.font.size = Pt(size)
    document.add_paragraph("The swings are old. " * 10)
    document.save(str(tmp_path / "r.docx"))
    data = yaml.safe_load(begun(tmp_path, tmp_path / "r.docx").path.read_text(encoding="utf-8"))
    assert data["title"] == "Play areas"


def test_a_picture_of_another_kind_is_named(tmp_path: Path):
    report = write_report("styled_council", tmp_path)
    with zipfile.ZipFile(report) as package:
        (name,) = (each for each in package.namelist() if each.endswith(".png"))
    made = altered(report, {name: BytesIO(b"GIF89a").getvalue()})
    told = begun(tmp_path, made).told()
    assert "a picture that is neither PNG nor JPEG" in told


def test_what_is_no_file_is_refused_and_not_read(tmp_path: Path):
    import os

    from boardpack.reader.package import Package

    pipe = tmp_path / "report.docx"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, Path(os.devnull)):
        with pytest.raises(UsageError, match="is not a file"):
            Package(path)
