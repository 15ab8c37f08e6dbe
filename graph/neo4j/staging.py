"""A large first load: written in many transactions, and seen when the last of them commits.

One transaction keeps what it wrote in the server's heap until it commits, some 13 KB a record: a million records are
more than most servers have. A catalogue without a revision has no readers to disturb, so its first change set, if it is
large, is written a statement at a time, each committed by itself. Before, a mark is set on the catalogue's node, and
whoever reads meanwhile is told to come back; the revision, the receipt and the end of the mark are one last
transaction, which holds the catalogue's lock from the beginning. What a load that was broken off has left is cleared by
itself, or by whoever opens the store next and finds the mark and the lock free (``docs/decisions/0012``).
"""

from __future__ import annotations

from catalog.errors import BadInput, TimedOut
from graph.neo4j import writing
from graph.neo4j.link import Link, Transaction
from graph.neo4j.words import LABELS

ABOVE = 20_000
"""Change sets of more records than this are staged where they are a catalogue's first: a quarter of a gigabyte."""

MARK = "MATCH (c:Catalogue {id: 'catalogue'}) SET c.loading = $id RETURN c.loading AS loading"
UNMARK = "MATCH (c:Catalogue {id: 'catalogue'}) REMOVE c.loading RETURN c.loading AS loading"
WRITTEN = ("Text", *LABELS.values(), "Change")
"""The labels of what is written outside of the last transaction."""
LOADING = "MATCH (c:Catalogue {id: 'catalogue'}) RETURN c.loading AS loading"
PATIENCE = 1.0
"""Seconds after which a lock that is not given is held by a load under way."""
_ROWS = 10_000
"""Nodes that one of the clearing transactions deletes."""


async def claim(link: Link, change_set: str) -> bool:
    """Sets the mark where the catalogue has no revision yet, and answers whether it did; clears what was left there."""
    async with link.writing() as transaction:
        locked = await link.run(transaction, writing.LOCK, {"id": change_set})
        if locked["revision"]:
            await transaction.rollback()
            return False
        if locked["loading"] is not None:
            await clear(link)
        await link.run(transaction, MARK, {"id": change_set})
        await transaction.commit()
        return True


async def clear(link: Link) -> None:
    """Deletes what a first load has written. For who holds the catalogue's lock, which no load under way lets go of.

    Kinds go in the reverse of the order in which they are written, with their edges, ten thousand records at a time:
    so nothing has many edges left when its turn comes, such as a source, which has one from every record.
    """
    for label in reversed(WRITTEN):
        await link.alone(f"MATCH (n:{label}) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF {_ROWS} ROWS")


async def abandon(link: Link, change_set: str) -> None:
    """Clears what a first load has left and takes the mark away; nothing where it was committed after all."""
    async with link.writing() as transaction:
        locked = await link.run(transaction, writing.LOCK, {"id": change_set})
        if locked["revision"] or locked["loading"] is None:
            await transaction.rollback()
            return
        await clear(link)
        await link.run(transaction, UNMARK)
        await transaction.commit()


async def recover(link: Link) -> None:
    """Clears what a first load has left that nobody goes on with: one under way holds the lock."""
    loading = (await link.one(LOADING)).get("loading")
    if loading is None:
        return
    try:
        async with link.writing(seconds=PATIENCE) as transaction:
            await link.run(transaction, writing.LOCK, {"id": loading})
            await transaction.rollback()
    except (TimedOut, BadInput):  # a load holds it, or this user may only read
        return
    await abandon(link, loading)


async def settle(link: Link, transaction: Transaction, loading: str | None, claimed: str | None) -> bool:
    """Whether the holder of the lock, who may have claimed the load, writes outside of its transaction.

    Where the mark is not its own it clears what another has left, and without a claim takes the mark away at its end.
    """
    if loading is not None and loading != claimed:
        await clear(link)
    if loading is not None and claimed is None:
        await link.run(transaction, UNMARK)
    return loading is not None and claimed is not None
