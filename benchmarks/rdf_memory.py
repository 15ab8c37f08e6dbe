"""What memory an export takes as catalogues grow: ``python -m benchmarks.rdf_memory 10000 100000 [--format ttl …]``.

Each export, of the harvest view unless ``--full``, runs in a process of its own, from an embedded store into a stream
that keeps nothing. The figure is the most that the process ever had resident, SQLite's pages included, above what it
had once the store was open. Linux only. A large store is a small synthetic one whose rows are copied under other
identifiers, with two items a resource; ``--store PATH`` takes one that is there instead, such as
``python -m benchmarks.who_provides`` makes.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.rdf import PUBLICATION, Counting
from graph.rdf.export import harvest
from graph.rdf.full import full
from graph.rdf.syntax import WRITERS
from graph.sqlite.store import SqliteStore
from loaders.synthetic import Synthetic
from mulu.loading import apply

SEED = 1000
"""How many resources are made, of which the others are copies."""
ITEMS = 2
BELOW = 64
"""The bound in MiB."""
_UNUSED = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND name <> 'field_resource'"


async def seeded(path: Path) -> None:
    """A store of the first resources."""
    async with SqliteStore.at(str(path)) as store:
        await apply(store, tuple(Synthetic(SEED, 1).records()))


def grown(path: Path, resources: int) -> None:
    """Copies the rows of resources and of their first items until there are about so many resources."""
    with closing(sqlite3.connect(path)) as store:
        for (name,) in store.execute(_UNUSED).fetchall():
            store.execute(f"DROP INDEX {name}")
        store.execute("DELETE FROM field WHERE position > ?", (ITEMS,))
        step = 1 << 32  # keys of different kinds differ in their last four bits
        for number in range(1, resources // SEED):
            for kind in ("resource", "field"):
                named = [column for _, column, *_ in store.execute(f"PRAGMA table_info({kind})")]
                said = {
                    "key": "key + :step",
                    "id": "id || :mark",
                    "resource": "resource + :step",
                    "body": "replace(body, '\"' || id || '\"', '\"' || id || :mark || '\"')",
                }
                chosen = ", ".join(said.get(column, column) for column in named)
                store.execute(
                    f"INSERT INTO {kind} SELECT {chosen} FROM {kind} WHERE key < {step}",
                    {"step": number * step, "mark": f"-{number}"},
                )
        store.commit()


def resident(what: str) -> float:
    """A line of the kernel's account of this process, in MiB."""
    found = re.search(rf"^{what}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found is not None, what
    return int(found[1]) / 1024


async def exported(path: str, extension: str, view: str) -> None:
    """One export in this process: prints the bytes, the MiB above idle and the processor's seconds."""
    async with SqliteStore.at(path) as store:
        await store.head()
        idle, stream, began = resident("VmRSS"), Counting(), time.process_time()
        async for piece in (full if view == "full" else harvest)(store, PUBLICATION, WRITERS[extension]()):
            stream.write(piece)
        print(f"{stream.length} {resident('VmHWM') - idle:.1f} {time.process_time() - began:.1f}")


def told(path: Path, name: str, formats: list[str], view: str) -> float:
    """Prints a line a format for one store; the most MiB of them."""
    worst = 0.0
    for extension in formats:
        child = [sys.executable, "-m", "benchmarks.rdf_memory", "--one", str(path), extension, view]
        length, above, taken = subprocess.run(child, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
        figures = f"{int(length) / 1e6:9.1f} MB  {above:>6} MiB  {taken:>7} s"
        print(f"{name:>9} {view:8} {extension:7} {figures}", flush=True)
        worst = max(worst, float(above))
    return worst


def main(sizes: list[int], store: Path | None, formats: list[str], view: str) -> int:
    """Prints the table; 1 where an export takes more than the bound."""
    worst = told(store, store.stem, formats, view) if store else 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mulu.db"
            asyncio.run(seeded(path))
            grown(path, size)
            worst = max(worst, told(path, str(size), formats, view))
    print(f"at most {worst:.1f} MiB above idle; the bound is {BELOW}")
    return int(worst > BELOW)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        asyncio.run(exported(*sys.argv[2:]))
        sys.exit()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rdf_memory")
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--format", dest="formats", nargs="+", choices=list(WRITERS), default=list(WRITERS))
    parser.add_argument("--full", dest="view", action="store_const", const="full", default="harvest")
    asked = parser.parse_args()
    sys.exit(main(asked.sizes, asked.store, asked.formats, asked.view))
