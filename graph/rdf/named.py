"""Nodes that have little more than a label: concepts, schemes, documents, and the words of ODRL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from catalog.linked import word as called
from catalog.vocabulary import Term
from graph.rdf import concepts
from graph.rdf.context import Publication
from graph.rdf.tables import CONCEPT as AS_CONCEPT
from graph.rdf.tables import IRI, LANGUAGE, LITERAL, Line, Table, View, typed
from graph.rdf.terms import EU, Subject


@dataclass(frozen=True, slots=True)
class Named:
    """A node by its IRI, with labels in Chinese and English; ``type``, ``scheme`` and ``broader`` are IRIs of concepts.

    ``notation`` is a code; ``number`` its place (from 1) among others.
    """

    iri: str
    zh: str | None = None
    en: str | None = None
    scheme: str | None = None
    type: str | None = None
    notation: str | None = None
    number: int | None = None
    broader: str | None = None


def _iri(of: Named) -> str:
    return of.iri


def _zh(predicate: str) -> Line[Named]:
    return Line(predicate, LANGUAGE, lambda n: (n.zh,), empty=True)  # what is there has a label, be it an empty one


def _en(predicate: str) -> Line[Named]:
    return Line(predicate, LANGUAGE, lambda n: (n.en,), language="en")


_SCHEME: Line[Named] = Line("skos:inScheme", IRI, lambda n: (n.scheme,))
_TYPE: Line[Named] = Line("dct:type", AS_CONCEPT, lambda n: (n.type,))
_NUMBER: Line[Named] = Line(
    "gir:position", LITERAL, lambda n: (None if n.number is None else str(n.number),), "xsd:integer"
)


def _table(name: str, view: View, types: Iterable[str], *lines: Line[Named]) -> Table[Named]:
    return Table(name, view, _iri, (*typed(*types), *lines))


CONCEPT = _table(
    "concept", View.HARVEST, ("skos:Concept",), _zh("skos:prefLabel"), _en("skos:prefLabel"), _SCHEME,
    Line("skos:broader", IRI, lambda n: (n.broader,)),
)  # fmt: skip
SCHEME = _table("scheme", View.HARVEST, ("skos:ConceptScheme",), _zh("dct:title"), _en("dct:title"))
AUTHORITIES: Mapping[str, Table[Named]] = {
    scheme: _table(scheme.removeprefix(EU), View.HARVEST, types, _en("skos:prefLabel"), _SCHEME)
    for scheme, types in concepts.CLASSES.items()
}
"""The EU's authority tables, by IRI."""
AGENT = _table("catalogue's agent", View.HARVEST, ("foaf:Agent",), _zh("foaf:name"), _TYPE)
PLACE = _table(
    "place", View.HARVEST, ("dct:Location", "skos:Concept"), _zh("skos:prefLabel"), _en("skos:prefLabel"),
    Line("skos:notation", LITERAL, lambda n: (n.notation,)),
)  # fmt: skip
DOCUMENT = _table("document", View.HARVEST, ("foaf:Document",))
STANDARD = _table("standard", View.HARVEST, ("dct:Standard",), _en("dct:title"))
MEDIA_TYPE = _table(
    "media type", View.HARVEST, ("dct:MediaType",), Line("rdfs:label", LITERAL, lambda n: (n.notation,))
)  # fmt: skip
LICENCE = _table("licence", View.HARVEST, ("dct:LicenseDocument",), _zh("dct:title"), _en("dct:title"), _TYPE)
PARTY = _table("party", View.FULL, ("odrl:Party",), _zh("skos:prefLabel"), _NUMBER)
PARTIES = _table("parties", View.ALONE, ("odrl:PartyCollection",), _zh("skos:prefLabel"))
EXCEPTION = _table("exception", View.FULL, ("gir:Exception",), _zh("skos:prefLabel"), _NUMBER)
ACTION = _table("action", View.FULL, ("odrl:Action",), _zh("skos:prefLabel"))
OPERAND = _table("left operand", View.FULL, ("odrl:LeftOperand", "skos:Concept"), _zh("skos:prefLabel"))
OPERATOR = _table("operator", View.FULL, ("odrl:Operator",), _zh("skos:prefLabel"))
IN_FORCE = _table("being in force", View.FULL, ("eli:InForce",), _en("skos:prefLabel"))
TABLES = (
    CONCEPT, SCHEME, *AUTHORITIES.values(), AGENT, PLACE, DOCUMENT, STANDARD, MEDIA_TYPE, LICENCE, PARTY, PARTIES,
    EXCEPTION, ACTION, OPERAND, OPERATOR, IN_FORCE,
)  # fmt: skip


def concept(iri: str, label: str) -> Subject:
    """A concept that is called by one Chinese word."""
    return CONCEPT.node(Named(iri, zh=label))


def authority(table: str, iri: str, label: str | None = None) -> Subject:
    """A node of one of the EU's authority tables, or of our own beside it."""
    scheme = f"{EU}{table}"
    label = concepts.LABELS[iri.removeprefix(EU)] if label is None else label
    return AUTHORITIES[scheme].node(Named(iri, en=label, scheme=scheme if iri.startswith(EU) else None))


@lru_cache(maxsize=1024)
def term_node(publication: Publication, scheme: str, word: Term) -> Subject:
    """The concept that stands for a term."""
    return CONCEPT.node(Named(publication.iri(f"id/concept/{scheme}", called(word)), word.zh, word.en))
