"""Earlier revisions: what a store answered when a revision was its newest, it answers ever after."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from catalog.errors import BadInput
from catalog.vocabulary import Kind
from graph.port import Store
from graph.shape import Question, Shape
from tests.graph import samples
from tests.graph.contract.histories import remembers, whole
from tests.graph.samples import PEOPLE, change_set

REVISIONS = 4
NAME = Shape(frozenset({"name", "version"}))


async def name_of(store: Store) -> Any:
    (row,) = await store.get([PEOPLE], NAME, Kind.RESOURCE)
    return row and row["name"]


async def rename(store: Store, name: str) -> int:
    [people] = [one for one in samples.resources() if one.id == PEOPLE]
    return (await store.apply(change_set(samples.renamed(people, name)))).revision  # type: ignore[arg-type]


async def test_every_earlier_revision_answers_as_it_did_when_it_was_the_newest(full: Store) -> None:
    await remembers(full, seed=1, revisions=REVISIONS)


async def test_a_view_made_while_its_revision_is_the_newest_outlives_it(full: Store) -> None:
    view = await full.as_of(1, patience=None)
    before = await name_of(view)
    await rename(full, "新名")
    assert (await name_of(view), await name_of(full)) == (before, "新名")
    assert await name_of(await view.as_of(2)) == "新名"
    rows = [row["name"] async for batch in view.scan(Kind.RESOURCE, NAME) for row in batch]
    assert before in rows and "新名" not in rows


async def test_views_stand_still_while_others_write(full: Store) -> None:
    shape = whole(Kind.RESOURCE)
    views: dict[int, tuple[Store, Any]] = {}

    async def write() -> None:
        for number in range(6):
            await rename(full, f"第{number}名")

    async def look() -> None:
        for _ in range(12):
            head = await full.head()
            assert head is not None
            view = await full.as_of(head.number, patience=None)
            found = await view.read(Question(Kind.RESOURCE, shape, first=50, count=True))
            assert max(row["revision"] for row in found.rows) <= head.number
            known = views.setdefault(head.number, (view, found))
            assert known[1] == found
            await asyncio.sleep(0.01)

    await asyncio.gather(write(), look(), look())
    for view, found in views.values():
        assert await view.read(Question(Kind.RESOURCE, shape, first=50, count=True)) == found


@pytest.mark.parametrize("revision", [-1, 0, 3, 2**40])
async def test_a_revision_that_never_was_is_refused_with_those_that_were(full: Store, revision: int) -> None:
    await rename(full, "新名")
    with pytest.raises(BadInput, match="the revisions 1 to 2"):
        await full.as_of(revision)


async def test_an_empty_catalogue_stands_at_revision_0_alone(store: Store) -> None:
    view = await store.as_of(0)
    assert await view.head() is None
    with pytest.raises(BadInput, match="is empty"):
        await store.as_of(1)


async def test_the_past_takes_no_changes(full: Store) -> None:
    await rename(full, "新名")
    for revision in (1, 2):
        with pytest.raises(BadInput, match="takes no changes"):
            await (await full.as_of(revision)).apply(change_set(*samples.many(1)))
    head = await full.head()
    assert head is not None and head.number == 2


async def test_however_many_ask_at_once_a_snapshot_is_made_once(full: Store) -> None:
    await rename(full, "新名")
    made = []
    make = full._snapshots._make  # type: ignore[attr-defined]

    async def counting(revision: int, path: Any) -> Store:
        made.append(revision)
        return await make(revision, path)

    full._snapshots._make = counting  # type: ignore[attr-defined]
    view = await full.as_of(1, patience=None)
    assert set(await asyncio.gather(*(name_of(view) for _ in range(20)))) == {"户籍人口信息"}
    assert made == [1]


async def test_the_present_takes_as_many_statements_as_if_there_were_no_past(full: Store) -> None:
    question = Question(Kind.RESOURCE, whole(Kind.RESOURCE), first=3)
    taken = []
    for name in ("甲", "乙"):
        before = full.statements
        await full.read(question)
        taken.append(full.statements - before)
        await rename(full, name)
        await name_of(await full.as_of(1, patience=None))
    assert taken[0] == taken[1]
