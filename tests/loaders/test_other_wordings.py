"""Rules that nobody here has seen: other departments, other verbs, tables flattened to text, another language."""

from __future__ import annotations

import pytest

from catalog.condition import Condition
from catalog.resource import Resource
from catalog.vocabulary import ConditionKind, Role, Topic
from loaders.regulation.checks import TRACES
from loaders.regulation.load import Found, read_regulations
from loaders.regulation.losses import GAPS, LOSSES
from tests.loaders.regulation_cases import rule

HEAD = "示例省数据资源管理办法\n\n"


def read(*articles: str) -> Found:
    numbers = "一二三四五六七八九"
    body = "\n".join(f"第{numbers[at]}条 {text}" for at, text in enumerate(articles))
    return read_regulations({"x.txt": f"{HEAD}{body}\n"})


def shares(found: Found) -> dict[str, dict[str, tuple[Role, ...]]]:
    names = {one.id: getattr(one, "name", "") for one in found.records}
    return {
        one.name: {names[held.agency]: held.roles for held in one.responsibilities}
        for one in found.records
        if isinstance(one, Resource)
    }


COLLECT, PROVIDE, LEAD, MAINTAIN = Role.COLLECT, Role.PROVIDE, Role.LEAD, Role.MAINTAIN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("水务部门为下列取水许可信息的责任采集部门：\n许可证号、取水地点。", {"取水许可信息": {"水务部门"}}),
        ("气象部门负责提供下列气象观测信息：\n站号、气温、降水量。", {"气象观测信息": {"气象部门"}}),
        (
            "下列船舶登记信息由海事部门会同交通运输部门采集、提供：\n船名、船籍港。",
            {"船舶登记信息": {"海事部门", "交通运输部门"}},
        ),
        (
            "各部门按照下列分工采集、提供信息：\n（一）林业部门负责古树名木信息的采集、提供；\n（二）文物部门负责文物点信息的采集、提供。",
            {"古树名木信息": {"林业部门"}, "文物点信息": {"文物部门"}},
        ),
        (
            "公共数据按照下列分工归集：\n（一）林业部门负责归集古树名木数据，包括树种、树龄；\n（二）文物部门、渔政部门分别负责归集文物点数据和渔船数据。",
            {"古树名木数据": {"林业部门"}, "文物点数据": {"文物部门"}, "渔船数据": {"渔政部门"}},
        ),
        (
            "下列信息由下列部门采集并提供：\n古树名木信息，由林业部门采集、提供；\n渔船信息，由渔政部门采集、提供。",
            {"古树名木信息": {"林业部门"}, "渔船信息": {"渔政部门"}},
        ),
        (
            "以下数据由以下单位提供：\n古树名木数据，由林业部门提供。",
            {"古树名木数据": {"林业部门"}},
        ),
        (
            "省数据主管部门负责统筹人口、法人基础数据库和信用信息库的建设。",
            {
                "人口基础数据库": {"省数据主管部门"},
                "法人基础数据库": {"省数据主管部门"},
                "信用信息库": {"省数据主管部门"},
            },
        ),
        (
            "电子证照数据库由省数据主管部门会同公安部门建设、管理和维护。",
            {"电子证照数据库": {"省数据主管部门", "公安部门"}},
        ),
    ],
)
def test_other_verbs_assign_too(text, expected):
    assert {name: set(held) for name, held in shares(read(text)).items()} == expected


def test_who_keeps_records_and_reports():
    found = shares(read("用水单位应当做好用水原始记录，建立统计台账，并按规定向水务部门报送用水统计报表。"))
    assert found == {
        "用水原始记录": {"用水单位": (MAINTAIN,)},
        "统计台账": {"用水单位": (MAINTAIN,)},
        "用水统计报表": {"用水单位": (Role.REPORT,)},
    }


def test_a_translation_is_kept_and_not_read():
    found = read_regulations({"en.txt": "Measures on Data\n\nArticle 1 Agencies shall share data.\nArticle 2 End.\n"})
    assert [one.code for one in found.issues] == ["NO_ARTICLES"]
    assert not found.records


