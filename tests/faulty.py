"""`due --build` in processes of its own, each with a fault at another moment, and what lies in the output after each.

    python tests/faulty.py PAPERS OUTPUT ON FAULT

A moment is when the run opens, makes, renames or removes something in the output folder (Python's audit events, PEP
578). FAULT is `kill`, which ends the process there and then, or the name of an error that the system answers with, such
as `ENOSPC`. Nothing is laid out, so that each run takes a moment only.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from boardpack import due, pipeline  # noqa: E402
from boardpack.due import building  # noqa: E402
from boardpack.places import KEPT, Options  # noqa: E402

_CALLS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod"}
_STEPS = {"tempfile.mkdtemp", "shutil.rmtree", "ctypes.dlsym"}
"""What Python tells of besides calls of the system: moments to be killed at, but nothing that a disk answers to."""
_MOST = 400
_really = pipeline.pack


def without_pdf(options: Options, named: Any, **more: Any) -> pipeline.Outcome:
    """Build as the pipeline does, but lay nothing out."""
    return _really(options, named, **{**more, "wanted": replace(more["wanted"], pdf=False)})


def run(papers: Path, output: Path, on: date) -> list[str]:
    """A whole run; its lines."""
    options = Options(papers, output, (ROOT / "templates",), ROOT / "schemas")
    task = building.Task(due.deadlines(options, [], on))
    return [building.line(told) for told in building.build_due(options, task)]


def _moments(output: Path, watched: Collection[str], reached: Callable[[], None]) -> None:
    """Call ``reached`` at each moment at which this process is about to touch the output folder."""
    beneath = os.fspath(output)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in watched:
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        named = (os.fspath(each) for each in arguments[:2] if isinstance(each, str | os.PathLike))
        if arguments[-1] == "renameat2" or any(each.startswith(beneath) for each in named):
            reached()

    sys.addaudithook(hook)


def _child(work: Callable[[], list[str]]) -> tuple[int, list[str]]:
    """Do something in a process of its own: how that ended, and the lines that it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 1
        try:
            told = work()
            os.write(writing, json.dumps(told).encode())
            code = 0
        except Exception as error:  # noqa: BLE001  # told to the parent
            os.write(writing, json.dumps([f"{type(error).__name__}: {error}"]).encode())
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), json.loads(said or b"[]")


def _faulty(papers: Path, output: Path, on: date, fault: str, at: int) -> list[str]:
    count = 0

    def reached() -> None:
        nonlocal count
        count += 1
        if count == at and fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if count == at:
            number = getattr(errno, fault)
            raise OSError(number, os.strerror(number))

    _moments(output, {*_CALLS, *_STEPS} if fault == "kill" else _CALLS, reached)
    return [*run(papers, output, on), *(["reached the end"] if count < at else [])]


def state(output: Path) -> dict[str, str]:
    """Every file and every folder that is put out, with the hash of its content: not what is locked or kept."""
    found = sorted(path for path in output.rglob("*") if path.relative_to(output).parts[0] not in {building.LOCK, KEPT})
    return {
        path.relative_to(output).as_posix(): sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in found
    }


def main() -> None:
    """Build, and say what lies there; then try every moment, and say what was told, what lay there, and both once more.

    Each is a line of JSON.
    """
    papers, output, on = Path(sys.argv[1]), Path(sys.argv[2]), date.fromisoformat(sys.argv[3])
    run(papers, output, on)  # here, so that no process has to import anything again
    sys.stdout.write(f"{json.dumps(state(output))}\n")
    kept = Path(shutil.copytree(output, output.with_name("kept")))
    changed = next(papers.rglob("funding.yaml"))
    old, new = changed.read_bytes(), changed.read_bytes().replace(b"Funding", b"Funds")
    for at in range(1, _MOST):
        changed.write_bytes(new)
        code, told = _child(lambda at=at: _faulty(papers, output, on, sys.argv[4], at))
        after = state(output)
        again = _child(lambda: run(papers, output, on))
        told_of = {"at": at, "code": code, "told": told, "after": after, "again": again, "then": state(output)}
        sys.stdout.write(f"{json.dumps(told_of)}\n")
        changed.write_bytes(old)
        shutil.rmtree(output)
        shutil.copytree(kept, output)
        if "reached the end" in told:
            break


if __name__ == "__main__":
    pipeline.pack = without_pdf
    building.available = lambda: True
    main()
