"""Root fields about agencies, data elements and demands."""

from __future__ import annotations

from typing import Annotated

import strawberry

from catalog.errors import TooCostly
from catalog.vocabulary import Kind
from graph.shape import Equals, Linked, Named, Question, Shape, Test
from schema.arguments import After, First, Identifier, OneIdentifier, Revision
from schema.connections import Connection
from schema.context import Context, Info
from schema.filters import AgencyFilter, CorrespondenceFilter, DataElementFilter, DemandFilter, fold_place
from schema.queries.reading import by_id, by_tests, context_of, exact, exactly_one, folded, page_of
from schema.selection import selected
from schema.types.agency import Agency
from schema.types.base import answered
from schema.types.correspondence import Correspondence
from schema.types.data_element import DataElement
from schema.types.demand import Demand

Name = Annotated[str | None, strawberry.argument(description="Its own name, in whatever script or width (名称).")]
Code = Annotated[str | None, strawberry.argument(description="Its unified social credit code (统一社会信用代码).")]


@strawberry.type
class AgencyQueries:
    """Agencies, data elements and demands."""

    @answered("One agency, by identifier, name or credit code (部门).")
    async def agency(
        self, info: Info, id: Identifier = None, name: Name = None, credit_code: Code = None, revision: Revision = None
    ) -> Agency | None:
        asked = exactly_one(id=id, name=name, creditCode=credit_code)
        if id is not None:
            return await by_id(info, Agency, Kind.AGENCY, id)
        test: Test = (
            Named(folded(name, "name"))
            if name is not None
            else Equals("credit_code", (exact(credit_code or "", "creditCode"),))
        )
        return await by_tests(info, Agency, Kind.AGENCY, [test], f"this {asked}")

    @answered("Agencies that pass a filter (部门列表).")
    async def agencies(
        self,
        info: Info,
        filter: Annotated[AgencyFilter | None, strawberry.argument(description="Which (筛选).")] = None,
        revision: Revision = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Agency]:
        return await page_of(info, Agency, Kind.AGENCY, filter.tests() if filter else ())

    @answered("One data element, by identifier or name (数据元).")
    async def data_element(
        self, info: Info, id: Identifier = None, name: Name = None, revision: Revision = None
    ) -> DataElement | None:
        exactly_one(id=id, name=name)
        if id is not None:
            return await by_id(info, DataElement, Kind.DATA_ELEMENT, id)
        return await by_tests(info, DataElement, Kind.DATA_ELEMENT, [Named(folded(name or "", "name"))], "this name")

    @answered("Data elements that pass a filter (数据元列表).")
    async def data_elements(
        self,
        info: Info,
        filter: Annotated[DataElementFilter | None, strawberry.argument(description="Which (筛选).")] = None,
        revision: Revision = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[DataElement]:
        return await page_of(info, DataElement, Kind.DATA_ELEMENT, filter.tests() if filter else ())

    @answered("One demand, by identifier (需求).")
    async def demand(self, info: Info, id: OneIdentifier, revision: Revision = None) -> Demand | None:
        return await by_id(info, Demand, Kind.DEMAND, id)

    @answered("Demands that pass a filter (需求列表).")
    async def demands(
        self,
        info: Info,
        filter: Annotated[DemandFilter | None, strawberry.argument(description="Which (筛选).")] = None,
        revision: Revision = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Demand]:
        tests = list(filter.tests()) if filter else []
        if filter and (place := fold_place(filter.jurisdiction)) is not None:
            tests.append(Linked("agency", await agencies_of(await context_of(info, selected(info)), place)))
        return await page_of(info, Demand, Kind.DEMAND, tests)

    @answered("What is said to correspond to what, by mapping files, catalogues and equal names (对应关系列表).")
    async def correspondences(
        self,
        info: Info,
        filter: Annotated[CorrespondenceFilter | None, strawberry.argument(description="Which (筛选).")] = None,
        revision: Revision = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Correspondence]:
        return await page_of(info, Correspondence, Kind.CORRESPONDENCE, filter.tests() if filter else ())


async def agencies_of(context: Context, place: str) -> tuple[str, ...]:
    """The agencies of a place: demands and gaps have a place only by their agency."""
    limit = context.limits.matrix
    page = await context.store.read(Question(Kind.AGENCY, Shape(), (Equals("jurisdiction", (place,)),), first=limit))
    if page.more:
        raise TooCostly(
            f"more than {limit} agencies belong to {place}", cost=limit + 1, limit=limit, suggestion="filter by agency"
        )
    # no agency there: the empty identifier links to nothing, where an empty list would mean any
    return tuple(row["id"] for row in page.rows) or ("",)
