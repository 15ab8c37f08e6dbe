"""Relations that are read against the direction of a reference: a resource's fields, an agency's responsibilities.

Forward relations are the references of the field table themselves. Both are named in shapes by the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Inverse:
    """The records of ``kind`` (or the values inside them) whose reference at ``path`` points here.

    ``paths`` are dotted reference paths (:func:`catalog.table.reference_paths`), per holder kind. ``order`` names
    properties of the holder; ``id`` always ends it. Where ``value`` is set, the rows
    are the embedded values of that property which hold the reference, each with the holder under the key
    ``holder_key``; otherwise they are the holders.
    """

    holders: tuple[tuple[Kind, tuple[str, ...]], ...]
    order: tuple[str, ...] = ()
    value: str | None = None
    holder_key: str | None = None


_CITERS = tuple(
    (kind, paths)
    for kind, paths in (
        (Kind.RESOURCE, ("basis.provision", "responsibilities.citation.provision")),
        (Kind.FIELD, ("basis.provision",)),
        (Kind.CONDITION, ("citation.provision",)),
        (Kind.CLOCK, ("citation.provision",)),
        (Kind.PROVISION, ("references.target",)),
        (Kind.DEMAND, ("authority.provision", "history.citation.provision")),
        (Kind.REGULATION, ("basis.provision", "relations.citation.provision")),
    )
)

INVERSES: Mapping[tuple[Kind, str], Inverse] = {
    (Kind.RESOURCE, "fields"): Inverse(((Kind.FIELD, ("resource",)),), ("position",)),
    (Kind.RESOURCE, "fulfilled_by"): Inverse(((Kind.RESOURCE, ("fulfils",)),)),
    (Kind.RESOURCE, "conditions"): Inverse(((Kind.CONDITION, ("governs",)),)),
    (Kind.RESOURCE, "demands"): Inverse(((Kind.DEMAND, ("resource",)),)),
    (Kind.RESOURCE, "correspondences"): Inverse(((Kind.CORRESPONDENCE, ("subject",)),)),
    (Kind.FIELD, "correspondences"): Inverse(((Kind.CORRESPONDENCE, ("subject",)),)),
    (Kind.AGENCY, "correspondences"): Inverse(((Kind.CORRESPONDENCE, ("subject",)),)),
    (Kind.RESOURCE, "gaps"): Inverse(((Kind.GAP, ("subject",)),)),
    (Kind.DATA_ELEMENT, "fields"): Inverse(((Kind.FIELD, ("data_element",)),)),
    (Kind.AGENCY, "filled_by"): Inverse(((Kind.AGENCY, ("fills",)),)),
    (Kind.AGENCY, "named_by"): Inverse(
        (
            (Kind.REGULATION, ("issuers",)),
            (Kind.PROVISION, ("mentions",)),
            (Kind.RESOURCE, ("responsibilities.agency",)),
            (Kind.CONDITION, ("agencies",)),
            (Kind.GAP, ("owner",)),
        )
    ),
    (Kind.AGENCY, "mentions"): Inverse(((Kind.PROVISION, ("mentions",)),)),
    (Kind.AGENCY, "responsibilities"): Inverse(
        ((Kind.RESOURCE, ("responsibilities.agency",)),), value="responsibilities", holder_key="resource"
    ),
    (Kind.AGENCY, "demands"): Inverse(((Kind.DEMAND, ("agency",)),)),
    (Kind.REGULATION, "provisions"): Inverse(((Kind.PROVISION, ("regulation",)),), ("position",)),
    (Kind.REGULATION, "resources"): Inverse(((Kind.RESOURCE, ("regulation",)),)),
    (Kind.REGULATION, "citing_resources"): Inverse(
        ((Kind.RESOURCE, ("basis.regulation", "responsibilities.citation.regulation")),)
    ),
    (Kind.REGULATION, "conditions"): Inverse(((Kind.CONDITION, ("regulation",)),), ("position",)),
    (Kind.REGULATION, "clocks"): Inverse(((Kind.CLOCK, ("regulation",)),), ("position",)),
    (Kind.REGULATION, "issues"): Inverse(((Kind.ISSUE, ("regulation",)),), ("position",)),
    (Kind.REGULATION, "related_by"): Inverse(
        ((Kind.REGULATION, ("relations.regulation",)),), value="relations", holder_key="by"
    ),
    (Kind.REGULATION, "governed_by"): Inverse(((Kind.CONDITION, ("governs",)),), ("position",)),
    (Kind.PROVISION, "children"): Inverse(((Kind.PROVISION, ("parent",)),), ("position",)),
    (Kind.PROVISION, "cited_by"): Inverse(_CITERS),
    (Kind.CLOCK, "conditions"): Inverse(((Kind.CONDITION, ("clocks",)),)),
}
"""Every inverse relation that a shape may name."""
