"""The papers folder -> trees: every file that was asked for, and what is needed to understand it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from boardpack.diagnostics import Finding, Place, Severity, Source, finding
from boardpack.load.context import Needs, needs
from boardpack.load.find import BoardFiles, MeetingFiles, Wanted, find_boards, find_wanted, misplaced
from boardpack.load.source import read_source
from boardpack.load.tree import parse
from boardpack.model.meeting import Meeting
from boardpack.model.tree import Tree


@dataclass(frozen=True, slots=True)
class MeetingTrees:
    """The files of one meeting that could be read; ``unread`` are the ids of its other papers.

    ``needs`` is what it asks of the board's other meetings.
    """

    folder: Path
    meeting: Tree | None
    minutes: Tree | None
    papers: tuple[Tree, ...]
    unread: frozenset[str]
    needs: Needs

    def trees(self) -> Iterator[Tree]:
        """All of them: the agenda, the minutes, the papers."""
        yield from (tree for tree in (self.meeting, self.minutes) if tree)
        yield from self.papers


@dataclass(frozen=True, slots=True)
class BoardTrees:
    """The files of one board that could be read.

    ``others`` are meetings that were not asked for and that those asked for cannot do without; ``relied_on`` names the
    ones among them that print or are referred to. ``folders`` are the names of all its meetings.
    """

    folder: Path
    board: Tree | None
    meetings: tuple[MeetingTrees, ...]
    others: tuple[MeetingTrees, ...]
    relied_on: frozenset[str]
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """What was read: the trees by board and meeting, and the findings of the reading itself."""

    boards: tuple[BoardTrees, ...]
    findings: list[Finding]
    wanted: Wanted

    @property
    def trees(self) -> list[Tree]:
        """The trees of the files that were asked for, in file order: what the schemas are to check."""
        return [tree for tree in self._all() if tree.source.path in self.wanted or tree.source.path in self._boards]

    @property
    def _boards(self) -> set[Path]:
        """The board.yaml of each board of which a whole meeting was asked for: its pack is made with it."""
        return {
            board.board.source.path
            for board in self.boards
            if board.board and any(meeting.folder in self.wanted for meeting in board.meetings)
        }

    @property
    def relied_on(self) -> list[Tree]:
        """Agenda and minutes of the other meetings that print or are referred to: a fault there is one of this pack."""
        return [
            tree
            for board in self.boards
            for meeting in board.others
            if meeting.folder.name in board.relied_on
            for tree in (meeting.meeting, meeting.minutes)
            if tree
        ]

    @property
    def every(self) -> Iterator[Tree]:
        """Every file that was read, those of the other meetings too."""
        yield from self._all()
        for board in self.boards:
            for meeting in board.others:
                yield from meeting.trees()

    def _all(self) -> Iterator[Tree]:
        for board in self.boards:
            if board.board:
                yield board.board
            for meeting in board.meetings:
                yield from meeting.trees()

    def concerning(self, findings: Iterable[Finding], meetings: Iterable[Meeting]) -> list[Finding]:
        """The findings in what was asked for, its data, and the files that it cannot be read without."""
        asked = {
            path
            for meeting in meetings
            for paper in meeting.papers.values()
            if paper.path in self.wanted
            for path in paper.files
        }
        asked |= self._boards
        relied_on = {tree.source.path for tree in self.relied_on}
        unreadable = {id(each) for each in self.findings}
        return [
            each
            for each in findings
            if each.place is None
            or each.place.source.path in self.wanted
            or each.place.source.path in asked
            or id(each) in unreadable
            or (each.place.source.path in relied_on and each.severity is Severity.ERROR)
        ]


def read(papers: Path, named: Sequence[str | Path] = (), *, alone: bool = False) -> Library:
    """Read what the arguments of a command name, or all papers where they name nothing.

    A paper brings its board, its meeting and that meeting's other papers along; with ``alone`` those are left
    unread unless the paper needs them, which is all that its own findings want. Raises ``UsageError`` for an
    unknown name.
    """
    wanted = find_wanted(papers, named)
    found: list[Finding] = []
    with without_collecting():
        boards = tuple(_board(files, wanted, alone, found) for files in find_boards(papers, wanted))
    return Library(boards, found, wanted)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Build many values that live on: looking for garbage among them would double the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def _board(files: BoardFiles, wanted: Wanted, alone: bool, found: list[Finding]) -> BoardTrees:
    found.extend(misplaced(files, wanted))
    board = _tree(files.board, "board", found)
    meetings = tuple(_meeting(meeting, wanted, alone, found) for meeting in files.meetings)
    asked = [each.needs for each in meetings]
    others = {each.folder.name: each for each in files.others}
    parts = {each.folder.name: each for each in files.meetings if each.folder not in wanted}
    relied_on: dict[str, MeetingTrees] = {}
    completed: dict[str, MeetingTrees] = {}
    waiting = [name for each in asked for name in each.minutes | each.papers]
    waiting += [name for name, each in others.items() if _is_logged(each, asked)]
    while waiting:
        name = waiting.pop()
        if name in others and name not in relied_on:
            relied_on[name] = _whole(others[name], found)
            waiting += relied_on[name].needs.papers
        elif name in parts and name not in completed:  # of which single files were asked for
            completed[name] = _whole(parts[name], [])
            waiting += completed[name].needs.papers
    meetings = tuple(
        replace(completed[each.folder.name], needs=each.needs) if each.folder.name in completed else each
        for each in meetings
    )
    rest = _rest([each for each in files.others if each.folder.name not in relied_on], asked, found)
    folders = tuple(each.folder.name for each in (*files.meetings, *files.others))
    return BoardTrees(files.folder, board, meetings, (*relied_on.values(), *rest), frozenset(relied_on), folders)


def _is_logged(files: MeetingFiles, asked: Sequence[Needs]) -> bool:
    """Whether a meeting's actions may stand in the log of one that was asked for."""
    return files.minutes is not None and any(each.minutes and each.logs(files.folder.name) for each in asked)


