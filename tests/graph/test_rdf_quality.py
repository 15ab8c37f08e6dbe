"""The quality score, over statements that a dataset and its distributions are made of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.rdf import file_types
from graph.rdf.context import Entry
from graph.rdf.nodes import subjects
from graph.rdf.quality import METRICS, MOST, Dimension, Facts, rating, score
from graph.rdf.terms import EU, Iri, Literal, Subject, expand
from tests.graph import rdf_samples

DATASET, FILE = "urn:x:dataset", "urn:x:file"
EVERYTHING = Facts(answers=lambda _: True, conforms=True)
NOTHING = Facts(answers=lambda _: False, conforms=False)
OPEN_FILE = (
    Subject(
        DATASET,
        (
            ("rdf:type", Iri(expand("dcat:Dataset"))),
            ("dcat:keyword", Literal("公交")),
            ("dcat:theme", Iri(f"{EU}data-theme/TRAN")),
            ("dct:spatial", Iri("urn:x:area")),
            ("dct:temporal", Iri("urn:x:period")),
            ("dct:accessRights", Iri(f"{EU}access-right/PUBLIC")),
            ("dcat:contactPoint", Iri("urn:x:contact")),
            ("dct:publisher", Iri("urn:x:org")),
            ("dct:issued", Literal("2024-03-01")),
            ("dct:modified", Literal("2026-08-20")),
            ("dcat:distribution", Iri(FILE)),
        ),
    ),
    Subject(
        FILE,
        (
            ("dcat:accessURL", Iri("https://data.example.cn/resource/a")),
            ("dcat:downloadURL", Iri("https://data.example.cn/file/a.csv")),
            ("dct:format", Iri(f"{EU}file-type/CSV")),
            ("dcat:mediaType", Iri("http://www.iana.org/assignments/media-types/text/csv")),
            ("dct:license", Iri(f"{EU}licence/CC_BY_4_0")),
            ("dct:rights", Iri("urn:x:rights")),
            ("dcat:byteSize", Literal("20480")),
        ),
    ),
)


def test_the_points_are_those_of_the_methodology():
    sums = {d: sum(m.points for m in METRICS if m.dimension is d) for d in Dimension}
    assert (list(sums.values()), MOST) == ([100, 100, 110, 75, 20], 405)


def test_an_open_file_with_everything_reaches_the_most():
    found = score(OPEN_FILE, EVERYTHING)
    assert (found.total, found.losses, found.dataset) == (MOST, (), DATASET)


def without(predicate: str) -> tuple[Subject, ...]:
    return tuple(Subject(n.iri, tuple(s for s in n.statements if s[0] != predicate)) for n in OPEN_FILE)


def replaced(predicate: str, term: Iri) -> tuple[Subject, ...]:
    return tuple(Subject(n.iri, tuple((p, term if p == predicate else o) for p, o in n.statements)) for n in OPEN_FILE)


LOSSES = [
    (without("dcat:keyword"), {"keywordAvailability": 30}),
    (without("dcat:theme"), {"categoryAvailability": 30}),
    (without("dct:spatial"), {"spatialAvailability": 20}),
    (without("dct:temporal"), {"temporalAvailability": 20}),
    (without("dcat:accessURL"), {"accessUrlStatusCode": 50}),
    (without("dcat:downloadURL"), {"downloadUrlAvailability": 20, "downloadUrlStatusCode": 30}),
    (
        without("dct:format"),
        {
            "formatAvailability": 20, "formatMediaTypeVocabularyAlignment": 10, "formatMediaTypeNonProprietary": 20,
            "formatMediaTypeMachineInterpretable": 20,
        },
    ),
    (replaced("dct:format", Iri(f"{EU}file-type/XLS")), {"formatMediaTypeNonProprietary": 20}),
    (without("dct:license"), {"licenceAvailability": 20, "knownLicence": 10}),
    (replaced("dct:license", Iri("https://data.example.cn/own-terms")), {"knownLicence": 10}),
    (replaced("dct:accessRights", Iri("urn:x:own")), {"accessRightsVocabularyAlignment": 5}),
    (without("dcat:contactPoint"), {"contactPointAvailability": 20}),
    (without("dct:publisher"), {"publisherAvailability": 10}),
    (without("dct:rights"), {"rightsAvailability": 5}),
    (without("dcat:byteSize"), {"byteSizeAvailability": 5}),
    (without("dct:issued"), {"dateIssuedAvailability": 5}),
    (without("dct:modified"), {"dateModifiedAvailability": 5}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("nodes", "lost"), LOSSES, ids=lambda value: "+".join(value) if isinstance(value, dict) else ""
)
def test_what_is_missing_costs_its_points_and_says_what_they_take(nodes, lost):
    found = score(nodes, EVERYTHING)
    assert {loss.metric.name: loss.points for loss in found.losses} == lost
    assert found.total == MOST - sum(lost.values())
    assert all(loss.metric.advice for loss in found.losses)


def test_addresses_that_do_not_answer_and_broken_shapes_cost_points():
    lost = {loss.metric.name: loss.points for loss in score(OPEN_FILE, NOTHING).losses}
    assert lost == {"accessUrlStatusCode": 50, "downloadUrlStatusCode": 30, "dcatApCompliance": 30}


def test_of_several_distributions_each_earns_its_share():
    dataset = Subject(DATASET, (*OPEN_FILE[0].statements, ("dcat:distribution", Iri("urn:x:bare"))))
    found = score((dataset, OPEN_FILE[1], Subject("urn:x:bare", ())), EVERYTHING)
    lost = {loss.metric.name: loss.points for loss in found.losses}
    assert lost["accessUrlStatusCode"] == 25
    assert lost["byteSizeAvailability"] == 3  # half of five, rounded down


def test_nodes_without_a_dataset_are_refused():
    with pytest.raises(ValueError, match="no dataset"):
        score(OPEN_FILE[1:], EVERYTHING)


@pytest.mark.parametrize(
    ("points", "word"), [(351, "excellent"), (350, "good"), (221, "good"), (220, "sufficient"), (119, "bad")]
)
def test_ratings(points, word):
    assert rating(points) == word


ROWS = {row["id"]: row for row in rdf_samples.harvested()}
KNOWN = Facts(lambda _: True, conforms=True)


def test_an_open_file_of_the_export_reaches_the_most():
    assert score(subjects(Entry(rdf_samples.PUBLICATION, ROWS["resource/r-3open"])), KNOWN).total == MOST


def test_a_conditional_resource_gets_what_is_honestly_its_own():
    found = score(subjects(Entry(rdf_samples.PUBLICATION, ROWS["resource/r-1conditional"])), KNOWN)
    assert {loss.metric.name for loss in found.losses} == {
        "temporalAvailability", "downloadUrlAvailability", "downloadUrlStatusCode", "formatMediaTypeNonProprietary",
        "formatMediaTypeVocabularyAlignment", "knownLicence", "byteSizeAvailability",
    }  # fmt: skip


def test_file_types_are_those_of_the_tables():
    shared = Path(os.environ.get("MULU_SHARED") or Path(__file__).resolve().parents[3] / "shared")
    folder = shared / "shapes" / "eu-authority"
    if not folder.is_dir():
        pytest.skip("THE FILE TYPES WERE NOT COMPARED: there is no shapes/eu-authority in MULU_SHARED or ../shared")
    for name, codes in {
        "file_types": file_types.CODES,
        "machine_readable": file_types.MACHINE_READABLE,
        "non_proprietary": file_types.NON_PROPRIETARY,
    }.items():
        lines = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        assert codes == {line.partition(",")[2].strip() for line in lines}
