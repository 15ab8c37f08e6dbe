from __future__ import annotations

import httpx
import pyoxigraph
import pytest
from starlette.applications import Starlette

from graph.port import Store
from graph.rdf import feed
from graph.rdf.context import Publication
from schema.feed_routes import feed_routes
from tests.graph import samples

FORMATS = {"trig": pyoxigraph.RdfFormat.TRIG, "nq": pyoxigraph.RdfFormat.N_QUADS}


@pytest.fixture
def http(store: Store, monkeypatch) -> httpx.AsyncClient:
    monkeypatch.setattr(feed, "SIZE", 3)

    async def publication() -> Publication | None:
        head = await store.head()
        return Publication("https://data.example.cn/", "目录", "机构", head.at, head.number) if head else None

    app = Starlette(routes=feed_routes(store, publication))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("application/trig", "application/trig"),
    ],
)
async def test_the_feed_is_negotiated(http, accept, media):
    answer = await http.get("/feed", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media


@pytest.mark.parametrize("extension", FORMATS)
async def test_pages_lead_to_the_last_one_which_costs_a_304_when_nothing_changed(http, store, extension):
    address, pages = f"/feed.{extension}", 0
    while address:
        answer = await http.get(address)
        assert answer.status_code == 200
        assert len(list(pyoxigraph.parse(answer.content, FORMATS[extension]))) > 5
        last, following, pages = address, answer.links.get("next"), pages + 1
        address = "/" + following["url"].removeprefix("https://data.example.cn/") if following else ""
    assert pages > 2
    before = store.statements
    again = await http.get(last, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, store.statements - before) == (304, 2)  # the log's stretch, the revision's number
    first = await http.get(f"/feed.{extension}")
    await store.apply(samples.change_set(*samples.many(1)))
    assert (await http.get(last, headers={"If-None-Match": answer.headers["etag"]})).status_code == 200
    kept = await http.get(f"/feed.{extension}")
    assert (kept.content, kept.headers["etag"]) == (first.content, first.headers["etag"])
    assert kept.headers["last-modified"] == first.headers["last-modified"]


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/feed.ttl", "*/*", 404),
        ("/feed", "text/html", 406),
        ("/feed?after=x", "*/*", 400),
        ("/feed?after=1-5-zz&after=", "*/*", 400),
        ("/feed?after=99-5-zz", "*/*", 404),
        ("/feed?after=1-5-zz", "*/*", 200),
    ],
)
async def test_what_cannot_be_answered_says_what_can(http, path, accept, status):
    answer = await http.get(path, headers={"Accept": accept})
    head = await http.head(path, headers={"Accept": accept})
    assert answer.status_code == status
    assert head.headers == answer.headers
