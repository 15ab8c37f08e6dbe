"""STALE 逾期未更新: a resource is older than its own update frequency allows.

What makes it a gap is the article on updating (广州规定第十七条, 广州细则第三条:
责任采集部门应当负责相关信息的核准、更新, 郑州办法第二十八条) together with the frequency that the catalogue
declares. The date counted from is the day of the last change, or of publication where no change is recorded; the gap
begins the day after the period ended. What is updated in real time, or irregularly, has no date that could show it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.claim import Claim, Finding, after, claimed, day
from catalog.gaps.law import Grounds, plain
from catalog.vocabulary import ClockUnit, ConditionKind, FrequencyCode, GapKind, Kind, Topic
from catalog.working_days import add_months
from graph.gaps.rule import Demanded, Rule

_UPDATE = re.compile("^(?!其中)(?!.*(?:目录|备案)).*更新")
_MONTHS = {
    FrequencyCode.MONTHLY: 1,
    FrequencyCode.QUARTERLY: 3,
    FrequencyCode.SEMIANNUAL: 6,
    FrequencyCode.ANNUAL: 12,
}
_DAYS = {FrequencyCode.DAILY: 1, FrequencyCode.WEEKLY: 7}
_UNITS = {ClockUnit.MONTH: 1, ClockUnit.QUARTER: 3, ClockUnit.YEAR: 12}


def demands(said: Condition | Clock) -> Iterable[Demanded]:
    """The duty to update what is shared; what holds for some of it only (其中……), or for the catalogue, is left out."""
    duty = isinstance(said, Condition) and said.condition_kind is ConditionKind.DUTY
    return [("", ())] if duty and _UPDATE.search(plain(said.text)) else []


@lru_cache(maxsize=65_536)
def due(base: str, code: str, other: str | None) -> tuple[str, str] | None:
    """The last day that the frequency allows and the frequency's words; None where it names no interval."""
    start = day(base)
    assert start is not None
    term, words = FrequencyCode(code), FrequencyCode(code).zh
    days, months = _DAYS.get(term, 0), _MONTHS.get(term, 0)
    if term is FrequencyCode.OTHER and other:
        given = msgspec.json.decode(other)
        words, amount, unit = given["text"], given["amount"] or 0, given["unit"]
        if unit is None:
            return None
        months = amount * _UNITS.get(ClockUnit(unit), 0)
        days = amount * {ClockUnit.CALENDAR_DAY: 1, ClockUnit.WEEK: 7}.get(ClockUnit(unit), 0)
    if not days and not months:
        return None
    last = add_months(start, months) if months else start + dt.timedelta(days=days)
    return last.isoformat(), words


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """From the day after the period ended, as long as a text demands updating."""
    modified, issued, code, other = found.detail
    base = modified or issued
    interval = due(base, code, other) if base else None
    if interval is None:
        return
    last, words = interval
    message = f"登记的更新周期为「{words}」，{base}{'修改' if modified else '发布'}之后没有更新记录"
    yield from claimed(found, grounds, GapKind.STALE, message, begins=after(last))


RULE = Rule(
    kind=GapKind.STALE,
    subject=Kind.RESOURCE,
    provision="要求更新共享信息的条款，期限为目录登记的更新周期",
    owner="登记该资源的部门",
    act="更新数据并登记修改日期，或更正更新周期",
    topics=(Topic.UPDATE,),
    demands=demands,
    each=True,
    sql="""
        CASE WHEN r.update_frequency NOT IN ('', 'REAL_TIME', 'IRREGULAR') THEN json_array(
            nullif(r.modified, ''), CASE r.modified WHEN '' THEN r.body ->> '$.issued' END, r.update_frequency,
            CASE r.update_frequency WHEN 'OTHER' THEN r.body ->> '$.update_frequency' END) END
    """,
    cypher="""
        MATCH (r:Resource) WHERE r.origin = 'REGISTERED' AND r.regime = 'SHARING' {scope}
        AND NOT r.update_frequency_code IN ['REAL_TIME', 'IRREGULAR'] AND {place} IN $places
        RETURN r.id AS subject, {owner} AS owner, {place} AS place,
            [r.modified, CASE WHEN r.modified IS NULL THEN r.issued END, r.update_frequency_code,
            CASE r.update_frequency_code WHEN 'OTHER' THEN r.update_frequency END] AS detail
    """,
    claims=claims,
)
