"""Every board, or some, read but not judged: what the web edition is made of, and what that is out cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack.diagnostics import Finding, Place, Severity, Source, finding
from boardpack.places import Options

if TYPE_CHECKING:
    from boardpack.model.meeting import Meeting
    from boardpack.model.tree import Tree


@dataclass(frozen=True, slots=True)
class Whole:
    """The meetings and their files; ``faults`` has the boards, by id, of which something is out that cannot be read.

    What a house asks of its papers is not among the faults: a rule that came after a paper went out does not undo it.
    """

    meetings: tuple[Meeting, ...]
    trees: Mapping[Path, Tree]
    faults: Mapping[str, Sequence[Finding]]


def read(options: Options, boards: Sequence[str] = ()) -> Whole:
    """All meetings of these boards; of every board where none is named."""
    from boardpack import load, rules, validate

    library = load.read(options.papers, boards, alone=False)
    assembled = load.assemble(library)
    found = [*library.findings, *validate.check([*library.trees, *library.relied_on], options.schemas)]
    found = list(rules.settled([*found, *assembled.findings], assembled.boards))
    records = sorted(options.papers.glob("*/*/published.yaml"))
    out = [path.parent for path in records if not boards or path.parents[1].name in boards]
    readable = {each.folder for each in assembled.meetings if each.published}
    faults: dict[str, list[Finding]] = {}
    for folder in out:
        concerning = list(_faults(found, folder)) or list(_without_agenda(folder))
        if concerning or folder not in readable:
            known = faults.setdefault(folder.parent.name, [])
            known += (each for each in concerning if each not in known)
    trees = {tree.source.path: tree for tree in library.every}
    return Whole(assembled.meetings, trees, faults)


def _without_agenda(folder: Path) -> Iterator[Finding]:
    """A folder of which nothing is left but the record that its meeting is out."""
    if not (folder / "meeting.yaml").is_file():
        message = f"the meeting `{folder.name}` is out and has no meeting.yaml"
        help = "take it back from version control; to take the meeting from the site, remove its folder"
        yield finding("missing-meeting", Place(Source(folder / "published.yaml", ""), 0, 0), message, help)


def _faults(found: Iterable[Finding], folder: Path) -> Iterator[Finding]:
    """The errors in a meeting's files and in its board's."""
    for each in found:
        path = each.place.source.path if each.place else None
        concerns = path and (path.is_relative_to(folder) or path == folder.parent / "board.yaml")
        if concerns and each.severity is Severity.ERROR:
            yield each
