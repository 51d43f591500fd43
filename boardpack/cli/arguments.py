"""What can be said on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from boardpack import __version__
from boardpack.cli import commands
from boardpack.diagnostics import UsageError

if TYPE_CHECKING:
    from datetime import date

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


def parser() -> argparse.ArgumentParser:
    """All commands with their options; each names what runs it as ``run``."""
    every = _Parser(
        prog="boardpack",
        description="Board and committee papers as code: a Word meeting pack with its page references filled in.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    every.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    verbs = every.add_subparsers(dest="command", required=True, metavar="COMMAND")
    places = _Parser(add_help=False)
    for name, what in (
        ("papers", "the folder with a folder for each board"),
        ("templates", "the folder with the houses' Word templates"),
        ("schemas", "the folder with the JSON Schemas"),
        ("output", "the folder that packs are put into"),
    ):
        places.add_argument(f"--{name}", type=Path, metavar="DIR", help=what)
    _check_command(verbs.add_parser("check", parents=[places], help="find what is wrong in the papers"))
    _pack_command(verbs.add_parser("pack", parents=[places], help="check, then build agenda, reports and meeting pack"))
    _preview_command(
        verbs.add_parser("preview", parents=[places], help="show a paper in the browser, and follow every save")
    )
    _publish_command(
        verbs.add_parser("publish", parents=[places], help="build, and record that numbers and pages are out")
    )
    _changes_command(verbs.add_parser("changes", parents=[places], help="say what differs from what was published"))
    _new_command(verbs.add_parser("new", help="write a file to fill in"), places)
    _due_command(verbs.add_parser("due", parents=[places], help="say what is due when, and how that was counted"))
    doctor = verbs.add_parser("doctor", parents=[places], help="say what this machine has and lacks")
    doctor.set_defaults(run=commands.doctor)
    completion = verbs.add_parser("completion", help="print what makes a shell complete commands and paths")
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell")
    completion.set_defaults(run=commands.completion)
    return every


def _check_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", nargs="*", metavar="PATH", help="a board, a meeting or a paper; all papers if none is named"
    )
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help="how findings are shown")
    parser.add_argument("--explain", metavar="CODE", help="say what a finding's code means and why, and check nothing")
    parser.set_defaults(run=commands.check)


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
    parser.set_defaults(run=commands.pack)


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
    parser.set_defaults(run=commands.publish)


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
    parser.set_defaults(run=commands.changes)


def _preview_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        metavar="PAPER|MEETING",
        help="a paper's file, or board/meeting/paper; a meeting's folder shows its agenda",
    )
    parser.add_argument("--port", type=_port, default=0, help="the port of this machine; any that is free otherwise")
    parser.add_argument("--no-browser", action="store_true", help="print the address and open nothing")
    parser.add_argument("--verbose", action="store_true", help="say after each save how long text and pages took")
    parser.set_defaults(run=commands.preview)


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
    parser.set_defaults(run=commands.new)


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
    parser.set_defaults(run=commands.due)


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
