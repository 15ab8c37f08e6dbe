"""The catalogue's own time: head, counts and the log of changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from catalog.announcing import ANNOUNCED
from catalog.records import RECORDS
from catalog.revision import Change, Revision, Tombstone
from catalog.vocabulary import ChangeKind, Kind
from graph.neo4j.params import Params
from graph.neo4j.predicates import where
from graph.neo4j.words import LABELS, RANKS
from graph.shape import KeysetKey

HEAD = (
    "RETURN head(COLLECT { MATCH (r:Revision) WHERE r.number > 0 WITH r ORDER BY r.number DESC LIMIT 1 "
    "RETURN [r.number, r.at, r.actor, r.change_set] }) AS head"
)
COUNTS = (
    " ".join(f"CALL () {{ MATCH (n:{LABELS[kind]}) RETURN count(n) AS c{rank} }}" for rank, kind in enumerate(RECORDS))
    + f" RETURN [{', '.join(f'c{rank}' for rank in range(len(RECORDS)))}] AS counts"
)
"""One number per kind, each from the count store."""

REVISIONS = (
    "MATCH (r:Revision) WHERE r.number > 0 AND r.number <= $until WITH r ORDER BY r.number "
    "RETURN collect([r.number, r.at, r.actor, r.change_set]) AS rows"
)
"""Every revision up to one, in order."""

_WRITTEN = f"c.change <> '{ANNOUNCED}'"
NUMBER = "MATCH (c:Catalogue {id: 'catalogue'}) RETURN c.revision AS number"


def head(record: Mapping[str, Any]) -> Revision | None:
    """The newest revision from the answer to HEAD."""
    if record["head"] is None:
        return None
    number, at, actor, change_set = record["head"]
    return Revision(number=number, at=dt.datetime.fromisoformat(at), actor=actor, change_set=change_set)


def log(
    since: int,
    kinds: Sequence[Kind],
    first: int,
    after: KeysetKey | None,
    *,
    count: bool = False,
    announced: bool = False,
) -> tuple[str, dict[str, Any]]:
    """The statement of a page of the log: [revision, at, actor, kind, id, change, source]; ``total`` with ``count``."""
    out = Params()
    conditions = [f"c.revision > {out.give(since)}"]
    if after is not None:
        revision, rank, last = (out.give(part) for part in after)
        conditions[0] = f"c.revision >= {out.give(max(since + 1, int(after[0])))}"
        conditions.append(
            f"c.revision > {revision} OR (c.revision = {revision} AND "
            f"(c.rank > {rank} OR (c.rank = {rank} AND c.id > {last})))"
        )
    conditions += ["c.rank >= 0", "c.id >= ''"]
    if kinds:
        conditions.append(f"c.rank IN {out.give(tuple(RANKS[kind] for kind in kinds))}")
    conditions += [] if announced else [_WRITTEN]
    text = (
        f"MATCH (c:Change) USING INDEX c:Change(revision, rank, id){where(conditions)} "
        f"WITH c ORDER BY c.revision, c.rank, c.id LIMIT {out.give(first + 1)} "
        "MATCH (r:Revision {number: c.revision}) WITH c, r ORDER BY c.revision, c.rank, c.id "
        "RETURN collect([c.revision, r.at, r.actor, c.kind, c.id, c.change, c.source]) AS rows"
    )
    if count:
        counted = [f"c.revision > {out.give(since)}"]
        if kinds:
            counted.append(f"c.rank IN {out.give(tuple(RANKS[kind] for kind in kinds))}")
        counted += [] if announced else [_WRITTEN]
        total = f"MATCH (c:Change){where(counted)} RETURN count(c) AS total"
        text = f"CALL () {{ {text} }} CALL () {{ {total} }} RETURN rows, total"
    return text, out.values


def tombstones(ids: Sequence[str], kind: Kind, until: int | None) -> tuple[str, dict[str, Any]]:
    """The statement of what is left of earlier versions: [id, revision, at, cleared]."""
    out = Params()
    conditions = [f"h.id IN {out.give(list(ids))}", f"h.kind = {out.give(kind.value)}"]
    conditions += [] if until is None else [f"h.until <= {out.give(until)}"]
    text = (
        f"MATCH (h:History){where(conditions)} "
        "WITH h.id AS id, max(h.until) AS ended, max(CASE WHEN h.cleared THEN h.until END) AS cleared "
        "MATCH (r:Revision {number: coalesce(cleared, ended)}) "
        "RETURN collect([id, r.number, r.at, cleared IS NOT NULL]) AS rows"
    )
    return text, out.values


def tombstone(row: Sequence[Any]) -> Tombstone:
    """What is left of one record."""
    _, revision, at, cleared = row
    return Tombstone(revision=revision, at=dt.datetime.fromisoformat(at), cleared=cleared)


def change(row: Sequence[Any]) -> Change:
    """One entry of the log."""
    revision, at, actor, kind, identifier, what, source = row
    return Change(
        revision=revision,
        at=dt.datetime.fromisoformat(at),
        actor=actor,
        kind=Kind(kind),
        id=identifier,
        change=ChangeKind.UPDATED if what == ANNOUNCED else ChangeKind(what),
        source=source,
        announced=what == ANNOUNCED,
    )
