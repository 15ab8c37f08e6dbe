"""Clocks: statutory periods."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.value import Citation
from catalog.vocabulary import ClockKind, ClockUnit, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Record):
    """A statutory period (期限): who must do what, after what, within how much of which unit.

    ``amount`` and ``unit`` are as printed. ``start`` is GraphQL's ``from``; ``from_implied`` marks a start that the
    text does not name. A ``VAGUE`` or ``IMMEDIATE`` clock has no amount. ``extension`` is another clock.
    ``position`` is the place in document order.
    """

    kind: ClassVar[Kind] = Kind.CLOCK

    action: str
    clock_kind: ClockKind
    text: str
    regulation: str | None = None
    position: int = 0
    actor: tuple[str, ...] = ()
    amount: int | None = None
    unit: ClockUnit | None = None
    start: str | None = None
    from_implied: bool = False
    month: int | None = None
    day: int | None = None
    date: dt.date | None = None
    extension: str | None = None
    citation: Citation | None = None
