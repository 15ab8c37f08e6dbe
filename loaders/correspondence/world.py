"""What links are worked out from: what a load gives, and what the catalogue holds that may be touched by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from catalog.agency import Agency, denoted
from catalog.changes import merge
from catalog.correspondence import Correspondence
from catalog.demand import Demand
from catalog.field import Field
from catalog.puts import by_kind
from catalog.record import Record
from catalog.regulation import Regulation
from catalog.resource import Resource
from catalog.text import fold
from catalog.value import Jurisdiction
from catalog.vocabulary import AgencyKind, Origin
from catalog.vocabulary import Kind as RecordKind
from loaders.correspondence.wanted import Wanted
from loaders.texts import Texts

R = TypeVar("R", bound=Record)
LISTED = (RecordKind.RESOURCE, RecordKind.FIELD, RecordKind.ISSUE)
"""The kinds of which a load has many."""


def same_place(one: Jurisdiction | None, other: Jurisdiction | None) -> bool:
    """Whether two places are one: by code where both have one, else by name."""
    if one is None or other is None:
        return False
    if one.code and other.code:
        return one.code == other.code
    return fold(one.name) == fold(other.name)


@dataclass(slots=True)
class World:
    """Records by kind, those of the load over those held, without what this load takes away.

    The registered resources, the items and the issues of a load are many: ``listed`` goes through them again, and here
    are only those that something names, their identifiers in ``named``.
    """

    given: dict[str, Record]
    held: dict[str, Record]
    listed: Mapping[RecordKind, Iterable[Record]]
    named: set[str] = field(default_factory=set)
    agencies: dict[str, Agency] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    demands: dict[str, Demand] = field(default_factory=dict)
    correspondences: dict[str, Correspondence] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    texts: Texts = field(default_factory=Texts)
    dropped: list[Correspondence] = field(default_factory=list)
    _by_name: dict[str, list[Agency]] = field(default_factory=dict)
    _resources_by: dict[str, list[Resource]] = field(default_factory=dict)
    _fields_by: dict[str, list[Field]] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Collection[Record], held: Iterable[Record], replaced: Iterable[str]) -> World:
        """The world after this load. Held records of replaced sources that are not given again are gone."""
        sources = set(replaced)
        kinds = by_kind(given)
        laid_down = (one for one in kinds[RecordKind.RESOURCE] if isinstance(one, Resource) and cls.statutory(one))
        few = (one for kind, some in kinds.items() if kind not in LISTED for one in some)
        puts = {record.id: record for record in (*few, *laid_down)}
        before = {record.id: record for record in held}
        world = cls(puts, before, {kind: kinds[kind] for kind in LISTED})
        again = puts.keys() | world.listed_among(before)
        gone = {one.id for one in before.values() if one.source in sources and one.id not in again}
        world.dropped = [one for one in before.values() if isinstance(one, Correspondence) and one.id in gone]
        merged = merge((*(one for one in before.values() if one.id not in gone), *puts.values()))
        world.texts = Texts.of(merged)
        for record in merged:
            match record:
                case Agency():
                    world.agencies[record.id] = record
                case Resource():
                    world.resources[record.id] = record
                case Field():
                    world.fields[record.id] = record
                case Demand():
                    world.demands[record.id] = record
                case Correspondence():
                    world.correspondences[record.id] = record
                case Regulation():
                    world.titles[record.id] = fold(record.title).strip("《》")
                case _:
                    pass
        world._take()
        world._index()
        return world

    def registered_listed(self) -> Iterator[Resource]:
        """The registered resources of the load, one after the other."""
        found = self.listed[RecordKind.RESOURCE]
        return (one for one in found if isinstance(one, Resource) and not self.statutory(one))

    def items_listed(self) -> Iterator[Field]:
        """The items of the load, one after the other."""
        return (one for one in self.listed[RecordKind.FIELD] if isinstance(one, Field))

    def told(self) -> Iterator[Record]:
        """The issues of reading, one after the other, but for those that linking told anew."""
        return (one for one in self.listed[RecordKind.ISSUE] if one.id not in self.given)

    def listed_among(self, identifiers: Mapping[str, Record]) -> set[str]:
        """Which of the records are listed by this load."""
        found: set[str] = set()
        for kind, some in self.listed.items():
            if any(one.kind is kind for one in identifiers.values()):
                found.update(one.id for one in some if one.id in identifiers)
        return found

    def _take(self) -> None:
        """Takes in those listed that correspondences and demands name, or that are held in another form."""
        wanted = Wanted.of(self.correspondences.values(), self.dropped, self.demands.values())
        owners: set[str] = set()
        if wanted.fields or wanted.items or self.fields:
            for item in self.items_listed():
                if item.id in self.fields or wanted.field(item):
                    self.named.add(item.id)
                    self.fields[item.id] = item
                    owners.add(item.resource)
        if wanted.resources or self.resources or owners:
            for one in self.registered_listed():
                if one.id in self.resources or one.id in owners or wanted.resource(one):
                    self.named.add(one.id)
                    self.resources[one.id] = one

    def _index(self) -> None:
        for agency in sorted(self.agencies.values(), key=_id):
            for name in dict.fromkeys(map(fold, (agency.id, agency.name, *agency.aliases))):
                self._by_name.setdefault(name, []).append(agency)
        for resource in sorted(self.resources.values(), key=_id):
            keys = (
                resource.id,
                resource.name,
                resource.code or "",
                *(resource.aliases if self.statutory(resource) else ()),
            )
            for name in dict.fromkeys(fold(one) for one in keys if one):
                self._resources_by.setdefault(name, []).append(resource)

    @staticmethod
    def statutory(resource: Resource) -> bool:
        """Whether a rule assigns it."""
        return resource.origin is Origin.STATUTORY

    def called(self, name: str) -> Sequence[Agency]:
        """The agencies of a name or alias, by identifier."""
        return self._by_name.get(fold(name), ())

    def bodies(self, name: str, code: str | None = None) -> Sequence[Agency]:
        """The registered bodies of a name: by credit code, or the one body of that name that has one."""
        if code:
            return [one for one in self.agencies.values() if one.credit_code and fold(one.credit_code) == fold(code)]
        called = {one.id: one for each in self.called(name) if (one := self.agencies[self.body(each.id)])}
        found = [one for one in called.values() if one.agency_kind is AgencyKind.BODY] or list(called.values())
        coded = [one for one in found if one.credit_code]
        return coded if len(coded) == 1 else found

    def body(self, identifier: str) -> str:
        """The agency that is meant by one that is known by its name alone (:func:`catalog.agency.denoted`)."""
        held = self.agencies.get(identifier)
        if held is None:
            return identifier
        return denoted(held, (one for one in self.called(held.name) if fold(one.name) == fold(held.name))).id

    def laid_down(self, name: str) -> Iterator[Resource]:
        """The statutory resources of a name or alias."""
        return (one for one in self._resources_by.get(fold(name), ()) if self.statutory(one))

    def registered(self, name: str, provider: str | None = None) -> list[Resource]:
        """The registered resources of a name or code, of a provider where one is named."""
        found = [one for one in self._resources_by.get(fold(name), ()) if not self.statutory(one)]
        if provider is None:
            return found
        wanted = {one.id for one in self.called(provider)}
        return [one for one in found if any(held.agency in wanted for held in one.responsibilities)]

    def items(self, resource: str, name: str) -> Sequence[Field]:
        """The fields of that name in a resource."""
        return [one for one in self._named(name) if one.resource == resource]

    def having(self, name: str) -> list[Resource]:
        """The registered resources that have a field of that name."""
        found = {one.resource: None for one in self._named(name)}
        return [one for key in found if (one := self.resources.get(key)) and not self.statutory(one)]

    def _named(self, name: str) -> Sequence[Field]:
        """The fields of a name."""
        if not self._fields_by:
            for one in sorted(self.fields.values(), key=_id):
                self._fields_by.setdefault(fold(one.name), []).append(one)
        return self._fields_by.get(fold(name), ())

    def put(self, record: Record) -> bool:
        """Takes the record into what the load gives if it is new or differs; whether it did."""
        before = self.given.get(record.id) or self.held.get(record.id)
        if before == record:
            return False
        self.given[record.id] = record
        return True


def _id(record: Record) -> str:
    return record.id
