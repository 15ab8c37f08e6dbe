"""A spool gives back what it was given, kind by kind and in order, however much of it lies in files."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.record import Record
from catalog.records import RECORDS
from loaders.synthetic import Synthetic
from mulu import spooled
from mulu.spooled import Spooled
from tests.catalog.strategies import any_record


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def in_order(some: Sequence[Record]) -> list[Record]:
    return [one for kind in RECORDS for one in some if one.kind is kind]


@given(st.lists(st.lists(any_record(), max_size=8), max_size=4), st.integers(0, 9), st.integers(1, 3))
def test_what_goes_in_comes_out_by_kind_and_in_order(parts: list[list[Record]], held: int, batch: int) -> None:
    whole: list[Record] = []
    with pytest.MonkeyPatch.context() as patch, Spooled(held=held) as spool:
        patch.setattr(spooled, "BATCH", batch)
        for part in parts:
            spool.extend(part)
            whole += part
            assert list(spool) == in_order(whole)
            assert len(spool) == len(whole)
        for kind in RECORDS:
            assert list(spool.of(kind)) == [one for one in whole if one.kind is kind]
            assert len(spool.of(kind)) == sum(one.kind is kind for one in whole)
        assert all(one in spool for one in whole)


def test_several_passes_at_once_do_not_disturb_one_another() -> None:
    whole = in_order(list(Synthetic(20, 1).records()))
    with Spooled(whole, held=7) as spool:
        pairs = list(zip(spool, spool, strict=True))
    assert pairs == [(one, one) for one in whole]


def test_a_load_of_few_records_makes_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a file was made")

    whole = in_order(list(Synthetic(20, 1).records()))
    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    with Spooled(whole) as spool:
        assert list(spool) == whole
    with pytest.raises(AssertionError, match="a file was made"):
        Spooled(whole, held=10)


def test_nothing_lies_in_the_folder_for_temporary_files_even_while_a_spool_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = open_files()
    with Spooled(Synthetic(20, 1).records(), held=7) as spool:
        assert list(tmp_path.iterdir()) == []
        assert open_files() > before
        assert len(spool) > 200
    assert list(spool) == []
    assert len(spool) == 0
    assert open_files() == before
