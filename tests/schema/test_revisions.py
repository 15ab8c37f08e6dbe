"""``revision``: the answer as the catalogue stood at a revision, under the law of whatever date, on both stores."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from graph.port import Store
from schema.api import api
from schema.context import Context, Limits
from schema.execute import execute
from tests.graph import samples
from tests.graph.contract.backends import BACKENDS, opened
from tests.graph.contract.histories import lived
from tests.graph.samples import DUTY, MARRIAGES, PEOPLE, change_set
from tests.schema.conftest import BASE, TODAY

REVISIONS = 3
ROOTS = {
    "whoProvides": 'what: "婚姻", on: "2018-01-01"|nodes { verdict because matched { how text } resource { name } basis { text status } } totalCount checked',
    "resource": f'id: "{PEOPLE}"|name version source {{ revision loaded }} fields {{ totalCount nodes {{ name dataElement {{ name }} }} }}',
    "resources": "first: 3, orderBy: {by: NAME, direction: DESC}|totalCount nodes { name fulfils { name } gaps { message evidence { id ... on Resource { name } } } }",
    "field": 'id: "field/p-number"|name resource { name }',
    "fields": "first: 4|totalCount nodes { name resource { name } }",
    "agency": 'name: "广州市公安局"|name aliases responsibilities { nodes { resource { name } } }',
    "agencies": "first: 9|nodes { name demands { totalCount } }",
    "dataElement": 'name: "公民身份号码"|aliases fields { totalCount }',
    "dataElements": "first: 5|nodes { name fields { totalCount } }",
    "demand": 'id: "demand/one"|what resource { name }',
    "demands": 'filter: {jurisdiction: "广州市"}|nodes { what resource { name } }',
    "correspondences": "first: 5|totalCount nodes { subjectName objectName resolved }",
    "coverage": "rows: DUTY|rows { label subject { id ... on Resource { version } } cells { state agency { name } resource { name } } } checked",
    "gaps": "first: 5|totalCount counts { kind count } nodes { message subject { id ... on Resource { version } } }",
    "regulation": f'id: "{samples.LAW}"|title impact(repealedOn: "2018-01-01") {{ stillSupported resources {{ nodes {{ name }} }} }}',
    "regulations": "filter: {status: [IN_FORCE], on: \"2018-01-01\"}|totalCount nodes { title status }",
    "provision": f'regulation: "{samples.LAW}", article: 9|text citedBy {{ nodes {{ id }} }}',
    "condition": 'id: "policy/reply"|text clocks { text }',
    "conditions": "first: 5|nodes { text clocks { text } }",
    "clocks": "first: 5|nodes { text }",
    "dueDate": 'clock: "clock/reply", from: "2018-01-02"|date',
    "node": f'id: "{PEOPLE}"|id ... on Resource {{ name version }}',
    "nodes": f'ids: ["{PEOPLE}", "{MARRIAGES}", "demand/two"]|id ... on Resource {{ name }} ... on Demand {{ what }}',
    "search": 'text: "信息"|totalCount nodes { matched score node { id ... on Resource { name version } } }',
    "issues": "first: 5|nodes { code message }",
    "catalogue": "|revision updated counts { kind count } jurisdictions { name }",
}  # fmt: skip


@pytest.fixture(params=BACKENDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(
        request.param, tmp_path, lambda: request.getfixturevalue("neo4j_uri"), *samples.catalogue()
    ) as opened_store:
        yield opened_store


def operation(name: str, revision: int | None) -> str:
    given, _, selection = ROOTS[name].partition("|")
    arguments = [given] if given else []
    if revision is not None:
        arguments.append(f"revision: {revision}")
    asked = f"({', '.join(arguments)})" if arguments else ""
    return f"{name}{asked} {{ {selection} }}"


async def ask(store: Store, document: str) -> dict[str, Any]:
    context = Context(store=store, today=TODAY, base_iri=BASE, limits=Limits(seconds=120))  # machines may be busy
    return await execute(None, document, None, None, context)


async def answers(store: Store, revision: int | None = None) -> dict[str, Any]:
    """The answer of every root field by itself: data, and errors without their places."""
    found: dict[str, Any] = {}
    for name in ROOTS:
        response = await ask(store, f"{{ answer: {operation(name, revision)} }}")
        found[name] = response.get("data"), [error["message"] for error in response.get("errors", ())]
    return found


def test_every_root_field_that_takes_a_revision_is_asked():
    fields = api()._schema.query_type.fields  # type: ignore[union-attr]
    assert {name for name, field in fields.items() if "revision" in field.args} == set(ROOTS)


async def test_every_root_field_answers_as_it_did_when_the_revision_was_the_newest(store):
    remembered = {1: await answers(store)}
    for revision in range(2, REVISIONS + 1):
        await lived(store, 40 + revision, revision)
        remembered[revision] = await answers(store)
    assert not any(errors for _, errors in remembered[1].values())
    for revision in range(REVISIONS, 0, -1):
        for name, told in (await answers(store, revision)).items():
            assert told == remembered[revision][name], (revision, name)


async def test_legal_time_and_catalogue_time_are_asked_for_together(store):
    duty = next(one for one in samples.resources() if one.id == DUTY)
    await store.apply(change_set(samples.renamed(duty, "人口基本资料")))  # type: ignore[arg-type]
    question = 'whoProvides(what: "人口基本", on: "%s", revision: %d) { nodes { verdict resource { name } } }'
    found = {}
    for on in ("2018-01-01", "2022-01-01"):
        for revision in (1, 2):
            response = await ask(store, f"{{ {question % (on, revision)} }}")
            (node,) = response["data"]["whoProvides"]["nodes"]
            found[on, revision] = node["resource"]["name"], node["verdict"]
    assert found == {
        ("2018-01-01", 1): ("人口基本信息", "ON_APPLICATION"),
        ("2018-01-01", 2): ("人口基本资料", "ON_APPLICATION"),
        ("2022-01-01", 1): ("人口基本信息", "UNKNOWN"),
        ("2022-01-01", 2): ("人口基本资料", "UNKNOWN"),
    }


async def test_several_revisions_of_one_operation_do_not_mix(store):
    people = next(one for one in samples.resources() if one.id == PEOPLE)
    await store.apply(change_set(samples.renamed(people, "第二名")))  # type: ignore[arg-type]
    selection = f'node(id: "{PEOPLE}"%s) {{ ... on Resource {{ name }} }}'
    document = f"{{ a: {selection % ', revision: 1'} b: {selection % ''} c: {selection % ', revision: 2'} catalogue {{ revision }} }}"
    data = (await ask(store, document))["data"]
    assert [data[key]["name"] for key in "abc"] == ["户籍人口信息", "第二名", "第二名"]
    assert data["catalogue"]["revision"] == 2


async def test_pages_at_a_revision_go_on_at_that_revision(store):
    await store.apply(change_set(*samples.many(5, prefix="0")))
    query = "query($a: String) { resources(first: 2, after: $a, revision: 1) { nodes { id } pageInfo { endCursor hasNextPage } } }"
    seen: list[str] = []
    after, more = None, True
    while more:
        context = Context(store=store, today=TODAY, base_iri=BASE)
        page = (await execute(None, query, {"a": after}, None, context))["data"]["resources"]
        seen += [node["id"] for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == sorted(one.id for one in samples.resources())


@pytest.mark.parametrize("revision", [0, -1, 2, 2_000_000_000])
async def test_a_revision_that_never_was_is_refused(store, revision):
    response = await ask(store, f"{{ resources(revision: {revision}) {{ nodes {{ id }} }} }}")
    (error,) = response["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT" and "revisions 1 to 1" in error["message"]


async def test_a_revision_that_is_not_ready_in_time_says_so_and_is_ready_later(tmp_path, monkeypatch):
    async with opened("sqlite", tmp_path, str, *samples.catalogue()) as embedded:
        store: Any = embedded
        await store.apply(change_set(*samples.many(2)))
        make, let = store._snapshots._make, asyncio.Event()

        async def slowly(revision: int, path: Path) -> Store:
            await let.wait()
            return await make(revision, path)

        monkeypatch.setattr(store._snapshots, "_make", slowly)
        document = "{ old: catalogue(revision: 1) { counts { count } } now: catalogue { revision } }"
        context = Context(store=store, today=TODAY, base_iri=BASE, limits=Limits(seconds=0.3))
        response = await execute(None, document, None, None, context)
        (error,) = response["errors"]
        assert error["extensions"]["code"] == "TIMEOUT" and "revision 1 is being prepared" in error["message"]
        assert "ask again" in error["extensions"]["suggestion"]
        let.set()
        assert "errors" not in await ask(store, document)
