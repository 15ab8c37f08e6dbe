"""One revision for a scan of many statements, on a server that keeps no snapshots."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.codec import Row
from catalog.errors import Unavailable
from catalog.relations import INVERSES
from catalog.table import Ref, by_name, reference_paths
from catalog.vocabulary import Kind
from graph.neo4j import history, pages
from graph.neo4j.link import Link, Transaction
from graph.neo4j.words import RANKS
from graph.shape import Shape

TOUCHED = "MATCH (c:Change) WHERE c.revision > $revision AND c.rank IN $ranks AND c.id >= '' RETURN count(c) AS touched"


async def batch(
    link: Link, kind: Kind, shape: Shape, after: str, first: int, revision: int, transaction: Transaction
) -> list[Row]:
    """The next rows as they were in the revision. Raises Unavailable where nested rows may have changed since."""
    statement = pages.batch(kind, shape, after, first, revision)
    record = await link.run(transaction, statement.text, statement.params)
    rows = [statement.decode(row) for row in record["rows"]]
    if (await link.run(transaction, history.NUMBER)).get("number") == revision:
        return rows
    if shape.nested:
        ranks = sorted({RANKS[one] for one in kinds(kind, shape)})
        if (await link.run(transaction, TOUCHED, {"revision": revision, "ranks": ranks}))["touched"]:
            raise Unavailable(f"the records have changed since revision {revision}", suggestion="begin the scan again")
        return rows
    statement = pages.superseded(kind, shape, after, first, revision)
    past = [statement.decode(row) for row in (await link.run(transaction, statement.text, statement.params))["rows"]]
    united = {row["id"]: row for row in (*rows, *past)}
    return [united[identifier] for identifier in sorted(united)][:first]


def kinds(kind: Kind, shape: Shape) -> Iterator[Kind]:
    """The kinds of records that rows of a shape are made of."""
    yield kind
    for _, one in shape.nested:
        row = by_name(kind).get(one.relation)
        if row is None:
            found = tuple(holder for holder, _ in INVERSES[kind, one.relation].holders) + tuple(
                target for holder, _ in INVERSES[kind, one.relation].holders for target in _inside(holder, one.relation)
            )
        elif isinstance(row.type, Ref):
            found = row.type.kinds
        else:
            yield from _inside(kind, one.relation)
            continue
        for other in dict.fromkeys(found):
            try:
                yield from kinds(other, one.shape)
            except KeyError:  # a relation of another of the kinds, or of the values
                yield from Kind


def _inside(kind: Kind, value: str) -> tuple[Kind, ...]:
    """The kinds that references inside an embedded value lead to; any, where their own shapes may lead further."""
    inside = any(path.path[0] == value and len(path.path) > 1 for path in reference_paths(kind))
    return tuple(Kind) if inside else ()
