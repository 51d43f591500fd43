"""The public edition: built from a staged copy, with the members' page numbers, then searched for what is withheld."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack.diagnostics import BoardpackError, ExitCode, Finding, Severity, UsageError
from boardpack.model.edition import Edition
from boardpack.model.meeting import Meeting
from boardpack.model.tree import Tree
from boardpack.office import Office
from boardpack.pipeline.documents import Documents, Order, documents
from boardpack.pipeline.issue import withheld
from boardpack.pipeline.leaking import refuse_leaks
from boardpack.places import Options, inputs

if TYPE_CHECKING:
    from boardpack.model.numbered import NumberedMeeting, NumberedPaper
    from boardpack.render import Templates
    from boardpack.staging import Staged


class EditionsDifferError(BoardpackError):
    """A page number of the public edition is another one than the members have."""

    exit_code = ExitCode.FINDINGS


@dataclass(frozen=True, slots=True)
class Sources:
    """What packs are made of: every meeting that was read, the files as they were read, and the findings.

    ``fingerprint`` gives that of a meeting's pack by the meeting's folder, once the pack is ready; empty where it has
    none.
    """

    meetings: tuple[Meeting, ...]
    trees: Mapping[Path, Tree]
    findings: Sequence[Finding]
    fingerprint: Callable[[Path], str]


def public(  # noqa: PLR0913, PLR0917
    members: NumberedMeeting,
    made: Documents,
    sources: Sources,
    house: Templates,
    options: Options,
    laying: Office | None,
    order: Order,
    engine: Mapping[str, str],
) -> dict[str, bytes]:
    """The files of the public edition, under ``public/``.

    Raises:
        LeakError: if one of them holds words of withheld content.
        EditionsDifferError: if a paper's pages are others than in the members' pack.
    """
    from boardpack import staging
    from boardpack.manifest import manifest

    if made.laid is None:
        raise UsageError("the public edition keeps the page numbers of the members' pack: build it without --no-pdf")
    board = members.meeting.board
    of_board = [each for each in sources.meetings if each.board.id == board.id]
    order.work.mkdir()
    with tempfile.TemporaryDirectory(prefix="staged-", dir=order.work) as folder:
        staged = staging.stage(board, of_board, sources.trees, Path(folder))
        (numbered,) = read_staged(staged, [members.meeting], {each.id: each for each in of_board})
        if [line.name for line in numbered.lines] != [line.name for line in members.lines]:
            raise BoardpackError(f"{order.name}: the agenda has other numbers than the members'; nothing was put out")
        numbered = replace(numbered, edition=Edition(True, made.laid.pages), supplement=members.supplement)
        pins = {**order.pins, **_pins(members, made.laid.pages)}
        done = documents(numbered, house, laying, replace(order, pins=pins))
        _compare(numbered, done, made.laid.pages)
        about = manifest(
            numbered,
            pages=done.laid.pages if done.laid else {},
            inputs=inputs(numbered.meeting, replace(options, papers=staged.papers)),
            outputs=done.files,
            findings=(),
            engine=engine,
            about={"pages": done.laid.count if done.laid else 0},
        )
        files = {f"public/{name}": data for name, data in {**done.files, "manifest.json": about}.items()}
        order.say(f"{order.name}: searching {len(files)} files for what is withheld")
        refuse_leaks(files, [staged], [house], numbered.papers.values())
    return files


def read_staged(staged: Staged, meetings: Sequence[Meeting], originals: Mapping[str, Meeting]) -> list[NumberedMeeting]:
    """Meetings of one board as their staged copy has them; ``originals`` are the meetings of the board by id.

    All at once, because each is read with the earlier ones that it needs.
    """
    from boardpack import load, staging
    from boardpack.number import number

    library = load.read(staged.papers, [f"{each.board.id}/{each.id}" for each in meetings])
    assembled = load.assemble(library)
    faults = [each for each in (*library.findings, *assembled.findings) if each.severity is Severity.ERROR]
    found = {each.id: each for each in assembled.meetings}
    if faults or found.keys() != {each.id for each in meetings}:
        said = "; ".join(each.message for each in faults[:3])
        raise BoardpackError(f"the staged copy for the public edition cannot be read: {said or 'no meeting'}")
    return [number(each) for each in staging.with_published([found[each.id] for each in meetings], originals)]


def _pins(members: NumberedMeeting, pages: Mapping[str, int]) -> dict[str, int]:
    """The first page of everything that begins a section of its own: papers, and appendices set apart."""
    starts = (name for at in members.papers.values() for name in _appendix_starts(at))
    names = (*(part.start for part in members.parts.values()), *starts)
    return {name: pages[name] for name in names if name in pages}


def _appendix_starts(at: NumberedPaper) -> Iterator[str]:
    """The bookmarks at the start of a paper's appendices, and of theirs."""
    from boardpack.render.anchors import first_of

    yield from map(first_of, at.appendices)
    for annex in at.annexes.values():
        yield from _appendix_starts(annex)


def _compare(numbered: NumberedMeeting, done: Documents, pages: Mapping[str, int]) -> None:
    """Hold the pages of each part against those that the members have."""
    found = done.laid.pages if done.laid else {}
    held = (part for part in numbered.parts.values() if part.start in done.rendered.pack.bookmarks())
    for part in held:
        last, theirs = found[part.end], pages[part.end]
        may_be_shorter = withheld(part, numbered.meeting)
        if found[part.start] != pages[part.start] or last > theirs or (last < theirs and not may_be_shorter):
            raise EditionsDifferError(
                f"item {part.label} has pages {found[part.start]} to {last} in the public edition and "
                f"{pages[part.start]} to {theirs} in the members', because other words stand for what is withheld; "
                "nothing was put out: give a public title, or a public summary in the minutes, of about the same length"
            )
