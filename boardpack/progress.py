"""How long work goes on: on a terminal one line with a bar, the step and the time; elsewhere a plain line a step."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_EVERY = 0.2
_BAR = 20
_SHARES = {"writing the agenda": 0.1, "writing": 0.2, "laying out": 0.35, "comparing": 0.85}
"""How much of a meeting's work is behind one who begins a step, by the step's first words."""


@contextmanager
def shown(stream: TextIO) -> Iterator[Callable[[str], None]]:
    """What long work tells its steps to; the line on a terminal is gone when the work has ended."""
    if not stream.isatty():
        yield lambda text: print(text, file=stream, flush=True)
        return
    line = _Line(stream)
    try:
        yield line.say
    finally:
        line.end()


class _Line:
    """One line of a terminal, written anew several times a second by a thread of its own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._started = time.monotonic()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        threading.Thread(target=self._tick, daemon=True).start()

    def say(self, text: str) -> None:
        """Go on to the next step; a warning stays on a line of its own."""
        with self._lock:
            if text.startswith("warning:"):
                self._stream.write(f"\r\x1b[K{text}\n")
            else:
                self._text = text
            self._draw()

    def end(self) -> None:
        """Take the line away."""
        self._ended.set()
        with self._lock:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _tick(self) -> None:
        while not self._ended.wait(_EVERY):
            with self._lock:
                if not self._ended.is_set():
                    self._draw()

    def _draw(self) -> None:
        seconds = int(time.monotonic() - self._started)
        step = self._text.rpartition(": ")[2]
        share = next((share for begins, share in _SHARES.items() if step.startswith(begins)), 0.0)
        filled = round(share * _BAR)
        line = f"[{'#' * filled}{'.' * (_BAR - filled)}] {seconds:3} s  {self._text}"
        width = shutil.get_terminal_size().columns - 1
        self._stream.write(f"\r{line[:width]}\x1b[K")
        self._stream.flush()
