"""The one declarative table of the harvest view: which statement is made of which node, and what its object is.

A row says predicate, what its object is (IRI, concept, literal, literal with a language), datatype and where the value
comes from; the value of an IRI or concept is absolute. Rows for properties of records take predicate and kind from
:mod:`catalog.properties`; the others are for nodes that DCAT has and the catalogue does not: distribution, record,
rights. Source: DCAT-AP 3.0.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from catalog.codec import Row as Held
from catalog.table import ObjectKind, by_name
from catalog.vocabulary import Kind
from graph.rdf import concepts, links, titles
from graph.rdf.context import Entry
from graph.rdf.describe import contact_name, creators, description, keywords, mail, rights
from graph.rdf.terms import EU, Iri, Literal, Statement, Term, encode, expand


class Node(StrEnum):
    """The nodes that one resource gives, as paths below the base."""

    CATALOGUE = "id/catalog/main"
    RECORD = "id/record/{slug}"
    DATASET = "id/resource/{slug}"
    DISTRIBUTION = "id/distribution/{slug}-{index}"
    SERVICE = "id/service/{slug}"
    SCHEMA = "id/schema/{slug}"
    POLICY = "id/policy/{slug}"
    IDENTIFIER = "id/identifier/{slug}"
    CONTACT = "id/contact/{slug}"
    RIGHTS = "id/concept/rights-{slug}"
    PERIOD = "id/resource/{slug}/period"
    LANDING = "resource/{slug}"

    def iri(self, entry: Entry) -> str:
        """The node's IRI for an entry."""
        return entry.publication.iri(self.format(slug=entry.slug, index=entry.index))

    def of(self, entry: Entry) -> Iterator[Entry]:
        """The entries that the node is made of: one, or one for each format."""
        for index in range(len(entry.forms) if self is Node.DISTRIBUTION else 1):
            yield Entry(entry.publication, entry.row, index)


