"""Applying a change set: everything happens or nothing, in one transaction or seen with the last of several."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from catalog.changes import ChangeSet, missing
from catalog.puts import batches
from catalog.puts import by_kind as sorted_puts
from catalog.record import Record
from catalog.records import RECORDS
from catalog.revision import Applied, Tally
from catalog.uncollected import uncollected
from catalog.vocabulary import Kind
from graph.gaps.rule import Rule
from graph.neo4j import pouring, staging, writing
from graph.neo4j.announcing import announce
from graph.neo4j.batching import Part
from graph.neo4j.gaps import KEPT, Keeper
from graph.neo4j.history import COUNTS
from graph.neo4j.link import Link, Transaction
from graph.neo4j.plan import BATCH, Held, Plan, by_kind
from graph.neo4j.sending import FEW, Sender, Statement, wrote

Gone = dict[Kind, list[tuple[str, str | None]]]
WHOLE = writing.SHARED | {Kind.RESOURCE}
"""What is read whole of few records: of resources, to tell which gaps a change can have touched."""


class Applier:
    """One change set in one transaction. The caller commits, or rolls back.

    With ``claimed``, a first load (:mod:`graph.neo4j.staging`), what it writes is committed a statement at a time; the
    transaction holds the catalogue's lock and the books. Then the caller commits, or rolls back and abandons the load.
    """

    def __init__(
        self,
        link: Link,
        transaction: Transaction,
        changes: ChangeSet,
        rules: Sequence[Rule] = (),
        *,
        claimed: bool = False,
    ) -> None:
        self._link = link
        self._transaction = transaction
        self._changes = changes
        self._claimed = claimed
        self._sender = Sender(link, transaction)
        self._gaps = Keeper(partial(link.run, transaction), rules)
        self._there = set(RECORDS)

    async def apply(self) -> Applied:
        """What the change set does, or did when it was applied before. Raises InvalidChangeSet."""
        sender = self._sender
        locked = await sender.run(writing.LOCK, id=self._changes.id)
        head = locked["revision"]
        received, kept = await sender.several([self._asked(), KEPT])
        if (before := _received(received)) is not None:
            return before
        claimed = self._changes.id if self._claimed else None
        sender.staged = await staging.settle(self._link, self._transaction, locked["loading"], claimed)
        self._gaps.begin(kept)
        if len(self._changes.puts) > BATCH:
            # First loads are large: kinds that have no record yet need not be looked through. Asked before anything is
            # written: to count its own records a transaction walks over everything it wrote, for each kind.
            counted = (await sender.run(COUNTS))["counts"]
            self._there = {kind for kind, number in zip(RECORDS, counted, strict=True) if number}
        plan_ = await self._plan(self._changes.puts, await self._gone())
        await self._verify(plan_)
        await self._gaps.touch(plan_)
        number = head + 1
        if plan_.changed:
            await self._write(plan_, number)
        counts = plan_.counts()
        if (derived := await self._derived()) is not None:
            if derived.changed:
                await self._write(derived, number)
            counts |= derived.counts()
        books = []
        if plan_.changed or (derived is not None and derived.changed):
            at = self._changes.at.isoformat()
            revision = {"number": number, "at": at, "actor": self._changes.actor, "id": self._changes.id}
            books.append(wrote(writing.REVISION, revision))
        else:
            number = head
        packed = msgspec.json.encode(
            {kind.value: msgspec.to_builtins(tally) for kind, tally in counts.items()}
        ).decode()
        receipt = {"id": self._changes.id, "revision": number, "counts": packed}
        await sender.several([*books, wrote(writing.RECEIPT, receipt)])
        return Applied(revision=number, counts=counts)

    async def received(self) -> Applied | None:
        """The answer this change set's id got before, None for a new one."""
        (found,) = await self._sender.several([self._asked()])
        return _received(found)

    def _asked(self) -> Part:
        return Part(writing.RECEIVED, {"id": self._changes.id}, ("revision", "counts"))

    async def _derived(self) -> Plan | None:
        """The plan of the gaps that follow from what was written; None where none can have changed."""
        if not self._gaps.needed:
            return None
        made, old, held = await self._gaps.made()
        return await self._plan(made, {Kind.GAP: old} if old else {}, held)

    async def _plan(self, puts: Collection[Record], gone: Gone, known: Mapping[str, Held] | None = None) -> Plan:
        """The plan of puts, of which only a batch is looked at at once; ``known`` is what is held of them, if known."""
        plan_ = Plan(sorted_puts(puts), self._changes.settled, gone)
        few = len(puts) <= FEW
        held = dict.fromkeys(plan_.puts, known) if known is not None else {}
        if few and known is None:
            held = await self._held({kind: list(given) for kind, given in plan_.puts.items()}, whole=WHOLE)
        for kind, given in plan_.puts.items():
            for some in batches(given, BATCH):
                if known is None and not few:
                    held = await self._held({kind: some}, whole=writing.SHARED)
                with uncollected():
                    for record in plan_.see(kind, some, held[kind]):
                        self._gaps.see(record, held[kind].get(record.id))
        return plan_

    async def _held(
        self, puts: Mapping[Kind, Sequence[Record]], whole: Collection[Kind]
    ) -> dict[Kind, Mapping[str, Held]]:
        """What is held of these, by kind and identifier; of the kinds ``whole`` all of it."""
        asked = [
            (writing.held(kind, whole=kind in whole), [one.id for one in some] if kind in self._there else [])
            for kind, some in puts.items()
        ]
        found = zip(puts, await self._sender.found(asked), strict=True)
        return {kind: {identifier: Held(*beside) for identifier, *beside in listed} for kind, listed in found}

    async def _gone(self) -> Gone:
        """What is deleted: by name, or because its source no longer gives it."""
        named = by_kind(dict.fromkeys((*self._changes.deletes, *self._changes.replaces)))
        listed = await self._sender.found((writing.existing(kind), ids) for kind, ids in named.items())
        found: dict[Kind, dict[str, str | None]] = {kind: dict(one) for kind, one in zip(named, listed, strict=True)}
        if self._changes.replaces:
            given = await self._sender.found((writing.given_by(kind), [*self._changes.replaces]) for kind in RECORDS)
            for kind, one in zip(RECORDS, given, strict=True):
                found.setdefault(kind, {}).update(one)
        if any(found.values()):
            for record in self._changes.puts:
                found.get(record.kind, {}).pop(record.id, None)
        return {kind: sorted(listed.items()) for kind, listed in found.items() if listed}

    async def _verify(self, plan_: Plan) -> None:
        """Every target is among the puts or held, and is not deleted. Raises InvalidChangeSet."""
        absent = set(plan_.astray)
        elsewhere = plan_.elsewhere()
        there = await self._sender.found((writing.existing(kind), list(ids)) for kind, ids in elsewhere.items())
        for (kind, ids), found in zip(elsewhere.items(), there, strict=True):
            absent.update(set(ids) - {identifier for identifier, _ in found}.difference(plan_.deleted(kind)))
        if absent:
            raise missing(self._changes, absent)

    async def _write(self, plan_: Plan, number: int) -> None:
        earlier: list[Statement] = []
        for kind in RECORDS:
            ids = [*plan_.updated(kind), *plan_.deleted(kind)]
            earlier += [(text, list(ids)) for text in (writing.archive(kind), *writing.cut(kind)) if ids]
        orphans = dict.fromkeys(one for found in await self._sender.found(earlier, number=number) for one in found)
        await self._delete(plan_)
        await self._sender.pour(pouring.statements(plan_, number, self._changes.at.isoformat()), number)
        announced = [(text, plan_.updated(kind)) for kind in RECORDS for text in announce(kind)]
        await self._sender.found([(writing.ORPHANS, list(orphans)), *announced], number=number)

    async def _delete(self, plan_: Plan) -> None:
        await self._gaps.release(plan_)
        left = await self._sender.found(
            (writing.still_referred_to(kind), plan_.deleted(kind)) for kind in plan_.deletes
        )
        if kept := [identifier for found in left for identifier in found]:
            raise missing(self._changes, kept)
        await self._sender.found((writing.delete(kind), plan_.deleted(kind)) for kind in plan_.deletes)


def _received(found: Mapping[str, Any]) -> Applied | None:
    if found["revision"] is None:
        return None
    counts = {Kind(kind): Tally(**tally) for kind, tally in msgspec.json.decode(found["counts"]).items()}
    return Applied(revision=found["revision"], counts=counts, repeated=True)
