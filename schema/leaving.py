"""Clients that leave: nobody waits for the work any more, so it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from starlette.requests import Request

T = TypeVar("T")


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


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
