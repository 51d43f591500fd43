"""What went out stays on the site: packs in a fresh output, pages whose papers are being written, withdrawn lines."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from packs import Call
from test_editions import paper
from test_website import Boards

from boardpack.load.published import words

pytestmark = pytest.mark.office


@pytest.fixture
def boards(tmp_path: Path, boardpack: Call) -> Boards:
    return Boards(tmp_path, boardpack)


def test_a_paper_with_the_forward_plan_has_its_page(boards: Boards):
    boards.write("own", "2027-02-11")
    text = paper("First").replace("One paragraph.", "[](forward-plan)")
    (boards.papers / "own/2027-02-11/first.yaml").write_text(text.replace("purpose", "theme: Roads\npurpose"), "utf-8")
    with (boards.papers / "own/board.yaml").open("a", encoding="utf-8") as board:
        board.write("forward_plan: {themes: [Roads]}\n")
    done = boards.publish("own", "2027-02-11")
    assert (done.code, "warning" in done.err) == (0, False), done.err
    html = boards.site()["own/2027-02-11/1-first.html"].decode()
    assert '<th scope="row">Roads</th>' in html
    assert 'href="1-first.html"' in boards.site()["own/2027-02-11/index.html"].decode()


# --- Packs ------------------------------------------------------------------------------------------------


def packs(site: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in site.items() if path.endswith((".pdf", ".docx"))}


def only(kept: str, output: Path) -> None:
    """Leave one folder of an output, or nothing."""
    for folder in output.iterdir():
        if folder.name != kept:
            shutil.rmtree(folder)


def test_in_a_fresh_output_packs_are_built_again_as_they_were(boards: Boards):
    before = packs(boards.site("other"))
    assert "2027-01-14/pack.pdf" in before
    only("", boards.output)
    boards.write("own", "2027-02-11")
    done = boards.publish("own", "2027-02-11")
    assert (done.code, "warning" in done.err) == (0, False), done.err
    assert packs(boards.site("other")) == before
    assert "own/2027-01-14/pack.pdf" in packs(boards.site())


def test_packs_are_taken_from_the_present_site(boards: Boards):
    before = packs(boards.site("other"))
    only("web", boards.output)
    paper_of(boards).write_text(paper("First").replace("One paragraph", "Another paragraph"), encoding="utf-8")
    boards.write("own", "2027-02-11")
    done = boards.publish("own", "2027-02-11")
    assert (done.code, "cannot be downloaded" in done.err, "built again" in done.err) == (0, False, False), done.err
    assert packs(boards.site("other")) == before


def test_a_file_of_the_site_that_is_another_than_it_was_is_not_taken(boards: Boards):
    before = packs(boards.site("other"))
    only("web", boards.output)
    (boards.output / "web/other/2027-01-14/pack.pdf").write_bytes(b"%PDF-1.7 something else")
    boards.write("own", "2027-02-11")
    assert "other/2027-01-14: its pack does not lie in the output" in boards.publish("own", "2027-02-11").err
    assert packs(boards.site("other")) == before


def test_a_pack_that_was_built_for_word_alone_is_named_and_taken_from_the_site(boards: Boards, boardpack: Call):
    before = packs(boards.site("other"))
    folders = ("--papers", boards.papers, "--output", boards.output)
    assert boardpack("pack", "other/2027-01-14", "--no-pdf", *folders).code == 0
    boards.write("own", "2027-02-11")
    assert "warning" not in boards.publish("own", "2027-02-11").err
    assert packs(boards.site("other")) == before
    shutil.rmtree(boards.output / "web")
    boards.write("own", "2027-03-11")
    assert "or build it with `boardpack pack other/2027-01-14`" in boards.publish("own", "2027-03-11").err


def test_a_pack_that_cannot_be_had_again_is_named(boards: Boards):
    only("", boards.output)
    paper_of(boards).write_text(paper("First").replace("One paragraph", "Another paragraph"), encoding="utf-8")
    boards.write("own", "2027-02-11")
    done = boards.publish("own", "2027-02-11")
    assert done.code == 0
    (said,) = (line for line in done.err.splitlines() if line.startswith("warning: the pack of"))
    assert "the pack of other/2027-01-14 cannot be downloaded from the site as it went out" in said
    assert "1 First differs from what is out" in said
    assert "put one of these folders back" in said
    assert not packs(boards.site("other"))


def links(html: str) -> dict[str, str]:
    """The words of the links to files that can be downloaded."""
    return dict(re.findall(r'<a href="([^"#]+\.(?:docx|pdf))">([^<]*)</a>', html))


def test_a_report_that_was_replaced_says_so(boards: Boards):
    boards.write("own", "2027-02-11")
    assert boards.publish("own", "2027-02-11").code == 0
    own = boards.papers / "own/2027-02-11/first.yaml"
    own.write_text(paper("First").replace("One paragraph", "Another paragraph"), encoding="utf-8")
    assert boards.publish("own", "2027-02-11").code == 0
    site = boards.site("own/2027-02-11")
    page, agenda = (links(site[name].decode()) for name in ("1-first.html", "index.html"))
    sized = r" \(Word, \d+ KB, 1 page\)"
    assert re.fullmatch(f"First, replaced by supplement 1{sized}", page["reports/1-first.docx"])
    assert re.fullmatch(f"First, supplement 1{sized}", page["supplement-1/reports/1-first.docx"])
    assert len(set(agenda.values())) == len(agenda) == 6


# --- Pages ------------------------------------------------------------------------------------------------


def paper_of(boards: Boards) -> Path:
    return boards.papers / "other/2027-01-14/first.yaml"


def article(page: bytes) -> str:
    return re.findall(r"<article.*</article>", page.decode(), re.DOTALL)[0]


def rewritten(boards: Boards) -> str:
    """Write a paper that is out anew, and publish something else; what was said."""
    text = paper("Second", "summary: Zumbador.\n").replace("One paragraph", "Quillfeather paragraph")
    paper_of(boards).write_text(text, encoding="utf-8")
    boards.write("own", "2027-02-11")
    done = boards.publish("own", "2027-02-11")
    assert done.code == 0, done.err
    return done.err


def test_a_page_stays_until_what_its_paper_says_now_is_issued(boards: Boards):
    before = boards.site("other/2027-01-14")
    assert "1 Second of other/2027-01-14 says something else than what is out" in rewritten(boards)
    after = boards.site("other/2027-01-14")
    assert article(after["1-first.html"]) == article(before["1-first.html"])
    assert "<title>First " in after["1-first.html"].decode()
    assert json.loads(after["data.json"])["papers"] == json.loads(before["data.json"])["papers"]
    assert not [path for path, data in boards.site().items() if re.search(rb"Zumbador|Quillfeather", data)]
    assert boards.publish("other", "2027-01-14").code == 0
    assert "Quillfeather" in article(boards.site("other/2027-01-14")["1-first.html"])


def test_without_a_page_that_went_out_the_agenda_leads_to_the_pack(boards: Boards):
    only("other", boards.output)
    assert "its page is left out" in rewritten(boards)
    after = boards.site("other/2027-01-14")
    assert "1-first.html" not in after
    assert 'href="pack.pdf#page=2"' in after["index.html"].decode()


MINUTES = "status: draft\npresent: []\nitems:\n  - {item: first, discussion: Quillfeather moves to Zumbador in May.}\n"
FOLLOWING = "date: 2027-02-11\nagenda:\n  - {title: Minutes, minutes_of: 2027-01-14}\n  - {paper: first}\n"
WITHHELD = "exempt: {paragraphs: [3], public_interest: Somebody would lose by it.}\npublic_title: Premises\n"


def test_what_tells_of_something_withheld_since_goes_from_the_site(boards: Boards):
    """The paper's own page and pack, a page that stays as it was, and the pack of another meeting with its minutes."""
    own = boards.papers / "own"
    (own / "2027-01-14/minutes.yaml").write_text(MINUTES, encoding="utf-8")
    boards.write("own", "2027-02-11")
    (own / "2027-02-11/meeting.yaml").write_text(FOLLOWING, encoding="utf-8")
    (own / "2027-02-11/first.yaml").write_text(paper("After", "summary: The move of Quillfeather.\n"), encoding="utf-8")
    assert boards.publish("own", "2027-02-11").code == 0
    assert {"pack.pdf", "1-minutes-2027-01-14.html"} <= boards.site("own/2027-02-11").keys()
    (own / "2027-01-14/first.yaml").write_text(paper("Move of Quillfeather", WITHHELD), encoding="utf-8")
    (own / "2027-02-11/first.yaml").write_text(paper("After", "summary: What followed.\n"), encoding="utf-8")
    boards.write("other", "2027-02-11")
    done = boards.publish("other", "2027-02-11")
    assert done.code == 0, done.err
    assert "warning: the pack of own/2027-02-11 is no longer offered on the site" in done.err
    assert "2 After of own/2027-02-11 says something else than what is out, so that its page is left out" in done.err
    assert not [path for path, data in boards.site().items() if re.search(rb"Zumbador|Quillfeather", data)]
    assert not packs(boards.site("own"))
    assert packs(boards.site("other"))


