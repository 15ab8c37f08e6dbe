"""What is left of earlier versions of records, by identifier."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from catalog.records import Resource
from catalog.revision import Tombstone
from catalog.vocabulary import Kind
from graph.port import Store
from tests.graph import samples
from tests.graph.samples import AT, LAW, MARRIAGES, PEOPLE, change_set

_, PUBLIC, SECRET = (cast("Resource", each) for each in samples.resources())
DAYS = [AT.replace(day=day) for day in range(2, 6)]


async def test_the_end_of_the_last_version_that_was_cleared_is_told_or_of_the_last(full: Store) -> None:
    assert await full.tombstones([PEOPLE, MARRIAGES, "resource/none"], Kind.RESOURCE) == [None] * 3
    await full.apply(change_set(replace(PUBLIC, cleared=False), replace(SECRET, summary="变"), at=DAYS[0]))
    await full.apply(change_set(replace(PUBLIC, cleared=False, summary="变"), SECRET, at=DAYS[1]))
    withdrawn = Tombstone(revision=2, at=DAYS[0], cleared=True)
    secret = Tombstone(revision=3, at=DAYS[1], cleared=False)
    asked = [MARRIAGES, PEOPLE, "resource/none", PEOPLE]
    assert await full.tombstones(asked, Kind.RESOURCE) == [secret, withdrawn, None, withdrawn]
    assert await full.tombstones(asked, Kind.FIELD) == [None] * 4
    await full.apply(change_set(PUBLIC, at=DAYS[2]))
    await full.apply(change_set(deletes=["demand/one", "field/p-name", "field/p-number", PEOPLE], at=DAYS[3]))
    gone = Tombstone(revision=5, at=DAYS[3], cleared=True)
    assert await full.tombstones([PEOPLE], Kind.RESOURCE) == [gone]
    (field,) = await full.tombstones(["field/p-name"], Kind.FIELD)
    assert field == replace(gone, cleared=False)


async def test_what_was_left_by_an_earlier_revision(full: Store) -> None:
    await full.apply(change_set(replace(PUBLIC, cleared=False), at=DAYS[0]))
    await full.apply(change_set(PUBLIC, at=DAYS[1]))
    await full.apply(change_set(deletes=["demand/one", "field/p-name", "field/p-number", PEOPLE], at=DAYS[2]))
    told = [Tombstone(revision=number, at=DAYS[number - 2], cleared=True) for number in (2, 4)]
    for revision, expected in ((1, None), (2, told[0]), (3, told[0]), (4, told[1])):
        assert await full.tombstones([PEOPLE], Kind.RESOURCE, until=revision) == [expected]
        assert await (await full.as_of(revision)).tombstones([PEOPLE], Kind.RESOURCE) == [expected]


async def test_it_takes_one_statement_however_long_the_log(full: Store) -> None:
    before = full.statements
    await full.tombstones([PEOPLE, MARRIAGES], Kind.RESOURCE)
    first = full.statements - before
    for number in range(5):
        await full.apply(change_set(replace(PUBLIC, summary=f"{number}")))
    before = full.statements
    await full.tombstones([PEOPLE, MARRIAGES, LAW], Kind.RESOURCE)
    assert full.statements - before == first
