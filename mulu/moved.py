"""What a load takes over from files that were loaded before: a resource is of the file that listed it last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.identifiers import issue_id
from catalog.issue import Issue
from catalog.puts import batches, of_kind
from catalog.resource import Resource
from catalog.source import Source
from catalog.value import Place
from catalog.vocabulary import Kind, Origin, Severity
from graph.port import Store
from graph.shape import Nested, Shape
from loaders.load import Loaded
from mulu.held import held

NAMED = 5
"""How many of the resources an issue names."""
_OF = Shape(frozenset(), (("source", Nested("source", Shape(frozenset({"path"})))),))


async def moved(store: Store, loaded: Loaded) -> tuple[Issue, ...]:
    """An issue for each pair of a file of this load and an earlier one that listed the same resources.

    It is about this load alone and is not kept. Files that are loaded again with this one are no earlier ones.
    """
    paths = {one.id: one.path for one in of_kind(loaded.records, Kind.SOURCE) if isinstance(one, Source)}
    found: dict[tuple[str, str], list[str]] = {}
    if (await store.counts())[Kind.RESOURCE]:
        for some in batches(loaded_resources(loaded)):
            listed = {one.id: one for one in some if one.source in paths}
            async for identifier, row in held(store, Kind.RESOURCE, list(listed), _OF):
                before, one = row and row["source"], listed[identifier]
                if before and before["id"] not in (one.source, *loaded.sources):
                    found.setdefault((one.source or "", before["path"]), []).append(one.code or one.name)
    return tuple(_issue(source, paths[source], before, codes) for (source, before), codes in sorted(found.items()))


def loaded_resources(loaded: Loaded) -> Iterator[Resource]:
    """The registered resources of a load, one after the other."""
    found = of_kind(loaded.records, Kind.RESOURCE)
    return (one for one in found if isinstance(one, Resource) and one.origin is Origin.REGISTERED)


def _issue(source: str, path: str, before: str, codes: Sequence[str]) -> Issue:
    named = "、".join(codes[:NAMED]) + (" …" if len(codes) > NAMED else "")
    return Issue(
        id=issue_id(source, "MOVED", before),
        place=Place(source=path),
        code="MOVED",
        severity=Severity.WARNING,
        message=f"{len(codes)} resources that {before} listed are of this file now: {named}",
        suggestion="a resource is of the file that listed it last: keep it in one of the two",
    )
