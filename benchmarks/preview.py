"""How long the preview takes from a save to the text and to the true pages, over 30 saves of a paper of three pages.

    .venv/bin/python benchmarks/preview.py [SAVES]

Measured from outside, as a browser sees it: from the moment the file is written to the event with the new text, and to
the last byte of the first page's picture at two pixels a point. The papers are a copy of the sample's.
"""

import json
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
PAPER = "safer-essex/2010-03-11/funding"
WORDS = "Members agreed at their last meeting"
PAUSE = 2.0
"""Seconds between two saves: an author looks at what came of the last one."""
SHARP = 2


def main(saves: int) -> None:
    """Measure and print both times."""
    with tempfile.TemporaryDirectory() as folder:
        papers = Path(folder) / "papers"
        shutil.copytree(ROOT / "papers", papers)
        places = ["--papers", papers, "--templates", ROOT / "templates", "--schemas", ROOT / "schemas"]
        process = subprocess.Popen(
            [sys.executable, ROOT / "build.py", "preview", PAPER, *places, "--no-browser"],
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stderr is not None
            address = re.search(r"http://\S+", process.stderr.readline())
            assert address, "the preview has not started"
            measured = list(measure(address[0], papers / f"{PAPER}.yaml", saves))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)
    for name, times in zip(("text", "pages"), zip(*measured, strict=True), strict=True):
        ranked = sorted(times)
        late = ranked[min(len(ranked) - 1, round(0.95 * len(ranked)))]
        print(f"{name:5}  median {statistics.median(ranked):5.0f} ms   95 of 100 within {late:5.0f} ms   {saves} saves")


def measure(address: str, file: Path, saves: int) -> Iterator[tuple[float, float]]:
    """Milliseconds from each save to the text and to the first page."""
    original = file.read_text(encoding="utf-8")
    id = file.stem
    with (
        httpx.Client(timeout=60) as client,
        client.stream("GET", f"{address}events", params={"paper": id}) as stream,
    ):
        told = events(stream.iter_lines())
        wait(told, "pages", lambda message: message["first"] > 0)
        for number in range(saves):
            time.sleep(PAUSE)
            text = original.replace(WORDS, f"{WORDS} (save {number})")
            file.write_text(text, encoding="utf-8")
            saved = time.perf_counter()
            wait(told, "text", lambda message, number=number: f"(save {number})" in message["article"])
            shown = time.perf_counter()
            message = wait(told, "pages", lambda message, number=number: message["serial"] > number)
            picture = client.get(f"{address}paper/{id}/page/1.png", params={"scale": SHARP, "v": message["serial"]})
            picture.raise_for_status()
            yield (shown - saved) * 1000, (time.perf_counter() - saved) * 1000


def events(lines: Iterator[str]) -> Iterator[tuple[str, dict]]:
    """Server-sent events: name and message."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            yield name, json.loads(line[6:])


def wait(told: Iterator[tuple[str, dict]], name: str, wanted: Callable[[dict], bool]) -> dict:
    """The next event of a name that is as wanted."""
    return next(message for each, message in told if each == name and wanted(message))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
