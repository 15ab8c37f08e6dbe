"""Responsibilities: one agency's part in one resource, reached from either side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog import value
from catalog.vocabulary import Allocation, Confidence, Role
from schema.context import Info
from schema.plans import Viewed, Wish, fill, node, view
from schema.selection import Selected, selected
from schema.types.base import Value, planned, record
from schema.types.citation import Citation
from schema.types.lazy import AgencyType, ResourceType


@dataclass(frozen=True, slots=True)
class _Holder:
    """The resource of a responsibility: nested where it was reached from the agency, else read by its identifier."""

    def want(self, wish: Wish, field: Selected) -> None:
        if not wish.value:
            fill(wish.reach("resource"), field.select())

    def resolve(self, parent: Viewed, info: Info) -> Any:
        held, one = parent.row["resource"], selected(info)
        if isinstance(held, str):
            return node(info.context, one, held, parent.on)
        return view(one.type, held, parent.on)


@dataclass(frozen=True, slots=True)
class Responsibilities:
    """A resource's responsibilities, each told which resource holds it."""

    def want(self, wish: Wish, field: Selected) -> None:
        fill(wish.reach("responsibilities", value=True), field.select())

    def resolve(self, parent: Viewed, info: Info) -> Any:
        holder = parent.row["id"]
        return [Responsibility(row={**row, "resource": holder}, on=parent.on) for row in parent.row["responsibilities"]]


@record(value.Responsibility)
class Responsibility(Value):
    """One agency's part in one resource: what it does for it, how the text allots it, and on what it rests (责任)."""

    agency: AgencyType
    resource: ResourceType = planned(_Holder(), "The resource it is a part of (信息资源).")
    roles: list[Role]
    allocation: Allocation
    confidence: Confidence
    literal: str
    citation: Citation | None
