from __future__ import annotations

import datetime as dt
import gzip
import re
from dataclasses import replace
from typing import Any, cast

import httpx
import pytest
import zstandard
from rdflib import DCAT, RDF
from starlette.applications import Starlette

from catalog.errors import Unavailable
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.syntax import WRITERS
from schema import negotiation
from schema.catalog_routes import OFFERS, catalog_routes
from tests.graph.rdf_samples import BARE, CONDITIONAL, EASY, OPEN, PUBLICATION, MemoryStore, parsed
from tests.schema.catalog_client import BASE, DATASETS, HYDRA, client, followed

GONE = Unavailable("the store cannot be reached")

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
NEGOTIATION = [
    ("", "ttl"),
    ("*/*", "ttl"),  # CKAN
    (" , ", "ttl"),
    ("nonsense", "ttl"),
    ("text/turtle", "ttl"),
    ("TEXT/Turtle", "ttl"),
    ("text/turtle;charset=utf-8", "ttl"),
    ("text/*", "ttl"),
    ("application/*", "rdf"),
    ("application/rdf+xml", "rdf"),
    ("application/ld+json", "jsonld"),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#flattened"', "jsonld"),
    ("application/n-triples", "nt"),
    ("text/turtle;q=0.5, application/rdf+xml;q=0.8", "rdf"),
    ("text/turtle;q=0.8, application/rdf+xml;q=0.8", "ttl"),
    ("application/ld+json;q=0.9, */*;q=0.1", "jsonld"),
    ("*/*, text/turtle;q=0", "rdf"),  # the nearest range counts, not the best
    ("text/turtle;q=0, application/*;q=0.2, application/rdf+xml;q=0", "jsonld"),
    ("application/n-triples;q=1.0;ext=1, text/turtle;q=0.999", "nt"),
    ("application/n-triples; q = 0.9 , text/turtle;q=.5", "nt"),
    ("text/turtle;q=nonsense", "ttl"),
    ("application/n-triples;q=nan, text/turtle;q=0.5", "nt"),
    ("text/turtle;q=1e-9, application/n-triples;q=0.5", "ttl"),
    ("text/turtle;q=7, application/n-triples;q=-1", "ttl"),
    (BROWSER, "html"),
    ("text/html", "html"),
    ("text/html, application/xhtml+xml", "html"),
    ("application/json", None),
    ("image/png, application/xhtml+xml", None),
    ("text/turtle;q=0", None),
    ("*/*;q=0", None),
]


@pytest.mark.parametrize(("accept", "extension"), NEGOTIATION)
def test_negotiation(accept, extension):
    assert negotiation.media(accept, OFFERS) == extension


CODINGS = [
    ("", None), ("identity", None), ("gzip", "gzip"), ("GZIP", "gzip"), ("zstd", "zstd"), ("gzip, deflate, br, zstd", "zstd"),
    ("gzip;q=1, zstd;q=0.5", "gzip"), ("*", "zstd"), ("gzip;q=0", None), ("*;q=0", None), ("identity, gzip;q=0.5", None),
    ("br", None), ("zstd;q=0, *", "gzip"),
]  # fmt: skip


@pytest.mark.parametrize(("accepted", "coding"), CODINGS)
def test_codings(accepted, coding):
    assert negotiation.coding(accepted) == coding


