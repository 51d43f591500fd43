"""The order of the steps of `publish`: what is on record is out, and each meeting knows of those before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs import Call, content
from test_editions import BOARD, paper
from test_website import Boards

from boardpack.pipeline import website
from boardpack.pipeline.leaking import LeakError

pytestmark = pytest.mark.office


@pytest.fixture
def boards(tmp_path: Path, boardpack: Call) -> Boards:
    return Boards(tmp_path, boardpack)


def refuse(*_: object) -> None:
    raise LeakError("index.html holds words of withheld content (text; 1 place in all); nothing was put out")


def test_a_leak_found_on_the_site_leaves_nothing_on_record(boards: Boards, monkeypatch: pytest.MonkeyPatch):
    record = boards.papers / "own/2027-01-14/published.yaml"
    before, site = record.read_bytes(), boards.site()
    first = boards.papers / "own/2027-01-14/first.yaml"
    first.write_text(paper("First").replace("One paragraph", "Another paragraph"), encoding="utf-8")
    boards.write("own", "2027-02-11")
    monkeypatch.setattr(website, "refuse_leaks", refuse)
    for day in ("2027-01-14", "2027-02-11"):
        done = boards.publish("own", day)
        assert (done.code, "holds words of withheld content" in done.err) == (4, True)
    assert record.read_bytes() == before
    assert not (boards.papers / "own/2027-02-11/published.yaml").exists()
    assert boards.site() == site
    monkeypatch.undo()
    assert boards.publish("own", "2027-02-11").code == 0
    assert (boards.papers / "own/2027-02-11/published.yaml").exists()


def test_meetings_that_are_published_together_know_each_others_pages(tmp_path: Path, boardpack: Call):
    board = tmp_path / "papers" / "own"
    for day, summary in (("2027-01-14", ""), ("2027-02-11", "summary: See [](item:2027-01-14/first).\n")):
        (board / day).mkdir(parents=True)
        (board / day / "meeting.yaml").write_text(f"date: {day}\nagenda:\n  - {{paper: first}}\n", encoding="utf-8")
        (board / day / "first.yaml").write_text(paper("First", summary), encoding="utf-8")
    (board / "board.yaml").write_text(BOARD, encoding="utf-8")
    folders = ("--papers", board.parent, "--output", tmp_path / "output")
    done = boardpack("publish", "own/2027-02-11", "own/2027-01-14", *folders, "--on", "2027-01-05")
    assert (done.code, "warning: 1 First" in done.err) == (0, False), done.err
    page = content(tmp_path / "output/web")["own/2027-02-11/1-first.html"].decode()
    assert "See item 1 of 14 January 2027, page 2." in page
