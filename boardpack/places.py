"""Where everything lies: the papers, the templates of each house, the schemas, the output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack.diagnostics import Finding, finding

if TYPE_CHECKING:
    from boardpack.model.board import Board
    from boardpack.model.meeting import Meeting


WEB = "web"
"""The folder of the web edition in the output, beside those of the boards."""
KEPT = "laid-out"
"""The folder in the output of what builds keep of papers that they have laid out, beside those of the boards."""


@dataclass(frozen=True, slots=True)
class Options:
    """Where everything lies. ``templates`` and ``schemas`` are searched in order."""

    papers: Path
    output: Path
    templates: tuple[Path, ...]
    schemas: Path

    def absolute(self) -> Options:
        """The same places for a process that may stand in another folder."""
        templates = tuple(each.absolute() for each in self.templates)
        return Options(self.papers.absolute(), self.output.absolute(), templates, self.schemas.absolute())


def coming(papers: Path, today: date) -> list[str]:
    """Each board's next meeting, or its latest where none is to come, by the dates in the folders' names."""
    named = []
    for board in sorted(path.parent for path in papers.glob("*/board.yaml")):
        dated = sorted(path.parent.name for path in board.glob("*/meeting.yaml") if path.parent.name[:4].isdigit())
        coming = [name for name in dated if name[:10] >= today.isoformat()]
        if dated:
            named.append(f"{board.name}/{coming[0] if coming else dated[-1]}")
    return named


def meeting_folders(papers: Path, named: Sequence[str]) -> list[Path]:
    """The folders of the meetings that arguments name, as far as that can be told from the names alone.

    Nothing where one of them is a single paper, or nothing that is there.
    """
    found: list[Path] = []
    for name in named:
        at = next((each for each in (Path.cwd() / name, papers / name) if each.is_dir()), None)
        if at is None:
            return []
        real, root = at.resolve(), papers.resolve()
        if not real.is_relative_to(root):
            return []
        below = papers / real.relative_to(root)
        held = (path.parent for path in sorted(below.rglob("meeting.yaml")) if len(path.relative_to(papers).parts) == 3)
        found += [folder for folder in held if (folder.parent / "board.yaml").is_file()]
    return list(dict.fromkeys(found))


def unknown_templates(board: Board, templates: tuple[Path, ...]) -> Iterator[Finding]:
    """A house whose templates nobody finds would be dressed in the default without a word."""
    houses = sorted({house.name for folder in templates for house in folder.iterdir() if house.is_dir()})
    if board.templates_at and board.templates not in houses:
        from difflib import get_close_matches  # not before it is known whether anything is to be built

        near = get_close_matches(board.templates, houses, n=1)
        help = f"did you mean `{near[0]}`?" if near else "put the folder into `templates/`, or leave `templates:` out"
        message = f"there is no folder `{board.templates}` of templates, so that the default ones are used"
        yield finding("unknown-templates", board.templates_at, message, help)


def template_folders(board: Board, options: Options) -> tuple[Path, ...]:
    """Where a house's templates are looked for: its own folder first, then the default, file by file."""
    houses = dict.fromkeys((board.templates, "default"))
    return tuple(folder / house for house in houses for folder in options.templates if (folder / house).is_dir())


def inputs(meeting: Meeting, options: Options) -> dict[str, Path]:
    """Every file that the pack was made from, by its name from the papers or the templates folder on."""
    from boardpack.model.meeting import PaperState
    from boardpack.word.template import MINUTES

    root = meeting.board.folder.parent
    inputs = {f"papers/{path.relative_to(root).as_posix()}": path for path in meeting.files}
    minuted = meeting.minutes or any(item.state is PaperState.MINUTES for item in meeting.items())
    for folder in reversed(template_folders(meeting.board, options)):
        inputs |= {
            f"templates/{folder.name}/{path.name}": path
            for path in sorted(folder.glob("*.docx"))
            if path.name[:2] != "~$" and (minuted or path.name != MINUTES)
        }
    return inputs
