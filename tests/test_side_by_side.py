"""Several meetings at once: as one after another, byte for byte, and what happens when a worker ends or errs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from packs import Call, command, content, surroundings
from printing import paper
from random_meeting import write_meeting
from reading import MEETING, PAPER, ROOT, SCHEMAS, write

from boardpack import pipeline
from boardpack.diagnostics import ExitCode, MissingError, UsageError
from boardpack.pipeline import side_by_side, tasks, workers
from boardpack.pipeline.side_by_side import Done, WorkerLostError, pack_all
from boardpack.pipeline.tasks import Request
from boardpack.pipeline.workers import Pool
from boardpack.places import Options

WORDS = Request(date(2010, 3, 1), pipeline.Wanted(pdf=False), strict=False)
WARNED = paper("tables:\n  a: {caption: C, columns: [{key: a, label: A}], rows: [[x]]}\n")
WARNED = WARNED.replace("decision", "information")
WRONG = "title: Funding\nauthor: A Dawlish\npurpose: information\ntilte: x\n"
NAMES = [f"{board}/2010-03-11" for board in ("first", "second", "third")]


class Recording(Executor):
    """Does each task when it is handed over, and counts how many were under way at once."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.faults: dict[str, BaseException] = {}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked.append(args)
        done: Future[Any] = Future()
        fault = next(
            (fault for name, fault in self.faults.items() if any(name in str(each)[:300] for each in args)), None
        )
        try:
            if fault:
                raise fault
            done.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001  # handed on, as every executor does
            done.set_exception(error)
        return done


@pytest.fixture
def options(tmp_path: Path) -> Options:
    for name, text in zip(("first", "second", "third"), (PAPER, WARNED, PAPER), strict=True):
        made = write(tmp_path / "drawn" / name, paper=text, **{"data/rows.csv": "a\n1\n"})
        (tmp_path / "papers").mkdir(exist_ok=True)
        (made / "partnership").rename(tmp_path / "papers" / name)
    return Options(tmp_path / "papers", tmp_path / "output", (ROOT / "templates",), SCHEMAS)


def run(options: Options, names: Sequence[str] = NAMES, *, shipped: bool = False, **more: Any) -> Done:
    said: list[str] = more.pop("said", [])
    executor = more.pop("executor", None) or Recording()
    return pack_all(options, names, replace(WORDS, **more), Pool(executor, lambda: 2, shipped=shipped), said.append)


def one_after_another(options: Options, output: Path) -> pipeline.Outcome:
    alone = replace(options, output=output)
    return pipeline.pack(alone, NAMES, today=WORDS.today, wanted=WORDS.wanted, strict=False)


# --- The same as one after another --------------------------------------------------------------------------------


@pytest.mark.parametrize("shipped", [False, True])
def test_side_by_side_gives_the_bytes_and_findings_of_one_after_another(
    options: Options, tmp_path: Path, shipped: bool
):
    alone = one_after_another(options, tmp_path / "alone")
    done = run(options, shipped=shipped)
    assert done.failed == ()
    assert content(options.output) == content(tmp_path / "alone")
    assert done.outcome.findings == alone.findings
    assert len(done.outcome.findings) == 1
    assert [each.path for each in done.outcome.built] == [options.output / name / "pack.docx" for name in NAMES]


def test_processes_give_the_bytes_of_one_after_another(options: Options, tmp_path: Path):
    one_after_another(options, tmp_path / "alone")
    with workers.processes(2) as pool:
        done = pack_all(options, NAMES, WORDS, pool, lambda _: None)
    assert done.failed == ()
    assert content(options.output) == content(tmp_path / "alone")


@pytest.mark.parametrize("shipped", [False, True])
def test_what_lies_there_as_it_is_is_no_task(options: Options, shipped: bool):
    run(options, shipped=shipped)
    (options.papers / NAMES[1] / "funding.yaml").write_text(PAPER, encoding="utf-8")
    executor = Recording()
    done = run(options, shipped=shipped, executor=executor)
    assert [each.kept for each in done.outcome.built] == [True, False, True]
    assert len(executor.asked) == 1


