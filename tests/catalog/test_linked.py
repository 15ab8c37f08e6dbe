"""The field table in RDF: what the full view says can be told apart again."""

from __future__ import annotations

import pytest

from catalog.authority import SHARE_TYPE
from catalog.linked import BESIDE, PREDICATES, WHOLLY, predicate, scheme, word
from catalog.namespaces import compact, expand
from catalog.table import by_name, value_rows
from catalog.vocabulary import Kind, ShareType

INSIDE = frozenset({"id", "source", "place"})


@pytest.mark.parametrize("kind", WHOLLY)
def test_no_two_properties_of_a_kind_share_a_predicate(kind):
    said = [expand(predicate(kind, name)) for name in WHOLLY[kind]]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("kind", BESIDE)
def test_what_is_said_beside_is_read_back(kind):
    assert set(BESIDE[kind]) <= set(WHOLLY[kind])


def test_every_name_is_a_property():
    named = {(kind, name) for kind, names in WHOLLY.items() for name in names} | PREDICATES.keys()
    assert [(kind, name) for kind, name in named if name not in by_name(kind) or name in INSIDE] == []


def test_embedded_values_have_predicates_of_ours():
    for kind, names in BESIDE.items():
        for value in filter(None, (by_name(kind)[name].value_class for name in names)):
            assert all(predicate(value, row.name).startswith("gir:") for row in value_rows(value))


def test_share_types_are_called_as_harvesters_know_them():
    assert [word(each) for each in ShareType] == [SHARE_TYPE[each] for each in ShareType]
    assert (scheme(by_name(Kind.RESOURCE)["share_type"]), word(Kind.GAP)) == ("share-type", "GAP")


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("http://purl.org/dc/terms/title", "dct:title"),
        ("http://purl.org/dc/terms/ti.tle", "<http://purl.org/dc/terms/ti.tle>"),
        ("urn:x:y", "<urn:x:y>"),
        ("http://www.w3.org/2001/XMLSchema#date", "xsd:date"),
    ],
)
def test_a_name_stands_for_its_iri(iri, name):
    assert (compact(iri), expand(name)) == (name, iri)
