"""Rules of other places: what a reader would list in each text, and the whole of it as a golden file."""

from __future__ import annotations

import datetime as dt

import pytest

from catalog.agency import Agency
from catalog.clock import Clock
from catalog.condition import Condition
from catalog.field import Field
from catalog.regulation import Regulation
from catalog.resource import Resource
from catalog.vocabulary import ClockKind, ConditionKind, Role, Topic
from loaders.regulation.load import Found, read_regulations
from tests.loaders.other_places import TEXTS
from tests.loaders.regulation_cases import expect

MUST, NOT, MAY, IS = (
    ConditionKind.DUTY,
    ConditionKind.PROHIBITION,
    ConditionKind.PERMISSION,
    ConditionKind.DEFINITION,
)


@pytest.fixture(scope="module")
def read() -> dict[str, Found]:
    return {name: read_regulations({"x.txt": text}) for name, text in TEXTS.items()}


def rules(found: Found, path: str) -> list[Condition]:
    """The rules of an article and what is below it."""
    conditions = [one for one in found.records if isinstance(one, Condition)]
    paths = [(one.citation.provision or "").partition(".")[2] for one in conditions if one.citation]
    return [
        one
        for one, own in zip(conditions, paths, strict=True)
        if own == path or own.startswith((f"{path}p", f"{path}i"))
    ]


def told(one: Condition) -> tuple[object, ...]:
    return one.condition_kind, one.topic, one.actor, one.action, one.counterparty


RULES = [
    ("办法", "a5", [(MUST, Topic.CATALOGUE, ("市大数据主管部门", "市司法行政、机构编制等部门"), "制定", ())]),
    (
        "办法",
        "a12p1",
        [
            (MUST, Topic.APPLICATION, ("需求单位",), "申请", ("数源部门",)),
            (MUST, Topic.APPLICATION, ("数源部门",), "答复", ()),
            (MUST, Topic.APPLICATION, ("数源部门",), "开通", ()),
            (MUST, Topic.APPLICATION, ("数源部门",), "说明", ()),
        ],
    ),
    (
        "办法",
        "a13",
        [
            (MAY, Topic.DISPUTE, ("需求单位",), "申请", ("市大数据主管部门",)),
            (MUST, Topic.DISPUTE, ("市大数据主管部门",), "报", ("市人民政府",)),
        ],
    ),
    (
        "办法",
        "a14",
        [
            (MUST, Topic.PURPOSE_LIMITATION, ("需求单位",), "使用", ()),
            (NOT, Topic.PURPOSE_LIMITATION, ("需求单位",), "超出", ()),
            (NOT, Topic.ONWARD_DISCLOSURE, ("需求单位",), "提供", ("第三方",)),
        ],
    ),
    ("办法", "a16p2", [(NOT, Topic.NO_REPEATED_PROVISION, ("公共机构",), "要求", ("自然人", "法人", "非法人组织"))]),
    (
        "暂行办法",
        "a9",
        [
            (NOT, Topic.PURPOSE_LIMITATION, ("使用部门",), "使用", ()),
            (NOT, Topic.ONWARD_DISCLOSURE, ("使用部门",), "转让", ("他人",)),
            (NOT, Topic.PURPOSE_LIMITATION, ("使用部门",), "利用", ()),
        ],
    ),
    (
        "暂行办法",
        "a10",
        [
            (MUST, Topic.OVERSIGHT, ("县大数据局",), "通报", ()),
            (MUST, Topic.OVERSIGHT, ("县大数据局",), "报告", ("县人民政府",)),
        ],
    ),
    (
        "条例",
        "a20",
        [
            (MUST, Topic.PENALTY, ("本级人民政府", "上级主管部门"), "责令改正", ()),
            (MUST, Topic.PENALTY, ("本级人民政府", "上级主管部门"), "罚款", ()),
            (
                MUST,
                Topic.PENALTY,
                ("本级人民政府", "上级主管部门"),
                "给予",
                ("直接负责的主管人员", "其他直接责任人员"),
            ),
        ],
    ),
    ("条例", "a15", [(NOT, Topic.EXEMPTION, (), "开放", ())] * 3),
    ("公开", "a11", [(MUST, Topic.APPLICATION, ("行政机关",), "答复", ())]
     + [(MUST, Topic.APPLICATION, ("行政机关",), "告知", ("申请人",))] * 3),
    (
        "公开",
        "a12",
        [
            (NOT, Topic.COST, ("行政机关",), "收取", ()),
            (MAY, Topic.COST, ("行政机关",), "收取", ()),
        ],
    ),
    (
        "公开",
        "a18",
        [
            (MUST, Topic.RESPONSIBILITY, ("市人民政府办公室",), "解释", ()),
            (IS, Topic.VALIDITY, (), "施行", ()),
        ],
    ),
    (
        "信用",
        "a7",
        [
            (MAY, Topic.DISPUTE, ("信息主体",), "提交", ("区信用中心",)),
            (MUST, Topic.CORRECTION, ("区信用中心",), "核查", ()),
            (MUST, Topic.CORRECTION, ("提供单位",), "反馈", ()),
            (MUST, Topic.CORRECTION, ("提供单位",), "更正", ("信息主体",)),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "expected"), RULES)
def test_an_article_gives_its_rules(read, name, path, expected):
    assert [told(one) for one in rules(read[name], path)] == expected


@pytest.mark.parametrize(
    ("name", "path", "operand", "parts"),
    [
        ("办法", "a6p2", "catalogueElement", "数据名称 数据项 数源部门 数据格式 更新周期 共享属性 开放属性 安全级别"),
        ("办法", "a11p1", "shareType", "无条件共享 有条件共享 不予共享"),
        ("办法", "a12p1", "applicationContent", "使用依据 使用范围 使用期限 安全保障措施"),
        ("办法", "a18", "channel", "开放平台 信函 电子邮件"),
        ("暂行办法", "a7", "applicationContent", "申请数据名称 应用场景 法律依据 使用期限"),
    ],
)
def test_what_something_must_consist_of(read, name, path, operand, parts):
    found = [limit for one in rules(read[name], path) for limit in one.constraints if limit.left_operand == operand]
    assert [limit.right_operand for limit in found] == parts.split()


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        (
            "办法",
            "a23",
            [("gteq", "10000", "元"), ("lteq", "100000", "元"), ("gteq", "5000", "元"), ("lt", "30000", "元")],
        ),
        ("暂行办法", "a12", [("gteq", "1000000", "条"), ("gteq", "500000", "条"), ("lt", "1000000", "条")]),
        ("条例", "a20", [("gteq", "5000", "元"), ("lteq", "50000", "元")]),
        ("信用", "a11", [("gteq", "2000", "元"), ("lteq", "20000", "元")]),
    ],
)
def test_amounts(read, name, path, expected):
    limits = [limit for one in rules(read[name], path) for limit in one.constraints if limit.unit]
    assert [(one.operator, one.right_operand, one.unit) for one in limits] == expected


