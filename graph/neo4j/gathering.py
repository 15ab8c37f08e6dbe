"""All of one revision, read from the server in batches: what still holds, then what has been superseded since."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import cache

from catalog.codec import Row
from catalog.records import RECORDS
from catalog.revision import Change, Revision
from catalog.table import rows
from catalog.vocabulary import Kind
from graph.neo4j import history, pages
from graph.neo4j.link import Link
from graph.neo4j.pages import Statement
from graph.neo4j.words import RANKS
from graph.shape import KeysetKey, Shape
from graph.sqlite.spool import META, Spool

BATCH = 2000

Ask = Callable[[Kind, Shape, str, int, int], Statement]


async def gather(link: Link, revision: int, spool: Spool) -> None:
    """Gathers a revision into a spool, whatever is written meanwhile.

    A version never changes, and on being superseded goes to the history: so the present is read first, and what left
    it while it was read is found in the history afterwards. What is found in both is the same version.
    """
    await spool.revisions([one async for one in _revisions(link, revision)])
    async for changes in _log(link, revision):
        await spool.log(changes)
    for ask in (pages.batch, pages.superseded):
        for kind in RECORDS:
            async for found in _versions(link, ask, kind, revision):
                await spool.versions(kind, found)


@cache
def whole(kind: Kind) -> Shape:
    """Every property of a kind, and what tells versions apart."""
    return Shape(frozenset({*(row.name for row in rows(kind)), *META}))


async def _versions(link: Link, ask: Ask, kind: Kind, revision: int) -> AsyncIterator[list[Row]]:
    after, more = "", True
    while more:
        statement = ask(kind, whole(kind), after, BATCH, revision)
        found = [statement.decode(row) for row in (await link.one(statement.text, statement.params))["rows"]]
        if found:
            yield found
            after = found[-1]["id"]
        more = len(found) == BATCH


async def _revisions(link: Link, revision: int) -> AsyncIterator[Revision]:
    for row in (await link.one(history.REVISIONS, {"until": revision}))["rows"]:
        if (one := history.head({"head": row})) is not None:
            yield one


async def _log(link: Link, revision: int) -> AsyncIterator[list[Change]]:
    after: KeysetKey | None = None
    more = True
    while more:
        text, params = history.log(0, (), BATCH, after, announced=True)
        found = [history.change(row) for row in (await link.one(text, params))["rows"][:BATCH]]
        wanted = [change for change in found if change.revision <= revision]
        if wanted:
            yield wanted
        more = len(found) == BATCH == len(wanted)
        if more:
            last = found[-1]
            after = (last.revision, RANKS[last.kind], last.id)
