"""The number of store statements of an operation depends on its shape alone."""

from __future__ import annotations

import pytest

from graph.port import together
from schema.api import api
from schema.context import Context
from schema.execute import execute
from tests.graph import samples
from tests.graph.contract.backends import BACKENDS, opened
from tests.graph.copies import copies
from tests.schema.conftest import BASE, TODAY
from tests.schema.lists import operations

CORPUS = {
    "resources(first: $n) { totalCount pageInfo { endCursor } nodes { name responsibilities { agency { name } citation { text } } fields(first: 3) { nodes { name } } } }": 1,
    "fields(first: $n) { nodes { name resource { name source { path } } dataElement { name } } }": 1,
    "agencies(first: $n) { nodes { name responsibilities(first: 2) { nodes { resource { name } } } } }": 1,
    "resources(first: $n) { nodes { name } } more: agencies(first: $n) { totalCount nodes { name } }": 1,
    "gaps(first: $n) { nodes { since owner { name } citation { status } } counts { kind count } }": 2,
    "gaps(first: $n) { nodes { subject { id ... on Resource { name } } evidence { id ... on Agency { name } } } }": 2,
    "demands(first: $n) { nodes { id agency { name } replyDue { date } } }": 2,
    "dataElements(first: $n) { nodes { name fields(first: 2) { nodes { name resource { name } } } } }": 1,
    "regulations(first: $n) { nodes { title provisions(first: 3) { totalCount nodes { label text } } conditions { nodes { text } } } }": 1,
    'search(text: "资源", first: $n) { nodes { node { id ... on Resource { name fulfils { name } } } } }': 2,
    "changes(first: $n, kinds: [RESOURCE]) { nodes { id node { id } source { path } } }": 2,
    'whoProvides(what: "信息项", first: $n) { nodes { verdict because field { name } responsibilities { agency { name } resource { id } } } }': 3,
}
"""Operations, and how many statements Neo4j takes: one a root field, and one more for what only its answer leads to."""
SEVERAL_KINDS = {one for one in CORPUS if "subject" in one}
"""The embedded store reads what these lead to by kind, so it takes as many statements more as there are kinds."""
LEADING_ANYWHERE = {"search.node", "changes.node", "whoProvides.resource"}
"""What is not as mixed on the smaller page as on the larger."""
SIZES = (1, 7, 50)
ONE = [
    'resource(id: "%r") { name fields { nodes { name dataElement { name } } } responsibilities { agency { name } citation { status provision { text } } } }',
    'node(id: "%r") { id ... on Resource { name gaps { kind } } }',
    'nodes(ids: ["%r", "gap/one", "policy/reply", "clock/reply"]) { iri ... on Resource { name } ... on Gap { owner { name } } ... on Condition { text } ... on Clock { text } }',
    'agency(id: "%a") { name fills { name } responsibilities { nodes { roles resource { name } } } }',
    'regulation(id: "%l") { title provisions { nodes { label text citedBy { totalCount } } } }',
    "catalogue { title revision counts { kind count } jurisdictions { name } }",
    'a: resource(id: "%r") { name } b: agencies { totalCount nodes { name } } c: fields { totalCount }',
]


@pytest.mark.parametrize("backend", BACKENDS)
async def test_statements_do_not_grow_with_the_page(tmp_path, request, backend):
    records = (*samples.catalogue(), *samples.many(60))
    taken = {}
    async with opened(backend, tmp_path, lambda: request.getfixturevalue("neo4j_uri"), *records) as store:
        for selection in CORPUS:
            counts = []
            for size in SIZES:
                before = store.statements
                response = await asked(store, f"query($n: Int) {{ {selection} }}", {"n": size})
                assert "errors" not in response, (selection, response)
                counts.append(store.statements - before)
            taken[selection] = counts
    if backend == "neo4j":
        assert taken == {selection: [number] * len(SIZES) for selection, number in CORPUS.items()}
    else:
        grown = {one for one, counts in taken.items() if len(set(counts)) > 1}
        assert grown <= SEVERAL_KINDS
        assert max(max(counts) for counts in taken.values()) < 40


@pytest.mark.parametrize("backend", BACKENDS)
async def test_no_field_of_a_row_counts_the_rows(tmp_path, request, backend):
    """The smaller page shows every sort of row already: where there is nothing to lead to, nothing is asked."""
    taken = {}
    async with opened(backend, tmp_path, lambda: request.getfixturevalue("neo4j_uri"), *copies(20)) as store:
        for name, query in operations(api()._schema):
            counts = []
            for size in (15, 60):
                before = store.statements
                response = await asked(store, query, {"n": size})
                assert "errors" not in response, (name, response)
                counts.append(store.statements - before)
            taken[name] = counts
    assert {"regulations.impact", "agencies.responsibilities", "gaps.evidence"} <= taken.keys()
    grown = {name: counts for name, counts in taken.items() if counts[0] < counts[1]}
    assert not grown.keys() - (LEADING_ANYWHERE if backend == "sqlite" else set()), grown
    if backend == "neo4j":
        assert taken["regulations.impact"] == [1, 1]
        assert max(max(counts) for counts in taken.values()) <= 5


async def test_root_fields_asked_at_once_are_one_statement_on_neo4j(tmp_path, neo4j_uri):
    taken = {}
    async with opened("neo4j", tmp_path, lambda: neo4j_uri, *samples.catalogue()) as store:
        for selection in ONE:
            query = selection.replace("%r", samples.PEOPLE).replace("%a", samples.CIVIL).replace("%l", samples.LAW)
            before = store.statements
            response = await asked(store, f"{{ {query} }}", {})
            assert "errors" not in response, (selection, response)
            assert None not in response["data"].values(), selection
            taken[selection] = store.statements - before
    assert set(taken.values()) == {1}, taken


async def asked(store, query, variables):
    """The response to an operation whose reads belong together, as the door asks."""

    async def run(reads):
        return await execute(None, query, variables, None, Context(store=reads, today=TODAY, base_iri=BASE))

    return await together(store, run)


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
