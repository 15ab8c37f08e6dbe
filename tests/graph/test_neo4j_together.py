"""Reads of one operation on Neo4j: what they do when a revision comes in between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import httpx
import pytest
import pytest_asyncio

from catalog.errors import Unavailable
from catalog.vocabulary import Kind
from graph.neo4j.store import Neo4jStore
from graph.neo4j.watching import TRIES, Parted, settled
from graph.port import Store, together
from graph.shape import Question, Shape
from schema.app import create_app
from tests.graph import samples
from tests.graph.contract.backends import emptied
from tests.schema.conftest import BASE
from tests.schema.test_app import NOW

ALL = Question(Kind.RESOURCE, Shape(), first=100, count=True)


@pytest_asyncio.fixture
async def store(neo4j_uri: str) -> AsyncIterator[Neo4jStore]:
    emptied(neo4j_uri)
    async with Neo4jStore.at(neo4j_uri) as store:
        await store.apply(samples.change_set(*samples.catalogue()))
        yield store


class Writer:
    """Makes revisions, each of one more resource."""

    def __init__(self, store: Neo4jStore) -> None:
        self.store, self.made = store, 0

    async def write(self) -> None:
        self.made += 1
        await self.store.apply(samples.change_set(*samples.many(1, prefix=f"w{self.made}")))

    def after(self, statements: Sequence[int], patched: pytest.MonkeyPatch) -> None:
        """Makes a revision after each of these reading statements, counted from 1."""
        link, ask, seen = self.store._link, self.store._link.one, 0

        async def one(text: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
            nonlocal seen
            seen += 1
            mine = seen
            found = await ask(text, params)
            if mine in statements:
                await self.write()
            return found

        patched.setattr(link, "one", one)


async def counted(reads: Store) -> tuple[int, int, int]:
    """What three statements say of the same thing."""
    head, page, counts = await reads.head(), await reads.read(ALL), await reads.counts()
    return (head.number if head else 0), page.total or 0, counts[Kind.RESOURCE]


def whole(found: tuple[int, int, int]) -> bool:
    revision, total, count = found
    return total == count == revision + 2  # the sample has three resources, each revision one more


async def test_what_is_read_in_quiet_is_together(store: Neo4jStore) -> None:
    async with store.together() as reads:
        assert whole(await counted(reads))
        async with reads.together() as inner:
            assert inner is reads
        assert not reads.parted


async def test_a_read_after_a_revision_is_refused_and_the_reads_are_parted(store: Neo4jStore) -> None:
    async with store.together() as reads:
        await reads.head()
        await Writer(store).write()
        with pytest.raises(Unavailable, match="revision 2 came while revision 1 was read"):
            await reads.read(ALL)
        assert reads.parted
    assert (await store.read(ALL)).total == 4


@pytest.mark.parametrize("after", [[1], [2], [1, 4], [2, 4, 7]])
async def test_work_whose_reads_are_parted_is_done_again(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch, after: list[int]
) -> None:
    writer = Writer(store)
    writer.after(after, monkeypatch)
    found = await together(store, counted)
    assert whole(found)
    assert found[0] == 1 + writer.made == 1 + len(after)


async def test_work_is_not_done_again_for_ever(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer(store)
    writer.after(range(1, 1000), monkeypatch)
    with pytest.raises(Unavailable):
        await together(store, counted)
    assert writer.made < 10


async def test_one_request_is_answered_from_one_revision(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(store, base_iri=BASE, clock=lambda: NOW)
    query = "{ %s }" % " ".join(  # noqa: UP031 - braces
        f"c{n}: catalogue {{ revision counts {{ kind count }} }} r{n}: resources(first: 1) {{ totalCount }}"
        for n in range(3)
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://mulu.test") as client:
        for after in ([1], [4], [2, 12]):
            with monkeypatch.context() as patched:
                Writer(store).after(after, patched)
                data = (await client.post("/graphql", json={"query": query})).json()["data"]
            assert data["c0"] == data["c1"] == data["c2"]
            assert {data[f"r{n}"]["totalCount"] for n in range(3)} == {
                next(one["count"] for one in data["c0"]["counts"] if one["kind"] == "RESOURCE")
            }


@pytest.mark.parametrize(
    ("seen", "answer"),
    [
        ([(7, 7)], 7),
        ([(7, 8), (8, 8)], 8),
        ([(7, 8)] * (TRIES - 1) + [(8, 8)], 8),
        ([(None, None)], 0),
        ([(7, 8)] * TRIES, None),
    ],
)
async def test_a_statement_that_a_revision_came_into_is_asked_again(
    seen: list[tuple[int | None, int | None]], answer: int | None
) -> None:
    left = iter(seen)

    async def ask(text: str, params: Mapping[str, Any] | None) -> dict[str, Any]:
        began, ended = next(left)
        return {"began": [began, None, None], "rows": [ended], "ended": [ended, None, None]}

    if answer is None:
        with pytest.raises(Parted):
            await settled(ask, "RETURN 1")
    else:
        assert await settled(ask, "RETURN 1") == ({"rows": [seen[-1][1]]}, (answer, None))
    assert next(left, None) is None
