"""A weekday beside a date must be that date's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from boardpack.diagnostics import Finding, finding
from boardpack.model.dates import short_date
from boardpack.model.meeting import Meeting
from boardpack.model.text import Text, without_code
from boardpack.rules.patterns import later
from boardpack.rules.texts import every, place

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# In full in any case; shortened with a capital only, and never Sun, which is a newspaper as well.
_DAY_WORD = r"(?:(?i:mon|tues|wednes|thurs|fri|satur|sun)(?i:day)|Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat)\b\.?"
_MONTH_WORD = (
    r"(?i:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_NUMBER = r"(?P<{}>\d{{1,2}})(?:\s?(?:st|nd|rd|th)\b)?"
_YEAR = r"(?:,?\s+(?P<{}>\d{{4}})(?!\d|\s?h(?:rs|ours)?\b)|\s+['’](?P<{}short>\d\d)(?!\d))?"
_DATE = (
    # 11 March 2010, 11th of March, 11 to 13 March, 11 and Friday 12 March
    rf"(?:{_NUMBER.format('day')}(?:\s*(?:to|and|or|until|[-–/&,])\s*(?:(?P<lastday>{_DAY_WORD})\s+)?(?P<last>\d{{1,2}})"
    rf"(?:\s?(?:st|nd|rd|th)\b)?)?\s+(?:of\s+)?(?P<month>{_MONTH_WORD}){_YEAR.format('year', 'year')}"
    # March 11, 2010
    rf"|(?P<month2>{_MONTH_WORD})\s+(?:the\s+)?{_NUMBER.format('day2')}(?!\d|[:.]\d){_YEAR.format('year2', 'year2')}"
    # 11/03/2010, 11.3.10, 2010-03-11
    r"|(?P<day3>\d{1,2})(?P<sign>[/.-])(?P<month3>\d{1,2})(?P=sign)(?P<year3>(?:1[89]|2[01])?\d\d)(?![\d/])"
    r"|(?P<year4>\d{4})-(?P<month4>\d\d)-(?P<day4>\d\d)(?!\d))"
)
_BEFORE = later(rf"\b(?P<weekday>{_DAY_WORD})(?:,?\s+|,)(?:the\s+)?{_DATE}")
_ALONE = later(rf"(?<![\w/.-]){_DATE}")
_BEHIND = later(rf"(?<![\w/.-]){_DATE},?\s+\((?P<weekday>{_DAY_WORD})\)")
# "Thursday and Friday 11 and 12 March": which of the two days the weekday goes with is not told.
_ANOTHER_DAY = later(rf"{_DAY_WORD}s?\s*(?:,|/|&|-|–|and|or|to)\s*\Z")
_SIGNS = tuple(sign for day in _DAYS for sign in (day[:3], day.lower(), day.upper()))
_IN_BRACKETS = later(r"\((?i:mon|tue|wed|thu|fri|sat|sun)")
_YEARS = later(r"(?<!\d)((?:19|20)\d\d)(?:\s?[/–-]\s?(\d\d)(?!\d))?")
_OTHER_YEAR = later(r"\b(?:next|last|previous|following|coming|every|each|that)\s+year|\bannual", re.IGNORECASE)

_NEAR = timedelta(days=100)
"""How far from the meeting a date without a year may lie to be the one nearest to it and no other."""

_FAR = timedelta(days=183)
"""How far it may lie to be judged at all: between the two, the day may be that of the next year or the last as well."""

_REFORM = 1753
"""The first year that Britain counted by today's calendar from its first day."""


def weekday_differs(meeting: Meeting) -> Iterator[Finding]:
    """A weekday beside a date that is another day of the week."""
    for text in every(meeting, _may_name_a_weekday):
        # A quick look first: most cells of most tables are shorter, and most texts name no weekday.
        if len(text.value) > len("Mon 1 May") and _may_name_a_weekday(text.value):
            yield from in_text(text, meeting.date)


def _may_name_a_weekday(words: str) -> bool:
    return any(sign in words for sign in _SIGNS)


def dates_in(says: str, near: date) -> set[date]:
    """Every day that some words name; where the year is left out, the day nearest to ``near``."""
    return {days[0] for match in _ALONE.finditer(says) if (days := _days(match, near, says))}


def in_text(text: Text, near: date) -> Iterator[Finding]:
    """The weekdays of a text that are not those of their dates; ``near`` is the day of the meeting."""
    value = without_code(text.value)
    for pattern in (_BEFORE, _BEHIND) if _IN_BRACKETS.search(value) else (_BEFORE,):
        for match in pattern.finditer(value):
            if _ANOTHER_DAY.search(value, max(0, match.start() - 20), match.start()):
                continue
            yield from _judged(text, match, "weekday", _days(match, near, value))
            if pattern is _BEFORE and match["lastday"]:
                yield from _judged(text, match, "lastday", _days(match, near, value, last=True))


def _judged(text: Text, match: re.Match[str], group: str, days: list[date]) -> Iterator[Finding]:
    typed = _SHORT.index(match[group][:3].lower())
    if days and all(day.weekday() != typed for day in days):
        yield _finding(text, match, group, typed, days[0])


def _finding(text: Text, match: re.Match[str], group: str, typed: int, day: date) -> Finding:
    right, wrong = _DAYS[day.weekday()], _DAYS[typed]
    before = day - timedelta(days=(day.weekday() - typed) % 7)
    after = before + timedelta(days=7)
    message = f"{short_date(day)} is a {right}, not a {wrong}"
    help = f"write `{right}`, or correct the date: {short_date(before)} and {short_date(after)} are {wrong}s"
    start, end = match.span(group)
    at = place(text, start if group == "lastday" else match.start(), match.end())
    return finding("weekday-differs", at.find(text.value[start:end]), message, help)


def _days(match: re.Match[str], near: date, value: str, *, last: bool = False) -> list[date]:
    """The days that a date may mean, or the ``last`` of a span, the likeliest first; none where that is not told."""
    group = match.groupdict()
    day = int(next(filter(None, (group["day"], group["day2"], group["day3"], group["day4"]))))
    word = group["month"] or group["month2"]
    month = _MONTHS.index(word[:3].lower()) + 1 if word else int(group["month3"] or group["month4"])
    if last:
        day = int(group["last"])
    elif group["last"] and int(group["last"]) < day:
        return []  # a span from one month to the next names the month of its last day only
    year = group["year"] or group["year2"] or group["year3"] or group["year4"]
    year = year or group["yearshort"] or group["year2short"]
    if year:
        return _real([int(year) + (2000 if len(year) == 2 else 0)], month, day)
    return _without_year(near, month, day, value)


def _without_year(near: date, month: int, day: int, value: str) -> list[date]:
    """The day nearest to the meeting, and the same day of every year that the text speaks of."""
    if _OTHER_YEAR.search(value):
        return []
    around = sorted(_real([near.year - 1, near.year, near.year + 1], month, day), key=lambda each: abs(each - near))
    if not around or abs(around[0] - near) > _FAR:
        return []
    meant = around[:1] if abs(around[0] - near) <= _NEAR else around[:2]
    spoken = {int(match[1]) for match in _YEARS.finditer(value)}
    spoken |= {int(match[1][:2] + match[2]) for match in _YEARS.finditer(value) if match[2]}
    return [*meant, *_real(sorted(spoken), month, day)]


def _real(years: list[int], month: int, day: int) -> list[date]:
    """This day of each of the years that has it."""
    found = []
    for year in years:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return [each for each in found if each.year >= _REFORM]
