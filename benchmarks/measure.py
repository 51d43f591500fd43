"""Runs a command as a whole process and says how long it took and what it needed.

The command is started by a small process of its own, which is this file run as a script: Linux counts the
memory of the process that starts another as the other's, and the benchmark itself holds a lot.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One run: wall time, the peak memory of its largest process, and why it failed, if it did."""

    seconds: float
    peak_mib: float
    failure: str = ""


def run(command: Sequence[str]) -> Run:
    """Run a command to its end; the peak is that of the largest process among it and its children."""
    with tempfile.TemporaryDirectory() as folder:
        report, said = Path(folder) / "report", Path(folder) / "said"
        subprocess.run([sys.executable, "-I", "-S", __file__, str(report), str(said), *command], check=True)
        seconds, peak_kib, code = json.loads(report.read_text(encoding="utf-8"))
        lines = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return Run(seconds, peak_kib / 1024, f"exit {code}: {' / '.join(lines[-2:])}" if code else "")


def best(runs: Sequence[Run]) -> Run:
    """The fastest of several runs; a failed one is the worst."""
    return min(runs, key=lambda each: (bool(each.failure), each.seconds))


def start(report: Path, said: Path, command: Sequence[str]) -> None:
    """Run the command, with what it says kept in ``said``, and write what it needed into ``report``."""
    with said.open("wb") as stream:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    report.write_text(json.dumps([seconds, usage.ru_maxrss, process.returncode]), encoding="utf-8")


if __name__ == "__main__":
    start(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
