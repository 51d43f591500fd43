"""The web edition as `publish` writes it: what is out stays on it, whatever becomes of the papers of others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from packs import Call, Run, content
from test_editions import BOARD, paper

pytestmark = pytest.mark.office

AGENDA = "date: 2027-01-14\nagenda:\n  - {paper: first}\n"


class Boards:
    """Two boards with a meeting each, both published."""

    def __init__(self, folder: Path, boardpack: Call) -> None:
        self.papers, self.output, self._boardpack = folder / "papers", folder / "output", boardpack
        for board in ("other", "own"):
            self.write(board, "2027-01-14")
            assert self.publish(board, "2027-01-14").code == 0

    def write(self, board: str, day: str) -> None:
        folder = self.papers / board / day
        folder.mkdir(parents=True)
        (folder.parent / "board.yaml").write_text(BOARD, encoding="utf-8")
        (folder / "meeting.yaml").write_text(AGENDA.replace("2027-01-14", day), encoding="utf-8")
        (folder / "first.yaml").write_text(paper("First"), encoding="utf-8")

    def publish(self, board: str, day: str) -> Run:
        folders = ("--papers", self.papers, "--output", self.output)
        return self._boardpack("publish", f"{board}/{day}", *folders, "--on", "2027-01-05")

    def site(self, board: str = "") -> dict[str, bytes]:
        return content(self.output / "web" / board)


@pytest.fixture
def boards(tmp_path: Path, boardpack: Call) -> Boards:
    return Boards(tmp_path, boardpack)


GONE = "gone"
"""What is written in the place of a file that is to be removed."""
BREAKS = {
    "other/2027-01-14/meeting.yaml ": GONE,
    "other/board.yaml": "name: [\n",
    "other/2027-01-14/meeting.yaml": "date: 2027-01-14\nagenda: [\n",
    "other/2027-01-14/first.yaml": "author: A Dawlish\npurpose: information\nsections: [{text: Words.}]\n",
    "other/2027-01-14/published.yaml": "seal: none\n",
}


@pytest.mark.parametrize("file", BREAKS)
def test_the_pages_of_a_board_that_cannot_be_read_stay(boards: Boards, file: str):
    before = boards.site("other")
    path = boards.papers / file.strip()
    path.write_text(BREAKS[file], encoding="utf-8") if BREAKS[file] != GONE else path.unlink()
    boards.write("own", "2027-02-11")
    done = boards.publish("own", "2027-02-11")
    assert done.code == 0, done.err
    assert "warning: the pages of other stay as they were" in done.err
    assert boards.site("other") == before
    assert "own/2027-02-11/index.html" in boards.site()
    assert b"other/index.html" in boards.site()["index.html"]


def test_nothing_goes_out_of_a_board_of_which_something_that_is_out_cannot_be_read(boards: Boards):
    before = content(boards.output)
    (boards.papers / "own/2027-01-14/first.yaml").write_text("title: [\n", encoding="utf-8")
    boards.write("own", "2027-02-11")
    done = boards.publish("own", "2027-02-11")
    assert (done.code, "2027-01-14/first.yaml" in done.err) == (1, True)
    assert content(boards.output) == before
    assert not (boards.papers / "own/2027-02-11/published.yaml").exists()


def test_a_draft_that_cannot_be_read_holds_up_nothing(boards: Boards):
    boards.write("own", "2027-03-11")
    (boards.papers / "own/2027-03-11/first.yaml").write_text("title: [\n", encoding="utf-8")
    boards.write("own", "2027-02-11")
    done = boards.publish("own", "2027-02-11")
    assert (done.code, "warning: the pages" in done.err) == (0, False)
    assert not any("2027-03-11" in path for path in boards.site())


def test_without_pages_to_keep_the_site_stays_and_that_is_said(boards: Boards):
    (boards.papers / "other/2027-01-14/first.yaml").write_text("title: [\n", encoding="utf-8")
    for path in sorted((boards.output / "web").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    boards.write("own", "2027-02-11")
    done = boards.publish("own", "2027-02-11")
    assert (done.code, "it has no pages of other that could be kept" in done.err) == (1, True)
    assert (boards.papers / "own/2027-02-11/published.yaml").exists()
    assert boards.site() == {}


def test_nothing_but_the_record_is_left_of_a_meeting(boards: Boards):
    """Which is no board's wish, and is told of its own board before anything goes out."""
    for name in ("meeting.yaml", "first.yaml"):
        (boards.papers / "own/2027-01-14" / name).unlink()
    boards.write("own", "2027-02-11")
    done = boards.publish("own", "2027-02-11")
    assert (done.code, "the meeting `2027-01-14` is out and has no meeting.yaml" in done.err) == (1, True)
    assert not (boards.papers / "own/2027-02-11/published.yaml").exists()


def test_a_meeting_whose_folder_is_gone_goes_from_the_site_and_is_named(boards: Boards):
    shutil.rmtree(boards.papers / "other/2027-01-14")
    boards.write("own", "2027-02-11")
    done = boards.publish("own", "2027-02-11")
    assert (done.code, "warning: other/2027-01-14 is on the site no longer" in done.err) == (0, True)
    assert "2027-01-14/index.html" not in boards.site("other")
