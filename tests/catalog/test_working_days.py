"""Working days and due dates, against the State Council's notices and the Civil Code."""

from __future__ import annotations

import datetime as dt

import pytest

from catalog.clock import Clock
from catalog.errors import CalendarUnknown
from catalog.vocabulary import ClockKind, ClockUnit
from catalog.working_days import (
    FIRST_YEAR,
    LAST_YEAR,
    add_months,
    add_working_days,
    due_date,
    is_working_day,
    next_working_day,
)

D = dt.date


def clock(kind: ClockKind = ClockKind.DURATION, amount=None, unit=None, **more) -> Clock:
    return Clock(id="clock/x", action="答复", clock_kind=kind, text="应当 答复", amount=amount, unit=unit, **more)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (D(2024, 2, 4), True),  # a make-up Sunday before the Spring Festival
        (D(2024, 2, 12), False),  # a Monday inside it
        (D(2024, 10, 12), True),  # a make-up Saturday after the National Day
        (D(2024, 10, 13), False),
        (D(2024, 10, 14), True),
    ],
)
def test_working_days_follow_the_notices(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1])
def test_a_year_without_a_notice_is_refused(year):
    with pytest.raises(CalendarUnknown, match=str(year)) as caught:
        is_working_day(D(year, 6, 1))
    assert caught.value.year == year
    assert caught.value.code == "BAD_INPUT"


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (D(2024, 9, 27), 1, D(2024, 9, 29)),  # Friday, and the Sunday after it is a make-up day
        (D(2024, 9, 30), 5, D(2024, 10, 12)),  # seven days of holiday, then Tuesday to a make-up Saturday
        (D(2024, 5, 6), 0, D(2024, 5, 6)),
    ],
)
def test_adding_working_days(start, count, last):
    assert add_working_days(start, count) == last


def test_next_working_day_stays_or_moves_on():
    assert next_working_day(D(2024, 10, 1)) == D(2024, 10, 8)
    assert next_working_day(D(2024, 10, 8)) == D(2024, 10, 8)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [(D(2024, 1, 31), 1, D(2024, 2, 29)), (D(2023, 11, 30), 3, D(2024, 2, 29)), (D(2024, 8, 15), 12, D(2025, 8, 15))],
)
def test_adding_months_ends_with_the_month(start, months, last):
    assert add_months(start, months) == last


def test_a_duration_in_working_days_is_certain():
    due = due_date(clock(amount=10, unit=ClockUnit.WORKING_DAY), D(2024, 9, 20))
    assert (due.date, due.earliest, due.latest, due.certain) == (
        D(2024, 10, 10),
        D(2024, 10, 10),
        D(2024, 10, 10),
        True,
    )
    assert any("第二百零一条" in step for step in due.because)


@pytest.mark.parametrize(
    ("hours", "earliest", "latest", "certain"),
    [
        (24, D(2024, 9, 21), D(2024, 9, 21), True),
        (2, D(2024, 9, 20), D(2024, 9, 21), False),
        (36, D(2024, 9, 21), D(2024, 9, 22), False),
    ],
)
def test_hours_run_from_the_moment_of_the_event_of_which_only_the_day_is_known(hours, earliest, latest, certain):
    due = due_date(clock(amount=hours, unit=ClockUnit.HOUR), D(2024, 9, 20))
    assert (due.date, due.earliest, due.latest, due.certain) == (latest, earliest, latest, certain)
    assert any("第二百零一条第二款" in step for step in due.because)


def test_calendar_days_that_end_on_a_working_day():
    due = due_date(clock(amount=7, unit=ClockUnit.CALENDAR_DAY), D(2024, 9, 2))
    assert (due.date, due.certain) == (D(2024, 9, 9), True)


def test_calendar_days_that_end_on_a_holiday_give_both_days():
    due = due_date(clock(amount=30, unit=ClockUnit.CALENDAR_DAY), D(2024, 9, 3))
    assert (due.earliest, due.latest, due.date, due.certain) == (D(2024, 10, 3), D(2024, 10, 8), D(2024, 10, 8), False)
    assert any("第二百零三条" in step for step in due.because)


