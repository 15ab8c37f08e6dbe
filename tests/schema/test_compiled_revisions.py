"""Compiled operations at a revision answer what graphql-core answers there, on both stores."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest
import pytest_asyncio

from graph.port import Store
from schema.api import api
from schema.compiled.door import Compiled
from schema.context import Context, Limits
from schema.execute import by_core
from tests.graph.contract.backends import BACKENDS, opened
from tests.graph.contract.histories import lived
from tests.graph.samples import PEOPLE, catalogue
from tests.schema.test_revisions import ROOTS, operation

LAST = 2
FAR = Limits(seconds=120)  # machines may be busy
NAME = "... on Resource { name version }"
CASES: dict[str, tuple[str, dict[str, object]]] = {
    **{name: (f"{{ answer: {operation(name, 1)} }}", {}) for name in ROOTS},
    "the newest": (f"{{ {operation('resources', LAST)} }}", {}),
    "the present": (f"{{ {operation('resources', None)} }}", {}),
    "null": ("{ resources(first: 3, revision: null) { nodes { name version } } }", {}),
    "two of one operation": (
        f'{{ a: node(id: "{PEOPLE}", revision: 1) {{ {NAME} }} b: node(id: "{PEOPLE}") {{ {NAME} }} '
        f"catalogue(revision: 1) {{ revision updated counts {{ kind count }} }} now: catalogue {{ revision }} }}",
        {},
    ),
    "records in records": (
        '{ old: search(text: "信息", revision: 1) { nodes { node { id ... on Resource { fulfils { name } gaps { '
        "evidence { id ... on Resource { name } } } } } } } now: search(text: \"信息\") { nodes { node { id ... on "
        "Resource { fulfils { name } gaps { evidence { id ... on Resource { name } } } } } } } }",
        {},
    ),
    **{
        f"a variable of {value!r}": (
            "query($r: Int, $on: Date) { resources(first: 3, revision: $r, on: $on) { totalCount nodes { name "
            'basis { status } fields { nodes { name } } } } whoProvides(what: "婚姻", revision: $r, on: $on) { nodes '
            "{ verdict resource { name } } } }",
            {"r": value, "on": "2018-01-01"},
        )
        for value in (1, LAST, None)
    },
    **{
        f"no revision {value}": (f'query($r: Int) {{ resource(id: "{PEOPLE}", revision: $r) {{ name }} }}', {"r": value})
        for value in (0, -1, LAST + 1, 2_000_000_000, "1", 1.5)
    },
    "no such record then": ('{ resource(id: "resource/none", revision: 1) { name } catalogue { title } }', {}),
}  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=BACKENDS)
async def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Store]:
    def uri() -> str:
        found: str = request.getfixturevalue("neo4j_uri")
        return found

    folder: Path = tmp_path_factory.mktemp("revisions")
    async with opened(request.param, folder, uri, *catalogue()) as opened_store:
        await lived(opened_store, 42, LAST)
        yield opened_store


def context(store: Store) -> Context:
    return Context(store=store, today=dt.date(2018, 1, 1), base_iri="https://data.example.cn/", limits=FAR)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("case", CASES)
async def test_an_operation_at_a_revision_is_compiled_and_equal(store: Store, case: str):
    compiled = Compiled(api()._schema)
    query, variables = CASES[case]
    theirs = orjson.dumps(await by_core(query, variables, None, context(store)))
    for again in range(2):  # the second time from what was kept
        mine = await compiled.answer(query, variables, None, context(store))
        assert mine is not None, again
        assert orjson.dumps(mine) == theirs, again


@pytest.mark.asyncio(loop_scope="module")
async def test_one_compiled_operation_answers_each_revision(store: Store):
    compiled = Compiled(api()._schema)
    query = "query($r: Int, $of: ID!) { catalogue(revision: $r) { revision } node(id: $of, revision: $r) { id } }"
    for revision in (1, None, LAST, 1):
        mine = await compiled.answer(query, {"r": revision, "of": PEOPLE}, None, context(store))
        assert isinstance(mine, dict)
        assert mine["data"]["catalogue"]["revision"] == (revision or LAST)
    assert len(compiled.operations) == 1
