"""The stamp of a catalogue on a server: one statement, which all who ask before it is sent share.

What is answered was so after the asker came: whoever asks while a statement is on its way may know of a commit that it
missed, and waits for the next. So nobody is told of an older catalogue than the one that was there when they asked, and
many who ask at once cost one statement.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Any

STAMP = (
    "OPTIONAL MATCH (c:Catalogue {id: 'catalogue'}) OPTIONAL MATCH (r:Revision {number: c.revision}) "
    "RETURN c.revision AS number, r.at AS at, r.change_set AS change_set"
)
"""Number, time and change set: a catalogue that was made anew may come to the same number."""
AT_ONCE = 2
"""How many statements may be on their way, so that who just missed one need not wait for its answer."""


class Confirmed:
    """What the store's newest revision is, asked of the server. ``ask`` answers the only record of a statement."""

    def __init__(self, ask: Callable[[str], Awaitable[Mapping[str, Any]]]) -> None:
        self._ask = ask
        self._sending = asyncio.Semaphore(AT_ONCE)
        self._next: asyncio.Task[Hashable] | None = None

    async def stamp(self) -> Hashable:
        """The stamp of a moment after this was called. Raises what the statement raises."""
        if self._next is None:
            self._next = asyncio.create_task(self._send())
            self._next.add_done_callback(_heard)
        return await asyncio.shield(self._next)  # who gives up takes the answer from nobody else

    async def _send(self) -> Hashable:
        async with self._sending:
            self._next = None  # who comes from here on may have written after the statement was sent
            found = await self._ask(STAMP)
        return tuple(found.items())


def _heard(task: asyncio.Task[Hashable]) -> None:
    """A failure that nobody waits for any more is no failure that was never looked at."""
    if not task.cancelled():
        task.exception()
