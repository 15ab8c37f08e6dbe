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

from catalog.codec import Row, encode
from catalog.table import Cardinality, by_name, rows
from catalog.text import fold
from catalog.value import Frequency, Jurisdiction
from catalog.vocabulary import Kind
from graph.neo4j.words import LONG, META, key, keyed, own_name

Decode = Callable[[Any], Any]


def digest(row: Mapping[str, Any]) -> str:
    """What tells a row from another: 128 bits of its canonical JSON."""
    return hashlib.blake2b(encode(row), digest_size=16).hexdigest()


def to_node(kind: Kind, row: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a record's node, without those of bookkeeping."""
    node: dict[str, Any] = {}
    long: dict[str, str] = {}
    for column in rows(kind):
        value = row[column.name]
        if value is None or value == []:
            continue
        if column.value_class is None:
            if column.name in keyed(kind) and len(value) > LONG:
                long[column.name], value = value, key(value)
            node[column.name] = value
            continue
        node[column.name] = msgspec.json.encode(value).decode()
        if column.value_class is Jurisdiction:
            node[f"{column.name}_name"] = value["name"]
        if column.value_class in (Jurisdiction, Frequency) and value["code"] is not None:
            node[f"{column.name}_code"] = value["code"]
    if name := own_name(kind):
        node["folded"] = key(fold(row[name]))
    if long:
        node["long"] = msgspec.json.encode(long).decode()
    node["digest"] = digest(row)
    return node


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
