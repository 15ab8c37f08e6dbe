"""Compiled operations answer what graphql-core answers, byte for byte."""

from __future__ import annotations

import datetime as dt
import gc
import weakref
from dataclasses import replace
from typing import Any

import orjson
import pytest

from schema.api import api
from schema.compiled.door import Compiled
from schema.context import Context, Limits
from schema.execute import by_core
from tests.graph import samples
from tests.schema.operations import Operations

# graphql-core leaves coroutines behind where an error nulls what is above them
pytestmark = pytest.mark.filterwarnings("ignore:coroutine 'Executor:RuntimeWarning")

TODAY = dt.date(2018, 1, 1)
SEEDS = range(6)
EACH = 50


def context(store: Any) -> Context:
    return Context(store=store, today=TODAY, base_iri="https://data.example.cn/")


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return Compiled(api()._schema)


async def both(compiled, store, query, variables=None, name=None) -> tuple[bytes | None, bytes]:
    """The response of a compiled operation, None where it is left to graphql-core, and graphql-core's."""
    mine = await compiled.answer(query, variables or {}, name, context(store))
    theirs = await by_core(query, variables, name, context(store))
    return mine if mine is None or isinstance(mine, bytes) else orjson.dumps(mine), orjson.dumps(theirs)


@pytest.mark.parametrize("seed", SEEDS)
async def test_operations_at_random(compiled, store, seed):
    operations = Operations(api()._schema, seed)
    answered = good = 0
    for _ in range(EACH):
        query, variables = operations.one()
        mine, theirs = await both(compiled, store, query, variables)
        if mine is not None:
            assert mine == theirs, f"{query}\n{variables}"
            answered += 1
            good += b'"errors"' not in mine
    assert answered > EACH * 0.6, "most are compiled"
    assert good > EACH * 0.25, "and many of them find something"


PAGE = "{ resources(first: 2) { %s } }"
HARD = {
    "typename everywhere": "{ __typename t: __typename resources { __typename nodes { __typename responsibilities { __typename } } edges { __typename node { __typename } } pageInfo { __typename } } }",
    "aliases of one field": "{ a: resources { totalCount } b: resources(first: 1) { nodes { x: name y: name name } } }",
    "merged selections": "{ resources { nodes { name } nodes { code name } ... { nodes { id } } } }",
    "a fragment spread twice": "{ ...Q ...Q } fragment Q on Query { resources { nodes { ...R ...R } } } fragment R on Resource { name fulfils { ...S } } fragment S on Resource { name }",
    "nodes and edges with other arguments": PAGE
    % "nodes { fields(first: 1) { nodes { name } pageInfo { hasNextPage } } } edges { node { fields(first: 2) { nodes { name } pageInfo { hasNextPage } } } }",
    "pages of pages": PAGE
    % "nodes { fields(first: 1) { totalCount edges { cursor node { dataElement { fields(first: 1) { totalCount edges { cursor node { resource { name } } } pageInfo { endCursor startCursor hasNextPage hasPreviousPage } } } } } } }",
    "a page of nothing": "{ resources(first: 0) { nodes { id } edges { cursor } pageInfo { startCursor endCursor hasNextPage } } }",
    "skipped and included": "query($y: Boolean!, $n: Boolean = false) { resources @include(if: $y) { nodes @skip(if: $n) { name @include(if: $n) ... @include(if: $y) { code } ...F @skip(if: $y) } } agencies @skip(if: $y) { totalCount } } fragment F on Resource { id }",
    "an interface's own fields": '{ node(id: "resource/people") { id iri __typename } }',
    "an interface by type": '{ nodes(ids: ["resource/people", "gap/one", "policy/reply"]) { ... on Resource { name } ... on Gap { subject { ... on Resource { name fields(first: 1) { nodes { name } } } } evidence { id ... on Node { iri } } } ... on Condition { governs { id ... on Regulation { status } } } } }',
    "records in records in records": '{ search(text: "信息") { nodes { score node { ... on Resource { gaps { subject { ... on Resource { gaps { evidence { id } } } } } } } } } }',
    "one key of two types": '{ nodes(ids: ["gap/one", "policy/reply"]) { ... on Gap { x: evidence { ... on Resource { name } } } ... on Condition { x: governs { ... on Resource { code } } } } }',
    "mixed lists, twice": "{ provision(id: \"%s\") { citedBy { a: nodes { id } b: nodes { ... on Resource { name } } edges { cursor node { ... on Clock { dueDate(from: \"2024-02-01\") { date because } } } } e: edges { node { iri } } totalCount } } }",
    "a mixed list, cursors alone": "{ provision(id: \"%s\") { citedBy(first: 1) { edges { cursor } pageInfo { endCursor } } } }",
    "a date of its own": '{ resources { nodes { basis(on: "2030-01-01") { status provision { regulation { status now: status(on: "2017-01-01") } } } b: basis { status } } } }',
    "responsibilities from both sides": "{ agencies { nodes { responsibilities(role: [PROVIDE]) { nodes { roles resource { name responsibilities { resource { code } agency { responsibilities { totalCount } } } } } } } } }",
    "who provides": '{ whoProvides(what: "婚姻") { checked edges { cursor node { verdict matched { how text } field { name } resource { name } responsibilities { resource { id } } conditions { text clocks { text } } clocks { dueDate(from: "2024-01-30") { date } } updateFrequency { code } basis { status provision { label } } } } } }',
    "impact": '{ regulations { nodes { impact(repealedOn: "2018-01-01") { responsibilities stillSupported resources { totalCount nodes { name } edges { cursor } } clocks { nodes { text } } } } } }',
    "coverage": "{ coverage { rows { label subject { id ... on Resource { name } } cells { state agency { name } resource { id } citation { status } } } columns { name } totals { share missing } checked } }",
    "the log": "{ changes { totalCount nodes { at kind change node { id ... on Field { name } } source { path loaded place { row } } } } catalogue { title revision updated counts { kind count } jurisdictions { name code } } }",
    "gaps": "{ gaps { counts { kind count } checked nodes { since severity subject { id } citation { status } } } }",
    "demands": "{ demands { nodes { replyDue { date } history { at status by { name } note citation { text } } elements { name collectors { name } } } } }",
    "an error at a root that may be null": '{ resource(id: "resource/none") { id } }',
    "an error at a root that may not": "{ resources(first: 1000) { nodes { id } } }",
    "an error beside an answer": '{ a: resource(id: "resource/none") { id } b: agencies { nodes { name } } }',
    "two errors": '{ a: resource(id: "resource/none") { id } b: agency(id: "agency/none") { name } c: catalogue { title } }',
    "an error far down": '{ regulations { nodes { provisions(first: 9999) { nodes { id } } } } }',
    "an impossible variable": "query($n: Int!) { resources(first: $n) { nodes { id } } }",
    "a variable too many": "query($n: Int!) { resources { nodes { fields(first: $n) { nodes { id } } } } }",
    "too deep": "{ resources { nodes { " + "fulfils { " * 16 + "id" + " }" * 16 + " } } }",
    "too costly": "{ " + " ".join(f"a{n}: resources(first: 100) {{ nodes {{ fields(first: 100) {{ nodes {{ id }} }} }} }}" for n in range(12)) + " }",
    "no syntax": "{ resources { ",
    "no such field": "{ resources { nodes { nmae } } }",
    "no operation of that name": "query A { catalogue { title } } query B { catalogue { title } }",
    "a mutation": "mutation { load }",
    "introspection beside data": "{ __schema { queryType { name } } catalogue { title } }",
    "introspection of one type": '{ __type(name: "Resource") { name fields { name } } }',
}  # fmt: skip


