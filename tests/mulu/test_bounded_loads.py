"""Loads of tables through spools: the same catalogue as in memory, and few of their records alive at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import pytest

from catalog.field import Field
from catalog.puts import BATCH, Gathering
from catalog.records import RECORDS
from catalog.vocabulary import Kind
from graph.open import open_store
from graph.port import Store
from loaders import load as loading
from loaders.load import File
from loaders.synthetic import Synthetic
from loaders.table import items
from loaders.table.catalogue import read_catalogue
from loaders.table.writing import comma_separated
from mulu import spooled
from mulu.loading import apply_loaded, loaded_with
from mulu.spooled import Spooled
from mulu.tables import entries
from tests.mulu import loads

MAPPING = "对应种类,登记名称,登记代码,对应名称,对应依据,对应日期\n字段含义,姓名,,自然人姓名,某某通知,2024-01-01\n"
DEMANDS = "需求部门,信息资源名称,提供部门,用途\n仿真市财政局,公民身份号码,,核对\n仿真市财政局,没有的资源,,核对\n"
RULES = Path("mulu/sample/rules-2017.txt")


def table(resources: int, seed: int = 1, parts: int = 1) -> list[File]:
    """The catalogue of a seed as lists, each with a part of the resources."""
    found = entries(Synthetic(resources, seed).records())
    size = -(-len(found) // parts)
    return [
        File(f"{seed}-{number}.csv", comma_separated(found[number * size : (number + 1) * size]))
        for number in range(parts)
    ]


@contextmanager
def spools(held: int) -> Iterator[Callable[[], Gathering]]:
    with ExitStack() as stack:
        yield lambda: stack.enter_context(Spooled(held=held))


async def load(store: Store, given: list[File], held: int):
    with spools(held) as gather:
        loaded = await loaded_with(store, given, gather=gather)
        applied = await apply_loaded(store, loaded)
        return replace(loaded, problems=tuple(loaded.problems)), applied  # spools are empty once they are left


def steps() -> list[list[File]]:
    first, second, third = table(30, 1, 3)
    return [
        [first, second, File("mapping.csv", MAPPING.encode()), File("demands.csv", DEMANDS.encode())],
        [File("rules.txt", RULES.read_bytes()), third],
        [first, File("again.csv", second.data)],
        [File(second.path, table(30, 2)[0].data)],
        table(30, 1, 3),
        [File("demands.csv", DEMANDS.replace("公民身份号码", "单位名称").encode())],
    ]


async def test_a_load_through_files_gives_what_a_load_in_memory_gives(tmp_path: Path) -> None:
    async with open_store(str(tmp_path / "a.db")) as plain, open_store(str(tmp_path / "b.db")) as spooled_:
        for number, given in enumerate(steps()):
            ours, applied = await loads.load(plain, given)
            theirs, same = await load(spooled_, given, 3)
            assert applied.counts == same.counts, number
            assert tuple(ours.problems) == theirs.problems
            assert (ours.files, ours.sources, ours.deletes) == (theirs.files, theirs.sources, theirs.deletes)
            assert await loads.held(plain) == await loads.held(spooled_)
            _, again = await load(spooled_, given, 3)
            assert not again.changed
            assert await spooled_.check() == []
        assert (await plain.counts())[Kind.DEMAND] == 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Living(Field):
    """A field that is counted while it lives."""

    now: ClassVar[int] = 0
    most: ClassVar[int] = 0

    def __post_init__(self) -> None:
        Living.now += 1
        Living.most = max(Living.most, Living.now)

    def __del__(self) -> None:
        Living.now -= 1


async def test_few_of_a_loads_fields_live_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held, size = 100, 700
    monkeypatch.setattr(items, "Field", Living)
    monkeypatch.setattr(spooled, "RECORDS", {**RECORDS, Kind.FIELD: Living})
    async with open_store(str(tmp_path / "own.db")) as store:
        given = table(size, parts=3)
        Living.most = Living.now
        _, applied = await load(store, given, held)
        assert applied.counts[Kind.FIELD].created > 9 * size
        assert held <= Living.most <= 2 * BATCH + 4 * held < size * 9
        Living.most = Living.now
        _, again = await load(store, given, held)
        assert not again.changed
        assert held <= Living.most <= 2 * BATCH + 4 * held


async def test_one_file_is_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def noted(sheet, source, path, registered, apart):
        told.append(f"{path} read")
        return read_catalogue(sheet, source, path, registered, apart)

    def later(file: File) -> File:
        def content() -> bytes:
            told.append(f"{file.path} opened")
            return file.data

        return File(file.path, content)

    monkeypatch.setattr(loading, "read_catalogue", noted)
    given = table(6, parts=3)
    found = loading.read([later(file) for file in given])
    assert told == [f"{file.path} {what}" for file in given for what in ("opened", "read")]
    assert found.sources == loading.read(given).sources
