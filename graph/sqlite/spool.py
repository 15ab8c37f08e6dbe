"""A revision from elsewhere, gathered into an empty file's history, and made the file's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, nullcontext
from pathlib import Path
from typing import Any, Self, TypeVar

from catalog.announcing import ANNOUNCED
from catalog.codec import Row, encode
from catalog.revision import Change, Revision
from catalog.vocabulary import Kind
from graph.sqlite.connection import Session, migrate
from graph.sqlite.model import NUMBERS, PLACES
from graph.sqlite.reads import Job
from graph.sqlite.rewinding import private, rewind

T = TypeVar("T")
META = ("created", "revision", "version")
"""What a row must carry beside its own properties."""


class Spool:
    """An embedded file that becomes one revision of another store, in a thread of its own; cancelled, it stops."""

    def __init__(self, path: Path, revision: int) -> None:
        self._path = path
        self._revision = revision
        self._stack = AsyncExitStack()
        self._pool = ThreadPoolExecutor(1, "mulu-revision")
        self._session: Session | None = None

    async def __aenter__(self) -> Self:
        self._stack.enter_context(self._pool)
        self._session = self._stack.enter_context(private(self._path))
        try:
            await self._do(lambda session: migrate(session, self._path, journal="MEMORY"))
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._stack.aclose()

    async def _do(self, work: Callable[[Session], T]) -> T:
        session = self._session
        assert session is not None, "enter the spool before filling it"
        job = Job(self._path, lambda: nullcontext(session), work)
        try:
            return await job.on(self._pool)
        finally:
            await job.over()

    async def revisions(self, revisions: Iterable[Revision]) -> None:
        """The revisions up to the one wanted."""
        rows = [(one.number, one.at.isoformat(), one.actor, one.change_set) for one in revisions]
        await self._each("INSERT INTO revision VALUES (?, ?, ?, ?)", rows)

    async def log(self, changes: Iterable[Change]) -> None:
        """The changes up to the revision wanted."""
        rows = [
            (one.revision, PLACES[one.kind], one.id, ANNOUNCED if one.announced else one.change.value, one.source)
            for one in changes
        ]
        await self._each("INSERT INTO log VALUES (?, ?, ?, ?, ?)", rows)

    async def versions(self, kind: Kind, rows: Sequence[Row]) -> None:
        """Records of a kind as they were in the revision, whole, with their META. Given twice, they count once."""
        held = [
            (NUMBERS[kind], row["id"], self._revision + 1, row["revision"], row["created"], row["version"], _body(row))
            for row in rows
        ]
        await self._each("INSERT OR IGNORE INTO history VALUES (?, ?, ?, ?, ?, ?, ?)", held)

    async def _each(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        def work(session: Session) -> None:
            with session.transaction("IMMEDIATE"):
                session.each(statement, rows)

        await self._do(work)

    async def finish(self) -> None:
        """Makes what was gathered the file's present. Raises InvalidChangeSet where something is missing."""
        await self._do(lambda session: rewind(session, self._revision))


def _body(row: Row) -> str:
    return encode({name: value for name, value in row.items() if name not in META}).decode()
