"""Demand lists as offices send them: several wishes in a cell, items row by row, who asks above the table."""

from __future__ import annotations

import pytest

from catalog.agency import Agency
from catalog.demand import Demand
from catalog.resource import Resource
from catalog.vocabulary import DemandStatus
from loaders.load import File, load
from loaders.table.demands import resources_in
from tests.loaders.workbooks import Rows, xlsx

HEAD = ["序号", "需求部门", "信息资源名称", "信息项名称", "信息项所属部门", "用途", "需求状态"]
ROW = ["1", "甲市教育局", "婚姻登记信息", "姓名", "甲市民政局", "入学", "已提交"]


def read(*rows: list[str], name: str = "Sheet1", merged=()):
    sheet: Rows = rows
    return load([File("需求.xlsx", xlsx(sheet, names=[name], merged=merged))])


def demands(loaded) -> list[tuple[str, str, str | None]]:
    names = {record.id: record.name for record in loaded.records if isinstance(record, Agency)}
    return [
        (names[one.agency], one.what, names.get(one.provider or ""))
        for one in loaded.records
        if isinstance(one, Demand)
    ]


def said(loaded) -> list[tuple[str, int | None]]:
    issues = (one for one in loaded.problems if not one.code.startswith("UNRESOLVED"))
    return [(one.code, one.place.row) for one in issues]


@pytest.mark.parametrize(
    ("cell", "wishes"),
    [
        ("婚姻登记信息、户籍信息", ["婚姻登记信息", "户籍信息"]),
        ("1.婚姻登记信息\n2.户籍信息", ["婚姻登记信息", "户籍信息"]),
        ("婚姻登记信息；户籍信息", ["婚姻登记信息", "户籍信息"]),
        ("出生、死亡登记信息", ["出生、死亡登记信息"]),
        ("婚姻登记信息（结婚、离婚）", ["婚姻登记信息（结婚、离婚）"]),
        ("婚姻登记信息", ["婚姻登记信息"]),
    ],
)
def test_a_cell_with_several_resources_asks_for_each(cell, wishes):
    assert resources_in(cell) == wishes
    loaded = read(HEAD, [*ROW[:2], cell, *ROW[3:]])
    assert demands(loaded) == [("甲市教育局", f"{wish}：姓名", "甲市民政局") for wish in wishes]


def test_as_many_providers_as_resources_are_paired_with_them():
    loaded = read(HEAD, ["1", "甲市教育局", "婚姻登记信息、户籍信息", "", "甲市民政局、甲市公安局", "入学", ""])
    assert demands(loaded) == [
        ("甲市教育局", "婚姻登记信息", "甲市民政局"),
        ("甲市教育局", "户籍信息", "甲市公安局"),
    ]
    assert said(loaded) == []


def test_several_providers_of_one_wish_are_not_guessed_at():
    loaded = read(HEAD, ["1", "甲市教育局", "户籍信息", "", "甲市民政局、甲市公安局", "入学", ""])
    assert demands(loaded) == [("甲市教育局", "户籍信息", None)]
    assert said(loaded) == [("SEVERAL_PROVIDERS", 2)]


def test_several_who_ask_ask_each():
    loaded = read(HEAD, ["1", "甲市教育局、甲市卫健委", *ROW[2:]])
    assert [one[0] for one in demands(loaded)] == ["甲市教育局", "甲市卫健委"]


def test_a_row_of_items_asks_for_them_as_the_row_above_does():
    loaded = read(HEAD, ROW, ["", "", "", "婚姻状况"])
    assert demands(loaded)[1] == ("甲市教育局", "婚姻登记信息：婚姻状况", "甲市民政局")
    assert [one.purpose for one in loaded.records if isinstance(one, Demand)] == ["入学", "入学"]
    assert said(loaded) == []


def test_a_row_of_items_below_a_refused_row_is_refused():
    loaded = read(HEAD, ["1", "", "婚姻登记信息", "姓名"], ["", "", "", "婚姻状况"])
    assert demands(loaded) == []
    assert said(loaded) == [("MISSING_VALUE", 2), ("MISSING_VALUE", 3)]


