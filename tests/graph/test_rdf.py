from __future__ import annotations

import datetime as dt
import itertools
import json
import re
import tracemalloc
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pyoxigraph
import pytest
from pyld import jsonld
from rdflib import DCAT, DCTERMS, RDF, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import to_canonical_graph

from catalog.changes import ChangeSet
from graph.port import Store
from graph.rdf.export import harvest
from graph.rdf.syntax import WRITERS
from graph.rdf.terms import NAMESPACES
from graph.sqlite.store import SqliteStore
from tests.graph import rdf_samples as samples
from tests.graph.rdf_samples import ALL, NASTY, PUBLICATION, MemoryStore, export, parsed

GOLDENS = Path(__file__).parent / "goldens" / "rdf"
BASE = PUBLICATION.base
GIR = Namespace(NAMESPACES["gir"])
IRI = re.compile(r"(https?://[\w.-]+/|mailto:)([A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-F]{2})*", re.ASCII)
FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
}


def triples(graph: Graph) -> set[tuple[Any, ...]]:
    """The triples by value: language tags in lower case, plain strings as such."""
    return {
        (str(s), str(p), str(o), (o.language or "").lower(), str(o.datatype or "")) if isinstance(o, Literal) else (str(s), str(p), str(o))
        for s, p, o in graph
    }  # fmt: skip


def _by_value(triple: dict[str, Any]) -> tuple[Any, ...]:
    s, p, o = triple["subject"]["value"], triple["predicate"]["value"], triple["object"]
    if o["type"] != "literal":
        return (s, p, o["value"])
    plain = (f"{NAMESPACES['xsd']}string", f"{NAMESPACES['rdf']}langString")
    return (s, p, o["value"], o.get("language", "").lower(), "" if o["datatype"] in plain else o["datatype"])


