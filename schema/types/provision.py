"""Provisions."""

from __future__ import annotations

from catalog.vocabulary import Kind, ProvisionKind
from schema.connections import Connection
from schema.types.base import Node, inverse, paged, record
from schema.types.citation import Reference
from schema.types.lazy import RegulationType
from schema.types.value import Span


@record(Kind.PROVISION)
class Provision(Node):
    """A part, chapter, section, article, paragraph, item or sub-item of a legal text (条款)."""

    provision_kind: ProvisionKind
    label: str
    ordinal: int | None
    heading: str | None
    text: str
    reading: str
    span: Span
    regulation: RegulationType
    parent: Provision | None
    children: list[Provision] = inverse("children", "The provisions one level below, in order (下级条款).")
    references: list[Reference]
    cited_by: Connection[Node] = paged("cited_by", Kind.PROVISION, "Everything that rests on it (被引用).", mixed=True)