# --- Lines that are withdrawn -----------------------------------------------------------------------------

AGENDA = "date: 2027-02-11\nagenda:\n  - Welcome\n  - {paper: first}\n  - {paper: depot}\n  - Parking\n"
DEPOT = "exempt: {paragraphs: [3], public_interest: Zumbador would lose by it.}\npublic_title: Premises\n"


@pytest.fixture
def withdraw(boards: Boards) -> Callable[[str], str]:
    """Publish a meeting, then take a line of its agenda away; gives what its page says as soon as that is out."""
    boards.write("own", "2027-02-11")
    folder = boards.papers / "own/2027-02-11"
    (folder / "meeting.yaml").write_text(AGENDA, encoding="utf-8")
    (folder / "depot.yaml").write_text(paper("Sale of Quillfeather", DEPOT), encoding="utf-8")
    assert boards.publish("own", "2027-02-11").code == 0

    def done(line: str) -> str:
        lines = (folder / "meeting.yaml").read_text(encoding="utf-8")
        (folder / "meeting.yaml").write_text(lines.replace(f"  - {line}\n", ""), encoding="utf-8")
        published = boards.publish("own", "2027-02-11")
        assert published.code == 0, published.err
        return boards.site("own/2027-02-11")["index.html"].decode()

    return done


