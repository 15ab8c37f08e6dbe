"""Keeping gaps right in SQLite: after every change set, for the subjects that it can have touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from catalog.clock import Clock
from catalog.codec import encode, from_row, to_row
from catalog.condition import Condition
from catalog.gap import Gap
from catalog.gaps.claim import Finding
from catalog.gaps.law import Grounds
from catalog.gaps.scope import Scope
from catalog.issue import Issue
from catalog.puts import BATCH, batches
from catalog.record import Record
from catalog.regulation import Regulation
from catalog.vocabulary import Kind
from graph.gaps import law, making, words
from graph.gaps.rule import Rule
from graph.gaps.table import VERSION
from graph.sqlite.connection import Session, paths
from graph.sqlite.gap_writing import logged
from graph.sqlite.model import KINDS, NUMBERS, STEP, table

SUBJECTS = (Kind.RESOURCE, Kind.AGENCY, Kind.DATA_ELEMENT, Kind.DEMAND)
_detail = msgspec.json.Decoder(list[Any])
_row = msgspec.json.Decoder(dict[str, Any])


def current(session: Session) -> bool:
    """Whether the gaps held are those of this version's rules."""
    return session.one("SELECT 1 FROM gap_state WHERE version = ?", (VERSION,)) is not None


class Keeper:
    """The gaps of one transaction: what must be looked at again, and what follows from it.

    ``keys`` is given the keys of the subjects, by identifier.
    """

    def __init__(self, session: Session, rules: Sequence[Rule], keys: dict[str, int]) -> None:
        self.session = session
        self.rules = rules
        self.keys = keys
        self.scope = Scope(everything=bool(rules) and not current(session))
        self.numbers = {(KINDS[kind].value, path): number for (kind, path), number in paths(session).items()}

    def see(self, records: Iterable[Record]) -> None:
        """Records before or after a change."""
        for record in records if self.rules else ():
            if self.scope.law:
                return  # everything is to be looked at, the law too: there is nothing more to learn
            if record.kind is not Kind.GAP:
                self.scope.see(record)

    def change(self, pairs: Iterable[tuple[Record, Record]]) -> None:
        """Records before and after a change."""
        for old, new in pairs if self.rules else ():
            if self.scope.law:
                return
            if new.kind is not Kind.GAP:
                self.scope.change(old, new)

    def release(self, gone: Sequence[int]) -> None:
        """Takes the references of gaps away from records that go; their subjects will be looked at again."""
        if not self.rules or not gone:
            return
        keys = _json(gone)
        of = [number for (kind, _), number in self.numbers.items() if kind == Kind.GAP.value]
        marks = ", ".join(map(str, of))
        holders = (
            f"SELECT l.holder FROM json_each(?1) x CROSS JOIN link l ON l.target = x.value AND l.path IN ({marks}) "
            "UNION SELECT g.key FROM json_each(?1) x CROSS JOIN gap g ON g.owner = x.value"
        )
        for (key,) in self.session.all(f"SELECT DISTINCT subject FROM gap WHERE key IN ({holders})", (keys,)):
            kind = KINDS[key % STEP]
            found = self.session.one(f"SELECT id FROM {table(kind)} WHERE key = ?", (key,))
            self.scope.add(kind, {found[0]} if found else set())
        self.session.all(
            f"DELETE FROM link WHERE path IN ({marks}) AND target IN (SELECT value FROM json_each(?))", (keys,)
        )

    def keep(
        self,
        revision: int,
        gone: Iterable[int],
        put: Callable[[Sequence[Gap], Mapping[str, int]], None],
        drop: Callable[[Sequence[int]], None],
    ) -> None:
        """Writes the gaps that follow, and deletes those of the same subjects that no longer do."""
        if not self.rules or self.scope.empty:
            return
        if self.scope.law:
            self._read_law()
        self._widen()
        everything = self.scope.everything
        text = "SELECT id, key FROM gap"
        if everything:
            held: dict[str, int] = dict(self.session.all(text))
        else:
            keys = [key for kind in SUBJECTS for key in self._keys(kind, self.scope.of(kind))]
            text += " WHERE subject IN (SELECT value FROM json_each(?))"
            held = dict(self.session.all(text, (_json([*keys, *gone]),)))
        with logged(self.session, revision, nothing=everything and not held):
            for batch in batches(self.made(None if everything else self.scope)):
                put(batch, held)
                for record in batch:
                    held.pop(record.id, None)
        drop(sorted(held.values()))

    def made(self, scope: Scope | None) -> Iterator[Gap]:
        """The gaps of the subjects in scope, of all without one; each identifier once."""
        grounds = self._grounds()
        places = making.grounded_places(self.rules, grounds, self._places(scope))
        seen: set[str] = set()
        apt = [rule for rule in self.rules if places.get(rule.kind.value) != []]
        if scope is not None:
            apt = [rule for rule in apt if scope.of(rule.subject)]
        for rule, finding in self._findings(apt, places, grounds, scope):
            for record in making.gaps(rule, finding, grounds):
                if record.id not in seen:
                    seen.add(record.id)
                    yield record

    def _findings(
        self, rules: Sequence[Rule], places: Mapping[str, list[str]], grounds: Grounds, scope: Scope | None
    ) -> Iterator[tuple[Rule, Finding]]:
        scoped = scope is not None
        if each := [rule for rule in rules if rule.each]:
            params = {name: held for rule in each for name, held in rule.words(grounds).items()}
            params |= {f"places_{rule.kind.value}": places[rule.kind.value] for rule in each}
            params["scope"] = sorted(scope.resources) if scope else []
            for subject, owner, place, key, *details in self._rows(words.each_sql(each, scoped=scoped), params):
                for rule, detail in zip(each, details, strict=True):
                    if detail is not None:
                        self.keys[subject] = key
                        yield rule, Finding(subject, owner, place, _detail.decode(detail))
        for rule in (rule for rule in rules if not rule.each):
            params = {"places": places.get(rule.kind.value, []), **rule.words(grounds)}
            params["scope"] = sorted(scope.of(rule.subject)) if scope else []
            for subject, owner, place, detail, key in self._rows(words.sql(rule, self.numbers, scoped=scoped), params):
                self.keys[subject] = key
                yield rule, Finding(subject, owner, place, _detail.decode(detail))

    def _rows(self, text: str, params: Mapping[str, Iterable[str]]) -> Iterator[tuple[Any, ...]]:
        self.session.statements += 1
        found = self.session.raw.execute(text, {name: _json(held) for name, held in params.items()})
        while rows := found.fetchmany(BATCH):
            yield from rows

    def _grounds(self) -> Grounds:
        found = self.session.one("SELECT law FROM gap_state")
        return (law.unpacked(found[0]) if found else law.read_law(self.rules, (), (), ())).reader()

    def _read_law(self) -> None:
        read = law.read_law(
            self.rules,
            self._records(Regulation, "SELECT body FROM regulation"),
            self._records(
                Condition,
                "SELECT body FROM condition WHERE topic IN (SELECT value FROM json_each(?))",
                _json(law.topics(self.rules)),
            ),
            self._records(Clock, "SELECT body FROM clock WHERE clock_kind = 'DURATION'"),
        )
        self.session.all("DELETE FROM gap_state")
        self.session.all("INSERT INTO gap_state VALUES (?, ?)", (VERSION, law.packed(read)))

    def _records(self, of: type[Any], text: str, *params: str) -> list[Any]:
        return [from_row(of.kind, _row.decode(body)) for (body,) in self.session.all(text, params)]

    def _places(self, scope: Scope | None) -> list[str]:
        """The places where subjects are, by code or name."""
        if scope is None:
            found = self.session.all(EVERYWHERE)
            return sorted(place for (place,) in found)
        place = "CASE WHEN jurisdiction_code <> '' THEN jurisdiction_code ELSE jurisdiction_name END"
        texts = [
            f"SELECT {place} FROM resource WHERE id IN (SELECT value FROM json_each(:resources))",
            f"SELECT {place} FROM agency WHERE id IN (SELECT value FROM json_each(:agencies))",
            "SELECT CASE WHEN r.jurisdiction_code <> '' THEN r.jurisdiction_code ELSE r.jurisdiction_name END "
            "FROM data_element e CROSS JOIN field f ON f.data_element = e.key "
            "CROSS JOIN resource r ON r.key = f.resource "
            "WHERE e.id IN (SELECT value FROM json_each(:elements)) AND e.body ->> '$.identity_key' = 0",
            f"SELECT {words.SQL['{demand}']} {words.DEMAND_SQL} WHERE d.id IN (SELECT value FROM json_each(:demands))",
        ]
        self.session.statements += 1
        params = {
            "resources": _json(sorted(scope.resources)),
            "agencies": _json(sorted(scope.agencies)),
            "elements": _json(sorted(scope.elements)),
            "demands": _json(sorted(scope.demands)),
        }
        found = self.session.raw.execute(" UNION ".join(texts), params).fetchall()
        return sorted({"", *(one for (one,) in found)})

    def _widen(self) -> None:
        """Subjects whose gaps depend on those that were touched, as the store holds them now."""
        for target, of, text in WIDER:
            if self.scope.everything:
                return
            if sources := of(self.scope):
                text = words.numbered(text, self.numbers)
                found = {one for (one,) in self.session.all(text, (_json(sorted(sources)),))}
                self.scope.add(target, found)
                if sources is self.scope.renewed and target is Kind.RESOURCE:
                    self.scope.collected |= found

    def _keys(self, kind: Kind, ids: set[str]) -> list[int]:
        text = f"SELECT key FROM {table(kind)} WHERE id IN (SELECT value FROM json_each(?))"
        return [key for (key,) in self.session.all(text, (_json(sorted(ids)),))] if ids else []

    def faults(self) -> Iterator[Issue]:
        """Gaps that are held otherwise than they follow."""
        if self.rules and current(self.session):
            held: dict[str, str] = dict(self.session.all("SELECT id, body FROM gap"))
            made = {record.id: encode(to_row(record)).decode() for record in self.made(None)}
            yield from making.differences(held, made)


