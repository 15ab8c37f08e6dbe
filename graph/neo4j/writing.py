"""The Cypher of a change set: nodes, edges, texts, history and log, each in batches of one statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from catalog.vocabulary import Kind
from graph.neo4j.nodes import to_node
from graph.neo4j.plan import Write, kind_or_none
from graph.neo4j.texts import said, terms
from graph.neo4j.words import ALIAS, ALL_TEXTS, LABELS, NAMED, RANKS, SAYS, edges

BATCH = 5000
T = TypeVar("T")
Statement = tuple[str, list[Any]]
"""A text that unwinds ``$rows``, and the rows."""

LOCK = "MATCH (c:Catalogue {id: 'catalogue'}) SET c.lock = $id WITH c RETURN c.revision AS revision"
"""Every writer writes the one node first, so the second waits until the first has committed, and sees its number."""

REVISION = (
    "MATCH (c:Catalogue {id: 'catalogue'}) SET c.revision = $number "
    "CREATE (:Revision {number: $number, at: $at, actor: $actor, change_set: $id})"
)
RECEIPT = "CREATE (:Receipt {id: $id, revision: $revision, counts: $counts})"
RECEIVED = "MATCH (r:Receipt {id: $id}) RETURN r.revision AS revision, r.counts AS counts"

LOG = (
    "UNWIND $rows AS row CREATE (:Change {revision: $number, rank: row[0], kind: row[1], id: row[2], change: row[3], "
    "source: row[4]})"
)
ORPHANS = "UNWIND $rows AS row MATCH (t:Text {id: row}) WHERE NOT EXISTS { (t)<--() } DELETE t"
TEXTS = (
    "UNWIND $rows AS row MERGE (t:Text {id: row[0]}) "
    "ON CREATE SET t.folded = row[1], t.length = row[2], t.bigrams = row[3]"
)
NAMES = f"{TEXTS} SET t:Name"


def batches(rows: Sequence[T]) -> Iterator[list[T]]:
    """The rows in batches of 5,000."""
    for start in range(0, len(rows), BATCH):
        yield list(rows[start : start + BATCH])


def held(kind: Kind) -> str:
    """What is held of the puts of a kind: [id, digest, version, created, the node where it is shared]."""
    return (
        f"MATCH (n:{LABELS[kind]}) WHERE n.id IN $rows RETURN collect([n.id, n.digest, n.version, n.created, "
        "CASE WHEN n.source IS NULL THEN properties(n) END]) AS found"
    )


def existing(kind: Kind) -> str:
    """Which of the identifiers there are, each with its source."""
    return f"MATCH (n:{LABELS[kind]}) WHERE n.id IN $rows RETURN collect([n.id, n.source]) AS found"


def given_by(kind: Kind) -> str:
    """The records that the sources gave."""
    return f"MATCH (n:{LABELS[kind]}) WHERE n.source IN $rows RETURN collect([n.id, n.source]) AS found"


def cut(kind: Kind) -> Iterator[str]:
    """Takes away what goes out from nodes of a kind, so that it can be written anew: references, names, texts."""
    own: dict[bool, set[str]] = {False: set(ALL_TEXTS.split("|")), True: set()}
    for edge in edges(kind).values():
        own[edge.path.ref.reverse].add(edge.type)
    match = f"UNWIND $rows AS row MATCH (n:{LABELS[kind]} {{id: row}})"
    yield f"{match}-[e:{ALL_TEXTS}]->(t:Text) RETURN collect(DISTINCT t.id) AS found"
    yield f"{match}-[e:{'|'.join(sorted(own[False]))}]->() DELETE e"
    if own[True]:
        yield f"{match}<-[e:{'|'.join(sorted(own[True]))}]-() DELETE e"


def archive(kind: Kind) -> str:
    """Keeps the version that is superseded, with the revisions [revision, until) it held for."""
    return (
        f"UNWIND $rows AS row MATCH (n:{LABELS[kind]} {{id: row}}) CREATE (h:History) SET h = properties(n), "
        f"h.kind = '{kind.value}', h.until = $number"
    )


def still_referred_to(kind: Kind) -> str:
    """The records to be deleted that others refer to, once their own references are gone."""
    return (
        f"UNWIND $rows AS row MATCH (n:{LABELS[kind]} {{id: row}}) WHERE EXISTS {{ (n)--() }} "
        "RETURN collect(n.id) AS found"
    )


def delete(kind: Kind) -> str:
    """Deletes nodes that nothing refers to."""
    return f"UNWIND $rows AS row MATCH (n:{LABELS[kind]} {{id: row}}) DELETE n"


def nodes(kind: Kind, writes: Sequence[Write], number: int, at: str) -> Iterator[Statement]:
    """Creates or overwrites the records' nodes."""
    label = LABELS[kind]
    created = f"UNWIND $rows AS row CREATE (n:{label}) SET n = row"
    updated = f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n = row"
    for text, some in (
        (created, [write for write in writes if write.held is None]),
        (updated, [write for write in writes if write.held is not None]),
    ):
        for batch in batches(some):
            yield text, [_node(kind, write, number, at) for write in batch]


