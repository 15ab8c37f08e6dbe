"""The embedded store: the port over one SQLite file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Generic, Self, TypeVar

from catalog.changes import ChangeSet
from catalog.codec import Row
from catalog.errors import TimedOut
from catalog.issue import Issue
from catalog.revision import Applied, Change, Revision
from catalog.vocabulary import Kind
from graph.gaps.rule import Rule
from graph.shape import Found, Hit, KeysetKey, MatchQuestion, Page, Question, SearchQuestion, Shape
from graph.sqlite import integrity, matching, past, reading, searching, writing
from graph.sqlite.connection import Session, Sessions
from graph.sqlite.errors import mapped
from graph.sqlite.gaps import current

T = TypeVar("T")
READERS = 4
PATIENCE = 60.0


class SqliteStore:
    """A catalogue in one file, which other processes may read and write at the same time.

    Every read runs in a thread of its own on a connection of its own, inside one transaction: it sees one revision.
    Writes queue up behind one another; a lock held by another process is waited for, at most ``patience`` seconds.
    A killed process leaves the last whole revision, and so does a machine that loses its power.

    ``rules`` are the gap rules by which it keeps gaps; without any, gaps are the caller's to write.
    """

    def __init__(self, path: Path, *, patience: float = PATIENCE, rules: Sequence[Rule] = ()) -> None:
        self._path = path
        self._rules = tuple(rules)
        self._sessions = Sessions(path, patience)
        self._counted_from = 0
        self._readers: ThreadPoolExecutor | None = None
        self._writer: ThreadPoolExecutor | None = None

    @classmethod
    def at(cls, address: str, *, rules: Sequence[Rule] = ()) -> Self:
        """The store in a file, which is made when the store is entered."""
        return cls(Path(address).expanduser().absolute(), rules=rules)

    @property
    def statements(self) -> int:
        """How many statements were run since the store was opened, or this was last set."""
        return self._sessions.statements - self._counted_from

    @statements.setter
    def statements(self, number: int) -> None:
        self._counted_from = self._sessions.statements - number

    async def __aenter__(self) -> Self:
        self._readers = ThreadPoolExecutor(READERS, "mulu-read")
        self._writer = ThreadPoolExecutor(1, "mulu-write")
        try:
            await asyncio.get_running_loop().run_in_executor(self._writer, self._sessions.open)
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *exception: object) -> None:
        for pool in (self._readers, self._writer):
            if pool is not None:
                await asyncio.to_thread(pool.shutdown)
        self._sessions.close()

    async def _read(self, work: Callable[[Session], T]) -> T:
        """Runs the work in one read transaction; giving up the wait interrupts it."""
        job = _Job(self._sessions, work)
        assert self._readers is not None, "enter the store before reading"
        waiting = asyncio.get_running_loop().run_in_executor(self._readers, job.run)
        try:
            return await waiting
        except asyncio.CancelledError:
            job.interrupt()
            raise

    async def head(self) -> Revision | None:
        """The newest revision, None for an empty store."""
        return await self._read(past.head)

    async def counts(self) -> Mapping[Kind, int]:
        """How many records of each kind there are."""
        return await self._read(past.counts)

    async def read(self, question: Question) -> Page[Row]:
        """One page of rows of one kind."""
        return await self._read(lambda session: reading.read(session, question))

    async def get(self, ids: Sequence[str], shape: Shape, kind: Kind) -> list[Row | None]:
        """The rows of these identifiers, in the order asked, None where there is none."""
        return await self._read(lambda session: reading.get(session, ids, shape, kind))

    async def match(self, question: MatchQuestion) -> Page[Hit]:
        """The fields and resources that answer to a name."""
        return await self._read(lambda session: matching.match(session, question))

    async def search(self, question: SearchQuestion) -> Page[Found]:
        """The records whose texts contain a substring."""
        return await self._read(lambda session: searching.search(session, question))

    async def scan(self, kind: Kind, shape: Shape, *, after: str = "", batch: int = 1000) -> AsyncIterator[list[Row]]:
        """Every row of a kind by identifier, in batches, inside one revision, in constant memory."""
        assert self._readers is not None, "enter the store before reading"
        loop = asyncio.get_running_loop()
        with mapped(self._path), self._sessions.borrowed() as session, session.transaction("DEFERRED"):
            rows = reading.batches(session, kind, shape, after, batch)
            while (found := await loop.run_in_executor(self._readers, next, rows, None)) is not None:
                yield found

    async def changes(
        self,
        *,
        since: int,
        kinds: Sequence[Kind] = (),
        first: int,
        after: KeysetKey | None = None,
        count: bool = False,
    ) -> Page[Change]:
        """The log after a revision."""
        return await self._read(lambda session: past.changes(session, since, kinds, first, after, count=count))

    async def apply(self, changes: ChangeSet, *, dry_run: bool = False) -> Applied:
        """Applies a change set. Giving up the wait does not stop it: ask again with the same change set."""
        assert self._writer is not None, "enter the store before writing"

        def work() -> Applied:
            with mapped(self._path), self._sessions.borrowed() as session:
                return writing.apply(session, changes, dry_run=dry_run, rules=self._rules)

        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    async def keeps_gaps(self) -> bool:
        """Whether the gaps held are those of the rules."""
        return bool(self._rules) and await self._read(current)

    async def check(self) -> list[Issue]:
        """Broken integrity: dangling references, rows that are no records, indexes that miss or invent something."""
        return await self._read(lambda session: integrity.check(session, self._rules))


class _Job(Generic[T]):
    """Work in a thread that can be interrupted, and never interrupts what borrows its connection afterwards."""

    def __init__(self, sessions: Sessions, work: Callable[[Session], T]) -> None:
        self._sessions = sessions
        self._work = work
        self._lock = Lock()
        self._session: Session | None = None
        self._given_up = False

    def run(self) -> T:
        with mapped(self._sessions.path), self._sessions.borrowed() as session:
            with self._lock:
                if self._given_up:
                    raise TimedOut("the read was given up before it began")
                self._session = session
            try:
                with session.transaction("DEFERRED"):
                    return self._work(session)
            finally:
                with self._lock:
                    self._session = None

    def interrupt(self) -> None:
        with self._lock:
            self._given_up = True
            if self._session is not None:
                self._session.raw.interrupt()
