"""Compiled operations on Neo4j: what graphql-core answers there, and what the embedded store answers."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from schema.api import api
from schema.compiled.door import Compiled
from schema.execute import by_core
from tests.graph import samples
from tests.graph.contract.backends import opened
from tests.schema.operations import Operations
from tests.schema.test_compiled import HARD, context

# graphql-core leaves coroutines behind where an error nulls what is above them
pytestmark = pytest.mark.filterwarnings("ignore:coroutine 'Executor:RuntimeWarning")
RANDOM = 20


async def test_the_corpus_is_equal_both_ways_and_on_both_stores(tmp_path: Path, neo4j_uri: str):
    compiled = Compiled(api()._schema)
    made = Operations(api()._schema, 77)
    corpus = [
        (query.replace("%s", samples.ARTICLE), {"y": True} if "$y" in query else {}) for query in HARD.values()
    ] + [made.one() for _ in range(RANDOM)]
    records = samples.catalogue()
    answered = 0
    async with (
        opened("sqlite", tmp_path, lambda: "", *records) as embedded,
        opened("neo4j", tmp_path, lambda: neo4j_uri, *records) as server,
    ):
        for query, variables in corpus:
            theirs = orjson.dumps(await by_core(query, variables, None, context(server)))
            for store in (server, embedded):
                mine = await compiled.answer(query, variables, None, context(store))
                if mine is not None:
                    answered += 1
                    assert (mine if isinstance(mine, bytes) else orjson.dumps(mine)) == theirs, query
    assert answered > len(corpus) * 1.5
