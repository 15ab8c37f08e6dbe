"""The words, marks, numbers and separators that offices put into cells: what each means, and what is refused."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import Workbook

from catalog.field import Field
from catalog.resource import Resource
from catalog.vocabulary import ClockUnit, FrequencyCode, Openness, ShareMode, ShareType
from loaders.load import File, load
from loaders.table.values import OPENNESS, SHARE_TYPES, date, frequency, several, term
from tests.loaders.workbooks import GOOD, HEAD, xlsx

UNCONDITIONAL, CONDITIONAL, NOT_SHARED = ShareType.UNCONDITIONAL, ShareType.CONDITIONAL, ShareType.NOT_SHARED


def read(*rows: str, head: str, path: str = "目录.csv"):
    return load([File(path, "\n".join([head, *rows, ""]).encode())])


def of(loaded, kind):
    return [record for record in loaded.records if isinstance(record, kind)]


def codes(loaded) -> list[str]:
    return [issue.code for issue in loaded.problems]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("☑无条件共享 □有条件共享 □不予共享", UNCONDITIONAL),
        ("□无条件  ☑有条件  □不予", CONDITIONAL),
        ("[ ]无条件 [√]有条件", CONDITIONAL),
        ("√有条件", CONDITIONAL),
        ("□无条件 □有条件 □不予", None),
        ("☑无条件 ☑有条件", None),
        ("有条件共享（须经市民政局审批）", CONDITIONAL),
        ("不予共享类", NOT_SHARED),
        ("①无条件共享", UNCONDITIONAL),
        ("有条件共享。", CONDITIONAL),
        ("受限共享", CONDITIONAL),
        ("2", None),
        ("二", None),
        ("部分共享", None),
    ],
)
def test_a_share_type_is_read_however_it_is_marked(cell, meant):
    assert term(cell, SHARE_TYPES) is meant


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("□是 ☑否", Openness.CLOSED),
        ("■是 □否", Openness.OPEN),
        ("依申请开放", Openness.CONDITIONAL),
        ("有条件", Openness.CONDITIONAL),
        ("暂不开放", Openness.CLOSED),
        ("1", None),
    ],
)
def test_openness_is_read_however_it_is_marked(cell, meant):
    assert term(cell, OPENNESS) is meant


def test_a_condition_in_brackets_is_the_condition():
    head = "信息资源名称,信息资源提供方,共享类型,共享条件,是否向社会开放,开放条件"
    loaded = read("户籍信息,甲市公安局,有条件共享（须经审批）,,是（脱敏后）,", head=head)
    (resource,) = of(loaded, Resource)
    assert (resource.share_type, resource.share_condition) == (CONDITIONAL, "须经审批")
    assert (resource.open_to_public, resource.open_condition) == (Openness.CONDITIONAL, "脱敏后")
    assert codes(loaded) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("实时更新 即时 实时（接口）", FrequencyCode.REAL_TIME),
        ("日更 每天更新 按日 每日8点前", FrequencyCode.DAILY),
        ("每周一 每周更新一次", FrequencyCode.WEEKLY),
        ("每月5日前 月度 按月更新 每月一次 每月（10日前） 每月10日之前", FrequencyCode.MONTHLY),
        ("每季度末 按季 季报 每季度首月15日前", FrequencyCode.QUARTERLY),
        ("半年一次 每年两次 半年度", FrequencyCode.SEMIANNUAL),
        ("每年12月31日前 一年一次 按年 年更 每年更新 年度更新 每年第一季度", FrequencyCode.ANNUAL),
        ("不定期更新 按需更新 适时", FrequencyCode.IRREGULAR),
        ("每两年 每年3月9月 每月1日、15日 每月2次 每小时 静态 每年/不定期 每旬 定期", FrequencyCode.OTHER),
    ],
)
def test_how_often_is_read_in_offices_words_and_kept_as_written(words, code):
    assert {word: frequency(word).code for word in words.split()} == dict.fromkeys(words.split(), code)
    assert all(frequency(word).text == word for word in words.split())


@pytest.mark.parametrize(
    ("cell", "every"),
    [
        ("每两年", (2, ClockUnit.YEAR)),
        ("5年一次", (5, ClockUnit.YEAR)),
        ("每2个月更新一次", (2, ClockUnit.MONTH)),
        ("每十天", (10, ClockUnit.CALENDAR_DAY)),
        ("每2个季度", (2, ClockUnit.QUARTER)),
        ("5年", (5, ClockUnit.YEAR)),
        ("3月", (None, None)),
        ("每月2次", (None, None)),
    ],
)
def test_an_interval_of_several_units_keeps_its_length(cell, every):
    found = frequency(cell)
    assert (found.code, found.amount, found.unit) == (FrequencyCode.OTHER, *every)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2020年3月5号", dt.date(2020, 3, 5)),
        ("二O二O年三月五日", dt.date(2020, 3, 5)),
        ("2020.3.5.", dt.date(2020, 3, 5)),
        ("43895", dt.date(2020, 3, 5)),
        ("20203", None),
        ("19991", None),
        ("2020年3月", None),
        ("202003", None),
    ],
)
def test_a_day_is_read_and_half_a_day_is_none(cell, day):
    assert date(cell) == day


@pytest.mark.parametrize(
    ("cell", "members"),
    [("接口+库表", ["接口", "库表"]), ("接口和库表", ["接口", "库表"]), ("库表/接口", ["库表", "接口"])],
)
def test_members_of_a_cell_stand_apart_however_they_are_joined(cell, members):
    assert several(cell) == members


def test_the_word_in_brackets_is_the_plainer_one():
    head = "信息资源名称,信息资源提供方,信息资源格式,共享方式"
    loaded = read("户籍信息,甲市公安局,电子表格（xls）,共享平台方式（接口）", head=head)
    (resource,) = of(loaded, Resource)
    assert [one.code for one in resource.formats] == ["XLS"]
    assert resource.mode == (ShareMode.SERVICE_INTERFACE,)


@pytest.mark.parametrize("cell", ["1.23457E+17", "3.0700100010001e17", "1E+17"])
def test_a_code_that_a_spreadsheet_has_rounded_is_none(cell):
    head = "信息资源名称,信息资源代码,信息资源提供方"
    loaded = read(f"户籍信息,{cell},甲市公安局", f"婚姻信息,{cell},甲市公安局", head=head)
    assert [(one.name, one.code) for one in of(loaded, Resource)] == [("户籍信息", None), ("婚姻信息", None)]
    assert [(one.code, one.place.column) for one in loaded.problems] == [("ROUNDED_NUMBER", "B")] * 2


@pytest.mark.parametrize("cell", ["3E5", "301/1", "1234567890123456", "0012"])
def test_a_code_that_looks_like_a_number_is_kept(cell):
    head = "信息资源名称,信息资源代码,信息资源提供方"
    assert [one.code for one in of(read(f"户籍信息,{cell},甲市公安局", head=head), Resource)] == [cell]


@pytest.mark.parametrize(
    "heading",
    "数源单位 提供单位 数据提供方 信息资源提供部门 责任单位 所属部门 部门名称 单位名称 资源提供方 填报单位".split(),
)
def test_the_provider_is_found_under_what_offices_call_it(heading):
    loaded = read("户籍信息,甲市公安局,姓名", head=f"数据目录名称,{heading},数据项名称")
    (resource,) = of(loaded, Resource)
    assert [one.literal for one in resource.responsibilities] == ["甲市公安局"]
    assert [field.name for field in of(loaded, Field)] == ["姓名"]
    assert codes(loaded) == []


@pytest.mark.parametrize(
    ("separator", "items"), [("\t", "姓名,住址,电话,民族,配偶"), (";", "姓名,住址,电话,民族,配偶")]
)
def test_commas_inside_the_cells_do_not_hide_what_stands_between_them(separator, items):
    head = separator.join(["信息资源名称", "信息资源提供方", "信息项名称"])
    loaded = read(separator.join(["户籍信息", "甲市公安局", items]), head=head)
    assert [field.name for field in of(loaded, Field)] == items.split(",")


def test_rows_behind_a_quotation_mark_that_nothing_closes_are_not_lost_in_silence():
    head = "信息资源名称,信息资源提供方,信息资源摘要,信息项名称"
    loaded = read('甲,甲市公安局,"未闭合,姓名', "乙,甲市公安局,摘要,姓名", "丙,甲市公安局,摘要,姓名", head=head)
    (issue,) = loaded.problems
    assert (issue.code, issue.place.row, issue.place.column) == ("UNCLOSED_QUOTE", 2, "C")
    assert "2 more lines" in issue.message
    assert codes(read('甲,甲市公安局,"一行\n又一行，都是摘要",姓名', head=head)) == []


def test_a_list_without_known_headings_says_why_it_is_left_out():
    loaded = read("甲,乙", head="名字,颜色")
    assert [(one.code, one.place.source) for one in loaded.problems] == [("SHEET_NOT_RECOGNISED", "目录.csv")]


def test_a_hidden_sheet_is_read_and_said():
    book = Workbook()
    book.active.title = "目录"
    book.create_sheet("旧目录").sheet_state = "hidden"
    for name, code in (("目录", "301/1"), ("旧目录", "301/9")):
        book[name].append(HEAD)
        book[name].append([GOOD[0], code, *GOOD[2:]])
    out = io.BytesIO()
    book.save(out)
    loaded = load([File("目录.xlsx", out.getvalue())])
    assert len(of(loaded, Resource)) == 2
    assert [(one.code, one.place and one.place.sheet) for one in loaded.problems] == [("HIDDEN_SHEET", "旧目录")]


def test_rows_that_a_filter_hides_are_read_and_said():
    book = Workbook()
    for name in ("目录", "二"):
        sheet = book.active if name == "目录" else book.create_sheet()
        sheet.title = name
        for row in (HEAD, *([GOOD[0], f"{name}{number}", *GOOD[2:]] for number in range(4))):
            sheet.append(row)
    for number in (3, 5, 9):  # nothing stands in the ninth
        book["二"].row_dimensions[number].hidden = True
    out = io.BytesIO()
    book.save(out)
    loaded = load([File("目录.xlsx", out.getvalue())])
    assert len(of(loaded, Resource)) == 8
    (issue,) = loaded.problems
    assert (issue.code, issue.place and (issue.place.sheet, issue.place.row)) == ("HIDDEN_ROWS", ("二", 3))
    assert issue.message.startswith("2 rows")


def test_a_formula_that_was_never_worked_out_is_said():
    book = Workbook()
    book.active.title = "目录"
    book.active.append(HEAD)
    book.active.append([*GOOD[:4], '=IF(1,"有条件共享")', *GOOD[5:]])
    out = io.BytesIO()
    book.save(out)
    loaded = load([File("目录.xlsx", out.getvalue())])
    assert [(one.code, one.place and (one.place.row, one.place.column)) for one in loaded.problems] == [
        ("FORMULA_WITHOUT_VALUE", (2, "E"))
    ]


TICKED = [
    ["信息资源名称", "信息资源提供方", "共享类型", "", "", "是否向社会开放", "", "更新周期"],
    ["", "", "无条件", "有条件", "不予", "是", "否", ""],
]


@pytest.mark.parametrize(
    ("cells", "share_type", "condition", "openness", "problems"),
    [
        (["", "√", "", "", "√"], CONDITIONAL, None, Openness.CLOSED, []),
        (["✓", "", "", "√", ""], UNCONDITIONAL, None, Openness.OPEN, []),
        (["", "须经审批", "", "□", "■"], CONDITIONAL, "须经审批", Openness.CLOSED, []),
        (["√", "√", "", "", ""], ShareType.UNDECLARED, None, Openness.UNDECLARED, ["BAD_VALUE"]),
        (["", "", "", "", ""], ShareType.UNDECLARED, None, Openness.UNDECLARED, []),
    ],
)
@pytest.mark.parametrize("merged", [True, False])
def test_a_tick_in_one_of_several_columns_chooses(cells, share_type, condition, openness, problems, merged):
    ranges = ["A1:A2", "B1:B2", "C1:E1", "F1:G1", "H1:H2"] if merged else []
    rows = [*TICKED, ["户籍信息", "甲市公安局", *cells, "每月"]]
    loaded = load([File("目录.xlsx", xlsx(rows, merged=ranges))])
    (resource,) = of(loaded, Resource)
    assert (resource.share_type, resource.share_condition) == (share_type, condition)
    assert resource.open_to_public is openness
    assert resource.update_frequency and resource.update_frequency.code is FrequencyCode.MONTHLY
    assert codes(loaded) == problems


@pytest.mark.parametrize(
    ("heading", "cell", "share"),
    [
        ("共享类型（1无条件 2有条件 3不予共享）", "1", ShareType.UNCONDITIONAL),
        ("共享类型\n(1.无条件共享；2.有条件共享；3.不予共享)", "2", ShareType.CONDITIONAL),
        ("共享类型（0：有条件共享，1：无条件共享）", "00", ShareType.CONDITIONAL),
        ("共享类型（1=无条件，2=有条件）", "3", ShareType.UNDECLARED),
        ("共享类型", "1", ShareType.UNDECLARED),
    ],
)
def test_a_number_means_what_its_heading_says(heading, cell, share):
    head = ["信息资源名称", "信息资源提供方", heading]
    loaded = load([File("目录.xlsx", xlsx([head, ["户籍信息", "甲市公安局", cell]]))])
    (resource,) = (one for one in loaded.records if isinstance(one, Resource))
    assert resource.share_type is share
    bad = share is ShareType.UNDECLARED
    assert [one.code for one in loaded.problems if one.code == "BAD_VALUE"] == ["BAD_VALUE"] * bad
