"""What a page may name: of the datasets, and their items, only those cleared for publication.

Demands, gaps, issues and correspondences are worked with, not published: their words may be of any dataset. A page says
them where they are known to be of what is public, and leaves them out everywhere else.
"""

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
ABOUT: Mapping[Kind, tuple[str, ...]] = {
    Kind.GAP: ("subject",), Kind.DEMAND: ("resource",), Kind.CORRESPONDENCE: ("subject", "objects"),
}  # fmt: skip
"""The references that tell what a record is about: where that is not public, the record is not."""
WORDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.GAP: ("message", "because"),
    Kind.DEMAND: ("what", "purpose", "note"),
    Kind.ISSUE: ("message", "suggestion"),
    Kind.CORRESPONDENCE: (
        "subject_name", "object_name", "subject_key", "object_key", "subject_code", "resource_name", "authority",
        "note",
    ),
}  # fmt: skip
"""The properties, those of values inside too, whose words may name any dataset."""
WORKED_WITH = frozenset(WORDS)
"""The kinds that are worked with: of what is not told of them, nothing is left behind either."""


async def visible(store: Store, kind: Kind, row: Row) -> Row | None:
    """A record's row without references to what is not cleared, as if that were not there. At most two reads.

    None where it is about such a thing. Words that may be of such a thing are left out.
    """
    named = {each["id"] for each in _named(rows(kind), row)}
    hidden = await _hidden(store, sorted(each for each in named if kind_of(each) is Kind.RESOURCE), Kind.RESOURCE)
    hidden |= await _hidden(store, sorted(each for each in named if kind_of(each) is Kind.FIELD), Kind.FIELD)
    if any(each["id"] in hidden for name in ABOUT.get(kind, ()) for each in _listed(row[name])):
        return None
    row = _without(rows(kind), row, hidden) if hidden else row
    return row if _sure(kind, row, hidden) else _wordless(row, frozenset(WORDS[kind]))


def _sure(kind: Kind, row: Row, hidden: set[str]) -> bool:
    """Whether the record's words are known to be of what is public alone."""
    match kind:
        case Kind.GAP:  # what is said of a demand repeats its words
            return not hidden and kind_of(row["subject"]["id"]) is not Kind.DEMAND
        case Kind.ISSUE:  # a legal text is public, the rows of a sheet are not
            return row["regulation"] is not None
        case Kind.CORRESPONDENCE:  # what its names denote is there, and public; a note is about anything
            return bool(row["subject"] and row["objects"]) and not row["note"]
        case _:
            return kind not in WORDS


def _wordless(row: Row, words: frozenset[str]) -> Row:
    """A row without some properties, its own and those of the values inside."""

    def told(held: Any) -> Any:
        if isinstance(held, list):
            return [told(each) for each in held]
        return _wordless(held, words) if isinstance(held, dict) else held

    return {name: told(held) for name, held in row.items() if name not in words}


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
