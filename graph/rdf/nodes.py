"""From one resource's row to its nodes, and to the nodes it refers to: agents, places, law, concepts.

A referenced node is written once per document, so that every IRI in it has a type and a label without being fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from catalog.identifiers import slug
from catalog.vocabulary import ShareType
from graph.rdf import concepts
from graph.rdf.context import Entry, Publication
from graph.rdf.describe import CATALOGUE_AGENT, law_title
from graph.rdf.table import TABLE, Node
from graph.rdf.terms import EU, Iri, Literal, Statement, Subject, expand

ZH = "zh-Hans"
LICENCE = "id/concept/licence-not-stated"
PAGE_FORMAT = {"code": "HTML", "label": "目录条目", "media_type": "text/html"}
"""What a resource without a declared format can honestly offer: its page in the catalogue."""
MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")


def _typed(*names: str) -> tuple[Statement, ...]:
    return tuple(("rdf:type", Iri(expand(name))) for name in names)


def _label(predicate: str, text: str) -> Statement:
    return predicate, Literal(text, language=ZH)


def subjects(entry: Entry) -> Iterator[Subject]:
    """The nodes of one resource, in table order; the distributions last."""
    for node, rows in groupby(TABLE, key=lambda row: row.node):
        statements = tuple(statement for row in rows for statement in row.statements(entry))
        yield Subject(entry.publication.iri(node.format(slug=entry.slug, index=0)), statements)
    if entry.row["code"]:
        yield Subject(
            entry.publication.iri(Node.IDENTIFIER.format(slug=entry.slug)),
            (*_typed("adms:Identifier"), ("skos:notation", Literal(entry.row["code"]))),
        )
    yield from _distributions(entry)


def _distributions(entry: Entry) -> Iterator[Subject]:
    row, publication = entry.row, entry.publication
    for index, form in enumerate(row["formats"] or [PAGE_FORMAT]):
        media = form["media_type"] or "application/octet-stream"
        yield Subject(
            publication.iri(Node.DISTRIBUTION.format(slug=entry.slug, index=index)),
            (
                *_typed("dcat:Distribution"),
                _label("dct:title", f"{row['name']}（{form['label']}）"),
                ("dcat:accessURL", Iri(publication.iri(Node.LANDING.format(slug=entry.slug)))),
                ("dct:format", Iri(f"{EU}file-type/{form['code']}")),
                ("dcat:mediaType", Iri(f"http://www.iana.org/assignments/media-types/{media}")),
                ("dct:issued", Literal(entry.issued, datatype="xsd:date")),
                ("dct:modified", Literal(entry.modified, datatype="xsd:date")),
                ("dct:license", Iri(publication.iri(LICENCE))),
                ("dct:rights", Iri(publication.iri(Node.RIGHTS.format(slug=entry.slug)))),
            ),
        )


def distribution_links(entry: Entry) -> Subject:
    """The dataset's links to its distributions."""
    count = len(entry.row["formats"]) or 1
    return Subject(
        entry.publication.iri(Node.DATASET.format(slug=entry.slug)),
        tuple(
            ("dcat:distribution", Iri(entry.publication.iri(Node.DISTRIBUTION.format(slug=entry.slug, index=index))))
            for index in range(count)
        ),
    )


def referenced(entry: Entry) -> Iterator[Subject]:
    """The nodes that a resource refers to, each as often as it does; the caller writes each once."""
    publication, row = entry.publication, entry.row
    for held in row["responsibilities"]:
        yield agent(publication, held["agency"])
    if not row["responsibilities"]:
        yield catalogue_agent(publication)
    yield contact(entry)
    yield place(publication, row["jurisdiction"])
    for citation in row["basis"]:
        yield from law(publication, citation)
    category = row["category"]
    if category:
        yield Subject(
            publication.iri(f"id/concept/class/{category}"),
            (*_typed("skos:Concept"), _label("skos:prefLabel", category)),
        )
    share = row["share_type"]
    yield Subject(
        publication.iri(f"id/concept/share-type/{concepts.SHARE_TYPE[share]}"),
        (*_typed("skos:Concept"), _label("skos:prefLabel", ShareType(share).zh)),
    )
    for form in row["formats"] or [PAGE_FORMAT]:
        media = form["media_type"] or "application/octet-stream"
        yield authority("file-type", form["code"], form["code"])
        yield Subject(
            f"http://www.iana.org/assignments/media-types/{media}",
            (*_typed("dct:MediaType"), ("rdfs:label", Literal(media))),
        )
    frequency = row["update_frequency"]
    for path in (
        f"frequency/{concepts.FREQUENCY[frequency['code']] if frequency else concepts.UNKNOWN_FREQUENCY}",
        f"access-right/{concepts.ACCESS_RIGHT[row['open_to_public']]}",
        f"data-theme/{concepts.THEME.get(category or '', concepts.OTHER_THEME)}",
        "language/ZHO",
    ):
        table, _, code = path.partition("/")
        yield authority(table, code, concepts.LABELS[path])


def authority(table: str, code: str, label: str) -> Subject:
    """A node of one of the EU's authority tables."""
    scheme = f"{EU}{table}"
    return Subject(
        f"{scheme}/{code}",
        (
            *_typed(*concepts.CLASSES[scheme]),
            ("skos:prefLabel", Literal(label, language="en")),
            ("skos:inScheme", Iri(scheme)),
        ),
    )


