"""The allow-list: every label, relationship type and property that Cypher texts may name comes from the field table.

What a caller gives is only ever a parameter. The words of the store's own bookkeeping stand here too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from catalog.records import RECORDS
from catalog.table import Cardinality, Property, RefPath, Scalar, by_name, reference_paths, rows
from catalog.value import Frequency, Jurisdiction
from catalog.vocabulary import Kind

LABELS: Mapping[Kind, str] = {kind: "".join(part.title() for part in kind.value.split("_")) for kind in RECORDS}
"""The node label of each kind: ``DATA_ELEMENT`` → ``DataElement``."""

RANKS: Mapping[Kind, int] = {kind: rank for rank, kind in enumerate(RECORDS)}
"""The place of each kind in the order of writing, as the log is ordered."""

META = frozenset({"revision", "created", "version", "loaded"})
"""The properties every record node carries beside its own; they are those of :class:`graph.shape.Shape`."""

LONG = 1000
"""Characters of a text that a range index holds whole."""

UNASKED = frozenset({(Kind.FIELD, one) for one in ("position", "share_type", "open_to_public")})
"""Properties without an index where the field table would have one: nobody finds or orders items by them alone, items
are nine in ten of all records, and each index costs a large change set half a kilobyte of the server's heap an item."""

SEARCH_INDEX = "texts"
NAMED, ALIAS, SAYS = "NAMED", "ALIAS", "SAYS"
"""Edges from a record to the (:Text) nodes it is found by: its name, others (those are :Name too), and other texts."""

NAMES = f"{NAMED}|{ALIAS}"
ALL_TEXTS = f"{NAMES}|{SAYS}"


@dataclass(frozen=True, slots=True)
class Edge:
    """How one reference of one kind stands in the graph."""

    kind: Kind
    path: RefPath
    shared: bool

    @property
    def type(self) -> str:
        return self.path.ref.edge

    def pattern(self, holder: str, edge: str, target: str, properties: str = "") -> str:
        """``(h)-[e:TYPE]->(t)``, or the other way for references that the graph turns round."""
        middle = f"[{edge}:{self.type}{properties}]"
        return f"({holder})<-{middle}-({target})" if self.path.ref.reverse else f"({holder})-{middle}->({target})"

    def condition(self, edge: str) -> str | None:
        """What tells this reference from others of the same edge type, None where the type does."""
        return f"{edge}.path = '{self.path.dotted}'" if self.shared else None


@cache
def edges(kind: Kind) -> Mapping[str, Edge]:
    """The references of a kind by their dotted path."""
    found = reference_paths(kind)
    types = Counter(path.ref.edge for path in found)
    return {path.dotted: Edge(kind, path, types[path.ref.edge] > 1) for path in found}


@cache
def holders_of(edge_type: str, target: Kind) -> frozenset[Kind]:
    """The kinds whose references of this type may lead to the target kind: one means that no label is needed."""
    return frozenset(
        kind for kind in RECORDS for edge in edges(kind).values()
        if edge.type == edge_type and target in edge.path.ref.kinds
    )  # fmt: skip


def plain(row: Property) -> bool:
    """Whether the node holds the value itself: not a list, not JSON."""
    return row.cardinality is not Cardinality.MANY and row.value_class is None


@cache
def indexed(kind: Kind) -> tuple[str, ...]:
    """The node properties with a range index (property, id): equality with a keyset, or an order, without a sort."""
    found: list[str] = []
    for row in rows(kind):
        if not row.indexed or row.name == "id" or (kind, row.name) in UNASKED:
            continue
        if row.value_class is Jurisdiction:
            found += [f"{row.name}_code", f"{row.name}_name"]
        elif row.value_class is Frequency:
            found.append(f"{row.name}_code")
        elif plain(row):
            found.append(row.name)
    return (*found, "folded") if own_name(kind) else tuple(found)


def key(value: str) -> str:
    """What stands for a text in a range index, which takes no more than eight kilobytes: itself, if it is not long."""
    if len(value) <= LONG:
        return value
    return value[:LONG] + hashlib.blake2b(value.encode(), digest_size=16).hexdigest()


@cache
def keyed(kind: Kind) -> frozenset[str]:
    """The properties whose long values are kept whole in the property ``long``, by their key under their own name."""
    table = by_name(kind)
    return frozenset(name for name in indexed(kind) if name in table and table[name].type is Scalar.TEXT)


def own_name(kind: Kind) -> str | None:
    """The property that is the record's own name."""
    return next((name for name in ("name", "title") if name in by_name(kind)), None)


@dataclass(frozen=True, slots=True)
class Column:
    """A node property that tests and orders read, and what stands for its absence in an order."""

    name: str
    required: bool
    integer: bool


def column(kind: Kind, name: str) -> Column:
    """The node property for a property of the table; of embedded values, the code. Raises KeyError for others."""
    if name in META:
        return Column(name, True, name != "loaded")
    row = by_name(kind)[name]
    if row.value_class is not None:
        if row.value_class not in (Jurisdiction, Frequency):
            raise KeyError(name)
        return Column(f"{name}_code", False, False)
    return Column(name, row.cardinality is Cardinality.ONE, row.type is Scalar.INTEGER)
