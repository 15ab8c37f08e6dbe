"""The indexes of names and of other texts: each distinct folded text once, with the records that have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from catalog import text
from catalog.field import Field
from catalog.record import Record
from catalog.resource import Resource
from catalog.vocabulary import Kind
from graph.sqlite.connection import Session
from graph.sqlite.grams import grams
from graph.sqlite.model import NUMBERS
from graph.sqlite.sql import listed
from graph.sqlite.where import HOLDERS

_LIST = 4000
_REMEMBERED = 20_000
"""Folded texts whose keys are remembered at once: the others are looked up again."""
_RUN = 40_000
"""Rows held back so that they are written in the order in which they lie: many to a page rather than one."""


class Phrase(NamedTuple):
    """A text of a record: folded, its place among the record's texts, how it stands there where that is different.

    ``several`` says that the record has others of its sort.
    """

    folded: str
    rank: int
    given: str | None
    several: bool = False


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the indexes hold of one record: its names, and those searched texts that are no names of it."""

    names: tuple[Phrase, ...] = ()
    texts: tuple[Phrase, ...] = ()

    def of(self, what: str) -> tuple[Phrase, ...]:
        """The names (``name``) or other texts (``text``)."""
        return self.names if what == "name" else self.texts


NOTHING = Phrases()
_NAMES: Callable[[Phrases], tuple[Phrase, ...]] = attrgetter("names")
_TEXTS: Callable[[Phrases], tuple[Phrase, ...]] = attrgetter("texts")


def phrases(record: Record) -> Phrases:
    """What the indexes hold of a record. Of texts that fold to the same, the first counts."""
    if isinstance(record, Field):
        return _of_item(record.name, record.aliases, record.text)
    return _phrases(record)


@lru_cache(maxsize=1 << 14)
def _of_item(name: str, aliases: tuple[str, ...], verbatim: str) -> Phrases:
    """A catalogue's fields share few names."""
    return _phrases(Field(id="", resource="", position=0, name=name, text=verbatim, aliases=aliases))


def _phrases(record: Record) -> Phrases:
    names: dict[str, tuple[int, str]] = {}
    for place, (name, _) in enumerate(text.names(record)):  # the first is the record's own
        names.setdefault(text.fold(name), (place, name))
    texts: dict[str, tuple[int, str]] = {}
    for place, searched in enumerate(text.searchable(record)):
        folded = text.fold(searched)
        if folded not in names:
            texts.setdefault(folded, (place, searched))
    return Phrases(_told(names), _told(texts))


def _told(found: dict[str, tuple[int, str]]) -> tuple[Phrase, ...]:
    found.pop("", None)
    several = len(found) > 1
    return tuple(
        Phrase(folded, rank, None if folded == given else given, several) for folded, (rank, given) in found.items()
    )


@dataclass(frozen=True, slots=True)
class Owner:
    """The record that has phrases: ``resource`` is the key of the resource itself, or of the field's."""

    kind: Kind
    id: str
    key: int
    resource: int | None

    @classmethod
    def of(cls, record: Record, key: int, keys: Mapping[str, int]) -> Owner:
        """The owner that a record is."""
        resource = key if isinstance(record, Resource) else keys[record.resource] if isinstance(record, Field) else None
        return cls(record.kind, record.id, key, resource)


def _less(some: tuple[Phrase, ...], others: tuple[Phrase, ...]) -> Sequence[Phrase]:
    return [one for one in some if one not in others] if others else some


