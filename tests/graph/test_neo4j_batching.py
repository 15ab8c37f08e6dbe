"""What is asked at once is read in one statement; what is given up is given up alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from catalog.errors import Unavailable
from graph.neo4j.batching import TOGETHER, Batch, Part, united


class Server:
    """Answers a statement with what its parameters say, one list of columns for each of its parts."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.begun = asyncio.Event()
        self.held: asyncio.Event | None = None
        self.error: Exception | None = None

    async def one(self, text: str, params: Mapping[str, Any]) -> dict[str, Any]:
        self.asked.append(len(params))
        self.begun.set()
        if self.held is not None:
            await self.held.wait()
        if self.error:
            raise self.error
        if len(params) == 1:
            return {"rows": params["p0"]}
        return {f"r{at}": [params[f"p0_{at}"]] for at in range(len(params))}


def part(value: int) -> Part:
    return Part("UNWIND $p0 AS x RETURN collect(x) AS rows", {"p0": value}, ("rows",))


@pytest.mark.parametrize(
    ("number", "asked"), [(1, [1]), (2, [2]), (TOGETHER, [TOGETHER]), (TOGETHER + 1, [TOGETHER, 1]), (40, [16, 16, 8])]
)
async def test_each_hears_its_own_answer(number: int, asked: list[int]) -> None:
    server = Server()
    batch = Batch(server.one)
    found = await asyncio.gather(*(batch.ask(part(value)) for value in range(number)))
    assert found == [{"rows": value} for value in range(number)]
    assert server.asked == asked


async def test_one_after_another_each_is_a_statement() -> None:
    server = Server()
    batch = Batch(server.one)
    assert [await batch.ask(part(value)) for value in range(3)] == [{"rows": value} for value in range(3)]
    assert server.asked == [1, 1, 1]


async def test_an_error_is_told_to_all_who_asked_at_once_and_to_nobody_after() -> None:
    server = Server()
    server.error = Unavailable("gone")
    batch = Batch(server.one)
    found = await asyncio.gather(*(batch.ask(part(value)) for value in range(3)), return_exceptions=True)
    assert found == [server.error] * 3
    server.error = None
    assert await batch.ask(part(7)) == {"rows": 7}


@pytest.mark.parametrize("given_up", [0, 1])
async def test_who_is_given_up_takes_nobody_along(given_up: int) -> None:
    server = Server()
    server.held = asyncio.Event()
    batch = Batch(server.one)
    asking = [asyncio.create_task(batch.ask(part(value))) for value in range(3)]
    await server.begun.wait()
    asking[given_up].cancel()
    await asyncio.sleep(0)
    server.held.set()
    found = await asyncio.gather(*asking, return_exceptions=True)
    assert isinstance(found.pop(given_up), asyncio.CancelledError)
    assert found == [{"rows": value} for value in range(3) if value != given_up]


def test_parameters_of_the_parts_are_kept_apart() -> None:
    text, params = united([part(3), part(4)])
    assert params == {"p0_0": 3, "p0_1": 4}
    assert "$p0_0 " in text and "$p0_1 " in text and "$p0 " not in text
