"""From one resource's row to its nodes, and to the nodes it refers to: agents, places, law, concepts.

A referenced node is written once per document, so that every IRI in it has a type and a label without being fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import cast

from catalog.codec import Row as Held
from catalog.identifiers import slug
from catalog.vocabulary import Kind, ProvisionKind, ShareMode, ShareType
from graph.rdf import links
from graph.rdf.context import Entry, Publication
from graph.rdf.describe import CATALOGUE_AGENT, creators, law_title, publishing_agency
from graph.rdf.lines import Thing, held
from graph.rdf.named import AGENT as PUBLISHER
from graph.rdf.named import (
    CONCEPT,
    DOCUMENT,
    LICENCE,
    MEDIA_TYPE,
    PLACE,
    SCHEME,
    STANDARD,
    Named,
    authority,
    concept,
    term_node,
)
from graph.rdf.table import TABLE, Node, Row
from graph.rdf.tables import CONCEPT as AS_CONCEPT
from graph.rdf.tables import IRI, LANGUAGE, LITERAL, TYPE, Line, Table, View, typed
from graph.rdf.terms import EU, Subject, expand
from graph.rdf.whole import joined

LOCAL_AUTHORITY = "http://purl.org/adms/publishertype/LocalAuthority"
UNKNOWN_RIGHTS = "http://purl.org/adms/licencetype/UnknownIPR"
CHINESE, THEMES = f"{EU}language/ZHO", f"{EU}data-theme"


def _law_types(thing: Thing) -> Iterator[str]:
    yield expand("eli:LegalResource")
    if thing.row["provision"]:
        yield expand("eli:LegalResourceSubdivision")


AGENT: Table[Thing] = Table(
    "agent", View.HARVEST, lambda t: t.publication.id(t.row["id"]),
    (
        *typed("foaf:Agent", "cv:PublicOrganisation"),
        held("name", "foaf:name", LANGUAGE),
        held("name", "skos:prefLabel", LANGUAGE),
        Line("dct:identifier", LITERAL, lambda t: (t.row["credit_code"] or slug(t.row["id"]),)),
        Line("dct:type", AS_CONCEPT, lambda _: (LOCAL_AUTHORITY,)),
    ),
)  # fmt: skip
LAW: Table[Thing] = Table(
    "law cited", View.HARVEST, lambda t: t.of,
    (
        Line(TYPE, AS_CONCEPT, _law_types, classes=("eli:LegalResource", "eli:LegalResourceSubdivision")),
        Line("dct:title", LANGUAGE, lambda t: (law_title(cast("Held", t.row)),)),
        Line("dct:type", AS_CONCEPT, lambda t: (links.law_type(t.publication, cast("Held", t.row)),)),
    ),
)  # fmt: skip
CATALOGUE: Table[Publication] = Table(
    "catalogue", View.HARVEST, lambda p: p.iri(Node.CATALOGUE),
    (
        *typed("dcat:Catalog"),
        Line("dct:identifier", LITERAL, lambda _: ("main",)),
        Line("dct:title", LANGUAGE, lambda p: (p.title,)),
        Line("dct:description", LANGUAGE, lambda p: (f"{p.title}：谁提供什么信息，依据哪一条。",)),
        Line("dct:publisher", IRI, lambda p: (p.id(CATALOGUE_AGENT),)),
        Line("foaf:homepage", IRI, lambda p: (p.base,)),
        Line("dct:modified", LITERAL, lambda p: (p.updated.isoformat(),), "xsd:dateTime"),
        Line("dct:language", AS_CONCEPT, lambda _: (CHINESE,)),
        Line("dct:license", IRI, lambda p: (p.iri(links.LICENCE),)),
        Line("dcat:themeTaxonomy", IRI, lambda _: (THEMES,)),
    ),
)  # fmt: skip
TABLES: tuple[Table[Thing] | Table[Publication], ...] = (CATALOGUE, AGENT, LAW)


def subjects(entry: Entry, table: Iterable[Row] = TABLE) -> Iterator[Subject]:
    """The nodes of one resource, in table order; the rows of a node stand together."""
    for node, rows in ((node, tuple(rows)) for node, rows in groupby(table, key=lambda row: row.node)):
        for part in node.of(entry):
            statements = tuple(statement for row in rows for statement in row.statements(part))
            if statements:
                yield Subject(node.iri(part), statements)


@dataclass(frozen=True, slots=True)
class Reference:
    """Nodes that a resource refers to, by name, and every property of it that tells which."""

    name: str
    of: tuple[str, ...]
    nodes: Callable[[Entry], Iterator[Subject]]


def _agents(entry: Entry) -> Iterator[Subject]:
    publishing = publishing_agency(entry)
    for agency in ([publishing] if publishing else []) + creators(entry):
        yield from agent(entry.publication, agency)


def _laws(entry: Entry) -> Iterator[Subject]:
    for citation in entry.row["basis"]:
        yield from law(entry.publication, citation)


def _categories(entry: Entry) -> Iterator[Subject]:
    if printed := entry.row["category"]:
        yield from category(entry.publication, printed)


def _forms(entry: Entry) -> Iterator[Subject]:
    for form in entry.forms:
        yield authority("file-type", links.file_type(entry.publication, form), form["code"])
        yield MEDIA_TYPE.node(Named(links.media_iri(form), notation=links.media_type(form)))


def _licences(entry: Entry) -> Iterator[Subject]:
    if stated := entry.row["licence"]:
        words = None if links.absolute(stated) else stated
        yield LICENCE.node(Named(links.licence(entry), words, None if words else stated))


def _modes(entry: Entry) -> Iterator[Subject]:
    for mode in entry.row["mode"]:
        yield term_node(entry.publication, "share-mode", ShareMode(mode))


def _endpoints(entry: Entry) -> Iterator[Subject]:
    if links.served(entry) and (address := links.endpoint(entry)):
        yield DOCUMENT.node(Named(address))


def _one(make: Callable[[Entry], Subject]) -> Callable[[Entry], Iterator[Subject]]:
    return lambda entry: iter((make(entry),))


CITED = Reference("law", ("basis",), _laws)
REFERENCES: tuple[Reference, ...] = (
    Reference("agent", ("responsibilities",), _agents),
    Reference("place", ("jurisdiction",), _one(lambda e: place(e.publication, e.row["jurisdiction"]))),
    CITED,
    Reference("category", ("category",), _categories),
    Reference(
        "share type", ("share_type",), _one(lambda e: concept(links.share_type(e), ShareType(e.row["share_type"]).zh))
    ),
    Reference("format", ("formats",), _forms),
    Reference("mode", ("mode",), _modes),
    Reference("endpoint", ("mode", "platform"), _endpoints),
    Reference("licence", ("licence",), _licences),
    Reference("frequency", ("update_frequency",), _one(lambda e: authority("frequency", links.frequency(e)))),
    Reference("access right", ("open_to_public",), _one(lambda e: authority("access-right", links.access_right(e)))),
    Reference("theme", ("category",), _one(lambda e: authority("data-theme", links.theme(e)))),
)
"""What a resource refers to, in the order in which it is written."""


def referenced(entry: Entry, *, cited: bool = True) -> Iterator[Subject]:
    """The nodes that a resource refers to, each as often as it does; the caller writes each once.

    Without ``cited``, the law it rests on is left to the caller.
    """
    for reference in REFERENCES:
        if cited or reference is not CITED:
            yield from reference.nodes(entry)


def agent(publication: Publication, agency: Held) -> Iterator[Subject]:
    """An agency as an agent; where the row has all of it, with all of it."""
    thing = Thing(publication, agency)
    if "agency_kind" in agency:
        yield from joined(AGENT.node(thing), thing, Kind.AGENCY)
    else:
        yield AGENT.node(thing)


def category(publication: Publication, printed: str, scheme: str | None = None) -> Iterator[Subject]:
    """A class as printed, and each of those that it is printed below."""
    chain = list(links.classes(publication, printed))
    for (iri, label), (broader, _) in zip_longest(chain, chain[1:], fillvalue=(None, None)):
        yield CONCEPT.node(Named(cast("str", iri), label, scheme=scheme, broader=broader))


def place(publication: Publication, jurisdiction: Held | None) -> Subject:
    """A jurisdiction as a place; the country where the source names none."""
    if jurisdiction is None:
        return PLACE.node(Named(links.COUNTRY, en="China"))
    iri = links.area(publication, jurisdiction)
    return PLACE.node(Named(iri, jurisdiction["name"], notation=jurisdiction["code"]))


def law(publication: Publication, citation: Held) -> Iterator[Subject]:
    """The cited provision, or the text where only it is known, and what sort of thing that is."""
    iri, provision = links.law(publication, citation), citation["provision"]
    if iri is None or law_title(citation) is None:
        return
    yield LAW.node(Thing(publication, citation, iri))
    kind = ProvisionKind(provision["provision_kind"]).zh if provision else "法规"
    yield concept(links.law_type(publication, citation), kind)


def unstated_licence(publication: Publication) -> Subject:
    """What stands for a licence that nobody stated."""
    return LICENCE.node(Named(publication.iri(links.LICENCE), "未声明许可", type=UNKNOWN_RIGHTS))


def catalogue(publication: Publication) -> Iterator[Subject]:
    """The catalogue's own node, written first, and the nodes that stand in every document."""
    yield CATALOGUE.node(publication)
    yield PUBLISHER.node(Named(publication.id(CATALOGUE_AGENT), publication.publisher, type=LOCAL_AUTHORITY))
    yield DOCUMENT.node(Named(publication.base))
    yield authority("language", CHINESE)
    yield SCHEME.node(Named(THEMES, en="Data theme"))
    yield unstated_licence(publication)
    yield CONCEPT.node(Named(UNKNOWN_RIGHTS, en="Unknown IPR"))
    yield CONCEPT.node(Named(LOCAL_AUTHORITY, en="Local Authority"))
    yield STANDARD.node(Named("http://data.europa.eu/r5r/", en="DCAT-AP 3.0.1"))
    yield concept(publication.iri(links.PUBLISHED), "已发布")
