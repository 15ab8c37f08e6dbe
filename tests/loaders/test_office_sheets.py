"""Sheets as offices send them: whose they are stands above the table, and rows among the records are none."""

from __future__ import annotations

import pytest

from catalog.agency import Agency
from catalog.field import Field
from catalog.resource import Resource
from loaders.load import File, load
from loaders.table.above import agencies_in, agency_in
from loaders.table.items import split
from tests.loaders.workbooks import GOOD, HEAD, Rows, xlsx

PLAIN = ["信息资源名称", "信息项名称", "共享类型"]
FIRST, SECOND = ["户籍信息", "姓名", "有条件共享"], ["婚姻信息", "姓名", "无条件共享"]


def read(*sheets: Rows, names=("Sheet1", "Sheet2", "Sheet3"), merged=()):
    return load([File("目录.xlsx", xlsx(*sheets, names=names, merged=merged))])


def of(loaded, kind):
    return [record for record in loaded.records if isinstance(record, kind)]


def codes(loaded) -> list[str]:
    return [issue.code for issue in loaded.problems]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (HEAD, "HEADING_ROW"),
        (["1", "2", "3", "4", "5", "6", "7"], "HEADING_ROW"),
        (["甲", "乙", "1", "2", "3", "4", "5"], "HEADING_ROW"),
        (["（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）"], "HEADING_ROW"),
        (["必填", "必填", "必填", "选填", "单选", "单选", "选填"], "HINT_ROW"),
        (["示例：人口信息", "301/0", "某某局", "姓名", "有条件共享", "每月", "2020-01-01"], "EXAMPLE_ROW"),
        (["填表人：张三", "", "审核人：李四", "", "联系电话：0431-88888888"], "NOTE_ROW"),
        (["单位负责人（签字）：", "", "", "", "填表日期：2020年3月5日"], "NOTE_ROW"),
        (["", "", "甲市民政局（盖章）"], "NOTE_ROW"),
        (["", "", "", "", "", "2020年3月5日"], "NOTE_ROW"),
        (["第1页 共3页"], "NOTE_ROW"),
        (["合计", "2"], "TOTAL_ROW"),
    ],
)
def test_a_row_that_is_no_record_is_said_and_makes_none(row, code):
    loaded = read([HEAD, GOOD, row])
    assert [resource.name for resource in of(loaded, Resource)] == ["低保对象信息"]
    assert [agency.name for agency in of(loaded, Agency)] == ["甲市民政局"]
    assert [(issue.code, issue.place.row) for issue in loaded.problems] == [(code, 3)]


@pytest.mark.parametrize(
    "row",
    [
        ["日期", "302/1", "甲市民政局", "姓名", "有条件共享", "每月", "2024-03-01"],
        ["1", "302/1", "甲市民政局", "2", "有条件共享", "每月", "2024-03-01"],
        ["示例市人口信息", "302/1", "甲市民政局", "数据类型", "有条件共享", "每月", "2024-03-01"],
        ["信息资源名称", "302/1", "甲市民政局", "姓名", "有条件共享", "每月", "2024-03-01"],
    ],
)
def test_a_record_with_an_odd_cell_stays_a_record(row):
    assert [resource.name for resource in of(read([HEAD, GOOD, row]), Resource)] == ["低保对象信息", row[0]]


def test_lines_below_a_note_carry_it_on():
    loaded = read([HEAD, GOOD, ["注：1.共享类型按办法填写。"], ["2.更新周期按办法填写。"]])
    assert codes(loaded) == ["NOTE_ROW", "NOTE_ROW"]


@pytest.mark.parametrize(
    ("above", "name", "column", "agency"),
    [
        ([["填报单位：长春市民政局    填报日期：2020年3月5日"]], "Sheet1", "A", "长春市民政局"),
        ([["长春市目录"], ["编制单位（盖章）：长春市民政局"]], "Sheet1", "A", "长春市民政局"),
        ([["", "单位名称：", "长春市民政局"]], "Sheet1", "B", "长春市民政局"),
        ([["长春市民政局政务信息资源目录（2020年版）"]], "Sheet1", "A", "长春市民政局"),
        ([["单位：________"], ["说明"]], "2.市民政局", None, "市民政局"),
        ([], "市民政局", None, "市民政局"),
    ],
)
def test_a_sheet_without_providers_is_of_whom_it_names(above, name, column, agency):
    loaded = read([*above, PLAIN, FIRST], names=[name])
    (resource,) = of(loaded, Resource)
    assert [one.literal for one in resource.responsibilities] == [agency]
    (issue,) = loaded.problems
    assert (issue.code, issue.place.column) == ("PROVIDER_ABOVE", column)
    assert ("信息资源提供方", agency, True) in [(m.element, m.value, m.known) for m in resource.metadata]


