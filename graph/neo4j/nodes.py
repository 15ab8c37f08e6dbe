"""Records as nodes and back: scalars and lists of strings as they are, embedded values as JSON under their own name.

Null and empty lists are absent properties. References are properties too, beside their edges: a row is read from its
node alone, and tests on references use range indexes. A text too long for a range index stands there by its key,
whole in the property ``long``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec

from catalog.codec import Row
from catalog.table import Cardinality, by_name, rows
from catalog.text import fold
from catalog.value import Frequency, Jurisdiction
from catalog.vocabulary import Kind
from graph.neo4j.words import LONG, META, key, keyed, own_name

Decode = Callable[[Any], Any]


def digest(body: bytes) -> str:
    """What tells a record from another: 128 bits of its canonical JSON."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def to_node(kind: Kind, row: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a record's node, without those of bookkeeping."""
    plain, embedded, long_ones, name = _columns(kind)
    node: dict[str, Any] = {one: value for one in plain if (value := row[one]) is not None and value != []}
    long: dict[str, str] = {}
    for one in long_ones:
        if one in node and len(node[one]) > LONG:
            long[one], node[one] = node[one], key(node[one])
    for one, value_class in embedded:
        value = row[one]
        if value is None or value == []:
            continue
        node[one] = msgspec.json.encode(value).decode()
        if value_class is Jurisdiction:
            node[f"{one}_name"] = value["name"]
        if value_class in (Jurisdiction, Frequency) and value["code"] is not None:
            node[f"{one}_code"] = value["code"]
    if name:
        node["folded"] = key(fold(row[name]))
    if long:
        node["long"] = msgspec.json.encode(long).decode()
    return node


@cache
def properties(kind: Kind) -> tuple[str, ...]:
    """Every property that a node of a kind may have, in an order that is always the same."""
    plain, embedded, long_ones, name = _columns(kind)
    beside = [f"{one}_name" for one, value_class in embedded if value_class is Jurisdiction]
    beside += [f"{one}_code" for one, value_class in embedded if value_class in (Jurisdiction, Frequency)]
    beside += [*(["folded"] if name else []), *(["long"] if long_ones else [])]
    return (*plain, *(one for one, _ in embedded), *beside, "digest", *sorted(META))


@cache
def _columns(kind: Kind) -> tuple[tuple[str, ...], tuple[tuple[str, type[Any]], ...], tuple[str, ...], str | None]:
    """The properties of a kind held as they are, those embedded, those that may be too long for an index, its name."""
    plain = tuple(column.name for column in rows(kind) if column.value_class is None)
    embedded = tuple((column.name, held) for column in rows(kind) if (held := column.value_class) is not None)
    return plain, embedded, tuple(one for one in plain if one in keyed(kind)), own_name(kind)


@cache
def decoder(kind: Kind, name: str) -> Decode | None:
    """What turns a node property into the row's value; None where they are the same."""
    if name in META:
        return None
    row = by_name(kind)[name]
    many = row.cardinality is Cardinality.MANY
    if row.value_class is None:
        return _listed if many else None
    return _json_list if many else _json


def _listed(value: Any) -> Any:
    return value or []


def _json(value: Any) -> Any:
    return None if value is None else msgspec.json.decode(value)


def _json_list(value: Any) -> Any:
    return [] if value is None else msgspec.json.decode(value)


def from_node(kind: Kind, node: Mapping[str, Any]) -> Row:
    """The whole row of a record's node."""
    row: Row = {}
    for column in rows(kind):
        value = node.get(column.name)
        decode = decoder(kind, column.name)
        row[column.name] = decode(value) if decode else value
    if node.get("long"):
        row |= msgspec.json.decode(node["long"])
    return row
