"""The references of a record as rows of the link table, and what may stand at their ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from catalog.codec import Row, links
from catalog.errors import BadInput
from catalog.identifiers import kind_of
from catalog.table import reference_paths
from catalog.vocabulary import Kind
from graph.sqlite.model import NUMBERS
from graph.sqlite.where import mask


@cache
def allowed(kind: Kind) -> Mapping[str, frozenset[int]]:
    """The numbers of the kinds that each reference path may lead to."""
    return {
        reference.dotted: frozenset(NUMBERS[one] for one in reference.ref.kinds) for reference in reference_paths(kind)
    }


def references(kind: Kind, row: Row) -> Iterator[tuple[str, int, str, int]]:
    """Path, position, target and roles of every reference; most rows hold few of the many that they could."""
    for name, many in _plain_references(kind):
        if found := row.get(name):
            yield from ((name, place, one, 0) for place, one in enumerate(found)) if many else ((name, 0, found, 0),)
    if any(row.get(name) for name in _deep_references(kind)):
        for link in links(kind, row):
            if "." in link.path:
                roles = next((mask(value) for name, value in link.carried if name == "roles"), 0)
                yield link.path, link.position, link.target, roles


@cache
def _plain_references(kind: Kind) -> tuple[tuple[str, bool], ...]:
    return tuple((one.dotted, one.many) for one in reference_paths(kind) if len(one.path) == 1)


@cache
def _deep_references(kind: Kind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.path[0] for one in reference_paths(kind) if len(one.path) > 1))


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
