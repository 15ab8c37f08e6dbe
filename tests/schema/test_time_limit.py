"""The time limit ends the work of the store too, not the waiting alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from graph.neo4j.store import Neo4jStore
from graph.shape import Page
from graph.sqlite.connection import Session
from graph.sqlite.store import SqliteStore
from schema.context import Context, Limits
from schema.execute import execute
from tests.graph import samples
from tests.graph.contract.backends import opened
from tests.schema.conftest import BASE, TODAY
from tests.support.neo4j_server import connection

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
LONG = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a WHERE a < 0 RETURN count(a) AS n"
SOON = 3.0


def one_endless_statement(session: Session) -> Any:
    return session.all(ENDLESS)


def endless_statements(session: Session) -> Any:
    while True:
        session.all("SELECT 1")


async def limited(store: Any, seconds: float = 0.5) -> dict[str, Any]:
    context = Context(store=store, today=TODAY, base_iri=BASE, limits=Limits(seconds=seconds))
    return await execute(None, "{ resources { nodes { id } } agencies { nodes { id } } }", None, None, context)


def refused(response: dict[str, Any]) -> bool:
    return response["errors"][0]["extensions"]["code"] == "TIMEOUT" and "data" not in response


@pytest.mark.parametrize("work", [one_endless_statement, endless_statements])
@pytest.mark.parametrize("together", [False, True])
async def test_the_embedded_store_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[[Session], Any], *, together: bool
) -> None:
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(samples.change_set(*samples.catalogue()))
        async with AsyncExitStack() as stack:
            reads = await stack.enter_async_context(store.together()) if together else store

            async def read(question: Any) -> Page[Any]:
                return await reads._read(work)

            with monkeypatch.context() as patched:
                patched.setattr(reads, "read", read)
                assert refused(await limited(reads))
        until = time.monotonic() + SOON
        while len(store._sessions._idle) < len(store._sessions._all):
            assert time.monotonic() < until, "a session is still at work"
            await asyncio.sleep(0.01)
        spent = time.process_time()
        await asyncio.sleep(0.3)
        assert time.process_time() - spent < 0.15, "something still computes"
        assert "errors" not in await limited(store)  # the sessions given back do their work


async def test_neo4j_stops(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uri = request.getfixturevalue("neo4j_uri")
    async with opened("neo4j", tmp_path, lambda: uri, *samples.catalogue()) as store:
        assert isinstance(store, Neo4jStore)

        async def read(question: Any) -> Page[Any]:
            return (await store._link.one(LONG))["n"]

        def running() -> int:
            with connection(uri) as (driver, database):
                listed = driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery", database_=database).records
            return sum(one["currentQuery"] == LONG for one in listed)

        with monkeypatch.context() as patched:
            patched.setattr(store, "read", read)
            asked = asyncio.create_task(limited(store, 4))
            while not await asyncio.to_thread(running):
                assert not asked.done(), "the statement never ran"
            assert refused(await asked)
        until = time.monotonic() + SOON
        while await asyncio.to_thread(running):
            assert time.monotonic() < until, "the server still runs the statement"
            await asyncio.sleep(0.05)
        assert "errors" not in await limited(store, 30)
