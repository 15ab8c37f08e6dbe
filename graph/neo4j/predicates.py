"""Tests of a question as Cypher predicates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from catalog.relations import INVERSES
from catalog.table import Cardinality, Scalar, by_name
from catalog.value import Jurisdiction
from catalog.vocabulary import Kind, Role
from graph.neo4j.params import Params
from graph.neo4j.relations import Walk, walk
from graph.neo4j.words import ALL_TEXTS, LABELS, META, NAMES, column, edges, key, keyed
from graph.shape import (
    AnyOf,
    AtLeast,
    CollectedBySeveral,
    Contains,
    Equals,
    Has,
    Holding,
    Linked,
    Missing,
    Named,
    NamedAny,
    Test,
)


def all_of(parts: Iterable[str]) -> str:
    """The predicates joined, each in brackets where it needs them."""
    return " AND ".join(f"({part})" if " OR " in part else part for part in parts)


def where(parts: Iterable[str]) -> str:
    """`` WHERE …``, or nothing."""
    joined = all_of(parts)
    return f" WHERE {joined}" if joined else ""


def predicate(kind: Kind, test: Test, node: str, out: Params) -> str:
    """What the node must pass. Raises KeyError for properties the kind does not have."""
    match test:
        case Equals(property=name, values=values):
            return _equals(kind, name, values, node, out)
        case Contains(property=name, text=text):
            types, found = (ALL_TEXTS if name == "text" else NAMES), out.variable("x")
            match = f"MATCH ({node})-[:{types}]->({found}:Text)"
            return f"EXISTS {{ {match} WHERE {found}.folded CONTAINS {out.give(text)} }}"
        case Named(text=text):
            return f"{node}.folded = {out.give(key(text))}"
        case NamedAny(texts=texts):
            return f"{node}.folded IN {out.give(tuple(key(text) for text in texts))}"
        case AtLeast(property=name, value=value):
            return f"{node}.{column(kind, name).name} >= {out.give(held(kind, name, value))}"
        case Missing(property=name):
            return _missing(kind, name, node, out)
        case Holding(on=on):
            begins, ends, day = f"{node}.begins", f"{node}.ends", out.give(on)
            return f"({begins} IS NULL OR {begins} <= {day}) AND ({ends} IS NULL OR {ends} > {day})"
        case AnyOf(tests=tests):
            return " OR ".join(f"({predicate(kind, one, node, out)})" for one in tests) or "false"
        case Linked(path=path, targets=targets, roles=roles):
            edge, target = out.variable("e"), out.variable("t")
            reference = edges(kind)[path]
            conditions = [condition] if (condition := reference.condition(edge)) else []
            if targets:
                conditions.append(f"{target}.id IN {out.give(targets)}")
            if roles:
                conditions.append(any_of(f"{edge}.roles", roles, out))
            return f"EXISTS {{ MATCH {reference.pattern(node, edge, target)}{where(conditions)} }}"
        case Has(relation=relation, tests=tests):
            step = walk(kind, relation, node, out)
            return f"EXISTS {{ MATCH {step.match}{where((*step.where, *on_walk(step, tests, out)))} }}"
        case CollectedBySeveral(several=several):
            return _collected(kind, node, out, several=several)


def _collected(kind: Kind, node: str, out: Params, *, several: bool) -> str:
    """The agencies that collect the resources of the fields that mean the element, each counted once."""
    if kind is not Kind.DATA_ELEMENT:
        raise KeyError("collected")
    field, resource, agency = (out.variable(letter) for letter in "fra")
    means, has, held = (out.variable("e") for _ in range(3))
    steps = ", ".join(
        (
            edges(Kind.FIELD)["data_element"].pattern(field, means, node),
            edges(Kind.FIELD)["resource"].pattern(field, has, resource),
            edges(Kind.RESOURCE)["responsibilities.agency"].pattern(resource, held, agency),
        )
    )
    collects = any_of(f"{held}.roles", (Role.COLLECT.value,), out)
    return f"COUNT {{ MATCH {steps} WHERE {collects} RETURN DISTINCT {agency} }} {'>' if several else '<='} 1"


def on_walk(step: Walk, tests: Iterable[Test], out: Params) -> list[str]:
    """The tests on what a step arrives at: nodes, or the values that its edges stand for."""
    if step.inverse is None:
        return [_on_kinds(step, test, out) for test in tests]
    return [_on_value(step, test, out) for test in tests]


def any_of(expression: str, values: tuple[object, ...], out: Params) -> str:
    """Whether a list holds one of the values."""
    item = out.variable("v")
    return f"any({item} IN {expression} WHERE {item} IN {out.give(values)})"


def _on_kinds(step: Walk, test: Test, out: Params) -> str:
    if len(step.kinds) == 1:
        return predicate(step.kinds[0], test, step.node, out)
    alternatives = []
    for kind in step.kinds:
        try:
            alternatives.append(f"{step.node}:{LABELS[kind]} AND {predicate(kind, test, step.node, out)}")
        except KeyError:
            continue
    return " OR ".join(f"({one})" for one in alternatives) or "false"


def _on_value(step: Walk, test: Test, out: Params) -> str:
    """Edges carry the values' own scalars; the holder is told by its id."""
    assert step.inverse is not None and step.inverse.value is not None
    carried = edges(step.kinds[0])[step.inverse.holders[0][1][0]].path.ref.carries
    match test:
        case Equals(property=name, values=values) if name == step.inverse.holder_key:
            return f"{step.node}.id IN {out.give(values)}"
        case Equals(property="roles", values=values):
            return any_of(f"{step.edge}.roles", values, out)
        case Equals(property=name, values=values) if name in carried:
            return f"{step.edge}.{name} IN {out.give(values)}"
        case _:
            raise KeyError(f"{test} on {step.inverse.value}")


def held(kind: Kind, name: str, value: Any) -> Any:
    """The value as the node holds it for tests and orders: long texts by their key."""
    return key(value) if isinstance(value, str) and name in keyed(kind) else value


def _equals(kind: Kind, name: str, values: tuple[object, ...], node: str, out: Params) -> str:
    row = None if name in META else by_name(kind)[name]
    if row is not None and row.value_class is Jurisdiction:
        given = out.give(values)
        return f"{node}.{name}_code IN {given} OR {node}.{name}_name IN {given}"
    if row is not None and row.cardinality is Cardinality.MANY:
        return any_of(f"{node}.{name}", values, out)
    property_ = f"{node}.{column(kind, name).name}"
    values = tuple(held(kind, name, value) for value in values)
    return f"{property_} = {out.give(values[0])}" if len(values) == 1 else f"{property_} IN {out.give(values)}"


def _missing(kind: Kind, name: str, node: str, out: Params) -> str:
    row = by_name(kind).get(name)
    if row is None:
        if (kind, name) not in INVERSES:
            raise KeyError(name)
        step = walk(kind, name, node, out)
        return f"NOT EXISTS {{ MATCH {step.match}{where(step.where)} }}"
    absent = f"{node}.{name} IS NULL"
    textual = row.cardinality is not Cardinality.MANY and (row.type is Scalar.TEXT or row.is_term)
    return f"{absent} OR {node}.{name} IN ['', 'UNDECLARED']" if textual else absent
