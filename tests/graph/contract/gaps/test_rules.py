"""Each rule: when it holds, when it does not, and on which day it begins and ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest

from catalog.record import Record
from catalog.records import Agency
from catalog.value import DemandEvent
from catalog.vocabulary import (
    AgencyKind,
    Allocation,
    ClockUnit,
    ConditionKind,
    Confidence,
    DemandStatus,
    FrequencyCode,
    GapKind,
    Regime,
    RegulationKind,
    Role,
    Severity,
    ShareType,
    Topic,
)
from graph.port import Store
from tests.graph.contract.gaps.world import (
    CITY,
    CIVIL,
    DUTY,
    FROM,
    LAW,
    NATIONAL,
    OFFICE,
    OTHER,
    POLICE,
    PROVINCE,
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
    held,
    law,
    registered,
    rule,
    statutory,
    told,
)
from tests.graph.samples import change_set

ONE, TWO = "resource/r-1", "resource/r-2"
NEW = "law/440100-2018-y"
D = dt.date


@dataclass(frozen=True)
class Case:
    """What is loaded, and the gaps of the kind: subject, first day, first day no longer, article."""

    name: str
    records: tuple[Record, ...]
    gaps: tuple[tuple[str, str, str, int], ...] = ()


def of(
    kind: GapKind,
    common: tuple[Record, ...],
    *cases: tuple[str, tuple[Record, ...], list[tuple[str, str, str, int]]],
) -> tuple[GapKind, list[Case]]:
    """The cases of a kind, of which ``common`` is a part each."""
    return kind, [Case(name, (*agencies(), *common, *records), tuple(gaps_)) for name, records, gaps_ in cases]


ASSIGNS = (law(ends=UNTIL), article(9))
DUTIES = of(
    GapKind.DUTY_UNREGISTERED,
    (),
    ("nobody registered it", (*ASSIGNS, statutory()), [(DUTY, "2016-07-01", "2021-07-01", 9)]),
    ("a text without an end", (law(), article(9), statutory()), [(DUTY, "2016-07-01", "", 9)]),
    ("repealed before it expires", (law(ends=UNTIL, repealed=D(2018, 1, 1)), article(9), statutory()), [(DUTY, "2016-07-01", "2018-01-01", 9)]),
    ("registered", (*ASSIGNS, statutory(), registered(fulfils=(DUTY,))), []),
    ("a draft assigns nothing", (law(draft=True), article(9), statutory()), []),
    ("a text that does not say from when", (law(begins=None), article(9), statutory()), []),
    ("another statutory resource does not fulfil it", (*ASSIGNS, statutory(), statutory("resource/440100-b", fulfils=(DUTY,))), [("resource/440100-b", "2016-07-01", "2021-07-01", 9), (DUTY, "2016-07-01", "2021-07-01", 9)]),
    ("a party registers nothing", (*ASSIGNS, Agency(id="org/x", name="用能单位", agency_kind=AgencyKind.PARTY), statutory(agency="org/x")), []),
)  # fmt: skip
FIELDS = of(
    GapKind.FIELDS_MISSING,
    (*ASSIGNS, statutory(), field(DUTY, "曾用名", aliases=("原名",)), field(DUTY, "婚姻状况", data_element="element/marriage"), element(), registered(fulfils=(DUTY,))),
    ("none of two", (), [(ONE, "2016-07-01", "2021-07-01", 9)]),
    ("both, one by another width and script", (field(ONE, "曾用名"), field(ONE, "婚姻狀況")), []),
    ("one by alias, one by meaning", (field(ONE, "原名"), field(ONE, "婚否", data_element="element/marriage")), []),
    ("one by an alias of its own", (field(ONE, "旧名", aliases=("曾用名",)), field(ONE, "婚姻状况")), []),
    ("one is missing", (field(ONE, "曾用名"),), [(ONE, "2016-07-01", "2021-07-01", 9)]),
)  # fmt: skip
BEYOND = (law(), *rule(Topic.APPLICATION, "属于政府信息共享目录之外的，应当提请决定", 19))
ALONE = demand(provider=None)
PROVIDERS = of(
    GapKind.NO_PROVIDER,
    BEYOND,
    ("nobody", (ALONE,), [("demand/1", "2020-03-02", "", 19)]),
    ("asked before the text was in force", (replace(ALONE, requested=D(2010, 1, 1)),), [("demand/1", "2016-07-01", "", 19)]),
    ("without a date", (replace(ALONE, requested=None),), [("demand/1", "2016-07-01", "", 19)]),
    ("a provider is asked", (demand(),), []),
    ("a resource is named", (replace(ALONE, resource=ONE), registered()), []),
    ("a resource that nobody provides", (replace(ALONE, resource=ONE), replace(registered(), responsibilities=())), [("demand/1", "2020-03-02", "", 19)]),
    ("a field means it", (replace(ALONE, elements=("element/marriage",)), element(), registered(), field(ONE, "婚否", data_element="element/marriage")), []),
    ("only the law lists a field that means it", (replace(ALONE, elements=("element/marriage",)), element(), statutory(), article(9), field(DUTY, "婚否", data_element="element/marriage")), [("demand/1", "2020-03-02", "", 19)]),
    ("provided", (replace(ALONE, status=DemandStatus.PROVIDED),), []),
    ("withdrawn", (replace(ALONE, status=DemandStatus.WITHDRAWN),), []),
)  # fmt: skip
REFUSALS = of(
    GapKind.REFUSED_DEMAND,
    (law(ends=UNTIL), *rule(Topic.DISPUTE, "答复不予共享的，由主管部门组织供需双方协商", 35)),
    ("refused on a day", (demand(status=DemandStatus.REPLIED_NO, history=(DemandEvent(at=D(2020, 3, 9), status=DemandStatus.REPLIED_NO),)),), [("demand/1", "2020-03-09", "2021-07-01", 35)]),
    ("refused, no day known", (demand(status=DemandStatus.REPLIED_NO),), [("demand/1", "2020-03-02", "2021-07-01", 35)]),
    ("refused after the text expired", (demand(status=DemandStatus.REPLIED_NO, requested=D(2021, 7, 1)),), []),
    ("agreed", (demand(status=DemandStatus.REPLIED_YES),), []),
)  # fmt: skip
OVERDUE = of(
    GapKind.REPLY_OVERDUE,
    (law(ends=UNTIL), *clock()),
    ("ten working days from a Monday", (demand(),), [("demand/1", "2020-03-17", "2021-07-01", 35)]),
    ("over a holiday", (demand(requested=D(2020, 9, 28)),), [("demand/1", "2020-10-20", "2021-07-01", 35)]),
    ("already told to be late", (demand(status=DemandStatus.NO_REPLY),), [("demand/1", "2020-03-17", "2021-07-01", 35)]),
    ("answered", (demand(status=DemandStatus.REPLIED_NO),), []),
    ("nobody was asked", (demand(provider=None),), []),
    ("the resource's provider was asked", (demand(provider=None, resource=ONE), registered()), [("demand/1", "2020-03-17", "2021-07-01", 35)]),
    ("asked before the clock was in force", (demand(requested=D(2016, 6, 30)),), []),
    ("asked on its first day", (demand(requested=FROM),), [("demand/1", "2016-07-16", "2021-07-01", 35)]),
    ("due after the text expired", (demand(requested=D(2021, 6, 25)),), []),
    ("a year whose holidays are unknown", (demand(requested=D(1998, 3, 2)),), []),
    ("no day known", (demand(requested=None),), []),
)  # fmt: skip
BAN = (law(), *rule(Topic.NO_REPEATED_COLLECTION, "不得重复采集", 13, kind=ConditionKind.PROHIBITION), element())
TWICE = (
    registered(),
    registered(TWO, CIVIL),
    field(ONE, "婚姻状况", data_element="element/marriage"),
    field(TWO, "婚否", data_element="element/marriage"),
)
LISTS = (
    statutory("resource/s-1", agency=POLICE),
    article(9),
    field("resource/s-1", "婚", data_element="element/marriage"),
)


def filling() -> Agency:
    """The police, filling the office."""
    return Agency(id=POLICE, name="市公安局", agency_kind=AgencyKind.BODY, jurisdiction=CITY, fills=(OFFICE,))


DUPLICATES = of(
    GapKind.DUPLICATE_COLLECTION,
    BAN,
    ("two agencies, each for itself", TWICE, [("element/marriage", "2016-07-01", "", 13)] * 2),
    ("three", (*TWICE, registered("resource/r-3", OFFICE), field("resource/r-3", "婚", data_element="element/marriage")), [("element/marriage", "2016-07-01", "", 13)] * 3),
    ("the law lists it for one of them", (*TWICE, *LISTS), [("element/marriage", "2016-07-01", "", 13)]),
    ("until the text ends", (*TWICE, statutory("resource/s-1", 3, NEW, POLICE), field("resource/s-1", "婚", data_element="element/marriage"), law(NEW, begins=D(2018, 1, 1), ends=UNTIL), article(3, NEW)), [("element/marriage", "2016-07-01", "2018-01-01", 13), ("element/marriage", "2016-07-01", "2018-01-01", 13), ("element/marriage", "2018-01-01", "2021-07-01", 13), ("element/marriage", "2021-07-01", "", 13), ("element/marriage", "2021-07-01", "", 13)]),
    ("for the office that one of them fills, by what it fulfils", (filling(), registered(fulfils=(DUTY,)), *TWICE[1:], statutory(), article(9)), [("element/marriage", "2016-07-01", "", 13)]),
    ("for both", (*TWICE, *LISTS, statutory("resource/s-2", agency=CIVIL), field("resource/s-2", "婚", data_element="element/marriage")), []),
    ("for an agency that does not collect it", (*TWICE, Agency(id="org/x", name="市统计局", agency_kind=AgencyKind.BODY, jurisdiction=CITY), statutory(agency="org/x"), article(9), field(DUTY, "婚", data_element="element/marriage")), [("element/marriage", "2016-07-01", "", 13)] * 2),
    ("to provide, not to collect", (*TWICE, replace(LISTS[0], responsibilities=(held(POLICE, cites(9)),)), *LISTS[1:]), [("element/marriage", "2016-07-01", "", 13)] * 2),
    ("in a draft", (*TWICE, statutory("resource/s-1", 3, NEW, POLICE), field("resource/s-1", "婚", data_element="element/marriage"), law(NEW, draft=True), article(3, NEW)), [("element/marriage", "2016-07-01", "", 13)] * 2),
    ("the same name without a meaning", (registered(), registered(TWO, CIVIL), field(ONE, "婚姻状况"), field(TWO, "婚姻状况")), []),
    ("one agency twice", (registered(), registered(TWO), *TWICE[2:]), []),
    ("two places", (registered(), registered(TWO, CIVIL, OTHER), *TWICE[2:]), []),
    ("an identity key", (*TWICE, element(identity_key=True)), []),
    ("the law's own list", (registered(), statutory(TWO), article(9), *TWICE[2:]), []),
)  # fmt: skip
BASIS = of(
    GapKind.NO_BASIS,
    (law(), *rule(Topic.SHARE_TYPE, "列为不予共享类的，应当提供法律、法规依据", 14)),
    ("not shared", (registered(share_type=ShareType.NOT_SHARED),), [(ONE, "2016-07-01", "", 14)]),
    ("not shared, with a citation", (registered(share_type=ShareType.NOT_SHARED, basis=(cites(14),)),), []),
    ("conditional, and the text is silent", (registered(share_type=ShareType.CONDITIONAL),), []),
    ("conditional, and the text demands it", (registered(share_type=ShareType.CONDITIONAL), *rule(Topic.SHARE_TYPE, "列为有条件共享类的，应当说明依据", 15)), [(ONE, "2016-07-01", "", 15)]),
    ("shared", (registered(),), []),
    ("elsewhere", (registered(share_type=ShareType.NOT_SHARED, place=OTHER),), []),
    ("no place", (registered(share_type=ShareType.NOT_SHARED, place=None),), []),
)  # fmt: skip
OLD = "law/440100-2010-z"
LAPSES = of(
    GapKind.LAPSED_BASIS,
    (law(ends=UNTIL), article(3), law(OLD, begins=D(2010, 1, 1), repealed=D(2016, 7, 1)), article(3, OLD)),
    ("expired", (registered(basis=(cites(3),)),), [(ONE, "2021-07-01", "", 3)]),
    ("the last of two", (registered(basis=(cites(3, OLD), cites(3))),), [(ONE, "2021-07-01", "", 3)]),
    ("one stays in force", (registered(basis=(cites(3), cites(3, NEW))), law(NEW), article(3, NEW)), []),
    ("one is not loaded", (registered(basis=(cites(3), replace(cites(3), provision=None, regulation=None))),), []),
    ("a draft", (registered(basis=(cites(3, NEW),)), law(NEW, draft=True, begins=None), article(3, NEW)), [(ONE, "", "", 3)]),
    ("a statutory resource", (statutory(number=3),), [(DUTY, "2021-07-01", "", 3)]),
    ("the article on validity is cited", (registered(basis=(cites(3),)), *rule(Topic.VALIDITY, "有效期5年", 50)), [(ONE, "2021-07-01", "", 50)]),
    ("nothing is cited", (registered(),), []),
)  # fmt: skip
KEYS = of(
    GapKind.NO_IDENTITY_KEY,
    (law(), *rule(Topic.IDENTITY_KEY, "其中自然人信息应当以法定身份证件作为标识提供", 16)),
    ("people without a key", (registered(), field(ONE, "姓名")), [(ONE, "2016-07-01", "", 16)]),
    ("an article that exempts an agency is not cited where another binds all", (registered(), field(ONE, "姓名"), *rule(Topic.IDENTITY_KEY, "除公安机关以外，各部门提供自然人信息应当以公民身份号码作为标识", 10)), [(ONE, "2016-07-01", "", 16)]),
    ("people with one", (registered(), field(ONE, "姓名"), field(ONE, "公民身份号码", identity_key=True)), []),
    ("a contact's name is no list of people", (registered(), field(ONE, "联系人姓名")), []),
    ("organisations, of which the text is silent", (registered(), field(ONE, "单位名称")), []),
    ("organisations", (registered(), field(ONE, "单位名称"), *rule(Topic.IDENTITY_KEY, "法人信息应当以组织机构代码作为标识", 17)), [(ONE, "2016-07-01", "", 17)]),
)  # fmt: skip
UPDATES = (law(), *rule(Topic.UPDATE, "行政机关应当及时更新共享信息", 17))
STALES = of(
    GapKind.STALE,
    UPDATES,
    ("yearly", (registered(update_frequency=every(FrequencyCode.ANNUAL), modified=D(2020, 2, 29)),), [(ONE, "2021-03-01", "", 17)]),
    ("monthly, from a long month", (registered(update_frequency=every(FrequencyCode.MONTHLY), modified=D(2020, 1, 31)),), [(ONE, "2020-03-01", "", 17)]),
    ("daily, from its publication", (registered(update_frequency=every(FrequencyCode.DAILY), issued=D(2020, 1, 31)),), [(ONE, "2020-02-02", "", 17)]),
    ("the change counts, not the publication", (registered(update_frequency=every(FrequencyCode.WEEKLY), issued=D(2019, 1, 1), modified=D(2020, 1, 1)),), [(ONE, "2020-01-09", "", 17)]),
    ("every two quarters, in words", (registered(update_frequency=every(FrequencyCode.OTHER, text="每两个季度", amount=2, unit=ClockUnit.QUARTER), modified=D(2020, 1, 1)),), [(ONE, "2020-07-02", "", 17)]),
    ("another interval without a number", (registered(update_frequency=every(FrequencyCode.OTHER, text="按需"), modified=D(2020, 1, 1)),), []),
    ("real time shows no date", (registered(update_frequency=every(FrequencyCode.REAL_TIME), modified=D(2020, 1, 1)),), []),
    ("no frequency", (registered(update_frequency=None, modified=D(2020, 1, 1)),), []),
    ("no date", (registered(update_frequency=every(FrequencyCode.ANNUAL)),), []),
    ("late before the text was in force", (registered(update_frequency=every(FrequencyCode.ANNUAL), modified=D(2010, 1, 1)),), [(ONE, "2016-07-01", "", 17)]),
)  # fmt: skip
LISTED = (
    law(),
    *rule(
        Topic.CATALOGUE_ELEMENTS,
        "目录应当包括",
        30,
        elements=("名称", "内容", "信息更新频度", "信息所在平台", "使用范围", "共享期限"),
    ),
)
ELEMENTS = of(
    GapKind.INCOMPLETE_METADATA,
    LISTED,
    ("whole", (registered(),), []),
    ("no platform", (registered(platform=None),), [(ONE, "2016-07-01", "", 30)]),
    ("no frequency", (registered(update_frequency=None),), [(ONE, "2016-07-01", "", 30)]),
    ("neither summary nor items", (registered(summary=None),), [(ONE, "2016-07-01", "", 30)]),
    ("items instead of a summary", (registered(summary=None), field(ONE, "姓名")), []),
    ("shared with all needs no condition", (registered(share_condition=None),), []),
    ("conditional without the condition", (registered(share_type=ShareType.CONDITIONAL),), [(ONE, "2016-07-01", "", 30)]),
    ("what the text does not list", (registered(contact=None),), []),
)  # fmt: skip
PERSONS = of(
    GapKind.NO_RESPONSIBLE_PERSON,
    (law(), *rule(Topic.STAFFING, "并指定专人负责政府信息共享工作", 29)),
    ("named nowhere", (registered(contact=None), registered(TWO, contact=None)), [(POLICE, "2016-07-01", "", 29)]),
    ("named once", (registered(), registered(TWO, contact=None)), []),
    ("each agency for itself", (registered(contact=None), registered(TWO, CIVIL)), [(POLICE, "2016-07-01", "", 29)]),
    ("who registers nothing", (), []),
)  # fmt: skip
QUOTED = registered(contact=None, summary='说 "contact":null 的人', platform=None, name='"platform":null')
TIMES = of(
    GapKind.STALE,
    (registered(update_frequency=every(FrequencyCode.ANNUAL), modified=D(2017, 1, 1)),),
    ("the newer text, while both hold", (*UPDATES, law(NEW, begins=D(2019, 1, 1), ends=UNTIL), *rule(Topic.UPDATE, "应当更新", 3, NEW)), [(ONE, "2018-01-02", "2019-01-01", 17), (ONE, "2019-01-01", "2021-07-01", 3), (ONE, "2021-07-01", "", 17)]),
    ("the city's own before the province's", (*UPDATES, law(NEW, begins=D(2019, 1, 1), place=PROVINCE), *rule(Topic.UPDATE, "应当更新", 3, NEW)), [(ONE, "2018-01-02", "", 17)]),
    ("the province's where the city has none", (law(NEW, begins=D(2019, 1, 1), place=PROVINCE), *rule(Topic.UPDATE, "应当更新", 3, NEW)), [(ONE, "2019-01-01", "", 3)]),
    ("the state's where nobody else has one", (law(NEW, begins=D(2019, 1, 1), place=NATIONAL, regulation_kind=RegulationKind.STATUTE), *rule(Topic.UPDATE, "应当更新", 3, NEW)), [(ONE, "2019-01-01", "", 3)]),
    ("not a text of no known place", (law(NEW, place=NATIONAL), *rule(Topic.UPDATE, "应当更新", 3, NEW)), []),
    ("not another city's", (law(NEW, place=OTHER), *rule(Topic.UPDATE, "应当更新", 3, NEW)), []),
    ("not a text on disclosure", (law(title="政府信息公开规定"), *rule(Topic.UPDATE, "应当更新", 3)), []),
    ("not a draft", (law(draft=True), *rule(Topic.UPDATE, "应当更新", 3)), []),
)  # fmt: skip
TABLES = (
    DUTIES,
    FIELDS,
    PROVIDERS,
    REFUSALS,
    OVERDUE,
    DUPLICATES,
    BASIS,
    LAPSES,
    KEYS,
    STALES,
    ELEMENTS,
    PERSONS,
    TIMES,
)


@pytest.mark.parametrize(("kind", "cases"), TABLES, ids=[f"{kind}{n}" for n, (kind, _) in enumerate(TABLES)])
async def test_a_gap_holds_on_its_days_by_its_article(ruled: Store, kind: GapKind, cases: list[Case]) -> None:
    """The cases follow one another in one store: each replaces the one before, so gaps come and go with their causes."""
    before: set[str] = set()
    for case in cases:
        records = {record.id: record for record in case.records}
        await ruled.apply(change_set(*records.values(), deletes=before - records.keys()))
        before = set(records)
        found = told(await gaps(ruled), kind)
        assert [(*one[:3], int(one[3].rpartition(".a")[2])) for one in found] == sorted(case.gaps), case.name
    assert await ruled.check() == []


def test_every_kind_has_its_table() -> None:
    assert {kind for kind, _ in TABLES} == set(GapKind)


async def test_words_that_look_like_json_are_words(ruled: Store) -> None:
    await ruled.apply(change_set(*agencies(), *LISTED, *rule(Topic.STAFFING, "指定专人负责共享", 29), QUOTED))
    kinds = {gap.gap_kind: gap for gap in await gaps(ruled)}
    assert kinds[GapKind.INCOMPLETE_METADATA].message == "缺少目录内容：信息所在平台"
    named = replace(QUOTED, contact="王某", platform="平台")
    await ruled.apply(change_set(named))
    assert await gaps(ruled) == []


async def test_a_gap_says_whose_it_is_why_and_what_shows_it(ruled: Store) -> None:
    filled = Agency(id=POLICE, name="市公安局", agency_kind=AgencyKind.BODY, jurisdiction=CITY, fills=(OFFICE,))
    others = [one for one in agencies() if one.id != POLICE]
    await ruled.apply(change_set(*others, filled, *ASSIGNS, statutory()))
    duty = next(gap for gap in await gaps(ruled) if gap.gap_kind is GapKind.DUTY_UNREGISTERED)
    assert duty.owner == POLICE, "the one body that fills the office"
    assert duty.because == ("办法x第9条规定由公安机关负责「户籍登记信息」。",)
    assert duty.evidence == (DUTY, f"{LAW}.a9", OFFICE)
    assert duty.citation == cites(9)


async def test_who_collects_again_owns_the_gap_and_the_laws_collector_is_shown(ruled: Store) -> None:
    await ruled.apply(change_set(*agencies(), *BAN, *TWICE))
    both = [gap for gap in await gaps(ruled) if gap.gap_kind is GapKind.DUPLICATE_COLLECTION]
    assert {gap.owner for gap in both} == {POLICE, CIVIL}
    for gap in both:
        mine, other = (POLICE, CIVIL) if gap.owner == POLICE else (CIVIL, POLICE)
        first, second = (TWICE[2].id, TWICE[3].id) if mine == POLICE else (TWICE[3].id, TWICE[2].id)
        assert gap.evidence == ("element/marriage", first, other, second)
        assert gap.message == "与另外1个部门登记了含义相同的信息项，没有条文指定由谁采集"
    await ruled.apply(change_set(*LISTS))
    (one,) = [gap for gap in await gaps(ruled) if gap.gap_kind is GapKind.DUPLICATE_COLLECTION]
    assert one.owner == CIVIL
    assert one.because == ("办法x第13条规定：「不得重复采集」", "办法x第9条规定由公安机关负责「户籍登记信息」。")
    assert one.evidence == ("element/marriage", TWICE[3].id, "resource/s-1", f"{LAW}.a9", POLICE, TWICE[2].id)
    assert one.message == "与另外1个部门登记了含义相同的信息项，法定由其他部门采集"
    await ruled.apply(change_set(statutory("resource/s-1", agency=OFFICE)))
    assert len([gap for gap in await gaps(ruled) if gap.gap_kind is GapKind.DUPLICATE_COLLECTION]) == 2
    await ruled.apply(change_set(filling()))
    (one,) = [gap for gap in await gaps(ruled) if gap.gap_kind is GapKind.DUPLICATE_COLLECTION]
    assert one.owner == CIVIL, "the police fill the office now"
    assert await ruled.check() == []


async def test_several_agencies_have_a_gap_each(ruled: Store) -> None:
    both = replace(statutory(), responsibilities=(held(OFFICE, cites(9)), held(CIVIL, cites(9)), held(CIVIL, cites(9))))
    await ruled.apply(change_set(*agencies(), *ASSIGNS, both))
    found = [gap for gap in await gaps(ruled) if gap.gap_kind is GapKind.DUTY_UNREGISTERED]
    assert sorted(gap.owner or "" for gap in found) == sorted([OFFICE, CIVIL])


async def test_what_the_text_does_not_divide_accuses_nobody(ruled: Store) -> None:
    spoken_for, other = (
        replace(held(agency, cites(9)), allocation=Allocation.UNDIVIDED, confidence=sure)
        for agency, sure in ((OFFICE, Confidence.HIGH), (CIVIL, Confidence.MEDIUM))
    )
    await ruled.apply(change_set(*agencies(), *ASSIGNS, replace(statutory(), responsibilities=(spoken_for, other))))
    found = {gap.owner: gap for gap in await gaps(ruled) if gap.gap_kind is GapKind.DUTY_UNREGISTERED}
    assert {owner: gap.severity for owner, gap in found.items()} == {OFFICE: Severity.WARNING, CIVIL: Severity.INFO}
    assert found[CIVIL].because == ("办法x第9条列有公安机关，但未写明「户籍登记信息」由其中哪个部门负责。",)


@pytest.mark.parametrize("name", ["其他共享信息库", "法律、法规规定应当公开的其他政务信息"])
async def test_a_residual_class_is_information(ruled: Store, name: str) -> None:
    await ruled.apply(change_set(*agencies(), *ASSIGNS, replace(statutory(), name=name)))
    (duty,) = [gap for gap in await gaps(ruled) if gap.gap_kind is GapKind.DUTY_UNREGISTERED]
    assert duty.severity is Severity.INFO
    assert "兜底条款" in duty.because[0]


@pytest.mark.parametrize(
    ("roles", "severity"),
    [((Role.LEAD, Role.MAINTAIN), Severity.WARNING), ((Role.COLLECT, Role.LEAD), Severity.ERROR)],
)
async def test_who_only_leads_is_warned(ruled: Store, roles: tuple[Role, ...], severity: Severity) -> None:
    leads = replace(held(OFFICE, cites(9)), roles=roles)
    await ruled.apply(change_set(*agencies(), *ASSIGNS, replace(statutory(), responsibilities=(leads,))))
    (duty,) = [gap for gap in await gaps(ruled) if gap.gap_kind is GapKind.DUTY_UNREGISTERED]
    assert duty.severity is severity


async def test_other_regimes_are_not_measured_by_the_law_of_sharing(ruled: Store) -> None:
    await ruled.apply(change_set(*agencies(), *LISTED, registered(platform=None, regime=Regime.DISCLOSURE)))
    assert await gaps(ruled) == []
