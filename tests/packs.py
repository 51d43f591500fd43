"""Packs built by the real command line, each once however many processes test it."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from endings import write_endings
from own_house import write_own_house
from random_meeting import write_meeting
from reading import ROOT
from wordfile import WordFile

from boardpack.places import KEPT


@dataclass(frozen=True)
class Run:
    """A command that has ended."""

    code: int
    out: str
    err: str


Call = Callable[..., Run]
"""The command line within this process, with the templates and schemas of the repository unless others are named."""


def command(*arguments: str | Path) -> list[str | Path]:
    """``python build.py …``."""
    return [sys.executable, ROOT / "build.py", *arguments]


def run(*arguments: str | Path, environment: Mapping[str, str]) -> Run:
    """Run the command line as a person does."""
    done = subprocess.run(
        command(*arguments), capture_output=True, text=True, check=False, timeout=150, env={**os.environ, **environment}
    )
    return Run(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Pack:
    """What was built from the papers of a meeting, and what was said meanwhile."""

    papers: Path
    folder: Path
    said: Run

    @property
    def name(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def meeting(self) -> Path:
        return self.papers / self.name

    @property
    def pdf(self) -> Path:
        return self.folder / "pack.pdf"

    def word(self, name: str = "pack.docx") -> WordFile:
        return WordFile((self.folder / name).read_bytes())

    def word_files(self) -> list[Path]:
        return sorted(self.folder.rglob("*.docx"))

    def board(self) -> dict[str, Any]:
        return read_yaml(self.meeting.parent / "board.yaml")

    def agenda(self) -> dict[str, Any]:
        return read_yaml(self.meeting / "meeting.yaml")

    def arguments(self) -> list[str | Path]:
        """What names these papers, and their templates where they have their own."""
        templates = self.papers.parent / "templates"
        named: list[str | Path] = [self.name, "--papers", self.papers]
        return [*named, "--templates", templates] if templates.is_dir() else named


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, but for what builds keep for the next one."""
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {name.as_posix(): path.read_bytes() for name, path in files.items() if name.parts[0] != KEPT}


def read_yaml(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


MAKERS: Mapping[str, Callable[[Path], Path]] = {
    "sample": lambda papers: ROOT / "papers" / "safer-essex" / "2010-03-11",
    "random": lambda papers: write_meeting(papers, 6, 11, pages=(0.5, 5)),
    "hostile": lambda papers: write_meeting(papers, 6, 12, hostile=True, pages=(0.5, 5)),
    "own": write_own_house,
    "endings": write_endings,
}
"""Each writes a meeting into a papers folder, if it is not there, and says where it lies."""


def pack(name: str, root: Path) -> Pack:
    """The pack of this name, built by whichever process asks for it first; the others wait."""
    folder = root / name
    folder.mkdir(exist_ok=True)
    with _locked(folder):
        told = folder / "told"
        if not told.exists():
            meeting = MAKERS[name](folder / "papers")
            output = folder / "output" / meeting.parent.name / meeting.name
            unbuilt = Pack(meeting.parents[1], output, Run(-1, "", ""))
            built = run("pack", *unbuilt.arguments(), "--output", folder / "output", environment=surroundings(root))
            told.write_text(f"{unbuilt.papers}\0{output}\0{built.code}\0{built.out}\0{built.err}", encoding="utf-8")
        papers, output_folder, code, out, err = told.read_text(encoding="utf-8").split("\0")
    return Pack(Path(papers), Path(output_folder), Run(int(code), out, err))


def surroundings(root: Path) -> dict[str, str]:
    """Environment variables that keep what a build leaves behind away from whoever runs the tests."""
    return {"XDG_CACHE_HOME": str(root / "cache")}


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with folder.with_suffix(".lock").open("w", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
