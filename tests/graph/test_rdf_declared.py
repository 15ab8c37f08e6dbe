"""Nothing is said in RDF that no row of a table declares, and no row is there for nothing."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, cast

import pyoxigraph
import pytest
from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, SH, SKOS, Graph, URIRef

from catalog.table import ObjectKind
from graph.rdf import declared as told
from graph.rdf import feed
from graph.rdf.declared import Declared, declared
from graph.rdf.lines import held
from graph.rdf.national import NATIONAL
from graph.rdf.table import TABLE, Row
from graph.rdf.tables import CONCEPT, Line, View, typed
from graph.rdf.terms import NAMESPACES, compact, expand
from tests.graph.rdf_everything import FOREIGN, everything

ROWS = declared()
NODE = {ObjectKind.IRI, ObjectKind.CONCEPT}
LISTED = {"rdf": RDF, "rdfs": RDFS, "dct": DCTERMS, "foaf": FOAF, "prov": PROV, "sh": SH, "skos": SKOS}
"""Vocabularies that rdflib has whole."""
KEPT_BESIDE = {
    "dcat": "dcat3/dcat3.ttl", "odrl": "odrl/ODRL22.ttl", "eli": "eli/eli-1.2.nt", "csvw": "csvw/csvw.ttl",
}  # fmt: skip
"""Vocabularies that stand beside the shapes."""
FEW = {
    "adms": "Identifier identifier status",
    "as": "Create Delete Tombstone Update deleted object published",
    "cpsv": "PublicService Rule follows implements",
    "cv": "PublicOrganisation hasCompetentAuthority",
    "dqv": "Dimension Metric QualityMeasurement computedOn expectedDataType hasQualityMeasurement inDimension"
    " isMeasurementOf value",
    "dcatap": "applicableLegislation",
    "hydra": "PagedCollection PartialCollectionView first firstPage itemsPerPage next nextPage totalItems",
    "ldes": "EventStream LatestVersionSubset amount pollingInterval retentionPolicy timestampPath versionCreateObject"
    " versionDeleteObject versionOfPath versionUpdateObject",
    "tree": "GreaterThanOrEqualToRelation Node member node path relation shape value view",
    "vcard": "Kind Organization fn hasEmail hasURL",
}
"""All that is said in the words of vocabularies of which a few terms are used."""


@dataclass(frozen=True)
class Said:
    """The documents, and the rows that were used for them."""

    documents: dict[str, str]
    used: set[int]


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> Iterator[Said]:
    used: set[int] = set()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(feed, "SIZE", 9)
        for row in (Row, Line):
            patched.setattr(row, "statements", _noting(row.statements, used))
        yield Said(asyncio.run(everything(tmp_path_factory.mktemp("declared") / "mulu.db")), used)


def _noting(statements: Any, used: set[int]) -> Any:
    def noting(row: Any, of: Any) -> Iterator[Any]:
        for each in statements(row, of):
            used.add(id(row))
            yield each

    return noting


def quads(documents: dict[str, str]) -> Iterator[tuple[str, list[pyoxigraph.Quad]]]:
    for name, text in documents.items():
        yield name, list(pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.N_QUADS))


def fits(row: Declared, said: Any) -> bool:
    """Whether a row declares an object: as a node, or as a literal of its datatype or language."""
    if not isinstance(said, pyoxigraph.Literal):
        return row.object in NODE and (not row.types or compact(said.value) in row.types)
    if row.object in NODE or (row.language or "").lower() != (said.language or ""):
        return False
    plain = f"{NAMESPACES['rdf']}langString" if row.language else f"{NAMESPACES['xsd']}string"
    return said.datatype.value == (expand(row.datatype) if row.datatype else plain)


def test_nothing_is_said_that_no_row_declares(said):
    by_predicate = defaultdict(list)
    for row in ROWS:
        by_predicate[expand(row.predicate)].append(row)
    types, undeclared = defaultdict(set), set()
    documents = dict(quads(said.documents))
    for quad in chain(*documents.values()):  # the catalogue, for one, is not typed wherever it is named
        if quad.predicate.value == expand("rdf:type"):
            types[str(quad.subject)].add(compact(str(cast("Any", quad.object).value)))
    for name, found in documents.items():
        for quad in found:
            rows = by_predicate[quad.predicate.value]
            if quad.predicate.value != FOREIGN and not any(
                fits(row, quad.object) and types[str(quad.subject)] & set(row.classes) for row in rows
            ):
                undeclared.add((name, str(quad)))
    assert undeclared == set()


def test_what_another_catalogue_said_is_all_that_is_said_beside(said):
    assert FOREIGN not in {expand(row.predicate) for row in ROWS}
    assert f"<{FOREIGN}>" in said.documents["full"]


def test_no_row_is_there_for_nothing(said):
    rows: list[tuple[str, Row | Line[Any]]] = [(row.node.name, row) for row in (*TABLE, *NATIONAL.rows)]
    rows += [(table.name, line) for table in told.TABLES for line in table.lines]
    assert [(name, row.predicate, row.datatype) for name, row in rows if id(row) not in said.used] == []


def test_every_predicate_said_by_the_field_table_is_said_somewhere(said):
    """The rows that derive from the field table are no objects of their own: their predicates and classes are seen."""
    seen = {(q.predicate.value, cast("Any", q.object).value) for _, found in quads(said.documents) for q in found}
    predicates = {predicate for predicate, _ in seen}
    assert {row.predicate for row in ROWS if expand(row.predicate) not in predicates} == set()
    types = {value for predicate, value in seen if predicate == expand("rdf:type")}
    assert {name for row in ROWS for name in row.types if expand(name) not in types} == set()


@pytest.fixture(scope="module")
def shapes() -> Path:
    path = Path(os.environ.get("MULU_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "shapes"
    if not path.is_dir():
        pytest.skip("THE TABLES WERE NOT HELD TO VOCABULARIES: there are no shapes in MULU_SHARED or ../shared")
    return path


def test_every_term_is_one_of_its_vocabulary(shapes):
    terms = {name for row in ROWS for name in (row.predicate, *row.types)}
    known = {f"{prefix}:{name}" for prefix, names in FEW.items() for name in names.split()}
    assert {name for name in terms if name.partition(":")[0] in FEW} == known
    for prefix, name in sorted(each.split(":") for each in terms - known):
        if prefix in LISTED:
            assert URIRef(NAMESPACES[prefix] + name) in LISTED[prefix], name
        elif prefix in KEPT_BESIDE:
            vocabulary = Graph().parse(shapes / KEPT_BESIDE[prefix])
            assert (URIRef(NAMESPACES[prefix] + name), None, None) in vocabulary, name
        else:
            assert prefix == "gir", prefix


def test_every_property_that_dcat_ap_requires_has_its_row_of_the_kind_required(shapes):
    dcat_ap = Graph().parse(shapes / "dcat-ap-3.0.1" / "shapes.ttl")
    harvest = [row for row in ROWS if row.view == View.HARVEST]
    classes = {name for row in harvest for name in row.types}
    held_to = 0
    for shape, target in dcat_ap.subject_objects(SH.targetClass):
        if (name := compact(str(target))) not in classes:
            continue
        for limit in dcat_ap.objects(shape, SH.property):
            path = compact(str(dcat_ap.value(limit, SH.path)))
            rows = [row for row in harvest if row.predicate == path and name in row.classes]
            least, kind = dcat_ap.value(limit, SH.minCount), dcat_ap.value(limit, SH.nodeKind)
            assert rows or not (least and int(str(least)) > 0), (name, path)
            for row in rows:
                held_to += 1
                assert not (kind == SH.Literal and row.object in NODE), row
                assert not (kind in (SH.IRI, SH.BlankNodeOrIRI) and row.object not in NODE), row
    assert held_to > 40


@pytest.mark.parametrize(
    "line", [lambda: held("name", "rdf:type"), lambda: Line("dct:title", CONCEPT, list, classes=("a",))]
)
def test_a_row_of_types_names_its_classes_and_no_other_does(line):
    assert typed("dcat:Dataset")[0].classes == ("dcat:Dataset",)
    with pytest.raises(ValueError, match="with the classes"):
        line()