def test_a_line_that_is_withdrawn_is_named(boards: Boards, withdraw: Callable[[str], str]):
    assert "Withdrawn" not in boards.site("own/2027-02-11")["index.html"].decode()
    (boards.papers / "own/2027-02-11/first.yaml").rename(boards.papers / "first.txt")
    named = '<h3 id="withdrawn">Withdrawn since publication</h3><ul><li>2 First</li></ul>'
    assert named in withdraw("{paper: first}")
    data = json.loads(boards.site("own/2027-02-11")["data.json"])
    assert data["withdrawn"] == [{"label": "2", "title": "First"}]
    # With the next supplement it is named still, and the one that goes with that too.
    assert "<ul><li>2 First</li><li>4 Parking</li></ul>" in withdraw("Parking")


def test_a_withheld_line_that_is_withdrawn_has_its_public_title(boards: Boards, withdraw: Callable[[str], str]):
    (boards.papers / "own/2027-02-11/depot.yaml").unlink()
    assert "<ul><li>3 Premises</li></ul>" in withdraw("{paper: depot}")
    assert not [path for path, data in boards.site().items() if re.search(rb"Zumbador|Quillfeather|depot", data)]


def test_a_line_that_has_come_back_is_withdrawn_no_longer(boards: Boards, withdraw: Callable[[str], str]):
    assert "<ul><li>4 Parking</li></ul>" in withdraw("Parking")
    path = boards.papers / "own/2027-02-11/meeting.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  - Parking\n", encoding="utf-8")
    assert boards.publish("own", "2027-02-11").code == 0
    assert "Withdrawn" not in boards.site("own/2027-02-11")["index.html"].decode()
    assert words(path.parent)["meeting/withdrawn"]
