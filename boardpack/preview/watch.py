"""The folders that a preview depends on, watched: every save is told within a few milliseconds."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import DefaultFilter, watch

_GATHER = 60
"""Milliseconds for which changes are gathered at most: an editor writes a file in two or three steps."""
_STEP = 8
"""Milliseconds without another change after which a save is taken for complete."""
_OLD = 5.0
"""Seconds: a file that was changed longer ago was moved here, and its own time says nothing of the save."""


_PASSING = (r"^~\$", r"^\.", r"^4913$")
"""Names of files that Word, LibreOffice and vim make while they save."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Files that changed together, and the moment of the last change in seconds since 1970."""

    paths: frozenset[Path]
    moment: float


def saves(folders: Collection[Path], stop: threading.Event) -> Iterator[Saved]:
    """Every change below these folders until ``stop`` is set; hidden and temporary files of editors do not count."""
    ignored = DefaultFilter(ignore_entity_patterns=(*DefaultFilter.ignore_entity_patterns, *_PASSING))
    for changes in watch(*folders, watch_filter=ignored, debounce=_GATHER, step=_STEP, stop_event=stop):
        paths = frozenset(Path(path) for _, path in changes)
        yield Saved(paths, _moment(paths))


def _moment(paths: Collection[Path]) -> float:
    now = time.time()
    changed = []
    for path in paths:
        with contextlib.suppress(FileNotFoundError):  # deleted, or replaced again since
            changed.append(path.stat().st_mtime)
    newest = max(changed, default=now)
    return newest if now - _OLD < newest <= now else now
