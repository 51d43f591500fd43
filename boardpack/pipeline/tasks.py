"""One meeting's pack as a task for a process elsewhere: on this machine, on one that shares its folders, or on neither.

For the last the papers of a board, the templates and the schemas go along as one archive, and the finished files come
back. What a worker tells names the files of this machine, not those of its own copy.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from boardpack.diagnostics import BoardpackError, Finding, MissingError, Source
from boardpack.pipeline import Outcome, Wanted, pack, workers
from boardpack.pipeline.current import program
from boardpack.places import Options

_LEVEL = 1
"""How hard an archive is pressed: most of it are Word and PDF files, which are pressed already."""


@dataclass(frozen=True, slots=True)
class Request:
    """How packs are to be built: as :func:`boardpack.pipeline.pack` takes it."""

    today: date
    wanted: Wanted
    strict: bool


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a worker needs that has nothing but boardpack: the archive, and which boardpack it must be."""

    archive: bytes
    program: str


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a worker gave back: what there is to tell, and the files by their folder in the output."""

    outcome: Outcome
    files: Mapping[str, Mapping[str, bytes]]


def here(options: Options, folder: Path, request: Request) -> Outcome:
    """Build one meeting in the folders that are named."""
    today, wanted, strict = request.today, request.wanted, request.strict
    return pack(options, [str(folder)], today=today, wanted=wanted, strict=strict, office=workers.office)


def parcel(options: Options, board: str) -> Parcel:
    """The papers of a board, the templates and the schemas, as one archive to send.

    Raises:
        MissingError: where one of the files cannot be read.
    """
    data = io.BytesIO()
    try:
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL, strict_timestamps=False) as archive:
            for name, path in _entries(options, board):
                archive.write(path, name)
    except OSError as error:
        raise MissingError(
            f"{error.filename} cannot be read ({error.strerror}); ask for the right to read it"
        ) from error
    return Parcel(data.getvalue(), program())


def _entries(options: Options, board: str) -> Iterator[tuple[str, Path]]:
    for each in sorted((options.papers / board).iterdir()):  # a meeting's folder may be a link
        for path in sorted(each.rglob("*")) if each.is_dir() else [each]:
            if path.is_file():
                yield f"papers/{path.relative_to(options.papers).as_posix()}", path
    for at, folder in enumerate(options.templates):  # an empty folder counts: which houses there are is told of
        for path in sorted((*folder.glob("*/"), *folder.rglob("*.docx"))):
            yield f"templates/{at}/{path.relative_to(folder).as_posix()}", path
    for path in sorted(options.schemas.glob("*.json")):
        yield f"schemas/{path.name}", path


def elsewhere(options: Options, name: str, request: Request, sent: Parcel) -> Shipped:
    """Build one meeting, such as ``board/2010-03-11``, on a machine that has boardpack and LibreOffice alone."""
    if program() != sent.program:
        raise MissingError(
            "a worker of the cluster has another boardpack, or other versions of its libraries, and could build other "
            "bytes; install the same on all (the wheel with requirements.lock)"
        )
    with tempfile.TemporaryDirectory(prefix="boardpack-task-") as folder:
        home = Path(folder).resolve()
        with zipfile.ZipFile(io.BytesIO(sent.archive)) as archive:
            archive.extractall(home)
        templates = tuple(home / "templates" / str(at) for at in range(len(options.templates)))
        there = Options(home / "papers", home / "output", templates, home / "schemas")
        for each in (there.papers, there.schemas, *templates):
            each.mkdir(parents=True, exist_ok=True)
        return _built(_Way(there, options), there.papers / name, request)


def _built(way: _Way, folder: Path, request: Request) -> Shipped:
    try:
        outcome = here(way.there, folder, request)
    except BoardpackError as error:
        raise type(error)(way.said(str(error))) from None
    output = way.there.output
    files = {each.folder.relative_to(output).as_posix(): _content(each.folder) for each in outcome.built}
    built = [replace(each, path=way.home(each.path)) for each in outcome.built]
    return Shipped(replace(outcome, built=built, findings=way.findings(outcome.findings)), files)


@dataclass(frozen=True)
class _Way:
    """From the folders of a worker's copy to those that they were copied from."""

    there: Options
    back: Options

    def _pairs(self) -> list[tuple[Path, Path]]:
        there, back = self.there, self.back
        plain = [(there.papers, back.papers), (there.output, back.output), (there.schemas, back.schemas)]
        return [*plain, *zip(there.templates, back.templates, strict=True)]

    def home(self, path: Path) -> Path:
        """The same file where it was copied from."""
        pair = next(((far, near) for far, near in self._pairs() if path.is_relative_to(far)), None)
        return pair[1] / path.relative_to(pair[0]) if pair else path

    def said(self, text: str) -> str:
        """A sentence with the names of the files where they were copied from."""
        for far, near in self._pairs():
            text = text.replace(str(far), str(near))
        return text

    def findings(self, found: Sequence[Finding]) -> list[Finding]:
        """Findings at their places in the files that were copied."""
        sources: dict[Path, Source] = {}
        moved = []
        for each in found:
            if each.place:
                old = each.place.source
                new = sources.setdefault(old.path, Source(self.home(old.path), old.text))
                each = replace(each, place=replace(each.place, source=new))  # noqa: PLW2901
            moved.append(each)
        return moved


def _content(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
