"""The form of a new paper: empty, or filled with what a Word report holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from boardpack.diagnostics import Finding, UsageError
from boardpack.load.find import find_wanted
from boardpack.model.board import Board
from boardpack.new.draft import Draft, Loss
from boardpack.new.form import paper_form
from boardpack.new.put import put_new, refuse_existing, schema_line
from boardpack.places import Options

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_SHOWN = 80
"""How many signs of lost words are said; the paper has them all."""
_TAKEN = frozenset(("board", "meeting", "minutes", "published"))


@dataclass(frozen=True, slots=True)
class Written:
    """A paper that was written: its file, those beside it, the agenda's line, and what a Word file had more."""

    path: Path
    others: tuple[Path, ...]
    line: str
    losses: tuple[Loss, ...]

    def told(self) -> str:
        """What is left to do, in words: the line for the agenda, and what of the Word file is to be looked at."""
        agenda = self.path.with_name("meeting.yaml")
        lines = [f"now add this line to {agenda}:", self.line]
        if agenda.is_file() and re.search(rf"\bpaper:\s*{self.path.stem}\b", agenda.read_text("utf-8", "replace")):
            lines = [f"{agenda} names it already"]
        if self.losses:
            lines += ["", "not carried over from the Word file (said at the top of the paper too):"]
            lines += [f"  {each.what}{': ' * bool(each.words)}{_short(each.words)}" for each in self.losses]
        return "\n".join(lines)


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"


def paper(options: Options, named: str, title: str = "", report: Path | None = None) -> Written:
    """Write the form of a new paper, named ``board/meeting/paper``; ``report`` is a Word file that it is filled from.

    Raises:
        UsageError: where there is no such meeting or Word file, or there is such a paper already.
    """
    folder, id = _folder(options.papers, named)
    path = folder / f"{id}.yaml"
    refuse_existing(path)
    board = _board(folder)
    draft = _read(report, board, id) if report else Draft()
    if title.strip():
        draft = replace(draft, title=title.strip())
    drafts = {id: draft, **draft.papers}
    files = {f"{name}.yaml": b"" for name in drafts} | {
        figure.file: figure.data for each in drafts.values() for figure in each.figures
    }
    for file in files:
        refuse_existing(folder / file)
    schema = schema_line("paper", folder, options)
    for name, each in drafts.items():
        text = paper_form(each, board, schema, f"{folder.parent.name}/{folder.name}/{name}")
        files[f"{name}.yaml"] = text.encode()
    others = tuple(put_new(folder / file, data) for file, data in files.items())[1:]
    losses = tuple(dict.fromkeys(loss for each in drafts.values() for loss in each.losses))
    return Written(path, others, f"  - paper: {id}", losses)


def _folder(papers: Path, named: str) -> tuple[Path, str]:
    """The folder of the meeting, and the paper's id."""
    above, id = Path(named).parent, Path(named).name.removesuffix(".yaml")
    if not _ID.fullmatch(id) or id in _TAKEN or str(above) == ".":
        raise UsageError(f"`{named}` is no board, meeting and paper; such as `safer-essex/2010-03-11/funding`")
    wanted = find_wanted(papers, [above])
    if not wanted.folders or wanted.folders[0].parent.parent != papers:
        raise UsageError(f"`{above}` is not a meeting; name its folder, or board/meeting")
    return wanted.folders[0], id


def _board(folder: Path) -> Board:
    """The board as far as board.yaml can be read; its faults have their findings."""
    from boardpack.load.boards import build_board
    from boardpack.load.source import read_source
    from boardpack.load.tree import parse

    path = folder.parent / "board.yaml"
    source = read_source(path)
    tree = None if isinstance(source, Finding) else parse(source, "board")[0]
    if tree is None:
        raise UsageError(f"{path} is not there or cannot be read; `boardpack check {folder.parent.name}` says why")
    return build_board(tree, [])


def _read(report: Path, board: Board, id: str) -> Draft:
    from boardpack.new.from_word import read_report  # and with it lxml, which an empty form does not need

    return read_report(report, board, id)