@pytest.mark.parametrize(
    ("name", "resource", "agencies", "roles", "fields"),
    [
        ("办法", "户籍人口信息", ["市公安局"], {Role.COLLECT, Role.VERIFY, Role.PROVIDE}, 3),
        ("办法", "法人基础信息", ["市市场监督管理局"], {Role.COLLECT, Role.VERIFY, Role.PROVIDE}, 5),
        ("办法", "婚姻登记信息", ["市民政局", "区人民政府"], {Role.COLLECT, Role.PROVIDE}, 0),
        ("暂行办法", "教师资格信息", ["县教育局"], {Role.PROVIDE}, 0),
        ("暂行办法", "低保对象信息", ["县民政局"], {Role.COLLECT, Role.VERIFY, Role.PROVIDE}, 0),
        ("暂行办法", "森林资源", ["县自然资源和规划局"], {Role.COLLECT, Role.LEAD}, 0),
        ("条例", "宏观经济基础数据库", ["发展改革部门"], {Role.LEAD, Role.MAINTAIN}, 0),
        ("条例", "教育主题数据库", ["教育部门"], {Role.MAINTAIN}, 0),
        ("条例", "基本单位名录信息", ["省人民政府统计机构"], {Role.COLLECT, Role.VERIFY, Role.PROVIDE}, 0),
        ("公开", "财政预算、决算信息", ["行政机关"], {Role.DISCLOSE}, 0),
        ("信用", "企业登记信息", ["区市场监管局"], {Role.PROVIDE}, 0),
    ],
)
def test_who_provides(read, name, resource, agencies, roles, fields):
    names = {one.id: one.name for one in read[name].records if isinstance(one, Agency)}
    (found,) = (one for one in read[name].records if isinstance(one, Resource) and one.name == resource)
    assert [names[one.agency] for one in found.responsibilities] == agencies
    assert {role for one in found.responsibilities for role in one.roles} == roles
    assert sum(isinstance(one, Field) and one.resource == found.id for one in read[name].records) == fields


def test_dates(read):
    texts = {name: next(one for one in found.records if isinstance(one, Regulation)) for name, found in read.items()}
    assert (texts["办法"].effective, texts["办法"].expires) == (dt.date(2023, 8, 1), dt.date(2028, 8, 1))
    assert (texts["暂行办法"].effective, texts["暂行办法"].expires) == (dt.date(2021, 10, 3), dt.date(2023, 10, 3))


def test_the_whole_of_them(read, pytestconfig):
    facts = {}
    for name, found in read.items():
        names = {one.id: one.name for one in found.records if isinstance(one, Agency)}
        facts[name] = {
            "rules": [
                f"{one.condition_kind} {one.topic} {'、'.join(one.actor) or '-'} {one.action}"
                f" → {'、'.join(one.counterparty) or '-'} | {one.trigger or '-'} | {''.join(one.text.split())}"
                for one in found.records
                if isinstance(one, Condition)
            ],
            "clocks": [
                f"{one.clock_kind} {one.amount} {one.unit} {'、'.join(one.actor) or '-'} {one.action} ({one.start})"
                for one in found.records
                if isinstance(one, Clock)
            ],
            "resources": [
                f"{one.name}: {'、'.join(names[held.agency] for held in one.responsibilities)}"
                for one in found.records
                if isinstance(one, Resource)
            ],
            "issues": [one.code for one in found.issues],
        }
    assert all(
        one.clock_kind in ClockKind for found in read.values() for one in found.records if isinstance(one, Clock)
    )
    expect("other_places", facts, pytestconfig.getoption("--update-golden-files"))
