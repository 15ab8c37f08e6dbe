"""Clients that leave: nobody waits for the work any more, so it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from types import TracebackType
from typing import TypeVar

from starlette.requests import Request

T = TypeVar("T")
LOOKED_FOR = 0.1
"""Seconds after which it is looked for whether a client is still there: most answers are made sooner."""


class ClientLeft(Exception):
    """The connection was closed before the answer was made."""


async def while_there(request: Request, work: Awaitable[T]) -> T:
    """The result of some work, which is cancelled, and waited for, as soon as the client closes the connection.

    Raises ClientLeft then, and whatever the work raises. A body that the client sends meanwhile is not kept.
    """
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientLeft
        return working.result()
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


class WhileThere:
    """Ends the work inside as soon as the client has closed the connection: raises ClientLeft then.

    For many short works: it looks no sooner than after a tenth of a second, and before costs no task. The request's
    body has been read.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._looking: asyncio.Task[None] | None = None
        self._left = False

    def __enter__(self) -> None:
        working = asyncio.current_task()
        assert working is not None
        self._working = working
        self._timer = working.get_loop().call_later(LOOKED_FOR, self._look)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._looking is not None:
            self._looking.cancel()
        if self._left and isinstance(error, asyncio.CancelledError) and not self._working.uncancel():
            raise ClientLeft from error

    def _look(self) -> None:
        self._looking = self._working.get_loop().create_task(self._end())

    async def _end(self) -> None:
        await _left(self._request)
        self._left = True
        self._working.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
