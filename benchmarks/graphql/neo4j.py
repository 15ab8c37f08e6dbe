"""Mulu beside `@neo4j/graphql` on one Neo4j server. `python -m benchmarks.graphql.neo4j [resources] [rounds]`

The address of a server that may be filled is taken from MULU_STORE: `python chores.py neo4j` starts one. An empty one
gets a synthetic catalogue; any other is measured as it is. Both answer over HTTP from processes of their own, the load
comes from a third, rounds are interleaved. Mulu stands twice: as it is installed, giving answers again after the server
said that nothing was written, and reading the server for each request. The peer, `@neo4j/graphql` on Apollo Server, has
its own type definitions over the same graph (`npm ci` in `benchmarks/graphql/apollo`): asked once for its connections,
which are what Mulu answers, and once for plain lists, which it answers faster and without where the page stands.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from neo4j import Driver, GraphDatabase

from benchmarks.graphql.measuring import CONNECTIONS, READING, Load, start, table
from benchmarks.graphql.operations import DATA, PAGE, SEARCH, SMALL, WHO, Asked
from benchmarks.graphql.peer_operations import PEER_LISTS, PEER_PAGES
from graph.neo4j.link import Address
from graph.open import open_store
from loaders.synthetic import Synthetic
from mulu.loading import apply
from schema.context import Context
from schema.execute import execute

APOLLO = Path(__file__).parent / "apollo"
BATCH = 3_000
"""Records a change set: what the smallest server takes in one transaction."""
ASKED = 100
"""Of how many resources the small query asks in turn: in the round that warms up, of each more than once."""
MANY = 16
"""Over how many connections the small query is asked as well: who comes while a question is on its way shares one."""
SMALL_ONES = 2_000
"""How many small queries a round sends: with a tenth the peer, which is compiled as it runs, is half as fast."""
CPU = """CALL dbms.queryJmx('java.lang:type=OperatingSystem') YIELD attributes
  RETURN attributes.ProcessCpuTime.value AS nanoseconds"""


def main(resources: int, rounds: int) -> None:
    """Prints the table."""
    address = os.environ.get("MULU_STORE", "")
    if "://" not in address:
        raise SystemExit("MULU_STORE names no Neo4j server: `python chores.py neo4j` starts one")
    if shutil.which("node") is None or not (APOLLO / "node_modules" / "@neo4j" / "graphql").is_dir():
        raise SystemExit("the peer is missing: it needs node, and `npm ci` in benchmarks/graphql/apollo")
    rows = asyncio.run(_prepare(address, resources))
    with ExitStack() as stack:
        parts = Address.of(address)
        driver = stack.enter_context(GraphDatabase.driver(parts.uri, auth=(parts.user, parts.password)))

        def behind() -> float:
            return _worked(driver, parts.database)

        mulu = start(stack, [sys.executable, "-m", "mulu", "serve", "--port", "PORT"], {"MULU_STORE": address}, behind)
        reads = start(
            stack, [sys.executable, "-m", "mulu", "serve", "--port", "PORT"],
            {"MULU_STORE": address, "MULU_ANSWERS": "0"}, behind,
        )  # fmt: skip
        peer = start(stack, ["node", str(APOLLO / "neo4j.mjs"), "PORT"], {"MULU_STORE": address}, behind)
        load = Load(stack)
        small = [{"id": row["id"]} for row in rows[:ASKED]]
        for asked, requests, connections in (
            (Asked("small query", SMALL, small), SMALL_ONES, CONNECTIONS),
            (Asked(f"small query, {MANY} at once", SMALL, small), SMALL_ONES, MANY),
            (Asked("page of 50", PAGE, [{"first": 50}]), 24, CONNECTIONS),
            (Asked("fields by name", SEARCH, [{"text": "日期"}]), 60, CONNECTIONS),
            (Asked("whoProvides", WHO, [{"what": "姓名"}]), 40, CONNECTIONS),
        ):
            jobs = {"Mulu": (asked, mulu), READING: (asked, reads)}
            for name, texts in (("@neo4j/graphql", PEER_PAGES), ("@neo4j/graphql, plain lists", PEER_LISTS)):
                if text := texts.get(asked.query):
                    jobs[name] = (Asked(asked.name, text, asked.variables), peer)
            table(asked.name, load.interleaved(jobs, requests, rounds, connections))


async def _prepare(address: str, resources: int) -> list[Any]:
    async with open_store(address) as store:
        if await store.head() is None:
            records = list(Synthetic(resources, 1).records())
            for begin in range(0, len(records), BATCH):
                await apply(store, records[begin : begin + BATCH])
        context = Context(store=store, today=dt.date(2024, 1, 1), base_iri="https://data.example.cn/")
        rows: list[Any] = (await execute(None, DATA, None, None, context))["data"]["resources"]["nodes"]
        return rows


def _worked(driver: Driver, database: str) -> float:
    """The processor's seconds that the Neo4j server has taken so far."""
    with driver.session(database=database) as session:
        record = session.run(CPU).single()
        assert record is not None
        return int(record["nanoseconds"]) / 1e9


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    main(*(numbers + [2_000, 7][len(numbers) :]))
