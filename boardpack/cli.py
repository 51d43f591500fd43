"""The command line: arguments to options, outcomes to text and exit codes. The only room that prints or exits."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from boardpack import __version__
from boardpack.diagnostics import BoardpackError, ExitCode, UsageError, has_errors

if TYPE_CHECKING:
    from datetime import date

    from boardpack import pipeline
    from boardpack.places import Options

_EXAMPLES = """examples:
  boardpack check                                    every finding in all papers
  boardpack check papers/safer-essex/2010-03-11      in one meeting
  boardpack pack safer-essex/2010-03-11              build one meeting's pack
  boardpack pack                                     build each board's next meeting
  boardpack changes safer-essex/2010-03-11           what differs from what was published
  boardpack preview safer-essex/2010-03-11/funding   a live page of a paper in the browser
  boardpack new board planning                       begin a board; then new meeting, new paper
  boardpack new paper planning/2027-01-14/hours --from report.docx
                                                     begin a paper from a Word report
  boardpack new minutes safer-essex/2010-03-11       the skeleton of a meeting's minutes
  boardpack due                                      when drafts are due, when to publish, what is late
  boardpack doctor                                   what this machine has and lacks

exit codes: 0 done, 1 errors in the papers, 2 wrong use, 3 something missing on this machine, 4 a fault of boardpack
"""


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are a sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; `{self.prog} --help` lists what can be said")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    _plain_streams()
    gc.disable()  # one command, then the process ends: looking for garbage would cost more than it frees
    try:
        options = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], ExitCode] = options.run
        return run(options)
    except BoardpackError as error:
        print(f"boardpack: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("boardpack: stopped; nothing was put out", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return ExitCode.DONE
    except Exception as error:  # noqa: BLE001  # the last line of defence: a sentence, and a code of its own
        from boardpack import faults

        print(faults.told(error), file=sys.stderr)
        return faults.exit_code(error)


def _plain_streams() -> None:
    """Print what a terminal cannot show as an escape rather than fail over it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="boardpack",
        description="Board and committee papers as code: a Word meeting pack with its page references filled in.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    places = _Parser(add_help=False)
    for name, what in (
        ("papers", "the folder with a folder for each board"),
        ("templates", "the folder with the houses' Word templates"),
        ("schemas", "the folder with the JSON Schemas"),
        ("output", "the folder that packs are put into"),
    ):
        places.add_argument(f"--{name}", type=Path, metavar="DIR", help=what)
    _check_command(commands.add_parser("check", parents=[places], help="find what is wrong in the papers"))
    _pack_command(
        commands.add_parser("pack", parents=[places], help="check, then build agenda, reports and meeting pack")
    )
    _preview_command(
        commands.add_parser("preview", parents=[places], help="show a paper in the browser, and follow every save")
    )
    _publish_command(
        commands.add_parser("publish", parents=[places], help="build, and record that numbers and pages are out")
    )
    _changes_command(commands.add_parser("changes", parents=[places], help="say what differs from what was published"))
    _new_command(commands.add_parser("new", help="write a file to fill in"), places)
    _due_command(commands.add_parser("due", parents=[places], help="say what is due when, and how that was counted"))
    doctor = commands.add_parser("doctor", parents=[places], help="say what this machine has and lacks")
    doctor.set_defaults(run=_doctor)
    completion = commands.add_parser("completion", help="print what makes a shell complete commands and paths")
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell")
    completion.set_defaults(run=_completion)
    return parser


def _check_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", nargs="*", metavar="PATH", help="a board, a meeting or a paper; all papers if none is named"
    )
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help="how findings are shown")
    parser.add_argument("--explain", metavar="CODE", help="say what a finding's code means and why, and check nothing")
    parser.set_defaults(run=_check)


def _pack_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        nargs="*",
        metavar="MEETING",
        help="a meeting's folder, or board/meeting; else each board's next",
    )
    parser.add_argument(
        "--edition",
        choices=("members", "public", "all"),
        default="all",
        help="whom the pack is for: members; the public, without what is withheld; or both (the default)",
    )
    parser.add_argument(
        "--no-pdf",
        action="store_true",
        help="Word files only, without laying them out: page numbers stay open until F9 in Word",
    )
    parser.add_argument(
        "--supplement",
        action="store_true",
        help="what has come or changed since the papers were published, with page numbers that go on from there",
    )
    parser.add_argument("--strict", action="store_true", help="take every warning for an error")
    parser.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="build so many meetings at once; 0: one for each processor"
    )
    parser.add_argument("--cluster", default="", metavar="ADDRESS", help="build on the workers of this Dask scheduler")
    parser.add_argument(
        "--shared",
        action="store_true",
        help="with --cluster: its workers read and write the same folders as this machine",
    )
    parser.set_defaults(run=_pack)


