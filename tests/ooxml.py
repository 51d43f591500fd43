"""What the Open XML SDK, Microsoft's own reading of the standard, has against Word files.

The program takes one file, in about a second. It prints JSON, and ends with exit code 0 whether the file is
valid or not. `make test` installs it.
"""

import json
import os
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROGRAMS = Path(__file__).parent / "validator" / "node_modules" / "@xarsh"
OFFICE = "Microsoft365"


def errors(paths: Iterable[Path]) -> list[str]:
    """Return one line for each error, in the order of the files; an empty list when all are valid."""
    program = _program()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [line for lines in pool.map(lambda path: _errors_of(program, path), paths) for line in lines]


def _program() -> Path:
    found = sorted(PROGRAMS.glob("ooxml-validator-*/ooxml-validator*"))
    if not found:
        raise FileNotFoundError("the validator of Word files is not installed: run `.ci/setup test`")
    return found[0]


def _errors_of(program: Path, path: Path) -> list[str]:
    run = subprocess.run([program, path, OFFICE], capture_output=True, check=True, timeout=120)
    found = json.loads(run.stdout)["errors"]
    return [f"{path.name}{_place(error)}: {error['description']} [{_kind(error)}]" for error in found]


def _place(error: dict[str, str | None]) -> str:
    return f"{error['path'] or ''}{error['xPath'] or ''}"


def _kind(error: dict[str, str | None]) -> str:
    return error["id"] or error["errorType"] or "unknown"
