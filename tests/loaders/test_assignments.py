"""Who collects, verifies and provides what: made-up rules, one for each trap that real drafting sets."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from catalog.vocabulary import AgencyKind, Origin, Regime, Role
from tests.loaders.assignment_texts import REGULATION, rule

ALL_THREE = (Role.COLLECT, Role.VERIFY, Role.PROVIDE)
BOATS = "渔政部门依照法定职责，负责下列渔船登记信息的采集、核准与提供：\n\n"


def test_one_agency_one_list():
    read = rule(BOATS + "渔船编号、船主姓名、吨位。")
    (boats,) = read.resources
    assert (boats.name, boats.origin, boats.regime, boats.cleared) == (
        "渔船登记信息",
        Origin.STATUTORY,
        Regime.SHARING,
        True,
    )
    assert (boats.jurisdiction, boats.regulation) == (REGULATION.jurisdiction, REGULATION.id)
    assert read.names() == ["渔船编号", "船主姓名", "吨位"]
    assert read.parties() == [("渔政部门", "SINGLE", "EXPLICIT")]
    (duty,) = boats.responsibilities
    assert (duty.roles, duty.literal) == (ALL_THREE, "渔政部门")
    (basis,) = boats.basis
    assert (basis.text, basis.provision, basis.regulation) == ("第二条", f"{REGULATION.id}.a2", REGULATION.id)
    assert duty.citation == basis
    assert read.codes == []


def test_verbatim_texts_and_places_in_another_script():
    read = rule(BOATS + "漁船編號、船主姓名(適用於個人所有的情況)、噸位。", script="traditional")
    number, owner, _ = read.fields()
    assert (number.text, number.name) == ("漁船編號", "渔船编号")
    assert (owner.text, owner.applicability) == ("船主姓名(適用於個人所有的情況)", "适用于个人所有的情况")
    for field in read.fields():
        assert field.place and field.place.span and field.place.source == "example.txt"
        assert read.source[field.place.span.start : field.place.span.end] == field.text
        assert field.place.line == read.source.count("\n", 0, field.place.span.start) + 1


def test_scripts_layouts_and_widths_give_the_same_identifiers():
    body = "渔船编号、船主姓名（适用于个人所有的情况）、状态（“在港”或者“出海”）。"
    plain = rule(BOATS + body)
    for other in (
        rule(BOATS + body, script="traditional"),
        rule(BOATS.rstrip() + body),
        rule((BOATS + body).replace("（", "(").replace("）", ")").replace("，", ",")),
    ):
        assert [record.id for record in other.extract.records] == [record.id for record in plain.extract.records]


def test_several_agencies_for_one_list_act_jointly():
    read = rule("渔政部门和镇人民政府、街道办事处依照法定职责，负责下列养殖信息的采集、核准与提供：\n\n品种、面积。")
    assert [party[:2] for party in read.parties()] == [
        ("渔政部门", "JOINT"),
        ("镇人民政府", "JOINT"),
        ("街道办事处", "JOINT"),
    ]
    kinds = {agency.name: agency.agency_kind for agency in read.agencies.values()}
    assert kinds == {
        "渔政部门": AgencyKind.OFFICE,
        "镇人民政府": AgencyKind.GOVERNMENT,
        "街道办事处": AgencyKind.GOVERNMENT,
    }


def test_two_agencies_two_lists_undivided():
    read = rule(
        "农业部门、公安机关负责下列养犬和捕犬登记信息采集、核准与提供：\n\n犬名、品种。\n\n捕获地点、民警签名。"
    )
    keeping, catching = read.resources
    assert [resource.name for resource in read.resources] == ["养犬登记信息", "捕犬登记信息"]
    assert read.parties(keeping) == [("农业部门", "UNDIVIDED", "HIGH"), ("公安机关", "UNDIVIDED", "MEDIUM")]
    assert read.parties(catching) == [("农业部门", "UNDIVIDED", "MEDIUM"), ("公安机关", "UNDIVIDED", "HIGH")]
    (issue,) = read.extract.issues
    assert (issue.code, issue.place and issue.place.line) == ("UNDIVIDED_AGENCIES", 5)


def test_content_can_speak_for_both():
    read = rule("卫生部门、公安机关负责下列收治和收容信息的采集与提供：\n\n医师签名、民警签名。\n\n地点。")
    assert [confidence for _, _, confidence in read.parties()] == ["HIGH", "HIGH"]


def test_two_agencies_two_lists_respectively():
    read = rule("农业部门、公安机关分别负责下列养犬信息和捕犬信息的采集、核准与提供：\n\n犬名。\n\n地点。")
    assert [read.parties(resource) for resource in read.resources] == [
        [("农业部门", "RESPECTIVE", "EXPLICIT")],
        [("公安机关", "RESPECTIVE", "EXPLICIT")],
    ]
    assert read.codes == []


def test_respectively_that_does_not_meet_is_reported():
    read = rule("农业部门、公安机关、民政部门分别负责下列养犬信息和捕犬信息的采集与提供：\n\n犬名。\n\n地点。")
    assert read.codes == ["UNPAIRED_AGENCIES"]
    assert {party[2] for resource in read.resources for party in read.parties(resource)} == {"LOW"}


def test_one_name_two_lists_is_one_resource():
    read = rule("渔政部门负责下列渔船信息的采集、核准与提供：\n\n编号、吨位。\n\n船主、船籍。")
    assert read.names() == ["编号", "吨位", "船主", "船籍"]
    assert read.codes == ["UNNAMED_LISTS"]


def test_items_with_lists_and_labels_that_are_only_the_subject():
    read = rule(
        "民政部门负责下列社会机构登记信息的采集、核准与提供：\n\n（一）茶馆备案信息：馆名、馆址。\n\n（二）书院：院名、院址、山长姓名。"
    )
    teas, books = read.resources
    assert (teas.name, teas.basis[0].provision) == ("茶馆备案信息", f"{REGULATION.id}.a2i1")
    assert (books.name, books.aliases, read.names(books)) == ("书院登记信息", ("书院",), ["院名", "院址", "山长姓名"])
    assert books.basis[0].text == "（二）"
    assert read.codes == ["SUBJECT_ONLY_LABEL"]


def test_items_that_are_fields():
    read = rule("渔政部门负责下列渔船登记信息的采集、核准与提供：\n\n（一）渔船编号；\n\n（二）吨位（适用于机动船）。")
    assert [resource.name for resource in read.resources] == ["渔船登记信息"]
    assert read.names() == ["渔船编号", "吨位"]


def test_an_open_class_keeps_its_clause():
    clause = "有权颁发驾船证和捕捞证的行政机关和组织"
    read = rule(f"{clause}依照各自法定职责，负责下列有关驾船证和捕捞证信息的采集、核准与提供：\n\n证号、有效期。")
    (agency,) = read.agencies.values()
    assert (agency.name, agency.agency_kind, agency.literal) == (clause, AgencyKind.CLASS, clause)
    assert read.resources[0].name == "驾船证和捕捞证信息"


def test_named_kinds_and_no_list():
    read = rule(
        "渔业、林业、气象等部门和从事相关调查的事业单位依照法定职责，负责湖泊、河流、雨雪（降水）、湿地等水文基础信息的采集、核准与提供。"
        "\n\n水文基础信息的范围，依照国家规定确定。"
    )
    (water,) = read.resources
    assert (water.name, water.subtypes) == ("水文基础信息", ("湖泊", "河流", "雨雪（降水）", "湿地"))
    assert (water.open_list, read.fields()) == (True, [])
    assert [name for name, _, _ in read.parties()] == ["渔业部门", "林业部门", "气象部门", "从事相关调查的事业单位"]
    assert [duty.literal for duty in water.responsibilities][:3] == ["渔业", "林业", "气象"]


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        ("第一节 自然人基础信息的采集、核准与提供", "自然人"),
        ("第一节 船舶信息", "船舶"),
        ("第一节 其他信息的采集", "其他"),
        ("第一节 一般规定", None),
    ],
)
def test_category_from_the_section(heading, category):
    read = rule(BOATS + "编号、吨位。", before=f"第一章 总则\n\n{heading}")
    assert [resource.category for resource in read.resources] == [category]


WORDINGS = [
    ("渔政部门为下列渔船基础信息的责任采集部门：编号、吨位。", (Role.COLLECT,)),
    ("渔政部门负责采集、提供下列渔船信息：编号、吨位。", (Role.COLLECT, Role.PROVIDE)),
    ("下列渔船信息由渔政部门负责采集和核实：编号、吨位。", (Role.COLLECT, Role.VERIFY)),
    ("下列渔船信息的责任采集部门为渔政部门：编号、吨位。", (Role.COLLECT,)),
    ("渔政部门应当按照职责分工负责收集、更新下列渔船数据：编号、吨位。", (Role.COLLECT, Role.MAINTAIN)),
]


@pytest.mark.parametrize(("text", "roles"), WORDINGS)
def test_other_wordings(text, roles):
    read = rule(text)
    assert [name for name, _, _ in read.parties()] == ["渔政部门"]
    assert (read.resources[0].responsibilities[0].roles, read.names()) == (roles, ["编号", "吨位"])


def test_acting_with_others():
    read = rule("由渔政部门会同海洋部门采集下列渔港信息：港名、泊位数。", "灯塔信息由海事部门会同有关部门采集、提供。")
    harbour, light = read.resources
    assert [party[:2] for party in read.parties(harbour)] == [("渔政部门", "JOINT"), ("海洋部门", "JOINT")]
    assert (light.name, read.parties(light)) == ("灯塔信息", [("海事部门", "SINGLE", "EXPLICIT")])


def test_generic_heading_with_a_list_of_classes():
    read = rule("渔政部门负责采集、提供下列信息：渔船登记信息、渔港信息、船员数据。")
    assert [resource.name for resource in read.resources] == ["渔船登记信息", "渔港信息", "船员数据"]
    assert [read.fields(resource) for resource in read.resources] == [[], [], []]


def test_numbered_departments():
    read = rule(
        "各部门按照下列分工采集、提供信息：\n\n（一）渔政部门负责渔船信息、渔港信息的采集和提供；\n\n（二）民政部门：茶馆信息。"
    )
    assert [(resource.name, read.parties(resource)[0][0]) for resource in read.resources] == [
        ("渔船信息", "渔政部门"),
        ("渔港信息", "渔政部门"),
        ("茶馆信息", "民政部门"),
    ]


def test_an_announced_list_that_is_missing_is_reported():
    read = rule("渔政部门负责下列渔船信息的采集、核准与提供：")
    assert (read.codes, len(read.resources)) == (["EMPTY_LIST"], 1)


def test_the_same_class_twice_is_reported():
    read = rule("渔政部门负责采集、提供下列信息：渔船信息、渔船信息。")
    assert (len(read.resources), read.codes) == (1, ["REPEATED_RESOURCE"])


@pytest.mark.parametrize(
    "text",
    [
        "申请人应当提供下列材料：身份证、申请书。",
        "申请人应当提供下列信息：姓名、住址。",
        "责任采集部门负责相关信息的核准、更新。",
        "各部门负责本部门政务信息资源的采集、共享和安全工作。",
        "行政机关应当做好信息的采集和共享工作。",
        "市信息化主管部门负责下列工作：组织编制目录、监督检查。",
        "信息提供部门应当提供相关信息，并抄送民政部门。",
    ],
)
def test_what_assigns_nothing(text):
    assert rule(text).extract.records == ()


@settings(max_examples=150)
@given(
    st.text(
        alphabet="渔政部门负责下列登记信息的采集、核准与提供：，。；（）()“”《》和及其等由会同分别公开一二条第\n 1.姓名号码",
        max_size=120,
    )
)
@example("（" * 60 + "）" * 60)
@example("渔政部门负责下列信息的采集、核准与提供：" + "姓名以及" * 300)
def test_never_crashes_and_spans_hold(text):
    read = rule(BOATS + text, text)
    for resource in read.resources:
        assert resource.name and resource.place and resource.place.span
        assert all(duty.literal in read.source for duty in resource.responsibilities)
        for position, field in enumerate(read.fields(resource), start=1):
            assert field.place and field.place.span
            assert read.source[field.place.span.start : field.place.span.end] == field.text
            assert (field.position, bool(field.name)) == (position, True)
    identifiers = [record.id for record in read.extract.records]
    assert len(identifiers) == len(set(identifiers))
    issues = [issue.id for issue in read.extract.issues]
    assert len(issues) == len(set(issues))


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_never_crashes_on_anything(text):
    rule(text.replace("\r", " "), BOATS + text)
