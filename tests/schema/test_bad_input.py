"""Bad input: each a typed error with a suggestion, and nothing of our insides."""

from __future__ import annotations

import logging
from base64 import urlsafe_b64encode

import pytest

from catalog.errors import Unavailable
from schema.context import Limits
from tests.graph import samples

WHO = "whoProvides(what: {what}) {{ nodes {{ verdict }} }}"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "BAD_INPUT"),
        ("{", "BAD_INPUT"),
        ("{ nothing }", "BAD_INPUT"),
        ("mutation { x }", "BAD_INPUT"),
        ("query A { catalogue { title } } query B { catalogue { title } }", "BAD_INPUT"),
        ("query A($x: Int!) { resources(first: $x) { nodes { id } } }", "BAD_INPUT"),
        ("{ ...F } fragment F on Query { ...F }", "BAD_INPUT"),
        ('{ whoProvides(what: "") { nodes { verdict } } }', "BAD_INPUT"),
        ('{ whoProvides(what: " \\u3000") { nodes { verdict } } }', "BAD_INPUT"),
        ("{ whoProvides(what: null) { nodes { verdict } } }", "BAD_INPUT"),
        ('{ whoProvides(what: "婚姻", on: "2018-02-30") { nodes { verdict } } }', "BAD_INPUT"),
        ('{ whoProvides(what: "婚姻", on: "2018-1-1") { nodes { verdict } } }', "BAD_INPUT"),
        ('{ whoProvides(what: "婚姻", on: 2018) { nodes { verdict } } }', "BAD_INPUT"),
        ('{ whoProvides(what: "婚姻", revision: 99) { nodes { verdict } } }', "BAD_INPUT"),
        ('{ whoProvides(what: "婚姻", jurisdiction: "") { nodes { verdict } } }', "BAD_INPUT"),
        ('{ whoProvides(what: "婚姻", to: "clock/reply") { nodes { verdict } } }', "BAD_INPUT"),
        ('{ whoProvides(what: "婚姻", first: 101) { nodes { verdict } } }', "BAD_INPUT"),
        ("{ resources(first: -1) { nodes { id } } }", "BAD_INPUT"),
        ("{ resources(first: 101) { nodes { id } } }", "BAD_INPUT"),
        ("{ resources(last: 101) { nodes { id } } }", "BAD_INPUT"),
        ('{ resources(before: "x") { nodes { id } } }', "BAD_INPUT"),
        ("{ resources(first: 1, last: 1) { nodes { id } } }", "BAD_INPUT"),
        ("{ resources { nodes { fields(first: 501) { nodes { id } } } } }", "BAD_INPUT"),
        ('{ resources(after: "nonsense") { nodes { id } } }', "BAD_INPUT"),
        ('{ resources(after: "中文") { nodes { id } } }', "BAD_INPUT"),
        ('{ resources(filter: { agency: "clock/reply" }) { nodes { id } } }', "BAD_INPUT"),
        ('{ resources(filter: { name: " " }) { nodes { id } } }', "BAD_INPUT"),
        ('{ resources(filter: { jurisdiction: " " }) { nodes { id } } }', "BAD_INPUT"),
        ('{ resources(filter: { category: "" }) { nodes { id } } }', "BAD_INPUT"),
        ('{ agencies(filter: { jurisdiction: "" }) { nodes { id } } }', "BAD_INPUT"),
        ('{ regulations(filter: { jurisdiction: "" }) { nodes { id } } }', "BAD_INPUT"),
        ('{ resources(after: "") { nodes { id } } }', "BAD_INPUT"),
        ('{ resources(last: 1, before: "") { nodes { id } } }', "BAD_INPUT"),
        ('{ search(text: "婚", after: "") { nodes { kind } } }', "BAD_INPUT"),
        ('{ whoProvides(what: "婚", after: "") { nodes { verdict } } }', "BAD_INPUT"),
        ('{ changes(after: "") { nodes { id } } }', "BAD_INPUT"),
        ('{ resources { nodes { fields(after: "") { nodes { id } } } } }', "BAD_INPUT"),
        ('{ resource(code: "") { id } }', "BAD_INPUT"),
        ('{ agency(creditCode: " ") { id } }', "BAD_INPUT"),
        ('{ regulation(number: "") { id } }', "BAD_INPUT"),
        ("{ resource { id } }", "BAD_INPUT"),
        ('{ resource(id: "resource/x", code: "y") { id } }', "BAD_INPUT"),
        ('{ resource(id: "clock/reply") { id } }', "BAD_INPUT"),
        ('{ resource(id: "nonsense") { id } }', "BAD_INPUT"),
        ('{ resource(id: "resource/none") { id } }', "NOT_FOUND"),
        ('{ node(id: "law/none.a1") { id } }', "NOT_FOUND"),
        ('{ node(id: "source/rules") { id } }', "BAD_INPUT"),
        ('{ node(id: "x") { id } }', "BAD_INPUT"),
        ('{ nodes(ids: ["x"]) { id } }', "BAD_INPUT"),
        ('{ dueDate(clock: "clock/none", from: "2024-01-01") { date } }', "NOT_FOUND"),
        (f'{{ provision(regulation: "{samples.LAW}") {{ id }} }}', "BAD_INPUT"),
        (f'{{ provision(id: "{samples.ARTICLE}", article: 9) {{ id }} }}', "BAD_INPUT"),
        (f'{{ provision(regulation: "{samples.LAW}", article: 99) {{ id }} }}', "NOT_FOUND"),
        (f'{{ provision(regulation: "{samples.LAW}", article: 9, paragraph: 7) {{ id }} }}', "NOT_FOUND"),
        (f'{{ provision(regulation: "{samples.LAW}", article: 9, item: "九") {{ id }} }}', "NOT_FOUND"),
        ('{ search(text: "") { nodes { kind } } }', "BAD_INPUT"),
        ('{ search(text: "婚", kinds: [SOURCE]) { nodes { kind } } }', "BAD_INPUT"),
        ('{ gaps(agency: "law/x") { totalCount } }', "BAD_INPUT"),
    ],
)
async def test_bad_input(code, query, expected):
    assert await code(query) == expected


