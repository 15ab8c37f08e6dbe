"""What is asked at once is read in one statement: records of several kinds, counts, root fields."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

One: TypeAlias = Callable[[str, Mapping[str, Any]], Awaitable[dict[str, Any]]]
TOGETHER = 16
"""How many parts a statement has at most: more than there are kinds of records, or of gaps."""
PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Part:
    """A statement of one record, whatever there is, with these columns."""

    text: str
    params: Mapping[str, Any]
    columns: tuple[str, ...]


class Abandoned(Exception):
    """Who read for others was given up."""


@dataclass(slots=True)
class Turn:
    """What is asked in one turn of the event loop, and the records that will answer it."""

    answer: asyncio.Future[list[dict[str, Any]]]
    parts: list[Part] = field(default_factory=list)


class Batch:
    """Collects what is asked in one turn of the event loop. Whoever asks first reads for all."""

    def __init__(self, one: One) -> None:
        self._one = one
        self._turn: Turn | None = None

    async def ask(self, part: Part) -> dict[str, Any]:
        """The record of a statement. What is raised for one of those asked together is raised for each."""
        while (turn := self._turn) is not None and len(turn.parts) < TOGETHER:
            turn.parts.append(part)
            place = len(turn.parts) - 1
            try:
                return (await asyncio.shield(turn.answer))[place]
            except Abandoned:
                continue
        turn = self._turn = Turn(asyncio.get_running_loop().create_future(), [part])
        try:
            await asyncio.sleep(0)  # whoever asks in this turn is heard
            self._over(turn)
            found = await answers(self._one, turn.parts)
        except BaseException as error:
            self._over(turn)
            turn.answer.set_exception(error if isinstance(error, Exception) else Abandoned())
            turn.answer.exception()  # told to those who wait, if there are any
            raise
        turn.answer.set_result(found)
        return found[0]

    def _over(self, turn: Turn) -> None:
        if self._turn is turn:
            self._turn = None


async def answers(one: One, parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The record of each statement, asked as one."""
    if len(parts) == 1:
        return [await one(parts[0].text, parts[0].params)]
    record = await one(*united(parts))
    return [dict(zip(part.columns, record[f"r{at}"], strict=True)) for at, part in enumerate(parts)]


def united(parts: Sequence[Part]) -> tuple[str, dict[str, Any]]:
    """Several statements as one, whose record has a list of columns for each: ``r0``, ``r1``, …"""
    blocks = " ".join(_block(part.text, part.columns, at) for at, part in enumerate(parts))
    params = {f"{name}_{at}": value for at, part in enumerate(parts) for name, value in part.params.items()}
    return f"{blocks} RETURN {', '.join(f'r{at}' for at in range(len(parts)))}", params


@lru_cache(maxsize=1024)
def _block(text: str, columns: tuple[str, ...], at: int) -> str:
    own = PARAMETER.sub(rf"$\1_{at}", text)
    return f"CALL () {{ CALL () {{ {own} }} RETURN [{', '.join(columns)}] AS r{at} }}"
