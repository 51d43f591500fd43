"""A fault of the program, told in a sentence; where in the program it was goes into a file for those who mend it."""

from __future__ import annotations

import errno
import os
import tempfile
import traceback

from boardpack.diagnostics import ExitCode

SHOW = "BOARDPACK_TRACEBACK"
"""The variable of the environment that has the place in the program printed as well, where it is set."""


def exit_code(fault: Exception) -> ExitCode:
    """What a command ends with: a package that is not installed, and a full disk, are no faults of the program."""
    return ExitCode.MISSING if _package(fault) or _is_full(fault) else ExitCode.FAULT


def told(fault: Exception) -> str:
    """The sentence for a fault that nobody foresaw, with the name of the file that says more."""
    if package := _package(fault):
        remedy = "in a checkout run `.ci/setup` and then `.venv/bin/python build.py`; elsewhere install boardpack again"
        return f"boardpack: the Python package `{package}` is not here; {remedy}"
    if _is_full(fault):
        return "boardpack: a disk is full, or the file that is printed to; free some room and run it again"
    where = "".join(traceback.format_exception(fault))
    shown = where if os.environ.get(SHOW) else ""
    what = traceback.format_exception_only(fault)[-1].strip().rstrip(".")
    sentence = f"boardpack: this is a fault of boardpack, not of the papers ({what}); the earlier output is as it was"
    return f"{shown}{sentence}; {_remedy(where)}"


def _is_full(fault: Exception) -> bool:
    return isinstance(fault, OSError) and fault.errno == errno.ENOSPC


def _package(fault: Exception) -> str:
    """The package of somebody else that is not installed; empty for any other fault."""
    name = (fault.name or "").partition(".")[0] if isinstance(fault, ModuleNotFoundError) else ""
    return "" if name == "boardpack" else name


def _remedy(where: str) -> str:
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="boardpack-fault-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(where)
    except OSError:
        return f"run it again with {SHOW}=1 and report what it prints"
    return f"report it with {file.name}, which says where it was"