async def test_the_figure_is_in_the_message(ask):
    error = (await ask("{ resources(first: 1000) { nodes { id } } }"))["errors"][0]
    assert "1000" in error["message"] and "100" in error["message"]
    assert error["path"] == ["resources"]


async def test_a_cursor_of_another_question(ask, code, data):
    page = await data("{ resources(first: 1) { pageInfo { endCursor } } }")
    cursor = page["resources"]["pageInfo"]["endCursor"]
    query = "query($c: String) { resources(filter: { origin: STATUTORY }, after: $c) { nodes { id } } }"
    assert await code(query, {"c": cursor}) == "CURSOR_EXPIRED"
    assert await code("query($c: String) { agencies(after: $c) { nodes { id } } }", {"c": cursor}) == "CURSOR_EXPIRED"
    forged = urlsafe_b64encode(b'["x", {"a": 1}]').decode()
    assert await code("query($c: String) { agencies(after: $c) { nodes { id } } }", {"c": forged}) == "BAD_INPUT"


async def test_too_deep(ask):
    deep = "id " + "fulfils { " * 20 + "id" + " }" * 20
    error = (await ask(f'{{ resource(id: "{samples.DUTY}") {{ {deep} }} }}'))["errors"][0]
    assert error["extensions"]["code"] == "TOO_DEEP"
    assert error["extensions"]["limit"] == 15


