"""Snapshots: earlier revisions made whole, each an embedded store in a temporary file, few of them kept."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import TimedOut, Unavailable
from graph.port import Store

if sys.platform != "win32":  # which has no such locks: nothing is swept there
    import fcntl

KEPT = 3
"""How many snapshots a store keeps, and how many may wait to be made. Each is as big as the catalogue."""

_PREFIX = "mulu-revisions-"
_LOCK = "in-use"
"""A file in the folder of snapshots that its process keeps locked: the lock ends with the process, however it ends."""

Make = Callable[[int, Path], Awaitable[Store]]
"""Makes the snapshot of a revision at a path and opens it; cancelled, it stops and leaves nothing open."""


@dataclass(slots=True, eq=False)
class _Snapshot:
    path: Path
    making: asyncio.Task[Store]
    readers: int = 0

    @property
    def store(self) -> Store | None:
        """The open store, None while it is being made and where that failed."""
        task = self.making
        return task.result() if task.done() and not task.cancelled() and task.exception() is None else None


class Snapshots:
    """The snapshots of one store: made once however many ask, least recently used goes first, gone at close.

    One is made at a time. A snapshot that is being read is not closed under its reader. Giving up the wait does not
    stop the making: who asks again finds it further, or done.
    """

    def __init__(self, make: Make, *, kept: int = KEPT) -> None:
        self._make = make
        self._kept = kept
        self._folder: Path | None = None
        self._held: OrderedDict[int, _Snapshot] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()
        self._gone = 0
        self._numbered = 0
        self._closed = False
        self._swept = False
        self._lock: int | None = None

    @property
    def statements(self) -> int:
        """How many statements were run on snapshots, those that went included."""
        return self._gone + sum(held.store.statements for held in self._held.values() if held.store is not None)

    @asynccontextmanager
    async def of(self, revision: int, patience: float | None = None) -> AsyncIterator[Store]:
        """The snapshot of a revision, for as long as it is read.

        Raises TimedOut after ``patience`` seconds of preparing it, Unavailable where too many others are prepared.
        """
        if self._closed:
            raise Unavailable("the store was closed")
        held = self._held.get(revision)
        if held is None:
            held = self._held[revision] = self._new(revision)
        self._held.move_to_end(revision)
        held.readers += 1
        try:
            yield await self._ready(revision, held, patience)
        finally:
            held.readers -= 1
            await self._tidy()

    def _new(self, revision: int) -> _Snapshot:
        if sum(not held.making.done() for held in self._held.values()) >= self._kept:
            raise Unavailable("other revisions are being prepared", suggestion="ask again in a moment")
        if self._folder is None:
            try:
                self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
                self._lock = _locked(self._folder / _LOCK, os.O_CREAT)
            except OSError as error:
                raise Unavailable(
                    f"an earlier revision cannot be prepared: {error.strerror}",
                    suggestion="make room in the temporary directory, or name another in TMPDIR",
                ) from error
        self._numbered += 1
        path = self._folder / f"{self._numbered}-{revision}.db"
        return _Snapshot(path, asyncio.create_task(self._made(revision, path)))

    async def _made(self, revision: int, path: Path) -> Store:
        async with self._one_at_a_time:
            if not self._swept:
                self._swept = True
                await asyncio.to_thread(_sweep, path.parent.parent)
            return await self._make(revision, path)

    async def _ready(self, revision: int, held: _Snapshot, patience: float | None) -> Store:
        await asyncio.wait([held.making], timeout=patience)
        if not held.making.done():
            raise TimedOut(
                f"revision {revision} is being prepared, which takes longer than {patience:g} seconds",
                suggestion="ask again in a moment: once it is ready it is kept",
            )
        if held.making.cancelled():
            raise Unavailable("the store was closed")
        if held.store is None and self._held.get(revision) is held:
            del self._held[revision]  # who asks next tries again
            await self._forget(held)
        return held.making.result()

    async def _tidy(self) -> None:
        """Closes what is over the number kept, if nobody reads it."""
        for revision, held in list(self._held.items())[: max(0, len(self._held) - self._kept)]:
            if not held.readers and held.making.done() and self._held.get(revision) is held:
                del self._held[revision]
                await self._forget(held)

    async def _forget(self, held: _Snapshot) -> None:
        if (store := held.store) is not None:
            self._gone += store.statements
            await store.__aexit__(None, None, None)
        await asyncio.to_thread(_remove, held.path)

    def open(self) -> None:
        """Lets snapshots be made, again where they had been closed."""
        self._closed = False

    async def close(self) -> None:
        """Stops what is being made, closes every snapshot, takes the files away and makes no other."""
        self._closed = True
        gone = list(self._held.values())
        self._held.clear()
        for held in gone:
            held.making.cancel()
        if gone:
            await asyncio.wait([held.making for held in gone])
        for held in gone:
            await self._forget(held)
        folder, self._folder = self._folder, None
        if folder is not None:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)


def _remove(path: Path) -> None:
    for one in path.parent.glob(f"{path.name}*"):
        one.unlink(missing_ok=True)


def _locked(path: Path, flags: int = 0) -> int | None:
    """An open file that is locked until it is closed; None where another holds it, or none can be locked."""
    if sys.platform == "win32":
        return None
    try:
        file = os.open(path, os.O_RDWR | os.O_NOFOLLOW | flags, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def _sweep(temporary: Path) -> None:
    """Takes away the folders that processes of this user left behind when they were killed: those nobody keeps locked.

    What has no lock file is left alone: a folder too many costs room, one taken from under a reader its answer.
    """
    for folder in temporary.glob(f"{_PREFIX}*"):
        if folder.is_symlink() or (lock := _locked(folder / _LOCK)) is None:
            continue
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)
