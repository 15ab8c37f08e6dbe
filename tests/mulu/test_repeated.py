"""A file that says again what is held changes nothing; one that says anything else is taken whole."""

from __future__ import annotations

import pytest

from catalog.vocabulary import Kind
from loaders.load import File
from tests.mulu.loads import held, load
from tests.mulu.test_mapping import FILES, LAW, SHEET

GIVEN = [File(path, text.encode()) for path, text in FILES.items()]
HEADING, *LINES = SHEET.splitlines(keepends=True)


async def test_the_same_sheet_under_another_name_changes_nothing(stores):
    async with stores() as store:
        await load(store, GIVEN)
        before, head = await held(store), await store.head()
        loaded, applied = await load(store, [File("copy.csv", SHEET.encode())])
        assert not applied.changed
        assert await store.head() == head
        assert await held(store) == before
        (told,) = (one for one in loaded.problems if one.place and one.place.source == "copy.csv")
        assert (told.code, told.severity) == ("HELD_ELSEWHERE", "INFO")
        _, applied = await load(store, GIVEN)  # and the file that it repeats is its own as before
        assert not applied.changed


OTHERS = {
    "one cell": SHEET.replace("户号", "户籍号"),
    "one item less": SHEET.replace(LINES[1], ""),
    "one resource more": SHEET + LINES[-1].replace("户籍信息,303/1", "居住证信息,303/2"),
    "another data element": SHEET.replace("公民身份号码,无条件", "身份证号,无条件"),
    "another statutory resource": SHEET.replace("每日,婚姻登记信息,307/1", "每日,出生医学证明信息,307/1"),
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
async def test_a_sheet_that_says_anything_else_takes_its_resources_along(stores, text):
    async with stores() as store:
        await load(store, GIVEN)
        loaded, applied = await load(store, [File("newer.csv", text.encode())])
        assert applied.changed
        assert "MOVED" in [one.code for one in loaded.problems]
        sources = {one.path: one.id for one in (await held(store)).values() if one.kind is Kind.SOURCE}  # type: ignore[attr-defined]
        of = {one.source for one in (await held(store)).values() if one.kind is Kind.RESOURCE}
        assert sources["newer.csv"] in of and sources["sheet.csv"] not in of
        assert await store.check() == []


async def test_part_of_a_sheet_is_held_already_and_takes_nothing_away(stores):
    async with stores() as store:
        await load(store, [File("law.txt", LAW.encode()), File("sheet.csv", SHEET.encode())])
        _, applied = await load(store, [File("part.csv", (HEADING + LINES[-1]).encode())])
        assert not applied.changed


async def test_a_sheet_loaded_with_the_one_it_repeats_is_told_from_it(stores):
    async with stores() as store:
        both = [File("a.csv", SHEET.encode()), File("b.csv", SHEET.encode())]
        await load(store, both)
        before = await held(store)
        _, applied = await load(store, both)
        assert not applied.changed
        assert await held(store) == before