def _publish_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="+", metavar="MEETING", help="a meeting's folder, or board/meeting")
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day on which the papers go out; else today")
    parser.add_argument(
        "--address",
        default="",
        metavar="URL",
        help="where the web edition will lie, such as https://example.org/papers",
    )
    parser.add_argument("--strict", action="store_true", help="take every warning for an error")
    parser.set_defaults(run=_publish)


def _changes_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="MEETING", help="a meeting's folder, or board/meeting")
    parser.add_argument(
        "--edition",
        choices=("members", "public"),
        default="members",
        help="for whom: members (the default), or the public, without what is withheld",
    )
    parser.add_argument(
        "--docx",
        type=Path,
        nargs="?",
        const=Path(),
        metavar="FILE",
        help="write it as a note in Word as well; BOARD/MEETING-changes.docx in the output folder if no file is named",
    )
    parser.set_defaults(run=_changes)


def _preview_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        metavar="PAPER|MEETING",
        help="a paper's file, or board/meeting/paper; a meeting's folder shows its agenda",
    )
    parser.add_argument("--port", type=_port, default=0, help="the port of this machine; any that is free otherwise")
    parser.add_argument("--no-browser", action="store_true", help="print the address and open nothing")
    parser.add_argument("--verbose", action="store_true", help="say after each save how long text and pages took")
    parser.set_defaults(run=_preview)


def _new_command(parser: argparse.ArgumentParser, places: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")

    def kind(name: str, help: str) -> argparse.ArgumentParser:
        epilog = f"example:\n  boardpack new {_NEW[name]}"
        plain = argparse.RawDescriptionHelpFormatter
        return kinds.add_parser(
            name, parents=[places], help=help, description=help, epilog=epilog, formatter_class=plain
        )

    board = kind("board", "a board: its name, what it asks of every paper, how it counts")
    board.add_argument("board", metavar="ID", help="the name of its folder: small letters, digits and hyphens")
    board.add_argument("--name", default="", help="how its name prints")
    meeting = kind("meeting", "a meeting, its agenda begun with what stood on the last one")
    meeting.add_argument("meeting", metavar="BOARD/DATE", help="the board's folder and the day, such as 2027-01-14")
    paper = kind("paper", "a paper, with all that the board asks for; or what a Word report holds, as a paper")
    paper.add_argument("paper", metavar="BOARD/MEETING/ID", help="the meeting's folder and the paper's own short name")
    paper.add_argument("--title", default="", help="the paper's title")
    paper.add_argument("--from", dest="report", type=Path, metavar="FILE.docx", help="the Word report to begin from")
    minutes = kind("minutes", "a meeting's minutes, with the recommendations as draft resolutions")
    minutes.add_argument("meeting", metavar="MEETING", help="the meeting's folder, or board/meeting")
    kind("editor", "settings by which Visual Studio Code completes and checks these files")
    parser.set_defaults(run=_new)


_NEW = {
    "board": 'board planning --name "Planning Committee"',
    "meeting": "meeting planning/2027-01-14",
    "paper": "paper planning/2027-01-14/opening-hours --from report.docx",
    "minutes": "minutes planning/2027-01-14",
    "editor": "editor",
}


def _due_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", nargs="*", metavar="MEETING", help="a board, or a meeting whenever it is; else all that are to come"
    )
    parser.add_argument("--on", type=_day, metavar="DATE", help="count from this day, such as 2027-01-04; else today")
    parser.add_argument("--within", type=_days, metavar="DAYS", help=_WITHIN)
    parser.add_argument(
        "--format", choices=("text", "json", "ics"), default="text", help="how deadlines are shown; ics for a calendar"
    )
    help = "build each pack that is due, unless nothing has changed since it was built"
    parser.add_argument("--build", action="store_true", help=help)
    parser.add_argument("--strict", action="store_true", help="with --build, take every warning for an error")
    parser.set_defaults(run=_due)


_WITHIN = "only meetings with a deadline in so many days; with --build, build so many days before publication"


def _day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a date such as 2027-01-04") from None


def _jobs(text: str) -> int:
    from os import cpu_count

    if not (text.isascii() and text.isdecimal()) or int(text) > 500:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of jobs")
    return int(text) or cpu_count() or 1


def _days(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of days")
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"`{text}` is not the number of a port, which is less than 65536")
    return int(text)


def _check(arguments: argparse.Namespace) -> ExitCode:
    from boardpack import pipeline, report

    if arguments.explain:
        return _explain(arguments.explain)
    checked = pipeline.check(_options(arguments), arguments.path)
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


