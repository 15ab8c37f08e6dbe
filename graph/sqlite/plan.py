"""Shapes compiled once: how a body is decoded, what is followed from it, how rows are put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypedDict, cast

import msgspec

from catalog.errors import BadInput
from catalog.relations import INVERSES, Inverse
from catalog.table import Cardinality, Property, Ref, by_name
from catalog.vocabulary import Kind
from graph.shape import Nested, Shape
from graph.sqlite.model import NUMBERS
from graph.sqlite.where import META

LOADED = "loaded"


@dataclass(frozen=True, slots=True)
class Forward:
    """A reference held by the row: the identifiers under ``relation`` become rows under ``key``."""

    key: str
    relation: str
    many: bool
    nested: Nested
    plan: Plan


@dataclass(frozen=True, slots=True)
class Embedded:
    """Embedded values whose own references are followed."""

    key: str
    relation: str
    many: bool
    nested: Nested
    plan: ValuePlan


@dataclass(frozen=True, slots=True)
class Backward:
    """Rows that refer to the row, or the values inside them that do. ``kind`` is the kind of the parents."""

    key: str
    kind: Kind
    nested: Nested
    inverse: Inverse
    plan: Plan | None
    value: ValuePlan | None
    holder: tuple[tuple[str, Plan], ...] = ()


Step = Forward | Embedded | Backward


@dataclass(frozen=True, slots=True)
class Plan:
    """How rows of one or several kinds are read: ``meta`` columns beside the body, then the steps.

    ``surplus`` are properties that steps need and the shape does not. Where only identifiers are asked of one kind
    (``bare``), its bodies need not be read: the index on what is tested may have all there is to say.
    """

    kinds: tuple[Kind, ...]
    decoders: Mapping[int, msgspec.json.Decoder[dict[str, Any]]]
    gathered: Mapping[int, msgspec.json.Decoder[list[tuple[int, dict[str, Any]]]]]
    lacking: Mapping[int, tuple[str, ...]]
    meta: tuple[str, ...]
    steps: Mapping[int, tuple[Step, ...]]
    surplus: tuple[str, ...]
    bare: bool

    def columns(self, t: str, *, cut: bool = False) -> list[str]:
        """The expressions to select for a row: its key, its body, its meta properties.

        With ``cut``, of a body there may be no more than what the shape asks.
        """
        loaded = f"(SELECT at FROM revision WHERE number = {t}.revision)"
        body = f"json_object('id', {t}.id)" if cut and self.bare else f"{t}.body"
        return [f"{t}.key", body, *(loaded if one == LOADED else f"{t}.{one}" for one in self.meta)]


@dataclass(frozen=True, slots=True)
class ValuePlan:
    """How embedded values are cut, and what is followed from them."""

    properties: tuple[str, ...]
    steps: tuple[Step, ...]


@lru_cache(maxsize=512)
def plan(kinds: tuple[Kind, ...], shape: Shape) -> Plan:
    """The plan of a shape for rows of these kinds; BadInput for words that none of the kinds knows."""
    meta = tuple(sorted(name for name in shape.properties if name in META or name == LOADED))
    wanted = {name for name in shape.properties if name not in meta} | {"id"}
    needed = {nested.relation for _, nested in shape.nested}
    for name in wanted:
        if not any(name in by_name(kind) for kind in kinds):
            raise BadInput(f"{kinds[0]} has no property {name!r}", suggestion="name a property of the field table")
    for name in needed:
        if not any(name in by_name(kind) or (kind, name) in INVERSES for kind in kinds):
            raise BadInput(f"{kinds[0]} has no relation {name!r}", suggestion="name a reference or an inverse relation")
    decoders, gathered, lacking, steps = {}, {}, {}, {}
    for kind in kinds:
        number, known = NUMBERS[kind], by_name(kind)
        cut: Any = _cut([name for name in known if name in wanted or name in needed])
        decoders[number] = msgspec.json.Decoder(cut)
        pairs: Any = tuple[int, cut]
        gathered[number] = msgspec.json.Decoder(list[pairs])
        lacking[number] = tuple(sorted({*wanted, *(key for key, _ in shape.nested)} - known.keys()))
        steps[number] = tuple(
            step for key, nested in shape.nested if (step := _step(kind, key, nested, known)) is not None
        )
        if len(kinds) == 1:
            lacking[number] = ()
    surplus = tuple(sorted(needed - wanted - {key for key, _ in shape.nested}))
    bare = len(kinds) == 1 and wanted == {"id"} and not needed
    return Plan(kinds, decoders, gathered, lacking, meta, steps, surplus, bare)


def _cut(names: Sequence[str]) -> Any:
    """Only the named members of a body are decoded: the others are skipped, which is several times as fast."""
    make: Any = TypedDict
    return make("Cut", dict.fromkeys(names, Any))


def _step(kind: Kind, key: str, nested: Nested, known: Mapping[str, Property]) -> Step | None:
    row = known.get(nested.relation)
    if row is not None:
        return _forward(key, nested, row)
    inverse = INVERSES.get((kind, nested.relation))
    if inverse is None:
        return None
    if inverse.value is None:
        return Backward(
            key, kind, nested, inverse, plan(tuple(holder for holder, _ in inverse.holders), nested.shape), None
        )
    ((holder, _),) = inverse.holders
    value = by_name(holder)[inverse.value].value_class
    assert value is not None and inverse.holder_key is not None
    outside = [(one, inner) for one, inner in nested.shape.nested if inner.relation == inverse.holder_key]
    inside = tuple(pair for pair in nested.shape.nested if pair not in outside)
    holders = [(one, plan((holder,), inner.shape)) for one, inner in outside]
    values = value_plan(cast(Any, value), Shape(nested.shape.properties, inside))
    own = tuple(holders) or ((inverse.holder_key, plan((holder,), Shape())),)
    return Backward(key, kind, nested, inverse, None, values, own)


def _forward(key: str, nested: Nested, row: Property) -> Step:
    many = row.cardinality is Cardinality.MANY
    if isinstance(row.type, Ref):
        return Forward(key, row.name, many, nested, plan(row.type.kinds, nested.shape))
    if row.value_class is None:
        raise BadInput(f"{row.name!r} holds no rows", suggestion="ask for it as a property")
    return Embedded(key, row.name, many, nested, value_plan(cast(Any, row.value_class), nested.shape))


@lru_cache(maxsize=512)
def value_plan(value: type[Any], shape: Shape) -> ValuePlan:
    """The plan of a shape for embedded values of a class."""
    known = by_name(cast(Any, value))
    for name in [*shape.properties, *(nested.relation for _, nested in shape.nested)]:
        if name not in known:
            raise BadInput(f"{value.__name__} has no property {name!r}", suggestion="name a property of the value")
    steps = tuple(_forward(key, nested, known[nested.relation]) for key, nested in shape.nested)
    return ValuePlan(tuple(name for name in known if name in shape.properties), steps)
