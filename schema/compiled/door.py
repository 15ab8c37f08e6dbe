"""What is asked is answered from compiled operations where that can be, and by graphql-core where not."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

import orjson
from graphql import GraphQLError, GraphQLSchema, get_variable_values

from catalog.errors import MuluError
from schema import bounds
from schema.api import TOKENS, api
from schema.compiled.bounded import Bounded
from schema.compiled.documents import Document, read
from schema.compiled.introspection import encoded
from schema.compiled.operation import Operation
from schema.compiled.writer import Unsupported
from schema.context import Context, Limits
from schema.errors import formatted

LOG = logging.getLogger("mulu.graphql")
ENTRIES = 1_000
"""How many documents, and how many operations, are kept."""
BYTES = 32_000_000
"""About how much memory each of the two may take."""
VALUE = 10
"""How many bytes a byte of variables takes as values."""
LEFT = b""
"""Stands for an operation that is left to graphql-core from now on."""
Key: TypeAlias = tuple[str, str | None, Limits, bytes]
Response: TypeAlias = dict[str, Any] | bytes
"""An answer, or the bytes of one that is the same for everybody."""


class Compiled:
    """Documents and operations as they were asked, within their bounds. One for a process is enough."""

    def __init__(self, schema: GraphQLSchema, *, entries: int = ENTRIES, weight: int = BYTES) -> None:
        self.schema = schema
        self.documents: Bounded[str, Document] = Bounded(entries, weight)
        self.operations: Bounded[Key, Operation | bytes] = Bounded(entries, weight)

    async def answer(
        self, text: str, variables: Mapping[str, Any], name: str | None, context: Context
    ) -> Response | None:
        """The response; None where graphql-core must answer: whatever was read for it then is read again."""
        try:
            return await self._answer(text, variables, name, context)
        except Exception as error:
            # whatever it is, graphql-core meets it too, and tells it in its own words and order
            LOG.debug("left to graphql-core: %r", error)
            return None

    async def _answer(
        self, text: str, variables: Mapping[str, Any], name: str | None, context: Context
    ) -> Response | None:
        try:
            document = self.document(text)
        except GraphQLError as error:
            return {"errors": [formatted(error)]}
        except ExceptionGroup as group:
            return {"errors": [formatted(error) for error in group.exceptions if isinstance(error, GraphQLError)]}
        query = document.query(name)
        if query is None:
            return None
        shaping = {one: variables[one] for one in document.shaping if one in variables}
        key = (text, name, context.limits, orjson.dumps(shaping, option=orjson.OPT_SORT_KEYS) if shaping else b"")
        operation = self.operations.get(key)
        if operation is None:
            try:
                bounds.check(document.node, self.schema, name, dict(variables), context.limits)
            except MuluError as error:
                return {"errors": [formatted(GraphQLError(error.message, original_error=error))]}
        if isinstance(operation, bytes):
            return operation or None
        coerced = get_variable_values(self.schema, query.variable_definitions or (), dict(variables))
        if isinstance(coerced, list):
            return {"errors": [formatted(error) for error in coerced]}
        values = coerced.coerced
        if operation is None:
            try:
                told = encoded(self.schema, document, name)
            except Unsupported:
                told = LEFT
            if told is not None:
                self.operations.put(key, told, len(text) + len(told))
                return told or None
            shaped = {one: values[one] for one in document.shaping if one in values}
            operation = Operation(self.schema, document, query, context.limits, shaped)
            self._keep(key, operation)
        weight = operation.weight
        try:
            response = await operation.answer(context, values)
        except Unsupported:
            self.operations.put(key, LEFT, len(text) + len(key[3]))
            return None
        if operation.weight != weight:  # functions are written when their types first come
            self._keep(key, operation)
        return response

    def _keep(self, key: Key, operation: Operation) -> None:
        text, _, _, shaping = key
        self.operations.put(key, operation, operation.weight + len(text) + VALUE * len(shaping))

    def document(self, text: str) -> Document:
        """The valid document of a text, read once."""
        document = self.documents.get(text)
        if document is None:
            document = read(text, self.schema, TOKENS)
            self.documents.put(text, document, document.weight)
        return document


@cache
def compiled() -> Compiled:
    """The one of this process."""
    return Compiled(api()._schema)
