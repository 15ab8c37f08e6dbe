"""Clients that leave and stores that fail, over real connections: the reading ends, and nothing partial looks whole."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette

from catalog.errors import MuluError, Unavailable
from catalog.resource import Resource
from graph.neo4j.store import Neo4jStore
from graph.port import Store
from graph.rdf.context import Publication
from graph.sqlite.store import SqliteStore
from schema.catalog_routes import catalog_routes
from schema.feed_routes import feed_routes
from schema.record_routes import record_routes
from tests.graph import samples
from tests.graph.contract.backends import BACKENDS, opened
from tests.support.neo4j_server import connection

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
LONG = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a WHERE a < 0 RETURN count(a) AS n"
SOON = 15.0
BASE = "https://data.example.cn/"
MANY = [replace(one, cleared=True) if isinstance(one, Resource) else one for one in samples.many(200)]
RESOURCE = next(one.id for one in MANY if isinstance(one, Resource))
PATHS = ["/catalog.nt?limit=1000", "/catalog.html", "/catalog.ttl?view=full", "/feed", f"/{RESOURCE}.ttl"]
READS = ("read", "get", "changes")
Running = Callable[[], bool]


@asynccontextmanager
async def served(store: Store) -> AsyncIterator[int]:
    """A real server on a port of its own, which leaves no task behind."""

    async def publication() -> Publication | None:
        head = await store.head()
        return Publication(BASE, "目录", "机构", head.at, head.number) if head else None

    routes = [each for make in (catalog_routes, feed_routes, record_routes) for each in make(store, publication)]
    before = asyncio.all_tasks()
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="critical", lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        await until(lambda: server.started)
        yield listening.getsockname()[1]
        await until(lambda: not server.server_state.tasks and not server.server_state.connections)
        server.should_exit = True
        await serving
    await until(lambda: asyncio.all_tasks() <= before)
    await asyncio.sleep(0)  # the transports closed last let go of their sockets


async def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        await asyncio.sleep(0.01)


async def ask(port: int, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=8192)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n".encode())
    await writer.drain()
    return reader, writer


async def asked(port: int, path: str) -> tuple[int, bytes, int]:
    """The status, the body, and how long the answer said that it is; the connection is closed by this side."""
    reader, writer = await ask(port, path)
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
    (length,) = (int(line.partition(":")[2]) for line in head if line.startswith("content-length:"))
    body = await reader.readexactly(length)
    writer.close()
    await writer.wait_closed()
    return int(head[0].split()[1]), body, length


def endless(store: Any, patched: pytest.MonkeyPatch, uri: Callable[[], str]) -> Running:
    """Makes every read of a page one that never ends; returns what tells whether one is at work in the store."""
    if isinstance(store, SqliteStore):

        async def read(*_: Any, **__: Any) -> Any:
            return await store._read(lambda session: session.all(ENDLESS))

        def running() -> bool:
            return len(store._sessions._idle) < len(store._sessions._all)
    else:
        assert isinstance(store, Neo4jStore)

        async def read(*_: Any, **__: Any) -> Any:
            return await store._link.one(LONG)

        def running() -> bool:
            with connection(uri()) as (driver, database):
                listed = driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery", database_=database).records
            return any(one["currentQuery"] == LONG for one in listed)

    for name in READS:
        patched.setattr(store, name, read)
    return running


@pytest.fixture(params=BACKENDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(request.param, tmp_path, lambda: request.getfixturevalue("neo4j_uri"), *MANY) as found:
        yield found


async def test_who_leaves_while_a_page_is_made_ends_the_reading(
    store: Store, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with served(store) as port:
        for path in ("/catalog.nt?limit=1000", f"/{RESOURCE}.ttl"):
            with monkeypatch.context() as patched:
                running = endless(store, patched, lambda: request.getfixturevalue("neo4j_uri"))
                _, writer = await ask(port, path)
                end = time.monotonic() + SOON
                while not await asyncio.to_thread(running):
                    assert time.monotonic() < end, "the reading never began"
                writer.close()
                end = time.monotonic() + SOON
                while await asyncio.to_thread(running):
                    assert time.monotonic() < end, "the store still reads for nobody"
                    await asyncio.sleep(0.02)
            status, body, length = await asked(port, path)  # the connections given back do their work
            assert (status, len(body)) == (200, length)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", PATHS)
async def test_who_leaves_in_the_middle_of_a_body_leaves_nothing_behind(store: Store, path: str) -> None:
    async with served(store) as port:
        whole = await asked(port, path)
        for _ in range(3):
            reader, writer = await ask(port, path)
            await reader.readexactly(100)
            writer.transport.abort()
        assert await asked(port, path) == whole


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("error", [Unavailable("the store is away"), OSError("secret of the store")])
async def test_a_store_that_fails_at_whatever_read_never_gives_a_part(
    store: Store, monkeypatch: pytest.MonkeyPatch, path: str, error: Exception
) -> None:
    """Each read of the page in turn is the one that fails."""
    async with served(store) as port:
        whole, failing = None, 0
        while whole is None:
            with monkeypatch.context() as patched:
                left = failing
                for name in READS:
                    real = getattr(store, name)

                    async def read(*given: Any, real: Any = real, **named: Any) -> Any:
                        nonlocal left
                        left -= 1
                        if left == -1:
                            raise error
                        return await real(*given, **named)

                    patched.setattr(store, name, read)
                status, body, length = await asked(port, path)
            assert len(body) == length
            if left >= 0:
                whole = body
            else:
                assert status == (503 if isinstance(error, MuluError) else 500)
                assert b"secret" not in body and b"Traceback" not in body
                failing += 1
        assert failing > 0 and status == 200
        assert await asked(port, path) == (200, whole, len(whole))
