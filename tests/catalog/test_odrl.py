"""ODRL and back: nothing is lost, and the terms are ODRL's."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from catalog.condition import Condition
from catalog.odrl import condition, policy, rule, rules
from catalog.value import Constraint, Span
from catalog.vocabulary import ConditionKind, Kind, Topic
from tests.catalog.strategies import records

ONE = Condition(
    id="condition/x1",
    condition_kind=ConditionKind.PROHIBITION,
    topic=Topic.ONWARD_DISCLOSURE,
    action="提供",
    text="未经同意，使用单位不得向他人提供数据",
    span=Span(start=3, end=21, line=2),
    regulation="regulation/x1",
    actor=("使用单位",),
    agencies=("agency/x1",),
    counterparty=("他人",),
    trigger="未经同意",
    constraints=(
        Constraint(left_operand="payAmount", operator="lteq", right_operand="10000", text="1万元", unit="元"),
    ),
    exceptions=("法律另有规定的除外",),
    clocks=("clock/x1",),
    governs=("regulation/x1", "resource/x1"),
)


@given(records(Kind.CONDITION))
def test_a_condition_survives_the_way_there_and_back(one):
    assert condition(rule(one)) == one
    assert condition(json.loads(json.dumps(rule(one), ensure_ascii=False))) == one


@given(st.lists(records(Kind.CONDITION), max_size=6))
def test_so_does_a_text_of_them(several):
    numbered = [replace(one, position=number) for number, one in enumerate(several)]
    assert rules(policy("regulation/x1", numbered)) == numbered


def test_the_terms_are_those_of_odrl():
    found = rule(ONE)
    assert (found["@type"], found["uid"], found["action"]["name"]) == ("Prohibition", "condition/x1", "提供")
    assert [one["leftOperand"] for one in found["constraint"]] == [
        "event",
        "payAmount",
        "mulu:exception",
        "elapsedTime",
    ]
    assert [one["@type"] for one in found["assignee"]] == ["Party", "PartyCollection"]
    assert found["mulu:counterparty"] == [{"@type": "Party", "name": "他人"}]
    assert [one["@type"] for one in found["target"]] == ["AssetCollection", "Asset"]
    assert list(policy("regulation/x1", [ONE])) == ["@context", "@type", "uid", "prohibition"]
