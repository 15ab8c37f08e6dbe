"""Gaps: honest about what has been looked at."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated, Any

import strawberry

from catalog.vocabulary import GapKind, Kind
from graph.shape import AnyOf, Equals, Holding, Linked, Question, Shape, Test
from schema.arguments import After, First, On, Place, Revision
from schema.context import Context, Info
from schema.filters import fold_place
from schema.gap_law import checks
from schema.queries.agencies import agencies_of
from schema.queries.reading import context_of, of_kind, page_of, several
from schema.selection import selected, wanted
from schema.types.base import answered
from schema.types.gap import Gap, GapConnection, GapCount
from schema.waiting import all_of


@strawberry.type
class GapQueries:
    """Where the catalogue falls short of the law."""

    @answered("Where the catalogue falls short of the law on a date, by twelve rules (缺口).")
    async def gaps(
        self,
        info: Info,
        kind: Annotated[list[GapKind] | None, strawberry.argument(description="Only these kinds (缺口类型).")] = None,
        agency: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Only gaps that this agency has to close, or is evidence of (责任部门)."),
        ] = None,
        resource: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Only gaps about this resource, or with it as evidence (信息资源)."),
        ] = None,
        regulation: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Only gaps that rest on a provision of this text (依据法规)."),
        ] = None,
        jurisdiction: Place = None,
        on: On = None,
        revision: Revision = None,
        first: First = 50,
        after: After = None,
    ) -> GapConnection:
        one = selected(info)
        context = await context_of(info, one)
        tests: list[Test] = [Holding(context.date(on).isoformat())]
        if (place := fold_place(jurisdiction)) is not None:
            tests.append(_of("owner", await agencies_of(context, place)))
        if regulation is not None:
            tests.append(Linked("citation.regulation", (of_kind(regulation, Kind.REGULATION),)))
        if kind is not None:
            tests.append(Equals("gap_kind", several((term.value for term in kind), "kind")))
        if agency is not None:
            tests.append(_of("owner", (of_kind(agency, Kind.AGENCY),)))
        if resource is not None:
            tests.append(_of("subject", (of_kind(resource, Kind.RESOURCE),)))
        asked = one.select()
        reads: dict[str, Awaitable[Any]] = {}
        if wanted(asked, "counts"):
            reads["counts"] = _counts(context, tests)
        if wanted(asked, "checked"):
            reads["checked"] = checks(context, tuple(GapKind) if kind is None else kind, place, context.date(on))
        also = {"counts": [], "checked": [], **dict(zip(reads, await all_of(reads.values()), strict=True))}
        found: Any = await page_of(info, Gap, Kind.GAP, tests, on=on, **also)
        page: GapConnection = found
        return page


async def _counts(context: Context, tests: list[Test]) -> list[GapCount]:
    """One count for each kind that there are gaps of."""
    questions = [
        Question(Kind.GAP, Shape(), (*tests, Equals("gap_kind", (kind.value,))), first=1, count=True)
        for kind in GapKind
    ]
    pages = await all_of(context.store.read(question) for question in questions)
    counts = [GapCount(kind=kind, count=page.total or 0) for kind, page in zip(GapKind, pages, strict=True)]
    return [count for count in counts if count.count]


def _of(property_: str, targets: tuple[str, ...]) -> Test:
    """The gaps of these: owned by them or about them, or shown by them (the agencies that collect one thing again)."""
    return AnyOf((Linked(property_, targets), Linked("evidence", targets)))
