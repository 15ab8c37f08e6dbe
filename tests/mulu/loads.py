"""Loading into a store as the command does, and everything that it holds afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.record import Record
from catalog.records import RECORDS
from catalog.vocabulary import Kind
from graph.port import Store
from loaders.load import File
from mulu.loading import apply_loaded, loaded_with
from mulu.touched import records


async def load(store: Store, given: Sequence[File]):
    loaded = await loaded_with(store, given)
    return loaded, await apply_loaded(store, loaded)


async def held(store: Store) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for kind in RECORDS:
        async for record in records(store, kind):
            found[record.id] = record
    return found


def named(found: dict[str, Record], kind: Kind, name: str, origin: str | None = None):
    (one,) = [
        each
        for each in found.values()
        if each.kind is kind and each.name == name and (origin is None or each.origin == origin)  # type: ignore[attr-defined]
    ]
    return one
