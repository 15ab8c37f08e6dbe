"""Records on their way into a change set: few in memory, many in files that have no name and go with the process."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from types import TracebackType
from typing import IO, Self

import msgspec

from catalog.puts import Gathering
from catalog.record import Record
from catalog.records import RECORDS
from catalog.vocabulary import Kind

HELD = 10_000
"""Records that are held in memory before any is written to a file: small loads never touch one."""
BATCH = 500
"""Records that are made at once when a file is read."""
_LENGTH = 4
"""Bytes before each batch in a file that say how long it is."""

_encode = msgspec.msgpack.Encoder().encode


@contextmanager
def _nameless() -> Iterator[IO[bytes]]:
    """A file without a name: whatever ends the process, nothing of it is left."""
    with tempfile.TemporaryFile("w+b", prefix="mulu-") as file:
        yield file


@dataclass(slots=True)
class _Of(Collection[Record]):
    """The records of one kind: first those in the file, then those that are still held."""

    kind: Kind
    decoder: msgspec.msgpack.Decoder[list[Record]]
    held: list[Record] = field(default_factory=list)
    file: IO[bytes] | None = None
    written: int = 0
    end: int = 0

    def __len__(self) -> int:
        return self.written + len(self.held)

    def __iter__(self) -> Iterator[Record]:
        for batch in self._batches():
            yield from batch
        yield from self.held

    def __contains__(self, one: object) -> bool:
        return any(one == other for other in self)

    def _batches(self) -> Iterator[list[Record]]:
        place, end = 0, self.end
        while self.file is not None and place < end:
            self.file.seek(place)
            length = int.from_bytes(self.file.read(_LENGTH), "big")
            yield self.decoder.decode(self.file.read(length))
            place += _LENGTH + length

    def empty(self) -> None:
        """Forgets everything; the file was closed."""
        self.held, self.file = [], None
        self.written = self.end = 0

    def spill(self) -> None:
        """Writes what is held to the file, which is there by now."""
        file = self.file
        assert file is not None
        file.seek(self.end)
        rest = iter(self.held)
        while batch := list(islice(rest, BATCH)):
            written = _encode(batch)
            file.write(len(written).to_bytes(_LENGTH, "big"))
            file.write(written)
            self.end += _LENGTH + len(written)
        self.written += len(self.held)
        self.held = []


class Spooled(Gathering):
    """Records as they come, to be gone through as often as wanted: by kind, and in the order of their coming.

    At most ``held`` of them are in memory, beside one batch of each pass that is under way. Files are made under the
    system's folder for temporary ones and have no name there: they are gone when the spool is left, and when the
    process ends, in whatever way. OSError where that folder is full.
    """

    def __init__(self, records: Iterable[Record] = (), *, held: int = HELD) -> None:
        self._most = held
        self._held = 0
        self._files = ExitStack()
        self._of = {kind: _Of(kind, msgspec.msgpack.Decoder(list[of])) for kind, of in RECORDS.items()}  # type: ignore[valid-type]
        self.extend(records)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of everything: it is empty then."""
        self._files.close()
        self._held = 0
        for some in self._of.values():
            some.empty()

    def add(self, record: Record) -> None:
        """Takes one more record."""
        self._of[record.kind].held.append(record)
        self._held += 1
        if self._held > self._most:
            self._spill()

    def of(self, kind: Kind) -> Collection[Record]:
        """Those of one kind, in the order of their coming."""
        return self._of[kind]

    def _spill(self) -> None:
        for some in filter(len, self._of.values()):
            if some.file is None:
                some.file = self._files.enter_context(_nameless())
            some.spill()
        self._held = 0
