"""Applying a change set: one transaction, in which everything happens or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from neo4j.exceptions import ClientError

from catalog.changes import ChangeSet, missing
from catalog.errors import BadInput
from catalog.record import Record
from catalog.records import RECORDS
from catalog.revision import Applied, Tally
from catalog.uncollected import uncollected
from catalog.vocabulary import ChangeKind, Kind
from graph.gaps.rule import Rule
from graph.neo4j import writing
from graph.neo4j.announcing import announce
from graph.neo4j.gaps import Keeper
from graph.neo4j.history import COUNTS
from graph.neo4j.link import Link, Transaction
from graph.neo4j.plan import Held, Plan, by_kind, plan

Gone = dict[Kind, list[tuple[str, str | None]]]


class Applier:
    """One change set in one transaction. The caller commits, or rolls back."""

    def __init__(self, link: Link, transaction: Transaction, changes: ChangeSet, rules: Sequence[Rule] = ()) -> None:
        self._link = link
        self._transaction = transaction
        self._changes = changes
        self._gaps = Keeper(self._run, rules)

    async def apply(self) -> Applied:
        """What the change set does, or did when it was applied before. Raises InvalidChangeSet."""
        head = (await self._run(writing.LOCK, id=self._changes.id))["revision"]
        if (before := await self.received()) is not None:
            return before
        held, gone = await self._held(self._changes.puts), await self._gone()
        with uncollected():
            plan_ = plan(self._changes, held, gone)
        await self._verify(plan_)
        await self._gaps.see(plan_)
        number = head + 1
        if plan_.changed:
            await self._write(plan_, number)
        counts = plan_.counts()
        if (derived := await self._derived()) is not None:
            if derived.changed:
                await self._write(derived, number)
            counts |= derived.counts()
        if plan_.changed or (derived is not None and derived.changed):
            at = self._changes.at.isoformat()
            await self._run(writing.REVISION, number=number, at=at, actor=self._changes.actor, id=self._changes.id)
        else:
            number = head
        packed = msgspec.json.encode(
            {kind.value: msgspec.to_builtins(tally) for kind, tally in counts.items()}
        ).decode()
        await self._run(writing.RECEIPT, id=self._changes.id, revision=number, counts=packed)
        return Applied(revision=number, counts=counts)

    async def received(self) -> Applied | None:
        """The answer this change set's id got before, None for a new one."""
        found = await self._run(writing.RECEIVED, id=self._changes.id)
        if not found:
            return None
        counts = {Kind(kind): Tally(**tally) for kind, tally in msgspec.json.decode(found["counts"]).items()}
        return Applied(revision=found["revision"], counts=counts, repeated=True)

    async def _derived(self) -> Plan | None:
        """The plan of the gaps that follow from what was written; None where none can have changed."""
        if not self._gaps.needed:
            return None
        made, old = await self._gaps.made()
        changes = replace(self._changes, puts=made, deletes=(), replaces=())
        return plan(changes, await self._held(made), {Kind.GAP: old} if old else {})

    async def _held(self, puts: Collection[Record]) -> dict[str, Held]:
        found: dict[str, Held] = {}
        wanted: dict[Kind, list[str]] = {}
        for record in puts:
            wanted.setdefault(record.kind, []).append(record.id)
        if len(puts) > writing.BATCH:  # first loads are large: kinds that have no record yet need not be looked through
            counted = (await self._run(COUNTS))["counts"]
            wanted = {
                kind: wanted[kind] for kind, there in zip(RECORDS, counted, strict=True) if there and kind in wanted
            }
        for kind, ids in wanted.items():
            for identifier, digest, version, created, node in await self._each(writing.held(kind), ids):
                found[identifier] = Held(digest, version, created, node)
        return found

    async def _gone(self) -> Gone:
        """What is deleted: by name, or because its source no longer gives it."""
        puts = {record.id for record in self._changes.puts}
        found: dict[Kind, dict[str, str | None]] = {}
        named = [*self._changes.deletes, *(one for one in self._changes.replaces if one not in puts)]
        for kind, ids in by_kind(dict.fromkeys(named)).items():
            found[kind] = dict(await self._each(writing.existing(kind), ids))
        if self._changes.replaces:
            for kind in RECORDS:
                listed = await self._each(writing.given_by(kind), list(self._changes.replaces))
                found.setdefault(kind, {}).update((one, source) for one, source in listed if one not in puts)
        return {kind: sorted(listed.items()) for kind, listed in found.items() if listed}

    async def _verify(self, plan_: Plan) -> None:
        """Every target is among the puts or held, and is not deleted. Raises InvalidChangeSet."""
        puts = {record.id for record in self._changes.puts}
        gone = {identifier for listed in plan_.deletes.values() for identifier, _ in listed}
        there = set(puts)
        for kind, ids in plan_.wanted(puts).items():
            there.update(identifier for identifier, _ in await self._each(writing.existing(kind), ids))
        if absent := plan_.absent(there - gone):
            raise missing(self._changes, absent)

    async def _write(self, plan_: Plan, number: int) -> None:
        at = self._changes.at.isoformat()
        orphans: dict[str, None] = {}
        for kind in RECORDS:
            updated = [write.record.id for write in plan_.writes.get(kind, []) if write.held is not None]
            ids = [*updated, *(identifier for identifier, _ in plan_.deletes.get(kind, []))]
            await self._all(writing.archive(kind), ids, number=number)
            for text in writing.cut(kind) if ids else ():
                orphans.update(dict.fromkeys(await self._each(text, ids)))
        await self._delete(plan_)
        for kind, writes in plan_.writes.items():
            await self._pour(writing.nodes(kind, writes, number, at))
        for kind, writes in plan_.writes.items():
            await self._pour(writing.references(kind, writes))
            await self._pour(writing.texts(kind, writes))
        await self._all(writing.ORPHANS, list(orphans))
        await self._all(writing.LOG, writing.log(_log(plan_)), number=number)
        for kind, writes in plan_.writes.items():
            renamed = [write.record.id for write in writes if write.held is not None]
            for text in announce(kind) if renamed else ():
                await self._all(text, renamed, number=number)

    async def _delete(self, plan_: Plan) -> None:
        await self._gaps.release(plan_)
        kept: list[str] = []
        for kind, listed in plan_.deletes.items():
            kept += await self._each(writing.still_referred_to(kind), [identifier for identifier, _ in listed])
        if kept:
            raise missing(self._changes, kept)
        for kind, listed in plan_.deletes.items():
            await self._all(writing.delete(kind), [identifier for identifier, _ in listed])

    async def _each(self, text: str, rows: Sequence[Any]) -> list[Any]:
        """What a statement finds, over all batches."""
        found: list[Any] = []
        for batch in writing.batches(rows):
            found += (await self._run_rows(text, batch)).get("found") or []
        return found

    async def _pour(self, statements: Iterator[writing.Statement]) -> None:
        """Runs statements; while the server works on one, a thread makes the rows of the next."""
        ready = await asyncio.to_thread(next, statements, None)
        while ready is not None:
            _, ready = await asyncio.gather(self._run_rows(*ready), asyncio.to_thread(next, statements, None))

    async def _all(self, text: str, rows: Sequence[Any], **params: Any) -> None:
        for batch in writing.batches(rows):
            await self._run_rows(text, batch, **params)

    async def _run_rows(self, text: str, rows: Sequence[Any], **params: Any) -> dict[str, Any]:
        try:
            return await self._run(text, rows=rows, **params)
        except ClientError as error:
            if error.code and error.code.startswith("Neo.ClientError.Statement.ArgumentError"):
                raise BadInput("a value is too long for the store's indexes") from error
            raise

    async def _run(self, text: str, **params: Any) -> dict[str, Any]:
        return await self._link.run(self._transaction, text, params)


def _log(plan_: Plan) -> dict[Kind, list[tuple[str, str, str | None]]]:
    found: dict[Kind, list[tuple[str, str, str | None]]] = {}
    for kind, writes in plan_.writes.items():
        found[kind] = [(write.record.id, write.change.value, write.record.source) for write in writes]
    for kind, listed in plan_.deletes.items():
        found.setdefault(kind, []).extend(
            (identifier, ChangeKind.DELETED.value, source) for identifier, source in listed
        )
    return found
