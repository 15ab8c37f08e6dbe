"""The filters of the contract, and the tests that each of them means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import normalize

import strawberry

from catalog.errors import BadInput
from catalog.text import fold, simplify
from catalog.vocabulary import (
    AgencyKind,
    ClockKind,
    ClockUnit,
    ConditionKind,
    CorrespondenceKind,
    CorrespondenceMethod,
    DemandStatus,
    Kind,
    LegalStatus,
    Openness,
    Origin,
    Regime,
    RegulationKind,
    Role,
    ShareType,
    Topic,
)
from graph.shape import AtLeast, CollectedBySeveral, Contains, Equals, Has, Linked, Missing, Named, Test
from schema.enums import OrderDirection, ResourceAspect, ResourceOrderBy
from schema.queries.reading import LISTED, exact, folded, of_kind, several


def _given(description: str) -> Any:
    return strawberry.field(default=None, description=description)


def _equals(property_: str, wanted: Any) -> Iterator[Test]:
    """A test on one value or any of several; an empty list passes nothing, as it says."""
    if wanted is None:
        return
    listed: Iterable[Any] = wanted if isinstance(wanted, list) else [wanted]
    yield Equals(property_, several((getattr(value, "value", value) for value in listed), property_))


def _placed(jurisdiction: str | None) -> Iterator[Test]:
    yield from _equals("jurisdiction", fold_place(jurisdiction))


def _named(given: Any) -> Iterator[Test]:
    if given.name is not None:
        yield Named(folded(given.name, "name"))
    if given.name_contains is not None:
        yield Contains("name", folded(given.name_contains, "nameContains"))


def _linked(path: str, identifier: str | None, kind: Kind) -> Iterator[Test]:
    if identifier is not None:
        yield Linked(path, (of_kind(identifier, kind),))


@strawberry.input(
    description="Which resources (信息资源筛选). All that is given must hold; an empty list passes nothing."
)
class ResourceFilter:
    """Tests on resources."""

    ids: list[strawberry.ID] | None = _given(f"These identifiers, at most {LISTED} (标识).")
    name: str | None = _given("This very name, in whatever script or width (名称).")
    name_contains: str | None = _given("A name or alias that contains this (名称包含).")
    agency: strawberry.ID | None = _given("This agency is responsible for it (责任部门).")
    role: list[Role] | None = _given("The agency, or any, has one of these roles (职责).")
    regulation: strawberry.ID | None = _given("This text assigns it (设定法规).")
    jurisdiction: str | None = _given("This place, by its GB/T 2260 code or its name (行政区划).")
    origin: Origin | None = _given("Assigned by law, or registered (来源性质).")
    regime: list[Regime] | None = _given("One of these regimes (制度).")
    share_type: list[ShareType] | None = _given("One of these share types (共享类型).")
    open_to_public: list[Openness] | None = _given("Open to the public in one of these ways (开放属性).")
    category: str | None = _given("This heading, as printed (分类).")
    has_field: str | None = _given("It has a field of this name (信息项名称).")
    data_element: strawberry.ID | None = _given("It has a field that means this data element (数据元).")
    modified_since: dt.date | None = _given("Modified on this day or later (修改日期).")
    without: list[ResourceAspect] | None = _given(
        "It lacks every one of these; an empty list asks nothing (缺少的方面)."
    )

    def tests(self) -> Iterator[Test]:
        """The tests that are given."""
        yield from _named(self)
        if self.ids is not None:
            yield Equals("id", tuple(of_kind(one, Kind.RESOURCE) for one in several(self.ids, "ids")))
        if self.role == []:
            yield Equals("id", ())
        elif self.agency is not None or self.role:
            targets = () if self.agency is None else (of_kind(self.agency, Kind.AGENCY),)
            yield Linked("responsibilities.agency", targets, several((role.value for role in self.role or ()), "role"))
        yield from _linked("regulation", self.regulation, Kind.REGULATION)
        yield from _placed(self.jurisdiction)
        yield from _equals("origin", self.origin)
        yield from _equals("regime", self.regime)
        yield from _equals("share_type", self.share_type)
        yield from _equals("open_to_public", self.open_to_public)
        if self.category is not None:
            yield Equals("category", (exact(self.category, "category"),))
        if self.has_field is not None:
            yield Has("fields", (Named(folded(self.has_field, "hasField")),))
        if self.data_element is not None:
            yield Has("fields", tuple(_linked("data_element", self.data_element, Kind.DATA_ELEMENT)))
        if self.modified_since is not None:
            yield AtLeast("modified", self.modified_since.isoformat())
        for aspect in several(self.without or (), "without"):
            yield Missing(_ASPECTS[aspect])


_ASPECTS = {
    ResourceAspect.BASIS: "basis",
    ResourceAspect.PROVIDER: "responsibilities",
    ResourceAspect.FIELDS: "fields",
    ResourceAspect.SHARE_TYPE: "share_type",
    ResourceAspect.CONDITION: "conditions",
    ResourceAspect.UPDATE_FREQUENCY: "update_frequency",
    ResourceAspect.CODE: "code",
}


@strawberry.input(description="In which order resources come; the identifier breaks ties (排序).")
class ResourceOrder:
    """An order."""

    by: ResourceOrderBy = strawberry.field(description="What they are ordered by (排序依据).")
    direction: OrderDirection = strawberry.field(description="Which way (排序方向).")


@strawberry.input(description="Which fields (信息项筛选). All that is given must hold; an empty list passes nothing.")
class FieldFilter:
    """Tests on fields."""

    name: str | None = _given("This very name, in whatever script or width (名称).")
    name_contains: str | None = _given("A name or alias that contains this (名称包含).")
    resource: strawberry.ID | None = _given("Of this resource (所属资源).")
    data_element: strawberry.ID | None = _given("Meaning this data element (数据元).")
    identity_key: bool | None = _given("Identifying a person or organisation, or not (身份标识).")

    def tests(self) -> Iterator[Test]:
        """The tests that are given."""
        yield from _named(self)
        yield from _linked("resource", self.resource, Kind.RESOURCE)
        yield from _linked("data_element", self.data_element, Kind.DATA_ELEMENT)
        yield from _equals("identity_key", self.identity_key)


@strawberry.input(description="Which agencies (部门筛选). All that is given must hold; an empty list passes nothing.")
class AgencyFilter:
    """Tests on agencies."""

    name: str | None = _given("This very name, in whatever script or width (名称).")
    name_contains: str | None = _given("A name or alias that contains this (名称包含).")
    kind: list[AgencyKind] | None = _given("One of these sorts (主体类型).")
    jurisdiction: str | None = _given("This place, by its GB/T 2260 code or its name (行政区划).")
    role: list[Role] | None = _given("Having one of these roles for some resource (职责).")

    def tests(self) -> Iterator[Test]:
        """The tests that are given."""
        yield from _named(self)
        yield from _equals("agency_kind", self.kind)
        yield from _placed(self.jurisdiction)
        if self.role is not None:
            yield Has("responsibilities", tuple(_equals("roles", self.role)))


@strawberry.input(
    description="Which data elements (数据元筛选). All that is given must hold; an empty list passes nothing."
)
class DataElementFilter:
    """Tests on data elements."""

    name: str | None = _given("This very name, in whatever script or width (名称).")
    name_contains: str | None = _given("A name or alias that contains this (名称包含).")
    collected_by_several: bool | None = _given("Collected by several agencies, or by one at most (多部门采集).")

    def tests(self) -> Iterator[Test]:
        """The tests that are given."""
        if self.collected_by_several is not None:
            yield CollectedBySeveral(several=self.collected_by_several)
        yield from _named(self)


@strawberry.input(
    description="Which regulations (法规筛选). All that is given must hold; an empty list passes nothing."
)
class RegulationFilter:
    """Tests on regulations; the standing is judged by the domain, not by the store."""

    title_contains: str | None = _given("A title or short title that contains this (标题包含).")
    jurisdiction: str | None = _given("This place, by its GB/T 2260 code or its name (行政区划).")
    kind: list[RegulationKind] | None = _given("One of these ranks (类别).")
    status: list[LegalStatus] | None = _given("One of these standings on the date (效力状态).")
    on: dt.date | None = _given("The date of the standing; without it, the day of the request (法律日期).")

    def tests(self) -> Iterator[Test]:
        """The tests that are given, save the standing."""
        if self.title_contains is not None:
            yield Contains("title", folded(self.title_contains, "titleContains"))
        yield from _placed(self.jurisdiction)
        yield from _equals("regulation_kind", self.kind)


@strawberry.input(description="Which rules (规则筛选). All that is given must hold; an empty list passes nothing.")
class ConditionFilter:
    """Tests on conditions."""

    regulation: strawberry.ID | None = _given("Standing in this text (所在法规).")
    resource: strawberry.ID | None = _given("Governing this resource by name (适用资源).")
    topic: list[Topic] | None = _given("About one of these (主题).")
    kind: list[ConditionKind] | None = _given("Of one of these kinds (规则类型).")
    agency: strawberry.ID | None = _given("Binding this agency (相关部门).")
    text_contains: str | None = _given("The text contains this (原文包含).")

    def tests(self) -> Iterator[Test]:
        """The tests that are given."""
        yield from _linked("regulation", self.regulation, Kind.REGULATION)
        yield from _linked("governs", self.resource, Kind.RESOURCE)
        yield from _equals("topic", self.topic)
        yield from _equals("condition_kind", self.kind)
        yield from _linked("agencies", self.agency, Kind.AGENCY)
        if self.text_contains is not None:
            yield Contains("text", folded(self.text_contains, "textContains"))


@strawberry.input(description="Which periods (期限筛选). All that is given must hold; an empty list passes nothing.")
class ClockFilter:
    """Tests on clocks."""

    regulation: strawberry.ID | None = _given("Standing in this text (所在法规).")
    kind: list[ClockKind] | None = _given("Fixed in one of these ways (期限类型).")
    unit: list[ClockUnit] | None = _given("In one of these units (单位).")

    def tests(self) -> Iterator[Test]:
        """The tests that are given."""
        yield from _linked("regulation", self.regulation, Kind.REGULATION)
        yield from _equals("clock_kind", self.kind)
        yield from _equals("unit", self.unit)


@strawberry.input(description="Which demands (需求筛选). All that is given must hold; an empty list passes nothing.")
class DemandFilter:
    """Tests on demands; the place is that of the agency which asks."""

    agency: strawberry.ID | None = _given("This agency asks (需求部门).")
    provider: strawberry.ID | None = _given("This agency is asked (提供部门).")
    resource: strawberry.ID | None = _given("For this resource (所需资源).")
    status: list[DemandStatus] | None = _given("Standing in one of these ways (需求状态).")
    jurisdiction: str | None = _given("The asking agency's place, by its GB/T 2260 code or its name (行政区划).")

    def tests(self) -> Iterator[Test]:
        """The tests that are given, save the place."""
        yield from _linked("agency", self.agency, Kind.AGENCY)
        yield from _linked("provider", self.provider, Kind.AGENCY)
        yield from _linked("resource", self.resource, Kind.RESOURCE)
        yield from _equals("status", self.status)


@strawberry.input(
    description="Which correspondences (对应关系筛选). All that is given must hold; an empty list passes nothing."
)
class CorrespondenceFilter:
    """Tests on correspondences."""

    kind: list[CorrespondenceKind] | None = _given("One of these (对应类型).")
    method: list[CorrespondenceMethod] | None = _given("Drawn in one of these ways (对应方式).")

    def tests(self) -> Iterator[Test]:
        """The tests that are given."""
        yield from _equals("correspondence_kind", self.kind)
        yield from _equals("method", self.method)


def fold_place(place: str | None) -> str | None:
    """A place as records name it, in simplified script and half width; refused where it is empty."""
    if place is None:
        return None
    found = simplify(normalize("NFKC", place)).strip()
    if not fold(found):
        raise BadInput("jurisdiction is empty", suggestion="give a GB/T 2260 code or a name, or leave it out")
    return found
