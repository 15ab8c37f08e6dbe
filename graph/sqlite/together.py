"""Several reads in one transaction: whatever is written meanwhile, they see one revision."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from catalog.changes import ChangeSet
from catalog.codec import Row
from catalog.revision import Applied
from catalog.vocabulary import Kind
from graph.port import PREPARATION, Store
from graph.shape import Shape
from graph.sqlite import reading
from graph.sqlite.connection import Session, Sessions
from graph.sqlite.reads import Job, Reads

if TYPE_CHECKING:
    from graph.sqlite.store import SqliteStore

T = TypeVar("T")


class Together(Reads):
    """A session and a transaction for as long as it is entered; its reads queue up behind one another.

    The first read begins the transaction, so that nothing is held where nothing is asked.
    """

    parted = False

    def __init__(self, store: SqliteStore, path: Path, sessions: Sessions, pool: Executor) -> None:
        self._store = store
        self.rules = store.rules
        self._path = path
        self._sessions = sessions
        self._pool = pool
        self._session: Session | None = None
        self._turn = asyncio.Lock()
        self._stamp = store.seen()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        async with self._turn:
            session, self._session = self._session, None
            if session is not None:
                self._sessions.give(session)

    @property
    def statements(self) -> int:
        """How many statements the store has run, for this and everybody else."""
        return self._store.statements

    @statements.setter
    def statements(self, number: int) -> None:
        self._store.statements = number

    async def _read(self, work: Callable[[Session], T]) -> T:
        async with self._turn:
            job = Job(self._path, self._lend, work)
            try:
                return await job.on(self._pool)
            finally:
                await job.over()  # the session is the next one's

    @contextmanager
    def _lend(self) -> Iterator[Session]:
        if self._session is None:
            self._session = self._sessions.take()
        if not self._session.raw.in_transaction:
            self._session.raw.execute("BEGIN DEFERRED")
        yield self._session

    async def scan(self, kind: Kind, shape: Shape, *, after: str = "", batch: int = 1000) -> AsyncIterator[list[Row]]:
        """Every row of a kind by identifier, in batches, inside the transaction."""
        rows: Iterator[list[Row]] | None = None

        def more(session: Session) -> list[Row] | None:
            nonlocal rows
            rows = rows or reading.batches(session, kind, shape, after, batch)
            return next(rows, None)

        while (found := await self._read(more)) is not None:
            yield found

    async def as_of(self, revision: int, *, patience: float | None = PREPARATION) -> Store:
        """The catalogue at a revision (:meth:`graph.port.Store.as_of`); itself where that is what it sees."""
        head = await self.head()
        if revision == (head.number if head else 0):
            return self
        return await self._store.as_of(revision, patience=patience)

    def together(self) -> AbstractAsyncContextManager[Together]:
        """Itself: its reads are together already."""
        return nullcontext(self)

    async def stamp(self) -> int | None:
        """What the store showed before these reads began."""
        return self._stamp

    async def apply(self, changes: ChangeSet, *, dry_run: bool = False) -> Applied:
        """Applies a change set to the store; the reads go on seeing what they saw."""
        return await self._store.apply(changes, dry_run=dry_run)
