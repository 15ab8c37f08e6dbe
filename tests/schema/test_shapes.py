"""From a selection to a Shape, without a store."""

from __future__ import annotations

import datetime as dt
from typing import Any

from graph.shape import Equals, Nested, Page, Question, Shape
from schema.context import Context
from schema.execute import execute


class Listening:
    """A store that answers nothing and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    async def read(self, question: Question) -> Page[Any]:
        self.asked.append(question)
        return Page((), False, 0)


async def shape(selection: str, field: str = "resources") -> Shape:
    store: Any = Listening()
    context = Context(store=store, today=dt.date(2018, 1, 1), base_iri="https://data.example.cn/")
    variables = "query($yes: Boolean = true) " if "$yes" in selection else ""
    fragment = " fragment F on Resource { code }" if "...F" in selection else ""
    query = f"{variables}{{ {field} {{ nodes {{ {selection} }} }} }}{fragment}"
    response = await execute(None, query, None, None, context)
    assert response == {"data": {field: {"nodes": []}}}
    (question,) = store.asked
    return question.shape


async def test_properties_by_the_dataclass_s_names():
    assert await shape("id iri name openToPublic updateFrequency { text }") == Shape(
        frozenset({"name", "open_to_public", "update_frequency"})
    )


async def test_values_are_nested_only_where_a_reference_is_wanted():
    assert await shape("responsibilities { roles literal }") == Shape(frozenset({"responsibilities"}))
    assert await shape("responsibilities { roles agency { name } }") == Shape(
        nested=(
            (
                "responsibilities",
                Nested(
                    "responsibilities",
                    Shape(frozenset({"roles"}), (("agency", Nested("agency", Shape(frozenset({"name"})))),)),
                ),
            ),
        )
    )


async def test_fragments_directives_and_repeated_selections_unite():
    plain = await shape("name code fulfils { name code }")
    assert (
        await shape("... on Node { id } ...F name fulfils { name } again: fulfils { code } summary @skip(if: $yes)")
        == plain
    )


async def test_connections_are_apart_for_each_set_of_arguments():
    found = await shape("fields(first: 2) { nodes { name } } more: fields { totalCount edges { node { text } } }")
    assert {nested for _, nested in found.nested} == {
        Nested("fields", Shape(frozenset({"name", "position"})), first=3),
        Nested("fields", Shape(frozenset({"text", "position"})), first=101, count=True),
    }
    same = await shape("fields(first: 2) { nodes { name } } more: fields(first: 2) { totalCount }")
    assert [nested for _, nested in same.nested] == [
        Nested("fields", Shape(frozenset({"name", "position"})), first=3, count=True)
    ]


async def test_arguments_become_tests():
    ((_, nested),) = (await shape("provisions(kind: [ARTICLE]) { nodes { label } }", "regulations")).nested
    assert nested.tests == (Equals("provision_kind", ("ARTICLE",)),)


async def test_derived_fields_ask_for_what_they_need():
    assert (await shape("status", "regulations")).properties == {"effective", "expires", "repealed", "draft"}
    dates = {"effective", "expires", "repealed", "draft"}
    basis = dict(dict((await shape("basis { status }")).nested)["basis"].shape.nested)
    assert basis["regulation"].shape.properties == dates


async def test_references_to_several_kinds_are_read_by_kind():
    assert await shape("governs { id ... on Resource { name } }", "conditions") == Shape(frozenset({"governs"}))
