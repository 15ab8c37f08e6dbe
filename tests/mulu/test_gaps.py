"""An office's workbook, a demand list and a text of its own, loaded together: each gap is true by eye."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from tests.loaders.workbooks import xlsx
from tests.mulu.conftest import Mulu

TEXT = """长沙市政务数据共享办法

第一条 为了规范政务数据共享，制定本办法。
第二条 民政部门依照法定职责，负责下列婚姻登记信息的采集、核准与提供：
（一）姓名；
（二）公民身份号码；
（三）婚姻状况；
（四）登记日期。
第三条 残疾人联合会依照法定职责，负责下列残疾人登记信息的采集、核准与提供：
（一）姓名；
（二）残疾等级。
第四条 行政机关可以通过共享方式获取的信息，不得重复采集。
第五条 列为不予共享类的，业务主管机关应当提供法律、法规依据。
第六条 自然人信息应当以法定身份证件作为标识提供。
第七条 行政机关应当及时更新共享信息。
第八条 行政机关应当指定专人负责政务数据共享工作。
第九条 政务数据共享目录应当包括信息的名称、内容、更新频度、所在平台等内容。
第十条 行政机关申请共享目录之外的信息的，由其与可能提供信息的机关协商解决。
第十一条 信息提供部门应当自收到申请之日起10个工作日内予以答复。答复不予共享的，由市数据主管部门组织供需双方协商。
第十二条 本办法自2020年1月1日起施行，有效期5年。
"""
HEAD = (
    "信息资源名称 信息资源代码 信息资源提供方 信息资源摘要 信息项名称 共享类型 更新周期 信息所在平台 发布日期 依据 对应法定资源 联系方式"
).split()
MARRIAGE = [
    "婚姻登记信息", "301/1", "长沙市民政局", "内地居民婚姻登记", "姓名", "无条件共享", "每年", "市共享平台", "2021-03-01",
    "《长沙市政务数据共享办法》第二条", "婚姻登记信息", "王某 0731-1",
]  # fmt: skip
STAFF = [
    "职工名册",
    "302/1",
    "长沙市人力资源和社会保障局",
    "在编职工",
    "姓名",
    "不予共享",
    "不定期",
    "",
    "2022-01-01",
    "",
    "",
    "",
]
DEMANDS = [
    "需求部门 信息资源名称 信息项名称 信息项所属部门 用途 需求状态 提出日期".split(),
    ["长沙市教育局", "婚姻登记信息", "", "长沙市民政局", "入学审核", "已提交", "2022-03-01"],
    ["长沙市教育局", "房屋产权信息", "", "", "入学审核", "已提交", "2022-03-01"],
    ["长沙市教育局", "职工名册", "", "长沙市人力资源和社会保障局", "核对", "答复不予共享", "2022-03-01"],
]


def rows(first: list[str], *names: str) -> list[list[str]]:
    """The rows of a resource: its items below one another."""
    return [first, *([*first[:4], name, *first[5:]] for name in names)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Mulu:
    """A directory whose mulu.db holds the three files."""
    mulu = Mulu(tmp_path_factory.mktemp("office"))
    (mulu.directory / "办法.txt").write_text(TEXT, "utf-8")
    catalogue = [
        ["长沙市政务信息资源目录（2022年）"],
        HEAD,
        *rows(MARRIAGE, "公民身份号码", "登记日期"),
        *rows(STAFF, "岗位"),
    ]
    (mulu.directory / "目录.xlsx").write_bytes(xlsx(catalogue))
    (mulu.directory / "需求.xlsx").write_bytes(xlsx(DEMANDS, names=["信息资源需求调查表"]))
    loaded = mulu("load", "办法.txt", "目录.xlsx", "需求.xlsx", "--json")
    assert loaded.status == 0, loaded.out + loaded.err
    return mulu


TRUE = {
    ("DUTY_UNREGISTERED", "残疾人登记信息", "第三条"),
    ("FIELDS_MISSING", "婚姻登记信息", "第二条"),
    ("STALE", "婚姻登记信息", "第七条"),
    ("NO_BASIS", "职工名册", "第五条"),
    ("NO_IDENTITY_KEY", "职工名册", "第六条"),
    ("INCOMPLETE_METADATA", "职工名册", "第九条"),
    ("NO_RESPONSIBLE_PERSON", "长沙市人力资源和社会保障局", "第八条"),
    ("REPLY_OVERDUE", "婚姻登记信息", "第十一条"),
    ("NO_PROVIDER", "房屋产权信息", "第十条"),
    ("REFUSED_DEMAND", "职工名册", "第十一条"),
}
"""What a planner finds who reads the text, the sheet and the list: kind, subject, article."""


def told(found: dict) -> set[tuple[str, str, str]]:
    return {
        (gap["kind"], gap["subject"].get("name") or gap["subject"]["what"], gap["citation"]["text"])
        for gap in found["nodes"]
    }


def test_the_gaps_of_an_office_are_those_that_a_reader_finds(office: Mulu):
    found = office("gaps", "--on", "2023-01-01", "--json").json
    assert told(found) == TRUE
    assert found["totalCount"] == len(TRUE) == sum(one["count"] for one in found["counts"])
    messages = {gap["kind"]: gap["message"] for gap in found["nodes"]}
    assert messages["FIELDS_MISSING"] == "缺少法定信息项1项：婚姻状况"
    assert messages["INCOMPLETE_METADATA"] == "缺少目录内容：所在平台"
    assert messages["REPLY_OVERDUE"] == "需求「婚姻登记信息」应于2022-03-15前答复，尚未答复"


def test_what_the_law_says_on_another_day_is_another_list(office: Mulu):
    assert office("gaps", "--on", "2019-12-31", "--json").json["nodes"] == []
    assert ("STALE", "婚姻登记信息", "第七条") not in told(office("gaps", "--on", "2022-03-01", "--json").json)
    assert ("STALE", "婚姻登记信息", "第七条") in told(office("gaps", "--on", "2022-03-02", "--json").json)
    after = told(office("gaps", "--on", "2025-01-01", "--json").json)
    assert {kind for kind, *_ in after} == {"LAPSED_BASIS"}, "the text expired: nothing demands anything any more"


def test_loading_again_changes_nothing(office: Mulu):
    again = office("load", "办法.txt", "目录.xlsx", "需求.xlsx", "--json").json
    assert again["revision"] == 1
    assert office("check").status == 0


def test_a_person_reads_whose_it_is_by_which_article_and_what_to_do(office: Mulu):
    out = office("gaps", "--on", "2023-01-01", "--agency", "长沙市民政局").out
    assert "长沙市民政局" in out and "职工名册" not in out
    assert "逾期未更新 婚姻登记信息（301/1）：登记的更新周期为「每年」，2021-03-01发布之后没有更新记录" in out
    assert "依据 《长沙市政务数据共享办法》第七条，自2022-03-02起至2025-01-01前" in out
    assert "办理 更新数据并登记修改日期，或更正更新周期" in out
    assert "DUPLICATE_COLLECTION 重复采集: by 长沙办法第四条" in out


@pytest.mark.parametrize("place", ["长沙市", "430100"])
def test_a_place_is_asked_for_by_name_or_code(office: Mulu, place: str):
    found = office("gaps", "--on", "2023-01-01", "--jurisdiction", place, "--json").json
    assert told(found) == TRUE
    assert "STALE 逾期未更新: by 长沙办法第七条" in found["checked"]


def test_an_empty_answer_says_what_was_checked(office: Mulu):
    run = office("gaps", "--kind", "重复采集", "--on", "2023-01-01")
    assert "0 gaps on 2023-01-01" in run.out
    assert "DUPLICATE_COLLECTION 重复采集: by 长沙办法第四条" in run.out


def test_the_table_for_the_meeting(office: Mulu):
    assert office("gaps", "--on", "2023-01-01", "--xlsx", "-o", "缺口.xlsx").status == 0
    gaps, checked = openpyxl.load_workbook(office.directory / "缺口.xlsx").worksheets
    table = list(gaps.iter_rows(values_only=True))
    assert table[0][:4] == ("序号", "责任部门", "缺口类型", "严重程度")
    assert len(table) == len(TRUE) + 1
    assert [row[1] for row in table[1:]] == sorted(row[1] for row in table[1:])
    of = {row[2]: dict(zip(table[0], row, strict=True)) for row in table[1:]}
    assert of["逾期未更新"]["对象"] == "婚姻登记信息（301/1）"
    assert not any("/" in line.partition("（")[0] for row in of.values() for line in str(row["证据"]).splitlines())
    assert gaps.auto_filter.ref == f"A1:N{len(table)}"
    assert gaps["B2"].alignment.wrap_text
    assert ("法律适用日期", "2023-01-01") in list(checked.iter_rows(values_only=True, max_col=2))
    text = office("gaps", "--on", "2023-01-01", "--csv").out
    assert [row[2] for row in csv.reader(io.StringIO(text))][1:] == [row[2] for row in table[1:]]


def test_a_reply_has_its_day(office: Mulu):
    query = "{ demands(first: 10) { nodes { what replyDue { date certain because } } } }"
    found = office("query", stdin=query).json["data"]["demands"]["nodes"]
    due = {one["what"]: one["replyDue"] for one in found}
    assert due["婚姻登记信息"]["date"] == "2022-03-15"
    assert due["婚姻登记信息"]["certain"]
    assert due["婚姻登记信息"]["because"][0].startswith("长沙办法第十一条：")


def test_a_resource_tells_the_gaps_of_the_day(office: Mulu):
    query = '{{ resources(filter: {{origin: REGISTERED}}, on: "{day}") {{ nodes {{ name gaps {{ kind }} }} }} }}'
    for day, kinds in (("2023-01-01", {"FIELDS_MISSING", "STALE"}), ("2025-01-01", {"LAPSED_BASIS"})):
        found = office("query", stdin=query.format(day=day)).json["data"]["resources"]["nodes"]
        marriage = next(one for one in found if one["name"] == "婚姻登记信息")
        assert {gap["kind"] for gap in marriage["gaps"]} == kinds


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--kind", "NONE"], "no kind of gap"),
        (["--on", "2023-02-30"], "no date"),
        (["--csv", "--xlsx"], "one of"),
        (["-o", "gaps.txt"], "one of"),
        (["--agency", "无此部门"], "no agency called"),
    ],
)
def test_wrong_use_is_told(office: Mulu, words: list[str], said: str):
    run = office("gaps", *words)
    assert run.status == 2
    assert said in run.err


def test_offices_of_one_name_in_two_places_are_told_apart(mulu: Mulu):
    for city in ("长沙市", "郑州市"):
        text = (
            f"{city}数据共享办法\n第一条 水务部门负责下列水库信息的采集、提供：\n库名、水位。\n"
            "第二条 本办法自2020年1月1日起施行。\n"
        )
        (mulu.directory / f"{city}.txt").write_text(text, "utf-8")
    mulu("load", ".")
    printed = mulu("gaps", "--on", "2021-01-01").out
    assert "水务部门  长沙市  (1)" in printed
    assert "水务部门  郑州市  (1)" in printed