def test_items_without_a_resource_are_what_is_asked_for():
    loaded = read(HEAD, ["1", "甲市教育局", "", "婚姻状况、公民身份号码", "甲市民政局"])
    assert [one[1] for one in demands(loaded)] == ["婚姻状况", "公民身份号码"]


def test_items_are_divided_outside_brackets_only():
    loaded = read(HEAD, [*ROW[:3], "姓名，证件号码（身份证，护照）", *ROW[4:]])
    assert demands(loaded)[0][1] == "婚姻登记信息：姓名、证件号码（身份证，护照）"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["合计", "5"], "TOTAL_ROW"),
        (["填表人：李四", "", "联系电话：123"], "NOTE_ROW"),
        (HEAD, "HEADING_ROW"),
        (["1", "2", "3", "4", "5", "6", "7"], "HEADING_ROW"),
        (["示例", "某某局", "人口信息", "姓名", "某某局", "核对", ""], "EXAMPLE_ROW"),
    ],
)
def test_a_row_that_is_no_demand_is_said_and_makes_none(row, code):
    loaded = read(HEAD, ROW, row)
    assert len(demands(loaded)) == 1
    assert said(loaded) == [(code, 3)]


PLAIN = ["信息资源名称", "信息项名称", "信息项所属部门", "用途"]


@pytest.mark.parametrize(
    ("above", "name"),
    [
        (["需求单位：甲市教育局"], "Sheet1"),
        (["申请部门（盖章）：甲市教育局  日期：2020年3月"], "Sheet1"),
        (["甲市教育局信息资源需求清单"], "Sheet1"),
        ([""], "甲市教育局需求表"),
    ],
)
def test_who_asks_may_stand_above_the_table(above, name):
    loaded = read(above, PLAIN, ["婚姻登记信息", "姓名", "甲市民政局", "入学"], name=name)
    assert demands(loaded) == [("甲市教育局", "婚姻登记信息：姓名", "甲市民政局")]
    assert [code for code, _ in said(loaded)] == ["ASKER_ABOVE"]
    assert [file.format for file in loaded.files] == ["demands"]


def test_a_catalogue_that_speaks_of_needs_stays_one():
    head = ["信息资源名称", "信息资源提供方", "信息项名称", "共享类型"]
    loaded = read(
        ["说明：按各部门共享需求填写"], head, ["户籍信息", "甲市公安局", "姓名", "有条件共享"], name="需求响应"
    )
    assert [file.format for file in loaded.files] == ["catalogue"]
    assert [one.name for one in loaded.records if isinstance(one, Resource)] == ["户籍信息"]


@pytest.mark.parametrize(
    ("cell", "status"),
    [("已获取", DemandStatus.PROVIDED), ("未获取", DemandStatus.SUBMITTED), ("是", DemandStatus.PROVIDED)],
)
def test_the_guidelines_own_demand_list_says_what_was_got(cell, status):
    head = ["序号", "信息资源名称*", "信息项所属部门*", "需求部门", "用途", "是否已获取数据\n(已获取/未获取)"]
    loaded = read(head, ["1", "户籍信息", "甲市公安局", "甲市教育局", "入学", cell])
    (demand,) = (one for one in loaded.records if isinstance(one, Demand))
    assert demand.status is status
    assert said(loaded) == []


@pytest.mark.parametrize(
    ("cell", "status", "note"),
    [
        ("同意", DemandStatus.REPLIED_YES, None),
        ("不同意，涉及个人隐私", DemandStatus.REPLIED_NO, "涉及个人隐私"),
        ("拒绝（依据不足）", DemandStatus.REPLIED_NO, "依据不足"),
    ],
)
def test_an_answer_may_give_its_reason(cell, status, note):
    head = [*PLAIN, "需求部门", "答复情况", "答复日期"]
    row = ["婚姻登记信息", "姓名", "甲市民政局", "入学", "甲市教育局", cell]
    loaded = read(head, [*row, "2020.3.20"])
    (demand,) = (one for one in loaded.records if isinstance(one, Demand))
    assert (demand.status, [event.note for event in demand.history]) == (status, [note])
    assert said(loaded) == []
    undated = read(head, [*row, ""])
    assert [code for code, _ in said(undated)] == (["REMARK_WITHOUT_DATE"] if note else [])
