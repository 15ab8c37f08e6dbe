"""Legal texts, their provisions and data elements in ELI's and SKOS's words. Links lead only upward. Full view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

from catalog.codec import Row
from catalog.legal_time import Dated, status_on
from catalog.vocabulary import Kind, LegalStatus, ProvisionKind, RegulationKind
from graph.rdf import describe
from graph.rdf.context import Publication
from graph.rdf.lines import Thing, declared, full, held, nested, refers, whole
from graph.rdf.lines import concept as concepts
from graph.rdf.named import IN_FORCE, SCHEME, Named, concept, term_node
from graph.rdf.tables import CONCEPT, IRI, LANGUAGE, LITERAL, Line, typed
from graph.rdf.terms import Subject, expand
from graph.rdf.whole import joined
from graph.shape import Nested, Shape

_RELATIONS = {"AMENDS": "eli:amends", "REPEALS": "eli:repeals", "SUPERSEDES": "dct:replaces", "CITES": "eli:cites"}
_RELATIONS["IMPLEMENTS"] = "eli:implements"
_BACKWARDS = {"REPEALS": "eli:repealed_by", "SUPERSEDES": "dct:isReplacedBy"}
"""What a text that goes says of the texts that end it: whoever finds it must find out why it is no longer in force."""
PROVISION = Shape(
    frozenset({"label", "provision_kind", "ordinal", "heading", "position", "text", "reading", "span"}),
    (
        *(each for each in whole(Kind.PROVISION).nested if each[0] in ("references", "mentions")),
        ("parent", Nested("parent", Shape())),
        ("regulation", Nested("regulation", Shape(frozenset({"title"})))),
    ),
)
DATES = ("effective", "expires", "repealed")


def status(publication: Publication, row: Row) -> LegalStatus:
    """The standing on the day of the catalogue's revision: the same revision says the same."""
    dates = {name: dt.date.fromisoformat(row[name]) if row[name] else None for name in DATES}
    return status_on(cast("Dated", SimpleNamespace(**dates, draft=row["draft"])), publication.updated.date())


def _in_force(thing: Thing) -> Iterator[str]:
    found = status(thing.publication, cast("Row", thing.row))
    if found is not LegalStatus.UNKNOWN:
        yield expand("eli:InForce-inForce" if found is LegalStatus.IN_FORCE else "eli:InForce-notInForce")


def _status(thing: Thing) -> Iterator[str]:
    found = status(thing.publication, cast("Row", thing.row))
    yield thing.publication.iri("id/concept/law-status", found.value)


def _related(kind: str) -> Line[Thing]:
    def targets(thing: Thing) -> Iterator[str]:
        for relation in nested(thing.row, "relations"):
            if relation["kind"] == kind and relation["regulation"]:
                yield thing.publication.id(relation["regulation"]["id"])

    return Line(_RELATIONS[kind], IRI, targets)


def _related_by(kind: str) -> Line[Thing]:
    def holders(thing: Thing) -> Iterator[str]:
        for relation in nested(thing.row, "related_by"):
            if relation["kind"] == kind:
                yield thing.publication.id(relation["by"]["id"])

    return Line(_BACKWARDS[kind], IRI, holders)


def _basis(thing: Thing) -> Iterator[str]:
    for citation in nested(thing.row, "basis"):
        if target := citation["provision"] or citation["regulation"]:
            yield thing.publication.id(target["id"])


def _area(thing: Thing) -> Iterator[str]:
    if place := thing.row["jurisdiction"]:
        yield thing.publication.iri("id/area", place["code"] or place["name"])


def _date(name: str) -> Line[Thing]:
    return declared(Kind.REGULATION, name, "xsd:date")


REGULATION = full(
    "regulation",
    *typed("eli:LegalResource"),
    declared(Kind.REGULATION, "title"),
    Line("dct:type", CONCEPT, lambda t: (t.publication.iri("id/concept/law-type/regulation"),)),
    concepts("regulation_kind", "eli:type_document", "regulation-kind"),
    held("short_title", "eli:title_short", LANGUAGE),
    held("aliases", "skos:altLabel", LANGUAGE),
    declared(Kind.REGULATION, "number"),
    _date("adopted"),
    _date("promulgated"),
    _date("effective"),
    _date("expires"),
    held("repealed", "gir:repealed", LITERAL, "xsd:date"),
    held("draft", "gir:draft", LITERAL, "xsd:boolean"),
    held("trial", "gir:trial", LITERAL, "xsd:boolean"),
    held("comment_deadline", "gir:commentDeadline", LITERAL, "xsd:date"),
    Line("eli:in_force", CONCEPT, _in_force),
    Line("gir:lawStatus", CONCEPT, _status),
    refers("issuers", "eli:passed_by"),
    Line("dct:spatial", IRI, _area),
    Line("eli:based_on", IRI, _basis),
    *(_related(kind) for kind in _RELATIONS),
    *(_related_by(kind) for kind in _BACKWARDS),
)
PROVISION_TABLE = full(
    "provision",
    *typed("eli:LegalResource", "eli:LegalResourceSubdivision"),
    Line("dct:title", LANGUAGE, lambda t: (describe.law_title({"provision": t.row, "regulation": None}),)),
    Line("dct:type", CONCEPT, lambda t: (t.publication.iri("id/concept/law-type", t.row["provision_kind"].lower()),)),
    held("label", "skos:notation"),
    declared(Kind.PROVISION, "ordinal"),
    held("heading", "eli:title", LANGUAGE),
    held("text", "eli:description", LANGUAGE),
    held("position", "gir:position", LITERAL, "xsd:integer"),
    Line("eli:is_part_of", IRI, lambda t: (t.publication.id((t.row["parent"] or t.row["regulation"])["id"]),)),
)
ELEMENT = full(
    "data element",
    *typed("skos:Concept", "rdf:Property"),
    declared(Kind.DATA_ELEMENT, "name"),
    declared(Kind.DATA_ELEMENT, "aliases"),
    declared(Kind.DATA_ELEMENT, "identifier"),
    declared(Kind.DATA_ELEMENT, "definition"),
    held("identity_key", "gir:identityKey", LITERAL, "xsd:boolean"),
    Line("skos:inScheme", IRI, lambda t: (t.publication.iri("id/concept/data-elements"),)),
)


TABLES = (REGULATION, PROVISION_TABLE, ELEMENT)


def regulation(publication: Publication, row: Row) -> Iterator[Subject]:
    """A legal text, and the concepts it is described with."""
    thing = Thing(publication, row)
    yield from joined(REGULATION.node(thing), thing, Kind.REGULATION)
    yield concept(publication.iri("id/concept/law-type/regulation"), "法规")
    yield term_node(publication, "regulation-kind", RegulationKind(row["regulation_kind"]))
    yield term_node(publication, "law-status", status(publication, row))
    for name in ("inForce", "notInForce"):
        yield IN_FORCE.node(Named(expand(f"eli:InForce-{name}"), en=name))


def provision(publication: Publication, row: Row) -> Iterator[Subject]:
    """A provision, and what its level is called."""
    thing = Thing(publication, row)
    yield from joined(PROVISION_TABLE.node(thing), thing, Kind.PROVISION)
    kind = ProvisionKind(row["provision_kind"])
    yield concept(publication.iri("id/concept/law-type", kind.lower()), kind.zh)


def element(publication: Publication, row: Row) -> Iterator[Subject]:
    """A data element, and the scheme of them all."""
    yield ELEMENT.node(Thing(publication, row))
    yield SCHEME.node(Named(publication.iri("id/concept/data-elements"), "数据元"))