@pytest.mark.parametrize(
    "query",
    [
        "{ resources(first: 100) { nodes { fields(first: 100) { nodes { dataElement { fields(first: 100) { nodes { id } } } } } } } }",
        "query($n: Int = 100) { agencies(first: $n) { nodes { mentions(first: $n) { nodes { citedBy(first: $n) { nodes { id } } } } } } }",
        "{ " + " ".join(f"a{n}: catalogue {{ title }}" for n in range(300)) + " }",
        "{ " + " ".join(f"a{n}: resources {{ nodes {{ id }} }}" for n in range(300)) + " }",
    ],
)
async def test_too_costly(ask, query):
    error = (await ask(query))["errors"][0]
    assert error["extensions"]["code"] == "TOO_COSTLY"
    assert error["extensions"]["cost"] > error["extensions"]["limit"] == 100_000


async def test_too_many_identifiers(code):
    assert await code("query($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["clock/reply"] * 101}) == "TOO_COSTLY"


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("query($v: [ID!]) { resources(filter: { ids: $v }) { totalCount } }", "resource/r{}"),
        ("query($v: [String!]) { issues(code: $v) { totalCount } }", "CODE_{}"),
    ],
)
async def test_too_long_lists(ask, query, value):
    error = (await ask(query, {"v": [value.format(number) for number in range(1_001)]}))["errors"][0]
    assert error["extensions"]["code"] == "TOO_COSTLY"
    assert (error["extensions"]["cost"], error["extensions"]["limit"]) == (1_001, 1_000)
    assert "errors" not in await ask(query, {"v": [value.format(1)] * 5_000}), "the same again is no more"


async def test_an_aspect_that_is_repeated_is_one(data):
    query = "query($v: [ResourceAspect!]) { resources(filter: { without: $v }) { totalCount } }"
    assert await data(query, {"v": ["CODE"] * 2_000}) == await data(query, {"v": ["CODE"]})


async def test_fragments_that_double_are_measured_quickly(ask):
    parts = [
        f"fragment F{n} on Resource {{ a: fulfils {{ ...F{n + 1} }} b: fulfils {{ ...F{n + 1} }} }}" for n in range(12)
    ]
    query = "{ resources { nodes { ...F0 } } } " + " ".join(parts) + " fragment F12 on Resource { id }"
    assert (await ask(query))["errors"][0]["extensions"]["code"] in ("TOO_COSTLY", "TOO_DEEP")


async def test_a_very_long_document_is_refused(ask):
    response = await ask("{ " + "catalogue { title } " * 5000 + "}")
    assert response["errors"][0]["extensions"]["code"] == "BAD_INPUT"


async def test_a_store_that_is_away(ask, store, monkeypatch):
    async def away(*_, **__):
        raise Unavailable("the store cannot be reached", suggestion="ask again")

    monkeypatch.setattr(store, "read", away)
    response = await ask("{ resources { nodes { id } } }")
    assert response["errors"][0]["extensions"] == {"code": "UNAVAILABLE", "suggestion": "ask again", "retryable": True}
    assert response["data"] is None


async def test_our_own_faults_are_logged_and_not_told(ask, store, monkeypatch, caplog):
    async def broken(*_, **__):
        raise RuntimeError("password=secret")

    monkeypatch.setattr(store, "read", broken)
    with caplog.at_level(logging.ERROR):
        response = await ask("{ resources { nodes { id } } }")
    assert response["errors"][0]["extensions"] == {"code": "INTERNAL"}
    assert "secret" not in str(response)
    assert "secret" in caplog.text


async def test_the_time_limit(ask, store, monkeypatch):
    import asyncio

    async def slow(*_, **__):
        await asyncio.sleep(10)

    monkeypatch.setattr(store, "read", slow)
    response = await ask("{ resources { nodes { id } } }", limits=Limits(seconds=0.05))
    assert response["errors"][0]["extensions"]["code"] == "TIMEOUT"


async def test_an_operation_name_that_there_is_not(code):
    assert await code("query A { catalogue { title } }", name="B") == "BAD_INPUT"


async def test_the_current_revision_is_accepted(data):
    assert (await data("{ resources(revision: 1) { nodes { id } } }"))["resources"]["nodes"]


async def test_null_where_a_default_stands_means_the_default(data):
    assert (await data("{ resources(first: null) { nodes { id } } }"))["resources"]["nodes"]
