"""Opening the store that a command reads, as it is or as it stood at a revision."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.open import open_store
from graph.port import Store


@asynccontextmanager
async def opened(address: str, revision: int | None = None) -> AsyncIterator[Store]:
    """The store, at a revision where one is given. Raises BadInput for one that the catalogue has not had."""
    async with open_store(address) as store:
        if revision is None:
            yield store
        else:
            seen = await store.as_of(revision, patience=None)
            await seen.head()  # prepares it, before any time is counted
            yield seen
