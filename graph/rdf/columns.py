"""What the full view adds to a resource: its items as columns and shapes, who does what, its own policy's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.codec import Row
from catalog.identifiers import slug
from catalog.vocabulary import Allocation, Confidence, Kind, Openness, Role, ShareType
from graph.rdf import links
from graph.rdf.context import Entry, Publication
from graph.rdf.lines import IRI, LANGUAGE, LITERAL, Line, Thing, concept, declared, held, node, term_node, typed
from graph.rdf.rules import CITED, labelled
from graph.rdf.table import Node
from graph.rdf.terms import Iri, Literal, Statement, Subject, expand
from graph.rdf.whole import joined, kept

_TYPES = {"字符": "string", "文本": "string", "数值": "decimal", "整": "integer", "日期": "date", "布尔": "boolean"}
PUBLIC, AGENCIES = "id/party/public", "id/party/public-authorities"


def _path(thing: Thing) -> Iterator[str]:
    element = thing.row["data_element"]
    yield thing.publication.id(element["id"] if element else thing.row["id"])


def _datatype(thing: Thing) -> Iterator[str]:
    printed = thing.row["data_type"] or ""
    if found := next((name for word, name in _TYPES.items() if word in printed), None):
        yield expand(f"xsd:{found}")


def _length(thing: Thing) -> Iterator[str]:
    if (found := re.fullmatch(r"\d{1,9}", thing.row["length"] or "")) and "string" in "".join(_datatype(thing)):
        yield found[0]


FIELD: tuple[Line, ...] = (
    *typed("csvw:Column", "sh:PropertyShape", "rdf:Property"),
    Line("csvw:name", LITERAL, lambda t: (slug(t.row["id"]).rpartition("-")[2],)),
    declared(Kind.FIELD, "name"),
    Line(declared(Kind.FIELD, "data_element").predicate, IRI, _path),
    Line("sh:path", IRI, _path),
    held("name", "sh:name", LANGUAGE),
    held("position", "sh:order", LITERAL, "xsd:integer"),
    Line("sh:datatype", IRI, _datatype),
    Line("sh:maxLength", LITERAL, _length, "xsd:integer"),
    held("text", "gir:text", LANGUAGE),
    held("aliases", "skos:altLabel", LANGUAGE),
    held("data_type", "gir:dataType"),
    held("length", "gir:length"),
    held("allowed_values", "gir:allowedValue", LANGUAGE),
    held("parts", "gir:part", LANGUAGE),
    held("qualifier", "gir:qualifier", LANGUAGE),
    held("applicability", "gir:applicability", LANGUAGE),
    held("identity_key", "gir:identityKey", LITERAL, "xsd:boolean"),
)
ATTRIBUTION: tuple[Line, ...] = (
    *typed("prov:Attribution"),
    Line("prov:agent", IRI, lambda t: (t.publication.id(t.row["agency"]["id"]),)),
    concept("roles", "dcat:hadRole", "role"),
    concept("allocation", "gir:allocation", "allocation"),
    concept("confidence", "gir:confidence", "confidence"),
    held("literal", "gir:text", LANGUAGE),
    Line("gir:position", LITERAL, lambda t: (str(t.number),), "xsd:integer"),
    *CITED,
)


def additions(entry: Entry) -> Iterator[Subject]:
    """The nodes of one resource that only the full view has, and what it says more of the others."""
    yield from _schema(entry)
    yield from _attributions(entry)
    yield from _rules(entry)
    thing = Thing(entry.publication, entry.row)
    yield from joined(Subject(thing.iri, ()), thing, Kind.RESOURCE)
    yield from kept(entry.publication, thing.iri, entry.row)


def terms(entry: Entry) -> Iterator[Subject]:
    """The terms that the additions refer to; the caller writes each once."""
    for held_by in entry.row["responsibilities"]:
        for role in held_by["roles"]:
            yield term_node(entry.publication, "role", Role(role))
        yield term_node(entry.publication, "allocation", Allocation(held_by["allocation"]))
        yield term_node(entry.publication, "confidence", Confidence(held_by["confidence"]))
    yield labelled(entry.publication.iri(PUBLIC), "社会公众", "odrl:Party")
    yield labelled(entry.publication.iri(AGENCIES), "各级行政机关", "odrl:Party")
    for name in ("use", "distribute"):
        yield labelled(expand(f"odrl:{name}"), name, "odrl:Action")
    yield labelled(expand("gir:applyForAccess"), "申请", "odrl:Action")
    for name, label in (("shareCondition", "共享条件"), ("openCondition", "开放条件")):
        yield labelled(expand(f"gir:{name}"), label, "odrl:LeftOperand", "skos:Concept")
    yield labelled(expand("odrl:eq"), "eq", "odrl:Operator")


def field(publication: Publication, row: Row) -> Iterator[Subject]:
    """An item as a column and a property shape, and the nodes that it alone names."""
    thing = Thing(publication, row)
    yield from joined(node(thing, FIELD), thing, Kind.FIELD)


def _schema(entry: Entry) -> Iterator[Subject]:
    """The items as one table schema and one shape; the cells of the list are nodes with names."""
    fields = entry.row["fields"]
    if not fields:
        return
    iri, iris = Node.SCHEMA.iri(entry), [entry.publication.id(each["id"]) for each in fields]
    keys = [slug(each["id"]).rpartition("-")[2] for each in fields if each["identity_key"]]
    yield Subject(
        iri,
        (
            ("rdf:type", Iri(expand("csvw:Schema"))),
            ("rdf:type", Iri(expand("sh:NodeShape"))),
            ("csvw:column", Iri(f"{iri}/l1")),
            *(("csvw:primaryKey", Literal(key)) for key in dict.fromkeys(keys)),
            *(("sh:property", Iri(each)) for each in iris),
        ),
    )
    for number, each in enumerate(iris, start=1):
        rest = f"{iri}/l{number + 1}" if number < len(iris) else expand("rdf:nil")
        cell: tuple[Statement, ...] = (
            ("rdf:type", Iri(expand("rdf:List"))),
            ("rdf:first", Iri(each)),
            ("rdf:rest", Iri(rest)),
        )
        yield Subject(f"{iri}/l{number}", cell)
    for row in fields:
        yield from field(entry.publication, row)


def _attributions(entry: Entry) -> Iterator[Subject]:
    dataset = Node.DATASET.iri(entry)
    found = [
        Thing(entry.publication, held_by, f"{dataset}/role-{number}", number)
        for number, held_by in enumerate(entry.row["responsibilities"], start=1)
    ]
    if found:
        yield Subject(dataset, tuple(("prov:qualifiedAttribution", Iri(thing.iri)) for thing in found))
    for thing in found:
        yield node(thing, ATTRIBUTION)


def _rules(entry: Entry) -> Iterator[Subject]:
    """The policy of the resource itself: what its share type and its openness say, and their conditions as printed."""
    policy, row = Node.POLICY.iri(entry), entry.row
    shared, opened = row["share_type"], row["open_to_public"]
    rules: list[tuple[str, bool, str, str | None, bool]] = []
    if shared != ShareType.UNDECLARED:
        conditional = shared == ShareType.CONDITIONAL
        rules.append(("share", shared != ShareType.NOT_SHARED, AGENCIES, row["share_condition"], conditional))
    if opened != Openness.UNDECLARED:
        conditional = opened == Openness.CONDITIONAL
        rules.append(("open", opened != Openness.CLOSED, PUBLIC, row["open_condition"], conditional))
    said: list[Statement] = []
    for name, may, party, condition, applied in rules:
        rule = f"{policy}/{name}"
        said.append(("odrl:permission" if may else "odrl:prohibition", Iri(rule)))
        statements: list[Statement] = [
            ("rdf:type", Iri(expand("odrl:Permission" if may else "odrl:Prohibition"))),
            ("odrl:target", Iri(Node.DATASET.iri(entry))),
            ("odrl:assigner", Iri(links.publisher(entry))),
            ("odrl:assignee", Iri(entry.publication.iri(party))),
            ("odrl:action", Iri(expand("odrl:use"))),
        ]
        if applied and may:
            statements.append(("odrl:duty", Iri(f"{rule}/apply")))
            duty = (("rdf:type", Iri(expand("odrl:Duty"))), ("odrl:action", Iri(expand("gir:applyForAccess"))))
            yield Subject(f"{rule}/apply", duty)
        if condition:
            statements.append(("odrl:constraint", Iri(f"{rule}/condition")))
            yield Subject(
                f"{rule}/condition",
                (
                    ("rdf:type", Iri(expand("odrl:Constraint"))),
                    ("odrl:leftOperand", Iri(expand(f"gir:{name}Condition"))),
                    ("odrl:operator", Iri(expand("odrl:eq"))),
                    ("odrl:rightOperand", Literal(condition, language="zh-Hans")),
                ),
            )
        yield Subject(rule, tuple(statements))
    if said:
        yield Subject(policy, (("odrl:uid", Iri(policy)), *said))
