"""Sheets that say again what is held: loading an exported workbook into its own store changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from catalog.codec import from_row, to_row
from catalog.correspondence import Correspondence
from catalog.identifiers import issue_id
from catalog.issue import Issue
from catalog.puts import Gathered, batches, by_kind, of_kind
from catalog.record import Record
from catalog.resource import Resource
from catalog.source import Source
from catalog.table import rows
from catalog.value import Place
from catalog.vocabulary import Kind, Origin, Severity
from graph.port import Store
from graph.shape import Equals, Nested, Shape
from loaders.load import Gather, Loaded, more
from mulu.held import held
from mulu.touched import records


@dataclass(slots=True)
class _Sheet:
    """What a load has from one file that was not loaded before.

    ``before`` are the sources that its resources and items are held from, ``subjects`` these by identifier, ``items``
    those that are held and were not seen yet.
    """

    source: Source
    resources: int = 0
    others: int = 0
    correspondences: list[Correspondence] = field(default_factory=list)
    before: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)


async def without_repeated(store: Store, loaded: Loaded, gather: Gather = Gathered) -> Loaded:
    """The load without files whose every resource, item and correspondence the store has from others in just this form.

    These stay with the files that gave them; an issue that is not kept says so. A file that says anything else, be it
    one item less, is taken whole: its resources are of this file from then on.
    """
    if not (await store.counts())[Kind.RESOURCE]:
        return loaded
    found, sheets = loaded, await _sheets(store, loaded)
    for kind in (Kind.RESOURCE, Kind.FIELD):
        await _compare(store, kind, sheets, loaded)
    for sheet in sheets.values():
        instead = None if sheet.items else await _drawn(store, sheet)
        if instead is not None:
            found = _without(found, sheet, instead, gather)
    return found


async def _sheets(store: Store, loaded: Loaded) -> dict[str, _Sheet]:
    """The files of the load that hold catalogues, came whole, and were not loaded before, by their sources."""
    kinds = by_kind(loaded.records)
    sources = [one for one in kinds[Kind.SOURCE] if isinstance(one, Source) and one.id not in loaded.copies]
    sheets = {one.id: _Sheet(one) for one in sources}
    refused = {one.place.source for one in loaded.problems if one.severity is Severity.ERROR and one.place}
    few = (some for kind, some in kinds.items() if kind not in (Kind.FIELD, Kind.SOURCE, Kind.ISSUE))
    for one in chain.from_iterable(few):
        sheet = sheets.get(one.source or "")
        match one:
            case _ if sheet is None:
                pass
            case Resource(origin=Origin.REGISTERED):
                sheet.resources += 1
            case Correspondence():
                sheet.correspondences.append(one)
            case _:
                sheet.others += 1
    asked = [one for one in sheets.values() if one.resources and not one.others and one.source.path not in refused]
    known = await store.get([one.source.id for one in asked], Shape(), Kind.SOURCE) if asked else []
    return {one.source.id: one for one, row in zip(asked, known, strict=True) if row is None}


async def _compare(store: Store, kind: Kind, sheets: dict[str, _Sheet], loaded: Loaded) -> None:
    """Leaves out the sheets that say anything of a kind that the store has not from others in just this form."""
    names = tuple(row.name for row in rows(kind))
    nested = (("fields", Nested("fields", Shape())),) if kind is Kind.RESOURCE else ()
    shape = Shape(frozenset(names), nested)
    for some in batches(of_kind(loaded.records, kind) if sheets else ()):
        given = {one.id: one for one in some if one.source in sheets}
        async for identifier, row in held(store, kind, list(given), shape):
            one = given[identifier]
            sheet = sheets.get(one.source or "")
            if sheet is None:
                continue
            there = row and from_row(kind, {name: row.get(name) for name in names})
            if not row or not there or there.source in (None, *loaded.sources) or _said([there]) != _said([one]):
                del sheets[sheet.source.id]
                continue
            sheet.before.add(there.source or "")
            sheet.subjects.add(identifier)
            sheet.items.discard(identifier)
            sheet.items.update(each["id"] for each in row.get("fields") or ())


async def _drawn(store: Store, sheet: _Sheet) -> list[Correspondence] | None:
    """The correspondences that the store has instead of the sheet's; None where the sheet says anything else."""
    tests = (Equals("source", tuple(sorted(sheet.before))),)
    asked = [one async for one in records(store, Kind.CORRESPONDENCE, tests) if isinstance(one, Correspondence)]
    drawn = [one for one in asked if one.subject in sheet.subjects]
    alike = _said(replace(one, id="") for one in drawn) == _said(replace(one, id="") for one in sheet.correspondences)
    return drawn if alike else None


def _said(some: Iterable[Record]) -> list[Any]:
    """What records say, whichever file says it, in an order of its own."""
    return sorted((to_row(replace(one, source=None, place=None)) for one in some), key=repr)


def _without(loaded: Loaded, sheet: _Sheet, instead: Sequence[Correspondence], gather: Gather) -> Loaded:
    source = sheet.source
    staying = {one.id for one in instead}
    told = Issue(
        id=issue_id(source.id, "HELD_ELSEWHERE", ""),
        place=Place(source=source.path),
        code="HELD_ELSEWHERE",
        severity=Severity.INFO,
        message=f"all {sheet.resources} resources of this file are held just so from others, and stay theirs",
    )
    left = gather()
    left.extend(one for one in loaded.records if source.id not in (one.id, one.source))
    return replace(
        loaded,
        records=left,
        problems=more(loaded.problems, [told], gather),
        sources=tuple(one for one in loaded.sources if one != source.id),
        deletes=tuple(one for one in loaded.deletes if one not in staying),
    )
