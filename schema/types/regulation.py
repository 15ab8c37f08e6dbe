"""Regulations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import strawberry

from catalog.legal_time import status_on
from catalog.vocabulary import Kind, LegalStatus, RegulationKind
from graph.shape import Equals, Test
from schema import law
from schema.arguments import After, First, On, ProvisionKinds, Regimes
from schema.connections import Connection
from schema.context import Info
from schema.paged import Paged
from schema.plans import Derived, Reach, Wish
from schema.selection import Selected, selected
from schema.types.base import Node, inverse, paged, planned, record, with_plan
from schema.types.citation import Citation, RegulationRelation
from schema.types.gap import Issue
from schema.types.lazy import AgencyType, ClockType, ConditionType, ImpactType, ProvisionType, ResourceType
from schema.types.origin import Origination, source_field
from schema.types.value import Jurisdiction


def _one_of(argument: str, property_: str) -> Callable[[Mapping[str, Any]], tuple[Test, ...]]:
    """The test that a property has one of the values of an argument, where that is given."""

    def tests(arguments: Mapping[str, Any]) -> tuple[Test, ...]:
        values = arguments.get(argument)
        return () if values is None else (Equals(property_, tuple(value.value for value in values)),)

    return tests


def _want_dates(wish: Wish, field: Selected) -> None:
    wish.need(*law.DATES)


def _standing(regulation: Any, info: Info) -> LegalStatus:
    return status_on(law.law(regulation.row), selected(info).arguments.get("on") or regulation.on)


def _want_impact(wish: Wish, field: Selected) -> None:
    from schema.types.impact import want

    want(wish, field)


def _impact_of(regulation: Any, info: Info) -> Any:
    from schema.types.impact import impact

    return impact(regulation, info)


_STATUS = Derived(_want_dates, _standing)
_IMPACT = Derived(_want_impact, _impact_of)
_PROVISIONS = Paged("provisions", Kind.REGULATION, long=True, tests=_one_of("kind", "provision_kind"))
_RESOURCES = Paged("resources", Kind.REGULATION, tests=_one_of("regime", "regime"))


def _status(self: Any, info: Info, on: On = None) -> Any:
    return _STATUS.resolve(self, info)


def _provisions(self: Any, info: Info, kind: ProvisionKinds = None, first: First = 100, after: After = None) -> Any:
    return _PROVISIONS.resolve(self, info)


def _resources(self: Any, info: Info, regime: Regimes = None, first: First = 50, after: After = None) -> Any:
    return _RESOURCES.resolve(self, info)


def _impact(
    self: Any,
    info: Info,
    repealed_on: Annotated[dt.date, strawberry.argument(description="The first day without the text (假设废止日期).")],
) -> Any:
    return _IMPACT.resolve(self, info)


@record(Kind.REGULATION)
class Regulation(Node):
    """A legal text: statute, regulation, rule, normative document or draft (法规规章)."""

    title: str
    short_title: str
    aliases: list[str]
    number: str | None
    regulation_kind: RegulationKind
    issuers: list[AgencyType]
    jurisdiction: Jurisdiction | None
    adopted: dt.date | None
    promulgated: dt.date | None
    effective: dt.date | None
    expires: dt.date | None
    repealed: dt.date | None
    draft: bool
    comment_deadline: dt.date | None
    status: LegalStatus = with_plan(_STATUS, _status, "Its standing on a date (效力状态).")
    trial: bool
    article_count: int
    provisions: Connection[ProvisionType] = with_plan(
        _PROVISIONS, _provisions, "Every level of it, flat, in document order (条款)."
    )
    basis: list[Citation] = planned(Reach("basis", value=True), "The texts it rests on itself (制定依据).")
    relations: list[RegulationRelation]
    resources: Connection[ResourceType] = with_plan(_RESOURCES, _resources, "What it assigns (设定的信息资源).")
    conditions: Connection[ConditionType] = paged(
        "conditions", Kind.REGULATION, "Its rules, in document order (规则).", default=100
    )
    clocks: list[ClockType] = inverse("clocks", "Its periods, extensions included, in document order (期限).")
    impact: ImpactType = with_plan(
        _IMPACT, _impact, "What would rest on nothing in force if this text went on that day (废止影响)."
    )
    source: Origination = source_field()
    issues: list[Issue] = inverse("issues", "What was wrong or unclear in its source (问题).")
