"""A preview as a person starts it: the command in a process of its own, asked over HTTP."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from packs import command, surroundings
from reading import ROOT, SCHEMAS

PATIENCE = 45.0
"""Seconds after which what has not come will not come, on a machine that is busy with other things."""


@dataclass
class Preview:
    """A running preview: its address, its papers, and what it has said in the terminal."""

    process: subprocess.Popen[str]
    papers: Path
    said: Path
    address: str = ""
    events: dict[str, Any] = field(default_factory=dict)

    @property
    def meeting(self) -> Path:
        return self.papers / "partnership" / "2010-03-11"

    @property
    def host(self) -> str:
        return self.address.split("/")[2]

    def get(self, path: str = "", **headers: str) -> httpx.Response:
        return httpx.get(self.address + path, headers=headers, timeout=PATIENCE)

    def write(self, text: str, name: str = "funding.yaml") -> None:
        (self.meeting / name).write_text(text, encoding="utf-8")

    @contextmanager
    def listening(self, paper: str = "funding") -> Iterator[Listener]:
        with httpx.stream("GET", f"{self.address}events", params={"paper": paper}, timeout=PATIENCE) as stream:
            yield Listener(stream.iter_lines())

    def children(self) -> dict[int, str]:
        """The processes below the preview, by their numbers, each with its name."""
        parents: dict[int, tuple[int, str]] = {}
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                name, rest = re.fullmatch(r"\d+ \((.*)\) \S (\d+) .*\n?", status.read_text(), re.DOTALL).groups()
            except OSError:  # it has ended since
                continue
            parents[int(status.parent.name)] = (int(rest), name)
        below, found = {self.process.pid}, {}
        for _ in range(8):
            found |= {pid: name for pid, (parent, name) in parents.items() if parent in below and name}
            below |= set(found)
        return found

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@dataclass
class Listener:
    """An open page, as far as its events go; ``last`` holds the newest of each name."""

    lines: Iterator[str]
    last: dict[str, Any] = field(default_factory=dict)

    def until(self, name: str, wanted: Any = lambda _: True) -> Any:
        """Read on to the first event of a name that is as wanted."""
        deadline, event = time.monotonic() + PATIENCE, ""
        for line in self.lines:
            if line.startswith("event: "):
                event = line[7:]
            elif line.startswith("data: "):
                self.last[event] = json.loads(line[6:])
                if event == name and wanted(self.last[event]):
                    return self.last[event]
            if time.monotonic() > deadline:
                break
        raise AssertionError(f"no {name} came that was wanted; the last was {self.last.get(name)}")


@contextmanager
def preview(papers: Path, named: str, root: Path, *more: str) -> Iterator[Preview]:
    """Start a preview and end it again."""
    said = papers.parent / f"said-{time.monotonic_ns()}.txt"
    places = ["--papers", papers, "--templates", ROOT / "templates", "--schemas", SCHEMAS]
    with said.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            command("preview", named, *places, "--no-browser", "--verbose", *more),
            stdout=subprocess.DEVNULL,
            stderr=errors,
            text=True,
            env={**os.environ, **surroundings(root)},
        )
    running = Preview(process, papers, said)
    try:
        running.address = _address(running)
        yield running
    finally:
        if process.poll() is None:
            running.stop()


def _address(running: Preview) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and running.process.poll() is None:
        if found := re.search(r"http://\S+", running.said.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(running.said.read_text(encoding="utf-8"))
