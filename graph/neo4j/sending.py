"""The statements of one writing transaction: on many rows in batches, on few several sent as one.

A statement there and back costs more than most of them do: two milliseconds, and a small change set has fifty.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any

from neo4j.exceptions import ClientError

from catalog.errors import BadInput
from catalog.puts import batches
from catalog.uncollected import uncollected
from graph.neo4j.batching import TOGETHER, Part, answers
from graph.neo4j.link import Link, Transaction
from graph.neo4j.plan import BATCH

Statement = tuple[str, list[Any]]
"""A text that unwinds ``$rows``, and the rows; what it finds it returns as ``found``, in one record."""
FEW = 500
"""Rows of statements that are sent as one, together."""
_FOUND = " AS found"
_NOTHING = " RETURN collect(null) AS found"


class Sender:
    """Sends statements of a transaction; with ``staged``, what it pours is committed a statement at a time."""

    def __init__(self, link: Link, transaction: Transaction) -> None:
        self._link = link
        self._transaction = transaction
        self.staged = False

    async def run(self, text: str, **params: Any) -> dict[str, Any]:
        """The only record of a statement."""
        return await self._link.run(self._transaction, text, params)

    async def several(self, parts: Sequence[Part]) -> list[dict[str, Any]]:
        """The record of each statement, all that few are sent as one; each has one, whatever there is."""
        one = partial(self._link.run, self._transaction)
        return [found for some in batches(parts, TOGETHER) for found in await answers(one, some)]

    async def found(self, statements: Iterable[Statement], **params: Any) -> list[list[Any]]:
        """What each statement finds, run in order, those on few rows several at once; on no rows none is run."""
        results: list[list[Any]] = []
        for group in groups(statements):
            if len(group) == 1:
                results.append(await self._each(*group[0], **params))
                continue
            parts = [Part(_telling(text), {"rows": rows, **params}, ("found",)) for text, rows in group if rows]
            with _indexable():
                told = iter([record["found"] for record in await self.several(parts)])
            results += [next(told) if rows else [] for _, rows in group]
        return results

    async def pour(self, statements: Iterator[Statement], number: int) -> None:
        """Runs statements in order; while the server works on a large one, a thread makes the rows of the next."""
        first = [] if self.staged else await asyncio.to_thread(_first, statements)
        if not self.staged and sum(len(rows) for _, rows in first) <= FEW:
            await self.found(first, number=number)
            return
        statements = chain(first, statements)

        def made() -> Statement | None:
            with uncollected():
                return next(statements, None)

        ready = await asyncio.to_thread(made)
        while ready is not None:
            text, rows = ready
            written = self._alone(text, rows, number) if self.staged else self._rows(text, rows, number=number)
            _, ready = await asyncio.gather(written, asyncio.to_thread(made))

    async def _each(self, text: str, rows: Sequence[Any], **params: Any) -> list[Any]:
        """What a statement finds, over all batches."""
        found: list[Any] = []
        for batch in batches(rows, BATCH):
            found += (await self._rows(text, batch, **params)).get("found") or []
        return found

    async def _rows(self, text: str, rows: list[Any], **params: Any) -> dict[str, Any]:
        """Runs a statement on rows that nobody needs afterwards.

        They are let go of here: the driver keeps the parameters of every statement until the transaction ends.
        """
        with _indexable():
            try:
                return await self.run(text, rows=rows, **params)
            finally:
                rows.clear()

    async def _alone(self, text: str, rows: list[Any], number: int) -> None:
        """Runs a statement on rows and commits it."""
        with _indexable():
            await self._link.alone(text, {"rows": rows, "number": number})


def _first(statements: Iterator[Statement]) -> list[Statement]:
    """The first statements on more than few rows together; all, where they are on fewer."""
    found: list[Statement] = []
    count = 0
    with uncollected():
        while count <= FEW and (statement := next(statements, None)) is not None:
            found.append(statement)
            count += len(statement[1])
    return found


def groups(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    """Neighbours on few rows together, others alone."""
    group: list[Statement] = []
    count = 0
    for statement in statements:
        if group and (count + len(statement[1]) > FEW or len(group) == TOGETHER):
            yield group
            group, count = [], 0
        group.append(statement)
        count += len(statement[1])
    if group:
        yield group


def _telling(text: str) -> str:
    """A statement that has one record, also where it only writes."""
    return text if _FOUND in text else f"{text}{_NOTHING}"


def wrote(text: str, params: Mapping[str, Any]) -> Part:
    """A statement that only writes, to be run with others."""
    return Part(_telling(text), params, ("found",))


@contextmanager
def _indexable() -> Iterator[None]:
    """Says that a value is too long where the server says it of its indexes."""
    try:
        yield
    except ClientError as error:
        if error.code and error.code.startswith("Neo.ClientError.Statement.ArgumentError"):
            raise BadInput("a value is too long for the store's indexes") from error
        raise
