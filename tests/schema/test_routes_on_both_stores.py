"""The RDF routes answer the same from both stores: status, headers and bytes, before and after records come and go."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from catalog.resource import Resource
from graph.port import Store
from graph.rdf import feed
from graph.rdf.context import Publication
from graph.rdf.syntax import WRITERS
from schema.catalog_routes import catalog_routes
from schema.concept_routes import concept_routes
from schema.feed_routes import feed_routes
from schema.record_routes import record_routes
from schema.site_routes import site_routes
from tests.graph import samples
from tests.graph.contract.backends import BACKENDS, opened

BASE = "https://data.example.cn/"
RECORDS = (samples.PEOPLE, samples.MARRIAGES, samples.POLICE, samples.LAW, samples.ARTICLE, samples.NUMBER_KEY)
MORE = (
    "field/p-number", "policy/reply", "clock/reply", "concept/role/COLLECT", "area/440100", "party/public",
    "resource/none", "resource/人", "catalog/main",
)  # fmt: skip
PUBLIC = [replace(one, cleared=True) if isinstance(one, Resource) else one for one in samples.many(4)]
GONE = [one.id for one in PUBLIC if "000000" in one.id]
PATHS = [
    *(f"/catalog.{extension}" for extension in (*WRITERS, "html")),
    "/catalog?limit=1",
    "/catalog?limit=2&after=people",
    "/catalog?limit=2&after=r-people",
    "/catalog?view=full",
    "/catalog?limit=0",
    *(f"/{place}{one}" for one in (*RECORDS, *MORE) for place in ("id/", "")),
    *(f"/{samples.PEOPLE}.{extension}" for extension in (*WRITERS, "html")),
    "/resource/000000",
    "/feed",
    "/feed.nq",
    "/robots.txt",
    "/sitemap.xml",
]


@asynccontextmanager
async def served(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    async def publication() -> Publication | None:
        head = await store.head()
        return Publication(BASE, "目录", "机构", head.at, head.number) if head else None

    makers = (catalog_routes, concept_routes, record_routes, feed_routes, site_routes)
    app = Starlette(routes=[route for make in makers for route in make(store, publication)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        yield client


async def answers(store: Store) -> dict[str, tuple[int, dict[str, str], bytes]]:
    """Every path's answer, and those of the feed's pages."""
    found = {}
    async with served(store) as http:
        left = list(PATHS)
        while left:
            path = left.pop(0)
            answer = await http.get(path)
            found[path] = (answer.status_code, dict(answer.headers), answer.content)
            if (following := answer.links.get("next")) and path.startswith("/feed"):
                left.append("/" + following["url"].removeprefix(BASE))
    return found


async def test_every_route_answers_alike(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "SIZE", 3)
    told = []
    for backend in BACKENDS:
        uri = lambda: request.getfixturevalue("neo4j_uri")  # noqa: E731
        async with opened(backend, tmp_path, uri, *samples.catalogue()) as store:
            before = await answers(store)
            await store.apply(samples.change_set(*PUBLIC, id="more"))
            await store.apply(samples.change_set(deletes=GONE, id="less"))
            told.append((before, await answers(store)))
    before, after = told[0]
    assert told[0] == told[1]
    assert {status for status, _, _ in before.values()} >= {200, 303, 400, 404}
    assert after["/resource/000000"][0] == 410
    assert sum(path.startswith("/feed") for path in after) > 4