@pytest.mark.parametrize(("accept", "extension"), [(a, e) for a, e in NEGOTIATION if e])
async def test_catalogue_is_answered_as_asked_for(accept, extension):
    async with client() as http:
        answer = await http.get("/catalog", headers={"Accept": accept})
        forced = await http.get(f"/catalog.{extension}", headers={"Accept": "image/png"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == OFFERS[extension]
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
    assert forced.headers["vary"] == "Accept-Encoding"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert {"Link", "ETag"} <= set(answer.headers["access-control-expose-headers"].split(", "))
    assert answer.content == forced.content


@pytest.mark.parametrize("extension", WRITERS)
async def test_a_page_has_every_dataset_and_its_control(extension):
    async with client() as http:
        graph = parsed((await http.get(f"/catalog.{extension}")).text, extension)
    assert {str(one) for one in graph.subjects(RDF.type, DCAT.Dataset)} == DATASETS
    (control,) = graph.subjects(RDF.type, HYDRA.PagedCollection)
    assert (control, RDF.type, HYDRA.PartialCollectionView) in graph
    assert str(control) == f"{BASE}catalog.{extension}?after=&limit=100"
    assert str(graph.value(control, HYDRA.totalItems)) == "3"
    assert graph.value(control, HYDRA.next) is None


BAD = [
    "limit=0", "limit=1001", "limit=-1", "limit=ten", "limit=", "limit=１０", "limit=1.5", "limit=99999999999999999999",
    "after=..%2Fx%00", "after=%E4%BA%BA", "after=-x", f"after={'a' * 300}", "limit=1&limit=2", "view=nothing", "after=%3Cx%3E",
    "revision=", "revision=-1", "revision=x", "revision=%EF%BC%91", "revision=9999999999", "revision=0&revision=0",
    "profile=none", "profile=national&view=full",
]  # fmt: skip


@pytest.mark.parametrize("query", BAD)
async def test_bad_parameters_are_refused_with_what_to_do(query):
    async with client() as http:
        answer = await http.get(f"/catalog?{query}")
    assert answer.status_code == 400
    assert ": " in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("held", [{}, {"If-None-Match": "*"}])
@pytest.mark.parametrize(("asked", "status"), [(6, 410), (0, 410), (8, 404)])
@pytest.mark.parametrize("path", ["/catalog", "/catalog.jsonld", "/catalog.html"])
async def test_another_revision_is_refused_with_what_to_do(path, asked, status, held):
    async with client(published=replace(PUBLICATION, revision=7)) as http:
        answer = await http.get(f"{path}?revision={asked}&after=r-2bare&limit=2", headers=held)
    assert answer.status_code == status
    assert "the newest is 7" in answer.text
    assert f"{BASE}catalog." in answer.text
    assert "?after=&limit=2" in answer.text


async def test_whoever_names_the_newest_revision_keeps_to_it():
    async with client(published=replace(PUBLICATION, revision=7)) as http:
        pages = await followed(http, "/catalog.ttl?limit=2&revision=7")
        plain, pinned = await http.get("/catalog.ttl?limit=2"), await http.get("/catalog.ttl?limit=2&revision=7")
    assert len(pages) == 2
    (following,) = pages[0].objects(None, HYDRA.next)
    assert "revision=7" in str(following)
    assert plain.headers["etag"] != pinned.headers["etag"]


async def test_parameters_that_mean_nothing_change_nothing():
    async with client() as http:
        plain, busted = await http.get("/catalog"), await http.get("/catalog?_=1&page=3")
    assert plain.content == busted.content
    assert plain.headers["etag"] == busted.headers["etag"]


@pytest.mark.parametrize("accept", [accept for accept, extension in NEGOTIATION if not extension])
async def test_what_cannot_be_answered_is_refused_with_the_choices(accept):
    async with client() as http:
        answer = await http.get("/catalog", headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["vary"] == "Accept"
    assert all(f"{media} (/catalog.{name})" in answer.text for name, media in OFFERS.items())


async def test_several_accept_headers_are_one():
    async with client() as http:
        answer = await http.get("/catalog", headers=[("Accept", "image/png"), ("Accept", "application/n-triples")])
    assert answer.headers["content-type"] == "application/n-triples"


CASES = [
    ("GET", "/catalog.csv", 404), ("GET", "/catalog.", 404), ("GET", "/catalog.ttl.gz", 404),
    ("POST", "/catalog", 405), ("DELETE", "/catalog.ttl", 405), ("OPTIONS", "/catalog", 204),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "status"), CASES)
async def test_anything_else_is_not_there(method, path, status):
    async with client() as http:
        answer = await http.request(method, path, follow_redirects=True)
    assert answer.status_code == status


@pytest.mark.parametrize("path", ["/catalog", *(f"/catalog.{extension}" for extension in OFFERS), "/catalog.csv"])
@pytest.mark.parametrize("accept", ["*/*", "application/ld+json", "text/html", "image/png"])
@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
async def test_head_has_the_headers_of_get(path, accept, coding):
    headers = {"Accept": accept, "Accept-Encoding": coding}
    async with client() as http:
        head = await http.head(path, headers=headers)
        get = await http.get(path, headers=headers)
    assert head.status_code == get.status_code
    assert head.headers == get.headers
    assert head.status_code != 200 or head.content == b""


async def test_bodies_are_compressed_as_the_client_wants():
    async with client() as http:
        plain = await http.get("/catalog.ttl", headers={"Accept-Encoding": "identity"})
        async with http.stream("GET", "/catalog.ttl", headers={"Accept-Encoding": "gzip"}) as answer:
            packed = b"".join([piece async for piece in answer.aiter_raw()])
            assert answer.headers["content-encoding"] == "gzip"
        async with http.stream("GET", "/catalog.ttl", headers={"Accept-Encoding": "zstd, gzip"}) as answer:
            squeezed = b"".join([piece async for piece in answer.aiter_raw()])
            assert answer.headers["content-encoding"] == "zstd"
    assert gzip.decompress(packed) == zstandard.ZstdDecompressor().decompress(squeezed) == plain.content
    assert len(packed) < len(plain.content) / 4


class Unread(MemoryStore):
    def scan(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("nothing needs to be read")

    async def read(self, *_: Any) -> Any:
        raise AssertionError("nothing needs to be read")


@pytest.mark.parametrize("held", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_what_the_client_holds_is_not_read_again(method, held):
    async with client() as http:
        first = await http.get("/catalog", headers={"Accept-Encoding": held})
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    async with client(Unread(EASY)) as http:
        for given in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            again = await http.request(method, "/catalog", headers={"If-None-Match": given, "Accept-Encoding": held})
            assert again.status_code == 304
            assert again.content == b""
            assert again.headers["etag"] == tag
            assert again.headers["vary"] == first.headers["vary"]
        since = {"If-Modified-Since": first.headers["last-modified"]}
        assert (await http.request(method, "/catalog", headers=since)).status_code == 304


CHANGED = {
    "format": ("/catalog.nt", PUBLICATION), "page": ("/catalog?limit=2", PUBLICATION), "after": ("/catalog?after=r-2bare", PUBLICATION),
    "revision": ("/catalog", replace(PUBLICATION, revision=8)), "title": ("/catalog", replace(PUBLICATION, title="x")),
    "publisher": ("/catalog", replace(PUBLICATION, publisher="x")), "base": ("/catalog", replace(PUBLICATION, base="http://x/")),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGED)
async def test_another_representation_has_another_tag(what):
    path, published = CHANGED[what]
    async with client() as http:
        tag = (await http.get("/catalog")).headers["etag"]
    async with client(published=published) as http:
        answer = await http.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["etag"] != tag


@pytest.mark.parametrize("since", ["nonsense", "", "Sat, 01 Jan 2000 00:00:00 GMT", "0", "Sat, 01 Jan 2000 00:00:00"])
async def test_older_or_unreadable_dates_are_answered_in_full(since):
    async with client() as http:
        assert (await http.get("/catalog", headers={"If-Modified-Since": since})).status_code == 200


async def test_a_tag_is_never_that_of_another_revision():
    """A change set that lands between the tag and the read is noticed: the page is read again."""
    seen = iter(
        [
            PUBLICATION,
            replace(PUBLICATION, revision=1),
            replace(PUBLICATION, revision=1),
            replace(PUBLICATION, revision=1),
        ]
    )

    async def publication() -> Publication | None:
        return next(seen)

    app = Starlette(routes=catalog_routes(cast("Store", MemoryStore(EASY)), publication))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as http:
        moved = await http.get("/catalog")
    async with client(published=replace(PUBLICATION, revision=1)) as http:
        assert (await http.get("/catalog")).headers["etag"] == moved.headers["etag"]


async def test_links_say_what_else_there_is():
    async with client() as http:
        links = (await http.get("/catalog?limit=2")).headers["link"]
    for relation in ("canonical", "alternate", "describedby", "first", "next", "license"):
        assert f'rel="{relation}"' in links
    assert links.count('rel="alternate"') == len(OFFERS) - 1
    assert "localhost" not in links


async def test_the_page_for_people_has_schema_org_inside():
    nasty = replace(BARE, id="resource/r-9", name="</script><script>alert(1)</script>")
    async with client(MemoryStore([*EASY, nasty])) as http:
        page = await http.get("/catalog.html?limit=4")
    assert '"@type":"DataCatalog"' in page.text
    assert "<script>alert" not in page.text
    assert "机密" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_the_page_for_people_tells_resources_of_one_name_apart():
    """By whose they are, and by their codes where one agency has both."""
    theirs = replace(OPEN, id="resource/r-8", code="2")
    twice = [replace(CONDITIONAL, id="resource/r-9", name=OPEN.name, code="<3>"), theirs]
    async with client(MemoryStore([*EASY, *twice])) as http:
        text = (await http.get("/catalog.html")).text
    items = [re.sub("<[^>]+>", "", each) for each in re.findall(r"<li>(.*?)</li>", text) if OPEN.name in each]
    assert items == [
        f"{OPEN.name} 示例市交通运输局",
        f"{OPEN.name} 示例市交通运输局 2",
        f"{OPEN.name} 示例市公安局 &lt;3&gt;",
    ]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_an_empty_store_is_not_an_empty_catalogue(method):
    async with client(published=None) as http:
        answer = await http.request(method, "/catalog")
    assert answer.status_code == 503
    assert "vary" in answer.headers


@pytest.mark.parametrize(
    "refused",
    [{"error": GONE}, {"store": MemoryStore(EASY, fail_after=0, error=GONE)}],
    ids=["before", "at the read"],
)
async def test_a_store_that_is_gone_answers_503(refused):
    async with client(**refused) as http:
        answer = await http.get("/catalog.ttl")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert GONE.message in answer.text


async def test_last_modified_is_the_revisions_time():
    async with client() as http:
        given = (await http.get("/catalog")).headers["last-modified"]
    assert dt.datetime.strptime(given, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=dt.UTC) == PUBLICATION.updated
