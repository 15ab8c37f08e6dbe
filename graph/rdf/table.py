"""The one declarative table of the harvest view: which statement is made of which node, and what its object is.

A row says predicate, what its object is (IRI, concept, literal, literal with a language), datatype and where the value
comes from. Rows for properties of records take predicate and kind from :mod:`catalog.properties`; the others are for
nodes that DCAT has and the catalogue does not: distribution, record, rights. Source: DCAT-AP 3.0.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from catalog.table import ObjectKind, by_name
from catalog.vocabulary import Kind
from graph.rdf import concepts
from graph.rdf.context import Entry
from graph.rdf.describe import description, publisher, rights
from graph.rdf.terms import EU, Iri, Literal, Statement, Term, expand

KEYWORD = re.compile(r"[\w .-]{2,100}")
"""What CKAN takes as a keyword; a dataset with any other is rejected whole."""


class Node(StrEnum):
    """The nodes that one resource gives."""

    CATALOGUE = "id/catalog/main"
    RECORD = "id/record/{slug}"
    DATASET = "id/resource/{slug}"
    DISTRIBUTION = "id/distribution/{slug}-{index}"
    SCHEMA = "id/schema/{slug}"
    POLICY = "id/policy/{slug}"
    IDENTIFIER = "id/identifier/{slug}"
    RIGHTS = "id/concept/rights-{slug}"
    LANDING = "resource/{slug}"


Value = Callable[[Entry], Iterable[str | None]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    node: Node
    predicate: str
    object: ObjectKind
    value: Value
    datatype: str | None = None

    def statements(self, entry: Entry) -> Iterator[Statement]:
        """The statements this row makes of an entry."""
        for value in self.value(entry):
            if value:
                yield self.predicate, term(entry, self.object, value, self.datatype)


def term(entry: Entry, kind: ObjectKind, value: str, datatype: str | None = None) -> Term:
    """The object of a statement. A concept or IRI that is not absolute is a path below the base."""
    match kind:
        case ObjectKind.LANGUAGE:
            return Literal(value, language="zh-Hans")
        case ObjectKind.LITERAL:
            return Literal(value, datatype=datatype)
        case _:
            return Iri(value if "://" in value or value.startswith("mailto:") else entry.publication.iri(value))


def _property(name: str, value: Value) -> Row:
    rdf = by_name(Kind.RESOURCE)[name].rdf
    assert rdf is not None, name
    return Row(Node.DATASET, rdf.predicate, rdf.object, value, rdf.datatype)


def _of(name: str) -> Value:
    return lambda entry: (entry.row[name],)


def _types(node: Node, *names: str) -> tuple[Row, ...]:
    return tuple(Row(node, "rdf:type", ObjectKind.CONCEPT, _always(expand(name))) for name in names)


def _always(value: str) -> Value:
    return lambda _: (value,)


def _node(node: Node) -> Value:
    return lambda entry: (node.format(slug=entry.slug, index=0),)


def _theme(entry: Entry) -> Iterator[str]:
    yield f"{EU}data-theme/{concepts.THEME.get(entry.row['category'] or '', concepts.OTHER_THEME)}"


def _keywords(entry: Entry) -> Iterator[str]:
    words = (entry.row["name"], entry.row["category"] or "")
    found = [part.strip() for word in words for part in KEYWORD.findall(word)]
    yield from dict.fromkeys(part for part in found if len(part) > 1)
    if not any(len(part) > 1 for part in found):
        yield "政务信息"


def _frequency(entry: Entry) -> Iterator[str]:
    frequency = entry.row["update_frequency"]
    yield f"{EU}frequency/{concepts.FREQUENCY[frequency['code']] if frequency else concepts.UNKNOWN_FREQUENCY}"


def _spatial(entry: Entry) -> Iterator[str]:
    place = entry.row["jurisdiction"]
    yield f"id/area/{place['code'] or place['name']}" if place else f"{EU}country/CHN"


def _legislation(entry: Entry) -> Iterator[str]:
    for citation in entry.row["basis"]:
        target = citation["provision"] or citation["regulation"]
        if target:
            yield f"id/{target['id']}"


def _creators(entry: Entry) -> Iterator[str]:
    seen = {f"id/{publisher(entry)}"}
    for held in entry.row["responsibilities"]:
        path = f"id/{held['agency']['id']}"
        if path not in seen:
            seen.add(path)
            yield path


def _mail(entry: Entry) -> Iterator[str]:
    yield f"id/contact/{entry.slug}"


TABLE: tuple[Row, ...] = (
    Row(Node.CATALOGUE, "dcat:dataset", ObjectKind.IRI, _node(Node.DATASET)),
    Row(Node.CATALOGUE, "dcat:record", ObjectKind.IRI, _node(Node.RECORD)),
    *_types(Node.RECORD, "dcat:CatalogRecord"),
    Row(Node.RECORD, "foaf:primaryTopic", ObjectKind.IRI, _node(Node.DATASET)),
    Row(Node.RECORD, "dct:issued", ObjectKind.LITERAL, lambda e: (e.issued,), "xsd:date"),
    Row(Node.RECORD, "dct:modified", ObjectKind.LITERAL, lambda e: (e.row["loaded"],), "xsd:dateTime"),
    Row(Node.RECORD, "dct:conformsTo", ObjectKind.IRI, _always("http://data.europa.eu/r5r/")),
    Row(Node.RECORD, "adms:status", ObjectKind.CONCEPT, _always("id/concept/record-status/published")),
    *_types(Node.DATASET, "dcat:Dataset", "dcat:Resource"),
    Row(Node.DATASET, "dct:identifier", ObjectKind.LITERAL, lambda e: (e.slug,)),
    _property("code", lambda e: (Node.IDENTIFIER.format(slug=e.slug) if e.row["code"] else None,)),
    _property("name", _of("name")),
    _property("aliases", lambda e: e.row["aliases"]),
    _property("summary", lambda e: (description(e),)),
    Row(Node.DATASET, "dcat:keyword", ObjectKind.LANGUAGE, _keywords),
    Row(Node.DATASET, "dcat:theme", ObjectKind.CONCEPT, _theme),
    _property("category", lambda e: (f"id/concept/class/{e.row['category']}" if e.row["category"] else None,)),
    Row(Node.DATASET, "dct:publisher", ObjectKind.IRI, lambda e: (f"id/{publisher(e)}",)),
    Row(Node.DATASET, "dct:creator", ObjectKind.IRI, _creators),
    _property("contact", _mail),
    Row(Node.DATASET, "dct:issued", ObjectKind.LITERAL, lambda e: (e.issued,), "xsd:date"),
    Row(Node.DATASET, "dct:modified", ObjectKind.LITERAL, lambda e: (e.modified,), "xsd:date"),
    _property("update_frequency", _frequency),
    Row(Node.DATASET, "dct:language", ObjectKind.CONCEPT, _always(f"{EU}language/ZHO")),
    _property("jurisdiction", _spatial),
    _property("open_to_public", lambda e: (f"{EU}access-right/{concepts.ACCESS_RIGHT[e.row['open_to_public']]}",)),
    _property("share_type", lambda e: (f"id/concept/share-type/{concepts.SHARE_TYPE[e.row['share_type']]}",)),
    Row(Node.DATASET, "odrl:hasPolicy", ObjectKind.IRI, _node(Node.POLICY)),
    _property("basis", _legislation),
    Row(Node.DATASET, "dct:conformsTo", ObjectKind.IRI, _node(Node.SCHEMA)),
    Row(Node.DATASET, "dcat:landingPage", ObjectKind.IRI, _node(Node.LANDING)),
    *_types(Node.SCHEMA, "dct:Standard"),
    Row(Node.SCHEMA, "dct:title", ObjectKind.LANGUAGE, lambda e: (f"{e.row['name']}：信息项",)),
    *_types(Node.POLICY, "odrl:Policy", "odrl:Offer"),
    *_types(Node.LANDING, "foaf:Document"),
    *_types(Node.RIGHTS, "dct:RightsStatement"),
    Row(Node.RIGHTS, "rdfs:label", ObjectKind.LANGUAGE, lambda e: (rights(e),)),
)
"""The rows of the harvest view, in the order in which they are written."""

__all__ = ["TABLE", "Node", "Row", "term"]
