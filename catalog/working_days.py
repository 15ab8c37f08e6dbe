"""Working days and due dates by the Chinese calendar: make-up Saturdays count, statutory holidays do not.

The calendar is that of the State Council's yearly notices, as the package ``chinesecalendar`` keeps it. A year that it
does not know is refused, never guessed.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import chinese_calendar

from catalog.errors import CalendarUnknown
from catalog.text import simplify
from catalog.vocabulary import ClockKind, ClockUnit

FIRST_YEAR = min(chinese_calendar.holidays).year
LAST_YEAR = max(chinese_calendar.holidays).year

FROM_THE_HOUR = "民法典第二百零一条第二款：按照小时计算期间的，自法律规定或者当事人约定的时间开始计算。"
NOT_COUNTED = "民法典第二百零一条第一款：按照日、月、年计算期间的，开始的当日不计入，自下一日开始计算。"
ROLLED_ON = "民法典第二百零三条第一款：期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。"
MONTH_END = (
    "民法典第二百零二条：按照月、年计算期间的，到期月的对应日为期间的最后一日；没有对应日的，月末日为期间的最后一日。"
)


class Period(Protocol):
    """What a due date asks of a clock: a :class:`catalog.clock.Clock` has it."""

    @property
    def clock_kind(self) -> ClockKind: ...
    @property
    def text(self) -> str: ...
    @property
    def amount(self) -> int | None: ...
    @property
    def unit(self) -> ClockUnit | None: ...
    @property
    def month(self) -> int | None: ...
    @property
    def day(self) -> int | None: ...
    @property
    def date(self) -> dt.date | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """When something is due (到期日): one date, or the earliest and latest that the text allows, or none and why."""

    date: dt.date | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    certain: bool = False
    because: tuple[str, ...] = ()


def is_working_day(day: dt.date) -> bool:
    """Whether agencies work on this day. Raises CalendarUnknown for years without a known notice."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CalendarUnknown(day.year, first=FIRST_YEAR, last=LAST_YEAR)
    return bool(chinese_calendar.is_workday(day))


def add_working_days(start: dt.date, count: int) -> dt.date:
    """The ``count``-th working day after ``start``, which itself is not counted."""
    day = start
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def next_working_day(day: dt.date) -> dt.date:
    """The day itself if it is a working day, else the next one."""
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return day


def due_date(clock: Period, start: dt.date) -> DueDate:
    """When the period ends that begins with an event on ``start``.

    ``because`` tells how it was counted. ``date`` is None, with the reason, where the text has no number or the
    calendar does not know the year; ``earliest`` and ``latest`` are kept where they are known.
    """
    try:
        return _COUNTING[clock.clock_kind](clock, start)
    except CalendarUnknown as unknown:
        return _none(
            clock,
            f"{unknown.year}年的节假日安排尚未收入工作日历（已知{FIRST_YEAR}年至{LAST_YEAR}年），不推算到期日。",
        )
    except (OverflowError, ValueError):
        return _none(clock, "所算日期超出公历日期的范围。")


def _duration(clock: Period, start: dt.date) -> DueDate:
    amount, unit = clock.amount, clock.unit
    if amount is None or unit is None:
        return _none(clock, "条文没有写明期间的长度。")
    if unit is ClockUnit.WORKING_DAY:
        last = add_working_days(start, amount)
        return _certain(
            last, _says(clock), NOT_COUNTED, f"自{start}的次日起算第{amount}个工作日（调休上班日计入）为{last}。"
        )
    if unit is ClockUnit.HOUR:
        return _hours(clock, start, amount)
    last, *reasons = _lapse(start, amount, unit)
    steps = (_says(clock), NOT_COUNTED, *reasons, f"自{start}的次日起满{amount}{_unit(unit)}为{last}。")
    return _rolled(last, steps)


