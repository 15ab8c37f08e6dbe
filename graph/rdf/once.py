"""Which names came before, however many: exactly, and in constant memory."""

from __future__ import annotations

import sqlite3
import weakref

HELD = 20_000
"""How many names are held in memory; those before them stand in a temporary file, which SQLite keeps."""


class Once:
    """Names that each count once. ``held`` bounds what is in memory."""

    def __init__(self, held: int = HELD) -> None:
        self._bound = held
        self._held: set[str] = set()
        self._file: sqlite3.Connection | None = None

    def new(self, name: str) -> bool:
        """Whether the name did not come before; from now on it did. Raises OSError where the disk is full."""
        if name in self._held:
            return False
        found = self._file is not None and self._asked(self._file, name)
        if len(self._held) >= self._bound:
            self._put_away()
        self._held.add(name)  # also what was found, since it may well come again soon
        return not found

    @staticmethod
    def _asked(file: sqlite3.Connection, name: str) -> bool:
        return file.execute("SELECT 1 FROM name WHERE name = ?", (name,)).fetchone() is not None

    def _put_away(self) -> None:
        if self._file is None:
            self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)  # deleted when closed
            weakref.finalize(self, self._file.close)
            self._file.execute("PRAGMA synchronous = OFF")
            self._file.execute("CREATE TABLE name (name TEXT PRIMARY KEY) WITHOUT ROWID")
        try:
            self._file.execute("BEGIN")
            self._file.executemany("INSERT OR IGNORE INTO name VALUES (?)", ((each,) for each in sorted(self._held)))
            self._file.execute("COMMIT")
        except sqlite3.Error as error:
            raise OSError(f"the names written so far cannot be kept in a temporary file: {error}") from error
        self._held.clear()
