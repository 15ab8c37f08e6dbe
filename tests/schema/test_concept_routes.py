"""Concepts, places and parties that the export names lead to descriptions and pages."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from starlette.applications import Starlette

from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.full import full
from graph.rdf.syntax import WRITERS
from graph.rdf.vocabularies import SCHEMES
from schema.concept_routes import concept_routes
from schema.record_routes import record_routes
from tests.graph.rdf_samples import parsed

BASE = "https://data.example.cn/"


@pytest.fixture
def http(store: Store) -> httpx.AsyncClient:
    async def publication() -> Publication | None:
        head = await store.head()
        return Publication(BASE, "目录", "机构", head.at, head.number) if head else None

    app = Starlette(routes=[*record_routes(store, publication), *concept_routes(store, publication)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost", follow_redirects=True)


async def asked(http: httpx.AsyncClient, path: str) -> Graph:
    answer = await http.get(f"/id/{path}", headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, path
    return parsed(answer.text, "nt")


CONCEPTS = [
    ("concept/role/COLLECT", "采集"), ("concept/share-type/conditional", "有条件共享"), ("concept/law-type/article", "条"),
    ("concept/class/%E8%87%AA%E7%84%B6%E4%BA%BA", "自然人"), ("concept/class/a%2Fb", "a/b"), ("concept/class/%2E%2E", ".."),
    ("party/public", "社会公众"), ("area/440100", "广州市"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "label"), CONCEPTS)
async def test_what_a_name_leads_to_is_labelled(http, path, label):
    graph = await asked(http, path)
    assert (URIRef(f"{BASE}id/{path}"), SKOS.prefLabel, Literal(label, lang="zh-Hans")) in graph
    page = await http.get(f"/id/{path}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert label in page.text


async def test_a_closed_scheme_lists_its_words(http):
    graph = await asked(http, "concept/role")
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {URIRef(f"{BASE}id/concept/role")}
    assert len(set(graph.subjects(SKOS.inScheme))) == len(SCHEMES["role"].words or ())


@pytest.mark.parametrize(
    "path", ["concept/none/x", "concept/role/NONE", "concept/role/COLLECT/x", "area/999999", "party/none", "concept/"]
)
async def test_what_is_not_there_is_404(http, path):
    assert (await http.get(f"/id/{path}")).status_code == 404


async def test_what_cannot_be_given_is_refused_with_the_choices(http):
    answer = await http.get("/concept/role", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


async def test_words_are_escaped_on_pages(http):
    page = await http.get("/concept/class/%3Cscript%3Ealert(1)%3C%2Fscript%3E", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


async def test_every_concept_place_and_party_that_the_full_view_names_leads_somewhere(http, store):
    head = await store.head()
    published = Publication(BASE, "目录", "机构", head.at, head.number)
    graph = parsed(b"".join([piece async for piece in full(store, published, WRITERS["nt"]())]).decode(), "nt")
    named = {str(node) for triple in graph for node in triple if isinstance(node, URIRef)}
    ours = [iri for iri in named if iri.startswith((f"{BASE}id/concept/", f"{BASE}id/area/", f"{BASE}id/party/"))]
    owned = [iri for iri in ours if iri.startswith(f"{BASE}id/concept/rights-")]
    assert len(ours) - len(owned) > 10
    for iri in sorted(set(ours) - set(owned)):
        answer = await http.get(urlsplit(iri).path, headers={"Accept": "text/turtle"})
        assert answer.status_code == 200, iri
