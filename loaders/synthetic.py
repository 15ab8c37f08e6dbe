"""Synthetic catalogues of any size, for measuring and for trying out. Equal seeds give equal catalogues."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog.agency import Agency
from catalog.data_element import DataElement
from catalog.demand import Demand
from catalog.field import Field
from catalog.identifiers import (
    agency_id,
    data_element_id,
    demand_id,
    field_id,
    registered_resource_id,
    source_id,
)
from catalog.record import Record
from catalog.regulation import Provision
from catalog.resource import Resource
from catalog.source import Source
from catalog.value import Citation, DemandEvent, Format, Frequency, Responsibility
from catalog.vocabulary import (
    AgencyKind,
    Allocation,
    Confidence,
    DemandStatus,
    FrequencyCode,
    Openness,
    Origin,
    Role,
    ShareMode,
    ShareType,
)
from loaders.regulation.assignments.elements import element, meant
from loaders.synthetic_law import PLACE, demands, duties, texts

DOMAINS = (
    "公安 民政 教育 卫生健康 人力资源社会保障 市场监管 交通运输 税务 自然资源 生态环境 住房城乡建设 "
    "水务 农业农村 应急管理 文化旅游 城市管理 司法 财政 统计 医疗保障 退役军人 民族宗教 体育 气象 档案"
).split()
THINGS = (
    "许可 备案 登记 年检 处罚 监测 检查 投诉 补贴 认定 注册 变更 注销 公示 资质 信用 设施 项目 名录 台账 预警 "
    "评价 调度 合同 采购 考试 职称 培训 救助 供养 缴费 参保 就诊 接种 学籍 车辆 船舶 房屋 "
    "土地 河湖 管网 能耗 排放 灾情 物资 场馆 景区 线路 站点 票务"
).split()
SUFFIXES = "基本信息 明细信息 统计信息 名单 年度信息 审批信息 公开信息".split()
PARTS = "登记 变更 注销 审批 发证 检查 缴费 联系 申请 有效 起始 截止 建设 使用 负责 经办 监管 归属".split()
NOUNS = "日期 机关 编号 人姓名 地址 状态 类型 结果 金额 数量 电话 原因 依据 范围 等级 面积 名称 次数 备注 区划".split()
COMMON = "姓名 公民身份号码 统一社会信用代码 单位名称 行政区划代码 联系电话 出生日期 性别 民族 证件类型".split()
FORMATS = (
    Format(code="CSV", label="CSV", media_type="text/csv"),
    Format(code="JSON", label="JSON", media_type="application/json"),
    Format(code="XLSX", label="XLSX", media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
FREQUENCIES = (FrequencyCode.REAL_TIME, FrequencyCode.DAILY, FrequencyCode.MONTHLY, FrequencyCode.ANNUAL)
FIELDS = 10
RARE = 0.02
"""How often a resource lacks one thing or another: each kind of gap has some, most resources have none but of time."""
MEANT = ("婚姻状况", "户籍地址", "登记住所")
"""Data elements that are no identity keys: where several agencies have one, it is collected again."""
FATES = (DemandStatus.SUBMITTED, DemandStatus.SUBMITTED, DemandStatus.REPLIED_NO, DemandStatus.PROVIDED)
"""How demands fare, in turn: nobody is asked, no answer comes, it is refused, it is provided."""
FIRST_DAY = dt.date(2022, 1, 4)
NEEDLE = "仿真专用标识"
"""A field name that exactly two resources of every synthetic catalogue have, so that an exact name can be timed."""


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A catalogue to be made: ``resources`` registered resources with ten fields each, from one seed."""

    resources: int
    seed: int

    @property
    def path(self) -> str:
        """The name of the source that its records come from."""
        return f"synthetic-{self.seed}"

    def records(self) -> Iterator[Record]:
        """The records, in an order in which nothing is referred to before it comes. At least 9 in 10 are cleared."""
        chance = random.Random(self.seed)
        source = source_id(self.path)
        yield Source(id=source, path=self.path, format="synthetic", sha256="0" * 64)
        regulation, *articles, expired, lapsed = texts(source)
        yield from (regulation, *articles, expired, lapsed, *demands(source, regulation.id))
        agencies = [_agency(number) for number in range(max(len(DOMAINS), self.resources // 100))]
        yield from agencies
        elements = {name: element(name) for name in COMMON if meant(name) == name}
        elements |= {name: DataElement(id=data_element_id(name), name=name) for name in MEANT}
        yield from elements.values()
        assigned = list(duties(source, regulation.id, agencies[0].id, agencies[0].name))
        yield from assigned
        for number in range(self.resources):
            yield from self._resource(number, source, articles, lapsed, agencies, elements, assigned[0].id, chance)
        yield from self._demands(source, agencies, chance)

    def revised(self, number: int) -> Iterator[Resource]:
        """What the catalogue's revision ``number`` (from 2) writes again: one resource in fifty, and one at least."""
        chance = random.Random(f"{self.seed}/{number}")
        registered = [r for r in self.records() if isinstance(r, Resource) and r.origin is Origin.REGISTERED]
        for one in chance.sample(registered, max(1, len(registered) // 50)):
            changed = (one.modified or one.issued or FIRST_DAY) + dt.timedelta(days=number)
            yield replace(one, summary=f"{one.summary or one.name}（第{number}次修订）", modified=changed)

    def _demands(self, source: str, agencies: list[Agency], chance: random.Random) -> Iterator[Record]:
        """One demand for each hundred resources, and one of each fate at least."""
        for number in range(max(len(FATES), self.resources // 100)):
            asker, asked = chance.sample(agencies, 2)
            status = FATES[number % len(FATES)]
            what = f"{chance.choice(DOMAINS)}{chance.choice(THINGS)}{chance.choice(SUFFIXES)}"
            requested = dt.date(2022, 1, 4) + dt.timedelta(days=chance.randrange(700))
            answered = DemandEvent(at=requested + dt.timedelta(days=7), status=DemandStatus(status), by=asked.id)
            yield Demand(
                id=demand_id(asker.id, what, f"{requested} {number}"),
                source=source,
                agency=asker.id,
                what=what,
                provider=None if number % len(FATES) == 0 else asked.id,
                purpose="仿真",
                status=DemandStatus(status),
                requested=requested,
                history=() if status is DemandStatus.SUBMITTED else (answered,),
            )

    def _resource(
        self,
        number: int,
        source: str,
        articles: list[Record],
        lapsed: Record,
        agencies: list[Agency],
        elements: dict[str, DataElement],
        duty: str,
        chance: random.Random,
    ) -> Iterator[Record]:
        place = chance.randrange(len(agencies))
        agency = agencies[place]
        code = f"3{number % 97:02d}{number % 89:03d}/{number:08d}"
        article = lapsed if chance.random() < RARE else articles[chance.randrange(len(articles))]
        basis = (_cited(article),) if chance.random() < 0.8 else ()
        openness = chance.choice((Openness.OPEN, Openness.CONDITIONAL, Openness.CLOSED))
        share = chance.choice((ShareType.UNCONDITIONAL, ShareType.CONDITIONAL, ShareType.CONDITIONAL))
        if chance.random() < RARE:
            share, basis = ShareType.NOT_SHARED, ()
        issued = dt.date(2020, 1, 1) + dt.timedelta(days=chance.randrange(1500))
        resource = Resource(
            id=registered_resource_id(agency.id, code),
            source=source,
            name=f"{chance.choice(DOMAINS)}{chance.choice(THINGS)}{chance.choice(SUFFIXES)}（{number % 1000}）",
            origin=Origin.REGISTERED,
            code=code,
            category=chance.choice(("自然人", "法人和其他组织", "其他")),
            summary="仿真数据，仅供测量。",
            platform=None if chance.random() < RARE else "仿真市共享平台",
            contact=f"{agency.name}信息科" if place % 20 != 7 and chance.random() < 0.2 else None,
            fulfils=(duty,) if number == 0 else (),
            jurisdiction=PLACE,
            responsibilities=(
                Responsibility(
                    agency=agency.id,
                    roles=(Role.COLLECT, Role.PROVIDE),
                    allocation=Allocation.DECLARED,
                    confidence=Confidence.EXPLICIT,
                    literal=agency.name,
                ),
            ),
            share_type=share,
            share_condition="限履行法定职责使用" if share is ShareType.CONDITIONAL else None,
            mode=(ShareMode.SERVICE_INTERFACE,),
            formats=(chance.choice(FORMATS),),
            update_frequency=Frequency(code=(code_ := chance.choice(FREQUENCIES)), text=code_.zh),
            open_to_public=openness,
            cleared=chance.random() < 0.95 or number % 10 == 0,
            basis=basis,
            issued=issued,
            modified=issued + dt.timedelta(days=chance.randrange(600)),
        )
        yield resource
        first = chance.choice(COMMON)
        others = [chance.choice(PARTS) + chance.choice(NOUNS) for _ in range(16)]
        keys = {"姓名": ("公民身份号码",), "单位名称": ("统一社会信用代码",)}.get(first, ())
        if chance.random() < RARE:
            keys = (chance.choice(MEANT),)
        names = list(dict.fromkeys((NEEDLE if number < 2 else first, *keys, *others)))
        for position, name in enumerate(names[:FIELDS], start=1):
            means = elements.get(name)
            yield Field(
                id=field_id(resource.id, name),
                source=source,
                resource=resource.id,
                position=position,
                name=name,
                text=name,
                data_element=means.id if means else None,
                identity_key=means is not None and means.identity_key,
                share_type=share,
                open_to_public=openness,
            )


def _cited(article: Record) -> Citation:
    assert isinstance(article, Provision)
    return Citation(text="目录办法", provision=article.id, regulation=article.regulation)


def _agency(number: int) -> Agency:
    domain = DOMAINS[number % len(DOMAINS)]
    ring = number // len(DOMAINS)
    name = f"仿真市{f'第{ring}区' if ring else ''}{domain}局"
    return Agency(id=agency_id(PLACE, name), name=name, agency_kind=AgencyKind.BODY, jurisdiction=PLACE)
