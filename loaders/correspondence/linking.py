"""From correspondences to links: what bodies fill, what resources fulfil and relate to, what fields mean.

Everything is worked out anew from the correspondences and the names as they are after the load, never from what was
linked before: so the order of loads is the same to the result, and a row that goes takes its link with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from catalog.correspondence import Correspondence
from catalog.data_element import DataElement
from catalog.demand import Demand
from catalog.field import Field
from catalog.issue import Issue
from catalog.puts import Gathered, Gathering, Issues
from catalog.record import Record
from catalog.resource import Resource
from catalog.vocabulary import CorrespondenceKind, CorrespondenceMethod, Severity
from loaders.correspondence import automatic, demands
from loaders.correspondence.citing import Citing, unresolved
from loaders.correspondence.resolving import Resolved, resolve
from loaders.correspondence.rows import pending
from loaders.correspondence.world import World
from loaders.table.items import meaning_of

Kind = CorrespondenceKind


@dataclass(frozen=True, slots=True)
class Linked:
    """What a load gives once everything is linked.

    ``settled`` are shared records that are given whole, ``deletes`` what no longer holds.
    """

    records: Gathering
    issues: Issues
    deletes: tuple[str, ...]
    settled: frozenset[str]


def link(
    given: Collection[Record],
    held: Iterable[Record],
    replaced: Sequence[str],
    *,
    looked_up: frozenset[str] = frozenset(),
    unnamed: frozenset[str] = frozenset(),
    told: Iterable[Issue] = (),
    gather: Callable[[], Gathering] = Gathered,
) -> Linked:
    """The records of a load with all links drawn, and the held records whose links change, into what is made to take
    them.

    ``replaced`` are the sources that the load reads again, ``looked_up`` held resources whose links stay as they are,
    ``unnamed`` held agencies that only demands name: they go once a registered body of their name is there. ``told``
    are the issues found before, which go before those of linking.
    """
    world = World.of(given, held, replaced)
    linker = _Linker(world, frozenset(replaced), looked_up, unnamed)
    records, issues = gather(), Issues(gather(), told)
    linker.run(records, issues)
    deletes = {
        one for one in linker.deletes if one not in world.given and (one in world.held or one.startswith("issue/"))
    }
    return Linked(records, issues, tuple(sorted(deletes)), frozenset(linker.settled))


class _Linker:
    """The state of one linking."""

    def __init__(self, world: World, own: frozenset[str], looked_up: frozenset[str], unnamed: frozenset[str]) -> None:
        self.world = world
        self.citing = Citing(world.texts)
        self.spare = {one for one in unnamed if world.body(one) != one}
        self.own = own
        self.looked_up = looked_up
        self.issues: list[Issue] = []
        self.deletes: set[str] = set()
        self.settled: set[str] = set()
        self.fills: dict[str, set[str]] = {}
        self.made = {one.id: one for one in world.correspondences.values() if one.source is None}
        self.said = sorted(
            (one for one in world.correspondences.values() if one.source is not None and not self._moved(one)),
            key=lambda one: one.id,
        )

    def _moved(self, one: Correspondence) -> bool:
        """Whether a resource's column is now said by another file, which lists the resource instead."""
        listed = self.world.resources.get(one.subject or "")
        moved = one.method is CorrespondenceMethod.COLUMN and listed is not None and listed.source != one.source
        if moved:
            self.deletes |= {one.id, pending(one, "", "").id}
        return moved

    def run(self, into: Gathering, said: Issues) -> None:
        """Draws all links, and gives on what the load gives then, and apart from it the issues found."""
        self._cite()
        by_kind: dict[CorrespondenceKind, list[Correspondence]] = {kind: [] for kind in Kind}
        for one in self.said:
            by_kind[one.correspondence_kind].append(one)
        still: set[str] = set()
        still |= self._offices([self._settle(one, resolve(self.world, one)) for one in by_kind[Kind.FILLS]])
        fulfilling = [self._settle(one, resolve(self.world, one)) for one in by_kind[Kind.FULFILS]]
        relating = [self._settle(one, resolve(self.world, one)) for one in by_kind[Kind.RELATES]]
        still |= self._resources(_by_subject(fulfilling), _by_subject(relating), into, said)
        self._fields([self._settle(one, resolve(self.world, one)) for one in by_kind[Kind.MEANS]], into)
        self.deletes |= self.made.keys() - still
        for demand, problem in demands.relinked(self.world):
            self._asks(demand, problem, changed=self.world.put(demand))
        for spare in self.spare:
            self.world.given.pop(spare, None)
            self.deletes.add(spare)
        into.extend(self.world.told())
        into.extend(self.world.given.values())
        said.extend(self.issues)

    def _settle(self, one: Correspondence, found: Resolved) -> Correspondence:
        """The correspondence as it is resolved now, and its issue where it is not."""
        settled = replace(one, subject=found.subject, objects=found.objects)
        self.world.put(settled)
        self._said(settled, found.problem)
        return settled

    def _said(self, one: Correspondence, problem: tuple[str, str] | None) -> None:
        issue = pending(one, *(problem or ("", "")))
        if problem is None:
            if one.source not in self.own:  # the issues of a source that is read again go by themselves
                self.deletes.add(issue.id)
            return
        self._tell(issue)

    def _tell(self, issue: Issue) -> None:
        self.deletes.discard(issue.id)
        self.world.put(issue)
        if issue.source in self.own:
            self.issues.append(issue)

    def _refuse(self, one: Correspondence, code: str, what: str, suggestion: str) -> None:
        self.world.put(replace(one, objects=()))
        self._tell(replace(pending(one, what, suggestion), code=code, severity=Severity.ERROR))

    # ---- what records rest on

    def _cite(self) -> None:
        citing, world = self.citing, self.world
        for resource in list(world.resources.values()):
            if not World.statutory(resource) and resource.id not in world.named:
                now = citing.cited(resource)
                assert isinstance(now, Resource)
                world.resources[now.id] = now
                self._rests(now, resource)
        for demand in list(world.demands.values()):
            then = citing.cited(demand)
            assert isinstance(then, Demand)
            world.demands[then.id] = then
            self._rests(then, demand)
        for field in list(world.fields.values()):
            if field.id not in world.named:
                item = citing.cited(field)
                assert isinstance(item, Field)
                world.fields[item.id] = item
                if item is not field:
                    world.put(item)

    def _rests(self, record: Record, before: Record) -> None:
        """Puts a record whose citations changed, and the issues of those of the load and of the changed."""
        changed = record is not before
        if changed:
            self.world.put(record)
        for issue, is_so in unresolved(record, before) if changed or record.id in self.world.given else ():
            if is_so:
                self._tell(issue)
            elif record.source not in self.own:
                self.deletes.add(issue.id)

    def _asks(self, demand: Demand, problem: tuple[str, str] | None, *, changed: bool) -> None:
        """The issue of a demand for which nothing is found, which may be so for another reason than before."""
        issue = demands.unresolved(demand, problem)
        if problem is not None:
            self._tell(issue)
        elif changed and demand.source not in self.own:
            self.deletes.add(issue.id)

    # ---- agencies

    def _offices(self, rows: Sequence[Correspondence]) -> set[str]:
        self.fills = {}
        for row in sorted(rows, key=lambda row: (row.date.isoformat() if row.date else "", row.id)):
            if row.subject is None:
                continue
            for target in row.objects:
                if target == row.subject or self._leads(target, row.subject):
                    self._refuse(
                        row,
                        "MAPPING_CYCLE",
                        f"{row.subject_name} cannot fill {row.object_name}, which (by other rows) fills it",
                        "leave out one of the rows",
                    )
                    break
            else:
                self.fills.setdefault(row.subject, set()).update(row.objects)
        still = set()
        for made in automatic.offices(self.world):
            if made.subject is None or made.subject in self.spare or self._leads(made.objects[0], made.subject):
                continue
            still.add(made.id)
            self.world.put(made)
            self.fills.setdefault(made.subject, set()).update(made.objects)
        for agency in self.world.agencies.values():
            wanted = tuple(sorted(self.fills.get(agency.id, ())))
            if agency.fills != wanted:
                settled = replace(agency, fills=wanted)
                self.world.agencies[agency.id] = settled
                self.world.given[agency.id] = settled
                self.settled.add(agency.id)
        return still

    def _leads(self, start: str, end: str) -> bool:
        seen, todo = set(), [start]
        while todo:
            one = todo.pop()
            if one == end:
                return True
            if one not in seen:
                seen.add(one)
                todo.extend(self.fills.get(one, ()))
        return False

    # ---- resources

    def _resources(self, fulfilled: _Targets, related: _Targets, into: Gathering, said: Issues) -> set[str]:
        still: set[str] = set()
        for resource in list(self.world.resources.values()):
            if World.statutory(resource) or resource.id in self.looked_up or resource.id in self.world.named:
                continue
            settled = self._settled(resource, fulfilled, related, still)
            self.world.resources[resource.id] = settled
            self.world.put(settled)
        for resource in self.world.registered_listed():
            now = self.citing.cited(resource)
            assert isinstance(now, Resource)
            for issue in (one for one, is_so in unresolved(now, resource) if is_so):
                into.add(issue)  # many: they pass on, as the resources do
                said.add(issue)
            into.add(self._settled(now, fulfilled, related, still))
        return still

    def _settled(self, resource: Resource, fulfilled: _Targets, related: _Targets, still: set[str]) -> Resource:
        """The resource with its links; ``still`` is given those that its name makes."""
        targets = set(fulfilled.get(resource.id, ()))
        for made in automatic.duties(self.world, resource, self.fills):
            still.add(made.id)
            self.world.put(made)
            targets.update(made.objects)
        return replace(resource, fulfils=tuple(sorted(targets)), related=tuple(sorted(related.get(resource.id, ()))))

    # ---- fields

    def _fields(self, rows: Sequence[Correspondence], into: Gathering) -> None:
        chosen: dict[str, Correspondence] = {}
        newest = sorted(rows, key=lambda row: row.id)
        newest.sort(key=lambda row: row.date.isoformat() if row.date else "", reverse=True)
        for row in newest:
            if row.subject is None:
                continue
            first = chosen.setdefault(row.subject, row)
            if first.objects != row.objects:
                self._refuse(
                    row,
                    "CONFLICTING_MAPPING",
                    f"{row.subject_name} cannot mean {row.object_name} too: another row says {first.object_name}",
                    "leave out one of the rows; the one of the later date stands",
                )
        settled: dict[str, Field] = {}
        touched = {*chosen, *(one.subject for one in self.world.dropped if one.subject)}
        for identifier in sorted(touched):
            field = self.world.fields.get(identifier)
            if field is None:
                continue
            row_ = chosen.get(identifier)
            means: DataElement | None = meaning_of(row_.object_name if row_ else field.element_text, field.name)
            if means is not None:
                self.world.put(means)
            settled[identifier] = replace(
                field,
                data_element=means.id if means else None,
                identity_key=means.identity_key if means else False,
            )
            if identifier not in self.world.named:
                self.world.put(settled[identifier])
        for item in self.world.items_listed():
            into.add(self.citing.cited(settled.get(item.id, item)))


_Targets = Mapping[str, AbstractSet[str]]
"""Identifiers by that of the record which they are linked from."""


def _by_subject(rows: Iterable[Correspondence]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        if row.subject is not None:
            found.setdefault(row.subject, set()).update(row.objects)
    return found
