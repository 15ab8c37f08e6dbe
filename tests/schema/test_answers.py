"""Answers that are given again: the same bytes without reading, and never those of another catalogue or day."""

from __future__ import annotations

import asyncio
import datetime as dt
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from catalog.resource import Resource
from graph.open import open_store
from graph.port import Store
from graph.sqlite.store import SqliteStore
from schema.answers import Answers, Request
from schema.app import create_app
from tests.graph import samples
from tests.graph.contract.backends import BACKENDS, emptied, opened

NAMES = "{ resources(first: 5) { nodes { id name } } }"
TODAY = dt.date(2026, 1, 1)
AT = dt.datetime(2026, 1, 1, 8, tzinfo=dt.UTC)


class Clock:
    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> dt.datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=BACKENDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    def uri() -> str:
        found: str = request.getfixturevalue("neo4j_uri")
        return found

    async with opened(request.param, tmp_path, uri, *samples.catalogue()) as store:
        yield store


@pytest.fixture
def address(store: Store, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where another process finds the store."""
    if isinstance(store, SqliteStore):
        return str(tmp_path / "catalogue.db")
    found: str = request.getfixturevalue("neo4j_uri")
    return found


def confirmed(store: Store) -> int:
    """How many statements it takes to give an answer again."""
    return 0 if isinstance(store, SqliteStore) else 1


def client(store: Store, clock: Clock, **how: Any) -> httpx.AsyncClient:
    app = create_app(store, base_iri="https://data.example.cn/", clock=clock, **how)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


async def ask(served: httpx.AsyncClient, query: str, **more: Any) -> bytes:
    answer = await served.post("/graphql", json={"query": query, **more})
    assert answer.status_code == 200, answer.text
    return answer.content


def renamed(number: int) -> Any:
    resource = min((one for one in samples.catalogue() if isinstance(one, Resource)), key=lambda one: one.id)
    return samples.change_set(replace(resource, name=f"第{number}号"), id=f"renamed-{number}")


@pytest.mark.parametrize(
    ("method", "how"),
    [
        ("POST", {"json": {"query": NAMES}}),
        ("GET", {"params": {"query": NAMES}}),
        ("POST", {"json": {"query": NAMES}, "headers": {"accept": "application/graphql-response+json"}}),
    ],
)
async def test_the_same_request_is_answered_with_the_same_bytes_and_no_reading(store, clock, method, how):
    async with client(store, clock) as served:
        first = await served.request(method, "/graphql", **how)
        store.statements = 0
        second = await served.request(method, "/graphql", **how)
    assert (second.status_code, second.content, second.headers) == (200, first.content, first.headers)
    assert store.statements == confirmed(store)


KEPT = {
    "gaps": "{ gaps { totalCount checked counts { kind count } nodes { id message } } }",
    "an earlier revision": "{ resources(revision: 1, first: 3) { nodes { name } } }",
    "the newest revision": "{ resources(revision: 2, first: 3) { nodes { name } } }",
    "two revisions": "{ a: resources(revision: 1) { nodes { name } } b: resources { nodes { name } } }",
    "an earlier revision's counts": "{ catalogue(revision: 1) { revision counts { kind count } jurisdictions { name } } }",
    "gaps at a revision": "{ gaps(revision: 1) { totalCount checked } }",
}


@pytest.mark.parametrize("case", KEPT)
async def test_every_question_is_given_again_until_something_is_written(store, clock, case):
    await store.apply(renamed(1))
    async with client(store, clock) as served:
        first = await ask(served, KEPT[case])
        store.statements = 0
        assert await ask(served, KEPT[case]) == first
        assert store.statements == confirmed(store)
        await store.apply(renamed(2))
        store.statements = 0
        await ask(served, KEPT[case])
        assert store.statements > confirmed(store)


async def test_a_catalogue_of_one_revision_more_is_asked_again_for_one_that_it_had_not(store, clock):
    query = "{ resources(revision: 2, first: 3) { nodes { name } } }"
    async with client(store, clock) as served:
        assert b"there is no revision 2" in await ask(served, query)
        await store.apply(renamed(8))
        assert "第8号" in (await ask(served, query)).decode()
        await store.apply(renamed(9))
        assert "第8号" in (await ask(served, query)).decode()


async def test_introspection_asks_no_store(store, clock):
    query = "{ __schema { types { name fields { name } } } }"
    async with client(store, clock) as served:
        store.statements = 0
        first = await ask(served, query)
        assert await ask(served, query) == first
        assert store.statements == 0
        await store.apply(renamed(1))
        store.statements = 0
        assert await ask(served, query) == first
        assert store.statements == 0
        measures = await served.get("/metrics")
    assert "mulu_answers_given_again_total 2" in measures.text


async def test_what_is_written_is_seen_by_the_next_request(store, clock):
    async with client(store, clock) as served:
        seen = set()
        for number in range(5):
            await store.apply(renamed(number))
            answers = {await ask(served, NAMES) for _ in range(3)}
            assert len(answers) == 1
            assert f"第{number}号" in answers.pop().decode()
            seen.add(number)
    assert len(seen) == 5


async def test_what_another_process_writes_is_seen_by_the_next_request(store, clock, address):
    writes = (
        "import asyncio, sys\nfrom graph.open import open_store\nfrom tests.schema.test_answers import renamed\n"
        "async def main():\n"
        "    async with open_store(sys.argv[1]) as store:\n        await store.apply(renamed(77))\n"
        "asyncio.run(main())\n"
    )
    async with client(store, clock) as served:
        before = [await ask(served, NAMES) for _ in range(2)]
        await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", writes, address],
            check=True,
            cwd=Path(__file__).parents[2],
        )
        after = await ask(served, NAMES)
    assert before[0] == before[1] != after
    assert "第77号" in after.decode()


async def test_readers_beside_a_writer_see_each_revision_whole_and_none_twice_after_a_later_one(store, clock):
    """What is kept may never be older than what the same client has seen."""
    query = "{ catalogue { revision } resources(first: 1) { nodes { name } } }"

    async def read(served: httpx.AsyncClient) -> None:
        last = 0
        for _ in range(60):
            found = (await served.post("/graphql", json={"query": query})).json()["data"]["catalogue"]["revision"]
            assert found >= last
            last = found

    async def write() -> None:
        for number in range(20):
            await store.apply(renamed(100 + number))

    async with client(store, clock) as served:
        await asyncio.gather(write(), *(read(served) for _ in range(4)))


async def test_many_at_once_share_what_confirms_their_answers(store, clock):
    async with client(store, clock) as served:
        first = await ask(served, NAMES)
        store.statements = 0
        assert set(await asyncio.gather(*(ask(served, NAMES) for _ in range(50)))) == {first}
    assert store.statements <= 10 * confirmed(store)


async def test_what_was_read_before_a_revision_is_not_given_after_it(store, clock, monkeypatch):
    """A revision that comes between the reading and the keeping makes the answer useless."""
    kept = Answers.put

    async with client(store, clock) as served:

        def put(self: Answers, *what: Any) -> None:
            kept(self, *what)
            waiting.append(asyncio.ensure_future(store.apply(renamed(7))))

        waiting: list[asyncio.Future[Any]] = []
        monkeypatch.setattr(Answers, "put", put)
        assert "第7号" not in (await ask(served, NAMES)).decode()
        monkeypatch.undo()
        await asyncio.gather(*waiting)
        assert "第7号" in (await ask(served, NAMES)).decode()


async def test_a_catalogue_made_anew_with_the_same_number_is_another(clock, tmp_path, neo4j_uri):
    async with (
        opened("neo4j", tmp_path, lambda: neo4j_uri, *samples.catalogue()) as store,
        client(store, clock) as served,
    ):
        before = await ask(served, NAMES)
        emptied(neo4j_uri)
        async with open_store(neo4j_uri) as anew:  # its migrations make the catalogue's node
            await anew.apply(samples.change_set(*samples.many(2), id="anew"))
            head = await anew.head()
        assert head is not None and head.number == 1
        assert await ask(served, NAMES) != before


async def test_another_day_is_another_answer(store, clock):
    query = "{ regulations(first: 5) { nodes { id inForce: status } } }"
    async with client(store, clock) as served:
        await ask(served, query)
        clock.at = AT + dt.timedelta(days=1)
        store.statements = 0
        await ask(served, query)
    assert store.statements > 0


@pytest.mark.parametrize(
    "query", ["{ resource(id: 1, code: 2) { id } }", "{ nothing }", "{", '{ node(id: "agency/none") { id } nodes }']
)
async def test_what_is_refused_is_not_kept(store, clock, query):
    async with client(store, clock) as served:
        for _ in range(2):
            answer = await served.post("/graphql", json={"query": query})
            assert "errors" in answer.json()
        measures = await served.get("/metrics")
    assert "mulu_answers_given_again_total 0" in measures.text


async def test_nothing_is_kept_where_nothing_may_be(store, clock):
    async with client(store, clock, keep=0) as served:
        for _ in range(2):
            store.statements = 0
            await ask(served, NAMES)
            assert store.statements > 0


def test_answers_are_bounded_in_bytes():
    answers = Answers(100_000)
    for number in range(1_000):
        answers.put(Request("POST", str(number).encode(), TODAY), 1, b"x" * 5_000)
    kept = [number for number in range(1_000) if answers.get(Request("POST", str(number).encode(), TODAY), 1)]
    assert kept == list(range(1_000 - len(kept), 1_000))
    assert 0 < len(kept) * 5_000 < 100_000


def test_an_answer_of_one_stamp_is_none_of_another():
    answers, request = Answers(100_000), Request("POST", b"{}", TODAY)
    answers.put(request, 1, b"one")
    assert answers.get(request, 1) == b"one"
    assert answers.get(request, 2) is None
    assert answers.get(request, None) is None
    answers.put(request, None, b"unknown")
    assert answers.get(request, 1) == b"one"
    answers.put(request, 2, b"two")
    assert answers.get(request, 1) is None
