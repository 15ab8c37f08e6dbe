from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, PROV, RDF, Graph, Literal, Namespace, URIRef

from tests.graph.rdf_samples import PUBLICATION, export, parsed

BASE = PUBLICATION.base
SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPES = ["shapes.ttl", "range.ttl", "shapes_recommended.ttl", "deprecateduris.ttl"]
RECOMMENDED = {
    (DCAT.Catalog, DCTERMS.issued), (DCAT.Catalog, DCTERMS.spatial),
    (DCAT.Distribution, DCTERMS.description), (DCAT.Distribution, URIRef("http://data.europa.eu/r5r/availability")),
    (DCTERMS.Location, DCAT.bbox), (DCTERMS.Location, DCAT.centroid), (DCAT.Dataset, DCTERMS.temporal),
    (DCTERMS.LicenseDocument, DCTERMS.type), (DCTERMS.PeriodOfTime, DCAT.startDate),
}  # fmt: skip
"""What DCAT-AP recommends and the catalogue does not know: it warns, and nothing is made up."""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return parsed(export("nt"), "nt")


@pytest.fixture(scope="module")
def shared() -> Path:
    path = Path(os.environ.get("MULU_SHARED") or Path(__file__).resolve().parents[3] / "shared")
    if not (path / "shapes" / "dcat-ap-3.0.1").is_dir():
        pytest.skip("THE EXPORT WAS NOT VALIDATED: there are no shapes/dcat-ap-3.0.1 in MULU_SHARED or ../shared")
    return path


def results(graph: Graph, shapes: Graph, severity: URIRef = SH.Violation) -> list[tuple[URIRef, ...]]:
    """What was found of a severity: node, path, component, message."""
    _, report, _ = validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    names = ("focusNode", "resultPath", "sourceConstraintComponent", "resultMessage")
    return [
        tuple(report.value(result, SH[name]) for name in names)
        for result in report.subjects(SH.resultSeverity, severity)
    ]


def dcat_ap(shared: Path, name: str) -> Graph:
    return Graph().parse(shared / "shapes" / "dcat-ap-3.0.1" / name)


@pytest.mark.parametrize("name", SHAPES)
def test_the_export_conforms_to_dcat_ap(shared, graph, name):
    assert results(graph, dcat_ap(shared, name)) == []


def test_what_is_recommended_is_given_where_it_is_known(shared, graph):
    found = results(graph, dcat_ap(shared, "shapes_recommended.ttl"), SH.Warning)
    lacking = {(type_, path) for node, path, *_ in found for type_ in graph.objects(node, RDF.type)}
    types = {type_ for type_, _ in RECOMMENDED}
    assert {pair for pair in lacking if pair[0] in types} == RECOMMENDED
    assert {node for node, *_ in found if not types & set(graph.objects(node, RDF.type))} == set()


def profile(shared: Path) -> Graph:
    """Our own stricter shapes without that of pages, which is for paging."""
    shapes = Graph().parse(shared / "rdf" / "profile-shapes.ttl")
    shapes.remove((URIRef("https://data.example.cn/def/shapes#Page"), None, None))
    return shapes


def test_the_export_conforms_to_our_own_profile(shared, graph):
    assert results(graph, profile(shared)) == []


BROKEN = [
    ("profile", DCTERMS.issued, Literal("2024"), "Or"),
    ("profile", DCAT.keyword, Literal("a、b"), "Pattern"),
    ("profile", DCTERMS.publisher, URIRef(f"{BASE}id/org/other"), "MaxCount"),
    ("profile", PROV.qualifiedAttribution, URIRef(f"{BASE}id/org/other"), "MaxCount"),
    ("shapes.ttl", DCTERMS.publisher, Literal("a"), "NodeKind"),
    ("range.ttl", DCTERMS.spatial, URIRef(f"{BASE}id/area/untyped"), "Class"),
]


@pytest.mark.parametrize(("name", "predicate", "value", "component"), BROKEN)
def test_the_shapes_can_be_broken(shared, graph, name, predicate, value, component):
    broken = Graph() + graph
    broken.add((URIRef(f"{BASE}id/resource/r-2bare"), predicate, value))
    found = results(broken, profile(shared) if name == "profile" else dcat_ap(shared, name))
    assert {path for _, path, *_ in found} == {predicate}
    assert SH[f"{component}ConstraintComponent"] in {kind for _, _, kind, _ in found}
