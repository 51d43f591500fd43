"""What a night can do to `due --build`: a kill, a full disk, a folder that is locked, a clock, another language.

Whatever happens, the earlier pack or the new one lies in the output, nothing beside it, and the next run builds.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import faulty
import packs
import pytest
from reading import BOARD, PAPER, ROOT, write

from boardpack.due import building

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="faults of Linux")

STATUTE = f"{BOARD}notice: {{statute: england-principal}}\n"
NAME = "partnership/2010-03-11"
OTHER = "partnership/2010-03-12"
ON = "2010-03-04"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return write(tmp_path / "papers", board=STATUTE)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def due(papers: Path, output: Path, *more: str | Path, **how: Any) -> list[str | Path]:
    return packs.command("due", "--build", "--papers", papers, "--output", output, *more)


def run(command: list[str | Path], **environment: str) -> packs.Run:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, env={**os.environ, **environment}
    )
    return packs.Run(done.returncode, done.stdout, done.stderr)


def another(papers: Path) -> None:
    folder = papers / OTHER
    folder.mkdir()
    (folder / "meeting.yaml").write_text("date: 2010-03-12\nagenda: [Welcome]\n", encoding="utf-8")


def change(papers: Path) -> None:
    (papers / NAME / "funding.yaml").write_text(PAPER.replace("Funding", "Funds"), encoding="utf-8")


def beside(output: Path) -> list[str]:
    """Everything in the output that is no board, meeting or file of one."""
    found = {path.relative_to(output).as_posix() for pattern in (".*", "*/.*") for path in output.glob(pattern)}
    return sorted(found - {building.LOCK})


# --- At every moment at which the output is touched, with nothing laid out ----------------------------------------


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What happened at every moment, by the fault; and what lay in the output before and after a run without one."""

    def of(fault: str) -> tuple[list[dict[str, Any]], dict[str, str], dict[str, str]]:
        base = tmp_path_factory.mktemp(fault)
        papers, output = write(base / "papers", board=STATUTE), base / "output"
        tried = run([sys.executable, ROOT / "tests" / "faulty.py", papers, output, ON, fault])
        assert tried.code == 0, tried.err
        before, *lines = [json.loads(line) for line in tried.out.splitlines()]
        assert len(lines) > 10
        assert lines[-1]["told"][-1] == "reached the end"
        return lines[:-1], before, lines[-1]["then"]

    return of


def test_killed_at_any_moment_it_leaves_the_old_pack_or_the_new_one(moments: Any):
    lines, old, new = moments("kill")
    seen = set()
    for each in lines:
        assert each["code"] == -signal.SIGKILL
        lies = {name: found for name, found in each["after"].items() if "/." not in name}
        assert lies in (old, new), each["at"]
        seen.add(lies == new)
        assert each["again"][0] == 0
        assert each["then"] == new, each["at"]  # and no folder beside it
    assert seen == {False, True}  # there were moments before it changed places and after


def test_where_the_disk_is_full_at_any_moment_the_old_pack_stays_and_the_fault_is_told(moments: Any):
    lines, old, new = moments("ENOSPC")
    refused = 0
    for each in lines:
        lies = {name: found for name, found in each["after"].items() if "/." not in name}
        assert lies in (old, new), each["at"]
        if lies == old:
            refused += 1
            (told,) = each["told"]
            assert ": the disk is full: free some room where" in told
            assert told.startswith(("MissingError: ", f"FAILED {NAME}: "))
        assert each["then"] == new, each["at"]
    assert refused > 5


# --- The command itself, with LibreOffice -------------------------------------------------------------------------


@pytest.mark.office
def test_killed_at_any_step_it_leaves_the_old_pack_and_no_process(papers: Path, output: Path, tmp_path: Path):
    assert run(due(papers, output, "--on", ON)).code == 0
    before = faulty.state(output)
    change(papers)
    temporary = tmp_path / f"temporary-{uuid.uuid4().hex}"  # named by every process that builds there
    temporary.mkdir()
    for step in ("writing", "laying out", "comparing"):
        with _started(due(papers, output, "--on", ON), TMPDIR=str(temporary)) as process:
            assert process.stderr
            assert next(line for line in process.stderr if step in line)
            assert _naming(temporary)
            process.kill()
        lies = {name: found for name, found in faulty.state(output).items() if "/." not in name}
        assert lies == before
        assert _all_end(temporary)
    done = run(due(papers, output, "--on", ON))
    assert done.out.startswith(f"built  {NAME}: 2 pages; changed since: ")
    assert beside(output) == []


