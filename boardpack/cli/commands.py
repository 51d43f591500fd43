"""What each command does: options to outcomes, outcomes to text and exit codes."""

from __future__ import annotations

import argparse
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack.cli.folders import folder, home, options_of, own, templates_of
from boardpack.diagnostics import ExitCode, UsageError, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from boardpack import pipeline
    from boardpack.places import Options


def check(arguments: argparse.Namespace) -> ExitCode:
    """Say what is wrong in the papers."""
    from datetime import date

    from boardpack import pipeline, report

    if arguments.explain:
        return _explain(arguments.explain)
    today = date.today()  # noqa: DTZ011  # the day on the officer's own calendar
    checked = pipeline.check(options_of(arguments), arguments.path, on=today)
    print(report.render(checked.findings, arguments.format, checked.files), end="")
    return ExitCode.FINDINGS if has_errors(checked.findings) else ExitCode.DONE


def _explain(code: str) -> ExitCode:
    from difflib import get_close_matches

    from boardpack import rules
    from boardpack.diagnostics import CODES

    if code not in CODES:
        near = get_close_matches(code, CODES, n=1)
        more = f"did you mean `{near[0]}`?" if near else "the code stands in square brackets in a finding"
        raise UsageError(f"`{code}` is not the code of a finding; {more}")
    print(rules.explain(code))
    return ExitCode.DONE


def pack(arguments: argparse.Namespace) -> ExitCode:
    """Check, then build."""
    from datetime import date

    from boardpack import pipeline, progress

    today = date.today()  # noqa: DTZ011  # the day on the officer's own calendar
    wanted = pipeline.Wanted(arguments.edition, not arguments.no_pdf, arguments.supplement)
    options, strict = options_of(arguments), arguments.strict
    failed: Sequence[Exception] = ()
    with progress.shown(sys.stderr) as say:
        if arguments.jobs > 1 or arguments.cluster:
            outcome, failed = _pack_side_by_side(arguments, options, wanted, today, say)
        else:
            outcome = pipeline.pack(options, arguments.path, today=today, wanted=wanted, strict=strict, say=say)
    if outcome.findings:
        from boardpack import report

        print(report.render(outcome.findings, "text", outcome.files), end="", file=sys.stderr)
    for built in outcome.built:
        print(_built(built))
    if failed:
        raise failed[0]
    return ExitCode.FINDINGS if has_errors(outcome.findings) else ExitCode.DONE


def _pack_side_by_side(
    arguments: argparse.Namespace, options: Options, wanted: pipeline.Wanted, today: date, say: Callable[[str], None]
) -> tuple[pipeline.Outcome, Sequence[Exception]]:
    """Several meetings at once; what was built of them, and the faults that kept others from being built."""
    from boardpack.pipeline import side_by_side, workers
    from boardpack.pipeline.tasks import Request

    address, shared = arguments.cluster, arguments.shared
    pools = workers.cluster(address, shared=shared) if address else workers.processes(arguments.jobs)
    with pools as pool:
        request = Request(today, wanted, arguments.strict)
        done = side_by_side.pack_all(options, arguments.path, request, pool, say)
    return done.outcome, done.failed


def publish(arguments: argparse.Namespace) -> ExitCode:
    """Build, record what is out, and write the web edition."""
    from datetime import date

    from boardpack import pipeline, progress, report

    today = arguments.on or date.today()  # noqa: DTZ011  # the day on the officer's own calendar
    with progress.shown(sys.stderr) as say:
        outcome = pipeline.publish(
            options_of(arguments),
            arguments.path,
            today=today,
            strict=arguments.strict,
            address=arguments.address,
            say=say,
        )
    if outcome.findings:
        print(report.render(outcome.findings, "text", outcome.files), end="", file=sys.stderr)
    if has_errors(outcome.findings):
        return ExitCode.FINDINGS
    for built in outcome.built:
        print(_built(built))
    if outcome.built:
        print("published.yaml beside the papers records it: commit it with them")
    if outcome.site:
        print(f"{outcome.site}: the web edition of everything that is out")
    return ExitCode.DONE


