"""Our SDL holds the whole contract, says what everything means, and changes only on purpose."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest
from graphql import build_schema

from schema.sdl import sdl
from tests.schema.contract import contract, differences, shared

GOLDEN = Path(__file__).parent / "goldens" / "schema.graphql"
BUILT_IN = {"Boolean", "Float", "ID", "Int", "String"}


def test_ours_is_a_superset_of_the_contract():
    place = shared() / "schema.graphql"
    if not place.exists():
        pytest.skip(f"!!! the contract was NOT compared: {place.name} is not beside the repository; set MULU_SHARED")
    assert list(differences(build_schema(sdl()), contract(place.read_text("utf-8")))) == []


def test_the_comparison_finds_what_is_missing():
    theirs = "type Query { a(first: Int = 20, id: ID!): [Int!]! b: E } enum E { X Y }"
    ours = "type Query { a(first: Int = 10): [Int]! b: E more: Int } enum E { X }"
    assert sorted(differences(build_schema(ours), build_schema(theirs))) == [
        "E.Y is missing",
        "Query.a is [Int]!, not [Int!]!",
        "Query.a(first:) defaults to 10, not 20",
        "Query.a(id:) is missing",
    ]


def test_the_sdl_is_the_golden_one(request: pytest.FixtureRequest):
    text = sdl()
    if request.config.getoption("--update-golden-files"):
        GOLDEN.write_text(text, "utf-8")
    held = GOLDEN.read_text("utf-8")
    changed = "\n".join(difflib.unified_diff(held.splitlines(), text.splitlines(), "golden", "now", lineterm=""))
    assert changed == "", f"run with --update-golden-files to accept:\n{changed}"


def _descriptions():
    for name, type_ in build_schema(sdl()).type_map.items():
        if name.startswith("__") or name in BUILT_IN:
            continue
        yield name, type_.description
        for field, definition in getattr(type_, "fields", {}).items():
            yield f"{name}.{field}", definition.description
            for argument, given in getattr(definition, "args", {}).items():
                yield f"{name}.{field}({argument}:)", given.description
        for value, given in getattr(type_, "values", {}).items():
            yield f"{name}.{value}", given.description


def test_everything_is_described_in_english_with_the_chinese_term():
    lacking = [name for name, said in _descriptions() if not said or not re.search(r"[a-z]", said)]
    assert lacking == []
    assert [name for name, said in _descriptions() if not re.search(r"[\u4e00-\u9fff]", said)] == []
