"""Which subjects a change set can have changed the gaps of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from catalog.agency import Agency
from catalog.data_element import DataElement
from catalog.demand import Demand
from catalog.field import Field
from catalog.record import Record
from catalog.resource import Resource
from catalog.vocabulary import Kind

LAW = frozenset({Kind.REGULATION, Kind.PROVISION, Kind.CONDITION, Kind.CLOCK})
DESCRIBED = ("modified", "issued", "summary", "contact", "metadata", "temporal", "licence", "place")
"""What a resource says of itself alone: no gap of another subject depends on it."""
MANY = 3000
"""Beyond so many subjects it is quicker to look at everything."""


class Scope:
    """The subjects to look at again, by kind; ``everything`` once the law has changed, or very many records have."""

    def __init__(self, *, everything: bool = False) -> None:
        self.law = everything
        self.resources: set[str] = set()
        self.agencies: set[str] = set()
        self.elements: set[str] = set()
        self.demands: set[str] = set()
        self.collected: set[str] = set()
        """Resources by which the gaps of what their items mean may be others: all but those of which only what they say
        of themselves has changed."""
        self.renewed: set[str] = set()
        """Agencies that themselves changed, and the offices they fill: owners and places may be others."""

    @property
    def everything(self) -> bool:
        """Whether all subjects are to be looked at."""
        return self.law or len(self.resources) + len(self.agencies) + len(self.elements) + len(self.demands) > MANY

    def see(self, record: Record) -> None:
        """A record that was created, changed (before and after) or deleted: itself, and what it refers to."""
        if self.everything:
            self.law = self.law or record.kind in LAW
            return
        match record:
            case Resource():
                self.collected.add(record.id)
                self.resources.update((record.id, *record.fulfils))
                self.agencies.update(held.agency for held in record.responsibilities)
            case Field():
                self.resources.add(record.resource)
                if record.data_element:
                    self.elements.add(record.data_element)
            case Demand():
                self.demands.add(record.id)
            case DataElement():
                self.elements.add(record.id)
            case Agency():
                self.agencies.add(record.id)
                self.renewed.update((record.id, *record.fills))
            case _:
                self.law = self.law or record.kind in LAW

    def change(self, old: Record, new: Record) -> None:
        """A record before and after it was changed."""
        known = isinstance(new, Resource) and new.id in self.collected
        self.see(old)
        self.see(new)
        if isinstance(new, Resource) and not known and not self.everything and _of_itself(old, new):
            self.collected.discard(new.id)

    def touch(self, ids: Mapping[Kind, Iterable[str]]) -> None:
        """Identifiers of records that were changed or deleted, or referred to by such, by kind."""
        for kind, some in ids.items():
            listed = set(some)
            self.law = self.law or bool(listed and kind in LAW)
            self.add(kind, listed)

    def of(self, kind: Kind) -> set[str]:
        """The subjects of a kind."""
        return {
            Kind.RESOURCE: self.resources,
            Kind.AGENCY: self.agencies,
            Kind.DATA_ELEMENT: self.elements,
            Kind.DEMAND: self.demands,
        }[kind]

    def add(self, kind: Kind, ids: set[str]) -> None:
        """More subjects of a kind; kinds that no gap is about are left alone."""
        if kind in (Kind.RESOURCE, Kind.AGENCY, Kind.DATA_ELEMENT, Kind.DEMAND):
            self.of(kind).update(ids)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.law or self.resources or self.agencies or self.elements or self.demands)


def _of_itself(old: Record, new: Resource) -> bool:
    """Whether a resource has changed in what it says of itself alone."""
    return isinstance(old, Resource) and replace(old, **{name: getattr(new, name) for name in DESCRIBED}) == new