_NEXT = "SELECT min({0}) AS value FROM {1} WHERE {0} > "
_ALL = f"""SELECT value FROM (
    WITH RECURSIVE held AS ({_NEXT}'' UNION ALL SELECT ({_NEXT}held.value) FROM held WHERE held.value IS NOT NULL)
    SELECT value FROM held WHERE value IS NOT NULL)"""
EVERYWHERE = " UNION ".join(
    (
        "SELECT ''",
        *(_ALL.format(f"jurisdiction_{part}", of) for of in ("resource", "agency") for part in ("code", "name")),
    )
)
"""Every code and every name of a place of a subject, by a jump in an index for each, where DISTINCT reads every row."""

_OF = "SELECT DISTINCT n.id FROM json_each(?1) x CROSS JOIN"
_RENEWED: Callable[[Scope], set[str]] = attrgetter("renewed")
_RESOURCES: Callable[[Scope], set[str]] = attrgetter("resources")
_COLLECTED: Callable[[Scope], set[str]] = attrgetter("collected")
_ELEMENTS: Callable[[Scope], set[str]] = attrgetter("elements")
WIDER: tuple[tuple[Kind, Callable[[Scope], set[str]], str], ...] = (
    (
        Kind.RESOURCE,
        _RENEWED,
        f"{_OF} agency a ON a.id = x.value CROSS JOIN link l ON l.path = {{path:RESOURCE.responsibilities.agency}} "
        "AND l.target = a.key CROSS JOIN resource n ON n.key = l.holder WHERE n.origin = 'STATUTORY'",
    ),
    (Kind.DEMAND, _RENEWED, f"{_OF} agency a ON a.id = x.value CROSS JOIN demand n ON n.agency = a.key"),
    (Kind.DEMAND, _RENEWED, f"{_OF} agency a ON a.id = x.value CROSS JOIN demand n ON n.provider = a.key"),
    (
        Kind.RESOURCE,
        _RESOURCES,
        f"{_OF} resource s ON s.id = x.value CROSS JOIN link l ON l.path = {{path:RESOURCE.fulfils}} "
        "AND l.target = s.key CROSS JOIN resource n ON n.key = l.holder",
    ),
    (
        Kind.DATA_ELEMENT,
        _COLLECTED,
        f"{_OF} resource r ON r.id = x.value CROSS JOIN field f ON f.resource = r.key "
        "CROSS JOIN data_element n ON n.key = f.data_element UNION "
        f"{_OF} resource s ON s.id = x.value CROSS JOIN link l ON l.path = {{path:RESOURCE.fulfils}} "
        "AND l.target = s.key CROSS JOIN field f ON f.resource = l.holder "
        "CROSS JOIN data_element n ON n.key = f.data_element",
    ),
    (Kind.DEMAND, _RESOURCES, f"{_OF} resource r ON r.id = x.value CROSS JOIN demand n ON n.resource = r.key"),
    (
        Kind.DEMAND,
        _ELEMENTS,
        f"{_OF} data_element e ON e.id = x.value CROSS JOIN link l ON l.path = {{path:DEMAND.elements}} "
        "AND l.target = e.key CROSS JOIN demand n ON n.key = l.holder",
    ),
)
"""What depends on what was touched: kind of subject, what was touched, how to find it."""


def _json(values: Iterable[Any]) -> str:
    return msgspec.json.encode(list(values)).decode()


assert set(SUBJECTS) <= set(NUMBERS)
