"""What is asked again and again, of a real server: always what was committed last, and nothing left open."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from graph.neo4j import standing
from graph.neo4j.store import Neo4jStore
from graph.neo4j.watching import STAMP
from tests.graph import samples
from tests.graph.contract.backends import emptied
from tests.support.neo4j_server import connection

OPEN = "SHOW TRANSACTIONS YIELD transactionId, connectionId, currentQuery, status, activeLockCount"
SOON = 10.0


@pytest_asyncio.fixture
async def store(neo4j_uri: str) -> AsyncIterator[Neo4jStore]:
    emptied(neo4j_uri)
    async with Neo4jStore.at(neo4j_uri) as store:
        yield store


def asked(uri: str, text: str) -> list[list[str]]:
    """What the server answers to somebody else."""
    with connection(uri) as (driver, database), driver.session(database=database) as session:
        return session.run(text).values()


def others(uri: str) -> list[list[str]]:
    """Transaction and connection of everybody but who asks."""
    return [row[:2] for row in asked(uri, OPEN) if not str(row[2]).startswith("SHOW")]


async def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not await asyncio.to_thread(holds):
        assert time.monotonic() < end, "it never came to hold"
        await asyncio.sleep(0.02)


async def test_what_another_commits_is_seen_by_the_next_question(store: Neo4jStore, neo4j_uri: str) -> None:
    async with Neo4jStore.at(neo4j_uri) as other:
        for number in range(1, 21):
            await (other, store)[number % 2].apply(samples.change_set(*samples.many(1, 1, prefix=f"n{number}")))
            stamp = await store.stamp()
            assert stamp is not None and stamp[0] == number
            assert stamp == await other.stamp()


async def test_one_transaction_serves_as_long_as_it_is_asked(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "IDLE", 60.0)
    await store.apply(samples.change_set(*samples.sources()))
    seen = set()
    for _ in range(5):
        assert await store.stamp() is not None
        seen |= {transaction for transaction, _ in others(neo4j_uri)}
    assert len(seen) == 1
    monkeypatch.setattr(standing, "KEPT", 0.0)
    await store.stamp()  # what is open was to be kept longer
    for _ in range(2):
        await asyncio.sleep(0.01)
        before = {transaction for transaction, _ in others(neo4j_uri)}
        store._looking._until = 0.0
        await store.stamp()
        await until(lambda: before.isdisjoint(one for one, _ in others(neo4j_uri)))  # noqa: B023 - it is called at once


async def test_nothing_stays_open_when_nobody_asks(store: Neo4jStore, neo4j_uri: str) -> None:
    await store.stamp()
    await until(lambda: not others(neo4j_uri))
    assert await store.stamp() == (0, None)


async def test_nothing_stays_open_when_the_store_is_left(neo4j_uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    emptied(neo4j_uri)
    monkeypatch.setattr(standing, "IDLE", 60.0)
    async with Neo4jStore.at(neo4j_uri) as store:
        assert await store.stamp() == (0, None)
        assert len(others(neo4j_uri)) == 1
    await until(lambda: not others(neo4j_uri))


@pytest.mark.parametrize("how", ["TERMINATE TRANSACTION '{0}'", "CALL dbms.killConnection('{1}')"])
async def test_a_transaction_that_somebody_ended_is_begun_again(
    store: Neo4jStore, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(standing, "IDLE", 60.0)
    monkeypatch.setattr(standing, "KEPT", 60.0)
    await store.apply(samples.change_set(*samples.sources()))
    before = await store.stamp()
    ((transaction, held),) = others(neo4j_uri)
    asked(neo4j_uri, how.format(transaction, held))
    assert await store.stamp() == before
    assert transaction not in {one for one, _ in others(neo4j_uri)}


async def test_a_question_that_is_cancelled_leaves_a_store_that_answers(store: Neo4jStore, neo4j_uri: str) -> None:
    await store.apply(samples.change_set(*samples.sources()))
    before = await store.stamp()
    for turns in range(6):
        asking = asyncio.create_task(store._looking.ask())
        for _ in range(turns):
            await asyncio.sleep(0)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        assert await store.stamp() == before
    await until(lambda: not others(neo4j_uri))


async def test_the_schema_can_be_changed_while_it_is_asked(store: Neo4jStore, neo4j_uri: str) -> None:
    asking = True

    async def ask() -> None:
        while asking:
            assert await store.stamp() is not None

    reader = asyncio.create_task(ask())
    await asyncio.to_thread(asked, neo4j_uri, "CREATE INDEX standing FOR (n:Catalogue) ON (n.standing)")
    await asyncio.to_thread(asked, neo4j_uri, "DROP INDEX standing")
    asking = False
    await reader


def test_the_statement_names_no_values() -> None:
    assert "$" not in STAMP
