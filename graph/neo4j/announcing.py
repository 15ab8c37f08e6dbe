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
        f"UNWIND $rows AS row MATCH (h:History {{id: row}}) WHERE h.until = $number "
        f"MATCH (n:{LABELS[kind]} {{id: row}}) WHERE {otherwise} "
    )
    noted = (
        f"AND d.cleared AND NOT EXISTS {{ MATCH (:Change {{revision: $number, rank: {_RANK}, id: d.id}}) }} "
        f"WITH DISTINCT d CREATE (:Change {{revision: $number, rank: {_RANK}, "
        f"kind: '{Kind.RESOURCE.value}', id: d.id, change: '{ANNOUNCED}'}})"
    )
    yield f"{renamed}MATCH {_names(kind, 'n')} {noted}"
    if kind is Kind.REGULATION:
        part = edges(Kind.PROVISION)["regulation"]
        yield f"{renamed}MATCH {part.pattern('p', 'e', 'n')} MATCH {_names(Kind.PROVISION, 'p')} {noted}"


def _names(kind: Kind, target: str) -> str:
    """The datasets that name a record."""
    edge = edges(Kind.RESOURCE)[NAMED_BY[kind]]
    return f"{edge.pattern(f'd:{_DATASET}', 'by', target)} WHERE {edge.condition('by') or 'true'}"
