"""The appendices of a paper, with their files found and looked into.

What is looked for in a file depends on its kind: :data:`_CHECKS` has a function for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from boardpack.diagnostics import Finding, Place, finding
from boardpack.load.fields import Fields
from boardpack.load.files import PICTURE_SUFFIXES, check_picture, find_file
from boardpack.load.sheets import read_sheets
from boardpack.load.withheld import exempt, ground, withheld
from boardpack.model.paper import Appendix
from boardpack.model.sentences import listed
from boardpack.model.sheet import PrintedSheet
from boardpack.model.text import Text


def build_appendices(fields: Fields, files: list[Path], found: list[Finding]) -> Iterator[Appendix]:
    """The appendices that a paper lists; the files that print are added to ``files``."""
    folder = fields.source.path.parent
    for appendix in fields.mappings("appendices"):
        named, at = appendix.string("file"), appendix.place("file")
        to_follow = named == "to follow"
        path = find_file(folder, named, at, found) if named and at and not to_follow else None
        sheets: tuple[PrintedSheet, ...] = ()
        if path is not None and at:
            files.append(path)
            if path.suffix.lower() in _SHEETS:
                sheets = read_sheets(path, at, found)
            else:
                _CHECKS.get(path.suffix.lower(), _unprinted)(path, at, found)
        title = appendix.text("title") or Text("", appendix.at)
        yield Appendix(
            appendix.string("id"),
            title,
            path,
            appendix.string("paper"),
            to_follow,
            appendix.at,
            exempt=exempt(appendix),
            ground=ground(appendix),
            stated=withheld(appendix),
            withheld=withheld(appendix),
            public_title=appendix.text("public_title"),
            sheets=sheets,
        )


def find_document(folder: Path, named: str, at: Place, found: list[Finding]) -> Path | None:
    """The PDF or Word document of this name, looked into; ``None``, with a finding, where there is none to print."""
    path = find_file(folder, named, at, found)
    if path is None:
        return None
    if path.suffix.lower() not in DOCUMENTS:
        message = f"`{path.name}` is neither a PDF nor a Word document"
        found.append(finding("wrong-kind", at, message, "save it as PDF"))
        return None
    _CHECKS[path.suffix.lower()](path, at, found)
    return path


def _unprinted(path: Path, at: Place, found: list[Finding]) -> None:
    help = f"save it as PDF; what prints are files with names in {listed(sorted({*_CHECKS, *_SHEETS}))}"
    found.append(finding("wrong-kind", at, f"`{path.name}` is of a kind that does not print", help))


def _pdf(path: Path, at: Place, found: list[Finding]) -> None:
    from boardpack.foreign import pdf

    faults = pdf.look(path).faults
    found.extend(finding(each.code, at, f"`{path.name}` {each.message}", each.help) for each in faults)


def _word(path: Path, at: Place, found: list[Finding]) -> None:
    from boardpack.foreign import word

    found.extend(finding(each.code, at, f"`{path.name}` {each.message}", each.help) for each in word.look(path))


_CHECKS: Mapping[str, Callable[[Path, Place, list[Finding]], None]] = {
    **dict.fromkeys(PICTURE_SUFFIXES, check_picture),
    ".docx": _word,
    ".pdf": _pdf,
}
"""What finds the faults of an appendix's file, by the suffix of its name: a row for each kind that prints."""

DOCUMENTS = frozenset((".docx", ".pdf"))
"""Kinds that can stand by themselves."""
_SHEETS = frozenset((".csv", ".xlsx"))
"""Kinds of which the values of the cells print, which are read with the paper."""
