"""Applying a change set: everything happens or nothing, in one transaction or seen with the last of several."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from neo4j.exceptions import ClientError

from catalog.changes import ChangeSet, missing
from catalog.errors import BadInput
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
from graph.neo4j.gaps import Keeper
from graph.neo4j.history import COUNTS
from graph.neo4j.link import Link, Transaction
from graph.neo4j.plan import BATCH, Held, Plan, by_kind

Gone = dict[Kind, list[tuple[str, str | None]]]


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
        self._staged = False
        self._gaps = Keeper(self._run, rules)
        self._there = set(RECORDS)

    async def apply(self) -> Applied:
        """What the change set does, or did when it was applied before. Raises InvalidChangeSet."""
        locked = await self._run(writing.LOCK, id=self._changes.id)
        head = locked["revision"]
        if (before := await self.received()) is not None:
            return before
        claimed = self._changes.id if self._claimed else None
        self._staged = await staging.settle(self._link, self._transaction, locked["loading"], claimed)
        await self._gaps.begin()
        if len(self._changes.puts) > BATCH:
            # First loads are large: kinds that have no record yet need not be looked through. Asked before anything is
            # written: to count its own records a transaction walks over everything it wrote, for each kind.
            counted = (await self._run(COUNTS))["counts"]
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
        return await self._plan(made, {Kind.GAP: old} if old else {})

    async def _plan(self, puts: Collection[Record], gone: Gone) -> Plan:
        """The plan of puts, of which only a batch is looked at at once."""
        plan_ = Plan(sorted_puts(puts), self._changes.settled, gone)
        for kind, given in plan_.puts.items():
            for some in batches(given, BATCH):
                held = await self._held(kind, some) if kind in self._there else {}
                with uncollected():
                    for record in plan_.see(kind, some, held):
                        self._gaps.see(record)
        return plan_

    async def _held(self, kind: Kind, some: Sequence[Record]) -> dict[str, Held]:
        listed = await self._each(writing.held(kind), [record.id for record in some])
        return {identifier: Held(*beside) for identifier, *beside in listed}

    async def _gone(self) -> Gone:
        """What is deleted: by name, or because its source no longer gives it."""
        found: dict[Kind, dict[str, str | None]] = {}
        for kind, ids in by_kind(dict.fromkeys((*self._changes.deletes, *self._changes.replaces))).items():
            found[kind] = dict(await self._each(writing.existing(kind), ids))
        if self._changes.replaces:
            for kind in RECORDS:
                listed = await self._each(writing.given_by(kind), list(self._changes.replaces))
                found.setdefault(kind, {}).update(listed)
        if any(found.values()):
            for record in self._changes.puts:
                found.get(record.kind, {}).pop(record.id, None)
        return {kind: sorted(listed.items()) for kind, listed in found.items() if listed}

    async def _verify(self, plan_: Plan) -> None:
        """Every target is among the puts or held, and is not deleted. Raises InvalidChangeSet."""
        absent = set(plan_.astray)
        for kind, ids in plan_.elsewhere().items():
            there = {identifier for identifier, _ in await self._each(writing.existing(kind), ids)}
            absent.update(set(ids) - there.difference(plan_.deleted(kind)))
        if absent:
            raise missing(self._changes, absent)

    async def _write(self, plan_: Plan, number: int) -> None:
        orphans: dict[str, None] = {}
        for kind in RECORDS:
            ids = [*plan_.updated(kind), *plan_.deleted(kind)]
            await self._all(writing.archive(kind), ids, number=number)
            for text in writing.cut(kind) if ids else ():
                orphans.update(dict.fromkeys(await self._each(text, ids)))
        await self._delete(plan_)
        await self._pour(pouring.statements(plan_, number, self._changes.at.isoformat()), number)
        await self._all(writing.ORPHANS, list(orphans))
        for kind in RECORDS:
            renamed = plan_.updated(kind)
            for text in announce(kind) if renamed else ():
                await self._all(text, renamed, number=number)

    async def _delete(self, plan_: Plan) -> None:
        await self._gaps.release(plan_)
        kept: list[str] = []
        for kind in plan_.deletes:
            kept += await self._each(writing.still_referred_to(kind), plan_.deleted(kind))
        if kept:
            raise missing(self._changes, kept)
        for kind in plan_.deletes:
            await self._all(writing.delete(kind), plan_.deleted(kind))

    async def _each(self, text: str, rows: Sequence[Any]) -> list[Any]:
        """What a statement finds, over all batches."""
        found: list[Any] = []
        for batch in batches(rows, BATCH):
            found += (await self._run_rows(text, batch)).get("found") or []
        return found

    async def _pour(self, statements: Iterator[pouring.Statement], number: int) -> None:
        """Runs statements; while the server works on one, a thread makes the rows of the next."""

        def made() -> pouring.Statement | None:
            with uncollected():
                return next(statements, None)

        ready = await asyncio.to_thread(made)
        while ready is not None:
            text, rows = ready
            written = self._put_rows(text, rows, number) if self._staged else self._run_rows(text, rows, number=number)
            _, ready = await asyncio.gather(written, asyncio.to_thread(made))

    async def _all(self, text: str, rows: Sequence[Any], **params: Any) -> None:
        for batch in batches(rows, BATCH):
            await self._run_rows(text, batch, **params)

    async def _run_rows(self, text: str, rows: list[Any], **params: Any) -> dict[str, Any]:
        """Runs a statement on rows that nobody needs afterwards.

        They are let go of here: the driver keeps the parameters of every statement until the transaction ends.
        """
        with _indexable():
            try:
                return await self._run(text, rows=rows, **params)
            finally:
                rows.clear()

    async def _put_rows(self, text: str, rows: list[Any], number: int) -> None:
        """Runs a statement on rows and commits it."""
        with _indexable():
            await self._link.alone(text, {"rows": rows, "number": number})

    async def _run(self, text: str, **params: Any) -> dict[str, Any]:
        return await self._link.run(self._transaction, text, params)


@contextmanager
def _indexable() -> Iterator[None]:
    """Says that a value is too long where the server says it of its indexes."""
    try:
        yield
    except ClientError as error:
        if error.code and error.code.startswith("Neo.ClientError.Statement.ArgumentError"):
            raise BadInput("a value is too long for the store's indexes") from error
        raise
