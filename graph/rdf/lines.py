"""Lines of the tables of the full view: what is said of a node, made of one row of a record or of a value inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from catalog.codec import Row
from catalog.linked import word as called
from catalog.table import ObjectKind, Property, Ref, by_name, rows, value_rows
from catalog.vocabulary import Kind, Term
from graph.rdf.context import Publication
from graph.rdf.table import term
from graph.rdf.terms import Iri, Literal, Statement, Subject, expand
from graph.shape import Nested, Shape

LITERAL, LANGUAGE, IRI, CONCEPT = ObjectKind.LITERAL, ObjectKind.LANGUAGE, ObjectKind.IRI, ObjectKind.CONCEPT


@dataclass(frozen=True, slots=True)
class Thing:
    """What a line may ask: the publication, the row, and its number (from 1) where it is one of several in ``of``."""

    publication: Publication
    row: Mapping[str, Any]
    of: str = ""
    number: int = 0

    @property
    def iri(self) -> str:
        """The node's own IRI: the record's, or one below its holder's."""
        return self.of or self.publication.id(self.row["id"])

    def below(self, name: str) -> str:
        """A node of the same thing: its IRI and a step."""
        return f"{self.iri}/{name}"


@dataclass(frozen=True, slots=True)
class Line:
    """A predicate, what its object is, and where the values come from; IRIs are absolute."""

    predicate: str
    object: ObjectKind
    value: Callable[[Thing], Iterable[str | None]]
    datatype: str | None = None

    def statements(self, thing: Thing) -> Iterator[Statement]:
        """The statements of a thing, none of them twice."""
        for value in dict.fromkeys(self.value(thing)):
            if value:
                yield self.predicate, term(self.object, value, self.datatype)


def node(thing: Thing, table: Iterable[Line]) -> Subject:
    """A node as its table says."""
    return Subject(thing.iri, tuple(statement for line in table for statement in line.statements(thing)))


def typed(*names: str) -> tuple[Line, ...]:
    """The types of every node of a table."""
    iris = tuple(expand(name) for name in names)
    return (Line("rdf:type", CONCEPT, lambda _: iris),)


def held(name: str, predicate: str, kind: ObjectKind = LITERAL, datatype: str | None = None) -> Line:
    """A property of the row as it stands; nothing where it is null."""
    return Line(predicate, kind, lambda thing: _texts(thing.row.get(name)), datatype)


def declared(kind: Kind, name: str, datatype: str | None = None) -> Line:
    """A property under the predicate that the one field table declares."""
    rdf = by_name(kind)[name].rdf
    assert rdf is not None, name
    return held(name, rdf.predicate, rdf.object, datatype or rdf.datatype)


def refers(name: str, predicate: str) -> Line:
    """A reference, or several: nested rows."""
    return Line(predicate, IRI, lambda thing: (thing.publication.id(row["id"]) for row in nested(thing.row, name)))


def concept(name: str, predicate: str, scheme: str) -> Line:
    """A term of a closed vocabulary as a concept of ours."""
    return Line(
        predicate,
        CONCEPT,
        lambda thing: (thing.publication.iri(f"id/concept/{scheme}", word) for word in _texts(thing.row.get(name))),
    )


@lru_cache(maxsize=1024)
def term_node(publication: Publication, scheme: str, word: Term) -> Subject:
    """The concept that stands for a term."""
    labels = (Literal(word.zh, language="zh-Hans"), Literal(word.en, language="en"))
    return Subject(
        publication.iri(f"id/concept/{scheme}", called(word)),
        (("rdf:type", Iri(expand("skos:Concept"))), *(("skos:prefLabel", label) for label in labels)),
    )


def nested(row: Mapping[str, Any], name: str) -> list[Row]:
    """The rows nested under a name, none for null."""
    found = row.get(name)
    return found if isinstance(found, list) else [found] if found else []


def _texts(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, bool):
            yield "true" if each else "false"
        elif each is not None:
            yield str(each)


@cache
def whole(kind: Kind) -> Shape:
    """Every property of a kind; of what it refers to, the identifiers."""
    return _whole(rows(kind))


def _whole(found: Iterable[Property]) -> Shape:
    plain, below = set(), []
    for row in found:
        if isinstance(row.type, Ref):
            below.append((row.name, Nested(row.name, Shape())))
        elif (value := row.value_class) is not None and _refers(value):
            below.append((row.name, Nested(row.name, _whole(value_rows(value)))))
        else:
            plain.add(row.name)
    return Shape(frozenset(plain), tuple(below))


def _refers(value: type[Any]) -> bool:
    return any(
        isinstance(row.type, Ref) or (row.value_class is not None and _refers(row.value_class))
        for row in value_rows(value)
    )
