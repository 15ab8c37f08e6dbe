"""Workbooks: what offices send, and what somebody might send on purpose."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.agency import Agency
from catalog.demand import Demand
from catalog.field import Field
from catalog.resource import Resource
from catalog.vocabulary import FrequencyCode, Severity, ShareMode, ShareType
from loaders.load import File, load
from loaders.table.items import split
from loaders.table.values import date
from tests.loaders.workbooks import GOOD, HEAD, ods, repacked, xls, xlsx

SHEET1 = "xl/worksheets/sheet1.xml"


def read(data, path="目录.xlsx"):
    return load([File(path, data)])


def of(loaded, kind):
    return [record for record in loaded.records if isinstance(record, kind)]


def codes(loaded) -> list[str]:
    return [issue.code for issue in loaded.problems]


def meanings(loaded):
    return [(r.name, r.code, r.share_type, r.update_frequency.code, r.issued) for r in of(loaded, Resource)]


@pytest.mark.parametrize(("path", "write"), [("a.xlsx", xlsx), ("a.xls", xls), ("a.ods", ods)])
def test_every_format_of_a_workbook_says_the_same(path, write):
    loaded = read(write([HEAD, GOOD]), path)
    assert codes(loaded) == []
    assert meanings(loaded) == [
        ("低保对象信息", "301/1", ShareType.CONDITIONAL, FrequencyCode.MONTHLY, dt.date(2024, 3, 1))
    ]
    (resource,) = of(loaded, Resource)
    assert (resource.place.source, resource.place.sheet, resource.place.row) == (path, "目录", 2)


def test_two_heading_rows_with_merged_parents_and_notes_above():
    top = ["信息资源\n名称", "信息资源代码", "信息资源提供方", "", "共享属性", "", "共享方式", "", "信息项信息", ""]
    below = [
        "",
        "",
        "信息资源提供方（必填项）",
        "提供方内部部门",
        "共享类型",
        "共享条件",
        "共享方式分类",
        "共享方式类型",
        "信息项名称",
        "数据类型",
    ]
    row = [
        "低保对象信息",
        "301/1",
        "甲市民政局",
        "社会救助处",
        "有条件共享",
        "按需",
        "共享平台方式",
        "接口",
        "姓名",
        "字符型C",
    ]
    title = ["甲市政务信息资源目录"]
    merged = ["A1:J1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2", "I2:J2"]
    for loaded in (
        read(xlsx([title, top, below, row], merged=merged)),
        read(ods([title + [""] * 9, top, below, row]), "a.ods"),
    ):
        (resource,) = of(loaded, Resource)
        assert (resource.share_condition, resource.mode) == ("按需", (ShareMode.SERVICE_INTERFACE,))
        assert [(f.name, f.data_type) for f in of(loaded, Field)] == [("姓名", "字符型C")]
        assert ("提供方内部部门", "社会救助处", False) in [(m.element, m.value, m.known) for m in resource.metadata]
        assert codes(loaded) == ["UNKNOWN_COLUMN"]


def test_vertically_merged_cells_speak_for_every_row_they_cover():
    rows = [HEAD, GOOD, ["", "", "", "性别", "", "", ""], ["孤儿信息", "301/2", "", "姓名", "无条件共享", "每年", ""]]
    loaded = read(xlsx(rows, merged=["A2:A3", "B2:B3", "C2:C4"]))
    assert codes(loaded) == []
    assert [r.name for r in of(loaded, Resource)] == ["低保对象信息", "孤儿信息"]
    assert [f.name for f in of(loaded, Field)] == ["姓名", "性别", "姓名"]
    assert [
        r.id for r in read(ods(rows, {(1, 0): 2, (1, 1): 2, (1, 2): 3}), "目录.xlsx").records if isinstance(r, Resource)
    ] == [r.id for r in of(loaded, Resource)]


def test_each_sheet_is_recognised_for_itself():
    demand = ["信息资源名称 信息项所属部门 需求部门 用途".split(), ["低保对象信息", "甲市民政局", "甲市教育局", "资助"]]
    loaded = read(xlsx([HEAD, GOOD], demand, [["填表说明"], ["随便写"]]))
    assert len(of(loaded, Resource)) == len(of(loaded, Demand)) == 1
    assert of(loaded, Demand)[0].place.sheet == "二"
    assert [(i.code, i.place.sheet) for i in loaded.problems] == [("SHEET_NOT_RECOGNISED", "三")]
    assert [file.format for file in loaded.files] == ["catalogue+demands"]


def test_one_code_on_two_sheets_or_in_two_files_is_said_and_the_first_stays():
    other = [GOOD[0] + "二", *GOOD[1:]]
    sheets = read(xlsx([HEAD, GOOD], [HEAD, other]))
    files = load([File("a.xlsx", xlsx([HEAD, GOOD])), File("b.xlsx", xlsx([HEAD, other]))])
    found = [(i.code, i.place and (i.place.row, i.place.column)) for i in files.problems]
    assert found == [(i.code, (i.place.row, i.place.column)) for i in sheets.problems] == [("DUPLICATE_CODE", (2, "B"))]
    for loaded in (sheets, files):
        assert [r.name for r in of(loaded, Resource)] == [GOOD[0]]


def test_totals_and_notes_below_are_said_and_are_no_resources():
    rows = [[*HEAD], [*GOOD], ["合计", "1", "", "1"], ["注：本表由各部门填写"]]
    loaded = read(xlsx(rows))
    assert len(of(loaded, Resource)) == 1
    assert [(i.code, i.place.row) for i in loaded.problems] == [("TOTAL_ROW", 3), ("NOTE_ROW", 4)]


@pytest.mark.parametrize(
    "cell",
    [
        dt.datetime(2024, 3, 1),
        dt.date(2024, 3, 1),
        45352,
        "45352",
        "2024.3.1",
        "２０２４年３月１日",
        "二〇二四年三月一日 ",
    ],
)
def test_dates_in_any_form_excel_keeps(cell):
    assert [r.issued for r in of(read(xlsx([HEAD, [*GOOD[:6], cell]])), Resource)] == [dt.date(2024, 3, 1)]


@pytest.mark.parametrize(
    "word", ["2-有条件共享", "02 有条件共享", "（2）有条件共享", " 有条件共享 ", "有條件共享", "2有条件共享"]
)
def test_code_lists_with_their_numbers(word):
    assert [r.share_type for r in of(read(xlsx([HEAD, [*GOOD[:4], word, *GOOD[5:]]])), Resource)] == [
        ShareType.CONDITIONAL
    ]


@pytest.mark.parametrize(("column", "cell", "letter"), [(4, 2, "E"), (6, "三月", "G"), (6, 12, "G")])
def test_a_bad_cell_is_said_with_sheet_row_and_column(column, cell, letter):
    row = [*GOOD]
    row[column] = cell
    loaded = read(xlsx([HEAD, row]))
    (issue,) = loaded.problems
    assert (issue.code, issue.place.sheet, issue.place.row, issue.place.column) == ("BAD_VALUE", "目录", 2, letter)
    assert str(cell) in issue.message
    assert len(of(loaded, Resource)) == 1


@pytest.mark.parametrize(
    ("share", "condition", "said"),
    [
        ("无条件共享", "须申请", True),
        ("有条件共享", "", True),
        ("有条件共享", "无", True),
        ("无条件共享", "无", False),
        ("不予共享", "", False),
    ],
)
def test_a_share_type_that_contradicts_its_condition_is_said(share, condition, said):
    loaded = read(xlsx([[*HEAD, "共享条件"], [*GOOD[:4], share, *GOOD[5:], condition]]))
    assert codes(loaded) == (["CONTRADICTION"] if said else [])
    assert len(of(loaded, Resource)) == 1


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("姓名、性别，状态（正常、注销）", ["姓名", "性别", "状态（正常、注销）"]),
        ("姓名\n性别", ["姓名", "性别"]),
        ("姓名;", ["姓名"]),
        ("、", ["、"]),
    ],
)
def test_several_items_in_one_cell(cell, names):
    assert split(cell) == names
    assert [f.name for f in of(read(xlsx([HEAD, [*GOOD[:3], cell, *GOOD[4:]]])), Field)] == names


def test_an_unknown_column_that_speaks_of_items_is_kept_for_each():
    rows = [[*HEAD, "说明"], [*GOOD, "户口簿上的"], [*GOOD[:3], "性别", *GOOD[4:], "男或女"]]
    loaded = read(xlsx(rows))
    (resource,) = of(loaded, Resource)
    assert [(m.element, m.value) for m in resource.metadata if not m.known] == [
        ("说明", "户口簿上的"),
        ("性别·说明", "男或女"),
    ]
    assert codes(loaded) == ["UNKNOWN_COLUMN"]


def test_full_width_codes_are_read():
    assert [r.code for r in of(read(xlsx([HEAD, [GOOD[0], "３０１/１", *GOOD[2:]]])), Resource)] == ["301/1"]


def test_macros_are_ignored_and_said():
    data = repacked(xlsx([HEAD, GOOD]), {"xl/vbaProject.bin": b"\0" * 100})
    loaded = read(data, "a.xlsm")
    assert [(i.code, i.severity) for i in loaded.problems] == [("MACROS_IGNORED", Severity.INFO)]
    assert len(of(loaded, Resource)) == 1


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WHOLE = xlsx([HEAD, GOOD])
BAD = {
    "encrypted": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "ENCRYPTED_WORKBOOK"),
    "cut ole": (xls([HEAD, GOOD])[:900], "DAMAGED_WORKBOOK"),
    "truncated": (WHOLE[: len(WHOLE) // 2], "DAMAGED_WORKBOOK"),
    "no workbook": (b"<html><table></table></html>", "NOT_A_WORKBOOK"),
    "empty": (b"", "NOT_A_WORKBOOK"),
    "nothing in it": (xlsx([], []), "EMPTY_WORKBOOK"),
    "no sheet": (repacked(WHOLE, {"xl/workbook.xml": lambda xml: re.sub(b"<sheets>.*</sheets>", b"<sheets/>", xml)}), "EMPTY_WORKBOOK"),
    "bomb": (repacked(WHOLE, {"xl/media/x.xml": b"0" * 20_000_000}), "OVERSIZED_WORKBOOK"),
    "entities": (repacked(WHOLE, {SHEET1: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}), "UNSAFE_WORKBOOK"),
    "no xml": (repacked(WHOLE, {SHEET1: b"<worksheet><sheetData><row"}), "DAMAGED_WORKBOOK"),
    "far row": (repacked(WHOLE, {SHEET1: lambda xml: xml.replace(b'r="G2"', b'r="G1048576"')}), "TOO_MANY_ROWS"),
    "far corner": (repacked(WHOLE, {SHEET1: lambda xml: xml.replace(b'r="G2"', b"r = 'XFD99999'")}), "TOO_MANY_ROWS"),
    "a million rows": (
        repacked(WHOLE, {SHEET1: lambda xml: xml.replace(b"</sheetData>", b"".join(b'<row r="%d"/>' % i for i in range(3, 10**6)) + b"</sheetData>")}),
        "TOO_MANY_ROWS",
    ),
    "repeated": (
        repacked(ods([HEAD, GOOD]), {"content.xml": lambda xml: xml.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">')}),
        "TOO_MANY_ROWS",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_workbook_is_one_clear_issue_and_gives_nothing(case):
    data, code = BAD[case]
    loaded = read(data)
    assert codes(loaded) == [code]
    assert loaded.problems[0].suggestion
    assert loaded.problems[0].severity is Severity.ERROR
    assert loaded.records == ()
    assert [file.format for file in loaded.files] == [None]


def test_sizes_are_counted_and_not_believed():
    data = bytearray(repacked(WHOLE, {"xl/media/x.bin": b"0123456789" * 1000}))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/media/x.bin"))
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert codes(read(bytes(data))) == ["OVERSIZED_WORKBOOK"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.booleans())
def test_no_damage_is_a_crash(at, byte, cut):
    damaged = WHOLE[:at] if cut else WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]
    loaded = read(damaged)
    assert loaded.problems or of(loaded, Resource) or of(loaded, Agency)


@given(st.dates(dt.date(1983, 1, 1), dt.date(2063, 12, 31)))
def test_serial_numbers_are_days(day):
    assert date(str((day - dt.date(1899, 12, 30)).days)) == day


def test_a_list_that_is_a_workbook_inside_is_read_as_one():
    assert meanings(read(WHOLE, "目录.csv")) == meanings(read(WHOLE))


def test_the_same_workbook_again_gives_the_same_records():
    assert read(WHOLE).records == read(WHOLE).records
