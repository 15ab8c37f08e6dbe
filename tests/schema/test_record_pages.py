"""The pages that identifiers lead to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from catalog.errors import Unavailable
from catalog.identifiers import SEGMENTS
from catalog.resource import Resource
from catalog.vocabulary import Kind
from graph.shape import Question, Shape
from graph.sqlite.store import SqliteStore
from schema.record_pages import record_routes
from tests.graph import samples


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[tuple[SqliteStore, httpx.AsyncClient]]:
    async with SqliteStore.at(str(tmp_path / "pages.db")) as store:
        await store.apply(samples.change_set(*samples.catalogue(), id="pages"))
        transport = httpx.ASGITransport(app=Starlette(routes=record_routes(store)))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            yield store, client


@pytest.mark.parametrize("kind", list(SEGMENTS))
async def test_every_kind_of_identifier_leads_by_303_to_a_page_that_answers(site, kind: Kind):
    store, client = site
    page = await store.read(Question(kind, Shape(), first=3))
    assert page.rows
    for row in page.rows:
        away = await client.get(f"/id/{row['id']}")
        assert (away.status_code, away.headers["location"]) == (303, f"/{row['id']}")
        answer = await client.get(away.headers["location"])
        assert answer.status_code == 200
        assert kind.zh in answer.text
        assert row["id"] in answer.text


async def test_every_link_of_a_page_leads_to_a_page(site):
    store, client = site
    page = await store.read(Question(Kind.RESOURCE, Shape(), first=20))
    for row in page.rows:
        answer = await client.get(f"/{row['id']}")
        for target in {part.split('"')[0] for part in answer.text.split('href="')[1:]} - {"/graphql", "/catalog"}:
            assert (await client.get(target)).status_code == 200, target


@pytest.mark.parametrize("part", ["record/{}", "schema/{}", "identifier/{}", "distribution/{}-0", "distribution/{}-12"])
async def test_a_part_of_a_dataset_is_told_on_the_datasets_page(site, part: str):
    _, client = site
    away = await client.get("/id/" + part.format("r-abc123"))
    assert (away.status_code, away.headers["location"]) == (303, "/resource/r-abc123")


@pytest.mark.parametrize("path", ["/resource/none", "/law/none.a1", "/resource/%3Cscript%3E", "/org/%00"])
async def test_an_unknown_identifier_is_a_404_that_repeats_nothing_dangerous(site, path: str):
    _, client = site
    answer = await client.get(path)
    assert answer.status_code == 404
    assert "<script>" not in answer.text


async def test_text_of_records_is_escaped(site):
    store, client = site
    from dataclasses import replace

    resource = next(r for r in samples.catalogue() if isinstance(r, Resource))
    nasty = replace(resource, name="<script>alert(1)</script>", summary='"><img src=x onerror=alert(1)>')
    await store.apply(samples.change_set(nasty, id="nasty"))
    text = (await client.get(f"/{resource.id}")).text
    assert "<script>" not in text
    assert "<img" not in text


async def test_a_store_that_is_away_is_a_503():
    class Away:
        async def get(self, *_: object) -> object:
            raise Unavailable("the store is away")

    transport = httpx.ASGITransport(app=Starlette(routes=record_routes(Away())))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/resource/x")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
