"""Files, periods and licences of a catalogue's rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from catalog.resource import Resource
from catalog.value import Period
from loaders.load import File, Loaded, load
from loaders.table.writing import Entry, comma_separated

HEAD = "信息资源名称,信息资源提供方,信息资源格式,下载地址,文件大小,时间范围,许可协议"


def read(row: str) -> tuple[Resource, Loaded]:
    found = load([File("catalogue.csv", f"{HEAD}\n{row}\n".encode())])
    (resource,) = (record for record in found.records if isinstance(record, Resource))
    return resource, found


ADDRESS, OTHER = "https://data.example.cn/a.csv", "https://data.example.cn/b.JSON"
FILES = [
    (f"名,甲市民政局,csv,{ADDRESS},20480,,", [("CSV", ADDRESS, 20480)]),
    (
        f'名,甲市民政局,"csv、json","{ADDRESS}\n{OTHER}","1 KB\n2MB",,',
        [("CSV", ADDRESS, 1024), ("JSON", OTHER, 2097152)],
    ),
    (f"名,甲市民政局,,{OTHER},,,", [("JSON", OTHER, None)]),
    ("名,甲市民政局,,https://data.example.cn/download,,,", [("OCTET", "https://data.example.cn/download", None)]),
    (f"名,甲市民政局,csv；json,-；{OTHER},,,", [("CSV", None, None), ("JSON", OTHER, None)]),
    ("名,甲市民政局,csv,,,,", [("CSV", None, None)]),
    ("名,甲市民政局,,,20480,,", []),
]


@pytest.mark.parametrize(("row", "files"), FILES)
def test_files_are_of_their_formats(row, files):
    resource, found = read(row)
    assert [(each.code, each.download_url, each.byte_size) for each in resource.formats] == files
    assert found.problems == ()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("名,甲市民政局,csv,见附件,,,", "D"),
        (f"名,甲市民政局,csv,{ADDRESS},很大,,", "E"),
        ("名,甲市民政局,csv,,,去年,", "F"),
    ],
)
def test_what_is_not_understood_is_left_out_with_its_cell(row, column):
    resource, found = read(row)
    (problem,) = found.problems
    assert problem.place is not None
    assert (problem.code, problem.place.row, problem.place.column) == ("BAD_VALUE", 2, column)
    assert problem.suggestion
    assert resource.name == "名"


PERIODS = [
    ("2024-01-01至2026-06-30", dt.date(2024, 1, 1), dt.date(2026, 6, 30)),
    ("2024-01-01/2026-06-30", dt.date(2024, 1, 1), dt.date(2026, 6, 30)),
    ("2024年1月1日至今", dt.date(2024, 1, 1), None),
    ("至2026/6/30", None, dt.date(2026, 6, 30)),
    ("2024.1.1 ~ 2024.12.31", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    ("2024-05-01", dt.date(2024, 5, 1), dt.date(2024, 5, 1)),
]


@pytest.mark.parametrize(("cell", "start", "end"), PERIODS)
def test_periods(cell, start, end):
    resource, found = read(f"名,甲市民政局,,,,{cell},CC BY 4.0")
    assert resource.temporal == Period(start=start, end=end)
    assert resource.licence == "CC BY 4.0"
    assert found.problems == ()


def test_what_no_table_gave_is_written_so_that_it_is_read_again():
    resource, _ = read(f'名,甲市民政局,"csv、json","{ADDRESS}\n-","1\n-",2024-01-01至,https://example.cn/terms')
    bare = Entry(replace(resource, metadata=()), (), "甲市民政局", None)
    again = load([File("again.csv", comma_separated([bare]))])
    (back,) = (record for record in again.records if isinstance(record, Resource))
    assert (back.formats, back.temporal, back.licence) == (resource.formats, resource.temporal, resource.licence)
    assert again.problems == ()