def _node(kind: Kind, write: Write, number: int, at: str) -> dict[str, Any]:
    before = write.held
    return to_node(kind, write.row) | {
        "digest": write.digest,
        "revision": number,
        "created": before.created if before else number,
        "version": before.version + 1 if before else 1,
        "loaded": at,
    }


def references(kind: Kind, writes: Sequence[Write]) -> Iterator[Statement]:
    """The edges of the records' references; both ends are there."""
    groups: dict[tuple[str, Kind], list[list[Any]]] = {}
    table = edges(kind)
    for write in writes:
        for holder, path, position, target, carried in write.links:
            edge, of = table[path], kind_or_none(target)
            assert of is not None  # every target has been found in the store or among the puts
            beside = {name: value for name, value in carried if value is not None}
            if edge.path.many:
                beside.setdefault("position", position)
            if edge.shared:
                beside["path"] = path
            groups.setdefault((path, of), []).append([holder, target, beside])
    for (path, target), rows in groups.items():
        created = table[path].pattern("h", "e", "t")
        text = (
            f"UNWIND $rows AS row MATCH (h:{LABELS[kind]} {{id: row[0]}}) MATCH (t:{LABELS[target]} {{id: row[1]}}) "
            f"CREATE {created} SET e = row[2]"
        )
        for batch in batches(rows):
            yield text, batch


def texts(kind: Kind, writes: Sequence[Write]) -> Iterator[Statement]:
    """The texts that the records are found by, one node per distinct folded text, and the edges to them."""
    distinct: dict[str, list[Any]] = {}
    named: set[str] = set()
    edges_: dict[str, list[list[Any]]] = {NAMED: [], ALIAS: [], SAYS: []}
    for write in writes:
        for key, one in said(write.record):
            if key not in distinct:
                distinct[key] = [key, one.folded, len(one.folded), terms(one.folded)]
            if one.how:
                named.add(key)
            edges_[one.edge].append([write.record.id, key, one.properties])
    for text, some in (
        (NAMES, [row for key, row in distinct.items() if key in named]),
        (TEXTS, [row for key, row in distinct.items() if key not in named]),
    ):
        for batch in batches(some):
            yield text, batch
    for type_, listed in edges_.items():
        text = (
            f"UNWIND $rows AS row MATCH (n:{LABELS[kind]} {{id: row[0]}}) MATCH (t:Text {{id: row[1]}}) "
            f"CREATE (n)-[e:{type_}]->(t) SET e = row[2]"
        )
        for batch in batches(listed):
            yield text, batch


def log(changes: Mapping[Kind, Sequence[tuple[str, str, str | None]]]) -> list[list[Any]]:
    """The rows of the log: id, change and source per kind."""
    return [[RANKS[kind], kind.value, *one] for kind, listed in changes.items() for one in listed]
