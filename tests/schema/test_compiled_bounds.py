"""What is kept of what was asked stays within its bounds, whatever is asked."""

from __future__ import annotations

import gc
import tracemalloc
from typing import Any

import orjson
import pytest
from graphql import get_introspection_query

from schema.api import api
from schema.compiled.bounded import Bounded
from schema.compiled.door import Compiled
from schema.execute import by_core, execute, respond
from tests.graph import samples
from tests.schema.test_compiled import context

LONG = "resources { nodes { %s } }" % " ".join(f"a{n}: name b{n}: fulfils {{ code }}" for n in range(150))  # noqa: UP031


async def test_ten_thousand_hostile_documents_are_not_kept(store):
    kept = Compiled(api()._schema, entries=40, weight=1_500_000)
    heaviest = 0
    for number in range(10_000):
        # most are cheap to read; now and then one that is long, one that is compiled, and one of many variables
        query: Any = f"{{ a{number}: __typename }}"
        variables: dict[str, Any] = {}
        if number % 1000 == 0:
            query = f"query N{number} {{ {LONG} }}"
        elif number % 100 == 1:
            query = "query($n: Int, $f: Int) { resources(first: $n) { nodes { fields(first: $f) { nodes { id } } } } }"
            variables = {"n": number % 3, "f": number % 400}
        elif number % 100 == 2:
            query = f"{{ resources {{ nodes {{ a{number}: name "
        await kept.answer(query, variables, None, context(store))
        for cache in (kept.documents, kept.operations):
            assert len(cache) <= 40
            assert cache.held <= 1_500_000
            heaviest = max(heaviest, cache.held)
    assert heaviest > 150_000, "something is kept at all"


TEXTS = {
    "short": "{ resources { nodes { name } } }",
    "long": f"{{ {LONG} }}",
    "of many kinds": "{ changes { nodes { node { id ... on Resource { name fields { nodes { name } } } ... on Field { name } "
    "... on Agency { name demands { nodes { what } } } ... on Regulation { title provisions { nodes { text } } } } } } }",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_what_is_kept_weighs_no_more_than_it_is_reckoned_at(store, text):
    kept = Compiled(api()._schema)
    for number in range(12):
        if number == 2:  # what is made once for all of them is there by now
            gc.collect()
            tracemalloc.start()
            before = kept.documents.held + kept.operations.held
        assert await kept.answer(f"query N{number} {text}", {}, None, context(store))
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    reckoned = kept.documents.held + kept.operations.held - before
    assert reckoned / 4 < taken < reckoned


def test_the_least_recently_used_goes_first():
    cache: Bounded[str, int] = Bounded(3, 100)
    for number, name in enumerate("abc"):
        cache.put(name, number, 10)
    assert cache.get("a") == 0
    cache.put("d", 3, 10)
    assert [cache.get(name) for name in "abcd"] == [0, None, 2, 3]
    cache.put("e", 4, 12)
    assert (len(cache), cache.held) == (3, 32)
    cache.put("f", 5, 13)
    assert cache.get("f") is None, "one entry may not take more than its share"
    cache.put("d", 6, 11)
    assert (cache.get("d"), cache.held) == (6, 33)


async def test_introspection_is_encoded_once(store):
    query = get_introspection_query()
    first = await respond(query, {}, None, context(store))
    assert isinstance(first, bytes)
    assert await respond(query, {}, None, context(store)) is first
    assert orjson.loads(first) == await by_core(query, {}, None, context(store))


async def test_introspection_that_depends_on_variables_is_not_kept(store):
    query = "query($name: String!) { __type(name: $name) { name } }"
    for name in ("Resource", "Agency"):
        found: Any = await respond(query, {"name": name}, None, context(store))
        assert found == {"data": {"__type": {"name": name}}}


async def test_what_is_too_wide_to_compile_is_left_to_graphql_core_from_then_on(store):
    kept = Compiled(api()._schema)
    wide = " ".join(f"a{n}: name" for n in range(700))
    three = " ".join(f'r{n}: resource(id: "{samples.PEOPLE}") {{ ...W }}' for n in range(3))
    query = f"{{ {three} }} fragment W on Resource {{ {wide} }}"
    for _ in range(2):
        assert await kept.answer(query, {}, None, context(store)) is None
    assert [held for held, _ in kept.operations._values.values()] == [b""]
    found = await execute(None, query, {}, None, context(store))
    assert [len(one) for one in found["data"].values()] == [700] * 3
