"""Mulu's GraphQL beside Strawberry and Apollo Server. `python -m benchmarks.graphql [resources] [rounds]`

Each server is a process of its own, and so is the load. Peers answer from memory what Mulu reads from its embedded
store. Rounds are interleaved; ratios are taken round by round, and their median is quoted. Apollo needs Node and
`npm ci` in `benchmarks/graphql/apollo`; without them it is left out, and said so.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from benchmarks.graphql.operations import DATA, PAGE, SMALL, WHO, Asked, leaves
from benchmarks.measure import ratio
from graph.open import open_store
from loaders.synthetic import Synthetic
from mulu.loading import apply
from schema.context import Context
from schema.execute import execute

HERE = Path(__file__).parent
CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Server:
    """A server's port and process."""

    port: int
    process: int

    def worked(self) -> float:
        """The processor's seconds that it has taken so far, its threads included; 0 where nobody tells."""
        try:
            words = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Measured:
    """One server's figures: seconds and processor's seconds a request of each round, latencies of one connection."""

    seconds: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    leaves: int = 0


def main(resources: int, rounds: int) -> None:
    """Prints the table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rows = asyncio.run(_prepare(str(folder / "mulu.db"), resources))
        (folder / "rows.json").write_bytes(orjson.dumps(rows))
        servers = {name: _start(stack, command) for name, command in _commands(folder).items()}
        load = _Load(stack)
        for asked, requests in (
            (Asked("small query", SMALL, {"id": rows[7]["id"]}), 400),
            (Asked("page of 50", PAGE, {"first": 50}), 40),
            (Asked("whoProvides", WHO, {"what": "姓名"}), 40),
        ):
            peers = servers if asked.query != WHO else {"Mulu": servers["Mulu"]}
            _table(asked, load.interleaved(asked, peers, requests, rounds))


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


def _start(stack: ExitStack, command: list[str]) -> Server:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    words = [word.replace("PORT", str(port)) for word in command]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=None)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    body = orjson.dumps({"query": "{ __typename }"})
    for _ in range(200):
        try:
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/graphql", body, {"content-type": "application/json"}
            )
            with urllib.request.urlopen(request, timeout=5) as answer:
                assert orjson.loads(answer.read()) == {"data": {"__typename": "Query"}}
                return Server(port, process.pid)
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{command[0]} does not answer")


class _Load:
    """The load generator, one process for all runs."""

    def __init__(self, stack: ExitStack) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.graphql.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        stack.callback(self.process.wait)
        stack.callback(self.process.terminate)

    def run(self, asked: Asked, port: int, connections: int, requests: int) -> dict[str, Any]:
        """One burst."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        line = orjson.dumps(
            {
                "port": port,
                "request": asked.request(port).decode(),
                "connections": connections,
                "requests": requests,
            }
        )
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        found: dict[str, Any] = orjson.loads(self.process.stdout.readline())
        assert "errors" not in orjson.loads(found["body"]), found["body"][:500]
        return found

    def interleaved(
        self, asked: Asked, servers: Mapping[str, Server], requests: int, rounds: int
    ) -> dict[str, Measured]:
        """Runs the rounds, the servers in turn."""
        found = {name: Measured() for name in servers}
        for number in range(rounds + 1):
            for name, server in servers.items():
                before = server.worked()
                burst = self.run(asked, server.port, CONNECTIONS, requests)
                worked = server.worked() - before
                alone = self.run(asked, server.port, 1, requests // 2)
                if number:  # the first round warms up
                    one = found[name]
                    one.seconds.append(burst["seconds"] / len(burst["taken"]))
                    one.worked.append(worked / len(burst["taken"]))
                    one.taken += alone["taken"]
                    one.leaves = leaves(orjson.loads(burst["body"])["data"])
        return found


def _table(asked: Asked, measured: dict[str, Measured]) -> None:
    print(
        f"{asked.name:16} {'requests/s':>10} {'CPU ms':>8} {'p50 ms':>8} {'p99 ms':>8} {'leaves':>7}   Mulu's rate, CPU"
    )
    mine = measured["Mulu"]
    for name, one in measured.items():
        rate, cuts = 1 / statistics.median(one.seconds), statistics.quantiles(one.taken, n=100)
        cpu = statistics.mean(one.worked)
        beside = f"{ratio(one.seconds, mine.seconds):.2f} ×, {cpu / statistics.mean(mine.worked):.2f} ×"
        print(
            f"{name:16} {rate:10.0f} {cpu * 1e3:8.2f} {cuts[49] * 1e3:8.2f} {cuts[98] * 1e3:8.2f} {one.leaves:7}   "
            f"{'' if name == 'Mulu' else beside}"
        )


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    main(*(numbers + [10_000, 7][len(numbers) :]))
