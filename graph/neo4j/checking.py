"""Integrity: what the nodes say against what the edges, the texts and the log say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from catalog.codec import encode, from_row, links
from catalog.identifiers import issue_id, kind_of
from catalog.issue import Issue
from catalog.records import RECORDS
from catalog.vocabulary import Kind, Severity
from graph.neo4j.link import Link
from graph.neo4j.nodes import digest, from_node, to_node
from graph.neo4j.texts import said, terms
from graph.neo4j.words import ALL_TEXTS, LABELS, edges

BATCH = 1000


def _nodes(kind: Kind) -> str:
    """A batch of nodes: [properties, own references [type, other end, path], texts [type, folded, how, rank]]."""
    out = sorted({edge.type for edge in edges(kind).values() if not edge.path.ref.reverse})
    back = sorted({edge.type for edge in edges(kind).values() if edge.path.ref.reverse})
    parts = [f"COLLECT {{ MATCH (n)-[e:{'|'.join(out)}]->(t) RETURN [type(e), t.id, e.path] }}"]
    if back:
        parts.append(f"COLLECT {{ MATCH (n)<-[e:{'|'.join(back)}]-(t) RETURN [type(e), t.id, e.path] }}")
    return (
        f"MATCH (n:{LABELS[kind]}) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $first "
        f"RETURN collect([properties(n), {' + '.join(parts)}, "
        f"COLLECT {{ MATCH (n)-[e:{ALL_TEXTS}]->(t:Text) RETURN [type(e), t.folded, e.how, e.rank] }}]) AS rows"
    )


TEXTS = (
    "MATCH (t:Text) WHERE t.id > $after WITH t ORDER BY t.id LIMIT $first "
    "RETURN collect([t.id, t.folded, t.length, t.bigrams, EXISTS { (t)<--() }]) AS rows"
)
BOOKS = (
    "CALL () { MATCH (r:Revision) RETURN count(r) AS revisions, max(r.number) AS last } "
    "CALL () { OPTIONAL MATCH (c:Catalogue {id: 'catalogue'}) RETURN c.revision AS head } "
    "CALL () { MATCH (c:Change) WHERE NOT EXISTS { MATCH (:Revision {number: c.revision}) } RETURN count(c) AS loose } "
    "RETURN revisions, last, head, loose"
)


async def check(link: Link) -> list[Issue]:
    """Every broken thing as an issue, by kind and identifier."""
    found: list[Issue] = []
    for kind in RECORDS:
        async for row in _rows(link, _nodes(kind)):
            found += _record(kind, *row)
    async for identifier, folded, length, bigrams, used in _rows(link, TEXTS):
        if bigrams != terms(folded) or length != len(folded):
            found.append(_issue(identifier, "BROKEN_INDEX", f"the text {folded!r} is indexed wrongly"))
        if not used:
            found.append(_issue(identifier, "BROKEN_INDEX", f"the text {folded!r} is of no record"))
    books = await link.one(BOOKS)
    if not books["revisions"] == (books["last"] or 0) == (books["head"] or 0) or books["loose"]:
        message = f"{books['revisions']} revisions, the last {books['last']}, the head {books['head']}"
        found.append(_issue("revision", "BROKEN_LOG", f"{message}, {books['loose']} changes of no revision"))
    return found


async def _rows(link: Link, text: str) -> Any:
    after = ""
    while True:
        rows = (await link.one(text, {"after": after, "first": BATCH}))["rows"]
        for row in rows:
            yield row
        if len(rows) < BATCH:
            return
        last = rows[-1][0]
        after = last["id"] if isinstance(last, dict) else last


def _record(kind: Kind, node: dict[str, Any], ends: list[list[Any]], texts: list[list[Any]]) -> Iterator[Issue]:
    identifier = node["id"]
    try:
        row = from_node(kind, node)
        record = from_row(kind, row)
        right = kind_of(identifier) is kind
    except Exception as error:  # whatever is in there, it is no record
        yield _issue(identifier, "NOT_A_RECORD", f"{identifier} is no record: {error}")
        return
    if not right:
        yield _issue(identifier, "NOT_A_RECORD", f"{identifier} is not the identifier of a {kind}")
    derived = to_node(kind, row)
    if digest(encode(row)) != node.get("digest") or any(node.get(name) != value for name, value in derived.items()):
        yield _issue(identifier, "BROKEN_INDEX", f"{identifier} was changed behind the store's back")
    table = edges(kind)
    wanted = Counter(
        (table[link.path].type, link.target, link.path if table[link.path].shared else None)
        for link in links(kind, row)
    )
    held = Counter((type_, target, path) for type_, target, path in ends)
    for (type_, target, _), _ in (wanted - held).items():
        yield _issue(identifier, "BROKEN_REFERENCE", f"{identifier} refers to {target}, but no {type_} leads there")
    for (type_, target, _), _ in (held - wanted).items():
        yield _issue(
            identifier, "BROKEN_REFERENCE", f"{type_} leads from {identifier} to {target}, which it does not say"
        )
    expected = Counter((one.edge, one.folded, one.how, one.rank) for _, one in said(record))
    if expected != Counter(tuple(text) for text in texts):
        yield _issue(identifier, "BROKEN_INDEX", f"{identifier} is not found by all of its texts, or by others")


def _issue(where: str, code: str, message: str) -> Issue:
    return Issue(id=issue_id(where, code, message), code=code, severity=Severity.ERROR, message=message)
