"""The order of the steps, on one screen.

    read -> validate -> assemble -> check the rules          what is wrong, for people
    number -> render -> settle -> verify -> manifest -> put    the pack, whole or not at all

Each step is a function from one value to the next; only the first and the last touch the papers and the output.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from boardpack.diagnostics import Finding, Severity, UsageError, has_errors
from boardpack.model.board import Board
from boardpack.model.meeting import Meeting
from boardpack.office import Office, available, missing, program
from boardpack.pipeline.meeting import Built as Built
from boardpack.pipeline.meeting import Say, build
from boardpack.places import Options, coming, template_folders, unknown_templates
from boardpack.publish import explained


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to tell: the findings, and the packs that it built."""

    findings: list[Finding]
    files: int
    built: list[Built] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Checked:
    """The papers as read and judged; ``partial`` where single files were named and not whole folders."""

    meetings: tuple[Meeting, ...]
    findings: list[Finding]
    files: int
    partial: bool


def check(options: Options, named: Sequence[str] = (), *, alone: bool = True) -> Checked:
    """Every finding in what was named; with ``alone`` papers that were not named are left unread."""
    from boardpack import load, rules, validate  # not before the office has been started

    library = load.read(options.papers, named, alone=alone)
    trees = library.trees
    findings = [*library.findings, *validate.check([*trees, *library.relied_on], options.schemas)]
    assembled = load.assemble(library)
    findings += assembled.findings
    for board in assembled.boards:
        findings += [*rules.check_board(board), *unknown_templates(board, options.templates)]
    judged = (*assembled.meetings, *assembled.relied_on)
    findings += [each for meeting in judged for each in rules.check(meeting)]
    findings = library.concerning(rules.settled(findings, assembled.boards), assembled.meetings)
    partial = bool(library.wanted.files)
    if not partial:  # an author who checks one paper has no hand in the templates
        findings += _templates(assembled.boards, options)
    return Checked(assembled.meetings, findings, len(trees), partial)


def _templates(boards: Sequence[Board], options: Options) -> Iterator[Finding]:
    """What is wrong in the Word templates that these boards' packs are made with."""
    from boardpack.word import tags, template

    wanted = ((name, template_folders(board, options)) for board in boards for name in tags.TAGS)
    for path in dict.fromkeys(template.find(name, folders) for name, folders in wanted):
        yield from tags.faults(path)


def pack(
    options: Options, named: Sequence[str], *, today: date, pdf: bool, strict: bool, say: Say = lambda _: None
) -> Outcome:
    """Check, then build each meeting that was named, or each board's next one.

    Raises:
        BoardpackError: what stops a build that is not a fault of the papers; the earlier output stays as it was.
    """
    with contextlib.ExitStack() as stack:
        with explained(Path(tempfile.gettempdir())):
            laying = stack.enter_context(Office(program())) if pdf and available() else None
        checked = check(options, named or coming(options.papers, today), alone=False)
        if checked.partial:  # a paper was named, and its meeting is built: all of it must be right
            checked = check(options, [str(meeting.folder) for meeting in checked.meetings], alone=False)
        findings = [_strictly(each) for each in checked.findings] if strict else checked.findings
        if has_errors(findings):
            return Outcome(findings, checked.files)
        if not checked.meetings:
            raise UsageError(
                f"there is no meeting in {options.papers}; write one with meeting.yaml in a folder with its date"
            )
        if pdf and laying is None:
            raise missing()
        built = [build(meeting, options, findings, laying, say) for meeting in checked.meetings]
    return Outcome(findings, checked.files, built)


def _strictly(each: Finding) -> Finding:
    return replace(each, severity=Severity.ERROR) if each.severity is Severity.WARNING else each
