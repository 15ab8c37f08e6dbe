"""Items that stand on a sheet of their own and name their resources by code or name."""

from __future__ import annotations

import pytest

from catalog.field import Field
from catalog.resource import Resource
from catalog.vocabulary import Severity
from tests.loaders.test_office_sheets import codes, of, read

RESOURCES = [
    ["信息资源代码", "信息资源名称", "信息资源提供方", "共享类型"],
    ["T-1", "车辆登记信息", "甲市公安局", "有条件共享"],
    ["T-2", "驾驶人信息", "甲市公安局", "有条件共享"],
]
ITEMS = [
    ["所属资源代码", "所属资源名称", "信息项名称", "数据类型", "是否主键"],
    ["T-1", "车辆登记信息", "车牌号", "字符型", "是"],
    ["", "", "所有人", "字符型", ""],
    ["T-2", "驾驶人信息", "驾驶证号", "字符型", "是"],
]


def items_of(loaded) -> dict[str, list[tuple[str, str | None, str | None, int | None]]]:
    return {
        resource.name: [
            (one.name, one.data_type, one.place.sheet, one.place.row)
            for one in sorted(of(loaded, Field), key=lambda one: one.position)
            if one.resource == resource.id
        ]
        for resource in of(loaded, Resource)
    }


@pytest.mark.parametrize("sheets", [(RESOURCES, ITEMS), (ITEMS, RESOURCES)], ids=["resources first", "items first"])
@pytest.mark.parametrize("columns", [[0, 1, 2, 3, 4], [0, 2, 3], [1, 2, 3]], ids=["both", "by code", "by name"])
def test_items_go_to_the_resource_that_they_name(sheets, columns):
    shown = [sheet if sheet is RESOURCES else [[row[i] for i in columns] for row in ITEMS] for sheet in sheets]
    loaded = read(*shown)
    where = f"Sheet{1 + sheets.index(ITEMS)}"
    assert items_of(loaded) == {
        "车辆登记信息": [("车牌号", "字符型", where, 2), ("所有人", "字符型", where, 3)],
        "驾驶人信息": [("驾驶证号", "字符型", where, 4)],
    }
    assert [one.severity for one in loaded.problems if one.severity is not Severity.INFO] == []


def test_what_else_a_row_of_items_says_is_kept():
    (vehicles,) = (one for one in of(read(RESOURCES, ITEMS), Resource) if one.code == "T-1")
    assert ("车牌号·是否主键", "是") in [(one.element, one.value) for one in vehicles.metadata]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["T-9", "没有的资源", "x", "字符型", ""], "UNKNOWN_RESOURCE"),
        (["T-2", "驾驶人信息", "", "字符型", ""], "MISSING_NAME"),
    ],
)
def test_items_that_nobody_can_take_are_said(row, code):
    loaded = read(RESOURCES, [*ITEMS, row])
    assert [
        (one.code, one.place.sheet, one.place.row) for one in loaded.problems if one.severity is Severity.ERROR
    ] == [(code, "Sheet2", 5)]
    assert len(of(loaded, Field)) == 3


def test_a_catalogue_of_its_own_is_no_list_of_items():
    others = [["信息资源名称", "信息项名称"], ["学籍信息", "学号"], ["教师信息", "姓名"]]
    loaded = read(RESOURCES, others, names=("Sheet1", "甲市教育局"))
    assert {one.name for one in of(loaded, Resource)} == {"车辆登记信息", "驾驶人信息", "学籍信息", "教师信息"}
    assert "UNKNOWN_RESOURCE" not in codes(loaded)


def test_a_resource_with_items_of_its_own_keeps_these():
    own = [[*RESOURCES[0], "信息项名称"], [*RESOURCES[1], "车架号"], [*RESOURCES[2], ""]]
    loaded = read([*RESOURCES[:1], ["T-3", "违章信息", "甲市公安局", "有条件共享"]], own, ITEMS)
    assert [name for name, *_ in items_of(loaded)["车辆登记信息"]] == ["车架号"]
