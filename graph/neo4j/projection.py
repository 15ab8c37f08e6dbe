"""Shapes as Cypher: what a node is answered as, and how that list is read back into a row.

Rows come as lists, nested ones as lists within (a driver decodes those two to three times faster than maps); the
decoder that belongs to a projection knows which place means what. Nested rows are ``COLLECT { … }`` subqueries: a
shape of any depth is one statement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from catalog.codec import Row
from catalog.identifiers import kind_of
from catalog.relations import INVERSES
from catalog.table import by_name
from catalog.vocabulary import Kind
from graph.neo4j import values
from graph.neo4j.nodes import decoder
from graph.neo4j.params import Params
from graph.neo4j.predicates import all_of, on_walk, where
from graph.neo4j.relations import Walk, value_property, walk
from graph.neo4j.words import LABELS, META, keyed
from graph.shape import Nested, Shape

Read = Callable[[Any, Row, Kind], None]
"""Puts what stands at one place of the answer into the row."""


@dataclass(frozen=True, slots=True)
class Projection:
    """An expression over a node, and what makes a row of its value."""

    text: str
    decode: Callable[[list[Any]], Row]


@lru_cache(maxsize=512)
def projection(kind: Kind, shape: Shape, node: str) -> tuple[Projection, dict[str, Any]]:
    """The projection of a page's node with its parameters (``$s…``); kept per shape."""
    out = Params("s")
    return project((kind,), shape, node, out), out.values


def project(kinds: tuple[Kind, ...], shape: Shape, node: str, out: Params) -> Projection:
    """The projection of a node of one of the kinds. Raises KeyError for properties that none of them has."""
    names = sorted(shape.properties - {"id", "kind"})
    for name in names:
        if name not in META and not any(name in by_name(kind) for kind in kinds):
            raise KeyError(f"{name} of {', '.join(kinds)}")
    texts = [f"{node}.id", *(f"{node}.{name}" for name in names)]
    nested: list[tuple[int, frozenset[Kind], Read]] = []
    for key, one in shape.nested:
        groups = _groups(kinds, one.relation)
        if not groups:
            raise KeyError(f"{one.relation} of {', '.join(kinds)}")
        for group in groups:
            guard = "" if len(group) == len(kinds) else " OR ".join(f"{node}:{LABELS[kind]}" for kind in group)
            for text, read in _nested(group[0], key, one, node, guard, out):
                nested.append((len(texts), frozenset(group), read))
                texts.append(text)
    several = len(kinds) > 1
    long = len(texts) if any(name in keyed(kind) for kind in kinds for name in names) else None
    if long is not None:
        texts.append(f"{node}.long")
    properties = {
        kind: [
            (place, name, decoder(kind, name) if name in META or name in by_name(kind) else None)
            for place, name in enumerate(names, 1)
        ]
        for kind in kinds
    }
    (only,) = kinds if not several else (None,)

    def decode(found: list[Any]) -> Row:
        kind = only or kind_of(found[0])
        row: Row = {"id": found[0], "kind": kind.value} if several else {"id": found[0]}
        for place, name, convert in properties[kind]:
            value = found[place]
            row[name] = convert(value) if convert else value
        if long is not None and found[long] is not None:
            row |= {name: value for name, value in msgspec.json.decode(found[long]).items() if name in row}
        for place, group, read in nested:
            if kind in group:
                read(found[place], row, kind)
        return row

    return Projection(f"[{', '.join(texts)}]", decode)


def _groups(kinds: tuple[Kind, ...], relation: str) -> list[tuple[Kind, ...]]:
    """The kinds that have the relation, those together for which it is the same step in the graph."""
    groups: dict[object, list[Kind]] = {}
    for kind in kinds:
        if value_property(kind, relation) is not None:
            groups.setdefault(kind, []).append(kind)
        elif relation in by_name(kind) or (kind, relation) in INVERSES:
            step = walk(kind, relation, "n", Params())
            groups.setdefault((step.match, step.where, step.kinds), []).append(kind)
    return [tuple(group) for group in groups.values()]


def _nested(kind: Kind, key: str, one: Nested, node: str, guard: str, out: Params) -> list[tuple[str, Read]]:
    if value_property(kind, one.relation) is not None:
        return [values.embedded(kind, key, one, node, out)]
    step = walk(kind, one.relation, node, out)
    conditions = [*step.where, *on_walk(step, one.tests, out)]
    if guard:
        conditions.append(guard)
    if step.inverse is not None:
        text, decode = values.along(step, one, out)
    else:
        inner = project(step.kinds, one.shape, step.node, out)
        text, decode = inner.text, inner.decode
    ordered = _ordered(step, one, conditions, out)
    rows = f"COLLECT {{ MATCH {step.match}{ordered} RETURN {text} }}"

    def read(found: Any, row: Row, _: Kind) -> None:
        if step.to_one:
            row[key] = decode(found[0]) if found else None
        else:
            row[key] = [decode(each) for each in found]

    parts: list[tuple[str, Read]] = [(rows, read)]
    if one.count:
        what = f"RETURN DISTINCT {step.node}" if step.distinct else f"RETURN {step.edge}"
        counted = f"COUNT {{ MATCH {step.match}{where(conditions)} {what} }}"

        def count(found: Any, row: Row, _: Kind) -> None:
            row[f"{key}#count"] = found

        parts.append((counted, count))
    return parts


def _ordered(step: Walk, one: Nested, conditions: list[str], out: Params) -> str:
    """The conditions, and where there may be several rows their order, keyset and limit."""
    if step.to_one:
        return where(conditions)
    if one.after is not None:
        order = step.order[:1] if step.inverse is not None else step.order  # values go on after their holder
        conditions = [*conditions, keyset(order, one.after, one.descending, out)]
    carried = step.node if step.distinct else f"{step.edge}, {step.node}"
    direction = " DESC" if one.descending else ""
    ordered = ", ".join(f"{expression}{direction}" for expression in step.order)
    limit = f" LIMIT {out.give(one.first)}" if one.first is not None else ""
    return f"{where(conditions)} WITH {'DISTINCT ' if step.distinct else ''}{carried} ORDER BY {ordered}{limit}"


def keyset(order: tuple[str, ...], after: tuple[str | int, ...], descending: bool, out: Params) -> str:
    """What comes after a key in an order of several expressions."""
    if len(order) != len(after):
        raise KeyError(f"a key of {len(order)} parts")
    than = "<" if descending else ">"
    given = [out.give(part) for part in after]
    steps = []
    for place, expression in enumerate(order):
        equal = [f"{order[before]} = {given[before]}" for before in range(place)]
        steps.append(all_of([*equal, f"{expression} {than} {given[place]}"]))
    return " OR ".join(f"({step})" if " AND " in step else step for step in steps)
