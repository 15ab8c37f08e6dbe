"""Loading many records beside writing them by hand: `python -m benchmarks.bulk_load [resources]`

The peer writes the same rows into the same tables and indexes with plain executemany inserts, in key order and with
everything worked out beforehand: it validates nothing, unites nothing, resolves no reference, encodes nothing.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from catalog.changes import ChangeSet
from catalog.record import Record
from graph.open import open_store
from graph.sqlite.grams import grams as to_grams
from graph.sqlite.migrations import MIGRATIONS, statements
from loaders.synthetic import Synthetic

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ROUNDS = 3


def by_hand(source: Path, target: Path) -> float:
    """The seconds of writing every row of one catalogue file into another; reading them does not count."""
    held = sqlite3.connect(source)
    with_rows = [
        name
        for (name,) in held.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if "_gram" not in name  # the full-text indexes keep tables of their own
    ]
    tables = {name: held.execute(f"SELECT * FROM {name}").fetchall() for name in with_rows}
    grams = {name: [(key, to_grams(folded)) for key, _, folded in tables[name]] for name in ("name", "text")}
    held.close()
    raw = sqlite3.connect(target, isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("PRAGMA cache_size=-65536")
    for migration in MIGRATIONS:
        for statement in statements(migration):
            raw.execute(statement)
    began = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    for name, rows in tables.items():
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            raw.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    for name, texts in grams.items():
        raw.executemany(f"INSERT INTO {name}_gram (rowid, grams) VALUES (?, ?)", texts)
    raw.execute("COMMIT")
    taken = time.perf_counter() - began
    raw.close()
    return taken


async def applied(address: str, records: tuple[Record, ...]) -> float:
    """The seconds of one change set."""
    async with open_store(address) as store:
        changes = ChangeSet(id="bulk", at=AT, actor="benchmark", puts=records)
        began = time.perf_counter()
        await store.apply(changes)
        return time.perf_counter() - began


def say(name: str, seconds: float, records: int) -> None:
    """One line."""
    print(f"{name:28} {seconds:8.2f} s  {records / seconds:10,.0f} records a second", flush=True)


def main(resources: int) -> None:
    """Prints the table."""
    records = tuple(Synthetic(resources, 1).records())
    print(f"{len(records):,} records of {resources:,} resources")
    ratios = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            own, other = Path(folder) / "own.db", Path(folder) / "other.db"
            mine = asyncio.run(applied(str(own), records))
            peer = by_hand(own, other)
            say("mulu applies", mine, len(records))
            say("inserted by hand", peer, len(records))
            ratios.append(peer / mine)
    print(f"Mulu writes at {statistics.median(ratios):.2f} of the speed of inserting by hand")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
