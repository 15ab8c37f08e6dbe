"""Responsibilities: one agency's part in one resource, reached from either side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from catalog import value
from catalog.codec import Row
from catalog.vocabulary import Allocation, Confidence, Role
from schema.context import Info
from schema.plans import Viewed, Wish, fill, node, view
from schema.selection import Selected, selected
from schema.types.base import Value, planned, record
from schema.types.citation import Citation
from schema.types.lazy import AgencyType, ResourceType

if TYPE_CHECKING:
    from schema.compiled.body import Body

LATER = "None"


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

    def write(self, body: Body, field: Selected) -> str:
        function = body.constant(self.lead)
        nested, place = body.function(field), body.constant(body.writer.place(field, (field,)))
        body.after.append(f"{function}(r['resource'], d, {field.key!r}, {nested}, {place}, on, run)")
        return LATER

    @staticmethod
    def lead(held: Any, holder: Any, key: str, nested: Any, place: Any, on: Any, run: Any) -> None:
        """Puts the answer in its place, at once where the row is there."""
        if isinstance(held, str):
            run.lead(holder, key, held, place, on)
        else:
            holder[key] = nested(held, on, run)


@dataclass(frozen=True, slots=True)
class Responsibilities:
    """A resource's responsibilities, each told which resource holds it."""

    def want(self, wish: Wish, field: Selected) -> None:
        fill(wish.reach("responsibilities", value=True), field.select())

    def resolve(self, parent: Viewed, info: Info) -> Any:
        return [Responsibility(row=row, on=parent.on) for row in self.held(parent.row)]

    def write(self, body: Body, field: Selected) -> str:
        known = field.child("resource")
        return body.value(f"{body.constant(self)}.held(r)" if known else 'r["responsibilities"]', field)

    def held(self, row: Row) -> list[Row]:
        """The responsibilities' rows with their holder's identifier."""
        return [{**held, "resource": row["id"]} for held in row["responsibilities"]]


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
