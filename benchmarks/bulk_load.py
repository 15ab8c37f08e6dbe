"""Loading many records into SQLite beside writing them by hand: `python -m benchmarks.bulk_load [resources] [rounds]`

The peers write the same rows into the same tables and indexes with plain executemany inserts, in key order and with
everything worked out beforehand: they validate nothing, unite nothing, resolve no reference, encode nothing. One has
every index in place while it inserts, as the tables stand; the other builds those of resources and fields afterwards.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from catalog.changes import ChangeSet
from catalog.record import Record
from graph.open import open_store
from graph.sqlite.grams import grams as to_grams
from graph.sqlite.migrations import MIGRATIONS, statements
from loaders.synthetic import Synthetic

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ROUNDS = 3
PLAIN, AFTERWARDS = "inserted by hand", "by hand, indexes afterwards"


@dataclass(slots=True)
class Taken:
    """Seconds by the clock and of the processor."""

    wall: float = 0.0
    processor: float = 0.0


@contextmanager
def timed() -> Iterator[Taken]:
    """How long what happens inside takes."""
    taken = Taken()
    wall, processor = time.perf_counter(), time.process_time()
    yield taken
    taken.wall, taken.processor = time.perf_counter() - wall, time.process_time() - processor


@dataclass(frozen=True, slots=True)
class Peer:
    """The rows of one catalogue file, to be written into others by hand."""

    tables: dict[str, list[tuple[object, ...]]]
    grams: dict[str, list[tuple[int, str]]]

    @classmethod
    def of(cls, source: Path) -> Peer:
        """Every row of the file."""
        held = sqlite3.connect(source)
        names = [
            name
            for (name,) in held.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if "_gram" not in name  # the full-text indexes keep tables of their own
        ]
        tables = {name: held.execute(f"SELECT * FROM {name}").fetchall() for name in names}
        held.close()
        grams = {name: [(key, to_grams(folded)) for key, _, folded in tables[name]] for name in ("name", "text")}
        return cls(tables, grams)

    def write(self, target: Path, *, afterwards: bool) -> Taken:
        """Writes every row into a new file."""
        raw = sqlite3.connect(target, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536", "temp_store=MEMORY"):
            raw.execute(f"PRAGMA {pragma}")
        for migration in MIGRATIONS:
            for statement in statements(migration):
                raw.execute(statement)
        chosen = "type = 'index' AND sql IS NOT NULL AND tbl_name IN ('resource', 'field')"
        indexes = raw.execute(f"SELECT name, sql FROM sqlite_schema WHERE {chosen}").fetchall() if afterwards else []
        with timed() as taken:
            raw.execute("BEGIN IMMEDIATE")
            for name, _ in indexes:
                raw.execute(f"DROP INDEX {name}")
            for name, rows in self.tables.items():
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    raw.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
            for name, texts in self.grams.items():
                raw.executemany(f"INSERT INTO {name}_gram (rowid, grams) VALUES (?, ?)", texts)
            for _, sql in indexes:
                raw.execute(sql)
            raw.execute("COMMIT")
        raw.close()
        return taken


async def applied(address: str, records: tuple[Record, ...]) -> Taken:
    """What one change set of new records takes."""
    async with open_store(address) as store:
        changes = ChangeSet(id="bulk", at=AT, actor="benchmark", puts=records)
        with timed() as taken:
            await store.apply(changes)
        return taken


def say(name: str, taken: Taken, records: int) -> None:
    """One line."""
    print(
        f"{name:28} {taken.wall:8.2f} s {taken.processor:8.2f} s of the processor "
        f"{records / taken.wall:10,.0f} records a second",
        flush=True,
    )


def main(resources: int, rounds: int) -> None:
    """Prints the table."""
    records = tuple(Synthetic(resources, 1).records())
    print(f"{len(records):,} records of {resources:,} resources")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ratios: dict[str, list[tuple[float, float]]] = {PLAIN: [], AFTERWARDS: []}
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            own = Path(folder) / "own.db"
            mine = asyncio.run(applied(str(own), records))
            say("mulu applies", mine, len(records))
            if not number:
                grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
                print(
                    f"{'its peak of memory':28} {grown:8.0f} MiB above the {before / 1024:,.0f} that the records take"
                )
            peer = Peer.of(own)
            for name in (PLAIN, AFTERWARDS):
                theirs = peer.write(Path(folder) / f"{name}.db", afterwards=name == AFTERWARDS)
                say(name, theirs, len(records))
                ratios[name].append((theirs.wall / mine.wall, theirs.processor / mine.processor))
    for name, found in ratios.items():
        wall, processor = (statistics.median(both) for both in zip(*found, strict=True))
        print(f"Mulu writes at {wall:.2f} of the speed of {name}; of the processor's time, at {processor:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000, int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS)
