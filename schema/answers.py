"""Answers as they were sent, kept for as long as nothing is written.

An answer is a function of the request, of the day and of the catalogue: as long as the store shows the same stamp
(:meth:`graph.port.Store.stamp`) the same request of the same day is answered with the same bytes, without reading.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeAlias

from schema.compiled.bounded import Bounded

ENTRIES = 20_000
"""How many answers are kept at most, whatever they weigh."""
OVERHEAD = 1_000
"""About how many bytes an entry takes beside the request and the answer."""
SHARE = 8
"""What part of the bytes answers that need no store may take, beside the others: so many are asked seldom."""


@dataclass(frozen=True, slots=True)
class Request:
    """What an answer depends on beside the catalogue: ``content`` is the body of a POST, or the query of a GET."""

    method: str
    content: bytes
    today: dt.date


Stamp: TypeAlias = Hashable | None
ALWAYS = "always"
"""The stamp of what no store was asked for: introspection, which is the same as long as the process lives."""


class Answers:
    """At most ``size`` bytes of answers of one stamp; 0 keeps none. ``hits`` counts those given again."""

    def __init__(self, size: int) -> None:
        self.hits = 0
        self._stamp: Stamp = None
        self._size = size
        self._held: Bounded[Request, bytes] = Bounded(ENTRIES, size)
        self._always: Bounded[Request, bytes] = Bounded(ENTRIES, size // SHARE)

    def always(self, request: Request) -> bytes | None:
        """The answer to a request that no store is asked for; None where there is none."""
        found = self._always.get(request)
        if found is not None:
            self.hits += 1
        return found

    def holds(self, request: Request) -> bool:
        """Whether there is an answer to a request, given the right stamp: else asking for the stamp is in vain."""
        return self._held.get(request) is not None

    def get(self, request: Request, stamp: Stamp) -> bytes | None:
        """The answer to a request while the store shows the stamp; None where it must be read."""
        if stamp is None or stamp != self._stamp:
            return None
        found = self._held.get(request)
        if found is not None:
            self.hits += 1
        return found

    def put(self, request: Request, stamp: Stamp, answer: bytes) -> None:
        """Keeps an answer that was read when the store showed the stamp or later; answers of another stamp go.

        What was read may be newer than the stamp, never older: then the store shows another one by now, and the
        answer is not given again.
        """
        if stamp is None or not self._size:
            return
        weight = len(request.content) + len(answer) + OVERHEAD
        if stamp is ALWAYS:
            self._always.put(request, answer, weight)
            return
        if stamp != self._stamp:
            self._stamp, self._held = stamp, Bounded(ENTRIES, self._size)
        self._held.put(request, answer, weight)
