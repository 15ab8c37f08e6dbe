"""Mulu's GraphQL beside Strawberry and Apollo Server. `python -m benchmarks.graphql [resources] [rounds]`

Each server is a process of its own, and so is the load, which asks for other resources and pages in turn. Peers answer
from memory. Mulu stands twice: as it is installed, giving answers again while nothing is written, and reading its
embedded store for each request. Rounds are interleaved; ratios are taken round by round, and their median is quoted.
Apollo needs Node and `npm ci` in `benchmarks/graphql/apollo`; without them it is left out, and said so.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from benchmarks.graphql.measuring import READING, Load, start, table
from benchmarks.graphql.operations import DATA, PAGE, PAST, SMALL, WHO, Asked
from catalog.records import Resource
from graph.open import open_store
from loaders.synthetic import Synthetic
from mulu.loading import apply
from schema.context import Context
from schema.execute import execute

HERE = Path(__file__).parent
PAGES = 20
"""How many pages peers hold, and are asked for."""
WANTED = (
    "姓名",
    "公民身份号码",
    "婚姻状况",
    "出生日期",
    "住址",
    "联系电话",
    "机构名称",
    "统一社会信用代码",
    "日期",
    "编号",
)


def main(resources: int, rounds: int) -> None:
    """Prints the table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rows, ours = asyncio.run(_prepare(str(folder / "mulu.db"), resources))
        theirs = [None, *(row["id"] for row in rows[49:-1:50])]
        (folder / "rows.json").write_bytes(orjson.dumps(rows))
        servers = {
            name: start(stack, command, {"MULU_ANSWERS": "0"} if name == READING else None)
            for name, command in _commands(folder).items()
        }
        load = Load(stack)
        for asked, requests in (
            (Asked("small query", SMALL, [{"id": row["id"]} for row in rows]), 2_000),
            (Asked("page of 50", PAGE, [{"first": 50, "after": after} for after in ours]), 80),
            (Asked("page of 50 at an earlier revision", PAST, [{"first": 50}]), 80),
            (Asked("whoProvides", WHO, [{"what": what} for what in WANTED]), 80),
        ):
            jobs = {}
            for name, server in servers.items():
                if name.startswith("Mulu"):
                    jobs[name] = (asked, server)
                elif asked.query == PAGE:
                    jobs[name] = (Asked(asked.name, PAGE, [{"first": 50, "after": after} for after in theirs]), server)
                elif asked.query == SMALL:
                    jobs[name] = (asked, server)
            table(asked.name, load.interleaved(jobs, requests, rounds))


async def _prepare(address: str, resources: int) -> tuple[list[Any], list[str | None]]:
    """The rows for peers, and where Mulu's pages of 50 of them begin, as of the first of two revisions."""
    rows: list[Any] = []
    cursors: list[str | None] = [None]
    async with open_store(address) as store:
        records = tuple(Synthetic(resources, 1).records())
        await apply(store, records)
        context = Context(store=store, today=dt.date(2024, 1, 1), base_iri="https://data.example.cn/")
        while True:
            found = (await execute(None, DATA, {"after": cursors[-1]}, None, context))["data"]["resources"]
            rows += found["nodes"]
            if len(cursors) == PAGES or not found["pageInfo"]["hasNextPage"]:
                break
            cursors.append(found["pageInfo"]["endCursor"])
        named = next(record for record in records if isinstance(record, Resource))
        await apply(store, [replace(named, summary="另一版本")])
    return rows, cursors


def _commands(folder: Path) -> dict[str, list[str]]:
    data = str(folder / "rows.json")
    serve = [sys.executable, "-m", "mulu", "serve", "--store", str(folder / "mulu.db"), "--port", "PORT"]
    commands = {
        "Mulu": serve,
        READING: serve,
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