def test_a_provider_from_above_is_an_element_as_one_from_a_column_is():
    (above,) = of(read([["填报单位：甲市公安局"], ["备注", *PLAIN], ["急", *FIRST]]), Resource)
    (column,) = of(read([["备注", "信息资源提供方", *PLAIN], ["急", "甲市公安局", *FIRST]]), Resource)
    assert above.metadata == column.metadata


def test_bands_between_the_rows_name_the_providers_of_the_rows_below():
    loaded = read([PLAIN, ["一、市公安局"], FIRST, ["二、市民政局", "", ""], SECOND], merged=["A2:C2"])
    found = {resource.name: resource.responsibilities[0].literal for resource in of(loaded, Resource)}
    assert found == {"户籍信息": "市公安局", "婚姻信息": "市民政局"}
    assert codes(loaded) == ["PROVIDER_ABOVE", "PROVIDER_ABOVE"]


def test_a_column_of_providers_speaks_before_a_title_and_its_empty_cells_stay_errors():
    loaded = read([["填报单位：甲市大数据局"], HEAD, GOOD, ["户籍信息", "302/1", "", "姓名"]])
    assert [resource.name for resource in of(loaded, Resource)] == ["低保对象信息"]
    assert [(issue.code, issue.place.column) for issue in loaded.problems] == [("MISSING_PROVIDER", "C")]


def test_without_any_word_of_the_provider_the_issue_says_where_to_write_it():
    loaded = read([["汇总"], PLAIN, FIRST], names=["全部"])
    (issue,) = loaded.problems
    assert issue.code == "MISSING_PROVIDER"
    assert "填报单位" in issue.suggestion


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("长春市政务信息资源目录", None),
        ("共享交换平台", None),
        ("全部", None),
        ("市委宣传部目录", "市委宣传部"),
        ("（三）市卫生健康委员会", "市卫生健康委员会"),
        ("2020年统计局", "统计局"),
        ("Sheet1", None),
    ],
)
def test_titles_name_agencies_by_their_last_words(title, agency):
    assert agency_in(title) == agency


@pytest.mark.parametrize(
    ("cell", "agencies"),
    [
        ("市发改委、市统计局", ["市发改委", "市统计局"]),
        ("市发改委\n市统计局", ["市发改委", "市统计局"]),
        ("街道、乡镇人民政府", ["街道、乡镇人民政府"]),
        ("市民政局", ["市民政局"]),
    ],
)
def test_several_providers_in_a_cell_are_several_agencies(cell, agencies):
    assert list(agencies_in(cell)) == agencies
    loaded = read([HEAD, [*GOOD[:2], cell, *GOOD[3:]]])
    (resource,) = of(loaded, Resource)
    assert [one.literal for one in resource.responsibilities] == agencies
    assert len(of(loaded, Agency)) == len(agencies)


CREDIT = "11000000MB0000003A"


@pytest.mark.parametrize(("second", "problems"), [("甲市公安局", ["CREDIT_CODE_AGAIN"]), ("甲市民政局", [])])
def test_one_credit_code_under_two_names_is_said(second, problems):
    head = ["信息资源名称", "信息资源提供方", "信息资源提供方代码"]
    loaded = read(
        [head, ["户籍信息", "甲市民政局", CREDIT], ["婚姻信息", second, CREDIT], ["低保信息", second, CREDIT]]
    )
    assert len(of(loaded, Agency)) == 1
    assert codes(loaded) == problems
    assert [one.literal for r in of(loaded, Resource) for one in r.responsibilities][1:] == [second, second]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("甲市民政局", CREDIT), ("甲市民政局", "")], [3]),
        ([("甲市民政局", ""), ("甲市 民政局", CREDIT), ("甲市民政局", "")], [3]),
        ([("甲市民政局", CREDIT), ("乙市民政局", "")], []),
        ([("甲市民政局", CREDIT), ("甲市民政局", CREDIT)], []),
    ],
)
def test_one_name_with_and_without_a_credit_code_is_said_once(rows, said):
    head = ["信息资源名称", "信息资源提供方", "信息资源提供方代码"]
    loaded = read([head, *([f"第{number}号登记信息", *row] for number, row in enumerate(rows))])
    assert [(issue.code, issue.place.row) for issue in loaded.problems] == [("NAMESAKES", row) for row in said]
    assert len(of(loaded, Agency)) == len({name.replace(" ", "") + code for name, code in rows})


