"""The one field table: how its rows look and how they are found. The rows stand in :mod:`catalog.properties`.

GraphQL descriptions, RDF, spreadsheet headings, storage and docs derive from the rows; a test ties them to the record
classes, to the contract and to the shapes.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import Any, TypeAlias

from catalog.vocabulary import Kind, Term


class Scalar(StrEnum):
    """The plain types of a property."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"


class Cardinality(Enum):
    """How many values a property has."""

    ONE = "exactly one"
    OPTIONAL = "at most one"
    MANY = "any number, in order"


class ObjectKind(StrEnum):
    """What an RDF object is: declared per row, never guessed from the text."""

    IRI = "iri"
    CONCEPT = "concept"
    LITERAL = "literal"
    LANGUAGE = "literal with language zh-Hans"


@dataclass(frozen=True, slots=True)
class Ref:
    """A property that holds identifiers of other records.

    ``edge`` is the relationship type in the graph; ``reverse`` says that the edge points from the target to the holder;
    ``carries`` names properties beside the reference that the edge carries (roles, position).
    """

    kinds: tuple[Kind, ...]
    edge: str
    reverse: bool = False
    carries: tuple[str, ...] = ()


PropertyType: TypeAlias = "Scalar | Ref | type[Any]"


@dataclass(frozen=True, slots=True)
class Rdf:
    """How a property is said in RDF: a prefixed predicate and what its object is."""

    predicate: str
    object: ObjectKind
    datatype: str | None = None
    full_only: bool = False


@dataclass(frozen=True, slots=True)
class Property:
    """One row: a property of a kind of record or value.

    ``name`` is that of the dataclass field, ``graphql`` that of the contract. ``indexed`` says that stores answer tests
    and orders on it without reading every record. ``headings`` are the spreadsheet headings that mean it, the first one
    written by exports.
    """

    name: str
    type: PropertyType
    cardinality: Cardinality
    zh: str
    en: str
    graphql: str
    rdf: Rdf | None = None
    headings: tuple[str, ...] = ()
    indexed: bool = False

    @property
    def description(self) -> str:
        """An English sentence with the Chinese term, for GraphQL and docs."""
        return f"{self.en[0].upper()}{self.en[1:]} ({self.zh})."

    @property
    def is_term(self) -> bool:
        """Whether the values are members of a closed vocabulary."""
        return isinstance(self.type, type) and issubclass(self.type, Term)

    @property
    def value_class(self) -> builtins.type[Any] | None:
        """The class of an embedded value, or None for scalars, terms and references."""
        return self.type if isinstance(self.type, type) and not self.is_term and self.type is not str else None


def camel(name: str) -> str:
    """``update_frequency`` → ``updateFrequency``."""
    head, *tail = name.split("_")
    return head + "".join(part.title() for part in tail)


@dataclass(frozen=True, slots=True)
class RefPath:
    """A reference at any depth of a record: ``("responsibilities", "citation", "provision")``."""

    path: tuple[str, ...]
    ref: Ref
    many: bool

    @property
    def dotted(self) -> str:
        """The path as one word, as links and shapes name it."""
        return ".".join(self.path)


def rows(kind: Kind) -> tuple[Property, ...]:
    """The rows of a kind of record, in the order of the dataclass."""
    from catalog.properties import PROPERTIES

    return PROPERTIES[kind]


def value_rows(value: type[Any]) -> tuple[Property, ...]:
    """The rows of a class of embedded values."""
    from catalog.properties import VALUES

    return VALUES[value]


@cache
def by_name(owner: Kind | type[Any]) -> Mapping[str, Property]:
    """The rows of a kind or value class by the dataclass's names."""
    found = rows(owner) if isinstance(owner, Kind) else value_rows(owner)
    return {row.name: row for row in found}


@cache
def reference_paths(kind: Kind) -> tuple[RefPath, ...]:
    """Every reference that records of this kind can hold, those inside embedded values included, in table order."""

    def walk(found: tuple[Property, ...], prefix: tuple[str, ...], many: bool) -> Iterator[RefPath]:
        for row in found:
            several = many or row.cardinality is Cardinality.MANY
            if isinstance(row.type, Ref):
                yield RefPath((*prefix, row.name), row.type, several)
            elif (value := row.value_class) is not None:
                yield from walk(value_rows(value), (*prefix, row.name), several)

    return tuple(walk(rows(kind), (), False))
