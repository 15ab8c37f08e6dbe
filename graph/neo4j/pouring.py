"""What a plan writes, as statements that each unwind one batch of rows: texts, nodes, edges and the log.

Kinds are written in the order of RECORDS, so that most of what a record refers to is there when it comes: a record that
is new is created together with its name and with the edges of its plain references, in one statement, for a node that
is looked up again by its identifier costs as much as an edge. References to a kind that comes later, or to the record's
own, wait until all nodes are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from catalog.puts import batches
from catalog.records import RECORDS
from catalog.vocabulary import ChangeKind, Kind
from graph.neo4j.nodes import properties, to_node
from graph.neo4j.plan import BATCH, Plan, Write, kind_or_none
from graph.neo4j.texts import Said, said, terms
from graph.neo4j.words import LABELS, NAMED, RANKS, edges

Statement = tuple[str, list[Any]]
"""A text that unwinds ``$rows``, and the rows. It may name the parameter ``$number``, the revision."""
Lasting = dict[str, list[Any]]
"""Rows by the text that unwinds them."""
End = tuple[str, Kind]
"""A path of a reference, and the kind that it leads to."""

LOG = (
    "UNWIND $rows AS row CREATE (:Change {revision: $number, rank: row[0], kind: row[1], id: row[2], change: row[3], "
    "source: row[4]})"
)
TEXTS = (
    "UNWIND $rows AS row MERGE (t:Text {id: row[0]}) "
    "ON CREATE SET t.folded = row[1], t.length = row[2], t.bigrams = row[3]"
)
NAMES = f"{TEXTS} SET t:Name"
_SAID = "text: row[{0}], rank: row[{1}], how: row[{2}]"


def statements(plan: Plan, number: int, at: str) -> Iterator[Statement]:
    """Everything a plan writes, in an order in which all that a statement looks up is there."""
    later: Lasting = {}
    for kind in RECORDS:
        for writes in plan.writes(kind):
            now: Lasting = {}
            spoken = [list(said(write.record)) for write in writes]
            yield from _cut(_texts(spoken))
            _nodes(kind, writes, spoken, number, at, now)
            for write, rest in zip(writes, spoken, strict=True):
                _references(kind, write, now, later)
                for key, one in rest:
                    held = one.properties
                    row = [write.record.id, key, held.get("text"), held.get("rank"), held.get("how")]
                    now.setdefault(_saying(kind, one.edge), []).append(row)
            now[LOG] = [
                [RANKS[kind], kind.value, write.record.id, write.change.value, write.record.source] for write in writes
            ]
            yield from _cut(now)
        gone = [
            [RANKS[kind], kind.value, one, ChangeKind.DELETED.value, source]
            for one, source in plan.deletes.get(kind, ())
        ]
        yield from _cut({LOG: gone})
    yield from _cut(later)


def _cut(rows: Lasting) -> Iterator[Statement]:
    for text, some in rows.items():
        for batch in batches(some, BATCH):
            yield text, batch


def _texts(spoken: Sequence[Sequence[tuple[str, Said]]]) -> Lasting:
    """The texts that records are found by, one node per distinct folded text."""
    distinct: dict[str, list[Any]] = {}
    named: set[str] = set()
    for key, one in (pair for pairs in spoken for pair in pairs):
        if key not in distinct:
            distinct[key] = [key, one.folded, len(one.folded), terms(one.folded)]
        if one.how:
            named.add(key)
    found: Lasting = {NAMES: [], TEXTS: []}
    for key, row in distinct.items():
        found[NAMES if key in named else TEXTS].append(row)
    return found


def _nodes(
    kind: Kind, writes: Sequence[Write], spoken: Sequence[list[tuple[str, Said]]], number: int, at: str, out: Lasting
) -> None:
    """The rows that create nodes, whose names are taken out of what is yet to be written, or overwrite them."""
    columns, places = properties(kind), _joined(kind)
    for write, rest in zip(writes, spoken, strict=True):
        before = write.held
        node = to_node(kind, write.row) | {
            "digest": write.digest,
            "revision": number,
            "created": before.created if before else number,
            "version": before.version + 1 if before else 1,
            "loaded": at,
        }
        if before is not None:
            out.setdefault(f"UNWIND $rows AS row MATCH (n:{LABELS[kind]} {{id: row.id}}) SET n = row", []).append(node)
            continue
        row = list(map(node.get, columns))
        name = next((pair for pair in rest if pair[1].edge == NAMED), None)
        if name is not None:
            rest.remove(name)
            row += [name[0], name[1].text, name[1].rank, name[1].how]
        ends = tuple((path, of) for path in places if (of := kind_or_none(node.get(path) or "")) is not None)
        out.setdefault(_creating(kind, ends, named=name is not None), []).append(row)


@cache
def _joined(kind: Kind) -> tuple[str, ...]:
    """The references that are written together with a new node: one each, plain, to kinds that come before."""
    return tuple(
        path for path, edge in edges(kind).items()
        if path in properties(kind) and not edge.path.many and _before(kind, edge.path.ref.kinds)
    )  # fmt: skip


def _before(kind: Kind, others: Sequence[Kind]) -> bool:
    return all(RANKS[other] < RANKS[kind] for other in others)


@cache
def _creating(kind: Kind, ends: tuple[End, ...], *, named: bool) -> str:
    """Creates nodes with the edges to these ends, and to their names; rows are of the properties, then of the name."""
    place = {name: f"row[{number}]" for number, name in enumerate(properties(kind))}
    matches = [f"MATCH (t{at}:{LABELS[of]} {{id: {place[path]}}})" for at, (path, of) in enumerate(ends)]
    created = [f"CREATE (n:{LABELS[kind]} {{{', '.join(f'{name}: {column}' for name, column in place.items())}}})"]
    for at, (path, _) in enumerate(ends):
        edge = edges(kind)[path]
        beside = [f"{name}: {place[name]}" for name in edge.path.ref.carries]
        beside += [f"path: '{path}'"] if edge.shared else []
        created.append(f"CREATE {edge.pattern('n', '', f't{at}', _map(beside))}")
    if named:
        key, *columns = range(len(place), len(place) + 4)
        matches.append(f"MATCH (x:Text {{id: row[{key}]}})")
        created.append(f"CREATE (n)-[:{NAMED} {{{_SAID.format(*columns)}}}]->(x)")
    return " ".join(("UNWIND $rows AS row", *matches, *created))


def _references(kind: Kind, write: Write, now: Lasting, later: Lasting) -> None:
    """The rows of a record's references that are not written together with its node."""
    joined = _joined(kind) if write.held is None else ()
    for link in write.links:
        if link.path in joined:
            continue
        of = kind_or_none(link.target)
        assert of is not None  # every target has been found in the store or among the puts
        row = [link.holder, link.target, link.position, *(value for _, value in link.carried)]
        text = _referring(kind, link.path, of)
        (now if _before(kind, (of,)) else later).setdefault(text, []).append(row)


