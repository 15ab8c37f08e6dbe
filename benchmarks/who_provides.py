"""`whoProvides` by exact name on catalogues of two sizes. `python -m benchmarks.who_provides [small] [large]`

The whole GraphQL operation is timed, embedded store, one process. The peer is the same question on the small catalogue.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.measure import Job, in_turn, ratio, row
from graph.open import open_store
from graph.port import Store
from loaders.synthetic import NEEDLE, Synthetic
from mulu.loading import apply
from schema.context import Context
from schema.execute import execute

QUERY = """query($what: String!) { whoProvides(what: $what, on: "2024-01-01") { nodes {
  verdict because field { name } resource { name } responsibilities { agency { name } } basis { text status }
} } }"""


async def main(small: int, large: int) -> None:
    """Prints the table."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stores: dict[int, Store] = {}
        for size in (small, large):
            stores[size] = await stack.enter_async_context(open_store(str(Path(folder) / f"{size}.db")))
            began = time.perf_counter()
            await apply(stores[size], tuple(Synthetic(size, 1).records()))
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
        seconds = await in_turn(jobs, rounds=30, warm=3)
    print(f"{'whoProvides':34}        min     median        max")
    for name, taken in seconds.items():
        print(row(name, taken))
    for kind in ("rare name", "common name", "substring"):
        grown = ratio(seconds[f"{kind}, {large} resources"], seconds[f"{kind}, {small} resources"])
        print(f"{kind}: {large} resources cost {grown:.2f} × what {small} cost")


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:3]] or [10_000, 100_000]
    asyncio.run(main(sizes[0], sizes[-1]))
