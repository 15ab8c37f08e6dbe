from __future__ import annotations

import datetime as dt
import random
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.changes import ChangeSet, check, merge, missing, references, unite
from catalog.codec import to_row
from catalog.errors import BadInput, InvalidChangeSet
from catalog.record import Record
from catalog.records import Agency, DataElement, Field, Provision, Regulation, Resource
from catalog.value import Jurisdiction, Responsibility, Span
from catalog.vocabulary import AgencyKind, Allocation, Confidence, Kind, Origin, ProvisionKind, RegulationKind, Role
from tests.catalog.strategies import any_record, records

AT = dt.datetime(2026, 11, 22, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))
AGENCY = Agency(id="org/a", name="公安局", agency_kind=AgencyKind.BODY)
RESOURCE = Resource(id="resource/a", name="人口信息", origin=Origin.REGISTERED)
LAW = Regulation(id="law/a", title="办法", short_title="办法", regulation_kind=RegulationKind.RULE)


def article(text: str, span: Span) -> Provision:
    return Provision(
        id="law/a.a1",
        regulation="law/a",
        provision_kind=ProvisionKind.ARTICLE,
        label="第一条",
        position=1,
        text=text,
        reading=text,
        span=span,
    )


def duty(agency: str, *roles: Role) -> Responsibility:
    return Responsibility(
        agency=agency, roles=roles, allocation=Allocation.SINGLE, confidence=Confidence.HIGH, literal="公安局"
    )


def changes(*puts: Record, **more: object) -> ChangeSet:
    return ChangeSet(**{"id": "c1", "at": AT, "actor": "test", "puts": puts, **more})  # type: ignore[arg-type]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


BROKEN = [
    (changes(AGENCY, replace(AGENCY, name="b")), "DUPLICATE_ID", "org/a is given 2 times"),
    (changes(AGENCY, deletes=("org/a",)), "PUT_AND_DELETED", "org/a is both written and deleted"),
    (changes(AGENCY, at=AT.replace(tzinfo=None)), "BAD_TIME", "no offset"),
    (changes(replace(AGENCY, id="resource/a")), "BROKEN_INVARIANT", "not of a AGENCY"),
    (changes(replace(AGENCY, id="公安局")), "BROKEN_INVARIANT", "is not an identifier"),
    (changes(replace(AGENCY, id="org/公安局")), "BROKEN_INVARIANT", "is not an identifier"),
    (changes(replace(LAW, id="law/a.a1")), "BROKEN_INVARIANT", "not of a REGULATION"),
    (changes(replace(AGENCY, name="")), "BROKEN_INVARIANT", "needs a name"),
    (changes(replace(RESOURCE, name="")), "BROKEN_INVARIANT", "needs a name"),
    (changes(replace(LAW, title="")), "BROKEN_INVARIANT", "needs a title"),
    (changes(replace(RESOURCE, responsibilities=(duty("org/a"),))), "BROKEN_INVARIANT", "names no role"),
    (
        changes(replace(LAW, effective=day("2016-12-01"), expires=day("2016-11-30"))),
        "BROKEN_INVARIANT",
        "ends on 2016-11-30, before",
    ),
    (
        changes(replace(LAW, effective=day("2016-12-01"), repealed=day("2016-11-30"))),
        "BROKEN_INVARIANT",
        "ends on 2016-11-30, before",
    ),
    (changes(article("一二三", Span(start=5, end=7, line=1))), "BROKEN_INVARIANT", "has 3 characters, its span 2"),
]


@pytest.mark.parametrize(("broken", "code", "message"), BROKEN)
def test_a_broken_change_set_is_refused_whole(broken, code, message):
    with pytest.raises(InvalidChangeSet) as caught:
        check(broken)
    (issue,) = caught.value.issues
    assert issue.code == code
    assert message in issue.message
    assert issue.message in caught.value.message


def test_every_broken_invariant_is_named():
    with pytest.raises(InvalidChangeSet, match="breaks 3 invariants") as caught:
        check(changes(replace(AGENCY, name=""), replace(RESOURCE, name=""), LAW, LAW))
    assert len({issue.id for issue in caught.value.issues}) == 3


FINE = [
    changes(),
    changes(AGENCY, RESOURCE, LAW, deletes=("org/b",), replaces=("source/a",)),
    changes(replace(LAW, effective=day("2016-12-01"), expires=day("2016-12-01"))),
    changes(article("一\r\n二", Span(start=5, end=9, line=1))),
    changes(replace(RESOURCE, responsibilities=(duty("org/a", Role.COLLECT),))),
]


@pytest.mark.parametrize("fine", FINE)
def test_a_whole_change_set_is_taken(fine):
    check(fine)


