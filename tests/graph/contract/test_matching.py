"""Who answers to a name, against an oracle that looks at every record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog.text import fold
from catalog.value import Jurisdiction
from catalog.vocabulary import Kind
from graph.port import Store
from graph.shape import Hit, MatchQuestion
from tests.graph import samples
from tests.graph.contract.oracle import matches

WORDS = [
    "公民身份号码", "身份证号", "婚姻状况", "婚姻状況", "婚姻", "婚", "信息", "人口", "姓名", "户籍人口", "登记日期",
    "人口库", "码", "无此名", "Ａ", "'\"*", "人口基本信息",
]  # fmt: skip


def told(hit: Hit) -> tuple[str, str, Kind, str, str]:
    return hit.how, hit.text, hit.kind, hit.id, hit.resource


@pytest.mark.parametrize("word", WORDS)
async def test_matches_come_in_tiers_best_first(full: Store, word: str) -> None:
    page = await full.match(MatchQuestion(fold(word), first=50, count=True))
    expected = matches(samples.catalogue(), fold(word))
    assert [told(hit) for hit in page.rows] == expected
    assert (page.more, page.total) == (False, len(expected))


@pytest.mark.parametrize("word", ["婚姻状况", "信息", "码", "人口"])
@pytest.mark.parametrize("first", [1, 2, 3])
async def test_pages_of_matches_put_together_are_the_whole_list(full: Store, word: str, first: int) -> None:
    whole = await full.match(MatchQuestion(fold(word), first=50))
    hits: list[Hit] = []
    after, more = None, True
    while more:
        page = await full.match(MatchQuestion(fold(word), first=first, after=after, count=True))
        assert page.total == len(whole.rows)
        assert len(page.rows) <= first
        hits += page.rows
        after, more = hits[-1].key, page.more
    assert hits == list(whole.rows)


@pytest.mark.parametrize("jurisdiction", ["440100", "长春市", "999999"])
@pytest.mark.parametrize("regimes", [(), ("SHARING",), ("SHARING", "DISCLOSURE")])
async def test_place_and_regime_restrict_the_resource(full: Store, jurisdiction: str, regimes: tuple[str, ...]) -> None:
    for word in ("婚姻状况", "信息", "身份证号"):
        page = await full.match(MatchQuestion(word, jurisdiction, regimes, first=50, count=True))
        expected = matches(samples.catalogue(), word, jurisdiction, regimes)
        assert [told(hit) for hit in page.rows] == expected
        assert page.total == len(expected)


async def test_a_page_of_no_match_still_counts(full: Store) -> None:
    page = await full.match(MatchQuestion("信息", first=0, count=True))
    assert (page.rows, page.more, page.total) == ((), True, 3)


async def test_renamed_and_deleted_records_answer_to_their_new_names_only(full: Store) -> None:

    people = next(one for one in samples.resources() if one.id == samples.PEOPLE)
    name = next(one for one in samples.fields() if one.id == "field/p-name")
    element = next(one for one in samples.elements() if one.id == samples.NUMBER_KEY)
    put = (
        replace(people, name="常住人口", aliases=(), jurisdiction=Jurisdiction(code="440100", name="广州市")),  # type: ignore[call-arg]
        replace(element, aliases=("公民号",)),  # type: ignore[call-arg]
    )
    await full.apply(samples.change_set(*put, deletes=["field/p-name"]))
    held = {one.id: one for one in samples.catalogue()} | {one.id: one for one in put}
    held[samples.NUMBER_KEY] = replace(element, aliases=("公民号", "身份证号"))  # type: ignore[call-arg]
    del held[name.id]
    for word in ("户籍人口信息", "人口库", "常住人口", "姓名", "公民号", "身份证号", "人口", "信息"):
        page = await full.match(MatchQuestion(word, first=50, count=True))
        assert [told(hit) for hit in page.rows] == matches(held.values(), word), word
    assert await full.check() == []
