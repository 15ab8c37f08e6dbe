"""The rule that a resource is shared by, and the service of applying for it, in CPSV-AP's words. Full view.

The rule implements the provisions that the resource rests on; there is none where it rests on nothing that is held. The
service is there where the resource is shared or opened on application, and its authority is whoever provides it.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.vocabulary import Openness, ShareType
from graph.rdf import links
from graph.rdf.context import Entry, Publication
from graph.rdf.describe import rights
from graph.rdf.named import concept
from graph.rdf.table import Node
from graph.rdf.tables import CONCEPT, IRI, LANGUAGE, LITERAL, Line, Table, View, typed
from graph.rdf.terms import Subject

RULE_TYPES = {"sharing": ("共享规则", "rule of sharing")}


def _rule(entry: Entry) -> str:
    return entry.publication.iri(f"id/rule/{entry.slug}")


def _service(entry: Entry) -> str:
    return f"{_rule(entry)}/application"


def _laws(entry: Entry) -> Iterator[str | None]:
    return (links.law(entry.publication, citation) for citation in entry.row["basis"])


def _ruled(entry: Entry) -> bool:
    return any(_laws(entry))


def _applied(entry: Entry) -> bool:
    decided = {entry.row["share_type"], entry.row["open_to_public"]}
    return not decided.isdisjoint((ShareType.CONDITIONAL, Openness.CONDITIONAL))


def _type(publication: Publication) -> str:
    return publication.iri("id/concept/rule-type", "sharing")


FOLLOWS: Table[Entry] = Table(
    "dataset with a rule", View.FULL, Node.DATASET.iri, (Line("cpsv:follows", IRI, lambda e: (_rule(e),)),),
    adds_to=("dcat:Dataset",),
)  # fmt: skip
RULE: Table[Entry] = Table(
    "rule of sharing", View.FULL, _rule,
    (
        *typed("cpsv:Rule"),
        Line("dct:identifier", LITERAL, lambda e: (f"rule-{e.slug}",)),
        Line("dct:title", LANGUAGE, lambda e: (f"{e.row['name']}：共享规则",)),
        Line("dct:description", LANGUAGE, lambda e: (rights(e),)),
        Line("dct:type", CONCEPT, lambda e: (_type(e.publication),)),
        Line("cpsv:implements", IRI, _laws),
    ),
)  # fmt: skip
SERVICE: Table[Entry] = Table(
    "service of applying", View.FULL, _service,
    (
        *typed("cpsv:PublicService"),
        Line("dct:identifier", LITERAL, lambda e: (f"application-{e.slug}",)),
        Line("dct:title", LANGUAGE, lambda e: (f"{e.row['name']}：申请",)),
        Line("dct:description", LANGUAGE, lambda e: (rights(e),)),
        Line("cv:hasCompetentAuthority", IRI, lambda e: (links.publisher(e),)),
        Line("dct:relation", IRI, lambda e: (Node.DATASET.iri(e),)),
        Line("cpsv:follows", IRI, lambda e: (_rule(e) if _ruled(e) else None,)),
    ),
)  # fmt: skip
TABLES = (FOLLOWS, RULE, SERVICE)


def services(entry: Entry) -> Iterator[Subject]:
    """The rule and the service of a resource, as far as it has them."""
    if _ruled(entry):
        yield FOLLOWS.node(entry)
        yield RULE.node(entry)
    if _applied(entry):
        yield SERVICE.node(entry)


def types(publication: Publication) -> Iterator[Subject]:
    """The concept that says what sort of rule it is."""
    yield concept(_type(publication), RULE_TYPES["sharing"][0])
