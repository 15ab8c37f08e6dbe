from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.legal_time import end_of_validity, status_on
from catalog.vocabulary import LegalStatus as S

dates = st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1))


@dataclass(frozen=True)
class Text:
    effective: dt.date | None = None
    expires: dt.date | None = None
    repealed: dt.date | None = None
    draft: bool = False


def text(effective: str = "", expires: str = "", repealed: str = "", *, draft: bool = False) -> Text:
    first, last, ended = (dt.date.fromisoformat(day) if day else None for day in (effective, expires, repealed))
    return Text(first, last, ended, draft)


RULES = text("2016-12-01", "2021-12-01")
CASES = [
    (RULES, "2016-11-30", S.NOT_YET_IN_FORCE),
    (RULES, "2016-12-01", S.IN_FORCE),
    (RULES, "2021-11-30", S.IN_FORCE),
    (RULES, "2021-12-01", S.EXPIRED),
    (text("2016-12-01"), "2016-11-30", S.NOT_YET_IN_FORCE),
    (text("2016-12-01"), "2999-01-01", S.IN_FORCE),
    (text("2016-12-01", repealed="2018-06-01"), "2018-05-31", S.IN_FORCE),
    (text("2016-12-01", repealed="2018-06-01"), "2018-06-01", S.REPEALED),
    (text("2016-12-01", "2021-12-01", "2018-06-01"), "2022-01-01", S.REPEALED),  # whichever came first
    (text("2016-12-01", "2018-06-01", "2021-12-01"), "2022-01-01", S.EXPIRED),
    (text("2016-12-01", "2018-06-01", "2021-12-01"), "2018-05-31", S.IN_FORCE),
    (text("2016-12-01", "2018-06-01", "2018-06-01"), "2018-06-01", S.EXPIRED),
    (text("2016-12-01", "2016-12-01"), "2016-12-01", S.EXPIRED),  # an empty interval
    (text("2016-12-01", "2016-12-01"), "2016-11-30", S.NOT_YET_IN_FORCE),
    (text(), "2020-01-01", S.UNKNOWN),
    (text(expires="2021-12-01"), "2021-11-30", S.UNKNOWN),
    (text(expires="2021-12-01"), "2021-12-01", S.EXPIRED),
    (text(repealed="2021-12-01"), "2021-12-01", S.REPEALED),
    (text(draft=True), "2020-01-01", S.DRAFT),
    (text("2016-12-01", "2018-06-01", draft=True), "2020-01-01", S.DRAFT),
    (text("2016-02-29"), "2016-02-28", S.NOT_YET_IN_FORCE),
    (text("2016-02-29"), "2016-02-29", S.IN_FORCE),
]


@pytest.mark.parametrize(("regulation", "on", "status"), CASES)
def test_standing_on_a_date(regulation, on, status):
    assert status_on(regulation, dt.date.fromisoformat(on)) is status


@given(st.builds(Text, st.none() | dates, st.none() | dates, st.none() | dates), dates, dates)
def test_what_has_ended_never_comes_back(regulation, one, other):
    ended = {S.EXPIRED, S.REPEALED}
    first, later = (status_on(regulation, day) for day in sorted((one, other)))
    assert later is first if first in ended else later is not S.NOT_YET_IN_FORCE or first is S.NOT_YET_IN_FORCE


@pytest.mark.parametrize(
    ("effective", "years", "end"),
    [
        ("2016-12-01", 5, "2021-12-01"),
        ("2016-02-29", 5, "2021-03-01"),
        ("2016-02-29", 4, "2020-02-29"),
        ("2096-02-29", 4, "2100-03-01"),
        ("2016-12-31", 1, "2017-12-31"),
    ],
)
def test_a_period_of_years_ends_on_its_day(effective, years, end):
    assert end_of_validity(dt.date.fromisoformat(effective), years) == dt.date.fromisoformat(end)


@given(dates, st.integers(1, 30))
def test_the_last_day_in_force_is_the_day_before_the_end(effective, years):
    regulation = Text(effective, end_of_validity(effective, years))
    assert regulation.expires is not None
    assert status_on(regulation, regulation.expires - dt.timedelta(days=1)) is S.IN_FORCE
    assert status_on(regulation, regulation.expires) is S.EXPIRED
