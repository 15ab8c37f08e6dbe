"""Suggestions are written, accepted by a person and loaded; the matrix is printed and written."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.mulu.conftest import Mulu
from tests.mulu.test_mapping import FILES


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Mulu:
    """A directory whose store holds the law and the sheet, without a mapping; not to be written to."""
    run = Mulu(tmp_path_factory.mktemp("filled"))
    for name in ("law.txt", "sheet.csv"):
        (run.directory / name).write_text(FILES[name], "utf-8")
    assert run("load", "law.txt", "sheet.csv").status == 0
    return run


@pytest.fixture
def run(filled: Mulu, tmp_path: Path) -> Mulu:
    """The same in a directory of the test's own."""
    shutil.copy(filled.directory / "mulu.db", tmp_path)
    return Mulu(tmp_path)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def test_accepted_suggestions_become_links(run: Mulu, tmp_path: Path):
    before = run("coverage", "--on", "2024-06-01", "--json").json["totals"]
    assert run("map", "--suggest", "-o", "map.csv", "--by", "市政务办会商纪要", "--date", "2024-03-01").status == 0
    rows = rows_of((tmp_path / "map.csv").read_text("utf-8"))
    assert {row["采纳"] for row in rows} == {""}
    office = next(row for row in rows if (row["登记名称"], row["对应名称"]) == ("广州市民政局", "民政部门"))
    assert (office["对应方式"], office["相似度"], office["对应依据"]) == ("同职能", "75", "市政务办会商纪要")
    assert office["对应说明"]
    untouched = run("load", "map.csv", "--json").json
    assert untouched["counts"].get("CORRESPONDENCE", {}).get("created", 0) == 0
    office["采纳"] = "是"
    out = io.StringIO()
    writer = csv.DictWriter(out, list(office))
    writer.writeheader()
    writer.writerows(rows)
    (tmp_path / "map.csv").write_text(out.getvalue(), "utf-8")
    loaded = run("load", "map.csv", "--json")
    assert loaded.status == 0, loaded.err
    shown = run("map", "--json").json
    assert {("FILLS", "广州市民政局", "民政部门", "STEM", "市政务办会商纪要")} <= {
        (row["kind"], row["subjectName"], row["objectName"], row["method"], row["authority"]) for row in shown
    }
    again = rows_of(run("map", "--suggest").out)
    assert not [row for row in again if (row["登记名称"], row["对应名称"]) == ("广州市民政局", "民政部门")]
    after = run("coverage", "--on", "2024-06-01", "--json").json["totals"]
    assert before["missing"] >= after["missing"]
    assert after["duplicate"] == 1  # 婚姻登记信息 and 结婚离婚登记, now that 民政局 is the office the law names


@pytest.mark.parametrize("axis", ["duty", "data_element", "resource"])
def test_the_matrix_is_the_same_in_every_form(run: Mulu, tmp_path: Path, axis: str):
    found = run("coverage", "--rows", axis, "--on", "2024-06-01", "--json").json
    printed = run("coverage", "--rows", axis, "--on", "2024-06-01")
    assert printed.status == 0
    assert all(row["label"] in printed.out for row in found["rows"])
    for ending in ("csv", "xlsx"):
        assert run("coverage", "--rows", axis, "--on", "2024-06-01", "-o", f"m.{ending}").status == 0
    written = rows_of((tmp_path / "m.csv").read_text("utf-8"))
    assert [row["对象"] for row in written] == [row["label"] for row in found["rows"]]
    book = load_workbook(tmp_path / "m.xlsx")
    cells = [[cell or "" for cell in row] for row in book["覆盖矩阵"].iter_rows(values_only=True)]
    assert cells == [list(written[0]), *(list(row.values()) for row in written)]
    assert any("覆盖率" in str(row[0]) for row in book["说明"].iter_rows(values_only=True))
    first = (tmp_path / "m.xlsx").read_bytes()
    run("coverage", "--rows", axis, "--on", "2024-06-01", "-o", "m.xlsx")
    assert (tmp_path / "m.xlsx").read_bytes() == first


@pytest.mark.parametrize(
    "wrong",
    [
        ("coverage", "-o", "m.pdf"),
        ("coverage", "--on", "gestern"),
        ("coverage", "--regime", "WAR"),
        ("map", "--suggest", "-o", "m.pdf"),
        ("map", "--suggest", "--date", "gestern"),
    ],
)
def test_wrong_use_is_told(filled: Mulu, wrong: tuple[str, ...]):
    found = filled(*wrong)
    assert found.status == 2
    assert found.err.startswith("mulu:") or "Error" in found.err
