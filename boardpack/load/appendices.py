"""The appendices of a paper, with their files found and looked into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from boardpack.diagnostics import Finding, Severity
from boardpack.load.fields import Fields
from boardpack.load.files import PICTURE_SUFFIXES, check_picture, find_file
from boardpack.load.withheld import exempt
from boardpack.model.paper import Appendix
from boardpack.model.text import Text


def build_appendices(fields: Fields, files: list[Path], found: list[Finding]) -> Iterator[Appendix]:
    """The appendices that a paper lists; the files that print are added to ``files``."""
    folder = fields.source.path.parent
    for appendix in fields.mappings("appendices"):
        named, at = appendix.string("file"), appendix.place("file")
        to_follow = named == "to follow"
        path = find_file(folder, named, at, found) if named and at and not to_follow else None
        if path is not None and at and path.suffix.lower() in PICTURE_SUFFIXES:
            files.append(path)
            check_picture(path, at, found)
        elif path is not None:
            files.append(path)
            message = f"the file of the appendix `{named}` is not printed yet; the paper only lists it"
            found.append(Finding("not-built", Severity.WARNING, at, message, "send it out beside the pack"))
        title = appendix.text("title") or Text("", appendix.at)
        below = appendix.string("paper")
        yield Appendix(appendix.string("id"), title, path, below, to_follow, appendix.at, exempt(appendix))
