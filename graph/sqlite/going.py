"""What a change set deletes: what it names, and what its sources no longer give. Found by keys, eight bytes of each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

import msgspec

from catalog.changes import ChangeSet
from catalog.puts import batches
from catalog.records import RECORDS
from catalog.vocabulary import Kind
from graph.sqlite.connection import Session
from graph.sqlite.keys import Keys
from graph.sqlite.model import STEP, reference_columns, table
from graph.sqlite.references import by_kind_called

Gone = Mapping[Kind, "array[int]"]
"""The keys of the records that go, by kind."""


class Given:
    """Which records of replaced sources are given again: a byte for each record that the store has of their kinds."""

    def __init__(self, session: Session, keys: Keys, changes: ChangeSet) -> None:
        self._session = session
        self._keys = keys
        self._changes = changes
        self._named = frozenset((*changes.deletes, *changes.replaces))
        self._again: set[str] = set()
        sources = [one for batch in batches(changes.replaces) for one in keys.held(Kind.SOURCE, batch, "key")]
        self._replaced: list[int] = [key for (key,) in sources]
        self._marks: dict[Kind, bytearray] = {}

    def see(self, kind: Kind, identifiers: Iterable[str], held: Iterable[int]) -> None:
        """Records that are put: their identifiers, and the keys of those that the store has already."""
        if self._named:
            self._again.update(self._named.intersection(identifiers))
        if self._replaced:
            self._mark(kind, held)

    def _mark(self, kind: Kind, keys: Iterable[int]) -> None:
        marks = self._marks.get(kind)
        if marks is None:
            marks = self._marks[kind] = bytearray((self._keys.last(kind) or 0) // STEP + 1)
        for key in keys:
            marks[key // STEP] = 1

    def gone(self) -> Gone:
        """What is to go, once everything was seen. Keys of records that this change set made are not among them."""
        explicit = by_kind_called(self._named - self._again)
        found: dict[Kind, array[int]] = {}
        for kind in RECORDS:
            keys = array("q")
            wanted = explicit.get(kind, set())
            if kind is not Kind.SOURCE:
                wanted = wanted - set(self._changes.replaces)
            for batch in batches(sorted(wanted)):
                keys.extend(key for (key,) in self._keys.held(kind, batch, "key"))
            if self._replaced and (last := self._keys.last(kind)) is not None:
                self._mark(kind, keys)
                marks = self._marks[kind]
                text = f"SELECT key FROM {table(kind)} WHERE source = ? AND key <= ?"
                for source in self._replaced:
                    rows = self._session.stream(text, (source, last))
                    keys.extend(key for (key,) in rows if not marks[key // STEP])
            if keys:
                found[kind] = keys
        return found


def still_referred_to(session: Session, gone: Gone) -> set[str]:
    """The identifiers of those that something still refers to. If there are any, the transaction is undone."""
    found: dict[Kind, set[int]] = {}
    texts = [
        "SELECT p.value FROM json_each(?) p WHERE EXISTS "
        "(SELECT 1 FROM link l WHERE l.path IN (SELECT number FROM path) AND l.target = p.value)",
        *(
            f"SELECT p.value FROM json_each(?) p WHERE EXISTS "
            f"(SELECT 1 FROM {table(kind)} t WHERE t.{column.name} = p.value)"
            for kind in RECORDS
            for column in reference_columns(kind)
        ),
    ]
    for kind, keys in gone.items():
        for batch in batches(keys):
            asked = (msgspec.json.encode(batch).decode(),)
            for text in texts:
                for (key,) in session.all(text, asked):
                    found.setdefault(kind, set()).add(key)
    if not found:
        return set()
    session.rollback()  # only there they still have identifiers
    return {
        identifier
        for kind, some in found.items()
        for key in some
        for (identifier,) in session.all(f"SELECT id FROM {table(kind)} WHERE key = ?", (key,))
    }
