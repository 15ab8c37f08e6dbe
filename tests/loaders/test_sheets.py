"""Registered catalogues and demand lists: what each cell becomes, and what is said of the bad ones."""

from __future__ import annotations

import datetime as dt

import pytest

from catalog.agency import Agency
from catalog.changes import ChangeSet, check
from catalog.demand import Demand
from catalog.field import Field
from catalog.resource import Resource
from catalog.vocabulary import DemandStatus, FrequencyCode, Openness, ShareMode, ShareType
from loaders.load import File, load
from loaders.table.sheet import letter
from loaders.table.values import date

HEAD = "信息资源名称,信息资源代码,信息资源提供方,信息资源提供方代码,信息项名称,共享类型,共享方式类型,是否向社会开放,更新周期,发布日期,依据"
GOOD = "低保对象信息,301/1,甲市民政局,11000000MB0000003A,姓名,有条件共享,接口,否,每月,2024-03-01,"


def read(*rows: str, head: str = HEAD, path: str = "目录.csv", encoding: str = "utf-8"):
    text = "\n".join([head, *rows]) + "\n"
    return load([File(path, text.encode(encoding))])


def of(loaded, kind):
    return [record for record in loaded.records if isinstance(record, kind)]


def codes(loaded) -> list[str]:
    return [issue.code for issue in loaded.problems]


def test_a_row_becomes_a_resource_with_its_provider_and_item():
    loaded = read(GOOD)
    (resource,) = of(loaded, Resource)
    assert resource.name == "低保对象信息"
    assert resource.share_type is ShareType.CONDITIONAL
    assert resource.mode == (ShareMode.SERVICE_INTERFACE,)
    assert resource.open_to_public is Openness.CLOSED
    assert resource.update_frequency is not None
    assert resource.update_frequency.code is FrequencyCode.MONTHLY
    assert resource.issued == dt.date(2024, 3, 1)
    (agency,) = of(loaded, Agency)
    assert agency.credit_code == "11000000MB0000003A"
    assert [field.name for field in of(loaded, Field)] == ["姓名"]
    assert codes(loaded) == []
    check(ChangeSet(id="x", at=dt.datetime.now(dt.UTC), actor="t", puts=loaded.records))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encoding_of_a_sheet_changes_nothing(encoding):
    assert [r.id for r in read(GOOD, encoding=encoding).records] == [r.id for r in read(GOOD).records]


def test_rows_of_one_code_give_the_items_of_one_resource_repeated_or_left_empty():
    repeated = read(GOOD, GOOD.replace("姓名", "公民身份号码"))
    empty = read(GOOD, ",,,,公民身份号码,,,,,,")
    for loaded in (repeated, empty):
        assert len(of(loaded, Resource)) == 1
        assert [(f.position, f.name, f.identity_key) for f in of(loaded, Field)] == [
            (1, "姓名", False),
            (2, "公民身份号码", True),
        ]


def test_headings_are_found_in_any_order_below_notes_with_stars_and_remarks():
    head = "说明：请如实填写\n*信息资源提供方（必填项）,信 息 资 源 名 称,数据长度,信息项名称"
    loaded = read("甲市民政局,低保对象信息,50,姓名", head=head)
    assert [r.name for r in of(loaded, Resource)] == ["低保对象信息"]
    assert [f.length for f in of(loaded, Field)] == ["50"]


def test_an_unknown_column_is_kept_as_metadata_and_said():
    loaded = read(f"{GOOD},蓝色", head=f"{HEAD},颜色")
    (resource,) = of(loaded, Resource)
    assert ("颜色", "蓝色", False) in [(m.element, m.value, m.known) for m in resource.metadata]
    assert codes(loaded) == ["UNKNOWN_COLUMN"]


@pytest.mark.parametrize(
    ("head", "cells", "category"),
    [
        ("类,项,目,细目", "基础信息资源,人口,常住人口,", "基础信息资源/人口/常住人口"),
        ("细目分类,目分类,项分类,类分类", "四,三,二,一", "一/二/三/四"),
        ("类名称,信息资源分类", "基础信息资源,民生保障", "民生保障"),
        ("类分类,项分类", ",", None),
    ],
)
def test_a_class_may_stand_in_columns_of_its_levels(head: str, cells: str, category: str | None) -> None:
    loaded = read(f"{GOOD},{cells}", head=f"{HEAD},{head}")
    (resource,) = of(loaded, Resource)
    assert resource.category == category
    assert {value.element: value.value for value in resource.metadata if value.element.endswith("分类")} == {
        f"{name.removesuffix('分类').removesuffix('名称')}分类" if name != "信息资源分类" else name: cell
        for name, cell in zip(head.split(","), cells.split(","), strict=True) if cell
    }  # fmt: skip
    assert codes(loaded) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("有条件共享", "3", "BAD_VALUE", "F"),
        ("接口", "信鸽", "BAD_VALUE", "G"),
        (",否,", ",也许,", "BAD_VALUE", "H"),
        ("2024-03-01", "2024-02-30", "BAD_VALUE", "J"),
        ("11000000MB0000003A", "11000000MB00000030", "BAD_CREDIT_CODE", "D"),
        ("甲市民政局", "", "MISSING_PROVIDER", "C"),
    ],
)
def test_a_bad_cell_is_an_issue_with_its_row_and_column(old, new, code, column):
    loaded = read(GOOD.replace(old, new))
    (issue,) = loaded.problems
    assert (issue.code, issue.place.row, issue.place.column) == (code, 2, column)
    assert issue.suggestion
    assert len(of(loaded, Resource)) == (0 if code == "MISSING_PROVIDER" else 1)


