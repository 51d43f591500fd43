"""The command line: arguments to options, outcomes to text and exit codes. The only room that prints or exits.

``arguments`` says what can be said, ``commands`` does it, ``folders`` finds where.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import NoReturn

from boardpack.cli.arguments import parser
from boardpack.diagnostics import BoardpackError, ExitCode

_STOPPED = 130
"""What a command ends with that was stopped with Ctrl+C."""


def run() -> NoReturn:
    """Run the command that this process was started for, and end it.

    Everything has been closed then, unless it was stopped. What is left in memory is not taken apart, which would take
    a tenth of a second.
    """
    code = main()
    if code == _STOPPED:
        raise SystemExit(code)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = 128 + signal.SIGPIPE
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    _plain_streams()
    _heed_signals()
    gc.disable()  # one command, then the process ends: looking for garbage would cost more than it frees
    try:
        options = parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], ExitCode] = options.run
        return command(options)
    except BoardpackError as error:
        print(f"boardpack: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("boardpack: stopped; what was being built was not put out", file=sys.stderr)
        return _STOPPED
    except BrokenPipeError:  # whoever read what is printed has gone, and packs may be left
        return 128 + signal.SIGPIPE
    except Exception as error:  # noqa: BLE001  # the last line of defence: a sentence, and a code of its own
        from boardpack import faults

        print(faults.told(error), file=sys.stderr)
        return faults.exit_code(error)


def _heed_signals() -> None:
    """Leave on SIGTERM and SIGHUP as on Ctrl+C: LibreOffice is ended, and working folders are taken away."""

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), leave)


def _plain_streams() -> None:
    """Print what a terminal cannot show as an escape rather than fail over it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
