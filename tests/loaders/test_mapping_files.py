"""Mapping files that are wrong: each row says where and what to do, and nothing is linked by it."""

from __future__ import annotations

import pytest

from catalog.correspondence import Correspondence
from catalog.field import Field
from catalog.resource import Resource
from catalog.vocabulary import CorrespondenceMethod, Severity
from loaders.load import File, load
from tests.loaders.workbooks import xlsx
from tests.mulu.test_mapping import LAW, SHEET

HEAD = "对应类型,登记名称,登记代码,登记部门,登记资源,对应名称,对应方式,相似度,对应依据,对应日期,采纳"
GOOD = "承担职能,广州市民政局,,,,民政部门,,,会商纪要,2024-03-01,是"
TWICE = SHEET + "婚姻登记信息,9/9,广州市司法局,姓名,,无条件共享,每日,,\n"


def read(*rows: str, head: str = HEAD, sheet: str = SHEET):
    text = "\n".join((head, *rows)) + "\n"
    return load([File("law.txt", LAW.encode()), File("sheet.csv", sheet.encode()), File("map.csv", text.encode())])


def own(loaded):
    return [one for one in loaded.problems if one.place and one.place.source == "map.csv"]


def said(loaded):
    return [
        one for one in loaded.records
        if isinstance(one, Correspondence) and one.place and one.place.source == "map.csv"
    ]  # fmt: skip


def test_a_good_row_has_nothing_wrong():
    loaded = read(GOOD)
    assert own(loaded) == []
    (one,) = said(loaded)
    assert (one.method, one.authority, str(one.date), one.place.row) == (
        CorrespondenceMethod.DECLARED, "会商纪要", "2024-03-01", 2,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code", "column", "kept"),
    [
        ("承担职能,广州市民政局,,,,民政部门,,,会商纪要,,是", "MISSING_DATE", "J", False),
        ("承担职能,广州市民政局,,,,民政部门,,,,2024-03-01,是", "MISSING_AUTHORITY", "I", False),
        ("承担职能,广州市民政局,,,,,,,会商纪要,2024-03-01,是", "MISSING_VALUE", "F", False),
        ("承担职能,,,,,民政部门,,,会商纪要,2024-03-01,是", "MISSING_VALUE", "B", False),
        ("承担职能,广州市民政局,,,,民政部门,,,会商纪要,去年,是", "BAD_VALUE", "J", False),
        ("像是,广州市民政局,,,,民政部门,,,会商纪要,2024-03-01,是", "BAD_VALUE", "A", False),
        (",广州市民政局,,,,民政部门,,,会商纪要,2024-03-01,是", "BAD_VALUE", "A", False),
        ("承担职能,广州市民政局,,,,民政部门,占卜,,会商纪要,2024-03-01,是", "BAD_VALUE", "G", False),
        ("承担职能,广州市民政局,,,,民政部门,,,会商纪要,2024-03-01,也许", "BAD_VALUE", "K", False),
        ("对应数据元,姓名,,,,姓名,,,会商纪要,2024-03-01,是", "MISSING_VALUE", "E", False),
        ("承担职能,广州市无此局,,,,民政部门,,,会商纪要,2024-03-01,是", "UNRESOLVED_MAPPING", None, True),
        ("承担职能,广州市民政局,,,,无此部门,,,会商纪要,2024-03-01,是", "UNRESOLVED_MAPPING", None, True),
        ("对应法定资源,接种记录,,,,无此信息,,,会商纪要,2024-03-01,是", "UNRESOLVED_DUTY", None, True),
        ("对应法定资源,无此登记,,,,婚姻登记信息,,,会商纪要,2024-03-01,是", "UNRESOLVED_DUTY", None, True),
        ("承担职能,广州市民政局,,,,广州市民政局,,,会商纪要,2024-03-01,是", "MAPPING_CYCLE", None, True),
    ],
)
def test_a_bad_row_is_told_with_its_place(row, code, column, kept):
    loaded = read(row)
    (issue,) = own(loaded)
    assert (issue.code, issue.place.row, issue.place.column) == (code, 2, column)
    assert issue.suggestion
    assert len(said(loaded)) == kept
    assert all(not one.objects for one in said(loaded))


def test_two_answers_for_one_name_are_none():
    loaded = read("对应法定资源,婚姻登记信息,,,,婚姻登记信息,,,会商纪要,2024-03-01,是", sheet=TWICE)
    (issue,) = own(loaded)
    assert "2 answer" in issue.message
    assert "登记部门" in issue.suggestion
    told = read("对应法定资源,婚姻登记信息,,广州市司法局,,婚姻登记信息,,,会商纪要,2024-03-01,是", sheet=TWICE)
    assert own(told) == []
    (judicial,) = [one for one in told.records if isinstance(one, Resource) and one.code == "9/9"]
    assert judicial.fulfils


def test_bodies_that_fill_each_other_are_a_cycle():
    there = "承担职能,广州市民政局,,,,广州市卫生健康局,,,会商纪要,2024-03-01,是"
    back = "承担职能,广州市卫生健康局,,,,广州市民政局,,,会商纪要,2024-03-02,是"
    loaded = read(there, back)
    (issue,) = own(loaded)
    assert (issue.code, issue.severity, issue.place.row) == ("MAPPING_CYCLE", Severity.ERROR, 3)


def test_of_two_meanings_of_one_field_the_later_stands():
    older = "对应数据元,新生儿姓名,,,出生医学证明信息,姓名甲,,,会商纪要,2024-03-01,是"
    newer = "对应数据元,新生儿姓名,,,出生医学证明信息,姓名乙,,,会商纪要,2024-04-01,是"
    for rows in ((older, newer), (newer, older)):
        loaded = read(*rows)
        (issue,) = own(loaded)
        assert (issue.code, issue.place.row) == ("CONFLICTING_MAPPING", 2 + rows.index(older))
        names = {one.id: getattr(one, "name", "") for one in loaded.records}
        means = [
            names[one.data_element]
            for one in loaded.records
            if isinstance(one, Field) and one.name == "新生儿姓名" and one.data_element
        ]
        assert means == ["姓名乙"]


def test_a_row_twice_stays_once():
    loaded = read(GOOD, GOOD)
    assert [(one.code, one.place.row) for one in own(loaded)] == [("DUPLICATE_MAPPING", 3)]
    assert len(said(loaded)) == 1


def test_what_is_not_accepted_is_counted_and_left_out():
    loaded = read(GOOD.replace("是", "否"), GOOD.replace("是", ""))
    assert [one.code for one in own(loaded)] == ["NOT_ACCEPTED"]
    assert said(loaded) == []


def test_a_workbook_may_hold_the_mapping_beside_the_catalogue():
    rows = [line.split(",") for line in (HEAD, GOOD)]
    sheet = [line.split(",") for line in SHEET.splitlines()]
    both = xlsx(sheet, rows, names=("目录", "对应关系"))
    loaded = load([File("law.txt", LAW.encode()), File("both.xlsx", both)])
    (one,) = [each for each in loaded.records if isinstance(each, Correspondence) and each.method == "DECLARED"]
    assert one.objects
    assert one.place is not None
    assert (one.place.sheet, one.place.row) == ("对应关系", 2)
    assert {file.path: file.format for file in loaded.files}["both.xlsx"] == "catalogue+mapping"
