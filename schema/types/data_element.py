"""Data elements: what fields mean, across resources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from catalog.codec import Row
from catalog.vocabulary import Kind, Role
from schema.connections import Connection
from schema.context import Info
from schema.plans import Viewed, Wish, fill, view
from schema.selection import Selected, selected
from schema.types.base import Node, paged, planned, record
from schema.types.lazy import AgencyType, FieldType

if TYPE_CHECKING:
    from schema.compiled.body import Body


@dataclass(frozen=True, slots=True)
class _Collectors:
    """The agencies that collect some field of that meaning, each once, by identifier."""

    def want(self, wish: Wish, field: Selected) -> None:
        held = wish.reach("fields", key="collected").reach("resource").reach("responsibilities", value=True)
        held.need("roles")
        fill(held.reach("agency"), field.select())

    def resolve(self, parent: Viewed, info: Info) -> Any:
        type_ = selected(info).type
        return [view(type_, row, parent.on) for row in self.held(parent.row)]

    def write(self, body: Body, field: Selected) -> str:
        return body.value(f"{body.constant(self)}.held(r)", field)

    def held(self, row: Row) -> list[Row]:
        """The agencies' rows."""
        found = {
            held["agency"]["id"]: held["agency"]
            for field in row["collected"]
            for held in field["resource"]["responsibilities"]
            if Role.COLLECT in held["roles"]
        }
        return [found[identifier] for identifier in sorted(found)]


@record(Kind.DATA_ELEMENT)
class DataElement(Node):
    """What a field means, across resources, such as 公民身份号码 (数据元)."""

    name: str
    aliases: list[str]
    identifier: str | None
    definition: str | None
    identity_key: bool
    fields: Connection[FieldType] = paged("fields", Kind.DATA_ELEMENT, "The fields that mean it (信息项).")
    collectors: list[AgencyType] = planned(_Collectors(), "The agencies that collect it (采集部门).")