def _pack(arguments: argparse.Namespace) -> ExitCode:
    from datetime import date

    from boardpack import pipeline, progress

    today = date.today()  # noqa: DTZ011  # the day on the officer's own calendar
    wanted = pipeline.Wanted(arguments.edition, not arguments.no_pdf, arguments.supplement)
    options, strict = _options(arguments), arguments.strict
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


def _publish(arguments: argparse.Namespace) -> ExitCode:
    from datetime import date

    from boardpack import pipeline, progress, report

    today = arguments.on or date.today()  # noqa: DTZ011  # the day on the officer's own calendar
    with progress.shown(sys.stderr) as say:
        outcome = pipeline.publish(
            _options(arguments),
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


def _changes(arguments: argparse.Namespace) -> ExitCode:
    from boardpack import changes, report
    from boardpack.pipeline import differences

    options = _options(arguments)
    found = differences.differences(options, arguments.path, public=arguments.edition == "public")
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


def _preview(arguments: argparse.Namespace) -> ExitCode:
    from boardpack import preview

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    preview.serve(
        _options(arguments),
        arguments.path,
        port=arguments.port,
        browser=not arguments.no_browser,
        say=say,
        measure=arguments.verbose,
    )
    return ExitCode.DONE


def _due(arguments: argparse.Namespace) -> ExitCode:
    from datetime import date

    from boardpack import due

    on = arguments.on or date.today()  # noqa: DTZ011  # the day on the officer's own calendar
    if arguments.build:
        return _due_build(arguments, on)
    deadlines = due.deadlines(_options(arguments), arguments.path, on, arguments.within)
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
    options, told = _options(arguments), []
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


def _new(arguments: argparse.Namespace) -> ExitCode:
    from boardpack import new

    if arguments.kind == "board":
        arguments.papers = arguments.papers or _home() / "papers"
        arguments.papers.mkdir(parents=True, exist_ok=True)
        print(new.board(_options(arguments), arguments.board, arguments.name))
    elif arguments.kind == "paper":
        written = new.paper(_options(arguments), arguments.paper, arguments.title, arguments.report)
        print(*(written.path, *written.others), sep="\n")
        _say(written.told())
    elif arguments.kind == "editor":
        print(*new.editor(_options(arguments)), sep="\n")
    else:
        write = new.meeting if arguments.kind == "meeting" else new.minutes
        print(write(_options(arguments), arguments.meeting))
    return ExitCode.DONE


def _completion(arguments: argparse.Namespace) -> ExitCode:
    from boardpack import completion

    print(completion.script(_parser(), arguments.shell))
    return ExitCode.DONE


def _doctor(arguments: argparse.Namespace) -> ExitCode:
    from boardpack import doctor

    schemas = _folder("schemas", arguments.schemas) or _own("schemas")
    papers = arguments.papers or _home() / "papers"
    checks = [*doctor.examine(_templates(arguments)), *doctor.around(papers, schemas)]
    for check in checks:
        print(f"{'ok     ' if check.ok else 'MISSING' if check.needed else 'without'} {check.name}: {check.text}")
    return ExitCode.DONE if all(check.ok or not check.needed for check in checks) else ExitCode.MISSING


def _options(arguments: argparse.Namespace) -> Options:
    """Folders as they were named, else beside build.py or in the current folder, else the program's own."""
    from boardpack.places import Options

    home = _home()
    papers = _folder("papers", arguments.papers)
    if papers is None:
        raise UsageError(f"there is no papers folder at {home}; go to where it is or name it with --papers")
    schemas = _folder("schemas", arguments.schemas) or _own("schemas")
    return Options(papers, arguments.output or home / "output", _templates(arguments), schemas)


def _templates(arguments: argparse.Namespace) -> tuple[Path, ...]:
    """Where houses are looked for: the folder named or the one at hand, then the program's own."""
    folders = (_folder("templates", arguments.templates), _own("templates"))
    return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder))


def _folder(name: str, named: Path | None) -> Path | None:
    """The folder that was named, which must be there; else the usual one if it is."""
    if named and not named.is_dir():
        raise UsageError(f"there is no folder {named}; name one that is there with --{name}")
    usual = _home() / name
    return named or (usual if usual.is_dir() else None)


def _own(name: str) -> Path:
    """What the program brings along: in an installed package inside it, in a checkout beside it."""
    package = Path(__file__).resolve().parent
    installed = package / "defaults" / name
    return installed if installed.is_dir() else package.parent / name


def _home() -> Path:
    """The folder of build.py where that is what runs, else the current folder."""
    script = Path(sys.argv[0])
    return script.resolve().parent if script.name == "build.py" else Path.cwd()
