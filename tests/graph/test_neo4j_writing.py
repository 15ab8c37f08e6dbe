"""How change sets are written into Neo4j: in batches, and with nothing kept of them in the client."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
import pytest_asyncio

from catalog.changes import references
from catalog.codec import to_row
from catalog.records import RECORDS
from catalog.resource import Resource
from catalog.vocabulary import Kind
from graph.gaps.table import RULES
from graph.neo4j import applying, plan, pouring, sending
from graph.neo4j.link import Link, Transaction
from graph.neo4j.migrations import migrate
from graph.neo4j.nodes import properties, to_node
from graph.neo4j.store import Neo4jStore
from tests.graph import samples
from tests.graph.contract.backends import emptied
from tests.support.neo4j_server import connection


@pytest_asyncio.fixture
async def store(neo4j_uri: str) -> AsyncIterator[Neo4jStore]:
    emptied(neo4j_uri)
    async with Neo4jStore.at(neo4j_uri) as store:
        yield store


def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every statement is sent by itself, as those on many rows are."""
    for module in (applying, sending):
        monkeypatch.setattr(module, "FEW", 0)


async def test_an_index_that_nobody_asks_is_taken_away(store: Neo4jStore, neo4j_uri: str) -> None:
    with connection(neo4j_uri) as (driver, database), driver.session(database=database) as session:
        session.run("CREATE INDEX field_position_id FOR (n:Field) ON (n.position, n.id)").consume()
        session.run("MATCH (c:Catalogue) SET c.schema = c.schema - 1").consume()
        await migrate(store._link)
        names = session.run("SHOW INDEXES YIELD name RETURN collect(name)").values()[0][0]
    assert "field_position_id" not in names
    assert {"field_name_id", "provision_position_id"} <= set(names)


@pytest.mark.parametrize("kind", RECORDS)
def test_a_node_has_no_property_but_those_of_its_kind(kind: Kind) -> None:
    found = {name for one in samples.catalogue() if one.kind is kind for name in to_node(kind, to_row(one))}
    assert found <= set(properties(kind)), found - set(properties(kind))
    assert len(properties(kind)) == len(set(properties(kind)))


async def test_a_change_set_of_several_batches_is_whole(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (plan, pouring, applying, sending):
        monkeypatch.setattr(module, "BATCH", 2)
    alone(monkeypatch)
    applied = await store.apply(samples.change_set(*reversed(samples.catalogue()), id="first"))
    assert {kind: tally.created for kind, tally in applied.counts.items()} == {
        kind: count for kind, count in (await store.counts()).items() if count
    }
    assert await store.check() == []
    assert not (await store.apply(samples.change_set(*samples.catalogue(), id="second"))).changed


async def test_rows_are_let_go_of_once_they_are_written(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch)
    given: list[list[Any]] = []
    run = Link.run

    async def seen(
        link: Link, transaction: Transaction, text: str, params: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        rows = (params or {}).get("rows")
        if rows:
            assert not any(given), "the rows of the statement before are still held"
            given.append(rows)
        return await run(link, transaction, text, params)

    monkeypatch.setattr(Link, "run", seen)
    await store.apply(samples.change_set(*samples.catalogue()))
    assert len(given) > len(RECORDS)
    assert not any(given)


async def test_what_is_new_and_what_changes_in_one_change_set_is_whole(store: Neo4jStore) -> None:
    whole = samples.catalogue()
    late = {one.id for one in samples.fields()} - references(whole)
    await store.apply(samples.change_set(*(one for one in whole if one.id not in late)))
    people = next(one for one in samples.resources() if isinstance(one, Resource) and one.id == samples.PEOPLE)
    applied = await store.apply(samples.change_set(*samples.fields(), samples.renamed(people, "人口")))
    assert (applied.counts[Kind.RESOURCE].updated, applied.counts[Kind.FIELD].created) == (1, len(late))
    assert late
    assert await store.check() == []


GRAPH = """
    CALL () { MATCH (n) RETURN collect([labels(n), properties(n)]) AS nodes }
    CALL () { MATCH (a)-[e]->(b) RETURN collect([type(e), properties(e), a.id, labels(a), b.id, labels(b)]) AS edges }
    RETURN nodes, edges
"""


async def written(uri: str) -> tuple[list[list[str]], int]:
    """The whole graph after records came, changed and went, and how many statements the changes took."""
    emptied(uri)
    whole = [one for one in samples.catalogue() if one.kind is not Kind.GAP]  # gaps follow
    people = next(one for one in samples.resources() if isinstance(one, Resource) and one.id == samples.PEOPLE)
    loose = sorted({one.id for one in samples.fields()} - references(whole))[:1]
    async with Neo4jStore.at(uri, rules=RULES) as store:
        await store.apply(samples.change_set(*whole, id="first"))
        before = store.statements
        await store.apply(samples.change_set(samples.renamed(people, "人口"), id="second", deletes=loose))
        taken = store.statements - before
        assert await store.check() == []
    with connection(uri) as (driver, database), driver.session(database=database) as session:
        nodes, edges = session.run(GRAPH).values()[0]
    return [
        sorted(json.dumps(one, sort_keys=True, ensure_ascii=False) for one in some) for some in (nodes, edges)
    ], taken


async def test_statements_on_few_rows_are_sent_together_and_write_the_same(
    neo4j_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, few = await written(neo4j_uri)
    alone(monkeypatch)
    single, many = await written(neo4j_uri)
    assert together == single
    assert len(together[0]) > 100
    assert few <= many / 2 < 30


@pytest.mark.parametrize(
    ("rows", "groups"),
    [([1, 1, 1], [3]), ([500, 1], [1, 1]), ([499, 1, 1], [2, 1]), ([1, 501, 1], [1, 1, 1]), ([0] * 17, [16, 1])],
)
def test_only_neighbours_on_few_rows_are_sent_together(rows: list[int], groups: list[int]) -> None:
    listed = [("RETURN 1", [None] * number) for number in rows]
    made = list(sending.groups(listed))
    assert [len(group) for group in made] == groups
    assert [one for group in made for one in group] == listed
