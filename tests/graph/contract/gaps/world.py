"""A small city for gap rules: makers of texts, rules, resources and demands that differ from a whole one in one thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from catalog.codec import from_row
from catalog.gap import Gap
from catalog.record import Record
from catalog.records import Agency, Clock, Condition, DataElement, Demand, Field, Provision, Regulation, Resource
from catalog.table import rows
from catalog.value import Citation, Constraint, Frequency, Jurisdiction, Responsibility, Span
from catalog.vocabulary import (
    AgencyKind,
    Allocation,
    ClockKind,
    ClockUnit,
    ConditionKind,
    Confidence,
    FrequencyCode,
    GapKind,
    Kind,
    Origin,
    ProvisionKind,
    RegulationKind,
    Role,
    ShareType,
    Topic,
)
from graph.port import Store
from graph.shape import Question, Shape

CITY = Jurisdiction(code="440100", name="广州市", level="city")
PROVINCE = Jurisdiction(code="440000", name="广东省", level="province")
OTHER = Jurisdiction(code="410100", name="郑州市", level="city")
NATIONAL = None
LAW = "law/440100-2016-x"
FROM, UNTIL = dt.date(2016, 7, 1), dt.date(2021, 7, 1)
POLICE, CIVIL, OFFICE = "org/440100-police", "org/440100-civil", "org/440100-office"
DUTY = "resource/440100-duty"


def law(
    id: str = LAW,
    *,
    begins: dt.date | None = FROM,
    ends: dt.date | None = None,
    place: Jurisdiction | None = CITY,
    **more: Any,
) -> Regulation:
    """A text on sharing."""
    title = more.pop("title", "政府信息共享办法")
    return Regulation(
        id=id, title=title, short_title=more.pop("short_title", f"办法{id[-1]}"), jurisdiction=place, effective=begins,
        expires=ends, regulation_kind=more.pop("regulation_kind", RegulationKind.RULE), **more,
    )  # fmt: skip


def article(number: int, of: str = LAW) -> Provision:
    """An article."""
    return Provision(
        id=f"{of}.a{number}", regulation=of, provision_kind=ProvisionKind.ARTICLE, label=f"第{number}条", ordinal=number,
        position=number, text="条", reading="条", span=Span(start=0, end=1, line=number),
    )  # fmt: skip


def cites(number: int, of: str = LAW) -> Citation:
    """A citation of an article."""
    return Citation(text=f"第{number}条", provision=f"{of}.a{number}", regulation=of)


def rule(
    topic: Topic,
    text: str,
    number: int,
    of: str = LAW,
    kind: ConditionKind = ConditionKind.DUTY,
    elements: Sequence[str] = (),
) -> tuple[Record, ...]:
    """An article with one rule."""
    return (
        article(number, of),
        Condition(
            id=f"policy/{of[-1]}-{number}", condition_kind=kind, topic=topic, action="", text=text, regulation=of,
            span=Span(start=0, end=len(text), line=number), position=number, citation=cites(number, of),
            constraints=tuple(
                Constraint(left_operand="catalogueElement", operator="hasPart", right_operand=one, text=one)
                for one in elements
            ),
        ),
    )  # fmt: skip


def clock(number: int = 35, of: str = LAW, amount: int = 10, **more: Any) -> tuple[Record, ...]:
    """An article with the period to answer."""
    return (
        article(number, of),
        Clock(
            id=f"clock/{of[-1]}-{number}", action=more.pop("action", "答复"), clock_kind=ClockKind.DURATION,
            text=f"应在{amount}个工作日内予以答复", regulation=of, position=number, actor=("信息提供部门",),
            amount=amount, unit=ClockUnit.WORKING_DAY, citation=cites(number, of), **more,
        ),
    )  # fmt: skip


def agencies() -> tuple[Record, ...]:
    """An office that a body fills, and another body."""
    return (
        Agency(id=OFFICE, name="公安机关", agency_kind=AgencyKind.OFFICE, jurisdiction=CITY),
        Agency(id=POLICE, name="市公安局", agency_kind=AgencyKind.BODY, jurisdiction=CITY),
        Agency(id=CIVIL, name="市民政局", agency_kind=AgencyKind.BODY, jurisdiction=CITY),
    )


def held(agency: str, citation: Citation | None = None, role: Role = Role.PROVIDE) -> Responsibility:
    """An agency's part."""
    return Responsibility(
        agency=agency, roles=(role,), allocation=Allocation.SINGLE, confidence=Confidence.EXPLICIT, literal="公安机关",
        citation=citation,
    )  # fmt: skip


def statutory(id: str = DUTY, number: int = 9, of: str = LAW, agency: str = OFFICE, **more: Any) -> Resource:
    """What a text assigns."""
    return Resource(
        id=id, name="户籍登记信息", origin=Origin.STATUTORY, jurisdiction=CITY, regulation=of,
        responsibilities=(held(agency, cites(number, of), Role.COLLECT),), **more,
    )  # fmt: skip


def registered(
    id: str = "resource/r-1", agency: str = POLICE, place: Jurisdiction | None = CITY, **more: Any
) -> Resource:
    """What a catalogue lists, with every element."""
    whole: dict[str, Any] = {
        "name": "户籍信息", "code": "1", "summary": "摘要", "category": "自然人", "platform": "共享平台", "contact": "王某 020",
        "share_type": ShareType.UNCONDITIONAL,
        "update_frequency": Frequency(code=FrequencyCode.IRREGULAR, text="不定期"),
    }  # fmt: skip
    return Resource(
        id=id, origin=Origin.REGISTERED, jurisdiction=place, responsibilities=(held(agency),), **{**whole, **more}
    )


def field(resource: str, name: str, **more: Any) -> Field:
    """A field."""
    return Field(id=f"field/{resource.partition('/')[2]}-{name.encode().hex()}", resource=resource, position=1, name=name,
                 text=name, **more)  # fmt: skip


def demand(**more: Any) -> Demand:
    """What the civil affairs bureau asks of the police on a Monday."""
    given: dict[str, Any] = {"agency": CIVIL, "what": "户籍信息", "provider": POLICE, "requested": dt.date(2020, 3, 2)}
    return Demand(id="demand/1", **{**given, **more})


def element(id: str = "element/marriage", name: str = "婚姻状况", **more: Any) -> DataElement:
    """A data element that is no identity key."""
    return DataElement(id=id, name=name, **more)


def every(frequency: FrequencyCode, **more: Any) -> Frequency:
    """A frequency."""
    return Frequency(code=frequency, text=more.pop("text", frequency.zh), **more)


async def gaps(store: Store) -> list[Gap]:
    """Every gap of a store, by identifier."""
    shape = Shape(frozenset(row.name for row in rows(Kind.GAP)))
    page = await store.read(Question(Kind.GAP, shape, first=10_000))
    return [from_row(Kind.GAP, row) for row in page.rows]  # type: ignore[misc]


def told(found: Iterable[Gap], kind: GapKind) -> list[tuple[str, str, str, str]]:
    """Subject, days and article of the gaps of a kind, in order."""
    return sorted(
        (
            gap.subject,
            gap.begins.isoformat() if gap.begins else "",
            gap.ends.isoformat() if gap.ends else "",
            (gap.citation.provision if gap.citation else "") or "",
        )
        for gap in found
        if gap.gap_kind is kind
    )