@contextlib.contextmanager
def _started(command: list[str | Path], **environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _naming(folder: Path) -> list[str]:
    """The processes that name a folder in their command or in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            found += [process.name] if os.fsencode(folder) in told else []
    return found


def _all_end(folder: Path) -> bool:
    """Whether within ten seconds no process is left that names this folder."""
    for _ in range(100):
        if not _naming(folder):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.office
def test_the_second_of_two_at_once_does_nothing_and_says_so(papers: Path, output: Path):
    with _started(due(papers, output, "--on", ON)) as first:
        assert first.stderr
        assert next(line for line in first.stderr if "laying out" in line)
        first.send_signal(signal.SIGSTOP)
        second = run(due(papers, output, "--on", ON))
        first.send_signal(signal.SIGCONT)
        said, _ = first.communicate(timeout=60)
    assert (second.code, second.out) == (3, "")
    assert second.err == (
        f"boardpack: another `boardpack due --build` is at work in {output}; this one has done nothing\n"
    )
    assert (first.returncode, said.splitlines()[-1]) == (0, "1 built, 0 left, 0 failed")
    assert run(due(papers, output, "--on", ON)).out.splitlines()[-1] == "0 built, 1 left, 0 failed"


@pytest.mark.office
def test_a_disk_that_is_really_full_keeps_the_old_pack(papers: Path, tmp_path: Path):
    disk = tmp_path / "disk"
    disk.mkdir()
    with _small_disk(disk):
        output = disk / "output"
        assert run(due(papers, output, "--on", ON)).code == 0
        before = faulty.state(output)
        change(papers)
        free = shutil.disk_usage(disk).free
        for room in (0, 20480):
            (disk / "filler").write_bytes(bytes(free - room))
            done = run(due(papers, output, "--on", ON))
            assert (done.code, done.out.splitlines()[-1]) == (1, "0 built, 0 left, 1 failed")
            assert done.out.startswith(f"FAILED {NAME}: the disk is full: free some room where {output / NAME} lies ")
            assert faulty.state(output) == before
        (disk / "filler").unlink()
        assert run(due(papers, output, "--on", ON)).out.endswith("1 built, 0 left, 0 failed\n")


@contextlib.contextmanager
def _small_disk(at: Path) -> Iterator[None]:
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if not mount or not umount or run([mount, "-t", "tmpfs", "-o", "size=400k", "none", at]).code:
        pytest.skip("no right to mount a disk")
    try:
        yield
    finally:
        assert run([umount, at]).code == 0


def _without_might() -> list[str | Path]:
    """What has a command of root's keep to the rights of files; nothing where it is not root's."""
    if os.geteuid():
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root writes everywhere, and setpriv is not there")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]


@pytest.mark.office
def test_an_output_that_may_not_be_written_is_said_before_anything_is_done(papers: Path, output: Path):
    output.mkdir(mode=0o555)
    done = run([*_without_might(), *due(papers, output, "--on", ON)])
    assert (done.code, done.out) == (3, "")
    assert done.err == (
        f"boardpack: {output / building.LOCK} cannot be written; give yourself the right to write there, "
        "or name another folder with --output\n"
    )


@pytest.mark.office
def test_a_meeting_that_may_not_be_written_fails_and_the_others_are_built(papers: Path, output: Path):
    board = papers / "council"
    shutil.copytree(papers / "partnership", board)
    (output / "partnership").mkdir(parents=True)
    (output / "partnership").chmod(0o555)
    done = run([*_without_might(), *due(papers, output, "--on", ON)])
    (output / "partnership").chmod(0o755)
    built, failed, counted = done.out.splitlines()
    assert (done.code, counted) == (1, "1 built, 0 left, 1 failed")
    assert built.startswith("built  council/2010-03-11: 2 pages; ")
    assert failed.startswith(f"FAILED {NAME}: {output / 'partnership'}")
    assert "give yourself the right to write there" in failed


# --- Clocks, places and languages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [-1, 1, -24 * 365, 24 * 365 * 11])
@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "America/Los_Angeles"])
def test_a_clock_that_was_changed_between_two_runs_changes_nothing(
    papers: Path, output: Path, monkeypatch: pytest.MonkeyPatch, hours: int, zone: str
):
    _quickly(monkeypatch)
    faulty.run(papers, output, date.fromisoformat(ON))
    before = faulty.state(output)
    then = time.time() + hours * 3600
    for path in (*papers.rglob("*"), *output.rglob("*")):
        os.utime(path, (then, then))
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        (told,) = faulty.run(papers, output, date.fromisoformat(ON))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert told == f"left   {NAME}: 0 pages; built before, and nothing has changed since"
    assert faulty.state(output) == before


def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay nothing out."""
    monkeypatch.setattr(faulty.pipeline, "pack", faulty.without_pdf)
    monkeypatch.setattr(building, "available", lambda: True)


@pytest.mark.parametrize(
    ("change_of_clocks", "meeting", "due_on"),
    [("2026-03-29", "2026-04-02", "2026-03-25"), ("2026-10-25", "2026-10-29", "2026-10-21")],
)
def test_the_hour_that_is_lost_or_won_is_no_day(
    tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch, change_of_clocks: str, meeting: str, due_on: str
):
    _quickly(monkeypatch)
    papers = tmp_path / "papers"
    (papers / "partnership" / meeting).mkdir(parents=True)
    (papers / "partnership/board.yaml").write_text(STATUTE, encoding="utf-8")
    (papers / "partnership" / meeting / "meeting.yaml").write_text(f"date: {meeting}\nagenda: [Welcome]\n", "utf-8")
    day = date.fromisoformat(due_on)
    assert day < date.fromisoformat(change_of_clocks) < date.fromisoformat(meeting)
    (told,) = faulty.run(papers, output, day - timedelta(1))
    assert told.startswith("left ")
    (told,) = faulty.run(papers, output, day)
    assert told.startswith("built ")
    for more in range(1, 9):
        (told,) = faulty.run(papers, output, day + timedelta(more))
        assert told.endswith("nothing has changed since")


def test_a_clock_that_goes_back_leaves_what_was_built(papers: Path, output: Path, monkeypatch: pytest.MonkeyPatch):
    _quickly(monkeypatch)
    faulty.run(papers, output, date.fromisoformat(ON))
    before = faulty.state(output)
    (told,) = faulty.run(papers, output, date(2010, 1, 1))
    assert told == f"left   {NAME}: not due until Wednesday 3 March 2010"
    (told,) = faulty.run(papers, output, date.fromisoformat(ON))
    assert told.startswith("left ")
    assert faulty.state(output) == before


@pytest.mark.office
def test_which_day_it_is_goes_by_the_time_zone(tmp_path: Path, output: Path):
    """It is a later day 14 hours east of Greenwich than 12 hours west, at any time."""
    east = datetime.now(UTC) + timedelta(hours=14)
    meeting = (east.date() + timedelta(building.NO_NOTICE)).isoformat()
    papers = tmp_path / "papers" / "partnership"
    (papers / meeting).mkdir(parents=True)
    (papers / "board.yaml").write_text(f"{BOARD}notice: {{statute: none}}\n", encoding="utf-8")
    (papers / meeting / "meeting.yaml").write_text(f"date: {meeting}\nagenda: [Welcome]\n", encoding="utf-8")
    west = run(due(papers.parent, output), TZ="Etc/GMT+12")
    assert west.out.startswith(f"left   partnership/{meeting}: not due until ")
    assert run(due(papers.parent, output), TZ="Etc/GMT-14").out.startswith(f"built  partnership/{meeting}: 1 page")


LANGUAGES: Mapping[str, Mapping[str, str]] = {
    "British": {"LC_ALL": "C.UTF-8", "TZ": "Europe/London"},
    "C": {"LC_ALL": "C", "TZ": "Pacific/Auckland"},
    "none": {"LC_ALL": "", "LANG": "", "LANGUAGE": "fr", "TZ": "", "PYTHONHASHSEED": "1"},
}


@pytest.mark.office
def test_the_same_papers_in_other_places_times_and_languages_give_the_same_bytes(tmp_path: Path):
    found = []
    for at, surroundings in enumerate(LANGUAGES.values()):
        place = tmp_path / ("a place of its own " * at + "é").strip()
        papers = write(place / "papers", board=STATUTE, **_WITHHELD)
        moment = 1_000_000_000 + at * 300_000_000
        for path in papers.rglob("*"):
            os.utime(path, (moment, moment))
        cache = {"XDG_CACHE_HOME": str(place / "cache"), "HOME": str(place), "TMPDIR": str(tmp_path)}
        done = run(due(papers, place / "output", "--on", ON), **surroundings, **cache)
        assert done.code == 0, done.err
        assert done.out.endswith(" pages and a public edition; it had not been built\n1 built, 0 left, 0 failed\n")
        found.append(faulty.state(place / "output"))
    assert f"{NAME}/public/pack.pdf" in found[0]
    assert found[1:] == [found[0]] * (len(found) - 1)


_WITHHELD = {
    "meeting.yaml": "date: 2010-03-11\nvenue: Café\nagenda: [{paper: funding}, {paper: bids}, {paper: costs}]\n",
    "bids.yaml": f"{PAPER.replace('Funding', 'Bids “in full”')}exempt: {{paragraphs: [3], public_interest: Bids.}}\n",
    "costs.yaml": (
        f"{PAPER.replace('Funding', 'Coûts')}"
        "tables: {t: {caption: Costs, columns: [{key: a, label: Année}, {key: b, label: B, type: money}], "
        "from: data/coûts.csv}}\n"
        "charts: {c: {table: t, kind: bar, x: a, y: [b], title: Costs, alt: Costs by year}}\n"
        'sections: [{heading: Costs, text: "[](table:t)\\n\\n[](chart:c)"}]\n'
    ),
    "data/coûts.csv": "a,b\n2009,10\n2010,20\n",
}
