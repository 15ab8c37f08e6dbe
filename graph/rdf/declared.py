"""Everything that the product says in RDF of its own accord, as the tables declare it: one entry a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from catalog.linked import BESIDE, class_of, predicate
from catalog.table import ObjectKind, Property, Ref, Scalar, by_name, value_rows
from catalog.vocabulary import Kind, Term
from graph.rdf import about, columns, law, measures, named, nodes, offer, paging, public_services, rules, stream, whole
from graph.rdf.national import NATIONAL
from graph.rdf.table import TABLE, ZH, Row
from graph.rdf.tables import TYPE, Table, View

CLASSES = {
    Kind.AGENCY: nodes.AGENT.classes,
    Kind.REGULATION: law.REGULATION.classes,
    Kind.PROVISION: law.PROVISION_TABLE.classes,
    Kind.RESOURCE: ("dcat:Dataset",),
    Kind.FIELD: columns.FIELD.classes,
}
"""The classes of the nodes of the kinds that say more beside (:data:`catalog.linked.BESIDE`)."""
TABLES: tuple[Table[Any], ...] = (
    *nodes.TABLES, *named.TABLES, paging.CONTROL, *stream.TABLES, *law.TABLES, *rules.TABLES, *offer.TABLES,
    *public_services.TABLES, *measures.TABLES, *columns.TABLES, *whole.TABLES, about.TOMBSTONE,
)  # fmt: skip
"""The tables beside that of a resource's own nodes."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A statement that may be said: of nodes of some classes, under a predicate, with objects of one kind.

    ``table`` names the sort of node; ``types`` are the classes that a row of types may give.
    """

    table: str
    view: str
    classes: tuple[str, ...]
    predicate: str
    object: ObjectKind
    datatype: str | None = None
    language: str | None = None
    types: tuple[str, ...] = ()


def declared() -> tuple[Declared, ...]:
    """Every row of every table, those of the harvest view first."""
    own = (*_own(TABLE, View.HARVEST), *_own([row for row in NATIONAL.rows if row not in TABLE], NATIONAL.name))
    return (*own, *(each for table in TABLES for each in _rows(table)), *_beside())


def _own(rows: tuple[Row, ...] | list[Row], view: str) -> Iterator[Declared]:
    classes = {row.node: tuple(c for one in TABLE if one.node is row.node for c in one.classes) for row in TABLE}
    for row in rows:
        of = classes[row.node] or nodes.CATALOGUE.classes
        language = _language(row.object) and row.language
        yield Declared(row.node.name.lower(), view, of, row.predicate, row.object, row.datatype, language, row.classes)


def _rows(table: Table[Any]) -> Iterator[Declared]:
    for line in table.lines:
        language = _language(line.object) and line.language
        yield Declared(
            table.name, table.view, table.classes, line.predicate, line.object, line.datatype, language, line.classes
        )


def _beside() -> Iterator[Declared]:
    """What :mod:`graph.rdf.whole` says by the field table."""
    seen: set[type[Any]] = set()
    for kind, names in BESIDE.items():
        for name in names:
            yield from _said(kind.value.lower(), CLASSES[kind], predicate(kind, name), by_name(kind)[name], seen)


def _said(table: str, classes: tuple[str, ...], said: str, row: Property, seen: set[type[Any]]) -> Iterator[Declared]:
    value = row.value_class
    if isinstance(row.type, Ref) or value is not None:
        yield Declared(table, View.FULL, classes, said, ObjectKind.IRI)
    elif isinstance(row.type, type) and issubclass(row.type, Term):
        yield Declared(table, View.FULL, classes, said, ObjectKind.CONCEPT)
    else:
        assert isinstance(row.type, Scalar)
        yield Declared(table, View.FULL, classes, said, ObjectKind.LITERAL, whole.DATATYPES.get(row.type))
    if value is not None and value not in seen:
        seen.add(value)
        types = (class_of(value),)
        yield Declared(value.__name__, View.FULL, types, TYPE, ObjectKind.CONCEPT, types=types)
        for inner in value_rows(value):
            yield from _said(value.__name__, types, predicate(value, inner.name), inner, seen)


def _language(kind: ObjectKind) -> str | None:
    return ZH if kind is ObjectKind.LANGUAGE else None
