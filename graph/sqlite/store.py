"""The embedded store: the port over one SQLite file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from catalog.changes import ChangeSet
from catalog.codec import Row
from catalog.revision import Applied
from catalog.vocabulary import Kind
from graph.gaps.rule import Rule
from graph.port import PREPARATION, Store
from graph.shape import Shape
from graph.snapshots import Snapshots
from graph.sqlite import reading, writing
from graph.sqlite.connection import Session, Sessions
from graph.sqlite.errors import mapped
from graph.sqlite.reads import Job, Reads
from graph.sqlite.rewinding import rewound
from graph.sqlite.together import Together
from graph.sqlite.watch import Watch
from graph.views import RevisionView, known

T = TypeVar("T")
READERS = 4
PATIENCE = 60.0


class SqliteStore(Reads):
    """A catalogue in one file, which other processes may read and write at the same time.

    Every read runs in a thread of its own on a connection of its own, inside one transaction: it sees one revision.
    Writes queue up behind one another; a lock held by another process is waited for, at most ``patience`` seconds.
    A killed process leaves the last whole revision, and so does a machine that loses its power.

    ``rules`` are the gap rules by which it keeps gaps; without any, gaps are the caller's to write.
    """

    def __init__(self, path: Path, *, patience: float = PATIENCE, rules: Sequence[Rule] = ()) -> None:
        self._path = path
        self.rules = tuple(rules)
        self._sessions = Sessions(path, patience)
        self._counted_from = 0
        self._readers: ThreadPoolExecutor | None = None
        self._writer: ThreadPoolExecutor | None = None
        self._watch: Watch | None = None
        self._snapshots = Snapshots(self._snapshot)

    @classmethod
    def at(cls, address: str, *, rules: Sequence[Rule] = ()) -> Self:
        """The store in a file, which is made when the store is entered."""
        return cls(Path(address).expanduser().absolute(), rules=rules)

    @property
    def statements(self) -> int:
        """How many statements were run since the store was opened, or this was last set."""
        return self._run - self._counted_from

    @statements.setter
    def statements(self, number: int) -> None:
        self._counted_from = self._run - number

    @property
    def _run(self) -> int:
        return self._sessions.statements + self._snapshots.statements

    async def __aenter__(self) -> Self:
        self._snapshots.open()
        self._readers = ThreadPoolExecutor(READERS, "mulu-read")
        self._writer = ThreadPoolExecutor(1, "mulu-write")
        try:
            await asyncio.get_running_loop().run_in_executor(self._writer, self._sessions.open)
            with mapped(self._path):
                self._watch = Watch(self._path)
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._snapshots.close()
        for pool in (self._readers, self._writer):
            if pool is not None:
                await asyncio.to_thread(pool.shutdown)
        if self._watch is not None:
            self._watch.close()
        self._sessions.close()

    async def _read(self, work: Callable[[Session], T]) -> T:
        """Runs the work in one read transaction; giving up the wait ends it."""
        assert self._readers is not None, "enter the store before reading"
        return await Job(self._path, self._lend, work).on(self._readers)

    @contextmanager
    def _lend(self) -> Iterator[Session]:
        with self._sessions.borrowed() as session, session.transaction("DEFERRED"):
            yield session

    async def scan(self, kind: Kind, shape: Shape, *, after: str = "", batch: int = 1000) -> AsyncIterator[list[Row]]:
        """Every row of a kind by identifier, in batches, inside one revision, in constant memory."""
        assert self._readers is not None, "enter the store before reading"
        loop = asyncio.get_running_loop()
        with (
            mapped(self._path),
            self._sessions.borrowed() as session,
            session.scanning(),
            session.transaction("DEFERRED"),
        ):
            rows = reading.batches(session, kind, shape, after, batch)
            while (found := await loop.run_in_executor(self._readers, next, rows, None)) is not None:
                yield found

    async def apply(self, changes: ChangeSet, *, dry_run: bool = False) -> Applied:
        """Applies a change set. Giving up the wait does not stop it: ask again with the same change set."""
        assert self._writer is not None, "enter the store before writing"

        def work() -> Applied:
            with mapped(self._path), self._sessions.borrowed() as session:
                return writing.apply(session, changes, dry_run=dry_run, rules=self.rules)

        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    async def as_of(self, revision: int, *, patience: float | None = PREPARATION) -> Store:
        """The catalogue as it stood at a revision; an earlier one is made of a copy of the file, taken back."""
        head = await self.head()
        number = head.number if head else 0
        known(revision, number)
        return RevisionView(self, revision, self._snapshots, current=revision == number, patience=patience)

    def together(self) -> Together:
        """This store, all of whose reads see one revision, in one transaction."""
        assert self._readers is not None, "enter the store before reading"
        return Together(self, self._path, self._sessions, self._readers)

    async def stamp(self) -> int | None:
        """What is another after any connection, of whatever process, has committed."""
        return self.seen()

    def seen(self) -> int | None:
        """The stamp, told at once and without a statement."""
        return self._watch.stamp() if self._watch is not None else None

    async def _snapshot(self, revision: int, path: Path) -> Store:
        """A copy of the file, taken back to the revision, and opened."""

        def copy(present: Session) -> None:
            present.copy(path)

        with ThreadPoolExecutor(1, "mulu-revision") as pool:
            await Job(self._path, self._sessions.borrowed, copy).on(pool)
            await rewound(path, revision, pool)
        return await SqliteStore(path).__aenter__()
