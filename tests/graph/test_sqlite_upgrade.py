"""A file of an earlier Mulu is brought up to date when it is opened, and holds the same records."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from catalog.codec import from_row
from catalog.table import rows
from catalog.vocabulary import Kind
from graph.shape import Question, Shape
from graph.sqlite.store import SqliteStore
from tests.graph import samples
from tests.graph.contract.backends import filled


async def test_bodies_get_the_properties_that_are_new(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    plain = tuple(
        one if one.id != samples.PEOPLE else samples.renamed(one, '户籍,"metadata":[人口')  # type: ignore[arg-type]
        for one in samples.catalogue()
        if one.kind is not Kind.CORRESPONDENCE
    )
    async with SqliteStore.at(str(path)) as store:
        await filled(store, plain)
        before = await held(store)
    raw = sqlite3.connect(path)
    raw.execute("UPDATE resource SET body = json_set(body, '$.related', json('[]'))")
    (changed,) = raw.execute("SELECT count(*) FROM resource WHERE instr(body, ',\"related\":[]') > 0").fetchone()
    raw.execute("UPDATE resource SET body = replace(body, ',\"related\":[]', '')")
    raw.execute("UPDATE field SET body = replace(body, ',\"element_text\":null', '')")
    raw.execute("DELETE FROM link WHERE path = (SELECT number FROM path WHERE dotted = 'related')")
    raw.execute("DROP TABLE correspondence")
    raw.execute("PRAGMA user_version = 1")
    raw.commit()
    raw.close()
    async with SqliteStore.at(str(path)) as store:
        after = await held(store)
        assert await store.check() == []
    assert changed == len([one for one in before if one.startswith("resource/")])
    assert {key: one for key, one in after.items() if key != samples.PEOPLE} == {
        key: one for key, one in before.items() if key != samples.PEOPLE
    }
    assert after[samples.PEOPLE].name == before[samples.PEOPLE].name  # type: ignore[attr-defined]


async def held(store: SqliteStore) -> dict[str, object]:
    found: dict[str, object] = {}
    for kind in (Kind.RESOURCE, Kind.FIELD):
        names = frozenset(row.name for row in rows(kind))
        page = await store.read(Question(kind, Shape(names), first=100))
        found |= {row["id"]: from_row(kind, {name: row[name] for name in names}) for row in page.rows}
    return found
