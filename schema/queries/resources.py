"""Root fields about resources and fields."""

from __future__ import annotations

from typing import Annotated

import strawberry

from catalog.errors import BadInput
from catalog.vocabulary import Kind
from graph.shape import Equals, Question
from schema import cursors
from schema.arguments import After, Before, First, Identifier, Last, On, OneIdentifier, Revision
from schema.connections import Connection, connection
from schema.context import Info
from schema.enums import OrderDirection, ResourceOrderBy
from schema.filters import FieldFilter, ResourceFilter, ResourceOrder
from schema.plans import page_size
from schema.queries.reading import (
    by_id,
    by_tests,
    context_of,
    counted,
    exact,
    exactly_one,
    page_of,
    shape_of_rows,
    value,
)
from schema.selection import Selected, selected
from schema.types.base import answered
from schema.types.field import Field
from schema.types.resource import Resource

_ORDERS = {
    ResourceOrderBy.ID: "id",
    ResourceOrderBy.NAME: "name",
    ResourceOrderBy.CODE: "code",
    ResourceOrderBy.MODIFIED: "modified",
}


@strawberry.type
class ResourceQueries:
    """Resources and their fields."""

    @answered("One resource, by identifier or code (信息资源).")
    async def resource(
        self,
        info: Info,
        id: Identifier = None,
        code: Annotated[str | None, strawberry.argument(description="The code in its catalogue (代码).")] = None,
        on: On = None,
        revision: Revision = None,
    ) -> Resource | None:
        exactly_one(id=id, code=code)
        if id is not None:
            return await by_id(info, Resource, Kind.RESOURCE, id, on)
        return await by_tests(
            info, Resource, Kind.RESOURCE, [Equals("code", (exact(code or "", "code"),))], f"code {code!r}", on
        )

    @answered("Resources that pass a filter, paged forwards or backwards (信息资源列表).")
    async def resources(
        self,
        info: Info,
        filter: Annotated[ResourceFilter | None, strawberry.argument(description="Which (筛选).")] = None,
        order_by: Annotated[ResourceOrder | None, strawberry.argument(description="In which order (排序).")] = None,
        on: On = None,
        revision: Revision = None,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Resource]:
        one = selected(info)
        context = await context_of(info, one)
        order = _ORDERS[order_by.by] if order_by else "id"
        question = cursors.question_of(one.name, one.arguments)
        backward = last is not None
        cursor = _direction(one, last, before, after)
        name = "last" if backward else "first"
        size = page_size(one.arguments[name], context.limits.first, one.name, name=name)
        page = await context.store.read(
            Question(
                Kind.RESOURCE,
                shape_of_rows(one) if order == "id" else shape_of_rows(one, order),
                tuple(filter.tests()) if filter else (),
                order=order,
                descending=order_by is not None and order_by.direction is OrderDirection.DESC,
                first=size,
                after=cursors.decode(cursor, question) if cursor is not None else None,
                backward=backward,
                count=counted(one),
            )
        )
        return connection(  # type: ignore[no-any-return]
            page.rows,
            one,
            context.date(on),
            question=question,
            keys=[(row["id"],) if order == "id" else (value(row[order]), row["id"]) for row in page.rows],
            more=cursor is not None if backward else page.more,
            before=page.more if backward else cursor is not None,
            total=page.total,
        )

    @answered("One field, by identifier (信息项).")
    async def field(self, info: Info, id: OneIdentifier, revision: Revision = None) -> Field | None:
        return await by_id(info, Field, Kind.FIELD, id)

    @answered("Fields that pass a filter (信息项列表).")
    async def fields(
        self,
        info: Info,
        filter: Annotated[FieldFilter | None, strawberry.argument(description="Which (筛选).")] = None,
        revision: Revision = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Field]:
        return await page_of(info, Field, Kind.FIELD, filter.tests() if filter else ())


def _direction(one: Selected, last: int | None, before: str | None, after: str | None) -> str | None:
    """The cursor that counts; forwards and backwards do not mix."""
    if last is None:
        if before is not None:
            raise BadInput("before goes with last", suggestion="give last and before, or first and after")
        return after
    if after is not None or one.says("first"):
        raise BadInput("first and after do not go with last", suggestion="give last and before, or first and after")
    return before
