"""What `due` has to tell of one meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from boardpack.clear_days import LeftOut


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day by which something must be done, with the count that led to it.

    ``kind`` is ``drafts``, ``clearance``, ``notice`` (the first of two), ``publication`` or ``meeting``. ``day`` is the
    last one in time, ``working_day`` the last working day on or before it. ``working`` is the count as a sentence,
    ``source`` who demands it, ``late`` what remains lawful when the day has passed.
    """

    kind: str
    label: str
    day: date
    working_day: date
    working: str = ""
    counted: tuple[date, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    source: str = ""
    late: str = ""


class Waiting(NamedTuple):
    """What is not there yet: ``errors``, a ``paper``, an ``appendix``, a ``clearance``, ``minutes``, an ``action``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Due:
    """One meeting with its deadlines in order of date.

    ``name`` is what commands call it; empty where the meeting has only been announced. ``late`` says what is late on
    the day asked about, ``notes`` what a reader should know about the count.
    """

    board: str
    title: str
    name: str
    date: date
    starts: time | None
    venue: str
    deadlines: tuple[Deadline, ...]
    waiting: tuple[Waiting, ...] = ()
    late: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Uncounted(NamedTuple):
    """A meeting whose deadlines cannot be counted, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Everything that is due from one day on: the meetings by their next deadline, and those not counted."""

    on: date
    meetings: tuple[Due, ...]
    uncounted: tuple[Uncounted, ...] = ()
