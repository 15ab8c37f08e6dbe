"""Filling an empty file: what is put off until its end is there afterwards, and nothing of it where it is refused."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.errors import InvalidChangeSet
from catalog.records import Agency, Field, Resource
from catalog.vocabulary import Kind
from graph.open import open_store
from graph.sqlite import indexes, keys, phrases
from loaders.synthetic import Synthetic
from tests.graph import samples

RECORDS = tuple(Synthetic(20, 1).records())


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A handful of records is as many as a hundred thousand."""
    monkeypatch.setattr(indexes, "MANY", 5)
    monkeypatch.setattr(phrases, "_RUN", 7)
    monkeypatch.setattr(keys, "REMEMBERED", 9)


def schema(path: Path) -> list[tuple[str, str]]:
    """The tables and indexes of a file, by name."""
    with sqlite3.connect(path) as raw:
        return raw.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


async def test_a_file_filled_at_once_is_whole_and_has_the_indexes_of_every_other(tmp_path: Path) -> None:
    path, empty = tmp_path / "own.db", tmp_path / "empty.db"
    async with open_store(str(empty)):
        pass
    async with open_store(str(path)) as store:
        applied = await store.apply(samples.change_set(*RECORDS))
        assert applied.counts[Kind.FIELD].created > 100
        assert await store.check() == []
    assert schema(path) == schema(empty)


async def test_a_refused_filling_leaves_the_indexes_and_no_record(tmp_path: Path) -> None:
    path, empty = tmp_path / "own.db", tmp_path / "empty.db"
    async with open_store(str(empty)):
        pass
    field = next(one for one in RECORDS if isinstance(one, Field))
    lost = replace(field, id="field/lost", resource="resource/nowhere")
    async with open_store(str(path)) as store:
        with pytest.raises(InvalidChangeSet, match="resource/nowhere"):
            await store.apply(samples.change_set(*RECORDS, lost))
        assert sum((await store.counts()).values()) == 0
        assert await store.check() == []
    assert schema(path) == schema(empty)


async def test_names_held_back_are_there_when_records_change_in_the_same_change_set(tmp_path: Path) -> None:
    resources = [one for one in RECORDS if isinstance(one, Resource)]
    agencies = [one for one in RECORDS if isinstance(one, Agency)]
    async with open_store(str(tmp_path / "own.db")) as store:
        await store.apply(samples.change_set(*RECORDS, id="first"))
        renamed = [replace(one, name=f"{one.name}改", aliases=(one.name,)) for one in resources]
        fresh = [replace(one, id=f"{one.id}-x", name=f"{one.name}新") for one in agencies]
        gone = tuple(one.id for one in RECORDS if isinstance(one, Field))[:30]
        applied = await store.apply(replace(samples.change_set(*fresh, *renamed, id="second"), deletes=gone))
        assert applied.counts[Kind.RESOURCE].updated == len(resources)
        assert applied.counts[Kind.AGENCY].created == len(agencies)
        assert applied.counts[Kind.FIELD].deleted == len(gone)
        assert await store.check() == []
