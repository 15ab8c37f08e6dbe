"""What a pattern answers: the records it read, and how many blocks of the article it has used up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from catalog.record import Record
from loaders.regulation.assignments.context import Article, Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The records and issues of a pattern; ``used`` blocks, this one included, are done with."""

    records: tuple[Record, ...]
    used: int = 1


Match = Callable[[Article, int, Context], Found | None]
"""A pattern's function: the article, which of its blocks, the frame; None where the pattern does not apply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A row of the table: a name, what it is good for (with an example), and the function."""

    name: str
    example: str
    match: Match
