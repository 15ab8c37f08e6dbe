"""Relay connections: one generic mechanism from which every XConnection and XEdge of the contract is made."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import strawberry
from graphql import GraphQLNamedType, GraphQLObjectType, get_named_type

from catalog.codec import Row
from graph.shape import KeysetKey
from schema import cursors
from schema.plans import node, view
from schema.selection import Selected, wanted

T = TypeVar("T")


@strawberry.type(description="Where a page stands in its list (分页信息).")
class PageInfo:
    """Relay's PageInfo."""

    has_next_page: bool = strawberry.field(description="Whether there are more rows after this page (有下一页).")
    has_previous_page: bool = strawberry.field(description="Whether there are rows before this page (有上一页).")
    start_cursor: str | None = strawberry.field(description="The cursor of the first row (起始游标).", default=None)
    end_cursor: str | None = strawberry.field(description="The cursor of the last row (结束游标).", default=None)


@strawberry.type(description="A row of a page with its cursor (边).")
class Edge(Generic[T]):
    """Relay's edge."""

    cursor: str = strawberry.field(description="The place of this row, to page on from (游标).")
    node: T = strawberry.field(description="The row itself (节点).")


@strawberry.type(description="A page of a list (分页列表).")
class Connection(Generic[T]):
    """Relay's connection, with the rows alone as ``nodes``."""

    edges: list[Edge[T]] = strawberry.field(description="The rows with their cursors (边).")
    nodes: list[T] = strawberry.field(description="The rows alone (节点).")
    page_info: PageInfo = strawberry.field(description="Where this page stands (分页信息).")
    total_count: int = strawberry.field(description="How many rows there are in all; counted only when asked (总数).")


def assemble(
    connection_type: type[Any],
    rows: Sequence[Any],
    question: str,
    keys: Sequence[KeysetKey],
    *,
    more: bool,
    before: bool,
    total: int | None,
    edged: bool = True,
    **also: Any,
) -> Any:
    """A connection of rows that are GraphQL objects already; without edges where nobody asks for them."""
    info = PageInfo(
        has_next_page=more,
        has_previous_page=before,
        start_cursor=cursors.encode(question, keys[0]) if keys else None,
        end_cursor=cursors.encode(question, keys[-1]) if keys else None,
    )
    pairs = zip(keys, rows, strict=True) if edged else ()
    edges = [Edge(cursor=cursors.encode(question, key), node=row) for key, row in pairs]
    return connection_type(edges=edges, nodes=list(rows), page_info=info, total_count=total or 0, **also)


def showing(one: Selected) -> list[Selected]:
    """The fields of a connection field that show its rows: its nodes, and the nodes of its edges."""
    return [*one.child("nodes"), *(node for edge in one.child("edges") for node in edge.child("node"))]


def node_type(one: Selected) -> GraphQLNamedType:
    """The type of the rows of a connection field."""
    type_ = one.type
    assert isinstance(type_, GraphQLObjectType)
    found: GraphQLNamedType = get_named_type(type_.fields["nodes"].type)
    return found


def connection(
    rows: Sequence[Row],
    one: Selected,
    on: Any,
    *,
    question: str,
    keys: Sequence[KeysetKey],
    more: bool,
    before: bool,
    total: int | None,
    **also: Any,
) -> Any:
    """The page of a connection field, around rows of the store."""
    type_ = node_type(one)
    nodes: list[Any]
    if isinstance(type_, GraphQLObjectType):
        nodes = [view(type_, row, on) for row in rows]
    else:
        places, context = showing(one), one.raw.context
        # a task, since nodes and edges may both wait for the same record
        nodes = [asyncio.ensure_future(node(context, places[0], row["id"], on, places)) for row in rows if places]
    made = one.type.extensions["strawberry-definition"].origin
    nodes = nodes or [None for _ in rows]  # there are rows, though nobody looks at more than their cursors
    edged = wanted(one.select(), "edges")
    return assemble(made, nodes, question, keys, more=more, before=before, total=total, edged=edged, **also)
