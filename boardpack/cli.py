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
    except Exception:  # noqa: BLE001  # the last line of defence: shown with its traceback, ended with its own code
        import traceback

        traceback.print_exc()
        print(
            "boardpack: this is a fault of boardpack, not of the papers; the earlier output is as it was",
            file=sys.stderr,
        )
        return ExitCode.FAULT


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
    _new_command(commands.add_parser("new", help="write a file to fill in"), places)
    _due_command(commands.add_parser("due", parents=[places], help="say what is due when, and how that was counted"))
    doctor = commands.add_parser("doctor", parents=[places], help="say what this machine has and lacks")
    doctor.set_defaults(run=_doctor)
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
    parser.add_argument("--edition", choices=("members",), default="members", help="whom the pack is for")
    parser.add_argument(
        "--no-pdf",
        action="store_true",
        help="Word files only, without laying them out: page numbers stay open until F9 in Word",
    )
    parser.add_argument("--strict", action="store_true", help="take every warning for an error")
    parser.set_defaults(run=_pack)


def _new_command(parser: argparse.ArgumentParser, places: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    help = "a meeting's minutes, with the recommendations as draft resolutions"
    minutes = kinds.add_parser("minutes", parents=[places], help=help)
    minutes.add_argument("meeting", metavar="MEETING", help="the meeting's folder, or board/meeting")
    parser.set_defaults(run=_new)


def _due_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", nargs="*", metavar="MEETING", help="a board, or a meeting whenever it is; else all that are to come"
    )
    parser.add_argument("--on", type=_day, metavar="DATE", help="count from this day, such as 2027-01-04; else today")
    parser.add_argument("--within", type=_days, metavar="DAYS", help="only meetings with a deadline in so many days")
    parser.add_argument(
        "--format", choices=("text", "json", "ics"), default="text", help="how deadlines are shown; ics for a calendar"
    )
    parser.set_defaults(run=_due)


def _day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a date such as 2027-01-04") from None


def _days(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of days")
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

    from boardpack import pipeline, report

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    outcome = pipeline.pack(
        _options(arguments),
        arguments.path,
        today=date.today(),  # noqa: DTZ011  # the day on the officer's own calendar
        pdf=not arguments.no_pdf,
        strict=arguments.strict,
        say=say,
    )
    if outcome.findings:
        print(report.render(outcome.findings, "text", outcome.files), end="", file=sys.stderr)
    if has_errors(outcome.findings):
        return ExitCode.FINDINGS
    for built in outcome.built:
        print(_built(built))
    return ExitCode.DONE


def _built(built: pipeline.Built) -> str:
    path, here = built.folder / "pack.docx", Path.cwd()
    path = path.relative_to(here) if path.is_relative_to(here) else path
    if not built.pages:
        return f"{path}: without page numbers; in Word, Ctrl+A and F9 fill them in"
    return f"{path}: {built.pages} page{'s' if built.pages > 1 else ''}, every page reference compared"


def _due(arguments: argparse.Namespace) -> ExitCode:
    from datetime import date

    from boardpack import due

    on = arguments.on or date.today()  # noqa: DTZ011  # the day on the officer's own calendar
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


def _calendar_stream() -> None:
    """A calendar file is UTF-8 with CRLF on every machine."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")


def _new(arguments: argparse.Namespace) -> ExitCode:
    from boardpack import new

    print(new.minutes(_options(arguments), arguments.meeting))
    return ExitCode.DONE


def _doctor(arguments: argparse.Namespace) -> ExitCode:
    from boardpack import doctor

    checks = doctor.examine(_templates(arguments))
    for check in checks:
        print(f"{'ok     ' if check.ok else 'MISSING'} {check.name}: {check.text}")
    return ExitCode.DONE if all(check.ok for check in checks) else ExitCode.MISSING


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
