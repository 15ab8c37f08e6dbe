"""Taking a file back to an earlier revision, with the code that wrote it: the history is put, what is newer deleted.

The file is a copy that nobody else has. It need not be a catalogue yet: an empty file whose history holds the records
of the revision becomes that revision, whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from pathlib import Path

import msgspec

from catalog.changes import ChangeSet
from catalog.codec import Row, from_row
from catalog.puts import BATCH
from catalog.record import Record
from catalog.records import RECORDS
from catalog.vocabulary import Kind
from graph.sqlite.connection import Session
from graph.sqlite.model import NUMBERS, table
from graph.sqlite.reads import Job
from graph.sqlite.writing import Work

_row: msgspec.json.Decoder[Row] = msgspec.json.Decoder(Row)
_NEVER = dt.datetime(1, 1, 1, tzinfo=dt.UTC)

_HELD_THEN = "h.kind = ? AND h.begun <= ? AND h.ended > ?"
"""The versions of a kind that held in a revision and hold no more: kind, revision, revision."""


async def rewound(path: Path, revision: int, pool: Executor) -> None:
    """Takes the file at a path back to a revision, in a thread of the pool; cancelled, it stops.

    Nothing is waited for to reach the disk: a file that a crash leaves half done is nobody's.
    """
    with private(path) as session:
        job = Job(path, lambda: nullcontext(session), lambda session: rewind(session, revision))
        try:
            await job.on(pool)
        finally:
            await job.over()


@contextmanager
def private(path: Path) -> Iterator[Session]:
    """A session of a file that is nobody else's."""
    session = Session(path, 0)
    try:
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF"):
            session.raw.execute(f"PRAGMA {pragma}")
        yield session
    finally:
        session.raw.close()


def rewind(session: Session, revision: int) -> None:
    """Makes the file what it was when the revision was its head: records, orders, counts, texts, log and times.

    Raises InvalidChangeSet, and changes nothing, where the history does not hold all that the revision held.
    """
    with session.transaction("IMMEDIATE"):
        then = {kind: _ids_then(session, kind, revision) for kind in RECORDS}
        newer = tuple(one for kind in RECORDS for one in _ids_since(session, kind, revision) if one not in then[kind])
        work = Work(session, ChangeSet(id="", at=_NEVER, actor="", deletes=newer), keeping=False)
        for kind in RECORDS:
            for batch in _versions(session, kind, revision):
                work.put(kind, batch)
        work.finish()
        for kind in RECORDS:
            session.all(
                f"UPDATE {table(kind)} SET created = h.created, revision = h.begun, version = h.version FROM history h "
                f"WHERE {_HELD_THEN} AND h.id = {table(kind)}.id",
                (NUMBERS[kind], revision, revision),
            )
            counted = f"SELECT ?, count(*) FROM {table(kind)}"
            session.all(f"INSERT OR REPLACE INTO tally (kind, records) {counted}", (NUMBERS[kind],))
        for column in ("revision.number", "log.revision", "answered.revision", "history.ended"):
            session.all(f"DELETE FROM {column.partition('.')[0]} WHERE {column} > ?", (revision,))


def _ids_then(session: Session, kind: Kind, revision: int) -> set[str]:
    found = session.all(f"SELECT h.id FROM history h WHERE {_HELD_THEN}", (NUMBERS[kind], revision, revision))
    return {one for (one,) in found}


def _ids_since(session: Session, kind: Kind, revision: int) -> list[str]:
    return [one for (one,) in session.all(f"SELECT id FROM {table(kind)} WHERE revision > ? ORDER BY id", (revision,))]


def _versions(session: Session, kind: Kind, revision: int) -> Iterator[list[Record]]:
    """The earlier versions, in batches: nothing writes to the history meanwhile."""
    rows = session.raw.execute(
        f"SELECT h.body FROM history h WHERE {_HELD_THEN} ORDER BY h.id", (NUMBERS[kind], revision, revision)
    )
    while found := rows.fetchmany(BATCH):
        yield [from_row(kind, _row.decode(body)) for (body,) in found]
