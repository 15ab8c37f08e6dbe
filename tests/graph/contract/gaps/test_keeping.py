"""Gaps follow from everything else: kept by each change set, the same as worked out anew, never written by hand."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from catalog.errors import InvalidChangeSet
from catalog.gap import Gap
from catalog.record import Record
from catalog.records import Agency, Field, Resource
from catalog.vocabulary import (
    AgencyKind,
    ChangeKind,
    ConditionKind,
    DemandStatus,
    FrequencyCode,
    GapKind,
    Kind,
    Severity,
    ShareType,
    Topic,
)
from graph.port import Store
from graph.shape import Equals, Holding, Question, Shape
from tests.graph.contract.gaps.world import (
    CITY,
    CIVIL,
    DUTY,
    OFFICE,
    OTHER,
    POLICE,
    UNTIL,
    agencies,
    article,
    cites,
    clock,
    demand,
    element,
    every,
    field,
    gaps,
    law,
    registered,
    rule,
    statutory,
    told,
)
from tests.graph.samples import change_set

ONE, TWO = "resource/r-1", "resource/r-2"
TEXT: tuple[Record, ...] = (
    law(ends=UNTIL),
    article(9),
    *rule(Topic.NO_REPEATED_COLLECTION, "不得重复采集", 13, kind=ConditionKind.PROHIBITION),
    *rule(Topic.SHARE_TYPE, "列为不予共享类的，应当提供法律、法规依据", 14),
    *rule(Topic.IDENTITY_KEY, "自然人信息应当以法定身份证件作为标识提供", 16),
    *rule(Topic.UPDATE, "行政机关应当及时更新共享信息", 17),
    *rule(Topic.APPLICATION, "属于政府信息共享目录之外的，应当提请决定", 19),
    *rule(Topic.STAFFING, "并指定专人负责政府信息共享工作", 29),
    *rule(Topic.CATALOGUE_ELEMENTS, "目录应当包括", 30, elements=("名称", "信息更新频度", "信息所在平台")),
    *rule(Topic.DISPUTE, "答复不予共享的，由主管部门组织供需双方协商", 36),
    *clock(),
)
BROKEN: tuple[Record, ...] = (
    *agencies(),
    *TEXT,
    element(),
    statutory(),
    field(DUTY, "曾用名"),
    statutory("resource/440100-other"),
    registered(
        fulfils=(DUTY,), platform=None, contact=None, share_type=ShareType.NOT_SHARED,
        update_frequency=every(FrequencyCode.ANNUAL), modified=dt.date(2017, 1, 1),
    ),
    field(ONE, "姓名"),
    field(ONE, "婚姻状况", data_element="element/marriage"),
    registered(TWO, CIVIL, basis=(cites(9),)),
    field(TWO, "婚否", data_element="element/marriage"),
    demand(),
    replace(demand(provider=None), id="demand/2"),
    replace(demand(status=DemandStatus.REPLIED_NO), id="demand/3"),
)  # fmt: skip
"""A catalogue with a gap of every kind."""


async def test_a_catalogue_may_have_gaps_of_every_kind(ruled: Store) -> None:
    await ruled.apply(change_set(*BROKEN))
    assert {gap.gap_kind for gap in await gaps(ruled)} == set(GapKind)
    assert await ruled.check() == []


async def test_gaps_belong_to_the_revision_that_made_them(ruled: Store) -> None:
    applied = await ruled.apply(change_set(*BROKEN))
    number = len(await gaps(ruled))
    assert applied.counts[Kind.GAP].created == number == (await ruled.counts())[Kind.GAP]
    log = await ruled.changes(since=0, kinds=[Kind.GAP], first=1000)
    assert {(one.revision, one.change) for one in log.rows} == {(1, ChangeKind.CREATED)}
    assert len(log.rows) == number


async def test_the_same_again_changes_nothing(ruled: Store) -> None:
    await ruled.apply(change_set(*BROKEN))
    again = await ruled.apply(change_set(*BROKEN))
    assert (again.revision, again.changed) == (1, False)


async def test_a_dry_run_tells_the_gaps_and_writes_none(ruled: Store) -> None:
    dry = await ruled.apply(change_set(*BROKEN), dry_run=True)
    assert dry.counts[Kind.GAP].created > 0
    assert await gaps(ruled) == []
    assert (await ruled.apply(change_set(*BROKEN))).counts == dry.counts


async def test_what_is_mended_leaves_the_log_a_deletion(ruled: Store) -> None:
    await ruled.apply(change_set(*BROKEN))
    stale = [gap for gap in await gaps(ruled) if gap.gap_kind is GapKind.STALE]
    one = next(record for record in BROKEN if record.id == ONE)
    assert isinstance(one, Resource)
    await ruled.apply(change_set(replace(one, update_frequency=every(FrequencyCode.IRREGULAR))))
    log = await ruled.changes(since=1, kinds=[Kind.GAP], first=1000)
    assert [(change.id, change.change) for change in log.rows] == [(stale[0].id, ChangeKind.DELETED)]


async def test_a_gap_that_changes_keeps_its_identifier(ruled: Store) -> None:
    await ruled.apply(change_set(*BROKEN))
    before = {gap.gap_kind: gap for gap in await gaps(ruled)}
    one = next(record for record in BROKEN if record.id == ONE)
    assert isinstance(one, Resource)
    await ruled.apply(change_set(replace(one, modified=dt.date(2018, 1, 1))))
    after = {gap.gap_kind: gap for gap in await gaps(ruled)}
    assert after[GapKind.STALE].id == before[GapKind.STALE].id
    assert after[GapKind.STALE].begins == dt.date(2019, 1, 2)
    assert {kind for kind in after if after[kind] != before[kind]} == {GapKind.STALE}


async def test_gaps_go_with_what_they_are_about(ruled: Store) -> None:
    await ruled.apply(change_set(*BROKEN))
    await ruled.apply(change_set(deletes=[record.id for record in BROKEN]))
    assert await gaps(ruled) == []
    assert await ruled.check() == []


async def test_the_end_of_a_text_changes_the_gaps_by_itself(ruled: Store) -> None:
    await ruled.apply(change_set(*BROKEN))

    async def on(day: str) -> set[str]:
        shape = Shape(frozenset({"gap_kind"}))
        return {row["gap_kind"] for row in (await ruled.read(Question(Kind.GAP, shape, (Holding(day),)))).rows}

    last = await on("2021-06-30")
    assert GapKind.DUTY_UNREGISTERED in last and GapKind.LAPSED_BASIS not in last
    assert await on("2021-07-01") == {GapKind.LAPSED_BASIS}
    assert await on("2016-06-30") == set()


async def test_a_change_of_the_law_changes_gaps_of_records_that_nobody_touched(ruled: Store) -> None:
    await ruled.apply(change_set(*BROKEN))
    await ruled.apply(change_set(law()))
    found = {gap.gap_kind: gap for gap in await gaps(ruled)}
    assert found[GapKind.STALE].ends is None
    assert GapKind.LAPSED_BASIS not in found
    await ruled.apply(change_set(deletes=["policy/x-17"]))
    assert told(await gaps(ruled), GapKind.STALE) == []


async def test_gaps_cannot_be_written(ruled: Store) -> None:
    await ruled.apply(change_set(*BROKEN))
    one = Gap(id="gap/x", gap_kind=GapKind.STALE, severity=Severity.ERROR, subject=ONE, message="x")
    for change in (change_set(one), change_set(deletes=[(await gaps(ruled))[0].id])):
        with pytest.raises(InvalidChangeSet, match="gaps") as refused:
            await ruled.apply(change)
        assert [issue.code for issue in refused.value.issues] == ["DERIVED_RECORD"]
    assert (await ruled.head()).number == 1  # type: ignore[union-attr]


async def test_a_body_that_comes_to_fill_an_office_owns_its_gaps(ruled: Store) -> None:
    await ruled.apply(change_set(*BROKEN))
    body = Agency(id=POLICE, name="市公安局", agency_kind=AgencyKind.BODY, jurisdiction=CITY, fills=(OFFICE,))
    for change, owner in ((change_set(body), POLICE), (change_set(deletes=[]), POLICE)):
        await ruled.apply(change)
        duties = [gap for gap in await gaps(ruled) if gap.gap_kind is GapKind.DUTY_UNREGISTERED]
        assert {gap.owner for gap in duties} == {owner}


def mutations(chance: random.Random) -> Iterator[tuple[list[Record], list[str]]]:
    """Change sets at random: of what each depends on, sometimes several at once, sometimes undone."""
    state: dict[str, Record] = {record.id: record for record in BROKEN}
    while True:
        puts: dict[str, Record] = {}
        deletes: set[str] = set()
        for _ in range(chance.randint(1, 3)):
            number = chance.randint(1, 4)
            id_ = f"resource/r-{number}"
            agency = chance.choice((POLICE, CIVIL))
            resource = registered(
                id_, agency, chance.choice((CITY, CITY, OTHER)), fulfils=chance.choice(((), (DUTY,), (DUTY, "resource/440100-other"))),
                platform=chance.choice((None, "平台")), contact=chance.choice((None, "王某")),
                share_type=chance.choice((ShareType.NOT_SHARED, ShareType.UNCONDITIONAL)),
                basis=chance.choice(((), (cites(9),))),
                update_frequency=every(FrequencyCode.ANNUAL), modified=dt.date(2015 + number, 1, 1),
            )  # fmt: skip
            means = chance.choice((None, "element/marriage"))
            item = field(id_, chance.choice(("姓名", "婚否", "曾用名")), data_element=means)
            action = chance.randrange(9)
            if action <= 3 or (action <= 5 and id_ not in state):
                puts |= {id_: resource}
            elif action <= 5:
                puts |= {item.id: item}
            elif action == 6:
                puts["demand/1"] = demand(
                    status=chance.choice(tuple(DemandStatus)), provider=chance.choice((None, POLICE)),
                    elements=chance.choice(((), ("element/marriage",))), resource=chance.choice((None, ONE)) if ONE in state else None,
                )  # fmt: skip
            elif action == 7:
                fills = chance.choice(((), (OFFICE,)))
                puts[CIVIL] = Agency(
                    id=CIVIL, name="市民政局", agency_kind=AgencyKind.BODY, jurisdiction=CITY, fills=fills
                )
            elif id_ in state and id_ != ONE and id_ not in puts:
                of = {one.id for one in state.values() if isinstance(one, Field) and one.resource == id_}
                deletes |= {id_, *of}
        puts = {key: record for key, record in puts.items() if key not in deletes}
        deletes |= {key for key, record in puts.items() if isinstance(record, Field) and record.resource in deletes}
        puts = {key: record for key, record in puts.items() if key not in deletes}
        deletes &= state.keys()
        state = {key: record for key, record in (state | puts).items() if key not in deletes}
        yield list(puts.values()), sorted(deletes)


@pytest.mark.parametrize("seed", [1, 2])
async def test_kept_by_each_change_they_are_the_same_as_worked_out_anew(ruled: Store, seed: int) -> None:
    """``check`` works all gaps out anew and compares; shared records unite, so the store's own state is what counts."""
    await ruled.apply(change_set(*BROKEN))
    changing = mutations(random.Random(seed))
    for _ in range(15):
        puts, deletes = next(changing)
        await ruled.apply(change_set(*puts, deletes=deletes))
        assert [issue.message for issue in await ruled.check()] == []


async def test_both_ways_of_counting_agree(ruled: Store) -> None:
    await ruled.apply(change_set(*BROKEN))
    found = await gaps(ruled)
    for kind in GapKind:
        page = await ruled.read(Question(Kind.GAP, Shape(), (Equals("gap_kind", (kind.value,)),), count=True))
        assert page.total == len(told(found, kind))
