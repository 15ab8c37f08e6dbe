"""A large change set is applied a batch at a time: how many of its records live at once does not depend on how many."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catalog.agency import Agency
from catalog.changes import ChangeSet
from catalog.errors import InvalidChangeSet
from catalog.field import Field
from catalog.puts import BATCH, Sorted
from catalog.record import Record
from catalog.records import RECORDS
from catalog.revision import Tally
from catalog.vocabulary import AgencyKind, Kind
from graph.open import open_store
from graph.sqlite import keys
from tests.graph import samples

MANY = 10 * BATCH
OTHERS = (
    *samples.sources(),
    *samples.agencies(),
    *samples.elements(),
    *samples.law(),
    *samples.resources(),
)


class Living(Field):
    """A field that is counted while it lives."""

    __slots__ = ()
    now = 0
    most = 0

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        Living.now += 1
        Living.most = max(Living.most, Living.now)

    def __del__(self) -> None:
        Living.now -= 1


class Fields(Collection[Record]):
    """So many fields of one resource from a number on, made anew at each pass."""

    def __init__(self, numbers: range) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Record]:
        for number in self.numbers:
            yield Living(
                id=f"field/of-many-{number}",
                source=samples.SHEET,
                resource=samples.PEOPLE,
                position=number,
                name=f"项{number % 50}",
                text="",
            )

    def __contains__(self, one: object) -> bool:
        return any(one == other for other in self)


class Catalogue(Sorted):
    """The sample's sources, agencies, elements, texts and resources, and so many fields."""

    def __init__(self, numbers: range) -> None:
        self.fields = Fields(numbers)

    def of(self, kind: Kind) -> Collection[Record]:
        return self.fields if kind is Kind.FIELD else [one for one in OTHERS if one.kind is kind]

    def __len__(self) -> int:
        return len(OTHERS) + len(self.fields)

    def __iter__(self) -> Iterator[Record]:
        for kind in RECORDS:
            yield from self.of(kind)

    def __contains__(self, one: object) -> bool:
        return one in OTHERS or one in self.fields


def of(numbers: range, name: str) -> ChangeSet:
    return replace(samples.change_set(id=name, replaces=[samples.SHEET]), puts=Catalogue(numbers))


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer keys are remembered than one batch refers to."""
    monkeypatch.setattr(keys, "REMEMBERED", 3)


async def test_two_batches_of_records_live_at_once_at_most(tmp_path: Path, forgetful: None) -> None:
    later = range(BATCH, BATCH + MANY)
    async with open_store(str(tmp_path / "own.db")) as store:
        Living.most = 0
        first = await store.apply(of(range(MANY), "first"))
        assert first.counts[Kind.FIELD].created == MANY
        assert not (await store.apply(of(range(MANY), "again"))).changed
        dry = await store.apply(of(later, "dry"), dry_run=True)
        second = await store.apply(of(later, "second"))
        assert dry.counts == second.counts
        assert second.counts[Kind.FIELD] == Tally(created=BATCH, unchanged=MANY - BATCH, deleted=BATCH)
        assert BATCH <= Living.most <= 2 * BATCH
        assert Living.now == 0
        assert await store.check() == []
        log = await store.changes(since=first.revision, kinds=(Kind.FIELD,), first=3 * MANY)
        assert [one.id for one in log.rows] == sorted(
            f"field/of-many-{number}" for number in (*range(BATCH), *range(MANY, MANY + BATCH))
        )


async def test_a_record_may_refer_to_one_that_comes_many_batches_later(tmp_path: Path, forgetful: None) -> None:
    agency = Agency(id="org/many", name="部门", agency_kind=AgencyKind.BODY)
    size = 2 * BATCH + 1
    last = f"org/many-{size - 1}"
    many = [
        replace(agency, id=f"org/many-{number}", name=f"部门{number}", fills=(last,) if not number else ())
        for number in range(size)
    ]
    async with open_store(str(tmp_path / "own.db")) as store:
        await store.apply(samples.change_set(*many))
        assert await store.check() == []
        gone = [one for one in many if one.id != last]
        async with open_store(str(tmp_path / "other.db")) as other:
            with pytest.raises(InvalidChangeSet) as refused:
                await other.apply(samples.change_set(*gone))
            assert [(one.code, last in one.message) for one in refused.value.issues] == [("BROKEN_REFERENCE", True)]
            assert await other.head() is None
