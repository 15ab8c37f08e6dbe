"""The log of changes: order, pages, kinds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from catalog.records import RECORDS, Resource
from catalog.revision import Change
from catalog.vocabulary import ChangeKind, Kind
from graph.port import Store
from graph.shape import KeysetKey
from tests.graph import samples
from tests.graph.samples import AT, PEOPLE, change_set

ORDER = list(RECORDS)
LATER = AT.replace(month=6)


@pytest.fixture
async def changed(full: Store) -> Store:
    people = next(one for one in samples.resources() if one.id == PEOPLE)
    assert isinstance(people, Resource)
    await full.apply(
        change_set(samples.renamed(people, "甲"), deletes=["field/p-name", "demand/two"], at=LATER, actor="bob")
    )
    return full


def key(change: Change) -> KeysetKey:
    return change.revision, ORDER.index(change.kind), change.id


async def test_the_log_tells_every_change_with_its_revision_and_source(changed: Store) -> None:
    page = await changed.changes(since=1, first=10)
    more = {"revision": 2, "at": LATER, "actor": "bob"}
    sheet, wishes = samples.SHEET, samples.WISHES
    assert page.rows == (
        Change(kind=Kind.RESOURCE, id=PEOPLE, change=ChangeKind.UPDATED, source=sheet, **more),  # type: ignore[arg-type]
        Change(kind=Kind.FIELD, id="field/p-name", change=ChangeKind.DELETED, source=sheet, **more),  # type: ignore[arg-type]
        Change(kind=Kind.DEMAND, id="demand/two", change=ChangeKind.DELETED, source=wishes, **more),  # type: ignore[arg-type]
    )
    assert (page.more, page.total) == (False, None)


async def test_the_log_is_ordered_by_revision_kind_and_identifier(changed: Store) -> None:
    page = await changed.changes(since=0, first=1000)
    assert len(page.rows) == len(samples.catalogue()) + 3
    assert [key(one) for one in page.rows] == sorted(key(one) for one in page.rows)
    assert {one.change for one in page.rows if one.revision == 1} == {ChangeKind.CREATED}


@pytest.mark.parametrize("kinds", [(), (Kind.RESOURCE,), (Kind.DEMAND, Kind.FIELD)])
async def test_pages_of_the_log_put_together_are_the_whole_log(changed: Store, kinds: Sequence[Kind]) -> None:
    whole = await changed.changes(since=0, kinds=kinds, first=1000)
    assert not kinds or {one.kind for one in whole.rows} == set(kinds)
    found: list[Change] = []
    after, more = None, True
    while more:
        page = await changed.changes(since=0, kinds=kinds, first=3, after=after)
        found += page.rows
        after, more = key(found[-1]), page.more
    assert found == list(whole.rows)


@pytest.mark.parametrize("kinds", [(), (Kind.RESOURCE,), (Kind.DEMAND, Kind.FIELD)])
async def test_the_log_is_counted_when_asked_whatever_the_page(changed: Store, kinds: Sequence[Kind]) -> None:
    for since in (0, 1, 2):
        whole = await changed.changes(since=since, kinds=kinds, first=1000)
        page = await changed.changes(since=since, kinds=kinds, first=1, count=True)
        assert page.total == len(whole.rows)


async def test_nothing_is_after_the_head(changed: Store) -> None:
    assert (await changed.changes(since=2, first=5)).rows == ()
