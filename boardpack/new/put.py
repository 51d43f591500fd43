"""Files put where there was none: nothing that somebody wrote is ever written over."""

from __future__ import annotations

import os
from pathlib import Path

from boardpack.diagnostics import UsageError
from boardpack.places import Options


def put_new(path: Path, content: str | bytes) -> Path:
    """Write a file that is not there yet, with the folders above it; return its path.

    Raises:
        UsageError: where there is such a file already, or it cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        help = "open that one, or choose another name"
        raise UsageError(f"{path} is there already; nothing was written; {help}") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); nothing was written") from error
    return path


def refuse_existing(path: Path) -> None:
    """Stop before any work is done for a file that is there already."""
    if path.exists():
        raise UsageError(f"{path} is there already; nothing was written; open that one, or choose another name")


def schema_line(kind: str, folder: Path, options: Options) -> str:
    """The line that tells an editor by which schema a file in this folder is checked; empty where none is near.

    A path that leads out of the house's own folders would be right on one machine only.
    """
    if options.schemas.resolve().parent != options.papers.resolve().parent:
        return ""
    way = Path(os.path.relpath(options.schemas.resolve(), folder.resolve())).as_posix()
    return f"# yaml-language-server: $schema={way}/{kind}.schema.json"
