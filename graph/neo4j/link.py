"""The connection: one driver, sessions that see their own writes, limits that end every wait."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncSession,
    AsyncTransaction,
    Query,
)
from neo4j import NotificationMinimumSeverity as Severity
from neo4j.exceptions import Neo4jError, ServiceUnavailable, SessionExpired

from catalog.errors import BadInput, Unavailable
from graph.neo4j.errors import mapped
from graph.neo4j.standing import Standing

Transaction = AsyncTransaction | AsyncManagedTransaction
T = TypeVar("T")
CONNECT_SECONDS = 5.0
RETRY_SECONDS = 5.0
READ_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Address:
    """A store's address in its parts; printing it shows no password."""

    uri: str
    user: str
    password: str
    database: str

    def __repr__(self) -> str:
        return f"Address({self.uri}/{self.database})"

    @classmethod
    def of(cls, address: str) -> Address:
        """The parts of ``neo4j://user:password@host:7687/database``. Raises BadInput, without the password."""
        form = "give neo4j://user:password@host:7687/database; write special characters in it as %40 and the like"
        try:
            parts = urlsplit(address)
            port = parts.port or 7687
        except ValueError as error:
            raise BadInput("the store's address cannot be read", suggestion=form) from error
        if not parts.hostname:
            raise BadInput("the store's address names no host", suggestion=form)
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        database = unquote(parts.path.strip("/")) or "neo4j"
        return cls(
            f"{parts.scheme}://{host}:{port}",
            unquote(parts.username or "neo4j"),
            unquote(parts.password or ""),
            database,
        )


class Link:
    """Runs statements and counts them; errors are Mulu's own."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.statements = 0
        self._driver: AsyncDriver | None = None
        self._bookmarks = AsyncGraphDatabase.bookmark_manager()

    def open(self) -> None:
        """Makes the driver; the first statement connects."""
        with mapped():
            self._driver = AsyncGraphDatabase.driver(
                self.address.uri,
                auth=(self.address.user, self.address.password),
                connection_timeout=CONNECT_SECONDS,
                connection_acquisition_timeout=2 * CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity=Severity.OFF,
                user_agent="mulu",
            )

    async def close(self) -> None:
        """Ends the connections."""
        if self._driver is not None:
            driver, self._driver = self._driver, None
            await driver.close()

    async def run(self, transaction: Transaction, text: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The only record of a statement."""
        self.statements += 1
        result = await transaction.run(text, dict(params or {}))
        record = await result.single()
        return dict(record) if record is not None else {}

    async def one(self, text: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The only record of a reading statement; asked once more where the connection had gone stale.

        The statement commits itself: a transaction around it would take two more messages there and back.
        """

        async def ask(session: AsyncSession) -> dict[str, Any]:
            self.statements += 1
            result = await session.run(Query(text, timeout=READ_SECONDS), dict(params or {}))
            record = await result.single()
            return dict(record) if record is not None else {}

        return await self._reading(ask)

    async def reading(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """What the work reads, in one transaction on a server for reading."""

        async def ask(session: AsyncSession) -> T:
            async with await session.begin_transaction(timeout=READ_SECONDS) as transaction:
                return await work(transaction)

        return await self._reading(ask)

    async def _reading(self, ask: Callable[[AsyncSession], Awaitable[T]]) -> T:
        for last in (False, True):
            try:
                with mapped():
                    async with self._session(READ_ACCESS) as session:
                        return await ask(session)
            except Unavailable as error:
                lost = isinstance(error.__cause__, SessionExpired | ServiceUnavailable | Neo4jError)
                if last or not lost:
                    raise
        raise AssertionError

    @asynccontextmanager
    async def writing(self, *, seconds: float | None = None) -> AsyncIterator[AsyncTransaction]:
        """A writing transaction: commit it, or it is rolled back, after so many seconds if any are given; 0: never."""
        with mapped():
            async with (
                self._session(WRITE_ACCESS) as session,
                await session.begin_transaction(timeout=seconds) as transaction,
            ):
                yield transaction

    async def alone(self, text: str, params: Mapping[str, Any] | None = None) -> None:
        """A statement that commits itself, as schema changes want it, and the parts of what no transaction holds."""
        with mapped():
            async with self._session(WRITE_ACCESS) as session:
                self.statements += 1
                await (await session.run(text, dict(params or {}))).consume()

    def standing(self, text: str) -> Standing:
        """A reading statement that is asked again and again."""

        async def seen() -> frozenset[str]:
            return frozenset(await self._bookmarks.get_bookmarks())

        return Standing(partial(self._session, READ_ACCESS), seen, text)

    def _session(self, access: str) -> AsyncSession:
        if self._driver is None:
            raise RuntimeError("the store is not open: enter it first")
        return self._driver.session(
            database=self.address.database,
            default_access_mode=access,
            bookmark_manager=self._bookmarks,
            fetch_size=1000,
        )
