"""Applying a change set: one transaction, in batches, so that memory holds a batch and the keys of what is put."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import msgspec

from catalog.announcing import said_otherwise
from catalog.changes import ChangeSet, check, missing, unite
from catalog.gap import Gap
from catalog.record import Record
from catalog.records import RECORDS
from catalog.revision import Applied, Tally
from catalog.uncollected import uncollected
from catalog.vocabulary import ChangeKind, Kind
from graph.gaps.making import refuse
from graph.gaps.rule import Rule
from graph.sqlite import past
from graph.sqlite.announcing import announce
from graph.sqlite.columns import values
from graph.sqlite.connection import Session, paths
from graph.sqlite.gap_writing import create
from graph.sqlite.gaps import Keeper
from graph.sqlite.indexes import built_after
from graph.sqlite.model import NUMBERS, STEP, columns, reference_columns, table
from graph.sqlite.phrases import NOTHING, Owner, Phrases, Writer, phrases
from graph.sqlite.references import Reference, allowed, by_kind_called, kind_called, references, targets
from graph.sqlite.sql import listed

BATCH = 2000

_encode = msgspec.json.Encoder().encode


def coded(record: Record) -> str:
    """The canonical body of a record: what :mod:`catalog.codec` gives."""
    return _encode(record).decode()


@dataclass(slots=True)
class Batch:
    """Records of one kind on their way in, with their bodies and the versions held before, if there are any."""

    records: list[Record] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    old: list[Record] = field(default_factory=list)


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
        self.created: dict[Kind, list[Record]] = {kind: [] for kind in Kind}
        self.absent: set[str] = set()
        self.phrases = Writer(session)
        self.paths = paths(session)
        self.gaps = Keeper(session, rules, self.keys)
        self.renamed: dict[Kind, list[int]] = {}

    @property
    def changed(self) -> bool:
        return any(set(counted) - {"unchanged"} for counted in self.counts.values())

    def run(self) -> None:
        by_kind: dict[Kind, list[Record]] = {kind: [] for kind in RECORDS}
        for record in self.changes.puts:
            by_kind[record.kind].append(record)
        held = {kind: self.number(kind, [record.id for record in records]) for kind, records in by_kind.items()}
        for kind, records in by_kind.items():
            with built_after(self.session, kind, len(records)):
                for batch in _cut(records):
                    self.put(kind, batch, held[kind])
        self.finish()

    def finish(self) -> None:
        """Deletes what is to go. Raises InvalidChangeSet where a reference is left broken."""
        gone = self._delete()
        if not self.absent:
            self.gaps.keep(self.revision, gone, self._put_gaps, lambda keys: self._drop(Kind.GAP, keys))
        for kind, records in self.created.items():
            # at the end and in order: the log lies by identifier, and records come by key
            records.sort(key=attrgetter("id"))
            past.log(self.session, self.revision, kind, ChangeKind.CREATED, records)
        self.phrases.close()
        self.absent |= self._still_referred_to(gone)
        if self.absent:
            raise missing(self.changes, self.absent)
        if self.keeping and self.renamed:
            announce(self.session, self.paths, self.revision, self.renamed)

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
        created, updated = self._told_apart(kind, batch, held)
        records = [*created.records, *updated.records]
        self._count(
            kind,
            created=len(created.records),
            updated=len(updated.records),
            unchanged=len(batch) - len(records),
        )
        if not records:
            return
        self.gaps.see(records)
        self.gaps.see(updated.old)
        links = self._resolve(kind, records)
        if self.keeping:
            past.supersede(self.session, kind, (self.keys[one.id] for one in updated.records), self.revision)
        self._insert(kind, created)
        self._update(kind, updated)
        self._unlink(kind, [self.keys[one.id] for one in updated.old], updated.old)
        self._link(kind, [self.keys[one.id] for one in records], links)
        self.phrases.add(kind, created.records, self.keys)
        self.phrases.change(
            [
                (Owner.of(one, self.keys[one.id], self.keys), self._stale(old, one), phrases(one))
                for one, old in zip(updated.records, updated.old, strict=True)
            ]
        )
        pairs = zip(updated.records, updated.old, strict=True)
        if renamed := [self.keys[new.id] for new, old in pairs if said_otherwise(old, new)]:
            self.renamed.setdefault(kind, []).extend(renamed)
        if self.keeping:
            self.created[kind] += created.records
            past.log(self.session, self.revision, kind, ChangeKind.UPDATED, updated.records)

    def _told_apart(self, kind: Kind, batch: Sequence[Record], held: set[str]) -> tuple[Batch, Batch]:
        """The records that are new and those that are others than before; those that are not are left out."""
        there = [record.id for record in batch if record.id in held] if held else []
        if not there:
            return Batch([*batch], [*map(coded, batch)]), Batch()
        bodies: dict[str, str] = dict(self._held(kind, there, "id, body"))
        created, updated = Batch(), Batch()
        for record in batch:
            before = bodies.get(record.id)
            body = coded(record)
            if before is None:
                created.records.append(record)
                created.bodies.append(body)
            elif before != body:
                known = _record(kind, before)
                whole = not self.keeping or record.id in self.changes.settled
                if not whole and (united := unite(known, record)) is not record:
                    record, body = united, coded(united)
                    if before == body:
                        continue
                updated.records.append(record)
                updated.bodies.append(body)
                updated.old.append(known)
        return created, updated

    def _stale(self, old: Record, new: Record) -> Phrases:
        """The phrases held of a record; all are written anew where a field moved to another resource."""
        if getattr(old, "resource", None) != getattr(new, "resource", None) and old.kind is Kind.FIELD:
            self.phrases.change([(Owner(old.kind, old.id, self.keys[old.id], None), phrases(old), NOTHING)])
            return NOTHING
        return phrases(old)

    def _resolve(self, kind: Kind, records: Sequence[Record]) -> list[Reference]:
        """The references that no column holds. Targets of any reference that are nowhere are noted as absent."""
        found = references(kind, records)
        ends = dict(targets(kind, records))
        for _, path, _, target, _ in found:
            ends.setdefault(path, set()).add(target)
        wanted: dict[Kind, set[str]] = {}
        for path, some in ends.items():
            numbers = allowed(kind)[path]
            for target in some:
                if (key := self.keys.get(target)) is not None:
                    if key % STEP not in numbers:
                        self.absent.add(target)
                elif (of := kind_called(target)) is not None and NUMBERS[of] in numbers:
                    wanted.setdefault(of, set()).add(target)
                else:
                    self.absent.add(target)
        for of, ids in wanted.items():
            for batch in _cut(sorted(ids)):
                self.keys.update(self._held(of, batch, "id, key"))
            self.absent.update(one for one in ids if one not in self.keys)
        for target in self.absent:
            self.keys.setdefault(
                target, -1
            )  # goes on, so that every broken reference is told; the transaction is undone
        return found

    def _insert(self, kind: Kind, created: Batch) -> None:
        ids = [one.id for one in created.records]
        names = ", ".join(column.name for column in columns(kind))
        self.session.each(
            f"INSERT INTO {table(kind)} (key, id, {names}, body, created, revision, version) "
            f"VALUES (?, ?, {'?, ' * len(columns(kind))}?, {self.revision}, {self.revision}, 1)",
            zip(
                map(self.keys.__getitem__, ids),
                ids,
                *values(kind, created.records, self.keys),
                created.bodies,
                strict=True,
            ),
        )

    def _update(self, kind: Kind, updated: Batch) -> None:
        keys = (self.keys[one.id] for one in updated.records)
        self.session.each(
            f"UPDATE {table(kind)} SET {', '.join(f'{column.name} = ?' for column in columns(kind))}, "
            f"body = ?, revision = {self.revision}, version = version + 1 WHERE key = ?",
            zip(*values(kind, updated.records, self.keys), updated.bodies, keys, strict=True),
        )

    def _link(self, kind: Kind, holders: Sequence[int], found: Iterable[Reference]) -> None:
        number = NUMBERS[kind]
        self.session.each(
            "INSERT INTO link VALUES (?, ?, ?, ?, ?)",
            sorted(
                (self.paths[number, path], self.keys[target], holders[place], position, roles)
                for place, path, position, target, roles in found
            ),
        )

    def _unlink(self, kind: Kind, holders: Sequence[int], old: Sequence[Record]) -> None:
        number = NUMBERS[kind]
        gone = [(path, target, holders[place]) for place, path, _, target, _ in references(kind, old)]
        held: dict[str, int] = {}
        for of, ids in by_kind_called(target for _, target, _ in gone).items():
            for batch in _cut(sorted(ids)):
                held.update(self._held(of, batch, "id, key"))
        self.session.each(
            "DELETE FROM link WHERE path = ? AND target = ? AND holder = ?",
            ((self.paths[number, path], held[target], key) for path, target, key in gone if target in held),
        )

    # ---- deletes

    def _delete(self) -> dict[int, str]:
        """Deletes what is to go; answers the keys and identifiers of what went."""
        named = {*self.changes.deletes, *self.changes.replaces}
        explicit = by_kind_called(named - {record.id for record in self.changes.puts if record.id in named})
        fresh = {one.id for one in self.created[Kind.SOURCE]}  # nothing came from these before
        replaced = [key for key, one in self._held(Kind.SOURCE, self.changes.replaces, "key, id") if one not in fresh]
        put = {record.id for record in self.changes.puts} if replaced else set()
        gone: dict[int, str] = {}
        for kind in RECORDS:
            found: dict[int, str] = {}
            wanted = explicit.get(kind, set())
            if kind is not Kind.SOURCE:
                wanted = wanted - set(self.changes.replaces)
            for batch in _cut(sorted(wanted)):
                found.update(self._held(kind, batch, "key, id"))
            for source in replaced:
                rows = self.session.stream(f"SELECT key, id FROM {table(kind)} WHERE source = ?", (source,))
                found.update((key, one) for key, one in rows if one not in put)
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
        held = [key for key, _ in rows]
        records = [_record(kind, body) for _, body in rows]
        self._unlink(kind, held, records)
        self.gaps.see(records)
        gone = zip(held, records, strict=True)
        self.phrases.change([(Owner(kind, record.id, key, None), phrases(record), NOTHING) for key, record in gone])
        if self.keeping:
            past.log(self.session, self.revision, kind, ChangeKind.DELETED, records)

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


def _record(kind: Kind, body: str) -> Record:
    return msgspec.json.decode(body, type=RECORDS[kind])


def _cut(whole: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(whole), BATCH):
        yield whole[start : start + BATCH]
