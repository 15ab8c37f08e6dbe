"""How printed lists are cut, what parentheses say, which names mean a legal identity element."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.regulation.assignments import elements, lists, parentheses
from loaders.regulation.assignments.parentheses import Word
from tests.loaders.assignment_texts import rule

OPENING = "渔政部门负责下列渔船登记信息的采集、核准与提供：\n\n"


def cut(text: str) -> list[str]:
    return [text[item.start : item.end] for item in lists.cut(text).items]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("船名、吨位、船籍。", ["船名", "吨位", "船籍"]),
        ("船名，吨位，船籍", ["船名", "吨位", "船籍"]),
        ("船籍代码，省、市、县名称，《登记证》编号、船名。", ["船籍代码", "省、市、县名称", "《登记证》编号", "船名"]),
        ("船名、省、市、县名称、吨位", ["船名", "省、市、县名称", "吨位"]),
        ("住所（省、市、县）、船名", ["住所（省、市、县）", "船名"]),
        ("《船舶、船员证》编号、船名", ["《船舶、船员证》编号", "船名"]),
        ("照片和渔船信息状态（“在港”或者“出海”）、船名", ["照片", "渔船信息状态（“在港”或者“出海”）", "船名"]),
        ("参加救援培训和演练情况、船名", ["参加救援培训和演练情况", "船名"]),
        ("水质检验及底泥检验信息、船名", ["水质检验及底泥检验信息", "船名"]),
        ("驾驶技能与捕捞特长、船名", ["驾驶技能与捕捞特长", "船名"]),
        ("住址或单位、船名", ["住址或单位", "船名"]),
        ("船主姓名及其公民身份号码、船名", ["船主姓名及其公民身份号码", "船名"]),
        ("船名、登记机关以及登记日期", ["船名", "登记机关", "登记日期"]),
        ("船名，以及登记日期", ["船名", "登记日期"]),
        ("证件类型和号码、船名", ["证件类型和号码", "船名"]),
        ("船主（负责人）姓名、毕（肄）业时间", ["船主（负责人）姓名", "毕（肄）业时间"]),
        ("船名（未关闭、吨位", ["船名（未关闭", "吨位"]),
        ("", []),
        ("、、。", []),
    ],
)
def test_cut(text, items):
    assert cut(text) == items


@pytest.mark.parametrize(
    ("text", "items", "is_open"),
    [
        ("船名、吨位等。", ["船名", "吨位"], True),
        ("船名、吨位等信息。", ["船名", "吨位"], True),
        ("船名、其他有关信息。", ["船名"], True),
        ("船名及其他信息。", ["船名"], True),
        ("船名、船员等级。", ["船名", "船员等级"], False),
        ("船名、学校为高等。", ["船名", "学校为高等"], False),
    ],
)
def test_open_lists(text, items, is_open):
    assert (cut(text), lists.cut(text).open_list) == (items, is_open)


def test_inner_lists_and_joined_items_keep_their_parts():
    read = rule(OPENING + "船籍代码，省、市、县名称，船主姓名及其公民身份号码、吨位。")
    assert [(field.name, field.parts) for field in read.fields()] == [
        ("船籍代码", ()),
        ("省、市、县名称", ("省", "市", "县")),
        ("船主姓名及其公民身份号码", ("船主姓名", "公民身份号码")),
        ("吨位", ()),
    ]
    assert [field.identity_key for field in read.fields()] == [False, False, True, False]


def test_a_connector_that_can_be_read_both_ways_is_reported():
    read = rule(OPENING + "证件类型和号码、吨位。")
    assert (read.names(), read.codes) == (["证件类型和号码", "吨位"], ["DOUBTFUL_CONNECTOR"])


def test_fields_of_one_name_are_told_apart():
    read = rule(OPENING + "船名、登记日期（民政）、登记日期（工商）、登记日期。")
    assert [field.name for field in read.fields()] == ["船名", "登记日期", "登记日期", "登记日期"]
    assert len({field.id for field in read.fields()}) == 4
    assert [field.qualifier for field in read.fields()] == [None, "民政", "工商", None]
    assert read.codes == ["REPEATED_FIELD", "REPEATED_FIELD"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("状态（“在港”或者“出海”）", Word(name="状态", allowed_values=("在港", "出海"))),
        ("原因（「沉没」、「拆解」等）", Word(name="原因", allowed_values=("沉没", "拆解"))),
        ("是否机动（是或者否）", Word(name="是否机动", allowed_values=("是", "否"))),
        ("泊位（港、池、号）", Word(name="泊位", parts=("港", "池", "号"))),
        ("地址（包括门牌号）", Word(name="地址", parts=("门牌号",))),
        ("船况（适用于机动船）", Word(name="船况", applicability="适用于机动船")),
        ("船况（限二十年以上的）", Word(name="船况", applicability="限二十年以上的")),
        ("登记日期（工商）", Word(name="登记日期", qualifier="工商")),
        ("登记日期（工商）（适用于企业）", Word(name="登记日期", qualifier="工商", applicability="适用于企业")),
        ("船籍港（码头）", Word(name="船籍港（码头）")),
        ("毕（肄）业时间", Word(name="毕（肄）业时间")),
        ("毕业（学历）证书号", Word(name="毕业（学历）证书号")),
        ("（工商）", Word(name="（工商）")),
        ("船名）", Word(name="船名）")),
    ],
)
def test_parentheses(text, word):
    assert parentheses.read(text) == word


def test_a_qualified_field_is_found_as_printed_too():
    (_, registered) = rule(OPENING + "船名、登记日期（工商）。").fields()
    assert (registered.name, registered.aliases, registered.text) == (
        "登记日期",
        ("登记日期（工商）",),
        "登记日期（工商）",
    )


@pytest.mark.parametrize(
    ("name", "element"),
    [
        ("公民身份号码", "公民身份号码"),
        ("母亲公民身份号码", "公民身份号码"),
        ("法定代表人（负责人）身份证件号码", "身份证件号码"),
        ("统一社会信用代码", "统一社会信用代码"),
        ("注销前公民身份号码", None),
        ("船主姓名及其公民身份号码", None),
        ("居民身份证号", None),
        ("身份证件类型", None),
    ],
)
def test_identity_elements(name, element):
    assert elements.meant(name) == element


def test_fields_are_linked_to_their_elements():
    read = rule(OPENING + "船名、公民身份号码、父亲公民身份号码、统一社会信用代码。")
    linked = {element.id: element for element in read.elements}
    assert [linked[field.data_element].name for field in read.fields() if field.data_element] == [
        "公民身份号码",
        "公民身份号码",
        "统一社会信用代码",
    ]
    assert [(element.identifier, element.identity_key, element.source) for element in read.elements] == [
        ("GB 11643", True, None),
        ("GB 32100", True, None),
    ]


@given(st.text(alphabet="姓名号码省市县、，；和及其以等（）《》“”。\n ", max_size=80))
def test_items_are_in_order_and_lose_no_character(text):
    end = 0
    for item in lists.cut(text).items:
        assert end <= item.start < item.end <= len(text)
        end = item.end
    parentheses.read(text)
