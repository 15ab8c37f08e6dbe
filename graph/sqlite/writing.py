"""Applying a change set: one transaction, in batches, so that memory holds a batch and the keys of what is put."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from catalog.changes import ChangeSet, check, missing, unite
from catalog.codec import Row, from_row
from catalog.gap import Gap
from catalog.record import Record
from catalog.records import RECORDS
from catalog.revision import Applied, Tally
from catalog.uncollected import uncollected
from catalog.vocabulary import ChangeKind, Kind
from graph.gaps.making import refuse
from graph.gaps.rule import Rule
from graph.sqlite import past
from graph.sqlite.connection import Session, paths
from graph.sqlite.gap_writing import create
from graph.sqlite.gaps import Keeper
from graph.sqlite.model import NUMBERS, STEP, columns, columns_of, reference_columns, table
from graph.sqlite.phrases import NOTHING, Owner, Phrases, Writer, phrases
from graph.sqlite.references import allowed, by_kind_called, kind_called, references
from graph.sqlite.sql import listed

BATCH = 2000

_row: msgspec.json.Decoder[Row] = msgspec.json.Decoder(dict[str, Any])


def coded(record: Record) -> tuple[Row, str]:
    """The row of a record and its canonical body: what :mod:`catalog.codec` gives, in one go."""
    body = msgspec.json.encode(record)
    return _row.decode(body), body.decode()


@dataclass(slots=True)
class Written:
    """One record on its way in: its row and body, and the row, phrases and key held before, if any."""

    record: Record
    row: Row
    body: str
    key: int
    old: Record | None


def apply(session: Session, changes: ChangeSet, *, dry_run: bool = False, rules: Sequence[Rule] = ()) -> Applied:
    """Applies a change set, or works out what that would answer; gaps follow by the rules."""
    check(changes)
    if rules:
        refuse(changes)
    with uncollected(), session.transaction("IMMEDIATE"):
        if (before := past.answered(session, changes.id)) is not None:
            return before
        work = Work(session, changes, rules)
        work.run()
        applied = Applied(
            revision=work.revision if work.changed else work.revision - 1,
            counts={kind: Tally(**work.counts[kind]) for kind in Kind if work.counts[kind]},
        )
        if dry_run:
            session.rollback()
            return Applied(revision=work.revision - 1, counts=applied.counts)
        past.remember(session, changes, applied)
        return applied


class Work:
    """The state of one application.

    Without ``keeping``, nothing of what is done is kept as history or in the log, and shared records are not united:
    what is put is then an earlier version of what is held (:mod:`graph.sqlite.rewinding`).
    """

    def __init__(
        self, session: Session, changes: ChangeSet, rules: Sequence[Rule] = (), *, keeping: bool = True
    ) -> None:
        self.session = session
        self.changes = changes
        self.keeping = keeping
        self.revision = past.number_of_head(session) + 1
        self.counts: dict[Kind, Counter[str]] = {kind: Counter() for kind in Kind}
        self.keys: dict[str, int] = {}
        self.absent: set[str] = set()
        self.phrases = Writer(session)
        self.paths = paths(session)
        self.gaps = Keeper(session, rules, self.keys)

    @property
    def changed(self) -> bool:
        return any(set(counted) - {"unchanged"} for counted in self.counts.values())

    def run(self) -> None:
        by_kind: dict[Kind, list[Record]] = {kind: [] for kind in RECORDS}
        for record in self.changes.puts:
            by_kind[record.kind].append(record)
        held = {kind: self.number(kind, [record.id for record in records]) for kind, records in by_kind.items()}
        for kind, records in by_kind.items():
            for batch in _cut(records):
                self.put(kind, batch, held[kind])
        self.finish()

    def finish(self) -> None:
        """Deletes what is to go. Raises InvalidChangeSet where a reference is left broken."""
        gone = self._delete()
        if not self.absent:
            self.gaps.keep(self.revision, gone, self._put_gaps, lambda keys: self._drop(Kind.GAP, keys))
        self.phrases.close()
        self.absent |= self._still_referred_to(gone)
        if self.absent:
            raise missing(self.changes, self.absent)

    # ---- puts

    def number(self, kind: Kind, ids: Sequence[str]) -> set[str]:
        """Gives every put record its key, so that references may lead forwards; answers which are held already."""
        held: set[str] = set()
        if not ids:
            return held
        [(last,)] = self.session.all(f"SELECT max(key) FROM {table(kind)}")
        if last is not None:
            for batch in _cut(ids):
                found = self._held(kind, batch, "id, key")
                held.update(found_id for found_id, _ in found)
                self.keys.update(found)
        fresh = NUMBERS[kind] + STEP if last is None else last + STEP
        for one in ids:
            if one not in held:
                self.keys[one] = fresh
                fresh += STEP
        return held

    def _held(self, kind: Kind, ids: Sequence[str], chosen: str) -> list[tuple[Any, ...]]:
        marks = listed(ids)
        return self.session.all(f"SELECT {chosen} FROM {table(kind)} WHERE id IN {marks.text}", marks.params)

    def put(self, kind: Kind, batch: Sequence[Record], held: set[str]) -> None:
        """Writes records of one kind that have been numbered; ``held`` are those that are there already."""
        old = [record.id for record in batch if record.id in held]
        bodies: dict[str, str] = dict(self._held(kind, old, "id, body")) if old else {}
        created: list[Written] = []
        updated: list[Written] = []
        for record in batch:
            before = bodies.get(record.id)
            row, body = coded(record)
            if before == body:
                continue
            known = None if before is None else from_row(kind, _row.decode(before))
            whole = not self.keeping or record.id in self.changes.settled
            if known is not None and not whole and (united := unite(known, record)) is not record:
                record, (row, body) = united, coded(united)
                if before == body:
                    continue
            one = Written(record, row, body, self.keys[record.id], known)
            (created if known is None else updated).append(one)
        changed = [*created, *updated]
        self._count(kind, created=len(created), updated=len(updated), unchanged=len(batch) - len(changed))
        if not changed:
            return
        for one in changed:
            self.gaps.see(one.record)
            if one.old is not None:
                self.gaps.see(one.old)
        targets = self._resolve(kind, changed)
        if self.keeping:
            past.supersede(self.session, kind, (one.key for one in updated), self.revision)
        self._write(kind, created, updated)
        self._link(kind, changed, targets)
        self.phrases.change(
            [
                (
                    Owner.of(one.record, one.key, self.keys),
                    NOTHING if one.old is None else self._stale(one.old, one.record),
                    phrases(one.record),
                )
                for one in changed
            ]
        )
        for change, some in ((ChangeKind.CREATED, created), (ChangeKind.UPDATED, updated)) if self.keeping else ():
            past.log(self.session, self.revision, kind, change, ((one.record.id, one.record.source) for one in some))

    def _stale(self, old: Record, new: Record) -> Phrases:
        """The phrases held of a record; all are written anew where a field moved to another resource."""
        if getattr(old, "resource", None) != getattr(new, "resource", None) and old.kind is Kind.FIELD:
            self.phrases.change([(Owner(old.kind, old.id, self.keys[old.id], None), phrases(old), NOTHING)])
            return NOTHING
        return phrases(old)

    def _resolve(self, kind: Kind, changed: Sequence[Written]) -> list[list[tuple[str, int, str, int]]]:
        """Path, position, target and roles of every reference; targets that are nowhere are noted as absent."""
        found = [list(references(kind, one.row)) for one in changed]
        wanted: dict[Kind, set[str]] = {}
        for path, _, target, _ in (reference for some in found for reference in some):
            if target in self.keys:
                if self.keys[target] % STEP not in allowed(kind)[path]:
                    self.absent.add(target)
                continue
            of = kind_called(target)
            if of is not None and NUMBERS[of] in allowed(kind)[path]:
                wanted.setdefault(of, set()).add(target)
            else:
                self.absent.add(target)
        for of, ids in wanted.items():
            for batch in _cut(sorted(ids)):
                self.keys.update(self._held(of, batch, "id, key"))
            self.absent.update(ids - self.keys.keys())
        if self.absent:
            for target in self.absent - self.keys.keys():
                self.keys[target] = -1  # goes on, so that every broken reference is told; the transaction is undone
        return found

    def _write(self, kind: Kind, created: Sequence[Written], updated: Sequence[Written]) -> None:
        held, values = columns(kind), columns_of(kind)
        names = ", ".join(column.name for column in held)
        self.session.each(
            f"INSERT INTO {table(kind)} (key, id, {names}, created, revision, version, body) "
            f"VALUES (?, ?, {', '.join('?' * len(held))}, ?, ?, 1, ?)",
            (
                (
                    *(one.key, one.record.id, *values(one.row, self.keys)),
                    *(self.revision, self.revision, one.body),
                )
                for one in created
            ),
        )
        self.session.each(
            f"UPDATE {table(kind)} SET {', '.join(f'{column.name} = ?' for column in held)}, "
            "revision = ?, version = version + 1, body = ? WHERE key = ?",
            ((*values(one.row, self.keys), self.revision, one.body, one.key) for one in updated),
        )

    def _link(self, kind: Kind, changed: Sequence[Written], targets: list[list[tuple[str, int, str, int]]]) -> None:
        self._unlink(kind, ((one.key, coded(one.old)[0]) for one in changed if one.old is not None))
        number = NUMBERS[kind]
        self.session.each(
            "INSERT INTO link VALUES (?, ?, ?, ?, ?)",
            (
                (self.paths[number, path], self.keys[target], one.key, position, roles)
                for one, some in zip(changed, targets, strict=True)
                for path, position, target, roles in some
                if (number, path) in self.paths
            ),
        )

    def _unlink(self, kind: Kind, old: Iterable[tuple[int, Row]]) -> None:
        number = NUMBERS[kind]
        gone = [
            (number, path, target, key)
            for key, row in old
            for path, _, target, _ in references(kind, row)
            if (number, path) in self.paths
        ]
        held: dict[str, int] = {}
        for of, ids in by_kind_called(target for _, _, target, _ in gone).items():
            for batch in _cut(sorted(ids)):
                held.update(self._held(of, batch, "id, key"))
        self.session.each(
            "DELETE FROM link WHERE path = ? AND target = ? AND holder = ?",
            ((self.paths[number, path], held[target], key) for number, path, target, key in gone if target in held),
        )

    # ---- deletes

    def _delete(self) -> dict[int, str]:
        """Deletes what is to go; answers the keys and identifiers of what went."""
        put = {record.id for record in self.changes.puts}
        gone: dict[int, str] = {}
        explicit = by_kind_called(one for one in (*self.changes.deletes, *self.changes.replaces) if one not in put)
        replaced = [key for _, key in self._held(Kind.SOURCE, self.changes.replaces, "id, key")]
        for kind in RECORDS:
            found: dict[int, str] = {}
            wanted = explicit.get(kind, set())
            if kind is not Kind.SOURCE:
                wanted = wanted - set(self.changes.replaces)
            for batch in _cut(sorted(wanted)):
                found.update({key: one for one, key in self._held(kind, batch, "id, key")})
            for source in replaced:
                rows = self.session.all(f"SELECT key, id FROM {table(kind)} WHERE source = ?", (source,))
                found.update({key: one for key, one in rows if one not in put})
            gone.update(found)
        self.gaps.release(gone)
        by_kind = {kind: [key for key in gone if key % STEP == NUMBERS[kind]] for kind in RECORDS}
        for kind, keys in by_kind.items():
            for batch in _cut(keys):
                self._forget(kind, batch)
        for kind, keys in by_kind.items():
            self._erase(kind, keys)
        return gone

    def _erase(self, kind: Kind, keys: Sequence[int]) -> None:
        if self.keeping:
            past.supersede(self.session, kind, keys, self.revision)
        self.session.each(f"DELETE FROM {table(kind)} WHERE key = ?", ((key,) for key in keys))
        self._count(kind, deleted=len(keys))

    def _drop(self, kind: Kind, keys: Sequence[int]) -> None:
        for batch in _cut(keys):
            self._forget(kind, batch)
        self._erase(kind, keys)

    def _put_gaps(self, gaps: Sequence[Gap], held: Mapping[str, int]) -> None:
        if old := [gap for gap in gaps if gap.id in held]:
            self.keys.update((gap.id, held[gap.id]) for gap in old)
            self.put(Kind.GAP, old, {gap.id for gap in old})
        fresh = [gap for gap in gaps if gap.id not in held]
        self.absent |= create(self.session, fresh, self.keys, self.paths, self.revision)
        self._count(Kind.GAP, created=len(fresh))

    def _forget(self, kind: Kind, keys: Sequence[int]) -> None:
        """Takes records out of the links, the indexes of texts and into the log, while every row still stands."""
        marks = listed(keys)
        rows = self.session.all(f"SELECT key, body FROM {table(kind)} WHERE key IN {marks.text}", marks.params)
        held = [(key, _row.decode(body)) for key, body in rows]
        self._unlink(kind, held)
        records = [(key, from_row(kind, row)) for key, row in held]
        for _, record in records:
            self.gaps.see(record)
        self.phrases.change([(Owner(kind, record.id, key, None), phrases(record), NOTHING) for key, record in records])
        if self.keeping:
            gone = ((record.id, record.source) for _, record in records)
            past.log(self.session, self.revision, kind, ChangeKind.DELETED, gone)

    def _still_referred_to(self, gone: Mapping[int, str]) -> set[str]:
        found: set[int] = set()
        for batch in _cut(list(gone)):
            keys = msgspec.json.encode(batch).decode()
            found.update(
                key
                for (key,) in self.session.all(
                    "SELECT p.value FROM json_each(?) p WHERE EXISTS "
                    "(SELECT 1 FROM link l WHERE l.path IN (SELECT number FROM path) AND l.target = p.value)",
                    (keys,),
                )
            )
            for kind in RECORDS:
                for column in reference_columns(kind):
                    found.update(
                        key
                        for (key,) in self.session.all(
                            f"SELECT p.value FROM json_each(?) p WHERE EXISTS "
                            f"(SELECT 1 FROM {table(kind)} t WHERE t.{column.name} = p.value)",
                            (keys,),
                        )
                    )
        return {gone[key] for key in found}

    def _count(self, kind: Kind, **counted: int) -> None:
        self.counts[kind].update({what: number for what, number in counted.items() if number})


def _cut(whole: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(whole), BATCH):
        yield whole[start : start + BATCH]
