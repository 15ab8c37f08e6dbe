"""Dates as Chinese texts print them: 二○○四年十一月五日, 2016年5月17日, 2014-12-27."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.numerals import LETTERS, read_numeral

_N = rf"[{LETTERS}][{LETTERS}\s]{{0,8}}"
DATE = rf"(?:{_N})年\s*(?:{_N})月\s*(?:{_N})日"
"""A whole printed date, without groups: for patterns that hold one."""

_PRINTED = re.compile(rf"({_N})年\s*({_N})月\s*({_N})日")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date found in ``text[start:end]``; ``date`` is None where no calendar has such a day (2月30日)."""

    start: int
    end: int
    date: dt.date | None


def read_date(text: str) -> dt.date | None:
    """The first printed date of a text; None where there is none or where it is impossible."""
    for found in find_dates(text):
        return found.date
    return None


def find_dates(text: str) -> Iterator[PrintedDate]:
    """All printed dates in order, the impossible ones too; 年月日 dates before others at the same place."""
    matches = sorted([*_PRINTED.finditer(text), *_ISO.finditer(text)], key=lambda match: match.start())
    for match in matches:
        parts = [read_numeral("".join(group.split())) for group in match.groups()]
        yield PrintedDate(match.start(), match.end(), _date(parts))


def _date(parts: list[int | None]) -> dt.date | None:
    year, month, day = parts
    if year is None or month is None or day is None:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
