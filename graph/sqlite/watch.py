"""Whether anything was written to the file since one last looked, told without a transaction."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path


class Watch:
    """A connection that never writes: SQLite tells it when any other, of whatever process, has committed.

    https://sqlite.org/pragma.html#pragma_data_version
    """

    def __init__(self, path: Path) -> None:
        self._raw = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)

    def stamp(self) -> int | None:
        """A number that another commit changes; None where the file cannot tell now."""
        with suppress(sqlite3.Error):
            found: int = self._raw.execute("PRAGMA data_version").fetchone()[0]
            return found
        return None

    def close(self) -> None:
        """Closes the connection."""
        self._raw.close()
