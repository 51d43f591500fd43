"""How a board counts its deadlines (``notice``, ``drafts_due`` and ``clearance_due`` of board.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Notice:
    """The rule under which notice of a meeting is given, and the days that do not count towards it.

    ``statute`` is the name of the rule, such as ``england-principal``; ``none`` where no statute holds, empty where the
    board says nothing. ``holidays`` is the nation whose bank holidays are left out, or ``none``; ``extra_days`` are
    further days: closures of the office, days of mourning. Sundays never count.
    """

    statute: str = ""
    saturday_counts: bool = False
    holidays: str = "england-and-wales"
    extra_days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class DraftsDue:
    """How long before the day of publication something must be in, in working days or in days of any kind."""

    days: int
    working: bool
