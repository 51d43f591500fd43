"""`due --build`: what is built, what is left, what fails, and that one pack's fault keeps no other from being built."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from issued import issue_again
from packs import Call, content
from reading import BOARD, PAPER, ROOT, SCHEMAS, write

from boardpack import due, pipeline
from boardpack.diagnostics import ExitCode, MissingError, UsageError
from boardpack.due import building
from boardpack.due.building import Result, Task, Told
from boardpack.load import published
from boardpack.places import Options

STATUTE = f"{BOARD}notice: {{statute: england-principal}}\n"
NAME = "partnership/2010-03-11"
PUBLISHED = date(2010, 3, 3)
"""The last day for the publication of the meeting of 11 March 2010: five clear days before it."""


@dataclass
class House:
    """Papers with an output folder, and a `pack` that lays nothing out."""

    options: Options
    really: Callable[..., pipeline.Outcome]
    asked: list[str] = field(default_factory=list)
    broken: dict[str, Exception] = field(default_factory=dict)

    def run(self, on: date = PUBLISHED, **more: Any) -> list[Told]:
        deadlines = due.deadlines(self.options, [], on)
        return list(building.build_due(self.options, Task(deadlines, **more)))

    def told(self, on: date = PUBLISHED, **more: Any) -> dict[str, Result]:
        return {each.name: each.result for each in self.run(on, **more)}

    def pack(self, options: Options, named: Sequence[str], **more: Any) -> pipeline.Outcome:
        (name,) = named
        self.asked.append(name)
        if name in self.broken:
            raise self.broken[name]
        return self.really(options, named, **{**more, "wanted": replace(more["wanted"], pdf=False)})

    def meeting(self, name: str, text: str = "agenda: [Welcome]\n") -> Path:
        folder = self.options.papers / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "meeting.yaml").write_text(f"date: {folder.name[:10]}\n{text}", encoding="utf-8")
        return folder

    def change(self, name: str, text: str) -> None:
        (self.options.papers / name).write_text(text, encoding="utf-8")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    papers = write(tmp_path / "papers", board=STATUTE)
    made = House(Options(papers, tmp_path / "output", (ROOT / "templates",), SCHEMAS), pipeline.pack)
    monkeypatch.setattr(pipeline, "pack", made.pack)
    return made


# --- When a pack is due -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "within", "result"),
    [
        (date(2010, 3, 2), 0, Result.LEFT),
        (date(2010, 3, 2), 1, Result.BUILT),
        (PUBLISHED, 0, Result.BUILT),
        (date(2010, 3, 11), 0, Result.BUILT),
    ],
)
def test_a_pack_is_due_from_its_publication_to_its_meeting(house: House, on: date, within: int, result: Result):
    assert house.told(on, within=within) == {NAME: result}


def test_a_meeting_that_is_over_is_left(house: House):
    house.meeting("partnership/2010-05-06")
    deadlines = due.deadlines(house.options, [NAME], date(2010, 3, 12))
    (told,) = building.build_due(house.options, Task(deadlines))
    assert (told.result, told.why) == (Result.LEFT, "the meeting was on Thursday 11 March 2010")


def test_what_is_not_due_says_from_when_it_is(house: House):
    (told,) = house.run(date(2010, 2, 1))
    assert told.why == "not due until Wednesday 3 March 2010"
    (told,) = house.run(date(2010, 2, 1), within=7)
    assert told.why == "not due until Wednesday 24 February 2010"


@pytest.mark.parametrize(("on", "result"), [(date(2010, 3, 3), Result.LEFT), (date(2010, 3, 4), Result.BUILT)])
def test_without_a_rule_of_notice_a_pack_is_due_a_week_before(house: House, on: date, result: Result):
    house.change("partnership/board.yaml", f"{BOARD}notice: {{statute: none}}\n")
    assert house.told(on) == {NAME: result}


# --- Whether it is there as it should be --------------------------------------------------------------------------


def built_again(house: House) -> Told:
    (told,) = house.run()
    return told


KEPT = "built before, and nothing has changed since"


def test_a_pack_is_built_once(house: House):
    assert built_again(house).why.endswith("; it had not been built")
    told = built_again(house)
    assert (told.result, told.why.partition("; ")[2]) == (Result.LEFT, KEPT)


def test_a_change_of_a_paper_has_it_built_again(house: House):
    house.run()
    house.change(f"{NAME}/funding.yaml", PAPER.replace("Funding", "Funds"))
    told = built_again(house)
    assert told.result is Result.BUILT
    assert told.why.endswith("; changed since: papers/partnership/2010-03-11/funding.yaml")
    assert built_again(house).why.endswith(KEPT)


def test_a_file_that_only_got_a_new_date_is_no_change(house: House):
    house.run()
    for path in (house.options.papers / NAME).iterdir():
        os.utime(path, (2_000_000_000, 2_000_000_000))
    assert built_again(house).result is Result.LEFT


def test_a_paper_more_has_it_built_again(house: House):
    house.run()
    house.change(f"{NAME}/plan.yaml", PAPER)
    house.meeting(NAME, "agenda: [{paper: funding}, {paper: plan}]\n")
    assert built_again(house).why.endswith("; changed since: papers/partnership/2010-03-11/meeting.yaml")


def test_many_changes_are_counted(house: House):
    many = [f"{letter}" for letter in "abcdef"]
    house.meeting(NAME, f"agenda: [{', '.join(f'{{paper: {each}}}' for each in many)}, {{paper: funding}}]\n")
    for each in many:
        house.change(f"{NAME}/{each}.yaml", PAPER)
    house.run()
    for each in many:
        house.change(f"{NAME}/{each}.yaml", PAPER.replace("Funding", "Funds"))
    assert built_again(house).why.endswith(
        "/a.yaml, papers/partnership/2010-03-11/b.yaml, papers/partnership/2010-03-11/c.yaml and 3 more"
    )


def test_what_no_file_of_the_pack_shows_is_said_in_general(house: House):
    house.run()
    path = house.options.output / NAME / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "fingerprint": "another"}), encoding="utf-8")
    told = built_again(house)
    assert told.result is Result.BUILT
    assert "boardpack, LibreOffice, the fonts" in told.why


@pytest.mark.parametrize("damage", ["{", "[]", "{}", '{"inputs": 3, "outputs": {}}', None])
def test_a_manifest_that_says_nothing_has_it_built_again(house: House, damage: str | None):
    house.run()
    path = house.options.output / NAME / "manifest.json"
    path.unlink()
    if damage is not None:
        path.write_text(damage, encoding="utf-8")
    told = built_again(house)
    assert told.result is Result.BUILT
    assert told.why.endswith("its manifest.json could not be read")


def test_a_file_that_is_gone_or_was_changed_by_hand_has_it_built_again(house: House):
    house.run()
    (house.options.output / NAME / "pack.docx").unlink()
    assert built_again(house).why.endswith("; gone from the output: pack.docx")
    (house.options.output / NAME / "pack.docx").write_bytes(b"other pages")
    assert built_again(house).why.endswith("; changed by hand, and gone now: pack.docx")
    assert built_again(house).result is Result.LEFT


def test_a_supplement_is_built_once_for_what_has_come(house: House):
    issue_again(house.options, NAME)
    shutil.rmtree(house.options.output, ignore_errors=True)
    house.change(f"{NAME}/funding.yaml", PAPER.replace("Funding", "Funds"))
    told = built_again(house)
    lost = "2010-03-11 does not lie in the output; keep what `publish` has built"
    assert (told.result, told.why.partition("; ")[2]) == (Result.BUILT, f"it had not been built; {lost}")
    assert [path.name for path in (house.options.output / "partnership").iterdir()] == ["2010-03-11-supplement-1"]
    told = built_again(house)
    assert (told.result, told.why.partition("; ")[2]) == (Result.LEFT, f"{KEPT}; {lost}")
    house.change(f"{NAME}/funding.yaml", PAPER.replace("Funding", "Grants"))
    assert "; changed since: papers/partnership/2010-03-11/funding.yaml; " in built_again(house).why
    (house.options.output / f"{NAME}-supplement-1" / "supplement.docx").unlink()
    assert "; gone from the output: supplement.docx; " in built_again(house).why


def test_a_published_pack_is_built_again_where_it_does_not_lie(house: House):
    house.run()
    files = content(house.options.output / NAME)
    issue_again(house.options, NAME)
    settled = "published, and no paper has come or changed since"
    assert built_again(house).why == settled  # as it was built: nothing is done to it
    for damage in (shutil.rmtree, lambda folder: (folder / "pack.docx").unlink()):
        damage(house.options.output / NAME)
        told = built_again(house)
        assert (told.result, told.why) == (
            Result.BUILT,
            f"0 pages; {settled}, but 2010-03-11 does not lie in the output",
        )
        now = content(house.options.output / NAME)
        assert {name: now[name] for name in files if name.endswith(".docx")} == {
            name: data for name, data in files.items() if name.endswith(".docx")
        }
        assert built_again(house).why == settled


def test_a_published_pack_that_cannot_be_built_again_is_said_to_be_gone(house: House, monkeypatch: pytest.MonkeyPatch):
    issue_again(house.options, NAME)
    record = published.read_published(house.options.papers / NAME, [])
    assert record
    twice = replace(record, issues=(*record.issues, record.issues[0]))
    words = published.words(house.options.papers / NAME)
    house.change(f"{NAME}/published.yaml", published.written(twice, words))
    told = built_again(house)
    assert told.result is Result.LEFT
    assert "2010-03-11 and 2010-03-11-supplement-1 do not lie in the output: " in told.why
    assert told.why.endswith("take the papers of 3 March 2010 from version control")


def test_the_manifest_says_whether_anything_is_withheld(house: House):
    path = house.options.output / NAME / "manifest.json"
    house.run()
    assert json.loads(path.read_text(encoding="utf-8"))["withholds"] is False
    appendix = "appendices: [{title: Bids, file: to follow, exempt: {paragraphs: [3], public_interest: Bids.}}]\n"
    house.change(f"{NAME}/funding.yaml", PAPER + appendix)
    house.run()
    assert json.loads(path.read_text(encoding="utf-8"))["withholds"] is True


# --- When something fails -----------------------------------------------------------------------------------------


def several(house: House) -> None:
    for name in ("2010-03-10", "2010-03-12", "2010-09-09"):
        house.meeting(f"partnership/{name}")
    house.meeting(NAME)


@pytest.mark.parametrize(
    "fault", [MissingError("the disk is full"), RuntimeError("a fault of ours"), OSError(28, "No space left on device")]
)
def test_one_that_fails_keeps_none_from_the_next(house: House, fault: Exception):
    several(house)
    house.broken[NAME] = fault
    told = house.run(date(2010, 3, 4))
    assert [(each.name[-5:], each.result) for each in told] == [
        ("03-10", Result.BUILT),
        ("03-11", Result.FAILED),
        ("03-12", Result.BUILT),
        ("09-09", Result.LEFT),
    ]
    assert building.exit_code(told) is ExitCode.FINDINGS
    assert building.summary(told) == "2 built, 1 left, 1 failed"
    assert bool(told[1].trace) == (not isinstance(fault, MissingError))


def test_errors_in_the_papers_are_told_and_the_earlier_pack_stays(house: House):
    several(house)
    house.run()
    before = (house.options.output / NAME / "pack.docx").read_bytes()
    house.change(f"{NAME}/meeting.yaml", "date: 2010-03-11\nagenda:\n  - papr: funding\n")
    told = {each.name: each for each in house.run()}
    assert told[NAME].why == f"2 errors in the papers; the earlier pack is as it was: see `boardpack check {NAME}`"
    assert [each.code for each in told[NAME].findings if each.severity == "error"] == ["unknown-key", "missing-title"]
    assert (house.options.output / NAME / "pack.docx").read_bytes() == before
    assert "another meeting of the board had changed" in told["partnership/2010-03-10"].why
    assert {each.result for name, each in told.items() if name != NAME} == {Result.BUILT, Result.LEFT}


def test_a_meeting_that_cannot_be_read_is_a_failure(house: House):
    house.change(f"{NAME}/meeting.yaml", "date: soon\nagenda: [Welcome]\n")
    (told,) = house.run()
    assert (told.result, told.name) == (Result.FAILED, NAME)
    assert "boardpack check" in told.why


def test_nothing_to_do_is_no_failure(house: House):
    shutil.rmtree(house.options.papers / NAME)
    told = house.run()
    assert (told, building.exit_code(told), building.summary(told)) == ([], ExitCode.DONE, "0 built, 0 left, 0 failed")


def test_without_libreoffice_nothing_begins(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(building, "available", lambda: False)
    with pytest.raises(MissingError, match="LibreOffice"):
        house.run()
    assert house.asked == []


def test_an_output_among_the_papers_is_refused_before_anything_is_written(house: House):
    house.options = replace(house.options, output=house.options.papers / "out")
    with pytest.raises(UsageError, match="lies with the papers"):
        house.run()
    assert not house.options.output.exists()


def test_an_output_that_cannot_be_written_is_said(house: House):
    house.options.output.write_text("a file", encoding="utf-8")
    with pytest.raises(MissingError, match="is a file where a folder is wanted"):
        house.run()


# --- Two runs, and runs that are killed ---------------------------------------------------------------------------


@pytest.fixture
def running(house: House) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts a process that holds the lock of a run and says when it has it."""
    started: list[subprocess.Popen[str]] = []
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom boardpack.due import building\n"
        "from boardpack.places import Options\n"
        f"o = Options(Path('p'), Path({str(house.options.output)!r}), (), Path('s'))\n"
        "with building._alone(o):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_second_run_does_nothing(house: House, running: Callable[[], subprocess.Popen[str]]):
    first = running()
    with pytest.raises(MissingError, match="another `boardpack due --build` is at work"):
        house.run()
    assert house.asked == []
    first.kill()
    first.wait()
    assert house.told() == {NAME: Result.BUILT}  # the lock ends with its process, however that ends


