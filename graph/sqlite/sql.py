"""Small pieces of SQL text: parameters, lists of them, keysets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from catalog.errors import CursorExpired
from graph.shape import KeysetKey

MANY = 4096
"""More values than so many are one parameter."""


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of a statement with its parameters, in the order of its marks."""

    text: str
    params: tuple[Any, ...] = ()


NEVER = Sql("0")


def listed(values: Iterable[Any]) -> Sql:
    """``(?, ?, …)``, filled up with NULLs to one of few lengths, so that few texts are ever compiled.

    Many are one parameter: SQLite bounds their number, and what is asked of it is to be one statement.
    """
    held = tuple(values)
    if len(held) > MANY:
        return Sql("(SELECT value FROM json_each(?))", (msgspec.json.encode(held).decode(),))
    size = 1
    while size < len(held):
        size *= 4
    return Sql(f"({', '.join('?' * size)})", held + (None,) * (size - len(held)))


def all_of(conditions: Sequence[Sql]) -> Sql:
    """All the conditions together."""
    if not conditions:
        return Sql("1")
    return Sql(" AND ".join(f"({one.text})" for one in conditions), sum((one.params for one in conditions), ()))


def any_of(conditions: Sequence[Sql]) -> Sql:
    """Any of the conditions."""
    if not conditions:
        return NEVER
    return Sql(" OR ".join(f"({one.text})" for one in conditions), sum((one.params for one in conditions), ()))


def beyond(columns: Sequence[str], key: KeysetKey, *, descending: bool = False) -> Sql:
    """The rows after a keyset key; a key of another length or type is a cursor of another question."""
    if len(key) != len(columns):
        raise CursorExpired("the cursor is of another question")
    marks = ", ".join("?" * len(key))
    return Sql(f"({', '.join(columns)}) {'<' if descending else '>'} ({marks})", tuple(key))
