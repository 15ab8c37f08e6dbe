"""The references of records: in columns, or rows of the link table; and what may stand at their ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias

from catalog.errors import BadInput
from catalog.identifiers import kind_of
from catalog.record import Record
from catalog.table import Cardinality, RefPath, by_name, reference_paths
from catalog.vocabulary import Kind
from graph.sqlite.model import NUMBERS, reference_columns
from graph.sqlite.where import mask

Reference: TypeAlias = tuple[int, str, int, str, int]
"""A reference that no column holds: its record's place among those asked about, path, position, target and roles."""


@cache
def allowed(kind: Kind) -> Mapping[str, frozenset[int]]:
    """The numbers of the kinds that each reference path may lead to."""
    return {
        reference.dotted: frozenset(NUMBERS[one] for one in reference.ref.kinds) for reference in reference_paths(kind)
    }


def targets(kind: Kind, records: Sequence[Record]) -> Iterator[tuple[str, set[str]]]:
    """What the columns of the records refer to, each column by the name of its path."""
    for column in reference_columns(kind):
        found = set(map(attrgetter(column.property), records))
        found.discard(None)
        yield column.name, found


def references(kind: Kind, records: Sequence[Record]) -> list[Reference]:
    """Every reference of the records that no column holds; most records hold few of the many that they could."""
    found: list[Reference] = []
    for head, reads in _heads(kind):
        for place, value in enumerate(map(head, records)):
            if value or value == "":
                for read in reads:
                    read(place, records[place], value, found.append)
    return found


Read = Callable[[int, Record, Any, Callable[[Reference], None]], None]
"""Gives on every reference of a record along one path: its place, itself, its outermost property on that path."""


@cache
def _heads(kind: Kind) -> tuple[tuple[Callable[[Record], Any], tuple[Read, ...]], ...]:
    held = {column.name for column in reference_columns(kind)}
    heads: dict[str, list[Read]] = {}
    for path in reference_paths(kind):
        if path.dotted not in held:
            heads.setdefault(path.path[0], []).append(_reader(kind, path))
    return tuple((attrgetter(head), tuple(found)) for head, found in heads.items())


def _reader(kind: Kind, reference: RefPath) -> Read:
    dotted, path = reference.dotted, reference.path
    if len(path) == 2 and by_name(kind)[path[0]].cardinality is Cardinality.MANY:
        end = attrgetter(path[1])
        carried = "roles" in reference.ref.carries

        def of_each(place: int, _: Record, value: Any, give: Callable[[Reference], None]) -> None:
            for position, one in enumerate(value):
                if (target := end(one)) is not None:
                    give((place, dotted, position, target, mask(one.roles) if carried else 0))

        return of_each

    def read(place: int, record: Record, _: Any, give: Callable[[Reference], None]) -> None:
        for position, target in _targets(record, path, 0, outermost=True):
            give((place, dotted, position, target, 0))

    return read


def _targets(holder: Any, path: Sequence[str], position: int, *, outermost: bool) -> Iterator[tuple[int, str]]:
    """Position and target of every reference along a path: :func:`catalog.codec.links` without making rows."""
    found = getattr(holder, path[0])
    many = isinstance(found, tuple)
    for index, value in enumerate(found if many else (found,)):
        if value is None:
            continue
        place = index if outermost and many else position
        if len(path) > 1:
            yield from _targets(value, path[1:], place, outermost=outermost and not many)
        else:
            yield place, value


def kind_called(target: str) -> Kind | None:
    """The kind that an identifier names; None for what is none, so that no record has it."""
    try:
        return kind_of(target)
    except BadInput:
        return None


def by_kind_called(ids: Iterable[str]) -> dict[Kind, set[str]]:
    """Identifiers by the kinds that they name."""
    found: dict[Kind, set[str]] = {}
    for one in ids:
        if (kind := kind_called(one)) is not None:
            found.setdefault(kind, set()).add(one)
    return found