def test_of_two_rows_with_one_code_and_other_values_the_first_stays():
    loaded = read(GOOD, GOOD.replace("低保对象信息", "别的信息"))
    assert [r.name for r in of(loaded, Resource)] == ["低保对象信息"]
    assert codes(loaded) == ["DUPLICATE_CODE"]


@pytest.mark.parametrize("cell", ["无", "-", "", "；"])
def test_no_basis_is_none(cell):
    loaded = read(f"{GOOD}{cell}")
    assert [(r.basis, r.responsibilities[0].citation) for r in of(loaded, Resource)] == [((), None)]
    assert codes(loaded) == []


@pytest.mark.parametrize(
    ("cell", "place", "problems"),
    [
        ("", "示例市", []),
        ("440104", "越秀区", []),
        ("广州市", "广州市", []),
        ("本级", "示例市", ["BAD_VALUE"]),
        ("999999", "示例市", ["BAD_VALUE"]),
    ],
)
def test_the_place_of_a_provider_is_its_column_or_its_name(cell, place, problems):
    loaded = read("低保对象信息,示例市民政局," + cell, head="信息资源名称,信息资源提供方,行政区划")
    (resource,) = of(loaded, Resource)
    assert resource.jurisdiction.name == place
    assert codes(loaded) == problems


def test_a_basis_that_no_loaded_text_answers_to_keeps_its_words():
    loaded = read(f"{GOOD}甲市信息办法第三条")
    (resource,) = of(loaded, Resource)
    assert [(c.text, c.provision) for c in resource.basis] == [("甲市信息办法第三条", None)]
    assert codes(loaded) == ["UNRESOLVED_BASIS"]


def test_a_demand_list_is_told_from_a_catalogue_and_read():
    head = "信息资源名称,信息项名称,信息项所属部门,需求部门,用途,提出日期,需求状态"
    loaded = read("低保对象信息,公民身份号码,甲市民政局,甲市教育局,资助核对,2026-01-05,答复不予共享", head=head)
    (demand,) = of(loaded, Demand)
    assert demand.status is DemandStatus.REPLIED_NO
    assert demand.purpose == "资助核对"
    assert demand.requested == dt.date(2026, 1, 5)
    assert len(demand.elements) == 1
    assert [file.format for file in loaded.files] == ["demands"]
    check(ChangeSet(id="x", at=dt.datetime.now(dt.UTC), actor="t", puts=loaded.records))


@pytest.mark.parametrize(
    ("status", "answered", "held", "history", "problems"),
    [
        ("已拒绝", "2017-05-20", DemandStatus.REPLIED_NO, [dt.date(2017, 5, 20)], []),
        ("同意共享", "2017年5月20日", DemandStatus.REPLIED_YES, [dt.date(2017, 5, 20)], []),
        ("待答复", "", DemandStatus.SUBMITTED, [], []),
        ("已提交", "2017-05-20", DemandStatus.SUBMITTED, [], ["BAD_VALUE"]),
        ("已拒绝", "下周", DemandStatus.REPLIED_NO, [], ["BAD_VALUE"]),
        ("急件", "2017-05-20", DemandStatus.SUBMITTED, [], ["BAD_VALUE", "BAD_VALUE"]),
    ],
)
def test_the_day_of_an_answer_is_a_step_of_the_demand(status, answered, held, history, problems):
    head = "信息资源名称,需求部门,提供部门,状态,提出日期,答复日期"
    loaded = read(f"低保对象信息,甲市教育局,甲市民政局,{status},2017-05-02,{answered}", head=head)
    (demand,) = of(loaded, Demand)
    assert demand.status is held
    assert [(step.at, step.status) for step in demand.history] == [(at, held) for at in history]
    assert [code for code in codes(loaded) if code != "UNRESOLVED_DEMAND"] == problems


def test_a_demand_list_in_other_words_is_read_and_what_it_cannot_keep_is_said():
    head = "所需信息资源,需求方,提供方,使用用途,依据,状态,紧急程度"
    loaded = read("低保对象信息,甲市教育局,甲市民政局,资助核对,甲市办法第一条；甲市规定第二条,急件,急", head=head)
    (demand,) = of(loaded, Demand)
    assert (demand.purpose, demand.status) == ("资助核对", DemandStatus.SUBMITTED)
    assert [one.text for one in demand.authority] == ["甲市办法第一条", "甲市规定第二条"]
    said = {issue.code: issue for issue in loaded.problems}
    assert codes(loaded) == ["UNKNOWN_COLUMN", "BAD_VALUE", "UNRESOLVED_BASIS", "UNRESOLVED_BASIS", "UNRESOLVED_DEMAND"]
    assert "紧急程度" in said["UNKNOWN_COLUMN"].message and said["UNKNOWN_COLUMN"].place.column == "G"
    assert "需求状态" in said["BAD_VALUE"].message and "已提交" in said["BAD_VALUE"].message


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2024-03-01", dt.date(2024, 3, 1)),
        ("2024/3/1", dt.date(2024, 3, 1)),
        ("2024年3月1日", dt.date(2024, 3, 1)),
        ("２０２４－０３－０１", dt.date(2024, 3, 1)),
        ("20240301", dt.date(2024, 3, 1)),
        ("2024-03-01 00:00:00", dt.date(2024, 3, 1)),
        ("2024-13-01", None),
        ("三月", None),
        ("", None),
    ],
)
def test_dates_are_read_in_the_forms_people_write(cell, expected):
    assert date(cell) == expected


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_in_a_spreadsheet(index, name):
    assert letter(index) == name
