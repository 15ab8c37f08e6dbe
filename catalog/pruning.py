"""A record without references to what is nowhere: for parts of a catalogue that arrive without the rest. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from catalog.codec import Row, from_row, to_row
from catalog.record import Record
from catalog.table import Cardinality, Property, Ref, rows, value_rows


def without(record: Record, gone: Collection[str]) -> Record | None:
    """The record without references to the identifiers in ``gone``.

    A reference that may be missing is left out; an embedded value goes with one that it must have, and so does the
    record: then None.
    """
    row = _pruned(to_row(record), rows(record.kind), gone)
    return None if row is None else from_row(record.kind, row)


def _pruned(row: Row, properties: Sequence[Property], gone: Collection[str]) -> Row | None:
    found = dict(row)
    for each in properties:
        held = row.get(each.name)
        listed = held if isinstance(held, list) else [held]
        left = [value for one in listed if (value := _value(one, each, gone)) is not None]
        if each.cardinality is Cardinality.MANY:
            found[each.name] = left
        elif held is not None and not left and each.cardinality is Cardinality.ONE:
            return None
        else:
            found[each.name] = left[0] if left else None
    return found


def _value(value: Any, row: Property, gone: Collection[str]) -> Any:
    if value is None:
        return None
    if isinstance(row.type, Ref):
        return None if value in gone else value
    if (inner := row.value_class) is not None:
        return _pruned(value, value_rows(inner), gone)
    return value
