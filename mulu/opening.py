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
        yield store if revision is None else await store.as_of(revision)
