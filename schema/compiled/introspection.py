"""Introspection, which is the same for everyone: executed and encoded once for each document that asks it."""

from __future__ import annotations

import orjson
from graphql import ExecutionResult, FieldNode, GraphQLSchema, execute_sync

from schema.compiled.documents import Document
from schema.compiled.writer import Unsupported

ROOTS = frozenset({"__schema", "__type", "__typename"})


def encoded(schema: GraphQLSchema, document: Document, name: str | None) -> bytes | None:
    """The response of a query for nothing but introspection, None for others.

    Raises Unsupported where the answer depends on variables, or has errors.
    """
    query = document.query(name)
    assert query is not None
    roots = {one.name.value if isinstance(one, FieldNode) else "" for one in query.selection_set.selections}
    if not roots <= ROOTS or roots == {"__typename"}:
        return None
    if query.variable_definitions:
        raise Unsupported("introspection with variables")
    result = execute_sync(schema, document.node, operation_name=name)
    assert isinstance(result, ExecutionResult)
    if result.errors:
        raise Unsupported("introspection with errors")
    return orjson.dumps({"data": result.data})
