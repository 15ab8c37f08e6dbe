from __future__ import annotations

from typing import cast

import httpx
import pytest
from starlette.applications import Starlette

from catalog.errors import MuluError, Unavailable
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.syntax import WRITERS
from schema.catalog_routes import catalog_routes, choose
from tests.graph.rdf_samples import EASY, PUBLICATION, MemoryStore, export

GONE = Unavailable("the store cannot be reached")


def client(
    store: MemoryStore | None = None, *, published: Publication | None = PUBLICATION, error: MuluError | None = None
) -> httpx.AsyncClient:
    async def publication() -> Publication | None:
        if error:
            raise error
        return published

    app = Starlette(routes=catalog_routes(cast("Store", store or MemoryStore(EASY)), publication))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


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
    ("text/turtle;q=7, application/n-triples;q=-1", "ttl"),
    (BROWSER, "ttl"),
    ("text/html", None),
    ("text/html, application/xhtml+xml", None),
    ("application/json", None),
    ("text/turtle;q=0", None),
    ("*/*;q=0", None),
]


@pytest.mark.parametrize(("accept", "extension"), NEGOTIATION)
def test_negotiation(accept, extension):
    writer = choose(accept)
    assert (writer.extension if writer else None) == extension


@pytest.mark.parametrize(("accept", "extension"), [(a, e) for a, e in NEGOTIATION if e])
async def test_catalogue_is_answered_as_asked_for(accept, extension):
    async with client() as http:
        answer = await http.get("/catalog", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == WRITERS[extension].media_type
    assert answer.headers["vary"] == "Accept"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.content.decode() == export(extension, EASY)


@pytest.mark.parametrize("accept", [accept for accept, extension in NEGOTIATION if not extension])
async def test_what_cannot_be_answered_is_refused_with_the_choices(accept):
    async with client() as http:
        answer = await http.get("/catalog", headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["vary"] == "Accept"
    assert all(f"{w.media_type} (/catalog.{w.extension})" in answer.text for w in WRITERS.values())


async def test_several_accept_headers_are_one():
    async with client() as http:
        answer = await http.get("/catalog", headers=[("Accept", "text/html"), ("Accept", "application/n-triples")])
    assert answer.headers["content-type"] == "application/n-triples"


@pytest.mark.parametrize("extension", WRITERS)
@pytest.mark.parametrize("accept", ["*/*", "text/html", "application/n-triples"])
async def test_an_extension_always_answers_its_format(extension, accept):
    async with client() as http:
        answer = await http.get(f"/catalog.{extension}", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == WRITERS[extension].media_type
    assert answer.text == export(extension, EASY)


CASES = [
    ("GET", "/catalog.html", 404),
    ("GET", "/catalog.", 404),
    ("GET", "/catalog.ttl.gz", 404),
    ("POST", "/catalog", 405),
    ("DELETE", "/catalog.ttl", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), CASES)
async def test_anything_else_is_not_there(method, path, status):
    async with client() as http:
        answer = await http.request(method, path, follow_redirects=True)
    assert answer.status_code == status


@pytest.mark.parametrize("path", ["/catalog", *(f"/catalog.{extension}" for extension in WRITERS), "/catalog.html"])
@pytest.mark.parametrize("accept", ["*/*", "application/ld+json", "text/html"])
async def test_head_has_the_headers_of_get(path, accept):
    async with client() as http:
        get = await http.get(path, headers={"Accept": accept})
        head = await http.head(path, headers={"Accept": accept})
    assert head.status_code == get.status_code
    assert head.headers == get.headers
    assert head.status_code != 200 or head.content == b""


class Unread(MemoryStore):
    def scan(self, *_, **__):
        raise AssertionError("HEAD needs no resources")


async def test_head_reads_no_resource():
    async with client(Unread(EASY)) as http:
        assert (await http.head("/catalog")).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_an_empty_store_is_not_an_empty_catalogue(method):
    async with client(published=None) as http:
        answer = await http.request(method, "/catalog")
    assert answer.status_code == 503
    assert "vary" in answer.headers


@pytest.mark.parametrize(
    "refused",
    [{"error": GONE}, {"store": MemoryStore(EASY, fail_after=0, error=GONE)}],
    ids=["before", "at the first batch"],
)
async def test_a_store_that_is_gone_answers_503(refused):
    async with client(**refused) as http:
        answer = await http.get("/catalog.ttl")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert GONE.message in answer.text


@pytest.mark.parametrize("extension", WRITERS)
async def test_a_store_that_fails_on_the_way_cuts_the_connection(extension):
    """The application raises, so that the server ends without the last chunk and no client takes a part for the whole."""
    sent: list[dict[str, object]] = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def publication() -> Publication | None:
        return PUBLICATION

    store = cast("Store", MemoryStore(EASY, fail_after=1, error=GONE))
    app = Starlette(routes=catalog_routes(store, publication))
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": f"/catalog.{extension}", "raw_path": b"", "query_string": b"", "root_path": "",
        "headers": [], "server": ("localhost", 80), "client": ("localhost", 1),
    }  # fmt: skip
    with pytest.raises(Unavailable, match="cannot be reached"):
        await app(scope, receive, send)
    bodies = [message for message in sent if message["type"] == "http.response.body"]
    assert bodies
    assert all(message["more_body"] for message in bodies)


async def test_a_catalogue_comes_in_pieces():
    async with client() as http, http.stream("GET", "/catalog.nt") as answer:
        assert "content-length" not in answer.headers
        assert len([piece async for piece in answer.aiter_raw() if piece]) > 0
