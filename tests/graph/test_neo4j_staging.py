"""A large first load into Neo4j: written in many transactions, and seen when it is whole, or not at all."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from catalog.changes import ChangeSet
from catalog.errors import InvalidChangeSet, MuluError, Unavailable
from catalog.record import Record
from catalog.records import Resource
from catalog.vocabulary import Kind
from graph.gaps.table import RULES
from graph.neo4j import staging
from graph.neo4j.applying import Applier
from graph.neo4j.link import Link
from graph.neo4j.store import Neo4jStore
from graph.shape import Question, Shape
from tests.graph import samples
from tests.graph.contract.backends import emptied
from tests.support.neo4j_server import connection

Alone = Callable[[Link, str, Mapping[str, Any] | None], Awaitable[None]]
READS: Mapping[str, Callable[[Neo4jStore], Awaitable[object]]] = {
    "head": lambda store: store.head(),
    "counts": lambda store: store.counts(),
    "read": lambda store: store.read(Question(Kind.RESOURCE, Shape(frozenset({"id"})), first=5)),
    "get": lambda store: store.get([samples.resources()[0].id], Shape(frozenset({"name"})), Kind.RESOURCE),
    "changes": lambda store: store.changes(since=0, first=5),
    "as_of": lambda store: store.as_of(1),
    "check": lambda store: store.check(),
}
ROOT = Path(__file__).resolve().parents[2]
LOADING = "being loaded for the first time"


@pytest_asyncio.fixture
async def store(neo4j_uri: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Neo4jStore]:
    """An empty store that stages every first load."""
    emptied(neo4j_uri)
    monkeypatch.setattr(staging, "ABOVE", 0)
    async with Neo4jStore.at(neo4j_uri, rules=RULES) as store:
        yield store


def loaded(*records: Record, id: str = "large") -> ChangeSet:
    """The change set of a load: what it is given, and no gaps, which the store works out."""
    return samples.change_set(*(one for one in records or samples.catalogue() if one.kind is not Kind.GAP), id=id)


def held(uri: str) -> list[Any]:
    """Every node and every edge, but for when it was loaded."""
    with connection(uri) as (driver, database), driver.session(database=database) as session:
        nodes = session.run("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties").values()
        edges = session.run("MATCH (a)-[e]->(b) RETURN type(e), properties(e), a.id, b.id").values()
    for _, properties in nodes:
        for name in ("at", "lock", "loaded"):
            properties.pop(name, None)
    return sorted([*map(repr, ([sorted(labels), sorted(some.items())] for labels, some in nodes)), *map(repr, edges)])


def when(number: int, monkeypatch: pytest.MonkeyPatch, happens: Callable[[], Awaitable[None]]) -> list[str]:
    """Lets something happen before a piece of a load is written; answers the pieces, as they come."""
    alone: Alone = Link.alone
    pieces: list[str] = []

    async def written(link: Link, text: str, params: Mapping[str, Any] | None = None) -> None:
        if params is not None:
            pieces.append(text)
            if len(pieces) == number:
                await happens()
        await alone(link, text, params)

    monkeypatch.setattr(Link, "alone", written)
    return pieces


async def broken() -> None:
    """What happens to a server that goes away."""
    raise Unavailable("the connection to Neo4j was lost")


async def test_what_is_staged_is_what_one_transaction_writes(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = when(0, monkeypatch, broken)
    staged = await store.apply(loaded())
    assert len(pieces) > len({one.kind for one in samples.catalogue()})
    assert await store.check() == []
    found = held(neo4j_uri)
    emptied(neo4j_uri)
    monkeypatch.setattr(staging, "ABOVE", 1 << 30)
    pieces.clear()
    async with Neo4jStore.at(neo4j_uri, rules=RULES) as again:
        assert await again.apply(loaded()) == staged
    assert not pieces
    assert held(neo4j_uri) == found


async def test_a_large_dry_run_is_tried_on_a_copy(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unwanted(*_: object) -> None:
        raise AssertionError("a large dry run is no transaction of the server")

    empty = held(neo4j_uri)
    dry = await store.apply(loaded(), dry_run=True)
    assert held(neo4j_uri) == empty
    applied = await store.apply(loaded())
    assert (dry.revision, dry.counts) == (0, applied.counts)
    people = next(one for one in samples.resources() if isinstance(one, Resource))
    change = loaded(samples.renamed(people, "甲"), *samples.agencies(), id="more")
    found = held(neo4j_uri)
    with monkeypatch.context() as patched:
        patched.setattr(Applier, "apply", unwanted)
        dry = await store.apply(change, dry_run=True)
        assert await store.apply(loaded(), dry_run=True) == replace(applied, repeated=True)
        with pytest.raises(InvalidChangeSet, match="still referred to"):
            await store.apply(replace(loaded(people, id="less"), deletes=(samples.PEOPLE,)), dry_run=True)
    assert held(neo4j_uri) == found
    applied = await store.apply(change)
    assert (dry.revision, dry.counts) == (1, applied.counts)


async def test_who_reads_meanwhile_is_told_to_come_back(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    async def read() -> None:
        async with Neo4jStore.at(neo4j_uri, rules=RULES) as reader:
            assert await reader.stamp() is None
            for ask in READS.values():
                with pytest.raises(Unavailable, match=LOADING) as caught:
                    await ask(reader)
                told.append(str(caught.value.suggestion))

    when(7, monkeypatch, read)
    await store.apply(loaded())
    assert len(told) == len(READS)
    assert all("load again" in suggestion for suggestion in told)
    for ask in READS.values():
        await ask(store)
    assert await store.stamp() == (1, "large")


async def test_a_scan_meanwhile_finds_nothing(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Any] = []

    async def scanned() -> None:
        found.append([rows async for rows in store.scan(Kind.SOURCE, Shape(frozenset({"id"})))])

    when(7, monkeypatch, scanned)
    await store.apply(loaded())
    assert found == [[]]


@pytest.mark.parametrize("piece", [1, 9, -1])
async def test_a_load_that_fails_leaves_nothing(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    with monkeypatch.context() as patched:
        pieces = when(0, patched, broken)
        await store.apply(loaded())
    emptied(neo4j_uri)
    async with Neo4jStore.at(neo4j_uri, rules=RULES) as store:
        empty = held(neo4j_uri)
        with monkeypatch.context() as patched:
            when(piece % (len(pieces) + 1), patched, broken)
            with pytest.raises(Unavailable, match="was lost"):
                await store.apply(loaded())
        assert held(neo4j_uri) == empty
        assert await store.head() is None
        assert (await store.apply(loaded())).revision == 1
        assert await store.check() == []


async def test_a_load_that_is_cancelled_leaves_nothing(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = held(neo4j_uri)
    reached = asyncio.Event()

    async def waits() -> None:
        reached.set()
        await asyncio.Event().wait()

    when(9, monkeypatch, waits)
    loading = asyncio.create_task(store.apply(loaded()))
    await reached.wait()
    loading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loading
    assert held(neo4j_uri) == empty


async def test_what_cannot_be_applied_leaves_no_mark(store: Neo4jStore, neo4j_uri: str) -> None:
    empty = held(neo4j_uri)
    lonely = [one for one in samples.catalogue() if one.kind is not Kind.AGENCY]
    with pytest.raises(InvalidChangeSet):
        await store.apply(loaded(*lonely))
    assert held(neo4j_uri) == empty


@pytest.mark.parametrize("above", [0, 1 << 30], ids=["staged", "in one transaction"])
async def test_the_next_writer_clears_what_a_process_that_ended_has_left(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch, above: int
) -> None:
    async def gone(link: Link, change_set: str) -> None:
        raise Unavailable("nobody is there to clear")

    with monkeypatch.context() as patched:
        patched.setattr(staging, "abandon", gone)
        when(12, patched, broken)
        with pytest.raises(Unavailable, match="was lost"):
            await store.apply(loaded())
    with pytest.raises(Unavailable, match=LOADING):
        await store.head()
    with pytest.raises(Unavailable, match=LOADING):
        await store.check()
    monkeypatch.setattr(staging, "ABOVE", above)
    await store.apply(loaded(*samples.sources(), id="next"))
    assert await store.check() == []
    assert {kind: number for kind, number in (await store.counts()).items() if number} == {
        Kind.SOURCE: len(samples.sources())
    }
    assert await store.stamp() == (1, "next")


LOADER = """
import asyncio, sys
from graph.neo4j import staging
from graph.neo4j.store import Neo4jStore
from tests.graph import samples

