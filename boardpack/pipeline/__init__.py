"""The order of the steps, on one screen.

    read -> validate -> assemble -> check the rules          what is wrong, for people
    number -> render -> settle -> verify -> manifest -> put    the pack, whole or not at all

Each step is a function from one value to the next; only the first and the last touch the papers and the output.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack.diagnostics import Finding, Severity, UsageError, has_errors
from boardpack.office import Office, available, missing, program
from boardpack.pipeline.wanted import Put as Put
from boardpack.pipeline.wanted import Wanted as Wanted
from boardpack.places import Options, coming, meeting_folders, template_folders, unknown_templates

if TYPE_CHECKING:  # a pack that is as it should be is told from one that is not before any of these is needed
    from boardpack.model.board import Board
    from boardpack.model.meeting import Meeting
    from boardpack.model.tree import Tree
    from boardpack.pipeline.documents import Say
    from boardpack.pipeline.meeting import Built


Offices = Callable[[], contextlib.AbstractContextManager[Office]]
_ANY_DAY = date.min
"""A pack depends on its files alone. Whether a paper is late is judged where it goes out, and by ``check``."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to tell: the findings, the packs that it built, the web edition that it wrote."""

    findings: list[Finding]
    files: int
    built: list[Put] = field(default_factory=list)
    site: Path | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The papers as read and judged; ``partial`` where single files were named and not whole folders.

    ``read`` are all meetings that were read, also those that others only need something of, ``trees`` their files.
    """

    meetings: tuple[Meeting, ...]
    findings: list[Finding]
    files: int
    partial: bool
    read: tuple[Meeting, ...]
    trees: Mapping[Path, Tree]


def check(options: Options, named: Sequence[str] = (), *, alone: bool = True, on: date | None = None) -> Checked:
    """Every finding in what was named; with ``alone`` papers that were not named are left unread.

    ``on`` is the day on which papers that are not out yet would go out; without it they count as late.
    """
    from boardpack import load, rules, validate  # not before the office has been started

    library = load.read(options.papers, named, alone=alone)
    trees = library.trees
    findings = [*library.findings, *validate.check([*trees, *library.relied_on], options.schemas)]
    assembled = load.assemble(library)
    findings += assembled.findings
    for board in assembled.boards:
        findings += [*rules.check_board(board), *unknown_templates(board, options.templates)]
    judged = (*assembled.meetings, *assembled.relied_on)
    findings += [each for meeting in judged for each in rules.check(_as_of(meeting, on))]
    findings = library.concerning(rules.settled(findings, assembled.boards), assembled.meetings)
    partial = bool(library.wanted.files)
    if not partial:  # an author who checks one paper has no hand in the templates
        findings += _templates(assembled.boards, options)
    every = {tree.source.path: tree for tree in library.every}
    return Checked(assembled.meetings, findings, len(trees), partial, assembled.read, every)


def _as_of(meeting: Meeting, on: date | None) -> Meeting:
    """The meeting with whether its papers would still go out in time; holidays are counted only where that matters."""
    if on is None or meeting.published is None or on >= meeting.date:
        return meeting
    from boardpack.clear_days import last_day

    last = last_day(meeting.date, meeting.board.notice)
    return replace(meeting, in_time=last is not None and on <= last)


def _templates(boards: Sequence[Board], options: Options) -> Iterator[Finding]:
    """What is wrong in the Word templates that these boards' packs are made with."""
    from boardpack.word import tags, template

    wanted = ((name, template_folders(board, options)) for board in boards for name in tags.TAGS)
    for path in dict.fromkeys(template.find(name, folders) for name, folders in wanted):
        yield from tags.faults(path)


def pack(  # noqa: PLR0913  # what a command can be told, each by its name
    options: Options,
    named: Sequence[str],
    *,
    today: date,
    wanted: Wanted,
    strict: bool,
    say: Say = lambda _: None,
    office: Offices | None = None,
) -> Outcome:
    """Check, then build each meeting that was named, or each board's next one; what lies there as it is stays.

    ``office`` gives the LibreOffice to lay out with, where that is not to be one of this build's own.

    Raises:
        BoardpackError: what stops a build that is not a fault of the papers; the earlier output stays as it was.
    """
    from boardpack.pipeline.current import fingerprints, unchanged

    names = list(named) or coming(options.papers, today)
    how = wanted.how(strict=strict)
    prints = fingerprints(meeting_folders(options.papers, names), options, how)
    kept = list(still_right(prints, options, supplement=wanted.supplement))
    if kept and len(kept) == len(prints):
        return Outcome([], 0, kept)
    waiting = [
        str(folder)
        for folder in prints
        if not any(put.folder == lies_at(folder, options, supplement=wanted.supplement) for put in kept)
    ]
    print_ = unchanged(prints, options, how)
    findings, files, built = _build(options, waiting or names, _ANY_DAY, wanted, strict, say, print_, office)
    return Outcome(findings, files, [*kept, *(each.put for each in built)])


