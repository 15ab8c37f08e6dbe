"""Whether the file holds together: rows are records, references lead somewhere, indexes tell the truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from catalog.codec import Row, encode, from_row, links, to_row
from catalog.errors import BadInput
from catalog.identifiers import issue_id, kind_of
from catalog.issue import Issue
from catalog.record import Record
from catalog.records import RECORDS
from catalog.vocabulary import Kind, Severity
from graph.gaps.rule import Rule
from graph.sqlite.connection import Session, paths
from graph.sqlite.gaps import Keeper
from graph.sqlite.model import NUMBERS, columns, table
from graph.sqlite.phrases import Owner, phrases
from graph.sqlite.sql import listed
from graph.sqlite.where import HOLDERS, mask

BATCH = 2000
_row = msgspec.json.Decoder(dict[str, Any])


def check(session: Session, rules: Sequence[Rule] = ()) -> list[Issue]:
    """Every fault found, gaps that do not follow by the rules among them; an empty list for a store that is whole."""
    return [*_file(session), *_Records(session).faults(), *_texts(session), *Keeper(session, rules, {}).faults()]


def issue(code: str, of: str, message: str) -> Issue:
    """A fault of the store itself."""
    return Issue(id=issue_id("store", code, f"{of} {message}"), code=code, severity=Severity.ERROR, message=message)


def _file(session: Session) -> Iterator[Issue]:
    for (said,) in session.all("PRAGMA quick_check"):
        if said != "ok":
            yield issue("DAMAGED_FILE", "file", f"SQLite reports: {said}")
    held: dict[int, int] = dict(session.all("SELECT kind, records FROM tally"))
    for kind, number in NUMBERS.items():
        [(records,)] = session.all(f"SELECT count(*) FROM {table(kind)}")
        if records != held.get(number, 0):
            yield issue("WRONG_TALLY", kind, f"{records} records of {kind} are counted as {held.get(number, 0)}")


def _texts(session: Session) -> Iterator[Issue]:
    for what, holders in HOLDERS.items():
        unused = f"SELECT folded FROM {what} n WHERE NOT EXISTS (SELECT 1 FROM {holders} w WHERE w.{what} = n.key)"
        for (folded,) in session.all(unused):
            yield issue("INVENTED_INDEX", what, f"the index of {what}s holds {folded!r}, which no record has")
        grams = f"{what}_gram_docsize"
        for (key,) in session.all(
            f"SELECT key FROM {what} WHERE key NOT IN (SELECT id FROM {grams}) "
            f"UNION ALL SELECT id FROM {grams} WHERE id NOT IN (SELECT key FROM {what})"
        ):
            yield issue("WRONG_INDEX", what, f"the substring index of {what}s differs at {key}")


class _Records:
    """One pass over all records, comparing what stands beside them with what they say."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.paths = paths(session)
        self.rows = {"link": 0, **dict.fromkeys(HOLDERS.values(), 0)}

    def faults(self) -> Iterator[Issue]:
        """The faults of every record, and rows that belong to none."""
        for kind in RECORDS:
            after = -1
            names = "".join(f", {column.name}" for column in columns(kind))
            while found := self.session.all(
                f"SELECT key, id, body{names} FROM {table(kind)} WHERE key > ? ORDER BY key LIMIT {BATCH}", (after,)
            ):
                yield from self._batch(kind, found)
                after = found[-1][0]
        for name, expected in self.rows.items():
            [(held,)] = self.session.all(f"SELECT count(*) FROM {name}")
            if held != expected:
                yield issue("INVENTED_INDEX", name, f"{name} holds {held} rows where the records give {expected}")

    def _batch(self, kind: Kind, found: list[tuple[Any, ...]]) -> Iterator[Issue]:
        good: list[tuple[int, Record, Row, tuple[Any, ...]]] = []
        for key, id_, body, *beside in found:
            try:
                row = _row.decode(body)
                record = from_row(kind, row)
            except (msgspec.DecodeError, ValueError) as error:
                yield issue("NOT_A_RECORD", id_, f"{id_} is no record: {error}")
                continue
            if encode(to_row(record)).decode() != body or record.id != id_:
                yield issue("NOT_A_RECORD", id_, f"{id_} is not written as records are")
            good.append((key, record, row, tuple(beside)))
        keys = self._targets(kind, [row for _, _, row, _ in good])
        yield from self._beside(kind, good, keys)
        yield from self._links(kind, good, keys)
        for what in HOLDERS:
            yield from self._phrases(what, good, keys)

    def _targets(self, kind: Kind, rows: list[Row]) -> dict[str, int]:
        ids: dict[Kind, set[str]] = {}
        for row in rows:
            for link in links(kind, row):
                try:
                    ids.setdefault(kind_of(link.target), set()).add(link.target)
                except BadInput:
                    continue
        keys: dict[str, int] = {}
        for of, wanted in ids.items():
            held = listed(wanted)
            keys.update(self.session.all(f"SELECT id, key FROM {table(of)} WHERE id IN {held.text}", held.params))
        return keys

    def _beside(
        self, kind: Kind, good: list[tuple[int, Record, Row, tuple[Any, ...]]], keys: Mapping[str, int]
    ) -> Iterator[Issue]:
        for _, record, row, beside in good:
            for link in links(kind, row):
                if link.target not in keys:
                    message = f"{record.id} refers to {link.target} ({link.path}), which does not exist"
                    yield issue("BROKEN_REFERENCE", record.id, message)
            for column, value in zip(columns(kind), beside, strict=True):
                try:
                    expected = column.of(row, keys)
                except KeyError:
                    continue  # told as a broken reference
                if value != expected:
                    yield issue("WRONG_INDEX", record.id, f"{record.id} is indexed with another {column.name}")

    def _links(
        self, kind: Kind, good: list[tuple[int, Record, Row, tuple[Any, ...]]], keys: Mapping[str, int]
    ) -> Iterator[Issue]:
        wanted = {
            (self.paths[NUMBERS[kind], link.path], keys[link.target], key, link.position): (
                record.id,
                link.path,
                next((mask(value) for name, value in link.carried if name == "roles"), 0),
            )
            for key, record, row, _ in good
            for link in links(kind, row)
            if link.target in keys and (NUMBERS[kind], link.path) in self.paths
        }
        self.rows["link"] += len(wanted)
        for at, (id_, path, roles) in wanted.items():
            held = self.session.one(
                "SELECT roles FROM link WHERE path = ? AND target = ? AND holder = ? AND position = ?", at
            )
            if held != (roles,):
                yield issue("MISSING_INDEX", id_, f"the reference of {id_} at {path} is not linked as it should be")

    def _phrases(
        self, what: str, good: list[tuple[int, Record, Row, tuple[Any, ...]]], keys: Mapping[str, int]
    ) -> Iterator[Issue]:
        holders = HOLDERS[what]
        for key, record, _, _ in good:
            try:
                owner = Owner.of(record, key, keys)
            except KeyError:
                continue
            for phrase in phrases(record).of(what):
                self.rows[holders] += 1
                held = self.session.one(
                    f"SELECT w.record, w.resource, w.rank, w.several, w.given FROM {what} n CROSS JOIN {holders} w "
                    f"ON w.{what} = n.key WHERE n.folded = ? AND w.kind = ? AND w.id = ?",
                    (phrase.folded, NUMBERS[record.kind], record.id),
                )
                if held != (key, owner.resource, phrase.rank, phrase.several, phrase.given):
                    yield issue("MISSING_INDEX", record.id, f"{record.id} is not found by {phrase.folded!r}")
