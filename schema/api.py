"""The GraphQL schema of Mulu, put together."""

from __future__ import annotations

from functools import cache
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.extensions import MaxTokensLimiter
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types
from strawberry.types import ExecutionContext

import schema.enums  # noqa: F401 - registers the vocabularies, before any type refers to them
from schema.bounds import Bounds
from schema.queries.agencies import AgencyQueries
from schema.queries.coverage import CoverageQueries
from schema.queries.gaps import GapQueries
from schema.queries.law import LawQueries
from schema.queries.log import LogQueries
from schema.queries.nodes import NodeQueries
from schema.queries.provider import ProviderQueries
from schema.queries.resources import ResourceQueries
from schema.scalars import SCALARS
from schema.types.demand import Demand
from schema.types.impact import Impact

_PARTS = (
    ProviderQueries,
    ResourceQueries,
    AgencyQueries,
    LawQueries,
    NodeQueries,
    GapQueries,
    CoverageQueries,
    LogQueries,
)


class MuluSchema(strawberry.Schema):
    """Strawberry's schema; errors are logged where they are put into words (:mod:`schema.errors`)."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Leaves logging to :func:`schema.errors.formatted`, which knows a caller's error from ours."""


ABOUT = (
    "Mulu 目录: who provides which information, under which condition, on which legal basis, on a given date. "
    "Begin with whoProvides (谁提供什么)."
)
TOKENS = 8_000
"""How long a document may be: introspection, the longest that tools send, has some 300 tokens."""


@cache
def api() -> MuluSchema:
    """The schema. Made once, when it is first asked for."""
    query: Any = merge_types("Query", _PARTS)
    query.__strawberry_definition__.description = "Who provides what, on which basis, on which date (查询)."
    made = MuluSchema(
        query=query,
        types=[Demand, Impact],
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=[Bounds, lambda: MaxTokensLimiter(max_token_count=TOKENS)],
    )
    made._schema.description = ABOUT  # Strawberry has no argument for it; GraphiQL's documentation begins with it
    return made