class Writer:
    """Keeps both indexes right while records change, inside the transaction of its session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._keys: dict[str, dict[str, int]] = {what: {} for what in HOLDERS}
        self._next = {
            what: 1 + (session.all(f"SELECT coalesce(max(key), 0) FROM {what}")[0][0] or 0) for what in HOLDERS
        }
        self._rows: dict[str, list[tuple[Any, ...]]] = {what: [] for what in HOLDERS}
        self._dropped: dict[str, set[str]] = {what: set() for what in HOLDERS}

    def add(self, kind: Kind, records: Sequence[Record], keys: Mapping[str, int]) -> None:
        """Puts in everything that new records of a kind hold."""
        ids = [one.id for one in records]
        own = [keys[one] for one in ids]
        resources: Sequence[int | None] = [None] * len(ids)
        if kind is Kind.FIELD:
            resources = [keys[one] for one in map(attrgetter("resource"), records)]
            said = list(map(_of_item, *(map(attrgetter(name), records) for name in ("name", "aliases", "text"))))
        else:
            resources = own if kind is Kind.RESOURCE else resources
            said = list(map(phrases, records))
        number = NUMBERS[kind]
        for what, of in (("name", _NAMES), ("text", _TEXTS)):
            some = list(map(of, said))
            found = self._found(what, {one.folded for several in some for one in several}, make=True)
            self._rows[what] += [
                (found[one.folded], number, id_, key, resource, one.rank, one.several, one.given)
                for several, id_, key, resource in zip(some, ids, own, resources, strict=True)
                for one in several
            ]
            if len(self._rows[what]) > _RUN:
                self._write(what)

    def _write(self, what: str) -> None:
        """Writes the rows held back, in the order in which they lie."""
        rows, self._rows[what] = self._rows[what], []
        rows.sort()
        self._session.each(f"INSERT INTO {HOLDERS[what]} VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def change(self, changes: Sequence[tuple[Owner, Phrases, Phrases]]) -> None:
        """Takes out what the first phrases of each owner hold and puts in what the second do."""
        for what in HOLDERS:
            self._take(what, [(owner, one) for owner, old, new in changes for one in _less(old.of(what), new.of(what))])
            self._put(what, [(owner, one) for owner, old, new in changes for one in _less(new.of(what), old.of(what))])

    def _take(self, what: str, lost: Sequence[tuple[Owner, Phrase]]) -> None:
        gone = [(owner, phrase.folded) for owner, phrase in lost]
        if not gone:
            return
        self._write(what)
        keys = self._found(what, {folded for _, folded in gone})
        holders = HOLDERS[what]
        self._session.each(
            f"DELETE FROM {holders} WHERE {what} = ? AND kind = ? AND id = ?",
            ((keys[folded], NUMBERS[owner.kind], owner.id) for owner, folded in gone),
        )
        self._dropped[what].update(folded for _, folded in gone)

    def _put(self, what: str, new: Sequence[tuple[Owner, Phrase]]) -> None:
        if not new:
            return
        keys = self._found(what, {phrase.folded for _, phrase in new}, make=True)
        self._rows[what] += (
            (
                *(keys[one.folded], NUMBERS[owner.kind], owner.id, owner.key, owner.resource),
                *(one.rank, one.several, one.given),
            )
            for owner, one in new
        )

    def _found(self, what: str, wanted: set[str], *, make: bool = False) -> dict[str, int]:
        """The keys of folded texts, made where they lack."""
        known = self._keys[what]
        if len(known) > _REMEMBERED:
            known.clear()
        unknown = sorted(one for one in wanted if one not in known)  # a difference would go through all that is known
        for start in range(0, len(unknown), _LIST):
            held = listed(unknown[start : start + _LIST])
            known.update(self._session.all(f"SELECT folded, key FROM {what} WHERE folded IN {held.text}", held.params))
        fresh = [one for one in unknown if one not in known] if make else []
        if fresh:
            first = self._next[what]
            made = dict(zip(fresh, range(first, first + len(fresh)), strict=True))
            self._next[what] = first + len(fresh)
            self._session.each(
                f"INSERT INTO {what} VALUES (?, ?, ?)", ((key, len(folded), folded) for folded, key in made.items())
            )
            self._session.each(
                f"INSERT INTO {what}_gram (rowid, grams) VALUES (?, ?)",
                ((key, grams(folded)) for folded, key in made.items()),
            )
            known.update(made)
        return known

    def close(self) -> None:
        """Forgets the texts that no record has any more."""
        for what, holders in HOLDERS.items():
            self._write(what)
            dropped = sorted(self._dropped[what])
            for start in range(0, len(dropped), _LIST):
                held = listed(dropped[start : start + _LIST])
                orphans: list[Any] = self._session.all(
                    f"SELECT n.key, n.folded FROM {what} n WHERE n.folded IN {held.text} "
                    f"AND NOT EXISTS (SELECT 1 FROM {holders} w WHERE w.{what} = n.key)",
                    held.params,
                )
                # a contentless index forgets a text only when told its words again
                self._session.each(
                    f"INSERT INTO {what}_gram ({what}_gram, rowid, grams) VALUES ('delete', ?, ?)",
                    ((key, grams(folded)) for key, folded in orphans),
                )
                self._session.each(f"DELETE FROM {what} WHERE key = ?", ((key,) for key, _ in orphans))
