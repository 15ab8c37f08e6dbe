"""What correspondences and demands name: the few of a load's many resources and items that links are drawn by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from catalog.correspondence import Correspondence
from catalog.demand import Demand
from catalog.field import Field
from catalog.resource import Resource
from catalog.text import fold
from catalog.vocabulary import CorrespondenceKind, CorrespondenceMethod

ITEMS = "："
"""What stands between the resource and its items in a demand's ``what``."""
_fold = lru_cache(maxsize=20_000)(fold)


def wanted(demand: Demand) -> tuple[str, ...]:
    """The names that a demand may mean its resource by: the whole, and what stands before the items."""
    return tuple(dict.fromkeys((demand.what, demand.what.rpartition(ITEMS)[0] or demand.what)))


def parts(one: Correspondence) -> tuple[str, ...]:
    """The names on the other side: a catalogue's cell may hold several, with semicolons between."""
    if one.method is not CorrespondenceMethod.COLUMN:
        return (one.object_name,)
    several = [part.strip() for part in one.object_name.replace(";", "；").split("；") if part.strip()]
    return tuple(dict.fromkeys((one.object_name, *several)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Folded names, codes and identifiers of resources; folded names of items, and identifiers of items."""

    resources: frozenset[str]
    fields: frozenset[str]
    items: frozenset[str]

    @classmethod
    def of(cls, said: Iterable[Correspondence], dropped: Iterable[Correspondence], demands: Iterable[Demand]) -> Wanted:
        """What these name: any of them may be looked for by any of its names."""
        resources: set[str | None] = set()
        fields: set[str | None] = set()
        items = {one.subject for one in dropped}
        for one in said:
            if one.correspondence_kind is CorrespondenceKind.FILLS:
                continue
            resources |= {one.subject, one.subject_code, one.subject_name, one.resource_name}
            if one.correspondence_kind is CorrespondenceKind.RELATES:
                resources.update(parts(one))
            if one.correspondence_kind is CorrespondenceKind.MEANS:
                fields.add(one.subject_name)
                items.add(one.subject)
        for demand in demands:
            resources.update(wanted(demand))
            fields.update(wanted(demand))
        return cls(
            frozenset(fold(one) for one in resources if one),
            frozenset(fold(one) for one in fields if one),
            frozenset(one for one in items if one),
        )

    def resource(self, one: Resource) -> bool:
        """Whether something names this resource."""
        return any(name and fold(name) in self.resources for name in (one.id, one.code, one.name))

    def field(self, one: Field) -> bool:
        """Whether something names this item."""
        return one.id in self.items or _fold(one.name) in self.fields
