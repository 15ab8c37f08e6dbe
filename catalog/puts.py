"""Records to be written, however many: gone through again and again, kind by kind, and nowhere needed all at once."""

from __future__ import annotations

from abc import abstractmethod
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from catalog.record import Record
from catalog.records import RECORDS
from catalog.vocabulary import Kind

_PART = 1 << 16
"""About so many digests are looked through at once for equal ones."""


class Sorted(Collection[Record]):
    """Records that are kept by kind: to be read as often as wanted, in the order of RECORDS and of their coming."""

    @abstractmethod
    def of(self, kind: Kind) -> Collection[Record]:
        """Those of one kind, in the order of their coming."""


def by_kind(puts: Collection[Record]) -> Mapping[Kind, Collection[Record]]:
    """The records of every kind, in the order in which kinds are written; those of a sorted collection stay in it."""
    if isinstance(puts, Sorted):
        return {kind: puts.of(kind) for kind in RECORDS}
    found: dict[Kind, list[Record]] = {kind: [] for kind in RECORDS}
    for record in puts:
        found[record.kind].append(record)
    return found


def of_kind(puts: Collection[Record], kind: Kind) -> Iterable[Record]:
    """The records of one kind."""
    return puts.of(kind) if isinstance(puts, Sorted) else (record for record in puts if record.kind is kind)


class Digests:
    """Which identifiers come more than once, told from eight bytes of each."""

    def __init__(self, size: int) -> None:
        parts = 1 << (size // _PART).bit_length()
        self._mask = parts - 1
        self._parts = [array("q") for _ in range(parts)]

    def add(self, identifier: str) -> None:
        """Takes one more identifier."""
        digest = hash(identifier)
        self._parts[digest & self._mask].append(digest)

    def repeated(self, again: Iterable[Record]) -> dict[str, int]:
        """Identifier → times, of those that came more than once; the records ``again`` where two digests are one."""
        doubtful = {
            digest
            for part in self._parts
            if len(set(part)) < len(part)
            for digest, times in Counter(part).items()
            if times > 1
        }
        if not doubtful:
            return {}
        counted = Counter(record.id for record in again if hash(record.id) in doubtful)
        return {identifier: times for identifier, times in counted.items() if times > 1}
