"""How a duty stands, as a table of cases."""

from __future__ import annotations

import pytest

from catalog.coverage import Item, Registration, element_state, missing, of_agency, share, state
from catalog.vocabulary import Allocation, CoverageState

A, B = Item.of("姓名"), Item.of("公民身份号码", element="element/id")
CIVIL, POLICE = "org/civil", "org/police"


def one(identifier: str, *items: Item, agencies: tuple[str, ...] = (CIVIL,)) -> Registration:
    return Registration(identifier, frozenset(agencies), items)


@pytest.mark.parametrize(
    ("listed", "found", "lapsed", "expected"),
    [
        ((A, B), (), False, CoverageState.MISSING),
        ((A, B), (one("r1", A, B),), False, CoverageState.COVERED),
        ((A, B), (one("r1", A),), False, CoverageState.PARTIAL),
        ((), (one("r1"),), False, CoverageState.COVERED),
        ((A, B), (one("r1", A, Item.of("证件号", element="element/id")),), False, CoverageState.COVERED),
        ((A,), (one("r1", Item.of("名字", ("姓 名",))),), False, CoverageState.COVERED),
        ((A, B), (one("r1", A, B), one("r2", A, B)), False, CoverageState.DUPLICATE),
        ((A, B), (one("r1", A, B),), True, CoverageState.LAPSED),
        ((A, B), (), True, CoverageState.LAPSED),
    ],
)
def test_the_state_of_a_duty(listed, found, lapsed, expected):
    assert state(listed, found, lapsed=lapsed) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), CoverageState.MISSING),
        ((one("r1", A),), CoverageState.PARTIAL),
        ((one("r1", A), one("r2", B)), CoverageState.COVERED),
        ((one("r1", B), one("r2", B)), CoverageState.DUPLICATE),
    ],
)
def test_the_state_of_an_element(found, expected):
    assert element_state("element/id", found, lapsed=False) is expected
    assert element_state("element/id", found, lapsed=True) is CoverageState.LAPSED


@pytest.mark.parametrize(
    ("allocation", "agencies", "counts"),
    [
        (Allocation.SINGLE, (CIVIL,), True),
        (Allocation.RESPECTIVE, (POLICE,), False),
        (Allocation.UNDIVIDED, (POLICE,), True),
        (Allocation.JOINT, (POLICE,), True),
        (Allocation.SINGLE, ("org/stranger",), True),
    ],
)
def test_whose_registrations_count(allocation, agencies, counts):
    found = (one("r1", A, agencies=agencies),)
    assert of_agency(CIVIL, allocation, (CIVIL, POLICE), found) == (found if counts else ())


def test_what_is_missing_is_named():
    assert missing((A, B), (one("r1", A),)) == (B,)


def test_the_share_leaves_out_what_has_lapsed():
    counts = dict.fromkeys(CoverageState, 0) | {
        CoverageState.COVERED: 1, CoverageState.DUPLICATE: 1, CoverageState.MISSING: 1, CoverageState.PARTIAL: 1,
        CoverageState.LAPSED: 9, CoverageState.NOT_APPLICABLE: 9,
    }  # fmt: skip
    assert share(counts) == 0.5
    assert share(dict.fromkeys(CoverageState, 0)) == 0.0
