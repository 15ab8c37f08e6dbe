"""Statements of other catalogues are kept as elements of the metadata, and read back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.statements import ODD, Kept, iri, keep, of

iris = st.text(min_size=1, max_size=12).map(lambda text: iri(f"urn:{text}"))
nodes = st.one_of(iris, st.integers(1, 99).map(lambda number: f"_:n{number}"))
literals = st.builds(
    Kept, predicate=iris, subject=st.none() | nodes, value=st.text(max_size=30), literal=st.just(True),
    language=st.none() | st.sampled_from(["zh-Hans", "en", "x-a1"]),
)  # fmt: skip
typed = st.builds(
    Kept, predicate=iris, subject=st.none() | nodes, value=st.text(max_size=30), literal=st.just(True), datatype=iris,
)  # fmt: skip
links = st.builds(Kept, predicate=iris, subject=st.none() | nodes, value=nodes)


@given(st.one_of(literals, typed, links))
def test_what_is_kept_is_read_back(one):
    value = keep(one)
    assert of(value.element, value.value) == one


@given(st.text(max_size=40))
def test_an_iri_has_no_character_that_none_may_have(text):
    assert not ODD.search(iri(text))


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ("责任人", "张三"), ("<urn:a>", "张三"), ("<urn:a>", '"open'), ("<urn:a b>", '"x"'), ("urn:a", '"x"'), ("_:n1", '"x"'),
        ("<urn:a> <urn:b> <urn:c>", '"x"'), ("<urn:a>", '"x" . <urn:b> <urn:c> "y"'), ("<urn:a>", "<urn:b> <urn:c>"), ("", ""),
    ],
)  # fmt: skip
def test_cells_of_a_sheet_are_no_statements(element, value):
    assert of(element, value) is None


def test_a_language_that_is_none_is_left_off():
    assert keep(Kept(predicate="urn:p", value="x", literal=True, language="no tag!")).value == '"x"'
