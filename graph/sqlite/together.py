"""Several reads in one transaction: whatever is written meanwhile, they see one revision."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from catalog.changes import ChangeSet
from catalog.codec import Row
from catalog.revision import Applied
from catalog.vocabulary import Kind
from graph.port import PREPARATION, Store
from graph.shape import Hit, MatchQuestion, Page, Question, Shape
from graph.sqlite import matching, reading
from graph.sqlite.connection import Allowance, LongerThanAllowed, Session, Sessions
from graph.sqlite.errors import mapped
from graph.sqlite.reads import Job, Reads

if TYPE_CHECKING:
    from graph.sqlite.store import SqliteStore

T = TypeVar("T")
BRIEF = 50
"""How many units of work (:class:`graph.sqlite.connection.Allowance`) all reads together may do on the event loop."""


class Together(Reads):
    """A session and a transaction for as long as it is entered; its reads queue up behind one another.

    The first read begins the transaction, so that nothing is held where nothing is asked.

    Reads by identifiers, of pages and by names are tried where they are asked for, without a thread: handing a small
    read over and back costs more than the read. What all of them may do there is bounded by ``brief``, and no lock is
    waited for; the read that goes beyond is done again in a thread, and so are all that follow.
    """

    parted = False

    def __init__(
        self, store: SqliteStore, path: Path, sessions: Sessions, pool: Executor, *, brief: int = BRIEF
    ) -> None:
        self._store = store
        self.rules = store.rules
        self._path = path
        self._sessions = sessions
        self._pool = pool
        self._session: Session | None = None
        self._turn = asyncio.Lock()
        self._stamp = store.seen()
        self._allowance = Allowance(brief)

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

    async def read(self, question: Question) -> Page[Row]:
        """One page of rows of one kind."""
        return await self._briefly(lambda session: reading.read(session, question))

    async def get(self, ids: Sequence[str], shape: Shape, kind: Kind) -> list[Row | None]:
        """The rows of these identifiers, in the order asked, None where there is none."""
        return await self._briefly(lambda session: reading.get(session, ids, shape, kind))

    async def match(self, question: MatchQuestion) -> Page[Hit]:
        """The fields and resources that answer to a name."""
        return await self._briefly(lambda session: matching.match(session, question))

    async def _briefly(self, work: Callable[[Session], T]) -> T:
        """Runs the work on the event loop if that is soon done there, and in a thread if not."""
        async with self._turn:
            if self._session is None:
                self._session = self._sessions.idle()
            if self._session is not None and self._allowance.left > 0:
                try:
                    with mapped(self._path), self._session.allowed(self._allowance), self._lend() as session:
                        return work(session)
                except LongerThanAllowed:
                    self._allowance.left = 0
        return await self._read(work)

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
