"""One store per test, on each backend in turn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from graph.port import Store
from tests.graph import samples
from tests.graph.contract.backends import BACKENDS, opened


@pytest_asyncio.fixture(params=BACKENDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store."""
    async with opened(request.param, tmp_path, lambda: request.getfixturevalue("neo4j_uri")) as store:
        yield store


@pytest_asyncio.fixture(params=BACKENDS)
async def full(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """A store that holds the sample catalogue, in revision 1."""
    uri = lambda: request.getfixturevalue("neo4j_uri")  # noqa: E731
    async with opened(request.param, tmp_path, uri, *samples.catalogue()) as store:
        yield store
