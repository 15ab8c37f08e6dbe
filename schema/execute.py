"""Running one GraphQL operation, with or without a server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import orjson
from graphql import GraphQLError
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from catalog.errors import BadInput, MuluError, TimedOut
from schema.api import api
from schema.compiled.door import Response, compiled
from schema.context import Context
from schema.errors import INTERNAL, LOG, formatted, refusal

logging.getLogger("strawberry.execution").addHandler(logging.NullHandler())


async def execute(
    store: Any,
    query: str,
    variables: Mapping[str, Any] | None,
    operation_name: str | None,
    context: Context,
) -> dict[str, Any]:
    """The response to an operation: ``data`` where it ran, ``errors`` where something was refused or failed.

    ``store`` is the store of the context, or None to use that one.
    """
    if store is not None and store is not context.store:
        context.store = store
    response = await respond(query, variables, operation_name, context)
    found: dict[str, Any] = orjson.loads(response) if isinstance(response, bytes) else response
    return found


async def respond(
    query: str, variables: Mapping[str, Any] | None, operation_name: str | None, context: Context
) -> Response:
    """The response to an operation, as bytes where these were kept: what :func:`execute` answers, to be sent."""
    try:
        async with asyncio.timeout(context.limits.seconds):
            answered = await compiled().answer(query, variables or {}, operation_name, context)
            return answered if answered is not None else await by_core(query, variables, operation_name, context)
    except TimeoutError:
        limit = context.limits.seconds
        return refusal(TimedOut(f"the operation took longer than {limit:g} seconds", suggestion="ask for less at once"))
    except Exception as error:
        return failure(error)


def failure(error: Exception) -> dict[str, Any]:
    """What is answered where an operation could not be run. What nobody expected is logged, and not told."""
    if isinstance(error, MuluError):
        return refusal(error)
    LOG.error("an operation failed", exc_info=error)
    return {"errors": [{"message": "something went wrong on our side", "extensions": {"code": INTERNAL}}]}


async def by_core(
    query: str, variables: Mapping[str, Any] | None, operation_name: str | None, context: Context
) -> dict[str, Any]:
    """The response of graphql-core, a resolver a field: what compiled operations are held to."""
    try:
        result = await api().execute(query, dict(variables or {}), context, None, operation_name)
    except MissingQueryError:
        return refusal(BadInput("there is no operation to run", suggestion="give a document as query"))
    except (CannotGetOperationTypeError, InvalidOperationTypeError) as error:
        return refusal(
            BadInput(_plain(error, operation_name), suggestion="give operationName one of the document's names")
        )
    errors: list[GraphQLError] = list(result.errors or ())
    response: dict[str, Any] = {}
    if errors:
        response["errors"] = [formatted(error) for error in errors]
    if _ran(result, errors):
        response["data"] = result.data
    return response


def _ran(result: Any, errors: list[GraphQLError]) -> bool:
    """Whether execution began: only then does a response have ``data``, be it null."""
    return result.data is not None or any(error.path for error in errors)


def _plain(error: Exception, name: str | None) -> str:
    if isinstance(error, InvalidOperationTypeError):
        return "only queries are answered: the catalogue is written by mulu load"
    return f"the document has no operation {name!r}" if name else "the document does not say which operation to run"
