"""Clear days: known counts, laws that hold for every count, and bank holidays against the lists as they were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.clear_days import RULES, YEARS, bank_holiday, clear_days, drafts, last_working_day, why_not
from boardpack.model.notice import DraftsDue, Notice

ENGLAND = Notice("england-principal")
MOURNING = frozenset(date(2021, 4, day) for day in range(9, 18))


def days(*texts: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts)


COUNTS = [
    # meeting, number, notice, counted, latest day, last working day
    ("2019-04-23", 5, ENGLAND, "04-12 04-15 04-16 04-17 04-18", "2019-04-11", "2019-04-11"),
    ("2019-04-25", 5, ENGLAND, "04-16 04-17 04-18 04-23 04-24", "2019-04-15", "2019-04-15"),
    ("2022-09-27", 3, Notice("parish", saturday_counts=True), "09-23 09-24 09-26", "2022-09-22", "2022-09-22"),
    ("2021-04-12", 3, Notice("parish", extra_days=MOURNING), "04-06 04-07 04-08", "2021-04-05", "2021-04-01"),
    ("2010-03-11", 5, ENGLAND, "03-04 03-05 03-08 03-09 03-10", "2010-03-03", "2010-03-03"),
    ("2014-06-12", 5, ENGLAND, "06-05 06-06 06-09 06-10 06-11", "2014-06-04", "2014-06-04"),
    ("2015-09-15", 5, ENGLAND, "09-08 09-09 09-10 09-11 09-14", "2015-09-07", "2015-09-07"),
    # a Monday's notice may still be given on the Sunday before the week, when nobody is at work
    ("2026-03-16", 5, ENGLAND, "03-09 03-10 03-11 03-12 03-13", "2026-03-08", "2026-03-06"),
    # the first Monday of August is a bank holiday in Scotland alone
    ("2026-08-05", 3, Notice("wales"), "07-31 08-03 08-04", "2026-07-30", "2026-07-30"),
    ("2026-08-05", 3, Notice("wales", holidays="scotland"), "07-30 07-31 08-04", "2026-07-29", "2026-07-29"),
    # bank holidays count where the board says so, Sundays never
    ("2010-04-06", 3, Notice("parish", holidays="none", saturday_counts=True), "04-02 04-03 04-05", "2010-04-01", None),
]


@pytest.mark.parametrize(("meeting", "number", "notice", "counted", "latest", "working"), COUNTS)
def test_known_counts(meeting: str, number: int, notice: Notice, counted: str, latest: str, working: str | None):
    count = clear_days(date.fromisoformat(meeting), number, notice)
    assert count.days == days(*(f"{meeting[:4]}-{day}" for day in counted.split()))
    assert (count.latest, count.working_day) == days(latest, working or latest)


def test_days_left_out_over_easter_have_their_reasons():
    count = clear_days(date(2019, 4, 25), 5, ENGLAND)
    assert [(str(day)[5:], reason) for day, reason in count.left_out] == [
        ("04-19", "Good Friday"),
        ("04-20", "Saturday"),
        ("04-21", "Sunday"),
        ("04-22", "Easter Monday"),
    ]


def test_a_calendar_period_counts_every_day():
    count = clear_days(date(2010, 3, 11), 28, ENGLAND, calendar=True)
    assert count.days == tuple(date(2010, 2, 11) + timedelta(days=number) for number in range(28))
    assert (count.latest, count.left_out) == (date(2010, 2, 10), ())


def test_the_rules_have_their_numbers():
    assert {name: [period.days for period in periods] for name, periods in RULES.items()} == {
        "england-principal": [5],
        "wales": [3],
        "parish": [3],
        "england-executive-private": [28, 5],
    }
    assert [period.calendar for period in RULES["england-executive-private"]] == [True, False]


@pytest.mark.parametrize(
    ("due", "notice", "day"),
    [
        (DraftsDue(7, working=True), ENGLAND, "2010-02-22"),
        (DraftsDue(1, working=True), ENGLAND, "2010-03-02"),
        (DraftsDue(0, working=True), ENGLAND, "2010-03-03"),
        (DraftsDue(14, working=False), ENGLAND, "2010-02-17"),
        (DraftsDue(7, working=True), Notice(extra_days=frozenset(days("2010-03-01"))), "2010-02-19"),
        (DraftsDue(3, working=True), Notice(saturday_counts=True), "2010-02-26"),
    ],
)
def test_drafts_are_due_before_publication(due: DraftsDue, notice: Notice, day: str):
    assert drafts(date(2010, 3, 3), due, notice).latest == date.fromisoformat(day)


dates = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))
nations = st.sampled_from(["england-and-wales", "scotland", "northern-ireland", "none"])


@st.composite
def counted(draw: st.DrawFn) -> tuple[date, int, Notice]:
    meeting = draw(dates)
    closed = draw(st.frozensets(st.integers(-40, 5).map(lambda days: meeting + timedelta(days=days)), max_size=8))
    return meeting, draw(st.integers(1, 30)), Notice("x", draw(st.booleans()), draw(nations), closed)


@given(counted())
def test_exactly_the_days_asked_for_are_counted_and_none_that_is_left_out(case: tuple[date, int, Notice]):
    meeting, number, notice = case
    count = clear_days(meeting, number, notice)
    assert len(count.days) == number
    assert not any(why_not(day, notice) for day in count.days)
    between = {meeting - timedelta(days=days) for days in range(1, (meeting - count.latest).days)}
    assert between == {*count.days, *(day for day, _ in count.left_out)}
    assert count.days[0] - count.latest == timedelta(days=1)
    assert count.working_day <= count.latest < count.days[0] <= count.days[-1] < meeting


@given(counted())
def test_the_next_day_would_be_too_late(case: tuple[date, int, Notice]):
    meeting, number, notice = case
    late = clear_days(meeting, number, notice).latest + timedelta(days=1)
    after = [late + timedelta(days=days) for days in range(1, (meeting - late).days)]
    assert sum(not why_not(day, notice) for day in after) < number


@given(counted(), st.integers(-60, 5))
def test_a_closure_never_makes_a_deadline_later(case: tuple[date, int, Notice], offset: int):
    meeting, number, notice = case
    closed = Notice(
        "x", notice.saturday_counts, notice.holidays, notice.extra_days | {meeting + timedelta(days=offset)}
    )
    before, after = clear_days(meeting, number, notice), clear_days(meeting, number, closed)
    assert after.latest <= before.latest
    assert after.working_day <= before.working_day


@given(counted())
def test_an_office_works_on_the_last_working_day(case: tuple[date, int, Notice]):
    day, _, notice = case
    found = last_working_day(day, notice)
    assert found <= day
    assert found.weekday() < 5
    assert not bank_holiday(found, notice.holidays)
    assert found not in notice.extra_days


# As they were published for each year, those that fall on a working day. Good Friday and Christmas Day are with them.
BANK_HOLIDAYS = {
    "england-and-wales": {
        2010: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
        2011: "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27",
        2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
        2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
        2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
        2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    },
    "scotland": {
        2010: "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28",
        2011: "01-03 01-04 04-22 04-29 05-02 05-30 08-01 11-30 12-26 12-27",
        2012: "01-02 01-03 04-06 05-07 06-04 06-05 08-06 11-30 12-25 12-26",
        2019: "01-01 01-02 04-19 05-06 05-27 08-05 12-02 12-25 12-26",
        2020: "01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28",
        2022: "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27",
        2023: "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26",
    },
    "northern-ireland": {
        2010: "01-01 03-17 04-02 04-05 05-03 05-31 07-12 08-30 12-27 12-28",
        2011: "01-03 03-17 04-22 04-25 04-29 05-02 05-30 07-12 08-29 12-26 12-27",
        2012: "01-02 03-19 04-06 04-09 05-07 06-04 06-05 07-12 08-27 12-25 12-26",
        2019: "01-01 03-18 04-19 04-22 05-06 05-27 07-12 08-26 12-25 12-26",
        2020: "01-01 03-17 04-10 04-13 05-08 05-25 07-13 08-31 12-25 12-28",
        2022: "01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27",
        2023: "01-02 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-28 12-25 12-26",
    },
}


@pytest.mark.parametrize(
    ("nation", "year"), [(nation, year) for nation in BANK_HOLIDAYS for year in BANK_HOLIDAYS[nation]]
)
def test_bank_holidays_are_those_that_were_kept(nation: str, year: int):
    first = date(year, 1, 1)
    weekdays = [
        day for number in range(366) if (day := first + timedelta(days=number)).year == year and day.weekday() < 5
    ]
    assert " ".join(str(day)[5:] for day in weekdays if bank_holiday(day, nation)) == BANK_HOLIDAYS[nation][year]


def test_bank_holidays_are_named_in_english_whatever_the_machine_speaks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANGUAGE", "th")
    assert bank_holiday(date(2021, 12, 27), "england-and-wales") == "substitute day for Christmas Day"
    assert bank_holiday(date(2022, 9, 19), "scotland") == "State Funeral of Queen Elizabeth II"
    assert bank_holiday(date(2022, 9, 19), "none") == ""
