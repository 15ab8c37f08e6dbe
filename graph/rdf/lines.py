"""Rows of the tables about records and the values inside them: what is said of a node, made of one row of the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from catalog.codec import Row
from catalog.table import ObjectKind, Property, Ref, by_name, rows, value_rows
from catalog.vocabulary import Kind
from graph.rdf.context import Publication
from graph.rdf.tables import CONCEPT, IRI, LITERAL, Line, Table, View
from graph.shape import Nested, Shape


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


def full(name: str, *lines: Line[Thing]) -> Table[Thing]:
    """A table of the full view about things."""
    return Table(name, View.FULL, lambda thing: thing.iri, lines)


def held(name: str, predicate: str, kind: ObjectKind = LITERAL, datatype: str | None = None) -> Line[Thing]:
    """A property of the row as it stands; nothing where it is null."""
    return Line(predicate, kind, lambda thing: _texts(thing.row.get(name)), datatype)


def declared(kind: Kind, name: str, datatype: str | None = None) -> Line[Thing]:
    """A property under the predicate that the one field table declares."""
    rdf = by_name(kind)[name].rdf
    assert rdf is not None, name
    return held(name, rdf.predicate, rdf.object, datatype or rdf.datatype)


def refers(name: str, predicate: str) -> Line[Thing]:
    """A reference, or several: nested rows."""
    return Line(predicate, IRI, lambda thing: (thing.publication.id(row["id"]) for row in nested(thing.row, name)))


def concept(name: str, predicate: str, scheme: str) -> Line[Thing]:
    """A term of a closed vocabulary as a concept of ours."""
    return Line(
        predicate,
        CONCEPT,
        lambda thing: (thing.publication.iri(f"id/concept/{scheme}", word) for word in _texts(thing.row.get(name))),
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
