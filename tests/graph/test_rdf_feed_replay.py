"""Whatever happens to a catalogue, replaying the feed gives what the harvest view says."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.record import Record
from catalog.records import Agency, Field, Provision, Regulation, Resource
from catalog.value import Citation
from graph.rdf import feed
from graph.sqlite.store import SqliteStore
from tests.graph import samples
from tests.graph.samples import ARTICLE, CIVIL, LAW, POLICE
from tests.graph.test_rdf_feed import Replica

Step: TypeAlias = tuple[str, int, str]
"""What happens, to which of the records that it may happen to, and the word it brings."""
WORDS = ("甲", "乙", "丙")
PEOPLE = cast("Resource", next(one for one in samples.resources() if one.id == samples.PEOPLE))
DATASETS = tuple(
    replace(
        PEOPLE, id=f"resource/r-{n}", name=f"名录{n}", code=None, cleared=n != 3, fulfils=(), related=(),
        summary=None if n % 2 else "概要",
        basis=(Citation(text="第九条", provision=ARTICLE), Citation(text="细则", regulation=LAW))[n % 2 :],
        responsibilities=(replace(PEOPLE.responsibilities[0], agency=(POLICE, CIVIL)[n % 2]),),
    )
    for n in range(4)
)  # fmt: skip
HELD = {record.id: record for record in (*samples.catalogue(), *DATASETS)}
RENAMED = {
    "agency": ((POLICE, CIVIL), "name"), "code": ((POLICE, CIVIL), "credit_code"), "regulation": ((LAW,), "title"),
    "provision": ((ARTICLE,), "label"), "name": (tuple(one.id for one in DATASETS), "name"),
    "theme": (tuple(one.id for one in DATASETS), "category"), "contact": (tuple(one.id for one in DATASETS), "contact"),
}  # fmt: skip
KINDS = (*RENAMED, "relate", "clear", "withdraw", "delete", "return", "item", "no item", "rename both")
STEPS = st.lists(
    st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 3), st.sampled_from(WORDS)), min_size=1, max_size=3),
    min_size=1, max_size=6,
)  # fmt: skip


class World:
    """The records as they stand, changed step by step."""

    def __init__(self) -> None:
        self.now = dict(HELD)
        self.puts: dict[str, Record] = {}
        self.deletes: set[str] = set()

    def put(self, identifier: str, **more: Any) -> None:
        if identifier in self.now:
            self.now[identifier] = self.puts[identifier] = replace(cast("Any", self.now[identifier]), **more)

    def item(self, number: int, word: str | None) -> None:
        dataset, item = f"resource/r-{number}", f"field/r-{number}-x"
        if word is not None and dataset in self.now:
            self.now[item] = self.puts[item] = replace(cast("Field", samples.fields()[2]), id=item, resource=dataset, name=word)  # fmt: skip
        elif word is None and item in self.now:
            del self.now[item]
            self.puts.pop(item, None)
            self.deletes |= {item} if item in self.stored else set()

    def take(self, step: Step, stored: set[str]) -> None:
        self.stored = stored
        what, number, word = step
        dataset = f"resource/r-{number}"
        if what in RENAMED:
            of, name = RENAMED[what]
            self.put(of[number % len(of)], **{name: word})
        elif what == "rename both":
            self.put(POLICE, name=word)
            self.put(LAW, title=word)
        elif what in ("clear", "withdraw"):
            self.put(dataset, cleared=what == "clear")
        elif what == "relate" and (other := f"resource/r-{(number + 1) % 4}") in self.now:
            self.put(dataset, related=(other,))
        elif what == "delete" and dataset in self.now:
            self.item(number, None)
            for each, one in list(self.now.items()):
                if isinstance(one, Resource) and dataset in one.related:
                    self.put(each, related=())
            del self.now[dataset]
            self.puts.pop(dataset, None)
            self.deletes |= {dataset} if dataset in stored else set()
        elif what == "return" and dataset not in self.now:
            self.now[dataset] = self.puts[dataset] = HELD[dataset]
            self.deletes.discard(dataset)
        elif what in ("item", "no item"):
            self.item(number, word if what == "item" else None)
            self.deletes -= self.puts.keys()


async def replayed(steps: list[list[Step]], path: Path) -> None:
    async with SqliteStore.at(str(path / "mulu.db")) as store:
        await store.apply(samples.change_set(*HELD.values()))
        world, along, stored = World(), Replica(), set(HELD)
        await along.read(store)
        for group in steps:
            world.puts, world.deletes = {}, set()
            for step in group:
                world.take(step, stored)
            changes = samples.change_set(*world.puts.values(), deletes=sorted(world.deletes - world.puts.keys()))
            await store.apply(replace(changes, settled=frozenset(world.puts)))
            stored = set(world.now)
            await along.read(store)
            assert await along.agrees(store), group
        fresh = Replica("nq")
        await fresh.read(store)
        assert await fresh.agrees(store)


@pytest.mark.parametrize("size", [2, 250])
def test_replaying_the_feed_gives_the_dump_whatever_happened(size, monkeypatch):
    """Read along from wherever the harvester stood, and read from the start; pages of two entries and of all."""
    monkeypatch.setattr(feed, "SIZE", size)

    @settings(max_examples=25 if size > 2 else 15, deadline=None)
    @given(STEPS)
    def replays(steps: list[list[Step]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(replayed(steps, Path(folder)))

    replays()


@pytest.mark.parametrize(
    "renamed",
    [
        replace(cast("Agency", HELD[POLICE]), name="公安局"),
        replace(cast("Regulation", HELD[LAW]), title="新细则"),
        replace(cast("Provision", HELD[ARTICLE]), label="第九条之一"),
    ],
)
async def test_who_follows_the_feed_hears_of_every_dataset_that_names_what_was_renamed(tmp_path, renamed):
    async with SqliteStore.at(str(tmp_path / "mulu.db")) as store:
        await store.apply(samples.change_set(*HELD.values()))
        before = Replica()
        await before.read(store)
        before.told.clear()
        await store.apply(replace(samples.change_set(renamed), settled=frozenset({renamed.id})))
        assert not await before.agrees(store)
        await before.read(store)
        assert await before.agrees(store)
        named = {each.id for each in DATASETS if each.cleared and renamed.id in str(each)}
        assert {("Update", each) for each in named} <= set(before.told)
