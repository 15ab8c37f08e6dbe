"""Cursors: opaque, good for one question, and never trusted."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import BadInput, CursorExpired
from catalog.vocabulary import Regime
from schema.cursors import decode, encode, question_of

keys = st.lists(st.text() | st.integers(-(2**62), 2**62), min_size=1).map(tuple)


@given(keys)
def test_a_cursor_holds_its_key(key):
    question = question_of("resources", {})
    cursor = encode(question, key)
    assert cursor.isascii() and "=" not in cursor
    assert decode(cursor, question) == key


def test_paging_does_not_change_the_question_and_everything_else_does():
    asked = {"first": 1, "after": None, "regime": [Regime.SHARING], "filter": {"name": "x"}}
    assert question_of("a", asked) == question_of("a", {**asked, "first": 2, "after": "y", "last": 3, "before": "z"})
    for other in ({**asked, "regime": [Regime.DISCLOSURE]}, {**asked, "filter": {"name": "y"}}, {}):
        assert question_of("a", other) != question_of("a", asked)
    assert question_of("a", asked) != question_of("b", asked)


@given(st.text() | st.binary().map(lambda data: urlsafe_b64encode(data).decode()))
def test_nonsense_is_no_cursor(text):
    with pytest.raises((BadInput, CursorExpired)):
        decode(text, "question")


@pytest.mark.parametrize(
    "held",
    [
        "[]",
        "{}",
        "7",
        '["question"]',
        '["question", null]',
        '["question", true]',
        '["question", []]',
        f'["question", {10**30}]',
        '["question", "\\ud800"]',
    ],
)
def test_json_of_another_form_is_no_cursor(held):
    with pytest.raises(BadInput):
        decode(urlsafe_b64encode(held.encode()).decode(), "question")


def test_another_question_s_cursor_has_expired():
    with pytest.raises(CursorExpired):
        decode(encode("one", ("x",)), "other")
