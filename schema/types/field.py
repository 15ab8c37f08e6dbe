"""Fields: the items of a resource."""

from __future__ import annotations

from catalog.vocabulary import Kind, Openness, ShareType
from schema.types.base import Node, inverse, record
from schema.types.citation import Citation, basis_field
from schema.types.lazy import CorrespondenceType, DataElementType, ResourceType


@record(Kind.FIELD)
class Field(Node):
    """An item of a resource; the same name in another resource is another field (信息项)."""

    name: str
    text: str
    position: int
    resource: ResourceType
    data_element: DataElementType | None
    element_text: str | None
    correspondences: list[CorrespondenceType] = inverse(
        "correspondences", "The mapping files that say what it means (对应关系)."
    )
    data_type: str | None
    length: str | None
    allowed_values: list[str]
    parts: list[str]
    qualifier: str | None
    applicability: str | None
    identity_key: bool
    share_type: ShareType
    open_to_public: Openness
    basis: list[Citation] = basis_field()
