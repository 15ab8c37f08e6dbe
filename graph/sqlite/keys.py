"""The keys of the records of one change set: looked up when they are needed, given in the order of coming."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from catalog.puts import batches
from catalog.vocabulary import Kind
from graph.sqlite.connection import Session
from graph.sqlite.model import NUMBERS, STEP, table
from graph.sqlite.references import by_kind_called
from graph.sqlite.sql import listed

REMEMBERED = 50_000
"""Keys remembered at once: the others are looked up again where they are referred to."""


class Keys(dict[str, int]):
    """Identifier → key, as far as remembered; what is not remembered is looked up.

    A record may refer to one that is written after it. Such a key is promised: whoever comes under that identifier
    gets it, and what is still promised in the end is nowhere.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._last: dict[Kind, int | None] = {}
        self._next: dict[Kind, int] = {}
        self.promised: dict[str, int] = {}

    def last(self, kind: Kind) -> int | None:
        """The last key of a kind before anything of it was written, None where there was no record."""
        if kind not in self._last:
            [(last,)] = self._session.all(f"SELECT max(key) FROM {table(kind)}")
            self._last[kind] = last
            self._next[kind] = NUMBERS[kind] if last is None else last
        return self._last[kind]

    def fresh(self, kind: Kind, identifier: str) -> int:
        """The key of a record that is new."""
        if self.promised and (key := self.promised.pop(identifier, None)) is not None:
            return key
        self.last(kind)
        self._next[kind] += STEP
        return self._next[kind]

    def promise(self, kind: Kind, identifier: str) -> int:
        """The key that a record will have which is not there yet."""
        if (key := self.promised.get(identifier)) is None:
            key = self.promised[identifier] = self.fresh(kind, identifier)
        return key

    def look_up(self, identifiers: Iterable[str]) -> None:
        """Remembers the keys of those of these that are there."""
        for kind, ids in by_kind_called(one for one in identifiers if one not in self).items():
            for batch in batches(sorted(ids)):
                self.update(self.held(kind, batch, "id, key"))

    def held(self, kind: Kind, ids: Sequence[str], chosen: str) -> list[tuple[Any, ...]]:
        """What the store has of records of one kind, a batch at most."""
        marks = listed(ids)
        return self._session.all(f"SELECT {chosen} FROM {table(kind)} WHERE id IN {marks.text}", marks.params)

    def forget(self, identifiers: Iterable[str]) -> None:
        """Lets go of keys that nobody will ask for soon, and of all where too many are remembered."""
        if len(self) > REMEMBERED:
            self.clear()
            return
        for one in identifiers:
            self.pop(one, None)