def test_where_nothing_is_named_each_board_has_its_next(options: Options):
    (options.papers / "first" / "2011-01-01").mkdir()
    (options.papers / "first" / "2011-01-01" / "meeting.yaml").write_text(MEETING.replace("2010-03-11", "2011-01-01"))
    assert [each.folder.parent.name for each in run(options, []).outcome.built] == ["first", "second", "third"]


def test_a_single_paper_is_built_here(options: Options):
    executor = Recording()
    done = run(options, [f"{NAMES[0]}/funding"], executor=executor)
    assert [each.folder for each in done.outcome.built] == [options.output / NAMES[0]]
    assert executor.asked == []


def test_a_name_that_is_not_there_is_told_as_always(options: Options):
    with pytest.raises(UsageError, match="there is no board, meeting or paper"):
        run(options, ["first/2010-03-12"])


def test_no_more_are_under_way_than_there_is_room(options: Options, monkeypatch: pytest.MonkeyPatch):
    under_way, most = 0, 0

    def slowly(*_: object) -> pipeline.Outcome:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        time.sleep(0.05)
        under_way -= 1
        return pipeline.Outcome([], 0)

    monkeypatch.setattr(side_by_side, "here", slowly)
    monkeypatch.setattr(side_by_side, "alone", lambda task, *args: task(*args))
    with ThreadPoolExecutor(8) as executor:
        run(options, executor=executor)
    assert most == 2


# --- When one fails -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shipped", [False, True])
def test_one_with_errors_keeps_none_from_the_next(options: Options, shipped: bool):
    (options.papers / NAMES[0] / "funding.yaml").write_text(WRONG, encoding="utf-8")
    done = run(options, shipped=shipped)
    assert done.failed == ()
    assert [each.folder.parent.name for each in done.outcome.built] == ["second", "third"]
    error = next(each for each in done.outcome.findings if each.code == "unknown-key")
    assert error.place is not None
    assert error.place.span().path == options.papers / NAMES[0] / "funding.yaml"
    assert not (options.output / NAMES[0]).exists()


@pytest.mark.parametrize("shipped", [False, True])
def test_one_that_cannot_be_put_out_keeps_none_from_the_next(options: Options, shipped: bool):
    (options.output / NAMES[0]).mkdir(parents=True)
    (options.output / NAMES[0] / "~$pack.docx").write_bytes(b"somebody")
    said: list[str] = []
    done = run(options, shipped=shipped, said=said)
    (error,) = done.failed
    assert f"{options.output / NAMES[0] / 'pack.docx'} is open in Word" in str(error)
    assert len(done.outcome.built) == 2
    assert said[0].endswith(", 1 of 3")


def test_what_came_back_never_replaces_papers(options: Options):
    (options.output / NAMES[0]).mkdir(parents=True)
    (options.output / NAMES[0] / "funding.yaml").write_text(PAPER, encoding="utf-8")
    (error,) = run(options, shipped=True).failed
    assert "holds papers, which a build must not replace" in str(error)


def test_a_fault_in_one_is_told_when_the_others_are_built(options: Options):
    executor = Recording()
    executor.faults["second"] = RuntimeError("wrong")
    done = run(options, executor=executor)
    assert [str(each) for each in done.failed] == ["wrong"]
    assert len(done.outcome.built) == 2


def test_an_error_on_a_worker_names_the_files_of_this_machine(options: Options, monkeypatch: pytest.MonkeyPatch):
    def fails(there: Options, *_: object) -> pipeline.Outcome:
        raise MissingError(f"{there.output / NAMES[0]} and {there.papers / NAMES[0]} and {there.templates[0]}")

    monkeypatch.setattr(tasks, "here", fails)
    (error,) = run(options, NAMES[:1], shipped=True).failed
    assert type(error) is MissingError
    named = (options.output / NAMES[0], options.papers / NAMES[0], options.templates[0])
    assert str(error) == " and ".join(map(str, named))


