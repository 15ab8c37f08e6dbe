"""Snapshots: few are kept, each is made once, none is closed under its reader, nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import TimedOut, Unavailable
from catalog.vocabulary import Kind
from graph.shape import Question, Shape
from graph.snapshots import Snapshots
from graph.sqlite.store import SqliteStore
from tests.graph import samples
from tests.graph.contract.histories import remembers


class Maker:
    """Makes stores that only count their closing, when it is let."""

    def __init__(self) -> None:
        self.made: list[int] = []
        self.closed: list[int] = []
        self.paths: list[Path] = []
        self.let = asyncio.Event()
        self.let.set()
        self.fails = 0

    async def __call__(self, revision: int, path: Path) -> Any:
        self.paths.append(path)
        path.write_bytes(b"a catalogue")
        await self.let.wait()
        if self.fails:
            self.fails -= 1
            raise Unavailable("the disk is full")
        self.made.append(revision)
        return Made(self, revision)


class Made:
    statements = 7

    def __init__(self, maker: Maker, revision: int) -> None:
        self.maker, self.revision = maker, revision

    async def __aexit__(self, *exception: object) -> None:
        self.maker.closed.append(self.revision)


async def ask(snapshots: Snapshots, revision: int, patience: float | None = None) -> None:
    async with snapshots.of(revision, patience) as store:
        assert store.revision == revision  # type: ignore[attr-defined]


async def test_the_least_recently_used_go_first_with_their_files() -> None:
    maker = Maker()
    snapshots = Snapshots(maker, kept=2)
    for revision in (1, 2, 1, 3, 1, 2):
        await ask(snapshots, revision)
    assert (maker.made, maker.closed) == ([1, 2, 3, 2], [2, 3])
    assert [path.exists() for path in maker.paths] == [True, False, False, True]
    assert snapshots.statements == 4 * 7
    await snapshots.close()
    assert sorted(maker.closed[2:]) == [1, 2]
    assert not maker.paths[0].parent.exists()


async def test_what_is_being_read_is_not_closed() -> None:
    maker = Maker()
    snapshots = Snapshots(maker, kept=1)
    async with snapshots.of(1):
        await ask(snapshots, 2)
        await ask(snapshots, 3)
        assert 1 not in maker.closed
    await ask(snapshots, 3)
    assert 1 in maker.closed
    await snapshots.close()


async def test_who_cannot_wait_is_told_so_and_finds_it_later() -> None:
    maker = Maker()
    maker.let.clear()
    snapshots = Snapshots(maker)
    with pytest.raises(TimedOut, match="revision 5 is being prepared") as raised:
        await ask(snapshots, 5, 0.01)
    assert raised.value.suggestion and "ask again" in raised.value.suggestion
    waiting = asyncio.create_task(ask(snapshots, 5))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    maker.let.set()
    await asyncio.sleep(0.01)
    await ask(snapshots, 5)
    assert maker.made == [5]
    await snapshots.close()


async def test_no_more_are_prepared_at_once_than_are_kept() -> None:
    maker = Maker()
    maker.let.clear()
    snapshots = Snapshots(maker, kept=2)
    for revision in (1, 2):
        with pytest.raises(TimedOut):
            await ask(snapshots, revision, 0.01)
    with pytest.raises(Unavailable, match="other revisions are being prepared"):
        await ask(snapshots, 3)
    assert len(maker.paths) == 1  # one at a time
    await snapshots.close()
    assert not maker.paths[0].parent.exists()


async def test_a_failure_is_told_and_tried_again() -> None:
    maker = Maker()
    maker.fails = 1
    snapshots = Snapshots(maker)
    with pytest.raises(Unavailable, match="disk is full"):
        await ask(snapshots, 1)
    await ask(snapshots, 1)
    assert not maker.paths[0].exists() and maker.paths[1].exists()
    await snapshots.close()


async def test_without_room_for_it_an_earlier_revision_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere/at/all")
    snapshots = Snapshots(Maker())
    with pytest.raises(Unavailable, match="cannot be prepared") as raised:
        await ask(snapshots, 1)
    assert raised.value.suggestion and "/nowhere" not in raised.value.message
    await snapshots.close()


async def test_a_view_of_a_closed_store_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    store = SqliteStore.at(str(tmp_path / "a.db"))
    async with store:
        for number in range(2):
            await store.apply(samples.change_set(*samples.many(1, prefix=str(number))))
        view = await store.as_of(1)
    with pytest.raises(Unavailable, match="closed"):
        await view.counts()
    assert list(folder.iterdir()) == []
    async with store:
        assert (await (await store.as_of(1)).counts())[Kind.RESOURCE] == 1


async def test_closing_the_store_stops_what_is_being_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(samples.change_set(*samples.catalogue()))
        await store.apply(samples.change_set(*samples.many(300)))
        await store.apply(samples.change_set(*samples.many(300, names=5)))
        view = await store.as_of(2)
        asked = asyncio.create_task(view.read(Question(Kind.RESOURCE, Shape())))
        await asyncio.sleep(0.02)
        assert list(folder.iterdir())
    with pytest.raises(Unavailable, match="closed"):
        await asked
    assert list(folder.iterdir()) == []


KILLED = """
import asyncio, sys
from pathlib import Path
from graph.snapshots import Snapshots
from tests.graph.test_snapshots import Maker, ask

async def main():
    await ask(Snapshots(Maker()), 1)
    print("made", flush=True)
    sys.stdin.read()

asyncio.run(main())
"""


async def test_what_killed_processes_left_behind_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env=environment
    )
    assert process.stdout is not None
    assert (await process.stdout.readline()).strip() == b"made"
    (of_other,) = tmp_path.glob("mulu-revisions-*")
    unknown, elsewhere = tmp_path / "mulu-revisions-unknown", tmp_path / "elsewhere"
    for folder in (unknown, elsewhere):
        folder.mkdir()
    (elsewhere / "in-use").touch()
    (tmp_path / "mulu-revisions-link").symlink_to(elsewhere)
    first = Snapshots(Maker())
    await ask(first, 1)
    assert of_other.exists()
    process.kill()
    await process.communicate()
    second = Snapshots(Maker())
    await ask(second, 1)
    left = {folder.name for folder in tmp_path.iterdir()}
    assert of_other.name not in left
    assert len(left) == 5 and (elsewhere / "in-use").exists()  # both running ones, what is no folder of ours
    await first.close()
    await second.close()
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("seed", range(2, 7))
async def test_long_histories_are_remembered(tmp_path: Path, seed: int) -> None:
    """More of what the contract suite asks of both stores, on the one that answers quickly."""
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(samples.change_set(*samples.catalogue()))
        await remembers(store, seed, revisions=8)
