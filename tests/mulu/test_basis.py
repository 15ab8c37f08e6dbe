"""What rows and demands rest on is linked to the texts that are there, whichever came first, on both stores."""

from __future__ import annotations

from itertools import permutations

import pytest

from catalog.demand import Demand
from catalog.issue import Issue
from catalog.record import Record
from catalog.regulation import Regulation
from catalog.resource import Resource
from catalog.value import Citation
from catalog.vocabulary import Kind, Origin
from loaders.load import File
from tests.mulu.loads import held, load, named

LAW = """示例市数据共享管理规定（试行）

示例市人民政府

第一条 为规范数据共享，制定本规定。
第二条 民政部门依照法定职责，负责下列婚姻登记信息的采集、核准与提供：
姓名、公民身份号码、婚姻状况。
第三条 示例市民政局依照法定职责，负责下列低保信息的采集、核准与提供：
姓名、家庭人口。
第四条 本规定自2020年1月1日起施行。
"""
SHEET = """信息资源名称,信息资源代码,信息资源提供方,信息项名称,共享类型,依据
婚姻登记信息,A/1,示例市民政局,姓名,无条件共享,《示例市数据共享管理规定（试行）》第二条
低保信息,A/2,示例市民政局,姓名,无条件共享,示例市数据共享管理规定第三条；示例市别的办法第一条
殡葬信息,A/3,示例市民政局,姓名,无条件共享,示例市数据共享管理规定第九条
户籍信息,B/1,示例市公安局,户号,无条件共享,
"""
DEMANDS = """信息资源名称,需求部门,提供部门,用途,依据
A/1,示例市公安局,示例市民政局,核对,示例市数据共享管理规定第二条
户籍信息,示例市民政局,示例市公安局,核对,示例市别的办法第一条
"""
MAPPING = """对应类型,登记名称,登记部门,对应名称,对应依据,对应日期
承担职能,示例市民政局,,民政部门,会商纪要,2024-03-01
对应法定资源,殡葬信息,示例市民政局,婚姻登记信息,会商纪要,2024-03-01
"""
OTHER = """示例市别的办法

示例市人民政府

第一条 登记机关应当核对数据。
第二条 本办法自2021年1月1日起施行。
"""
FILES = {"law.txt": LAW, "sheet.csv": SHEET, "mapping.csv": MAPPING, "demands.csv": DEMANDS, "other.txt": OTHER}
BARE = {
    "law.txt": LAW,
    "sheet.csv": """信息资源名称,信息资源代码,信息资源提供方,信息资源提供方代码,信息项名称,行政区划
婚姻登记信息,A1,民政局,,姓名,示例市
户籍信息,B1,示例市公安局,11000000MB00000027,户号,
""",
    "demands.csv": """信息资源名称,需求部门,提供部门,用途
婚姻登记信息,示例市公安局,民政局,核对
户籍信息,示例市教育局,示例市公安局,核对
""",
    "mapping.csv": """对应类型,登记名称,登记部门,对应名称,对应依据,对应日期
承担职能,民政局,,民政部门,会商纪要,2024-03-01
""",
}
"""Agencies by bare names, which only another file tells the place or the code of."""


def files(*paths: str, **other: str) -> list[File]:
    texts = {path: FILES[path] for path in paths} | {f"{name}.txt": text for name, text in other.items()}
    return [File(path, text.encode()) for path, text in texts.items()]


def basis(found: dict[str, Record], name: str) -> list[tuple[str | None, str]]:
    """The titles and articles that a registered resource is linked to."""
    resource = named(found, Kind.RESOURCE, name, "REGISTERED")
    assert resource.responsibilities[0].citation == (resource.basis[0] if resource.basis else None)
    return [told(found, one) for one in resource.basis]


def told(found: dict[str, Record], one: Citation) -> tuple[str | None, str]:
    text = found.get(one.regulation or "")
    assert one.regulation is None or isinstance(text, Regulation)
    return text.title if isinstance(text, Regulation) else None, (one.provision or "").partition(".")[2]


def doubts(found: dict[str, Record]) -> list[tuple[str, int | None]]:
    """Where citations are said not to be resolved."""
    return sorted(
        (one.place.source, one.place.row)
        for one in found.values()
        if isinstance(one, Issue) and one.code == "UNRESOLVED_BASIS" and one.place is not None
    )


