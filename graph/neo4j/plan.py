"""What a change set does to a store, worked out from what the store holds: pure, and small for many puts too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress
from typing import Any

import msgspec

from catalog.changes import unite
from catalog.codec import Link, Row, from_row, links
from catalog.errors import BadInput
from catalog.identifiers import kind_of
from catalog.puts import batches
from catalog.record import Record
from catalog.records import RECORDS
from catalog.revision import Tally
from catalog.vocabulary import ChangeKind, Kind
from graph.neo4j.nodes import digest, from_node
from graph.neo4j.words import edges

BATCH = 5000
"""Records that are worked on at once, and rows of a statement."""
UNCHANGED, CREATED, UPDATED = range(3)
"""What becomes of a put."""

_row: msgspec.json.Decoder[Row] = msgspec.json.Decoder(dict[str, Any])


@dataclass(frozen=True, slots=True)
class Held:
    """What the store holds of a record: enough to tell whether it changes; of some the whole, to unite or compare."""

    digest: str
    version: int
    created: int
    node: Mapping[str, Any] | None = None

    def record(self, kind: Kind) -> Record | None:
        """The record, where the whole of it is known."""
        return from_row(kind, from_node(kind, self.node)) if self.node is not None else None


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
    """The writes and deletes of a change set, by kind.

    Of each put it keeps one byte, of each that changes what is held, and every identifier that the writes refer to
    once; the rest is worked out again when it is written, from puts that need not be in memory.
    """

    puts: Mapping[Kind, Collection[Record]]
    settled: frozenset[str] = frozenset()
    deletes: dict[Kind, list[tuple[str, str | None]]] = field(default_factory=dict)
    held: dict[Kind, dict[str, Held]] = field(default_factory=dict)
    targets: set[str] = field(default_factory=set)
    """What the writes refer to."""
    astray: set[str] = field(default_factory=set)
    """What they refer to that is of a kind to which the reference does not lead."""
    _fates: dict[Kind, bytearray] = field(default_factory=dict)

    def see(self, kind: Kind, some: Iterable[Record], held: Mapping[str, Held]) -> Iterator[Record]:
        """Plans the next puts of a kind, given what the store holds of them; answers those to be written."""
        fates = self._fates.setdefault(kind, bytearray())
        table = edges(kind)
        for given in some:
            before = held.get(given.id)
            record = self._united(given, before)
            body = msgspec.json.encode(record)
            if before is not None and before.digest == digest(body):
                fates.append(UNCHANGED)
                continue
            fates.append(CREATED if before is None else UPDATED)
            if before is not None:
                self.held.setdefault(kind, {})[record.id] = before
            for link in links(kind, _row.decode(body)):
                if link.target not in self.targets:
                    self.targets.add(link.target)
                if kind_or_none(link.target) not in table[link.path].path.ref.kinds:
                    self.astray.add(link.target)
            yield record

    def writes(self, kind: Kind) -> Iterator[list[Write]]:
        """What is written of a kind, in batches of 5,000, of which only one is made at a time."""
        if any(fates := self._fates.get(kind, bytearray())):
            held = self.held.get(kind, {})
            for some in batches(compress(self.puts[kind], fates), BATCH):
                yield [self._write(kind, given, held.get(given.id)) for given in some]

    def updated(self, kind: Kind) -> list[str]:
        """The records of a kind that are there and change."""
        return list(self.held.get(kind, ()))

    def deleted(self, kind: Kind) -> list[str]:
        """The records of a kind that go."""
        return [identifier for identifier, _ in self.deletes.get(kind, ())]

    @property
    def changed(self) -> bool:
        return any(map(any, self._fates.values())) or any(self.deletes.values())

    def counts(self) -> dict[Kind, Tally]:
        """What happens per kind; kinds that the change set does not touch are left out."""
        found = {}
        for kind in RECORDS:
            fates = self._fates.get(kind, bytearray())
            tally = Tally(
                created=fates.count(CREATED),
                updated=fates.count(UPDATED),
                unchanged=fates.count(UNCHANGED),
                deleted=len(self.deletes.get(kind, ())),
            )
            if tally != Tally():
                found[kind] = tally
        return found

    def elsewhere(self) -> dict[Kind, list[str]]:
        """The targets of the writes that are not among the puts, by kind: the store must hold them."""
        found: dict[Kind, list[str]] = {}
        for kind, targets in by_kind(sorted(self.targets)).items():
            given = set(targets).intersection(record.id for record in self.puts.get(kind, ()))
            if rest := [target for target in targets if target not in given]:
                found[kind] = rest
        return found

    def _write(self, kind: Kind, given: Record, held: Held | None) -> Write:
        record = self._united(given, held)
        body = msgspec.json.encode(record)
        row = _row.decode(body)
        return Write(record, row, digest(body), tuple(links(kind, row)), held)

    def _united(self, record: Record, held: Held | None) -> Record:
        before = held.record(record.kind) if held is not None and record.id not in self.settled else None
        return record if before is None else unite(before, record)


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
