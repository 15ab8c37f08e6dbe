"""The Cypher around what a change set writes: what is held, what is superseded, what goes, and the books."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.vocabulary import Kind
from graph.neo4j.words import ALL_TEXTS, LABELS, edges

LOCK = (
    "MATCH (c:Catalogue {id: 'catalogue'}) SET c.lock = $id WITH c RETURN c.revision AS revision, c.loading AS loading"
)
"""Every writer writes the one node first, so the second waits until the first has committed, and sees its number."""

REVISION = (
    "MATCH (c:Catalogue {id: 'catalogue'}) SET c.revision = $number REMOVE c.loading "
    "CREATE (:Revision {number: $number, at: $at, actor: $actor, change_set: $id})"
)
RECEIPT = "CREATE (:Receipt {id: $id, revision: $revision, counts: $counts})"
RECEIVED = "OPTIONAL MATCH (r:Receipt {id: $id}) RETURN r.revision AS revision, r.counts AS counts"

ORPHANS = "UNWIND $rows AS row MATCH (t:Text {id: row}) WHERE NOT EXISTS { (t)<--() } DELETE t"


SHARED = frozenset({Kind.AGENCY, Kind.DATA_ELEMENT})
"""Kinds of which several sources may give one record: what is held is united with what is given."""


def held(kind: Kind, *, whole: bool) -> str:
    """What is held of the puts of a kind: [id, digest, version, created, the node where it is asked for]."""
    listed = f"n.id, n.digest, n.version, n.created{', properties(n)' if whole else ''}"
    return f"MATCH (n:{LABELS[kind]}) WHERE n.id IN $rows RETURN collect([{listed}]) AS found"


def existing(kind: Kind) -> str:
    """Which of the identifiers there are, each with its source."""
    return f"MATCH (n:{LABELS[kind]}) WHERE n.id IN $rows RETURN collect([n.id, n.source]) AS found"


def given_by(kind: Kind) -> str:
    """The records that the sources gave. Both properties of the index are tested, or it would not be used."""
    return f"MATCH (n:{LABELS[kind]}) WHERE n.source IN $rows AND n.id >= '' RETURN collect([n.id, n.source]) AS found"


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
