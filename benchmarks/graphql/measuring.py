"""Servers as processes of their own, requests to them from another, and the table of what that took."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from benchmarks.graphql.operations import Asked, leaves
from benchmarks.measure import ratio

CONNECTIONS = 4
READING = "Mulu, reading each time"


@dataclass(frozen=True, slots=True)
class Server:
    """A server's port and process; ``behind`` tells the processor's seconds of a store that it shares with others."""

    port: int
    process: int
    behind: Callable[[], float] = field(default=lambda: 0.0)

    def worked(self) -> float:
        """The processor's seconds that it has taken so far, its threads included; 0 where nobody tells."""
        try:
            words = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Measured:
    """One server's figures: seconds and processor's seconds a request of each round, and latencies."""

    seconds: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    behind: list[float] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    leaves: int = 0


def start(
    stack: ExitStack,
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    behind: Callable[[], float] = lambda: 0.0,
) -> Server:
    """Starts a server at a free port, put for ``PORT`` in its command, and returns when it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    words = [word.replace("PORT", str(port)) for word in command]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, env={**os.environ, **(environment or {})})
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
                return Server(port, process.pid, behind)
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{command[0]} does not answer")


class Load:
    """The load generator, one process for all runs."""

    def __init__(self, stack: ExitStack) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.graphql.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        stack.callback(self.process.wait)
        stack.callback(self.process.terminate)

    def run(self, asked: Asked, port: int, connections: int, count: int) -> dict[str, Any]:
        """One burst."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        line = orjson.dumps(
            {"port": port, "requests": asked.requests(port), "connections": connections, "count": count}
        )
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        found: dict[str, Any] = orjson.loads(self.process.stdout.readline())
        assert "errors" not in orjson.loads(found["body"]), found["body"][:500]
        return found

    def interleaved(
        self, jobs: Mapping[str, tuple[Asked, Server]], count: int, rounds: int, connections: int = CONNECTIONS
    ) -> dict[str, Measured]:
        """Runs the rounds, the servers in turn, each asked in its own words.

        Latencies are those of one connection alone; where many are asked for, those of the many.
        """
        found = {name: Measured() for name in jobs}
        for number in range(rounds + 1):
            for name, (asked, server) in jobs.items():
                before, behind = server.worked(), server.behind()
                burst = self.run(asked, server.port, connections, count)
                worked, behind = server.worked() - before, server.behind() - behind
                timed = burst if connections > CONNECTIONS else self.run(asked, server.port, 1, count // 2)
                if number:  # the first round warms up
                    one = found[name]
                    answered = len(burst["taken"])
                    one.seconds.append(burst["seconds"] / answered)
                    one.worked.append(worked / answered)
                    one.behind.append(behind / answered)
                    one.taken += timed["taken"]
                    one.leaves = leaves(orjson.loads(burst["body"])["data"])
        return found


def table(name: str, measured: Mapping[str, Measured]) -> None:
    """Prints what was measured; ``store`` is the processor's time of a store that is a server of its own."""
    print(
        f"{name:28} {'requests/s':>10} {'CPU ms':>8} {'store':>8} {'p50 ms':>8} {'p99 ms':>8} {'leaves':>7}"
        "   Mulu's rate, CPU, p99"
    )
    mine = measured["Mulu"]
    for server, one in measured.items():
        rate, cuts = 1 / statistics.median(one.seconds), statistics.quantiles(one.taken, n=100)
        cpu, store = statistics.mean(one.worked), statistics.mean(one.behind)
        ours = statistics.mean(mine.worked) + statistics.mean(mine.behind)
        worst = statistics.quantiles(mine.taken, n=100)[98] / cuts[98]
        beside = f"{ratio(one.seconds, mine.seconds):.2f} ×, {(cpu + store) / ours:.2f} ×, {worst:.2f} ×"
        print(
            f"{server:28} {rate:10.0f} {cpu * 1e3:8.2f} {store * 1e3:8.2f} {cuts[49] * 1e3:8.2f} {cuts[98] * 1e3:8.2f} "
            f"{one.leaves:7}   {'' if server == 'Mulu' else beside}"
        )
