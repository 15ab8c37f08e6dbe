"""How far the embedded store reads, and in how many statements."""

from __future__ import annotations

from catalog.vocabulary import Kind
from graph.shape import SearchQuestion, Shape
from graph.sqlite.searching import best
from graph.sqlite.sql import MANY
from graph.sqlite.store import SqliteStore
from tests.graph import samples


def held(score, length, id, record, rank=0):
    return (score, length, id, 1, record, rank, None, 1, "name")


def test_a_page_that_is_full_reads_no_group_further():
    read = []

    def rows():
        for one in (held(1, 2, "b", 2), held(1, 2, "a", 1), held(2, 2, "c", 3), held(2, 3, "d", 4), held(2, 4, "e", 5)):
            read.append(one[2])
            yield one

    assert [one[2] for one in best(rows(), None, 2)] == ["a", "b"]
    assert read == ["b", "a", "c"]


def test_a_record_stands_where_its_best_text_is_and_is_not_answered_again_after_a_key():
    rows = [held(1, 2, "a", 1, rank=3), held(1, 2, "a", 1, rank=1), held(2, 5, "a", 1), held(2, 5, "b", 2)]
    assert best(rows, None, 9) == [rows[1], rows[3]]
    assert best(rows, (1, 2, "a"), 9) == [rows[3]]
    assert best(rows, (2, 5, "b"), 9) == []


async def test_more_identifiers_than_parameters_and_any_page_of_a_search_take_the_statements_of_one(tmp_path):
    async with SqliteStore.at(str(tmp_path / "mulu.db")) as store:
        await store.apply(samples.change_set(*samples.many(MANY + 10, 0)))
        ids = [f"resource/{n:06}" for n in range(MANY + 10)]
        taken = []
        for some in (ids[:1], ids):
            before = store.statements
            rows = await store.get(some, Shape(frozenset({"name"})), Kind.RESOURCE)
            assert [row and row["id"] for row in rows] == some
            taken.append(store.statements - before)
        assert taken == [1, 1]
        searched = []
        for text, first in (("资源", 1), ("资源", 50), ("没有", 5)):
            before = store.statements
            await store.search(SearchQuestion(text, first=first))
            searched.append(store.statements - before)
        assert searched == [3, 3, 3]
