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
    seen = [store.stamp()]
    for day in (1, 2, 3):
        await store.counts()
        async with store.together() as reads:
            await reads.counts()
            assert reads.stamp() == store.stamp() == seen[-1]
        await store.apply(samples.change_set(replace(resource, modified=dt.date(2024, 1, day))))
        seen.append(store.stamp())
    told = [one for one in seen if one is not None]  # a store may be unable to tell, and then it never tells
    assert len(set(told)) == len(told) and len(told) in (0, len(seen))


async def test_a_revision_has_no_stamp(store: Store) -> None:
    await store.apply(samples.change_set(*samples.catalogue()))
    assert (await store.as_of(1)).stamp() is None
