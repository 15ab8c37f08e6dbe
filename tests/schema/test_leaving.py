"""Clients that leave and stores that fail, over real connections: the reading ends, and nothing partial looks whole."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn

from catalog.errors import MuluError, Unavailable
from catalog.resource import Resource
from graph.port import Store
from graph.rdf.context import Publication
from graph.sqlite.store import SqliteStore
from schema import endpoint
from schema.app import create_app
from schema.catalog_routes import catalog_routes
from schema.context import Context
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
QUERY = "{ resources { nodes { id name } } }"
NOW = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)


@asynccontextmanager
async def served(store: Store) -> AsyncIterator[int]:
    """A real server on a port of its own, which leaves no task behind."""

    async def publication() -> Publication | None:
        head = await store.head()
        return Publication(BASE, "目录", "机构", head.at, head.number) if head else None

    routes = [each for make in (catalog_routes, feed_routes, record_routes) for each in make(store, publication)]
    app = create_app(store, base_iri=BASE, clock=lambda: NOW, catalog_routes=routes)
    before = asyncio.all_tasks()
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
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


async def ask(port: int, path: str, query: str = "") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A GET of a path, or a POST of an operation to it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=8192)
    body = json.dumps({"query": query}) if query else ""
    content = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if query else ""
    writer.write(f"{'POST' if query else 'GET'} {path} HTTP/1.1\r\nHost: h\r\n{content}\r\n{body}".encode())
    await writer.drain()
    return reader, writer


async def asked(port: int, path: str, query: str = "") -> tuple[int, bytes, int]:
    """The status, the body, and how long the answer said that it is; the connection is closed by this side."""
    reader, writer = await ask(port, path, query)
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
    (length,) = (int(line.partition(":")[2]) for line in head if line.startswith("content-length:"))
    body = await reader.readexactly(length)
    writer.close()
    await writer.wait_closed()
    return int(head[0].split()[1]), body, length


async def forever(store: Any) -> Any:
    """A read that never ends."""
    if hasattr(store, "_link"):
        return await store._link.one(LONG)
    return await store._read(lambda session: session.all(ENDLESS))


def at_work(store: Store, uri: Callable[[], str]) -> bool:
    """Whether an endless read is at work in the store."""
    if isinstance(store, SqliteStore):
        return len(store._sessions._idle) < len(store._sessions._all)
    with connection(uri()) as (driver, database):
        listed = driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery", database_=database).records
    return any(one["currentQuery"] == LONG for one in listed)


async def left(store: Store, port: int, uri: Callable[[], str], path: str, query: str = "") -> None:
    """Asks for what is never done, and leaves once the store is at work, which must end then."""
    _, writer = await ask(port, path, query)
    end = time.monotonic() + SOON
    while not await asyncio.to_thread(at_work, store, uri):
        assert time.monotonic() < end, "the reading never began"
    writer.close()
    end = time.monotonic() + SOON
    while await asyncio.to_thread(at_work, store, uri):
        assert time.monotonic() < end, "the store still reads for nobody"
        await asyncio.sleep(0.02)


@pytest.fixture(params=BACKENDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(request.param, tmp_path, lambda: request.getfixturevalue("neo4j_uri"), *MANY) as found:
        yield found


async def test_who_leaves_while_a_page_is_made_ends_the_reading(
    store: Store, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read(*_: Any, **__: Any) -> Any:
        return await forever(store)

    async with served(store) as port:
        for path in ("/catalog.nt?limit=1000", f"/{RESOURCE}.ttl"):
            with monkeypatch.context() as patched:
                for name in READS:
                    patched.setattr(store, name, read)
                await left(store, port, lambda: request.getfixturevalue("neo4j_uri"), path)
            status, body, length = await asked(port, path)  # the connections given back do their work
            assert (status, len(body)) == (200, length)


async def test_who_leaves_while_an_operation_runs_ends_the_reading(
    store: Store, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def respond(query: str, variables: object, name: object, context: Context) -> Any:
        return await forever(context.store)

    async with served(store) as port:
        for path, query in (("/graphql", QUERY), (f"/graphql?query={quote(QUERY)}", "")):
            with monkeypatch.context() as patched:
                patched.setattr(endpoint, "respond", respond)
                await left(store, port, lambda: request.getfixturevalue("neo4j_uri"), path, query)
            status, body, _ = await asked(port, path, query)
            assert (status, len(json.loads(body)["data"]["resources"]["nodes"])) == (200, 20)
    assert not caplog.records


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_who_leaves_in_the_middle_of_an_operation_is_no_failure(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    async with served(store) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            b"POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
        )
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.transport.abort()
        assert (await asked(port, "/graphql", QUERY))[0] == 200
    assert not caplog.records


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["stamp", "together"])
@pytest.mark.parametrize("error", [Unavailable("the store is away"), OSError("secret of the store")])
async def test_an_operation_that_the_store_fails_is_answered_or_refused_in_the_contracts_words(
    store: Store, monkeypatch: pytest.MonkeyPatch, name: str, error: Exception
) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise error

    async with served(store) as port:
        whole = await asked(port, "/graphql", QUERY)
        with monkeypatch.context() as patched:
            patched.setattr(store, name, fails)
            _, body, _ = await asked(port, "/graphql", QUERY if name == "stamp" else f"{QUERY} # not kept")
        if name == "stamp" and isinstance(error, MuluError):
            assert body == whole[1]
        else:
            (told,) = json.loads(body)["errors"]
            assert told["extensions"]["code"] == ("UNAVAILABLE" if isinstance(error, MuluError) else "INTERNAL")
            assert "secret" not in told["message"]
        assert await asked(port, "/graphql", QUERY) == whole


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
