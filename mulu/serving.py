"""``mulu serve`` and ``mulu demo``: the server, wired."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import Coroutine
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import uvicorn

from catalog.errors import BadInput
from graph.open import open_store
from graph.port import Store
from graph.rdf.context import Publication
from loaders.files import read_files
from mulu.clock import now
from mulu.loading import apply_loaded, loaded_with
from mulu.output import say
from mulu.publishing import publication
from mulu.settings import Settings
from schema.app import create_app
from schema.catalog_routes import catalog_routes
from schema.concept_routes import concept_routes
from schema.feed_routes import feed_routes
from schema.record_routes import record_routes
from schema.site_routes import site_routes

FIRST_QUERY = '{ whoProvides(what: "婚姻状况") { nodes { verdict because resource { name } } } }'


def serve(host: str, port: int, *, store: str | None, base_iri: str | None) -> int:
    """Serves until interrupted."""
    settings = Settings.read(store=store, base_iri=base_iri)
    _run(_serve(host, port, settings))
    return 0


def demo(host: str, port: int, *, store: str, serve_it: bool) -> int:
    """Loads the sample that ships with the package, once, and serves it."""
    settings = Settings.read(store=store)
    asyncio.run(_load_sample(settings.store))
    if serve_it:
        _run(_serve(host, port, settings))
    return 0


def _run(serving: Coroutine[Any, Any, None]) -> None:
    """Runs on uvloop, which is several times as fast as asyncio's own loop; where there is none, on that."""
    try:
        from uvloop import new_event_loop
    except ImportError:  # Windows
        asyncio.run(serving)
        return
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(serving)


async def _load_sample(address: str) -> None:
    with as_file(files("mulu") / "sample") as directory:
        given, _ = read_files([Path(directory)])
    async with open_store(address) as store:
        loaded = await loaded_with(store, given)
        applied = await apply_loaded(store, loaded)
    say(f"· sample catalogue of 示例市 in {address}, revision {applied.revision}")


async def _serve(host: str, port: int, settings: Settings) -> None:
    listening = _listen(host, port)
    name, bound = listening.getsockname()[:2]
    address = f"http://{f'[{name}]' if ':' in name else name}:{bound}"
    async with open_store(settings.store) as store:

        async def published() -> Publication | None:
            return await publication(store, settings)

        app = create_app(
            store,
            base_iri=settings.base_iri,
            clock=now,
            title=settings.title,
            keep=settings.answers,
            catalog_routes=[
                *catalog_routes(store, published),
                *feed_routes(store, published),
                *record_routes(store, published),
                *concept_routes(store, published),
                *site_routes(store, published),
            ],
        )
        await _greet(store, settings, address)
        _spare_the_collector()
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", server_header=False)
        await uvicorn.Server(config).serve(sockets=[listening])


def _spare_the_collector() -> None:
    """Answers are thousands of short-lived dictionaries: looked through for cycles less often, and what stays never."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise BadInput(
            f"cannot listen on {host}:{port}: {error.strerror or error}",
            suggestion="take another --port; 0 takes a free one",
        ) from error
    # connections inherit it: without it an answer of two packets waits 40 ms for the acknowledgement of the first
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


async def _greet(store: Store, settings: Settings, address: str) -> None:
    if await store.head() is None:
        say(f"the store {settings.store} is empty: load something with  mulu load PATH")
    print(f"GraphiQL     {address}/graphql", flush=True)
    print(f"RDF          {address}/catalog", flush=True)
    print(f"first query  {FIRST_QUERY}", flush=True)
