"""Strawberry as its documentation has it: a resolver for each field, over data in memory, its own ASGI view."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson
import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL


def _get(name: str) -> Any:
    def resolve(self: Any) -> Any:
        return self.row[name]

    return strawberry.field(resolver=resolve)


@strawberry.type
class Agency:
    """An agency."""

    row: strawberry.Private[Any]
    id: strawberry.ID = _get("id")
    name: str = _get("name")


@strawberry.type
class Citation:
    """A citation."""

    row: strawberry.Private[Any]
    text: str = _get("text")


@strawberry.type
class Responsibility:
    """A responsibility."""

    row: strawberry.Private[Any]
    roles: list[str] = _get("roles")

    @strawberry.field
    def agency(self) -> Agency:
        """Its agency."""
        return Agency(row=self.row["agency"])

    @strawberry.field
    def citation(self) -> Citation | None:
        """Its citation."""
        return Citation(row=self.row["citation"]) if self.row["citation"] else None


@strawberry.type
class Field:
    """A field."""

    row: strawberry.Private[Any]
    id: strawberry.ID = _get("id")
    name: str = _get("name")
    text: str = _get("text")
    position: int = _get("position")
    data_type: str | None = _get("dataType")
    identity_key: bool = _get("identityKey")


@strawberry.type
class FieldConnection:
    """A page of fields."""

    rows: strawberry.Private[Any]

    @strawberry.field
    def nodes(self) -> list[Field]:
        """The rows."""
        return [Field(row=row) for row in self.rows]


@strawberry.type
class Resource:
    """A resource."""

    row: strawberry.Private[Any]
    id: strawberry.ID = _get("id")
    name: str = _get("name")
    code: str | None = _get("code")
    origin: str = _get("origin")
    share_type: str = _get("shareType")
    open_to_public: str = _get("openToPublic")

    @strawberry.field
    def responsibilities(self) -> list[Responsibility]:
        """Its responsibilities."""
        return [Responsibility(row=row) for row in self.row["responsibilities"]]

    @strawberry.field
    def fields(self, first: int = 100) -> FieldConnection:
        """Its fields."""
        return FieldConnection(rows=self.row["fields"]["nodes"][:first])


@strawberry.type
class PageInfo:
    """Where a page stands."""

    end_cursor: str | None
    has_next_page: bool


@strawberry.type
class ResourceConnection:
    """A page of resources."""

    rows: strawberry.Private[Any]
    more: strawberry.Private[bool]

    @strawberry.field
    def nodes(self) -> list[Resource]:
        """The rows."""
        return [Resource(row=row) for row in self.rows]

    @strawberry.field
    def page_info(self) -> PageInfo:
        """Where it stands."""
        return PageInfo(end_cursor=self.rows[-1]["id"] if self.rows else None, has_next_page=self.more)


def main() -> None:
    """Serves the data of a file at a port."""
    rows = orjson.loads(Path(sys.argv[1]).read_bytes())
    by_id = {row["id"]: row for row in rows}
    places = {row["id"]: place for place, row in enumerate(rows)}

    @strawberry.type
    class Query:
        """The root."""

        @strawberry.field
        def resource(self, id: strawberry.ID) -> Resource | None:
            """One of them."""
            return Resource(row=by_id[id]) if id in by_id else None

        @strawberry.field
        def resources(self, first: int = 20, after: str | None = None) -> ResourceConnection:
            """Some of them."""
            begin = places[after] + 1 if after else 0
            return ResourceConnection(rows=rows[begin : begin + first], more=len(rows) > begin + first)

    app = Starlette(routes=[Route("/graphql", GraphQL(strawberry.Schema(query=Query)))])
    uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