def test_items_below_a_refused_row_are_refused_aloud():
    loaded = read([HEAD, ["户籍信息", "302/1", "", "姓名"], ["", "", "", "住址"]])
    assert [(issue.code, issue.place.row) for issue in loaded.problems] == [
        ("MISSING_PROVIDER", 2),
        ("MISSING_NAME", 3),
    ]
    assert "住址" in loaded.problems[1].message


def test_what_an_item_says_otherwise_than_its_resource_is_said():
    loaded = read([HEAD, GOOD, ["", "", "", "住址", "不予共享"]])
    (issue,) = loaded.problems
    assert (issue.code, issue.place.row, issue.place.column) == ("ITEM_DIFFERS", 3, "E")
    assert [field.name for field in of(loaded, Field)] == ["姓名", "住址"]


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("1.姓名；2.公民身份号码；3.状态（未婚/已婚）", ["姓名", "公民身份号码", "状态（未婚/已婚）"]),
        ("1、姓名\n2、住址", ["姓名", "住址"]),
        ("（1）姓名（2）年龄（周岁）", ["姓名", "年龄（周岁）"]),
        ("①姓名②年龄", ["姓名", "年龄"]),
        ("1.姓名 2.年龄", ["姓名", "年龄"]),
        ("姓名|年龄", ["姓名", "年龄"]),
        ("2020年人数、2021年人数", ["2020年人数", "2021年人数"]),
        ("1.5公里内人数、2.5公里内人数", ["1.5公里内人数", "2.5公里内人数"]),
        ("状态（1、正常；2、注销）", ["状态（1、正常；2、注销）"]),
        ("面积（1）", ["面积（1）"]),
    ],
)
def test_items_that_a_cell_numbers_lose_their_numbers(cell, items):
    assert split(cell) == items


@pytest.mark.parametrize("brackets", ["（）", "()", "【】", "[]", "〔〕"])
def test_notes_in_any_brackets_are_no_part_of_a_heading(brackets):
    left, right = brackets
    head = [f"信息资源名称\n{left}必填{right}", f"信息资源提供方{left}单位全称{right}※", "信息项名称 ★"]
    loaded = read([head, ["户籍信息", "甲市公安局", "姓名"]])
    assert [resource.name for resource in of(loaded, Resource)] == ["户籍信息"]
    assert [field.name for field in of(loaded, Field)] == ["姓名"]
    assert codes(loaded) == []


def test_headings_are_found_below_a_page_of_instructions():
    loaded = read([*[[f"说明第{number}行"] for number in range(15)], HEAD, GOOD])
    assert [resource.name for resource in of(loaded, Resource)] == ["低保对象信息"]


def test_an_item_that_is_shared_otherwise_stays_an_item_and_is_said():
    loaded = read([HEAD, GOOD, [*GOOD[:3], "住址", "不予共享", *GOOD[5:]]])
    assert [field.name for field in of(loaded, Field)] == ["姓名", "住址"]
    (issue,) = loaded.problems
    assert (issue.code, issue.place.row, issue.place.column) == ("ITEM_DIFFERS", 3, "E")
    assert "不予共享" in issue.message and "有条件共享" in issue.message


@pytest.mark.parametrize(
    ("head", "row", "column"),
    [
        (["信息资源名称", "信息资源提供方", "", "信息项名称"], ["户籍信息", "甲市公安局", "蓝", "姓名"], "C"),
        (["信息资源名称", "信息资源提供方", "信息项名称"], ["户籍信息", "甲市公安局", "姓名", "蓝"], "D"),
    ],
)
def test_cells_below_no_heading_are_kept_and_said(head, row, column):
    loaded = read([head, row])
    (resource,) = of(loaded, Resource)
    assert (f"{column}列", "蓝", False) in [(one.element, one.value, one.known) for one in resource.metadata]
    assert [(one.code, one.place.column) for one in loaded.problems] == [("UNKNOWN_COLUMN", column)]
    assert "no heading" in loaded.problems[0].message


def test_a_second_table_below_the_first_is_left_out_aloud():
    second = ["信息项名称", "数据类型", "信息资源代码", "备注"]
    loaded = read([HEAD, GOOD, [], second, ["姓名", "C", "301/1", ""]])
    assert [resource.name for resource in of(loaded, Resource)] == ["低保对象信息"]
    assert [(one.code, one.place.row) for one in loaded.problems] == [("SECOND_TABLE", 4)]
