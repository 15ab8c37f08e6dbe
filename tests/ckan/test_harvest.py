"""The real harvester of CKAN harvests the catalogue as it is served."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.sqlite.store import SqliteStore
from tests.graph import samples

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tests" / "support" / "ckan_harvest.py"
RESOURCES = 230
"""So that a harvest takes three pages."""


def mulu(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mulu", *arguments]


@pytest.fixture(scope="module")
def served(tmp_path_factory, ckan_python) -> Iterator[tuple[str, str]]:
    """The address of a server, whose IRIs begin there, and its store."""
    store = str(tmp_path_factory.mktemp("ckan") / "mulu.db")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(mulu("generate", "--resources", str(RESOURCES), "--store", store), env=environment, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}/"
    command = mulu("serve", "--port", str(port), "--store", store, "--base-iri", base)
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            for _ in range(200):
                try:
                    urllib.request.urlopen(f"{base}healthz", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield base, store
        finally:
            server.terminate()


def harvested(python: Path, url: str, held: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [str(python), str(SCRIPT), url], input=json.dumps(held), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def exported(store: str) -> set[str]:
    command = mulu("export", "--format", "nt", "--store", store)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    of_type = "#type> <http://www.w3.org/ns/dcat#Dataset>"
    return {line.split(" ")[0].rpartition("/")[2].rstrip(">") for line in done.stdout.splitlines() if of_type in line}


@pytest.mark.parametrize("path", ["catalog", "catalog.rdf", "catalog.jsonld"])
def test_ckan_harvests_everything_and_deletes_what_is_gone(ckan_python, served, path):
    base, store = served
    first = harvested(ckan_python, f"{base}{path}", {f"{base}id/resource/r-gone": "package"})
    guids = set(first["datasets"])
    assert first["errors"] == []
    assert first["deleted"] == [f"{base}id/resource/r-gone"]
    assert {guid.rpartition("/")[2] for guid in guids} == exported(store)
    assert first["gathered"] == len(guids) > 200

    second = harvested(ckan_python, f"{base}{path}", dict.fromkeys(guids, "package"))
    assert (second["deleted"], second["errors"], second["datasets"]) == ([], [], first["datasets"])


def test_a_deletion_deletes(ckan_python, served):
    base, store = served
    before = set(harvested(ckan_python, f"{base}catalog", {})["datasets"])
    victim = sorted(before)[150]

    async def delete() -> None:
        async with SqliteStore.at(store) as opened:
            resource = victim.removeprefix(f"{base}id/")
            changes = samples.change_set(deletes=await _parts(opened, resource), id="ckan-delete")
            await opened.apply(changes)

    asyncio.run(delete())
    after = harvested(ckan_python, f"{base}catalog", dict.fromkeys(before, "package"))
    assert after["deleted"] == [victim]
    assert set(after["datasets"]) == before - {victim}


async def _parts(store: SqliteStore, resource: str) -> list[str]:
    """A resource and what refers to it."""
    from catalog.vocabulary import Kind
    from graph.shape import Nested, Shape

    names = ("fields", "demands", "gaps", "conditions", "fulfilled_by")
    shape = Shape(nested=tuple((name, Nested(name, Shape())) for name in names))
    (row,) = await store.get([resource], shape, Kind.RESOURCE)
    assert row is not None
    return [resource, *(each["id"] for name in names for each in row[name])]
