"""Fields: the items of a resource."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.value import Citation
from catalog.vocabulary import Kind, Openness, ShareType


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Record):
    """An item of a resource (信息项), keyed by its resource: the same name elsewhere is another field.

    ``text`` is the item verbatim, ``name`` its normalised reading; ``position`` counts from 1. ``parts`` are components
    of the item, ``allowed_values`` a printed value list, ``qualifier`` the registering system, ``applicability`` the
    case it is for; ``element_text`` what the registered catalogue itself says it means.
    """

    kind: ClassVar[Kind] = Kind.FIELD

    resource: str
    position: int
    name: str
    text: str
    aliases: tuple[str, ...] = ()
    data_element: str | None = None
    element_text: str | None = None
    data_type: str | None = None
    length: str | None = None
    allowed_values: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    qualifier: str | None = None
    applicability: str | None = None
    identity_key: bool = False
    share_type: ShareType = ShareType.UNDECLARED
    open_to_public: Openness = Openness.UNDECLARED
    basis: tuple[Citation, ...] = ()
