"""What a change set does to a store, worked out from what the store holds: pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec

from catalog.changes import ChangeSet, unite
from catalog.codec import Link, Row, from_row, links
from catalog.errors import BadInput
from catalog.identifiers import kind_of
from catalog.record import Record
from catalog.records import RECORDS
from catalog.revision import Tally
from catalog.vocabulary import ChangeKind, Kind
from graph.neo4j.nodes import digest, from_node
from graph.neo4j.words import edges

_row: msgspec.json.Decoder[Row] = msgspec.json.Decoder(dict[str, Any])


@dataclass(frozen=True, slots=True)
class Held:
    """What the store holds of a record: enough to tell whether it changes; the whole of shared ones, to unite."""

    digest: str
    version: int
    created: int
    node: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Write:
    """A record to be created or updated."""

    record: Record
    row: Row
    digest: str
    links: tuple[Link, ...]
    held: Held | None

    @property
    def change(self) -> ChangeKind:
        return ChangeKind.CREATED if self.held is None else ChangeKind.UPDATED


@dataclass(slots=True)
class Plan:
    """The writes and deletes of a change set, by kind."""

    writes: dict[Kind, list[Write]] = field(default_factory=dict)
    deletes: dict[Kind, list[tuple[str, str | None]]] = field(default_factory=dict)
    unchanged: dict[Kind, int] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        return any(self.writes.values()) or any(self.deletes.values())

    def counts(self) -> dict[Kind, Tally]:
        """What happens per kind; kinds that the change set does not touch are left out."""
        found = {}
        for kind in RECORDS:
            writes = self.writes.get(kind, [])
            created = sum(write.held is None for write in writes)
            tally = Tally(
                created=created,
                updated=len(writes) - created,
                unchanged=self.unchanged.get(kind, 0),
                deleted=len(self.deletes.get(kind, [])),
            )
            if tally != Tally():
                found[kind] = tally
        return found

    def wanted(self, puts: Iterable[str]) -> dict[Kind, list[str]]:
        """The targets of the writes that are not among the puts, by kind: the store must hold them."""
        given = set(puts)
        targets = {
            link.target
            for writes in self.writes.values()
            for write in writes
            for link in write.links
            if link.target not in given
        }
        found: dict[Kind, list[str]] = {}
        for target in sorted(targets):
            if (kind := kind_or_none(target)) is not None:
                found.setdefault(kind, []).append(target)
        return found

    def absent(self, there: Container[str]) -> set[str]:
        """What the writes refer to and is not there, or is of a kind that the reference does not lead to."""
        return {
            link.target
            for kind, writes in self.writes.items()
            for write in writes
            for link in write.links
            if link.target not in there or kind_or_none(link.target) not in edges(kind)[link.path].path.ref.kinds
        }


@lru_cache(maxsize=1 << 16)  # sources, agencies, data elements and provisions are referred to again and again
def kind_or_none(identifier: str) -> Kind | None:
    """The kind an identifier is of, None where it is no identifier."""
    try:
        return kind_of(identifier)
    except BadInput:
        return None


def by_kind(identifiers: Iterable[str]) -> dict[Kind, list[str]]:
    """Identifiers by their kind; what is none is left out."""
    found: dict[Kind, list[str]] = {}
    for identifier in identifiers:
        if (kind := kind_or_none(identifier)) is not None:
            found.setdefault(kind, []).append(identifier)
    return found


def plan(changes: ChangeSet, held: Mapping[str, Held], gone: Mapping[Kind, list[tuple[str, str | None]]]) -> Plan:
    """The plan of a change set, given what the store holds of its puts and which records it deletes."""
    found = Plan(deletes={kind: list(listed) for kind, listed in gone.items() if listed})
    for record in changes.puts:
        before = held.get(record.id)
        if before is not None and before.node is not None and record.id not in changes.settled:
            record = unite(from_row(record.kind, from_node(record.kind, before.node)), record)
        body = msgspec.json.encode(record)
        told = digest(body)
        if before is not None and before.digest == told:
            found.unchanged[record.kind] = found.unchanged.get(record.kind, 0) + 1
        else:
            row = _row.decode(body)
            write = Write(record, row, told, tuple(links(record.kind, row)), before)
            found.writes.setdefault(record.kind, []).append(write)
    return found