ZH = "zh-Hans"
"""The language of what catalogues and laws say."""
Value = Callable[[Entry], Iterable[str | None]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. ``of`` names every property of the resource, beside its id, that the values come from.

    A row that says a type names in ``classes`` all that it may say.
    """

    node: Node
    predicate: str
    object: ObjectKind
    value: Value
    datatype: str | None = None
    of: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    language: str = ZH

    def statements(self, entry: Entry) -> Iterator[Statement]:
        """The statements this row makes of an entry, none of them twice."""
        for value in dict.fromkeys(self.value(entry)):
            if value:
                yield self.predicate, term(self.object, value, self.datatype, self.language)


def term(kind: ObjectKind, value: str, datatype: str | None = None, language: str = ZH) -> Term:
    """The object of a statement."""
    match kind:
        case ObjectKind.LANGUAGE:
            return Literal(value, language=language)
        case ObjectKind.LITERAL:
            return Literal(value, datatype=datatype)
        case _:
            return Iri(value)


def _property(name: str, value: Value, *more: str) -> Row:
    """A property under the predicate of the one field table, made of itself and ``more``."""
    rdf = by_name(Kind.RESOURCE)[name].rdf
    assert rdf is not None, name
    return Row(Node.DATASET, rdf.predicate, rdf.object, value, rdf.datatype, (name, *more))


@dataclass(frozen=True, slots=True)
class Whether:
    """A value that is said only where a property of the resource is there, whatever that is."""

    name: str
    value: Callable[[Entry], str]

    def __call__(self, entry: Entry) -> Iterable[str | None]:
        """The value, or None."""
        return (self.value(entry) if entry.row[self.name] else None,)


@dataclass(frozen=True, slots=True)
class Given:
    """Values that are made of a property of the resource, and are none where that is not there."""

    name: str
    value: Value

    def __call__(self, entry: Entry) -> Iterable[str | None]:
        """The values, or none."""
        return self.value(entry) if entry.row[self.name] else ()


def _types(node: Node, *names: str) -> tuple[Row, ...]:
    return tuple(_type(node, name, _always(expand(name))) for name in names)


def _type(node: Node, name: str, value: Value, *of: str) -> Row:
    return Row(node, "rdf:type", ObjectKind.CONCEPT, value, of=of, classes=(name,))


def _always(value: str) -> Value:
    return lambda _: (value,)


def _at(path: str) -> Value:
    return lambda entry: (entry.publication.iri(path),)


def _nodes(node: Node) -> Value:
    return lambda entry: (node.iri(part) for part in node.of(entry))


def _coded(value: Callable[[Entry], str]) -> Value:
    return Whether("code", value)


def _ruled(value: Callable[[Entry], str]) -> Value:
    """Only where a share type or openness is declared: there is no policy without a rule."""
    undeclared = ("UNDECLARED", "UNDECLARED")
    return lambda e: (value(e) if (e.row["share_type"], e.row["open_to_public"]) != undeclared else None,)


def _served(value: Callable[[Entry], str | None]) -> Value:
    """Only where a platform or an interface gives access: one service for each resource, which serves nothing else."""
    return lambda e: (value(e) if links.served(e) else None,)


def _related(entry: Entry) -> Iterator[str]:
    """What it names as related, as far as that may be named itself."""
    return (entry.publication.id(each["id"]) for each in entry.row["related"] if each["cleared"])


def _interval(entry: Entry) -> Iterator[str]:
    found = entry.row["update_frequency"]
    if found and found["code"] == "OTHER" and (found["amount"] or 0) > 0 and found["unit"] in concepts.INTERVAL:
        factor, letter = concepts.INTERVAL[found["unit"]]
        yield f"P{found['amount'] * factor}{letter}"


def _mailbox(entry: Entry) -> Iterator[str]:
    if address := mail(entry):
        yield f"mailto:{encode(address, safe='@+')}"


def _ends(entry: Entry) -> Held:
    """The ends of its period that are known."""
    return {name: day for name, day in (entry.row["temporal"] or {}).items() if day}


def _address(entry: Entry) -> str | None:
    """The file's address, where it can stand in RDF."""
    found = entry.form.get("download_url")
    return found if found and links.absolute(found) else None


def _size(entry: Entry) -> str | None:
    found = entry.form.get("byte_size")
    return None if found is None else str(found)


_LITERAL, _LANGUAGE, _IRI, _CONCEPT = ObjectKind.LITERAL, ObjectKind.LANGUAGE, ObjectKind.IRI, ObjectKind.CONCEPT
_CHANGED = ("modified", "loaded")
_ISSUED = ("issued", *_CHANGED)
_NAMED = ("name", "metadata")
_RULES = ("share_type", "open_to_public")
_ACCESS = ("mode", "platform")

TABLE: tuple[Row, ...] = (
    Row(Node.CATALOGUE, "dcat:dataset", _IRI, _nodes(Node.DATASET)),
    Row(Node.CATALOGUE, "dcat:record", _IRI, _nodes(Node.RECORD)),
    Row(Node.CATALOGUE, "dcat:service", _IRI, _served(Node.SERVICE.iri), of=_ACCESS),
    *_types(Node.RECORD, "dcat:CatalogRecord"),
    Row(Node.RECORD, "foaf:primaryTopic", _IRI, _nodes(Node.DATASET)),
    Row(Node.RECORD, "dct:issued", _LITERAL, lambda e: (e.issued,), "xsd:date", of=_ISSUED),
    Row(Node.RECORD, "dct:modified", _LITERAL, lambda e: (e.row["loaded"],), "xsd:dateTime", of=("loaded",)),
    Row(Node.RECORD, "dct:conformsTo", _IRI, _always("http://data.europa.eu/r5r/")),
    Row(Node.RECORD, "adms:status", _CONCEPT, _at(links.PUBLISHED)),
    *_types(Node.DATASET, "dcat:Dataset", "dcat:Resource"),
    Row(Node.DATASET, "dct:identifier", _LITERAL, lambda e: (e.slug,)),
    _property("code", _coded(Node.IDENTIFIER.iri)),
    _property("name", lambda e: (e.row["name"],)),
    Row(Node.DATASET, titles.TITLE, _LANGUAGE, titles.titled, of=_NAMED, language=titles.TRADITIONAL),
    Row(
        Node.DATASET, titles.TITLE, _LANGUAGE, Given("metadata", titles.titled_in_english), of=("metadata",),
        language=titles.ENGLISH,
    ),
    _property("aliases", lambda e: e.row["aliases"]),
    _property("summary", lambda e: (description(e),), "name", "responsibilities", "basis", "fields"),
    Row(
        Node.DATASET, titles.DESCRIPTION, _LANGUAGE, Given("metadata", titles.described), of=("metadata",),
        language=titles.TRADITIONAL,
    ),
    Row(
        Node.DATASET, titles.DESCRIPTION, _LANGUAGE, Given("metadata", titles.described_in_english), of=("metadata",),
        language=titles.ENGLISH,
    ),
    Row(Node.DATASET, "dcat:keyword", _LANGUAGE, keywords, of=("name", "category")),
    Row(Node.DATASET, "dcat:theme", _CONCEPT, lambda e: (links.theme(e),), of=("category",)),
    _property("category", lambda e: (links.category(e),)),
    Row(Node.DATASET, "dct:publisher", _IRI, lambda e: (links.publisher(e),), of=("responsibilities",)),
    Row(
        Node.DATASET, "dct:creator", _IRI, lambda e: (e.publication.id(agency["id"]) for agency in creators(e)),
        of=("responsibilities",),
    ),
    _property("contact", _nodes(Node.CONTACT)),
    _property("issued", lambda e: (e.issued,), *_CHANGED),
    _property("modified", lambda e: (e.modified,), "loaded"),
    _property("update_frequency", lambda e: (links.frequency(e),)),
    Row(Node.DATASET, "gir:updateInterval", _LITERAL, _interval, "xsd:duration", of=("update_frequency",)),
    Row(Node.DATASET, "dct:language", _CONCEPT, _always(f"{EU}language/ZHO")),
    _property("temporal", lambda e: (Node.PERIOD.iri(e) if _ends(e) else None,)),
    _property("jurisdiction", lambda e: (links.area(e.publication, e.row["jurisdiction"]),)),
    _property("open_to_public", lambda e: (links.access_right(e),)),
    _property("share_type", lambda e: (links.share_type(e),)),
    Row(Node.DATASET, "odrl:hasPolicy", _IRI, _ruled(Node.POLICY.iri), of=_RULES),
    Row(Node.DATASET, "dct:relation", _IRI, Given("related", _related), of=("related",)),
    _property("basis", lambda e: (links.law(e.publication, citation) for citation in e.row["basis"])),
    Row(Node.DATASET, "dct:conformsTo", _IRI, _nodes(Node.SCHEMA)),
    Row(Node.DATASET, "dcat:landingPage", _IRI, _nodes(Node.LANDING)),
    Row(Node.DATASET, "dcat:distribution", _IRI, _nodes(Node.DISTRIBUTION), of=("formats",)),
    *_types(Node.DISTRIBUTION, "dcat:Distribution"),
    Row(
        Node.DISTRIBUTION, "dct:title", _LANGUAGE, lambda e: (f"{e.row['name']}（{e.form['label']}）",),
        of=("name", "formats"),
    ),
    Row(Node.DISTRIBUTION, "dcat:accessURL", _IRI, _nodes(Node.LANDING)),
    Row(
        Node.DISTRIBUTION, "dct:format", _CONCEPT, lambda e: (links.file_type(e.publication, e.form),),
        of=("formats",),
    ),
    Row(Node.DISTRIBUTION, "dcat:mediaType", _CONCEPT, lambda e: (links.media_iri(e.form),), of=("formats",)),
    Row(Node.DISTRIBUTION, "dct:issued", _LITERAL, lambda e: (e.issued,), "xsd:date", of=_ISSUED),
    Row(Node.DISTRIBUTION, "dct:modified", _LITERAL, lambda e: (e.modified,), "xsd:date", of=_CHANGED),
    Row(Node.DISTRIBUTION, "dcat:downloadURL", _IRI, lambda e: (_address(e),), of=("formats",)),
    Row(
        Node.DISTRIBUTION, "dcat:byteSize", _LITERAL, lambda e: (_size(e),), "xsd:nonNegativeInteger", of=("formats",),
    ),
    Row(Node.DISTRIBUTION, "dct:license", _IRI, lambda e: (links.licence(e),), of=("licence",)),
    Row(Node.DISTRIBUTION, "dct:rights", _IRI, _nodes(Node.RIGHTS)),
    Row(Node.DISTRIBUTION, "dct:type", _CONCEPT, links.modes, of=("mode",)),
    Row(
        Node.DISTRIBUTION, "dcat:accessService", _IRI, lambda e: (Node.SERVICE.iri(e) if links.interface(e) else None,),
        of=("mode",),
    ),
    _type(Node.SERVICE, "dcat:DataService", _served(lambda _: expand("dcat:DataService")), *_ACCESS),
    Row(Node.SERVICE, "dct:identifier", _LITERAL, _served(lambda e: f"service-{e.slug}"), of=_ACCESS),
    Row(
        Node.SERVICE, "dct:title", _LANGUAGE, _served(lambda e: f"{e.row['name']}（{links.called(e)}）"),
        of=("name", *_ACCESS),
    ),
    Row(
        Node.SERVICE, "dcat:endpointURL", _IRI, _served(lambda e: links.endpoint(e) or Node.LANDING.iri(e)), of=_ACCESS,
    ),
    Row(Node.SERVICE, "dcat:endpointDescription", _IRI, _served(Node.LANDING.iri), of=_ACCESS),
    Row(Node.SERVICE, "dcat:servesDataset", _IRI, _served(Node.DATASET.iri), of=_ACCESS),
    Row(Node.SERVICE, "dct:publisher", _IRI, _served(links.publisher), of=(*_ACCESS, "responsibilities")),
    Row(Node.SERVICE, "dcat:contactPoint", _IRI, _served(Node.CONTACT.iri), of=_ACCESS),
    Row(
        Node.SERVICE, "dct:accessRights", _CONCEPT, _served(links.access_right), of=(*_ACCESS, "open_to_public"),
    ),
    Row(Node.SERVICE, "dcat:theme", _CONCEPT, _served(links.theme), of=(*_ACCESS, "category")),
    *_types(Node.SCHEMA, "dct:Standard"),
    Row(Node.SCHEMA, "dct:title", _LANGUAGE, lambda e: (f"{e.row['name']}：信息项",), of=("name",)),
    _type(Node.POLICY, "odrl:Policy", _ruled(lambda _: expand("odrl:Policy")), *_RULES),
    _type(Node.POLICY, "odrl:Offer", _ruled(lambda _: expand("odrl:Offer")), *_RULES),
    _type(Node.IDENTIFIER, "adms:Identifier", _coded(lambda _: expand("adms:Identifier")), "code"),
    Row(Node.IDENTIFIER, "skos:notation", _LITERAL, lambda e: (e.row["code"],), of=("code",)),
    *_types(Node.CONTACT, "vcard:Kind", "vcard:Organization"),
    Row(Node.CONTACT, "vcard:fn", _LANGUAGE, lambda e: (contact_name(e),), of=("contact",)),
    Row(Node.CONTACT, "vcard:hasEmail", _IRI, _mailbox, of=("contact",)),
    Row(Node.CONTACT, "vcard:hasURL", _IRI, _nodes(Node.LANDING)),
    *_types(Node.RIGHTS, "dct:RightsStatement"),
    Row(
        Node.RIGHTS, "rdfs:label", _LANGUAGE, lambda e: (rights(e),),
        of=("share_type", "share_condition", "open_to_public", "open_condition"),
    ),
    *_types(Node.LANDING, "foaf:Document"),
    _type(
        Node.PERIOD, "dct:PeriodOfTime", lambda e: (expand("dct:PeriodOfTime") if _ends(e) else None,), "temporal",
    ),
    Row(Node.PERIOD, "dcat:startDate", _LITERAL, lambda e: (_ends(e).get("start"),), "xsd:date", of=("temporal",)),
    Row(Node.PERIOD, "dcat:endDate", _LITERAL, lambda e: (_ends(e).get("end"),), "xsd:date", of=("temporal",)),
)  # fmt: skip
"""The rows of the harvest view, in the order in which they are written."""

__all__ = ["TABLE", "ZH", "Given", "Node", "Row", "Whether", "term"]