async def main():
    staging.ABOVE = 0
    async with Neo4jStore.at(sys.argv[1]) as store:
        await store.apply(samples.change_set(*samples.many(3000, 5, prefix="k"), id="killed"))

asyncio.run(main())
"""


async def test_what_a_killed_load_has_left_is_cleared_when_the_store_is_opened(
    store: Neo4jStore, neo4j_uri: str
) -> None:
    empty = held(neo4j_uri)
    loader = subprocess.Popen([sys.executable, "-c", LOADER, neo4j_uri], cwd=ROOT)  # noqa: ASYNC220 - it is killed
    with connection(neo4j_uri) as (driver, database), driver.session(database=database) as session:
        while session.run("MATCH (n:Resource) RETURN count(n)").values() == [[0]]:
            assert loader.poll() is None
            await asyncio.sleep(0.05)
    loader.kill()
    loader.communicate()
    with pytest.raises(Unavailable, match=LOADING):
        await store.head()
    async with Neo4jStore.at(neo4j_uri, rules=RULES) as other:
        assert await other.head() is None
        assert held(neo4j_uri) == empty
        assert (await other.apply(loaded())).revision == 1
        assert await other.check() == []


async def test_what_is_not_the_catalogues_is_left_alone(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection(neo4j_uri) as (driver, database), driver.session(database=database) as session:
        session.run("CREATE (:Elsewhere {id: 'mine'})-[:KNOWS]->(:Elsewhere {id: 'too'})").consume()
    others = held(neo4j_uri)
    when(12, monkeypatch, broken)
    with pytest.raises(Unavailable, match="was lost"):
        await store.apply(loaded())
    assert held(neo4j_uri) == others


async def test_another_writer_waits_until_the_load_is_done(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[asyncio.Task[Any]] = []

    async def write() -> Any:
        async with Neo4jStore.at(neo4j_uri, rules=RULES) as other:
            return await other.apply(loaded(*samples.sources(), id="other"))

    async def another() -> None:
        waiting.append(asyncio.create_task(write()))
        await asyncio.sleep(0.2)
        assert not waiting[0].done()

    when(5, monkeypatch, another)
    assert (await store.apply(loaded())).revision == 1
    assert not (await waiting[0]).changed
    assert await store.check() == []


async def test_of_several_first_loads_one_after_the_other_is_written(store: Neo4jStore, neo4j_uri: str) -> None:
    parts = {
        "sources": samples.sources(),
        "agencies": (*samples.sources(), *samples.agencies()),
        "elements": (*samples.sources(), *samples.elements()),
    }
    applied = await asyncio.gather(*(store.apply(loaded(*records, id=id)) for id, records in parts.items()))
    assert sorted(one.revision for one in applied)[-1] in (2, 3)
    assert await store.check() == []
    counts = await store.counts()
    assert counts[Kind.AGENCY] == len(samples.agencies())
    assert counts[Kind.DATA_ELEMENT] == len(samples.elements())


@pytest.mark.parametrize("dry_run", [True, False], ids=["a dry run", "a second load"])
async def test_only_a_first_load_that_is_meant_is_staged(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch, dry_run: bool
) -> None:
    if not dry_run:
        await store.apply(loaded(*samples.sources(), id="before"))
    before = held(neo4j_uri)
    pieces = when(0, monkeypatch, broken)
    applied = await store.apply(loaded(), dry_run=dry_run)
    assert applied.changed
    assert not pieces
    assert (held(neo4j_uri) == before) is dry_run


async def test_a_change_set_that_was_applied_is_not_loaded_again(store: Neo4jStore) -> None:
    first = await store.apply(loaded())
    again = await store.apply(loaded())
    assert again.repeated
    assert (again.revision, again.counts) == (first.revision, first.counts)


async def test_the_error_of_a_load_is_told_even_where_it_cannot_be_cleared(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cannot(link: Link, change_set: str) -> None:
        raise MuluError("cannot be cleared")

    monkeypatch.setattr(staging, "abandon", cannot)
    when(3, monkeypatch, broken)
    with pytest.raises(Unavailable, match="was lost"):
        await store.apply(loaded())
