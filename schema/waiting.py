"""Waiting for several reads at once: some stores answer them in one statement."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def all_of(awaitables: Iterable[Awaitable[T]]) -> list[T]:
    """The results of all, when all are done: none is left running where another fails. Raises what failed first."""
    done = await asyncio.gather(*awaitables, return_exceptions=True)
    found: list[T] = []
    for one in done:
        if isinstance(one, BaseException):
            raise one
        found.append(one)
    return found
