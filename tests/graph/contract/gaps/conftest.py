"""One store per test, on each backend in turn, that keeps gaps by the twelve rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from graph.gaps.table import RULES
from graph.port import Store
from tests.graph.contract.backends import BACKENDS, opened


@pytest_asyncio.fixture(params=BACKENDS)
async def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store that keeps gaps."""
    async with opened(request.param, tmp_path, lambda: request.getfixturevalue("neo4j_uri"), rules=RULES) as store:
        yield store
