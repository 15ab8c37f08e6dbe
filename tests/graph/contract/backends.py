"""The backends that the contract suite runs against, each opened on an empty catalogue."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from catalog.record import Record
from graph.gaps.rule import Rule
from graph.port import Store
from tests.graph import samples
from tests.support.neo4j_server import connection

BACKENDS = ("sqlite", "neo4j")
_files: dict[tuple[Record, ...], bytes] = {}


@asynccontextmanager
async def opened(
    backend: str, folder: Path, neo4j_uri: Callable[[], str], *puts: Record, rules: Sequence[Rule] = ()
) -> AsyncIterator[Store]:
    """A store of a backend that holds these records in revision 1, or nothing; without rules it keeps no gaps."""
    if backend == "sqlite":
        from graph.sqlite.store import SqliteStore

        address = str(folder / "catalogue.db")
        if puts not in _files:  # made once and then copied: most of a test's time would go into making it
            async with SqliteStore.at(address, rules=rules) as store:
                await filled(store, puts)
            _files[puts] = Path(address).read_bytes()
        Path(address).write_bytes(_files[puts])
        async with SqliteStore.at(address, rules=rules) as store:
            yield store
        return
    from graph.neo4j.store import Neo4jStore

    address = neo4j_uri()
    emptied(address)
    async with Neo4jStore.at(address, rules=rules) as neo4j:
        await filled(neo4j, puts)
        yield neo4j


async def filled(store: Store, puts: tuple[Record, ...]) -> None:
    """Applies the records, if there are any."""
    if puts:
        await store.apply(samples.change_set(*puts, id="samples"))


def emptied(address: str) -> None:
    """Empties a Neo4j database; its indexes and constraints stay, which every opening makes anew where they lack."""
    with connection(address) as (driver, database), driver.session(database=database) as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
