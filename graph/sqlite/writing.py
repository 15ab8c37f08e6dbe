"""Applying a change set: one transaction, in batches: memory holds a batch and the keys that were used last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import chain

import msgspec

from catalog.announcing import said_otherwise
from catalog.changes import ChangeSet, check, missing, unite
from catalog.gap import Gap
from catalog.puts import batches, by_kind
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
from graph.sqlite.going import Given, Gone, still_referred_to
from graph.sqlite.indexes import MANY, built_after
from graph.sqlite.keys import Keys
from graph.sqlite.model import NUMBERS, STEP, columns, table
from graph.sqlite.phrases import NOTHING, Owner, Phrases, Writer, phrases
from graph.sqlite.references import Reference, allowed, kind_called, references, targets
from graph.sqlite.sql import listed

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
    large = len(changes.puts) >= MANY
    with uncollected(), session.spilling() if large else nullcontext(), session.transaction("IMMEDIATE"):
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
        self.keys = Keys(session)
        self.given = Given(session, self.keys, changes)
        self.absent: set[str] = set()
        self.phrases = Writer(session)
        self.paths = paths(session)
        self.gaps = Keeper(session, rules, self.keys)
        self.renamed: dict[Kind, list[int]] = {}

    @property
    def changed(self) -> bool:
        return any(set(counted) - {"unchanged"} for counted in self.counts.values())

    def run(self) -> None:
        for kind, records in by_kind(self.changes.puts).items():
            with built_after(self.session, kind, len(records)):
                for batch in batches(records):
                    self.put(kind, batch)
        self.finish()

    def finish(self) -> None:
        """Deletes what is to go. Raises InvalidChangeSet where a reference is left broken."""
        if self.keeping:
            for kind in RECORDS:
                if created := self.counts[kind]["created"]:
                    last = self.keys.last(kind)
                    with self.session.scanning() if created >= MANY else nullcontext():
                        past.log_created(self.session, self.revision, kind, -1 if last is None else last)
        gone = self._delete()
        if not self.absent and not self.keys.promised:
            keys = chain.from_iterable(gone.values())
            self.gaps.keep(self.revision, keys, self._put_gaps, lambda keys: self._drop(Kind.GAP, keys))
        self.phrases.close()
        self.absent.update(self.keys.promised)
        self.absent |= still_referred_to(self.session, gone)
        if self.absent:
            raise missing(self.changes, self.absent)
        if self.keeping and self.renamed:
            announce(self.session, self.paths, self.revision, self.renamed)

    # ---- puts

    def put(self, kind: Kind, batch: Sequence[Record]) -> None:
        """Writes records of one kind, none of which was put before."""
        created, updated = self._told_apart(kind, batch)
        records = [*created.records, *updated.records]
        self._count(
            kind,
            created=len(created.records),
            updated=len(updated.records),
            unchanged=len(batch) - len(records),
        )
        if records:
            self._write(kind, records, created, updated)
        # nothing but gaps and mappings refers to fields, which are most
        self.keys.forget((one.id for one in batch) if kind is Kind.FIELD else ())

    def _write(self, kind: Kind, records: Sequence[Record], created: Batch, updated: Batch) -> None:
        self.gaps.see(created.records)
        self.gaps.change(zip(updated.old, updated.records, strict=True))
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
            past.log(self.session, self.revision, kind, ChangeKind.UPDATED, updated.records)

    def _told_apart(self, kind: Kind, batch: Sequence[Record]) -> tuple[Batch, Batch]:
        """The records that are new and those that are others than before; those that are not are left out.

        Gives keys to those that are new.
        """
        ids = [one.id for one in batch]
        there: list[tuple[str, int, str]] = []
        if self.keys.last(kind) is not None:
            there = self.keys.held(kind, ids, "id, key, body")
        self.given.see(kind, ids, (key for _, key, _ in there))
        bodies = {one: body for one, _, body in there}
        for one in ids:
            if one not in bodies:
                self.keys[one] = self.keys.fresh(kind, one)
        if not there:
            return Batch([*batch], [*map(coded, batch)]), Batch()
        self.keys.update((one, key) for one, key, _ in there)
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
        """The references that no column holds. Targets that no reference may lead to are noted as absent.

        Those that are not there may come yet: their keys are promised.
        """
        found = references(kind, records)
        ends = dict(targets(kind, records))
        for _, path, _, target, _ in found:
            ends.setdefault(path, set()).add(target)
        self.keys.look_up(target for some in ends.values() for target in some)
        for path, some in ends.items():
            numbers = allowed(kind)[path]
            for target in some:
                key = self.keys.get(target)
                if key is None and (of := kind_called(target)) is not None and NUMBERS[of] in numbers:
                    key = self.keys[target] = self.keys.promise(of, target)
                if key is None or key % STEP not in numbers:
                    self.absent.add(target)
        for target in self.absent:  # goes on, so that every broken reference is told; the transaction is undone
            self.keys.setdefault(target, -1)
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
        self.keys.look_up({target for _, target, _ in gone})
        self.session.each(
            "DELETE FROM link WHERE path = ? AND target = ? AND holder = ?",
            ((self.paths[number, path], self.keys[target], key) for path, target, key in gone if target in self.keys),
        )

    # ---- deletes

    def _delete(self) -> Gone:
        """Deletes what is to go; answers the keys of what went."""
        gone = self.given.gone()
        for kind in gone:
            for batch in batches(gone[kind]):
                self.gaps.release(batch)
        for kind in gone:
            for batch in batches(gone[kind]):
                self._forget(kind, batch)
        for kind in gone:
            self._erase(kind, gone[kind])
        return gone

    def _erase(self, kind: Kind, keys: Sequence[int]) -> None:
        if self.keeping:
            past.supersede(self.session, kind, keys, self.revision)
        self.session.each(f"DELETE FROM {table(kind)} WHERE key = ?", ((key,) for key in keys))
        self._count(kind, deleted=len(keys))

    def _drop(self, kind: Kind, keys: Sequence[int]) -> None:
        for batch in batches(keys):
            self._forget(kind, batch)
        self._erase(kind, keys)

    def _put_gaps(self, gaps: Sequence[Gap], held: Mapping[str, int]) -> None:
        if old := [gap for gap in gaps if gap.id in held]:
            self.put(Kind.GAP, old)
        fresh = [gap for gap in gaps if gap.id not in held]
        self.absent |= create(self.session, fresh, self.keys, self.paths, self.revision)
        self._count(Kind.GAP, created=len(fresh))
        self.keys.forget(gap.id for gap in fresh)

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
        self.keys.forget(one.id for one in records)

    def _count(self, kind: Kind, **counted: int) -> None:
        self.counts[kind].update({what: number for what, number in counted.items() if number})


def _record(kind: Kind, body: str) -> Record:
    return msgspec.json.decode(body, type=RECORDS[kind])