@pytest.mark.parametrize("texts", [FILES, BARE], ids=["bases", "bare names"])
async def test_every_order_of_loading_links_the_same(stores, request, texts):
    def files(*paths: str) -> list[File]:
        return [File(path, texts[path].encode()) for path in paths]

    async with stores() as store:
        await load(store, files(*texts))
        wanted = await held(store)
        _, again = await load(store, files(*texts))
        assert not again.changed
    orders = list(permutations(texts))[:: max(1, len(texts) - 3)]
    for number, order in enumerate(orders if "sqlite" in request.node.name else orders[5::17]):
        cut = number % len(order) or 1  # the last ones together, so that loads of several files are tried too
        async with stores() as store:
            for path in order[:cut]:
                await load(store, files(path))
            await load(store, files(*order[cut:]))
            found = await held(store)
            assert found == wanted, order
            if number % 10 == 0:
                assert await store.check() == []


async def test_links_are_what_the_words_say(stores):
    async with stores() as store:
        for path in ("sheet.csv", "demands.csv", "law.txt", "mapping.csv", "other.txt"):
            loaded, _ = await load(store, files(path))
            if path == "sheet.csv":
                assert [one.code for one in loaded.problems].count("UNRESOLVED_BASIS") == 4
        found = await held(store)
    title = "示例市数据共享管理规定（试行）"
    assert basis(found, "婚姻登记信息") == [(title, "a2")]
    assert basis(found, "低保信息") == [(title, "a3"), ("示例市别的办法", "a1")]
    assert basis(found, "殡葬信息") == [(title, "")]
    assert doubts(found) == [("sheet.csv", 4)]
    (doubt,) = (one for one in found.values() if isinstance(one, Issue) and one.code == "UNRESOLVED_BASIS")
    assert "第九条" in doubt.message
    asked = {one.what: one for one in found.values() if isinstance(one, Demand)}
    assert [told(found, one) for one in asked["A/1"].authority] == [(title, "a2")]
    assert asked["A/1"].resource == named(found, Kind.RESOURCE, "婚姻登记信息", "REGISTERED").id


async def test_a_body_of_an_uncoded_place_is_one_whether_a_text_or_a_table_names_it(stores):
    async with stores() as store:
        await load(store, files(*FILES))
        found = await held(store)
    civil = named(found, Kind.AGENCY, "示例市民政局")
    duties = {one.origin: one for one in found.values() if isinstance(one, Resource) and one.name == "低保信息"}
    assert {one.responsibilities[0].agency for one in duties.values()} == {civil.id}
    assert duties[Origin.REGISTERED].fulfils == (duties[Origin.STATUTORY].id,)
    asked = [one for one in found.values() if isinstance(one, Demand)]
    assert {one.provider for one in asked} | {one.agency for one in asked} >= {civil.id}


NEWER = LAW.replace("2020年1月1日", "2022年1月1日").replace("第三条 ", "第九条 ")


@pytest.mark.parametrize(
    ("path", "text", "marriage", "rows"),
    [
        ("law", OTHER.replace("别的", "又一个"), [(None, "")], [2, 3, 4]),
        ("law", LAW.replace("第二条 ", "第十二条 "), [("示例市数据共享管理规定（试行）", "")], [2, 4]),
        ("newer", NEWER, [("示例市数据共享管理规定（试行）", "a2")], [3]),
    ],
    ids=["the text goes", "the article goes", "a later version comes"],
)
async def test_words_follow_the_texts_as_they_come_and_go(stores, path, text, marriage, rows):
    async with stores() as store:
        await load(store, files(*FILES))
        before = await held(store)
        await load(store, files(**{path: text}))
        found = await held(store)
        assert basis(found, "婚姻登记信息") == marriage
        assert [row for source, row in doubts(found) if source == "sheet.csv"] == rows
        assert await store.check() == []
        if path == "newer":
            await load(store, [File("newer.txt", "示例市别的通知\n\n示例市人民政府\n\n第一条 无。\n".encode())])
            left = {key: one for key, one in (await held(store)).items() if key in before}
            assert left == before
        else:
            await load(store, files("law.txt"))
            assert await held(store) == before


async def test_loading_a_text_again_asks_for_nothing_that_rests_on_it(stores):
    async with stores() as store:
        await load(store, files(*FILES))
        _, applied = await load(store, files("law.txt"))
        assert not applied.changed
        assert Kind.DEMAND not in {kind for kind, tally in applied.counts.items() if tally.updated}
