"""Who asks for a stamp shares a statement with others, and is never told of an older catalogue than they knew."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from catalog.errors import Unavailable
from graph.neo4j.confirming import AT_ONCE, Confirmed


class Server:
    """A catalogue whose answers are on their way for as long as they are held back."""

    def __init__(self) -> None:
        self.revision = 1
        self.asked = 0
        self.open = asyncio.Event()
        self.open.set()
        self.fails = False

    async def ask(self, text: str) -> dict[str, Any]:
        self.asked += 1
        seen = self.revision
        await self.open.wait()
        await asyncio.sleep(0)
        if self.fails:
            raise Unavailable("gone")
        return {"number": seen}


@pytest.fixture
def server() -> Server:
    return Server()


async def test_those_who_ask_at_once_share_one_statement(server: Server) -> None:
    confirmed = Confirmed(server.ask)
    assert set(await asyncio.gather(*(confirmed.stamp() for _ in range(50)))) == {(("number", 1),)}
    assert server.asked == 1


async def test_who_comes_while_statements_are_on_their_way_hears_of_what_was_written_before(server: Server) -> None:
    confirmed = Confirmed(server.ask)
    server.open.clear()
    early = []
    for _ in range(AT_ONCE):
        early.append(asyncio.create_task(confirmed.stamp()))
        await asyncio.sleep(0.01)
    server.revision = 2
    late = [asyncio.create_task(confirmed.stamp()) for _ in range(20)]
    await asyncio.sleep(0.01)
    server.open.set()
    assert {await one for one in early} == {(("number", 1),)}
    assert {await one for one in late} == {(("number", 2),)}
    assert server.asked == AT_ONCE + 1


async def test_many_readers_beside_a_writer_never_hear_of_an_older_catalogue(server: Server) -> None:
    confirmed = Confirmed(server.ask)

    async def read() -> None:
        for _ in range(200):
            known = server.revision
            told = dict(await confirmed.stamp())["number"]  # type: ignore[call-overload]
            assert told >= known

    async def write() -> None:
        for _ in range(300):
            server.revision += 1
            await asyncio.sleep(0)

    await asyncio.gather(write(), *(read() for _ in range(8)))
    assert server.asked < 8 * 200


async def test_one_who_gives_up_takes_the_answer_from_nobody_else(server: Server) -> None:
    confirmed = Confirmed(server.ask)
    server.open.clear()
    impatient, patient = (asyncio.create_task(confirmed.stamp()) for _ in range(2))
    await asyncio.sleep(0.01)
    impatient.cancel()
    server.open.set()
    assert await patient == (("number", 1),)
    with pytest.raises(asyncio.CancelledError):
        await impatient


async def test_a_failure_is_told_to_all_who_waited_and_the_next_asks_again(server: Server) -> None:
    confirmed = Confirmed(server.ask)
    server.fails = True
    outcomes = await asyncio.gather(*(confirmed.stamp() for _ in range(3)), return_exceptions=True)
    assert all(isinstance(one, Unavailable) for one in outcomes)
    server.fails = False
    assert await confirmed.stamp() == (("number", 1),)
