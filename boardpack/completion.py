"""What a shell needs to complete commands, options and paths, made from the parser itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import shtab

SHELLS = ("bash", "zsh", "tcsh")
_FILES = frozenset(("path", "meeting", "board", "paper", "report"))
_FOLDERS = frozenset(("papers", "templates", "schemas", "output"))


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """The completion script of a shell."""
    for action in _actions(parser):
        if action.dest in _FILES | _FOLDERS and action.choices is None:
            complete = shtab.FILE if action.dest in _FILES else shtab.DIRECTORY
            setattr(action, "complete", complete)  # noqa: B010  # shtab's own way, which argparse does not know
    return shtab.complete(parser, shell=shell)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001  # argparse has no other way to what was added
        yield action
        choices = action.choices
        for below in choices.values() if isinstance(choices, dict) else ():
            if isinstance(below, argparse.ArgumentParser):
                yield from _actions(below)
