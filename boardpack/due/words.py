"""Counts as sentences: the days that were counted, and those that were not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from boardpack.clear_days import Count, Period
from boardpack.model.dates import long_date, short_date
from boardpack.model.notice import DraftsDue, Notice
from boardpack.model.sentences import listed


def notice_working(count: Count, period: Period, notice: Notice) -> str:
    """How the last day for a notice was counted."""
    lead = f"{period.days} clear days before {long_date(count.until)}"
    if period.calendar:
        return f"{lead}: {span(count.days)}"
    kinds = [
        *(() if notice.saturday_counts else ("Saturdays",)),
        "Sundays",
        *(() if notice.holidays == "none" else ("bank holidays",)),
    ]
    return f"{lead}: {in_words(count.days)} ({listed(kinds)} do not count){_besides(count)}"


def drafts_working(count: Count, due: DraftsDue) -> str:
    """How the day for drafts was counted."""
    unit = ("working day" if due.working else "day") + ("" if due.days == 1 else "s")
    lead = f"{due.days} {unit} before publication on {long_date(count.until)}"
    if not count.days:
        return lead
    return f"{lead}: {in_words(count.days) if due.working else span(count.days)}{_besides(count)}"


def _besides(count: Count) -> str:
    """The days in between that do not count for another reason than the week."""
    named = [f"{long_date(day)} ({why})" for day, why in count.left_out if why not in {"Saturday", "Sunday"}]
    return f"; left out: {listed(named)}" if named else ""


def span(days: Sequence[date]) -> str:
    """Days without a gap: "every day from 11 February 2010 to 10 March 2010"."""
    return f"every day from {short_date(days[0])} to {short_date(days[-1])}"


def in_words(days: Sequence[date]) -> str:
    """Days with each month and year said once: "30, 31 December 2026, 4 and 5 January 2027"."""
    parts = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        own, month, year = short_date(day).split()
        if following and (following.year, following.month) == (day.year, day.month):
            parts.append(own)
        else:
            parts.append(f"{own} {month}" if following and following.year == day.year else f"{own} {month} {year}")
    return listed(parts)


def distance(day: date, on: date) -> str:
    """How far a day is from another: "today", "in 12 days", "3 days ago"."""
    days = (day - on).days
    if abs(days) < 2:
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"
