"""Sheets that say again what is held: loading an exported workbook into its own store changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.codec import from_row, to_row
from catalog.correspondence import Correspondence
from catalog.field import Field
from catalog.identifiers import issue_id
from catalog.issue import Issue
from catalog.record import Record
from catalog.resource import Resource
from catalog.source import Source
from catalog.table import rows
from catalog.value import Place
from catalog.vocabulary import Kind, Origin, Severity
from graph.port import Store
from graph.shape import Equals, Nested, Shape
from loaders.load import Loaded
from mulu.held import held
from mulu.touched import records


@dataclass(slots=True)
class _Sheet:
    """What a load has from one file that was not loaded before."""

    source: Source
    resources: list[Resource] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    correspondences: list[Correspondence] = field(default_factory=list)
    others: int = 0


async def without_repeated(store: Store, loaded: Loaded) -> Loaded:
    """The load without files whose every resource, item and correspondence the store has from others in just this form.

    These stay with the files that gave them; an issue that is not kept says so. A file that says anything else, be it
    one item less, is taken whole: its resources are of this file from then on.
    """
    found = loaded
    for sheet in await _sheets(store, loaded):
        instead = await _held_alike(store, sheet, loaded.sources)
        if instead is not None:
            found = _without(found, sheet, instead)
    return found


async def _sheets(store: Store, loaded: Loaded) -> Sequence[_Sheet]:
    """The files of the load that hold catalogues, came whole, and were not loaded before."""
    sheets = {one.id: _Sheet(one) for one in loaded.records if isinstance(one, Source) and one.id not in loaded.copies}
    refused = {one.place.source for one in loaded.problems if one.severity is Severity.ERROR and one.place}
    for one in loaded.records:
        sheet = sheets.get(one.source or "")
        match one:
            case _ if sheet is None or isinstance(one, Source | Issue):
                pass
            case Resource(origin=Origin.REGISTERED):
                sheet.resources.append(one)
            case Field():
                sheet.fields.append(one)
            case Correspondence():
                sheet.correspondences.append(one)
            case _:
                sheet.others += 1
    asked = [one for one in sheets.values() if one.resources and not one.others and one.source.path not in refused]
    known = await store.get([one.source.id for one in asked], Shape(), Kind.SOURCE) if asked else []
    return [one for one, row in zip(asked, known, strict=True) if row is None]


async def _held_alike(store: Store, sheet: _Sheet, replaced: Collection[str]) -> list[Correspondence] | None:
    """The correspondences that the store has instead of the sheet's; None where the sheet says anything else."""
    before: set[str] = set()
    items: set[str] = set()
    for kind, some in ((Kind.RESOURCE, sheet.resources), (Kind.FIELD, sheet.fields)):
        names = tuple(row.name for row in rows(kind))
        nested = (("fields", Nested("fields", Shape())),) if kind is Kind.RESOURCE else ()
        shape = Shape(frozenset(names), nested)
        given = {one.id: one for one in some}
        async for identifier, row in held(store, kind, list(given), shape):
            if row is None:
                return None
            items.update(each["id"] for each in row.get("fields") or ())
            there = from_row(kind, {name: row.get(name) for name in names})
            if there.source is None or there.source in replaced or _said([there]) != _said([given[identifier]]):
                return None
            before.add(there.source)
    if items != {one.id for one in sheet.fields}:
        return None
    subjects = {one.id for one in (*sheet.resources, *sheet.fields)}
    tests = (Equals("source", tuple(sorted(before))),)
    asked = [one async for one in records(store, Kind.CORRESPONDENCE, tests) if isinstance(one, Correspondence)]
    drawn = [one for one in asked if one.subject in subjects]
    alike = _said(replace(one, id="") for one in drawn) == _said(replace(one, id="") for one in sheet.correspondences)
    return drawn if alike else None


def _said(some: Iterable[Record]) -> list[Any]:
    """What records say, whichever file says it, in an order of its own."""
    return sorted((to_row(replace(one, source=None, place=None)) for one in some), key=repr)


def _without(loaded: Loaded, sheet: _Sheet, instead: Sequence[Correspondence]) -> Loaded:
    source = sheet.source
    staying = {one.id for one in instead}
    told = Issue(
        id=issue_id(source.id, "HELD_ELSEWHERE", ""),
        place=Place(source=source.path),
        code="HELD_ELSEWHERE",
        severity=Severity.INFO,
        message=f"all {len(sheet.resources)} resources of this file are held just so from others, and stay theirs",
    )
    return replace(
        loaded,
        records=tuple(one for one in loaded.records if source.id not in (one.id, one.source)),
        problems=(*loaded.problems, told),
        sources=tuple(one for one in loaded.sources if one != source.id),
        deletes=tuple(one for one in loaded.deletes if one not in staying),
    )
