"""All kinds of records in one place."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.agency import Agency
from catalog.clock import Clock
from catalog.condition import Condition
from catalog.correspondence import Correspondence
from catalog.data_element import DataElement
from catalog.demand import Demand
from catalog.field import Field
from catalog.gap import Gap
from catalog.issue import Issue
from catalog.record import Record
from catalog.regulation import Provision, Regulation
from catalog.resource import Resource
from catalog.source import Source
from catalog.vocabulary import Kind

RECORDS: Mapping[Kind, type[Record]] = {
    record.kind: record
    for record in (
        Source,
        Agency,
        DataElement,
        Regulation,
        Provision,
        Resource,
        Field,
        Condition,
        Clock,
        Demand,
        Correspondence,
        Gap,
        Issue,
    )
}
"""The record class of each kind, in the order in which they are written: referred-to kinds first."""

__all__ = [
    "RECORDS",
    "Agency",
    "Clock",
    "Condition",
    "Correspondence",
    "DataElement",
    "Demand",
    "Field",
    "Gap",
    "Issue",
    "Provision",
    "Record",
    "Regulation",
    "Resource",
    "Source",
]