def test_references_name_what_must_exist():
    field = Field(id="field/a", resource="resource/a", position=1, name="姓名", text="姓名", source="source/a")
    resource = replace(RESOURCE, responsibilities=(duty("org/a", Role.COLLECT),), fulfils=("resource/b",))
    assert references([field, resource]) == {"resource/a", "source/a", "org/a", "resource/b"}
    assert references([]) == set()


def test_a_refusal_says_who_refers_to_what_is_missing():
    resource = replace(RESOURCE, responsibilities=(duty("org/ab", Role.COLLECT),))
    error = missing(changes(resource, deletes=("org/a",)), ["org/ab", "org/a"])
    assert isinstance(error, BadInput)
    assert [(issue.code, issue.message) for issue in error.issues] == [
        ("BROKEN_REFERENCE", "resource/a refers to org/ab (responsibilities.agency), which does not exist"),
        ("STILL_REFERRED_TO", "org/a is deleted but still referred to"),  # though org/ab begins with it
    ]


shared = st.sampled_from([Kind.AGENCY, Kind.DATA_ELEMENT]).flatmap(
    lambda kind: st.lists(records(kind).map(lambda r: replace(r, id="x/1", source=None)), min_size=3, max_size=3)
)


@settings(max_examples=150)
@given(shared)
def test_shared_records_unite_whatever_the_order(three):
    a, b, c = three
    assert unite(a, a) == a
    assert unite(a, b) == unite(b, a)
    assert unite(unite(a, b), c) == unite(a, unite(b, c))
    held = unite(unite(a, b), c)
    assert all(unite(held, one) == held for one in three)  # loading again changes nothing


@settings(max_examples=60)
@given(shared)
def test_uniting_loses_nothing_from_a_list(three):
    united = unite(three[0], three[1])
    for field in fields(united):
        value = getattr(united, field.name)
        if isinstance(value, tuple):
            assert set(value) == {*getattr(three[0], field.name), *getattr(three[1], field.name)}
        else:
            assert value in (getattr(three[0], field.name), getattr(three[1], field.name))


ELEMENT = DataElement(id="element/a", name="公民身份号码")
CITY = Jurisdiction(code=None, name="广州市")


@pytest.mark.parametrize(
    ("one", "other", "united"),
    [
        (AGENCY, replace(AGENCY, name="广州市公安局"), {"name": "广州市公安局"}),
        (replace(AGENCY, name="乙局"), replace(AGENCY, name="甲局"), {"name": "乙局"}),  # by code point
        (AGENCY, replace(AGENCY, credit_code="1"), {"credit_code": "1"}),
        (replace(AGENCY, aliases=("b", "a")), replace(AGENCY, aliases=("c", "a")), {"aliases": ("a", "b", "c")}),
        (replace(AGENCY, agency_kind=AgencyKind.CLASS), AGENCY, {"agency_kind": AgencyKind.BODY}),
        (ELEMENT, replace(ELEMENT, identity_key=True), {"identity_key": True}),
        (
            replace(AGENCY, jurisdiction=CITY),
            replace(AGENCY, jurisdiction=replace(CITY, code="440100")),
            {"jurisdiction": replace(CITY, code="440100")},
        ),
    ],
)
def test_of_two_values_the_one_that_says_more_wins(one, other, united):
    assert unite(one, other) == unite(other, one) == replace(one, **united)


@pytest.mark.parametrize(
    ("held", "given_"),
    [
        (replace(AGENCY, source="source/a", name="很长的名称"), replace(AGENCY, source="source/a")),
        (AGENCY, replace(AGENCY, source="source/a", name="a")),
        (replace(AGENCY, source="source/a", name="很长的名称"), AGENCY),
        (replace(RESOURCE, name="很长的名称", aliases=("a",)), RESOURCE),  # not of a shared kind
    ],
)
def test_every_other_record_is_replaced(held, given_):
    assert unite(held, given_) == given_


@settings(max_examples=40)
@given(st.lists(any_record(), max_size=8), st.randoms(use_true_random=False))
def test_merging_keeps_the_order_of_first_appearance(given_, rng: random.Random):
    merged = merge(given_)
    assert [record.id for record in merged] == list(dict.fromkeys(record.id for record in given_))
    assert merge(merged) == merged
    shuffled = rng.sample(given_, len(given_))
    united = {record.id: to_row(record) for record in merged if isinstance(record, Agency) and record.source is None}
    sourced = {record.id for record in given_ if record.source is not None}
    again = {record.id: to_row(record) for record in merge(shuffled)}
    assert all(again[key] == row for key, row in united.items() if key not in sourced)
