"""Registered catalogues, demands and mappings meet the law in whatever order they come, on both stores."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from catalog.demand import Demand
from catalog.issue import Issue
from catalog.record import Record
from catalog.value import Place
from catalog.vocabulary import Kind
from loaders.load import File
from tests.mulu.loads import held, load, named

LAW = """广州市政务信息共享细则

广州市人民政府

第一条 为规范政务信息共享，制定本细则。
第二条 民政部门依照法定职责，负责下列婚姻登记信息的采集、核准与提供：
姓名、公民身份号码、婚姻状况、登记日期。
第三条 市卫生健康局依照法定职责，负责下列出生医学证明信息的采集、核准与提供：
新生儿姓名、出生日期。
第四条 卫生和计划生育行政部门依照法定职责，负责下列预防接种信息的采集、核准与提供：
姓名、接种日期。
第五条 本细则自2020年1月1日起施行。
"""
SHEET = """信息资源名称,信息资源代码,信息资源提供方,信息资源提供方代码,信息项名称,对应数据元,共享类型,更新周期,对应法定资源,关联资源代码
婚姻登记信息,307/1,广州市民政局,11000000MB0000003A,姓名,,无条件共享,每日,,
婚姻登记信息,307/1,广州市民政局,11000000MB0000003A,证件号,公民身份号码,无条件共享,每日,,
结婚离婚登记,307/2,广州市民政局,11000000MB0000003A,姓名,,无条件共享,每日,婚姻登记信息,307/1
出生医学证明信息,311/1,广州市卫生健康局,,新生儿姓名,,无条件共享,每日,,
接种记录,311/2,广州市卫生健康局,,接种日期,,无条件共享,每日,,311/1
户籍信息,303/1,广州市公安局,11000000MB00000027,户号,,无条件共享,每日,,
"""
MAPPING = """对应类型,登记名称,登记代码,登记部门,登记资源,对应名称,对应依据,对应日期,采纳
承担职能,广州市民政局,,,,民政部门,市政务办会商纪要,2024-03-01,是
承担职能,广州市卫生健康局,,,,卫生和计划生育行政部门,三定方案,2024-03-01,是
对应法定资源,接种记录,311/2,广州市卫生健康局,,预防接种信息,市政务办会商纪要,2024-03-01,是
对应数据元,新生儿姓名,311/1,广州市卫生健康局,出生医学证明信息,姓名数据元,市政务办会商纪要,2024-03-01,是
对应法定资源,接种记录,311/2,,,婚姻登记信息,不采纳的建议,2024-03-01,否
"""
DEMANDS = """信息资源名称,信息项名称,信息项所属部门,需求部门,用途,提出日期,需求状态
婚姻登记信息,姓名,广州市民政局,广州市公安局,核对,2024-03-02,已提交
接种日期,,广州市卫生健康局,广州市公安局,核对,2024-03-02,已提交
不存在的信息,,,广州市公安局,核对,2024-03-02,已提交
"""
FILES = {"law.txt": LAW, "sheet.csv": SHEET, "mapping.csv": MAPPING, "demands.csv": DEMANDS}


def linked_names(found: dict[str, Record], ids: Sequence[str]) -> list[str]:
    return [found[each].name for each in ids]  # type: ignore[attr-defined]


ORDERS = list(permutations(FILES))


async def test_every_order_of_loading_gives_the_same_catalogue(stores, request):
    async with stores() as store:
        await load(store, [File(path, text.encode()) for path, text in FILES.items()])
        wanted = await held(store)
        _, again = await load(store, [File(path, text.encode()) for path, text in FILES.items()])
        assert not again.changed
    orders = ORDERS if "sqlite" in request.node.name else ORDERS[5::9]
    for order in orders:
        async with stores() as store:
            for path in order:
                await load(store, [File(path, FILES[path].encode())])
            found = await held(store)
            assert found == wanted, order
            assert await store.check() == []


async def test_links_are_what_the_files_say(stores):
    async with stores() as store:
        await load(store, [File(path, text.encode()) for path, text in FILES.items()])
        found = await held(store)
    civil, health = named(found, Kind.AGENCY, "广州市民政局"), named(found, Kind.AGENCY, "广州市卫生健康局")
    assert linked_names(found, civil.fills) == ["民政部门"]
    assert sorted(linked_names(found, health.fills)) == ["卫生和计划生育行政部门", "市卫生健康局"]
    marriage = named(found, Kind.RESOURCE, "婚姻登记信息", "REGISTERED")
    assert linked_names(found, marriage.fulfils) == ["婚姻登记信息"]
    by_column = named(found, Kind.RESOURCE, "结婚离婚登记")
    assert linked_names(found, by_column.fulfils) == ["婚姻登记信息"]
    assert by_column.related == (marriage.id,)
    vaccination = named(found, Kind.RESOURCE, "接种记录")
    assert linked_names(found, vaccination.fulfils) == ["预防接种信息"]
    means = {
        each.name: found[each.data_element].name  # type: ignore[attr-defined]
        for each in found.values()
        if each.kind is Kind.FIELD and each.data_element and found[each.resource].origin == "REGISTERED"  # type: ignore[attr-defined]
    }
    assert means == {"证件号": "公民身份号码", "新生儿姓名": "姓名数据元"}
    demands = {each.what: each.resource for each in found.values() if each.kind is Kind.DEMAND}  # type: ignore[attr-defined]
    assert demands == {"婚姻登记信息：姓名": marriage.id, "接种日期": vaccination.id, "不存在的信息": None}
    methods = {
        (each.subject_name, each.object_name): (each.method, each.authority)  # type: ignore[attr-defined]
        for each in found.values()
        if each.kind is Kind.CORRESPONDENCE
    }
    assert methods["广州市卫生健康局", "市卫生健康局"] == ("NORMALISED", None)
    assert methods["广州市卫生健康局", "卫生和计划生育行政部门"] == ("DECLARED", "三定方案")
    assert methods["结婚离婚登记", "婚姻登记信息"] == ("COLUMN", None)
    assert methods["婚姻登记信息", "婚姻登记信息"] == ("EXACT", None)


@pytest.mark.parametrize(
    ("row", "lost"),
    [
        ("承担职能,广州市民政局", {"fills of 广州市民政局", "fulfils of 婚姻登记信息"}),
        ("承担职能,广州市卫生健康局", {"fills of 广州市卫生健康局"}),
        ("对应法定资源,接种记录", {"fulfils of 接种记录"}),
        ("对应数据元,新生儿姓名", {"data_element of 新生儿姓名"}),
    ],
)
async def test_a_row_that_goes_takes_its_link_with_it(stores, row, lost):
    async with stores() as store:
        await load(store, [File(path, text.encode()) for path, text in FILES.items()])
        before = await held(store)
        shorter = "".join(line for line in MAPPING.splitlines(keepends=True) if not line.startswith(row))
        _, applied = await load(store, [File("mapping.csv", shorter.encode())])
        assert applied.counts[Kind.CORRESPONDENCE].deleted >= 1
        after = await held(store)
        changed = {
            f"{name} of {before[key].name}"  # type: ignore[attr-defined]
            for key in before.keys() & after.keys()
            for name in ("fills", "fulfils", "data_element")
            if getattr(before[key], name, None) != getattr(after[key], name, None)
        }
        assert changed == lost
        assert await store.check() == []
        await load(store, [File("mapping.csv", MAPPING.encode())])
        assert await held(store) == before


async def test_a_sheet_under_another_name_takes_its_resources_along(stores):
    async with stores() as store:
        await load(store, [File("law.txt", LAW.encode()), File("sheet.csv", SHEET.encode())])
        cleared = SHEET.replace("每日,婚姻登记信息,307/1", "每日,,")
        loaded, _ = await load(store, [File("newer.csv", cleared.encode())])
        (said,) = (one for one in loaded.problems if one.code == "MOVED")
        assert said.place == Place(source="newer.csv")
        assert "sheet.csv" in said.message and "307/1" in said.message
        again, _ = await load(store, [File("newer.csv", cleared.encode())])
        assert "MOVED" not in [one.code for one in again.problems]
        found = await held(store)
        moved = named(found, Kind.RESOURCE, "结婚离婚登记")
        assert (moved.fulfils, moved.related) == ((), ())
        assert await store.check() == []


async def test_what_goes_from_a_sheet_or_a_text_is_let_go_of(stores):
    async with stores() as store:
        await load(store, [File(path, text.encode()) for path, text in FILES.items()])
        before = await held(store)
        without = "".join(line for line in SHEET.splitlines(keepends=True) if not line.startswith("婚姻登记信息"))
        await load(store, [File("sheet.csv", without.encode())])
        found = await held(store)
        assert named(found, Kind.RESOURCE, "结婚离婚登记").related == ()
        asked = [each for each in found.values() if isinstance(each, Demand)]
        assert all(each.resource is None or each.resource in found for each in asked)
        await load(store, [File("law.txt", LAW.replace("婚姻登记信息", "婚姻状况信息").encode())])
        found = await held(store)
        assert named(found, Kind.RESOURCE, "结婚离婚登记").fulfils == ()
        sheet = named(found, Kind.RESOURCE, "结婚离婚登记").source
        codes = [each.code for each in found.values() if isinstance(each, Issue) and each.source == sheet]
        assert codes == ["UNRESOLVED_DUTY", "UNRESOLVED_MAPPING"]
        await load(store, [File("law.txt", LAW.encode())])
        await load(store, [File("sheet.csv", SHEET.encode())])
        assert await held(store) == before
        assert await store.check() == []
