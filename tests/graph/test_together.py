"""Reads that belong together see one revision of the embedded store, and leave nothing held."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from catalog.vocabulary import Kind
from graph.shape import Question, Shape
from graph.sqlite.store import SqliteStore
from schema.app import create_app
from tests.graph import samples
from tests.schema.conftest import BASE
from tests.schema.test_app import NOW

ALL = Question(Kind.RESOURCE, Shape(), first=100, count=True)


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(samples.change_set(*samples.catalogue()))
        yield store


async def test_what_is_written_meanwhile_does_not_show(store: SqliteStore) -> None:
    async with store.together() as reads:
        before = await reads.read(ALL)
        await reads.apply(samples.change_set(*samples.many(5)))
        assert await reads.read(ALL) == before
        head = await reads.head()
        assert head is not None and head.number == 1
        assert [row async for batch in reads.scan(Kind.RESOURCE, Shape(), batch=2) for row in batch] == list(
            before.rows
        )
        assert (await reads.as_of(1)) is reads
        assert len((await (await reads.as_of(2)).read(ALL)).rows) == len(before.rows) + 5
        async with reads.together() as inner:
            assert inner is reads
    assert len((await store.read(ALL)).rows) == len(before.rows) + 5


async def test_reads_at_once_take_turns_and_the_session_goes_back(store: SqliteStore) -> None:
    async with store.together() as reads:
        pages = await asyncio.gather(*(reads.read(ALL) for _ in range(20)))
    assert all(page == pages[0] for page in pages)
    assert len(store._sessions._idle) == len(store._sessions._all)


async def test_nothing_is_held_where_nothing_is_asked(store: SqliteStore) -> None:
    before = len(store._sessions._idle)
    async with store.together():
        assert len(store._sessions._idle) == before


async def test_a_read_given_up_leaves_the_session_in_order(store: SqliteStore) -> None:
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(TimeoutError):
        async with store.together() as reads, asyncio.timeout(0.1):
            await reads._read(lambda session: session.all(endless))
    assert len(store._sessions._idle) == len(store._sessions._all)
    assert (await store.read(ALL)).total == 3


async def test_one_request_is_answered_from_one_revision(store: SqliteStore) -> None:
    app = create_app(store, base_iri=BASE, clock=lambda: NOW)
    query = "{ %s }" % " ".join(  # noqa: UP031 - braces
        f"c{n}: catalogue {{ revision counts {{ kind count }} }} r{n}: resources(first: 1) {{ totalCount }}"
        for n in range(6)
    )
    seen = set()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://mulu.test") as client:

        async def write() -> None:
            for number in range(10):
                await store.apply(samples.change_set(*samples.many(1, prefix=f"w{number}")))

        writing = asyncio.create_task(write())
        while not writing.done():
            data = (await client.post("/graphql", json={"query": query})).json()["data"]
            revision = data["c0"]["revision"]
            assert all(data[f"c{n}"] == data["c0"] for n in range(6))
            assert {data[f"r{n}"]["totalCount"] for n in range(6)} == {revision + 2}
            seen.add(revision)
        await writing
    assert len(seen) > 1