def test_a_translation_below_the_text_gives_no_rules():
    found = read("登记机关应当核对数据。\nArticle 1 The registry shall check the data.")
    assert [one.action for one in found.records if isinstance(one, Condition)] == ["核对"]


def test_a_table_flattened_to_text_invents_nothing():
    found = read("登记机关应当核对数据。", "附表：序号 部门 信息 更新 1 水务局 取水许可 每月 2 气象局 观测 实时")
    assert shares(found) == {}


def parts(*articles: str) -> list[tuple[Topic, str]]:
    return [(one.topic, one.action) for one in rule(*articles).conditions]


def test_a_rule_of_several_duties_is_cut_where_the_topic_changes():
    text = "登记机关应当建立数据安全制度，编制数据目录，并报数据主管部门备案。"
    assert parts(text) == [(Topic.SECURITY, "建立"), (Topic.CATALOGUE, "编制"), (Topic.FILING, "报")]


def test_a_purpose_is_not_cut_off():
    assert (
        parts("登记机关应当核对数据，确保目录完整。") == [(Topic.CORRECTION, "核对")]
        or len(parts("登记机关应当核对数据，确保目录完整。")) == 1
    )


def test_the_elements_of_a_catalogue_are_constraints():
    (one,) = rule("数据目录应当包括数据名称、格式、提供单位和更新时限等内容。").conditions
    assert [limit.right_operand for limit in one.constraints] == ["数据名称", "格式", "提供单位", "更新时限"]
    assert {limit.operator for limit in one.constraints} == {"hasPart"}


def test_the_contents_of_an_application_are_constraints():
    found = rule("申请人应当提交申请。申请包括下列内容：\n（一）申请人的姓名；\n（二）所需数据的描述。").conditions
    held = [limit.right_operand for one in found for limit in one.constraints]
    assert held == ["申请人的姓名", "所需数据的描述"]


def test_cases_of_a_sanction_are_constraints_of_which_one_is_enough():
    (one,) = rule("有下列行为之一的，由数据主管部门责令改正：\n（一）篡改数据的；\n（二）拒绝提供数据的。").conditions
    assert one.topic is Topic.PENALTY
    assert [(limit.left_operand, limit.operator) for limit in one.constraints] == [("case", "isAnyOf")] * 2


def test_nobody_is_named_where_the_law_leaves_it_open():
    found = rule("有下列行为之一的，由所在单位责令改正；构成犯罪的，依法追究刑事责任：\n（一）篡改数据的。").conditions
    assert [one.actor for one in found if one.action == "追究"] == [()]


def test_several_names_between_commas_act_together():
    (one,) = rule("区县政府，市政府各部门，公用企业单位应当公布办事指南。").conditions
    assert one.condition_kind is ConditionKind.DUTY
    assert len(one.actor) == 3


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.reading)
def test_every_loss_is_suspected_and_never_repaired(loss):
    found = read(loss.example)
    (issue,) = (one for one in found.issues if one.code == "SUSPECTED_LOSS")
    assert loss.reading in (issue.suggestion or "")
    whole = loss.cue.sub(loss.reading, loss.example)
    assert not [one for one in read(whole).issues if one.code == "SUSPECTED_LOSS"]


@pytest.mark.parametrize("gap", GAPS, ids=lambda gap: gap.example)
def test_every_gap_gets_a_suggestion(gap):
    (issue,) = (one for one in read(gap.example).issues if one.code == "LOST_CHARACTERS")
    assert gap.reading in (issue.suggestion or "")
    assert TRACES > 1


def test_an_announced_number_is_counted():
    found = read("登记机关应当公布职责、程序、、指南等5类信息。")
    (issue,) = (one for one in found.issues if one.code == "COUNT_DISAGREES")
    assert "5 things are announced and 3 printed" in issue.message
    assert not [one for one in read("登记机关应当公布职责、程序、指南等3类信息。").issues if "COUNT" in one.code]
