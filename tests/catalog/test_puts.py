"""Records to be written: by kind, and told when one comes twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import puts
from catalog.data_element import DataElement
from catalog.puts import Digests, by_kind, of_kind
from catalog.record import Record
from catalog.records import RECORDS
from tests.catalog.strategies import any_record


@given(st.lists(any_record(), max_size=12))
def test_records_by_kind_are_all_of_them_in_the_order_of_their_coming(some: list[Record]) -> None:
    found = by_kind(some)
    assert list(found) == list(RECORDS)
    for kind, held in found.items():
        assert list(held) == [one for one in some if one.kind is kind] == list(of_kind(some, kind))


@given(st.lists(st.sampled_from("abcdefgh"), max_size=30), st.integers(1, 3))
def test_identifiers_that_come_again_are_counted_and_no_others(names: list[str], part: int) -> None:
    again = [DataElement(id=f"data-element/{name}", name=name) for name in names]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(puts, "_PART", part)
        digests = Digests(len(again))
        for one in again:
            digests.add(one.id)
    assert digests.repeated(again) == {one: n for one, n in Counter(one.id for one in again).items() if n > 1}


def test_two_identifiers_of_one_digest_are_not_taken_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def alike(identifier: str) -> int:
        return len(identifier)

    again: Sequence[Record] = [DataElement(id=f"data-element/{name}", name=name) for name in ("a", "b", "a", "cc")]
    monkeypatch.setattr(puts, "hash", alike, raising=False)
    digests = Digests(len(again))
    for one in again:
        digests.add(one.id)
    assert digests.repeated(again) == {"data-element/a": 2}
