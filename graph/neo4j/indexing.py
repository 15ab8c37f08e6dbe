"""Indexes put off during a first load: the server builds them from what is there when it is there, in one pass.

While a transaction is open, the server keeps each of its index entries in the heap, a set for each; for the records of
a catalogue that is more than the records themselves. The constraints stay, so that identifiers are found and unique.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from catalog.errors import MuluError
from catalog.vocabulary import Kind
from graph.neo4j.link import Link
from graph.neo4j.migrations import CATALOGUE, migrate
from graph.neo4j.words import LABELS

PUT_OFF_FROM = 10_000
"""How many puts make it worth while: dropping and building empty indexes takes about a second."""

MANY = (Kind.RESOURCE, Kind.FIELD, Kind.GAP)
"""The kinds of which a catalogue has many."""

BEGIN = f"MATCH {CATALOGUE} WHERE c.revision = 0 SET c.schema = 0 RETURN c.revision AS revision"
"""Marks the schema as incomplete before it is: if nothing comes after, the next opening completes it."""

DROPPED = (
    "SHOW INDEXES YIELD name, labelsOrTypes, owningConstraint WHERE owningConstraint IS NULL "
    "AND size(labelsOrTypes) = 1 AND labelsOrTypes[0] IN $labels RETURN collect(name) AS names"
)


@asynccontextmanager
async def put_off(link: Link, puts: int) -> AsyncIterator[None]:
    """While a large first change set is written, the indexes of the kinds with many records are away.

    They are there again, complete, when it ends, however it ends; if the connection or the process ends before, when
    the store is next opened. Whoever reads before they are reads the same, more slowly.
    """
    if puts < PUT_OFF_FROM or not await _begun(link):
        yield
        return
    try:
        names = (await link.one(DROPPED, {"labels": [LABELS[kind] for kind in MANY]}))["names"]
        for name in sorted(names):
            await link.schema(f"DROP INDEX {name} IF EXISTS")
        yield
    except BaseException:
        with suppress(MuluError):  # what went wrong first is what the caller must know; the mark stays
            await migrate(link)
        raise
    await migrate(link)


async def _begun(link: Link) -> bool:
    async with link.writing() as transaction:
        found = await link.run(transaction, BEGIN)
        await transaction.commit()
    return bool(found)
