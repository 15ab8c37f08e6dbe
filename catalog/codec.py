"""Records to plain rows and back. A row is what stores keep and read: JSON's types under the dataclass's names.

Terms are their names, dates ISO 8601 strings, tuples lists, values nested mappings. ``to_row(from_row(row)) == row``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import msgspec

from catalog.record import Record
from catalog.records import RECORDS
from catalog.table import RefPath, reference_paths
from catalog.vocabulary import Kind

Row: TypeAlias = dict[str, Any]


def to_row(record: Record) -> Row:
    """The record as a row, every property present."""
    row: Row = msgspec.json.decode(msgspec.json.encode(record))  # to_builtins would leave tuples as they are
    return row


def from_row(kind: Kind, row: Mapping[str, Any]) -> Record:
    """The record of a row as :func:`to_row` gives it; raises ``msgspec.ValidationError`` for anything else."""
    return msgspec.convert(row, RECORDS[kind], strict=True)


def encode(row: Mapping[str, Any]) -> bytes:
    """A row as canonical JSON: UTF-8, the dataclass's order. Equal records give equal bytes."""
    return msgspec.json.encode(row)


class Link(NamedTuple):
    """One reference of one record: from ``holder`` along ``path`` to ``target``.

    ``position`` is the index (from 0) in the outermost list on the path, 0 where there is none. ``carried`` are the
    values beside the reference that the edge carries (:class:`catalog.table.Ref`).
    """

    holder: str
    path: str
    position: int
    target: str
    carried: tuple[tuple[str, Any], ...] = ()


def links(kind: Kind, row: Mapping[str, Any]) -> Iterator[Link]:
    """Every reference of a row, in table order and list order."""
    holder = row["id"]
    for head, dotted, path, carries in _paths(kind):
        value = row.get(head)
        if value is None or value == []:
            continue
        if len(path) > 1:
            for position, beside, target in _targets(row, path, 0, outermost=True):
                yield Link(holder, dotted, position, target, tuple([(name, beside.get(name)) for name in carries]))
            continue
        carried = tuple([(name, row.get(name)) for name in carries])
        for position, target in enumerate(value if isinstance(value, list) else (value,)):
            if target is not None:
                yield Link(holder, dotted, position, target, carried)


@cache
def _paths(kind: Kind) -> tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]:
    """Outermost property, dotted name, path and what is carried, of every reference: most rows hold few of them."""
    return tuple((one.path[0], one.dotted, one.path, one.ref.carries) for one in reference_paths(kind))


def _targets(
    row: Mapping[str, Any], path: tuple[str, ...], position: int, *, outermost: bool
) -> Iterator[tuple[int, Mapping[str, Any], str]]:
    head, *tail = path
    found = row.get(head)
    listed = found if isinstance(found, list) else [found]
    for index, value in enumerate(listed):
        if value is None:
            continue
        place = index if outermost and isinstance(found, list) else position
        if tail:
            yield from _targets(value, tuple(tail), place, outermost=outermost and not isinstance(found, list))
        else:
            yield place, row, value


__all__ = ["Link", "RefPath", "Row", "encode", "from_row", "links", "to_row"]
