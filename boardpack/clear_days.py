"""Clear days: which days count towards the notice of a meeting, and the last day on which it can be given.

A clear day is a whole day between two others: the day of publication and the day of the meeting do not count. The days
that a board's ``notice`` leaves out do not count either. Nothing here looks at a clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from boardpack.model.notice import DraftsDue, Notice

if TYPE_CHECKING:
    from holidays import HolidayBase

YEARS = range(1900, 2101)
"""The years of meetings that can be counted for: those for which bank holidays can be known or worked out."""

_DAY = timedelta(days=1)
_SUBSTITUTE = re.compile(r"(.+) \(observed\)")
_NATIONS = {"england-and-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
_ACT = "Local Government Act 1972"
_EXECUTIVE = (
    "Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012"
)


class Period(NamedTuple):
    """A period of notice: what is to be published, how many clear days before, who says so, and what if it was not.

    ``kind`` is the same for the same thing under every rule. In a ``calendar`` period every day counts.
    """

    kind: str
    what: str
    days: int
    source: str
    late: str
    calendar: bool = False


RULES: Mapping[str, tuple[Period, ...]] = {
    "england-principal": (
        Period(
            "publication",
            "Publication",
            5,
            f"{_ACT}, sections 100A(6)(a) and 100B(3) and (4)(a), as amended by SI 2002/715",
            "an item that was not published by then is taken only if the chair is of the opinion, by reason of special "
            "circumstances that the minutes specify, that it is urgent (section 100B(4)(b)); a meeting convened at "
            "shorter notice is published when it is convened",
        ),
    ),
    "wales": (
        Period(
            "publication",
            "Publication",
            3,
            f"{_ACT}, section 100BA: three clear days, published electronically",
            "an item that is added later is published when it is added (section 100BA), and is taken only if the chair "
            "is of the opinion, by reason of special circumstances that the minutes specify, that it is urgent",
        ),
    ),
    "parish": (
        Period(
            "publication",
            "Publication",
            3,
            f"{_ACT}, Schedule 12, paragraph 10(2)(a)",
            "boardpack knows of no rule by which a parish council may take a later item as urgent: leave it for "
            "another meeting, or find another day for this one",
        ),
    ),
    "england-executive-private": (
        Period(
            "notice",
            "First notice",
            28,
            f"{_EXECUTIVE} (SI 2012/2089), regulation 5: notice of a meeting in private, with the reasons",
            "the meeting can be held in private only if the chair of the scrutiny committee agrees that it is urgent; "
            "where there is none, the chair of the council, then the vice chair (regulation 5)",
            calendar=True,
        ),
        Period(
            "publication",
            "Publication",
            5,
            f"{_EXECUTIVE} (SI 2012/2089), regulations 5 and 6: the second notice, with the representations received "
            "and the answer to them; the agenda and reports",
            "the meeting can be held in private only if the chair of the scrutiny committee agrees that it is urgent; "
            "where there is none, the chair of the council, then the vice chair (regulation 5)",
        ),
    ),
}
"""The periods of each rule that ``notice.statute`` may name; ``none`` has no period."""


class LeftOut(NamedTuple):
    """A day that does not count, and the reason in a word or two."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Count:
    """Days counted back from a day that does not count itself.

    ``days`` are those counted, the earliest first; ``left_out`` the others between the first of them and the day
    counted from. ``latest`` is the last day in time, ``working_day`` the last working day on or before it.
    """

    until: date
    days: tuple[date, ...]
    left_out: tuple[LeftOut, ...]
    latest: date
    working_day: date


def clear_days(meeting: date, number: int, notice: Notice, *, calendar: bool = False) -> Count:
    """Count a number of clear days before a meeting; the latest lawful day is the one before the first of them.

    With ``calendar`` every day counts, Sundays too.
    """
    counted, left_out = _back(meeting, number, notice, every=calendar)
    latest = (counted[0] if counted else meeting) - _DAY
    return Count(meeting, counted, left_out, latest, last_working_day(latest, notice))


def last_day(meeting: date, notice: Notice) -> date | None:
    """The last lawful day for putting the agenda and the papers out; nothing where no rule says one."""
    periods = (each for each in RULES.get(notice.statute, ()) if each.kind == "publication")
    period = next(periods, None)
    if period is None or meeting.year not in YEARS:
        return None
    return clear_days(meeting, period.days, notice, calendar=period.calendar).latest


def drafts(publication: date, due: DraftsDue, notice: Notice) -> Count:
    """Count back from the day of publication to the day by which drafts are due, which is the last one counted."""
    days, left_out = _back(publication, due.days, _weekdays(notice), every=not due.working)
    latest = days[0] if days else publication
    return Count(publication, days, left_out, latest, last_working_day(latest, notice))


def _back(
    until: date, number: int, notice: Notice, *, every: bool = False
) -> tuple[tuple[date, ...], tuple[LeftOut, ...]]:
    counted: list[date] = []
    left_out: list[LeftOut] = []
    day = until
    while len(counted) < number:
        day -= _DAY
        if reason := "" if every else why_not(day, notice):
            left_out.append(LeftOut(day, reason))
        else:
            counted.append(day)
    return tuple(reversed(counted)), tuple(reversed(left_out))


def last_working_day(day: date, notice: Notice) -> date:
    """The last day on or before this one on which an office works: no Saturday, Sunday, bank holiday or closure."""
    while why_not(day, _weekdays(notice)):
        day -= _DAY
    return day


def _weekdays(notice: Notice) -> Notice:
    """The same without Saturdays: nobody works on them, whether they count towards clear days or not."""
    return replace(notice, saturday_counts=False)


def why_not(day: date, notice: Notice) -> str:
    """Why a day does not count, in a word or two; empty where it does."""
    if day.weekday() == 6:
        return "Sunday"
    if day.weekday() == 5 and not notice.saturday_counts:
        return "Saturday"
    return bank_holiday(day, notice.holidays) or ("named in board.yaml" if day in notice.extra_days else "")


def bank_holiday(day: date, nation: str) -> str:
    """What the bank holiday of a nation on this day is called; empty where there is none."""
    if nation not in _NATIONS:
        return ""
    names = _calendar(nation).get(day, "").split("; ")
    return "; ".join(_SUBSTITUTE.sub(r"substitute day for \1", name) for name in names)


@cache
def _calendar(nation: str) -> HolidayBase:
    """Bank holidays with Christmas Day, Good Friday and the days by proclamation, each year as it is asked for.

    A holiday that falls on a Saturday stands in it beside its substitute day. Both are left out: a day too many that
    does not count puts a deadline earlier, never later.
    """
    import holidays  # takes a tenth of a second, which a check has no use for

    return holidays.country_holidays("GB", subdiv=_NATIONS[nation], language="en_GB")
