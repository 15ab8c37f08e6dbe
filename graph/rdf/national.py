"""The national catalogue's profile: what the guideline's elements say and DCAT-AP has no words for, in words of ours.

An example of a profile beside DCAT-AP: rows more, and without the themes of the EU. It still conforms to DCAT-AP.
Source: 政务信息资源目录编制指南（试行）, core elements; GB/T 21063.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.table import ObjectKind
from catalog.vocabulary import Openness
from graph.rdf import links
from graph.rdf.context import Entry
from graph.rdf.describe import publishing_agency
from graph.rdf.named import term_node
from graph.rdf.nodes import REFERENCES, Reference
from graph.rdf.profile import adapted
from graph.rdf.table import Node, Row
from graph.rdf.terms import NAMESPACES, Subject

_LITERAL, _LANGUAGE, _CONCEPT = ObjectKind.LITERAL, ObjectKind.LANGUAGE, ObjectKind.CONCEPT
NATIONAL_IRI = f"{NAMESPACES['gir']}national-catalogue"


def _provider_code(entry: Entry) -> Iterator[str | None]:
    if agency := publishing_agency(entry):
        yield agency["credit_code"]


def _openness(entry: Entry) -> Iterator[str]:
    yield entry.publication.iri("id/concept/openness", entry.row["open_to_public"])


def _openness_nodes(entry: Entry) -> Iterator[Subject]:
    yield term_node(entry.publication, "openness", Openness(entry.row["open_to_public"]))


def _themes(reference: Reference) -> bool:
    return reference.name == "theme"


NATIONAL = adapted(
    "national",
    NATIONAL_IRI,
    "政务信息资源目录",
    adds=(
        Row(Node.DATASET, "gir:providerCode", _LITERAL, _provider_code, of=("responsibilities",)),
        Row(Node.DATASET, "gir:shareMode", _CONCEPT, links.modes, of=("mode",)),
        Row(
            Node.DATASET, "gir:shareCondition", _LANGUAGE, lambda e: (e.row["share_condition"],),
            of=("share_condition",),
        ),
        Row(Node.DATASET, "gir:openness", _CONCEPT, _openness, of=("open_to_public",)),
        Row(Node.DATASET, "gir:openCondition", _LANGUAGE, lambda e: (e.row["open_condition"],), of=("open_condition",)),
        Row(Node.DATASET, "gir:platform", _LANGUAGE, lambda e: (e.row["platform"],), of=("platform",)),
        Row(
            Node.DATASET, "gir:updateFrequency", _LANGUAGE,
            lambda e: (e.row["update_frequency"]["text"] if e.row["update_frequency"] else None,),
            of=("update_frequency",),
        ),
        Row(Node.RECORD, "gir:profile", _CONCEPT, lambda _: (NATIONAL_IRI,)),
    ),
    leaves_out=((Node.DATASET, "dcat:theme"), (Node.SERVICE, "dcat:theme")),
    references=(
        *(each for each in REFERENCES if not _themes(each)),
        Reference("openness", ("open_to_public",), _openness_nodes),
    ),
)  # fmt: skip
