"""A county's packs on a cluster of this machine: how fast, whether in the same bytes, and what a killed worker costs.

    python benchmarks/county.py [--boards 100] [--meetings 5] [--workers 2] [--json FILE]

Invented boards with small meetings are built by the workers of a local Dask cluster, one of which is killed in the
middle. A sample is built again one by one, by the command without a cluster: every byte must be the same, and what a
pack takes there is what the throughput is compared with.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from random_meeting import write_meeting  # noqa: E402  the paths above come first

PAPERS, PAGES = 2, (0.5, 2.0)
SAMPLE = 20


@dataclass(frozen=True)
class Timed:
    """A command that has ended: how long it took, and its last words."""

    seconds: float
    code: int
    said: str


def write_county(papers: Path, boards: int, meetings: int) -> list[str]:
    """Write the boards, each with its meeting every fourth year; returns the meetings' names."""
    names = []
    for board in range(boards):
        drawn = write_meeting(papers, PAPERS, board, pages=PAGES)
        names.append(f"{drawn.parent.name}/{drawn.name}")
        for number in range(1, meetings):  # four years on the 29th of February is a day again

            def later(match: re.Match[str], years: int = 4 * number) -> str:
                return f"{int(match[1]) + years}-"

            target = drawn.with_name(re.sub(r"^(\d{4})-", later, drawn.name))
            shutil.copytree(drawn, target)
            text = (drawn / "meeting.yaml").read_text(encoding="utf-8")
            (target / "meeting.yaml").write_text(re.sub(r"\b(20\d\d)-", later, text), encoding="utf-8")
            names.append(f"{target.parent.name}/{target.name}")
    return names


def pack(names: list[str], papers: Path, output: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "build.py"), "pack", *names, "--papers", str(papers), "--output", str(output)]
    return subprocess.Popen([*command, *more], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def ended(process: subprocess.Popen[str], started: float) -> Timed:
    said, _ = process.communicate()
    return Timed(time.perf_counter() - started, process.returncode, said)


def on_cluster(names: list[str], papers: Path, output: Path, workers: int) -> Timed:
    """Build them on a local cluster, of which one worker is killed when a third of the packs are out."""
    from distributed import LocalCluster

    options: dict[str, Any] = {"threads_per_worker": 1, "dashboard_address": None, "scheduler_port": 0}
    with LocalCluster(n_workers=workers, **options) as cluster:
        started = time.perf_counter()
        process = pack(names, papers, output, "--cluster", cluster.scheduler_address)
        while process.poll() is None and len(list(output.glob("*/*/pack.pdf"))) < len(names) // 3:
            time.sleep(0.2)
        os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
        return ended(process, started)


def one_by_one(names: list[str], papers: Path, output: Path) -> Timed:
    started = time.perf_counter()
    return ended(pack(names, papers, output), started)


def differing(names: list[str], one: Path, other: Path) -> list[str]:
    """The files of these packs that are not the same in both folders."""
    found = []
    for name in names:
        files = {path.relative_to(at).as_posix() for at in (one, other) for path in (at / name).rglob("*.*")}
        found += [each for each in files if not _same(one / each, other / each)]
        if not files:
            found.append(name)
    return sorted(found)


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--boards", type=int, default=100)
    parser.add_argument("--meetings", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="boardpack-county-") as folder:
        home = Path(folder)
        names = write_county(home / "papers", asked.boards, asked.meetings)
        sample = names[:: max(1, len(names) // SAMPLE)][:SAMPLE]
        together = on_cluster(names, home / "papers", home / "cluster", asked.workers)
        alone = one_by_one(sample, home / "papers", home / "alone")
        built = len(list((home / "cluster").glob("*/*/pack.pdf")))
        differ = differing(sample, home / "cluster", home / "alone")
    if together.code or alone.code or differ:
        print(together.said[-3000:], alone.said[-1000:], *differ, sep="\n", file=sys.stderr)
    figures = {
        "packs": len(names),
        "workers": asked.workers,
        "built, with a worker killed": built,
        "packs compared byte by byte": len(sample),
        "files that differ": len(differ),
        "packs an hour": round(3600 * built / together.seconds),
        "throughput ÷ one after another": round(alone.seconds / len(sample) * built / together.seconds, 2),
    }
    for label, value in figures.items():
        print(f"{label:<44} {value:>8,}")
    if asked.json:
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if together.code or alone.code or differ else 0)


if __name__ == "__main__":
    main()
