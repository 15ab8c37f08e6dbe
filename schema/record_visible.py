"""What a page may name: of the datasets, and their items, only those cleared for publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog.codec import Row
from catalog.identifiers import kind_of
from catalog.table import Property, Ref, rows, value_rows
from catalog.vocabulary import Kind
from graph.port import Store
from graph.shape import Nested, Shape

_CLEARED = Shape(frozenset({"cleared"}))
_HELD = Shape(frozenset(), (("resource", Nested("resource", _CLEARED)),))


async def visible(store: Store, kind: Kind, row: Row) -> Row:
    """A record's row without references to what is not cleared, as if that were not there. At most two reads."""
    named = {each["id"] for each in _named(rows(kind), row)}
    hidden = await _hidden(store, sorted(each for each in named if kind_of(each) is Kind.RESOURCE), Kind.RESOURCE)
    hidden |= await _hidden(store, sorted(each for each in named if kind_of(each) is Kind.FIELD), Kind.FIELD)
    return _without(rows(kind), row, hidden) if hidden else row


async def _hidden(store: Store, ids: list[str], kind: Kind) -> set[str]:
    found = await store.get(ids, _CLEARED if kind is Kind.RESOURCE else _HELD, kind) if ids else []
    holders = ((row if kind is Kind.RESOURCE else row["resource"]) if row else None for row in found)
    return {id_ for id_, holder in zip(ids, holders, strict=True) if holder is None or not holder["cleared"]}


def _named(properties: Iterable[Property], row: Mapping[str, Any]) -> Iterator[Row]:
    for each in properties:
        for value in _listed(row.get(each.name)):
            if isinstance(each.type, Ref):
                yield value
            elif each.value_class is not None:
                yield from _named(value_rows(each.value_class), value)


def _without(properties: Iterable[Property], row: Mapping[str, Any], hidden: set[str]) -> Row:
    found = dict(row)
    for each in properties:
        held = row.get(each.name)
        if held is None:
            continue
        if isinstance(each.type, Ref):
            kept = [value for value in _listed(held) if value["id"] not in hidden]
        elif each.value_class is not None:
            kept = [_without(value_rows(each.value_class), value, hidden) for value in _listed(held)]
        else:
            continue
        found[each.name] = kept if isinstance(held, list) else next(iter(kept), None)
    return found


def _listed(held: Any) -> list[Any]:
    return held if isinstance(held, list) else [] if held is None else [held]
