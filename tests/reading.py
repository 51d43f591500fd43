"""The reading side from the papers folder to the report, as the pipeline calls it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from boardpack import load, report, rules, validate
from boardpack.diagnostics import Finding

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "schemas"
CASES = ROOT / "tests" / "cases"

BOARD = "name: Example Partnership\n"
MEETING = "date: 2010-03-11\nagenda:\n  - paper: funding\n"
PAPER = "title: Funding\nauthor: A Dawlish\npurpose: information\n"


def checked(
    papers: Path, named: Sequence[str | Path] = (), *, alone: bool = True
) -> tuple[load.Library, load.Assembled, list[Finding]]:
    """What was read and built, and every finding that concerns what was named, in file order."""
    library = load.read(papers, named, alone=alone)
    found = [*library.findings, *validate.check(library.trees, SCHEMAS)]
    assembled = load.assemble(library)
    found += assembled.findings
    found += [each for board in assembled.boards for each in rules.check_board(board)]
    found += [each for meeting in assembled.meetings for each in rules.check(meeting)]
    return library, assembled, report.in_order(library.concerning(found, assembled.meetings), papers)


def findings(papers: Path, named: Sequence[str | Path] = ()) -> list[Finding]:
    return checked(papers, named)[2]


def as_text(papers: Path) -> str:
    library, _, found = checked(papers)
    return report.render(found, files=len(library.trees), folder=papers)


def write(
    folder: Path,
    *,
    board: str = BOARD,
    meeting: str = MEETING,
    paper: str | bytes = PAPER,
    **more: str | bytes,
) -> Path:
    """A papers folder with one board, one meeting and one paper; more files of the meeting by name."""
    here = folder / "partnership" / "2010-03-11"
    here.mkdir(parents=True, exist_ok=True)
    contents = {"../board.yaml": board, "meeting.yaml": meeting, "funding.yaml": paper, **more}
    for name, content in contents.items():
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def told(found: Sequence[Finding]) -> list[str]:
    """Each finding as ``file:line:column code``."""
    spans = [(each.place.span() if each.place else None, each.code) for each in found]
    return [f"{span.path.name}:{span.line}:{span.column} {code}" if span else code for span, code in spans]