def changes(arguments: argparse.Namespace) -> ExitCode:
    """Say what differs from what is out."""
    from datetime import date

    from boardpack import changes, report
    from boardpack.pipeline import differences

    options = options_of(arguments)
    today = date.today()  # noqa: DTZ011  # the day on the officer's own calendar
    found = differences.differences(options, arguments.path, public=arguments.edition == "public", on=today)
    if found.about is None or found.differences is None:
        print(report.render(found.findings, "text", found.files), end="", file=sys.stderr)
        return ExitCode.FINDINGS
    print(changes.text(found.about, found.differences), end="")
    if arguments.docx is not None:
        named = arguments.docx if arguments.docx.name else None
        print(f"written: {differences.write(found, options, named)}", file=sys.stderr)
    return ExitCode.DONE


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _built(built: pipeline.Put) -> str:
    path, here = built.path, Path.cwd()
    path = path.relative_to(here) if path.is_relative_to(here) else path
    some = f"{built.findings} finding{'s' if built.findings != 1 else ''} as before, see findings.html"
    kept = f"; nothing has changed since it was built{f' ({some})' if built.findings else ''}" if built.kept else ""
    if not built.pages:
        return f"{path}: without page numbers; in Word, Ctrl+A and F9 fill them in{kept}"
    return f"{path}: {built.pages} page{'s' if built.pages > 1 else ''}, every page reference compared{kept}"


def preview(arguments: argparse.Namespace) -> ExitCode:
    """Show a paper in the browser until somebody ends it."""
    from boardpack import preview

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    preview.serve(
        options_of(arguments),
        arguments.path,
        port=arguments.port,
        browser=not arguments.no_browser,
        say=say,
        measure=arguments.verbose,
    )
    return ExitCode.DONE


def due(arguments: argparse.Namespace) -> ExitCode:
    """Say what falls due, or build it."""
    from datetime import date

    from boardpack import due

    on = arguments.on or date.today()  # noqa: DTZ011  # the day on the officer's own calendar
    if arguments.build:
        return _due_build(arguments, on)
    deadlines = due.deadlines(options_of(arguments), arguments.path, on, arguments.within)
    shown = due.FORMATS[arguments.format](deadlines)
    if arguments.format == "ics":
        _calendar_stream()
        for each in deadlines.uncounted:
            print(f"boardpack: {each.name} is left out: {each.why}", file=sys.stderr)
    if not shown:
        print("boardpack: no meeting is to come, and no calendar was written", file=sys.stderr)
    print(shown, end="")
    return ExitCode.DONE


def _due_build(arguments: argparse.Namespace, on: date) -> ExitCode:
    from boardpack import due, report
    from boardpack.due import building

    if arguments.format != "text":
        raise UsageError(f"--build tells what it did as text; leave --format {arguments.format} out")
    options, told = options_of(arguments), []
    deadlines = due.deadlines(options, arguments.path, on)
    for each in building.build_due(options, building.Task(deadlines, arguments.within or 0, arguments.strict, _say)):
        if each.findings:
            _say(report.render(each.findings, "text", each.files))
        if each.trace:
            _say(each.trace)
        print(building.line(each), flush=True)
        told.append(each)
    print(building.summary(told))
    return building.exit_code(told)


def _calendar_stream() -> None:
    """A calendar file is UTF-8 with CRLF on every machine."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")


def new(arguments: argparse.Namespace) -> ExitCode:
    """Write a file to fill in."""
    from boardpack import new

    if arguments.kind == "board":
        arguments.papers = arguments.papers or home() / "papers"
        arguments.papers.mkdir(parents=True, exist_ok=True)
        print(new.board(options_of(arguments), arguments.board, arguments.name))
    elif arguments.kind == "paper":
        written = new.paper(options_of(arguments), arguments.paper, arguments.title, arguments.report)
        print(*(written.path, *written.others), sep="\n")
        _say(written.told())
    elif arguments.kind == "editor":
        print(*new.editor(options_of(arguments)), sep="\n")
    else:
        write = new.meeting if arguments.kind == "meeting" else new.minutes
        print(write(options_of(arguments), arguments.meeting))
    return ExitCode.DONE


def completion(arguments: argparse.Namespace) -> ExitCode:
    """Print what makes a shell complete commands."""
    from boardpack import completion
    from boardpack.cli.arguments import parser

    print(completion.script(parser(), arguments.shell))
    return ExitCode.DONE


def doctor(arguments: argparse.Namespace) -> ExitCode:
    """Say what the machine has and lacks."""
    from boardpack import doctor

    schemas = folder("schemas", arguments.schemas) or own("schemas")
    papers = arguments.papers or home() / "papers"
    checks = [*doctor.examine(templates_of(arguments)), *doctor.around(papers, schemas)]
    for check in checks:
        print(f"{'ok     ' if check.ok else 'MISSING' if check.needed else 'without'} {check.name}: {check.text}")
    return ExitCode.DONE if all(check.ok or not check.needed for check in checks) else ExitCode.MISSING
