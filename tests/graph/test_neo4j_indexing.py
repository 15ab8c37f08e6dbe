"""A large first change set puts indexes off; they are always there afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from catalog.errors import InvalidChangeSet
from graph.neo4j import indexing
from graph.neo4j.applying import Applier
from graph.neo4j.migrations import MIGRATIONS
from graph.neo4j.store import Neo4jStore
from tests.graph import samples
from tests.graph.contract.backends import emptied
from tests.support.neo4j_server import connection

ALL = {name for step in MIGRATIONS for name, _ in step}


@pytest_asyncio.fixture
async def store(neo4j_uri: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Neo4jStore]:
    """An empty store, to which two puts are many."""
    monkeypatch.setattr(indexing, "PUT_OFF_FROM", 2)
    await asyncio.to_thread(emptied, neo4j_uri)
    async with Neo4jStore.at(neo4j_uri) as opened:
        yield opened


def there(uri: str) -> tuple[set[str], int]:
    """The indexes that are complete, and the schema that the graph says it has."""
    with connection(uri) as (driver, database), driver.session(database=database) as session:
        names = session.run("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN collect(name)").value()[0]
        return set(names), session.run("MATCH (c:Catalogue) RETURN c.schema").value()[0]


@pytest.fixture
def during(monkeypatch: pytest.MonkeyPatch, neo4j_uri: str) -> list[set[str]]:
    """The indexes there are while a change set is applied, once for each."""
    seen: list[set[str]] = []
    apply = Applier.apply

    async def watched(self: Applier) -> object:
        seen.append((await asyncio.to_thread(there, neo4j_uri))[0])
        return await apply(self)

    monkeypatch.setattr(Applier, "apply", watched)
    return seen


async def test_indexes_are_away_for_the_first_change_set_only(
    store: Neo4jStore, neo4j_uri: str, during: list[set[str]]
) -> None:
    await store.apply(samples.change_set(*samples.catalogue()))
    first = there(neo4j_uri)
    await store.apply(samples.change_set(*samples.catalogue()))
    assert {"resource_name_id", "field_folded_id"} <= ALL - during[0]
    assert {"resource_id", "field_id", "agency_name_id"} <= during[0]
    assert during[1] >= ALL
    assert first[0] >= ALL and first[1] == len(MIGRATIONS)
    assert await store.check() == []


async def test_indexes_are_there_again_after_a_refused_change_set(store: Neo4jStore, neo4j_uri: str) -> None:
    field = next(one for one in samples.catalogue() if one.id.startswith("field/"))
    with pytest.raises(InvalidChangeSet):
        await store.apply(samples.change_set(field, *samples.catalogue()[:1]))
    names, schema = there(neo4j_uri)
    assert names >= ALL and schema == len(MIGRATIONS)
    assert await store.head() is None


async def test_opening_completes_what_a_lost_process_left_behind(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(_: object) -> None:
        """The process ends before anything is put right."""

    with monkeypatch.context() as patched:
        patched.setattr(indexing, "migrate", lost)
        await store.apply(samples.change_set(*samples.catalogue()))
    assert "field_name_id" not in there(neo4j_uri)[0]
    async with Neo4jStore.at(neo4j_uri):
        names, schema = there(neo4j_uri)
    assert names >= ALL and schema == len(MIGRATIONS)