# --- The command, with LibreOffice --------------------------------------------------------------------------------


def test_the_command_builds_what_is_due_and_says_so(boardpack: Call, tmp_path: Path):
    papers = write(tmp_path / "papers", board=STATUTE)
    broken = papers / "partnership" / "2010-03-12" / "meeting.yaml"
    broken.parent.mkdir()
    broken.write_text("date: 2010-03-12\nagenda:\n  - paper: lost\n", encoding="utf-8")
    arguments = ("due", "--build", "--on", "2010-03-04", "--papers", papers, "--output", tmp_path / "output")
    first = boardpack(*arguments)
    assert first.code == 1
    assert first.out.splitlines() == [
        "built  partnership/2010-03-11: 2 pages; it had not been built",
        (
            "FAILED partnership/2010-03-12: 1 error in the papers; there is no earlier pack: "
            "see `boardpack check partnership/2010-03-12`"
        ),
        "1 built, 0 left, 1 failed",
    ]
    assert "error[unknown-paper]" in first.err
    assert (tmp_path / "output" / NAME / "pack.pdf").is_file()
    again = boardpack(*arguments)
    assert again.out.startswith(f"left   partnership/2010-03-11: 2 pages; {KEPT}\n")


def test_the_command_tells_text_only(boardpack: Call, tmp_path: Path):
    papers = write(tmp_path / "papers", board=STATUTE)
    done = boardpack("due", "--build", "--format", "json", "--papers", papers)
    assert (done.code, done.out) == (2, "")
