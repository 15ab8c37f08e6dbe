"""The abuse corpus: each refused with its code, quickly, telling nothing, while others are answered beside it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from graphql import get_introspection_query, parse

from catalog.errors import TooCostly
from schema import bulk
from schema.app import create_app
from tests.schema.abuse import CORPUS, Abuse
from tests.schema.conftest import BASE
from tests.schema.test_app import NOW

GENTLE = '{ whoProvides(what: "婚姻状况") { nodes { verdict } } }'
SECONDS = 1.0
"""Of the processor's time. Each takes some 50 ms; a test machine may be many times as slow."""
INSIDES = ("Traceback", "sqlite", "SELECT", "MATCH (", ".py", "site-packages", 'File "', str(Path(__file__).parents[2]))


@pytest.fixture
async def client(store) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(store, base_iri=BASE, clock=lambda: NOW)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://mulu.test") as opened:
        yield opened


async def send(client: httpx.AsyncClient, abuse: Abuse) -> httpx.Response:
    return await client.post("/graphql", content=abuse.body, headers={"content-type": abuse.content_type})


@pytest.mark.parametrize("abuse", CORPUS, ids=lambda abuse: abuse.name)
async def test_refused_with_its_code_soon_and_without_our_insides(client, store, abuse):
    await client.post("/graphql", json={"query": GENTLE})  # what is made once is made
    began, before = time.process_time(), store.statements
    found = await send(client, abuse)
    assert time.process_time() - began < SECONDS
    assert store.statements - before <= 1
    response = found.json()
    assert response.get("data") is None
    assert response["errors"][0]["extensions"]["code"] == abuse.code
    for error in response["errors"]:
        assert error["extensions"]["suggestion"] and len(error["message"]) <= 501
        assert not [word for word in INSIDES if word in error["message"]]
    assert len(found.content) < 10_000 and len(response["errors"]) <= bulk.ERRORS + 1


async def test_who_asks_beside_the_whole_corpus_is_answered(client):
    usual = (await client.post("/graphql", json={"query": GENTLE})).json()
    abuses = asyncio.gather(*(send(client, abuse) for abuse in CORPUS))
    while not abuses.done():
        await asyncio.sleep(0)  # an answer that is given again waits for nothing
        assert (await client.post("/graphql", json={"query": GENTLE})).json() == usual
    assert {answer.status_code for answer in await abuses} <= {200, 400, 413, 415}
    assert (await client.get("/healthz")).status_code == 200


def document(fields: int) -> str:
    return f"{{ {' '.join(f'a{n}: catalogue {{ title }}' for n in range(fields))} }}"


def test_parts_are_counted_and_compared_with_the_limit():
    bulk.check(parse(document(bulk.PARTS // 2 - 1)))
    with pytest.raises(TooCostly) as refused:
        bulk.check(parse(document(bulk.PARTS)))
    assert (refused.value.cost, refused.value.limit) == (2 * bulk.PARTS + 1, bulk.PARTS)


@pytest.mark.parametrize(
    "query",
    [
        get_introspection_query(),
        "{ resources { nodes { id } } resources { totalCount } }",
        "{ ...A ...B } fragment A on Query { ...C } fragment B on Query { ...C } fragment C on Query { catalogue { title } }",
    ],
)
def test_honest_documents_are_let_through(query):
    bulk.check(parse(query))


def test_fields_that_meet_by_way_of_fragments_are_counted_where_they_meet():
    fields = " ".join(f"x{n}: id x{n}: id" for n in range(5))
    spread = " ".join(f"...F{n}" for n in range(8))
    fragments = " ".join(f"fragment F{n} on Resource {{ {fields} }}" for n in range(8))
    text = f"{{ resources {{ nodes {{ {spread} }} }} }} {fragments}"
    counted = bulk._Pairs(parse(text))
    counted.check()
    assert counted.pairs == 8 * 7 // 2 + 5 * (16 * 15 // 2) + 8 * 5 * 1
