"""The made-up law of synthetic catalogues: a text in force, one that expired, what they assign and what they demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.field import Field
from catalog.identifiers import (
    clock_id,
    condition_id,
    field_id,
    provision_id,
    regulation_id,
    statutory_resource_id,
)
from catalog.record import Record
from catalog.regulation import Provision, Regulation
from catalog.resource import Resource
from catalog.value import Citation, Constraint, Jurisdiction, Responsibility, Span
from catalog.vocabulary import (
    Allocation,
    ClockKind,
    ClockUnit,
    ConditionKind,
    Confidence,
    Origin,
    ProvisionKind,
    RegulationKind,
    Role,
    Topic,
)

PLACE = Jurisdiction(code=None, name="仿真市", level="city")
TITLE, EXPIRED = "仿真市公共信息目录管理办法", "仿真市公共信息目录管理办法实施细则"
ARTICLES = 20
DUTY, PROHIBITION = ConditionKind.DUTY, ConditionKind.PROHIBITION
RULES: dict[int, tuple[Topic, ConditionKind, str]] = {
    11: (Topic.NO_REPEATED_COLLECTION, PROHIBITION, "可以通过共享方式获取的信息，不得重复采集。"),
    12: (Topic.SHARE_TYPE, DUTY, "列为不予共享类的，应当提供法律、法规依据。"),
    13: (Topic.IDENTITY_KEY, DUTY, "自然人信息、法人信息应当以法定标识提供。"),
    14: (Topic.UPDATE, DUTY, "提供部门应当按照登记的周期更新共享信息。"),
    15: (Topic.APPLICATION, DUTY, "所需信息属于目录之外的，应当提请决定。"),
    16: (Topic.STAFFING, DUTY, "各部门应当指定专人负责信息共享工作。"),
    17: (Topic.CATALOGUE_ELEMENTS, DUTY, "目录应当包括信息的名称、内容、更新频度和所在平台。"),
    18: (Topic.DISPUTE, DUTY, "答复不予共享的，由主管部门组织协商。"),
}
"""Article → what it demands: one for each kind of gap that rests on a demand."""
REPLY = "提供部门应当在十个工作日内答复。"
ELEMENTS = ("名称", "内容", "更新频度", "所在平台")
DUTIES = (
    ("出租车驾驶员登记信息", ("驾驶员姓名", "公民身份号码", "发证日期")),
    ("公共停车场备案信息", ("场地名称", "泊位数量", "备案日期")),
    ("户外广告许可信息", ("许可编号", "设置地点", "有效期")),
)
"""What articles 1 to 3 assign, with the fields they list."""


def texts(source: str) -> Iterator[Record]:
    """The text in force, first, with its articles in order; then the one that expired, with one article."""
    yield from _text(source, TITLE, "仿真办法", dt.date(2020, 1, 1), None, ARTICLES)
    yield from _text(source, EXPIRED, "仿真细则", dt.date(2020, 6, 1), dt.date(2023, 6, 1), 1)


def _text(
    source: str, title: str, short: str, begins: dt.date, ends: dt.date | None, articles: int
) -> Iterator[Record]:
    identifier = regulation_id(None, title, begins.isoformat())
    yield Regulation(
        id=identifier,
        source=source,
        title=title,
        short_title=short,
        regulation_kind=RegulationKind.RULE,
        jurisdiction=PLACE,
        effective=begins,
        expires=ends,
        article_count=articles,
    )
    for number in range(1, articles + 1):
        words = RULES[number][2] if number in RULES else REPLY if number == 19 else "有关部门依照法定职责提供信息。"
        text = f"第{number}条　{words}"
        yield Provision(
            id=provision_id(identifier, f"a{number}"),
            source=source,
            regulation=identifier,
            provision_kind=ProvisionKind.ARTICLE,
            label=f"第{number}条",
            ordinal=number,
            position=number,
            text=text,
            reading=text,
            span=Span(start=number * 100, end=number * 100 + len(text), line=number),
        )


def demands(source: str, regulation: str) -> Iterator[Record]:
    """The rules of the text in force, and the period to answer."""
    for number, (topic, kind, text) in RULES.items():
        article = provision_id(regulation, f"a{number}")
        named = ELEMENTS if topic is Topic.CATALOGUE_ELEMENTS else ()
        yield Condition(
            id=condition_id(article, text),
            source=source,
            condition_kind=kind,
            topic=topic,
            action="",
            text=text,
            span=Span(start=number * 100 + 4, end=number * 100 + 4 + len(text), line=number),
            regulation=regulation,
            position=number,
            constraints=tuple(
                Constraint(left_operand="catalogueElement", operator="hasPart", right_operand=one, text=one)
                for one in named
            ),
            governs=(regulation,),
            citation=_cited(regulation, number),
        )
    yield Clock(
        id=clock_id(provision_id(regulation, "a19"), REPLY),
        source=source,
        action="答复",
        clock_kind=ClockKind.DURATION,
        text=REPLY,
        regulation=regulation,
        position=19,
        actor=("提供部门",),
        amount=10,
        unit=ClockUnit.WORKING_DAY,
        start="收到申请",
        from_implied=True,
        citation=_cited(regulation, 19),
    )


def duties(source: str, regulation: str, agency: str, name: str) -> Iterator[Record]:
    """What the text in force assigns to one agency, with the fields that it lists."""
    for number, (what, fields) in enumerate(DUTIES, start=1):
        identifier = statutory_resource_id(provision_id(regulation, f"a{number}"), what, "SHARING")
        yield Resource(
            id=identifier,
            source=source,
            name=what,
            origin=Origin.STATUTORY,
            jurisdiction=PLACE,
            regulation=regulation,
            cleared=True,
            responsibilities=(
                Responsibility(
                    agency=agency,
                    roles=(Role.COLLECT, Role.PROVIDE),
                    allocation=Allocation.SINGLE,
                    confidence=Confidence.EXPLICIT,
                    literal=name,
                    citation=_cited(regulation, number),
                ),
            ),
        )
        for position, field in enumerate(fields, start=1):
            yield Field(
                id=field_id(identifier, field),
                source=source,
                resource=identifier,
                position=position,
                name=field,
                text=field,
            )


def _cited(regulation: str, number: int) -> Citation:
    return Citation(text=f"第{number}条", provision=provision_id(regulation, f"a{number}"), regulation=regulation)
