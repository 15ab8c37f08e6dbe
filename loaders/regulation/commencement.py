"""Entry into force and period of validity, as closing articles and notices print them.

One pattern a drafting habit: 自2016年7月1日起施行 · 自发布之日起施行 · 自即日起施行 · 自公布之日起30日后施行 ·
自年月日之日起施行 (a draft's blank) · 有效期5年 · 试行两年 · 有效期自施行之日起3年 · 有效期至2021年6月30日.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from catalog.legal_time import end_of_validity
from catalog.numerals import LETTERS, read_numeral
from loaders.dates import DATE, find_dates, read_date

_FORCE = r"(?:施行|实施|执行|生效|起效)"
ON_DATE = re.compile(rf"自?(?P<date>{DATE})(?:之日)?起?(?:正式|开始)?{_FORCE}")
ON_ISSUE = re.compile(
    rf"自?(?:发布|公布|印发|颁布|颁发|下发|发文|通过)之日(?:起|后)?(?:满?(?P<days>[{LETTERS}]{{1,4}})日(?:后|起))?(?:正式|开始)?{_FORCE}"
)
AT_ONCE = re.compile(rf"自?即日起(?:正式)?{_FORCE}")
_BLANK = re.compile(rf"自\s*年\s*月\s*日(?:之日)?起{_FORCE}")
_YEARS = re.compile(
    rf"(?:有效期|试行期|暂行期)(?:限)?(?:为|是|定为|(?:自|从)[^，。；]{{1,12}}之日起)?(?P<years>[{LETTERS}]{{1,4}})年"
    rf"|(?<=[，。；])(?:试行|暂行)(?P<tried>[{LETTERS}]{{1,2}})年(?=[，。；]|$)"
)
_UNTIL = re.compile(
    rf"(?:有效期|试行期)(?:限)?(?:(?:自|从)(?:{DATE}|[^，。；\d]{{1,12}})起?)?(?:截?至|到)(?P<date>{DATE})"
)


@dataclass(frozen=True, slots=True)
class Commencement:
    """What a closing article says: ``printed`` is its own date, ``after`` the days it adds to the day of issue."""

    found: bool = False
    printed: dt.date | None = None
    leans: bool = False
    after: int = 0
    years: int | None = None
    until: dt.date | None = None
    impossible: bool = False

    def effective(self, issued: dt.date | None) -> dt.date | None:
        """The first day in force, given the day of issue."""
        if self.printed is not None:
            return self.printed
        if self.leans and issued is not None:
            return issued + dt.timedelta(days=self.after)
        return None

    def expires(self, effective: dt.date | None) -> dt.date | None:
        """The first day no longer in force."""
        if self.until is not None:
            return self.until + dt.timedelta(days=1)
        if self.years and effective is not None and effective.year + self.years < dt.MAXYEAR:
            return end_of_validity(effective, self.years)
        return None


def read_commencement(text: str) -> Commencement:
    """What a reading says of entry into force and validity."""
    years_match = _YEARS.search(text)
    years = read_numeral(years_match["years"] or years_match["tried"]) if years_match else None
    until_match = _UNTIL.search(text)
    until = read_date(until_match["date"]) if until_match else None
    if match := ON_DATE.search(text):
        date = next(iter(find_dates(match["date"])), None)
        printed = date.date if date else None
        return Commencement(found=True, printed=printed, years=years, until=until, impossible=printed is None)
    if _BLANK.search(text):
        return Commencement(found=True, years=years, until=until)
    if match := ON_ISSUE.search(text):
        days = read_numeral(match["days"]) if match["days"] else 0
        return Commencement(found=True, leans=True, after=days or 0, years=years, until=until)
    if AT_ONCE.search(text):
        return Commencement(found=True, leans=True, years=years, until=until)
    return Commencement(years=years, until=until)
