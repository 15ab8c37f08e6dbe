from __future__ import annotations

from typing import Any, cast

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from catalog.table import rows
from catalog.vocabulary import FrequencyCode, Kind, Openness, ProvisionKind, ShareType
from graph.rdf import concepts, describe
from graph.rdf.syntax import WRITERS
from graph.rdf.table import TABLE, Node
from graph.rdf.terms import NAMESPACES, Iri, Literal, Subject, encode, expand, segment

BASE = "https://data.example.cn/"
FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
}
NOT_XML = {*range(0x20), 0xFFFE, 0xFFFF} - {9, 10, 13}


def written(extension: str, subjects: list[Subject]) -> str:
    writer = WRITERS[extension]()
    return "".join([writer.start(), *map(writer.subject, subjects), writer.end()])


def read(extension: str, text: str) -> set[tuple[Any, ...]]:
    found: set[tuple[Any, ...]] = set()
    for quad in pyoxigraph.parse(text.encode(), FORMATS[extension]):
        term = cast("Any", quad.object)
        value = (
            (term.value, term.language, term.datatype.value) if isinstance(term, pyoxigraph.Literal) else (term.value,)
        )
        found.add((cast("Any", quad.subject).value, quad.predicate.value, *value))
    return found


def meant(subjects: list[Subject], *, xml: bool) -> set[tuple[Any, ...]]:
    found: set[tuple[Any, ...]] = set()
    for subject in subjects:
        for predicate, term in subject.statements:
            if isinstance(term, Iri):
                found.add((subject.iri, expand(predicate), term.value))
                continue
            value = "".join("\ufffd" if xml and ord(letter) in NOT_XML else letter for letter in term.value)
            kind = expand(term.datatype) if term.datatype else NAMESPACES["xsd"] + "string"
            kind = NAMESPACES["rdf"] + "langString" if term.language else kind
            found.add((subject.iri, expand(predicate), value, term.language and term.language.lower(), kind))
    return found


words = st.one_of(
    st.text(max_size=10), st.text("\0\x07\x0b\x1f\x7f\x85\u2028\ufeff\ufffe\uffff\\\"'<>&]]>\r\n\t 𠮷🚌é%", max_size=12)
)
iris = words.map(lambda word: Iri(f"{BASE}id/{segment(word)}")) | st.sampled_from(
    [Iri(expand("dct:title")), Iri("mailto:a@b.cn")]
)
literals = st.one_of(
    words.map(Literal),
    words.map(lambda word: Literal(word, language="zh-Hans")),
    st.dates().map(lambda day: Literal(day.isoformat(), datatype="xsd:date")),
)
predicates = st.sampled_from(["dct:title", "skos:prefLabel", "gir:shareType"])
statements = st.one_of(
    st.tuples(predicates, literals), st.tuples(predicates, iris), st.tuples(st.just("rdf:type"), iris)
)
documents = st.lists(
    st.builds(Subject, iris.map(lambda iri: iri.value), st.lists(statements, max_size=4).map(tuple)), max_size=3
)


@pytest.mark.parametrize("extension", WRITERS)
def test_what_is_written_is_what_was_meant(extension):
    @settings(max_examples=80)
    @given(documents)
    def check(subjects):
        text = written(extension, subjects)
        assert read(extension, text) == meant(subjects, xml=extension == "rdf")

    check()


@settings(max_examples=100)
@given(words)
def test_any_name_is_one_safe_segment(name):
    made = segment(name)
    assert made.isascii()
    assert "/" not in made
    assert made not in (".", "..")
    assert all(letter.isalnum() or letter in "-._~%" for letter in made)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("自然人", "%E8%87%AA%E7%84%B6%E4%BA%BA"),
        ("e\u0301", "%C3%A9"),
        ("a/b", "a%2Fb"),
        ("..", "%2E%2E"),
        ("a.b", "a.b"),
        ("~", "~"),
    ],
)
def test_segments(name, made):
    assert segment(name) == made


def test_paths_keep_their_slashes():
    assert encode("id/law/a.b 人") == "id/law/a.b%20%E4%BA%BA"


def test_prefixes_are_a_closed_list():
    with pytest.raises(KeyError):
        expand("dcta:title")


def test_writers_are_told_by_extension_and_media_type():
    assert {name: writer.extension for name, writer in WRITERS.items()} == {name: name for name in WRITERS}
    assert len({writer.media_type for writer in WRITERS.values()}) == len(WRITERS)


def test_every_published_property_of_resources_is_written():
    declared = {(row.rdf.predicate, row.rdf.object) for row in rows(Kind.RESOURCE) if row.rdf and not row.rdf.full_only}
    made = {(row.predicate, row.object) for row in TABLE if row.node in (Node.DATASET, Node.DISTRIBUTION)}
    assert declared <= made


def test_rows_of_a_node_stand_together_and_types_come_first():
    nodes = [row.node for row in TABLE]
    assert nodes == sorted(nodes, key=nodes.index)
    for node in set(nodes) - {Node.CATALOGUE}:
        predicates = [row.predicate for row in TABLE if row.node is node]
        assert predicates == sorted(predicates, key=lambda predicate: predicate != "rdf:type")
        assert "rdf:type" in predicates


def test_predicates_and_datatypes_have_known_prefixes():
    assert all(expand(name) for row in TABLE for name in (row.predicate, row.datatype) if name)


@pytest.mark.parametrize(
    ("table", "terms"),
    [(concepts.ACCESS_RIGHT, Openness), (concepts.FREQUENCY, FrequencyCode), (concepts.SHARE_TYPE, ShareType)],
)
def test_every_term_has_its_concept(table, terms):
    assert set(table) == set(terms)


def test_every_concept_of_the_eu_has_a_label():
    codes = {f"access-right/{code}" for code in concepts.ACCESS_RIGHT.values()}
    codes |= {f"frequency/{code}" for code in (*concepts.FREQUENCY.values(), concepts.UNKNOWN_FREQUENCY)}
    codes |= {f"data-theme/{code}" for code in (*concepts.THEME.values(), concepts.OTHER_THEME)}
    assert codes | {"language/ZHO"} == set(concepts.LABELS)


@pytest.mark.parametrize("kind", ProvisionKind, ids=str)
def test_a_provision_is_called_by_every_level_above_it(kind):
    row = {"id": "law/x-2017-y.a7p1i2", "label": "（二）", "provision_kind": kind, "regulation": {"title": "细则"}}
    assert describe.law_title({"provision": row, "regulation": None}) == "细则 第7条第1款第2项"


def test_an_empty_document_is_one():
    for extension in WRITERS:
        name = {"rdf": "xml", "ttl": "turtle", "nt": "nt"}.get(extension)
        assert read(extension, written(extension, [])) == set()
        assert name is None or len(Graph().parse(data=written(extension, []), format=name)) == 0
