"""The ASGI application: GraphQL, its page, health and metrics, and the routes that the front door adds."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from catalog.errors import MuluError
from graph.port import Store
from schema import http
from schema.context import Limits
from schema.endpoint import Endpoint
from schema.pages import graphiql_routes
from schema.representation import refusal

KEEP = 64 * 1024 * 1024
LOG = logging.getLogger("mulu.http")


def create_app(
    store: Store,
    *,
    base_iri: str,
    clock: Callable[[], dt.datetime],
    title: str = "政务信息资源目录",
    catalog_routes: Sequence[BaseRoute] = (),
    limits: Limits | None = None,
    keep: int = KEEP,
) -> Starlette:
    """The application around an open store.

    ``clock`` tells the time, in the zone whose calendar counts; it is read once a request, here and nowhere below.
    ``keep`` is how many bytes of answers are kept to be given again while the catalogue does not change; 0: none.
    ``catalog_routes`` are the caller's own: the RDF catalogue and the pages of identifiers.
    """
    endpoint = Endpoint(store, base_iri, clock, title, limits or Limits(), keep=keep)
    door = _Door(store, endpoint)
    routes: list[BaseRoute] = [
        Route("/", door.root, methods=["GET"]),
        Route("/graphql", endpoint),
        Route("/healthz", door.health, methods=["GET"]),
        Route("/metrics", door.measures, methods=["GET"]),
        *graphiql_routes(),
        *catalog_routes,
    ]
    app = Starlette(routes=routes, exception_handlers={404: _nothing, 405: _other_method})
    app.router.redirect_slashes = False  # it would tell the host of the request, which anybody may make up
    app.state.store = store
    return app


async def _nothing(request: Request, error: Exception) -> Response:
    """404; or, where it is the slash at the end that is too much, the way to the address without it."""
    bare: str = request.scope["path"].rstrip("/")
    routes: Sequence[BaseRoute] = request.app.routes
    if (
        bare
        and bare != request.scope["path"]
        and any(_leads(route, {**request.scope, "path": bare}) for route in routes)
    ):
        sent = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0]
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{sent.strip('/')}{query}")  # never //, which would name a host
    return refusal(
        404, "Nothing is at this address. GraphQL is at /graphql, the catalogue at /catalog, changes at /feed."
    )


def _leads(route: BaseRoute, scope: Scope) -> bool:
    return route.matches(scope)[0] is not Match.NONE


async def _other_method(request: Request, error: Exception) -> Response:
    """405, with what is answered in an order that is the same every time."""
    headers: Mapping[str, str] = getattr(error, "headers", None) or {}
    allowed = ", ".join(sorted(headers.get("Allow", "GET").split(", ")))
    response = refusal(405, f"{request.method} is not answered here: send one of {allowed}.")
    response.headers["Allow"] = allowed
    return response


class _Door:
    """The handlers, and what they share."""

    def __init__(self, store: Store, endpoint: Endpoint) -> None:
        self.store, self.endpoint = store, endpoint

    async def root(self, request: Request) -> Response:
        """A browser is led to GraphiQL."""
        return RedirectResponse("/graphql")

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
        endpoint = self.endpoint
        text = endpoint.metrics.text(
            statements=self.store.statements, revision=revision, given_again=endpoint.answers.hits
        )
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4; charset=utf-8")
