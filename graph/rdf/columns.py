"""What the full view adds to a resource: its items as columns and shapes, and who does what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.codec import Row
from catalog.identifiers import slug
from catalog.vocabulary import Allocation, Confidence, Kind, Role
from graph.rdf import measures, offer, public_services
from graph.rdf.context import Entry, Publication
from graph.rdf.lines import Thing, concept, declared, full, held
from graph.rdf.named import term_node
from graph.rdf.rules import CITED
from graph.rdf.table import Node
from graph.rdf.tables import IRI, LANGUAGE, LITERAL, Line, Table, View, typed
from graph.rdf.terms import Subject, expand
from graph.rdf.whole import joined, kept

_TYPES = {"字符": "string", "文本": "string", "数值": "decimal", "整": "integer", "日期": "date", "布尔": "boolean"}


def _path(thing: Thing) -> Iterator[str]:
    element = thing.row["data_element"]
    yield thing.publication.id(element["id"] if element else thing.row["id"])


def _datatype(thing: Thing) -> Iterator[str]:
    printed = thing.row["data_type"] or ""
    if found := next((name for word, name in _TYPES.items() if word in printed), None):
        yield expand(f"xsd:{found}")


def _length(thing: Thing) -> Iterator[str]:
    if (found := re.fullmatch(r"\d{1,9}", thing.row["length"] or "")) and "string" in "".join(_datatype(thing)):
        yield found[0]


FIELD = full(
    "item",
    *typed("csvw:Column", "sh:PropertyShape", "rdf:Property"),
    Line("csvw:name", LITERAL, lambda t: (slug(t.row["id"]).rpartition("-")[2],)),
    declared(Kind.FIELD, "name"),
    Line(declared(Kind.FIELD, "data_element").predicate, IRI, _path),
    Line("sh:path", IRI, _path),
    held("name", "sh:name", LANGUAGE),
    held("position", "sh:order", LITERAL, "xsd:integer"),
    Line("sh:datatype", IRI, _datatype),
    Line("sh:maxLength", LITERAL, _length, "xsd:integer"),
    held("text", "gir:text", LANGUAGE),
    held("aliases", "skos:altLabel", LANGUAGE),
    held("data_type", "gir:dataType"),
    held("length", "gir:length"),
    held("allowed_values", "gir:allowedValue", LANGUAGE),
    held("parts", "gir:part", LANGUAGE),
    held("qualifier", "gir:qualifier", LANGUAGE),
    held("applicability", "gir:applicability", LANGUAGE),
    held("identity_key", "gir:identityKey", LITERAL, "xsd:boolean"),
)
ATTRIBUTION = full(
    "attribution",
    *typed("prov:Attribution"),
    Line("prov:agent", IRI, lambda t: (t.publication.id(t.row["agency"]["id"]),)),
    concept("roles", "dcat:hadRole", "role"),
    concept("allocation", "gir:allocation", "allocation"),
    concept("confidence", "gir:confidence", "confidence"),
    held("literal", "gir:text", LANGUAGE),
    Line("gir:position", LITERAL, lambda t: (str(t.number),), "xsd:integer"),
    *CITED,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the list of a resource's columns: its number, what it holds, and how many there are."""

    schema: str
    number: int
    column: str
    count: int


def _columns(entry: Entry) -> Iterator[str]:
    return (entry.publication.id(each["id"]) for each in entry.row["fields"])


def _keys(entry: Entry) -> Iterator[str]:
    return (slug(each["id"]).rpartition("-")[2] for each in entry.row["fields"] if each["identity_key"])


def _rest(cell: Cell) -> Iterator[str]:
    yield f"{cell.schema}/l{cell.number + 1}" if cell.number < cell.count else expand("rdf:nil")


def _held(entry: Entry) -> list[Thing]:
    """The responsibilities for a resource."""
    return [
        Thing(entry.publication, held_by, f"{Node.DATASET.iri(entry)}/role-{number}", number)
        for number, held_by in enumerate(entry.row["responsibilities"], start=1)
    ]


SCHEMA: Table[Entry] = Table(
    "table schema", View.FULL, Node.SCHEMA.iri,
    (
        *typed("csvw:Schema", "sh:NodeShape"),
        Line("csvw:column", IRI, lambda e: (f"{Node.SCHEMA.iri(e)}/l1",)),
        Line("csvw:primaryKey", LITERAL, _keys),
        Line("sh:property", IRI, _columns),
    ),
)  # fmt: skip
CELL: Table[Cell] = Table(
    "cell of the columns", View.FULL, lambda c: f"{c.schema}/l{c.number}",
    (
        *typed("rdf:List"),
        Line("rdf:first", IRI, lambda c: (c.column,)),
        Line("rdf:rest", IRI, _rest),
    ),
)  # fmt: skip
ATTRIBUTED: Table[Entry] = Table(
    "dataset with attributions", View.FULL, Node.DATASET.iri,
    (Line("prov:qualifiedAttribution", IRI, lambda e: (thing.iri for thing in _held(e))),), adds_to=("dcat:Dataset",),
)  # fmt: skip
TABLES: tuple[Table[Thing] | Table[Entry] | Table[Cell], ...] = (FIELD, ATTRIBUTION, SCHEMA, CELL, ATTRIBUTED)


def additions(entry: Entry) -> Iterator[Subject]:
    """The nodes of one resource that only the full view has, and what it says more of the others."""
    yield from _schema(entry)
    yield from _attributions(entry)
    yield from offer.rules(entry)
    yield from public_services.services(entry)
    yield from measures.measurements(entry)
    thing = Thing(entry.publication, entry.row)
    yield from joined(Subject(thing.iri, ()), thing, Kind.RESOURCE)
    yield from kept(entry.publication, thing.iri, entry.row)


def terms(entry: Entry) -> Iterator[Subject]:
    """The terms that the additions refer to; the caller writes each once."""
    for held_by in entry.row["responsibilities"]:
        for role in held_by["roles"]:
            yield term_node(entry.publication, "role", Role(role))
        yield term_node(entry.publication, "allocation", Allocation(held_by["allocation"]))
        yield term_node(entry.publication, "confidence", Confidence(held_by["confidence"]))
    yield from offer.terms(entry)
    yield from public_services.types(entry.publication)
    yield from measures.metrics(entry.publication)


def field(publication: Publication, row: Row) -> Iterator[Subject]:
    """An item as a column and a property shape, and the nodes that it alone names."""
    thing = Thing(publication, row)
    yield from joined(FIELD.node(thing), thing, Kind.FIELD)


def _schema(entry: Entry) -> Iterator[Subject]:
    """The items as one table schema and one shape; the cells of the list are nodes with names."""
    fields = entry.row["fields"]
    if not fields:
        return
    yield SCHEMA.node(entry)
    for number, iri in enumerate(_columns(entry), start=1):
        yield CELL.node(Cell(Node.SCHEMA.iri(entry), number, iri, len(fields)))
    for row in fields:
        yield from field(entry.publication, row)


def _attributions(entry: Entry) -> Iterator[Subject]:
    if found := _held(entry):
        yield ATTRIBUTED.node(entry)
    yield from map(ATTRIBUTION.node, found)
