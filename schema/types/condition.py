"""Conditions and the clocks that they set."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import strawberry

from catalog import working_days
from catalog.vocabulary import ClockKind, ClockUnit, ConditionKind, Kind, Topic
from schema import law
from schema.context import Info
from schema.plans import Derived, Wish
from schema.selection import Selected, selected
from schema.types.base import Node, record, with_plan
from schema.types.citation import Citation, cited
from schema.types.lazy import AgencyType
from schema.types.value import Constraint, Span


@strawberry.type(description="When something is due; date is null, with the reason, where it cannot be told (到期日).")
class DueDate:
    """A due date as :mod:`catalog.working_days` counts it."""

    date: dt.date | None = strawberry.field(description="The day it is due (到期日).")
    earliest: dt.date | None = strawberry.field(description="The earliest day that the text allows (最早).")
    latest: dt.date | None = strawberry.field(description="The latest day that the text allows (最晚).")
    certain: bool = strawberry.field(description="Whether the text leaves no other day open (确定).")
    because: list[str] = strawberry.field(description="How it was counted, step by step (理由).")


def due(row: Any, start: dt.date) -> DueDate:
    """The due date of a clock's row."""
    found = working_days.due_date(law.clock(row), start)
    return DueDate(
        date=found.date,
        earliest=found.earliest,
        latest=found.latest,
        certain=found.certain,
        because=list(found.because),
    )


def _want_clock(wish: Wish, field: Selected) -> None:
    wish.need(*law.CLOCK)


_DUE = Derived(_want_clock, lambda clock, info: due(clock.row, selected(info).arguments["from"]))


def _due_date(
    self: Any,
    info: Info,
    start: Annotated[dt.date, strawberry.argument(name="from", description="The day of the event (起算日).")],
) -> Any:
    return due(self.row, start)


@record(Kind.CLOCK)
class Clock(Node):
    """A statutory period: who must do what, after what, within how much of which unit (期限)."""

    action: str
    actor: list[str]
    clock_kind: ClockKind
    amount: int | None
    unit: ClockUnit | None
    start: str | None
    from_implied: bool
    month: int | None
    day: int | None
    date: dt.date | None
    extension: Clock | None
    text: str
    citation: Citation = cited()
    due_date: DueDate = with_plan(
        _DUE, _due_date, "When it ends that began with an event on this day, by the Chinese calendar (到期日)."
    )


@record(Kind.CONDITION)
class Condition(Node):
    """A permission, prohibition, duty or definition, in the shape of an ODRL rule (规则)."""

    condition_kind: ConditionKind
    topic: Topic
    actor: list[str]
    agencies: list[AgencyType]
    counterparty: list[str]
    action: str
    trigger: str | None
    constraints: list[Constraint]
    exceptions: list[str]
    clocks: list[Clock]
    text: str
    span: Span
    governs: list[Node]
    citation: Citation = cited()
