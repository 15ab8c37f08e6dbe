"""The catalogue's own time: revisions, the log of changes, superseded versions, answers already given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

import msgspec

from catalog.announcing import ANNOUNCED
from catalog.changes import ChangeSet
from catalog.errors import CursorExpired
from catalog.record import Record
from catalog.records import RECORDS
from catalog.revision import Applied, Change, Revision, Tally, Tombstone
from catalog.vocabulary import ChangeKind, Kind
from graph.shape import KeysetKey, Page
from graph.sqlite.connection import Session
from graph.sqlite.model import NUMBERS, PLACES, table
from graph.sqlite.sql import listed

_KINDS = list(RECORDS)
_ID_AND_SOURCE = attrgetter("id", "source")


def head(session: Session) -> Revision | None:
    """The newest revision."""
    found = session.one("SELECT number, at, actor, change_set FROM revision ORDER BY number DESC LIMIT 1")
    if found is None:
        return None
    number, at, actor, change_set = found
    return Revision(number=number, at=dt.datetime.fromisoformat(at), actor=actor, change_set=change_set)


def number_of_head(session: Session) -> int:
    """The newest revision's number, 0 for an empty store."""
    found = session.one("SELECT max(number) FROM revision")
    return (found and found[0]) or 0


def counts(session: Session) -> dict[Kind, int]:
    """How many records of each kind there are, from the tallies kept."""
    held: dict[int, int] = dict(session.all("SELECT kind, records FROM tally"))
    return {kind: held.get(NUMBERS[kind], 0) for kind in Kind}


def changes(
    session: Session,
    since: int,
    kinds: Sequence[Kind],
    first: int,
    after: KeysetKey | None,
    *,
    count: bool,
    announced: bool,
) -> Page[Change]:
    """A page of the log."""
    key = after or (since, len(_KINDS), "")
    if len(key) != 3:
        raise CursorExpired("the cursor is of another question")
    if after and isinstance(after[0], int) and after[0] <= since:
        key = (since, len(_KINDS), "")
    places = listed(PLACES[kind] for kind in kinds)
    among = f" AND l.place IN {places.text}" if kinds else ""
    among += "" if announced else f" AND l.change <> '{ANNOUNCED}'"
    found = session.all(
        "SELECT l.revision, r.at, r.actor, l.place, l.id, l.change, l.source FROM log l "
        "CROSS JOIN revision r ON r.number = l.revision "
        f"WHERE (l.revision, l.place, l.id) > (?, ?, ?){among} ORDER BY l.revision, l.place, l.id LIMIT ?",
        (*key, *(places.params if kinds else ()), first + 1),
    )
    rows = tuple(
        Change(
            revision=revision,
            at=dt.datetime.fromisoformat(at),
            actor=actor,
            kind=_KINDS[place],
            id=id_,
            change=ChangeKind.UPDATED if change == ANNOUNCED else ChangeKind(change),
            source=source,
            announced=change == ANNOUNCED,
        )
        for revision, at, actor, place, id_, change, source in found[:first]
    )
    total = None
    if count:
        params = (since, *(places.params if kinds else ()))
        total = session.all(f"SELECT count(*) FROM log l WHERE l.revision > ?{among}", params)[0][0]
    return Page(rows, len(found) > first, total)


def tombstones(session: Session, ids: Sequence[str], kind: Kind, until: int | None) -> list[Tombstone | None]:
    """What is left of earlier versions: of each identifier the last that was cleared, or the last."""
    marks, last = listed(ids), number_of_head(session) if until is None else until
    found = session.all(
        "SELECT h.id, r.number, r.at, h.cleared IS NOT NULL FROM (SELECT id, max(ended) AS ended, "
        "max(CASE WHEN json_extract(body, '$.cleared') THEN ended END) AS cleared FROM history "
        f"WHERE kind = ? AND id IN {marks.text} AND ended <= ? GROUP BY id) h "
        "JOIN revision r ON r.number = coalesce(h.cleared, h.ended)",
        (NUMBERS[kind], *marks.params, last),
    )
    held = {
        id_: Tombstone(revision=number, at=dt.datetime.fromisoformat(at), cleared=bool(cleared))
        for id_, number, at, cleared in found
    }
    return [held.get(id_) for id_ in ids]


def answered(session: Session, change_set: str) -> Applied | None:
    """What a change set was answered when it was applied before."""
    found = session.one("SELECT revision, counts FROM answered WHERE change_set = ?", (change_set,))
    if found is None:
        return None
    held = msgspec.json.decode(found[1], type=dict[str, Tally])
    return Applied(revision=found[0], counts={Kind(kind): tally for kind, tally in held.items()}, repeated=True)


def remember(session: Session, changes: ChangeSet, applied: Applied) -> None:
    """Keeps the answer to a change set, and its revision where it made one."""
    told: Mapping[str, Tally] = {kind.value: tally for kind, tally in applied.counts.items()}
    if applied.changed:
        session.all(
            "INSERT INTO revision VALUES (?, ?, ?, ?)",
            (applied.revision, changes.at.isoformat(), changes.actor, changes.id),
        )
        session.each(
            "INSERT INTO tally VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET records = records + excluded.records",
            [(NUMBERS[kind], tally.created - tally.deleted) for kind, tally in applied.counts.items()],
        )
    session.all(
        "INSERT INTO answered VALUES (?, ?, ?)",
        (changes.id, applied.revision, msgspec.json.encode(told).decode()),
    )


def supersede(session: Session, kind: Kind, keys: Iterable[int], revision: int) -> None:
    """Moves the versions that the rows hold to the history, as ended by a revision."""
    session.each(
        "INSERT INTO history (kind, id, ended, begun, created, version, body) "
        f"SELECT ?, id, ?, revision, created, version, body FROM {table(kind)} WHERE key = ?",
        ((NUMBERS[kind], revision, key) for key in keys),
    )


def log(session: Session, revision: int, kind: Kind, change: ChangeKind, of: Iterable[Record]) -> None:
    """Writes one kind's changes to the log."""
    session.each(
        f"INSERT INTO log VALUES ({revision}, {PLACES[kind]}, ?, '{change.value}', ?)", map(_ID_AND_SOURCE, of)
    )


def log_created(session: Session, revision: int, kind: Kind, after: int) -> None:
    """Writes to the log, in its order, which records of a kind came under keys greater than ``after``."""
    session.all(
        # by key, or SQLite walks all records by identifier to save itself the sorting of a few
        f"INSERT INTO log SELECT ?, ?, r.id, ?, s.id FROM {table(kind)} r NOT INDEXED "
        "LEFT JOIN source s ON s.key = r.source WHERE r.key > ? ORDER BY r.id",
        (revision, PLACES[kind], ChangeKind.CREATED.value, after),
    )
