"""Where a command looks for papers, templates, schemas and output."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack.diagnostics import UsageError

if TYPE_CHECKING:
    from boardpack.places import Options


def options_of(arguments: argparse.Namespace) -> Options:
    """Folders as they were named, else beside build.py or in the current folder, else the program's own."""
    from boardpack.places import Options

    at = home()
    papers = folder("papers", arguments.papers)
    if papers is None:
        raise UsageError(f"there is no papers folder at {at}; go to where it is or name it with --papers")
    schemas = folder("schemas", arguments.schemas) or own("schemas")
    return Options(papers, arguments.output or at / "output", templates_of(arguments), schemas)


def templates_of(arguments: argparse.Namespace) -> tuple[Path, ...]:
    """Where houses are looked for: the folder named or the one at hand, then the program's own."""
    folders = (folder("templates", arguments.templates), own("templates"))
    return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder))


def folder(name: str, named: Path | None) -> Path | None:
    """The folder that was named, which must be there; else the usual one if it is."""
    if named and not named.is_dir():
        raise UsageError(f"there is no folder {named}; name one that is there with --{name}")
    usual = home() / name
    return named or (usual if usual.is_dir() else None)


def own(name: str) -> Path:
    """What the program brings along: in an installed package inside it, in a checkout beside it."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "defaults" / name
    return installed if installed.is_dir() else package.parent / name


def home() -> Path:
    """The folder of build.py where that is what runs, else the current folder."""
    script = Path(sys.argv[0])
    return script.resolve().parent if script.name == "build.py" else Path.cwd()