def agent(publication: Publication, agency: dict[str, object]) -> Subject:
    """An agency as an agent."""
    code, name = agency["credit_code"], str(agency["name"])
    return Subject(
        publication.id(str(agency["id"])),
        (
            *_typed("foaf:Agent", "cv:PublicOrganisation"),
            _label("foaf:name", name),
            _label("skos:prefLabel", name),
            ("dct:identifier", Literal(str(code or slug(str(agency["id"]))))),
            ("dct:type", Iri("http://purl.org/adms/publishertype/LocalAuthority")),
        ),
    )


def catalogue_agent(publication: Publication) -> Subject:
    """The agent that publishes the catalogue."""
    return Subject(publication.id(CATALOGUE_AGENT), (*_typed("foaf:Agent"), _label("foaf:name", publication.publisher)))


def contact(entry: Entry) -> Subject:
    """Whom to ask: the contact that the source names, else the publishing agency's catalogue desk."""
    text = entry.row["contact"]
    mail = MAIL.search(text) if text else None
    name = (text.replace(mail[0], "").strip() if mail else text) if text else None
    return Subject(
        entry.publication.iri(f"id/contact/{entry.slug}"),
        (
            *_typed("vcard:Kind", "vcard:Organization"),
            _label("vcard:fn", name or entry.publication.publisher),
            *((("vcard:hasEmail", Iri(f"mailto:{mail[0]}")),) if mail else ()),
            ("vcard:hasURL", Iri(entry.publication.iri(Node.LANDING.format(slug=entry.slug)))),
        ),
    )


def place(publication: Publication, jurisdiction: dict[str, str | None] | None) -> Subject:
    """A jurisdiction as a place; the country where the source names none."""
    if jurisdiction is None:
        return Subject(
            f"{EU}country/CHN",
            (*_typed("dct:Location", "skos:Concept"), ("skos:prefLabel", Literal("China", language="en"))),
        )
    code, name = jurisdiction["code"], str(jurisdiction["name"])
    return Subject(
        publication.iri(f"id/area/{code or name}"),
        (
            *_typed("dct:Location", "skos:Concept"),
            _label("skos:prefLabel", name),
            *((("skos:notation", Literal(code)),) if code else ()),
        ),
    )


def law(publication: Publication, citation: dict[str, dict[str, str] | None]) -> Iterator[Subject]:
    """The cited provision, or the text where only it is known."""
    provision, regulation = citation["provision"], citation["regulation"]
    target = provision or regulation
    if target is None or regulation is None:
        return
    kind = "article" if provision else "regulation"
    yield Subject(
        publication.id(target["id"]),
        (
            *_typed("eli:LegalResource", *(("eli:LegalResourceSubdivision",) if provision else ())),
            _label("dct:title", law_title(regulation, provision)),
            ("dct:type", Iri(publication.iri(f"id/concept/law-type/{kind}"))),
        ),
    )
    yield Subject(
        publication.iri(f"id/concept/law-type/{kind}"),
        (*_typed("skos:Concept"), _label("skos:prefLabel", "条" if provision else "法规")),
    )


def catalogue(publication: Publication) -> Iterator[Subject]:
    """The catalogue's own node, written first, and the nodes that stand in every document."""
    yield Subject(
        publication.iri(Node.CATALOGUE),
        (
            *_typed("dcat:Catalog"),
            ("dct:identifier", Literal("main")),
            _label("dct:title", publication.title),
            _label("dct:description", f"{publication.title}：谁提供什么信息，依据哪一条。"),
            ("dct:publisher", Iri(publication.id(CATALOGUE_AGENT))),
            ("foaf:homepage", Iri(publication.base)),
            ("dct:modified", Literal(publication.updated.isoformat(), datatype="xsd:dateTime")),
            ("dct:language", Iri(f"{EU}language/ZHO")),
            ("dct:license", Iri(publication.iri(LICENCE))),
            ("dcat:themeTaxonomy", Iri(f"{EU}data-theme")),
        ),
    )
    yield catalogue_agent(publication)
    yield Subject(publication.base, _typed("foaf:Document"))
    yield Subject(
        f"{EU}data-theme", (*_typed("skos:ConceptScheme"), ("dct:title", Literal("Data theme", language="en")))
    )
    yield Subject(
        publication.iri(LICENCE),
        (
            *_typed("dct:LicenseDocument"),
            _label("dct:title", "未声明许可"),
            ("dct:type", Iri("http://purl.org/adms/licencetype/UnknownIPR")),
        ),
    )
    for iri, text in (
        ("http://purl.org/adms/licencetype/UnknownIPR", "Unknown IPR"),
        ("http://purl.org/adms/publishertype/LocalAuthority", "Local Authority"),
    ):
        yield Subject(iri, (*_typed("skos:Concept"), ("skos:prefLabel", Literal(text, language="en"))))
    yield Subject(
        "http://data.europa.eu/r5r/", (*_typed("dct:Standard"), ("dct:title", Literal("DCAT-AP 3.0.1", language="en")))
    )
    yield Subject(
        publication.iri("id/concept/record-status/published"),
        (*_typed("skos:Concept"), _label("skos:prefLabel", "已发布")),
    )
