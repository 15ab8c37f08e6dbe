"""One question to the server for all who need its answer: what it says now, after each of them asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Confirming(Generic[T]):
    """Asks on behalf of many. Nobody gets an answer to a question that was sent before they came.

    A question on its way serves those who came before it was sent; whoever comes meanwhile waits for the next, which
    is sent when the one before is answered. So there is one on its way at most, however many wait, and nobody waits
    for more than two. A waiter that is cancelled does not disturb the others.
    """

    def __init__(self, ask: Callable[[], Awaitable[T]]) -> None:
        self._ask = ask
        self._sent: asyncio.Task[T] | None = None
        self._next: asyncio.Task[T] | None = None

    async def told(self) -> T:
        """The answer to a question sent from now on. Raises what asking raises."""
        if self._next is None:
            self._next = asyncio.create_task(self._after(self._sent))
        return await asyncio.shield(self._next)

    async def _after(self, sent: asyncio.Task[T] | None) -> T:
        if sent is not None:
            await asyncio.wait([sent])
        self._sent, self._next = self._next, None
        return await self._ask()

    async def close(self) -> None:
        """Lets go of what nobody waits for any more."""
        left = [task for task in (self._sent, self._next) if task is not None]
        self._sent = self._next = None
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
