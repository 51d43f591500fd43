"""The papers folder -> which boards, meetings and papers it holds, and which of them were asked for.

A board is a folder with board.yaml, a meeting a folder in it with meeting.yaml or a date for its name, a
paper any other YAML file in a meeting's folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpack.diagnostics import Finding, Place, Source, UsageError, finding

BOARD, MEETING, MINUTES = "board.yaml", "meeting.yaml", "minutes.yaml"
_NOT_PAPERS = frozenset((MEETING, MINUTES, "published.yaml"))
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(-[a-z0-9-]+)?")
_HIDDEN = (".", "~$")


@dataclass(frozen=True, slots=True)
class MeetingFiles:
    """The files of one meeting: meeting.yaml and minutes.yaml where there are such, and its papers by id."""

    folder: Path
    meeting: Path | None
    minutes: Path | None
    papers: dict[str, Path]


@dataclass(frozen=True, slots=True)
class BoardFiles:
    """The files of one board; ``others`` are the meetings of which nothing is asked for."""

    folder: Path
    board: Path | None
    meetings: tuple[MeetingFiles, ...]
    others: tuple[MeetingFiles, ...]
    stray: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: whole folders and single files; nothing means everything."""

    folders: tuple[Path, ...]
    files: tuple[Path, ...]

    def __contains__(self, path: Path) -> bool:
        if not self.folders and not self.files:
            return True
        return path in self.files or any(path.is_relative_to(folder) for folder in self.folders)

    def touches(self, folder: Path) -> bool:
        """Whether anything in this folder is asked for, or the folder as part of something larger."""
        return folder in self or any(path.is_relative_to(folder) for path in (*self.folders, *self.files))


def find_wanted(papers: Path, named: Sequence[str | Path]) -> Wanted:
    """What the arguments of a command name: paths, ``board``, ``board/meeting`` or ``board/meeting/paper``.

    Raises ``UsageError`` with the nearest names where there is no such thing in the papers folder.
    """
    folders: list[Path] = []
    files: list[Path] = []
    for name in named:
        path = _find(papers, str(name))
        if not path.is_relative_to(papers):
            raise UsageError(f"`{name}` is not in the papers folder {papers}; name another with --papers")
        (folders if path.is_dir() else files).append(path)
    return Wanted(tuple(folders), tuple(files))


def _find(papers: Path, name: str) -> Path:
    for base in (Path.cwd(), papers):
        path = Path(os.path.normpath(base / name))
        for candidate in (path, path.with_name(f"{path.name}.yaml") if path.name else path):
            if candidate.exists():
                return _as_in(papers, candidate)
    raise UsageError(f"there is no board, meeting or paper `{name}`{_near(papers, name)}")


def _as_in(papers: Path, path: Path) -> Path:
    """The same path spelt from the papers folder, where one of the two is spelt through a link."""
    if path.is_relative_to(papers):
        return path
    real, base = path.resolve(), papers.resolve()
    return papers / real.relative_to(base) if real.is_relative_to(base) else path


def _near(papers: Path, name: str) -> str:
    from difflib import get_close_matches

    known = [name for board in find_boards(papers, Wanted((), ())) for name in _names(board)]
    wanted = Path(name).with_suffix("").as_posix().removeprefix(f"{papers.name}/")
    by_last_part = {each.rpartition("/")[2]: each for each in known}
    alike = get_close_matches(wanted.rpartition("/")[2], by_last_part, n=3)
    near = get_close_matches(wanted, known, n=3) or [by_last_part[last] for last in alike]
    return f"; did you mean {' or '.join(f'`{each}`' for each in near)}?" if near else ""


def _names(board: BoardFiles) -> Iterator[str]:
    yield board.folder.name
    for meeting in board.meetings:
        yield f"{board.folder.name}/{meeting.folder.name}"
        for id in meeting.papers:
            yield f"{board.folder.name}/{meeting.folder.name}/{id}"


def find_boards(papers: Path, wanted: Wanted) -> list[BoardFiles]:
    """Every board of which anything is asked for, with the meetings of which anything is asked for."""
    if not papers.is_dir():
        raise UsageError(f"there is no papers folder {papers}; name it with --papers")
    boards = [_board(folder, wanted) for folder in _folders(papers) if wanted.touches(folder)]
    return [board for board in boards if board.board or board.meetings or board.stray]


def _board(folder: Path, wanted: Wanted) -> BoardFiles:
    every = [meeting for below in _folders(folder) if (meeting := _meeting(below)) is not None]
    meetings = tuple(meeting for meeting in every if wanted.touches(meeting.folder))
    others = tuple(meeting for meeting in every if not wanted.touches(meeting.folder))
    stray: list[Path] = []
    board = None
    for path in _yaml_files(folder):
        if path.name == BOARD:
            board = path
        elif path in wanted:
            stray.append(path)
    for meeting in meetings:
        stray.extend(path for path in _yaml_files(meeting.folder) if path.suffix != ".yaml" and path in wanted)
    return BoardFiles(folder, board, meetings, others, tuple(stray))


def _meeting(folder: Path) -> MeetingFiles | None:
    files = {path.name: path for path in _yaml_files(folder) if path.suffix == ".yaml"}
    papers = {path.stem: path for name, path in files.items() if name not in _NOT_PAPERS}
    if MEETING not in files and not ((papers or MINUTES in files) and _DATED.fullmatch(folder.name)):
        return None
    return MeetingFiles(folder, files.get(MEETING), files.get(MINUTES), papers)


def _folders(folder: Path) -> list[Path]:
    return sorted(Path(entry.path) for entry in _entries(folder) if entry.is_dir())


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(
        Path(entry.path)
        for entry in _entries(folder)
        if entry.name.lower().endswith((".yaml", ".yml")) and entry.is_file()
    )


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return [entry for entry in os.scandir(folder) if _visible(entry)]
    except PermissionError:
        raise UsageError(f"the folder {folder} may not be read; ask for the right to read it") from None


def _visible(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(_HIDDEN)


def misplaced(board: BoardFiles, wanted: Wanted) -> Iterator[Finding]:
    """Findings for folders that lack their own file and for YAML files that nothing reads."""
    if board.board is None and board.meetings:
        first = board.meetings[0]
        path = first.meeting or _first(first)
        message = f"the folder `{board.folder.name}` holds meetings but no board.yaml"
        help = f"write `{board.folder.name}/board.yaml`, with the `name` of the board"
        yield finding("missing-board", _top(path), message, help)
    for meeting in board.meetings:
        if meeting.meeting is None and wanted.touches(meeting.folder):
            message = f"the meeting `{meeting.folder.name}` has papers but no meeting.yaml"
            help = "write `meeting.yaml` there, with its `date` and `agenda`"
            yield finding("missing-meeting", _top(_first(meeting)), message, help)
    for path in board.stray:
        message = f"`{path.name}` is not read from this folder"
        help = "a paper's file stands in its meeting's folder and ends in `.yaml`"
        yield finding("stray-file", _top(path), message, help)


def _first(meeting: MeetingFiles) -> Path:
    """A file of a meeting without meeting.yaml."""
    return next(iter((*meeting.papers.values(), *filter(None, (meeting.minutes,)))))


def _top(path: Path) -> Place:
    return Place(Source(path, ""), 0, 0)
