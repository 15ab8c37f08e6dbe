"""SQLite's errors as Mulu's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.errors import BadInput, MuluError, TimedOut, Unavailable

_MEANINGS: dict[int, tuple[type[MuluError], str, str]] = {
    sqlite3.SQLITE_BUSY: (Unavailable, "is locked by another process", "try again when the other load has finished"),
    sqlite3.SQLITE_LOCKED: (Unavailable, "is locked", "try again"),
    sqlite3.SQLITE_FULL: (Unavailable, "cannot grow: the disk is full", "free some space and apply it again"),
    sqlite3.SQLITE_IOERR: (Unavailable, "cannot be read or written", "look at the disk, then try again"),
    sqlite3.SQLITE_INTERRUPT: (TimedOut, "was interrupted", "ask for less, or allow more time"),
    sqlite3.SQLITE_CANTOPEN: (BadInput, "cannot be opened", "give the path of a file in a folder that you may write"),
    sqlite3.SQLITE_READONLY: (BadInput, "may not be written", "give a file and folder that you may write"),
    sqlite3.SQLITE_PERM: (BadInput, "may not be accessed", "give a file and folder that you may write"),
    sqlite3.SQLITE_NOTADB: (BadInput, "is not a catalogue", "give the path of a catalogue, or of a new file"),
    sqlite3.SQLITE_CORRUPT: (BadInput, "is damaged", "load the sources into a new file"),
}


def translated(error: sqlite3.Error, path: Path) -> MuluError:
    """The error that callers see: the file by its name alone, and never SQLite's words, which stay in its cause."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    kind, says, suggestion = _MEANINGS.get(
        code, (Unavailable, "does not answer", "try again; if it stays so, run mulu check")
    )
    return kind(f"the store {path.name or path} {says}", suggestion=suggestion)


@contextmanager
def mapped(path: Path) -> Iterator[None]:
    """Turns SQLite's errors inside into Mulu's."""
    try:
        yield
    except sqlite3.Error as error:
        raise translated(error, path) from error
