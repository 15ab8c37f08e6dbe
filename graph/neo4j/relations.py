"""Relations of a shape as Cypher patterns: references, embedded values and inverses."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.relations import INVERSES, Inverse
from catalog.table import Cardinality, Property, Ref, by_name
from catalog.vocabulary import Kind
from graph.neo4j.params import Params
from graph.neo4j.words import LABELS, edges, holders_of


@dataclass(frozen=True, slots=True)
class Walk:
    """One step from a node: what to MATCH, where it arrives, in which order.

    ``order`` are expressions; ``distinct`` says that one node may be reached over several edges. For an inverse with
    values ``inverse`` is set: each edge is one value, told by its position.
    """

    match: str
    where: tuple[str, ...]
    node: str
    edge: str
    kinds: tuple[Kind, ...]
    order: tuple[str, ...]
    to_one: bool = False
    distinct: bool = False
    inverse: Inverse | None = None


def value_property(kind: Kind, relation: str) -> Property | None:
    """The table's row if the relation names an embedded value."""
    row = by_name(kind).get(relation)
    return row if row is not None and row.value_class is not None else None


def walk(kind: Kind, relation: str, start: str, out: Params) -> Walk:
    """The step along a reference or inverse of a kind. Raises KeyError for anything else."""
    row = by_name(kind).get(relation)
    if row is not None and isinstance(row.type, Ref):
        return _forward(kind, relation, start, out, row.cardinality is not Cardinality.MANY)
    return _backward(kind, INVERSES[kind, relation], start, out)


def forward(kind: Kind, dotted: str, start: str, out: Params) -> Walk:
    """The step along any reference path, those inside embedded values included."""
    return _forward(kind, dotted, start, out, not edges(kind)[dotted].path.many)


def _forward(kind: Kind, dotted: str, start: str, out: Params, to_one: bool) -> Walk:
    found = edges(kind)[dotted]
    edge, node = out.variable("e"), out.variable("t")
    condition = found.condition(edge)
    return Walk(
        match=found.pattern(start, edge, node),
        where=(condition,) if condition else (),
        node=node,
        edge=edge,
        kinds=found.path.ref.kinds,
        order=() if to_one else (f"{edge}.position",),
        to_one=to_one,
    )


def _backward(kind: Kind, inverse: Inverse, start: str, out: Params) -> Walk:
    edge, node = out.variable("e"), out.variable("h")
    if len(inverse.holders) > 1:
        return _citers(inverse, start, edge, node)
    ((holder, paths),) = inverse.holders
    found = [edges(holder)[path] for path in paths]
    needs_label = len(holders_of(found[0].type, kind)) > 1
    where = [f"{edge}.path = '{one.path.dotted}'" for one in found if one.shared]
    ids = (f"{node}.id", f"{edge}.position") if inverse.value else (f"{node}.id",)
    return Walk(
        match=found[0].pattern(f"{node}:{LABELS[holder]}" if needs_label else node, edge, start),
        where=(" OR ".join(where),) if where else (),
        node=node,
        edge=edge,
        kinds=(holder,),
        order=(*(f"{node}.{name}" for name in inverse.order), *ids),
        distinct=inverse.value is None and any(one.path.many for one in found),
        inverse=inverse if inverse.value else None,
    )


def _citers(inverse: Inverse, start: str, edge: str, node: str) -> Walk:
    """Holders of several kinds; where the edges of some lead from here, those of both directions are looked at."""
    types = sorted({edges(kind)[path].type for kind, paths in inverse.holders for path in paths})
    both = {edges(kind)[path].path.ref.reverse for kind, paths in inverse.holders for path in paths} == {True, False}
    places = []
    for kind, paths in inverse.holders:
        conditions = [condition for path in paths if (condition := edges(kind)[path].condition(edge))]
        told = f" AND ({' OR '.join(conditions)})" if conditions else ""
        only = sorted({edges(kind)[path].type for path in paths})
        places.append(f"({node}:{LABELS[kind]} AND type({edge}) IN {only!r}{told})")
    return Walk(
        match=f"({node})-[{edge}:{'|'.join(types)}]-{'' if both else '>'}({start})",
        where=(" OR ".join(places),),
        node=node,
        edge=edge,
        kinds=tuple(kind for kind, _ in inverse.holders),
        order=(f"{node}.id",),
        distinct=True,
    )
