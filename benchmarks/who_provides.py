"""`whoProvides` by name on catalogues of two sizes. `python -m benchmarks.who_provides [small] [large] [items]`

The whole GraphQL operation is timed, embedded store, one process, nothing kept. The peer is the same question on the
small catalogue. ``items`` is how many items of each resource are kept, so that a million fits into memory.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.measure import Job, in_turn, ratio, row
from catalog.record import Record
from catalog.records import Field
from graph.port import Store
from graph.sqlite.store import SqliteStore
from loaders.synthetic import FIELDS, NEEDLE, Synthetic
from mulu.loading import apply
from schema.context import Context
from schema.execute import execute

QUERY = """query($what: String!) { whoProvides(what: $what, on: "2024-01-01") { nodes {
  verdict because field { name } resource { name } responsibilities { agency { name } } basis { text status }
} } }"""
ROUNDS = 100


def records(resources: int, items: int) -> Iterator[Record]:
    """A synthetic catalogue with so many items a resource."""
    return (one for one in Synthetic(resources, 1).records() if not isinstance(one, Field) or one.position <= items)


async def main(small: int, large: int, items: int) -> None:
    """Prints the table."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stores: dict[int, Store] = {}
        for size in (small, large):
            store = stores[size] = await stack.enter_async_context(SqliteStore.at(str(Path(folder) / f"{size}.db")))
            began = time.perf_counter()
            await apply(store, tuple(records(size, items)))
            print(f"{size} resources written in {time.perf_counter() - began:.1f} s", file=sys.stderr)

        def ask(size: int, what: str) -> Job:
            async def job() -> object:
                store = stores[size]
                context = Context(store=store, today=dt.date(2024, 1, 1), base_iri="https://data.example.cn/")
                answer = await execute(store, QUERY, {"what": what}, None, context)
                assert answer["data"]["whoProvides"]["nodes"], answer
                return answer

            return job

        jobs = {
            f"{kind}, {size} resources": ask(size, what)
            for kind, what in (("rare name", NEEDLE), ("common name", "姓名"), ("substring", "专用标"))
            for size in (small, large)
        }
        seconds = await in_turn(jobs, rounds=ROUNDS, warm=3)
    print(f"{'whoProvides':34}        min     median        max")
    for name, taken in seconds.items():
        print(row(name, taken))
    for kind in ("rare name", "common name", "substring"):
        grown = ratio(seconds[f"{kind}, {large} resources"], seconds[f"{kind}, {small} resources"])
        worst = [worst_of(seconds[f"{kind}, {size} resources"]) for size in (large, small)]
        print(f"{kind}: {large} resources cost {grown:.2f} × what {small} cost; p99 {worst[0] / worst[1]:.2f} ×")


def worst_of(seconds: list[float]) -> float:
    """The 99th percentile."""
    return statistics.quantiles(seconds, n=100)[98]


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:4]]
    asyncio.run(main(*(given + [10_000, 100_000, FIELDS][len(given) :])))
