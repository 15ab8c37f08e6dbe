"""What a scan of the embedded store holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from catalog.vocabulary import Kind
from graph.shape import Shape
from graph.sqlite.connection import CACHE, SCANNED
from graph.sqlite.store import SqliteStore
from tests.graph import samples


def pages(store: SqliteStore) -> set[int]:
    """How many kibibytes of pages the connections keep."""
    return {-session.raw.execute("PRAGMA cache_size").fetchone()[0] for session in store._sessions._all}


async def test_a_scan_keeps_few_pages_and_only_while_it_lasts(tmp_path: Path) -> None:
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(samples.change_set(*samples.many(5)))
        assert pages(store) == {CACHE}
        rows: Any = store.scan(Kind.RESOURCE, Shape(), batch=2)
        assert len(await anext(rows)) == 2
        assert SCANNED in pages(store)
        await rows.aclose()
        assert pages(store) == {CACHE}
        assert len([each async for batch in store.scan(Kind.RESOURCE, Shape(), batch=2) for each in batch]) == 5
        assert pages(store) == {CACHE}
