"""Reads on the event loop are bounded: what is long, or would wait, is done in a thread, and answers the same."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from catalog.vocabulary import Kind
from graph.shape import Question, Shape
from graph.sqlite import reading
from graph.sqlite.connection import Allowance, LongerThanAllowed, Session
from graph.sqlite.store import SqliteStore
from graph.sqlite.together import Together
from tests.graph import samples

PAGE = Question(Kind.RESOURCE, Shape(frozenset({"id", "name"})), first=100, count=True)
ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(samples.change_set(*samples.catalogue(), *samples.many(300)))
        yield store


def allowing(store: SqliteStore, brief: int) -> Together:
    assert store._readers is not None
    return Together(store, store._path, store._sessions, store._readers, brief=brief)


@pytest.mark.parametrize("brief", [0, 1, 2, 3, 5, 8, 1000])
async def test_answers_and_statements_are_the_same_wherever_the_work_is_done(store: SqliteStore, brief: int) -> None:
    ids = [row["id"] for row in (await store.read(PAGE)).rows]
    shape = Shape(frozenset({"id", "name"}))
    before = store.statements
    apart = [await store.read(PAGE), await store.get(ids, shape, Kind.RESOURCE)]
    ran = store.statements - before
    async with allowing(store, brief) as reads:
        before = store.statements
        together = [await reads.read(PAGE), await reads.get(ids, shape, Kind.RESOURCE)]
        assert store.statements - before == ran
    assert together == apart
    assert len(store._sessions._idle) == len(store._sessions._all)


@pytest.mark.parametrize(("brief", "on_the_loop"), [(1000, True), (0, False)])
async def test_a_thread_is_asked_only_where_the_allowance_is_gone(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, brief: int, on_the_loop: bool
) -> None:
    threads = []
    read = reading.read

    def seen(session: Session, question: Question) -> object:
        threads.append(threading.current_thread())
        return read(session, question)

    monkeypatch.setattr(reading, "read", seen)
    async with allowing(store, brief) as reads:
        await reads.read(PAGE)
    assert [one is threading.main_thread() for one in threads] == [on_the_loop]


async def test_a_statement_that_goes_on_is_ended_and_the_transaction_goes_on(store: SqliteStore) -> None:
    with store._sessions.borrowed() as session, session.transaction("DEFERRED"):
        before = session.all("SELECT count(*) FROM log")
        await store.apply(samples.change_set(*samples.many(1, prefix="later")))
        with pytest.raises(LongerThanAllowed), session.allowed(Allowance(20)):
            session.all(ENDLESS)
        assert session.all("SELECT count(*) FROM log") == before


async def test_many_small_statements_are_too_many_at_last(store: SqliteStore) -> None:
    with store._sessions.borrowed() as session:
        before = session.statements
        with pytest.raises(LongerThanAllowed), session.allowed(Allowance(20)):
            for _ in range(21):
                session.all("SELECT 1")
        assert session.statements == before


def test_a_lock_is_not_waited_for_and_is_waited_for_afterwards_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE t (x)")
        session = Session(path, 60.0)
        other.execute("BEGIN EXCLUSIVE")
        with closing(session.raw):
            with pytest.raises(LongerThanAllowed), session.allowed(Allowance(20)):
                session.all("SELECT * FROM t")
            assert session.all("PRAGMA busy_timeout") == [(60_000,)]
            other.execute("ROLLBACK")
            assert session.all("SELECT * FROM t") == []
