"""REPLY_OVERDUE 逾期未答复: a demand that its provider has not answered in time.

What makes it a gap is the clock in force on the day of the demand (广州细则第三十五条:
信息提供部门应在10个工作日内予以答复), counted in working days by the Chinese calendar (:mod:`catalog.working_days`):
the gap begins the day after the answer was due. Years whose holidays the calendar does not know give none. A demand
that names no provider cannot be overdue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.claim import Claim, Finding, after, day, demanded, spans
from catalog.gaps.law import Ground, Grounds
from catalog.vocabulary import ClockKind, ClockUnit, GapKind, Kind, Severity
from catalog.working_days import due_date
from graph.gaps.rule import Demanded, Rule
from graph.gaps.words import DEMAND_CYPHER, DEMAND_SQL


@dataclass(frozen=True, slots=True)
class Period:
    """The period to answer, as the calendar counts it."""

    text: str
    amount: int
    unit: ClockUnit
    clock_kind: ClockKind = ClockKind.DURATION
    month: int | None = None
    day: int | None = None
    date: date | None = None


def demands(said: Condition | Clock) -> Iterable[Demanded]:
    """The period in which the provider answers a demand."""
    if not isinstance(said, Clock) or said.clock_kind is not ClockKind.DURATION or said.action != "答复":
        return []
    if said.amount is None or said.unit is None or not any("提供" in words for words in said.actor):
        return []
    return [("", (str(said.amount), said.unit.value))]


@lru_cache(maxsize=4096)
def due(given: Period, requested: str) -> str | None:
    """The last day on which the answer is in time, None where the calendar cannot tell."""
    start = day(requested)
    assert start is not None
    found = due_date(given, start)
    last = found.date or found.latest
    return last.isoformat() if last else None


def clock_of(grounds: Grounds, place: str, requested: str) -> Ground | None:
    """The clock in force in a place on the day of a demand."""
    held = grounds.spans(GapKind.REPLY_OVERDUE, "", place)
    return next(
        (one.ground for one in held if one.begins <= requested and not (one.ends and one.ends <= requested)), None
    )


def period(clock: Ground) -> Period:
    """What a clock gives to answer."""
    return Period(clock.quote, int(clock.detail[0]), ClockUnit(clock.detail[1]))


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """From the day after the answer was due, as long as the text with the clock is in force."""
    requested, what = found.detail
    clock = clock_of(grounds, found.place, requested)
    if clock is None:
        return
    last = due(period(clock), requested)
    if last is None:
        return
    for span, key in spans(grounds, GapKind.REPLY_OVERDUE, "", found.place, after(last)):
        if span.ground == clock:
            yield Claim(
                key=key,
                begins=span.begins,
                ends=span.ends,
                citation=clock.citation,
                because=(demanded(grounds, span), f"{requested}提出，{grounds.cited(clock)}的期限至{last}届满。"),
                message=f"需求「{what}」应于{last}前答复，尚未答复",
                evidence=(found.subject,),
                severity=Severity.ERROR,
                owner=found.owner,
            )


RULE = Rule(
    kind=GapKind.REPLY_OVERDUE,
    subject=Kind.DEMAND,
    provision="提出需求之日有效的答复期限条款",
    owner="提供部门",
    act="答复需求部门；确认共享的，按期提供",
    clocks=True,
    demands=demands,
    sql=f"""
        SELECT d.id, coalesce(p.id, {{owner}}), {{demand}},
            json_array(d.body ->> '$.requested', d.body ->> '$.what'), d.key
        {DEMAND_SQL}
        WHERE d.status IN ('SUBMITTED', 'NO_REPLY') AND d.body ->> '$.requested' IS NOT NULL {{scope}}
        AND {{demand}} IN (SELECT value FROM json_each(:places)) AND coalesce(p.id, {{owner}}) IS NOT NULL
    """,
    cypher=f"""
        {DEMAND_CYPHER} WITH d, a, p, r, coalesce(p.id, {{owner}}) AS owner
        WHERE d.status IN ['SUBMITTED', 'NO_REPLY'] AND d.requested IS NOT NULL AND owner IS NOT NULL {{scope}}
        AND {{demand}} IN $places
        RETURN d.id AS subject, owner, {{demand}} AS place, [d.requested, d.what] AS detail
    """,
    claims=claims,
)
