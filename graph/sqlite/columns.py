"""What the columns of records hold, worked out a column at a time: a catalogue's fields go in by the million."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from catalog.record import Record
from catalog.table import Cardinality, Scalar, by_name
from catalog.vocabulary import Kind
from graph.sqlite.model import ABSENT, Column, Held, columns

Read = Callable[[Sequence[Record], Mapping[str, int]], Iterable[Any]]
"""One column of records, in their order, given the keys of what they refer to."""


def values(kind: Kind, records: Sequence[Record], keys: Mapping[str, int]) -> list[Iterable[Any]]:
    """What each column of a kind holds of the records, in the order of :func:`graph.sqlite.model.columns`.

    The same values as :meth:`Column.of` gives row by row; to be gone through once. Raises KeyError where a record
    refers to one without a key.
    """
    return [read(records, keys) for read in _reads(kind)]


@cache
def _reads(kind: Kind) -> tuple[Read, ...]:
    return tuple(_read(kind, column) for column in columns(kind))


def _read(kind: Kind, column: Column) -> Read:
    found = attrgetter(column.property)
    row = by_name(kind)[column.property]
    if column.held is Held.KEY:
        return lambda records, keys: [None if one is None else keys[one] for one in map(found, records)]
    if row.cardinality is Cardinality.ONE and row.is_term:
        # SQLite takes a plain text at once, and looks long for what a subclass of it might want to be
        return lambda records, _: map(str.__str__, map(found, records))
    if row.cardinality is Cardinality.ONE and row.value_class is None and row.type is not Scalar.DATE:
        return lambda records, _: map(found, records)
    absent = ABSENT if column.held is Held.NUMBER else ""
    within = column.within
    if within is None:
        return lambda records, _: [_plain(one, absent) for one in map(found, records)]
    inner = attrgetter(within)
    return lambda records, _: [absent if one is None else _plain(inner(one), absent) for one in map(found, records)]


def _plain(value: Any, absent: Any) -> Any:
    if value is None:
        return absent
    if isinstance(value, str):
        return str.__str__(value)
    return value.isoformat() if isinstance(value, dt.date) else value
