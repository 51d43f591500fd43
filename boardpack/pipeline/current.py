"""Whether the pack that lies in the output is the one that a build would give: then there is nothing to build.

A build's fingerprint stands in its manifest: one hash over everything that it depends on. It is worked out from files
and names alone, before a paper is read or LibreOffice is started; what was put out is read again and held against its
hashes, so that a file that somebody has changed or taken away is built anew.

A board's files count as one: a meeting prints minutes, papers and pictures of the others, and only a reading of them
all would tell which.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from boardpack import fonts, office
from boardpack.places import Options

MANIFEST = "manifest.json"
_LIBRARIES = (
    "docxtpl", "fonttools", "holidays", "jinja2", "jsonschema-rs", "lxml", "markdown", "matplotlib", "openpyxl",
    "pikepdf", "pillow", "pypdfium2", "python-docx", "pyyaml",
)  # fmt: skip
"""Libraries whose version a page, a byte or a finding may depend on."""
_LOCKS = ("~$", ".~")
"""How the names of files begin that Word and LibreOffice leave beside one that is open."""


@dataclass(frozen=True, slots=True)
class Current:
    """A pack that is as a build would make it: its Word file, its pages, how many findings it was built with."""

    path: Path
    pages: int
    findings: int


def fingerprints(meetings: Iterable[Path], options: Options, asked: str) -> dict[Path, str]:
    """For each meeting's folder the hash of everything that its pack depends on. ``asked`` says how it is built.

    That is: all files of its board, the templates, the schemas, this program and its libraries, LibreOffice. The dates
    of files count for nothing, nor does the place of the folders.
    """
    meetings = list(meetings)
    boards = {board: _hash(_board(board)) for board in dict.fromkeys(each.parent for each in meetings)}
    tools = _hash(_tools(options)) if meetings else b""

    def of(folder: Path) -> str:
        name = f"{folder.parent.name}/{folder.name}"
        return _hash([(asked, os.fsencode(name)), ("board", boards[folder.parent]), ("tools", tools)]).hex()

    return {folder: of(folder) for folder in meetings}


def unchanged(before: Mapping[Path, str], options: Options, asked: str) -> Callable[[Path], str]:
    """What gives a meeting's fingerprint when its pack is ready: empty where a file has changed since ``before``.

    A pack that was made of one state of the papers in one place and of another in the next is nobody's pack to keep.
    """

    def now(folder: Path) -> str:
        was = before.get(folder, "")
        return was if was and fingerprints([folder], options, asked)[folder] == was else ""

    return now


def program() -> str:
    """The hash of this program's own source and of its libraries' versions, as this process uses them."""
    return _program().hex()


def _hash(entries: Iterable[tuple[str, bytes]]) -> bytes:
    total = sha256()
    for name, data in entries:
        total.update(b"%d %d " % (len(label := os.fsencode(name)), len(data)))
        total.update(label + data)
    return total.digest()


def _board(board: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a board with its hash; a meeting's folder may be a link, as it may for who reads the papers."""
    names = _sorted(board.glob("*"), board)
    for name, path in names.items():
        if path.is_dir():
            files = _sorted((each for each in path.rglob("*") if each.is_file()), path)
            yield from ((f"{name}/{below}", _digest(file)) for below, file in files.items())
        elif path.is_file():
            yield name, _digest(path)


def _tools(options: Options) -> Iterator[tuple[str, bytes]]:
    for at, folder in enumerate(options.templates):
        for name, path in _sorted((*folder.glob("*/"), *folder.glob("*/*.docx")), folder).items():
            yield f"templates/{at}/{name}", _digest(path) if path.is_file() else b"folder"
    for name, path in _sorted(options.schemas.glob("*.json"), options.schemas).items():
        yield f"schemas/{name}", _digest(path)
    yield "program", _program()
    soffice = office.program() if office.available() else None
    yield "layout", (office.version(soffice) if soffice else "none").encode()


def _sorted(paths: Iterable[Path], root: Path) -> dict[str, Path]:
    """Paths by their names from a folder on, in an order that is the same everywhere, without locks of open files."""
    named = {path.relative_to(root).as_posix(): path for path in paths if not path.name.startswith(_LOCKS)}
    return dict(sorted(named.items()))


def _digest(path: Path) -> bytes:
    """The hash of a file's content; of one that cannot be read its fault, which the build will tell of."""
    try:
        return sha256(path.read_bytes()).digest()
    except OSError as error:
        return f"unreadable {error.errno}".encode()


@cache
def _program() -> bytes:
    package = Path(__file__).resolve().parents[1]
    source = ((name, _digest(path)) for name, path in _sorted(package.rglob("*.py"), package).items())
    return _hash([*source, *((name, each.encode()) for name, each in _versions())])


def _versions() -> Iterator[tuple[str, str]]:
    """The libraries' versions, by the names of the folders that say them (PyPA, recording installed projects).

    ``importlib.metadata`` would read each folder, and takes longer to import than all else here together.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            entries = [entry.name for entry in Path(place).iterdir()]
        except OSError:  # a zip file, or a folder that is not there
            continue
        for entry in entries:
            if match := re.fullmatch(r"([A-Za-z0-9._-]+?)-([^-]+)(?:-.*)?\.(?:dist|egg)-info", entry):
                found.setdefault(re.sub(r"[-_.]+", "-", match[1]).lower(), match[2])
    return ((name, found.get(name, "none")) for name in _LIBRARIES)


def current(folder: Path, whole: str, now: str) -> Current | None:
    """The pack in a folder, if its fingerprint is this one and all its files are as they were put out.

    ``whole`` is the name of its Word file.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        if not now or manifest["fingerprint"] != now or not _is_whole(folder, manifest["outputs"]):
            return None
        if not _same_fonts(manifest["versions"]):
            return None
        return Current(folder / whole, manifest["pages"], len(manifest["findings"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_whole(folder: Path, outputs: Mapping[str, str]) -> bool:
    """Whether every file is there with its hash, and none beside it."""
    public = folder / "public" / MANIFEST
    known = {MANIFEST, *outputs}
    if public.is_file():
        below = json.loads(public.read_bytes())["outputs"]
        known |= {f"public/{name}" for name in (MANIFEST, *below)}
        outputs = {**outputs, **{f"public/{name}": digest for name, digest in below.items()}}
    there = set(_sorted((path for path in folder.rglob("*") if path.is_file()), folder))
    return there == known and all(_digest(folder / name).hex() == outputs[name] for name in outputs)


def _same_fonts(versions: Mapping[str, str]) -> bool:
    """Whether the same fonts would stand for those that were asked for."""
    then = {name.removeprefix("font "): found for name, found in versions.items() if name.startswith("font ")}
    return {font.name: f"{font.family} {font.version}" for font in fonts.match(then)} == then
