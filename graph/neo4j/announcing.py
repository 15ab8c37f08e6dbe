"""Statements that note in the log the datasets that a change set makes say something else without writing them."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.announcing import ANNOUNCED, NAMED_BY, SAID
from catalog.vocabulary import Kind
from graph.neo4j.words import LABELS, RANKS, edges

_DATASET, _RANK = LABELS[Kind.RESOURCE], RANKS[Kind.RESOURCE]


def announce(kind: Kind) -> Iterator[str]:
    """The statements for updated records of a kind, once versions were kept and all else was logged.

    Each compares a record with the version that the revision ended. None for a kind that no dataset names. A dataset
    that was itself written in the revision has its entry already.
    """
    if kind not in NAMED_BY:
        return
    otherwise = " OR ".join(f"coalesce(h.{name}, '') <> coalesce(n.{name}, '')" for name in SAID[kind])
    renamed = (
        "UNWIND $rows AS row MATCH (h:History {id: row}) USING INDEX h:History(id) WHERE h.until = $number "
        f"MATCH (n:{LABELS[kind]} {{id: row}}) WHERE {otherwise} WITH DISTINCT n "
    )
    noted = (
        f"WITH DISTINCT d WHERE d:{_DATASET} AND d.cleared "
        f"AND NOT EXISTS {{ MATCH (:Change {{revision: $number, rank: {_RANK}, id: d.id}}) }} "
        f"CREATE (:Change {{revision: $number, rank: {_RANK}, "
        f"kind: '{Kind.RESOURCE.value}', id: d.id, change: '{ANNOUNCED}'}})"
    )
    yield f"{renamed}MATCH {_names(kind, 'n')} {noted}"
    if kind is Kind.REGULATION:
        part = edges(Kind.PROVISION)["regulation"]
        yield f"{renamed}MATCH {part.pattern('p', 'e', 'n')} MATCH {_names(Kind.PROVISION, 'p')} {noted}"


def _names(kind: Kind, target: str) -> str:
    """The datasets that name a record: told to be such afterwards, or the server might begin with all of them."""
    edge = edges(Kind.RESOURCE)[NAMED_BY[kind]]
    return f"{edge.pattern('d', 'by', target)} WHERE {edge.condition('by') or 'true'}"
