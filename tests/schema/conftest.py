"""The sample catalogue in the embedded store, and a way to ask it."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from graph.port import Store
from schema.context import Context, Limits
from schema.execute import execute
from tests.graph import samples

TODAY = dt.date(2018, 1, 1)
BASE = "https://data.example.cn/"
Ask = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    from graph.sqlite.store import SqliteStore

    async with SqliteStore.at(str(tmp_path / "mulu.db")) as opened:
        await opened.apply(samples.change_set(*samples.catalogue()))
        store: Any = opened
        yield store


@pytest.fixture
def ask(store: Store) -> Ask:
    """Runs an operation: the whole response, data and errors."""

    async def run(
        query: str, variables: dict | None = None, *, today: dt.date = TODAY, limits: Limits | None = None, name=None
    ):
        context = Context(store=store, today=today, base_iri=BASE, limits=limits or Limits())
        return await execute(None, query, variables, name, context)

    return run


@pytest.fixture
def data(ask: Ask) -> Ask:
    """Runs an operation that must have no errors: its data alone."""

    async def run(query: str, variables: dict | None = None, **more):
        response = await ask(query, variables, **more)
        assert "errors" not in response, response["errors"]
        return response["data"]

    return run


@pytest.fixture
def code(ask: Ask) -> Ask:
    """Runs an operation that must fail: the code of its first error, checked to be well formed."""

    async def run(query: str, variables: dict | None = None, **more):
        response = await ask(query, variables, **more)
        error = response["errors"][0]
        assert error["extensions"].get("suggestion"), error
        assert "Traceback" not in str(response)
        return error["extensions"]["code"]

    return run
