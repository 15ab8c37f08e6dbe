"""Nodes, their pages and data, tombstones, robots and sitemaps, over the sample catalogue."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from typing import cast

import httpx
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from starlette.applications import Starlette

from catalog.records import Correspondence, Demand, Field, Gap, Issue, Resource
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.syntax import WRITERS
from graph.rdf.terms import NAMESPACES
from schema.catalog_routes import OFFERS, catalog_routes
from schema.record_routes import place, record_routes
from schema.site_routes import site_routes
from tests.graph import samples
from tests.graph.rdf_samples import parsed

BASE = "https://data.example.cn/"
AS = Namespace(NAMESPACES["as"])
PUBLIC = {
    samples.PEOPLE: "Dataset", samples.POLICE: "GovernmentOrganization", samples.LAW: "Legislation",
    samples.ARTICLE: "Legislation", samples.NUMBER_KEY: "DefinedTerm", "field/p-number": "DefinedTerm",
}  # fmt: skip
RULES = ["policy/reply", "clock/reply"]


@pytest.fixture
def http(store: Store) -> httpx.AsyncClient:
    async def publication() -> Publication | None:
        head = await store.head()
        return Publication(BASE, "目录", "机构", head.at, head.number) if head else None

    routes = [*catalog_routes(store, publication), *record_routes(store, publication), *site_routes(store, publication)]
    return httpx.AsyncClient(transport=httpx.ASGITransport(Starlette(routes=routes)), base_url="http://localhost")


PLACES = [
    ("resource/r-a", "/resource/r-a"), ("record/r-a", "/resource/r-a"), ("schema/r-a/l1", "/resource/r-a"),
    ("rule/r-a", "/resource/r-a"), ("rule/r-a/application", "/resource/r-a"), ("distribution/r-a-0", "/resource/r-a"), ("distribution/440100-abc-12", "/resource/440100-abc"), ("contact/r-a", "/resource/r-a"),
    ("concept/rights-r-a", "/resource/r-a"), ("policy/r-a/share/apply", "/resource/r-a"), ("policy/440100-2016-a", "/law/440100-2016-a"),
    ("policy/abc", "/policy/abc"), ("policy/abc/assets", "/policy/abc"), ("law/440100-2016-a.a9p1", "/law/440100-2016-a.a9p1"),
    ("catalog/main", "/catalog"), ("org/catalogue", "/catalog"), ("org/x", "/org/x"), ("resource/r-a/role-1", "/resource/r-a"),
    ("concept/role/COLLECT", "/concept/role/COLLECT"), ("concept/class/a%2Fb", "/concept/class/a%2Fb"), ("area/440100", "/area/440100"),
    ("party/public", "/party/public"), ("party/", None), ("concept", None),
    ("resource/", None), ("resource", None), ("", None), ("//evil.example", None), ("nothing/x", None), ("resource/../x", None),
    ("resource/人", None), ("resource/a b", None), ("/resource/r-a", None), ("resource/" + "a" * 300, None),
]  # fmt: skip


@pytest.mark.parametrize(("path", "where"), PLACES)
def test_what_an_identifier_leads_to(path, where):
    assert place(path) == where


@pytest.mark.parametrize("path", ["//evil.example/x", "resource/%0d%0aX: y", "resource/%2e%2e%2fx", "nothing/x"])
async def test_no_identifier_leads_elsewhere(http, path):
    answer = await http.get(f"/id/{path}")
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("identifier", [*PUBLIC, *RULES])
@pytest.mark.parametrize("extension", WRITERS)
async def test_nodes_are_described_as_asked_for(http, identifier, extension):
    see = await http.get(f"/id/{identifier}", headers={"Accept": OFFERS[extension]})
    assert see.status_code == 303
    answer = await http.get(see.headers["location"], headers={"Accept": OFFERS[extension]})
    forced = await http.get(f"/{identifier}.{extension}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.content == forced.content
    assert answer.headers["content-type"].partition(";")[0] == OFFERS[extension]
    assert (URIRef(f"{BASE}id/{identifier}"), RDF.type, None) in parsed(answer.text, extension)


@pytest.mark.parametrize(("identifier", "type_"), PUBLIC.items())
async def test_people_get_a_page_with_schema_org_inside(http, identifier, type_):
    answer = await http.get(f"/{identifier}", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    said = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text)[0])
    assert (said["@type"], said["@id"], said["@context"]) == (type_, f"{BASE}id/{identifier}", "https://schema.org")
    assert said["name"]


@pytest.mark.parametrize(
    ("path", "relations"),
    [
        (f"/{samples.PEOPLE}.ttl", ("canonical", "alternate", "describes", "describedby", "license")),
        (f"/{samples.LAW}.html", ("canonical", "alternate", "describes", "describedby", "license")),
        ("/gap/two.html", ("canonical", "describes", "license")),
    ],
)
async def test_links_say_what_else_there_is_of_a_record(http, path, relations):
    said = (await http.get(path)).headers["link"]
    assert list(dict.fromkeys(re.findall(r'rel="(\w+)"', said))) == list(relations)


async def test_anything_is_turtle_and_what_cannot_be_is_refused(http):
    assert (await http.get(f"/{samples.PEOPLE}")).headers["content-type"] == "text/turtle; charset=utf-8"
    refused = await http.get(f"/{samples.PEOPLE}", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert f"text/turtle (/{samples.PEOPLE}.ttl)" in refused.text
    assert (await http.get("/gap/two", headers={"Accept": "text/turtle"})).status_code == 406
    assert (await http.get("/gap/two")).headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "path", [f"/{samples.PEOPLE}", f"/{samples.LAW}", f"/id/{samples.LAW}", "/resource/nothing", "/sitemap.xml"]
)
@pytest.mark.parametrize("accept", ["*/*", "text/html", "image/png"])
async def test_head_has_the_headers_of_get(http, path, accept):
    head = await http.head(path, headers={"Accept": accept})
    get = await http.get(path, headers={"Accept": accept})
    assert (head.status_code, head.headers) == (get.status_code, get.headers)


async def test_what_the_client_holds_is_not_sent_again(http, store):
    first = await http.get(f"/{samples.PEOPLE}")
    before = store.statements
    again = await http.get(f"/{samples.PEOPLE}", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert store.statements - before == 1  # the revision's number


HELD = [{"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}]


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("accept", ["*/*", "text/html"])
async def test_no_copy_will_do_of_what_is_not_there(http, store, held, accept):
    await store.apply(samples.change_set(deletes=["demand/one", "field/p-name", "field/p-number", samples.PEOPLE]))
    there = [(samples.POLICE, 304), (samples.PEOPLE, 410), ("resource/nothing", 404), (samples.MARRIAGES, 404)]
    for path, status in [*there, ("catalog?after=nothing", 404), ("catalog", 304)]:
        for method in ("GET", "HEAD"):
            answer = await http.request(method, f"/{path}", headers={"Accept": accept, **held})
            assert (path, answer.status_code) == (path, status)
            assert ("etag" in answer.headers) == (status == 304)


@pytest.mark.parametrize("path", [samples.MARRIAGES, "field/m-state", "resource/nothing"])
@pytest.mark.parametrize("accept", ["*/*", "text/html", "application/ld+json"])
async def test_what_was_never_cleared_is_as_if_it_were_not(http, path, accept):
    answer = await http.get(f"/{path}", headers={"Accept": accept})
    assert answer.status_code == 404
    assert "婚姻" not in answer.text


async def test_the_deleted_leave_a_tombstone(http, store):
    await store.apply(samples.change_set(deletes=["demand/one", "field/p-name", "field/p-number", samples.PEOPLE]))
    for accept in ("*/*", "text/html"):
        gone = await http.get(f"/{samples.PEOPLE}", headers={"Accept": accept})
        assert gone.status_code == 410
        assert "户籍" not in gone.text
    stone = Graph().parse(data=(await http.get(f"/{samples.PEOPLE}.ttl")).text, format="turtle")
    (iri,) = stone.subjects(RDF.type, AS.Tombstone)
    assert str(iri) == f"{BASE}id/{samples.PEOPLE}"
    assert str(stone.value(iri, AS.deleted)) == samples.AT.isoformat()
    assert "r-people" not in (await http.get("/catalog")).text
    await store.apply(samples.change_set(*samples.resources()[1:2]))
    assert (await http.get(f"/{samples.PEOPLE}")).status_code == 200
    await store.apply(samples.change_set(deletes=[samples.PEOPLE], at=samples.AT + dt.timedelta(days=1)))
    assert (await http.get(f"/{samples.PEOPLE}")).status_code == 410


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
async def test_what_was_never_cleared_leaves_nothing_behind(http, store, accept):
    secret = replace(cast("Resource", samples.resources()[2]), id="resource/r-secret", code=None)
    item = replace(cast("Field", samples.fields()[2]), id="field/r-secret-1", resource=secret.id)
    await store.apply(samples.change_set(secret, item))
    await store.apply(samples.change_set(replace(secret, summary="变"), replace(item, name="变")))
    for step in ((), ("field/r-secret-1",), (secret.id,)):
        await store.apply(samples.change_set(deletes=step))
        for path in (secret.id, item.id):
            assert (await http.get(f"/{path}", headers={"Accept": accept})).status_code == 404


async def test_a_deleted_item_of_a_public_dataset_is_gone(http, store):
    item = replace(cast("Field", samples.fields()[2]), id="field/r-people-x", resource=samples.PEOPLE)
    await store.apply(samples.change_set(item))
    await store.apply(samples.change_set(deletes=[item.id]))
    assert (await http.get(f"/{item.id}")).status_code == 410


async def test_a_loss_of_clearance_is_gone(http, store):
    people = cast("Resource", samples.resources()[1])
    await store.apply(samples.change_set(replace(people, cleared=False)))
    gone = await http.get(f"/{samples.PEOPLE}")
    assert gone.status_code == 410
    assert "户籍" not in gone.text
    assert "r-people" not in (await http.get("/catalog")).text


async def test_crawlers_find_everything_cleared(http):
    robots = (await http.get("/robots.txt")).text
    assert f"Sitemap: {BASE}sitemap.xml" in robots
    index = (await http.get("/sitemap.xml")).text
    (page,) = re.findall(r"<loc>(.*?)</loc>", index)
    urls = re.findall(r"<loc>(.*?)</loc>", (await http.get("/" + page.removeprefix(BASE))).text)
    assert urls == [f"{BASE}catalog.html", f"{BASE}{samples.PEOPLE}"]
    assert (await http.get("/sitemap.xml?after=%00")).status_code == 400


async def test_every_link_of_a_page_within_the_site_leads_to_a_page(http, store):
    page = {"accept": "text/html"}
    uncleared = {f"/{r.id}" for r in samples.catalogue() if isinstance(r, Resource) and not r.cleared}
    seen: set[str] = set()
    waiting = [f"/{samples.PEOPLE}"]
    while waiting and len(seen) < 60:
        path = waiting.pop()
        seen.add(path)
        answer = await http.get(path, headers=page, follow_redirects=True)
        assert answer.status_code == (404 if path in uncleared else 200), path
        links = {link.removeprefix(BASE[:-1]) for link in re.findall(r'<a href="([^"]+)"', answer.text)}
        waiting += [
            link for link in sorted(links - seen) if link.startswith(("/resource/", "/law/", "/org/", "/field/"))
        ]
    assert len(seen) > 3


async def test_no_page_of_a_public_record_names_what_is_not_cleared(http, store):
    """Neither by a name nor by an identifier: dataset, rule, agency, provision, data element, text."""
    secret = [each for each in samples.resources() if not cast("Resource", each).cleared]
    items = [each for each in samples.fields() if cast("Field", each).resource in {one.id for one in secret}]
    for record in samples.catalogue():
        if record.kind not in (Kind.RESOURCE, Kind.CONDITION, Kind.AGENCY, Kind.PROVISION, Kind.REGULATION, Kind.FIELD):
            continue
        page = await http.get(f"/{record.id}", headers={"accept": "text/html"})
        if page.status_code == 200:
            assert not [each.id for each in (*secret, *items) if f'"/{each.id}"' in page.text], record.id
    people = await http.get(f"/{samples.PEOPLE}", headers={"accept": "text/html"})
    assert people.status_code == 200
    assert cast("Resource", samples.resources()[2]).name not in people.text


WORKED_WITH = {
    "gap/one": 404, "gap/two": 200, "demand/one": 200, "demand/two": 200, "issue/one": 200, "issue/two": 200,
    "correspondence/one": 404, "demand/secret": 404, "demand/said": 200, "gap/said": 200, "correspondence/open": 200,
    "correspondence/unclear": 200, "correspondence/noted": 200,
}  # fmt: skip
SAID = {
    "gap/two": "无人提供", "issue/one": "奇怪", "correspondence/open": "人口花名册",
}  # fmt: skip
"""What stands on pages because it is known to be of nothing but what is public."""


@pytest.mark.parametrize(("path", "status"), WORKED_WITH.items())
async def test_what_is_worked_with_names_nothing_uncleared_in_its_words(http, store, path, status):
    records = {one.id: one for one in samples.wishes()}
    one, drawn = records["demand/one"], records["correspondence/one"]
    gap, issue = records["gap/two"], records["issue/two"]
    assert isinstance(one, Demand)
    assert isinstance(drawn, Correspondence)
    assert isinstance(gap, Gap)
    assert isinstance(issue, Issue)
    secret = "婚姻登记名册"
    history = tuple(replace(event, note=secret) for event in one.history)
    said = replace(one, id="demand/said", what=secret, purpose=f"与{secret}比对", history=history)
    clear = replace(
        drawn, id="correspondence/open", subject=samples.POLICE, subject_name="人口花名册", objects=(samples.CIVIL,)
    )
    await store.apply(
        samples.change_set(
            said,
            replace(one, id="demand/secret", resource=samples.MARRIAGES),
            replace(gap, id="gap/said", subject="demand/said", message=f"需求「{secret}」没有提供部门"),
            replace(issue, message=f"{secret}登记了两次", suggestion=secret),
            clear,
            replace(clear, id="correspondence/unclear", subject=None, objects=(), subject_name=secret),
            replace(clear, id="correspondence/noted", note=f"另见{secret}"),
        )
    )
    page = await http.get(f"/{path}", headers={"accept": "text/html"})
    assert page.status_code == status
    assert secret not in page.text
    assert samples.MARRIAGES not in page.text
    assert SAID.get(path, "") in page.text
    await store.apply(samples.change_set(deletes=[path] if path != "demand/said" else ["gap/said", path]))
    assert (await http.get(f"/{path}", headers={"accept": "text/html"})).status_code == 404


async def test_text_of_records_is_escaped_on_pages(http, store):
    nasty = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    resource = next(r for r in samples.catalogue() if isinstance(r, Resource) and r.id == samples.PEOPLE)
    await store.apply(samples.change_set(replace(resource, name=nasty, summary=nasty), id="nasty"))
    text = (await http.get(f"/{samples.PEOPLE}", headers={"accept": "text/html"}, follow_redirects=True)).text
    assert "<img" not in text
    assert "<script>alert" not in text
