"""Agency names: in running text, and in phrases set apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.vocabulary import AgencyKind
from loaders.regulation import agencies
from tests.loaders.assignment_texts import PLACE, reading


def found(text: str) -> list[str]:
    return [mention.name for mention in agencies.find(reading(text))]


def listed(text: str) -> list[str]:
    return [mention.name for mention in agencies.listed(reading(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由公安机关会同民政部门办理。", ["公安机关", "民政部门"]),
        ("卫生和计划生育行政部门负责。", ["卫生和计划生育行政部门"]),
        ("市、区信息化主管部门组织检查。", ["市信息化主管部门", "区信息化主管部门"]),
        ("应当会同保密、公安等部门制定。", ["保密部门", "公安部门"]),
        ("财政、税务和金融等有关部门配合。", ["财政部门", "税务部门", "金融部门"]),
        ("市政府信息共享平台管理机构负责。", ["市政府信息共享平台管理机构"]),
        ("市政府信息共享工作。", []),
        ("报市政府批准。", ["市政府"]),
        ("报同级人民政府决定。", ["人民政府"]),
        ("镇人民政府、街道办事处配合。", ["镇人民政府", "街道办事处"]),
        ("责任采集部门和信息提供部门、使用部门。", ["责任采集部门", "信息提供部门", "使用部门"]),
        ("公民、法人和其他组织有权申请。", ["公民", "法人", "其他组织"]),
        ("公民身份号码、法人证书号。", []),
        ("用能单位应当报送报表。", ["用能单位"]),
        ("有权颁发驾驶证的行政机关和组织负责。", ["有权颁发驾驶证的行政机关和组织"]),
        ("医疗卫生机构名称、登记机关。", []),
        ("有关部门应当配合。", []),
        ("市工业和信息化委托管。", []),
    ],
)
def test_find(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("渔政部门和镇人民政府、街道办事处", ["渔政部门", "镇人民政府", "街道办事处"]),
        ("卫生和计划生育行政部门、公安机关", ["卫生和计划生育行政部门", "公安机关"]),
        ("人力资源和社会保障部门以及民政部门", ["人力资源和社会保障部门", "民政部门"]),
        ("渔业、林业等部门和从事相关调查的事业单位", ["渔业部门", "林业部门", "从事相关调查的事业单位"]),
        ("统计和节能行政主管部门及其他有关部门", ["统计部门", "节能行政主管部门"]),
        ("公安、市场监督管理等牵头部门", ["公安部门", "市场监督管理部门"]),
        ("各级残疾人联合会", ["残疾人联合会"]),
        ("教育行政部门、普通高等学校", ["教育行政部门", "普通高等学校"]),
        ("有关部门", []),
        ("", []),
    ],
)
def test_listed(text, names):
    assert listed(text) == names


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("公安机关", AgencyKind.OFFICE),
        ("示例市渔业局", AgencyKind.BODY),
        ("街道办事处", AgencyKind.GOVERNMENT),
        ("提供部门", AgencyKind.ROLE),
        ("政务部门", AgencyKind.CLASS),
        ("普通高等学校", AgencyKind.CLASS),
        ("用能单位", AgencyKind.PARTY),
    ],
)
def test_kinds(name, kind):
    assert agencies.kind_of(name) is kind


def test_records_are_shared_and_belong_to_the_place():
    (mention,) = agencies.find(reading("公安机关负责。"))
    agency = agencies.record(mention, "公安機關", PLACE)
    assert (agency.source, agency.jurisdiction, agency.literal) == (None, PLACE, None)
    assert agency.id.startswith("org/990100-")


@given(st.text(alphabet="公安市区县人民政府部门机关信息化主管和及、等有权的责任采集办事处委局管理 ，。", max_size=60))
def test_mentions_are_apart_and_in_order(text):
    end = 0
    for mention in agencies.find(reading(text)):
        assert end <= mention.start < mention.end <= len(text) and mention.name
        end = mention.end
    for mention in agencies.listed(reading(text)):
        assert 0 <= mention.start < mention.end <= len(text) and mention.name


@pytest.mark.parametrize("name", ["自然资源和规划局", "文化广电和旅游局", "教育和体育局", "城市管理和综合执法局"])
def test_a_name_with_a_conjunction_is_one_body(name):
    assert [mention.name for mention in agencies.find(reading(f"由市{name}维护"))] == [f"市{name}"]
