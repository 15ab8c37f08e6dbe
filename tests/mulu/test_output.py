"""What commands print: documents written piece by piece are those written whole."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.issue import Issue
from catalog.puts import Gathered, Issues
from catalog.vocabulary import Severity
from mulu.output import gravest, issue, print_json, print_json_with

ISSUES = st.lists(
    st.builds(
        Issue,
        id=st.integers(0, 9**9).map("issue/{}".format),
        code=st.sampled_from(["A", "B"]),
        severity=st.sampled_from(Severity),
        message=st.text(st.characters(exclude_categories=["Cs"])),
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def printed():
    with pytest.MonkeyPatch.context() as patch:
        yield lambda write: _printed(patch, write)


def _printed(patch: pytest.MonkeyPatch, write) -> bytes:
    into = io.BytesIO()
    patch.setattr(sys, "stdout", io.TextIOWrapper(into))
    write()
    return into.getvalue()


@given(ISSUES)
@settings(max_examples=60)
def test_a_list_printed_one_by_one_is_the_list_printed_whole(printed, found):
    document = {"revision": 1, "files": [{"path": "a\n}"}]}
    members = [issue(one) for one in found]
    whole = printed(lambda: print_json({**document, "issues": members}))
    assert printed(lambda: print_json_with(document, "issues", iter(members))) == whole


@given(ISSUES)
def test_errors_come_first_and_the_order_else_stays(found):
    gathered = Issues(Gathered(), found)
    assert len(gathered) == len(found)
    assert all(one in gathered for one in found)
    assert [*gravest(gathered)] == sorted(found, key=lambda one: list(Severity).index(one.severity))