def _hours(clock: Period, start: dt.date, amount: int) -> DueDate:
    """Hours run from the moment of the event, of which only the day is known: the day they end on, or two."""
    earliest, latest = (start + dt.timedelta(days=days) for days in (amount // 24, -(-amount // 24)))
    ends = f"{latest}" if earliest == latest else f"{earliest}或者{latest}"
    said = f"自{start}事件发生时起算{amount}小时，届满于{ends}；所知的只是日期，不知时刻。"
    because = (_says(clock), FROM_THE_HOUR, said)
    return DueDate(date=latest, earliest=earliest, latest=latest, certain=earliest == latest, because=because)


def _lapse(start: dt.date, amount: int, unit: ClockUnit) -> tuple[dt.date, *tuple[str, ...]]:
    """The last day of a calendar period, and the rule for months."""
    if unit is ClockUnit.CALENDAR_DAY:
        return (start + dt.timedelta(days=amount),)
    if unit is ClockUnit.WEEK:
        return (start + dt.timedelta(weeks=amount),)
    months = amount * {ClockUnit.MONTH: 1, ClockUnit.QUARTER: 3, ClockUnit.YEAR: 12}[unit]
    return add_months(start, months), MONTH_END


def add_months(start: dt.date, months: int) -> dt.date:
    """The corresponding day so many months on, or the last day of a month that has none."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _rolled(last: dt.date, steps: tuple[str, ...]) -> DueDate:
    """A calendar period's end: on a holiday it moves on, and because the text is silent both days are given."""
    try:
        moved = next_working_day(last)
    except CalendarUnknown as unknown:
        reason = f"{unknown.year}年的节假日安排尚未收入工作日历，末日是否顺延不能确定。"
        return DueDate(earliest=last, because=(*steps, reason))
    if moved == last:
        return _certain(last, *steps)
    return DueDate(
        date=moved,
        earliest=last,
        latest=moved,
        because=(*steps, ROLLED_ON, f"{last}是休假日，顺延至{moved}；条文未写明是否顺延，两个日期都给出。"),
    )


def _yearly(clock: Period, start: dt.date) -> DueDate:
    if clock.month is None:
        return _none(clock, "条文没有写明月份。")
    for year in (start.year, start.year + 1):
        length = calendar.monthrange(year, clock.month)[1]
        day = dt.date(year, clock.month, min(clock.day or length, length))
        if day >= start:
            return _rolled(day, (_says(clock), f"{start}起下一个期日为{day}。"))
    raise AssertionError("a month and day occur within two years")


def _date(clock: Period, start: dt.date) -> DueDate:
    if clock.date is None:
        return _none(clock, "条文没有写明日期。")
    return _certain(clock.date, _says(clock), f"条文写明的日期为{clock.date}。")


def _periodic(clock: Period, start: dt.date) -> DueDate:
    """So often in a period: the end of the period that ``start`` stands in is the latest, no single day is named."""
    unit = clock.unit
    if unit is None:
        return _none(clock, "条文没有写明周期。")
    last = {
        ClockUnit.HOUR: lambda: start,
        ClockUnit.WORKING_DAY: lambda: next_working_day(start),
        ClockUnit.CALENDAR_DAY: lambda: start,
        ClockUnit.WEEK: lambda: start + dt.timedelta(days=6 - start.weekday()),
        ClockUnit.MONTH: lambda: _end_of_month(start.year, start.month),
        ClockUnit.QUARTER: lambda: _end_of_month(start.year, (start.month - 1) // 3 * 3 + 3),
        ClockUnit.YEAR: lambda: dt.date(start.year, 12, 31),
    }[unit]()
    said = f"每{_unit(unit)}{clock.amount or 1}次，条文没有指定日期；{start}所在周期的最后一日为{last}。"
    return DueDate(earliest=start, latest=last, because=(_says(clock), said))


def _end_of_month(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _at_once(clock: Period, start: dt.date) -> DueDate:
    return DueDate(
        date=start, earliest=start, because=(_says(clock), f"条文要求即时办理：最早为{start}，没有宽限期间。")
    )


def _vague(clock: Period, start: dt.date) -> DueDate:
    return _none(clock, "条文没有给出可以计算的数字。")


def _certain(day: dt.date, *because: str) -> DueDate:
    return DueDate(date=day, earliest=day, latest=day, certain=True, because=because)


def _none(clock: Period, reason: str) -> DueDate:
    return DueDate(because=(_says(clock), reason))


def _says(clock: Period) -> str:
    return f"条文：「{simplify(''.join(clock.text.split()))}」"


def _unit(unit: ClockUnit) -> str:
    return {ClockUnit.MONTH: "个月", ClockUnit.QUARTER: "个季度"}.get(unit, unit.zh)


_COUNTING: dict[ClockKind, Callable[[Period, dt.date], DueDate]] = {
    ClockKind.DURATION: _duration,
    ClockKind.YEARLY: _yearly,
    ClockKind.DATE: _date,
    ClockKind.PERIODIC: _periodic,
    ClockKind.IMMEDIATE: _at_once,
    ClockKind.REAL_TIME: _at_once,
    ClockKind.VAGUE: _vague,
}
