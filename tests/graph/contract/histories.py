"""Random but repeatable histories of a small catalogue, and everything that a store answers about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from random import Random
from typing import Any

from catalog.changes import ChangeSet
from catalog.errors import InvalidChangeSet
from catalog.record import Record
from catalog.records import RECORDS, Agency, DataElement, Demand, Field, Regulation, Resource
from catalog.relations import INVERSES
from catalog.table import Ref, rows
from catalog.vocabulary import Kind
from graph.port import Store
from graph.shape import MatchQuestion, Nested, Question, SearchQuestion, Shape
from tests.graph import samples

META = frozenset({"created", "revision", "version", "loaded"})
WORDS = ("婚", "婚姻", "信息", "人口", "公安", "身份证号", "新")
NAMES = ("婚姻登记", "新人口信息", "户籍", "身份证号", "公安信息", "信息")
GOING = (Kind.FIELD, Kind.RESOURCE, Kind.DEMAND, Kind.CONDITION, Kind.CLOCK, Kind.ISSUE, Kind.PROVISION)


def whole(kind: Kind) -> Shape:
    """Every property, every reference and every inverse, each with its own times."""
    nested = [(f"{row.name}_rows", Nested(row.name, Shape(META))) for row in rows(kind) if isinstance(row.type, Ref)]
    nested += [
        (f"{name}_holders", Nested(name, Shape() if inverse.value else Shape(META), count=True))
        for (of, name), inverse in INVERSES.items()
        if of is kind
    ]
    return Shape(META | {row.name for row in rows(kind)}, tuple(nested))


async def everything(store: Store) -> dict[Any, Any]:
    """What the store answers to every kind of question, in pages and at once."""
    found: dict[Any, Any] = {"head": await store.head(), "counts": await store.counts()}
    for kind in RECORDS:
        shape = whole(kind)
        scanned = [row async for batch in store.scan(kind, Shape(META), batch=4) for row in batch]
        found["scan", kind] = scanned
        found["get", kind] = await store.get([*(row["id"] for row in scanned), "field/none"], shape, kind)
        found["page", kind] = await store.read(Question(kind, Shape(META), first=3, count=True))
        found["last", kind] = await store.read(Question(kind, Shape(META), first=2, backward=True, descending=True))
    for order in ("name", "code", "modified"):
        found["order", order] = [page async for page in _pages(store, order)]
    for word in WORDS:
        found["match", word] = await store.match(MatchQuestion(word, first=50, count=True))
        hits = await store.match(MatchQuestion(word, first=1))
        if hits.rows:
            found["match on", word] = await store.match(MatchQuestion(word, first=50, after=hits.rows[-1].key))
        found["search", word] = await store.search(SearchQuestion(word, first=50, count=True))
        texts = await store.search(SearchQuestion(word, first=2))
        if texts.rows:
            found["search on", word] = await store.search(SearchQuestion(word, first=50, after=texts.rows[-1].key))
    found["changes"] = await store.changes(since=0, first=1000, count=True)
    found["changes of"] = await store.changes(since=1, kinds=(Kind.RESOURCE, Kind.FIELD), first=2, count=True)
    return found


async def _pages(store: Store, order: str) -> AsyncIterator[Any]:
    after, more = None, True
    while more:
        page = await store.read(
            Question(Kind.RESOURCE, Shape(META | {order}), order=order, first=2, after=after, count=True)
        )
        yield page
        if page.rows:
            after = (page.rows[-1][order] or "", page.rows[-1]["id"])
        more = page.more


def changed(random: Random, record: Record) -> Record:
    """Another version of a record."""
    name = random.choice(NAMES)
    match record:
        case Resource():
            return replace(record, name=name, aliases=tuple(random.sample(NAMES, random.randrange(3))))
        case Field():
            moved = random.choice((record.resource, samples.PEOPLE, samples.MARRIAGES))
            return replace(record, name=name, resource=moved, data_element=random.choice((None, samples.NUMBER_KEY)))
        case Agency() | DataElement():
            return replace(record, aliases=(name,))
        case Regulation():
            return replace(record, aliases=(name,), repealed=random.choice((None, dt.date(2030, 1, 1))))
        case Demand():
            return replace(record, what=name, resource=random.choice((None, samples.PEOPLE)))
        case _:
            return record


def change_set(random: Random, number: int) -> ChangeSet:
    """A change of the samples: some written again as they were, some otherwise, some deleted, or a source replaced."""
    catalogue = samples.catalogue()
    chosen = random.sample(catalogue, random.randrange(1, 9))
    puts = [record if random.random() < 0.4 else changed(random, record) for record in chosen]
    held = {record.id for record in puts}
    going = [record.id for record in catalogue if record.kind in GOING and record.id not in held]
    deletes = random.sample(going, random.randrange(0, 6))
    replaces = [random.choice((samples.SHEET, samples.WISHES))] if random.random() < 0.3 else []
    if replaces and random.random() < 0.7:
        puts += [one for one in catalogue if one.id == replaces[0] and one.id not in held]
    if random.random() < 0.3:
        puts += [one for one in samples.many(3, prefix=f"新{number}") if one.id not in held]
    at = samples.AT + dt.timedelta(days=number)
    return samples.change_set(*puts, deletes=deletes, replaces=replaces, at=at, actor=f"编目员{number}")


async def lived(store: Store, seed: int, revisions: int) -> int:
    """Applies change sets until there are so many revisions; those that would break a reference are refused."""
    random, number = Random(seed), 0
    head = await store.head()
    reached = head.number if head else 0
    while reached < revisions:
        number += 1
        try:
            reached = (await store.apply(change_set(random, number))).revision
        except InvalidChangeSet:
            continue
    return reached


async def remembers(store: Store, seed: int, revisions: int) -> None:
    """Lives through revisions, and asks each again for what it answered when it was the newest."""
    told = {1: await everything(store)}
    for revision in range(2, revisions + 1):
        assert await lived(store, 100 * seed + revision, revision) == revision
        told[revision] = await everything(store)
    for revision in [*range(revisions, 0, -1), 2]:
        view = await store.as_of(revision, patience=None)
        answered = await everything(view)
        for asked, answer in told[revision].items():
            assert answered[asked] == answer, (revision, asked, _differences(answered[asked], answer))
        assert await view.check() == []


def _differences(mine: Any, told: Any) -> list[Any]:
    """Which rows differ, and in what, where both are rows."""
    if not isinstance(mine, list | tuple) or not isinstance(told, list | tuple):
        return [mine, told]
    pairs = [(a, b) for a, b in zip(mine, told, strict=False) if a != b]
    return [
        {key: (a.get(key), b.get(key)) for key in {*a, *b} if a.get(key) != b.get(key)}
        if isinstance(a, dict) and isinstance(b, dict)
        else (a, b)
        for a, b in pairs
    ]
