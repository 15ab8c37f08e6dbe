"""Mulu's GraphQL beside Strawberry and Apollo Server. `python -m benchmarks.graphql [resources] [rounds]`

Each server is a process of its own, and so is the load. Peers answer from memory what Mulu reads from its embedded
store. Rounds are interleaved; ratios are taken round by round, and their median is quoted. Apollo needs Node and
`npm ci` in `benchmarks/graphql/apollo`; without them it is left out, and said so.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import orjson

from benchmarks.graphql.measuring import Load, start, table
from benchmarks.graphql.operations import DATA, PAGE, SMALL, WHO, Asked
from graph.open import open_store
from loaders.synthetic import Synthetic
from mulu.loading import apply
from schema.context import Context
from schema.execute import execute

HERE = Path(__file__).parent


def main(resources: int, rounds: int) -> None:
    """Prints the table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rows = asyncio.run(_prepare(str(folder / "mulu.db"), resources))
        (folder / "rows.json").write_bytes(orjson.dumps(rows))
        servers = {name: start(stack, command) for name, command in _commands(folder).items()}
        load = Load(stack)
        for asked, requests in (
            (Asked("small query", SMALL, {"id": rows[7]["id"]}), 400),
            (Asked("page of 50", PAGE, {"first": 50}), 40),
            (Asked("whoProvides", WHO, {"what": "姓名"}), 40),
        ):
            peers = servers if asked.query != WHO else {"Mulu": servers["Mulu"]}
            jobs = {name: (asked, server) for name, server in peers.items()}
            table(asked.name, load.interleaved(jobs, requests, rounds))


async def _prepare(address: str, resources: int) -> list[Any]:
    async with open_store(address) as store:
        await apply(store, tuple(Synthetic(resources, 1).records()))
        context = Context(store=store, today=dt.date(2024, 1, 1), base_iri="https://data.example.cn/")
        found = await execute(None, DATA, None, None, context)
        rows: list[Any] = found["data"]["resources"]["nodes"]
        return rows


def _commands(folder: Path) -> dict[str, list[str]]:
    data = str(folder / "rows.json")
    commands = {
        "Mulu": [sys.executable, "-m", "mulu", "serve", "--store", str(folder / "mulu.db"), "--port", "PORT"],
        "Strawberry": [sys.executable, "-m", "benchmarks.graphql.strawberry_peer", data, "PORT"],
    }
    if shutil.which("node") and (HERE / "apollo" / "node_modules").is_dir():
        commands["Apollo"] = ["node", str(HERE / "apollo" / "server.mjs"), data, "PORT"]
    else:
        print("Apollo is left out: it needs node, and `npm ci` in benchmarks/graphql/apollo", file=sys.stderr)
    return commands


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    main(*(numbers + [10_000, 7][len(numbers) :]))
