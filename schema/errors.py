"""Errors in the words of the contract: a message, a code, a suggestion, and never a stack trace."""

from __future__ import annotations

import logging
from typing import Any

from graphql import GraphQLError

from catalog.errors import MuluError, TooCostly

LOG = logging.getLogger("mulu.graphql")
INTERNAL = "INTERNAL"
MESSAGE = 500
"""How many characters of a message are told."""
SUGGESTION = "compare the operation with the schema: GraphiQL shows it, and mulu schema prints it"


def extensions(error: MuluError) -> dict[str, Any]:
    """What ``extensions`` holds for one of Mulu's own errors."""
    found: dict[str, Any] = {"code": error.code}
    if error.suggestion:
        found["suggestion"] = error.suggestion
    if isinstance(error, TooCostly):
        found |= {"cost": error.cost, "limit": error.limit}
    if error.retryable:
        found["retryable"] = True
    return found


def refusal(error: MuluError) -> dict[str, Any]:
    """A whole response for a request that is not run."""
    return {"errors": [{"message": _short(error.message), "extensions": extensions(error)}]}


def formatted(error: GraphQLError) -> dict[str, Any]:
    """One error of a response.

    What was raised on purpose is told as it is. What has no path was refused before anything ran: the caller's fault.
    Everything else is ours: it is logged, and no detail of it is told.
    """
    cause = _cause(error)
    found: dict[str, Any] = {"message": _short(error.message)}
    if error.locations:
        found["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        found["path"] = list(error.path)
    if isinstance(cause, MuluError):
        found["extensions"] = extensions(cause)
    elif error.path is None or cause is None:
        found["extensions"] = {"code": "BAD_INPUT", "suggestion": SUGGESTION}
    else:
        LOG.error("a resolver failed at %s", error.path, exc_info=cause)
        found["message"] = "something went wrong on our side; the operator's log tells more"
        found["extensions"] = {"code": INTERNAL}
    return found


def _short(message: str) -> str:
    """A message that repeats the caller's words no further than helps."""
    return message if len(message) <= MESSAGE else f"{message[:MESSAGE]}…"


def _cause(error: BaseException) -> BaseException | None:
    """What was raised in the first place, below the wrappings of graphql-core."""
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause
