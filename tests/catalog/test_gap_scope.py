"""What a change set makes gaps be looked at again for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from catalog.gaps.scope import DESCRIBED, Scope
from catalog.resource import Resource
from catalog.value import MetadataValue, Period, Place, Responsibility
from catalog.vocabulary import Allocation, Confidence, Origin, Role

DUTY = "resource/440100-duty"
HELD = Resource(id="resource/r-1", name="婚姻登记", origin=Origin.REGISTERED, fulfils=(DUTY,))
COLLECTS = Responsibility(
    agency="org/a", roles=(Role.COLLECT,), allocation=Allocation.DECLARED, confidence=Confidence.EXPLICIT, literal="甲"
)
OF_ITSELF: dict[str, Any] = {
    "modified": dt.date(2024, 1, 1), "issued": dt.date(2024, 1, 1), "summary": "说明", "contact": "王某",
    "metadata": (MetadataValue(element="备注", value="一", known=False),), "temporal": Period(start=dt.date(2020, 1, 1)),
    "licence": "自由使用", "place": Place(source="a.csv", row=3),
}  # fmt: skip


@pytest.mark.parametrize("name", DESCRIBED)
def test_what_a_resource_says_of_itself_concerns_no_data_element(name: str) -> None:
    scope = Scope()
    scope.change(HELD, replace(HELD, **{name: OF_ITSELF[name]}))
    assert scope.resources == {HELD.id, DUTY}
    assert scope.collected == set()


@pytest.mark.parametrize(
    "more",
    [{"responsibilities": (COLLECTS,)}, {"fulfils": ()}, {"name": "登记"}, {"contact": "王某", "aliases": ("婚",)}],
)
def test_any_other_change_concerns_what_its_items_mean(more: dict[str, Any]) -> None:
    scope = Scope()
    scope.change(HELD, replace(HELD, **more))
    assert scope.collected == {HELD.id}


def test_of_several_changes_of_one_resource_each_counts() -> None:
    quiet, loud = replace(HELD, contact="王某"), replace(HELD, fulfils=())
    for pairs in ([(HELD, quiet), (HELD, loud)], [(HELD, loud), (HELD, quiet)]):
        scope = Scope()
        for old, new in pairs:
            scope.change(old, new)
        assert scope.collected == {HELD.id}


def test_what_is_new_or_gone_concerns_what_its_items_mean() -> None:
    scope = Scope()
    scope.see(HELD)
    assert scope.collected == {HELD.id}
