"""The ASGI application: GraphQL, its page, health and metrics, and the routes that the front door adds."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from catalog.errors import BadInput, MuluError
from graph.port import Store, together
from schema import http
from schema.compiled.door import Response as Answer
from schema.context import Context, Limits
from schema.errors import refusal
from schema.execute import respond
from schema.metrics import Metrics
from schema.pages import graphiql_page, graphiql_routes
from schema.persisted import Persisted, PersistedQueryNotFound

LOG = logging.getLogger("mulu.http")


def create_app(
    store: Store,
    *,
    base_iri: str,
    clock: Callable[[], dt.datetime],
    title: str = "政务信息资源目录",
    catalog_routes: Sequence[BaseRoute] = (),
    limits: Limits | None = None,
) -> Starlette:
    """The application around an open store.

    ``clock`` tells the time, in the zone whose calendar counts; it is read once a request, here and nowhere below.
    ``catalog_routes`` are the caller's own: the RDF catalogue and the pages of identifiers.
    """
    door = _Door(store, base_iri, clock, title, limits or Limits())
    routes: list[BaseRoute] = [
        Route("/", door.root, methods=["GET"]),
        Route("/graphql", door.graphql, methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
        Route("/healthz", door.health, methods=["GET"]),
        Route("/metrics", door.measures, methods=["GET"]),
        *graphiql_routes(),
        *catalog_routes,
    ]
    app = Starlette(routes=routes)
    app.state.store = store
    return app


class _Door:
    """The handlers, and what they share."""

    def __init__(
        self, store: Store, base_iri: str, clock: Callable[[], dt.datetime], title: str, limits: Limits
    ) -> None:
        self.store, self.base_iri, self.clock, self.title, self.limits = store, base_iri, clock, title, limits
        self.metrics = Metrics()
        self.persisted = Persisted()

    async def root(self, request: Request) -> Response:
        """A browser is led to GraphiQL."""
        return RedirectResponse("/graphql")

    async def graphql(self, request: Request) -> Response:
        """One operation, or the page for a browser."""
        if request.method in ("GET", "HEAD") and http.wants_page(request):
            return graphiql_page(request)
        began = time.perf_counter()
        response = await self._answer(request)
        self.metrics.observe(response.status_code, time.perf_counter() - began)
        return response

    async def _answer(self, request: Request) -> Response:
        media = http.JSON
        try:
            if request.method not in ("GET", "HEAD", "POST"):
                error = BadInput(f"{request.method} is not answered", suggestion="send POST, or GET with query")
                raise http.Refused(405, error, allow="GET, POST")
            media = http.accepted(request)
            asked = await http.operation(request, self.limits.body)
            asked = self.persisted.resolve(asked)
        except http.Refused as refused:
            return http.refused(refused, media)
        except PersistedQueryNotFound as error:
            return http.answer(refusal(error), media)
        except BadInput as error:
            return http.refused(http.Refused(400, error), media)
        today = self.clock().date()

        async def run(store: Store) -> Answer:
            context = Context(store=store, today=today, base_iri=self.base_iri, title=self.title, limits=self.limits)
            return await respond(asked.query, asked.variables, asked.name, context)

        response = await together(self.store, run)  # one operation, one revision
        if isinstance(response, bytes) or "data" in response:
            self.persisted.keep(asked)
        return http.answer(response, media)

    async def health(self, request: Request) -> Response:
        """Whether the store answers, and at which revision it stands."""
        try:
            head = await self.store.head()
        except MuluError as error:
            return http.json({"status": "unavailable", "message": error.message}, http.JSON, 503)
        except Exception:
            LOG.exception("the store failed")
            return http.json({"status": "unavailable"}, http.JSON, 503)
        return http.json({"status": "ok", "revision": head.number if head else 0}, http.JSON, 200)

    async def measures(self, request: Request) -> Response:
        """The counters. A store that is away shows as revision -1 rather than as no metrics at all."""
        try:
            head = await self.store.head()
            revision = head.number if head else 0
        except MuluError:
            revision = -1
        text = self.metrics.text(statements=self.store.statements, revision=revision)
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4; charset=utf-8")
