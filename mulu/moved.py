"""What a load takes over from files that were loaded before: a resource is of the file that listed it last."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.identifiers import issue_id
from catalog.issue import Issue
from catalog.resource import Resource
from catalog.source import Source
from catalog.value import Place
from catalog.vocabulary import Kind, Origin, Severity
from graph.port import Store
from graph.shape import Nested, Shape
from loaders.load import Loaded

BATCH = 1000
NAMED = 5
"""How many of the resources an issue names."""
_OF = Shape(frozenset(), (("source", Nested("source", Shape(frozenset({"path"})))),))


async def moved(store: Store, loaded: Loaded) -> tuple[Issue, ...]:
    """An issue for each pair of a file of this load and an earlier one that listed the same resources.

    It is about this load alone and is not kept. Files that are loaded again with this one are no earlier ones.
    """
    listed = [one for one in loaded.records if isinstance(one, Resource) and one.origin is Origin.REGISTERED]
    paths = {one.id: one.path for one in loaded.records if isinstance(one, Source)}
    found: dict[tuple[str, str], list[str]] = {}
    for start in range(0, len(listed), BATCH):
        part = listed[start : start + BATCH]
        for one, row in zip(part, await store.get([one.id for one in part], _OF, Kind.RESOURCE), strict=True):
            before = row and row["source"]
            if one.source in paths and before and before["id"] not in (one.source, *loaded.sources):
                found.setdefault((one.source or "", before["path"]), []).append(one.code or one.name)
    return tuple(_issue(source, paths[source], before, codes) for (source, before), codes in sorted(found.items()))


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
