"""What the embedded store does of its own to keep gaps: the first are written without their indexes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from catalog.vocabulary import Kind
from graph.gaps.table import RULES
from graph.sqlite.store import SqliteStore
from loaders.synthetic import Synthetic
from tests.graph.samples import change_set


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as raw:
        return sorted(raw.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))


async def test_the_first_gaps_leave_the_indexes_and_the_log_whole(tmp_path: Path) -> None:
    path = tmp_path / "gaps.db"
    async with SqliteStore.at(str(path), rules=RULES) as store:
        before = schema(path)
        await store.apply(change_set(*Synthetic(60, 1).records()))
        assert schema(path) == before
        number = (await store.counts())[Kind.GAP]
        assert number > 0
        assert len((await store.changes(since=0, kinds=[Kind.GAP], first=1000)).rows) == number
        assert await store.check() == []
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
