"""What a scan of the embedded store holds, and what a page of identifiers reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from catalog.vocabulary import Kind
from graph.shape import Equals, Question, Shape
from graph.sqlite.connection import CACHE, SCANNED
from graph.sqlite.plan import plan
from graph.sqlite.reading import page_statement
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


async def test_identifiers_alone_are_read_from_the_index_on_what_is_tested(tmp_path: Path) -> None:
    asked = Question(Kind.RESOURCE, Shape(), (Equals("cleared", (True,)),), first=2, after=("resource/a",))
    statement = page_statement(asked, plan((asked.kind,), asked.shape))
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(samples.change_set(*samples.many(5)))
        raw = store._sessions._all[0].raw
        (step,) = raw.execute(f"EXPLAIN QUERY PLAN {statement.text}", statement.params).fetchall()
    assert "COVERING INDEX resource_cleared" in step[3]
