"""RDF terms of the export; names and the encoding of IRIs are those of :mod:`catalog.namespaces`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from catalog.namespaces import EU, NAMESPACES, compact, encode, expand, segment


@dataclass(frozen=True, slots=True)
class Iri:
    """An absolute IRI, already encoded."""

    value: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal: a language-tagged string, one with a datatype (prefixed name), or a plain string."""

    value: str
    datatype: str | None = None
    language: str | None = None


Term: TypeAlias = Iri | Literal
Statement: TypeAlias = tuple[str, Term]
"""A prefixed predicate and an object."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A node of the export with its statements, the types first."""

    iri: str
    statements: tuple[Statement, ...]


__all__ = [
    "EU",
    "NAMESPACES",
    "Iri",
    "Literal",
    "Statement",
    "Subject",
    "Term",
    "compact",
    "encode",
    "expand",
    "segment",
]