def test_a_worker_with_another_boardpack_builds_nothing(options: Options, monkeypatch: pytest.MonkeyPatch):
    sent = tasks.parcel(options, "first")
    with pytest.raises(MissingError, match="another boardpack, or other versions of its libraries"):
        tasks.elsewhere(options, NAMES[0], WORDS, replace(sent, program="another"))


def test_a_worker_that_is_lost_is_told_with_its_meeting(options: Options):
    executor = Recording()
    executor.faults["second"] = BrokenExecutor()
    done = run(options, executor=executor)
    (lost,) = done.failed
    assert isinstance(lost, WorkerLostError)
    assert str(lost).startswith(f"{NAMES[1]}: the process that built it was ended")
    assert len(done.outcome.built) == 2


def test_a_cluster_that_goes_leaves_the_rest_unbuilt_and_says_how_many(options: Options):
    rooms = iter([1, 1])

    def room() -> int:
        try:
            return next(rooms)
        except StopIteration:
            raise BrokenExecutor from None

    done = pack_all(options, NAMES, WORDS, Pool(Recording(), room), lambda _: None)
    assert [str(each) for each in done.failed] == ["the cluster has gone before 2 more packs were begun: build again"]
    assert [each.folder for each in done.outcome.built] == [options.output / NAMES[0]]


def test_papers_that_cannot_be_read_are_not_sent_and_keep_none_from_the_next(
    options: Options, monkeypatch: pytest.MonkeyPatch
):
    entries = tasks._entries

    def gone(options: Options, board: str) -> Iterator[tuple[str, Path]]:
        if board == "first":
            yield "papers/first/gone.yaml", options.papers / "first" / "gone.yaml"
        yield from entries(options, board)

    monkeypatch.setattr(tasks, "_entries", gone)
    done = run(options, shipped=True)
    (error,) = done.failed
    assert str(error).startswith(f"{options.papers / 'first' / 'gone.yaml'} cannot be read (No such file")
    assert len(done.outcome.built) == 2


def test_papers_of_before_1980_can_be_sent(options: Options):
    os.utime(options.papers / NAMES[0] / "funding.yaml", (0, 0))
    assert len(run(options, NAMES[:1], shipped=True).outcome.built) == 1


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        yield from map(int, task.read_text(encoding="utf-8").split())


def _workers(pid: int) -> list[int]:
    def said(child: int) -> str:
        return Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8")

    return [child for child in _children(pid) if "spawn_main" in said(child)]


