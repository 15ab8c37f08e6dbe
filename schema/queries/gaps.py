"""Gaps and coverage: honest about what has been looked at."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import strawberry

from catalog.codec import Row
from catalog.errors import BadInput, TooCostly
from catalog.legal_time import status_on
from catalog.verdict import NOT_IN_FORCE
from catalog.vocabulary import GapKind, Kind, LegalStatus, Origin
from graph.shape import AnyOf, Equals, Holding, Linked, Question, Shape, Test
from schema import law
from schema.arguments import After, First, Identifier, On, Place, Regimes, Revision
from schema.context import Context, Info
from schema.enums import CoverageAxis, CoverageState
from schema.filters import fold_place
from schema.gap_law import checks
from schema.plans import TYPE_NAMES, Wish, fill, view
from schema.queries.agencies import agencies_of
from schema.queries.reading import of_kind, page_of
from schema.selection import Selected, selected, wanted
from schema.types.agency import Agency
from schema.types.base import Node, answered
from schema.types.citation import Citation
from schema.types.gap import Gap, GapConnection, GapCount
from schema.types.resource import Resource


@strawberry.type(description="How one agency stands to one row (覆盖格).")
class CoverageCell:
    """A cell; agencies a row does not concern have none."""

    agency: Agency = strawberry.field(description="The agency responsible (责任部门).")
    state: CoverageState = strawberry.field(description="How it stands (覆盖状态).")
    resource: Resource | None = strawberry.field(description="The registered resource that fulfils it (登记资源).")
    citation: Citation | None = strawberry.field(description="The provision that assigns it (依据).")


@strawberry.type(description="One row of the matrix (覆盖行).")
class CoverageRow:
    """A row."""

    subject: Node = strawberry.field(description="What the row is about (对象).")
    label: str = strawberry.field(description="Its name (名称).")
    cells: list[CoverageCell] = strawberry.field(description="One cell for each agency that it concerns (覆盖格).")


@strawberry.type(description="The cells counted by state (覆盖合计).")
class CoverageTotals:
    """Totals."""

    covered: int = strawberry.field(description="Fulfilled (已覆盖).")
    partial: int = strawberry.field(description="Fulfilled in part (部分覆盖).")
    missing: int = strawberry.field(description="Not fulfilled (未覆盖).")
    duplicate: int = strawberry.field(description="Fulfilled by several (重复).")
    lapsed: int = strawberry.field(description="No longer assigned (依据失效).")
    share: float = strawberry.field(description="Covered among those still assigned, 0 to 1 (覆盖率).")


@strawberry.type(description="What the law assigns against what is registered (覆盖矩阵).")
class CoverageMatrix:
    """The matrix."""

    rows: list[CoverageRow] = strawberry.field(description="What is assigned, by identifier (行).")
    columns: list[Agency] = strawberry.field(description="The agencies that appear in cells, by identifier (列).")
    totals: CoverageTotals = strawberry.field(description="The cells counted by state (合计).")
    checked: list[str] = strawberry.field(description="What was looked at, and how much of it (检查范围).")


@strawberry.type
class GapQueries:
    """Where the catalogue falls short of the law."""

    @answered("Where the catalogue falls short of the law on a date, by twelve rules (缺口).")
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
        tests: list[Test] = [Holding(context.date(on).isoformat())]
        if (place := fold_place(jurisdiction)) is not None:
            tests.append(_of("owner", await agencies_of(context, place)))
        if regulation is not None:
            tests.append(Linked("citation.regulation", (of_kind(regulation, Kind.REGULATION),)))
        if kind is not None:
            tests.append(Equals("gap_kind", tuple(term.value for term in kind)))
        if agency is not None:
            tests.append(_of("owner", (of_kind(agency, Kind.AGENCY),)))
        if resource is not None:
            tests.append(_of("subject", (of_kind(resource, Kind.RESOURCE),)))
        asked = one.select()
        counts = await _counts(context, tests) if wanted(asked, "counts") else []
        checked = (
            await checks(context, kind or tuple(GapKind), place, context.date(on)) if wanted(asked, "checked") else []
        )
        found: Any = await page_of(info, Gap, Kind.GAP, tests, on=on, counts=counts, checked=checked)
        page: GapConnection = found
        return page

    @answered("What the law assigns, agency by agency, against what is registered (覆盖矩阵).")
    async def coverage(
        self,
        info: Info,
        jurisdiction: Place = None,
        rows: Annotated[
            CoverageAxis | None, strawberry.argument(description="What the rows are (行).")
        ] = CoverageAxis.DUTY,
        regime: Regimes = None,
        on: On = None,
    ) -> CoverageMatrix:
        if rows not in (None, CoverageAxis.DUTY):
            raise BadInput(f"coverage by {rows} is not answered yet", suggestion="ask with rows: DUTY")
        context, one = info.context, selected(info)
        day, limit = context.date(on), context.limits.matrix
        tests: list[Test] = [Equals("origin", (Origin.STATUTORY.value,))]
        if (place := fold_place(jurisdiction)) is not None:
            tests.append(Equals("jurisdiction", (place,)))
        if regime is not None:
            tests.append(Equals("regime", tuple(term.value for term in regime)))
        page = await context.store.read(Question(Kind.RESOURCE, _shape(one), tuple(tests), first=limit))
        if page.more:
            raise TooCostly(
                f"more than {limit} duties would have to be shown",
                cost=limit + 1,
                limit=limit,
                suggestion="narrow it by jurisdiction or regime",
            )
        return _matrix(one, list(page.rows), day)


async def _counts(context: Context, tests: list[Test]) -> list[GapCount]:
    """One count a kind; none at all where the store holds no gaps."""
    if not (await context.store.counts()).get(Kind.GAP):
        return []
    counts = []
    for kind in GapKind:
        question = Question(Kind.GAP, Shape(), (*tests, Equals("gap_kind", (kind.value,))), first=1, count=True)
        counts.append(GapCount(kind=kind, count=(await context.store.read(question)).total or 0))
    return [count for count in counts if count.count]


def _of(property_: str, targets: tuple[str, ...]) -> Test:
    """The gaps of these: owned by them or about them, or shown by them (the agencies that collect one thing again)."""
    return AnyOf((Linked(property_, targets), Linked("evidence", targets)))


def _selections(one: Selected, *path: str) -> list[Selected]:
    found = [one]
    for name in path:
        found = [child for place in found for child in place.child(name)]
    return [field for place in found for field in place.select()]


def _shape(one: Selected) -> Shape:
    wish = Wish()
    wish.need("name")
    wish.reach("regulation").need(*law.DATES)
    duties = wish.reach("responsibilities", value=True)
    duties.need("roles")
    citation = duties.reach("citation", value=True)
    law.want_text(citation)
    fill(citation, _selections(one, "rows", "cells", "citation"))
    agency = duties.reach("agency")
    fill(agency, _selections(one, "rows", "cells", "agency"))
    fill(agency, _selections(one, "columns"))
    fill(wish.reach("fulfilled_by"), _selections(one, "rows", "cells", "resource"))
    type_ = one.raw.schema.type_map[TYPE_NAMES[Kind.RESOURCE]]
    for place in (child for row in one.child("rows") for child in row.child("subject")):
        fill(wish, place.select(type_))
    return wish.shape()


def _matrix(one: Selected, found: list[Row], on: dt.date) -> CoverageMatrix:
    types = one.raw.schema.type_map
    rows, tally = [], dict.fromkeys(CoverageState, 0)
    columns: dict[str, Agency] = {}
    for row in found:
        cells = []
        for held in _by_agency(row):
            state = _state(row, held, on)
            tally[state] += 1
            agency = columns.setdefault(held["agency"]["id"], view(types["Agency"], held["agency"], on))
            registered = row["fulfilled_by"][0] if row["fulfilled_by"] else None
            cells.append(
                CoverageCell(
                    agency=agency,
                    state=state,
                    resource=view(types["Resource"], registered, on) if registered else None,
                    citation=view(types["Citation"], held["citation"], on) if held["citation"] else None,
                )
            )
        rows.append(CoverageRow(subject=view(types["Resource"], row, on), label=row["name"], cells=cells))
    assigned = tally[CoverageState.COVERED] + tally[CoverageState.MISSING]
    return CoverageMatrix(
        rows=rows,
        columns=[columns[identifier] for identifier in sorted(columns)],
        totals=CoverageTotals(
            covered=tally[CoverageState.COVERED],
            partial=tally[CoverageState.PARTIAL],
            missing=tally[CoverageState.MISSING],
            duplicate=tally[CoverageState.DUPLICATE],
            lapsed=tally[CoverageState.LAPSED],
            share=tally[CoverageState.COVERED] / assigned if assigned else 0.0,
        ),
        checked=[
            f"{len(found)} statutory resources against the registered resources that fulfil them, on {on}",
            "the fields of both were not compared: nothing is called PARTIAL or DUPLICATE yet",
        ],
    )


def _by_agency(row: Row) -> list[Row]:
    """One responsibility for each agency: the first one that it holds."""
    held: dict[str, Row] = {}
    for one in row["responsibilities"]:
        held.setdefault(one["agency"]["id"], one)
    return list(held.values())


def _state(row: Row, held: Row, on: dt.date) -> CoverageState:
    text = (law.text_of(held["citation"]) if held["citation"] else None) or row["regulation"]
    status = status_on(law.law(text), on) if text else LegalStatus.UNKNOWN
    if status in NOT_IN_FORCE:
        return CoverageState.LAPSED
    return CoverageState.COVERED if row["fulfilled_by"] else CoverageState.MISSING
