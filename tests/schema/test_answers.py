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
from graph.sqlite.store import SqliteStore
from schema.answers import Answers, Request
from schema.app import create_app
from tests.graph import samples

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


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with SqliteStore.at(str(tmp_path / "mulu.db")) as opened:
        await opened.apply(samples.change_set(*samples.catalogue()))
        yield opened


def client(store: SqliteStore, clock: Clock, **how: Any) -> httpx.AsyncClient:
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
        ("POST", {"json": {"query": "{ __schema { queryType { name } } }"}}),
        ("POST", {"json": {"query": NAMES}, "headers": {"accept": "application/graphql-response+json"}}),
    ],
)
async def test_the_same_request_is_answered_with_the_same_bytes_and_no_statement(store, clock, method, how):
    async with client(store, clock) as served:
        first = await served.request(method, "/graphql", **how)
        store.statements = 0
        second = await served.request(method, "/graphql", **how)
    assert (second.status_code, second.content, second.headers) == (200, first.content, first.headers)
    assert store.statements == 0


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


async def test_what_another_process_writes_is_seen_by_the_next_request(store, clock, tmp_path):
    writes = (
        "import asyncio, sys\nfrom graph.sqlite.store import SqliteStore\nfrom tests.schema.test_answers import renamed\n"
        "async def main():\n"
        "    async with SqliteStore.at(sys.argv[1]) as store:\n        await store.apply(renamed(77))\n"
        "asyncio.run(main())\n"
    )
    async with client(store, clock) as served:
        before = [await ask(served, NAMES) for _ in range(2)]
        await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", writes, str(tmp_path / "mulu.db")],
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
