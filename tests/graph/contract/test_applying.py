"""Change sets: atomic, numbered, idempotent; shared records united; references kept whole."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace

import pytest

from catalog.codec import to_row
from catalog.errors import InvalidChangeSet
from catalog.records import Agency, DataElement, Field, Resource, Source
from catalog.revision import Applied, Revision, Tally
from catalog.vocabulary import AgencyKind, Kind, Origin
from graph.port import Store
from graph.shape import Contains, Question, Shape
from tests.graph import samples
from tests.graph.samples import AT, DUTY, LAW, MARRIAGES, PEOPLE, SHEET, change_set

NAME = Shape(frozenset({"name"}))


async def ids(store: Store, kind: Kind) -> list[str]:
    return [row["id"] for row in (await store.read(Question(kind, Shape(), first=100))).rows]


def tallies(applied: Applied) -> dict[Kind, Tally]:
    return {kind: tally for kind, tally in applied.counts.items() if tally != Tally()}


async def test_an_empty_store_has_no_head(store: Store) -> None:
    assert await store.head() is None


async def test_applying_counts_what_was_created_and_numbers_the_revision(store: Store) -> None:
    applied = await store.apply(change_set(*samples.catalogue(), id="first", actor="ada"))
    assert (applied.revision, applied.repeated, applied.changed) == (1, False, True)
    assert tallies(applied) == {kind: Tally(created=count) for kind, count in (await store.counts()).items()}
    assert await store.head() == Revision(number=1, at=AT, actor="ada", change_set="first")
    assert await store.check() == []


async def test_the_same_records_again_make_no_revision(full: Store) -> None:
    applied = await full.apply(change_set(*samples.catalogue(), replaces=[samples.RULES, SHEET, samples.WISHES]))
    assert (applied.revision, applied.changed, applied.repeated) == (1, False, False)
    assert tallies(applied) == {kind: Tally(unchanged=count) for kind, count in (await full.counts()).items()}
    assert await full.apply(change_set()) == Applied(revision=1)


async def test_the_same_change_set_again_answers_the_same(full: Store) -> None:
    people = next(one for one in samples.resources() if one.id == PEOPLE)
    assert isinstance(people, Resource)
    again = change_set(samples.renamed(people, "甲"), deletes=["field/p-name"], id="once")
    first = await full.apply(again)
    await full.apply(change_set(samples.renamed(people, "乙")))
    repeated = await full.apply(again)
    assert repeated == replace(first, repeated=True)
    assert [row and row["name"] for row in await full.get([PEOPLE], NAME, Kind.RESOURCE)] == ["乙"]
    head = await full.head()
    assert head is not None and head.number == 3


async def test_a_change_set_that_changed_nothing_is_remembered_too(full: Store) -> None:
    people = next(one for one in samples.resources() if one.id == PEOPLE)
    assert isinstance(people, Resource)
    nothing = change_set(people, id="nothing")
    first = await full.apply(nothing)
    await full.apply(change_set(samples.renamed(people, "乙")))
    assert await full.apply(nothing) == replace(first, repeated=True)


async def test_a_dry_run_answers_the_same_and_writes_nothing(full: Store) -> None:
    people = next(one for one in samples.resources() if one.id == PEOPLE)
    assert isinstance(people, Resource)
    change = change_set(samples.renamed(people, "甲"), deletes=["field/p-name"])
    dry = await full.apply(change, dry_run=True)
    assert dry.revision == 1 and dry.changed
    assert [row and row["name"] for row in await full.get([PEOPLE], NAME, Kind.RESOURCE)] == ["户籍人口信息"]
    wet = await full.apply(change)
    assert (wet.counts, wet.revision, wet.repeated) == (dry.counts, 2, False)


async def test_updates_deletes_and_unchanged_are_told_apart(full: Store) -> None:
    people, marriages = (one for one in samples.resources() if one.id in (PEOPLE, MARRIAGES))
    assert isinstance(people, Resource)
    applied = await full.apply(
        change_set(samples.renamed(people, "甲"), marriages, deletes=["field/p-name", "field/none"])
    )
    assert tallies(applied) == {Kind.RESOURCE: Tally(updated=1, unchanged=1), Kind.FIELD: Tally(deleted=1)}
    assert "field/p-name" not in await ids(full, Kind.FIELD)


async def test_replacing_a_source_deletes_what_it_no_longer_gives(full: Store) -> None:
    kept = [one for one in samples.catalogue() if one.source == SHEET and one.id.startswith("resource/")]
    sheet = next(one for one in samples.sources() if one.id == SHEET)
    await full.apply(change_set(deletes=["gap/one"]))
    applied = await full.apply(change_set(sheet, *kept, replaces=[SHEET]))
    assert tallies(applied)[Kind.FIELD] == Tally(deleted=4)
    assert await ids(full, Kind.FIELD) == ["field/d-marriage", "field/d-number"]
    assert (await ids(full, Kind.RESOURCE), len(await ids(full, Kind.SOURCE))) == ([DUTY, MARRIAGES, PEOPLE], 3)
    assert await full.check() == []


async def test_a_replaced_source_that_is_not_given_again_goes_with_its_records(full: Store) -> None:
    applied = await full.apply(change_set(replaces=[samples.WISHES]))
    assert tallies(applied) == {
        Kind.DEMAND: Tally(deleted=2),
        Kind.CORRESPONDENCE: Tally(deleted=1),
        Kind.SOURCE: Tally(deleted=1),
    }
    assert await ids(full, Kind.SOURCE) == [samples.RULES, SHEET]
    assert await full.check() == []


async def test_shared_records_are_united_and_stay_when_a_source_goes(store: Store) -> None:
    first = Agency(id="org/x", name="公安局", agency_kind=AgencyKind.CLASS, aliases=("局",))
    second = Agency(id="org/x", name="公安局", agency_kind=AgencyKind.BODY, aliases=("公安",), credit_code="1")
    await store.apply(change_set(first))
    applied = await store.apply(change_set(second))
    assert tallies(applied) == {Kind.AGENCY: Tally(updated=1)}
    [row] = await store.get(["org/x"], Shape(frozenset({"aliases", "agency_kind", "credit_code"})), Kind.AGENCY)
    assert row == {"id": "org/x", "aliases": ["公安", "局"], "agency_kind": "BODY", "credit_code": "1"}
    assert not (await store.apply(change_set(first))).changed


def field(id: str, resource: str, element: str | None = None) -> Field:
    return Field(id=id, resource=resource, position=1, name="项", text="项", data_element=element)


BROKEN: list[tuple[Iterable[object], tuple[str, ...], str, str]] = [
    ([field("field/new", "resource/none")], (), "BROKEN_REFERENCE", "resource/none"),
    ([field("field/new", PEOPLE, "element/none")], (), "BROKEN_REFERENCE", "element/none"),
    ([field("field/new", LAW)], (), "BROKEN_REFERENCE", LAW),
    ([Resource(id="resource/new", name="甲", origin=Origin.REGISTERED, fulfils=("resource/none",))], (),
     "BROKEN_REFERENCE", "resource/none"),
    ([Resource(id="resource/new", name="甲", origin=Origin.REGISTERED, source="source/none")], (), "BROKEN_REFERENCE",
     "source/none"),
    ([], (PEOPLE,), "STILL_REFERRED_TO", PEOPLE),
    ([], (DUTY,), "STILL_REFERRED_TO", DUTY),
    ([], (samples.OFFICE,), "STILL_REFERRED_TO", samples.OFFICE),
    ([], (samples.RULES,), "STILL_REFERRED_TO", samples.RULES),
    ([field("field/new", MARRIAGES)], (MARRIAGES,), "BROKEN_REFERENCE", MARRIAGES),
    ([Agency(id="org/new", name="", agency_kind=AgencyKind.BODY)], (), "BROKEN_INVARIANT", "org/new"),
]  # fmt: skip


@pytest.mark.parametrize(("puts", "deletes", "code", "word"), BROKEN)
async def test_a_change_set_that_breaks_something_is_refused_whole(
    full: Store, puts: Iterable[object], deletes: tuple[str, ...], code: str, word: str
) -> None:
    good = DataElement(id="element/new", name="新")
    with pytest.raises(InvalidChangeSet) as refusal:
        await full.apply(change_set(good, *puts, deletes=deletes))  # type: ignore[arg-type]
    assert any(issue.code == code and word in issue.message for issue in refusal.value.issues)
    assert await full.get(["element/new"], NAME, Kind.DATA_ELEMENT) == [None]
    head = await full.head()
    assert head is not None and head.number == 1
    assert await full.check() == []


async def test_what_refers_to_each_other_may_go_together(full: Store) -> None:
    gone = [one.id for one in samples.catalogue()]
    applied = await full.apply(change_set(deletes=gone))
    assert sum(tally.deleted for tally in applied.counts.values()) == len(gone)
    assert set((await full.counts()).values()) == {0}
    assert await full.check() == []


async def test_a_deleted_record_may_come_back(full: Store) -> None:
    await full.apply(change_set(deletes=["field/p-name"]))
    back = next(one for one in samples.fields() if one.id == "field/p-name")
    await full.apply(change_set(back))
    shape = Shape(frozenset({"created", "version", "revision"}))
    [row] = await full.get(["field/p-name"], shape, Kind.FIELD)
    assert row == {"id": "field/p-name", "created": 3, "version": 1, "revision": 3}
    assert await full.check() == []


ODD = ["it's", 'say "x"', "\x00nul\x00", "\U0001f600表情", "a\u0301", "\\", "`", "{}", "$x", "\u2028", "长" * 50_000]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
async def test_texts_come_back_as_they_were(store: Store, text: str) -> None:
    records = [Resource(id="resource/odd", name=text, origin=Origin.REGISTERED, aliases=(text + "别",), summary=text)]
    await store.apply(change_set(*records))
    shape = Shape(frozenset({"name", "aliases", "summary"}))
    [row] = await store.get(["resource/odd"], shape, Kind.RESOURCE)
    assert row == {key: to_row(records[0])[key] for key in ("id", "name", "aliases", "summary")}
    page = await store.read(Question(Kind.RESOURCE, Shape(), (Contains("name", "别"),)))
    assert [row["id"] for row in page.rows] == ["resource/odd"]
    assert await store.check() == []


async def test_one_source_may_hold_more_records_than_a_batch(store: Store) -> None:
    records = samples.many(1500, 1)
    applied = await store.apply(change_set(*records))
    assert tallies(applied)[Kind.RESOURCE] == Tally(created=1500)
    applied = await store.apply(change_set(*records[:6], replaces=["source/many"]))
    assert tallies(applied)[Kind.FIELD] == Tally(deleted=1500)
    assert {kind: count for kind, count in (await store.counts()).items() if count} == {Kind.SOURCE: 1, Kind.AGENCY: 5}
    assert await store.check() == []


async def test_two_change_sets_at_once_both_get_in(store: Store) -> None:
    sets = [change_set(*samples.many(3, 1, prefix=f"p{n}-")) for n in range(6)]
    applied = await asyncio.gather(*(store.apply(one) for one in sets))
    assert sorted(one.revision for one in applied) == [1, 2, 3, 4, 5, 6]
    assert (await store.counts())[Kind.RESOURCE] == 18


async def test_a_scan_sees_one_revision_while_others_write(store: Store) -> None:
    await store.apply(change_set(*samples.many(30, 0)))
    seen: list[str] = []
    async for batch in store.scan(Kind.RESOURCE, Shape(frozenset({"revision"})), batch=10):
        if not seen:
            await store.apply(change_set(Source(id="source/z", path="z", format="f", sha256="0"),
                                         deletes=["resource/000025"]))  # fmt: skip
        seen += [row["id"] for row in batch]
    assert len(seen) == 30
    assert (await store.counts())[Kind.RESOURCE] == 29
