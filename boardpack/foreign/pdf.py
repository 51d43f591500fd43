"""PDF files of others: looked into before they are used, drawn page by page, and kept as what their pages show.

Whatever reads such a file does so in a process of its own (:mod:`boardpack.foreign.pdf_worker`), with limits on time
and memory: a page that never ends to draw, or one that brings the reader down, becomes a fault of that file.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import file_digest
from pathlib import Path
from typing import Any

import boardpack
from boardpack.diagnostics import BoardpackError, ExitCode
from boardpack.foreign import Fault
from boardpack.foreign.kinds import Kind, check

SECONDS = 60.0
"""How long one page may take, or the whole file to open; a page of text takes a hundredth of a second."""
SECONDS_IN_ALL = 600.0
"""How long one file may take with all of its pages."""


_KEPT_PAGES, _KEPT_BYTES = 100, 10 * 1024 * 1024
"""What is drawn of a file no larger than this is kept for a second time."""


class _FaultError(Exception):
    """What is the matter with a file that cannot be drawn."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _LateError(_FaultError):
    """A file took too long. Raised and not returned, so that no cache keeps it: the machine may just have been busy."""


class UndrawnError(BoardpackError):
    """A file that could be read a moment ago cannot be drawn now."""

    exit_code = ExitCode.FINDINGS


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is read, turned upright: its size in points without blank edges, and the first words on it.

    ``vector`` says whether it can go into another PDF as it is, and not only as a picture. ``trim`` is what is cut off
    left, above, right and below, each as a share of the page's width or height.
    """

    width: float
    height: float
    words: str
    vector: bool
    trim: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file holds: its pages, or none where a fault keeps it from being printed."""

    sheets: tuple[Sheet, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file drawn: a picture of every page, and a PDF that holds what the pages show and nothing else.

    Each page of ``vectors`` draws one form, ``/P``, whose matrix maps the page to the unit square.
    """

    pictures: tuple[bytes, ...]
    vectors: bytes


@dataclass(frozen=True, slots=True)
class _File:
    """A file, known by its content wherever it lies: an edition is built from a copy of the papers."""

    digest: str
    path: Path = field(compare=False)


def look(path: Path) -> Seen:
    """What a PDF holds and what is wrong with it; found out once for the same content, if that comes to an end."""
    if fault := check(path, Kind.PDF):
        return Seen((), (fault,))
    try:
        return _seen(_file(path))
    except _LateError as late:
        return Seen((), (late.fault,))


def _file(path: Path) -> _File:
    with path.open("rb") as file:
        return _File(file_digest(file, "sha256").hexdigest(), path)


@lru_cache(maxsize=64)
def _seen(file: _File) -> Seen:
    told = _told("look", file.path, "")
    faults = tuple(Fault(*each) for each in told["faults"])
    return Seen(tuple(Sheet(**{**each, "trim": tuple(each["trim"])}) for each in told["sheets"]), faults)


def draw(path: Path, sizes: Sequence[tuple[int, int]]) -> Drawn:
    """Draw every page, less its trim, in a picture of this size in pixels.

    Raises:
        UndrawnError: if that fails, which :func:`look` has found out before in all but a machine's bad moments.
    """
    small = len(sizes) <= _KEPT_PAGES and path.stat().st_size <= _KEPT_BYTES
    return (_kept if small else _drawn)(_file(path), tuple(sizes))


def _drawn(file: _File, sizes: tuple[tuple[int, int], ...]) -> Drawn:
    with tempfile.TemporaryDirectory(prefix="boardpack-pdf-") as folder, _undrawn(file.path):
        trims = [sheet.trim for sheet in _seen(file).sheets]
        told = _told("draw", file.path, json.dumps({"folder": folder, "sizes": sizes, "trims": trims}))
        for each in told["faults"]:
            raise _FaultError(Fault(*each))
        pictures = tuple((Path(folder) / name).read_bytes() for name in told["pictures"])
        return Drawn(pictures, (Path(folder) / told["vectors"]).read_bytes())


_kept = lru_cache(maxsize=16)(_drawn)
"""For the other edition of the same pack, and for a preview that builds again and again."""


@contextlib.contextmanager
def _undrawn(path: Path) -> Iterator[None]:
    try:
        yield
    except _FaultError as error:
        fault = error.fault
        raise UndrawnError(f"{path.name} {fault.message} ({fault.code}); {fault.help}") from None


def clean(path: Path) -> bytes:
    """A file that :func:`look` has nothing against, as a PDF with what its pages show and nothing else.

    Raises:
        UndrawnError: as :func:`draw` does.
    """
    with tempfile.TemporaryDirectory(prefix="boardpack-pdf-") as folder, _undrawn(path):
        told = _told("copy", path, json.dumps({"folder": folder}))
        for each in told["faults"]:
            raise _FaultError(Fault(*each))
        return Path(folder, told["copy"]).read_bytes()


def _told(verb: str, path: Path, request: str) -> dict[str, Any]:
    """What the process says that reads the file; its last step where it broke down.

    Raises:
        _LateError: if it took too long.
    """
    watch = _Watch()
    step = {"doing": "opening it", "page": 0}
    for said in _lines(verb, path, request, watch):
        if "faults" in said:
            return said
        step = said
    where = f"on page {step['page']} " if step["page"] else ""
    says = "takes too long" if watch.is_late else "does not end well"
    help = "open it in a PDF reader and print it to a new PDF"
    fault = ("damaged-file", f"cannot be drawn: {step['doing']} {where}{says}", help)
    if watch.is_late:
        raise _LateError(Fault(*fault))
    return {"faults": [fault], "sheets": []}


class _Watch:
    """Ends a process that takes longer than :data:`SECONDS` for a step, or than :data:`SECONDS_IN_ALL`."""

    def __init__(self) -> None:
        self.is_late = False
        self._end = time.monotonic() + SECONDS_IN_ALL
        self._timer: threading.Timer | None = None

    def begin(self, process: subprocess.Popen[str]) -> None:
        """A step begins."""
        self._timer = threading.Timer(max(0, min(SECONDS, self._end - time.monotonic())), self._stop, (process,))
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        """The step has ended."""
        if self._timer:
            self._timer.cancel()

    def _stop(self, process: subprocess.Popen[str]) -> None:
        self.is_late = True
        process.kill()


def _lines(verb: str, path: Path, request: str, watch: _Watch) -> Iterator[dict[str, Any]]:
    """The lines of JSON that the process writes; it is ended when ``watch`` says so."""
    with tempfile.TemporaryDirectory(prefix="boardpack-home-") as home:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "boardpack.foreign.pdf_worker", verb, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(home),
            text=True,
            encoding="utf-8",
        )
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018  # both are pipes
        watch.begin(process)
        try:
            with contextlib.suppress(BrokenPipeError), process.stdin:  # it has ended, and its last line tells at what
                process.stdin.write(request)
            with process.stdout:
                for line in process.stdout:
                    watch.end()
                    if not line.endswith("\n"):  # it was ended while it wrote
                        return
                    yield json.loads(line)
                    watch.begin(process)
        finally:
            watch.end()
            process.kill()
            process.wait()


def _environment(home: str) -> dict[str, str]:
    """What the process may know of the world: where programs and temporary files are, and how Python starts."""
    # A Python that was built as a shared library may not start without LD_LIBRARY_PATH.
    kept = ("PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH")
    known = {name: os.environ[name] for name in kept if name in os.environ}
    return {**known, **_import_path(), "HOME": home, "LC_ALL": "C.UTF-8"}


def _import_path() -> dict[str, str]:
    """Where the process finds this package, if not where its Python looks of itself: in a checkout, or for a user."""
    place = Path(boardpack.__file__).resolve().parents[1]
    if place in {Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib")}:
        return {}
    return {"PYTHONPATH": os.pathsep.join((str(place), *filter(None, sys.path)))}
