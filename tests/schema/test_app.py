"""The ASGI application: GraphQL over HTTP, health, metrics, the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator

import httpx
import pytest
from graphql import build_client_schema, get_introspection_query
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from catalog.errors import Unavailable
from schema.app import create_app
from schema.pages import graphiql_examples
from tests.schema.conftest import BASE

GRAPHQL = "application/graphql-response+json"
QUERY = "{ catalogue { title } }"
NOW = dt.datetime(2018, 1, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
async def client(store) -> AsyncIterator[httpx.AsyncClient]:
    async def page(request):
        return PlainTextResponse(request.path_params["slug"])

    app = create_app(store, base_iri=BASE, clock=lambda: NOW, catalog_routes=[Route("/id/{kind}/{slug}", page)])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://mulu.test") as opened:
        yield opened


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, application/json;q=0.9", GRAPHQL),
        (f"application/json, {GRAPHQL};q=0.5", "application/json"),
        ("application/*", "application/json"),
        ("*/*, application/json;q=0", GRAPHQL),
        (f"{GRAPHQL};q=0, */*", "application/json"),
        (f"{GRAPHQL};q=0.5, */*", "application/json"),
        (f"{GRAPHQL}, */*;q=0.5", GRAPHQL),
        (f"application/json, {GRAPHQL}", GRAPHQL),
        ("text/html, application/*;q=0.1", "application/json"),
    ],
)
async def test_content_negotiation(client, accept, media):
    headers = {"accept": accept} if accept else {}
    client.headers.pop("accept", None)
    found = await client.post("/graphql", json={"query": QUERY}, headers=headers)
    assert (found.status_code, found.headers["content-type"]) == (200, f"{media}; charset=utf-8")
    assert found.json()["data"]["catalogue"]["title"]


@pytest.mark.parametrize(("accept", "status"), [("application/json", 200), (GRAPHQL, 400)])
@pytest.mark.parametrize(
    "query", ["{", "{ nothing }", "query A { catalogue { title } } query B { catalogue { title } }"]
)
async def test_request_errors(client, accept, status, query):
    found = await client.post("/graphql", json={"query": query}, headers={"accept": accept})
    assert found.status_code == status
    assert "data" not in found.json() and found.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"


async def test_field_errors_are_answers(client):
    query = '{ resource(id: "resource/none") { id } catalogue { title } }'
    found = await client.post("/graphql", json={"query": query}, headers={"accept": GRAPHQL})
    assert found.status_code == 200
    assert found.json()["data"]["resource"] is None and found.json()["data"]["catalogue"]
    assert found.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    ("send", "status"),
    [
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"\xff\xfe", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"x", "headers": {"content-type": "text/plain"}}, 415),
        ({"content": b"x"}, 415),
        ({"files": {"a": b"x"}}, 415),
        ({"json": [{"query": QUERY}]}, 400),
        ({"json": "text"}, 400),
        ({"json": {}}, 400),
        ({"json": {"query": 7}}, 400),
        ({"json": {"query": QUERY, "variables": []}}, 400),
        ({"json": {"query": QUERY, "operationName": 7}}, 400),
        ({"json": {"query": QUERY, "extensions": 7}}, 400),
        ({"json": {"query": "#" * 1_000_001}}, 413),
        ({"json": {"query": "#" * 100_001}}, 413),
        ({"json": {"query": QUERY}, "headers": {"accept": "image/png"}}, 406),
        ({"json": {"query": QUERY}, "headers": {"accept": "application/json;q=0, text/html"}}, 406),
        ({"json": {"query": QUERY}, "headers": {"accept": "application/json;q=nan"}}, 406),
        ({"json": {"query": QUERY}, "headers": {"accept": f"*/*, application/json;q=0, {GRAPHQL};q=0"}}, 406),
        ({"json": {"query": QUERY}, "headers": {"content-type": "application/json; charset=gbk"}}, 415),
        ({"content": b"{}", "headers": {"content-type": "application/json", "content-length": "9" * 30}}, 413),
    ],
)
async def test_requests_that_are_not_run(client, send, status):
    found = await client.post("/graphql", **send)
    error = found.json()["errors"][0]
    assert (found.status_code, error["extensions"]["code"]) == (status, "BAD_INPUT")
    assert error["extensions"]["suggestion"]


@pytest.mark.parametrize("parameters", ["", ";charset=utf-8", '; charset="UTF-8"', "; charset=utf8", "; x=y"])
async def test_the_charset_of_a_body_may_be_said(client, parameters):
    headers = {"content-type": f"application/json{parameters}"}
    found = await client.post("/graphql", content=f'{{"query": "{QUERY}"}}', headers=headers)
    assert (found.status_code, "errors" in found.json()) == (200, False)


async def test_a_body_that_grows_over_the_limit_is_read_no_further(client):
    read = 0

    async def endless():
        nonlocal read
        while True:
            read += 1
            yield b"x" * 100_000

    found = await client.post("/graphql", content=endless(), headers={"content-type": "application/json"})
    assert found.status_code == 413 and read < 20


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods(client, method):
    found = await client.request(method, "/graphql")
    assert (found.status_code, found.headers["allow"]) == (405, "GET, HEAD, POST")


SLASHES = [
    ("/graphql/", 307, "/graphql"), ("/graphql/?query=%7Ba%7D", 307, "/graphql?query=%7Ba%7D"), ("/healthz//", 307, "/healthz"),
    ("//graphql/", 404, None), ("/nothing/", 404, None), ("/", 307, "/graphql"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "status", "where"), SLASHES)
async def test_a_slash_too_many_is_led_on_without_naming_the_host_of_the_request(client, path, status, where):
    headers = {"host": "elsewhere.example", "x-forwarded-host": "elsewhere.example"}
    found = await client.get(f"http://elsewhere.example{path}", headers=headers)
    assert (found.status_code, found.headers.get("location")) == (status, where)
    assert "elsewhere" not in found.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
async def test_a_method_that_is_not_answered_is_told_those_that_are(client, method):
    found = await client.request(method, "/healthz")
    assert (found.status_code, found.headers["allow"]) == (405, "GET, HEAD")
    assert found.headers["access-control-allow-origin"] == "*"
    assert method in found.text and "GET, HEAD" in found.text


async def test_get(client):
    found = await client.get(
        "/graphql",
        params={
            "query": "query($w: String!) { whoProvides(what: $w) { nodes { verdict } } }",
            "variables": '{"w": "婚姻状况"}',
        },
    )
    assert found.json()["data"]["whoProvides"]["nodes"][0]["verdict"] == "ON_APPLICATION"  # the clock's day
    assert (await client.get("/graphql", params={"query": QUERY, "variables": "{"})).status_code == 400
    assert (await client.get("/graphql")).status_code == 400


async def test_a_browser_gets_the_page(client):
    found = await client.get("/graphql", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert found.headers["content-type"].startswith("text/html") or found.status_code == 503
    moved = await client.get("/")
    assert (moved.status_code, moved.headers["location"]) == (307, "/graphql")


async def test_health_and_metrics(client, store, monkeypatch):
    await client.post("/graphql", json={"query": QUERY})
    await client.post("/graphql", content=b"{", headers={"content-type": "application/json"})
    assert (await client.get("/healthz")).json() == {"status": "ok", "revision": 1}
    text = (await client.get("/metrics")).text
    assert 'mulu_requests_total{status="200"} 1' in text and 'mulu_requests_total{status="400"} 1' in text
    assert "mulu_request_seconds_count 2" in text and "mulu_revision 1\n" in text
    assert "mulu_store_statements_total" in text

    async def away():
        raise Unavailable("away")

    monkeypatch.setattr(store, "head", away)
    assert (await client.get("/healthz")).status_code == 503
    assert "mulu_revision -1" in (await client.get("/metrics")).text


async def test_the_caller_s_routes(client):
    assert (await client.get("/id/law/440100-2016-a.a9")).text == "440100-2016-a.a9"


async def test_introspection_is_answered(client):
    found = await client.post("/graphql", json={"query": get_introspection_query()})
    assert "errors" not in found.json()
    assert build_client_schema(found.json()["data"]).query_type


@pytest.mark.parametrize("example", graphiql_examples(), ids=lambda example: example.title)
async def test_the_examples_of_the_page_answer(client, example):
    found = await client.post("/graphql", json={"query": example.query})
    assert "errors" not in found.json(), found.json()["errors"]


@pytest.mark.parametrize("path", ["/nothing", "/resource/%2e%2e%2fetc", "/graphql/x"])
async def test_an_address_without_anything_tells_where_to_go(client, path):
    answer = await client.get(path)
    assert answer.status_code == 404
    assert "/catalog" in answer.text and "/graphql" in answer.text