@pytest.mark.parametrize("case", HARD)
async def test_hard_operations(compiled, store, case):
    query = HARD[case].replace("%s", samples.ARTICLE)
    variables = {"y": True} if "$y" in query else {}
    for again in range(2):  # the second time from what was kept
        mine, theirs = await both(compiled, store, query, variables)
        assert mine is None or mine == theirs, again
    assert (mine is None) is (case in LEFT)


LEFT = {"two errors", "no operation of that name", "a mutation", "introspection beside data"}
"""What is left to graphql-core: the order of several errors, and what is no single query over the catalogue alone."""


async def test_one_document_for_many_variables(compiled, store):
    query = """query($n: Int, $f: Int = 1, $deep: Boolean!, $what: ID) {
      resources(first: $n) { nodes { name fields(first: $f) { nodes { name } } fulfils @include(if: $deep) { name } } }
      resource(id: $what) { name }
    }"""
    for variables in (
        {"deep": True, "what": samples.PEOPLE},
        {"deep": False, "what": samples.DUTY},
        {"deep": True, "what": samples.MARRIAGES, "f": 2, "n": 1},
        {"deep": True, "what": "resource/none", "f": None},
        {"deep": "yes"},
        {"n": 1.0, "deep": True, "what": samples.DUTY},
        {"n": True, "deep": True, "what": samples.DUTY},
    ):
        mine, theirs = await both(compiled, store, query, variables)
        assert mine is None or mine == theirs, variables


async def test_what_is_null_where_it_may_not_be_is_graphql_core_s_to_tell(compiled, store, monkeypatch):
    """A store that answers a row without its name: the error is where graphql-core puts it, and nulls what it nulls."""
    read = store.read

    async def broken(question):
        page = await read(question)
        for row in page.rows:
            for field in row.get("fields", ()):
                field["name"] = None
        return page

    monkeypatch.setattr(store, "read", broken)
    query = "{ resources { nodes { id fields { nodes { name } } } } catalogue { title } }"
    mine, theirs = await both(compiled, store, query)
    assert mine is None
    assert orjson.loads(theirs)["errors"][0]["extensions"] == {"code": "INTERNAL"}
    query = "{ resources { nodes { id fields { nodes { resource { name } } } } } }"
    mine, theirs = await both(compiled, store, query)
    assert mine == theirs


async def test_the_limits_of_a_request_are_its_own(compiled, store):
    query = "{ resources(first: 20) { nodes { fields { nodes { name } } } } }"
    for limits in (Limits(), Limits(cost=100), Limits(first_long=10), Limits()):
        mine = await compiled.answer(query, {}, None, replace(context(store), limits=limits))
        theirs = await by_core(query, {}, None, replace(context(store), limits=limits))
        assert mine == theirs
        assert ("errors" in theirs) is (limits != Limits())


async def test_a_compiled_operation_keeps_no_request(compiled, store):
    for _ in range(2):
        asked = context(store)
        assert await compiled.answer(HARD["who provides"], {}, None, asked)
        assert await compiled.answer(HARD["an interface by type"], {}, None, asked)
        gone = weakref.ref(asked)
        del asked
        gc.collect()
        assert gone() is None
