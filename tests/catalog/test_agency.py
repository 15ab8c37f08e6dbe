"""Which agency a bare name means."""

from __future__ import annotations

from itertools import permutations

import pytest

from catalog.agency import Agency, denoted
from catalog.identifiers import agency_id
from catalog.value import Jurisdiction
from catalog.vocabulary import AgencyKind

HERE, THERE = Jurisdiction(code=None, name="示例市"), Jurisdiction(code="440100", name="广州市")


def agency(place: Jurisdiction | None = None, code: str | None = None, kind: AgencyKind = AgencyKind.BODY) -> Agency:
    return Agency(
        id=agency_id(place, "民政局", credit_code=code),
        name="民政局",
        agency_kind=kind,
        jurisdiction=place,
        credit_code=code,
    )


BARE, PLACED, ELSEWHERE = agency(), agency(HERE), agency(THERE)
CODED, OTHER = agency(HERE, "11000000MB0000003A"), agency(THERE, "11000000MB00000027")
OFFICE = agency(kind=AgencyKind.OFFICE)


@pytest.mark.parametrize(
    ("one", "namesakes", "meant"),
    [
        (BARE, [], BARE),
        (BARE, [PLACED], PLACED),
        (BARE, [PLACED, ELSEWHERE], BARE),
        (BARE, [PLACED, ELSEWHERE, CODED], CODED),
        (BARE, [CODED, OTHER], BARE),
        (BARE, [CODED, OTHER, PLACED], BARE),
        (PLACED, [BARE, ELSEWHERE], PLACED),
        (PLACED, [CODED], CODED),
        (CODED, [OTHER], CODED),
        (OFFICE, [PLACED], OFFICE),
    ],
)
def test_a_name_means_the_one_agency_that_is_better_known(one: Agency, namesakes: list[Agency], meant: Agency):
    for order in permutations([one, *namesakes]):
        assert denoted(one, order) is meant
