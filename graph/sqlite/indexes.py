"""Indexes of a table that is filled from nothing: built when it is full, in one go and in order.

Adding to an index row by row goes to and fro in it, and beyond the page cache each row costs pages read and written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from catalog.vocabulary import Kind
from graph.sqlite.connection import Session
from graph.sqlite.model import table

MANY = 10_000
"""Records from which it is worth it."""


@contextmanager
def built_after(session: Session, kind: Kind, records: int) -> Iterator[None]:
    """Takes away the indexes of a kind that has no record yet while so many are put, identifiers' own apart.

    All within the transaction that is open: others see the indexes as they were until it commits.
    """
    with without_indexes(session, kind) if records >= MANY and _empty(session, kind) else nullcontext():
        yield


def _empty(session: Session, kind: Kind) -> bool:
    return session.one(f"SELECT 1 FROM {table(kind)} LIMIT 1") is None


@contextmanager
def without_indexes(session: Session, kind: Kind) -> Iterator[None]:
    """Takes the indexes of a kind away, identifiers' own apart, and builds them anew at the end."""
    indexes = session.all(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ? ORDER BY rowid",
        (table(kind),),
    )
    for name, _ in indexes:
        session.all(f"DROP INDEX {name}")
    yield
    with session.scanning():  # what sorts takes as much memory as the pages may
        for _, sql in indexes:
            session.all(sql)
