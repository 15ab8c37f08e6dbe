"""A small catalogue that holds every kind of record and every reference path, and bigger ones made by number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from catalog.changes import ChangeSet
from catalog.record import Record
from catalog.records import (
    Agency,
    Clock,
    Condition,
    Correspondence,
    DataElement,
    Demand,
    Field,
    Gap,
    Issue,
    Provision,
    Regulation,
    Resource,
    Source,
)
from catalog.value import (
    Citation,
    Constraint,
    DemandEvent,
    Format,
    Frequency,
    Jurisdiction,
    MetadataValue,
    Place,
    Reference,
    RegulationRelation,
    Responsibility,
    Span,
)
from catalog.vocabulary import (
    AgencyKind,
    Allocation,
    ClockKind,
    ClockUnit,
    ConditionKind,
    Confidence,
    CorrespondenceKind,
    CorrespondenceMethod,
    DemandStatus,
    FrequencyCode,
    GapKind,
    Openness,
    Origin,
    ProvisionKind,
    Regime,
    RegulationKind,
    RegulationRelationKind,
    Role,
    Severity,
    ShareMode,
    ShareType,
    Topic,
)

AT = dt.datetime(2024, 5, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
GUANGZHOU = Jurisdiction(code="440100", name="广州市", level="city")
CHANGCHUN = Jurisdiction(code="220100", name="长春市", level="city")
RULES, SHEET, WISHES = "source/rules", "source/sheet", "source/wishes"
LAW, OLD_LAW, PARENT_LAW = "law/440100-2016-a", "law/440100-2012-b", "law/cn-2008-c"
ARTICLE, PARAGRAPH, ITEM, OLD_ARTICLE = f"{LAW}.a9", f"{LAW}.a9p1", f"{LAW}.a9p1i1", f"{OLD_LAW}.a3"
POLICE, OFFICE, CIVIL = "org/440100-police", "org/440100-office", "org/440100-civil"
NUMBER_KEY, MARRIAGE_KEY = "element/number", "element/marriage"
DUTY, PEOPLE, MARRIAGES = "resource/440100-duty", "resource/r-people", "resource/r-marriages"

_numbers = count(1)


def change_set(
    *puts: Record,
    id: str | None = None,
    deletes: Iterable[str] = (),
    replaces: Iterable[str] = (),
    at: dt.datetime = AT,
    actor: str = "tester",
) -> ChangeSet:
    """A change set with an id of its own."""
    name = id or f"change-{next(_numbers)}"
    return ChangeSet(id=name, at=at, actor=actor, puts=puts, deletes=tuple(deletes), replaces=tuple(replaces))


def sources() -> tuple[Record, ...]:
    return (
        Source(id=RULES, path="rules.txt", format="regulation", sha256="a" * 64),
        Source(id=SHEET, path="catalogue.csv", format="catalogue", sha256="b" * 64),
        Source(id=WISHES, path="demands.csv", format="demands", sha256="c" * 64),
    )


def agencies() -> tuple[Record, ...]:
    return (
        Agency(id=OFFICE, name="公安机关", agency_kind=AgencyKind.OFFICE),
        Agency(
            id=POLICE,
            name="广州市公安局",
            agency_kind=AgencyKind.BODY,
            aliases=("市公安局", "公安局"),
            jurisdiction=GUANGZHOU,
            credit_code="11440100007482532K",
            fills=(OFFICE,),
        ),
        Agency(id=CIVIL, name="广州市民政局", agency_kind=AgencyKind.BODY, jurisdiction=GUANGZHOU),
    )


def elements() -> tuple[Record, ...]:
    return (
        DataElement(id=NUMBER_KEY, name="公民身份号码", aliases=("身份证号",), identifier="DE00001", identity_key=True),
        DataElement(id=MARRIAGE_KEY, name="婚姻状况代码", aliases=("婚姻状况",), definition="婚姻状况的代码"),
    )


def provision(id: str, regulation: str, position: int, label: str, text: str, **more: object) -> Provision:
    kind = more.pop("provision_kind", ProvisionKind.ARTICLE)
    return Provision(
        id=id,
        source=RULES,
        regulation=regulation,
        position=position,
        label=label,
        text=text,
        reading=text,
        span=Span(start=10 * position, end=10 * position + len(text), line=position),
        provision_kind=kind,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def law() -> tuple[Record, ...]:
    return (
        Regulation(
            id=PARENT_LAW, source=RULES, title="政府信息公开条例", short_title="公开条例",
            regulation_kind=RegulationKind.ADMINISTRATIVE_REGULATION, effective=dt.date(2008, 5, 1),
        ),
        Regulation(
            id=OLD_LAW, source=RULES, title="广州市政府信息共享管理规定", short_title="广州规定",
            regulation_kind=RegulationKind.RULE, jurisdiction=GUANGZHOU, effective=dt.date(2012, 11, 1),
        ),
        Regulation(
            id=LAW, source=RULES, title="广州市政府信息共享管理规定实施细则", short_title="广州细则",
            regulation_kind=RegulationKind.NORMATIVE_DOCUMENT, number="穗府办规〔2016〕1号", aliases=("实施细则",),
            issuers=(POLICE, CIVIL), jurisdiction=GUANGZHOU, effective=dt.date(2016, 1, 1), expires=dt.date(2021, 1, 1),
            article_count=2, place=Place(source="rules.txt", line=1),
            basis=(Citation(text="根据规定第三条", provision=OLD_ARTICLE, regulation=OLD_LAW),),
            relations=(
                RegulationRelation(kind=RegulationRelationKind.IMPLEMENTS, title="规定", regulation=OLD_LAW,
                                   citation=Citation(text="第三条", provision=OLD_ARTICLE, regulation=OLD_LAW)),
                RegulationRelation(kind=RegulationRelationKind.CITES, title="未收录的办法"),
            ),
        ),
        provision(OLD_ARTICLE, OLD_LAW, 1, "第三条", "行政机关应当共享信息。"),
        provision(ARTICLE, LAW, 1, "第九条", "公安机关采集婚姻状况。", ordinal=9, mentions=(OFFICE, CIVIL),
                  heading="采集分工"),
        provision(PARAGRAPH, LAW, 2, "", "公安机关采集婚姻状况", parent=ARTICLE, ordinal=1,
                  provision_kind=ProvisionKind.PARAGRAPH,
                  references=(Reference(text="规定第三条", span=Span(start=1, end=6, line=2), target=OLD_ARTICLE,
                                        regulation=OLD_LAW, resolved=True),)),
        provision(ITEM, LAW, 3, "（一）", "姓名", parent=PARAGRAPH, provision_kind=ProvisionKind.ITEM),
        provision(f"{LAW}.a10", LAW, 4, "第十条", "其他信息不得重复采集。", ordinal=10),
    )  # fmt: skip


CITED = Citation(text="细则第九条", provision=ARTICLE, regulation=LAW)


def resources() -> tuple[Record, ...]:
    return (
        Resource(
            id=DUTY, source=RULES, name="人口基本信息", origin=Origin.STATUTORY, jurisdiction=GUANGZHOU, regulation=LAW,
            category="自然人", open_list=True, subtypes=("户籍人口", "流动人口"),
            responsibilities=(
                Responsibility(agency=OFFICE, roles=(Role.COLLECT, Role.PROVIDE), allocation=Allocation.SINGLE,
                               confidence=Confidence.EXPLICIT, literal="公安机关", citation=CITED),
                Responsibility(agency=CIVIL, roles=(Role.VERIFY,), allocation=Allocation.UNDIVIDED,
                               confidence=Confidence.LOW, literal="民政部门"),
            ),
            basis=(CITED, Citation(text="规定", regulation=OLD_LAW)),
        ),
        Resource(
            id=PEOPLE, source=SHEET, name="户籍人口信息", origin=Origin.REGISTERED, code="GZ-001", aliases=("人口库",),
            jurisdiction=GUANGZHOU, fulfils=(DUTY,), related=(MARRIAGES,), share_type=ShareType.CONDITIONAL, share_condition="经同意",
            summary="全市户籍人口的登记情况", mode=(ShareMode.SERVICE_INTERFACE, ShareMode.FILE_DOWNLOAD),
            formats=(Format(code="CSV", label="逗号分隔", media_type="text/csv"),), cleared=True,
            update_frequency=Frequency(code=FrequencyCode.DAILY, text="每天"), open_to_public=Openness.CLOSED,
            metadata=(MetadataValue(element="资源名称", value="户籍人口信息", known=True),),
            modified=dt.date(2024, 3, 1), issued=dt.date(2023, 1, 1),
            responsibilities=(
                Responsibility(agency=POLICE, roles=(Role.PROVIDE,), allocation=Allocation.DECLARED,
                               confidence=Confidence.EXPLICIT, literal="市公安局"),
            ),
        ),
        Resource(
            id=MARRIAGES, source=SHEET, name="婚姻登记信息", origin=Origin.REGISTERED, code="GZ-002", regime=Regime.DISCLOSURE,
            jurisdiction=CHANGCHUN, share_type=ShareType.NOT_SHARED, modified=dt.date(2023, 3, 1),
            responsibilities=(
                Responsibility(agency=CIVIL, roles=(Role.PROVIDE, Role.COLLECT), allocation=Allocation.DECLARED,
                               confidence=Confidence.EXPLICIT, literal="民政局"),
            ),
        ),
    )  # fmt: skip


def fields() -> tuple[Record, ...]:
    return (
        Field(id="field/d-number", source=RULES, resource=DUTY, position=1, name="公民身份号码", text="公民身份号码",
              data_element=NUMBER_KEY, identity_key=True, basis=(CITED,)),
        Field(id="field/d-marriage", source=RULES, resource=DUTY, position=2, name="婚姻状况", text="婚姻状况（已婚、未婚）",
              data_element=MARRIAGE_KEY, allowed_values=("已婚", "未婚")),
        Field(id="field/p-name", source=SHEET, resource=PEOPLE, position=1, name="姓名", text="姓名", data_type="字符型"),
        Field(id="field/p-number", source=SHEET, resource=PEOPLE, position=2, name="身份证号", text="身份证号",
              data_element=NUMBER_KEY, identity_key=True),
        Field(id="field/m-state", source=SHEET, resource=MARRIAGES, position=1, name="婚姻", text="婚姻",
              aliases=("婚姻状况",), data_element=MARRIAGE_KEY, share_type=ShareType.CONDITIONAL,
              open_to_public=Openness.OPEN),
        Field(id="field/m-date", source=SHEET, resource=MARRIAGES, position=2, name="登记日期", text="登記日期"),
    )  # fmt: skip


def rules() -> tuple[Record, ...]:
    return (
        Clock(id="clock/extension", source=RULES, action="延长", clock_kind=ClockKind.DURATION, text="延长五个工作日",
              regulation=LAW, position=2, amount=5, unit=ClockUnit.WORKING_DAY, citation=CITED),
        Clock(id="clock/reply", source=RULES, action="答复", clock_kind=ClockKind.DURATION, text="十个工作日内答复",
              regulation=LAW, position=1, amount=10, unit=ClockUnit.WORKING_DAY, extension="clock/extension",
              start="收到申请", citation=CITED),
        Condition(id="policy/reply", source=RULES, condition_kind=ConditionKind.DUTY, topic=Topic.APPLICATION,
                  action="答复", text="应当在十个工作日内答复申请", span=Span(start=1, end=5, line=1), regulation=LAW,
                  position=2, agencies=(OFFICE, POLICE), clocks=("clock/reply", "clock/extension"),
                  governs=(DUTY, LAW), citation=CITED, actor=("提供部门",),
                  constraints=(Constraint(left_operand="delay", operator="lteq", right_operand="10", text="十日"),)),
        Condition(id="policy/secret", source=RULES, condition_kind=ConditionKind.PROHIBITION, topic=Topic.SECURITY,
                  action="泄露", text="不得泄露", span=Span(start=9, end=13, line=3), regulation=LAW, position=1,
                  governs=(LAW,), citation=Citation(text="第十条", provision=f"{LAW}.a10", regulation=LAW)),
    )  # fmt: skip


def wishes() -> tuple[Record, ...]:
    return (
        Demand(id="demand/one", source=WISHES, agency=CIVIL, what="户籍人口", resource=PEOPLE, provider=POLICE,
               elements=(NUMBER_KEY, MARRIAGE_KEY), purpose="低保核对", authority=(CITED,),
               status=DemandStatus.REPLIED_NO, requested=dt.date(2024, 2, 1),
               history=(
                   DemandEvent(at=dt.date(2024, 2, 1), status=DemandStatus.SUBMITTED, by=CIVIL),
                   DemandEvent(at=dt.date(2024, 2, 9), status=DemandStatus.REPLIED_NO, by=POLICE, note="不予",
                               citation=CITED),
               )),
        Demand(id="demand/two", source=WISHES, agency=POLICE, what="婚姻登记"),
        Correspondence(id="correspondence/one", source=WISHES, correspondence_kind=CorrespondenceKind.FULFILS,
                       method=CorrespondenceMethod.DECLARED, subject_name="户籍人口信息", object_name="人口基本信息",
                       subject_key="户籍人口信息", object_key="人口基本信息", authority="会商纪要",
                       date=dt.date(2024, 1, 5), jurisdiction=GUANGZHOU, subject=MARRIAGES, objects=(DUTY,)),
        Gap(id="gap/one", source=RULES, gap_kind=GapKind.NO_BASIS, severity=Severity.WARNING, subject=MARRIAGES,
            message="没有依据", owner=CIVIL, because=("第九条",), citation=CITED, evidence=(MARRIAGES, "field/m-date")),
        Gap(id="gap/two", source=RULES, gap_kind=GapKind.NO_PROVIDER, severity=Severity.ERROR, subject=MARRIAGE_KEY,
            message="无人提供"),
        Issue(id="issue/one", source=RULES, code="ODD", severity=Severity.INFO, message="奇怪", regulation=LAW,
              position=1, place=Place(source="rules.txt", line=3, span=Span(start=1, end=2, line=3))),
        Issue(id="issue/two", source=SHEET, code="BAD_ROW", severity=Severity.WARNING, message="坏行",
              place=Place(source="catalogue.csv", sheet="一", row=4, column="C")),
    )  # fmt: skip


def catalogue() -> tuple[Record, ...]:
    """Every kind, every reference path, in an order that refers forwards and backwards."""
    parts = (fields(), resources(), wishes(), rules(), law(), elements(), agencies(), sources())
    return tuple(record for part in parts for record in part)


def many(resources: int, fields: int = 3, *, names: int = 7, prefix: str = "") -> list[Record]:
    """So many resources with so many fields each: names repeat, providers too."""
    source = Source(id=f"source/{prefix}many", path=f"{prefix}many.csv", format="catalogue", sha256="d" * 64)
    found: list[Record] = [source]
    found += [
        Agency(id=f"org/{prefix}{n}", name=f"{prefix}第{n}局", agency_kind=AgencyKind.BODY, jurisdiction=GUANGZHOU)
        for n in range(5)
    ]
    for n in range(resources):
        id = f"resource/{prefix}{n:06}"
        held = Responsibility(agency=f"org/{prefix}{n % 5}", roles=(Role.PROVIDE,), allocation=Allocation.DECLARED,
                              confidence=Confidence.EXPLICIT, literal=f"第{n % 5}局")  # fmt: skip
        found.append(
            Resource(id=id, source=source.id, name=f"{prefix}资源{n}", code=f"C{n % 100:04}", origin=Origin.REGISTERED,
                     jurisdiction=GUANGZHOU, responsibilities=(held,))
        )  # fmt: skip
        found += [
            Field(id=f"field/{prefix}{n:06}-{m}", source=source.id, resource=id, position=m + 1,
                  name=f"信息项{(n + m) % names}", text=f"信息项{(n + m) % names}")
            for m in range(fields)
        ]  # fmt: skip
    return found


def renamed(record: Resource, name: str) -> Resource:
    return replace(record, name=name)
