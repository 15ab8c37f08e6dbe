"""What the full view says of a record beside the tables, so that it can be read back whole (:mod:`catalog.linked`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catalog.codec import Row
from catalog.linked import BESIDE, class_of, predicate, scheme, step
from catalog.statements import Kept, of
from catalog.table import ObjectKind, Property, Ref, Scalar, by_name, value_rows
from catalog.value import MetadataValue
from catalog.vocabulary import Kind, Term
from graph.rdf.context import Publication
from graph.rdf.lines import Thing, full, held
from graph.rdf.links import law
from graph.rdf.named import term_node
from graph.rdf.table import term
from graph.rdf.tables import IRI, Line, Table, View, typed
from graph.rdf.terms import Iri, Literal, Statement, Subject, compact, expand
from graph.rdf.titles import given

DATATYPES = {Scalar.BOOLEAN: "xsd:boolean", Scalar.INTEGER: "xsd:integer", Scalar.DATE: "xsd:date"}
"""The datatypes of plain values."""
ELEMENT = full(
    "element kept", *typed(class_of(MetadataValue)), held("element", "gir:element"), held("value", "gir:value")
)  # fmt: skip
KEPT: Table[Thing] = Table(
    "dataset with elements kept", View.FULL, lambda t: t.iri,
    (Line("gir:metadata", IRI, lambda t: (t.below(step("metadata", n)) for n in range(1, t.number + 1))),),
    adds_to=("dcat:Dataset",),
)  # fmt: skip
TABLES = (ELEMENT, KEPT)


def whole(thing: Thing, kind: Kind) -> tuple[list[Statement], list[Subject]]:
    """The statements of a record that are said beside, and the nodes of the values that they name."""
    statements: list[Statement] = []
    nodes: list[Subject] = []
    for name in BESIDE[kind]:
        if kind is Kind.FIELD and thing.row[name] == "UNDECLARED":
            continue  # most items declare nothing of their own, and it is the default
        if name == "reading" and thing.row["reading"] == thing.row["text"]:
            continue
        statements += _said(thing, predicate(kind, name), by_name(kind)[name], nodes)
    return list(dict.fromkeys(statements)), nodes


def joined(subject: Subject, thing: Thing, kind: Kind) -> Iterator[Subject]:
    """A node with what is said beside, and the nodes of that."""
    statements, nodes = whole(thing, kind)
    yield Subject(subject.iri, (*subject.statements, *statements))
    yield from nodes


def _said(thing: Thing, predicate_: str, row: Property, nodes: list[Subject]) -> Iterator[Statement]:
    held = thing.row.get(row.name)
    listed: list[Any] = held if isinstance(held, list) else [held]
    for number, each in enumerate(listed, start=1):
        if each is None or each == "":
            continue
        if isinstance(row.type, Ref):
            if each.get("cleared", True):
                yield predicate_, Iri(thing.publication.id(each["id"]))
        elif isinstance(row.type, type) and issubclass(row.type, Term):
            found = term_node(thing.publication, scheme(row), row.type(each))
            nodes.append(found)
            yield predicate_, Iri(found.iri)
        elif (value := row.value_class) is not None:
            below = Thing(thing.publication, each, thing.below(step(row.name, number)), number)
            said: list[Statement] = [("rdf:type", Iri(expand(class_of(value))))]
            for inner in value_rows(value):
                said += _said(below, predicate(value, inner.name), inner, nodes)
            nodes.append(Subject(below.iri, tuple(said)))
            yield predicate_, Iri(below.iri)
        else:
            assert isinstance(row.type, Scalar)
            text = ("true" if each else "false") if isinstance(each, bool) else str(each)
            yield predicate_, term(ObjectKind.LITERAL, text, DATATYPES.get(row.type))


def kept(publication: Publication, dataset: str, row: Row) -> Iterator[Subject]:
    """What another catalogue said and no property has a place for: said again, and as elements to be read back by.

    The rest of the metadata, the cells of a sheet, is not published. Nothing is said of nodes of our own.
    """
    elements = [each for each in row["metadata"] if of(each["element"], each["value"]) is not None]
    found = [one for each in elements if (one := of(each["element"], each["value"])) is not None]
    said: dict[str, list[Statement]] = {}
    legislation, laws = expand("dcatap:applicableLegislation"), {law(publication, one) for one in row["basis"]}
    titled = {(expand(name), language.lower(), words) for (name, language), words in given(row["metadata"]).items()}
    for one in found:
        if one.subject is None and (one.predicate, (one.language or "").lower(), one.value) in titled:
            continue  # rows of the harvest view say it
        if one.subject is None and one.predicate == legislation and one.value in laws:
            continue  # and so they do of a law that is held
        subject = dataset if one.subject is None else _node(dataset, one.subject)
        if subject == dataset or subject.startswith(f"{dataset}/") or not subject.startswith(publication.base):
            said.setdefault(subject, []).append(_statement(dataset, one))
    if elements:
        said.setdefault(dataset, []).extend(KEPT.statements(Thing(publication, row, dataset, len(elements))))
    for subject, statements in said.items():
        yield Subject(subject, tuple(dict.fromkeys(statements)))
    for number, each in enumerate(elements, start=1):
        yield ELEMENT.node(Thing(publication, each, f"{dataset}/{step('metadata', number)}"))


def _node(dataset: str, name: str) -> str:
    return f"{dataset}/kept/{name[2:]}" if name.startswith("_:") else name


def _statement(dataset: str, one: Kept) -> Statement:
    said = compact(one.predicate)
    if not one.literal:
        return said, Iri(_node(dataset, one.value))
    return said, Literal(one.value, compact(one.datatype) if one.datatype else None, one.language)
