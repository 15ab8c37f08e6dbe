"""Persisted queries by hash, over POST and GET; batches and multipart bodies refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from schema.app import create_app
from schema.http import Operation
from schema.persisted import Persisted, PersistedQueryNotFound
from tests.schema.conftest import BASE
from tests.schema.test_app import GRAPHQL, NOW

QUERY = "query Page($n: Int) { resources(first: $n) { nodes { id } } }"


def digest(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()


def asked(query: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": digest(query)}}


@pytest.fixture
async def client(store) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(store, base_iri=BASE, clock=lambda: NOW)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://mulu.test") as opened:
        yield opened


async def by_post(client: httpx.AsyncClient, **body: Any) -> httpx.Response:
    return await client.post("/graphql", json=body)


async def by_get(client: httpx.AsyncClient, **body: Any) -> httpx.Response:
    plain = {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
    return await client.get("/graphql", params=plain)


@pytest.mark.parametrize("send", [by_post, by_get])
async def test_a_query_is_sent_once_and_then_by_its_hash(client, send):
    unknown = await send(client, extensions=asked(QUERY))
    (error,) = unknown.json()["errors"]
    assert unknown.status_code == 200
    assert (error["message"], error["extensions"]["code"]) == ("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")
    whole = await send(client, query=QUERY, variables={"n": 2}, extensions=asked(QUERY))
    assert len(whole.json()["data"]["resources"]["nodes"]) == 2
    for other in (by_post, by_get):
        short = await other(client, variables={"n": 2}, operationName="Page", extensions=asked(QUERY))
        assert short.json() == whole.json()
    upper = {"persistedQuery": {"version": 1, "sha256Hash": digest(QUERY).upper()}}
    assert (await send(client, variables={"n": 2}, extensions=upper)).json() == whole.json()


async def test_an_unknown_hash_is_a_request_error_of_the_newer_media_type(client):
    found = await client.post("/graphql", json={"extensions": asked(QUERY)}, headers={"accept": GRAPHQL})
    assert (found.status_code, found.headers["content-type"].partition(";")[0]) == (400, GRAPHQL)


async def test_what_is_refused_is_not_kept(client):
    for query in (
        "{ nothing }",
        "{",
        "{ resources(first: 100) { nodes { fields(first: 100) { nodes { dataElement { fields(first: 100) { nodes { id } } } } } } } }",
    ):
        assert "errors" in (await by_post(client, query=query, extensions=asked(query))).json()
        found = (await by_post(client, extensions=asked(query))).json()
        assert found["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize(
    "persisted",
    [
        {"version": 1, "sha256Hash": digest("{ another }")},
        {"version": 2, "sha256Hash": digest(QUERY)},
        {"version": 1, "sha256Hash": "short"},
        {"version": 1, "sha256Hash": 7},
        {"version": 1},
        {},
        "text",
        [],
    ],
)
async def test_a_hash_that_is_not_in_order_is_refused(client, persisted):
    found = await by_post(client, query=QUERY, extensions={"persistedQuery": persisted})
    assert (found.status_code, found.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_INPUT")
    assert "data" not in found.json()


def test_memory_is_bounded_by_number_and_by_bytes():
    kept = Persisted(documents=3, size=100)
    for number in range(20):
        query = f"{{ a{number} }}"
        kept.keep(Operation(query, None, None, digest(query)))
    assert len(kept) == 3
    assert kept.resolve(Operation("", None, None, digest("{ a17 }"))).query == "{ a17 }"
    kept.keep(Operation("{ a20 }", None, None, digest("{ a20 }")))
    assert kept.resolve(Operation("", None, None, digest("{ a17 }"))).query == "{ a17 }"  # used, so kept
    with pytest.raises(PersistedQueryNotFound):
        kept.resolve(Operation("", None, None, digest("{ a18 }")))
    for length, left in ((90, 2), (101, 2)):  # the first takes the room of others, the second has none at all
        long = f"{{ {'a' * (length - 4)} }}"
        kept.keep(Operation(long, None, None, digest(long)))
        assert len(kept) == left


async def test_batches_and_multipart_bodies_are_refused_in_words(client):
    batch = await client.post("/graphql", json=[{"query": QUERY}])
    assert (batch.status_code, batch.json()["errors"][0]["message"]) == (400, "batches are not run")
    upload = await client.post("/graphql", files={"0": b"file"}, data={"operations": "{}", "map": "{}"})
    assert upload.status_code == 415
    error = upload.json()["errors"][0]
    assert "multipart/form-data" in error["message"] and "application/json" in error["extensions"]["suggestion"]
