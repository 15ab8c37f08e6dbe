"""What a loaded export of our own may change: what is not held yet, and what came from that very file before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from catalog.changes import references
from catalog.correspondence import Correspondence
from catalog.identifiers import issue_id, kind_of, source_id
from catalog.issue import Issue
from catalog.pruning import without
from catalog.record import Record
from catalog.source import Source
from catalog.value import Place
from catalog.vocabulary import Kind, Severity
from graph.port import Store
from graph.shape import Nested, Shape
from loaders.load import Loaded
from mulu.held import held

_HOLDER = Shape(frozenset(), (("source", Nested("source", Shape())),))


async def without_held(store: Store, loaded: Loaded) -> Loaded:
    """The load without those records of copies that the store holds from elsewhere.

    An export says less than the source that it was made from, so a record stays as that source gave it. A file of which
    nothing is left is then no source: loading an export into its own store changes nothing. An issue that is not kept
    says how many records stay.

    A page or a record of an export names what stands on others: references to what is neither in this load nor held are
    left out, and an issue says how many.
    """
    if not loaded.copies:
        return loaded
    copied = [one for one in loaded.records if one.id in loaded.copied]
    holders = await _holders(store, copied)
    staying = {one.id: one for one in copied if one.id in holders and holders[one.id] not in loaded.sources}
    again = {one for one, source in holders.items() if source in loaded.sources}
    news = [
        one for one in loaded.records if one.id not in staying and (one.id in again or not _of_staying(one, staying))
    ]
    whole, problems = await _whole(store, news, loaded)
    left = list(whole)
    used = {one.source for one in left}
    given = {one.id for one in left if isinstance(one, Source)}
    known = {one async for one, row in held(store, Kind.SOURCE, sorted(given & loaded.copies), Shape()) if row}
    empty = {each for each in loaded.copies if each not in used and each not in known}
    return replace(
        loaded,
        records=tuple(one for one in left if one.id not in empty),
        problems=(*loaded.problems, *problems, *_said(loaded, staying)),
    )


def _of_staying(record: Record, staying: Mapping[str, Record]) -> bool:
    """Whether a record says what another corresponds to that stays as it is."""
    return isinstance(record, Correspondence) and record.subject in staying


async def _whole(store: Store, records: Sequence[Record], loaded: Loaded) -> tuple[list[Record], list[Issue]]:
    """The records without references to what is nowhere, for those of copies, and how many these were."""
    found, times = list(records), 0
    while True:
        ids = {one.id for one in found}
        named = references(one for one in found if one.id in loaded.copied) - ids
        gone = named - await _held(store, named)
        if not gone:
            break
        times += len(gone)
        pruned = (without(one, gone) if one.id in loaded.copied else one for one in found)
        found = [one for one in pruned if one is not None]
    paths = sorted(one.path for one in loaded.records if isinstance(one, Source) and one.id in loaded.copies)
    issues = [
        Issue(
            id=issue_id(source_id(paths[0]), "MISSING_REFERENCE", ""),
            place=Place(source=paths[0]),
            code="MISSING_REFERENCE",
            severity=Severity.WARNING,
            message=f"{times} records are named that are neither in this load nor held; what needs them is left out",
            suggestion="load the whole export, or all of its pages together",
        )
    ]
    return found, issues if times else []


async def _held(store: Store, identifiers: Collection[str]) -> set[str]:
    """Which of these the store has."""
    found: set[str] = set()
    for kind in Kind:
        ids = sorted(each for each in identifiers if kind_of(each) is kind)
        found |= {one async for one, row in held(store, kind, ids, Shape()) if row is not None}
    return found


async def _holders(store: Store, records: Sequence[Record]) -> Mapping[str, str | None]:
    """Identifier → the source that the store has the record from, None for shared records; those held alone."""
    found: dict[str, str | None] = {}
    for kind in Kind:
        ids = sorted({one.id for one in records if one.kind is kind})
        async for one, row in held(store, kind, ids, _HOLDER):
            if row is not None:
                found[one] = row["source"]["id"] if row["source"] else None
    return found


def _said(loaded: Loaded, staying: Mapping[str, Record]) -> Iterator[Issue]:
    times = Counter(one.source for one in staying.values() if one.source is not None)
    paths = {one.id: one.path for one in loaded.records if isinstance(one, Source)}
    for source, number in sorted(times.items()):
        if source is not None:
            yield Issue(
                id=issue_id(source, "HELD_ELSEWHERE", ""),
                place=Place(source=paths[source]),
                code="HELD_ELSEWHERE",
                severity=Severity.INFO,
                message=f"{number} records of this export are held from other sources and stay as they are there",
            )
