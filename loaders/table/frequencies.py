"""How often, in the words that offices write: 每月5日前, 一年一次, 按季度更新. Told by form, not by a list of all."""

from __future__ import annotations

import re

from catalog.numerals import read_numeral
from catalog.vocabulary import ClockUnit, FrequencyCode

_BASES = {
    "半年": FrequencyCode.SEMIANNUAL,
    "日": FrequencyCode.DAILY,
    "天": FrequencyCode.DAILY,
    "周": FrequencyCode.WEEKLY,
    "星期": FrequencyCode.WEEKLY,
    "月": FrequencyCode.MONTHLY,
    "季度": FrequencyCode.QUARTERLY,
    "季": FrequencyCode.QUARTERLY,
    "年": FrequencyCode.ANNUAL,
}
_BASE = "半年|日|天|周|星期|月|季度|季|年"
_EVERY = re.compile(
    rf"(?:每个?|每?[一1]个?|按|逐)?(?P<base>{_BASE})度?(?:[一1]次)?(?:定期)?(?:更新|更|报送|报|采集|发布|推送|汇总)?(?:[一1]次)?"
)
_TWICE = re.compile(r"(?:每|一)年(?:更新)?(?:两|二|2)次")
_BY = re.compile(
    rf"每(?P<base>{_BASE})度?(?!内?[两二2-9]次)(?:[\d一二三四五六日天第月号点时前后底末初首中上下旬个工作季度星期之以内]"
    r"|更新|报送)+"
)
"""Once in each, by a day of it: nothing follows that would name a number of times (次)."""
_INTERVAL = re.compile(
    r"(?=每|.*[一1]次|.*[年天周时]$|.*个)每?(?P<amount>[两二三四五六七八九十\d]+)个?(?P<unit>年|季度|月|周|星期|天|日|小时)度?(?:更新|报送)?(?:[一1]次)?"
)
_UNITS = {
    "年": ClockUnit.YEAR,
    "季度": ClockUnit.QUARTER,
    "月": ClockUnit.MONTH,
    "周": ClockUnit.WEEK,
    "星期": ClockUnit.WEEK,
    "天": ClockUnit.CALENDAR_DAY,
    "日": ClockUnit.CALENDAR_DAY,
    "小时": ClockUnit.HOUR,
}
_WORDS = {
    "实时更新": FrequencyCode.REAL_TIME,
    "即时": FrequencyCode.REAL_TIME,
    "即时更新": FrequencyCode.REAL_TIME,
    "按需更新": FrequencyCode.IRREGULAR,
    "随时": FrequencyCode.IRREGULAR,
    "适时": FrequencyCode.IRREGULAR,
    "适时更新": FrequencyCode.IRREGULAR,
    "不定期采集": FrequencyCode.IRREGULAR,
}


def frequency_code(words: str) -> FrequencyCode | None:
    """The code of a frequency in plain words (folded, without brackets); None for another interval."""
    if words in _WORDS:
        return _WORDS[words]
    if _TWICE.fullmatch(words):
        return FrequencyCode.SEMIANNUAL
    found = _EVERY.fullmatch(words)
    if found is None and all(words.count(letter) <= 1 for letter in "月日号"):
        found = _BY.fullmatch(words)
    return _BASES[found["base"]] if found else None


def interval(words: str) -> tuple[int, ClockUnit] | None:
    """How long an interval of several units is: 每两年, 5年一次; None for other words."""
    found = _INTERVAL.fullmatch(words)
    amount = read_numeral(found["amount"]) if found else None
    return (amount, _UNITS[found["unit"]]) if found and amount else None
