"""What gaps cost: all of a catalogue's from nothing, and after a change set that touches ten resources.

`python -m benchmarks.gaps [resources] [address]`: the store is a file in a temporary directory, or the empty Neo4j
database at the address, filled without rules first. Every figure is of a whole change set, dry, beside the same change
set in a store that keeps no gaps. Ten resources are changed in what they say of themselves alone (the date), and in how
they are shared, after which what others have of the same data elements is looked at again as well.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from benchmarks.measure import in_turn, row
from catalog.changes import ChangeSet
from catalog.record import Record
from catalog.resource import Resource
from catalog.vocabulary import Kind, Origin
from graph.gaps.table import RULES
from graph.port import Store
from loaders.synthetic import Synthetic

AT = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
TOUCHED = 10
_numbers = count(1)


def change(*puts: Record) -> ChangeSet:
    """A change set of its own."""
    return ChangeSet(id=f"bench-{next(_numbers)}", at=AT, actor="bench", puts=puts)


def stores(address: str) -> tuple[Store, Store]:
    """The same store twice: without rules, and with them."""
    if "://" in address:
        from graph.neo4j.store import Neo4jStore

        return Neo4jStore.at(address), Neo4jStore.at(address, rules=RULES)
    from graph.sqlite.store import SqliteStore

    return SqliteStore.at(address), SqliteStore.at(address, rules=RULES)


def touched(records: list[Record], number: int) -> list[Resource]:
    """Ten resources spread over the catalogue, each changed on another day."""
    found = [one for one in records if isinstance(one, Resource) and one.origin is Origin.REGISTERED]
    day = dt.date(2022, 1, 1) + dt.timedelta(days=number)
    return [replace(one, modified=day) for one in found[:: max(1, len(found) // TOUCHED)][:TOUCHED]]


def dry(store: Store, *puts: Record) -> Callable[[], Awaitable[object]]:
    """The job of a change set that is undone."""
    return lambda: store.apply(change(*puts), dry_run=True)


async def main(resources: int, address: str) -> None:
    """Prints the table."""
    records = list(Synthetic(resources, 1).records())
    bare, ruled = stores(address)
    async with bare, ruled:
        await bare.apply(change(*records))
        print(f"{resources:,} resources, {len(records):,} records{'':10}        min     median        max")
        ten = touched(records, 0)
        seconds = await in_turn({"ten, no gaps kept": dry(bare, *ten), "all from nothing": dry(ruled, *ten)}, rounds=3)
        for name, taken in seconds.items():
            print(row(name, taken))
        await ruled.apply(change(*ten))
        more = touched(records, 1)
        shared = [replace(one, share_condition="经审核") for one in more]
        jobs = {
            "ten, no gaps kept": dry(bare, *more),
            "ten": dry(ruled, *more),
            "ten, shared otherwise": dry(ruled, *shared),
        }
        seconds = await in_turn(jobs, rounds=9)
        for name, taken in seconds.items():
            print(row(name, taken))
        print(f"{(await ruled.counts())[Kind.GAP]:,} gaps")


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(main(size, sys.argv[2] if len(sys.argv) > 2 else str(Path(folder) / "gaps.db")))