@pytest.fixture
def started(options: Options, tmp_path: Path, root: Path) -> Iterator[subprocess.Popen[str]]:
    """The command at work with two processes, in a group of its own, each with a LibreOffice that never ends."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "tmp").mkdir()
    (tmp_path / "bin" / "soffice").write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    (tmp_path / "bin" / "soffice").chmod(0o755)
    environment = {**os.environ, **surroundings(root), "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    places = ["--papers", options.papers, "--output", options.output, "--jobs", "2"]
    with subprocess.Popen(
        command("pack", *NAMES[:2], *places),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**environment, "TMPDIR": str(tmp_path / "tmp")},
        start_new_session=True,
    ) as process:
        until = time.monotonic() + 30
        while time.monotonic() < until and len(list((tmp_path / "tmp").glob("boardpack-*/pack-1.docx"))) < 2:
            time.sleep(0.05)
        yield process
        process.kill()


linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@linux
def test_a_process_that_is_killed_is_told_with_its_meeting(started: subprocess.Popen[str], options: Options):
    os.kill(_workers(started.pid)[0], signal.SIGKILL)
    out, err = started.communicate(timeout=30)
    assert (started.returncode, out) == (ExitCode.FAULT, "")
    assert "the process that built it was ended; the earlier pack is as it was: build again" in err
    assert "Traceback" not in err
    assert content(options.output) == {}


@linux
def test_ctrl_c_ends_every_process_and_leaves_nothing(started: subprocess.Popen[str], options: Options, tmp_path: Path):
    os.killpg(started.pid, signal.SIGINT)
    out, err = started.communicate(timeout=30)
    assert (started.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "boardpack: stopped; what was being built was not put out"
    assert "Traceback" not in err
    assert content(options.output) == {}
    assert list((tmp_path / "tmp").glob("boardpack-*")) == []


@linux
def test_the_processes_end_with_the_one_that_started_them(started: subprocess.Popen[str], options: Options):
    below = _workers(started.pid)
    assert len(below) == 2
    started.kill()
    until = time.monotonic() + 15
    while time.monotonic() < until and any(Path(f"/proc/{each}").exists() for each in below):
        time.sleep(0.05)
    assert not any(Path(f"/proc/{each}").exists() for each in below)
    assert content(options.output) == {}


# --- A cluster ----------------------------------------------------------------------------------------------------


def test_without_the_package_the_command_says_how_to_get_it(
    boardpack: Call, options: Options, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = boardpack("pack", "--papers", options.papers, "--output", options.output, "--cluster", "tcp://127.0.0.1:9")
    assert (done.code, done.out) == (3, "")
    assert done.err == "boardpack: --cluster needs the package distributed: pip install 'boardpack[cluster]'\n"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://"])
def test_an_address_where_nobody_answers_is_told_within_seconds(options: Options, address: str, root: Path):
    places = ["--papers", options.papers, "--output", options.output]
    begun = time.monotonic()
    done = subprocess.run(
        command("pack", *places, "--cluster", address), capture_output=True, text=True, check=False, timeout=40
    )
    assert time.monotonic() - begun < 20
    said = f"boardpack: no cluster answers at {address}; start its scheduler or correct --cluster\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", said)
    assert not options.output.exists()


KILLED = """
import os, signal, sys, time
from pathlib import Path
from distributed import LocalCluster

def main():
    from boardpack import cli
    output, *arguments = sys.argv[1:]
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, scheduler_port=0) as cluster:
        from threading import Thread
        def kill():
            while not list(Path(output).glob("*/*/pack.pdf")):
                time.sleep(0.02)
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
        Thread(target=kill, daemon=True).start()
        code = cli.main([*arguments, "--output", output, "--cluster", cluster.scheduler_address])
    sys.exit(code)

if __name__ == "__main__":
    main()
"""


@pytest.mark.office
def test_a_cluster_gives_the_bytes_of_one_machine_with_a_worker_killed_in_the_middle(tmp_path: Path, root: Path):
    papers = tmp_path / "papers"
    meetings = [write_meeting(papers, 1, seed, pages=(0.5, 1)) for seed in range(3)]
    places = ["--papers", papers, "--templates", ROOT / "templates", "--schemas", SCHEMAS]
    environment = {**os.environ, **surroundings(root), "PYTHONPATH": str(ROOT)}
    (tmp_path / "killed.py").write_text(KILLED, encoding="utf-8")

    def done(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*arguments, *meetings, *places], capture_output=True, text=True, check=False, timeout=90, env=environment
        )

    together = done(sys.executable, tmp_path / "killed.py", tmp_path / "cluster", "pack")
    alone = done(*command("pack"), "--output", tmp_path / "alone")
    assert (together.returncode, alone.returncode) == (0, 0), together.stderr
    assert content(tmp_path / "cluster") == content(tmp_path / "alone")
    assert [path.parent.parent.name for path in sorted((tmp_path / "cluster").glob("*/*/pack.pdf"))] == [
        f"random-board-{seed}" for seed in range(3)
    ]