@pytest.mark.parametrize(
    ("unit", "amount", "date"),
    [
        (ClockUnit.WEEK, 2, D(2024, 9, 16 + 7)),
        (ClockUnit.MONTH, 1, D(2024, 10, 9)),
        (ClockUnit.QUARTER, 1, D(2024, 12, 9)),
        (ClockUnit.YEAR, 1, D(2025, 9, 9)),
    ],
)
def test_longer_units(unit, amount, date):
    assert due_date(clock(amount=amount, unit=unit), D(2024, 9, 9)).date == date


def test_an_unknown_year_gives_no_date_and_names_the_year():
    due = due_date(clock(amount=10, unit=ClockUnit.WORKING_DAY), D(LAST_YEAR, 12, 28))
    assert due.date is None and not due.certain
    assert any(f"{LAST_YEAR + 1}年" in step for step in due.because)


def test_a_calendar_period_into_an_unknown_year_keeps_the_earliest_day():
    due = due_date(clock(amount=30, unit=ClockUnit.CALENDAR_DAY), D(LAST_YEAR, 12, 28))
    assert (due.date, due.earliest) == (None, D(LAST_YEAR + 1, 1, 27))
    assert any(f"{LAST_YEAR + 1}年" in step for step in due.because)


def test_a_yearly_day_is_the_next_one():
    yearly = clock(ClockKind.YEARLY, month=11, day=30)
    assert due_date(yearly, D(2022, 3, 1)).date == D(2022, 11, 30)
    assert due_date(yearly, D(2022, 11, 30)).date == D(2022, 11, 30)
    assert due_date(yearly, D(2022, 12, 1)).date == D(2023, 11, 30)
    assert due_date(clock(ClockKind.YEARLY, month=2, day=29), D(2023, 1, 1)).date == D(2023, 2, 28)


def test_a_yearly_day_without_a_month_gives_none():
    assert due_date(clock(ClockKind.YEARLY), D(2022, 3, 1)).date is None


def test_a_date_is_itself():
    assert due_date(clock(ClockKind.DATE, date=D(2015, 12, 31)), D(2024, 1, 1)).date == D(2015, 12, 31)
    assert due_date(clock(ClockKind.DATE), D(2024, 1, 1)).date is None


@pytest.mark.parametrize(
    ("unit", "latest"),
    [
        (ClockUnit.YEAR, D(2024, 12, 31)),
        (ClockUnit.QUARTER, D(2024, 6, 30)),
        (ClockUnit.MONTH, D(2024, 5, 31)),
        (ClockUnit.WEEK, D(2024, 5, 12)),
        (ClockUnit.CALENDAR_DAY, D(2024, 5, 8)),
    ],
)
def test_a_period_names_no_day_but_ends(unit, latest):
    due = due_date(clock(ClockKind.PERIODIC, 1, unit), D(2024, 5, 8))
    assert (due.date, due.earliest, due.latest, due.certain) == (None, D(2024, 5, 8), latest, False)


@pytest.mark.parametrize("kind", [ClockKind.VAGUE, ClockKind.DURATION, ClockKind.PERIODIC])
def test_a_text_without_a_number_gives_none_and_a_reason(kind):
    due = due_date(clock(kind), D(2024, 5, 8))
    assert due.date is None and len(due.because) == 2


@pytest.mark.parametrize("kind", [ClockKind.IMMEDIATE, ClockKind.REAL_TIME])
def test_at_once_is_the_day_itself(kind):
    due = due_date(clock(kind), D(2024, 5, 8))
    assert (due.date, due.certain) == (D(2024, 5, 8), False)


@pytest.mark.parametrize("unit", [ClockUnit.CALENDAR_DAY, ClockUnit.MONTH])
def test_an_absurd_amount_is_told_not_raised(unit):
    assert due_date(clock(amount=10**9, unit=unit), D(2024, 5, 8)).date is None
