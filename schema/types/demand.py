"""Demands: what agencies ask of each other."""

from __future__ import annotations

import datetime as dt

from catalog import value
from catalog.vocabulary import DemandStatus, Kind
from schema.gap_law import reply_due, want_places
from schema.types.base import Node, Value, derived, record
from schema.types.citation import Citation
from schema.types.condition import DueDate
from schema.types.lazy import AgencyType, DataElementType, ResourceType


@record(value.DemandEvent)
class DemandEvent(Value):
    """A step in a demand's history (需求办理记录)."""

    at: dt.date
    status: DemandStatus
    by: AgencyType | None
    note: str | None
    citation: Citation | None


@record(Kind.DEMAND)
class Demand(Node):
    """An agency's request for a resource or data elements, with its purpose, authority and history (需求)."""

    agency: AgencyType
    what: str
    resource: ResourceType | None
    provider: AgencyType | None
    elements: list[DataElementType]
    purpose: str | None
    authority: list[Citation]
    status: DemandStatus
    requested: dt.date | None
    reply_due: DueDate | None = derived(
        reply_due,
        "When the answer is due, by the clock in force on the day of the demand; null where there is none (答复期限).",
        "requested",
        wants=want_places,
    )
    history: list[DemandEvent]