@cache
def _referring(kind: Kind, path: str, of: Kind) -> str:
    """Creates the edges of a reference; rows are of holder, target, position and what is carried."""
    edge = edges(kind)[path]
    beside = {name: f"row[{3 + number}]" for number, name in enumerate(edge.path.ref.carries)}
    if edge.path.many:
        carried = beside.get("position")
        beside["position"] = f"coalesce({carried}, row[2])" if carried else "row[2]"
    listed = [f"{name}: {value}" for name, value in beside.items()]
    listed += [f"path: '{path}'"] if edge.shared else []
    return (
        f"UNWIND $rows AS row MATCH (h:{LABELS[kind]} {{id: row[0]}}) MATCH (t:{LABELS[of]} {{id: row[1]}}) "
        f"CREATE {edge.pattern('h', '', 't', _map(listed))}"
    )


@cache
def _saying(kind: Kind, type_: str) -> str:
    """Creates the edges from records to texts; rows are of record, text and what the edge carries."""
    return (
        f"UNWIND $rows AS row MATCH (n:{LABELS[kind]} {{id: row[0]}}) MATCH (t:Text {{id: row[1]}}) "
        f"CREATE (n)-[:{type_} {{{_SAID.format(2, 3, 4)}}}]->(t)"
    )


def _map(listed: Sequence[str]) -> str:
    return f" {{{', '.join(listed)}}}" if listed else ""
