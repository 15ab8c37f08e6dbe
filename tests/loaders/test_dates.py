import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.numerals import write_numeral
from loaders.dates import find_dates, read_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二○○四年十一月五日", dt.date(2004, 11, 5)),
        ("2016年5月17日", dt.date(2016, 5, 17)),
        ("自2012年9月1日起施行", dt.date(2012, 9, 1)),
        ("２０１６ 年 ５ 月 １７ 日", dt.date(2016, 5, 17)),
        ("时间:2014-12-27 23:25", dt.date(2014, 12, 27)),
        ("2012年2月30日", None),
        ("自年月日之日起施行", None),
        ("", None),
    ],
)
def test_printed_dates(text: str, date: dt.date | None):
    assert read_date(text) == date


def test_an_impossible_date_is_found_and_has_no_date():
    (found,) = find_dates("于2019年2月29日前")
    assert (found.start, found.end, found.date) == (1, 11, None)


@given(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)))
def test_both_ways_of_printing(date: dt.date):
    digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(date.year))
    assert read_date(f"{digits}年{write_numeral(date.month)}月{write_numeral(date.day)}日") == date
    assert read_date(f"{date.year}年{date.month}月{date.day}日") == date
