"""The papers as they are at one moment: what was read of a meeting, what is wrong in it, and its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from boardpack import pipeline, report
from boardpack.diagnostics import CODES, Finding, Severity, UsageError
from boardpack.due.build import built
from boardpack.due.values import Due
from boardpack.load.find import BOARD, MEETING, MINUTES, find_wanted
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.numbered import Line, NumberedMeeting, NumberedPaper
from boardpack.model.paper import Paper
from boardpack.number import number
from boardpack.number.papers import number_paper
from boardpack.places import Options


@dataclass(frozen=True, slots=True)
class Target:
    """What a preview was asked for: a meeting's folder, and the id of the paper to begin with, or none."""

    folder: Path
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A meeting as it was read. ``serial`` counts the readings of a session.

    ``findings`` are all that concern its pack, in file order. ``meeting`` is what could be read of it, faults included;
    ``numbered`` holds its sound papers only, and is absent where there is no meeting.
    """

    serial: int
    folder: Path
    findings: tuple[Finding, ...]
    meeting: Meeting | None
    numbered: NumberedMeeting | None
    due: Due | None

    def ids(self) -> list[str]:
        """The ids of all paper files of the meeting, readable or not, in the order of their names."""
        read = self.meeting.papers if self.meeting else {}
        unread = self.meeting.unread if self.meeting else {path.stem for path in _paper_files(self.folder)}
        return sorted({*read, *unread})

    def paper(self, id: str) -> Paper | None:
        """The paper as it was read, sound or not."""
        return self.meeting.papers.get(id) if self.meeting else None

    def own(self, id: str) -> list[Finding]:
        """The findings in a paper's own files; those of agenda, board and other meetings for an empty id."""
        return [each for each in self.findings if self.owner(each) == id]

    def in_the_way(self, id: str) -> list[Finding]:
        """The errors because of which a paper cannot be shown as it stands.

        Those of agenda and board count where they have left no meeting to number; else a line less on the agenda holds
        up no paper.
        """
        owners = {id} if self.meeting else {"", id}
        return [each for each in self.findings if _stops(each) and self.owner(each) in owners]

    def shown(self, id: str) -> NumberedMeeting | None:
        """The numbered meeting with this paper among its parts; ``None`` where the paper is not sound.

        A paper that no line of the agenda names, such as one that is an appendix, is numbered by itself behind them.
        """
        if self.numbered is None or id not in self.numbered.meeting.papers:
            return None
        if id in self.numbered.papers:
            return self.numbered
        numbered, paper = self.numbered, self.numbered.meeting.papers[id]
        nowhere = Item("", None, PaperState.PAPER, id, paper.at)
        line = Line(nowhere, "", 0, "", None, paper.purposes, id, id, ())
        alone = number_paper(numbered.meeting, paper, f"p{len(numbered.parts) + 1}", (line,))
        return replace(numbered, parts={**numbered.parts, id: alone}, papers={**numbered.papers, id: alone})

    def printed(self, id: str) -> NumberedPaper | None:
        """The paper in its place in the pack; ``None`` where it has none."""
        return self.numbered.papers.get(id) if self.numbered else None

    def owner(self, each: Finding) -> str:
        """The id of the paper in whose files a finding stands; empty for all else."""
        path = each.place.source.path if each.place else None
        if path is None or not path.is_relative_to(self.folder):
            return ""
        owners = {self.folder / f"{id}.yaml": id for id in self.ids()}
        for paper in self.meeting.papers.values() if self.meeting else ():
            owners |= {file: owners.get(file, paper.id) for file in paper.files}
        return owners.get(path, "")


def find(papers: Path, named: str) -> Target:
    """The meeting or the paper that a command names.

    Raises:
        UsageError: where it names neither.
    """
    wanted = find_wanted(papers, [named])
    (path,) = (*wanted.folders, *wanted.files)
    if path.is_dir():
        if path.parent.parent != papers and path.parent.parent.resolve() != papers.resolve():
            raise UsageError(f"`{named}` is no meeting; name a meeting's folder or a paper in it")
        return Target(path)
    if path.name == MEETING:
        return Target(path.parent)
    if path.suffix != ".yaml" or path.name in {BOARD, MINUTES} or path.parent.parent.parent != papers:
        raise UsageError(f"`{named}` is no paper; name a paper's YAML file, or a meeting's folder")
    return Target(path.parent, path.stem)


def read(options: Options, folder: Path, serial: int, today: date) -> Reading:
    """Check one meeting and work out its numbers, as a build would."""
    checked = pipeline.check(options, [str(folder)], alone=False, on=today)
    meeting = next((each for each in checked.meetings if each.folder == folder), None)
    return _numbered(Reading(serial, folder, tuple(report.in_order(checked.findings)), meeting, None, None), today)


def reread(before: Reading, options: Options, id: str, serial: int, today: date) -> Reading | None:
    """The same reading with one paper read again by itself, which takes a fraction of the time of :func:`read`.

    ``None`` where the paper was not there before, so that more than itself may have changed.
    """
    if before.meeting is None or id not in before.ids():
        return None
    checked = pipeline.check(options, [str(before.folder / f"{id}.yaml")], on=today)
    found = next((each for each in checked.meetings if each.folder == before.folder), None)
    if found is None:
        return None
    papers = {each: paper for each, paper in before.meeting.papers.items() if each != id}
    if id in found.papers:
        # In the order of the names, as they are always read.
        papers = dict(sorted({**papers, id: found.papers[id]}.items()))
    reading = replace(
        before, serial=serial, meeting=replace(before.meeting, papers=papers, unread=found.unread - set(papers))
    )
    others = [each for each in before.findings if before.owner(each) != id]
    own = [each for each in checked.findings if reading.owner(each) == id]
    return _numbered(replace(reading, findings=tuple(report.in_order([*others, *own])), numbered=None), today)


def _numbered(reading: Reading, today: date) -> Reading:
    """The reading with the numbers of its sound papers and with its deadlines."""
    meeting = reading.meeting
    if meeting is None:
        return reading
    counted = built(meeting, reading.findings, today)
    reading = replace(reading, due=counted if isinstance(counted, Due) else None)
    sound = {id: paper for id, paper in meeting.papers.items() if not reading.in_the_way(id)}
    return replace(reading, numbered=number(replace(meeting, papers=sound)))


def _stops(each: Finding) -> bool:
    """Whether a finding is an error that no board can allow: what it stands in was not read as it was meant."""
    return each.severity is Severity.ERROR and not CODES[each.code].adjustable


def _paper_files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob("*.yaml") if path.name not in {MEETING, MINUTES, "published.yaml"})
