"""What a demand list asks for and nobody registers is said, with its row, whichever file came first, on both stores."""

from __future__ import annotations

from itertools import permutations

import pytest

from catalog.demand import Demand
from catalog.issue import Issue
from catalog.record import Record
from loaders.load import File
from tests.mulu.loads import held, load

SHEET = """信息资源名称,信息资源代码,信息资源提供方,信息项名称,共享类型
婚姻登记信息,A/1,示例市民政局,姓名,无条件共享
户籍信息,B/1,示例市公安局,户号,无条件共享
名录信息,A/2,示例市民政局,名称,无条件共享
名录信息,B/2,示例市公安局,名称,无条件共享
"""
DEMANDS = """信息资源名称,需求部门,提供部门,用途
婚姻登记信息,示例市公安局,示例市民政局,核对
户籍信息,示例市教育局,示例市民政局,核对
名录信息,示例市教育局,,核对
空气质量信息,示例市教育局,示例市生态环境局,核对
"""
LATER = """信息资源名称,信息资源代码,信息资源提供方,信息项名称,共享类型
空气质量信息,C/1,示例市生态环境局,站点,无条件共享
"""
FILES = {"sheet.csv": SHEET, "demands.csv": DEMANDS, "later.csv": LATER}
SAID = {
    3: "its provider has registered nothing of that name; 示例市公安局 has",
    4: "2 registered resources answer to it (A/2、B/2)",
    5: "no registered resource and no item is called so",
}
"""What is said of the rows that ask for nothing that can be told."""


def file(path: str) -> File:
    return File(path, FILES[path].encode())


def doubts(found: dict[str, Record]) -> dict[int | None, str]:
    told = [one for one in found.values() if isinstance(one, Issue) and one.code == "UNRESOLVED_DEMAND"]
    assert all(one.place is not None and one.place.source == "demands.csv" and one.suggestion for one in told)
    return {one.place.row: one.message for one in told if one.place is not None}


def agree(found: dict[int | None, str], said: dict[int, str]) -> bool:
    return found.keys() == said.keys() and all(said[row] in found[row] for row in said)


@pytest.mark.parametrize("order", list(permutations(("sheet.csv", "demands.csv"))))
async def test_a_demand_for_what_nobody_registers_is_said_whichever_file_came_first(stores, order: tuple[str, ...]):
    async with stores() as store:
        for path in order:
            await load(store, [file(path)])
        assert agree(doubts(await held(store)), SAID)
        for path in order:
            _, applied = await load(store, [file(path)])
            assert not applied.changed


async def test_it_is_said_no_more_once_somebody_registers_it_and_again_when_that_goes(stores):
    async with stores() as store:
        await load(store, [file("sheet.csv"), file("demands.csv")])
        await load(store, [file("later.csv")])
        found = await held(store)
        assert agree(doubts(found), {row: what for row, what in SAID.items() if row != 5})
        (asked,) = [one for one in found.values() if isinstance(one, Demand) and one.what == "空气质量信息"]
        assert asked.resource is not None
        await load(store, [File("later.csv", LATER.replace("空气质量信息", "水质信息").encode())])
        assert agree(doubts(await held(store)), SAID)
