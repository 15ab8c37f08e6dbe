"""Gaps: honest about what has been looked at."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from catalog.vocabulary import GapKind, Kind
from graph.shape import Equals, Linked, Question, Shape, Test
from schema.arguments import After, First, Identifier, On, Place, Revision
from schema.context import Context, Info
from schema.filters import fold_place
from schema.queries.agencies import agencies_of
from schema.queries.reading import of_kind, page_of
from schema.selection import selected, wanted
from schema.types.base import answered
from schema.types.gap import Gap, GapConnection, GapCount


@strawberry.type
class GapQueries:
    """Where the catalogue falls short of the law."""

    @answered("Where the catalogue falls short of the law, as far as gap rules have run (缺口).")
    async def gaps(
        self,
        info: Info,
        kind: Annotated[list[GapKind] | None, strawberry.argument(description="Only these kinds (缺口类型).")] = None,
        agency: Identifier = None,
        resource: Identifier = None,
        regulation: Identifier = None,
        jurisdiction: Place = None,
        on: On = None,
        revision: Revision = None,
        first: First = 50,
        after: After = None,
    ) -> GapConnection:
        context, one = info.context, selected(info)
        await context.at(revision)
        tests: list[Test] = []
        if (place := fold_place(jurisdiction)) is not None:
            tests.append(Linked("owner", await agencies_of(context, place)))
        if regulation is not None:
            tests.append(Linked("citation.regulation", (of_kind(regulation, Kind.REGULATION),)))
        if kind is not None:
            tests.append(Equals("gap_kind", tuple(term.value for term in kind)))
        if agency is not None:
            tests.append(Equals("owner", (of_kind(agency, Kind.AGENCY),)))
        if resource is not None:
            tests.append(Equals("subject", (of_kind(resource, Kind.RESOURCE),)))
        asked = one.select()
        counts = await _counts(context, tests) if wanted(asked, "counts") else []
        checked = await _checked(context) if wanted(asked, "checked") else []
        found: Any = await page_of(info, Gap, Kind.GAP, tests, on=on, counts=counts, checked=checked)
        page: GapConnection = found
        return page


async def _counts(context: Context, tests: list[Test]) -> list[GapCount]:
    """One count a kind; none at all where the store holds no gaps."""
    if not (await context.store.counts()).get(Kind.GAP):
        return []
    counts = []
    for kind in GapKind:
        question = Question(Kind.GAP, Shape(), (*tests, Equals("gap_kind", (kind.value,))), first=1, count=True)
        counts.append(GapCount(kind=kind, count=(await context.store.read(question)).total or 0))
    return [count for count in counts if count.count]


async def _checked(context: Context) -> list[str]:
    counts = await context.store.counts()
    return [
        "no gap rule has run: this version computes none, so an empty list says nothing about the catalogue",
        f"gap records in the store: {counts.get(Kind.GAP, 0)}, at revision {await context.head()}",
        f"not compared with each other: {counts.get(Kind.RESOURCE, 0)} resources, "
        f"{counts.get(Kind.REGULATION, 0)} regulations, {counts.get(Kind.DEMAND, 0)} demands",
    ]
