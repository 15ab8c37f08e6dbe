"""A cache that cannot grow: bounded in entries and in bytes, the least recently used goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

SHARE = 8
"""One entry may take this part of the bytes: a single big document does not drive out all others."""


class Bounded(Generic[K, V]):
    """At most ``entries`` values that weigh at most ``weight`` bytes together, as their owners reckon them."""

    def __init__(self, entries: int, weight: int) -> None:
        self.entries, self.weight = entries, weight
        self.held = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """The value, which counts as used now; None where there is none."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V, weight: int) -> None:
        """Keeps a value, unless it is too heavy for one entry; lets go of others until the bounds hold."""
        self.drop(key)
        if weight * SHARE > self.weight:
            return
        self._values[key] = value, weight
        self.held += weight
        while len(self._values) > self.entries or self.held > self.weight:
            _, (_, lighter) = self._values.popitem(last=False)
            self.held -= lighter

    def drop(self, key: K) -> None:
        """Lets go of a value, if it is there."""
        _, weight = self._values.pop(key, (None, 0))
        self.held -= weight
