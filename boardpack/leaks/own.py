"""The program's own words: what a public file may say although no paper says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_ROOMS = (
    *("render", "word", "number", "model", "charts", "manifest", "layout", "pdf", "html", "web", "publish"),
    *("load", "ics", "due", "staging", "markdown"),
)
# Each way begins with a sign of its own, so that the search leaps from one of these signs to the next.
_LITERAL = re.compile(
    "|".join(
        (
            r"\#[^\n]*",  # a comment
            r'\n[ \t]*r?""".*?"""',  # a docstring: it begins its line
            r'"""(.*?)"""',
            r'"((?:[^"\\\n]|\\.)*)"',
            r"'((?:[^'\\\n]|\\.)*)'",
        )
    ),
    re.DOTALL,
)
_GAP = re.compile(r"\{[^{}]*\}")
_STOCK = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "January February March April May June July August September October November December",
    "first second third fourth fifth sixth seventh eighth ninth tenth",
    "LibreOffice Writer",
    "Matplotlib version matplotlib.org",
)


@cache
def program_words() -> frozenset[str]:
    """Every text in the program's own source that can come to stand in a file, piece by piece; docstrings are none.

    The pieces of a text with gaps come apart.
    """
    found = set(_STOCK)
    for room in _ROOMS:
        for source in _sources(files("boardpack"), room):
            text = source.read_text(encoding="utf-8")
            found.update(_literals(text) if source.name.endswith(".py") else (text,))
    return frozenset(found)


def _sources(package: Traversable, room: str) -> Iterator[Traversable]:
    module = package.joinpath(f"{room}.py")
    if module.is_file():
        yield module
    folder = package.joinpath(room)
    if folder.is_dir():
        yield from _below(folder)


def _below(folder: Traversable) -> Iterator[Traversable]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _below(each)
        elif each.name.endswith((".py", ".js", ".css", ".html", ".svg")):
            yield each


def _literals(source: str) -> Iterator[str]:
    """The string literals of Python source, by their looks alone: to compile it all would take ten times as long."""
    for match in _LITERAL.finditer(f"\n{source}"):
        for literal in match.groups():
            if literal:
                yield from _GAP.split(literal)
