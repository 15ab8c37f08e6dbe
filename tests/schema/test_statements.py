"""The number of store statements of an operation depends on its shape alone."""

from __future__ import annotations

import pytest

from tests.graph import samples

CORPUS = [
    "resources(first: $n) { totalCount nodes { name responsibilities { agency { name } } fields(first: 3) { nodes { name } } } }",
    "fields(first: $n) { nodes { name resource { name source { path } } dataElement { name } } }",
    'whoProvides(what: "信息项", first: $n) { nodes { verdict because field { name } responsibilities { agency { name } resource { id } } } }',
    'search(text: "资源", first: $n) { nodes { node { id ... on Resource { name fulfils { name } } } } }',
    "changes(first: $n, kinds: [RESOURCE]) { nodes { id node { id } source { path } } }",
    "agencies(first: $n) { nodes { name responsibilities(first: 2) { nodes { resource { name } } } } }",
]


@pytest.mark.parametrize("selection", CORPUS)
async def test_statements_do_not_grow_with_the_page(store, data, selection):
    await store.apply(samples.change_set(*samples.many(60)))
    counts = []
    for size in (1, 7, 50):
        before = store.statements
        await data(f"query($n: Int) {{ {selection} }}", {"n": size})
        counts.append(store.statements - before)
    assert len(set(counts)) == 1, counts
    assert counts[0] < 40


async def test_the_total_is_counted_only_when_asked(store, data, monkeypatch):
    asked, read = [], store.read

    async def spy(question):
        asked.append(question)
        return await read(question)

    monkeypatch.setattr(store, "read", spy)
    await data("{ resources { nodes { fields { nodes { id } } } } }")
    await data("{ resources { totalCount nodes { fields { totalCount } } } }")
    assert [question.count for question in asked] == [False, True]
    assert [dict(question.shape.nested)["fields"].count for question in asked] == [False, True]


async def test_cursors_survive_writes_between_pages(store, data):
    await store.apply(samples.change_set(*samples.many(6)))
    query = "query($a: String) { resources(first: 3, after: $a) { nodes { id } pageInfo { endCursor hasNextPage } } }"
    page = (await data(query))["resources"]
    seen = [node["id"] for node in page["nodes"]]
    await store.apply(samples.change_set(*samples.many(1, prefix="000000")))
    while page["pageInfo"]["hasNextPage"]:
        page = (await data(query, {"a": page["pageInfo"]["endCursor"]}))["resources"]
        seen += [node["id"] for node in page["nodes"]]
    assert len(seen) == len(set(seen)) == 9
