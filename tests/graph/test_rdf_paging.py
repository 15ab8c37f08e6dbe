"""Harvests under concurrent writes lose, double and invent nothing."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from dataclasses import replace
from typing import cast

import pyoxigraph

from catalog.records import Resource
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.paging import Place, page
from graph.sqlite.store import SqliteStore
from tests.graph import samples

HARVESTS = 1000
DATASET = re.compile(
    r"^<https://data\.example\.cn/id/(\S+)> <\S+#type> <http://www\.w3\.org/ns/dcat#Dataset> \.$", re.M
)
PUBLICATION = Publication("https://data.example.cn/", "目录", "机构", samples.AT, 1)


def made(number: int, *, cleared: bool = True) -> Resource:
    """A resource whose identifier puts even ones that stay between odd ones that come and go."""
    base = cast("Resource", samples.resources()[1])
    return replace(base, id=f"resource/r-{number:03}", code=str(number), source=None, fulfils=(), cleared=cleared)


async def harvested(store: Store, chance: random.Random) -> list[str]:
    """Every dataset as it is met, following the links."""
    found: list[str] = []
    place: Place | None = Place("nt", "", chance.randint(1, 12))
    while place:
        one = await page(store, PUBLICATION, place)
        found += DATASET.findall(one.text)
        after = (one.following or "").partition("after=")[2].partition("&")[0]
        place = replace(place, after=after) if after else None
    return found


async def test_harvests_under_writes(tmp_path):
    chance = random.Random(7)
    stay, come = [made(number) for number in range(0, 24, 2)], range(1, 24, 2)
    async with SqliteStore.at(str(tmp_path / "mulu.db")) as opened:
        store = cast("Store", opened)
        await store.apply(samples.change_set(*samples.catalogue(), *stay))
        there: set[str] = set()
        done = asyncio.Event()
        writes = 0

        async def write() -> None:
            nonlocal writes
            while not done.is_set():
                one = made(chance.choice(come), cleared=chance.random() < 0.8)
                if one.id in there:
                    await store.apply(samples.change_set(deletes=[one.id], id=f"w-{writes}"))
                    there.discard(one.id)
                else:
                    renamed = replace(chance.choice(stay), name=f"名{writes}")
                    await store.apply(samples.change_set(one, renamed, id=f"w-{writes}"))
                    there.add(one.id)
                writes += 1
                await asyncio.sleep(0.002)

        writing = asyncio.create_task(write())
        always = {one.id for one in stay} | {samples.PEOPLE}
        possible = always | {f"resource/r-{number:03}" for number in come}
        for _ in range(HARVESTS):
            found = Counter(await harvested(store, chance))
            assert max(found.values()) == 1
            assert always <= set(found) <= possible
        done.set()
        await writing
        assert writes > 200


async def test_a_page_is_a_whole_document(tmp_path):
    async with SqliteStore.at(str(tmp_path / "mulu.db")) as opened:
        await opened.apply(samples.change_set(*samples.catalogue(), *(made(number) for number in range(5))))
        one = await page(cast("Store", opened), PUBLICATION, Place("rdf", "", 2))
    assert one.total == 6
    assert len(list(pyoxigraph.parse(one.text.encode(), pyoxigraph.RdfFormat.RDF_XML))) > 50
