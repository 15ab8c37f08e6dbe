"""Demands: what agencies ask of each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.value import Citation, DemandEvent
from catalog.vocabulary import DemandStatus, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Record):
    """An agency's request for a resource or data elements, with its purpose, authority and history (需求)."""

    kind: ClassVar[Kind] = Kind.DEMAND

    agency: str
    what: str
    resource: str | None = None
    provider: str | None = None
    elements: tuple[str, ...] = ()
    purpose: str | None = None
    authority: tuple[Citation, ...] = ()
    status: DemandStatus = DemandStatus.SUBMITTED
    requested: dt.date | None = None
    history: tuple[DemandEvent, ...] = ()
