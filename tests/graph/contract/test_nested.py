"""Nested rows: references, embedded values, inverses, and how many statements they take."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.table import Ref, rows
from catalog.vocabulary import Kind
from graph.port import Store
from graph.shape import Equals, Nested, Question, Shape, Test
from tests.graph import samples
from tests.graph.samples import ARTICLE, CIVIL, DUTY, LAW, MARRIAGES, OFFICE, OLD_ARTICLE, OLD_LAW, PEOPLE, POLICE

NAME = Shape(frozenset({"name"}))
ID = Shape()


def one(key: str, nested: Nested, *properties: str) -> Shape:
    return Shape(frozenset(properties), ((key, nested),))


async def read(store: Store, kind: Kind, id: str, shape: Shape) -> Any:
    [row] = await store.get([id], shape, kind)
    return row


def ids(rows: Any) -> Any:
    return [row["id"] for row in rows] if isinstance(rows, list) else rows and rows["id"]


FORWARD = [
    (Kind.FIELD, "field/d-number", "resource", DUTY),
    (Kind.FIELD, "field/p-name", "data_element", None),
    (Kind.RESOURCE, PEOPLE, "source", samples.SHEET),
    (Kind.RESOURCE, PEOPLE, "regulation", None),
    (Kind.RESOURCE, PEOPLE, "fulfils", [DUTY]),
    (Kind.AGENCY, POLICE, "fills", [OFFICE]),
    (Kind.REGULATION, LAW, "issuers", [POLICE, CIVIL]),
    (Kind.PROVISION, ARTICLE, "mentions", [OFFICE, CIVIL]),
    (Kind.PROVISION, samples.ITEM, "parent", samples.PARAGRAPH),
    (Kind.CONDITION, "policy/reply", "clocks", ["clock/reply", "clock/extension"]),
    (Kind.CONDITION, "policy/reply", "governs", [DUTY, LAW]),
    (Kind.CLOCK, "clock/reply", "extension", "clock/extension"),
    (Kind.CLOCK, "clock/extension", "extension", None),
    (Kind.DEMAND, "demand/one", "elements", [samples.NUMBER_KEY, samples.MARRIAGE_KEY]),
    (Kind.GAP, "gap/one", "subject", MARRIAGES),
    (Kind.GAP, "gap/two", "subject", samples.MARRIAGE_KEY),
    (Kind.GAP, "gap/two", "owner", None),
    (Kind.GAP, "gap/one", "evidence", [MARRIAGES, "field/m-date"]),
]


@pytest.mark.parametrize(("kind", "id", "relation", "expected"), FORWARD)
async def test_references_lead_to_rows_in_the_order_of_the_list(
    full: Store, kind: Kind, id: str, relation: str, expected: Any
) -> None:
    row = await read(full, kind, id, one("there", Nested(relation, ID)))
    assert set(row) == {"id", "there"}
    assert ids(row["there"]) == expected


async def test_a_reference_may_be_asked_for_as_identifier_and_as_row(full: Store) -> None:
    shape = one("of", Nested("resource", NAME), "resource")
    row = await read(full, Kind.FIELD, "field/d-number", shape)
    assert row == {"id": "field/d-number", "resource": DUTY, "of": {"id": DUTY, "name": "人口基本信息"}}


async def test_rows_of_several_kinds_tell_their_kind_and_lack_what_their_kind_lacks(full: Store) -> None:
    row = await read(full, Kind.CONDITION, "policy/reply", one("governs", Nested("governs", NAME)))
    assert row["governs"] == [
        {"id": DUTY, "kind": "RESOURCE", "name": "人口基本信息"},
        {"id": LAW, "kind": "REGULATION", "name": None},
    ]


INVERSE = [
    (Kind.RESOURCE, DUTY, "fields", ["field/d-number", "field/d-marriage"]),
    (Kind.RESOURCE, DUTY, "fulfilled_by", [PEOPLE]),
    (Kind.RESOURCE, DUTY, "conditions", ["policy/reply"]),
    (Kind.RESOURCE, PEOPLE, "demands", ["demand/one"]),
    (Kind.RESOURCE, MARRIAGES, "gaps", ["gap/one"]),
    (Kind.RESOURCE, DUTY, "gaps", []),
    (Kind.DATA_ELEMENT, samples.NUMBER_KEY, "fields", ["field/d-number", "field/p-number"]),
    (Kind.AGENCY, OFFICE, "filled_by", [POLICE]),
    (Kind.AGENCY, OFFICE, "mentions", [ARTICLE]),
    (Kind.AGENCY, CIVIL, "demands", ["demand/one"]),
    (Kind.REGULATION, LAW, "provisions", [ARTICLE, samples.PARAGRAPH, samples.ITEM, f"{LAW}.a10"]),
    (Kind.REGULATION, LAW, "resources", [DUTY]),
    (Kind.REGULATION, LAW, "conditions", ["policy/secret", "policy/reply"]),
    (Kind.REGULATION, LAW, "clocks", ["clock/reply", "clock/extension"]),
    (Kind.REGULATION, LAW, "issues", ["issue/one"]),
    (Kind.REGULATION, LAW, "governed_by", ["policy/secret", "policy/reply"]),
    (Kind.PROVISION, ARTICLE, "children", [samples.PARAGRAPH]),
    (Kind.CLOCK, "clock/reply", "conditions", ["policy/reply"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "id", "relation", "expected"), INVERSE)
async def test_inverses_lead_to_the_holders_in_their_order(
    full: Store, kind: Kind, id: str, relation: str, expected: list[str]
) -> None:
    row = await read(full, kind, id, one("there", Nested(relation, ID, count=True)))
    assert row == {"id": id, "there": [{"id": one} for one in expected], "there#count": len(expected)}
    row = await read(full, kind, id, one("there", Nested(relation, ID, descending=True)))
    assert ids(row["there"]) == expected[::-1]


async def test_citations_lead_back_to_every_kind_that_cites_and_to_each_once(full: Store) -> None:
    row = await read(full, Kind.PROVISION, ARTICLE, one("cited_by", Nested("cited_by", ID, count=True)))
    assert [(found["kind"], found["id"]) for found in row["cited_by"]] == [
        ("CLOCK", "clock/extension"),
        ("CLOCK", "clock/reply"),
        ("DEMAND", "demand/one"),
        ("FIELD", "field/d-number"),
        ("CONDITION", "policy/reply"),
        ("RESOURCE", DUTY),
    ]
    assert row["cited_by#count"] == 6
    shape = one("cited_by", Nested("cited_by", ID, first=2, after=("clock/reply",)))
    assert ids((await read(full, Kind.PROVISION, ARTICLE, shape))["cited_by"]) == ["demand/one", "field/d-number"]
    row = await read(full, Kind.PROVISION, OLD_ARTICLE, one("cited_by", Nested("cited_by", ID)))
    assert ids(row["cited_by"]) == [LAW, samples.PARAGRAPH]


async def test_embedded_values_hold_their_references_as_rows(full: Store) -> None:
    citation = Shape(frozenset({"text"}), (("provision", Nested("provision", Shape(frozenset({"label"})))),))
    shape = one(
        "responsibilities",
        Nested(
            "responsibilities",
            Shape(
                frozenset({"roles"}), (("agency", Nested("agency", NAME)), ("citation", Nested("citation", citation)))
            ),
        ),
    )
    row = await read(full, Kind.RESOURCE, DUTY, shape)
    assert row["responsibilities"] == [
        {
            "roles": ["COLLECT", "PROVIDE"],
            "agency": {"id": OFFICE, "name": "公安机关"},
            "citation": {"text": "细则第九条", "provision": {"id": ARTICLE, "label": "第九条"}},
        },
        {"roles": ["VERIFY"], "agency": {"id": CIVIL, "name": "广州市民政局"}, "citation": None},
    ]


VALUES = [
    (Kind.RESOURCE, DUTY, "basis", "regulation", [LAW, OLD_LAW]),
    (Kind.RESOURCE, DUTY, "basis", "provision", [ARTICLE, None]),
    (Kind.REGULATION, LAW, "relations", "regulation", [OLD_LAW, None]),
    (Kind.PROVISION, samples.PARAGRAPH, "references", "target", [OLD_ARTICLE]),
    (Kind.PROVISION, samples.PARAGRAPH, "references", "regulation", [OLD_LAW]),
    (Kind.DEMAND, "demand/one", "history", "by", [CIVIL, POLICE]),
    (Kind.DEMAND, "demand/one", "authority", "provision", [ARTICLE]),
    (Kind.FIELD, "field/d-number", "basis", "provision", [ARTICLE]),
]  # fmt: skip


async def test_a_value_s_own_kind_is_a_property_like_any_other(full: Store) -> None:
    relation = Shape(frozenset({"kind"}), (("regulation", Nested("regulation", ID)),))
    row = await read(full, Kind.REGULATION, LAW, Shape(nested=(("relations", Nested("relations", relation)),)))
    assert row["relations"]
    assert all(one["kind"] and set(one) == {"kind", "regulation"} for one in row["relations"])


@pytest.mark.parametrize(("kind", "id", "value", "reference", "expected"), VALUES)
async def test_every_reference_inside_a_list_of_values_is_followed(
    full: Store, kind: Kind, id: str, value: str, reference: str, expected: list[str | None]
) -> None:
    row = await read(full, kind, id, one(value, Nested(value, one(reference, Nested(reference, ID)))))
    assert [held[reference] and held[reference]["id"] for held in row[value]] == expected


@pytest.mark.parametrize("kind", [Kind.CLOCK, Kind.CONDITION, Kind.GAP])
async def test_a_single_value_is_a_row_or_none(full: Store, kind: Kind) -> None:
    shape = one("citation", Nested("citation", one("provision", Nested("provision", ID), "text")))
    page = await full.read(Question(kind, shape))
    told = {row["id"]: row["citation"] for row in page.rows}
    assert told.pop("gap/two", None) is None
    assert all(set(value) == {"text", "provision"} and value["provision"]["id"] for value in told.values())


async def test_an_agency_s_responsibilities_are_values_with_their_resource(full: Store) -> None:
    value = Shape(frozenset({"roles", "literal"}), (("resource", Nested("resource", NAME)),))
    row = await read(full, Kind.AGENCY, CIVIL, one("held", Nested("responsibilities", value, count=True)))
    assert row["held"] == [
        {"roles": ["VERIFY"], "literal": "民政部门", "resource": {"id": DUTY, "name": "人口基本信息"}},
        {"roles": ["PROVIDE", "COLLECT"], "literal": "民政局", "resource": {"id": MARRIAGES, "name": "婚姻登记信息"}},
    ]
    assert row["held#count"] == 2


ROLE_TESTS: list[tuple[tuple[Test, ...], list[str]]] = [
    ((Equals("roles", ("VERIFY",)),), [DUTY]),
    ((Equals("roles", ("COLLECT", "VERIFY")),), [DUTY, MARRIAGES]),
    ((Equals("roles", ("REPORT",)),), []),
    ((Equals("allocation", ("UNDIVIDED",)), Equals("confidence", ("LOW", "HIGH"))), [DUTY]),
]


@pytest.mark.parametrize(("tests", "expected"), ROLE_TESTS)
async def test_tests_on_values_keep_the_values_that_pass(
    full: Store, tests: tuple[Test, ...], expected: list[str]
) -> None:
    value = one("resource", Nested("resource", ID))
    nested = Nested("responsibilities", value, first=5, tests=tests, count=True)
    row = await read(full, Kind.AGENCY, CIVIL, one("held", nested))
    assert [held["resource"]["id"] for held in row["held"]] == expected
    assert row["held#count"] == len(expected)


async def test_pages_of_values_go_on_after_the_holder(full: Store) -> None:
    value = one("resource", Nested("resource", ID))
    for first, after, expected in [(1, None, [DUTY]), (1, (DUTY,), [MARRIAGES]), (5, (MARRIAGES,), [])]:
        nested = Nested("responsibilities", value, first=first, after=after, count=True)
        row = await read(full, Kind.AGENCY, CIVIL, one("held", nested))
        assert [held["resource"]["id"] for held in row["held"]] == expected
        assert row["held#count"] == 2


async def test_nested_pages_cut_count_and_go_on_for_each_parent(store: Store) -> None:
    await store.apply(samples.change_set(*samples.many(3, 7)))
    shape = one("page", Nested("fields", Shape(frozenset({"position"})), first=2, count=True))
    page = await store.read(Question(Kind.RESOURCE, shape))
    for row in page.rows:
        assert [field["position"] for field in row["page"]] == [1, 2]
        assert row["page#count"] == 7
    after = (2, "field/000001-1")
    shape = one("page", Nested("fields", ID, first=3, after=after, count=True))
    row = await read(store, Kind.RESOURCE, "resource/000001", shape)
    assert ids(row["page"]) == ["field/000001-2", "field/000001-3", "field/000001-4"]
    assert row["page#count"] == 7
    shape = one("page", Nested("fields", ID, after=(6, "field/000001-5"), descending=True, first=2))
    row = await read(store, Kind.RESOURCE, "resource/000001", shape)
    assert ids(row["page"]) == ["field/000001-4", "field/000001-3"]


async def test_tests_on_nested_rows_come_before_the_count(full: Store) -> None:
    tests = (Equals("provision_kind", ("ARTICLE",)),)
    nested = Nested("provisions", ID, first=1, tests=tests, count=True)
    row = await read(full, Kind.REGULATION, LAW, one("provisions", nested))
    assert (ids(row["provisions"]), row["provisions#count"]) == ([ARTICLE], 2)


async def test_one_relation_may_be_asked_for_twice_with_other_words(full: Store) -> None:
    keys = Nested("fields", ID, tests=(Equals("identity_key", (True,)),))
    shape = Shape(frozenset(), (("fields", Nested("fields", NAME)), ("keys", keys)))
    row = await read(full, Kind.RESOURCE, DUTY, shape)
    assert (ids(row["fields"]), ids(row["keys"])) == (["field/d-number", "field/d-marriage"], ["field/d-number"])


async def test_shapes_nest_as_deep_as_they_are_asked(full: Store) -> None:
    fields = one("resource", Nested("resource", one("fields", Nested("fields", NAME))), "name")
    deep = one("data_element", Nested("data_element", one("fields", Nested("fields", fields), "name")))
    row = await read(full, Kind.FIELD, "field/p-number", deep)
    element = row["data_element"]
    assert [field["name"] for field in element["fields"]] == ["公民身份号码", "身份证号"]
    assert ids(element["fields"][0]["resource"]["fields"]) == ["field/d-number", "field/d-marriage"]


async def test_meta_properties_stand_in_nested_rows_too(full: Store) -> None:
    row = await read(
        full, Kind.FIELD, "field/d-number", one("source", Nested("source", Shape(frozenset({"revision"}))))
    )
    assert row["source"] == {"id": samples.RULES, "revision": 1}


EVERYTHING = Shape(
    frozenset({"name"}),
    (
        ("fields", Nested("fields", one("data_element", Nested("data_element", NAME)), first=2, count=True)),
        ("responsibilities", Nested("responsibilities", one("agency", Nested("agency", NAME), "roles"))),
        ("source", Nested("source", ID)),
    ),
)


async def test_five_rows_and_a_hundred_take_the_same_number_of_statements(store: Store) -> None:
    await store.apply(samples.change_set(*samples.many(120)))
    taken = []
    for first in (5, 100):
        before = store.statements
        page = await store.read(Question(Kind.RESOURCE, EVERYTHING, first=first, count=True))
        assert len(page.rows) == first
        taken.append(store.statements - before)
    assert taken[0] == taken[1] > 0


@pytest.mark.parametrize("kind", Kind)
async def test_every_reference_property_may_be_nested(full: Store, kind: Kind) -> None:
    nested = tuple((row.name, Nested(row.name, ID)) for row in rows(kind) if isinstance(row.type, Ref))
    page = await full.read(Question(kind, Shape(frozenset(), nested), first=50))
    plain = await full.read(Question(kind, Shape(frozenset(key for key, _ in nested)), first=50))
    assert [{key: row[key] and ids(row[key]) for key, _ in nested} for row in page.rows] == [
        {key: row[key] for key, _ in nested} for row in plain.rows
    ]
