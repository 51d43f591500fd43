"""Papers in a few lines of YAML, numbered and rendered as the program does it, and read back; no LibreOffice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reading import ROOT, checked, write
from wordfile import WordFile

from boardpack import number, render, report
from boardpack.diagnostics import has_errors
from boardpack.model.numbered import NumberedMeeting

DEFAULT = ROOT / "templates" / "default"
DATE = "date: 2010-03-11\nstarts: 9:30\n"


@dataclass(frozen=True)
class Printed:
    """The Word files of a meeting, and the pages that they were told."""

    numbered: NumberedMeeting
    pack: WordFile
    agenda: WordFile
    reports: Mapping[str, WordFile]
    pages: Mapping[str, int]

    @property
    def report(self) -> WordFile:
        """The one report of a meeting with one paper."""
        (only,) = self.reports.values()
        return only

    def files(self) -> list[WordFile]:
        return [self.pack, self.agenda, *self.reports.values()]


@cache
def templates(*folders: Path) -> render.Templates:
    return render.templates((*folders, DEFAULT))


def numbered(folder: Path, **contents: str | bytes) -> NumberedMeeting:
    """The meeting that these files hold, which must be without errors."""
    _, assembled, found = checked(write(folder, **contents))
    assert not has_errors(found), report.render(found, folder=folder)
    (meeting,) = assembled.meetings
    return number.number(meeting)


def printed(folder: Path, *, pages: Mapping[str, int] | None = None, **contents: str | bytes) -> Printed:
    """The Word files of a meeting. Without ``pages`` the papers begin on page 10, 20, … and have two pages each."""
    return rendered(numbered(folder, **contents), pages=pages)


def rendered(
    meeting: NumberedMeeting, *, pages: Mapping[str, int] | None = None, folders: tuple[Path, ...] = ()
) -> Printed:
    made = render.render(meeting, templates(*folders))
    if pages is None:
        parts = ((name, re.match(r"p([0-9]+)", name)) for name in made.pack.bookmarks())
        pages = {name: 10 * int(match[1]) for name, match in parts if match}
        pages |= {paper.end: pages[paper.end] + 1 for paper in meeting.papers.values()}
    files = {name: WordFile(document.write(pages)) for name, document in made.files().items()}
    return Printed(meeting, files.pop("pack.docx"), files.pop("agenda.docx"), files, pages)


def agenda(lines: str, more: str = "") -> str:
    """A meeting.yaml with these lines of the agenda, each ``- …``."""
    indented = "".join(f"  {line}\n" for line in lines.strip("\n").split("\n"))
    return f"{DATE}{more}agenda:\n{indented}"


def paper(body: str = "", *, title: str = "Funding") -> str:
    """A paper with this title and these further keys."""
    return f"title: {title}\nauthor: A Dawlish\npurpose: decision\n{body}"
