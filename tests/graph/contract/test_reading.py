"""Reading: properties, orders, pages, single records, whole scans."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.codec import to_row
from catalog.records import RECORDS
from catalog.table import rows
from catalog.vocabulary import Kind
from graph.port import Store
from graph.shape import Question, Shape
from tests.graph import samples
from tests.graph.samples import AT, LAW, MARRIAGES, PEOPLE

NAMES = Shape(frozenset({"name"}))


def everything(kind: Kind) -> Shape:
    return Shape(frozenset(row.name for row in rows(kind)))


def of_kind(kind: Kind) -> list[dict[str, Any]]:
    return sorted((to_row(one) for one in samples.catalogue() if one.kind is kind), key=lambda row: row["id"])


@pytest.mark.parametrize("kind", RECORDS)
async def test_every_property_of_every_kind_is_read_as_it_was_written(full: Store, kind: Kind) -> None:
    page = await full.read(Question(kind, everything(kind), first=100, count=True))
    assert list(page.rows) == of_kind(kind)
    assert (page.more, page.total) == (False, len(page.rows))


async def test_a_shape_cuts_the_row_and_the_identifier_always_rides_along(full: Store) -> None:
    page = await full.read(Question(Kind.RESOURCE, Shape(frozenset({"code", "mode"}))))
    assert [set(row) for row in page.rows] == [{"id", "code", "mode"}] * 3
    page = await full.read(Question(Kind.RESOURCE, Shape()))
    assert list(page.rows) == [{"id": row["id"]} for row in of_kind(Kind.RESOURCE)]


async def test_get_answers_in_the_order_asked_with_none_where_there_is_none(full: Store) -> None:
    found = await full.get([PEOPLE, "resource/none", MARRIAGES, PEOPLE, LAW], NAMES, Kind.RESOURCE)
    assert [row and row["name"] for row in found] == ["户籍人口信息", None, "婚姻登记信息", "户籍人口信息", None]
    assert await full.get([], NAMES, Kind.RESOURCE) == []


async def test_meta_properties_tell_revisions_versions_and_times(full: Store) -> None:
    shape = Shape(frozenset({"revision", "created", "version", "loaded"}))
    [people] = [one for one in samples.resources() if one.id == PEOPLE]
    assert await full.get([PEOPLE], shape, Kind.RESOURCE) == [
        {"id": PEOPLE, "revision": 1, "created": 1, "version": 1, "loaded": AT.isoformat()}
    ]
    later = AT.replace(year=2025)
    await full.apply(samples.change_set(samples.renamed(people, "新名"), at=later))  # type: ignore[arg-type]
    assert await full.get([PEOPLE], shape, Kind.RESOURCE) == [
        {"id": PEOPLE, "revision": 2, "created": 1, "version": 2, "loaded": later.isoformat()}
    ]


ORDERS = ["id", "name", "code", "modified", "share_type", "summary", "category"]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", ORDERS)
async def test_orders_sort_by_code_point_and_missing_values_as_the_empty_string(
    full: Store, order: str, descending: bool
) -> None:
    page = await full.read(Question(Kind.RESOURCE, Shape(), order=order, descending=descending))
    expected = sorted(of_kind(Kind.RESOURCE), key=lambda row: (row[order] or "", row["id"]), reverse=descending)
    assert [row["id"] for row in page.rows] == [row["id"] for row in expected]


async def test_a_missing_number_sorts_first(full: Store) -> None:
    shape = Shape(frozenset({"ordinal"}))
    page = await full.read(Question(Kind.PROVISION, shape, order="ordinal"))
    assert [row["ordinal"] for row in page.rows] == [None, None, 1, 9, 10]
    after: tuple[str | int, ...] = ("", page.rows[0]["id"])
    page = await full.read(Question(Kind.PROVISION, shape, order="ordinal", after=after))
    assert [row["ordinal"] for row in page.rows] == [None, 1, 9, 10]


async def test_strings_beyond_the_basic_plane_sort_after_the_others(store: Store) -> None:
    names = ["\U00020000", "\uffee", "a", "B", "é", "婚"]
    records = samples.many(len(names), 0)
    put = [samples.renamed(one, names.pop()) if one.kind is Kind.RESOURCE else one for one in records]  # type: ignore[arg-type]
    await store.apply(samples.change_set(*put))
    page = await store.read(Question(Kind.RESOURCE, NAMES, order="name"))
    assert [row["name"] for row in page.rows] == ["B", "a", "é", "婚", "\uffee", "\U00020000"]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", ["id", "code", "modified", "name"])
@pytest.mark.parametrize("backward", [False, True])
async def test_pages_put_together_are_the_whole_list(
    store: Store, order: str, descending: bool, backward: bool
) -> None:
    await store.apply(samples.change_set(*samples.many(23, 0)))
    shape = Shape(frozenset({order}))
    whole = await store.read(Question(Kind.RESOURCE, shape, order=order, descending=descending, first=100))
    pages, after, more = [], None, True
    while more:
        question = Question(
            Kind.RESOURCE, shape, (), order, descending, first=5, after=after, backward=backward, count=True
        )
        page = await store.read(question)
        assert page.total == 23
        pages.append(page.rows)
        edge = page.rows[0 if backward else -1]
        after = (edge["id"],) if order == "id" else (edge[order] or "", edge["id"])
        more = page.more
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    joined = [row for page in (reversed(pages) if backward else pages) for row in page]
    assert joined == list(whole.rows)


async def test_a_page_of_nothing_still_counts(full: Store) -> None:
    page = await full.read(Question(Kind.RESOURCE, NAMES, first=0, count=True))
    assert (page.rows, page.more, page.total) == ((), True, 3)


async def test_paging_goes_on_where_the_last_row_seen_was_deleted(store: Store) -> None:
    await store.apply(samples.change_set(*samples.many(4, 0)))
    await store.apply(samples.change_set(deletes=["resource/000001"]))
    page = await store.read(Question(Kind.RESOURCE, NAMES, after=("resource/000001",)))
    assert [row["id"] for row in page.rows] == ["resource/000002", "resource/000003"]


@pytest.mark.parametrize("kind", RECORDS)
async def test_scan_gives_every_row_once_by_identifier(full: Store, kind: Kind) -> None:
    batches = [batch async for batch in full.scan(kind, everything(kind), batch=2)]
    assert [row for batch in batches for row in batch] == of_kind(kind)
    assert all(0 < len(batch) <= 2 for batch in batches)


async def test_scan_goes_on_after_an_identifier(full: Store) -> None:
    found = [row["id"] async for batch in full.scan(Kind.RESOURCE, Shape(), after=DUTY_ID) for row in batch]
    assert found == [MARRIAGES, PEOPLE]


DUTY_ID = samples.DUTY


async def test_counts_name_every_kind(store: Store) -> None:
    assert await store.counts() == dict.fromkeys(Kind, 0)
    await store.apply(samples.change_set(*samples.catalogue()))
    assert await store.counts() == {kind: len(of_kind(kind)) for kind in Kind}
