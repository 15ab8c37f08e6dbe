"""The Neo4j store: the port over one link. Texts come from the pure modules beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Self

from neo4j.exceptions import IncompleteCommit

from catalog.changes import ChangeSet
from catalog.changes import check as check_changes
from catalog.codec import Row
from catalog.errors import MuluError, TimedOut, Unavailable
from catalog.issue import Issue
from catalog.revision import Applied
from catalog.vocabulary import Kind
from graph.gaps.making import refuse
from graph.gaps.rule import Rule
from graph.neo4j import history, pages, scanning, staging
from graph.neo4j.applying import Applier
from graph.neo4j.checking import check
from graph.neo4j.confirming import Confirming
from graph.neo4j.gaps import current, faults
from graph.neo4j.gathering import gather
from graph.neo4j.link import Address, Link
from graph.neo4j.migrations import migrate
from graph.neo4j.reads import Reads, words
from graph.neo4j.together import Together
from graph.neo4j.watching import NOTHING, STAMP, Stamp, settled, stamp
from graph.port import PREPARATION, Store
from graph.shape import Shape
from graph.snapshots import Snapshots
from graph.sqlite.spool import Spool
from graph.sqlite.store import SqliteStore
from graph.views import RevisionView, known

APPLY_AGAIN = "apply the same change set again, with the same id: if it was committed, nothing happens"


class Neo4jStore(Reads):
    """A catalogue in Neo4j 5.26 and later, on one server or a cluster (:class:`graph.port.Store`).

    Each question is one statement. Neo4j is read-committed; a statement that a revision came into is asked again, so
    that what it answers is of one (:mod:`graph.neo4j.watching`). Reads follow this store's own writes. ``rules`` are
    the gap rules by which it keeps gaps; without any, gaps are the caller's to write.
    """

    def __init__(self, address: Address, *, rules: Sequence[Rule] = ()) -> None:
        self._link = Link(address)
        self._snapshots = Snapshots(self._snapshot)
        self._confirming = Confirming(self._stamp)
        self._looking = self._link.standing(STAMP)
        self._rules = tuple(rules)

    @classmethod
    def at(cls, address: str, *, rules: Sequence[Rule] = ()) -> Neo4jStore:
        """The store at ``neo4j://user:password@host:7687/database``; enter it to connect. Raises BadInput."""
        return cls(Address.of(address), rules=rules)

    @property
    def statements(self) -> int:
        """How many statements were run since opening."""
        return self._link.statements + self._snapshots.statements

    @statements.setter
    def statements(self, number: int) -> None:
        self._link.statements = number - self._snapshots.statements

    async def __aenter__(self) -> Self:
        """Connects within seconds or raises Unavailable (BadInput for wrong words), and migrates the schema.

        What a first load that was broken off has left is cleared.
        """
        self._link.open()
        self._snapshots.open()
        try:
            await migrate(self._link)
            await staging.recover(self._link)
        except BaseException:
            await self._link.close()
            raise
        self._link.statements = 0
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._confirming.close()
        await self._looking.close()
        await self._snapshots.close()
        await self._link.close()

    async def _one(self, text: str, params: Mapping[str, Any], *columns: str) -> dict[str, Any]:
        return (await settled(self._link.one, text, params))[0]

    async def scan(self, kind: Kind, shape: Shape, *, after: str = "", batch: int = 1000) -> AsyncIterator[list[Row]]:
        """Every row of a kind by identifier, in batches, all of one revision: the newest when the scan begins.

        Neo4j has no snapshots: a transaction sees what others commit meanwhile. Once another revision has been made,
        what it superseded is read from the history. Nested rows are not kept there: where one of the kinds of a
        shape with nested rows has changed, the scan raises Unavailable, and may be begun again.
        """
        with words():
            pages.batch(kind, shape, after, batch, 0)
        begun = (await self._link.one(history.NUMBER))["number"]
        while True:
            rows = await self._link.reading(partial(scanning.batch, self._link, kind, shape, after, batch, begun))
            if rows:
                yield rows
            if len(rows) < batch:
                return
            after = rows[-1]["id"]

    async def apply(self, changes: ChangeSet, *, dry_run: bool = False) -> Applied:
        """Applies a change set: atomic, numbered, recorded.

        Raises InvalidChangeSet with nothing written. Where the connection is lost during the commit, the store is
        asked whether it happened; where that cannot be told, Unavailable says to apply the same change set again.
        A catalogue's first, if it is large, is written piece by piece (:mod:`graph.neo4j.staging`): whoever reads
        before it is whole is told so by Unavailable. A large dry run is tried on an embedded copy of the newest
        revision, so that the server keeps none of it in its memory.
        """
        check_changes(changes)
        if self._rules:
            refuse(changes)
        claimed = False
        large = len(changes.puts) > staging.ABOVE
        try:
            if dry_run and large:
                return await self._tried(changes)
            claimed = large and await staging.claim(self._link, changes.id)
            return await self._apply(changes, dry_run=dry_run, claimed=claimed)
        except BaseException as error:
            if claimed:
                with suppress(MuluError):  # then whoever opens the store next clears it
                    await staging.abandon(self._link, changes.id)
            if isinstance(error, Unavailable) and error.suggestion is None:
                error.suggestion = APPLY_AGAIN
            raise

    async def _apply(self, changes: ChangeSet, *, dry_run: bool, claimed: bool) -> Applied:
        endless = 0.0 if claimed else None  # what is staged is bounded a statement at a time
        try:
            async with self._link.writing(seconds=endless) as transaction:
                applied = await Applier(self._link, transaction, changes, self._rules, claimed=claimed).apply()
                if dry_run or applied.repeated:
                    await transaction.rollback()
                    if dry_run and not applied.repeated and applied.changed:
                        return Applied(revision=applied.revision - 1, counts=applied.counts)
                    return applied
                await transaction.commit()
                return applied
        except Unavailable as error:
            if not isinstance(error.__cause__, IncompleteCommit):
                raise
            return await self._ask_again(changes, error)

    async def _ask_again(self, changes: ChangeSet, error: Unavailable) -> Applied:
        """The answer of a commit whose own answer was lost."""
        received = await self._received(changes)
        if received is None:
            raise error
        return Applied(revision=received.revision, counts=received.counts)

    async def _received(self, changes: ChangeSet) -> Applied | None:
        async with self._link.writing() as transaction:
            received = await Applier(self._link, transaction, changes).received()
            await transaction.rollback()
            return received

    async def _tried(self, changes: ChangeSet) -> Applied:
        """What a change set would do, tried on a copy that keeps gaps by the same rules."""
        head = await self.head()
        if (received := await self._received(changes)) is not None:
            return received
        async with self._snapshots.of(head.number if head else 0) as copy:
            return await copy.apply(changes, dry_run=True)

    async def as_of(self, revision: int, *, patience: float | None = PREPARATION) -> Store:
        """The catalogue as it stood at a revision; an earlier one is gathered into an embedded store."""
        head = await self.head()
        return self.view(revision, head.number if head else 0, patience)

    def view(self, revision: int, number: int, patience: float | None) -> RevisionView:
        """A revision's view where ``number`` is the newest. Raises BadInput for one that the catalogue has not had."""
        known(revision, number)
        return RevisionView(self, revision, self._snapshots, current=revision == number, patience=patience)

    def together(self) -> Together:
        """The store for reads that belong together: each finds out whether a revision came in between."""
        return Together(self, self._link)

    async def stamp(self) -> Stamp | None:
        """The revision and the change set applied last, asked of a server for reading; None where none answers."""
        return await self._confirming.told()

    async def _stamp(self) -> Stamp | None:
        try:
            self._link.statements += 1
            return stamp([*(await self._looking.ask()).values()] or NOTHING)
        except (Unavailable, TimedOut):
            return None

    async def _snapshot(self, revision: int, path: Path) -> Store:
        async with Spool(path, revision) as spool:
            await gather(self._link, revision, spool)
            await spool.finish()
        return await SqliteStore(path, rules=self._rules).__aenter__()

    async def keeps_gaps(self) -> bool:
        """Whether the gaps held are those of the rules."""
        return bool(self._rules) and await current(self._link)

    async def check(self) -> list[Issue]:
        """Broken integrity: rows that are no records, dangling references, edges and texts that miss or invent."""
        stamp([*(await self._link.one(STAMP)).values()] or NOTHING)
        return [*await check(self._link), *await faults(self._link, self._rules)]
