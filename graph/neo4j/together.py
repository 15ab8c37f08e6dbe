"""Reads that belong together: of one revision, or told to be of several."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TYPE_CHECKING, Any, Self

from catalog.changes import ChangeSet
from catalog.codec import Row
from catalog.issue import Issue
from catalog.revision import Applied
from catalog.vocabulary import Kind
from graph.gaps.table import VERSION
from graph.neo4j.batching import Batch, Part
from graph.neo4j.gaps import RULES
from graph.neo4j.link import Link
from graph.neo4j.reads import Reads
from graph.neo4j.watching import AGAIN, Parted, Stamp, settled
from graph.port import PREPARATION, Store
from graph.shape import Shape

if TYPE_CHECKING:
    from graph.neo4j.store import Neo4jStore


class Together(Reads):
    """The reads of one operation, at once or one after another (:class:`graph.port.Together`).

    What is asked at once is one statement (:mod:`graph.neo4j.batching`). Each statement stands by itself, since a
    transaction would isolate it no better and cost twice as much; that all are of one revision is what their own looks
    at it say.
    """

    def __init__(self, store: Neo4jStore, link: Link) -> None:
        self._store = store
        self._link = link
        self._seen: Stamp | None = None
        self._apart = False
        self.parted = False
        self._batch = Batch(self._read_one)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        pass

    @property
    def statements(self) -> int:
        """How many statements the store has run, for these reads and everybody else."""
        return self._store.statements

    @statements.setter
    def statements(self, number: int) -> None:
        self._store.statements = number

    async def _one(self, text: str, params: Mapping[str, Any], *columns: str) -> dict[str, Any]:
        if columns:
            return await self._batch.ask(Part(text, params, columns))
        return await self._read_one(text, params)

    async def _read_one(self, text: str, params: Mapping[str, Any]) -> dict[str, Any]:
        try:
            record, seen = await settled(self._link.one, text, params, self._seen)
            if self._seen not in (None, seen):  # another read, begun with this one, has seen another
                raise Parted("a revision came between two reads", suggestion=AGAIN)
        except Parted:
            self.parted = True
            raise
        self._seen = seen
        return record

    def scan(self, kind: Kind, shape: Shape, *, after: str = "", batch: int = 1000) -> AsyncIterator[list[Row]]:
        """Every row of a kind by identifier, in batches, all of the revision that is the newest when it begins."""
        self._apart = True
        return self._store.scan(kind, shape, after=after, batch=batch)

    async def as_of(self, revision: int, *, patience: float | None = PREPARATION) -> Store:
        """The catalogue at a revision (:meth:`graph.port.Store.as_of`); itself where that is what it sees.

        Which revisions there are is read here, so that what is read of an earlier one, which never changes, belongs to
        the catalogue that these reads see.
        """
        head = await self.head()
        number = head.number if head else 0
        return self if revision == number else self._store.view(revision, number, patience)

    def together(self) -> AbstractAsyncContextManager[Together]:
        """Itself: its reads are together already."""
        return nullcontext(self)

    async def stamp(self) -> Stamp | None:
        """What all these reads saw; None where there were none, or some whose revision was not compared."""
        return None if self.parted or self._apart else self._seen

    async def apply(self, changes: ChangeSet, *, dry_run: bool = False) -> Applied:
        """Applies a change set to the store; reads after it are no longer together with those before."""
        self._apart = True
        return await self._store.apply(changes, dry_run=dry_run)

    async def keeps_gaps(self) -> bool:
        """Whether the gaps held are those of the rules."""
        return bool((await self._one(RULES, {}, "version"))["version"] == VERSION)

    async def check(self) -> list[Issue]:
        """Broken integrity, as the store finds it."""
        self._apart = True
        return await self._store.check()
