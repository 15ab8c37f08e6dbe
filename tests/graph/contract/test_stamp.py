"""Whether anything was written since one last looked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from catalog.resource import Resource
from graph.port import Store
from tests.graph import samples


async def test_a_stamp_stays_while_nothing_is_written_and_is_another_afterwards(store: Store) -> None:
    await store.apply(samples.change_set(*samples.catalogue()))
    resource = next(one for one in samples.catalogue() if isinstance(one, Resource))
    seen = [await store.stamp()]
    for day in (1, 2, 3):
        await store.counts()
        async with store.together() as reads:
            await reads.counts()
            assert await reads.stamp() == await store.stamp() == seen[-1]
        await store.apply(samples.change_set(replace(resource, modified=dt.date(2024, 1, day))))
        seen.append(await store.stamp())
    assert None not in seen
    assert len(set(seen)) == len(seen)


async def test_a_revision_has_no_stamp(store: Store) -> None:
    await store.apply(samples.change_set(*samples.catalogue()))
    assert await (await store.as_of(1)).stamp() is None


async def test_reads_that_a_revision_followed_keep_the_stamp_of_what_they_saw(store: Store) -> None:
    await store.apply(samples.change_set(*samples.catalogue()))
    before = await store.stamp()
    async with store.together() as reads:
        await reads.counts()
        await store.apply(samples.change_set(*samples.many(1)))
        assert await reads.stamp() == before != await store.stamp()
