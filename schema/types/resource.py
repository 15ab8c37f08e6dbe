"""Resources."""

from __future__ import annotations

import datetime as dt

from catalog.vocabulary import Kind, Openness, Origin, Regime, ShareMode, ShareType
from graph.shape import Equals
from schema.connections import Connection
from schema.plans import Prop, Reach
from schema.types.base import Node, inverse, paged, planned, record
from schema.types.citation import Citation, basis_field
from schema.types.gap_list import HOLDING
from schema.types.lazy import ConditionType, CorrespondenceType, FieldType, GapType
from schema.types.origin import Origination, source_field
from schema.types.responsibility import Responsibilities, Responsibility
from schema.types.value import Format, Frequency, Jurisdiction, MetadataValue, Period

_IDENTITY = Reach("fields", tests=(Equals("identity_key", (True,)),), key="identity_keys")


@record(Kind.RESOURCE)
class Resource(Node):
    """An information resource: statutory (a regulation assigns it) or registered (a catalogue lists it) (信息资源)."""

    name: str
    aliases: list[str]
    code: str | None
    origin: Origin
    regime: Regime
    category: str | None
    summary: str | None
    jurisdiction: Jurisdiction | None
    fields: Connection[FieldType] = paged(
        "fields", Kind.RESOURCE, "Its fields, in order (信息项).", default=100, long=True
    )
    open_list: bool
    subtypes: list[str]
    responsibilities: list[Responsibility] = planned(Responsibilities(), "Who does what for it (责任部门).")
    share_type: ShareType
    share_condition: str | None
    conditions: list[ConditionType] = inverse("conditions", "The rules that govern it by name (规则).")
    mode: list[ShareMode]
    platform: str | None
    formats: list[Format]
    update_frequency: Frequency | None
    open_to_public: Openness
    open_condition: str | None
    basis: list[Citation] = basis_field()
    fulfils: list[Resource]
    fulfilled_by: list[Resource] = inverse("fulfilled_by", "The registered resources that fulfil it (对应登记资源).")
    related: list[Resource]
    correspondences: list[CorrespondenceType] = inverse(
        "correspondences", "On whose word it fulfils or relates to others, or would once they are loaded (对应关系)."
    )
    identity_keys: list[FieldType] = planned(_IDENTITY, "Its fields that identify a person or organisation (身份标识).")
    metadata: list[MetadataValue]
    temporal: Period | None
    licence: str | None
    issued: dt.date | None
    modified: dt.date | None
    version: int = planned(Prop("version"), "How often the record was written (版本).")
    source: Origination = source_field()
    gaps: list[GapType] = planned(HOLDING, "Where it falls short of the law on the date (缺口).")
