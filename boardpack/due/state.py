"""Why the pack in the output folder is not the one that today's papers give, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from boardpack.load import published
from boardpack.model.sentences import listed
from boardpack.pipeline.current import MANIFEST
from boardpack.places import Options


def why_stale(folder: Path, options: Options) -> str:
    """What was found in the folder of a pack or a supplement before it was built anew.

    By content alone, never by the time of a file.

    Whether it is to be built is for :mod:`boardpack.pipeline.current` to say, which knows more than a manifest tells.
    """
    if not folder.is_dir():
        return "it had not been built"
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        made_of, made = dict(manifest["inputs"]), dict(manifest["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"its {MANIFEST} could not be read"
    return "; ".join(_reasons(folder, options, made_of, made)) or _OTHER


def away(folder: Path, options: Options) -> list[str]:
    """The folders of a meeting's published pack and supplements that do not lie in the output as they were built."""
    record = published.read_published(folder, [])
    count = len(record.issues) if record else 0
    names = [folder.name, *(f"{folder.name}-supplement-{number}" for number in range(1, count))][:count]
    return [name for name in names if not _lies_whole(options.output / folder.parent.name / name)]


def _lies_whole(folder: Path) -> bool:
    try:
        made = dict(json.loads((folder / MANIFEST).read_bytes())["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(made) and all(_hash(folder / name) == then for name, then in made.items())


_OTHER = "boardpack, LibreOffice, the fonts or another meeting of the board had changed"


def _reasons(folder: Path, options: Options, made_of: Mapping[str, str], made: Mapping[str, str]) -> Iterator[str]:
    if changed := [name for name, then in made_of.items() if _hash(_input(name, options)) != then]:
        yield f"changed since: {_few(changed)}"
    now = {name: _hash(folder / name) for name in made}
    if gone := [name for name, found in now.items() if not found]:
        yield f"gone from the output: {_few(gone)}"
    if edited := [name for name, found in now.items() if found and found != made[name]]:
        yield f"changed by hand, and gone now: {_few(edited)}"


def _input(name: str, options: Options) -> Path:
    """The file that a manifest calls `papers/…` or `templates/…`."""
    kind, _, below = name.partition("/")
    if kind == "papers":
        return options.papers / below
    places = [folder / below for folder in options.templates]
    return next((path for path in places if path.is_file()), places[0])


def _hash(path: Path) -> str:
    """The hash of a file; empty where it is not there."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _few(names: Sequence[str]) -> str:
    """The first three of some names, and how many more there are."""
    more = len(names) - 3
    return listed([*names[:3], *([f"{more} more"] if more > 0 else [])])