def _rest(others: Sequence[MeetingFiles], asked: Sequence[Needs], found: list[Finding]) -> Iterator[MeetingTrees]:
    """Of the meetings that only add to the forward plan or the action log what is needed for that."""
    for files in others:
        said = files.minutes is not None and any(each.logs(files.folder.name) for each in asked)
        if any(each.plans(files.folder.name) for each in asked) or (said and _may_withhold(files)):
            faults: list[Finding] = []
            whole = _whole(files, faults)
            # Minutes of a paper that cannot be read may be of a withheld one.
            yield replace(whole, minutes=None) if faults else whole
            # A line less in the forward plan holds up no pack.
            found += (replace(each, severity=Severity.WARNING) for each in faults)
        elif said:
            yield _trees(files, _tree(files.meeting, "meeting", found), _tree(files.minutes, "minutes", found), ())


def _may_withhold(files: MeetingFiles) -> bool:
    """Whether a paper of a meeting may be withheld: minutes tell of it, and only the paper says so."""
    return any(word in path.read_bytes() for path in files.papers.values() for word in (b"exempt", b"confidential"))


def _whole(files: MeetingFiles, found: list[Finding]) -> MeetingTrees:
    """All files of a meeting that was not asked for; of its papers only what they say themselves matters."""
    papers = tuple(tree for path in files.papers.values() if (tree := _tree(path, "paper", found)))
    meeting, minutes = _tree(files.meeting, "meeting", found), _tree(files.minutes, "minutes", found)
    return replace(
        _trees(files, meeting, minutes, papers),
        needs=needs(files.folder.name, None, filter(None, (minutes,))),
    )


def _meeting(files: MeetingFiles, wanted: Wanted, alone: bool, found: list[Finding]) -> MeetingTrees:
    meeting = _tree(files.meeting, "meeting", found)
    minutes = _tree(files.minutes if files.minutes and files.minutes in wanted else None, "minutes", found)
    read = _papers_to_read(files, meeting, wanted) if alone and not minutes else files.papers
    # What a paper that was not asked for holds is no concern of this run, unreadable or not.
    trees = {id: _tree(path, "paper", found if path in wanted else []) for id, path in read.items()}
    return _trees(files, meeting, minutes, tuple(tree for tree in trees.values() if tree))


def _trees(files: MeetingFiles, meeting: Tree | None, minutes: Tree | None, papers: tuple[Tree, ...]) -> MeetingTrees:
    unread = frozenset(files.papers) - {tree.source.path.stem for tree in papers}
    asked = needs(files.folder.name, meeting, (*papers, *filter(None, (minutes,))))
    return MeetingTrees(files.folder, meeting, minutes, papers, unread, asked)


def _papers_to_read(files: MeetingFiles, meeting: Tree | None, wanted: Wanted) -> dict[str, Path]:
    """The papers asked for; all of them where the agenda does not name one, which may be an appendix."""
    asked = {id: path for id, path in files.papers.items() if path in wanted}
    others = any(path.parent.is_relative_to(files.folder) and path.suffix != ".yaml" for path in wanted.files)
    agenda = meeting.source.text if meeting else ""
    return files.papers if others or any(id not in agenda for id in asked) else asked


def _tree(path: Path | None, kind: str, found: list[Finding]) -> Tree | None:
    if path is None:
        return None
    if path.is_symlink():
        message = f"`{path.name}` is a symbolic link, which papers may not use"
        found.append(finding("linked-file", Place(Source(path, ""), 0, 0), message, "put the file itself there"))
        return None
    source = read_source(path)
    if isinstance(source, Finding):
        found.append(source)
        return None
    tree, faults = parse(source, kind)
    found.extend(faults)
    return tree
