"""Datasets that are announced though they were not written: what their description names is called otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from catalog.announcing import NAMED_BY, SAID
from catalog.record import Record
from catalog.records import RECORDS, Provision, Resource
from catalog.table import by_name, reference_paths
from catalog.value import Citation
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf.export import HARVEST
from graph.shape import Shape
from tests.graph import samples
from tests.graph.samples import ARTICLE, CIVIL, LAW, PEOPLE, POLICE, change_set

CITES, SECRET = "resource/r-cites", "resource/r-secret"
HELD: dict[str, Record] = {record.id: record for record in samples.catalogue()}
_PEOPLE = cast("Resource", HELD[PEOPLE])
CITING = replace(
    _PEOPLE, id=CITES, code=None, basis=(Citation(text="第九条", provision=ARTICLE), Citation(text="规定", regulation=LAW))
)  # fmt: skip
HIDDEN = replace(CITING, id=SECRET, cleared=False)
RELATED = replace(CITING, id="resource/r-related", related=(CITES, SECRET))


def changed(identifier: str, **more: Any) -> Record:
    return replace(cast("Any", HELD[identifier]), **more)


async def announced(store: Store, *records: Record, deletes: tuple[str, ...] = ()) -> set[str]:
    """What a change set announces beside what it writes; shared records are put as they are given."""
    changes = change_set(*records, deletes=deletes)
    applied = await store.apply(replace(changes, settled=frozenset(record.id for record in records)))
    with_them = await store.changes(since=applied.revision - 1, first=1000, announced=True, count=True)
    without = await store.changes(since=applied.revision - 1, first=1000, count=True)
    found = {change.id for change in with_them.rows if change.announced}
    assert [change for change in with_them.rows if not change.announced] == list(without.rows)
    assert (with_them.total, without.total) == (len(with_them.rows), len(without.rows))
    assert all(change.kind is Kind.RESOURCE for change in with_them.rows if change.announced)
    return found


@pytest.fixture
async def citing(full: Store) -> Store:
    await full.apply(change_set(CITING, HIDDEN))
    return full


@pytest.mark.parametrize(
    ("record", "datasets"),
    [
        (changed(POLICE, name="公安局"), {PEOPLE, CITES}),
        (changed(POLICE, credit_code=None), {PEOPLE, CITES}),
        (changed(POLICE, aliases=("公安",)), set()),
        (changed(CIVIL, name="民政局"), set()),
        (changed(LAW, title="新细则"), {CITES}),
        (changed(LAW, short_title="新细则"), set()),
        (changed(ARTICLE, label="第九条之一"), {CITES}),
        (changed(ARTICLE, heading="分工"), set()),
    ],
)
async def test_cleared_datasets_are_announced_when_what_they_name_is_called_otherwise(
    citing: Store, record: Record, datasets: set[str]
) -> None:
    assert await announced(citing, record) == datasets
    assert await announced(citing, HELD[record.id]) == datasets


async def test_datasets_are_announced_when_what_they_are_related_to_becomes_public_or_is_so_no_more(
    citing: Store,
) -> None:
    await citing.apply(change_set(RELATED, replace(RELATED, id="resource/r-unseen", cleared=False)))
    assert await announced(citing, replace(HIDDEN, cleared=True)) == {RELATED.id}
    assert await announced(citing, replace(HIDDEN, cleared=True, summary="变")) == set()
    assert await announced(citing, HIDDEN) == {RELATED.id}
    assert await announced(citing, replace(CITING, cleared=False)) == {RELATED.id}


async def test_a_dataset_that_is_written_or_deleted_in_the_revision_is_not_announced_beside(citing: Store) -> None:
    renamed = changed(POLICE, name="公安局")
    assert await announced(citing, renamed, replace(CITING, summary="变"), deletes=("demand/one",)) == {PEOPLE}
    assert await announced(citing, HELD[POLICE], deletes=(CITES,)) == {PEOPLE}


async def test_the_records_of_announced_datasets_are_not_touched(citing: Store) -> None:
    meta = Shape(frozenset({"revision", "version"}))
    before = await citing.get([PEOPLE, CITES], meta, Kind.RESOURCE)
    await announced(citing, changed(POLICE, name="公安局"))
    assert await citing.get([PEOPLE, CITES], meta, Kind.RESOURCE) == before


async def test_nothing_is_announced_by_a_dry_run_or_by_what_was_not_there(citing: Store) -> None:
    head = await citing.head()
    assert head is not None
    await citing.apply(change_set(changed(LAW, title="新细则")), dry_run=True)
    assert (await citing.changes(since=head.number, first=10, announced=True)).rows == ()
    other = replace(cast("Provision", HELD[ARTICLE]), id=f"{LAW}.a11", label="第十一条")
    assert await announced(citing, other) == set()


async def test_an_earlier_revision_tells_what_was_announced_until_then(citing: Store) -> None:
    await announced(citing, changed(LAW, title="新细则"))
    await announced(citing, changed(POLICE, name="公安局"))
    head = await citing.head()
    assert head is not None
    then = await citing.as_of(head.number - 1)
    log = await citing.changes(since=0, first=1000, announced=True)
    expected = [change for change in log.rows if change.revision < head.number]
    assert list((await then.changes(since=0, first=1000, announced=True)).rows) == expected
    assert [change.id for change in expected if change.announced] == [CITES]


def test_what_is_compared_is_what_the_harvest_view_reads_of_other_records() -> None:
    """Every reference along which the harvest view reads, and every property it reads there."""
    paths = {path.dotted: path for path in reference_paths(Kind.RESOURCE)}
    read: dict[Kind, set[str]] = {kind: set() for kind in RECORDS}

    def follow(owner: Kind | None, dotted: str, shape: Shape) -> None:
        for _, nested in shape.nested:
            here = f"{dotted}.{nested.relation}".lstrip(".")
            if owner is None and here not in paths and nested.relation != "fields":
                follow(None, here, nested.shape)
                continue
            kinds = paths[here].ref.kinds if owner is None and here in paths else ()
            if owner is not None:
                kinds = cast("Any", by_name(owner)[nested.relation].type).kinds
            for kind in kinds:
                assert owner is not None or NAMED_BY[kind] == here
                read[kind] |= nested.shape.properties
                follow(kind, here, nested.shape)

    follow(None, "", HARVEST)
    assert {kind: names for kind, names in read.items() if names} == {kind: set(names) for kind, names in SAID.items()}
