"""The coverage matrix: each axis, the dates of the law, and elements that several collect."""

from __future__ import annotations

import pytest

from tests.graph import samples

QUERY = """query($on: Date, $rows: CoverageAxis) { coverage(on: $on, rows: $rows) {
  rows { label subject { id } cells { state agency { name } resource { id } citation { status } } }
  columns { name } totals { covered partial missing duplicate lapsed share } checked } }"""
NONE = {"covered": 0, "partial": 0, "missing": 0, "duplicate": 0, "lapsed": 0, "share": 0.0}


@pytest.mark.parametrize(
    ("rows", "on", "totals"),
    [
        ("DUTY", "2018-01-01", {"partial": 2}),
        ("DUTY", "2022-01-01", {"lapsed": 2}),
        ("DATA_ELEMENT", "2018-01-01", {"covered": 2, "partial": 2, "share": 0.5}),
        ("DATA_ELEMENT", "2022-01-01", {"lapsed": 4}),
        ("RESOURCE", "2018-01-01", {"covered": 1, "share": 1.0}),
        ("RESOURCE", "2022-01-01", {"lapsed": 1}),
    ],
)
async def test_totals_follow_the_law(data, rows, on, totals):
    found = (await data(QUERY, {"on": on, "rows": rows}))["coverage"]
    assert found["totals"] == NONE | totals
    assert found["checked"]


async def test_a_duty_shows_who_and_what_and_on_which_basis(data):
    found = (await data(QUERY, {"on": "2018-01-01"}))["coverage"]
    (row,) = found["rows"]
    assert row["subject"]["id"] == samples.DUTY
    assert [cell["state"] for cell in row["cells"]] == ["PARTIAL", "PARTIAL"]
    assert row["cells"][0]["resource"] == {"id": samples.PEOPLE}
    assert {cell["agency"]["name"] for cell in row["cells"]} == {column["name"] for column in found["columns"]}


async def test_an_element_is_missing_where_what_is_registered_lacks_it(data):
    found = (await data(QUERY, {"on": "2018-01-01", "rows": "DATA_ELEMENT"}))["coverage"]
    states = {row["subject"]["id"]: {cell["state"] for cell in row["cells"]} for row in found["rows"]}
    assert states == {samples.NUMBER_KEY: {"COVERED"}, samples.MARRIAGE_KEY: {"PARTIAL"}}


async def test_a_registered_resource_that_no_law_asks_for_is_not_judged(data):
    found = (await data(QUERY, {"on": "2018-01-01", "rows": "RESOURCE"}))["coverage"]
    states = {row["subject"]["id"]: [cell["state"] for cell in row["cells"]] for row in found["rows"]}
    assert states == {samples.PEOPLE: ["COVERED"], samples.MARRIAGES: ["NOT_APPLICABLE"]}


@pytest.mark.parametrize(("several", "ids"), [("true", [samples.MARRIAGE_KEY]), ("false", [samples.NUMBER_KEY])])
async def test_elements_that_several_collect_are_told_apart(data, several, ids):
    query = f"{{ dataElements(filter: {{ collectedBySeveral: {several} }}) {{ nodes {{ id }} totalCount }} }}"
    found = (await data(query))["dataElements"]
    assert [node["id"] for node in found["nodes"]] == ids
    assert found["totalCount"] == len(ids)


@pytest.mark.parametrize("rows", ["DUTY", "DATA_ELEMENT", "RESOURCE"])
async def test_one_read_whatever_the_axis(data, store, rows):
    store.statements = 0
    await data("query($rows: CoverageAxis) { coverage(rows: $rows) { totals { share } checked } }", {"rows": rows})
    small = store.statements
    store.statements = 0
    await data(QUERY, {"rows": rows})
    assert store.statements - small <= 4
