"""Reading, as the port asks for it: every question is work on a session, and each class says how work is run."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, wait
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from catalog.codec import Row
from catalog.errors import TimedOut
from catalog.issue import Issue
from catalog.revision import Change, Revision, Tombstone
from catalog.vocabulary import Kind
from graph.gaps.rule import Rule
from graph.shape import Found, Hit, KeysetKey, MatchQuestion, Page, Question, SearchQuestion, Shape
from graph.sqlite import integrity, matching, past, reading, searching
from graph.sqlite.connection import Session
from graph.sqlite.errors import mapped
from graph.sqlite.gaps import current

T = TypeVar("T")
Lend = Callable[[], AbstractContextManager[Session]]
"""Lends a session, in a transaction, to the work of one thread."""


class Reads(ABC):
    """The questions of :class:`graph.port.Store` that one session answers. ``rules`` are those it keeps gaps by."""

    rules: Sequence[Rule] = ()

    @abstractmethod
    async def _read(self, work: Callable[[Session], T]) -> T:
        """Runs the work in a read transaction; giving up the wait ends it."""

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

    async def changes(
        self,
        *,
        since: int,
        kinds: Sequence[Kind] = (),
        first: int,
        after: KeysetKey | None = None,
        count: bool = False,
        announced: bool = False,
    ) -> Page[Change]:
        """The log after a revision."""
        return await self._read(
            lambda session: past.changes(session, since, kinds, first, after, count=count, announced=announced)
        )

    async def tombstones(self, ids: Sequence[str], kind: Kind, *, until: int | None = None) -> list[Tombstone | None]:
        """What is left of earlier versions."""
        return await self._read(lambda session: past.tombstones(session, ids, kind, until))

    async def check(self) -> list[Issue]:
        """Broken integrity: dangling references, rows that are no records, indexes that miss or invent something."""
        return await self._read(lambda session: integrity.check(session, self.rules))

    async def keeps_gaps(self) -> bool:
        """Whether the gaps held are those of the rules."""
        return bool(self.rules) and await self._read(current)


class Job(Generic[T]):
    """Work in a thread that can be given up, and never harms what borrows its session afterwards."""

    def __init__(self, path: Path, lend: Lend, work: Callable[[Session], T]) -> None:
        self._path = path
        self._lend = lend
        self._work = work
        self._lock = Lock()
        self._session: Session | None = None
        self._given_up = False
        self._running: Future[T] | None = None

    async def on(self, pool: Executor) -> T:
        """What the work answers. Cancelling the wait ends the work, between two statements or inside one."""
        self._running = pool.submit(self._run)
        try:
            return await asyncio.wrap_future(self._running)
        except asyncio.CancelledError:
            self._give_up()
            raise

    async def over(self) -> None:
        """Waits until the work has let go of its session, which takes no time once it was given up."""
        if self._running is not None and not self._running.done():
            await asyncio.to_thread(wait, [self._running])

    def _run(self) -> T:
        with mapped(self._path), self._lend() as session:
            with self._lock:
                if self._given_up:
                    raise TimedOut("the work was given up before it began")
                self._session = session
            try:
                return self._work(session)
            finally:
                with self._lock:
                    self._session = None

    def _give_up(self) -> None:
        with self._lock:
            self._given_up = True
            if self._session is not None:
                self._session.give_up()
