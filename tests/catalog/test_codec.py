from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, replace
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from catalog import vocabulary as v
from catalog.codec import Link, encode, from_row, links, to_row
from catalog.records import RECORDS, Condition, Demand, Resource
from catalog.table import reference_paths
from catalog.value import Citation, Constraint, DemandEvent, Responsibility, Span
from catalog.vocabulary import Kind
from tests.catalog.strategies import any_record, records

PLAIN = (str, int, bool, type(None))


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    return [leaf for inner in value for leaf in leaves(inner)] if isinstance(value, list) else [value]


@pytest.mark.parametrize("kind", RECORDS, ids=str)
def test_rows_go_round(kind):
    @settings(max_examples=25)
    @given(records(kind))
    def check(record):
        row = to_row(record)
        assert from_row(kind, row) == record
        assert to_row(from_row(kind, row)) == row
        assert json.loads(encode(row)) == row
        assert {type(leaf) for leaf in leaves(row)} <= set(PLAIN)

    check()


@settings(max_examples=50)
@given(any_record())
def test_every_property_is_there_in_the_order_of_the_class(record):
    row = to_row(record)
    assert list(row) == [field.name for field in fields(record)]
    assert encode(row) == encode(to_row(replace(record)))


RESOURCE = Resource(id="resource/x1", name="a", origin=v.Origin.REGISTERED)


@pytest.mark.parametrize(
    "broken",
    [{"name": None}, {"name": 1}, {"origin": "NEITHER"}, {"cleared": 1}, {"issued": "2024-02-30"}, {"basis": [{}]}],
    ids=str,
)
def test_what_is_no_record_is_refused(broken):
    with pytest.raises(msgspec.ValidationError):
        from_row(Kind.RESOURCE, {**to_row(RESOURCE), **broken})


def test_a_row_without_an_obligatory_property_is_refused():
    row = to_row(RESOURCE)
    del row["origin"]
    with pytest.raises(msgspec.ValidationError, match="origin"):
        from_row(Kind.RESOURCE, row)


@pytest.mark.parametrize("kind", RECORDS, ids=str)
def test_links_are_all_references_and_nothing_else(kind):
    paths = {path.dotted: path.ref for path in reference_paths(kind)}

    def follow(value: Any, path: tuple[str, ...]) -> list[str]:
        found = value if isinstance(value, list) else [value]
        if not path:
            return [target for target in found if target is not None]
        return [target for inner in found if inner is not None for target in follow(inner[path[0]], path[1:])]

    @settings(max_examples=25)
    @given(records(kind))
    def check(record):
        row = to_row(record)
        found = list(links(kind, row))
        assert [link.path for link in found] == sorted((link.path for link in found), key=list(paths).index)
        for dotted, ref in paths.items():
            along = [link for link in found if link.path == dotted]
            assert [link.target for link in along] == follow(row, tuple(dotted.split(".")))
            assert {link.holder for link in along} <= {record.id}
            assert {tuple(name for name, _ in link.carried) for link in along} <= {ref.carries}
            assert [link.position for link in along] == sorted(link.position for link in along)

    check()


def held(agency: str, article: str | None) -> Responsibility:
    citation = Citation(text="依据", provision=article) if article else None
    return Responsibility(
        agency=agency, roles=(v.Role.PROVIDE,), allocation=v.Allocation.SINGLE, confidence=v.Confidence.HIGH,
        literal="公安局", citation=citation,
    )  # fmt: skip


CARRIED = (("roles", ["PROVIDE"]), ("allocation", "SINGLE"), ("confidence", "HIGH"), ("literal", "公安局"))
CONDITION = Condition(
    id="policy/x1", condition_kind=v.ConditionKind.DUTY, topic=v.Topic.OTHER, action="a", text="t",
    span=Span(start=0, end=1, line=1),
)  # fmt: skip
POSITIONS = [
    (
        replace(RESOURCE, responsibilities=(held("org/x1", None), held("org/x2", "law/x1.a2"))),
        [
            Link("resource/x1", "responsibilities.agency", 0, "org/x1", CARRIED),
            Link("resource/x1", "responsibilities.agency", 1, "org/x2", CARRIED),
            Link("resource/x1", "responsibilities.citation.provision", 1, "law/x1.a2"),
        ],
    ),
    (
        replace(RESOURCE, source="source/x1", fulfils=("resource/x2", "resource/x3")),
        [
            Link("resource/x1", "source", 0, "source/x1"),
            Link("resource/x1", "fulfils", 0, "resource/x2"),
            Link("resource/x1", "fulfils", 1, "resource/x3"),
        ],
    ),
    (
        replace(CONDITION, citation=Citation(text="", provision="law/x1.a1", regulation="law/x1"), governs=("law/x1",)),
        [
            Link("policy/x1", "governs", 0, "law/x1"),
            Link("policy/x1", "citation.provision", 0, "law/x1.a1"),
            Link("policy/x1", "citation.regulation", 0, "law/x1"),
        ],
    ),
    (replace(CONDITION, constraints=(Constraint(left_operand="", operator="", right_operand="", text=""),)), []),
    (
        Demand(
            id="demand/x1", agency="org/x1", what="a",
            history=tuple(
                DemandEvent(at=dt.date(2024, 1, 1), status=v.DemandStatus.SUBMITTED, by=by)
                for by in (None, "org/x2")
            ),
        ),
        [Link("demand/x1", "agency", 0, "org/x1"), Link("demand/x1", "history.by", 1, "org/x2")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("record", "found"), POSITIONS)
def test_links_carry_their_place_and_what_stands_beside(record, found):
    assert list(links(record.kind, to_row(record))) == found
