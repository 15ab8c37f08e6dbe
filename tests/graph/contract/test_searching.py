"""Substring search, against an oracle that looks into every text."""

from __future__ import annotations

import pytest

from catalog.text import fold
from catalog.vocabulary import Kind
from graph.port import Store
from graph.shape import Found, SearchQuestion
from tests.graph import samples
from tests.graph.contract.oracle import searches

TEXTS = [
    "公安机关",
    "婚姻",
    "婚",
    "。",
    "公安机关采集婚姻状况",
    "细则",
    "gz",
    "GZ-001",
    "工作日",
    "第",
    "无此文",
    "\x00",
    '"',
]


def told(found: Found) -> tuple[Kind, str, str, float]:
    return found.kind, found.id, found.text, found.score


@pytest.mark.parametrize("text", TEXTS)
async def test_every_substring_is_found_and_ranked(full: Store, text: str) -> None:
    page = await full.search(SearchQuestion(fold(text), first=50, count=True))
    expected = searches(samples.catalogue(), fold(text))
    assert [told(one) for one in page.rows] == expected
    assert (page.more, page.total) == (False, len(expected))


@pytest.mark.parametrize("kinds", [(Kind.FIELD,), (Kind.PROVISION, Kind.CONDITION), (Kind.ISSUE,)])
async def test_search_keeps_to_the_kinds_asked(full: Store, kinds: tuple[Kind, ...]) -> None:
    page = await full.search(SearchQuestion("婚姻", kinds, first=50, count=True))
    expected = searches(samples.catalogue(), "婚姻", kinds)
    assert [told(one) for one in page.rows] == expected
    assert page.total == len(expected)


@pytest.mark.parametrize("first", [1, 2, 4])
async def test_pages_of_findings_put_together_are_the_whole_list(full: Store, first: int) -> None:
    whole = await full.search(SearchQuestion("婚姻", first=50))
    found: list[Found] = []
    after, more = None, True
    while more:
        page = await full.search(SearchQuestion("婚姻", first=first, after=after, count=True))
        assert page.total == len(whole.rows)
        found += page.rows
        after, more = found[-1].key, page.more
    assert found == list(whole.rows)


PLACED = [
    ("婚姻", "220100", {"resource/r-marriages", "field/m-state"}),
    ("婚姻", "广州市", {"field/d-marriage", samples.ARTICLE}),
    ("广州", "440100", {samples.POLICE, samples.CIVIL, samples.LAW, samples.OLD_LAW}),
    ("工作日", "440100", {"policy/reply"}),
    ("婚姻", "999999", set()),
]


@pytest.mark.parametrize(("text", "jurisdiction", "expected"), PLACED)
async def test_a_place_keeps_records_of_it_and_of_its_resources_and_texts(
    full: Store, text: str, jurisdiction: str, expected: set[str]
) -> None:
    page = await full.search(SearchQuestion(text, jurisdiction=jurisdiction, first=50, count=True))
    assert {one.id for one in page.rows} == expected
    assert page.total == len(expected)
