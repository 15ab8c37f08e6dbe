"""One question to the server for all who need its answer: none is older than whoever gets it."""

from __future__ import annotations

import asyncio

import pytest

from graph.neo4j.confirming import Confirming


class Server:
    """Answers with how often anything was written when the question reached it; slowly, and once let go."""

    def __init__(self) -> None:
        self.written = self.asked = 0
        self.free = asyncio.Event()

    async def ask(self) -> int:
        self.asked += 1
        found = self.written
        await self.free.wait()
        return found


async def turns(number: int = 5) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


async def test_who_comes_while_a_question_is_on_its_way_is_answered_by_the_next() -> None:
    server = Server()
    confirming = Confirming(server.ask)
    early = [asyncio.create_task(confirming.told()) for _ in range(10)]
    await turns()
    server.written += 1
    late = [asyncio.create_task(confirming.told()) for _ in range(10)]
    await turns()
    assert server.asked == 1
    server.free.set()
    assert await asyncio.gather(*early, *late) == [0] * 10 + [1] * 10
    assert server.asked == 2


async def test_no_answer_is_older_than_its_question_whatever_the_interleaving() -> None:
    server = Server()
    server.free.set()
    confirming = Confirming(server.ask)

    async def reader(number: int) -> None:
        for step in range(50):
            await turns((number * 7 + step) % 4)
            before = server.written
            assert await confirming.told() >= before

    async def writer() -> None:
        for step in range(200):
            server.written += 1
            await turns(step % 3)

    await asyncio.gather(writer(), *(reader(number) for number in range(8)))
    assert server.asked < 8 * 50


async def test_a_waiter_that_leaves_does_not_disturb_the_others() -> None:
    server = Server()
    confirming = Confirming(server.ask)
    first, second = asyncio.create_task(confirming.told()), asyncio.create_task(confirming.told())
    await turns()
    first.cancel()
    server.free.set()
    assert await second == 0
    assert first.cancelled()


async def test_a_failure_is_told_to_those_who_waited_and_to_nobody_else() -> None:
    failing = True

    async def ask() -> int:
        if failing:
            raise OSError("gone")
        return 7

    confirming = Confirming(ask)
    with pytest.raises(OSError, match="gone"):
        await confirming.told()
    failing = False
    assert await confirming.told() == 7


async def test_closing_ends_what_is_on_its_way() -> None:
    confirming = Confirming(Server().ask)
    waiting = asyncio.create_task(confirming.told())
    await turns()
    await confirming.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
