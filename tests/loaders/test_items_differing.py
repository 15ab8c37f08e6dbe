"""What the row of an item says otherwise than its resource: its own share type and openness, and what is kept of it."""

from __future__ import annotations

import pytest

from catalog.field import Field
from catalog.resource import Resource
from catalog.vocabulary import Openness, Severity, ShareType
from tests.loaders.test_office_sheets import codes, of, read

HEAD = ["信息资源代码", "信息资源名称", "信息资源提供方", "信息项名称", "共享类型", "是否向社会开放", "开放条件"]
FIRST = ["1", "户籍信息", "甲市公安局", "姓名", "有条件共享", "否", ""]
CONDITIONAL, REFUSED = ShareType.CONDITIONAL, ShareType.NOT_SHARED


def shared(loaded) -> dict[str, ShareType]:
    return {field.name: field.share_type for field in of(loaded, Field)}


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "", "住址", "不予共享", "", ""],
        ["1", "户籍信息", "甲市公安局", "住址", "3-不予共享", "否", ""],
        ["", "户籍信息", "甲市公安局", "住址", "不予共享", "", ""],
    ],
    ids=["below", "repeated", "without its code"],
)
def test_an_item_is_shared_as_its_own_row_says(row):
    loaded = read([HEAD, FIRST, row])
    (issue,) = loaded.problems
    assert (issue.code, issue.severity, issue.place.column) == ("ITEM_DIFFERS", Severity.INFO, "E")
    assert shared(loaded) == {"姓名": CONDITIONAL, "住址": REFUSED}
    (resource,) = of(loaded, Resource)
    assert resource.share_type is CONDITIONAL


def test_a_resource_without_a_code_is_told_by_its_name_and_provider():
    bare = [["", *row[1:]] for row in (FIRST, [*FIRST[:3], "住址", "不予共享", "否", ""])]
    loaded = read([HEAD, *bare])
    assert codes(loaded) == ["ITEM_DIFFERS"]
    assert shared(loaded) == {"姓名": CONDITIONAL, "住址": REFUSED}
    other = read([[*HEAD, "摘要"], [*bare[0], "户口簿"], [*bare[1], "别的"]])
    assert codes(other) == ["DUPLICATE_CODE"]


@pytest.mark.parametrize("heading", ["信息项共享类型", "数据项共享属性", "共享类型"])
def test_a_column_of_the_items_own_speaks_for_each_also_in_the_first_row(heading):
    head = [*HEAD, heading]
    loaded = read([head, [*FIRST, "无条件共享"], [*FIRST[:3], "住址", *FIRST[4:], "不予共享"], ["", "", "", "性别"]])
    assert shared(loaded) == {"姓名": ShareType.UNCONDITIONAL, "住址": REFUSED, "性别": CONDITIONAL}
    assert codes(loaded) == []


def test_a_column_of_the_items_own_speaks_for_all_that_its_cell_names():
    loaded = read([[*HEAD, "信息项共享类型"], [*FIRST[:3], "姓名、住址", *FIRST[4:], "不予共享"]])
    assert shared(loaded) == {"姓名": REFUSED, "住址": REFUSED}


@pytest.mark.parametrize("column", ["信息项共享类型", "信息项开放属性"])
def test_what_is_no_choice_is_said_and_the_item_is_as_its_resource(column):
    loaded = read([[*HEAD, column], [*FIRST, "信鸽"]])
    (issue,) = loaded.problems
    assert (issue.code, issue.place.row, issue.place.column) == ("BAD_VALUE", 2, "H")
    assert "left out" in issue.message
    (field,) = of(loaded, Field)
    assert (field.share_type, field.open_to_public) == (CONDITIONAL, Openness.CLOSED)


@pytest.mark.parametrize(
    ("resource", "row", "opened"),
    [
        (("否", ""), ("是", ""), Openness.OPEN),
        (("否", ""), ("是", "脱敏"), Openness.CONDITIONAL),
        (("是", "脱敏"), ("是", ""), Openness.CONDITIONAL),
        (("是", "脱敏"), ("否", ""), Openness.CLOSED),
        (("是", ""), ("是", ""), Openness.OPEN),
        (("是", ""), ("", ""), Openness.OPEN),
    ],
)
def test_an_item_is_open_as_its_own_row_says(resource, row, opened):
    loaded = read([HEAD, [*FIRST[:5], *resource], ["", "", "", "住址", "", *row]])
    assert [field.open_to_public for field in of(loaded, Field)][1:] == [opened]


@pytest.mark.parametrize(
    ("cell", "column", "element"),
    [("脱敏", 6, "住址·开放条件"), ("丙市", 2, "住址·信息资源提供方"), ("信鸽", 4, "住址·共享类型")],
)
def test_what_else_an_item_says_of_its_resource_is_kept_and_said(cell, column, element):
    row = ["", "", "", "住址", "", "", ""]
    row[column] = cell
    loaded = read([HEAD, FIRST, row])
    (issue,) = loaded.problems
    assert (issue.code, issue.severity, issue.place.row) == ("ITEM_DIFFERS", Severity.WARNING, 3)
    (resource,) = of(loaded, Resource)
    assert (element, cell) in [(one.element, one.value) for one in resource.metadata]
    assert shared(loaded) == {"姓名": CONDITIONAL, "住址": CONDITIONAL}


def test_items_on_a_sheet_of_their_own_say_how_they_are_shared():
    resources = [["信息资源代码", "信息资源名称", "信息资源提供方", "共享类型", "更新周期"]]
    resources.append(["1", "户籍信息", "甲市公安局", "有条件共享", "每月"])
    items = [["信息资源代码", "信息资源名称", "信息项名称", "共享类型", "更新周期"]]
    items += [["1", "户籍信息", "姓名", "有条件共享", "每月"], ["1", "户籍信息", "住址", "不予共享", "每日"]]
    loaded = read(resources, items)
    assert shared(loaded) == {"姓名": CONDITIONAL, "住址": REFUSED}
    assert [(one.code, one.severity, one.place.sheet, one.place.column) for one in loaded.problems] == [
        ("ITEM_DIFFERS", Severity.INFO, "Sheet2", "D"),
        ("ITEM_DIFFERS", Severity.WARNING, "Sheet2", "E"),
    ]
    (resource,) = of(loaded, Resource)
    assert ("住址·更新周期", "每日") in [(one.element, one.value) for one in resource.metadata]
