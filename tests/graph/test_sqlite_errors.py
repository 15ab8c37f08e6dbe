"""What callers are told of an error of the embedded store."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from catalog.errors import Unavailable
from graph.sqlite.errors import translated


def test_an_error_tells_neither_where_the_store_lies_nor_what_it_was_asked() -> None:
    error = translated(sqlite3.OperationalError("no such column: w.secret"), Path("/somewhere/private/catalogue.db"))
    assert isinstance(error, Unavailable)
    assert "catalogue.db" in error.message
    assert "private" not in error.message
    assert "secret" not in error.message
