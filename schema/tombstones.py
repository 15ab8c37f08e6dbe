"""Which records were deleted, and when, as the change log tells."""

from __future__ import annotations

import asyncio
import datetime as dt

from catalog.records import RECORDS
from catalog.revision import Change
from catalog.vocabulary import ChangeKind
from graph.port import Store
from graph.shape import KeysetKey

PAGE = 5000


class Tombstones:
    """The deletions in the log, read on the first question and from there on as the log grows."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read = 0
        self._deleted: dict[str, dt.datetime] = {}
        self._lock = asyncio.Lock()

    async def deleted(self, identifier: str) -> dt.datetime | None:
        """When the record was deleted, None where it never was or is there again."""
        async with self._lock:
            after: KeysetKey | None = None
            since = self._read
            while True:
                page = await self._store.changes(since=since, first=PAGE, after=after)
                for change in page.rows:
                    if change.change is ChangeKind.DELETED:
                        self._deleted[change.id] = change.at
                    else:
                        self._deleted.pop(change.id, None)
                    self._read = max(self._read, change.revision)
                if not page.more:
                    return self._deleted.get(identifier)
                after = _key(page.rows[-1])


def _key(change: Change) -> KeysetKey:
    return (change.revision, list(RECORDS).index(change.kind), change.id)