def still_right(prints: Mapping[Path, str], options: Options, *, supplement: bool = False) -> Iterator[Put]:
    """The packs that lie in the output as a build would make them, by the fingerprints that they should have.

    With ``supplement`` the next supplements to them.
    """
    from boardpack.pipeline.current import current

    for folder, print_ in prints.items():
        target = lies_at(folder, options, supplement=supplement)
        if found := current(target, "supplement.docx" if supplement else "pack.docx", print_):
            public = (target / "public").is_dir()
            yield Put(found.path, found.pages, public, kept=True, findings=found.findings)


def lies_at(folder: Path, options: Options, *, supplement: bool) -> Path:
    """Where the pack of a meeting's folder lies in the output, or the supplement that is to go out next."""
    target = options.output / folder.parent.name / folder.name
    if supplement:
        from boardpack.load.published import read_published

        if published := read_published(folder, []):
            return target.with_name(f"{target.name}-supplement-{len(published.issues)}")
    return target


def _build(  # noqa: PLR0913, PLR0917  # the same, handed on
    options: Options,
    names: Sequence[str],
    on: date,
    wanted: Wanted,
    strict: bool,
    say: Say,
    print_: Callable[[Path], str],
    office: Offices | None = None,
) -> tuple[list[Finding], int, list[Built]]:
    from boardpack.publish import explained

    def own() -> Office:
        return Office(program())

    with contextlib.ExitStack() as stack:
        with explained(Path(tempfile.gettempdir())):
            laying = stack.enter_context((office or own)()) if wanted.pdf and available() else None
        checked = check(options, names, alone=False, on=on)
        if checked.partial:  # a paper was named, and its meeting is built: all of it must be right
            checked = check(options, [str(meeting.folder) for meeting in checked.meetings], alone=False, on=on)
        findings = [_strictly(each) for each in checked.findings] if strict else checked.findings
        if has_errors(findings):
            return findings, checked.files, []
        if not checked.meetings:
            raise UsageError(
                f"there is no meeting in {options.papers}; write one with meeting.yaml in a folder with its date"
            )
        if wanted.pdf and laying is None:
            raise missing()
        from boardpack.pipeline.meeting import build
        from boardpack.pipeline.public import Sources

        sources = Sources(checked.read, checked.trees, findings, print_)
        built = (build(meeting, options, sources, wanted, laying, say) for meeting in checked.meetings)
        return findings, checked.files, [each for each in built if each]


def publish(
    options: Options, named: Sequence[str], *, today: date, strict: bool, address: str, say: Say = lambda _: None
) -> Outcome:
    """Build what is to go out of these meetings, the pack or a supplement to it; record it; write the web edition.

    Each meeting is read when those before it are on record, since papers name the pages of earlier ones. What stops the
    work, words of withheld content on the site above all, takes every record back; a site that stays as it was because
    papers of another board cannot be read does not: the packs are out.

    ``address`` is where the web edition will lie, for feeds and calendars; empty where that is not known.
    """
    from boardpack.pipeline import whole
    from boardpack.pipeline.publishing import record
    from boardpack.pipeline.website import UnreadableError

    checked = check(options, named, alone=False, on=today)
    boards = sorted({each.board.id for each in checked.meetings})
    faults = [each for found in whole.read(options, boards).faults.values() for each in found] if boards else []
    if faults:  # the board's pages are made anew, of all its meetings that are out
        return Outcome(faults, checked.files)
    outcome = Outcome([], checked.files)
    with contextlib.ExitStack() as records:
        for meeting in checked.meetings:
            wanted = Wanted(supplement=meeting.published is not None)
            findings, _, built = _build(options, [name_of(meeting)], today, wanted, strict, say, lambda _: "")
            new = [each for each in findings if each not in outcome.findings]
            outcome = Outcome([*outcome.findings, *new], checked.files, [*outcome.built, *(b.put for b in built)])
            if has_errors(findings):
                return replace(outcome, built=[])
            for each in built:
                records.callback(record(each, today))
        try:
            outcome = replace(outcome, site=_site(options, address, say))
        except UnreadableError:
            records.pop_all()
            raise
        records.pop_all()
    return outcome


def _site(options: Options, address: str, say: Say) -> Path | None:
    """Write the web edition of all that is out, and not of the meetings alone that are published now."""
    from boardpack.pipeline import whole
    from boardpack.pipeline.public import Sources
    from boardpack.pipeline.website import website

    everything = whole.read(options)
    sources = Sources(everything.meetings, everything.trees, (), lambda _: "")
    return website(sources, options, say, address, everything.faults)


def name_of(meeting: Meeting) -> str:
    """How commands call a meeting."""
    return f"{meeting.board.id}/{meeting.id}"


def _strictly(each: Finding) -> Finding:
    return replace(each, severity=Severity.ERROR) if each.severity is Severity.WARNING else each
