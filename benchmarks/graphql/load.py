"""A load generator of its own process: requests over connections that stay open. `python -m benchmarks.graphql.load`

Reads one JSON object from standard input: port, requests (texts), connections, count; writes the seconds in all and
of each request, and the last body, as JSON.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from functools import partial

import orjson

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


class Connection(asyncio.Protocol):
    """Sends a request, and the next one when its answer is whole: from the place in the list where it begins."""

    def __init__(self, requests: list[bytes], begin: int, count: int) -> None:
        self.requests, self.place, self.left = requests, begin, count
        self.taken: list[float] = []
        self.buffer = bytearray()
        self.done: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.expected = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._send()

    def _send(self) -> None:
        self.began = time.perf_counter()
        self.transport.write(self.requests[self.place % len(self.requests)])
        self.place += 1

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.expected:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self.buffer[: end + 2])
            length = LENGTH.search(head)
            if not head.startswith(b"HTTP/1.1 200") or length is None:
                self.done.set_exception(
                    RuntimeError(head.decode("latin-1") + self.buffer[end:].decode("utf-8", "replace"))
                )
                return
            self.expected = end + 4 + int(length[1])
        if len(self.buffer) < self.expected:
            return
        self.taken.append(time.perf_counter() - self.began)
        self.left -= 1
        if self.left:
            self.buffer.clear()
            self.expected = 0
            self._send()
        elif not self.done.done():
            self.done.set_result(bytes(self.buffer[self.buffer.find(b"\r\n\r\n") + 4 :]))
            self.transport.close()


async def load(port: int, requests: list[bytes], connections: int, count: int) -> dict[str, object]:
    """Runs so many requests over so many connections, each with its own part of the list to begin with."""
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    each = count // connections
    made = [
        (await loop.create_connection(partial(Connection, requests, number * each, each), "127.0.0.1", port))[1]
        for number in range(connections)
    ]
    bodies = await asyncio.gather(*(one.done for one in made))
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "taken": [one for each in made for one in each.taken], "body": bodies[0].decode()}


def main() -> None:
    """One run for each line of standard input."""
    for line in sys.stdin:
        asked = orjson.loads(line)
        requests = [text.encode() for text in asked["requests"]]
        found = asyncio.run(load(asked["port"], requests, asked["connections"], asked["count"]))
        print(orjson.dumps(found).decode(), flush=True)


if __name__ == "__main__":
    main()
