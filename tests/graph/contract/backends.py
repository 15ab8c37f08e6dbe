"""The backends that the contract suite runs against, each opened on an empty catalogue."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from graph.port import Store
from tests.support.neo4j_server import connection

BACKENDS = ("sqlite", "neo4j")


@asynccontextmanager
async def opened(backend: str, folder: Path, neo4j_uri: Callable[[], str]) -> AsyncIterator[Store]:
    """An empty store of a backend."""
    if backend == "sqlite":
        from graph.sqlite.store import SqliteStore

        async with SqliteStore.at(str(folder / "catalogue.db")) as store:
            yield store
        return
    from graph.neo4j.store import Neo4jStore

    address = neo4j_uri()
    emptied(address)
    async with Neo4jStore.at(address) as neo4j:
        yield neo4j


def emptied(address: str) -> None:
    """Empties a Neo4j database; its indexes and constraints stay, which every opening makes anew where they lack."""
    with connection(address) as (driver, database), driver.session(database=database) as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
