"""Records to be written, however many: gone through again and again, kind by kind, and nowhere needed all at once."""

from __future__ import annotations

from abc import abstractmethod
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from catalog.issue import Issue
from catalog.record import Record
from catalog.records import RECORDS
from catalog.vocabulary import Kind

T = TypeVar("T")
BATCH = 2000
"""Records, keys or identifiers that are worked on at once."""
_PART = 1 << 16
"""About so many digests are looked through at once for equal ones."""


def batches(whole: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The whole in pieces, none of them empty, of which only one is made at a time."""
    rest = iter(whole)
    while batch := list(islice(rest, size)):
        yield batch


class Sorted(Collection[Record]):
    """Records that are kept by kind: to be read as often as wanted, in the order of RECORDS and of their coming."""

    @abstractmethod
    def of(self, kind: Kind) -> Collection[Record]:
        """Those of one kind, in the order of their coming."""


class Gathering(Sorted):
    """A sorted collection that takes more records; whether it keeps them in memory is its own affair."""

    @abstractmethod
    def add(self, record: Record) -> None:
        """Takes one more record."""

    def extend(self, records: Iterable[Record]) -> None:
        """Takes more records, one after the other."""
        for record in records:
            self.add(record)

    def close(self) -> None:
        """Lets go of what it holds outside memory."""

    def __iter__(self) -> Iterator[Record]:
        for kind in RECORDS:
            yield from self.of(kind)

    def __len__(self) -> int:
        return sum(len(self.of(kind)) for kind in RECORDS)

    def __contains__(self, one: object) -> bool:
        return isinstance(one, Record) and one in self.of(one.kind)


class Gathered(Gathering):
    """Records gathered in memory."""

    def __init__(self) -> None:
        self._of: dict[Kind, list[Record]] = {kind: [] for kind in RECORDS}

    def add(self, record: Record) -> None:
        """Takes one more record."""
        self._of[record.kind].append(record)

    def of(self, kind: Kind) -> Collection[Record]:
        """Those of one kind, in the order of their coming."""
        return self._of[kind]


class Issues(Collection[Issue]):
    """What was found wrong, one after the other, wherever that is kept."""

    def __init__(self, kept: Gathering, first: Iterable[Issue] = ()) -> None:
        self._kept = kept
        self.extend(first)

    def add(self, issue: Issue) -> None:
        """Takes one more."""
        self._kept.add(issue)

    def extend(self, issues: Iterable[Issue]) -> None:
        """Takes more, one after the other."""
        self._kept.extend(issues)

    def __iter__(self) -> Iterator[Issue]:
        return (one for one in self._kept.of(Kind.ISSUE) if isinstance(one, Issue))

    def __len__(self) -> int:
        return len(self._kept.of(Kind.ISSUE))

    def __contains__(self, one: object) -> bool:
        return one in self._kept


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
