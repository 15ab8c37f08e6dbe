"""One statement asked again and again: in a transaction that stays open as long as it is asked often.

Neo4j is read-committed: a statement sees what was committed before it, in whatever transaction it runs. To begin and
end one for each statement, and to find a connection for it, costs as much as the statement.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

from neo4j import AsyncSession, AsyncTransaction
from neo4j.exceptions import DriverError, Neo4jError

from graph.neo4j.errors import mapped

KEPT = 1.0
"""Seconds for which one transaction is used: what waits for it to end, such as a change of the schema, goes on then."""
IDLE = 0.1
"""Seconds after the last question in which it ends."""
LIMIT = 30.0


class Standing:
    """A statement without parameters, for one who asks at a time.

    ``session`` makes a session for reading; ``seen`` tells what reads must not be older than: where that changes, a new
    transaction begins.
    """

    def __init__(self, session: Callable[[], AsyncSession], seen: Callable[[], Awaitable[Hashable]], text: str) -> None:
        self._session = session
        self._seen = seen
        self._text = text
        self._open: tuple[AsyncSession, AsyncTransaction] | None = None
        self._of: Hashable = None
        self._until = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._ending: set[asyncio.Task[None]] = set()

    async def ask(self) -> dict[str, Any]:
        """The statement's only record; asked once more where the transaction had ended meanwhile. Raises MuluError."""
        with mapped():
            try:
                return await self._ask()
            except (Neo4jError, DriverError, OSError):
                return await self._ask()

    async def close(self) -> None:
        """Ends what is open."""
        self._end()
        await asyncio.gather(*self._ending)

    async def _ask(self) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            self._timer.cancel()
        seen = await self._seen()
        if self._open is not None and (seen != self._of or loop.time() > self._until):
            self._end()
        session, transaction = self._open or (self._session(), None)
        self._open = None
        try:
            if transaction is None:
                transaction = await session.begin_transaction(timeout=LIMIT)
                self._of, self._until = seen, loop.time() + KEPT
            result = await transaction.run(self._text)
            record = await result.single()
        except BaseException:
            await _cancelled(session)
            raise
        self._open = session, transaction
        self._timer = loop.call_later(IDLE, self._end)
        return dict(record) if record is not None else {}

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._open is not None:
            (session, transaction), self._open = self._open, None
            task = asyncio.get_running_loop().create_task(_ended(session, transaction))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)


async def _ended(session: AsyncSession, transaction: AsyncTransaction) -> None:
    """Gives the connection back; whatever is wrong with it, it ends here."""
    try:
        await transaction.close()
        await session.close()
    except (Neo4jError, DriverError, OSError):
        await _cancelled(session)


async def _cancelled(session: AsyncSession) -> None:
    """Lets go of a connection, whatever state it is in."""
    session.cancel()
    await session.close()