def ox_triples(text: str, extension: str) -> Counter[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for quad in pyoxigraph.parse(text.encode(), FORMATS[extension]):
        s, p, o = cast("Any", quad.subject).value, quad.predicate.value, cast("Any", quad.object)
        if isinstance(o, pyoxigraph.Literal):
            kind = o.datatype.value.removeprefix(NAMESPACES["xsd"] + "string").removeprefix(
                NAMESPACES["rdf"] + "langString"
            )
            found.append((s, p, o.value, (o.language or "").lower(), kind))
        else:
            found.append((s, p, o.value))
    return Counter(found)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {extension: export(extension) for extension in WRITERS}


@pytest.fixture(scope="module")
def graph(texts) -> Graph:
    return parsed(texts["nt"], "nt")


def xml_safe(found: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    return {tuple(part.replace("\x07", "\ufffd") for part in triple) for triple in found}


@pytest.mark.parametrize("extension", WRITERS)
def test_all_syntaxes_say_the_same(texts, graph, extension):
    expected = triples(graph)
    assert len(expected) > 200
    assert any("\x07" in part for triple in expected for part in triple)
    if extension == "rdf":  # XML 1.0 has no way to say a control character
        expected = xml_safe(expected)
    assert triples(parsed(texts[extension], extension)) == expected
    assert set(ox_triples(texts[extension], extension)) == expected


def test_a_json_ld_processor_reads_the_same_graph(texts, graph):
    """The expansion and deserialisation algorithms of the JSON-LD 1.1 API, by PyLD."""
    (found,) = jsonld.to_rdf(json.loads(texts["jsonld"])).values()
    assert {_by_value(triple) for triple in found} == triples(graph)


@pytest.mark.parametrize("extension", WRITERS)
def test_no_statement_is_written_twice(texts, extension):
    assert [triple for triple, times in ox_triples(texts[extension], extension).items() if times > 1] == []


@pytest.mark.parametrize("extension", WRITERS)
def test_equal_catalogues_give_equal_bytes(texts, extension):
    assert export(extension, tuple(reversed(ALL))) == texts[extension]


@pytest.mark.parametrize("extension", WRITERS)
def test_golden(extension, request):
    """The easy part of the sample, byte for byte."""
    got = export(extension, samples.EASY)
    path = GOLDENS / f"harvest.{extension}"
    if request.config.getoption("--update-golden-files"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(got.encode())
    assert path.read_bytes().decode() == got


def test_there_are_no_blank_nodes(graph):
    assert [term for triple in graph for term in triple if isinstance(term, BNode)] == []
    assert to_canonical_graph(graph) is not None


def test_every_iri_is_valid(graph):
    iris = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    iris |= {str(term.datatype) for triple in graph for term in triple if isinstance(term, Literal) and term.datatype}
    assert [iri for iri in iris if not IRI.fullmatch(iri)] == []
    assert [iri for iri in iris if re.search(r"/\.{1,2}(/|$)", iri)] == []
    assert [iri for iri in iris if "%25" in iri and "%2525" in iri] == []


def test_every_node_has_a_type_and_everything_named_is_there(graph):
    typed = set(graph.subjects(RDF.type))
    beyond = (RDF.type, SKOS.inScheme, DCAT.downloadURL)
    named = {o for p, o in graph.predicate_objects() if isinstance(o, URIRef) and p not in beyond}
    assert set(graph.subjects()) == typed
    assert {str(iri) for iri in named - typed if not str(iri).startswith("mailto:")} == set()


def test_literals_survive(graph):
    dataset = URIRef(f"{BASE}id/resource/r-4awkward")
    assert graph.value(dataset, DCTERMS.title) == Literal(NASTY, lang="zh-Hans")
    assert graph.value(dataset, DCTERMS.description) == Literal(NASTY, lang="zh-Hans")


@pytest.mark.parametrize("extension", WRITERS)
def test_what_is_not_cleared_stays_out(texts, extension):
    assert "r-6secret" not in texts[extension]
    assert "机密" not in texts[extension]
    assert "%E6%9C%BA%E5%AF%86" not in texts[extension]  # 机密 in an IRI
    assert "档案馆" not in parsed(texts[extension], extension).serialize(format="turtle").split("由示例市档案馆")[0]


ONE = "identifier publisher spatial issued modified accessRights accrualPeriodicity language description".split()


def test_exactly_one_of_each(graph):
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert {str(one).rsplit("/", 1)[1] for one in datasets} == {
        "r-1conditional",
        "r-2bare",
        "r-3open",
        "r-4awkward",
        "r-5dots",
    }
    for dataset in datasets:
        counts = {name: len(set(graph.objects(dataset, DCTERMS[name]))) for name in ONE}
        assert counts == dict.fromkeys(ONE, 1)
        assert len(set(graph.objects(dataset, GIR.shareType))) == 1
        assert len(set(graph.objects(dataset, DCAT.contactPoint))) == 1
        for distribution in graph.objects(dataset, DCAT.distribution):
            for predicate in (DCAT.accessURL, DCTERMS.format, DCAT.mediaType, DCTERMS.license, DCTERMS.rights):
                assert len(set(graph.objects(distribution, predicate))) == 1


def test_records_of_one_slug_are_one_each(graph):
    for node in (DCAT.CatalogRecord, DCAT.Dataset):
        assert len(set(graph.subjects(RDF.type, node))) == 5


KEYWORDS = [
    ("路", None, ["政务信息"]),
    ("公交线路、站点信息（2026）", None, ["公交线路", "站点信息", "2026"]),
    ("A、B、C", "自然人", ["自然人"]),
    ("人口", "人口", ["人口"]),
    ("长" * 230, None, ["长" * 100, "长" * 30]),
    (" 甲 、乙乙 ", None, ["乙乙"]),
    ("“婚姻”\n登记", None, ["婚姻", "登记"]),
    ("C++ 语言", None, ["语言"]),
]


@pytest.mark.parametrize(("name", "category", "words"), KEYWORDS)
def test_keywords_are_what_ckan_takes(name, category, words):
    records = [replace(samples.BARE, name=name, category=category)]
    found = parsed(export("nt", records), "nt")
    keywords = {str(word) for word in found.objects(URIRef(f"{BASE}id/resource/r-2bare"), DCAT.keyword)}
    assert keywords == set(words)
    assert all(re.fullmatch(r"[\w .-]{2,100}", word) for word in keywords)


def objects(graph: Graph, slug: str, predicate: URIRef) -> set[str]:
    return {str(found).removeprefix(BASE) for found in graph.objects(URIRef(f"{BASE}{slug}"), predicate)}


FACTS = [
    ("id/resource/r-1conditional", DCTERMS.publisher, {"id/org/11000000mb00000027"}),
    ("id/resource/r-1conditional", DCTERMS.creator, {"id/org/11000000mb00000027", "id/org/110000-transport"}),
    ("id/resource/r-2bare", DCTERMS.publisher, {"id/org/catalogue"}),
    ("id/resource/r-2bare", DCTERMS.creator, set()),
    ("id/resource/r-1conditional", GIR.updateInterval, {"P3D"}),
    ("id/resource/r-3open", GIR.updateInterval, set()),
    ("id/resource/r-2bare", DCTERMS.issued, {"2026-11-21"}),
    ("id/resource/r-3open", DCTERMS.issued, {"2023-03-15"}),
    ("id/resource/r-3open", DCTERMS.modified, {"2026-11-21"}),
    ("id/record/r-3open", DCTERMS.modified, {samples.LOADED}),
    ("id/resource/r-4awkward", DCTERMS.spatial, {"id/area/%E7%A4%BA%E4%BE%8B%20%E5%B8%82%2F%E6%96%B0%E5%8C%BA%25"}),
    ("id/resource/r-5dots", DCTERMS.spatial, {"id/area/%2E"}),
    ("id/resource/r-5dots", DCTERMS.subject, {"id/concept/class/%2E%2E"}),
    ("id/contact/r-4awkward", URIRef(f"{NAMESPACES['vcard']}hasEmail"), {"mailto:a%25b+c@example.cn"}),
    ("id/contact/r-3open", URIRef(f"{NAMESPACES['vcard']}fn"), {PUBLICATION.publisher}),
    ("id/contact/r-1conditional", URIRef(f"{NAMESPACES['vcard']}fn"), {"目录管理岗"}),
    ("id/identifier/r-1conditional", URIRef(f"{NAMESPACES['skos']}notation"), {"307001/000001"}),
    ("id/resource/r-1conditional", URIRef(f"{NAMESPACES['adms']}identifier"), {"id/identifier/r-1conditional"}),
    ("id/resource/r-2bare", URIRef(f"{NAMESPACES['adms']}identifier"), set()),
    (
        "id/resource/r-1conditional",
        URIRef(f"{NAMESPACES['dcatap']}applicableLegislation"),
        {"id/law/110000-2017-x.a7", "id/law/110000-2017-x.a7i2", "id/law/110000-2017-x"},
    ),
    ("id/law/110000-2017-x.a7", DCTERMS.title, {"示例市政务信息共享实施细则 第七条"}),
    ("id/law/110000-2017-x.a7i2", DCTERMS.title, {"示例市政务信息共享实施细则 第7条第2项"}),
    ("id/law/110000-2017-x.a7i2", DCTERMS.type, {"id/concept/law-type/item"}),
    (
        "id/distribution/r-4awkward-0",
        DCAT.mediaType,
        {"http://www.iana.org/assignments/media-types/text/csv"},
    ),
    ("id/distribution/r-4awkward-0", DCTERMS.format, {"id/concept/format/%E8%A1%A8%20%E6%A0%BC%2F%E6%96%B0"}),
    (
        "id/distribution/r-4awkward-1",
        DCAT.mediaType,
        {"http://www.iana.org/assignments/media-types/application/octet-stream"},
    ),
    ("id/distribution/r-2bare-0", DCTERMS.format, {"http://publications.europa.eu/resource/authority/file-type/HTML"}),
]


@pytest.mark.parametrize(("slug", "predicate", "values"), FACTS)
def test_facts(graph, slug, predicate, values):
    assert objects(graph, slug, predicate) == values


def test_a_description_is_made_of_what_is_known(graph):
    (text,) = objects(graph, "id/resource/r-1conditional", DCTERMS.description)
    assert text.startswith("由示例市档案馆、示例市公安局、示例市交通运输局负责核准、采集、提供。依据：")
    assert text.endswith("信息项20等。")
    assert objects(graph, "id/resource/r-2bare", DCTERMS.description) == {"路。"}


def test_json_ld_is_flat_and_has_its_context(texts):
    document = json.loads(texts["jsonld"])
    assert document["@context"] == dict(NAMESPACES)
    assert all(node["@id"].startswith(("http", "mailto:")) for node in document["@graph"])


def test_a_catalogue_without_resources_is_a_whole_document():
    for extension in WRITERS:
        found = parsed(export(extension, []), extension)
        assert set(found.subjects(RDF.type, DCAT.Catalog)) == {URIRef(f"{BASE}id/catalog/main")}
        assert set(found.subjects(RDF.type, DCAT.Dataset)) == set()


async def test_a_failing_store_fails_the_export():
    store = cast("Store", MemoryStore(ALL, fail_after=1, error=ConnectionError("gone")))
    pieces = harvest(store, PUBLICATION, WRITERS["nt"]())
    assert b"r-1conditional" in await anext(pieces)
    with pytest.raises(ConnectionError, match="gone"):
        await anext(pieces)


async def test_nothing_is_given_out_when_the_first_read_fails():
    store = cast("Store", MemoryStore(ALL, fail_after=0, error=ConnectionError("gone")))
    with pytest.raises(ConnectionError, match="gone"):
        await anext(harvest(store, PUBLICATION, WRITERS["nt"]()))


async def test_whoever_reads_no_further_lets_go_of_the_store():
    store = MemoryStore(ALL)
    pieces = harvest(cast("Store", store), PUBLICATION, WRITERS["nt"]())
    await anext(pieces)
    assert store.reading
    await pieces.aclose()
    assert not store.reading


class Endless(MemoryStore):
    """Many resources that refer to the same few things."""

    def __init__(self, count: int) -> None:
        super().__init__(samples.EASY)
        self.count = count

    async def scan(self, kind, shape, *, after="", batch=50):
        (row,) = [self._cut(kind, self.rows[samples.CONDITIONAL.id][1], shape)]
        numbers, batch = iter(range(self.count)), min(batch, 50)
        while part := list(itertools.islice(numbers, batch)):
            yield [{**row, "id": f"resource/r-{number}"} for number in part]


async def most_memory(count: int) -> int:
    store = cast("Store", Endless(count))
    tracemalloc.start()
    try:
        async for _ in harvest(store, PUBLICATION, WRITERS["nt"]()):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


async def test_memory_does_not_grow_with_the_catalogue():
    few, many = await most_memory(100), await most_memory(600)
    assert many < few * 1.2


@pytest.mark.parametrize("extension", WRITERS)
async def test_a_store_on_disk_gives_the_same_document(texts, extension, tmp_path):
    at = dt.datetime.fromisoformat(samples.LOADED)
    async with SqliteStore.at(str(tmp_path / "mulu.db")) as store:
        await store.apply(ChangeSet(id="c1", at=at, actor="test", puts=ALL))
        given = b"".join(
            [piece async for piece in harvest(cast("Store", store), PUBLICATION, WRITERS[extension]())]
        ).decode()
    assert given == texts[extension]
