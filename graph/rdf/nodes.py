"""From one resource's row to its nodes, and to the nodes it refers to: agents, places, law, concepts.

A referenced node is written once per document, so that every IRI in it has a type and a label without being fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from catalog.codec import Row as Held
from catalog.identifiers import slug
from catalog.vocabulary import Kind, ProvisionKind, ShareType
from graph.rdf import concepts, links
from graph.rdf.context import Entry, Publication
from graph.rdf.describe import CATALOGUE_AGENT, creators, law_title, publishing_agency
from graph.rdf.lines import Thing
from graph.rdf.table import TABLE, Node, Row
from graph.rdf.terms import EU, Iri, Literal, Statement, Subject, expand
from graph.rdf.whole import joined

ZH = "zh-Hans"
_LOCAL_AUTHORITY: Statement = ("dct:type", Iri("http://purl.org/adms/publishertype/LocalAuthority"))


def _node(iri: str, types: tuple[str, ...], *statements: Statement | None) -> Subject:
    typed = tuple(("rdf:type", Iri(expand(name))) for name in types)
    return Subject(iri, (*typed, *(statement for statement in statements if statement)))


def _label(predicate: str, text: str) -> Statement:
    return predicate, Literal(text, language=ZH)


def _english(predicate: str, text: str) -> Statement:
    return predicate, Literal(text, language="en")


def _concept(iri: str, label: str) -> Subject:
    return _node(iri, ("skos:Concept",), _label("skos:prefLabel", label))


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
    if category := links.category(entry):
        yield _concept(category, entry.row["category"])


def _forms(entry: Entry) -> Iterator[Subject]:
    for form in entry.forms:
        yield authority("file-type", links.file_type(entry.publication, form), form["code"])
        yield _node(links.media_iri(form), ("dct:MediaType",), ("rdfs:label", Literal(links.media_type(form))))


def _licences(entry: Entry) -> Iterator[Subject]:
    if stated := entry.row["licence"]:
        words = stated if not links.absolute(stated) else None
        title = _label("dct:title", words) if words else _english("dct:title", stated)
        yield _node(links.licence(entry), ("dct:LicenseDocument",), title)


def _one(make: Callable[[Entry], Subject]) -> Callable[[Entry], Iterator[Subject]]:
    return lambda entry: iter((make(entry),))


CITED = Reference("law", ("basis",), _laws)
REFERENCES: tuple[Reference, ...] = (
    Reference("agent", ("responsibilities",), _agents),
    Reference("place", ("jurisdiction",), _one(lambda e: place(e.publication, e.row["jurisdiction"]))),
    CITED,
    Reference("category", ("category",), _categories),
    Reference(
        "share type", ("share_type",), _one(lambda e: _concept(links.share_type(e), ShareType(e.row["share_type"]).zh))
    ),
    Reference("format", ("formats",), _forms),
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


def authority(table: str, iri: str, label: str | None = None) -> Subject:
    """A node of one of the EU's authority tables, or of our own beside it."""
    scheme = f"{EU}{table}"
    return _node(
        iri,
        concepts.CLASSES[scheme],
        _english("skos:prefLabel", concepts.LABELS[iri.removeprefix(EU)] if label is None else label),
        ("skos:inScheme", Iri(scheme)) if iri.startswith(EU) else None,
    )


def agent(publication: Publication, agency: Held) -> Iterator[Subject]:
    """An agency as an agent; where the row has all of it, with all of it."""
    said = _node(
        publication.id(agency["id"]),
        ("foaf:Agent", "cv:PublicOrganisation"),
        _label("foaf:name", agency["name"]),
        _label("skos:prefLabel", agency["name"]),
        ("dct:identifier", Literal(agency["credit_code"] or slug(agency["id"]))),
        _LOCAL_AUTHORITY,
    )
    if "agency_kind" in agency:
        yield from joined(said, Thing(publication, agency), Kind.AGENCY)
    else:
        yield said


def place(publication: Publication, jurisdiction: Held | None) -> Subject:
    """A jurisdiction as a place; the country where the source names none."""
    types = ("dct:Location", "skos:Concept")
    if jurisdiction is None:
        return _node(links.COUNTRY, types, _english("skos:prefLabel", "China"))
    return _node(
        links.area(publication, jurisdiction),
        types,
        _label("skos:prefLabel", jurisdiction["name"]),
        ("skos:notation", Literal(jurisdiction["code"])) if jurisdiction["code"] else None,
    )


def law(publication: Publication, citation: Held) -> Iterator[Subject]:
    """The cited provision, or the text where only it is known, and what sort of thing that is."""
    iri, title, provision = links.law(publication, citation), law_title(citation), citation["provision"]
    if iri is None or title is None:
        return
    kind = links.law_type(publication, citation)
    subdivision = ("eli:LegalResourceSubdivision",) if provision else ()
    yield _node(iri, ("eli:LegalResource", *subdivision), _label("dct:title", title), ("dct:type", Iri(kind)))
    yield _concept(kind, ProvisionKind(provision["provision_kind"]).zh if provision else "法规")


def unstated_licence(publication: Publication) -> Subject:
    """What stands for a licence that nobody stated."""
    return _node(
        publication.iri(links.LICENCE),
        ("dct:LicenseDocument",),
        _label("dct:title", "未声明许可"),
        ("dct:type", Iri("http://purl.org/adms/licencetype/UnknownIPR")),
    )


def catalogue(publication: Publication) -> Iterator[Subject]:
    """The catalogue's own node, written first, and the nodes that stand in every document."""
    yield _node(
        publication.iri(Node.CATALOGUE),
        ("dcat:Catalog",),
        ("dct:identifier", Literal("main")),
        _label("dct:title", publication.title),
        _label("dct:description", f"{publication.title}：谁提供什么信息，依据哪一条。"),
        ("dct:publisher", Iri(publication.id(CATALOGUE_AGENT))),
        ("foaf:homepage", Iri(publication.base)),
        ("dct:modified", Literal(publication.updated.isoformat(), datatype="xsd:dateTime")),
        ("dct:language", Iri(f"{EU}language/ZHO")),
        ("dct:license", Iri(publication.iri(links.LICENCE))),
        ("dcat:themeTaxonomy", Iri(f"{EU}data-theme")),
    )
    yield _node(
        publication.id(CATALOGUE_AGENT), ("foaf:Agent",), _label("foaf:name", publication.publisher), _LOCAL_AUTHORITY
    )
    yield _node(publication.base, ("foaf:Document",))
    yield authority("language", f"{EU}language/ZHO")
    yield _node(f"{EU}data-theme", ("skos:ConceptScheme",), _english("dct:title", "Data theme"))
    yield unstated_licence(publication)
    for iri, text in (
        ("http://purl.org/adms/licencetype/UnknownIPR", "Unknown IPR"),
        ("http://purl.org/adms/publishertype/LocalAuthority", "Local Authority"),
    ):
        yield _node(iri, ("skos:Concept",), _english("skos:prefLabel", text))
    yield _node("http://data.europa.eu/r5r/", ("dct:Standard",), _english("dct:title", "DCAT-AP 3.0.1"))
    yield _concept(publication.iri(links.PUBLISHED), "已发布")
