"""Shapes and questions: what is asked of a store, as data.

A :class:`Shape` says which properties and nested relations of each row are wanted; a :class:`Question` which rows, in
which order, from where. Both are hashable, so that backends cache the text they compile from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from catalog.vocabulary import Kind

Value: TypeAlias = str | int | bool
T = TypeVar("T")
KeysetKey: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is wanted of each row.

    ``properties`` are names of the field table, or the meta properties ``revision`` (the revision that last wrote the
    record), ``created`` (the one that first did), ``version`` (how often it was written) and ``loaded`` (the time of
    ``revision``, RFC 3339). A row always carries ``id`` and, where the relation may lead to several kinds, ``kind``.

    ``nested`` maps the key under which nested rows are answered to what they are. Embedded values (``basis``,
    ``responsibilities``) that are asked for without further references are plain properties; with references they are
    nested, under the value property's name, with the reference as a nested relation of their own.
    """

    properties: frozenset[str] = frozenset()
    nested: tuple[tuple[str, Nested], ...] = ()


@dataclass(frozen=True, slots=True)
class Nested:
    """Rows nested under a row: along ``relation``, at most ``first`` of each parent's, after a keyset key.

    ``relation`` names a reference property, an embedded value property, or an inverse
    (:data:`catalog.relations.INVERSES`). A to-one reference answers a row or None; everything else a list of rows, in
    the relation's order. ``first`` None means all. With ``count``, the parent row also carries ``<key>#count``: how
    many there are in all (after ``tests``, before ``first`` and ``after``). ``tests`` apply to the nested rows (to the
    values, for an inverse with values: a test on ``roles`` keeps values that hold any of the roles).
    """

    relation: str
    shape: Shape
    first: int | None = None
    after: KeysetKey | None = None
    tests: tuple[Test, ...] = ()
    count: bool = False
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Equals:
    """The property has one of these values. On ``jurisdiction`` its code or its name does; on a list any member."""

    property: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """A name of the record (name, alias, title) contains the text, both folded (:func:`catalog.text.fold`).

    On ``text`` (conditions) the record's searchable text does. ``text`` is given already folded and is not empty.
    """

    property: str
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """The record's own name (``name`` or ``title``), folded, equals the folded text."""

    text: str


@dataclass(frozen=True, slots=True)
class NamedAny:
    """The record's own name (``name`` or ``title``), folded, is one of the folded texts."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The property is there and not less than the value (dates as ISO strings)."""

    property: str
    value: Value


@dataclass(frozen=True, slots=True)
class Missing:
    """The property is null, empty, or UNDECLARED; for the name of a relation, that there is none of it."""

    property: str


@dataclass(frozen=True, slots=True)
class Holding:
    """The record holds on a day of legal time (ISO): its days ``[begins, ends)``, open where absent, contain it."""

    on: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the tests passes."""

    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A reference at the dotted ``path`` (:func:`catalog.table.reference_paths`) leads to one of the targets.

    With ``roles``, on ``responsibilities.agency``, only responsibilities that hold one of the roles count; with no
    targets, any agency does.
    """

    path: str
    targets: tuple[str, ...]
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Has:
    """At least one row along the inverse ``relation`` passes every test."""

    relation: str
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class CollectedBySeveral:
    """On data elements: two agencies or more hold the role COLLECT for resources with a field that means it.

    With ``several`` False fewer do.
    """

    several: bool = True


Test: TypeAlias = (
    Equals | Contains | Named | NamedAny | AtLeast | Missing | Holding | AnyOf | Linked | Has | CollectedBySeveral
)


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows of a kind, in which order, how many, from where.

    ``order`` is a property of the field table or ``id``; ``id`` always breaks ties; a missing value sorts as the empty
    string. ``after`` is the key of the last row seen: its value of ``order`` (when that is not ``id``) and its id.
    ``backward`` reads the rows *before* ``after`` (or the last ones) and still answers them in the given order.
    ``count`` asks for the number of all rows that pass the tests.
    """

    kind: Kind
    shape: Shape
    tests: tuple[Test, ...] = ()
    order: str = "id"
    descending: bool = False
    first: int = 20
    after: KeysetKey | None = None
    backward: bool = False
    count: bool = False


@dataclass(frozen=True, slots=True)
class MatchQuestion:
    """Which fields and resources answer to a name: the question behind ``whoProvides``.

    ``what`` is folded. Answers come in tiers: EXACT (own name), ALIAS, ELEMENT (fields that mean a data element of that
    name or alias), SUBSTRING; within a tier by the length of the folded name, the folded name, the kind (fields before
    resources) and the id. A record is answered once, in its best tier. ``jurisdiction`` (code or name), ``regimes``
    restrict the resource (for a field: its resource).
    """

    what: str
    jurisdiction: str | None = None
    regimes: tuple[str, ...] = ()
    first: int = 20
    after: KeysetKey | None = None
    count: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A match: ``key`` is its keyset key, ``resource`` the resource or the field's, ``text`` the name matched."""

    how: str
    text: str
    kind: Kind
    id: str
    resource: str
    key: KeysetKey


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """Which records' searchable texts (:func:`catalog.text.searchable`) contain the folded ``text`` as a substring.

    Ranked: the whole of a text first (score 1.0), then texts that begin with it (0.8), then the others (0.6 for the
    first text of a record, 0.4 for a later one); ties by the length of the folded text, then the id. ``kinds`` empty
    means every kind.
    """

    text: str
    kinds: tuple[Kind, ...] = ()
    jurisdiction: str | None = None
    first: int = 20
    after: KeysetKey | None = None
    count: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A search hit: ``text`` is the searchable text as it stands in the record, ``score`` as the question says."""

    kind: Kind
    id: str
    text: str
    score: float
    key: KeysetKey


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A stretch of rows. ``more`` says that there are rows beyond it in the direction read; ``total`` was asked for."""

    rows: tuple[T, ...]
    more: bool
    total: int | None = None
