"""Running the command line as users do: as a process."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from graph.sqlite.store import SqliteStore
from tests.graph import samples
from tests.graph.contract.backends import BACKENDS, emptied, opened

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Mulu:
    """The command in a directory of its own."""

    def __init__(self, directory: Path, **environment: str) -> None:
        self.directory, self.environment = directory, environment

    def __call__(self, *words: str, stdin: str | None = None, **environment: str) -> Run:
        done = subprocess.run(
            [sys.executable, "-m", "mulu", *words],
            cwd=self.directory,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **self.environment, **environment},
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def mulu(tmp_path: Path) -> Mulu:
    return Mulu(tmp_path)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Mulu:
    """A directory whose mulu.db holds the sample; not to be written to."""
    run = Mulu(tmp_path_factory.mktemp("loaded"))
    done = run("load", str(ROOT / "mulu" / "sample"), "--json")
    assert done.status == 0, done.err
    return run


@pytest.fixture
def store(tmp_path: Path) -> str:
    """The address of a store that holds the sample catalogue of the store's own tests."""
    path = str(tmp_path / "mulu.db")

    async def fill() -> None:
        async with SqliteStore.at(path) as opened:
            await opened.apply(samples.change_set(*samples.catalogue()))

    asyncio.run(fill())
    return path


@pytest_asyncio.fixture(params=BACKENDS)
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[object]:
    """A function that opens an empty store of one backend."""
    count = 0

    def make():
        nonlocal count
        count += 1
        place = tmp_path / str(count)
        place.mkdir()
        uri = lambda: request.getfixturevalue("neo4j_uri")  # noqa: E731
        if request.param == "neo4j":
            emptied(uri())
        return opened(request.param, place, uri)

    yield make
