"""Embedded values in shapes: JSON from the holder's node, with rows for the references inside them.

Each edge of a reference inside a value knows the value's place in its list, so values and rows meet again here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec

from catalog.codec import Row
from catalog.table import Cardinality, Property, Ref, by_name
from catalog.vocabulary import Kind
from graph.neo4j.params import Params
from graph.neo4j.predicates import where
from graph.neo4j.relations import Walk, forward, value_property
from graph.neo4j.words import edges
from graph.shape import AtLeast, Equals, Missing, Nested, Shape, Test

Rows = dict[str, dict[int, Row]]
Build = Callable[[Mapping[str, Any], int, Rows], Row]
References = list[tuple[str, str, Callable[[list[Any]], Row]]]


def embedded(kind: Kind, key: str, one: Nested, node: str, out: Params) -> tuple[str, Callable[[Any, Row, Kind], None]]:
    """A value property as nested rows: ``[json, [[position, row], …] per reference]``."""
    column = value_property(kind, one.relation)
    assert column is not None
    many = column.cardinality is Cardinality.MANY
    wanted: References = []
    build = _builder(kind, column, one.shape, column.name, node, None, wanted, out)
    text = f"[{', '.join([f'{node}.{column.name}', *(reference for _, reference, _ in wanted)])}]"

    def read(found: list[Any], row: Row, _: Kind) -> None:
        given = msgspec.json.decode(found[0]) if found[0] is not None else []
        listed = list(enumerate(given if many or found[0] is None else [given]))
        passing = [(place, value) for place, value in listed if all(passes(value, test) for test in one.tests)]
        if one.count:
            row[f"{key}#count"] = len(passing)
        references = {
            path: {position: decode(answer) for position, answer in found[place]}
            for place, (path, _, decode) in enumerate(wanted, 1)
        }
        if one.descending:
            passing.reverse()
        if one.after is not None:
            (last,) = one.after
            passing = [pair for pair in passing if (pair[0] < int(last) if one.descending else pair[0] > int(last))]
        built = [build(value, place, references) for place, value in passing[: one.first]]
        row[key] = built if many else (built[0] if built else None)

    return text, read


def along(step: Walk, one: Nested, out: Params) -> tuple[str, Callable[[list[Any]], Row]]:
    """The values of an inverse, one per edge, each with its holder."""
    inverse, kind = step.inverse, step.kinds[0]
    assert inverse is not None and inverse.value is not None and inverse.holder_key is not None
    column = by_name(kind)[inverse.value]
    holder_key = inverse.holder_key
    wanted: References = []
    beside = tuple((key, nested) for key, nested in one.shape.nested if nested.relation != holder_key)
    shape = Shape(one.shape.properties - {holder_key}, beside)
    build = _builder(kind, column, shape, column.name, step.node, f"{step.edge}.position", wanted, out)
    from graph.neo4j.projection import project

    holders = [(key, nested.shape) for key, nested in one.shape.nested if nested.relation == holder_key]
    projected = [(key, project((kind,), inner, step.node, out)) for key, inner in holders or [(holder_key, Shape())]]
    parts = [
        f"{step.node}.{column.name}", f"{step.edge}.position", *(inner.text for _, inner in projected),
        *(reference for _, reference, _ in wanted),
    ]  # fmt: skip

    def decode(found: list[Any]) -> Row:
        place = found[1]
        references = {
            path: dict.fromkeys([place], read(found[index][0][1])) if found[index] else {}
            for index, (path, _, read) in enumerate(wanted, 2 + len(projected))
        }
        row = build(msgspec.json.decode(found[0])[place], place, references)
        for index, (key, inner) in enumerate(projected, 2):
            row[key] = inner.decode(found[index])
        return row

    return f"[{', '.join(parts)}]", decode


def _builder(
    kind: Kind,
    column: Property,
    shape: Shape,
    dotted: str,
    node: str,
    position: str | None,
    wanted: References,
    out: Params,
) -> Build:
    """What cuts one value to the shape; references inside it are added to ``wanted``."""
    from graph.neo4j.projection import project

    value_class = column.value_class
    assert value_class is not None
    table = by_name(cast(Any, value_class))
    names = sorted(shape.properties - ({"id", "kind"} - table.keys()))
    for name in names:
        table[name]
    rows: list[tuple[str, str]] = []
    inner: list[tuple[str, str, Build]] = []
    for key, one in shape.nested:
        within, path = table[one.relation], f"{dotted}.{one.relation}"
        if isinstance(within.type, Ref):
            step = forward(kind, path, node, out)
            conditions = [*step.where, *([f"{step.edge}.position = {position}"] if position else [])]
            target = project(step.kinds, one.shape, step.node, out)
            place = f"{step.edge}.position" if edges(kind)[path].path.many else "0"
            text = f"COLLECT {{ MATCH {step.match}{where(conditions)} RETURN [{place}, {target.text}] }}"
            wanted.append((path, text, target.decode))
            rows.append((key, path))
        else:
            build = _builder(kind, within, one.shape, path, node, position, wanted, out)
            inner.append((key, one.relation, build))

    def cut(value: Mapping[str, Any], place: int, references: Rows) -> Row:
        row: Row = {name: value[name] for name in names}
        for key, path in rows:
            row[key] = references[path].get(place)
        for key, name, build in inner:
            held = value[name]
            row[key] = None if held is None else build(held, place, references)
        return row

    return cut


def passes(value: Mapping[str, Any], test: Test) -> bool:
    """Whether an embedded value passes a test. Raises KeyError for tests that values do not know."""
    match test:
        case Equals(property=name, values=values):
            held = value[name]
            return any(one in values for one in held) if isinstance(held, list) else held in values
        case AtLeast(property=name, value=least):
            return value[name] is not None and value[name] >= least
        case Missing(property=name):
            return value[name] in (None, "", "UNDECLARED", [])
        case _:
            raise KeyError(f"{test} on an embedded value")
