"""How records lie in tables: the number and table of each kind, and the columns taken out of the body.

The tables themselves stand frozen in :mod:`graph.sqlite.migrations`; a test ties the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from catalog import value as v
from catalog.records import RECORDS
from catalog.table import Cardinality, Property, Ref, Scalar, rows
from catalog.vocabulary import Kind, Role

NUMBERS: Mapping[Kind, int] = {
    Kind.FIELD: 0,
    Kind.RESOURCE: 1,
    Kind.AGENCY: 2,
    Kind.DATA_ELEMENT: 3,
    Kind.REGULATION: 4,
    Kind.PROVISION: 5,
    Kind.CONDITION: 6,
    Kind.CLOCK: 7,
    Kind.DEMAND: 8,
    Kind.GAP: 9,
    Kind.SOURCE: 10,
    Kind.ISSUE: 11,
    Kind.CORRESPONDENCE: 12,
}
"""The number of each kind in stored keys, never to change. Fields before resources, as matches are ordered."""

KINDS: Mapping[int, Kind] = {number: kind for kind, number in NUMBERS.items()}
STEP = 16
"""A record's key is ``n * STEP + number of its kind``: one key space, and every key tells its kind."""

PLACES: Mapping[Kind, int] = {kind: place for place, kind in enumerate(RECORDS)}
"""The order of kinds in the log."""

ROLES: Mapping[str, int] = {role.value: 1 << place for place, role in enumerate(Role)}
"""Roles as bits of ``link.roles``, so that a test on roles reads no body."""

ABSENT = -(2**63)
"""What an absent number is stored as: it sorts before every number, as the empty string does before every text."""


class Held(Enum):
    """How a column holds its property."""

    TEXT = "text, absent as the empty string"
    NUMBER = "a number, absent as ABSENT"
    FLAG = "0 or 1"
    KEY = "the key of the record referred to, or NULL"


@dataclass(frozen=True, slots=True)
class Column:
    """A column beside the body: ``within`` names the member of the embedded value that it holds."""

    name: str
    property: str
    held: Held
    within: str | None = None

    def of(self, row: Mapping[str, Any], keys: Mapping[str, int]) -> str | int | None:
        """The column's value for a row; ``keys`` are those of the records referred to."""
        found = row[self.property]
        if self.within is not None and found is not None:
            found = found[self.within]
        if self.held is Held.KEY:
            return None if found is None else keys[found]
        if found is None:
            return ABSENT if self.held is Held.NUMBER else ""
        held: str | int = found
        return held


def table(kind: Kind) -> str:
    """The table of a kind."""
    return kind.value.lower()


def number(kind: Kind) -> int:
    """The number of a kind in keys."""
    return NUMBERS[kind]


@cache
def columns(kind: Kind) -> tuple[Column, ...]:
    """The columns of a kind, one or two for each indexed property, ``id`` apart."""
    return tuple(column for row in rows(kind) if row.indexed and row.name != "id" for column in _columns(row))


@cache
def column_of(kind: Kind, property_: str) -> Column | None:
    """The column that holds a property whole, None for properties that stand only in the body."""
    return next((one for one in columns(kind) if one.property == property_ and one.name == property_), None)


@cache
def reference_columns(kind: Kind) -> tuple[Column, ...]:
    """The columns that hold references; every other reference is a row of ``link``."""
    return tuple(column for column in columns(kind) if column.held is Held.KEY)


def _columns(row: Property) -> tuple[Column, ...]:
    if row.type is v.Jurisdiction:
        return tuple(Column(f"{row.name}_{part}", row.name, Held.TEXT, part) for part in ("code", "name"))
    if row.type is v.Frequency:
        return (Column(row.name, row.name, Held.TEXT, "code"),)
    return (Column(row.name, row.name, _held(row)),)


def _held(row: Property) -> Held:
    assert row.cardinality is not Cardinality.MANY, f"{row.name}: no column holds a list"
    if isinstance(row.type, Ref):
        return Held.KEY
    if row.type is Scalar.INTEGER:
        return Held.NUMBER
    return Held.FLAG if row.type is Scalar.BOOLEAN else Held.TEXT
