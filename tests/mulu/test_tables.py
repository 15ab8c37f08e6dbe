"""The registered catalogue as a table: what is written loads again as it was."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from catalog.field import Field
from catalog.resource import Resource
from catalog.vocabulary import Origin
from loaders.files import read_files
from loaders.load import File, load
from loaders.synthetic import Synthetic
from loaders.table.writing import CODE_LISTS, HEADINGS, comma_separated, template, workbook
from mulu.tables import entries
from tests.loaders.workbooks import GOOD, HEAD, xlsx
from tests.mulu.conftest import ROOT, Mulu

SAMPLE = ROOT / "mulu" / "sample"
WRITERS = [("目录.xlsx", workbook), ("目录.csv", comma_separated)]


def files(case: str) -> list[File]:
    match case:
        case "sample":
            return read_files([SAMPLE])[0]
        case "generated":
            return [File("生成.xlsx", workbook(entries(Synthetic(120, 3).records())))]
        case "items otherwise":
            head = [
                "信息资源名称",
                "信息资源提供方",
                "信息项名称",
                "共享类型",
                "共享条件",
                "是否向社会开放",
                "开放条件",
            ]
            rows = [
                ["户籍信息", "甲市公安局", "姓名", "有条件共享", "审批", "是", ""],
                ["", "", "家庭住址", "不予共享", "", "否", ""],
                ["", "", "性别", "无条件共享", "无", "", ""],
                ["", "", "电话", "有条件共享", "另行审批", "", "脱敏"],
                ["婚姻信息", "甲市民政局", "姓名", "", "", "", ""],
                ["", "", "住址", "不予共享", "", "", ""],
            ]
            return [File("手写.xlsx", xlsx([head, *rows]))]
        case _:
            rows = [
                [*HEAD, "说明", "信息资源格式分类", "信息资源格式类型", "备注"],
                [*GOOD, "户口簿", "数据库", "", "=1+1"],
                [*GOOD[:3], "性别", *GOOD[4:], "男或女", "数据库", "", "=1+1"],
                [
                    "别的信息",
                    "2",
                    "甲市公安局",
                    "姓名、性别",
                    "信鸽",
                    "偶尔",
                    "三月",
                    "",
                    "电子文件",
                    "doc，pdf",
                    "#REF!",
                ],
                ["无项信息", "3", "甲市公安局", "", "不予共享", "", "", "", "", "", ""],
            ]
            return [File("手写.xlsx", xlsx(rows))]


def registered(loaded):
    """The registered records without where they were read from."""
    resources = [r for r in loaded.records if isinstance(r, Resource) and r.origin is Origin.REGISTERED]
    held = {resource.id for resource in resources}
    fields = [r for r in loaded.records if isinstance(r, Field) and r.resource in held]
    return {record.id: replace(record, source=None, place=None) for record in (*resources, *fields)}


@pytest.mark.parametrize("case", ["sample", "generated", "hand-written", "items otherwise"])
@pytest.mark.parametrize(("path", "write"), WRITERS)
def test_what_is_exported_loads_as_it_was(case, path, write):
    given = files(case)
    first = load(given)
    texts = [file for file in given if file.path.endswith(".txt")]
    content = write(entries(first.records))
    again = load([*texts, File(path, content)])
    assert registered(again) == registered(first)
    assert len(registered(first)) >= 6
    assert write(entries(again.records)) == content


def test_the_synthetic_catalogue_comes_back_with_its_values():
    made = [r for r in Synthetic(120, 3).records() if isinstance(r, Resource) and r.origin is Origin.REGISTERED]
    read = {r.id: r for r in load(files("generated")).records if isinstance(r, Resource)}
    assert len(read) == 120
    for one in made:
        other = read[one.id]
        for name in (
            "name",
            "code",
            "category",
            "share_type",
            "open_to_public",
            "mode",
            "formats",
            "issued",
            "cleared",
        ):
            assert getattr(other, name) == getattr(one, name), name


def test_the_template_has_the_headings_the_lists_and_the_checks():
    book = openpyxl.load_workbook(io.BytesIO(template()))
    sheet, lists = book.worksheets
    assert tuple(cell.value for cell in sheet[1]) == HEADINGS
    assert [cell.value for cell in lists[1]] == list(CODE_LISTS)
    assert len(sheet.data_validations.dataValidation) == len(CODE_LISTS)
    assert template() == template()


def test_the_template_filled_in_loads(tmp_path: Path, mulu: Mulu):
    assert mulu("template", "-o", "t.xlsx").status == 0
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    book.worksheets[0].append([{"信息资源名称": "名", "信息资源提供方": "甲市民政局"}.get(h, "") for h in HEADINGS])
    book.save(tmp_path / "t.xlsx")
    loaded = mulu("load", "t.xlsx", "--json").json
    assert loaded["counts"]["RESOURCE"]["created"] == 1
    assert loaded["issues"] == []


def test_who_answers_for_an_item_as_its_own_row_says(mulu: Mulu):
    (file,) = files("items otherwise")
    (mulu.directory / file.path).write_bytes(file.data)
    assert mulu("load", file.path).status == 0
    for what, verdict in (("家庭住址", "REFUSED"), ("性别", "AVAILABLE"), ("电话", "ON_APPLICATION")):
        assert [one["verdict"] for one in mulu("who", what, "--json").json["nodes"]] == [verdict], what


def test_an_export_loaded_twice_changes_nothing_the_second_time(mulu: Mulu):
    mulu("load", str(SAMPLE), "--json")
    assert mulu("export", "--format", "xlsx", "-o", "x.xlsx").status == 0
    assert mulu("export", "--format", "csv", "-o", "x.csv").status == 0
    first = mulu("load", "x.xlsx", "--json", "--store", "other.db").json
    second = mulu("load", "x.xlsx", "--json", "--store", "other.db").json
    assert first["revision"] == second["revision"] == 1
    mulu("export", "--format", "csv", "-o", "again.csv", "--store", "other.db")
    assert (mulu.directory / "again.csv").read_bytes() == (mulu.directory / "x.csv").read_bytes()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_loaded_into_its_own_store_changes_nothing(mulu: Mulu, form: str):
    before = mulu("load", str(SAMPLE), "--json").json["revision"]
    mulu("export", "--format", form, "-o", f"x.{form}")
    loaded = mulu("load", f"x.{form}", "--json").json
    assert loaded["revision"] == before
    assert [one["code"] for one in loaded["issues"]] == ["HELD_ELSEWHERE"]


def test_a_generated_workbook_loads_without_a_problem(mulu: Mulu):
    assert mulu("generate", "--resources", "30", "-o", "g.xlsx").status == 0
    loaded = mulu("load", "g.xlsx", "--json")
    assert loaded.status == 0
    assert loaded.json["counts"]["FIELD"]["created"] == 300
    assert {issue["code"] for issue in loaded.json["issues"]} <= {"UNRESOLVED_BASIS", "UNRESOLVED_DUTY"}


def test_a_refused_workbook_leaves_the_store_as_it_was(mulu: Mulu):
    mulu("generate", "--resources", "5", "-o", "g.xlsx")
    mulu("load", "g.xlsx", "--json")
    whole = (mulu.directory / "g.xlsx").read_bytes()
    (mulu.directory / "g.xlsx").write_bytes(whole[: len(whole) // 2])
    run = mulu("load", "g.xlsx", "--json")
    assert run.status == 1
    assert run.json["revision"] == 1
    assert [issue["code"] for issue in run.json["issues"]] == ["DAMAGED_WORKBOOK"]
